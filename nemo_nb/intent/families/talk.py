"""The conversation itself: undo, redo, what is to be left alone, thanks."""

from __future__ import annotations

import itertools
from typing import Literal

from ...language.concepts import Ask, Degree, Do, Look, Thing, When, Where
from ..frames import Frame, Redo, Restore, Spare, Talk, Undo, cuts_there
from ..hearing import Hearing
from ..items import ENDS, Item
from ..lexicon import either, listed, matching, measured
from ..remarks import answers_which, explains, keeps_an_effect, states
from ..slots import Target
from .base import OF_AN_ASPECT, Family, just_as_long
from .looks import look_named


def undo(h: Hearing) -> Frame | None:
    """ "undo", "undo the last two changes", "undo the music thing but keep the rest", "number 2 was a mistake" """
    if h.alone and h.ground.memory.question is not None and h.mark("dismiss"):
        h.say(Do.UNDO)
        return Talk(kind="no")
    if _takes_an_upload_back(h):
        h.say(Do.CUT, Do.UPLOAD)
        h.mark("back")
        return Undo(about=h.target(relations=("", "of", "for")), aspects=("upload",))
    if (edge := _keeps_after_all(h)) is not None:
        return Undo(about=next(iter(_named(h)), None), aspects=("cut_out",), edge=edge)
    put_back = (
        h.has(Do.BACK)
        and not [t for t in h.targets() if t.kind or t.names]
        and not h.heard("ratio", "shape", "look", "thing")
    )
    verb = h.say(Do.UNDO, Do.RESET) or (h.say(Do.BACK) if put_back else None)
    if verb is None and h.alone and h.clause.said.strip(" .!").lower() in ("back", "go back"):
        verb = Do.UNDO
    number = _numbered(h)
    if verb is None and number is None and _regrets(h):
        verb = Do.UNDO  # "the black and white was a mistake"
    drops = h.has(Do.CUT) and (h.has(Thing.CHANGE) or _drops_an_effect(h))
    taken = h.marked("back") and (_gone(h) or _just_taken(h))
    taking = _takes_a_deed_back(h) if verb is None else None
    verb = Do.UNDO if verb is None and (taken or taking is not None) else verb
    if (verb is None and number is None and not drops) or h.has(Do.REDO):
        return None
    if h.of(Where) or h.has(When.MIDDLE):
        return None  # "put it back in the middle"
    if taken or _gone(h):
        h.bound.update(range(len(h.items)))
        return Undo(aspects=("remove", "cut_out"))
    if drops:
        h.say(Do.CUT)
    if number is not None:
        h.mark("mistake", "number")
        h.say(Ask.WHETHER)
        return Undo(number=number)
    if h.say(Do.UPLOAD):
        return Undo(about=h.target(relations=("", "of", "for")), aspects=("upload",))
    named = any(t.names or t.numbers for t in h.targets())
    h.mark("mistake")
    both = next((t.count for t in h.targets() if t.every == "all" and t.kind is None and t.count), None)
    every = h.has(Thing.ALL) or any(t.every == "all" and t.kind is None for t in h.targets())
    everything = verb is Do.RESET or (every and not named)
    spoken = {
        item.value
        for item in h.items
        if item.what != "target" and not item.marked("light") and item is not taking
    }
    spoken -= {Do.CUT} if drops else set()
    aspects = tuple(dict.fromkeys(name for concept, name in OF_AN_ASPECT.items() if concept in spoken))
    h.say(*OF_AN_ASPECT, Thing.CHANGE, Thing.ALL)
    h.word(*listed("a_thing"))
    looks = tuple(dict.fromkeys(look_named(look) for look in h.of(Look)))
    if h.word(*listed("colour")):
        aspects = (*aspects, "grade", "restyle")
    if (blend := h.take("blend")) is not None:
        aspects = tuple(dict.fromkeys((*aspects, "transition")))  # "undo the crossfades"
    if looks:
        aspects = tuple(dict.fromkeys((*aspects, "grade")))
        h.all("look")
    target = h.target(relations=("", "of", "for", "on", "in", "to"))
    if one_of_it := _one_of_it(h):
        h.mark("step", "back", "this", "it", "the")
        return Restore(target=target, aspects=one_of_it, to="before")
    if (
        target is not None
        and target.kind in (None, "clip")
        and target.plain
        and target.refer in ("it", "them")
    ):
        target = None
    if target == Target(kind="transition"):
        aspects, target = (*aspects, "transition"), None  # "the crossfades were a bad idea"
    if target is not None and target.kind is None and target.numbers == (-1,) and not target.names:
        target = None  # "undo that last one"
    if target is not None and target.every == "all" and target.kind is None:
        target = None
    steps = h.take("number", "factor")
    if target is not None and target.first < 0 and target.kind is None and not target.names:
        steps, target = -target.first, None  # "undo the last two things I asked for"
    double = h.say(Degree.DOUBLE)
    words = [item.text for item in h.items if item.value is Do.UNDO]
    repeated = max((words.count(word) for word in words if len(word) < 6), default=1)
    h.say(When.LAST, When.FIRST, When.START, When.END, When.TO)
    h.mark("step", "back", "this", "it", "new", "way")
    first = next((n for n, item in enumerate(h.items) if item.what not in ("filler", "break")), 0)
    h.bound |= {first} if h.items[first].marked("no") else set()  # "hm no, bring it back"
    while h.target(relations=("", "of")) is not None:
        pass  # "put it back how it was"
    steps = int(steps or both or 0)
    if target is not None or aspects:
        return Undo(
            about=target,
            aspects=aspects,
            looks=looks,
            type=blend.value if blend is not None else None,
            steps=max(1, steps),
        )
    if everything and not steps:
        return Undo(everything=True)
    return Undo(steps=steps or (2 if double else repeated))


