"""Captions of any program and encoding."""

from __future__ import annotations

import contextlib
import subprocess

import pytest
from hurt import ANY_FILE, damaged
from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.errors import InvalidInput
from nemo_nb.media import ffmpeg, subtitles
from nemo_nb.media.probe import probe
from nemo_nb.media.subtitles import Cue

CUES = (Cue("Héllo wörld, ça va?", 1000, 2500), Cue("zwei\nZeilen", 3000, 3_661_250))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("write", [subtitles.srt, subtitles.vtt])
def test_what_is_written_is_read_in_every_encoding(write, encoding):
    assert subtitles.read(write(CUES).replace("\n", "\r\n").encode(encoding)) == CUES


def test_chinese_of_old_programs_is_read():
    text = subtitles.srt([Cue("你好，世界", 0, 900), Cue("这是第二行字幕", 1000, 1900)])
    for encoding in ("gb18030", "gbk", "utf-16"):
        assert [cue.text for cue in subtitles.read(text.encode(encoding))] == ["你好，世界", "这是第二行字幕"]


@pytest.mark.parametrize(
    "words", ["Überraschung!", "Ça été, déjà vu", "Größe", "naïve café", "Æ Ø Å", "“quoted”"]
)
def test_western_words_are_not_taken_for_chinese(words):
    assert subtitles.decode(words.encode("cp1252")) == words


def test_ass_by_its_own_order_of_fields_without_drawings_and_tags():
    text = (
        "[Script Info]\nTitle: x\n\n[Events]\nFormat: Start, End, Style, Text\n"
        "Comment: 0:00:00.00,0:00:09.00,D,not said\n"
        "Dialogue: 0:00:03.50,0:00:04.00,D,{\\i1}second{\\i0}, with comma\\Nand line\n"
        "Dialogue: 0:00:01.00,0:00:02.00,D,first\n"
        "Dialogue: 0:00:01.00,0:00:02.00,D,{\\p1}m 0 0 l 10 10{\\p0}\n"
    )
    assert subtitles.read(text.encode()) == (
        Cue("first", 1000, 2000),
        Cue("second, with comma\nand line", 3500, 4000),
    )
    assert subtitles.read(subtitles.ass(CUES).encode()) == CUES


def test_any_length_is_read():
    many = [Cue(f"line {n}", n * 1000, n * 1000 + 900) for n in range(5000)]
    assert subtitles.read(subtitles.srt(many).encode()) == tuple(many)


WRITTEN = [write(CUES) for write in (subtitles.srt, subtitles.vtt, subtitles.ass)]


@ANY_FILE
@given(
    st.sampled_from([text.encode(form) for text in WRITTEN for form in ("utf-8", "utf-16")]).flatmap(damaged)
)
def test_damaged_captions_are_read_as_far_as_they_go(raw):
    with contextlib.suppress(InvalidInput):
        assert all(cue.start_ms >= 0 and "\r" not in cue.text for cue in subtitles.read(raw, "talk.srt"))


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_what_is_documented(raw):
    with contextlib.suppress(InvalidInput):
        assert subtitles.read(raw)


@pytest.mark.parametrize(
    ("name", "codec"), [("f.mkv", "srt"), ("f.mkv", "ass"), ("f.mp4", "mov_text"), ("f.mkv", "webvtt")]
)
def test_a_films_own_subtitles_are_read_by_the_films_time(tmp_path, name, codec):
    (tmp_path / "s.srt").write_text(
        subtitles.srt([Cue("one <i>word</i>", 500, 900), Cue("two\nlines", 1500, 1800)])
    )
    inputs = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=64x64:r=25:d=2",
        "-i",
        str(tmp_path / "s.srt"),
        "-map",
        "0",
        "-map",
        "1",
    ]
    written = ["-c:s", codec, "-output_ts_offset", "3", str(tmp_path / name)]
    subprocess.run([ffmpeg.binary(), "-v", "error", *inputs, *written], check=True)
    zero = probe(tmp_path / name).zero
    assert subtitles.embedded(tmp_path / name, zero=zero) == (
        Cue("one word", 500, 900),
        Cue("two\nlines", 1500, 1800),
    )
    with pytest.raises(InvalidInput, match="number 2"):
        subtitles.embedded(tmp_path / name, 2)
