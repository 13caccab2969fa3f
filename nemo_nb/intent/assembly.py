"""A film that is put together piece by piece: "the slide for 3 s, then the ceremony from 12 to 20, then the last 5 s of
the dance". Each piece is cut to what was said of it, and they come one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from .clause import Read
from .frames import CutOut, Fit, Follow, Frame, Insert, Keep, Order, Overlay
from .lexicon import listed, matching
from .resolve import Found, Ground
from .shared import between, parted
from .slots import Length, Span, Target


@dataclass(frozen=True)
class Piece:
    """One file, and how much of it: a stretch, or a length."""

    target: Target
    span: Span | None
    length: Length | None


def pieced_together(reads: list[Read], ground: Ground) -> None:
    """The pieces in place of what was read: what each is cut to, and their order."""
    for start in range(len(reads)):
        run = list(takewhile(lambda piece: piece is not None, (_piece(read) for read in reads[start:])))
        pieces = [piece for piece in run if piece is not None]
        told = sum(bool(piece.span or piece.length) for piece in pieces)
        opens = isinstance(first := reads[start].frame, Insert) and first.place == 1 and len(pieces) > 1
        if (told < 2 and not opens) or not _in_a_row(reads[start : start + len(pieces)], pieces, ground):
            continue
        frames = [frame for piece in pieces if (frame := _cut(piece, ground)) is not None]
        order = Order(targets=tuple(piece.target for piece in pieces))
        last = reads[start + len(pieces) - 1]
        made = [replace(last, frame=frame, left=()) for frame in frames]
        placed = [] if _is_so(pieces, ground) else [replace(last, frame=order, left=())]
        reads[start : start + len(pieces)] = [*made, *placed]
        return


def _is_so(pieces: Sequence[Piece], ground: Ground) -> bool:
    """Whether the pieces are the first clips already, in that order."""
    found = [ground.find(piece.target, ("clip",)) for piece in pieces]
    ids = tuple(i for one in found if isinstance(one, Found) for i in one.ids)
    return all(isinstance(one, Found) for one in found) and ids == tuple(
        c.id for c in ground.clips[: len(ids)]
    )


def _piece(read: Read) -> Piece | None:
    frame = read.frame
    if isinstance(frame, Follow) and frame.target is not None:
        bare = Follow(
            target=frame.target, spans=frame.spans, length=frame.length, then=frame.then, way=frame.way
        )
        if frame != bare or frame.way not in ("", "only", "also") or len(frame.spans) > 1 or read.lost:
            return None
        target, span, length = frame.target, next(iter(frame.spans), None), frame.length
    elif isinstance(frame, Keep) or (isinstance(frame, CutOut) and _takes(read)):
        if frame.target is None or len(frame.spans) != 1:
            return None
        target, span, length = frame.target, frame.spans[0], None
    elif isinstance(frame, (Insert, Overlay)) and (one := _only_file(frame)) is not None:
        target, span, length = one, None, frame.length
    else:
        return None
    return Piece(target, span, length) if len(target.names) == 1 and not target.unknown else None


def _takes(read: Read) -> bool:
    """ "Take the first 10 seconds of a, (then b, then c)": into the film, in such a row."""
    verb = next((item for item in read.clause.items if item.what == "do"), None)
    return verb is not None and verb.text in listed("only_takes")


def _only_file(frame: Insert | Overlay) -> Target | None:
    """The file of a frame that says no more than it and for how long."""
    if isinstance(frame, Overlay):
        return frame.file if frame == Overlay(file=frame.file, length=frame.length) and frame.length else None
    one = frame.files[0] if len(frame.files) == 1 else None
    return one if frame == Insert(files=frame.files, length=frame.length, place=frame.place) else None


def _in_a_row(reads: Sequence[Read], pieces: Sequence[Piece], ground: Ground) -> bool:
    """Whether each comes "then", behind the one before, and nothing was done before that they could repeat."""
    follows = sum(isinstance(read.frame, Follow) for read in reads)
    after = isinstance(reads[0].frame, Follow) and bool(ground.memory.last_deeds)
    named = {piece.target.names for piece in pieces}
    then = any(matching("goes_on").search(f"{between(*pair)} ".lower()) for pair in pairwise(reads))
    timed = all(piece.span is not None for piece in pieces)
    then = then or (timed and matching("takes").search(reads[0].clause.said.lower()) is not None)
    ended = any(parted(*pair) for pair in pairwise(reads))
    return follows > 0 and not after and then and not ended and len(named) == len(pieces)


def _cut(piece: Piece, ground: Ground) -> Frame | None:
    if not isinstance(ground.find(piece.target, ("clip",)), Found):
        return Insert(files=(piece.target,), place=-1, part=piece.span, length=piece.length)
    if piece.span is not None:
        return Keep(target=piece.target, spans=(piece.span,))
    return Fit(target=piece.target, length=piece.length) if piece.length is not None else None
