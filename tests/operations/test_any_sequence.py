"""No sequence of operations makes a draft that may not be written, and nothing outlasts the picture."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import (
    AddCaptions,
    AddFilter,
    AddMusic,
    AddText,
    Adjust,
    Background,
    CaptionLine,
    ChangeText,
    ClearFilters,
    Crop,
    CutOut,
    Delete,
    Duck,
    Duplicate,
    Fade,
    Flip,
    Freeze,
    Keep,
    Loop,
    Loudness,
    Measured,
    Mute,
    Op,
    Overlay,
    PlaceClip,
    Reorder,
    Restyle,
    Retime,
    Reverse,
    Rotate,
    SetCanvas,
    Slideshow,
    Speed,
    Split,
    Still,
    Swap,
    TextStyle,
    Transition,
    Volume,
    apply_all,
)  # fmt: skip
from nemo_nb.draft.schema import check
from nemo_nb.errors import DraftError

ASSET = "sha256:" + "0" * 64
moment = st.integers(0, 20_000)
length = st.integers(1, 8_000)
signed = st.floats(-1, 1)
ids = st.integers(1, 12).map(lambda number: f"seg-{number}")

anything: st.SearchStrategy[Op] = st.one_of(
    st.builds(
        PlaceClip,
        asset=st.just(ASSET),
        file=st.just("a.mp4"),
        duration_ms=length,
        index=st.none() | st.integers(0, 3),
    ),
    st.builds(AddMusic, asset=st.just(ASSET), file=st.just("m.mp3"), file_ms=length, at_ms=moment),
    st.builds(
        Overlay,
        kind=st.sampled_from(("image", "video")),
        asset=st.just(ASSET),
        file=st.just("l.png"),
        at_ms=moment,
        duration_ms=st.none() | length,
    ),
    st.builds(AddText, text=st.just("x"), at_ms=moment, duration_ms=st.none() | length),
    st.builds(lambda start, long: CutOut(start_ms=start, end_ms=start + long), moment, length),
    st.builds(lambda start, long: Keep(ranges=((start, start + long),)), moment, length),
    st.builds(Split, at_ms=moment, segment=st.none() | ids),
    st.builds(
        lambda start, long: AddCaptions(
            lines=(
                CaptionLine(text="x", at_ms=start, duration_ms=long),
                CaptionLine(text="y", at_ms=start + long, duration_ms=long),
            )
        ),
        moment,
        length,
    ),
    st.builds(lambda name: Mute(segments=(name,)), ids),
    st.builds(
        lambda name, lufs, over, target: Loudness(
            sounds=(Measured(segment=name, lufs=lufs, peak_db=lufs + over),), target_lufs=target
        ),
        ids,
        st.floats(-70, 0),
        st.floats(0, 20),
        st.floats(-70, 0),
    ),
    st.builds(Retime, segment=ids, start_ms=moment, duration_ms=length),
    st.builds(Freeze, at_ms=moment, duration_ms=length),
    st.builds(Speed, factor=st.floats(0.3, 4), start_ms=st.none() | moment),
    st.builds(lambda name: Delete(segments=(name,)), ids),
    st.builds(lambda name: Reverse(segments=(name,)), ids),
    st.builds(Duplicate, segment=ids, times=st.integers(1, 2)),
    st.builds(Loop, times=st.just(2)),
    st.builds(Swap, first=ids, second=ids),
    st.builds(lambda name, long: Transition(segments=(name,), duration_ms=long), ids, length),
    st.builds(lambda name, long: Fade(segments=(name,), in_ms=long, out_ms=long), ids, length),
    st.builds(lambda name, level: Volume(segments=(name,), volume=level), ids, st.floats(0, 4)),
    st.builds(lambda name, amount: Duck(segments=(name,), amount_db=amount), ids, st.floats(0, 60)),
    st.builds(lambda name, angle: Rotate(segments=(name,), degrees=angle), ids, st.floats(-360, 360)),
    st.builds(lambda name: Flip(segments=(name,)), ids),
    st.builds(lambda name, amount: AddFilter(segments=(name,), name="contrast", amount=amount), ids, signed),
    st.builds(lambda name: ClearFilters(segments=(name,)), ids),
    st.builds(
        lambda name, kept: Crop.model_validate(
            {"segments": (name,), "box": {"x": 0, "y": 1 - kept, "w": kept, "h": kept}}
        ),
        ids,
        st.floats(0.05, 1),
    ),
    st.builds(lambda name, share: Adjust(segments=(name,), opacity=share, fit="cover"), ids, st.floats(0, 1)),
    st.builds(SetCanvas, aspect=st.sampled_from(("9:16", "1:1", "4:5"))),
    st.builds(Background, color=st.just("#ffffff")),
    st.builds(Reorder, order=st.permutations(["seg-1", "seg-2", "seg-3"]).map(tuple)),
    st.builds(ChangeText, segment=ids, text=st.text(min_size=1, max_size=5)),
    st.builds(lambda name: Restyle(segments=(name,), style=TextStyle(bold=True)), ids),
    st.builds(
        lambda each, passing: Slideshow(
            images=(Still(asset=ASSET, file="i.jpg"),) * 3,
            each_ms=each,
            transition="crossfade",
            transition_ms=passing,
        ),
        length,
        length,
    ),
)


def carried_out(draft: Draft, operation: Op) -> Draft:
    """The draft after it, valid; or the same draft where it cannot be made there."""
    try:
        after = operation.apply(draft)
    except DraftError:
        return draft
    return check(after)


@settings(max_examples=150)
@given(st.lists(anything, max_size=14))
def test_every_draft_is_valid(ops: list[Op]) -> None:
    start = PlaceClip(asset=ASSET, file="a.mp4", duration_ms=10_000, width=1920, height=1080, fps=30)
    draft = apply_all(Draft.empty(), [start])
    for operation in ops:
        before = draft.to_dict()
        after = carried_out(draft, operation)
        assert draft.to_dict() == before, "an operation changed the draft that it was given"
        draft = after
        video = [track for track in draft.tracks if track.type == 0]
        if video:
            assert max(item.end_ms for item in video[0].segments) == draft.duration_ms, draft.summary()


takes_away: st.SearchStrategy[Op] = st.one_of(
    st.builds(lambda start, long: CutOut(start_ms=start, end_ms=start + long), moment, length),
    st.builds(
        lambda a, b, c, d: Keep(ranges=((a, a + b), (a + b + c, a + b + c + d))),
        moment, length, length, length,
    ),
    st.builds(Split, at_ms=moment, segment=st.none() | ids),
    st.builds(lambda name: Delete(segments=(name,)), ids),
)  # fmt: skip


@given(st.lists(takes_away, max_size=8), moment, length)
def test_a_film_over_the_picture_shows_the_same_over_what_is_left(ops: list[Op], at: int, long: int) -> None:
    picture = PlaceClip(asset=ASSET, file="a.mp4", duration_ms=30_000, width=1920, height=1080, fps=30)
    roll = Overlay(kind="video", asset=ASSET, file="roll.mp4", at_ms=at, duration_ms=long)
    draft = apply_all(Draft.empty(), [picture, roll])
    for operation in ops:
        draft = carried_out(draft, operation)
    clips = [item for item in draft.segments if item.file == "a.mp4"]
    rolls = [item for item in draft.segments if item.file == "roll.mp4"]
    shared = 0
    for clip, over in product(clips, rolls):
        start, end = max(clip.start_ms, over.start_ms), min(clip.end_ms, over.end_ms)
        if start < end:
            assert clip.source_start_ms - clip.start_ms == over.source_start_ms - over.start_ms + at
            shared += end - start
    if not any(isinstance(operation, Delete) for operation in ops):
        assert shared == sum(
            max(0, min(clip.source_end_ms, at + long) - max(clip.source_start_ms, at)) for clip in clips
        )