_EDGES: dict[object, Literal["start", "end"]] = {
    When.START: "start", When.FIRST: "start", When.END: "end", When.LAST: "end",
}  # fmt: skip
_KEEPING = frozenset({Do.KEEP, Do.SPARE, Do.BACK, Do.PUT, Do.ADD, Do.SET, Do.MOVE})
_GOING = frozenset({Do.CUT, Do.GO, Do.SET})


def _named(h: Hearing) -> list[Target]:
    return [target for target in h.targets() if not target.plain]


def _keeps_after_all(h: Hearing) -> Literal["start", "end"] | None:
    """ "Keep the end after all", "bring the end back", "only the beginning should be gone": where what was cut away
    is to come back.
    """
    named = {edge for item in h.items if item.what == "when" and (edge := _EDGES.get(item.value))}
    if len(named) != 1 or h.negated or len(_named(h)) > 1 or any(target.only_it for target in h.targets()):
        return None
    edge, verbs = named.pop(), set(h.of(Do))
    again = h.marked("back") or Do.BACK in verbs or matching("after_all").search(h.clause.said.lower())
    stays = verbs & {Do.KEEP, Do.SPARE} and h.marked("no")
    keeps = verbs and verbs <= _KEEPING and (again or stays)
    if not keeps and verbs - {Do.SET} and verbs <= _GOING and h.marked("only") and not h.times.length:
        edge = "end" if edge == "start" else "start"
    elif not keeps:
        return None
    done = next((deed for deed in h.ground.memory.deeds if cuts_there(deed.frame, edge)), None)
    told = tuple(span.model_dump(mode="json", exclude_defaults=True) for span in h.times.spans)
    if done is None or h.times.length or (told and list(told) != list(done.frame["spans"])):
        return (
            None  # "keep the last two seconds", of four that went: how much is to come back isn't what went
        )
    h.bound.update(range(len(h.items)))
    return edge


