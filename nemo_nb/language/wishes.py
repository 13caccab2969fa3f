"""Where one wish ends and the next begins: which commas, which "and", which full stops part two of them.

A table of rules looks at the tokens before a joint and at those after it, up to the next pause; what each side
says by itself is told in `sides`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..tongues import every
from .concepts import Do, Filler, Join, Thing, When
from .pairs import alike, both_moved, both_paced, both_placed, paced
from .sides import (
    NAMED,
    PAUSES,
    acts,
    asks_to_be_told,
    awaits_words,
    declined,
    foreign,
    levels,
    looks_alone,
    names_speed,
    of_something_else,
    only_part,
    ordered,
    placed_logo,
    plays,
    sets_an_edge,
    short_name,
    states_volume,
    until_next_break,
    without_verb,
)
from .tokens import Kind, Token

_OBJECTS = frozenset(
    {Thing.MUSIC, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, Thing.TRANSITION, Thing.LOOK, Thing.FADE, Do.FADE_IN,
     Do.FADE_OUT, Do.FADE, Do.TO_BLACK}
)  # fmt: skip
_FADES = frozenset({Do.FADE_IN, Do.FADE_OUT})
# Verbs whose object may come after a comma.
_AWAITING = frozenset({Do.ADD, Do.PUT, Do.SET, Do.CHANGE, Do.SAY, Do.MOVE, Do.CUT, Do.KEEP, Do.FADE, Do.SHOW})
_PLACES = frozenset({When.START, When.END, When.FIRST, When.LAST})
_SHOWING = frozenset({Do.ADD, Do.PUT, Do.SHOW})
_CARRIED = frozenset({Do.CUT, Do.TRIM, Do.KEEP, Do.MUTE, Do.FASTER, Do.SLOWER})
# What says by itself what is to be done, or to what.
_TELLING = NAMED | {Kind.LUFS}
_OF_EACH = frozenset({When.EACH, Thing.IMAGE})
_SLIDES = frozenset({Thing.IMAGE, Do.SLIDESHOW})
_MEASURES = frozenset({Kind.TIME, Kind.FACTOR, Kind.PERCENT, Kind.DECIBEL, Kind.NUMBER})
_BELOW = ("underneath", "under it", "below", "beneath", "under")
_JUST = frozenset().union(*every("sentences", "JUST"))
_TOO = tuple(start for starts in every("sentences", "TOO") for start in starts)
_EACH_OF_THEM = frozenset().union(*every("sentences", "EACH_OF_THEM"))
_BARE = frozenset({Kind.RATIO, Kind.DEGREES, Kind.FACTOR})


def parts(token: Token) -> bool:
    """Whether it may part two wishes: a pause, an "and"."""
    return (token.kind is Kind.BREAK and token.value in PAUSES) or token.value is Join.AND


def begins(tokens: Sequence[Token], index: int) -> bool:
    """Whether a wish could begin there with nothing to part it from the one before: at a verb, in Chinese also at an
    edge that stands before one (最后淡出)."""
    before, token, after = tokens[index - 1], tokens[index], tokens[index + 1 : index + 2]
    if before.kind is Kind.BREAK or before.value in (Join.AND, Join.THEN):
        return False
    led = (
        not token.text.isascii() and token.value in _PLACES and bool(after) and isinstance(after[0].value, Do)
    )
    return led or (isinstance(token.value, Do) and (token.text.isascii() or before.value not in _PLACES))


def wishes(tokens: Sequence[Token]) -> bool:
    """Whether anything is wished for yet, so that something could come after it."""
    told = any(
        acts(token) or token.kind in _TELLING | _BARE or token.value in (Thing.CREDITS, Thing.STATUS)
        for token in tokens
    )
    return told or without_verb(tokens)


def new_wish(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a comma or an "and" between the two parts one wish from another."""
    rest = until_next_break(after)
    verdicts = (parts_them for parts_them, holds in _JOINTS if holds(before, rest))
    return next(verdicts, bool(inherited(before, rest)))


