"""Words over the picture: added, changed, set otherwise."""

from __future__ import annotations

from ...language.concepts import Ask, Do, Filler, Thing, When, Where
from ...media import subtitles
from ..frames import AddText, AddTexts, ChangeText, Frame, Restore, Restyle
from ..hearing import Hearing
from ..items import Item
from ..lexicon import listed, matching, measured
from ..remarks import puts_right, respelled
from ..resolve import Absent, Found
from ..slots import Length, Moment, Style, Target
from .base import Family

_ON_CLIPS = (
    Do.ZOOM, Do.ZOOM_OUT, Do.CROP, Do.FASTER, Do.SLOWER, Do.REVERSE, Do.SPLIT, Do.MUTE, Do.UNMUTE, Thing.SPEED,
)  # fmt: skip
_MAKING = (Do.ADD, Do.WRITE, Do.OPEN, Do.CLOSE)
_CLOSING = listed("closing_title")
_LINES = tuple(f".{extension}" for extension in subtitles.EXTENSIONS)
_PARTS = frozenset({"intro", "introduction", "outro"})
_OPENING = listed("opening_title")


def add_text(h: Hearing) -> Frame | None:
    """ "add a title “Hi” at the start for 4 s", "caption: “1. Chop” on the chopping", 右上角写上“两倍速”"""
    if h.has(*_ON_CLIPS) and not h.heard("quoted"):
        return None
    unquoted = h.ground.memory.question is not None and any(item.marked("unquoted") for item in h.items)
    titles = h.has(Do.ADD, Do.PUT, Thing.TITLE, Thing.CAPTIONS) or any(
        t.kind in ("text", "caption") for t in h.targets()
    )
    if unquoted and not titles:
        return None  # "it's called logo" answers a question
    words = h.words()
    file = _subtitles(h)
    if words is None and h.alone and h.has(Do.ADD) and (h.texts() & _PARTS):
        h.say(Do.ADD, When.START, When.END)
        return AddText(at=Moment(edge="end" if "outro" in h.texts() else "start"))  # asks what it is to say
    makes = h.has(*_MAKING) or any(item.text.startswith(("a ", "an ", "some ")) for item in _nouns(h))
    verb = h.say(*_MAKING, Do.PUT, Do.SAY, Do.SHOW, Do.PLAY, Do.GO)
    if words is None and not (_nouns(h) and verb and (makes or not h.ground.pool("text", "caption"))):
        return None
    if words is None and verb is Do.PUT and any(h.ground.names.best([item.text]) for item in _nouns(h)):
        return None  # 片头放到最前面, where there is a 片头.mp4: the clip goes there
    if h.has(Do.REPEAT, Do.UNDO, Do.CUT):
        return None
    spoken = h.ground.mentioned(("text", "caption"), recent=True) and not h.targets("clip")
    if spoken and h.texts() & listed("instead"):
        return None
    there = any(item.text == words for item in h.ground.pool("text", "caption"))
    if there and verb is None and not (h.times.at or h.times.spans):
        return None  # "title “Hello” bigger": it is there already
    recent = h.ground.mentioned(("text", "caption"), recent=True)
    named = h.targets("text", "caption") or (recent and len(h.targets()) < 2)
    if h.marked("same") and named:
        return None  # a copy of one that is there
    stands = h.heard("quoted") and not unquoted and h.word(*listed("standing"))
    if h.has(Do.CHANGE) or (h.has(Do.SET) and verb is None and not stands):
        return None
    if h.texts() & {"should say", "change to"}:
        return None
    caption = h.has(Thing.CAPTIONS) or any(t.kind == "caption" for t in h.targets())
    h.say(Thing.TITLE, Thing.CAPTIONS, Do.SET)
    texts = h.texts()
    at_end = bool(texts & _CLOSING) or verb is Do.CLOSE
    while (found := h.target("text", "caption", relations=("", "as", "with", "of"))) is not None:
        closing = found.numbers == (-1,) and not h.ground.pool("text", "caption")
        at_end = at_end or closing
        if found.names or (found.numbers and not closing) or (found.refer == "it" and found.kind is None):
            return None
    if not h.ground.clips and any(
        item.what == "target" and (item.value.kind == "image" or item.value.every) for item in h.items
    ):
        return None  # how long each photo is shown is no matter of the words
    place = h.place()
    style = h.style()
    fade_in, fade_out = _fades(h)
    blank = h.say(Thing.BLANK) is not None
    over = h.related(
        "on", "over", "for", "in", "while", "under", "of", "to", "", kinds=("clip", "b-roll", "music")
    )
    if (
        over is not None
        and isinstance(answer := h.ground.find(over, ("clip", "b-roll", "music")), Absent)
        and answer.upload
    ):
        return None  # that is to be added first
    whole = over is not None and over.kind in ("video", "all") and not (over.numbers or over.unknown)
    if whole and h.times.some:
        whole, over = False, None
    elif whole:
        over = None
    if over is None and not whole:
        over = h.related("on", "over", kinds=("logo",))  # "add “Open” on it"
        h.absorb("clip", "text", "caption", relations=("on", "over", "for", "in", "of", ""))
    if over is not None:
        h.absorb("clip", relations=("", "as", "for"))  # "…, for as long as that clip lasts"
    span = next(iter(h.spans()), None)
    at, length = h.at(), h.length() or h.to()
    if over is not None and at == Moment(edge="middle") and place is None and h.has(Do.PUT):
        place, at = "center", None  # 开场加个标题，放中间
    there = over is None and at is None and span is None and not whole and h.word(*listed("there"))
    if there and h.ground.mentioned(("clip",), recent=True):
        over = Target(kind="clip", refer="it")  # "put “Home” there"
    if h.say(Thing.NEXT) and length is not None:
        at = Moment(edge="end", of=Target(kind="text", refer="it"))
    edge = h.say(When.LAST, When.END, When.FIRST, When.START)
    if edge is not None and at is None and span is None:
        at = Moment(edge="end" if edge in (When.LAST, When.END) else "start")
    if at_end and at is None and span is None:
        at = Moment(edge="end")
    h.say(When.FOR, When.AT, When.FROM, When.TO, Where.CENTER)
    h.mark("also")
    if h.say(Thing.ALL) and over is None:
        whole = True
    return AddText.model_validate(
        {
            "words": words, "at": at, "span": span, "length": length, "over": over, "place": place, "style": style,
            "caption": caption or bool(file), "file": file, "whole": whole, "fade_in": fade_in, "fade_out": fade_out,
            "blank": blank,
        }
    )  # fmt: skip


