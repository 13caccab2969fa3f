"""Texts as pictures."""

from __future__ import annotations

import numpy as np
import pytest

from nemo_nb.draft import Draft, operations
from nemo_nb.engine.lettering import doubts
from nemo_nb.engine.render import fonts, typeset
from nemo_nb.engine.render.scene import Title
from nemo_nb.engine.render.titles import draw_title
from nemo_nb.errors import InvalidInput


def drawn(text, width=640, height=360, **style):
    image, x, y = draw_title(Title(id="seg-1", text=text, start=0, end=30, **style), width, height)
    return np.asarray(image), x, y


def ink(pixels):
    rows, columns = np.nonzero(pixels[:, :, 3] > 128)
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_the_size_is_a_fraction_of_the_canvas_height():
    small, large = (ink(drawn("H", size=size)[0]) for size in (0.1, 0.2))
    assert (large[1] - large[0]) == pytest.approx(2 * (small[1] - small[0]), rel=0.1)


def test_places_keep_to_the_safe_area():
    for position in ("top-left", "top", "bottom-right", "center"):
        pixels, x, y = drawn("Urban Dreams", position=position)
        assert 18 <= x <= 640 - 18 - pixels.shape[1]
        assert 18 <= y <= 360 - 18 - pixels.shape[0]
    pixels, x, y = drawn("Hi", position=(0.25, 0.75))
    assert (x + pixels.shape[1] / 2, y + pixels.shape[0] / 2) == pytest.approx((160, 270), abs=1)


def test_long_lines_wrap_and_long_texts_shrink_to_fit():
    one, _, _ = drawn("word")
    wrapped, x, y = drawn("word " * 30)
    assert wrapped.shape[0] > 2 * one.shape[0]
    assert wrapped.shape[1] <= 640 * 0.95
    shrunk, x, y = drawn("word " * 400)
    assert x >= 0
    assert y >= 0
    assert shrunk.shape[0] <= 360
    unbroken, _, _ = drawn("W" * 200)
    assert unbroken.shape[1] <= 640
    lines, _, _ = drawn("one\n\ntwo")
    assert lines.shape[0] > 2 * one.shape[0]


