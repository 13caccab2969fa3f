"""A step of an edit is left out, and the later ones are made again: to the same things, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from nemo_nb.draft import Draft, Segment
from nemo_nb.draft.lineage import named_ids
from nemo_nb.draft.operations import (
    AddCaptions,
    AddFilter,
    AddMusic,
    AddText,
    CaptionLine,
    ChangeText,
    CutOut,
    Delete,
    Duplicate,
    Fade,
    Freeze,
    Keep,
    Loop,
    Mute,
    Operation,
    Overlay,
    PlaceClip,
    Reorder,
    Retime,
    SetCanvas,
    Speed,
    Split,
    Swap,
    Transition,
    Volume,
    apply_all,
)  # fmt: skip
from nemo_nb.draft.replay import Obstacle, Remade, leave_out
from nemo_nb.errors import DraftError

EMPTY = Draft.empty()


def clip(name: str, ms: int = 10_000, **more: Any) -> PlaceClip:
    return PlaceClip(asset=f"sha256:{name.encode().hex():0<64}", file=f"{name}.mp4", duration_ms=ms, **more)


A, B = clip("a"), clip("b", 6000)
MUSIC = AddMusic(asset="sha256:" + "9" * 64, file="tune.mp3", file_ms=30_000)


def without(n: int, *steps: Sequence[Operation]) -> Remade | Obstacle:
    """The edit without step `n`."""
    return leave_out(EMPTY, steps, {(n, number) for number in range(len(steps[n]))})


def remade(n: int, *steps: Sequence[Operation]) -> Draft:
    made = without(n, *steps)
    assert isinstance(made, Remade), made
    again = apply_all(EMPTY, [operation for step in made.steps for operation in step])
    assert again == made.draft, "the operations make the draft"
    return made.draft


def told(draft: Draft) -> list[tuple[str, int, int]]:
    return [(item.text or item.file, item.start_ms, item.end_ms) for item in draft.segments]


# -- what still fits is done to the same things -------------------------------------------------------------------


def test_a_later_step_finds_its_thing_under_another_id() -> None:
    title, end = AddText(text="Hi", at_ms=1000), AddText(text="Bye", at_ms=5000)
    made = without(1, [A], [title], [end], [ChangeText(segment="seg-3", text="The End")])
    assert isinstance(made, Remade)
    assert told(made.draft) == [("a.mp4", 0, 10_000), ("The End", 5000, 8000)]
    assert made.ids == {"seg-2": None, "seg-3": "seg-2"}
    assert made.steps[3] == (ChangeText(segment="seg-2", text="The End"),)


def test_one_operation_of_a_step_can_be_left_out() -> None:
    made = leave_out(EMPTY, [[A], [Mute(segments=("seg-1",)), AddText(text="Hi")]], {(1, 0)})
    assert isinstance(made, Remade)
    (a, _) = made.draft.segments
    assert not a.muted
    assert [len(step) for step in made.steps] == [1, 1]


def test_a_cut_takes_the_same_picture_out_wherever_that_is_shown_now() -> None:
    draft = remade(1, [A], [CutOut(start_ms=0, end_ms=3000)], [CutOut(start_ms=2000, end_ms=4000)])
    assert [(item.source_start_ms, item.source_end_ms) for item in draft.segments] == [
        (0, 5000),
        (7000, 10_000),
    ]


def test_what_was_kept_is_not_what_the_left_out_cut_gives_back() -> None:
    draft = remade(1, [A], [CutOut(start_ms=0, end_ms=3000)], [Keep(ranges=((1000, 2000),))])
    assert [(item.source_start_ms, item.source_end_ms) for item in draft.segments] == [
        (0, 3000),
        (4000, 5000),
    ]


def test_a_title_stays_with_its_picture_and_one_at_the_start_at_the_start() -> None:
    cut = CutOut(start_ms=0, end_ms=3000)
    draft = remade(1, [A], [cut], [AddText(text="Hi", at_ms=2000)], [AddText(text="Start", at_ms=0)])
    assert told(draft)[1:] == [("Start", 0, 3000), ("Hi", 5000, 8000)]


def test_captions_stay_with_their_picture() -> None:
    lines = (
        CaptionLine(text="x", at_ms=1000, duration_ms=500),
        CaptionLine(text="y", at_ms=2000, duration_ms=500),
    )
    draft = remade(1, [A], [CutOut(start_ms=0, end_ms=3000)], [AddCaptions(lines=lines)])
    assert told(draft)[1:] == [("x", 4000, 4500), ("y", 5000, 5500)]


def test_of_several_things_those_that_are_left() -> None:
    draft = remade(1, [A], [MUSIC], [Mute(segments=("seg-1", "seg-2"))])
    assert [item.muted for item in draft.segments] == [True]


def test_everything_is_made_faster_but_what_was_not_there_then() -> None:
    draft = remade(1, [A, B], [Delete(segments=("seg-2",))], [Speed(factor=2)])
    assert [(item.file, item.speed) for item in draft.segments] == [("a.mp4", 2.0), ("b.mp4", 1.0)]


def test_a_new_shape_is_for_all_of_the_film() -> None:
    draft = remade(1, [A, B], [Delete(segments=("seg-2",))], [SetCanvas(aspect="9:16", fit="blur")])
    assert [item.meta["fit"] for item in draft.segments] == ["blur", "blur"]


def test_a_clip_is_put_before_the_clip_that_it_was_put_before() -> None:
    draft = remade(1, [A, B], [Swap(first="seg-1", second="seg-2")], [clip("c", 1000, index=1)])
    assert [item.file for item in draft.segments] == ["c.mp4", "a.mp4", "b.mp4"]


def test_pace_a_stop_and_a_split_are_where_the_same_picture_is() -> None:
    cut = CutOut(start_ms=0, end_ms=4000)
    draft = remade(1, [A], [cut], [Split(at_ms=1000)])
    assert [item.source_start_ms for item in draft.segments] == [0, 5000]
    draft = remade(1, [A], [cut], [Freeze(at_ms=1000)])
    assert [item.start_ms for item in draft.segments] == [0, 5000, 7000]
    draft = remade(1, [A], [cut], [Speed(factor=2, start_ms=0, end_ms=2000)])
    assert [(item.source_start_ms, item.speed) for item in draft.segments] == [
        (0, 1.0),
        (4000, 2.0),
        (6000, 1.0),
    ]


def test_an_upload_goes_with_its_clip_and_the_rest_closes_up() -> None:
    assert told(remade(0, [A], [B], [Mute(segments=("seg-2",))])) == [("b.mp4", 0, 6000)]


# -- what doesn't stands in the way ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("gone", [[A], [MUSIC], [Volume(segments=("seg-2",), volume=0.3)]]),
        ("gone", [[A], [B], [CutOut(start_ms=11_000, end_ms=12_000)]]),
        ("gone", [[A], [B], [AddText(text="Hi", at_ms=12_000)]]),
        ("gone", [[A], [B], [Swap(first="seg-1", second="seg-2")]]),
        ("gone", [[A], [Split(at_ms=5000)], [AddFilter(segments=("seg-2",), name="sepia")]]),
        # the first half is the whole clip then
        ("other", [[A], [Split(at_ms=5000)], [AddFilter(segments=("seg-1",), name="sepia")]]),
        ("other", [[A], [Split(at_ms=5000)], [Delete(segments=("seg-1",))]]),
        ("other", [[A, B], [Delete(segments=("seg-2",))], [Loop(times=2)]]),
        ("other", [[A, B, clip("c")], [Delete(segments=("seg-2",))], [Reorder(order=("seg-3", "seg-1"))]]),
        # the cut would take a title along that was not there when it was made
        ("other", [[A, AddText(text="Hi", at_ms=3000, duration_ms=1000)], [Delete(segments=("seg-2",))],
                   [CutOut(start_ms=2000, end_ms=5000)]]),
        # a clip that is the first one then has nothing to come in from
        ("outside", [[B], [clip("c", index=0)], [Transition(segments=("seg-1",))]]),
    ],
)  # fmt: skip
def test_what_lost_its_thing_or_would_touch_another_is_told_and_nothing_is_done(
    reason: str, steps: list[list[Operation]]
) -> None:
    made = without(len(steps) - 2, *steps)
    assert isinstance(made, Obstacle), made
    assert (made.step, made.operation, made.reason) == (2, 0, reason)
    assert made.why


def test_an_edit_that_cannot_be_made_as_it_is_says_so() -> None:
    with pytest.raises(DraftError):
        without(0, [A], [Mute(segments=("seg-7",))])


# -- whatever is left out -------------------------------------------------------------------------------------------

MOMENT, LENGTH = st.integers(0, 20_000), st.integers(200, 8000)
ID = st.integers(1, 9).map(lambda number: f"seg-{number}")
SOME = st.lists(ID, min_size=1, max_size=3, unique=True).map(tuple)
NAME = st.sampled_from("cdefgh")
ANY: st.SearchStrategy[Operation] = st.one_of(
    st.builds(clip, NAME, LENGTH, index=st.none() | st.integers(0, 3)),
    st.builds(
        lambda name, at: MUSIC.model_copy(update={"file": f"{name}.mp3", "at_ms": at}), NAME, st.just(0) | MOMENT
    ),
    st.builds(
        lambda name, at, long: Overlay(asset="sha256:" + "8" * 64, file=f"{name}.png", at_ms=at, duration_ms=long),
        NAME, MOMENT, LENGTH,
    ),
    st.builds(AddText, text=NAME, at_ms=st.just(0) | MOMENT, duration_ms=LENGTH),
    st.builds(lambda at, long: CutOut(start_ms=at, end_ms=at + long), st.just(0) | MOMENT, LENGTH),
    st.builds(lambda at, long: Keep(ranges=((at, at + long),)), MOMENT, LENGTH),
    st.builds(Split, at_ms=MOMENT, segment=st.none() | ID),
    st.builds(Freeze, at_ms=MOMENT, duration_ms=LENGTH),
    st.builds(Speed, factor=st.sampled_from((0.5, 1.5, 2.0)), segments=st.just(()) | SOME),
    st.builds(lambda at, long: Speed(factor=2, start_ms=at, end_ms=at + long), MOMENT, LENGTH),
    st.builds(Delete, segments=SOME),
    st.builds(Mute, segments=SOME),
    st.builds(Volume, segments=SOME, volume=st.sampled_from((0.3, 0.6))),
    st.builds(AddFilter, segments=SOME, name=st.just("sepia")),
    st.builds(Fade, segments=SOME, in_ms=LENGTH),
    st.builds(Transition, segments=SOME),
    st.builds(Duplicate, segment=ID),
    st.builds(Swap, first=ID, second=ID),
    st.builds(Retime, segment=ID, start_ms=MOMENT),
)  # fmt: skip
Label = tuple[int, int, int]


@dataclass(frozen=True)
class Watched:
    """A draft whose segments bear labels of their origin, in a key that no operation knows and all of them keep."""

    draft: Draft = EMPTY

    def after(self, operation: Operation, step: int, number: int) -> Watched:
        document = apply_all(self.draft, [operation]).to_dict()
        segments = [item for track in document["t"] for item in track["sg"]]
        known = {item.id for item in self.draft.segments}
        copies = isinstance(operation, Duplicate)  # a copy is another thing; the pieces of a split are not
        fresh = [
            item for item in segments if "label" not in item["m"] or (copies and item["id"] not in known)
        ]
        for place, item in enumerate(sorted(fresh, key=lambda item: int(item["id"][4:]))):
            item["m"]["label"] = [step, number, place]
        return Watched(Draft(document))

    def labelled(self) -> dict[Label, list[Segment]]:
        found: dict[Label, list[Segment]] = {}
        for item in self.draft.segments:
            found.setdefault(tuple(item.meta["label"]), []).append(item)
        return found

    def named(self, operation: Operation) -> set[Label]:
        return {tuple(item.meta["label"]) for item in self.draft.segments if item.id in named_ids(operation)}


PLAIN = ("volume", "muted", "filters", "speed", "reverse", "rotation", "opacity", "position", "text", "scale")


def frames(items: Sequence[Segment]) -> set[tuple[int, str]]:
    """Each tenth of a second of a file that is shown, with how it is shown. Of what stands still: only how."""
    return {
        (tenth, str([item.meta.get(key) for key in PLAIN]))
        for item in items
        for tenth in (
            range(-(-item.source_start_ms // 100), item.source_end_ms // 100)
            if item.kind == "video" and not item.meta.get("freeze")
            else (-1,)
        )
    }


def altered(before: Watched, after: Watched) -> dict[Label, set[int]]:
    """What is not shown as it was, tenth by tenth."""
    now = after.labelled()
    lost = {label: frames(items) - frames(now.get(label, ())) for label, items in before.labelled().items()}
    return {label: {tenth for tenth, _ in some} for label, some in lost.items() if some}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(ANY, min_size=1, max_size=2), min_size=2, max_size=7), st.data())
def test_no_later_operation_ever_touches_another_thing_than_before(
    wishes: list[list[Operation]], data: st.DataObject
) -> None:
    steps: list[list[Operation]] = [[A], [B], [MUSIC]]
    draft = apply_all(EMPTY, [operation for step in steps for operation in step])
    for wish in wishes:
        try:
            then = apply_all(draft, wish)
        except DraftError:
            continue
        if then != draft:
            steps.append(wish)
            draft = then
    n = data.draw(st.integers(0, len(steps) - 1), "left out")
    made = without(n, *steps)
    event("made again" if isinstance(made, Remade) else f"in the way: {made.reason}")
    if isinstance(made, Obstacle):
        assert made.step > n
        return
    old = new = Watched()
    for step, (was, again) in enumerate(zip(steps, made.steps, strict=True)):
        assert len(again) == (0 if step == n else len(was))
        for number, operation in enumerate(was):
            after = old.after(operation, step, number)
            if step != n:
                then = new.after(again[number], step, number)
                touched, due, named = altered(new, then), altered(old, after), old.named(operation)
                for label in touched.keys() - named:
                    shown = {tenth for tenth, _ in frames(old.labelled().get(label, ()))}
                    odd = (touched[label] & shown) - due.get(label, set())
                    assert len(odd) <= 2, f"{again[number]} touches {label} at {sorted(odd)}"
                new = then
            old = after
    assert new.draft.duration_ms == made.draft.duration_ms


# -- a new operation, or a new field, is thought of -----------------------------------------------------------------

NAMES = {"segment", "segments", "order", "first", "second", "sounds"}
MOMENTS = {
    "cut_out.start_ms", "cut_out.end_ms", "speed.start_ms", "speed.end_ms", "split.at_ms", "freeze.at_ms",
    "add_text.at_ms", "add_music.at_ms", "overlay.at_ms", "retime.start_ms",
}  # fmt: skip
PLAIN_MS = {
    "place_clip.duration_ms", "add_music.file_ms", "add_music.duration_ms", "add_music.source_start_ms",
    "overlay.duration_ms", "add_text.duration_ms", "freeze.duration_ms", "transition.duration_ms", "fade.in_ms",
    "fade.out_ms", "retime.duration_ms", "retime.source_start_ms", "slideshow.each_ms", "slideshow.transition_ms",
}  # fmt: skip


def test_every_field_that_names_a_thing_or_a_moment_is_carried_over() -> None:
    kinds = get_args(get_args(Operation)[0])
    fields = {f"{kind.model_fields['op'].default}.{name}" for kind in kinds for name in kind.model_fields}
    assert {field for field in fields if field.endswith("_ms")} == MOMENTS | PLAIN_MS
    named = {field for field in fields if "seg" in field or field.split(".")[1] in NAMES}
    assert {field.split(".")[1] for field in named} == NAMES
    others = {
        "op",
        "lines",
        "images",
        "ranges",
        "index",
        "asset",
        "file",
        "name",
        "text",
        "style",
        "position",
        "role",
    }
    plain = {
        "kind", "width", "height", "fps", "volume", "loop", "scale", "opacity", "fit", "transition", "amount", "box",
        "degrees", "axis", "direction", "type", "aspect", "color", "target_lufs", "muted", "of", "amount_db", "factor",
        "times", "tracks", "anew",
    }  # fmt: skip
    unknown = {field for field in fields if not field.endswith("_ms")} - named
    assert {field.split(".")[1] for field in unknown} - others <= plain
