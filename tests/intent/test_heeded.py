"""A value that a reading binds is in its frame, or the wish is not carried out."""

import pytest

from nemo_nb.draft import Draft
from nemo_nb.intent import families
from nemo_nb.intent.families.base import Family
from nemo_nb.intent.frames import Mute, SetSpeed
from nemo_nb.intent.reader import read
from nemo_nb.intent.resolve import Ground


def deaf(hearing):
    """A family that binds all that it hears and makes nothing of it."""
    hearing.bound.update(range(len(hearing.items)))
    return Mute()


def mumbling(hearing):
    """One that says of itself that a place means nothing for it."""
    hearing.bound.update(range(len(hearing.items)))
    hearing.implied.update(n for n, item in enumerate(hearing.items) if item.what == "where")
    return Mute()


@pytest.fixture
def only(monkeypatch):
    def put(hears):
        monkeypatch.setattr(families, "FAMILIES", {"mute": Family("mute", hears)})
        for module in ("reader", "heeded"):
            monkeypatch.setattr(f"nemo_nb.intent.{module}.FAMILIES", families.FAMILIES)

    return put


@pytest.mark.parametrize(
    ("said", "dropped"),
    [
        ("mute it", []),
        ("mute it at 0:05", ["0:05"]),
        ("mute 30 percent of b.mp4", ["30 percent", "b.mp4"]),
        ("mute it in the top right corner", ["top right corner"]),
        ("mute the last one in black and white", ["the last one", "black and white"]),
    ],
)
def test_what_makes_no_difference_to_the_frame_was_not_heard(only, said, dropped):
    only(deaf)
    (part,) = read(said, Ground(Draft.empty()), "en", names=("b.mp4",))
    assert [item.text for item in part.lost] == dropped
    assert part.sure is not bool(dropped)


def test_a_family_can_say_that_a_word_means_nothing_more_to_it(only):
    only(mumbling)
    (part,) = read("mute it at the bottom", Ground(Draft.empty()), "en")
    assert part.sure


def test_what_is_said_twice_is_heard_once():
    (part,) = read("play it at 2x double speed", Ground(Draft.empty()), "en")
    assert part.sure
    assert isinstance(part.frame, SetSpeed)
