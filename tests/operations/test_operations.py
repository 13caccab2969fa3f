"""Operations: plain data, pure, and each leaves a draft that may be written."""

from __future__ import annotations

from typing import Any

import pytest

from nemo_nb.draft import Draft, operations
from nemo_nb.draft.operations import (
    AddFilter,
    AddMusic,
    AddText,
    Adjust,
    Background,
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


def asset(letter: str) -> str:
    return "sha256:" + letter * 64


def clip(name: str, letter: str, seconds: float, **more: object) -> PlaceClip:
    size = {"width": 1920, "height": 1080, "fps": 30} | more
    return PlaceClip.model_validate(
        {"asset": asset(letter), "file": name, "duration_ms": round(seconds * 1000), **size}
    )


MUSIC = AddMusic(asset=asset("d"), file="lofi.mp3", file_ms=15000)
TITLE = AddText(text="Hello")
LOGO = Overlay(asset=asset("e"), file="logo.png")


@pytest.fixture
def ten() -> Draft:
    """A 10 s clip (seg-1) with music (seg-2) and a title over the first 3 s (seg-3)."""
    return apply_all(Draft.empty(), [clip("clip.mp4", "a", 10), MUSIC, TITLE])


@pytest.fixture
def three() -> Draft:
    """a.mp4 4 s, b.mp4 6 s, c.mp4 5 s: seg-1 to seg-3."""
    return apply_all(Draft.empty(), [clip("a.mp4", "a", 4), clip("b.mp4", "b", 6), clip("c.mp4", "c", 5)])


def after(draft: Draft, *ops: Op) -> Draft:
    return apply_all(draft, ops)


def files(draft: Draft) -> list[str]:
    return [item.file for item in draft.tracks[0].segments]


def spans(draft: Draft, track: int = 0) -> list[tuple[int, int]]:
    return [(item.start_ms, item.end_ms) for item in draft.tracks[track].segments]


class TestPlacing:
    def test_the_first_video_gives_an_untouched_canvas_its_size_and_rate(self) -> None:
        draft = after(Draft.empty(), clip("phone.mp4", "a", 3, width=1080, height=1920, fps="30000/1001"))
        assert (draft.canvas.width, draft.canvas.height) == (1080, 1920)
        assert draft.to_dict()["m"]["fps"] == "30000/1001"
        again = after(draft, clip("wide.mp4", "b", 3))
        assert again.canvas == draft.canvas

    def test_clips_follow_each_other_or_go_where_they_are_told(self, three: Draft) -> None:
        assert spans(three) == [(0, 4000), (4000, 10000), (10000, 15000)]
        first = clip("new.mp4", "f", 2, index=0)
        assert files(after(three, first)) == ["new.mp4", "a.mp4", "b.mp4", "c.mp4"]
        assert spans(after(three, first))[:2] == [(0, 2000), (2000, 6000)]

    def test_music_ends_with_the_picture_and_loops_where_it_is_too_short(self) -> None:
        long = after(Draft.empty(), clip("clip.mp4", "a", 40), MUSIC)
        assert spans(long, 1) == [(0, 40000)]
        assert long.tracks[1].segments[0].meta["loop"] is True
        short = after(Draft.empty(), clip("clip.mp4", "a", 10), MUSIC)
        assert "loop" not in short.tracks[1].segments[0].meta

    def test_music_that_ended_with_the_picture_still_does_when_a_clip_is_added(self, ten: Draft) -> None:
        assert spans(after(ten, clip("b.mp4", "b", 5)), 1) == [(0, 15000)]

    def test_an_overlay_lies_over_the_picture_and_under_the_titles(self, ten: Draft) -> None:
        draft = after(ten, LOGO)
        assert [track.name for track in draft.tracks] == ["Video", "BGM", "Overlay", "Title"]
        assert spans(draft, 2) == [(0, 10000)]

    def test_an_overlay_that_is_fitted_fills_the_canvas_unless_told_otherwise(self, ten: Draft) -> None:
        roll = {"kind": "video", "asset": asset("f"), "file": "roll.mp4", "fit": "cover"}
        filling = after(ten, Overlay(**roll)).tracks[2].segments[0].meta
        assert (filling["fit"], filling["scale"], filling["position"]) == ("cover", 1.0, "center")
        smaller = after(ten, Overlay(**roll, scale=0.5, position="left")).tracks[2].segments[0].meta
        assert (smaller["fit"], smaller["scale"], smaller["position"]) == ("cover", 0.5, "left")
        plain = after(ten, LOGO).tracks[2].segments[0].meta
        assert (plain.get("fit"), plain["scale"], plain["position"]) == (None, 0.2, "top-right")

    def test_a_fit_given_to_an_overlay_takes_the_place_of_its_width(self, ten: Draft) -> None:
        logo = after(ten, LOGO)
        fitted = after(logo, Adjust(segments=("seg-4",), fit="cover")).tracks[2].segments[0].meta
        assert (fitted["fit"], fitted["scale"]) == ("cover", 1.0)
        both = after(logo, Adjust(segments=("seg-4",), fit="cover", scale=1.5))
        assert both.tracks[2].segments[0].meta["scale"] == 1.5
        again = after(both, Adjust(segments=("seg-4",), fit="blur")).tracks[2].segments[0].meta
        assert (again["fit"], again["scale"]) == ("blur", 1.5)
        zoomed = after(ten, Adjust(segments=("seg-1",), scale=1.5), Adjust(segments=("seg-1",), fit="cover"))
        assert zoomed.tracks[0].segments[0].meta["scale"] == 1.5
        assert "scale" not in after(ten, Adjust(segments=("seg-3",), fit="cover")).tracks[2].segments[0].meta

    def test_a_canvas_leaves_overlays_as_they_are(self, ten: Draft) -> None:
        roll = Overlay(kind="video", asset=asset("f"), file="roll.mp4", fit="cover", duration_ms=3000)
        draft = after(ten, roll, LOGO, SetCanvas(aspect="9:16", fit="blur"))
        assert {item.file: item.meta.get("fit") for item in draft.segments if item.file} == {
            "clip.mp4": "blur", "lofi.mp3": None, "roll.mp4": "cover", "logo.png": None,
        }  # fmt: skip

    def test_a_slideshow_shows_image_after_image(self) -> None:
        images = tuple(Still(asset=asset(letter), file=f"{letter}.jpg") for letter in "abc")
        draft = after(Draft.empty(), Slideshow(images=images, each_ms=2000, transition="crossfade"))
        assert spans(draft) == [(0, 2000), (1500, 3500), (3000, 5000)]


class TestCutting:
    def test_a_cut_closes_its_gap_and_what_lies_above_follows(self, ten: Draft) -> None:
        draft = after(ten, CutOut(start_ms=1000, end_ms=4000))
        assert spans(draft) == [(0, 1000), (1000, 7000)]
        assert draft.tracks[0].segments[1].source_start_ms == 4000
        music, title = draft.tracks[1].segments[0], draft.tracks[2].segments[0]
        assert (music.start_ms, music.end_ms, music.source_start_ms) == (0, 7000, 0)
        assert (title.start_ms, title.end_ms) == (0, 1000)

    def test_what_lies_wholly_inside_a_cut_goes_with_it(self, ten: Draft) -> None:
        assert [track.name for track in after(ten, CutOut(start_ms=0, end_ms=3000)).tracks] == [
            "Video",
            "BGM",
        ]

    def test_keep_is_the_rest_of_a_cut(self, ten: Draft) -> None:
        assert after(ten, Keep(ranges=((0, 2000), (4000, 10000)))) == after(
            ten, CutOut(start_ms=2000, end_ms=4000)
        )

    def test_the_cut_follows_speed_and_direction(self, ten: Draft) -> None:
        fast = after(ten, Speed(factor=2), CutOut(start_ms=0, end_ms=1000)).tracks[0].segments[0]
        assert fast.source_start_ms == 2000
        backwards = (
            after(ten, Reverse(segments=("seg-1",)), CutOut(start_ms=0, end_ms=1000)).tracks[0].segments[0]
        )
        assert (backwards.source_start_ms, backwards.source_end_ms) == (0, 9000)

    @pytest.mark.parametrize("at_ms", [6000, 6500, 9999])
    def test_a_split_during_a_transition_leaves_a_valid_draft(self, ten: Draft, at_ms: int) -> None:
        two = Duplicate(segment="seg-1").apply(ten)
        second = [clip.id for clip in two.segments if clip.kind == "video"][1]
        joined = Transition(segments=(second,), type="crossfade", duration_ms=4000).apply(two)
        assert check(Split(at_ms=at_ms).apply(joined))

    def test_split_pieces_share_the_fades(self, ten: Draft) -> None:
        faded = after(ten, Fade(segments=("seg-1",), in_ms=500, out_ms=700), Split(at_ms=4000))
        first, second = faded.tracks[0].segments
        assert (first.id, second.id) == ("seg-1", "seg-4")
        assert (first.ms("fade_in_ms"), first.ms("fade_out_ms")) == (500, 0)
        assert (second.ms("fade_in_ms"), second.ms("fade_out_ms")) == (0, 700)

    def test_a_transition_moves_what_lies_over_the_clips_that_move_and_nothing_else(
        self, three: Draft
    ) -> None:
        titles = (
            AddText(text="one", at_ms=1000, duration_ms=2000),
            AddText(text="two", at_ms=5000, duration_ms=2000),
        )
        mixed = after(three, *titles, Transition(segments=("seg-2",), duration_ms=2000))
        assert [(item.start_ms, item.end_ms) for item in mixed.segments if item.kind == "text"] == [
            (1000, 3000),
            (3000, 5000),
        ]

    def test_a_transition_lives_as_long_as_both_of_its_clips(self, three: Draft) -> None:
        mixed = after(three, Transition(segments=("seg-2", "seg-3"), duration_ms=1000))
        assert (mixed.duration_ms, spans(mixed)) == (13000, [(0, 4000), (3000, 9000), (8000, 13000)])
        gone = after(mixed, Delete(segments=("seg-1",)))
        assert (gone.duration_ms, spans(gone)) == (10000, [(0, 6000), (5000, 10000)])
        assert "transition" not in gone.tracks[0].segments[0].meta
        half = after(mixed, CutOut(start_ms=3500, end_ms=5000))
        assert half.duration_ms == 11500
        assert half.tracks[0].segments[1].meta["transition"]["duration_ms"] == 500

    @pytest.mark.parametrize(
        ("operation", "why"),
        [
            (CutOut(start_ms=20000, end_ms=30000), "only 10s long"),
            (Split(at_ms=10000), "nothing to split"),
            (Delete(segments=("seg-9",)), "no segment 'seg-9'"),
            (Speed(factor=100), "0.1x to 16x"),
            (Transition(segments=("seg-1",)), "nothing to come in from"),
            (Retime(segment="seg-1", start_ms=1), "main track"),
            (AddText(text="late", at_ms=10000), "after the picture's end"),
            (Volume(segments=("seg-3",), volume=1), "no sound"),
            (Loudness(sounds=(Measured(segment="seg-3", lufs=-20, peak_db=-6),)), "no sound"),
            (Rotate(segments=("seg-2",), degrees=90), "no picture"),
            (ChangeText(segment="seg-1", text="x"), "no text"),
            (AddFilter(segments=("seg-1",), name="warm", amount=-0.5), "0 to 1"),
        ],
    )
    def test_what_cannot_be_done_says_why(self, ten: Draft, operation: Op, why: str) -> None:
        with pytest.raises(DraftError, match=why):
            apply_all(ten, [operation])


class TestAFilmOverThePicture:
    """B-roll lies over the clip of 10 s from 3 s to 6 s, and shows its file from 1 s on."""

    @staticmethod
    def shown(draft: Draft) -> list[tuple[int, int, int]]:
        """When it is seen, and from where in its file."""
        return [
            (item.start_ms, item.end_ms, item.source_start_ms)
            for item in draft.segments
            if item.file == "roll.mp4"
        ]

    @pytest.fixture
    def rolling(self, ten: Draft) -> Draft:
        roll = Overlay(kind="video", asset=asset("f"), file="roll.mp4", at_ms=3000, duration_ms=3000)
        return after(ten, roll, Retime(segment="seg-4", source_start_ms=1000))

    @pytest.mark.parametrize(
        ("cut", "shown"),
        [
            ((2000, 4000), [(2000, 4000, 2000)]),
            ((5000, 7000), [(3000, 5000, 1000)]),
            ((4000, 5000), [(3000, 4000, 1000), (4000, 5000, 3000)]),
            ((1000, 2000), [(2000, 5000, 1000)]),
            ((7000, 8000), [(3000, 6000, 1000)]),
            ((3000, 6000), []),
        ],
        ids=["its head", "its tail", "out of its middle", "before it", "after it", "all of it"],
    )
    def test_goes_on_over_the_same_picture(
        self, rolling: Draft, cut: tuple[int, int], shown: list[tuple[int, int, int]]
    ) -> None:
        assert self.shown(after(rolling, CutOut(start_ms=cut[0], end_ms=cut[1]))) == shown

    def test_several_cuts_at_once(self, rolling: Draft) -> None:
        kept = after(rolling, Keep(ranges=((0, 3500), (4000, 4500), (5000, 10000))))
        assert self.shown(kept) == [(3000, 3500, 1000), (3500, 4000, 2000), (4000, 5000, 3000)]

    def test_the_first_piece_keeps_its_id_and_the_fades_are_shared(self, rolling: Draft) -> None:
        faded = after(rolling, Fade(segments=("seg-4",), in_ms=200, out_ms=300))
        first, second = after(faded, CutOut(start_ms=4000, end_ms=5000)).tracks[2].segments
        assert first.id == "seg-4"
        assert second.id not in {item.id for item in faded.segments}
        assert (first.ms("video_fade_in_ms"), first.ms("video_fade_out_ms")) == (200, 0)
        assert (second.ms("video_fade_in_ms"), second.ms("video_fade_out_ms")) == (0, 300)

    @pytest.mark.parametrize(
        ("manner", "shown"),
        [
            ({"speed": 2.0}, [(2000, 4000, 3000)]),
            ({"reverse": True}, [(2000, 4000, 1000)]),
            ({"freeze": True}, [(2000, 4000, 1000)]),
            ({"loop": True}, [(2000, 4000, 1000)]),
            ({"kind": "image"}, [(2000, 4000, 1000)]),
        ],
        ids=str,
    )
    def test_loses_its_head_as_it_plays(
        self, rolling: Draft, manner: dict[str, Any], shown: list[tuple[int, int, int]]
    ) -> None:
        raw = rolling.to_dict()
        raw["t"][2]["sg"][0]["m"].update(manner)
        assert self.shown(after(Draft.read(raw), CutOut(start_ms=2000, end_ms=4000))) == shown

    @pytest.mark.parametrize("manner", [{"freeze": True}, {"loop": True}, {"kind": "image"}], ids=str)
    def test_what_stands_still_or_repeats_stays_in_one_piece(
        self, rolling: Draft, manner: dict[str, Any]
    ) -> None:
        raw = rolling.to_dict()
        raw["t"][2]["sg"][0]["m"].update(manner)
        assert self.shown(after(Draft.read(raw), CutOut(start_ms=4000, end_ms=5000))) == [(3000, 5000, 1000)]

    def test_a_clip_taken_away_takes_what_lay_over_it(self, three: Draft) -> None:
        roll = Overlay(kind="video", asset=asset("f"), file="roll.mp4", at_ms=3000, duration_ms=9000)
        assert self.shown(after(three, roll, Delete(segments=("seg-2",)))) == [
            (3000, 4000, 0),
            (4000, 6000, 7000),
        ]
        mixed = after(three, Transition(segments=("seg-2", "seg-3"), duration_ms=1000), roll)
        assert self.shown(after(mixed, Delete(segments=("seg-2",)))) == [(3000, 4000, 0), (4000, 8000, 5000)]

    def test_where_the_main_track_shows_nothing(self, three: Draft) -> None:
        raw = after(
            three, Overlay(kind="video", asset=asset("f"), file="roll.mp4", at_ms=3000, duration_ms=9000)
        ).to_dict()
        del raw["t"][0]["sg"][1]
        gap = Draft.read(raw)
        assert self.shown(after(gap, CutOut(start_ms=5000, end_ms=8000))) == [
            (3000, 5000, 0),
            (5000, 9000, 5000),
        ]

    def test_the_sound_laid_under_goes_on(self, ten: Draft) -> None:
        short = AddMusic(asset=asset("f"), file="roll.mp4", file_ms=9000, at_ms=3000, duration_ms=3000)
        assert self.shown(after(ten, short, CutOut(start_ms=4000, end_ms=5000))) == [(3000, 6000, 0)]


class TestTime:
    def test_speed_shortens_and_the_music_ends_with_the_picture(self, ten: Draft) -> None:
        draft = after(ten, Speed(factor=4))
        assert (draft.duration_ms, spans(draft, 1)) == (2500, [(0, 2500)])

    def test_speed_of_a_range_cuts_the_clip_around_it(self, ten: Draft) -> None:
        draft = after(ten, Speed(factor=0.5, start_ms=2000, end_ms=4000))
        assert spans(draft) == [(0, 2000), (2000, 6000), (6000, 12000)]
        assert [item.speed for item in draft.tracks[0].segments] == [1, 0.5, 1]

    def test_a_frozen_frame_pushes_what_follows(self, ten: Draft) -> None:
        draft = after(ten, Freeze(at_ms=5000, duration_ms=1500))
        still = draft.tracks[0].segments[1]
        assert (still.meta["freeze"], still.source_start_ms, draft.duration_ms) == (True, 5000, 11500)
        last = after(ten, Freeze(at_ms=10000)).tracks[0].segments[-1]
        assert (last.start_ms, last.source_start_ms) == (10000, 9999)

    def test_reverse_twice_is_as_before(self, ten: Draft) -> None:
        back = Reverse(segments=("seg-1",))
        assert after(ten, back, back) == ten


class TestOrder:
    def test_reorder_swap_duplicate_loop(self, three: Draft) -> None:
        assert files(after(three, Reorder(order=("seg-3", "seg-1", "seg-2")))) == ["c.mp4", "a.mp4", "b.mp4"]
        assert spans(after(three, Swap(first="seg-1", second="seg-3"))) == [
            (0, 5000),
            (5000, 11000),
            (11000, 15000),
        ]
        assert files(after(three, Duplicate(segment="seg-1", times=2)))[:3] == ["a.mp4"] * 3
        assert after(three, Loop(times=3)).duration_ms == 45000

    def test_a_title_stays_where_it_is_while_clips_change_places(self, three: Draft) -> None:
        titled = after(three, AddText(text="x", at_ms=5000, duration_ms=2000))
        assert spans(after(titled, Swap(first="seg-1", second="seg-2")), 1) == [(5000, 7000)]

    def test_what_its_track_has_no_room_for_goes_to_another(self, ten: Draft) -> None:
        titles = [AddText(text=text, at_ms=at, duration_ms=2000) for text, at in (("one", 0), ("two", 2000))]
        both = after(ten, *titles)
        one = next(item for item in both.segments if item.text == "one")
        moved = after(both, Retime(segment=one.id, start_ms=1000))
        times = {item.text: (item.start_ms, item.end_ms) for item in moved.segments if item.text}
        assert (times["one"], times["two"]) == ((1000, 3000), (2000, 4000))

    def test_retime_moves_what_lies_above(self, ten: Draft) -> None:
        assert spans(after(ten, Retime(segment="seg-3", start_ms=8000)), 2) == [(8000, 10000)]


class TestLooks:
    def test_sound(self, ten: Draft) -> None:
        draft = after(
            ten, Volume(segments=("seg-2",), volume=0.3), Mute(segments=("seg-1",)), Duck(segments=("seg-2",))
        )
        video, music = draft.tracks[0].segments[0], draft.tracks[1].segments[0]
        assert (video.muted, music.volume, music.meta["duck"]) == (True, 0.3, {"amount_db": 12})
        assert after(draft, Mute(segments=("seg-1",), muted=False)).tracks[0].segments[0].muted is False

    @pytest.mark.parametrize(
        ("lufs", "peak_db", "volume"),
        [(-20, -12, 1.9953), (-8, 0, 0.5012), (-20, -4, 1.4125), (-40, -30, 4), (-14, 2, 0.7079)],
        ids=["up", "down", "as far as its peak allows", "as far as a volume goes", "down for its peak"],
    )
    def test_loudness_is_a_volume(self, ten: Draft, lufs: float, peak_db: float, volume: float) -> None:
        sounds = (Measured(segment="seg-2", lufs=lufs, peak_db=peak_db),)
        draft = after(ten, Loudness(sounds=sounds, target_lufs=-14))
        assert draft.tracks[1].segments[0].volume == pytest.approx(volume, abs=1e-4)

    def test_a_fade_is_no_longer_than_its_segment(self, ten: Draft) -> None:
        title = after(ten, Fade(segments=("seg-3",), out_ms=9000)).tracks[2].segments[0]
        assert (title.ms("video_fade_out_ms"), title.ms("fade_out_ms")) == (3000, 0)

    def test_picture(self, ten: Draft) -> None:
        draft = after(
            ten,
            Rotate(segments=("seg-1",), degrees=-90),
            Flip(segments=("seg-1",)),
            AddFilter(segments=("seg-1",), name="sepia"),
            AddFilter(segments=("seg-1",), name="sepia", amount=0.5),
            Crop.model_validate({"segments": ["seg-1"], "box": {"x": 0, "y": 0, "w": 0.5, "h": 1}}),
            Adjust(segments=("seg-3",), position="top"),
        )
        meta = draft.tracks[0].segments[0].meta
        assert (meta["rotation"], meta["flip"], meta["crop"]["w"]) == (270, "h", 0.5)
        assert meta["filters"] == [{"name": "sepia", "amount": 0.5}]
        assert draft.tracks[2].segments[0].meta["position"] == "top"
        assert "filters" not in after(draft, ClearFilters(segments=("seg-1",))).tracks[0].segments[0].meta

    def test_text(self, ten: Draft) -> None:
        style = TextStyle(color="#ff0000", bold=True)
        title = after(
            ten, ChangeText(segment="seg-3", text="Bye"), Restyle(segments=("seg-3",), style=style)
        ).tracks[2]
        assert title.segments[0].meta == {
            "kind": "text", "text": "Bye", "position": "center", "style": {"color": "#ff0000", "bold": True},
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("aspect", "size"),
        [("9:16", (1080, 1920)), ("1:1", (1080, 1080)), ("4:5", (1080, 1350)), ("21:9", (2520, 1080))],
    )
    def test_an_aspect_keeps_the_shorter_side(self, ten: Draft, aspect: str, size: tuple[int, int]) -> None:
        draft = after(ten, SetCanvas(aspect=aspect, fit="blur"), Background(color="#112233"))
        assert (draft.canvas.width, draft.canvas.height) == size
        assert draft.tracks[0].segments[0].meta["fit"] == "blur"
        assert draft.canvas.background == "#112233"


class TestAsData:
    def test_operations_survive_json(self, ten: Draft) -> None:
        fitted = LOGO.model_validate({**LOGO.model_dump(), "fit": "cover"})
        ops = [CutOut(start_ms=0, end_ms=10), TITLE, LOGO, fitted, Transition(segments=("seg-2",), type=None)]
        assert operations.parse([item.model_dump(mode="json") for item in ops]) == ops

    @pytest.mark.parametrize(
        "raw",
        [
            [{"op": "explode"}],
            [{"op": "cut_out", "start_ms": 1}],
            [{"op": "loop", "times": 2, "x": 1}],
            "loop",
        ],
    )
    def test_bad_ones_are_named(self, raw: list[dict[str, object]]) -> None:
        with pytest.raises(DraftError, match=r"Operation 1|list of objects"):
            operations.parse(raw)

    def test_all_or_nothing(self, ten: Draft) -> None:
        was = ten.hash
        with pytest.raises(DraftError):
            apply_all(ten, [CutOut(start_ms=0, end_ms=1000), Delete(segments=("nobody",))])
        assert ten.hash == was


def test_photos_over_a_voice_leave_it_what_makes_the_length() -> None:
    """Pictures that were laid over a sound are no row of clips: taking one away closes no gap."""
    photos = [
        Overlay(asset=asset("e"), file="pier.jpg", at_ms=at, duration_ms=3000, fit="cover")
        for at in (2000, 12_000)
    ]
    draft = apply_all(Draft.empty(), [MUSIC, *photos])
    first = next(item for item in draft.segments if item.kind == "image")
    left = apply_all(draft, [Delete(segments=(first.id,))])
    assert [(item.kind, item.start_ms, item.end_ms) for item in left.segments] == [
        ("audio", 0, 15_000),
        ("image", 12_000, 15_000),
    ]


def test_where_every_cut_was_a_transition_every_cut_still_is() -> None:
    """In another order the first clip has nothing to come from, and the one that was first has."""
    draft = apply_all(Draft.empty(), [clip(f"{letter}.mp4", letter, 6) for letter in "abc"])
    ids = [item.id for item in draft.segments]
    draft = apply_all(draft, [Transition(segments=tuple(ids[1:]))])
    back = apply_all(draft, [Reorder(order=tuple(reversed(ids)))])
    assert [(item.file, "transition" in item.meta) for item in back.segments] == [
        ("c.mp4", False),
        ("b.mp4", True),
        ("a.mp4", True),
    ]
    assert back.duration_ms == draft.duration_ms
