"""Music and other sounds put under the picture."""

from __future__ import annotations

from typing import Any

from ...language.concepts import Ask, Degree, Do, Filler, Particle, Shape, Thing, When, Where
from ..frames import AddMusic, Frame
from ..hearing import Hearing
from ..lexicon import EACH, either, listed, measured
from ..resolve import Found
from ..slots import Amount, Length, Moment, Span, Target
from .base import Family, adds_the_upload
from .fades import FADES, comes_first, ends_of, length_of, own_lengths


def add_music(h: Hearing) -> Frame | None:
    """ "add this music", "lofi as bg music, 20%", "calm.mp3 for the first 30 seconds", 加上这段音乐"""
    if h.has(Do.MUTE, Do.DUCK, Do.UNDO, Thing.TITLE, Do.SWAP, Filler.RATHER) or h.heard("quoted", "look"):
        return None
    each = h.has(When.EACH) or any(
        target.every == "all" and (target.kind == "image" or (target.plain and target.kind is None))
        for target in h.targets()
    )
    if each and h.heard("time") and h.ground.waiting("image"):
        return None  # 每张2秒，民谣当背景: how long each photo is shown
    waiting = h.ground.waiting("audio")
    named = _audio(h)
    asked = h.has(Thing.MUSIC) or any(target.kind == "music" for target in h.targets()) or adds_the_upload(h)
    under = h.marked("as") and h.has(Thing.BACKGROUND) and bool(waiting) and not h.ground.waiting("image")
    asked = asked or under  # "use it as the background"
    if not named and not asked:
        return None
    if h.times.length is not None and any(item.text.startswith(EACH) for item in h.items):
        return None  # "3 seconds each, with the fado track": that is of the photos
    if h.has(When.BEFORE) and h.has(When.AFTER):
        return None  # "a swoosh before and after the sponsor"
    if h.has(Do.TO_BLACK, Do.FROM_BLACK) and any(t.kind == "video" for t in h.targets()):
        return None  # "the picture goes to black and the music dies away": two wishes
    source = _source(h)
    if h.has(Do.CUT) and source is None:
        return None
    there = h.ground.pool("music")
    laid = any(asset in waiting for asset in named)
    fades = h.has(*FADES)
    if there and not laid and (fades or source is not None):
        return None
    if h.has(Do.KEEP) and asked and not named and not there and not h.has(Do.ADD, Do.PUT):
        return None  # "…, but keep the music": there is none to be kept
    verb = h.say(Do.ADD, Do.PUT, Do.MERGE, Do.SCORE, Do.PLAY, Do.MOVE, Do.SET)
    if verb is Do.MOVE and laid:
        h.say(When.OFF)  # "the alarm should go off at 0:10"
    back = h.marked("back") and not there and asked
    wishes = verb in (Do.ADD, Do.PUT, Do.MERGE, Do.SCORE)
    first = (
        asked
        and not there
        and not h.has(Do.LOUDER, Do.QUIETER)
        and (not fades or (bool(waiting) and comes_first(h)))
    )
    wishes = wishes and not (there and not laid and verb is Do.PUT)  # 音乐从第三秒开始放
    if not (wishes or laid or back or first) or (there and not laid and not wishes):
        return None
    if h.has(Do.LOUDER, Do.QUIETER) and not named and not h.heard("percent", "decibel", "factor"):
        return None  # "I want the music softer"
    if _of_the_picture(h):
        return None  # "the voiceover at 3 s and the video's own sound quieter"
    file = _file(h)
    rest = any(t.refer == "others" for t in h.targets()) or h.word(*listed("later_part"))
    if rest:
        h.target(relations=("", "for", "to", "over", "under"))
        h.say(When.LAST, When.AFTER)
    if not (file is not None and file.names and len(waiting) > 1 and _another(h)):
        h.absorb("music", relations=("", "as", "with", "of", "on", "for", "to"))  # "lofi.mp3 as music"
    cuts = bool(named) and not h.times.some and h.say(Thing.TRANSITION) is not None  # "a whoosh at every cut"
    softer = _softer_there(h)
    spared = None if softer is not None else _spared(h)
    over = spared or h.related("over", "under", "for", "on", "to", "of", "in", "while", kinds=("clip",))
    one = any(
        i.value == over and i.text.endswith(either("one_of_them")) for i in h.items if i.what == "target"
    )
    if (
        over is not None
        and over.plain
        and (over.kind in ("video", "all") or (over.refer == "it" and not one))
    ):
        over = None  # "under it"; but "under that one"
    if over is None and file is not None and file.but is not None:
        over = Target(kind="clip", every="all", but=file.but)  # "the music under all but the talk"
        file = file.model_copy(update={"but": None})
    h.absorb(relations=("over", "under", "for", "on", "to", "in"))
    if not (h.has(Particle.UP, Particle.DOWN) and any(target.kind == "sound" for target in h.targets())):
        h.absorb("clip", relations=("",))  # "give my video this music"; not "jingle on A2, A1 down 6 dB"
    if h.has(Do.KEEP, Do.SET):
        h.absorb(relations=("",))  # "add music but keep it quiet"
        h.say(Do.KEEP)
    h.mark("back")
    h.say(Do.REPEAT)  # it is played again by itself until the picture ends
    h.of_course(Shape.COVER)  # 音乐铺满全片
    if named:
        h.all("beyond")  # "as the narration"
    h.of_course(Where.BOTTOM)
    h.say(
        When.FOR,
        Thing.BACKGROUND,
        Thing.MUSIC,
        Thing.SOUND,
        Thing.FILE,
        Do.UPLOAD,
        When.END if back else When.FOR,
    )
    h.word("bg", "background", "from", "underneath", *listed("just_sent"))
    span = None if source is not None else next(iter(h.spans()), None)
    if span is not None and span.how == "after":
        h.say(Particle.IN)  # "from 2 seconds in"
    at, length = h.at(), h.length()
    if at is not None and at.edge == "end" and not at.ms and span is None and h.say(When.TO):
        span = Span(start=Moment(), end=at, how="before") if at.of is not None else None
        at = None  # "the music underneath until the end"
    if at == Moment() and over is not None and over.every is not None:
        at, over = Moment(of=over), None  # "a gong at the start of each clip"
    if at is None and span is None and laid and measured(h.language) and h.say(When.LAST):
        at = Moment(edge="end")  # 结尾加掌声
    volume = _volume(h)
    fade_in, fade_out = None, None
    if fades:
        fade_in, fade_out = _fades_of(h, span.how if span is not None else "", length)
        length = None
        _where_it_ends(h, over)
        span = None if span is not None and span.how in ("head", "tail") else span
        at = None if at is not None and (at.edge == "end" or over is not None) else at
    h.say(When.END, When.AT, When.START, When.FROM)
    return AddMusic(
        softer=softer if volume is not None else None,
        file=file, span=span, at=at, length=length, over=over, source=source, volume=volume,
        fade_in=fade_in, fade_out=fade_out,
        rest=rest and span is None, cuts=cuts,
    )  # fmt: skip