def test_bold_italic_outline_shadow_and_background_can_be_seen():
    plain, _, _ = drawn("Title", size=0.2)
    bold, _, _ = drawn("Title", size=0.2, bold=True)
    assert (bold[:, :, 3] > 128).sum() > 1.1 * (plain[:, :, 3] > 128).sum()
    assert drawn("Title", size=0.2, italic=True)[0].tobytes() != plain.tobytes()
    outlined, _, _ = drawn("Title", size=0.2, outline="#ff0000")
    assert ((outlined[:, :, 0] > 200) & (outlined[:, :, 1] < 60) & (outlined[:, :, 3] > 200)).sum() > 100
    shaded, _, _ = drawn("Title", size=0.2, shadow=True)
    assert ((shaded[:, :, 0] < 100) & (shaded[:, :, 3] > 60)).sum() > 100
    boxed, _, _ = drawn("Title", size=0.2, background="#0000ff")
    assert tuple(boxed[boxed.shape[0] // 2, 4]) == (0, 0, 255, 255)


def test_a_character_that_no_font_has_is_named_and_never_a_box():
    with pytest.raises(InvalidInput, match="\U00012345") as refused:
        drawn("a \U00012345 sign")
    assert "font" in refused.value.next_step


def test_a_font_that_is_not_there_is_refused_by_name():
    with pytest.raises(InvalidInput, match="No Such Font"):
        drawn("Hi", font="No Such Font")


SCRIPTS = {
    "accents": "Łódź, Việt Nam, İstanbul, Čeština, e\u0301tude",
    "cyrillic": "Москва, Київ",
    "greek": "Ελλάδα",
    "arabic": "مرحبا بالعالم",
    "thai": "สวัสดี",
    "hindi": "नमस्ते दुनिया",
    "chinese": "城市之梦：第一章",
    "japanese": "東京の夜",
    "korean": "안녕하세요",
    "emoji": "😀👩\u200d🚀🇩🇪👍🏽❤\ufe0f1\ufe0f\u20e3",
}


@pytest.fixture
def fontless(monkeypatch, tmp_path):
    """A machine without any font of its own; returns what makes it forget others' packages."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    caches = [
        item for module in (fonts, typeset) for item in vars(module).values() if hasattr(item, "cache_clear")
    ]

    def forget(*packages):
        monkeypatch.setattr(fonts, "_PACKAGES", packages)
        for cached in caches:
            cached.cache_clear()

    forget(*fonts._PACKAGES)
    yield forget
    monkeypatch.undo()
    forget(*fonts._PACKAGES)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_drawn_on_a_machine_without_any_font(fontless, script):
    pytest.importorskip("manimgx_fonts_cjk")
    text = SCRIPTS[script]
    plain, bold = (drawn(text, size=0.12, bold=bold)[0] for bold in (False, True))
    assert (plain[:, :, 3] > 128).sum() > 200
    assert (bold[:, :, 3] > 128).sum() > 1.08 * (plain[:, :, 3] > 128).sum()


def test_without_the_extra_a_chinese_title_says_what_to_install(fontless):
    fontless("manimgx_fonts")
    assert (drawn("Urban Dreams 😀", bold=True, italic=True)[0][:, :, 3] > 128).sum() > 100
    with pytest.raises(InvalidInput, match="城") as refused:
        drawn("Urban 城市")
    assert "pip install 'nemo-nb[cjk]'" in refused.value.next_step


def test_what_cannot_be_drawn_is_said_as_soon_as_it_is_written(fontless):
    fontless("manimgx_fonts")
    empty = Draft.empty()
    chinese, missing_font, fine = (
        operations.apply_all(empty, [operations.AddText(text=text, style=operations.TextStyle(font=font))])
        for text, font in (("城市 City", None), ("City", "No Such Font"), ("City 😀", None))
    )
    (english,), (told,) = (doubts(empty, chinese, language) for language in ("en", "zh"))
    assert "城 市" in english
    assert "pip install 'nemo-nb[cjk]'" in english
    assert "pip install 'nemo-nb[cjk]'" in told
    assert "No Such Font" in doubts(empty, missing_font, "en")[0]
    assert doubts(empty, fine, "en") == doubts(chinese, chinese, "en") == ()


def test_a_font_that_was_installed_since_is_found(fontless, monkeypatch):
    pytest.importorskip("manimgx_fonts_cjk")
    both = fonts._PACKAGES
    fontless("manimgx_fonts")
    with pytest.raises(InvalidInput, match="城"):
        drawn("Urban 城市")
    monkeypatch.setattr(fonts, "_PACKAGES", both)  # as pip does while the engine runs
    assert (drawn("Urban 城市")[0][:, :, 3] > 128).sum() > 100


def test_one_character_is_drawn_as_its_language_writes_it(fontless):
    pytest.importorskip("manimgx_fonts_cjk")
    chinese, japanese = drawn("直骨", size=0.3)[0], drawn("直骨の", size=0.3)[0]
    assert chinese[:, : chinese.shape[1] // 2].tobytes() != japanese[:, : chinese.shape[1] // 2].tobytes()


def test_what_is_one_character_to_the_eye_is_never_torn():
    style = fonts.Style(size=40)
    family = "👩\u200d👩\u200d👧"
    assert list(typeset.clusters(family + "e\u0301🇩🇪🇫🇷")) == [family, "e\u0301", "🇩🇪", "🇫🇷"]
    assert all(line.replace(family, "") == "" for line in typeset.balanced(family * 8, style, 100))


def test_where_lines_break():
    style = fonts.Style(size=40)
    lines = typeset.balanced("one two three four five six seven eight nine ten", style, 420)
    assert " ".join(lines) == "one two three four five six seven eight nine ten"
    widths = [typeset.length(line, style) for line in lines]
    assert max(widths) <= 420
    assert min(widths) > max(widths) / 2  # no last line of one short word


def test_no_line_of_chinese_begins_with_a_closing_mark():
    pytest.importorskip("manimgx_fonts_cjk")
    style = fonts.Style(size=40, language="SC")
    text = "城市的夜晚，灯火通明。人们说：“明天见！”然后离开了。"
    for width in range(160, 500, 20):
        lines = typeset.balanced(text, style, width)
        assert "".join(lines) == text
        assert not any(line[0] in "，。：！”" or line[-1] in "“" for line in lines)