def _one_of_it(h: Hearing) -> tuple[str, ...]:
    """ "Undo the see-through thing", "the size was better before": of all that was done to it only that."""
    words = {"size": listed("size_of_it"), "position": listed("position")}
    found = [name for name, said in words.items() if h.word(*said)]
    return (*found, *(("opacity",) if h.say(Thing.OPACITY) else ()))


_EFFECTS: dict[object, str] = {
    Do.SLOWER: "set_speed", Do.FASTER: "set_speed", Thing.SPEED: "set_speed", Do.REVERSE: "reverse",
    Do.ROTATE: "turn", Do.MIRROR: "turn", Do.SWAP: "swap", Do.BIGGER: "arrange", Do.SMALLER: "arrange",
    Do.LOUDER: "set_volume", Do.QUIETER: "set_volume", Do.MUTE: "mute",
}  # fmt: skip


def _drops_an_effect(h: Hearing) -> bool:
    """ "Scrap the slow-mo", "lose the speed thing", where that was done: it is taken back."""
    named = [(before, item) for before, item in itertools.pairwise(h.items) if item.value in _EFFECTS]
    return any(before.marked("the", "my", "this") and _was_done(h, item) for before, item in named)


def _was_done(h: Hearing, item: Item) -> bool:
    """Whether a verb names what was done before: "(keep it) smaller", after it was made smaller."""
    return _EFFECTS.get(item.value) in {deed.frame["frame"] for deed in h.ground.memory.deeds}


def _regrets(h: Hearing) -> bool:
    """ "The black and white was a mistake": of something that was done before."""
    done = (
        h.has(*OF_AN_ASPECT) or h.heard("look", "blend") or any(t.kind == "transition" for t in h.targets())
    )
    return h.marked("mistake") and done and not h.clause.asked and not h.heard("time", "percent", "number")


def _takes_an_upload_back(h: Hearing) -> bool:
    """ "Remove the upload", "take the upload of b.mp4 back": the upload is what goes, and nothing else is said."""
    said = [item for item in h.items if item.what != "filler" and not item.marked("back")]
    deeds = [item.value for item in said if item.what == "do"]
    others = [item for item in said if item.what != "do"]
    return deeds == [Do.CUT, Do.UPLOAD] and all(
        item.what == "target" and (item.value.names or item.value.numbers == (-1,)) for item in others
    )


def _takes_a_deed_back(h: Hearing) -> Item | None:
    """ "Take the cut on the brakes back": the verb, where what was done goes, and no clip."""
    back = next((n for n, item in enumerate(h.items) if item.marked("back")), None)
    verb = next((n for n, item in enumerate(h.items) if item.what == "do"), None)
    if back is None or verb is None or h.times.taken:
        return None
    taking = h.items[verb].value is Do.CUT or h.items[verb].marked("light")
    deed = h.items[verb + 2] if verb + 2 < back and h.items[verb + 1].marked("the", "that", "this") else None
    if not taking or deed is None or not (deed.value in OF_AN_ASPECT or deed.what == "blend"):
        return None
    h.bound.update((verb, back))
    return h.items[verb]


def _gone(h: Hearing) -> bool:
    """ "Bring the deleted one back", 删掉的那段恢复吧: what is there no more."""
    gone = listed("taken_away")
    if measured(h.language):
        return any(word in h.clause.said for word in gone)
    return any(
        item.text in gone or (item.what == "target" and bool(set(item.value.unknown) & gone))
        for item in h.items
    )


def _just_taken(h: Hearing) -> bool:
    """ "Bring that clip back", "put the middle part back", after it was deleted."""
    last = h.ground.memory.last_deeds
    if len(last) != 1 or last[0].frame["frame"] != "remove":
        return False
    gone = tuple(last[0].frame.get("target", {}).get("numbers", ()))
    pointed = [t.kind == "clip" and t.plain and t.refer == "it" for t in h.targets()]
    return any(pointed) or any(t.numbers and t.numbers == gone for t in h.targets())


