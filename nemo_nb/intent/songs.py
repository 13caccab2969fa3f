"""Clauses about one sound: when it begins and ends, what it lies under, how it fades."""

from __future__ import annotations

from dataclasses import replace

from ..language.concepts import Do
from .clause import Read
from .dialogue import other_half
from .frames import (
    AddMusic,
    Cover,
    CutOut,
    Fade,
    Follow,
    Frame,
    Insert,
    Mute,
    Normalize,
    Overlay,
    SetVolume,
    Slideshow,
    Spare,
    Talk,
)
from .lexicon import listed, matching
from .resolve import Ground
from .slots import Length, Moment, Span, Target
from .told import comes_then


def the_other_half(reads: list[Read]) -> None:
    """ "Upbeat for the first half, calm for the second": half of the time, and no clip."""
    for place in range(1, len(reads)):
        before, frame = reads[place - 1].frame, reads[place].frame
        if not isinstance(before, AddMusic) or not isinstance(frame, AddMusic):
            continue
        if (
            before.span is None
            or frame.over is None
            or (other := other_half(before.span, frame.over)) is None
        ):
            continue
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"span": other, "over": None}))


def of_the_same_sound(reads: list[Read]) -> None:
    """ "Slow the second clip down and mute the sound as well": the sound of that clip."""
    for place in range(1, len(reads)):
        before, frame = reads[place - 1].frame, reads[place].frame
        if not isinstance(frame, (SetVolume, Mute)) or frame.target not in (
            Target(kind="sound"),
            Target(kind="sound", refer="it"),
        ):
            continue
        target: Target | None = getattr(before, "target", None)
        if isinstance(before, Cover):
            target = before.file  # "…, without its sound"
        elif isinstance(before, AddMusic):
            bare = any(item.text in listed("bare_sound") for item in reads[place].clause.items)
            target = Target(kind="music") if bare and isinstance(frame, SetVolume) else None
            if target is None:
                continue
        elif (
            target is None
            or target.plain
            or target.kind not in (None, "clip")
            or isinstance(before, (SetVolume, Mute))
        ):
            continue
        reads[place] = replace(reads[place], frame=frame.model_copy(update={"target": target}))


def fade_the_sound(reads: list[Read]) -> None:
    """ "Turn it down by 6 dB and let it fade in": it is the sound that fades."""
    for place in range(1, len(reads)):
        before, fade = reads[place - 1].frame, reads[place].frame
        heard = isinstance(before, (SetVolume, Mute, Normalize))
        if not heard or not isinstance(fade, Fade) or fade.of is not None or fade.colour is not None:
            continue
        if fade.target is None or (fade.target.plain and fade.target.kind is None):
            reads[place] = replace(reads[place], frame=fade.model_copy(update={"of": "sound"}))


def fade_it_as_well(reads: list[Read]) -> None:
    """ "Fade in at the start and out at the end, 1 s each, and the music too": as the picture does, in and out."""
    for place in range(1, len(reads)):
        also, part = reads[place].frame, reads[place]
        fades = _run_of_fades(reads[:place])
        said = [
            item for item in part.clause.items if not item.marked("the", "my", "for") and item.what != "break"
        ]
        bare = sum(item.what == "target" for item in said) == 1 and all(
            item.what in ("target", "join") or item.marked("also", "same") for item in said
        )
        of = next((item.value for item in said if item.what == "target"), None)
        if not (fades and bare and of is not None and isinstance(also, (Follow, AddMusic))):
            continue
        into = next((fade.in_length or fade.length or Length(ms=1000) for fade in fades if fade.into), None)
        out = next((fade.out_length or fade.length or Length(ms=1000) for fade in fades if fade.out), None)
        values = (
            {"length": into or out}
            if into in (out, None) or out is None
            else {"in_length": into, "out_length": out}
        )
        frame: Frame = Fade(target=of, into=into is not None, out=out is not None, **values)
        if isinstance(also, AddMusic):
            frame = also.model_copy(update={"fade_in": into, "fade_out": out})
        reads[place] = replace(part, frame=frame, left=())


def _run_of_fades(reads: list[Read]) -> list[Fade]:
    """The fades of the picture that stand right before, up to one of a clip alone."""
    run = list[Fade]()
    for read in reversed(reads):
        frame = read.frame
        if not isinstance(frame, Fade) or frame.off or not (frame.target is None or frame.target.plain):
            break
        run.append(frame)
    return run


def until_then(reads: list[Read]) -> None:
    """ "The song fades in at the forest and stops 2 s before the end": how long that is heard or seen, and no cut."""
    for place in range(len(reads) - 1, 0, -1):
        put, read = reads[place - 1].frame, reads[place]
        said = [item for item in read.clause.items if item.what not in ("filler", "join", "break")]
        stops = bool(said) and (matching("stops").match(said[0].text) or said[0].text in listed("ending"))
        times = read.clause.times
        end = times.at or (times.spans[0].end if times.how == "before" and len(times.spans) == 1 else None)
        if (
            not stops
            or end is None
            or not isinstance(put, (AddMusic, Cover, Overlay))
            or put.span is not None
        ):
            continue
        span = Span(start=put.at or Moment(), end=end)
        reads[place - 1] = replace(reads[place - 1], frame=put.model_copy(update={"span": span, "at": None}))
        del reads[place]


