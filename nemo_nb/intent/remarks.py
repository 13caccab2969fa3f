"""Clauses that ask for nothing to be done: questions, reasons, complaints, what is to stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from ..language.concepts import Ask, Do, Shape, Thing
from .clause import PARTS, Clause
from .items import Item
from .lexicon import FAULTS, STATING, either, listed, matching, measured
from .words import TITLES

_ASKING = (
    Ask.WHAT, Ask.WHERE, Ask.WHEN, Ask.HOW, Ask.HOW_LONG, Ask.HOW_MANY, Ask.HOW_LOUD, Ask.HOW_FAST, Ask.WHICH,
    Ask.ABILITIES,
)  # fmt: skip
_TELLING = (Do.SHOW, Do.SAY)
_STATED = frozenset(
    {"is", "are", "was", "were", "gets", "get", "got", "looks", "feels", "seems", "keeps", "goes", "has been"}
)


def gives_reason(items: Sequence[Item], place: int) -> bool:
    """ "…, so my students can follow", "because it's dull": why, and nothing to be done."""
    item = items[place]
    if not item.marked("so") or place + 1 >= len(items):
        return False
    if item.text in listed("because"):
        return True
    after = items[place + 1]
    following = items[place + 1 : place + 10]
    until = next((n for n, other in enumerate(following) if other.what == "break"), len(following))
    if any(other.what in ("time", "percent", "factor", "frames", "ordinal") for other in following[:until]):
        return False  # "so that it's 8 seconds long" says how
    if matching("obliges").match(" ".join(other.text for other in following[: min(until, 5)])):
        return False  # "so it has to be vertical"
    if any(a.marked("while") and b.named for a, b in pairwise(_without_articles(following[:until]))):
        return False  # "so that it begins when the archive film begins" says when
    quoted = any(
        other.what == "quoted" and not other.text.startswith(either("likening"))
        for other in following[:until]
    )
    if after.what == "target" and after.value.only_it and not quoted:
        return True  # "so that it reads like archive footage"
    return after.marked("my", "it", "them", "the", "this", "these") or after.text in (
        "i",
        "we",
        "you",
        "he",
        "she",
        "they",
        "it's",
        "people",
        "that",
        "one",
        "otherwise",
    )


def _without_articles(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if not item.marked("the", "my")]


def explains(items: Sequence[Item], text: str) -> bool:
    """ "…, it was shot at dusk", "…, they look cold next to the photo": why something is wished for."""
    said = text[items[0].start : items[-1].end] if items else ""
    if _tells_besides(items, text):
        return True
    if matching("cut_too_much").fullmatch(said):
        return True  # 多剪了两秒: what it is to be comes next
    if matching("voice_goes_on").search(said) and not any(item.what == "time" for item in items):
        return True  # "you still hear the speech": what lies over it is meant
    if _judges_a_part(items) or compares(items) or tells_of_somebody(items) or tells_of_a_stretch(items):
        return True
    if matching("only_tells").fullmatch(said):
        return True  # "the music's 45 s, the picture's 10"; "wrong take"
    if any(item.what in ("time", "percent", "factor", "quoted", "file", "number", "ratio") for item in items):
        return False
    if _serves(items, said):
        return True
    if items and items[-1].what == "word" and matching("judges").search(said):
        return True  # "the colours are too pretty"
    if any(item.what == "degree" or item.value is Shape.CONTAIN for item in items):
        return False  # "nothing cropped" is a wish
    if any(item.text.startswith(FAULTS) or item.marked("bit", "light") for item in items):
        return False
    return matching("explains").search(said) is not None


def _tells_besides(items: Sequence[Item], text: str) -> bool:
    """ "(It has its own sound,) which disturbs my voice, …": told besides, and no question."""
    relative = bool(items) and items[0].value is Ask.WHICH and text[: items[0].start].rstrip().endswith(",")
    return relative and not text[items[-1].end :].lstrip().startswith("?")


def respelled(clause: Clause) -> tuple[str, str] | None:
    """ "It's Klara with a K", of the title “Clara Lindqvist”: the word that is there, and how it is spelled."""
    said = matching("spells").fullmatch(clause.said)
    new = next(filter(None, said.groups()), "") if said is not None else ""
    there = {word for item in clause.ground.pool("text", "caption") for word in re.findall(r"\w+", item.text)}
    close = [word for word in there if _nearly(word, new)]
    return (close[0], new) if new and new not in there and len(close) == 1 else None


def _nearly(one: str, other: str) -> bool:
    """Whether one may be a misspelling of the other."""
    return min(len(one), len(other)) > 2 and fuzz.ratio(one.lower(), other.lower()) >= _NEARLY


_NEARLY = 60  # of 100


def puts_right(clause: Clause) -> bool:
    """ "(Her title is wrong,) it's Head of Operations": how the words are to be."""
    if respelled(clause) is not None:
        return True
    first, rest = clause.items[0], clause.items[1:]
    if first.text not in listed("it_is") or not rest or not clause.ground.pool("text", "caption"):
        return False
    exact = any(item.what in ("time", "percent", "quoted", "look", "shape", "degree") for item in rest)
    return not exact and matching("says_wrong").search(clause.text[: first.start]) is not None


def _judges_a_part(items: Sequence[Item]) -> bool:
    """ "(Start it at 0:10,) the intro's too slow": of a part how it is, and nothing to be done to all of it."""
    said = [
        item for item in items if item.what not in ("filler", "break", "join") and item.text not in _BEING
    ]
    part = bool(said) and said[0].value in PARTS
    return part and len(said) == 2 and said[1].text.startswith(FAULTS)


def _serves(items: Sequence[Item], said: str) -> bool:
    """ "(Put it in black and white,) gives it more of a vibe": what the wish is good for; nobody orders "gives"."""
    things = any(item.value in (Thing.MUSIC, Thing.LOGO, *TITLES) for item in items)
    return not things and matching("serves").search(said) is not None


def answers_which(clause: Clause) -> bool:
    """ "It's the sunset", after "which one do you mean?" """
    question = clause.ground.memory.question
    named = any(item.what == "target" and item.value.names for item in clause.items)
    return question is not None and question.slot in _WHICH and named


_WHICH = ("target", "first", "second", "file", "over", "before", "after")


def approves(items: Sequence[Item]) -> bool:
    """ "Bunny's fine, but …": of a thing that it is right as it is."""
    said = [item for item in items if item.what not in ("join", "break")]
    if len(said) < 3 or said[0].what != "target":
        return False
    small = all(item.what in ("filler", "mark", "word") for item in said[1:])
    return small and said[1].text in _BEING and any(item.marked("praise", "yes") for item in said[2:])


def spares_a_thing(items: Sequence[Item]) -> bool:
    """其他的保留声音, "the bird must stay where he is": of something that it stays, and no part of a wish."""
    said = [item for item in items if item.what not in ("filler", "join", "break", "mark")]
    others = any(item.what == "target" and item.value.refer == "others" for item in said)
    begins = bool(said) and said[0].what == "target" and bool(said[0].value.names)
    deeds = {item.value for item in said if item.what == "do" and not item.marked("light")}
    exact = any(item.what in _EXACT for item in said)
    return (others or begins) and bool(deeds) and deeds <= {Do.KEEP, Do.SPARE} and not exact


_EFFECTS = frozenset(
    {
        Do.CUT,
        Do.SPLIT,
        Do.SWAP,
        Do.MUTE,
        Do.DUCK,
        Do.SLOWER,
        Do.FASTER,
        Do.REVERSE,
        Do.FREEZE,
        Do.FADE,
        Do.FADE_IN,
        Do.FADE_OUT,
        Do.ZOOM,
        Do.CROP,
        Do.ROTATE,
    }
)


def keeps_an_effect(items: Sequence[Item]) -> bool:
    """ "(Undo the swap, but) keep the slow-mo": what was done to it, and is not to be taken back."""
    said = [item for item in items if item.what not in ("join", "break")]
    if len(said) < 3 or said[0].value not in (Do.KEEP, Do.SPARE):
        return False
    if [item.what for item in said[1:]] in (["target", "do"], ["target", "look"]) and said[1].value.only_it:
        return said[2].what == "look" or said[2].text.endswith(either("done_already"))  # "but leave it muted"
    if not said[1].marked("the", "my"):
        return False
    named = said[2].what in ("look", "blend") or said[2].value in _EFFECTS
    return named and not any(item.what in _EXACT for item in said[2:])


_EXACT = frozenset({"time", "number", "percent", "quoted", "when", "degree"})


_BEING = frozenset({"'s", "is", "are", "was", "were", "looks", "sounds"})


def compares(items: Sequence[Item]) -> bool:
    """ "The song is still louder than the waves": how two things are, and not how they are to be."""
    being = next((n for n, item in enumerate(items) if item.text in _BEING and n), None)
    if being is None or items[being - 1].what not in ("target", "thing", "word"):
        return False
    behind = [
        item for item in items[being + 1 :] if item.marked("than") or item.what not in ("filler", "degree")
    ]
    before = any(item.what == "do" or item.marked("want") for item in items[:being])
    return not before and len(behind) > 1 and behind[0].what == "do" and behind[1].marked("than")


def _wants(verb: Item) -> bool:
    """ "I only need the first 10 seconds": a wish, and nothing that somebody does in the film."""
    return bool(listed("wanting") & set(verb.text.split()))


def tells_of_a_stretch(items: Sequence[Item]) -> bool:
    """ "The last 3 seconds of the talk are only me reaching for the mouse": what is to be seen there."""
    being = next((n for n, item in enumerate(items) if item.text in _BEING and n), None)
    if being is None:
        return False
    there = items[being - 1].text in listed("there")  # "there is a cough between 14 and 16 seconds"
    told = items if there else items[:being]
    if not any(item.what == "time" for item in told) or not any(item.what == "when" for item in told):
        return False
    wished = ("do", "look", "blend", "shape", "quoted", "factor", "percent", "colour", "dislike", "degree")
    strange = any(
        (item.what == "word" and not item.marked("plenty")) or (item.what == "target" and item.value.unknown)
        for item in items[being + 1 :]
    )
    return strange and not any(item.what in wished for item in items)


def tells_of_somebody(items: Sequence[Item]) -> bool:
    """ "Between 8 and 11 I lose my train of thought": what somebody in the film does."""
    for place, (one, verb) in enumerate(pairwise(items)):
        if (
            one.text in listed("somebody")
            and verb.what == "do"
            and verb.text.isalpha()
            and not verb.marked("light")
            and not _wants(verb)
        ):
            return not any(item.what == "do" or item.marked("if") for item in items[:place])
    return False


def _is_named_by_a_deed(items: Sequence[Item]) -> bool:
    """ "The replay's too long", "the freeze is boring": what was done is spoken of as a thing."""
    said = [item for item in items if item.what not in ("filler", "break", "join")]
    return (
        len(said) > 1 and said[0].what == "do" and said[0].text.endswith("'s") and said[1].what == "dislike"
    )


def states(clause: Clause) -> bool:
    """ "The garden gets cropped too much": tells how something is; what is done to it is done already."""
    if _is_named_by_a_deed(clause.items) or compares(clause.items) or tells_of_somebody(clause.items):
        return True
    if _has_a_shape(clause.items):
        return True
    for place, item in enumerate(clause.items[:-1]):
        if item.what != "target" or clause.items[place + 1].text not in _STATED:
            continue
        deeds = [other for other in clause.items[place + 2 :] if other.what == "do"]
        before = any(other.what == "do" for other in clause.items[:place])
        return (
            bool(deeds)
            and not before
            and all(deed.text.endswith("ed") and not _wants(deed) for deed in deeds)
        )
    return False


def _has_a_shape(items: Sequence[Item]) -> bool:
    """ "That one from my phone is upright": how it is, and no wish for it."""
    said = [item for item in items if item.what not in ("break", "join")]
    shaped = len(said) > 2 and said[-1].what == "shape" and said[-2].text in _BEING
    return shaped and said[0].what == "target" and not any(item.what == "do" for item in said)


def complains(clause: Clause) -> bool:
    told = any(
        item.text.startswith(FAULTS) or any(word in item.text for word in listed("too_inside"))
        for item in clause.items
        if item.what != "target"
    )
    lies = any(item.text in listed("lying_wrong") for item in clause.items)
    return not clause.asked and (told or lies or any(item.text in STATING for item in clause.items[:3]))


def only_keeps(clause: Clause) -> bool:
    """ "…, but keep the brightness": a look or a speed that stays as it is, and is no wish for more of it."""
    deeds = [item.value for item in clause.items if item.what == "do"]
    exact = any(item.what in ("time", "percent", "factor", "number", "decibel") for item in clause.items)
    return bool(deeds) and set(deeds) == {Do.KEEP} and not exact


def _tells_which(noun: Item, item: Item, clause: Clause) -> bool:
    """ "The bit where she jumps", "den Balkon so wie die Küche": it says which one, and asks nothing."""
    tells = item.value in (Ask.WHERE, Ask.WHEN, Ask.WHICH) or item.text in listed("like_that")
    return not clause.asked and tells and noun.what == "target"


def _inverted(clause: Clause) -> bool:
    """ "Is there any text in it", "ist die Musik da", without a question mark."""
    items = [item for item in clause.items if item.what != "filler"]
    if len(items) < 2 or items[0].value is not Ask.WHETHER or measured(clause.language):
        return False
    if clause.items[0].text in listed("there"):
        return False  # "there is a cough at the end"
    return items[0].text in listed("is_there") or items[1].what == "target"


def asks_something(clause: Clause) -> bool:
    """Whether a clause wants to know something rather than to have it done."""
    if clause.items and clause.items[0].text in listed("because"):
        return False  # "because that's where the goals happen"
    if _tells_besides(clause.items, clause.text):
        return False
    if measured(clause.language) and matching("asks_whether").search(clause.said):
        return True  # 音乐放上去了吗
    concepts = [
        item
        for item in clause.items
        if item.what in ("do", "thing", "ask", "look", "shape", "beyond", "when", "target", "blend")
    ]
    asking = [
        n
        for n, item in enumerate(concepts)
        if item.what == "ask"
        and item.value in _ASKING
        and not (n and _tells_which(concepts[n - 1], item, clause))
    ]
    deeds = [
        n
        for n, item in enumerate(concepts)
        if item.what in ("do", "blend", "beyond", "shape") and item.value not in _TELLING
    ]
    first = concepts[0] if concepts else None
    if not asking:
        whether = first is not None and first.value is Ask.WHETHER and not (first.marked("please") and deeds)
        within = any(item.value is Ask.WHETHER for item in concepts[1:]) and not deeds
        begs = matching("begs").search(clause.said.lower()) is not None  # "it is dark, can you brighten it?"
        return (whether and _inverted(clause)) or (clause.asked and (whether or (within and not begs)))
    early = asking[0] <= 2
    told = not measured(clause.language) and any(n < asking[0] for n in deeds)
    if clause.said.lower().startswith(("here's what", "here is what")):
        return False
    place = clause.items.index(concepts[asking[0]])
    shall = [item.marked("shall") for item in clause.items]
    if any(shall[:place]) or (concepts[asking[0]].value is Ask.HOW_LONG and any(shall)):
        return False  # "the song should start where the chorus is", "total length should be 20 seconds"
    left = any(
        item.text in ("whats", "what is", "what's")
        and n + 1 < len(clause.items)
        and clause.items[n + 1].text in ("left", "left of")
        for n, item in enumerate(clause.items)
    )
    return not left and not told and (clause.asked or measured(clause.language) or early)