def _numbered(h: Hearing) -> int | None:
    """ "number 2 was a mistake", 第2条搞错了"""
    if (number := _line_dropped(h)) is not None:
        return number
    if not h.marked("mistake"):
        return None
    ordinal = h.take("ordinal")
    if ordinal is not None:
        return int(ordinal)
    if h.marked("number") and (found := h.take("number")) is not None:
        return int(found)
    if len(h.ground.memory.last_deeds) == 1:
        return None  # 不对，是第二段: of what was done
    for place, item in enumerate(h.items):
        if (
            item.what == "target"
            and len(item.value.numbers) == 1
            and not item.value.names
            and item.value.kind in (None, "clip")
        ) and (item.value.kind is None or not item.text.isascii()):
            h.bound.add(place)
            return int(item.value.numbers[0])
    return None


def _line_dropped(h: Hearing) -> int | None:
    """第三条撤掉, after a message of several wishes: that wish is taken back."""
    count = len(h.ground.memory.last_deeds)
    for place, item in enumerate(h.items):
        if item.what != "target" or item.text[-1:] not in listed("lines") or len(item.value.numbers) != 1:
            continue
        drops = h.has(Do.CUT, Do.UNDO) or h.negated
        if drops and count > 1 and 1 <= item.value.numbers[0] <= count and not h.ground.pool("caption"):
            h.bound.add(place)
            h.say(Do.CUT, Do.UNDO)
            h.take("not")
            return int(item.value.numbers[0])
    return None


def redo(h: Hearing) -> Frame | None:
    if not h.say(Do.REDO):
        return None
    steps = h.take("number", "factor")
    h.say(Thing.CHANGE, When.LAST, Thing.ALL, Do.UNDO)
    h.target()
    return Redo(steps=max(1, int(steps or 1)))


def _declines(h: Hearing) -> bool:
    """ "Don't export yet", "don't remove anything": what is not to be done, and nothing in particular is spared."""
    deeds = h.of(Do)
    if (
        not h.negated
        or not deeds
        or any(deed not in (Do.EXPORT, Do.CUT, Do.GO, Do.TRIM, Do.PUT, Do.SPLIT) for deed in deeds)
    ):
        return False
    first = next(item for item in h.items if item.what not in ("filler", "join", "break", "yet", "mark"))
    named = [
        target for target in h.targets() if not target.plain or target.kind not in (None, "video", "all")
    ]
    return first.what == "not" and not named and not h.heard("time", "number", "percent", "quoted")


def named_clips(h: Hearing) -> bool:
    return any(target.names for target in h.targets("clip"))


def spare(h: Hearing) -> Frame | None:
    """ "leave the others in colour", "keep Anna talking underneath", 其他的别动, "don't touch the music" """
    verb = h.say(Do.SPARE)
    others = any(target.refer == "others" for target in h.targets())
    keeps = h.has(Do.KEEP) and not (named_clips(h) and h.has(When.FIRST, When.LAST, When.START, When.END))
    untouched = (h.negated and h.texts() & listed("touching")) or (h.negated and h.has(Do.CHANGE))
    lets_be = keeps and h.alone and [t.refer for t in h.targets()] == ["it"] and not h.times.some
    if (
        verb is None
        and not lets_be
        and not (keeps and (others or not h.alone))
        and not untouched
        and not _declines(h)
    ):
        return None
    if _declines(h):
        ends = next((n for n, item in enumerate(h.items) if item.what == "break"), len(h.items))
        h.bound.update(range(ends))
        return Spare()
    dated = h.times.some if verb is None else h.times.spans or h.times.length
    if (dated and not others) or h.heard("percent", "factor") or h.has(Degree.SOFTLY):
        return None
    effect = keeps_an_effect(h.items) or (keeps and not h.alone and any(_was_done(h, i) for i in h.items))
    lightly = (Do.KEEP, Do.SPARE, Do.CHANGE, Do.SET, Do.PLAY)
    if not effect and [deed for deed in h.of(Do) if deed not in lightly]:
        return None
    begins = next(
        n for n, item in enumerate(h.items) if item.value in (Do.SPARE, Do.KEEP) or item.what == "not"
    )
    target = h.target(relations=("", "of", "for", "on", "in", "to"))
    # Whatever else is said after it says how it is to stay.
    h.bound.update(range(begins, len(h.items)))
    return Spare(target=target)


