"""What a family is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ...draft import Segment
from ...language.concepts import Degree, Do, Filler, Look, Particle, Thing, When, Where
from ...tongues import every
from ..assets import MediaAsset
from ..frames import Frame
from ..hearing import Hearing
from ..lexicon import listed, matching, measured
from ..resolve import ABOVE, Found
from ..slots import Amount, Length, Moment, Span, Target


@dataclass(frozen=True, slots=True)
class Family:
    """`hears` makes a frame of a clause, or None. `prior` speaks for or against it where little is said."""

    name: str
    hears: Callable[[Hearing], Frame | None]
    prior: float = 0.0
    asked: bool = False  # whether it is questions that it hears


# ---- what several of them look at

HEARD = (Thing.VOLUME, Thing.SOUND, Thing.MUSIC)
WAYS: dict[Any, str] = {
    Where.LEFT: "left", Where.RIGHT: "right", Where.TOP: "up", Where.BOTTOM: "down", Particle.UP: "up",
    Particle.DOWN: "down",
}  # fmt: skip
SPEEDS = (Do.FASTER, Do.SLOWER, Thing.SPEED)
UNTIL = matching("until")
STOPS = matching("stops")


def only_photos(h: Hearing) -> bool:
    """Whether there is nothing yet but photos that wait: what is wished for them is a slideshow."""
    return not h.ground.clips and bool(h.ground.waiting("image"))


def adds_the_upload(h: Hearing) -> bool:
    """ "Put it on", where a sound is all that waits: an upload not yet placed is what "it" means."""
    adds = any(item.value is Do.ADD and not item.marked("light") for item in h.items)
    adds = adds or (h.has(Do.PUT) and h.has(Particle.IN))
    targets = h.targets()
    pronouns = bool(targets) and all(
        t.plain and t.kind is None and t.refer in ("it", "them") for t in targets
    )
    sounds = h.ground.waiting("audio")
    alone = len(sounds) == 1 and not h.ground.waiting("video", "image")
    more = h.marked("again", "also") or h.heard("where", "time", "vague", "degree")  # "give it more energy"
    return adds and pronouns and alone and not more


def found_by(h: Hearing, target: Target) -> tuple[Segment, ...]:
    found = h.ground.find(target)
    return found.segments if isinstance(found, Found) else ()


def music_under(h: Hearing) -> tuple[Target, tuple[Span, ...]] | None:
    """ "The music during the dance", "over the vows it …", 狗那段音乐: the music, and the time of those clips."""
    music = next((n for n, item in enumerate(h.items) if _is_music(h, n)), None)
    owner = (
        h.items[music].value if music is not None else Target(kind="music") if _goes_on_of_music(h) else None
    )
    if owner is None:
        return None
    if owner.names:
        clips = found_by(h, owner.model_copy(update={"kind": "clip"}))
    else:
        clip = next((n for n in range(len(h.items)) if n != music and _lies_above(h, n)), None)
        clips = found_by(h, h.items[clip].value) if clip is not None else ()
        if clips and clip is not None:
            h.bind_target(clip)
    if not clips or any(h.ground.kinds[item.id] != "clip" for item in clips):
        return None
    if music is not None:
        h.bind_target(music)
    whole = [Target(ids=(item.id,)) for item in clips]
    spans = [Span(start=Moment(of=one), end=Moment(edge="end", of=one), how="during") for one in whole]
    every = "all" if owner.kind == "music" else None  # of a song that was cut in pieces, too
    return owner.model_copy(update={"names": (), "every": every}), tuple(spans)


# What undoing a thing by its name takes back: the kinds of frames that such a word is about.
OF_AN_ASPECT: dict[object, str] = {
    Do.FADE: "fade", Do.FADE_IN: "fade", Do.FADE_OUT: "fade", Thing.FADE: "fade", Do.MOVE: "move", Do.CUT: "cut_out",
    Do.TRIM: "fit", Do.ZOOM: "zoom", Do.MUTE: "mute", Thing.SPEED: "set_speed", Do.FASTER: "set_speed",
    Do.SLOWER: "set_speed", Thing.VOLUME: "set_volume", Thing.TRANSITION: "transition", Thing.LOOK: "grade",
    Do.CROP: "zoom", Do.SPLIT: "split", Do.SWAP: "swap", Do.REVERSE: "reverse", Do.FREEZE: "freeze", Do.ROTATE: "turn",
    Do.MIRROR: "turn", Do.DUCK: "duck", Thing.BACKGROUND: "canvas", Do.FIT: "fit",
}  # fmt: skip


def halved(h: Hearing, amount: Amount) -> Amount:
    """ "Halve it", "half as loud": half of what it is, and not half of what it could be."""
    said = itertools.pairwise([*h.items, None])
    of_it = any(
        item is not None
        and item.value is Degree.HALF
        and (item.text in listed("halving") or (after is not None and after.text in listed("as_loud")))
        for item, after in said
    )
    bare = amount.up is None and amount.way is None
    return amount.model_copy(update={"way": "by", "up": False}) if of_it and bare else amount


def while_it_is_heard(h: Hearing) -> tuple[Span, ...]:
    """ "The video quieter while the voiceover plays", "the clip at 20% under the voice": as long as that sounds."""
    for place, item in enumerate(h.items):
        one = item.what == "target" and place not in h.bound and item.relation in ("while", "under")
        of_it = one and item.value.only_it and h.ground.spoken_kind == "music"
        if not one or not (of_it or h.clause.kinds[place] == {"music"}):
            continue
        h.bind_target(place)
        h.say(Do.PLAY)
        h.word(*listed("sounds"))
        return (Span(start=Moment(of=item.value), end=Moment(edge="end", of=item.value), how="during"),)
    return ()


_UNDER = ("while", "over", "under", "in", "on", "for")


def _goes_on_of_music(h: Hearing) -> bool:
    """ "Und im Garten nur halb so laut", after music was put under all of it."""
    named = [item for item in h.items if item.what == "target"]
    inside = len(named) == 1 and named[0].relation in ("in", "while", "over", "under")
    return inside and h.ground.spoken_kind == "music" and bool(h.ground.pool("music"))


def _is_music(h: Hearing, place: int) -> bool:
    """Whether it is music that a target means, by its name or as what was spoken of last."""
    item, target = h.items[place], h.items[place].value
    if item.what != "target" or item.relation not in ("", "of", "to") or not h.ground.pool("music"):
        return False
    if target.kind == "music":
        return not target.names or not found_by(h, target)
    pronoun = target.only_it
    return pronoun and h.ground.spoken_kind == "music"


def _lies_above(h: Hearing, place: int) -> bool:
    item = h.items[place]
    if item.what != "target" or "clip" not in h.clause.kinds[place] or item.value.plain:
        return False
    ahead = measured(h.language) and item.value.kind == "clip" and item.relation == ""  # 狗那段不要音乐
    return item.relation in _UNDER or ahead


_TRACKS = frozenset().union(*every("sentences", "TRACKS"))


def over_on_a_track(h: Hearing) -> bool:
    """ "City on V2": over the picture, in the words of an editor."""
    return any(
        item.what == "target"
        and item.relation == "on"
        and item.value.kind == "b-roll"
        and item.text in _TRACKS
        for item in h.items
    )


def lies_over(h: Hearing, target: Target) -> bool:
    """Whether a target means a logo or a b-roll that lies over the picture already, and none that is still to come."""
    above = {item.asset for item in h.ground.pool("logo", "b-roll")}
    named = [h.ground.asset(name, "video", "image") for name in target.names]
    if not named and target.kind in ("logo", "b-roll"):
        if len(h.ground.pool(target.kind)) != 1:
            return False
        named = list(h.ground.called(target.kind))
        return all(asset.asset in above for asset in named if asset is not None)
    return bool(named) and all(asset is not None and asset.asset in above for asset in named)


def seen_through(h: Hearing) -> float | None:
    """ "60% opacity", "slightly transparent", "half see-through": how opaque something is to be."""
    place = next((n for n, item in enumerate(h.items) if item.value is Thing.OPACITY), None)
    if place is None:
        return None
    h.say(Thing.OPACITY)
    if _is_opaque(h, place):
        return 1.0
    shares = [n for n, item in enumerate(h.items) if item.what == "percent" and not item.marked("of_canvas")]
    nearest = min(shares, key=lambda n: abs(n - place), default=None)
    if nearest is not None and nearest not in h.bound:
        h.bound.add(nearest)
        value = float(h.items[nearest].value)
        through = nearest == place - 1 and h.items[place].text in listed("seen_through")
        return 1 - value if through else value  # "60% see-through" is 40% opaque
    near = [n for n in range(max(0, place - 2), min(place + 3, len(h.items))) if n != place]
    half = [n for n in near if h.items[n].value is Degree.HALF]
    slightly = [n for n in near if h.items[n].value is Degree.A_BIT or h.items[n].text in listed("slightly")]
    slightly = [] if half else slightly
    h.bound.update(half or slightly)
    return _SLIGHTLY if slightly else _HALF_SEEN


def _is_opaque(h: Hearing, place: int) -> bool:
    """ "Make it opaque", "lose the transparency", "not see-through any more"."""
    if h.heard("percent", "degree"):
        return False
    if h.items[place].text in listed("opaque"):
        return True
    through = h.items[place].text in listed("seen_through")
    off = [
        n
        for n, item in enumerate(h.items[:place])
        if item.what == "not" or item.marked("no") or item.value is Do.CUT
    ]
    if not (through and off):
        return False
    h.bound.update(off)
    h.say(Do.CUT, When.OFF, Filler.YET)
    return True


_SLIGHTLY, _HALF_SEEN = 0.8, 0.5


def in_its_time(h: Hearing, span: Span | None, over: Target | None) -> Span | None:
    """采访第10秒到15秒, "between 10 and 15 of the interview": a stretch in the own time of what it lies over."""
    place = next((n for n, item in enumerate(h.items) if over is not None and item.value == over), None)
    if (
        span is None
        or place is None
        or span.start.of is not None
        or span.how not in ("range", "head", "tail")
    ):
        return span
    timed = h.times.taken.get(place + 1) == "span" and (measured(h.language) or span.how != "range")
    head = h.items[place].relation == "over" and span.how in (
        "head",
        "tail",
    )  # "over the talk for its first 6 s"
    whose = (
        head
        or (over is not None and _only_inside(h, span, over))
        or h.items[place].relation == "of"
        or (h.items[place].relation == "" and timed)
    )
    again = any(item.relation == "of" and item.value == over for item in h.items)
    if not (whose or again):
        return span
    ends = {name: getattr(span, name).model_copy(update={"of": over}) for name in ("start", "end")}
    return span.model_copy(update=ends)


def _only_inside(h: Hearing, span: Span, over: Target) -> bool:
    """ "On top of the statement from 5 to 10 s", where that begins at 0:35: no time of the film that it is seen in."""
    found, (start, end) = found_by(h, over), span.within(h.ground.total)
    one = found[0] if len(found) == 1 and span.how == "range" else None
    return one is not None and (end <= one.start_ms or start >= one.end_ms) and end <= one.duration_ms


def lacks_what_comes(h: Hearing) -> bool:
    """ "(Paul instead,) without the …": what is missing was not understood, and isn't what was named before."""
    place = next((n for n, item in enumerate(h.items) if item.text in listed("lacking")), None)
    return place is not None and not any(item.what in ("target", "quoted") for item in h.items[place:])


