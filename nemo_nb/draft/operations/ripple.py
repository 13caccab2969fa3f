"""Closing and opening gaps: how the whole timeline follows when the main track changes.

An operation says what becomes of each clip as a list of `Piece`s; `ripple` lays them out one after the
other and carries along what lies above: titles and pictures stay over the same moments of the
picture, a film goes on showing over them what it showed, a music bed plays on without a jump and
ends with the picture.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..edit import Edit, RawSegment, RawTrack
from .base import AUDIO, VIDEO, end_of, main_clips, main_track, picture_end, the_main_track

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """What is left of a clip, or grows out of it: where it was (ms) and what it is now.

    `lead_ms` is the gap before it; a negative one is the overlap of a transition. The first piece
    of a clip keeps the clip's id, the others get new ones.
    """

    raw: RawSegment
    old_start_ms: int
    old_end_ms: int
    lead_ms: int = 0


def ripple(
    edit: Edit,
    rewrite: Callable[[RawSegment], Sequence[Piece]],
    gone: Sequence[Span] = (),
) -> None:
    """Rewrites every clip of the main track and lets the rest of the timeline follow.

    `gone` are the spans of the old timeline that are no more, in order and apart. Gaps and transitions
    between clips shrink by them. A transition lives on only where both of its clips do.
    """
    clips = main_clips(edit)
    pieces: list[Piece] = []
    clock, neighbour_lives = 0, False
    for clip in clips:
        new = list(rewrite(clip))
        overlaps = clip["s"] < clock
        lead = -_left(clip["s"], clock, gone) if overlaps else _left(clock, clip["s"], gone)
        if new and (not overlaps or neighbour_lives):
            first = new[0]
            new[0] = Piece(first.raw, first.old_start_ms, first.old_end_ms, first.lead_ms + lead)
        pieces += new
        clock, neighbour_lives = max(clock, end_of(clip)), bool(new)
    lay_out(edit, pieces, gone=gone)


def unchanged(clip: RawSegment) -> Piece:
    return Piece(clip, clip["s"], end_of(clip))


def part(clip: RawSegment, start_ms: int, end_ms: int) -> Piece:
    """The part of a clip between two times of the timeline, its place in the file moved along."""
    meta = dict(clip["m"])
    speed = float(meta.get("speed", 1.0))
    skipped = end_of(clip) - end_ms if meta.get("reverse") else start_ms - clip["s"]
    if skipped and "asset" in meta and meta.get("kind") != "image" and not meta.get("freeze"):
        meta["source_start_ms"] = int(meta.get("source_start_ms", 0)) + round(skipped * speed)
    return Piece({**clip, "s": start_ms, "d": end_ms - start_ms, "m": meta}, start_ms, end_ms)


def share_fades(pieces: Sequence[Piece]) -> list[Piece]:
    """Of the pieces of one clip the first keeps the fades in and the transition, the last the fades out."""
    for number, piece in enumerate(pieces):
        gone = []
        if number > 0:
            gone += ["fade_in_ms", "video_fade_in_ms", "transition"]
        if number < len(pieces) - 1:
            gone += ["fade_out_ms", "video_fade_out_ms"]
        for key in gone:
            piece.raw["m"].pop(key, None)
    return list(pieces)


def lay_out(edit: Edit, pieces: Sequence[Piece], *, carry: bool = True, gone: Sequence[Span] = ()) -> None:
    """Puts the pieces one after the other on the main track and carries the other tracks along.

    `gone`: see `ripple`.
    """
    track = the_main_track(edit)
    old_end = picture_end(edit)
    moments = _Moments(gone)
    clock, free, seen = 0, 0, set[str]()
    placed: list[RawSegment] = []
    for piece in pieces:
        raw = piece.raw
        # A transition may not reach over the whole clip before it, nor into that clip's own transition.
        lead = max(piece.lead_ms, -min(free, raw["d"])) if piece.lead_ms < 0 else piece.lead_ms
        start = clock + lead
        _set_transition(raw, -lead)
        if raw["id"] in seen:
            raw = _copy(edit, track, raw)
        seen.add(raw["id"])
        raw["s"] = start
        placed.append(raw)
        clock, free = start + raw["d"], raw["d"] + min(lead, 0)
        moments.add(piece.old_start_ms, piece.old_end_ms, start, clock)
        fit_fades(raw)
    track["sg"] = placed
    if placed and carry:
        _carry(edit, track, moments, gone, old_end, clock)


def follow_picture(edit: Edit, old_end_ms: int) -> None:
    """After the picture's end moved from `old_end_ms`: what ended with it still does, nothing outlasts it."""
    track, end = main_track(edit), picture_end(edit)
    for other in edit.tracks:
        if other is track:
            continue
        for item in other["sg"]:
            if old_end_ms and end_of(item) == old_end_ms and item["m"].get("kind") != "text":
                _set_end(item, end)
        _clip(other, end)