def but_not_under(reads: list[Read]) -> None:
    """ "The song the whole time, but not under the vows": around them."""
    for place in range(len(reads) - 1, 0, -1):
        music, spare = reads[place - 1].frame, reads[place].frame
        if not isinstance(music, AddMusic) or not isinstance(spare, Spare) or spare.target is None:
            continue
        under = any(
            item.what == "target"
            and item.value == spare.target
            and item.relation in ("under", "over", "while")
            for item in reads[place].clause.items
        )
        if under and music.over is None and music.span is None and music.at is None:
            around = Target(kind="clip", every="all", but=spare.target)
            reads[place - 1] = replace(reads[place - 1], frame=music.model_copy(update={"over": around}))
            del reads[place]


def songs_in_turn(reads: list[Read]) -> None:
    """ "First calm.mp3, then hey.mp3", "…, when that's over hey takes over": the next begins where the last ends."""
    for place in range(1, len(reads)):
        first, second = reads[place - 1].frame, reads[place].frame
        if not isinstance(first, AddMusic) or not isinstance(second, AddMusic) or second.file is None:
            continue
        bare = second == AddMusic(file=second.file, volume=second.volume, rest=second.rest)
        said = reads[place].clause.said
        later = comes_then(reads[place]) or matching("when_over").search(said) is not None
        if bare and second.file.names and first.file != second.file and later:
            reads[place - 1] = replace(reads[place - 1], frame=first.model_copy(update={"once": True}))
            reads[place] = replace(reads[place], frame=second.model_copy(update={"rest": True}))


def over_the_voice(reads: list[Read]) -> None:
    """ "Put the guests in at 0:15 for 4 s, you still hear the speech": over the picture, so that it goes on."""
    for place in range(len(reads) - 1, 0, -1):
        put, said = reads[place - 1].frame, reads[place]
        told = isinstance(said.frame, (Talk, Spare)) or not said.sure
        if not isinstance(put, Insert) or put.at is None or len(put.files) != 1 or not told:
            continue
        if matching("voice_goes_on").search(said.clause.said):
            cover = Cover(file=put.files[0], at=put.at, length=put.length, over=put.at.of)
            reads[place - 1] = replace(reads[place - 1], frame=cover, family="cover")
            reads[place] = replace(said, frame=Talk(kind="reason"), left=())


def to_the_song(reads: list[Read], ground: Ground) -> None:
    """ "A slideshow of the photos with the song", "…, as long as the song": one slideshow, and the song under it."""
    shows = [n for n, read in enumerate(reads) if isinstance(read.frame, Slideshow)]
    last = reads[shows[-1]] if shows else None
    kinds = [kinds for read in reads if isinstance(read.frame, Slideshow) for kinds in read.clause.kinds]
    if last is None or {"music"} not in kinds:
        return
    first, show = reads[shows[0]], last.frame
    if len(shows) == 2 and isinstance(first.frame, Slideshow) and isinstance(show, Slideshow):
        reads[shows[0]] = replace(first, frame=first.frame.model_copy(update={"total": show.total}))
        del reads[shows[1]]
    song = ground.waiting("audio")[:1]
    if song and not any(isinstance(read.frame, AddMusic) for read in reads):
        under = AddMusic(file=Target(names=(song[0].file,)))
        reads.insert(shows[0] + 1, replace(last, frame=under, family="add_music", left=()))


def from_later_in_it(reads: list[Read]) -> None:
    """ "Add the song, but skip the first 20 seconds of it": where in its file it starts."""
    for place in range(len(reads) - 1, 0, -1):
        music, cut = reads[place - 1].frame, reads[place].frame
        if not isinstance(music, AddMusic) or music.source is not None:
            continue
        at = reads[place].clause.times.at
        own = at is not None and at.ms > 0 and at.of is not None and at.of.only_it
        verbs = {item.value for item in reads[place].clause.items if item.what == "do"}
        if own and at is not None and verbs <= {Do.SET, Do.PLAY, Do.GO} and music.at is None:
            source = Length(ms=at.ms)  # "…, but start it from its 10 second mark"
            reads[place - 1] = replace(reads[place - 1], frame=music.model_copy(update={"source": source}))
            del reads[place]
            continue
        if not isinstance(cut, CutOut):
            continue
        of = cut.target
        its = of is not None and of.plain and (of.refer == "it" or of.kind == "music")
        if its and len(cut.spans) == 1 and cut.spans[0].how == "head":
            source = Length(ms=cut.spans[0].end.ms, share=cut.spans[0].end.share)
            reads[place - 1] = replace(reads[place - 1], frame=music.model_copy(update={"source": source}))
            del reads[place]


def at_each(reads: list[Read]) -> None:
    """ "A ding at 10 s, 25 s and 1:02": it is heard at each of them."""
    for place in range(len(reads) - 1, -1, -1):
        frame, moments = reads[place].frame, reads[place].clause.times.moments
        named = isinstance(frame, AddMusic) and frame.file is not None and frame.file.names
        told = [item for item in reads[place].clause.items if item.what in ("time", "number", "timecode")]
        # In "starts at 2 s" is one moment, in "at the start and at the end" are two.
        counted = (not told or len(told) >= len(moments)) and not any(m.of for m in moments)
        if isinstance(frame, AddMusic) and named and frame.at in moments and counted:
            each = [replace(reads[place], frame=frame.model_copy(update={"at": at})) for at in moments]
            reads[place : place + 1] = each