# What tells, in this order, whether two wishes part there (True) or one goes on (False).
_JOINTS: tuple[tuple[bool, Callable[[Sequence[Token], Sequence[Token]], bool]], ...] = (
    # "split it at 2, 4 and 6"
    (False, lambda before, rest: all(token.kind is Kind.NUMBER for token in rest)),
    (True, lambda before, rest: _complains(before) and _speaks_up(rest)),
    # "the music is too loud, and the video is too dark"
    (True, lambda before, rest: _complains(before) and _complains(rest)),
    # "only the first 6 seconds, song underneath"
    (True, lambda before, rest: only_part(before) and _has(rest, Thing.MUSIC, Thing.TITLE, Thing.LOGO)),
    # "lose the title and run the video at 2x"
    (True, lambda before, rest: plays(rest) and any(map(acts, before)) and not paced(before)),
    # "run b.mp4 at 200%, don't touch the others"
    (True, lambda before, rest: declined(rest) and any(t.value is not Filler.WORD for t in before)),
    # "b first, then a, then c, and make everything black and white"
    (True, lambda before, rest: ordered(before) and any(map(acts, rest))),
    # "don't export yet, just double the speed"
    (True, lambda before, rest: declined(before) and rest[0].text.lower() in _JUST and len(rest) > 2),
    (True, lambda before, rest: _both_quote(before, rest) and _two_texts(before, rest)),
    (False, lambda before, rest: _both_quote(before, rest)),
    (True, both_paced),
    (True, both_moved),
    (True, lambda before, rest: alike(before, rest) or (names_speed(rest) and not paced(before))),
    # "music at 20%, the original sound at 150%"
    (True, lambda before, rest: bool(levels(rest) and levels(before)) and levels(before) != levels(rest)),
    # "the song underneath, and fade it out"
    (True, lambda before, rest: _laid_below(before) and any(map(acts, rest))),
    # What nobody knows is no part of the next wish; what wishes nothing goes on in it.
    (True, lambda before, rest: not _wishes_already(before) and foreign(before) and any(map(acts, rest))),
    (False, lambda before, rest: not _wishes_already(before)),
    # "swap b.mp4 and c.mp4 and mute all of them"
    (False, lambda before, rest: _has(before, Do.SWAP, Do.MERGE) and _one_name(before) and _then_and(rest)),
    # "the music should start at 3 seconds and end at 8"
    (False, lambda before, rest: _begins_at(before) and _ends_at(rest)),
    # "start at 2s, end at 4s, the title “Hi”"
    (False, lambda before, rest: of_something_else(rest) and not _acts_already(before) and not placed_logo(before)),
    (False, lambda before, rest: rest[0].text in _EACH_OF_THEM or _twins(before, rest) or _enumerates(before, rest)),
    # "cut the first 2 s and halve the volume"
    (True, lambda before, rest: _other_volume(before, rest) and not _has(before, Thing.VOLUME)),
    (False, lambda before, rest: _other_volume(before, rest)),
    (True, lambda before, rest: foreign(rest) and not awaits_words(before)),
    # "a slideshow, show each for 2 seconds", "2.5 seconds a photo"
    (False, lambda before, rest: _has(before, *_SLIDES) and _has(rest, *_OF_EACH)),
    # "make it quieter, don't mute it"
    (True, lambda before, rest: rest[0].value is Filler.NOT and len(rest) > 1),
    # "black and white, with lofi.mp3 at 10%", "make it sepia and 2x"
    (True, lambda before, rest: looks_alone(before) and any(t.kind in (Kind.FILE, Kind.FACTOR) for t in rest)),
    (True, lambda before, rest: asks_to_be_told(rest) or _names_new(before, rest)),
    (True, lambda before, rest: sets_an_edge(rest) and not _sets_the_other(before, rest)),
    (True, lambda before, rest: any(map(acts, rest)) or _has(rest, Thing.CREDITS, Thing.STATUS)),
)  # fmt: skip


def _laid_below(before: Sequence[Token]) -> bool:
    return _has(before, Thing.MUSIC) and any(token.text.lower() in _BELOW for token in before)


def _begins_at(before: Sequence[Token]) -> bool:
    return any(t.value is When.FROM and t.text.lower().startswith(("start", "begin")) for t in before)


def _ends_at(rest: Sequence[Token]) -> bool:
    """ "End at 8", and nothing more."""
    meant = [token for token in rest if token.value not in (Filler.WORD, Join.AND)]
    ends = len(meant) == 2 and meant[0].value is When.TO and meant[0].text.lower().startswith(("end", "stop"))
    return ends and meant[1].kind in (Kind.TIME, Kind.NUMBER)


def _one_name(before: Sequence[Token]) -> bool:
    return sum(token.kind in (Kind.FILE, Kind.ORDINAL) or short_name(token) for token in before) == 1


def _then_and(rest: Sequence[Token]) -> bool:
    """Whether a name comes first, and then another "and"."""
    meant = [token for token in rest if token.value is not Filler.WORD]
    named = bool(meant) and (meant[0].kind in (Kind.FILE, Kind.ORDINAL) or short_name(meant[0]))
    return named and len(meant) > 1 and meant[1].value is Join.AND


def _has(tokens: Sequence[Token], *concepts: object) -> bool:
    return any(token.value in concepts for token in tokens)


def _acts_already(before: Sequence[Token]) -> bool:
    return any(acts(token) or token.kind in _BARE for token in before)


def _wishes_already(before: Sequence[Token]) -> bool:
    return _acts_already(before) or without_verb(before)


def _complains(before: Sequence[Token]) -> bool:
    """ "It's gone too fast, let the title stay on for 5 seconds", "b.mp4 is too slow, run it at 3x": the wish comes
    after."""
    too = any(token.text.lower().startswith(_TOO) or token.text.lower() == "too" for token in before)
    return _has(before, Filler.DISLIKE) or (too and not any(token.kind in _MEASURES for token in before))


def _speaks_up(rest: Sequence[Token]) -> bool:
    """Whether it says what it is about, or how long."""
    return any(
        (isinstance(token.value, Thing) and token.value is not Thing.IT) or token.kind in _MEASURES
        for token in rest
    )


