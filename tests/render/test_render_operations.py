"""Every operation there is, from the edit to the decoded export: which frames come, what is seen, what is heard."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import pytest

from nemo_nb.draft import Draft
from nemo_nb.draft import operations as ops

from .conftest import Film, Studio, asset

RED, BLUE, DOT = "#c02020", "#2020c0", "#ffcc00"
LENGTHS = {"count.mp4": 3000, "red.mp4": 2000, "blue.mp4": 2000, "halves.mp4": 1000, "music.mp3": 2000}


@dataclass
class Cutter:
    """A draft that is edited by operations, and exported."""

    studio: Studio
    draft: Draft = field(default_factory=Draft.empty)

    def place(self, *names: str) -> Cutter:
        for name in names:
            self.do(
                ops.PlaceClip(
                    asset=asset(name), file=name, duration_ms=LENGTHS[name], width=160, height=90, fps=30
                )
            )
        return self

    def do(self, *operations: ops.Op) -> Cutter:
        self.draft = ops.apply_all(self.draft, operations)
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """The segments, those of the main track first."""
        return tuple(segment.id for segment in self.draft.segments)

    def film(self, **output: str) -> Film:
        return self.studio.film(self.draft, **output)


@pytest.fixture
def cut(studio: Studio) -> Cutter:
    return Cutter(studio)


def test_there_is_one_for_each() -> None:
    used = set(re.findall(r"ops\.(\w+)\(", Path(__file__).read_text("utf-8")))
    assert used >= {kind.__name__ for kind in get_args(get_args(ops.Operation)[0])}


def shows(film: Film, *frames: int | range) -> bool:
    """Whether these frames of count.mp4 are shown, in this order and no others."""
    wanted = [n for item in frames for n in (item if isinstance(item, range) else [item])]
    return film.counted() == pytest.approx(wanted, abs=0.6)


def test_cuts(cut: Cutter) -> None:
    cut.place("count.mp4").do(ops.CutOut(start_ms=1000, end_ms=2000), ops.Split(at_ms=500))
    assert shows(cut.film(), range(30), range(60, 90))
    cut.do(ops.Delete(segments=cut.ids[:1]))
    assert shows(cut.film(), range(15, 30), range(60, 90))


def test_order(cut: Cutter) -> None:
    cut.place("count.mp4").do(ops.Keep(ranges=((500, 1000), (2000, 2500))))
    early, late = range(15, 30), range(60, 75)
    cut.do(ops.Reorder(order=cut.ids[::-1]), ops.Duplicate(segment=cut.ids[1]))
    assert shows(cut.film(), late, late, early)
    cut.do(ops.Swap(first=cut.ids[0], second=cut.ids[2]))
    assert shows(cut.film(), early, late, late)
    cut.do(ops.Delete(segments=cut.ids[1:]), ops.Loop(times=3))
    assert shows(cut.film(), early, early, early)


def test_time(cut: Cutter) -> None:
    cut.place("count.mp4").do(ops.Keep(ranges=((500, 1500),)))
    cut.do(ops.Speed(factor=2), ops.Freeze(at_ms=300, duration_ms=200))
    assert shows(cut.film(), range(15, 33, 2), *[33] * 6, range(33, 45, 2))
    cut.do(ops.Reverse(segments=cut.ids[:1]))
    assert shows(cut.film(), range(31, 14, -2), *[33] * 6, range(33, 45, 2))


def test_an_overlay_at_another_time(cut: Cutter) -> None:
    over = ops.Overlay(kind="video", asset=asset("count.mp4"), file="count.mp4", duration_ms=500, scale=1)
    cut.place("blue.mp4").do(over)
    cut.do(ops.Retime(segment=cut.ids[1], start_ms=1000, duration_ms=300, source_start_ms=500))
    seen = cut.film().counted()
    assert seen[30:39] == pytest.approx(range(15, 24), abs=0.6)
    assert seen[29] == seen[39] == seen[0]


def test_a_cut_through_an_overlay(cut: Cutter) -> None:
    roll = {"kind": "video", "asset": asset("count.mp4"), "file": "count.mp4"}
    cut.place("blue.mp4").do(ops.Overlay(**roll, at_ms=500, duration_ms=1000, scale=1))
    cut.do(ops.CutOut(start_ms=1000, end_ms=1200), ops.CutOut(start_ms=400, end_ms=600))
    seen = cut.film().counted()
    assert seen[12:36] == pytest.approx([*range(3, 15), *range(21, 30)] + [seen[0]] * 3, abs=0.6)
    assert seen[11] == seen[0]


def test_a_cut_through_the_held_end_of_an_overlay(cut: Cutter, close) -> None:
    cut.place("count.mp4").do(
        ops.Mute(segments=cut.ids),
        ops.Overlay(kind="video", asset=asset("red.mp4"), file="red.mp4", scale=1),
        ops.CutOut(start_ms=2200, end_ms=2600),
    )
    film = cut.film()
    assert len(film.frames) == 78
    assert all(close(film.colour(frame), RED) for frame in (0, 59, 65, 66, 77))
    assert film.level(0.5, 1.5) > 0.01
    assert film.level(2.1, 2.6) < 0.001


def test_shape(cut: Cutter, close) -> None:
    one = cut.place("halves.mp4").ids
    assert close(cut.do(ops.Flip(segments=one, direction="h")).film().colour(2, x=0.9), RED)
    turned = cut.do(ops.Rotate(segments=one, degrees=90), ops.Background(color="#204060")).film()
    assert [close(turned.colour(2, y=y), c) for y, c in ((0.1, "#ffffff"), (0.9, RED))] == [True, True]
    assert close(turned.colour(2, x=0.02), "#204060")
    cut.do(
        ops.Rotate(segments=one, degrees=-90),
        ops.Crop(segments=one, box={"x": 0, "y": 0, "w": 0.5, "h": 1}),
    )
    assert close(cut.film().colour(2), RED)
    tall = cut.do(ops.SetCanvas(width=90, height=160, fit="cover")).film()
    assert tall.frames[0].shape == (160, 90, 3)
    assert close(tall.colour(2, y=0.05), RED)


def test_looks(cut: Cutter, close) -> None:
    one = cut.place("red.mp4").ids
    red, green, blue = cut.do(ops.AddFilter(segments=one, name="grayscale")).film().colour(30)
    assert max(red, green, blue) - min(red, green, blue) < 6
    cut.do(ops.ClearFilters(segments=one), ops.Adjust(segments=one, opacity=0.5))
    assert close(cut.film().colour(30), "#601010")


def test_an_overlay_and_a_slideshow(cut: Cutter, close) -> None:
    dot = {"asset": asset("dot.png"), "file": "dot.png"}
    film = cut.place("red.mp4").do(ops.Overlay(**dot, at_ms=500, duration_ms=500, position="center")).film()
    seen = [close(film.colour(frame), DOT, within=16) for frame in range(60)]
    assert seen == [False] * 15 + [True] * 15 + [False] * 30
    slides = Cutter(cut.studio).do(ops.Slideshow(images=(ops.Still(**dot), ops.Still(**dot)), each_ms=500))
    film = slides.film(resolution="90p")
    assert len(film.frames) == 30
    assert all(close(film.colour(frame), DOT, within=16) for frame in (0, 14, 15, 29))


def test_texts(cut: Cutter) -> None:
    def yellow() -> list[bool]:
        frames = cut.film().frames
        return [((frame[:, :, 0] > 150) & (frame[:, :, 2] < 120)).sum() > 20 for frame in frames]

    style = ops.TextStyle(font_size=0.4, color="#ffff00")
    cut.place("blue.mp4").do(ops.AddText(text="III", at_ms=500, duration_ms=500, style=style))
    assert yellow() == [False] * 15 + [True] * 15 + [False] * 30
    title = cut.ids[1:]
    cut.do(
        ops.ChangeText(segment=title[0], text="O"),
        ops.Restyle(segments=title, style=ops.TextStyle(color="#ff0000")),
    )
    frame = cut.film().frames[20]
    red = (frame[:, :, 0] > 150) & (frame[:, :, 1] < 120)
    rows, columns = red.nonzero()
    assert columns.max() - columns.min() < 1.2 * (rows.max() - rows.min()), "one round letter, no more three"
    line = ops.CaptionLine(text="MMM", at_ms=1500, duration_ms=500)
    cut.do(ops.Delete(segments=title), ops.AddCaptions(lines=(line,), style=style))
    assert yellow() == [False] * 45 + [True] * 15


def test_a_transition_and_fades(cut: Cutter, close) -> None:
    cut.place("red.mp4", "blue.mp4")
    cut.do(ops.Transition(segments=cut.ids[1:], type="wipe-left", duration_ms=1000))
    cut.do(
        ops.Fade(segments=cut.ids[:1], of="both", in_ms=500),
        ops.Fade(segments=cut.ids[1:], of="both", out_ms=500),
    )
    film = cut.film()
    assert len(film.frames) == 90
    assert close(film.colour(0), "#000000")
    assert close(film.colour(20), RED)
    assert (close(film.colour(45, x=0.1), RED), close(film.colour(45, x=0.9), BLUE)) == (True, True)
    assert close(film.colour(65), BLUE)
    assert close(film.colour(89), "#000000", within=24)
    steady = film.level(0.7, 1)
    assert film.level(0, 0.05) < 0.2 * steady
    assert film.level(2.95, 3) < 0.2 * steady


def test_levels(cut: Cutter) -> None:
    def levels() -> tuple[float, float]:
        film = cut.film(format="wav")
        return film.level(0.3, 1.7), film.level(2.2, 2.8)

    music = {"asset": asset("music.mp3"), "file": "music.mp3", "file_ms": 2000}
    cut.place("count.mp4").do(ops.ChooseSound(file="count.mp4", tracks=(1,)))
    assert levels()[0] > 0.01
    clip, alone = cut.do(ops.Mute(segments=cut.ids)).ids[0], levels()
    assert alone == (0, 0)
    cut.do(ops.AddMusic(**music, at_ms=0, duration_ms=3000))
    tune = cut.ids[1]
    full = levels()
    assert full[1] == pytest.approx(full[0], rel=0.05), "it begins again where it ended"
    cut.do(ops.Volume(segments=(tune,), volume=0.5))
    assert levels()[0] == pytest.approx(full[0] / 2, rel=0.05)
    cut.do(ops.Loudness(sounds=(ops.Measured(segment=tune, lufs=-20, peak_db=-18),), target_lufs=-26))
    assert levels()[0] == pytest.approx(full[0] / 2, rel=0.05)
    cut.do(ops.Mute(segments=(clip,), muted=False), ops.Duck(segments=(tune,), amount_db=20))
    ducked = cut.film(format="wav")
    assert ducked.pitch(1, 2) == pytest.approx(440, abs=2)