def _subtitles(h: Hearing) -> str:
    """ "Captions from talk.srt": the file's name."""
    for place, item in enumerate(h.items):
        if item.text.endswith(_LINES):
            led = place > 0 and h.items[place - 1].what in ("filler", "when")
            h.bound.update((place - 1, place) if led else (place,))
            h.implied.add(place)  # it is read as it stands there
            return item.text
    return ""


def _nouns(h: Hearing) -> list[Item]:
    """The words for a text, whether they were taken for a target or not."""
    return [
        item for item in h.items
        if item.value in (Thing.TITLE, Thing.CAPTIONS)
        or (item.what == "target" and item.value.kind in ("text", "caption"))
    ]  # fmt: skip


def _fades(h: Hearing) -> tuple[Length | None, Length | None]:
    """ "… that fades in", "with a 1 second fade out" """
    if not h.has(Do.FADE, Do.FADE_IN, Do.FADE_OUT, Thing.FADE):
        return None, None
    places = [
        n for n, item in enumerate(h.items) if item.value in (Do.FADE, Do.FADE_IN, Do.FADE_OUT, Thing.FADE)
    ]
    into, out = h.has(Do.FADE_IN), h.has(Do.FADE_OUT)
    texts = [item.text for item in h.items]
    if h.has(Do.FADE, Thing.FADE):
        into = into or "in" in texts[places[0] :]
        out = out or "out" in texts[places[0] :]
    h.say(Do.FADE, Do.FADE_IN, Do.FADE_OUT, Thing.FADE)
    h.word("in", "out")
    length = Length(ms=500)
    for place in places:
        for beside in (place - 1, place + 1, place + 2):
            if 0 <= beside < len(h.items) and h.items[beside].what == "time" and beside not in h.bound:
                several = len([item for item in h.items if item.what == "time"]) > 1
                if beside == place - 1 or several or h.times.length is None:
                    h.bound.add(beside)
                    length = Length(ms=int(h.items[beside].value))
    both = not into and not out
    return (length if into or both else None), (length if out or both else None)