_EMPTY = ("filler", "join", "break", "word", "mark", "vague", "not", "degree", "ask", "particle", "yet")


def talk(h: Hearing) -> Frame | None:
    """ "perfect thanks", "nice!! love it", "hey", "so we can hear them" """
    first = next((item for item in h.items if item.what not in ("break", "join")), None)
    if first is None:
        return None
    second = next(
        (item for item in h.items if item is not first and item.what not in ("break", "join")), None
    )
    subject = second is not None and (
        second.what == "target" or second.text in ("i", "we", "you", "he", "she", "they", "it's", "people")
    )
    if (
        first.marked("so")
        and not h.clause.asked
        and (first.text != "so" or subject)
        and not h.heard("time", "percent", "factor", "shape", "blend")
    ):
        h.bound.update(range(len(h.items)))
        return Talk(kind="reason")
    if not h.alone and matching("only_tells").fullmatch(h.clause.said):
        h.bound.update(range(len(h.items)))
        return Talk(kind="reason")  # "…, wrong take"
    if (
        not h.alone
        and all(item.what in ("filler", "thing", "break", "join") or item.marked("same") for item in h.items)
        and just_as_long(h)
    ):
        return Talk(kind="reason")  # "(start it at 0:25,) just as long": so it is
    if h.marked("whichever") or _goes_on(h) or _regrets(h):
        return None
    if answers_which(h.clause):
        return None
    dislikes = not h.alone and h.texts() & listed("dislikes") and not h.of(Do)  # "I don't like the ending, …"
    if (
        dislikes
        or _judges(h)
        or _forbids(h)
        or states(h.clause)
        or (not h.alone and explains(h.items, h.clause.text))
    ):
        h.bound.update(range(len(h.items)))
        return Talk(kind="reason")
    if _introduces(h) and not h.heard("ratio", "percent", "factor", "quoted"):
        h.bound.update(range(len(h.items)))
        return Talk(kind="greeting" if first.marked("greet") else "reason")
    agrees = first.marked("yes") and all(item.marked("praise") for item in h.items if item.what == "vague")
    if h.heard("vague") and not (first.marked("praise") or agrees):
        return None  # "make it nicer": asked about
    if h.marked("other"):
        return None  # "no, the other way"
    praise = h.marked("praise")
    greeting = first.marked("greet") or (h.marked("help") and not h.of(Do))
    yes, no = first.marked("yes"), first.marked("no")
    plain = all(
        item.what in _EMPTY
        or (item.what == "when" and h.marked("praise"))
        or item.marked("praise", "greet", "help")
        or (item.what == "target" and item.value.plain)
        or item.what == "look"
        for item in h.items
    )
    if h.clause.asked and greeting and not h.of(Do):
        h.bound.update(range(len(h.items)))
        return Talk(kind="greeting")
    if h.has(Degree.SOFTLY):
        return None
    if h.marked("want") and h.targets("music", "text", "logo"):
        return None
    if not plain or not (praise or greeting or yes or no) or h.heard("time", "percent", "number"):
        return None
    if h.heard("not") or (h.heard("look") and not first.marked("praise")):
        return None
    h.bound.update(range(len(h.items)))
    thanks = any(
        any(word in item.text for word in listed("thanking")) or item.text in listed("thanks")
        for item in h.items
    )
    kind = "thanks" if thanks else "praise" if praise else "greeting" if greeting else "yes" if yes else "no"
    return Talk.model_validate({"kind": kind})