def objects(h: Hearing) -> bool:
    """ "No the second and the last": it begins with no, as an answer to what was done."""
    items = [item for item in h.items if item.what not in ("break", "join", "filler")]
    if len(items) < 2 or items[0].what != "not" or not items[0].marked("no"):
        return False
    behind = items[1]
    return behind.what == "correction" or (behind.what == "target" and behind.text.startswith("the "))


def as_long_as_that(h: Hearing) -> Length | None:
    """ "The notes come after the graph, same length": as long as the picture that was spoken of last."""
    last = h.ground.mentioned(("clip", "b-roll", "logo"))
    return Length(ms=last[0].duration_ms) if last and h.mark("same") else None


def just_as_long(h: Hearing) -> bool:
    """ "Just as long", "gleich lang": as it is now, where no other thing is named."""
    said = [item for item in h.items if item.marked("same")]
    if not said or h.targets() or not (h.has(Thing.LENGTH) or any(" " in item.text for item in said)):
        return False
    h.mark("same")
    h.say(Thing.LENGTH)
    return True


def of_what_lies_above(h: Hearing) -> bool:
    """ "Rather from 0:25 on", of a picture that was just laid over the film: it, and no part of the film."""
    last = next(reversed(h.ground.memory.last_deeds), None)
    rather = matching("after_all").search(h.clause.said.lower()) or h.texts() & listed("instead")
    return bool(rather) and last is not None and last.kind in ABOVE and not h.targets()


def blurs_a_thing(h: Hearing) -> bool:
    """ "Blur the number plate in the march": something in a clip, and not that clip."""
    things = [
        item for item in h.items if item.what == "target" and item.value.unknown and item.value.kind is None
    ]
    inside = any(
        item.what == "target" and item.relation in ("in", "of") and item.value.names for item in h.items
    )
    return Look.BLUR in h.of(Look) and len(things) == 1 and not things[0].value.names and inside


def centred(h: Hearing, target: Target | None) -> bool:
    """ "Put it back in the middle", of a title that isn't there: a place, and no time."""
    found = h.ground.find(target, ("text", "caption", "logo")) if target is not None else None
    places = (
        [item.meta.get("position", "center") for item in found.segments] if isinstance(found, Found) else []
    )
    bare = (
        h.has(When.MIDDLE) and h.times.at == Moment(edge="middle") and not (h.times.spans or h.times.length)
    )
    return bare and bool(places) and "center" not in places


def waits(h: Hearing, target: Target, waiting: Sequence[MediaAsset]) -> bool:
    """Whether a target means an upload that is not on the timeline."""
    return target.kind in ("logo", "image") or any(
        h.ground.asset(name, "image") in waiting for name in target.names
    )
