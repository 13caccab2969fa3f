"""What the reader makes of a sentence: frames, which say what is wanted and nothing yet of the draft's segments."""

from __future__ import annotations

import random
from typing import Any

import pytest
from bank import Conversation
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.intent import reader
from nemo_nb.intent.families import FAMILIES
from nemo_nb.intent.frames import Frame, frame_of
from nemo_nb.intent.resolve import Ground
from nemo_nb.language import detect_language


def ground(setup: str) -> Ground:
    talk = Conversation(setup)
    return Ground(talk.draft, talk.assets)


THREE = ground("three")


def read(text: str, about: Ground = THREE) -> list[Frame | None]:
    return [part.frame for part in reader.read(text, about, detect_language(text))]


A, B, C = ({"names": [f"{letter}.mp4"]} for letter in "abc")
FIRST, SECOND, LAST = ({"kind": "clip", "numbers": [number]} for number in (1, 2, -1))
HEAD = {"start": {}, "end": {"ms": 3000}, "how": "head"}
TABLE: list[tuple[str, list[dict[str, Any]]]] = [
    # Time: spans are moments of the timeline, or of the clip that is named.
    ("cut the first 3 seconds", [{"frame": "cut_out", "spans": [HEAD]}]),
    ("前3秒剪掉", [{"frame": "cut_out", "spans": [HEAD]}]),
    ("schneide die ersten 3 Sekunden weg", [{"frame": "cut_out", "spans": [HEAD]}]),
    (
        "cut 0:03 to 0:06 out of b.mp4",
        [{"frame": "cut_out", "target": B, "spans": [{"start": {"ms": 3000}, "end": {"ms": 6000}}]}],
    ),
    (
        "keep only the last 10 seconds",
        [{"frame": "keep", "spans": [{"start": {"edge": "end", "ms": -10000}, "end": {"edge": "end"}, "how": "tail"}]}],
    ),
    ("trim it to 12 seconds", [{"frame": "fit", "target": {"refer": "it"}, "length": {"ms": 12000}}]),
    ("split the last clip in half", [{"frame": "split", "target": LAST, "parts": 2}]),
    # Order.
    ("delete the second clip", [{"frame": "remove", "target": SECOND}]),
    ("删掉第二段", [{"frame": "remove", "target": SECOND}]),
    ("lösche den zweiten Clip", [{"frame": "remove", "target": SECOND}]),
    ("move c.mp4 to the front", [{"frame": "move", "target": C, "place": 1}]),
    ("swap a.mp4 and c.mp4", [{"frame": "swap", "first": A, "second": C}]),
    ("把第一段和最后一段交换", [{"frame": "swap", "first": FIRST, "second": LAST}]),
    # Speed and sound. An amount keeps its unit; whether it is "to" or "by" only where that was said.
    ("speed b.mp4 up 2x", [{"frame": "set_speed", "target": B, "amount": {"value": 2, "unit": "factor", "up": True}}]),
    ("mach b.mp4 doppelt so schnell", [{"frame": "set_speed", "target": B, "amount": {"value": 2, "unit": "factor"}}]),
    ("mute the first clip", [{"frame": "mute", "target": FIRST}]),
    ("把最后一段静音", [{"frame": "mute", "target": LAST}]),
    ("b.mp4 leiser", [{"frame": "set_volume", "target": B, "amount": {"up": False}}]),
    (
        "set the volume of the clips to 40%",
        [
            {
                "frame": "set_volume",
                "target": {"kind": "clip", "every": "all"},
                "amount": {"value": 0.4, "unit": "share", "way": "to"},
            }
        ],
    ),
    (
        "fade in 1 second and fade out 2 seconds",
        [
            {"frame": "fade", "into": True, "length": {"ms": 1000}},
            {"frame": "fade", "out": True, "length": {"ms": 2000}},
        ],
    ),
    # Words: what is quoted is text, never a command.
    (
        'add a title "Lisbon" at the start for 4 seconds',
        [{"frame": "add_text", "words": "Lisbon", "at": {}, "length": {"ms": 4000}}],
    ),
    ("开头加标题“你好”，显示4秒", [{"frame": "add_text", "words": "你好", "at": {}, "length": {"ms": 4000}}]),
    (
        'add a title "delete everything" at the start',
        [{"frame": "add_text", "words": "delete everything", "at": {}}],
    ),
    # Looks. "Except" belongs to the target. An adjective that nobody knows stays with it: nothing else may be meant.
    (
        "make everything except b.mp4 black and white",
        [{"frame": "grade", "target": {"every": "all", "but": B}, "looks": ["grayscale"]}],
    ),
    (
        "mach alles schwarzweiß außer b.mp4",
        [{"frame": "grade", "target": {"every": "all", "but": B}, "looks": ["grayscale"]}],
    ),
    ("mute the drone clip", [{"frame": "mute", "target": {"kind": "clip", "unknown": ["drone"]}}]),
    ("rotate a.mp4 90 degrees", [{"frame": "turn", "target": A, "degrees": 90}]),
    (
        "crossfade between all clips, half a second",
        [{"frame": "transition", "type": "crossfade", "length": {"ms": 500}}],
    ),
    # Several wishes, and what is none.
    (
        "cut the first 3 seconds and mute it",
        [{"frame": "cut_out", "spans": [HEAD]}, {"frame": "mute", "target": {"refer": "it"}}],
    ),
    ("undo the last two changes", [{"frame": "undo", "steps": 2}]),
    ("how long is it?", [{"frame": "question", "about": "length"}]),
    ("thanks!", [{"frame": "talk", "kind": "thanks"}]),
]  # fmt: skip
MORE = [
    "b.mp4 schneller", "make the first clip a bit louder", "slow the second clip down to half speed",
    "mute everything between 0:02 and 0:05", "freeze the frame at 3 seconds for 2 seconds", "zoom in on the last clip",
    "play it backwards", "remove the sound of b.mp4", "what did I change?", "move the title to the bottom",
    'change "Hello" to "Good morning"', "put the logo in the top right corner", "duplicate b.mp4 and mute the copy",
]  # fmt: skip
SENTENCES = [text for text, _ in TABLE] + MORE


