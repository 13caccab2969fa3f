"""What is heard: volume, silence, ducking."""

from __future__ import annotations

from ...language.concepts import Degree, Do, Particle, Thing, When
from ...tongues import every
from ..frames import Duck, Frame, Mute, SetVolume
from ..hearing import Hearing
from ..items import Item
from ..lexicon import listed, matching
from ..phrase import ADVERBS
from ..resolve import Found
from ..slots import Amount, Moment, Span, Target
from .base import Family, halved, music_under, while_it_is_heard
from .fades import FADES

_SOUNDS = ("music", "clip", "b-roll", "logo")
_TURNING = ("turn", "bring", "take", "knock", "push", "pull", "dial", "set", "put", "make", "drop", "come")
_DOWN = frozenset({"drop", "knock", "lower", "down"})
_LOOKS = (Do.BIGGER, Do.SMALLER)

_SPEEDS = tuple(word for speeds in every("sentences", "SPEEDS") for word in speeds)


def set_volume(h: Hearing) -> Frame | None:
    """ "set the music to 30%", "halve the volume", "6 dB louder", "music at 20%", 配乐小声一点"""
    if h.has(
        Thing.SPEED,
        Thing.OPACITY,
        Thing.LOOK,
        Do.FASTER,
        Do.SLOWER,
        Do.DUCK,
        Thing.TITLE,
        Do.ZOOM,
        Do.CROP,
        *FADES,
    ) or h.heard("look", "shape", "quoted", "blend"):
        return None
    if h.texts() & listed("size"):
        return None
    seen = h.ground.spoken_kind in ("text", "caption", "logo")
    if seen and h.texts() & listed("lower_down") and not h.targets() and not h.has(Thing.VOLUME, Thing.SOUND):
        return None  # "make it yellow and a bit lower", of a title
    verb = h.say(Do.LOUDER, Do.QUIETER)
    noun = h.say(Thing.VOLUME)
    decibel = h.heard("decibel")
    heard = [t for t, can in h.meant() if t.kind == "music" or can == {"music"}]
    sound = any(target.kind == "sound" for target in h.targets())
    if (
        verb is None
        and noun is None
        and h.marked("plenty")
        and not any(t.kind == "sound" for t in h.targets())
    ):
        return None  # "half of it is enough"
    amounts = h.heard("percent", "decibel") or h.has(
        Degree.HALF, Degree.DOUBLE, Degree.SOFTLY, Particle.UP, Particle.DOWN
    )
    spoken = [
        can
        for item, can in zip(h.items, h.clause.kinds, strict=True)
        if item.what == "target" and can <= {"music"} and can
    ]
    under = music_under(h)
    only_sound = (bool(heard and spoken) and not _seen(h)) or under is not None
    if verb is None and noun is None and not decibel:
        sized = h.has(*_LOOKS) and (only_sound or sound)
        turned = h.texts() & set(_TURNING) and (
            h.has(Particle.UP, Particle.DOWN) or h.texts() & {"down to", "up to"}
        )
        if not (turned and h.heard("percent", "decibel")) and not (
            (only_sound or sound) and (amounts or sized or _number_goal(h))
        ):
            return None
    if _of_speed(h) or (
        verb is not None and not (noun or heard or sound or amounts) and h.times.how and h.has(When.TO)
    ):
        return None  # "reduce it to the first 6 seconds"
    if h.has(Do.CUT) and _cuts_time(h):
        return None  # "cut the first two seconds and halve the volume"
    up = True if verb is Do.LOUDER else False if verb is Do.QUIETER else None
    if up is None and (h.has(Do.CUT, When.OFF) or h.texts() & _DOWN):
        up = False  # "drop the music by 6 dB"
    if only_sound or sound or noun:
        size = h.say(*_LOOKS)
        up = up if size is None else size is Do.BIGGER
    if verb is not None and h.times.to is not None and not (noun or heard or sound):
        return None
    target = under[0] if under else h.target(*_SOUNDS, relations=("", "of", "for", "on", "in", "to"))
    if target is not None and target.kind == "sound" and target.plain:
        target = h.target("clip", relations=("of", "from", "in", "on")) or target  # "the sound of b.mp4"
    if target is not None and target.names and target.kind != "sound":
        if _another_sound(h):
            return None  # "the voiceover starts at 3 s and the video's own sound is quieter"
        h.absorb("clip", relations=("",))  # "the beach's own sound"
    spans = under[1] if under else h.stretch() or while_it_is_heard(h)
    soft = h.say(Degree.SOFTLY)
    amount = h.amount(up=up, units=("share", "factor", "db", "number"))
    amount = halved(h, amount)
    if soft and amount.value is None:
        amount = Amount(value=0.3, unit="share", way="to")
    if amount.value is None and h.mark("normal"):
        amount = Amount(value=1.0, unit="share", way="to", normal=True)
        h.mark("back")
        h.say(When.TO, When.END)
    if amount.value is None and amount.up is None and not noun:
        return None
    h.say(
        Do.SET, Do.CHANGE, Do.PUT, Do.KEEP, Do.PLAY, When.AT, When.TO, Do.MOVE, Degree.MUCH, When.OFF, Do.CUT
    )
    h.word(*_TURNING)
    if amount.unit == "share" and amount.value is not None:
        h.say(Do.NORMALIZE)  # "normalize the volume to 80%"
    if amount.value is not None and verb is not None:
        h.mark("plenty")  # "that's too loud, 70 percent is enough"
    return SetVolume(target=target, spans=spans, amount=amount)