def _goes_on(h: Hearing) -> bool:
    """ "Thanks! One more thing: …": another sentence, which may be a wish."""
    end = next((n for n, item in enumerate(h.items) if item.what == "break" and item.value in ENDS), None)
    return end is not None and any(item.what not in ("break", "join") for item in h.items[end:])


def _forbids(h: Hearing) -> bool:
    """ "…, but don't delete it", "don't export yet": a wish less, beside others."""
    first = next((n for n, item in enumerate(h.items) if item.what not in ("break", "join", "filler")), 0)
    after = h.items[first + 1] if first + 1 < len(h.items) else None
    small = after is not None and after.value in (Do.CUT, Do.EXPORT, Do.TRIM, Do.CROP)
    rest = [item for item in h.items[first + 2 :] if item.what in ("do", "time", "quoted", "percent", "file")]
    return not h.alone and h.items[first].what == "not" and small and not rest


_INTRODUCING = either("introducing")


def _introduces(h: Hearing) -> bool:
    """ "I'm making a vlog for my students", "here's what I need:" """
    said = h.clause.said.lower()
    told = any(said.startswith(words) or f" {words}" in said for words in _INTRODUCING)
    return told and not h.heard("time", "percent", "quoted", "file", "look", "shape", "number")


_BEING = frozenset(
    {
        "looks",
        "look",
        "feels",
        "feel",
        "seems",
        "seem",
        "sounds",
        "sound",
        "is",
        "are",
        "was",
        "were",
        "got",
        "'s",
    }
)


_HAVING = frozenset({"has", "have", "had", "makes", "make", "made"})


def _begins_named(h: Hearing) -> bool:
    """ "B.mp4 is upright": it begins with the name of something."""
    return len(h.items) > 2 and h.items[0].what == "target" and not h.items[0].value.plain


def _judges(h: Hearing) -> bool:
    """ "The blur looks cheap", "upbeat is way louder than the calm one": says how it is and asks for nothing."""
    first = h.items[0]
    has = first.what == "target" and len(h.items) > 2 and h.items[1].text in _HAVING
    if has and set(h.of(Do)) <= {Do.SET} and not h.alone:
        return not h.negated  # "the phone clip has black bars left and right"
    better = next((n for n, item in enumerate(h.items) if item.text == "better"), None)
    if better and h.items[better - 1].text in _BEING and not h.heard("time", "percent", "factor"):
        return True  # "it was better shorter, redo it"
    if [deed for deed in h.of(Do) if deed is not Do.NORMALIZE] or h.heard(
        "time", "percent", "quoted", "number"
    ):
        return False
    if h.heard("shape"):  # "b.mp4 is upright, let it fill the frame"
        return not h.alone and _begins_named(h) and h.items[1].text in _BEING and h.items[-1].what == "shape"
    if any(item.value is Do.NORMALIZE and item.text.startswith(("is ", "are ")) for item in h.items):
        return bool(h.targets())
    if first.text in ("it's", "that's", "this is", "they're", "it was", "that was") and not h.heard(
        "look", "degree", "colour"
    ):
        return any(item.what in ("word", "target", "thing") for item in h.items[1:]) and not h.negated
    if h.marked("plenty") and h.heard("degree"):
        return False  # "half of it is enough"
    place = next((n for n, item in enumerate(h.items) if item.text in _BEING and n), None)
    return (
        place is not None
        and any(
            (item.what == "word" and not item.marked("back"))
            or item.marked("praise", "yes")
            or item.value is Degree.SOFTLY
            for item in h.items[place + 1 :]
        )
        and not h.negated
    )


FAMILIES = (
    Family("undo", undo, 0.2),
    Family("redo", redo, 0.2),
    Family("spare", spare),
    Family("talk", talk, -0.3),
)