def add_texts(h: Hearing) -> Frame | None:
    """ "Captions for each room: “Hall”, “Kitchen”", "show “uno”, “dos” one after another, 4 seconds each" """
    words = h.take("series")
    if words is None:
        return None
    caption = h.has(Thing.CAPTIONS) or any(t.kind == "caption" for t in h.targets())
    h.say(*_MAKING, Do.PUT, Do.SAY, Do.SHOW, Do.SET, Thing.TITLE, Thing.CAPTIONS, Thing.CHANGE)
    at, length, place, style = h.at(), h.length() or h.to(), h.place(), h.style()
    span = next(iter(h.spans()), None)
    in_turn = h.word(*listed("in_turn"))
    each: Target | None = None
    for number, item in enumerate(h.items):
        if item.what != "target" or number in h.bound or number in h.times.taken:
            continue
        timed = number and h.items[number - 1].what == "time"
        clips = item.value.every or item.value.count or item.value.kind == "clip"
        if clips and not timed and item.value.kind not in ("text", "caption"):
            each = each or item.value
        h.bind_target(number)
    h.say(When.EACH, When.START, When.END, When.FOR, When.AT, When.FROM)
    h.mark("number", "all")
    if each is None and at is not None and at.of is not None and at.of.every == "all" and not at.ms:
        each, at = at.of, Moment(edge="start" if at.ends else at.edge)  # "before each chapter its title"
    if each is None and not in_turn:
        each = Target(kind="clip", every="all")
    if each is not None and (span is not None or each.count == 1):
        return None  # 一行小字：…，从头到尾都显示: one text, and how long it shows
    at = at or (span.start if span is not None else None)
    return AddTexts(
        words=words, each=each, at=at, length=length, place=place, style=style, caption=caption
    )  # fmt: skip


def labels(h: Hearing) -> Frame | None:
    """ "Number the clips, top left", "label each clip with its name", 给每段编号: what each says is its own."""
    own = [n for n, item in enumerate(h.items) if _says_own(item)]
    nouns = {word for item in h.items for word in (item.text.split(" ")[-1], item.text, *_unknown(item))}
    nouns |= {
        word for word in listed("names_of_files") | listed("numbers_on_them") if h.clause.said.endswith(word)
    }
    named = bool(nouns & listed("names_of_files")) and (bool(own) or not h.heard("quoted"))
    h.bound.update(own)
    counts = h.texts() & listed("numbering") or (measured(h.language) and nouns & listed("numbering"))
    numbered = counts or (bool(nouns & listed("numbers_on_them")) and h.has(*_MAKING, Do.PUT))
    titled = h.targets("text") or h.has(Thing.TITLE, *_MAKING, Do.PUT) or h.texts() & listed("labelling")
    if not (numbered or (named and titled)) or h.heard("series", "look", "percent") or h.negated:
        return None
    if set(h.of(Do)) & {Do.CUT, Do.UNDO, Do.MUTE, Do.MOVE, Do.CHANGE}:
        return None
    each: Target | None = None
    for place, item in enumerate(h.items):
        if item.what != "target" or place in h.times.taken:
            continue
        says = set(_unknown(item)) & (listed("names_of_files") | listed("numbers_on_them"))
        if not says and "clip" in h.clause.kinds[place] and item.value.kind in (None, "clip"):
            each = each or item.value
        elif not says and item.value.kind != "text" and not (item.value.plain and item.value.kind is None):
            return None
        h.bind_target(place)
    if each is None and not (counts and (h.alone or h.targets())):
        return None  # "add the names, “Elena & Marco”"
    found = h.ground.find(each, ("clip",)) if each is not None else None
    if each is None or not isinstance(found, Found) or (each.plain and len(found.segments) < 2):
        each = Target(kind="clip", every="all")
    count = [str(int(number)) for number in h.all("number")]
    if count and count != [str(n + 1) for n in range(len(count))]:
        return None
    h.word(*listed("names_of_files"), *listed("numbering"), *listed("numbers_on_them"), *listed("labelling"))
    h.say(*_MAKING, Do.PUT, Do.SAY, Thing.TITLE, Thing.FILE, When.EACH, When.FOR)
    h.mark("number", "all", "on", "with")
    if measured(h.language):  # 文件名 is 文件 and 名
        h.bound.update(
            n for n, i in enumerate(h.items) if i.what in ("word", "filler") and i.text in "".join(nouns)
        )
    return AddTexts(
        words=tuple(count), of="names" if named else "numbers", each=each, length=h.length(), place=h.place(),
        style=h.style() or Style(),
    )  # fmt: skip