def _another_sound(h: Hearing) -> bool:
    """Whether a joint parts the thing that was taken from another's sound."""
    joint = next((n for n, item in enumerate(h.items) if n and item.what in ("join", "break")), len(h.items))
    sounds = [n for n, item in enumerate(h.items) if item.what == "target" and item.value.kind == "sound"]
    return any(n > joint and n not in h.bound for n in sounds) and any(n < joint for n in h.bound)


def _cuts_time(h: Hearing) -> bool:
    """Whether what is cut is a time."""
    place = next(n for n, item in enumerate(h.items) if item.value is Do.CUT)
    after = next((n for n in range(place + 1, len(h.items)) if h.items[n].what != "filler"), None)
    return after is not None and after in h.times.taken


def _of_speed(h: Hearing) -> bool:
    """ "0.5倍速" """
    return any(item.what == "factor" and item.text.endswith(_SPEEDS) for item in h.items)


def _seen(h: Hearing) -> bool:
    return any(
        "music" not in can for item, can in zip(h.items, h.clause.kinds, strict=True) if item.what == "target"
    )


def _number_goal(h: Hearing) -> bool:
    return h.has(When.TO, When.AT) and h.heard("number")


def _is_to_come(h: Hearing) -> bool:
    """ "The alarm sound should go off at 0:10": a sound that isn't there yet is put there."""
    names = [name for target in h.targets("music") for name in target.names]
    waiting = h.ground.waiting("audio")
    return h.has(Do.MOVE) and bool(names) and all(h.ground.asset(name, "audio") in waiting for name in names)


def mute(h: Hearing) -> Frame | None:
    """ "mute the video", "remove the audio", "no sound from 0:03 on", "unmute it", 静音"""
    verb = h.say(Do.MUTE, Do.UNMUTE) or _back_on(h)
    if verb is Do.UNMUTE and h.texts() & listed("sound_on_it") and h.say(Do.CUT):
        verb = Do.MUTE  # "kill the sound on the beach"
    sound = [target for target in h.targets() if target.kind == "sound"]
    off: object = False
    refused = verb is None and _unwanted(h) and not h.texts() & listed("dislikes")
    if verb is None:
        goes = h.has(Do.GO) and not (h.times.some or h.has(When.TO))  # "the original sound can go"
        off = sound and (goes or h.has(Do.CUT, When.OFF, Do.KEEP) or refused)
        back = sound and h.marked("back") and not h.heard("percent", "degree")
        if not (off or back) or h.heard("percent", "decibel") or h.has(Thing.MUSIC) or h.heard("beyond"):
            return None
        if h.has(Do.KEEP):
            return Mute(target=h.target("clip"), muted=False) if h.say(Do.KEEP) and _is_muted(h) else None
        verb = Do.UNMUTE if back else Do.MUTE
        h.say(Do.CUT, When.OFF, When.END, *((Do.GO,) if goes else ()))
        if back:
            h.say(Do.ADD)  # "give it its sound back"
        h.mark("back")
        h.take("not")
    if verb is Do.MUTE and any(
        item.value is Do.CUT and item.text in listed("only_takes") for item in h.items
    ):
        h.say(Do.CUT)  # "take the sound off the pasta"
    muted = verb is Do.MUTE
    if h.negated and h.has(Do.CUT) and not off:
        return None  # "don't cut anything, just mute it"
    if muted and h.negated and not refused:
        muted = False
        h.take("not")
    if _has_its_own(h) or _is_to_come(h):
        return None
    if (under := music_under(h)) is not None:
        h.say(Do.SET, Do.PLAY, Do.KEEP, Do.PUT)
        return Mute(target=under[0], spans=under[1], muted=muted)
    target = h.target(*_SOUNDS, relations=("", "of", "for", "on", "in", "from"))
    second = h.target("clip", relations=("of", "from", "in", "on"))
    if second is None and target is not None and target.kind == "sound" and h.say(When.FROM, When.OFF):
        second = h.target("clip", relations=("",))  # "remove the audio from the clip"
    if second is not None and target is not None and target.kind == "sound" and target.plain:
        target = second
    if target is None and h.mark("normal"):
        target = Target(kind="sound")  # "mute the original"
    if target is None:
        h.absorb(relations=("",))  # "mute it", after a title was added
    if target is not None and target.kind != "sound":
        h.absorb("clip", relations=("", "of"))  # "the clip's own audio"
    if h.marked("only") and target is not None:
        h.target("music", "clip")  # "…, just the music": what stays
    spans = h.stretch() or while_it_is_heard(h)
    if not spans and (at := h.at()) is not None:
        spans = (Span(start=at, end=Moment(edge="end"), how="after"),)
    h.say(Do.SET, Do.PLAY, Do.KEEP, Do.PUT, Thing.SOUND)
    h.mark("back")
    return Mute(target=target, spans=spans, muted=muted)


