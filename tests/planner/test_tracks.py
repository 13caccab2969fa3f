"""Which of a file's sounds is heard, and its own subtitles, by words."""

from __future__ import annotations

import dataclasses
import subprocess
from pathlib import Path

import pytest
from bank import CLIP, Conversation

import nemo_nb as nemo
from nemo_nb.engine.planner import Lines, Material, Plan, plan
from nemo_nb.media.ffmpeg import binary
from nemo_nb.media.subtitles import Cue

FILM = dataclasses.replace(CLIP, sounds=("", "Commentary"), subtitles=2)
LINES = {
    Lines(FILM.asset, 1): (Cue("one", 1000, 2000), Cue("two", 3000, 4000)),
    Lines(FILM.asset, 2): (Cue("eins", 1000, 2000),),
}


def planned(text: str, *before: str, film=FILM, lines=LINES) -> Plan:
    talk = Conversation("clip10")
    for message in before:
        talk.say(message)
    return plan(text, Material(talk.draft, [film], lines=lines))


@pytest.mark.parametrize(
    ("text", "tracks"),
    [
        ("use the second track", (2,)),
        ("can you use the second microphone?", (2,)),
        ("mix both microphones", (1, 2)),
        ("mix all sound tracks", (1, 2)),
        ("take the first audio track of clip.mp4", (1,)),
        ("use the commentary track", (2,)),
        ("nimm die zweite Tonspur", (2,)),
        ("mische beide Mikrofone", (1, 2)),
        ("用第二条音轨", (2,)),
        ("把两个麦克风混在一起", (1, 2)),
    ],
)
def test_sound_tracks_are_chosen_by_words(text, tracks):
    (operation,) = planned(text).operations
    assert (operation.op, operation.file, operation.tracks) == ("choose_sound", "clip.mp4", tracks)


@pytest.mark.parametrize("text", ["use track 3", "use the English sound track"])
def test_a_track_that_is_not_there_is_none(text):
    made = planned(text)
    assert not made.operations
    assert "1, 2 (Commentary)" in made.refusals[0]


def test_of_a_file_with_one_sound_a_track_is_what_it_was():
    assert not planned("use the second track", film=CLIP).operations


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("use the film's own subtitles", ["one", "two"]),
        ("show the embedded captions", ["one", "two"]),
        ("use the subtitles of clip.mp4", ["one", "two"]),
        ("use the second subtitle track", ["eins"]),
        ("zeig die eingebetteten Untertitel", ["one", "two"]),
        ("用影片自带的字幕", ["one", "two"]),
    ],
)
def test_a_films_own_subtitles_become_captions(text, words):
    (operation,) = planned(text).operations
    assert [line.text for line in operation.lines] == words


def test_subtitles_stay_with_what_they_were_said_to():
    (operation,) = planned("use the film's own subtitles", "cut the first 2.5 seconds").operations
    assert [(line.text, line.at_ms, line.duration_ms) for line in operation.lines] == [("two", 500, 1000)]


def test_what_must_be_read_first_is_asked_for():
    made = planned("use the second subtitle track", lines={})
    assert made.wants == {Lines(FILM.asset, 2)}
    assert made.operations == ()


@pytest.mark.parametrize(
    ("film", "lines", "told"),
    [(CLIP, LINES, "no subtitles of its own"), (FILM, {Lines(FILM.asset, 1): ()}, "no words in them")],
)
def test_subtitles_that_are_not_there_are_said_to_be_so(film, lines, told):
    assert told in planned("use the film's own subtitles", film=film, lines=lines).refusals[0]


def test_a_real_films_tracks_by_a_real_engine(tmp_path: Path) -> None:
    (tmp_path / "s.srt").write_text("1\n00:00:00,500 --> 00:00:01,000\nHello\n")
    sources = ["color=gray:s=64x64:r=10:d=2", "sine=440:d=2:r=48000", "sine=2000:d=2:r=48000"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    maps = [
        "-map",
        "0",
        "-map",
        "1",
        "-map",
        "2",
        "-map",
        "3",
        "-c:v",
        "libx264",
        "-c:a",
        "aac",
        "-c:s",
        "srt",
    ]
    film = tmp_path / "film.mkv"
    subprocess.run(
        [binary(), "-v", "error", *inputs, "-i", str(tmp_path / "s.srt"), *maps, str(film)], check=True
    )
    with nemo.connect() as project:
        project.upload(str(film))
        project.say("use the second sound track")
        project.say("use the film's own subtitles")
        clip, caption = project.draft.segments
        assert list(clip.meta["sound_tracks"]) == [2]
        assert (caption.text, caption.start_ms, caption.duration_ms) == ("Hello", 500, 500)
