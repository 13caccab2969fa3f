"""Texts as pictures."""

from __future__ import annotations

import numpy as np
import pytest

from nemo_nb.engine.render import fonts
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


def test_english_is_drawn_on_a_machine_without_any_font(monkeypatch):
    monkeypatch.setattr(fonts, "_files", lambda: ())
    fonts._path_for.cache_clear()
    pixels, _, _ = drawn("Urban Dreams", bold=True, italic=True)
    assert (pixels[:, :, 3] > 128).sum() > 100
    with pytest.raises(InvalidInput, match="城"):
        drawn("城市")
    fonts._path_for.cache_clear()