_THERE = ("while", "in", "under", "over", "for", "on")


def _softer_there(h: Hearing) -> Target | None:
    """ "(The song under the whole film,) but keep it really quiet while the ceremony is running": how loud it is to
    be is said of that clip only.
    """
    joints = [n for n, item in enumerate(h.items) if n and item.what in ("break", "join")]
    behind = range(joints[0], len(h.items)) if joints else ()
    loud = any(
        h.items[n].what in ("percent", "decibel") or h.items[n].value in (Degree.SOFTLY, Do.QUIETER)
        for n in behind
    )
    for place in behind if loud else ():
        item = h.items[place]
        if item.what != "target" or item.relation not in _THERE or "clip" not in h.clause.kinds[place]:
            continue
        if item.value.plain or place in h.times.taken:
            continue
        h.bind_target(place)
        h.bound.update(n for n in behind if h.items[n].marked("while", "only", "it"))
        h.say(Ask.WHETHER, Do.KEEP)
        found: Target = item.value
        return found
    return None


def _spared(h: Hearing) -> Target | None:
    """ "Under everything except the first clip", 除了第一段，其他都配上: what it lies under."""
    for place, item in enumerate(h.items):
        target = item.value
        said = item.what == "target" and item.relation in ("", "under", "over", "for", "on", "to", "in")
        if said and target.but is not None and target.plain and target.kind in (None, "clip", "video"):
            h.bind_target(place)
            return Target(kind="clip", every="all", but=target.but)
        before = h.items[max(0, place - 2) : place]
        excepts = len(before) == 2 and (before[1].value is When.EXCEPT or before[1].marked("but", "except"))
        if (
            item.what == "target"
            and excepts
            and before[0].value is Where.BOTTOM
            and "clip" in h.clause.kinds[place]
        ):
            h.bound.update((place, place - 1))
            return Target(kind="clip", every="all", but=target)
    return None


