"""What is copied, what is encoded and what is drawn: decided on frames, without touching any media."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nemo_nb.engine.render import Source, plan_render
from nemo_nb.engine.render.output import Output
from nemo_nb.media.codecs import Coding, Colours, Entry, Track
from nemo_nb.media.codecs.h264 import Parameters
from nemo_nb.media.probe import MediaInfo
from nemo_nb.media.timing import Timing

# Ten seconds with a group of pictures each second, and sets of parameters as x264 writes them.
TIMING = Timing(Fraction(1, 15360), 0, 0, 300 * 512, 300, Fraction(512))
INFO = MediaInfo(
    "video", duration_ms=10_000, width=160, height=90, fps=Fraction(30), frames=300, has_audio=True,
    video_codec="h264", pix_fmt="yuv420p", steady=True, timing=TIMING,
)  # fmt: skip
SETS = Parameters(100, 0, 13, (b"gd\x00\r\xac\xd9A",), (b"h\xea\xe3\xcb",))
CODING = Coding("h264", "yuv420p", (160, 90), sets=SETS)
TRACK = Track(
    CODING, Fraction(1, 15360), range(0, 300 * 512, 512), tuple(Entry(n, n) for n in range(0, 300, 30)),
    frames=300, ends=range(30, 301, 30),
)  # fmt: skip
# The pictures of such a group refer to no later ones.
LOOSE = dataclasses.replace(TRACK, ends=range(1, 301))
OTHER = dataclasses.replace(
    TRACK, coding=dataclasses.replace(CODING, sets=dataclasses.replace(SETS, level=40))
)
WHOLE = {"file": "clip.mp4", "d": 10_000}
COPY = ("copy", "picture untouched")


@pytest.fixture
def plan(studio):
    def plan(*tracks: list[dict[str, Any]], info=INFO, tracks_of=None, output=None, **canvas: Any):
        draft = studio.draft(*tracks, **canvas)
        sources = {
            segment.asset: Source(Path(segment.file), info, segment.asset)
            for segment in draft.segments
            if segment.file
        }
        tracks_of = tracks_of or {}
        planned = plan_render(
            draft,
            sources,
            Output.parse(output),
            track_of=lambda source: tracks_of.get(source.path.name, TRACK),
        )
        frames = [(item.start, item.end) for item in planned.stretches]
        assert frames[0][0] == 0
        assert frames[-1][1] == planned.frames
        assert all(before[1] == after[0] for before, after in pairwise(frames))
        return planned

    return plan


def rows(planned) -> list[tuple[str, str, str]]:
    return [(row["time"], row["picture"], row["reason"]) for row in planned.rows()]


def test_an_untouched_clip_is_copied_whatever_its_sound_does(plan):
    music = {"file": "music.mp3", "d": 10_000, "fade_out_ms": 3000}
    planned = plan([{**WHOLE, "volume": 0.3, "fade_in_ms": 500}], [music])
    assert rows(planned) == [("0-10s", *COPY)]


def test_only_the_groups_under_a_title_are_encoded(plan):
    planned = plan([WHOLE], [{"text": "Hi", "s": 2500, "d": 1000}])
    assert rows(planned) == [
        ("0-2s", *COPY),
        ("2-4s", "encode", "up to a keyframe, text is drawn"),
        ("4-10s", *COPY),
    ]


def test_a_cut_begins_and_ends_at_any_frame(plan):
    planned = plan([{**WHOLE, "source_start_ms": 1500, "d": 4200}])
    assert rows(planned) == [
        ("0-0.5s", "encode", "up to a keyframe"),
        ("0.5-3.5s", *COPY),
        ("3.5-4.2s", "encode", "up to a keyframe"),
    ]
    copy = planned.stretches[1]
    assert (copy.source_frame, copy.frames) == (60, 90)


def test_a_copy_ends_at_any_picture_that_needs_no_later_one(plan):
    loose = {"clip.mp4": LOOSE}
    planned = plan([{**WHOLE, "source_start_ms": 1500, "d": 4200}], tracks_of=loose)
    assert rows(planned) == [("0-0.5s", "encode", "up to a keyframe"), ("0.5-4.2s", *COPY)]
    titled = plan([WHOLE], [{"text": "Hi", "s": 2500, "d": 1000}], tracks_of=loose)
    assert [(item.start, item.end, item.work) for item in titled.stretches] == [
        (0, 75, "copy"),
        (75, 120, "encode"),
        (120, 300, "copy"),
    ]


def test_a_slideshow_is_made_a_few_pictures_at_a_time(plan):
    """All of them at once would take as much memory as there are. No transition is cut in two."""
    fade = {"type": "crossfade", "duration_ms": 500}
    photo = MediaInfo("image", width=160, height=90)
    photos = [
        {"file": "dot.png", "s": 1500 * n, "d": 2000, **({"transition": fade} if n else {})}
        for n in range(40)
    ]
    planned = plan(photos, info=photo)
    shots = planned.scene.layers[0]
    for stretch in planned.stretches:
        inside = [shot for shot in shots if shot.start < stretch.end and shot.end > stretch.start]
        assert len(inside) <= 8
        assert not any(shot.start < stretch.start < shot.start + 15 for shot in shots[1:])


def test_a_copy_too_short_to_save_anything_is_made(plan):
    """Between two made parts it would cost a piece more. One at the film's end costs none."""
    halves = [{**WHOLE, "d": 1100, "flip": "h"}, {**WHOLE, "s": 1100, "source_start_ms": 1900, "d": 200},
              {**WHOLE, "s": 1300, "source_start_ms": 3000, "d": 1000, "flip": "h"}]  # fmt: skip
    assert {item.work for item in plan(halves, tracks_of={"clip.mp4": LOOSE}).stretches} == {"encode"}