def _carry(
    edit: Edit, main: RawTrack, moments: _Moments, gone: Sequence[Span], old_end: int, end: int
) -> None:
    for track in edit.tracks:
        if track is main:
            continue
        if track["tt"] == VIDEO and gone:
            track["sg"] = [left for item in list(track["sg"]) for left in _left_of(edit, track, item, gone)]
        for item in track["sg"]:
            old_start, item_end = item["s"], end_of(item)
            start, mapped_end = moments.start(old_start), moments.end(item_end, old_start)
            item["s"] = start
            if track["tt"] != AUDIO or mapped_end <= start:
                item["d"] = mapped_end - start
            elif item_end >= old_end:
                _set_end(item, end)
        _clip(track, end)


def _left_of(edit: Edit, track: RawTrack, item: RawSegment, gone: Sequence[Span]) -> list[RawSegment]:
    """What is left of something over the picture where time has gone, still where it was."""
    meta = item["m"]
    # A still or a frozen film looks the same at any moment: it only gets shorter. So does a loop: how long its
    # file is isn't known here, and moved on, it might start where the file has ended already.
    if meta.get("kind") != "video" or meta.get("freeze") or meta.get("loop"):
        return [item]
    kept = _kept(item["s"], end_of(item), gone)
    if kept == [(item["s"], end_of(item))]:
        return [item]
    pieces = share_fades([part(item, *span) for span in kept])
    return [_copy(edit, track, piece.raw) if number else piece.raw for number, piece in enumerate(pieces)]


def _kept(start: int, end: int, gone: Sequence[Span]) -> list[Span]:
    """What lies between the times that have gone."""
    edges = [start, *(min(max(edge, start), end) for span in gone for edge in span), end]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _left(start: int, end: int, gone: Sequence[Span]) -> int:
    """How many of these milliseconds are still there."""
    return end - start - sum(max(0, min(end, b) - max(start, a)) for a, b in gone)


def _set_end(item: RawSegment, end: int) -> None:
    length = end - item["s"]
    if length > item["d"] and item["m"].get("kind") == "audio":
        item["m"]["loop"] = True
    item["d"] = length


def _clip(track: RawTrack, end: int) -> None:
    """Nothing outlasts the picture, and nothing runs into its neighbour; what has no length left goes."""
    items = sorted(track["sg"], key=lambda item: item["s"])
    limits = [item["s"] for item in items[1:]] + [end]
    for item, limit in zip(items, limits, strict=False):  # of no items there is an end too
        if "transition" not in item["m"]:
            item["d"] = min(item["d"], limit - item["s"], end - item["s"])
        fit_fades(item)
    track["sg"] = [item for item in items if item["d"] > 0]


def fit_fades(raw: RawSegment) -> None:
    """No fade is longer than what it belongs to."""
    for key in ("fade_in_ms", "fade_out_ms", "video_fade_in_ms", "video_fade_out_ms"):
        if raw["m"].get(key, 0) > raw["d"]:
            raw["m"][key] = raw["d"]


def _set_transition(raw: RawSegment, overlap: int) -> None:
    transition = raw["m"].get("transition")
    if transition is None:
        return
    raw["m"] = {key: value for key, value in raw["m"].items() if key != "transition"}
    if overlap > 0:
        raw["m"]["transition"] = {**transition, "duration_ms": overlap}


def _copy(edit: Edit, track: RawTrack, raw: RawSegment) -> RawSegment:
    new = edit.add_segment(track, raw["s"], raw["d"], dict(raw["m"]))
    return {**raw, **new}


class _Moments:
    """Which old moment of the timeline is which new one.

    In a piece it is as the piece has it, between two in proportion to what is left of the time there.
    """

    def __init__(self, gone: Sequence[Span]) -> None:
        self._gone = gone
        self._pieces: list[tuple[int, int, int, int]] = []  # old start and end, new start and end
        self._begun: list[int] | None = None

    def add(self, old_start: int, old_end: int, new_start: int, new_end: int) -> None:
        self._pieces.append((old_start, old_end, new_start, new_end))

    def start(self, moment: int) -> int:
        """For a start: after what was inserted at that moment, and after what was cut out there."""
        return self._at(moment, bisect_right(self._starts(), moment) - 1)

    def end(self, moment: int, start: int) -> int:
        """For the end of what starts there: before what was inserted at that moment.

        Within the piece in which it starts, if it ends there too; the next may have begun by a transition.
        """
        begun = bisect_right(self._starts(), start) - 1
        within = begun >= 0 and moment <= self._pieces[begun][1]
        return self._at(moment, begun if within else bisect_left(self._starts(), moment) - 1)

    def _at(self, moment: int, index: int) -> int:
        """By the piece of this index, which is the last that has begun."""
        if index < 0:
            return self._pieces[0][2]
        old_start, old_end, new_start, new_end = self._pieces[index]
        if moment > old_end:
            if index + 1 == len(self._pieces):
                return new_end
            old_start, new_start, (old_end, _, new_end, _) = old_end, new_end, self._pieces[index + 1]
            past, whole = _left(old_start, moment, self._gone), _left(old_start, old_end, self._gone)
        else:
            past, whole = moment - old_start, old_end - old_start
        return new_start + round(past * (new_end - new_start) / whole) if whole else new_end

    def _starts(self) -> list[int]:
        if self._begun is None:
            self._pieces.sort(key=lambda piece: piece[0])
            self._begun = [piece[0] for piece in self._pieces]
        return self._begun
