"""Clauses about titles and what else lies above: its words, times, place and fades, said apart."""

from __future__ import annotations

from dataclasses import replace

from ..language.concepts import When
from .clause import Read
from .frames import (
    AddMusic,
    AddText,
    AddTexts,
    Arrange,
    Cover,
    Fade,
    Follow,
    Freeze,
    Insert,
    Overlay,
    Replace,
    Restyle,
)
from .lexicon import listed
from .shared import parted
from .slots import LARGE, SMALL, Amount, Length, Style


def placed_there(reads: list[Read]) -> None:
    """ "Text on the pads: “Torque”, top left, the whole clip long": where the text stands, and no clip."""
    for place in range(len(reads) - 1, 0, -1):
        title, where = reads[place - 1].frame, reads[place].frame
        if not isinstance(title, AddText) or title.place is not None or not isinstance(where, Follow):
            continue
        unnamed = where.target is None or (where.target.plain and where.target.every == "all")
        if unnamed and where.place and where == Follow(target=where.target, place=where.place):
            told = title.model_copy(update={"place": where.place})
            reads[place - 1] = replace(reads[place - 1], frame=told)
            del reads[place]


def one_on_each(reads: list[Read]) -> None:
    """ "The same for the others: “Trial 1” and “Trial 2”": one on each of them."""
    for place, part in enumerate(reads):
        first = part.frame
        again = isinstance(first, Follow) and first == Follow(
            target=first.target, words=first.words, way="also"
        )
        if again and isinstance(first, Follow):
            first = AddText(words=first.words, over=first.target)
        over = first.over if isinstance(first, AddText) else None
        several = over is not None and (
            over.refer == "others" or over.every or len(over.numbers) > 1 or over.first
        )
        if not isinstance(first, AddText) or not several:
            continue
        words = [first.words] if first.words else []
        for read in reads[place + 1 :]:
            if not isinstance(read.frame, AddText) or read.frame != AddText(words=read.frame.words):
                break
            words += [read.frame.words] if read.frame.words else []
        if len(words) > 1:
            each = AddTexts(
                words=tuple(words), each=over, place=first.place, style=first.style, caption=first.caption
            )
            reads[place : place + len(words)] = [replace(part, frame=each)]
            return


_BARE = AddText()


def without_what_follows(reads: list[Read]) -> None:
    """ "Add captions at the bottom: from 0:01 to 0:04 “What do you see?”": the words come after it."""
    for place in range(len(reads) - 2, -1, -1):
        first, second = reads[place].frame, reads[place + 1].frame
        if (
            isinstance(first, AddText)
            and isinstance(second, AddText)
            and first.words is None
            and second.words
        ):
            said = {
                name: getattr(first, name)
                for name in AddText.model_fields
                if name != "words" and getattr(first, name) != getattr(_BARE, name)
            }
            if any(
                getattr(second, name) not in (getattr(_BARE, name), value) for name, value in said.items()
            ):
                continue
            for later in range(place + 1, len(reads)):
                frame = reads[later].frame
                if not isinstance(frame, AddText):
                    break
                reads[later] = replace(reads[later], frame=frame.model_copy(update=said))
            del reads[place]


def with_what_follows(reads: list[Read]) -> None:
    """ "Add “We made it!”. At the end, for four seconds": when, where and how, of the title just added."""
    for place in range(len(reads) - 1, 0, -1):
        title, follow = reads[place - 1].frame, reads[place].frame
        if not isinstance(title, _PLACED) or not isinstance(follow, Follow) or reads[place].lost:
            continue
        given = follow.model_dump(exclude_defaults=True).keys() - {"frame", "amount", "then"}
        bare = follow.amount.value is not None and follow.amount.unit == "number"
        sized = any(item.text in listed("size") for item in reads[place].clause.items)
        if given - {"at", "spans", "length", "place", "style"} or (bare and not sized):
            continue
        update = {name: getattr(follow, name) for name in given - {"spans"}}
        if follow.spans:
            update["span"] = follow.spans[0]
        if isinstance(title, (AddText, AddTexts)) and sized and follow.amount.value is not None:
            update["style"] = follow.style.model_copy(update={"size": follow.amount.value})  # "size 5%"
        if isinstance(title, Overlay):
            update |= _sized(update.pop("style", Style()), follow.amount)
        if not update:
            continue
        fields = type(title).model_fields
        if all(name in fields and getattr(title, name) == fields[name].default for name in update):
            reads[place - 1] = replace(reads[place - 1], frame=title.model_copy(update=update))
            del reads[place]


_PLACED = (AddText, AddTexts, Overlay, Cover, Insert, AddMusic, Replace)


def _sized(style: Style, amount: Amount) -> dict[str, float]:
    """ "Small, 60% opacity", "a third of the width": of a picture over the picture."""
    found = {"opacity": style.opacity} if style.opacity is not None else {}
    if amount.unit == "share" and amount.value is not None:
        found["scale"] = amount.value
    elif style.bigger:
        found["scale"] = LARGE if style.bigger > 0 else SMALL
    return found


def fade_the_title(reads: list[Read]) -> None:
    """ "A title over the first 6 seconds, fading in and out": it is the title that does."""
    for place in range(len(reads) - 1, 0, -1):
        fade, styled = reads[place].frame, place - 1
        while styled and isinstance(reads[styled].frame, (Restyle, Arrange)):
            styled -= 1  # "…, bigger, fade in"
        title = reads[styled].frame
        if not isinstance(title, AddText) or not isinstance(fade, Fade):
            continue
        bare = fade.target is None and fade.at is None and fade.of is None and fade.colour is None
        ended = parted(reads[place - 1], reads[place])
        of_the_film = any(item.value in _FILMS_EDGES for item in reads[place].clause.items)
        if bare and not ended and not of_the_film:
            length = fade.length or Length(ms=500)
            update = {
                "fade_in": fade.in_length or length if fade.into else None,
                "fade_out": fade.out_length or length if fade.out else None,
            }
            reads[styled] = replace(reads[styled], frame=title.model_copy(update=update))
            del reads[place]


_FILMS_EDGES = (When.FIRST, When.LAST, When.START, When.END)


def held_words(reads: list[Read]) -> None:
    """在最后加上“晚安”，停留四秒: how long the words are shown."""
    for place in range(len(reads) - 1, 0, -1):
        words, held = reads[place - 1].frame, reads[place].frame
        bare = (
            isinstance(held, Freeze) and held.at is None and held.target is None and held.length is not None
        )
        if (
            bare
            and isinstance(words, AddText)
            and words.words
            and words.length is None
            and words.span is None
        ):
            merged = words.model_copy(update={"length": getattr(held, "length", None)})
            reads[place - 1] = replace(reads[place - 1], frame=merged)
            del reads[place]