def _says_own(item: Item) -> bool:
    """ "Write the file name on each": no words that are to be written."""
    words = set(item.text.split(" ")) - listed("around_a_name")
    return item.what == "quoted" and bool(words) and words <= listed("names_of_files")


def _unknown(item: Item) -> tuple[str, ...]:
    return item.value.unknown if item.what == "target" else ()


def change_text(h: Hearing) -> Frame | None:
    """ "change summer to sunshine", "the second one should say “Bye”", 第二个改成“中火翻炒”"""
    if h.has(*_ON_CLIPS, Thing.MUSIC) or h.marked("also"):
        return None
    verb = h.say(Do.CHANGE, Do.SAY, Do.SWAP)
    if h.ground.mentioned(("text", "caption")) and h.word(*listed("instead")):
        verb = h.say(Do.WRITE, Do.PUT, Do.ADD) or verb  # "write “Bye” instead"
    sets = h.say(Do.SET) if h.heard("quoted") else None
    if verb is None and sets is None:
        return None
    words = [str(word) for word in h.all("quoted")]
    old: str | None = None
    target = h.target("text", "caption", relations=("", "of", "for", "on", "in", "with"))
    if len(words) >= 2 and not h.has(Do.ADD):
        old, words = words[0], words[1:]
        if h.say(Filler.RATHER):
            old, words = words[0], [old]
    if not words:
        return None
    if target is None and old is None and not h.ground.pool("text", "caption"):
        return None
    h.say(When.TO, Thing.TITLE, Thing.CAPTIONS, Do.PUT)
    span = next(iter(h.spans()), None)
    _without(h)
    return ChangeText(target=target, words=words[-1], old=old, style=h.style(), span=span)


def _without(h: Hearing) -> None:
    """ "Write Anna and Paul instead, without the &": what the new words lack is said by them."""
    place = next((n for n, item in enumerate(h.items) if item.text in listed("lacking")), len(h.items))
    if all(item.what in ("filler", "join", "break", "word") for item in h.items[place + 1 :]):
        h.bound.update(range(place, len(h.items)))


def spelling(h: Hearing) -> Frame | None:
    """ "It's Aba, not Obi": a word of a title that was wrong."""
    place = next(
        (n for n, item in enumerate(h.items) if item.what == "not" and 0 < n < len(h.items) - 1), None
    )
    if place is None or h.of(Do) or h.heard("time", "percent", "quoted"):
        return None
    right, wrong = h.items[place - 1], h.items[place + 1]
    if right.what == "break" and place > 1:
        right = h.items[place - 2]
    behind = h.items[place + 2 : place + 4]
    if len(behind) == 2 and behind[0].text in listed("but_rather"):
        right = behind[1]  # "nicht Elbe sondern Weser"
    text = h.clause.text
    old, new = text[wrong.start : wrong.end].strip(), text[right.start : right.end].strip()
    if not h.ground.names.in_texts(old) or not new:
        return None
    h.bound.update(range(len(h.items)))
    h.implied.update(range(len(h.items)))  # they are read as they stand there
    return ChangeText(old=old, words=new, every=True)