@pytest.mark.parametrize(("text", "frames"), TABLE, ids=[text for text, _ in TABLE])
def test_a_sentence_becomes_frames(text: str, frames: list[dict[str, Any]]) -> None:
    assert [frame and frame.data() for frame in read(text)] == frames


@pytest.mark.parametrize("text", SENTENCES)
def test_a_frame_survives_as_json(text: str) -> None:
    for frame in filter(None, read(text)):
        assert frame_of(frame.data()) == frame


class Ranked(str):
    """A family's name that sorts by lot."""

    rank: float

    def __lt__(self, other: Any) -> bool:
        return self.rank < other.rank


@pytest.mark.parametrize("seed", range(3))
def test_no_family_comes_before_another(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = {text: read(text) for text in SENTENCES}
    lot, shuffled = random.Random(seed), {}  # noqa: S311
    for name, family in FAMILIES.items():
        ranked = Ranked(name)
        ranked.rank = lot.random()
        shuffled[ranked] = family
    monkeypatch.setattr(reader, "FAMILIES", shuffled)
    assert {text: read(text) for text in SENTENCES} == usual


WORDS = [
    "cut", "mute", "delete", "speed", "add", "title", "the", "first", "second", "last", "clip", "b.mp4", "music", "it",
    "them", "except", "only", "not", "to", "by", "from", "at", "until", "3", "10%", "2x", "0:05", "seconds", "and",
    "faster", "louder", "black", "then", ",", "?", '"Hi"', "把", "第二段", "删掉", "前3秒", "静音", "“你好”", "lösche",
]  # fmt: skip


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    read(text)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_any_words_can_be_read_and_what_is_read_is_json(words: list[str]) -> None:
    for frame in filter(None, read(" ".join(words))):
        assert frame_of(frame.data()) == frame
