"""How an export and a reply look in a notebook: plain HTML that needs no kernel, script or style sheet."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from decode import stream_facts
from kit import Kit

import nemo_nb as nemo
from nemo_nb.project.show import size


def embedded(html: str) -> bytes:
    return base64.b64decode(re.search(r'src="data:video/mp4;base64,([^"]+)"', html)[1])


def test_a_small_export_is_embedded_whole(clip_project: nemo.Project) -> None:
    export = clip_project.export("out.mp4")
    html = export._repr_html_()
    assert embedded(html) == export.path.read_bytes()
    assert 'href="out.mp4"' in html


def test_a_large_export_is_embedded_as_a_small_copy(project: nemo.Project, kit: Kit, tmp_path: Path) -> None:
    project.upload(kit.clip("large.mp4", 12, size="1280x720"))
    export = project.export("out.mp4")
    assert export.path.stat().st_size > 3_000_000
    html = export._repr_html_()
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(embedded(html))
    assert copy.stat().st_size <= 3_000_000
    assert stream_facts(copy).duration_ms == pytest.approx(12_000, abs=300)
    assert "small copy" in html


def test_names_and_replies_are_text_and_never_markup(project: nemo.Project, kit: Kit) -> None:
    evil = '"><img src=x onerror=alert(1)>'
    project.upload((f"<script>alert(1)<{'/'}script>.mp4", kit.clip().read_bytes()))
    reply = project.say(f"add the title “{evil}”")
    assert evil in reply.text or reply.changes
    assert "<img" not in reply._repr_html_()
    export = project.export("<b>out.mp4")
    assert "<b>" not in export._repr_html_()


def test_a_sound_export_and_a_waiting_one_are_told_in_words(clip_project: nemo.Project) -> None:
    assert "<video" not in clip_project.export("out.mp3")._repr_html_()
    waiting = clip_project.export("b.mp4", wait=False)
    assert "b.mp4" in waiting._repr_html_()
    waiting.wait()


@pytest.mark.parametrize(
    ("octets", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (46_200_000, "46.2 MB"), (1_500_000_000, "1.5 GB")],
)
def test_sizes_in_words(octets: int, words: str) -> None:
    assert size(octets) == words


def test_a_reply_shows_its_lines_as_paragraphs_and_lists() -> None:
    html = nemo.Reply("Done:\n- one <b>\n- two\n\nSay more.")._repr_html_()
    assert "<ul><li>one &lt;b&gt;</li><li>two</li></ul>" in html
    assert html.count("<p ") == 2