def test_a_property_that_nobody_thought_of_is_a_change(plan):
    """A shot is compared with its untouched self."""
    from nemo_nb.engine.render.scene import Shot
    from nemo_nb.engine.render.stretches import _PLACE, _between, _changes

    plain = plan([WHOLE]).scene.layers[0][0]
    assert not list(_changes(plain))
    others = {"speed": 2.0, "looks": (dataclasses.make_dataclass("Look", ["name"])("sepia"),)}
    for field in dataclasses.fields(Shot):
        if field.name not in {*_PLACE, "fit", "transition_frames"}:
            value = others.get(field.name, True if field.default is False else 7)
            changed = dataclasses.replace(plain, **{field.name: value})
            assert list(_changes(changed)), field.name
            assert list(_changes(_between(changed, 0, 300, Fraction(30)))) or field.name in (
                "loop",
                "transition",
            )


def test_both_ends_of_a_fade_are_encoded_and_the_rest_is_not(plan):
    planned = plan([{**WHOLE, "video_fade_in_ms": 1000, "video_fade_out_ms": 1200}])
    assert rows(planned) == [
        ("0-1s", "encode", "picture fades"),
        ("1-8s", *COPY),
        ("8-10s", "encode", "up to a keyframe, picture fades"),
    ]


def test_a_split_clip_is_still_one_clip(plan):
    halves = [{**WHOLE, "d": 5100}, {**WHOLE, "s": 5100, "source_start_ms": 5100, "d": 4900}]
    assert rows(plan(halves)) == [("0-10s", *COPY)]


def test_clips_with_the_same_parameters_are_joined_by_copying(plan):
    two = [{**WHOLE, "d": 3000}, {"file": "more.mp4", "s": 3000, "source_start_ms": 6000, "d": 4000}]
    assert rows(plan(two)) == [("0-3s", *COPY), ("3-7s", *COPY)]


def test_of_clips_coded_differently_the_longer_one_is_copied(plan):
    two = [WHOLE, {"file": "more.mp4", "s": 10_000, "d": 4000}]
    assert rows(plan(two, tracks_of={"more.mp4": OTHER})) == [
        ("0-10s", *COPY),
        ("10-14s", "encode", "coded unlike the clips beside it"),
    ]


def test_a_transition_touches_both_of_its_clips(plan):
    two = [
        {**WHOLE, "d": 5000},
        {"file": "more.mp4", "s": 4500, "d": 5000, "transition": {"type": "crossfade", "duration_ms": 500}},
    ]
    assert rows(plan(two)) == [
        ("0-4s", *COPY),
        ("4-5.5s", "encode", "up to a keyframe, transition crossfade"),
        ("5.5-9.5s", *COPY),
    ]


def test_a_gap_is_drawn(plan):
    late = [{**WHOLE, "s": 2000}]
    assert rows(plan(late)) == [("0-2s", "draw", "background"), ("2-12s", *COPY)]