def put_right(h: Hearing) -> Frame | None:
    """ "(Her title is wrong,) it's Head of Operations": the words as they are to be."""
    if not puts_right(h.clause):
        return None
    text = h.clause.text
    h.bound.update(range(len(h.items)))
    h.implied.update(range(len(h.items)))
    if (spelled := respelled(h.clause)) is not None:
        return ChangeText(old=spelled[0], words=spelled[1], every=True)
    return ChangeText(target=Target(kind="text"), words=text[h.items[1].start : h.items[-1].end].strip())


def restyle(h: Hearing) -> Frame | None:
    """ "make it bigger and yellow", "bold", "all caps", 字大一点，改成黄色"""
    if h.has(*_ON_CLIPS, Thing.MUSIC, Thing.VOLUME, Do.ADD, Do.PUT, Do.FADE) or h.heard(
        "look", "shape", "blend", "where"
    ):
        return None
    pool = h.ground.pool("text", "caption")
    if not pool:
        return None
    target = h.target("text", "caption", relations=("", "of", "for", "on", "in"))
    words = h.words()
    if words is not None:
        target = (target or Target(kind="text")).model_copy(update={"texts": (words,)})
    colours = [item.value for item in h.items if item.what == "colour"]
    style = h.style()
    old = None
    if len(colours) == 2 and h.say(Do.SWAP, Do.CHANGE) and h.say(When.FOR, When.TO):
        h.all("colour")
        old, style = colours[0], style.model_copy(update={"color": colours[1]})  # "swap the yellow for white"
    if not style.some:
        return None
    if target is None and style == Style(bigger=style.bigger) and not h.ground.mentioned(("text", "caption")):
        return None
    if target is None and style == Style(bigger=style.bigger) and h.ground.spoken_kind in ("logo", "b-roll"):
        return None  # 再小一点, after the logo was made smaller
    if h.targets() and target is None:
        return None
    h.say(Do.SET, Do.CHANGE, Thing.TITLE, Thing.CAPTIONS, Thing.BACKGROUND, When.TO, When.FROM)
    h.word(*listed("of_letters"))
    h.absorb(relations=("",))
    return Restyle(target=target, style=style, old=old)


def as_before(h: Hearing) -> Frame | None:
    """ "The yellow one was nicer, go back to that", "put the colour back how it was", 还是黄色的好看"""
    if not h.ground.pool("text", "caption") or h.has(Do.ADD, *_ON_CLIPS) or h.heard("quoted", "look", "time"):
        return None
    style = h.style()
    back = h.say(Do.BACK, Do.UNDO, Do.RESET) is not None or h.mark("back")
    target = h.target("text", "caption")
    if style.color is not None:
        judged = h.word(*listed("better"))
        if style != Style(color=style.color) or not (back or judged):
            return None
    elif style.some or not back or not _as_it_was(h):
        return None
    h.say(Do.PUT, Do.SET, Do.CHANGE, Do.GO, When.TO, Ask.HOW, Ask.WHETHER)
    h.mark("one", "this", "it", "no")
    while h.target("text", "caption", relations=("", "to")) is not None:
        pass
    return Restore(target=target, aspects=("style",), style=style)


def _as_it_was(h: Hearing) -> bool:
    """ "The colour how it was", of words whose look was just changed."""
    of_words = any(deed.kind in ("text", "caption") for deed in h.ground.memory.last_deeds)
    said = matching("as_it_was").search(h.clause.said) is not None
    return said and of_words and h.word(*listed("colour"))


FAMILIES = (
    Family("as_before", as_before, 0.4),
    Family("add_text", add_text),
    Family("labels", labels, 0.3),
    Family("add_texts", add_texts, 0.5),
    Family("change_text", change_text, 0.3),
    Family("put_right", put_right, 0.5),
    Family("restyle", restyle),
    Family("spelling", spelling, 0.5),
)
