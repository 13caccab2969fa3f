"""What somebody wants to know: an answer from the draft, which stays as it is.

The clip is clip.mp4 (10 s); of the three, a.mp4 has 4 s, b.mp4 6 s and c.mp4 5 s.
"""

from __future__ import annotations

import pytest
from bank import talk
from damage import same


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("TRT?", "The video is 15s long."),
        ("what's the total runtime for the media plan?", "The video is 15s long."),
        ("How many second is b?", "b.mp4 is 6s long."),
        ("which file plays right after b?", "c.mp4 starts at 10s and ends at 15s."),
        ("how many clips and how long in total?", "There are 3 clips: a.mp4, b.mp4, c.mp4.\nThe video is 15s long."),
        ("is there any text in it", "There is no text on the timeline."),
        ("wie lang ist der zweite Clip und wie laut der dritte?", "b.mp4 ist 6 s lang.\nc.mp4: Lautstärke 100 %."),
    ],
)  # fmt: skip
def test_a_question_is_answered_and_nothing_changed(question: str, answer: str) -> None:
    asked = talk(question)
    assert asked.reply == answer
    assert same(asked.draft, asked.past[0])


def test_of_one_thing_all_is_told_that_was_done_to_it() -> None:
    asked = talk("make b warm", "what have I got on b now?")
    assert asked.reply == "b.mp4 (Video: 4-10s, look warm)."


def test_whether_the_music_fades_is_told_with_all_of_it() -> None:
    asked = talk(
        "add the music and fade it out over 3 seconds", "is the music still fading out?", setup="clip+music"
    )
    assert asked.reply == "lofi.mp3 (BGM: 0-10s, sound fade-out 3s)."