def test_a_clip_that_covers_the_picture_hides_what_is_below(plan):
    planned = plan([WHOLE], [{"file": "cutaway.mp4", "s": 3000, "d": 2000}])
    assert rows(planned) == [("0-3s", *COPY), ("3-5s", *COPY), ("5-10s", *COPY)]
    below = plan([WHOLE], [{"file": "cutaway.mp4", "s": 3000, "d": 2000, "scale": 0.3}])
    assert rows(below)[1] == ("3-5s", "encode", "placed, scaled or transparent")


def test_long_made_parts_are_cut_where_something_changes(plan):
    """So that the export after a change makes only one of them again."""
    slow = {"file": "clip.mp4", "d": 12_000, "speed": 0.5}
    planned = plan([slow, {**slow, "s": 12_000, "flip": "h"}])
    assert [(item.start, item.end, item.work) for item in planned.stretches] == [
        (0, 360, "encode"),
        (360, 720, "encode"),
    ]


TOUCHES = {
    "speed or direction changed": ({"speed": 2.0, "d": 5000}, {}, {}),
    "the last picture is held": ({"source_start_ms": 9900, "d": 4000}, {}, {}),
    "repeated": ({"loop": True, "d": 20_000}, {}, {}),
    "a still picture": ({"freeze": True}, {}, {}),
    "filter sepia": ({"filters": [{"name": "sepia"}]}, {}, {}),
    "cropped, turned or flipped": ({"flip": "h"}, {}, {}),
    "placed, scaled or transparent": ({"opacity": 0.5}, {}, {}),
    "scaled from 160x90 to 320x180": ({}, {}, {"resolution": "180p"}),
    "frame rate made an even 25": ({}, {"fps": 25}, {}),
}


@pytest.mark.parametrize("reason", TOUCHES)
def test_why_a_clip_is_encoded(plan, reason):
    meta, canvas, output = TOUCHES[reason]
    planned = plan([{**WHOLE, **meta}], output=output, **canvas)
    assert {item.work for item in planned.stretches} == {"encode"}
    assert reason in planned.rows()[-1]["reason"]


CODINGS = {
    "frame rate made an even 30": {"fps": Fraction(25)},
    'hevc yuv420p re-encoded as H.264 (codec="source" would copy it)': {"video_codec": "hevc"},
    "h264 yuv420p10le re-encoded as H.264": {"pix_fmt": "yuv420p10le"},
    "h264 yuv420p re-encoded as H.264": {"interlaced": True},
    "HDR shown in ordinary colours": {"transfer": 16},
}


@pytest.mark.parametrize("reason", CODINGS)
def test_which_sources_are_never_copied(plan, reason):
    info = dataclasses.replace(INFO, **CODINGS[reason])
    assert rows(plan([WHOLE], info=info)) == [("0-10s", "encode", reason)]


def test_a_track_that_can_not_be_divided_is_copied_whole_or_not_at_all(plan):
    odd = {"clip.mp4": dataclasses.replace(TRACK, problem="its parameters change on the way")}
    assert rows(plan([WHOLE], tracks_of=odd)) == [("0-10s", *COPY)]
    titled = plan([WHOLE], [{"text": "Hi", "s": 0, "d": 1000}], tracks_of=odd)
    assert {row[1] for row in rows(titled)} == {"encode"}
    assert "its parameters change on the way" in rows(titled)[0][2]


def test_without_keyframes_inside_everything_is_encoded(plan):
    one_group = {"clip.mp4": dataclasses.replace(TRACK, entries=(Entry(0, 0),))}
    planned = plan([{**WHOLE, "source_start_ms": 500, "d": 5000}], tracks_of=one_group)
    assert rows(planned) == [("0-5s", "encode", "no keyframes to cut at")]


def test_what_is_encoded_is_coded_like_what_is_copied(plan):
    old = {
        "clip.mp4": dataclasses.replace(TRACK, coding=dataclasses.replace(CODING, colours=Colours(6, 6, 6)))
    }
    planned = plan([WHOLE], [{"text": "Hi", "s": 0, "d": 1000}], tracks_of=old)
    assert planned.coding.colours == Colours(6, 6, 6)
    assert "sps-id=1" in " ".join(planned.room.encoder(18, "veryfast", planned.coding))