def _back_on(h: Hearing) -> Do | None:
    """ "Both back on", after they were muted."""
    muted = any(
        deed.frame["frame"] == "mute" and deed.frame.get("muted", True) for deed in h.ground.memory.deeds
    )
    back = matching("back_on").search(h.clause.said.lower()) is not None
    if not (muted and back) or h.of(Do):
        return None
    h.bound.update(n for n, item in enumerate(h.items) if item.what != "target")
    return Do.UNMUTE


def _unwanted(h: Hearing) -> bool:
    """ "No sound in the first clip", 这两段不要声音; but not 声音不要断: the sound itself is not wanted."""
    if h.of(Do):
        return False
    meant = [item for item in h.items if item.what != "filler" and item.text not in ADVERBS]
    place = next((n for n, item in enumerate(meant) if item.what == "not"), None)
    if place is None:
        return False
    before, after = meant[max(0, place - 1) : place], meant[place + 1 : place + 2]
    if after and after[0].what not in ("break", "join"):
        return _is_sound(after[0])
    return bool(before) and _is_sound(before[0])


def _is_muted(h: Hearing) -> bool:
    """下班那段的声音也留着, of a clip that was muted: it is to be heard again."""
    for target in h.targets():
        found = h.ground.find(target) if target.kind == "sound" and not target.plain else None
        if isinstance(found, Found) and found.segments:
            return all(item.muted or item.volume == 0 for item in found.segments)
    return False


def _is_sound(item: Item) -> bool:
    return item.what == "target" and item.value.kind == "sound"


def _has_its_own(h: Hearing) -> bool:
    """Whether a joint and a target stand before the verb, and its own target behind: "piano in and mute the clip"."""
    place = next((n for n, item in enumerate(h.items) if item.value in (Do.MUTE, Do.UNMUTE)), 0)
    joint = next((n for n in range(place) if h.items[n].what in ("join", "break")), None)
    before = joint is not None and any(item.what == "target" for item in h.items[:joint])
    return before and any(item.what == "target" and item.relation == "" for item in h.items[place + 1 :])


def duck(h: Hearing) -> Frame | None:
    """ "lower the music when someone speaks", "duck it during the vows" """
    if not h.say(Do.DUCK):
        return None
    h.say(Do.QUIETER, Do.SET, Do.KEEP, Degree.MUCH, Degree.A_BIT)
    none = h.mark("no")  # "no ducking, please"
    target = h.target("music")
    joint = next((n for n, item in enumerate(h.items) if item.what in ("break", "join")), 0)
    laid = any(item.what == "target" and item.relation == "under" for item in h.items[:joint])
    if laid and h.ground.waiting("audio") and not h.ground.pool("music"):
        return None  # "music under the film, but quieter while he's talking": it is to be added first
    decibels = h.take("decibel")
    spans = h.stretch()
    while (clip := h.target("clip", relations=("for", "on", "in", "while", "under", "to", ""))) is not None:
        if not clip.plain:
            during = Span(start=Moment(of=clip), end=Moment(edge="end", of=clip), how="during")
            spans = (*spans, during)
    h.absorb(relations=("", "under"))  # "under the clip's sound"
    decibels = abs(decibels) if decibels is not None else None
    return Duck(target=target, spans=spans, amount_db=decibels, off=none or h.negated)


FAMILIES = (
    Family("set_volume", set_volume),
    Family("mute", mute),
    Family("duck", duck, 0.5),
)