def _both_quote(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    return all(any(token.kind is Kind.QUOTED for token in side) for side in (before, rest))


def _two_texts(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    return _has(rest, *_SHOWING) or bool(inherited(before, rest)) or both_placed(before, rest)


def _other_volume(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    return states_volume(rest) and _has(before, *_CARRIED, *_FADES)


def _same_again(before: Sequence[Token], rest: Sequence[Token]) -> list[Token]:
    """ "Trim a.mp4 to 2 seconds and b.mp4 to 3 seconds": the verb, which is said once for both."""
    named = next((token for token in rest if token.text.lower() != "the"), None)
    short = named is not None and named.kind is Kind.WORD and len(named.text) == 1
    if named is None or not (short or named.kind in (Kind.FILE, Kind.ORDINAL)):
        return []
    timed = all(
        any(t.value is When.TO for t in side) and any(t.kind is Kind.TIME for t in side)
        for side in (before, rest)
    )
    return [token for token in before if token.value in _CARRIED][:1] if timed else []


def _names_new(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "A slideshow, with the title “Summer”", "square, logo top left": a thing that no verb before it waits for."""
    named = {token.value for token in before}
    if named & _AWAITING and Do.SLIDESHOW not in named and not placed_logo(before):
        return False
    titled = any(t.kind is Kind.QUOTED for t in rest) and any(t.value in (Thing.TITLE, Do.SAY) for t in rest)
    spoken = any(token.kind is Kind.QUOTED for token in before) or Thing.TITLE in named
    return (titled and not spoken) or (placed_logo(rest) and Thing.LOGO not in named)


def _sets_the_other(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "Start it at 0:02 and end it at 0:08": of one thing both, so that the times are those of one stretch."""
    things = [{t.value for t in side if isinstance(t.value, Thing)} - {Thing.IT} for side in (before, rest)]
    starts = any(token.value is When.START for token in before)
    timed = any(token.kind is Kind.TIME for token in before)
    return starts and timed and rest[0].value is When.END and (not things[1] or things[0] == things[1])


def completed(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """ "The last 3 seconds. Gone.": the sentence that follows is the verb of the one before."""
    rest = [token for token in until_next_break(after) if token.value is not Filler.WORD]
    bare = bool(before) and not any(acts(token) or token.kind in NAMED for token in before)
    return bare and [token.value for token in rest] == [Do.CUT]


def only_a_name(after: Sequence[Token]) -> bool:
    """Whether what follows is a clip's name and nothing else."""
    rest = [token for token in until_next_break(after) if token.value is not Filler.WORD or token.text == "a"]
    short = len(rest) == 1 and len(rest[0].text) == 1 and rest[0].text.isascii()
    return short or (len(rest) == 1 and rest[0].kind is Kind.FILE)


def _twins(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """ "A fade-in and a 2 second fade-out on the music": one wish of two alike, whose object comes last."""
    meant = [token for token in after if token.value is not Filler.WORD and token.kind is not Kind.TIME]
    named = any(token.kind is Kind.FILE or isinstance(token.value, Thing) for token in before)
    return bool(before and meant) and not named and before[-1].value in _FADES and meant[0].value in _FADES


def _enumerates(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """ "The order should be b, c, a": what the names stand for is not known here."""
    short = all(len(token.text) <= 2 and not isinstance(token.value, Do) for token in after)
    return short and any(token.value is Thing.ORDER for token in before)


def carried_on(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """ "Cut 2s at the start, then 1s at the end": a time alone is for the verb before it."""
    rest = until_next_break(after)
    times = any(token.kind in (Kind.TIME, Kind.PERCENT) for token in rest)
    if not times or any(acts(token) or token.kind in NAMED for token in rest):
        return []
    return [token for token in before if token.value in _CARRIED][:1]


def inherited(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """ "Add a title and music" adds twice: the verb that the second wish takes over from the first."""
    rest = until_next_break(after)
    if any(isinstance(token.value, Do) and token.value not in _OBJECTS for token in rest):
        return []
    if again := _same_again(before, rest):
        return again
    if both_moved(before, rest):
        return [token for token in before if token.value in (Do.PUT, Do.MOVE, Do.ADD)][:1]
    if both_paced(before, rest) and not paced(rest):
        return [token for token in before if paced([token])][:1]
    if alike(before, rest):
        return [] if paced(rest) else [token for token in before if acts(token)][:1]
    quoted = all(any(token.kind is Kind.QUOTED for token in side) for side in (before, rest))
    verbs = [t for t in before if t.value is Do.ADD or (quoted and t.value in _SHOWING)]
    texts = [token for token in before if token.value in (Thing.TITLE, Thing.CAPTIONS)]
    if (verbs or texts) and quoted:
        return [*verbs[:1], *texts[:1]]
    old = {token.value for token in before if token.value in _OBJECTS}
    new = {token.value for token in rest if token.value in _OBJECTS}
    return verbs[:1] if verbs and old and new and not old & new else []
