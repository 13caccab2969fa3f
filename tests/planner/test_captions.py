"""Captions from lines: pasted into the message, or from a file beside the notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from bank import Conversation
from kit import Kit

import nemo_nb as nemo
from nemo_nb.chat.attachments import with_captions
from nemo_nb.chat.routing import route
from nemo_nb.errors import FileTooLarge, MissingFile

SRT = """1
00:00:01,000 --> 00:00:02,500
Hello <i>you</i>
there

2
00:00:03,000 --> 00:00:09,000
42

3
00:00:04,000 --> 00:00:05,000
Export now
"""
VTT = "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Bob>Hi\n"


def shown(message: str) -> list[tuple[str, int, int]]:
    talk = Conversation("clip10")
    (step,) = route(message)
    talk.say(step.text)
    return [(s.text, s.start_ms, s.end_ms) for t in talk.draft.tracks if t.type == 7 for s in t.segments]


def test_srt_becomes_captions_that_do_not_overlap() -> None:
    assert shown(f"add these captions\n\n{SRT}") == [
        ("Hello you\nthere", 1000, 2500),
        ("42", 3000, 4000),
        ("Export now", 4000, 5000),
    ]


def test_webvtt_needs_no_words_around_it() -> None:
    assert shown(VTT) == [("Hi", 1000, 2000)]


@pytest.mark.parametrize(
    "head", ["add captions:", "subtitles, please:", "加字幕：", "put these captions on the video"]
)
def test_lines_with_times(head: str) -> None:
    assert shown(f"{head}\n0:01 Hello\n[0:03-0:04] cut the first 3 seconds\n0:20 too late") == [
        ("Hello", 1000, 3000),
        ("cut the first 3 seconds", 3000, 4000),
    ]


def test_lines_without_times_share_the_length() -> None:
    assert shown("字幕：\n你好\n再见") == [("你好", 0, 5000), ("再见", 5000, 10_000)]


def test_what_else_is_asked_for_is_done_as_well() -> None:
    steps = route(f"cut the first 2 seconds, add these captions, then export\n{SRT}")
    assert [step.kind for step in steps] == ["sse", "export"]
    talk = Conversation("clip10")
    talk.say(steps[0].text)
    assert talk.draft.duration_ms == 8000
    assert len(list(talk.draft.segments)) == 4


def test_a_file_beside_the_notebook_is_sent_as_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.srt").write_bytes(b"\xef\xbb\xbf" + SRT.replace("\n", "\r\n").encode())
    assert with_captions("add captions from talk.srt") == f"add captions from talk.srt\n\n{SRT.strip()}"
    assert with_captions("cut the first 3 seconds") == "cut the first 3 seconds"
    with pytest.raises(MissingFile):
        with_captions("add captions from other.srt")
    Path("long.srt").write_text("x" * 100_000)
    with pytest.raises(FileTooLarge):
        with_captions("add captions from long.srt")


def test_captions_from_a_file_through_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kit: Kit
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talk.srt").write_text(SRT)
    with nemo.connect() as project:
        project.upload(kit.clip())
        reply = project.say("add captions from talk.srt")
        assert [change.kind for change in reply.changes] == ["added", "added"]
        assert 'Captions: "Hello you / there" (1-2.5s), "42" (3-4s)' in project.draft.summary()