def _another(h: Hearing) -> bool:
    """ "The voiceover at 2 s, the music underneath": a second sound, behind a joint."""
    joints = [n for n, item in enumerate(h.items) if item.what in ("break", "join")]
    return any(
        item.what == "target" and item.relation == "" and n not in h.bound and item.value.kind == "music"
        and joints and n > joints[0]
        for n, item in enumerate(h.items)
    )  # fmt: skip


def _file(h: Hearing) -> Target | None:
    """The target that names an upload; else one that is counted, 第二首; else one that can be music."""
    for place, item in enumerate(h.items):
        names = item.value.names if item.what == "target" and place not in h.bound else ()
        if any(h.ground.asset(name, "audio") is not None for name in names):
            h.bind_target(place)
            found: Target = item.value
            return found
    waiting = h.ground.waiting("audio")
    for place, item in enumerate(h.items):
        counted = (
            item.what == "target" and item.value.kind in (None, "music") and len(item.value.numbers) == 1
        )
        number = item.value.numbers[0] if counted else 0
        if (
            counted
            and not item.value.names
            and item.text[-1:] in listed("measures_songs")
            and number <= len(waiting)
        ):
            h.bind_target(place)
            return Target(names=(waiting[number - 1 if number > 0 else number].file,))
    return h.target("music", relations=("", "with", "of", "for")) or h.target(relations=("", "with"))


def _source(h: Hearing) -> Length | None:
    """ "Skip the first 5 seconds of the song", "from its 0:05", "its chorus at 0:48": where in its file it starts."""
    at = h.times.at
    inside = any(
        item.relation in ("in", "of", "to") and h.clause.kinds[n] <= {"music"}
        for n, item in enumerate(h.items)
        if item.what == "target"
    )
    length = h.times.length
    if inside and length is not None and h.word(*listed("into_it")):
        h.length()
        h.at()
        h.absorb("music", relations=("in", "of", "to"))
        return length  # "start it 48 seconds into the song"
    if at is not None and at.of is not None and at.of.only_it and at.ms:
        h.at()
        return Length(ms=at.ms)  # "from its 10 second mark"
    after = h.times.spans[0] if h.times.how == "after" else None
    if inside and after is not None and h.word(*listed("into_it")):
        h.spans()
        h.absorb("music", relations=("in", "of", "to"))
        return Length(ms=after.start.ms)  # "starting from 10 seconds into the song"
    if at is not None and at.ms and at.of is None and (inside or h.texts() & listed("parts_of_a_song")):
        h.at()
        h.word(*listed("parts_of_a_song"), "its")
        h.absorb("music", relations=("in", "of"))
        return Length(ms=at.ms)
    for place, item in enumerate(h.items):
        if item.what != "target" or item.relation != "of" or not h.times.spans:
            continue
        span = h.times.spans[0]
        if h.clause.kinds[place] <= {"music"} or item.value.kind == "music":
            if h.has(Do.CUT) and span.how == "head":
                h.say(Do.CUT)
                h.spans()
                h.bind_target(place)
                return Length(ms=span.end.ms, share=span.end.share)
            if span.how == "after":
                h.spans()
                h.bind_target(place)
                return Length(ms=span.start.ms, share=span.start.share)
    return None


def _of_the_picture(h: Hearing) -> bool:
    """Whether how loud it is to be is said of the picture's own sound: that stands right before it."""
    loud = next(
        (
            n
            for n, item in enumerate(h.items)
            if item.what in ("percent", "decibel") or item.value in (Do.LOUDER, Do.QUIETER)
        ),
        0,
    )
    targets = [
        n for n, item in enumerate(h.items[:loud]) if item.what == "target" and item.relation in ("", "of")
    ]
    if not targets:
        return False
    last, can = h.items[targets[-1]].value, h.clause.kinds[targets[-1]]
    pictured = last.kind in ("clip", "video", "sound") or (bool(last.names) and can <= {"clip"})
    return pictured and not (can & {"music"})


def _volume(h: Hearing) -> Amount | None:
    """How loud it is to be, as far as that was said."""
    soft = h.say(Degree.SOFTLY)
    very = soft and h.say(Degree.MUCH)
    h.say(Thing.VOLUME)
    verb = h.say(Do.LOUDER, Do.QUIETER)
    amount = h.amount(
        up=True if verb is Do.LOUDER else False if verb is Do.QUIETER else None,
        units=("share", "db", "factor"),
    )
    if amount.value is not None or verb is not None:
        return amount
    return Amount(value=0.15 if very else 0.3, unit="share", way="to") if soft else None


def _fades_of(h: Hearing, how: str, length: Length | None) -> tuple[Length | None, Length | None]:
    """ "… with a 3 second fade out": how long it fades in and out."""
    own = own_lengths(h)
    into, out, _ = ends_of(h)
    h.say(*FADES)
    edges = [edge for edge in h.times.spans if edge.how in ("head", "tail")]
    if len(edges) == 2 and not own and h.times.spans[0].how == "range":  # "half a second fade at each end"
        own = {name: _as_long_as(edge) for name, edge in zip(("in_length", "out_length"), edges, strict=True)}
    if how in ("head", "tail"):
        length = length_of(h)
    usual = length or Length(ms=2000)
    if into and not out and h.has(When.END, When.LAST):
        into, out = False, True
    if h.say(When.BOTH_ENDS) and own:  # "a 1 second fade at both ends"
        usual = next(iter(own.values()))
        into = out = True
    fade_in = own.get("in_length", usual) if into or not out else None
    fade_out = own.get("out_length", usual) if out or not into else None
    return fade_in, fade_out


def _where_it_ends(h: Hearing, over: Target | None) -> None:
    """ "Under the ceremony, and fade it out when the vows start": told by what comes next, it is the same moment."""
    at = h.times.at
    if over is None or at is None or at.of is None or at.edge != "start":
        return
    found = h.ground.find(over), h.ground.find(at.of)
    if all(isinstance(one, Found) for one in found):
        ends, starts = (one.segments for one in found if isinstance(one, Found))
        if ends[-1].end_ms == starts[0].start_ms:
            h.implied |= {
                n for n, item in enumerate(h.items) if item.what == "target" and item.value == at.of
            }


def _as_long_as(edge: Span) -> Length:
    return Length(ms=abs(edge.end.ms - edge.start.ms), share=abs(edge.end.share - edge.start.share))


def _audio(h: Hearing) -> list[Any]:
    found = []
    for target in h.targets():
        for name in target.names:
            asset = h.ground.asset(name, "audio")
            if asset is not None:
                found.append(asset)
    return found


FAMILIES = (Family("add_music", add_music),)
