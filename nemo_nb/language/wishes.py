"""Where one wish ends and the next begins: which commas, which "and", which full stops part two of them.

Each rule looks at the tokens before a joint and at those after it, up to the next pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from .concepts import Ask, Beyond, Blend, Degree, Do, Filler, Join, Look, Shape, Thing, When, Where
from .pairs import alike, both_placed, paced
from .tokens import Kind, Token

_ENDS = frozenset(".!?;\n。！？；…")
_PAUSES = frozenset(",，、:：()")
_OBJECTS = frozenset(
    {Thing.MUSIC, Thing.TITLE, Thing.CAPTIONS, Thing.LOGO, Thing.TRANSITION, Thing.LOOK, Thing.FADE, Do.FADE_IN,
     Do.FADE_OUT, Do.FADE, Do.TO_BLACK}
)  # fmt: skip
_ANY_BREAK = _ENDS | _PAUSES
_FADES = frozenset({Do.FADE_IN, Do.FADE_OUT})
# Verbs that often stand beside another one ("make it faster", "turn … upside down") and begin nothing by themselves.
_LIGHT = frozenset({Do.SAY, Do.PLAY, Do.COUNTERCLOCKWISE, Do.SHOW})
# Verbs whose object may come after a comma.
_AWAITING = frozenset({Do.ADD, Do.PUT, Do.SET, Do.CHANGE, Do.SAY, Do.MOVE, Do.CUT, Do.KEEP, Do.FADE, Do.SHOW})
_PLACES = frozenset({When.START, When.END, When.FIRST, When.LAST})
_STOPS = ("stop", "end", "finish")
_SHOWING = frozenset({Do.ADD, Do.PUT, Do.SHOW})
_EDGE_VERBS = ("start", "begin", "end", "finish")
_CARRIED = frozenset({Do.CUT, Do.TRIM, Do.KEEP, Do.MUTE, Do.FASTER, Do.SLOWER})
_SOUNDS = {Thing.MUSIC: Thing.MUSIC, Thing.SOUND: Thing.SOUND, Thing.VIDEO: Thing.SOUND}
_NAMED = frozenset({Kind.QUOTED, Kind.FILE})
# What says by itself what is to be done, or to what.
_TELLING = _NAMED | {Kind.LUFS}
_OF_EACH = frozenset({When.EACH, Thing.IMAGE})
_SLIDES = frozenset({Thing.IMAGE, Do.SLIDESHOW})
_AMOUNTS = frozenset({Kind.PERCENT, Kind.DECIBEL, Kind.NUMBER})
_BARE = frozenset({Kind.RATIO, Kind.DEGREES, Kind.FACTOR})


def parts(token: Token) -> bool:
    """Whether it may part two wishes: a pause, an "and"."""
    return (token.kind is Kind.BREAK and token.value in _PAUSES) or token.value is Join.AND


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
        _acts(token) or token.kind in _TELLING | _BARE or token.value in (Thing.CREDITS, Thing.STATUS)
        for token in tokens
    )
    return told or _without_verb(tokens)


def new_wish(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether a comma or an "and" between the two parts one wish from another."""
    rest = _until_next_break(after)
    if all(token.kind is Kind.NUMBER for token in rest):
        return False  # "split it at 2, 4 and 6"
    if any(token.value is Filler.DISLIKE for token in before) and any(
        (isinstance(token.value, Thing) and token.value is not Thing.IT) or token.kind is Kind.TIME
        for token in rest
    ):
        return True  # "it's gone too fast, let the title stay on for 5 seconds"
    if _only_part(before) and any(token.value in (Thing.MUSIC, Thing.TITLE, Thing.LOGO) for token in rest):
        return True  # "only the first 6 seconds, song underneath"
    if _plays(rest) and any(map(_acts, before)) and not paced(before):
        return True  # "lose the title and run the video at 2x"
    if _declined(rest) and any(token.value is not Filler.WORD for token in before):
        return True  # "run b.mp4 at 200%, don't touch the others"
    if _ordered(before) and any(map(_acts, rest)):
        return True  # "b first, then a, then c, and make everything black and white"
    if all(any(token.kind is Kind.QUOTED for token in side) for side in (before, rest)):
        shown = any(token.value in _SHOWING for token in rest)
        return shown or bool(inherited(before, after)) or both_placed(before, rest)
    if alike(before, rest) or (_names_speed(rest) and not paced(before)):
        return True
    if _levels(rest) and _levels(before) and _levels(before) != _levels(rest):
        return True  # "music at 20%, the original sound at 150%"
    if not (any(_acts(t) or t.kind in _BARE for t in before) or _without_verb(before)):
        return _foreign(before) and any(map(_acts, rest))  # what nobody knows is no part of the next wish
    if _spoken(rest) and not any(_acts(t) or t.kind in _BARE for t in before) and not _placed_logo(before):
        return False  # "start at 2s, end at 4s, the title “Hi”"
    if rest[0].text == "各" or _twins(before, rest) or _enumerates(before, rest):
        return False
    if _states_volume(rest) and any(token.value in (*_CARRIED, *_FADES) for token in before):
        return not any(
            token.value is Thing.VOLUME for token in before
        )  # "cut the first 2 s and halve the volume"
    if _foreign(rest) and not _awaits_words(before):
        return True
    if any(t.value in _SLIDES for t in before) and any(t.value in _OF_EACH for t in rest):
        return False  # "a slideshow, show each for 2 seconds", "2.5 seconds a photo"
    if rest[0].value is Filler.NOT and len(rest) > 1:
        return True  # "make it quieter, don't mute it"
    if _shown(before) and any(token.kind in (Kind.FILE, Kind.FACTOR) for token in rest):
        return True  # "black and white, with lofi.mp3 at 10%", "make it sepia and 2x"
    if _asks(rest) or _names_new(before, rest) or (_sets_an_edge(rest) and not _sets_the_other(before, rest)):
        return True
    if any(_acts(token) or token.value in (Thing.CREDITS, Thing.STATUS) for token in rest):
        return True
    return bool(inherited(before, after))


def _plays(rest: Sequence[Token]) -> bool:
    """ "Run the video at 2x", "play it at half speed" """
    first = next((token for token in rest if token.value is not Filler.WORD), None)
    return first is not None and first.value is Do.PLAY and paced(rest)


def _declined(rest: Sequence[Token]) -> bool:
    """ "don't cut anything", 别动音乐: what is not to be done."""
    meant = [token.value for token in rest if token.value not in (Filler.WORD, Join.AND)][:2]
    return len(meant) == 2 and meant[0] is Filler.NOT and isinstance(meant[1], Do)


def _ordered(tokens: Sequence[Token]) -> bool:
    """ "b first, a, c": short names and a place, and nothing else."""
    meant = [token for token in tokens if token.value is not Filler.WORD]
    named = [token for token in meant if token.kind is Kind.FILE or _short_name(token)]
    placed = [token for token in meant if token.value in (When.FIRST, When.LAST)]
    return len(named) > 1 and bool(placed) and len(named) + len(placed) == len(meant)


def _short_name(token: Token) -> bool:
    """One or two letters are the short name of a clip: "mute a and c"."""
    return token.kind is Kind.WORD and len(token.text) <= 2 and token.text.isascii()


def _names_speed(rest: Sequence[Token]) -> bool:
    """前3秒不要，2倍速: a factor that says itself what it is of."""
    return all(token.kind is Kind.FACTOR and "速" in token.text for token in rest)


def _shown(before: Sequence[Token]) -> bool:
    """Whether a look or a shape is wished for, and nothing else."""
    acts = [token.value for token in before if _acts(token) and token.value is not Do.SET]
    return bool(acts) and all(isinstance(act, (Look, Shape)) for act in acts)


def _placed_logo(tokens: Sequence[Token]) -> bool:
    """ "Logo top left": a wish without a verb."""
    return any(t.value is Thing.LOGO for t in tokens) and any(isinstance(t.value, Where) for t in tokens)


def _asks(rest: Sequence[Token]) -> bool:
    """ "… and tell me how long it is" """
    first = [token.value for token in rest if token.value is not Filler.WORD][:2]
    return len(first) == 2 and first[0] is Do.SHOW and isinstance(first[1], Ask)


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


def _without_verb(tokens: Sequence[Token]) -> bool:
    """ "Logo top left", "b.mp4 to the front", "music down to 25%": a wish, though nothing acts."""
    values = {token.value for token in tokens if token.kind is Kind.CONCEPT}
    goes = any(token.kind is Kind.FILE for token in tokens) and When.TO in values and values & _PLACES
    paced = Thing.SPEED in values and values & {Degree.HALF, Degree.DOUBLE}
    laid = Thing.MUSIC in values and Where.BOTTOM in values  # "song underneath"
    if laid or _only_part(tokens):
        return True
    starts = any(token.value is When.FROM and token.text.lower().startswith("start") for token in tokens)
    if starts and any(token.value is When.TO and token.text.lower().startswith(_STOPS) for token in tokens):
        return True  # "start at 0:03, stop at 0:09"
    return _placed_logo(tokens) or bool(goes) or bool(paced) or bool(_levels(tokens))


def _only_part(tokens: Sequence[Token]) -> bool:
    """ "Only the first 6 seconds" """
    alone = any(token.text.lower().startswith(("only", "just")) for token in tokens[:2])
    return alone and any(
        a.value in (When.FIRST, When.LAST) and b.kind is Kind.TIME for a, b in pairwise(tokens)
    )


def _spoken(tokens: Sequence[Token]) -> bool:
    """Whether it is about something else than the video, which a start and an end may be of."""
    return any(t.kind in _NAMED or t.value in (Thing.TITLE, Thing.CAPTIONS, Thing.MUSIC) for t in tokens)


def _names_new(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "A slideshow, with the title “Summer”", "square, logo top left": a thing that no verb before it waits for."""
    named = {token.value for token in before}
    if named & _AWAITING and Do.SLIDESHOW not in named and not _placed_logo(before):
        return False
    titled = any(t.kind is Kind.QUOTED for t in rest) and any(t.value in (Thing.TITLE, Do.SAY) for t in rest)
    spoken = any(token.kind is Kind.QUOTED for token in before) or Thing.TITLE in named
    return (titled and not spoken) or (_placed_logo(rest) and Thing.LOGO not in named)


def _sets_an_edge(rest: Sequence[Token]) -> bool:
    """ "… and start it at 0:05", "… and end the music at 8s": a verb that is a place elsewhere."""
    if rest[0].value not in (When.START, When.END) or rest[0].text.lower() not in _EDGE_VERBS:
        return False
    meant = [token for token in rest[1:] if token.value is not Filler.WORD]
    named = bool(meant) and isinstance(meant[0].value, Thing)
    return named and any(token.kind is Kind.TIME for token in meant)


def _sets_the_other(before: Sequence[Token], rest: Sequence[Token]) -> bool:
    """ "Start it at 0:02 and end it at 0:08": of one thing both, so that the times are those of one stretch."""
    things = [{t.value for t in side if isinstance(t.value, Thing)} - {Thing.IT} for side in (before, rest)]
    starts = any(token.value is When.START for token in before)
    timed = any(token.kind is Kind.TIME for token in before)
    return starts and timed and rest[0].value is When.END and (not things[1] or things[0] == things[1])


def _foreign(tokens: Sequence[Token]) -> bool:
    """Words that nobody knows and nothing else: a wish of its own, so that it is named and not passed over."""
    known = [token for token in tokens if token.kind is not Kind.WORD and token.value is not Filler.WORD]
    return not known and any(token.kind is Kind.WORD and not _short_name(token) for token in tokens)


def _levels(tokens: Sequence[Token]) -> frozenset[Any]:
    """The sounds that an amount is given for."""
    named = frozenset(_SOUNDS[token.value] for token in tokens if token.value in _SOUNDS)
    if not named:
        return named
    goal = any(a.value is When.TO and b.kind is Kind.NUMBER for a, b in pairwise(tokens))
    amounts = goal or any(token.kind in (Kind.PERCENT, Kind.DECIBEL) for token in tokens)
    return named if amounts or _states_volume(tokens) else frozenset()  # "the music twice as loud"


def _states_volume(tokens: Sequence[Token]) -> bool:
    amounts = any(token.kind in _AMOUNTS or isinstance(token.value, Degree) for token in tokens)
    return amounts and any(token.value is Thing.VOLUME for token in tokens)


def _awaits_words(before: Sequence[Token]) -> bool:
    """ "saying …", "put my name, …": what comes is the text that is to be shown."""
    quoted = any(token.kind is Kind.QUOTED for token in before)
    said = any(token.value is Do.SAY for token in before)
    return said or (not quoted and bool(before) and before[-1].value in (Thing.TITLE, Thing.CAPTIONS))


def completed(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """ "The last 3 seconds. Gone.": the sentence that follows is the verb of the one before."""
    rest = [token for token in _until_next_break(after) if token.value is not Filler.WORD]
    bare = bool(before) and not any(_acts(token) or token.kind in _NAMED for token in before)
    return bare and [token.value for token in rest] == [Do.CUT]


def only_a_name(after: Sequence[Token]) -> bool:
    """Whether what follows is a clip's name and nothing else."""
    rest = [
        token for token in _until_next_break(after) if token.value is not Filler.WORD or token.text == "a"
    ]
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


def _acts(token: Token) -> bool:
    if token.kind is not Kind.CONCEPT:
        return token.kind is Kind.RATIO
    if isinstance(token.value, Do):
        return token.value not in _LIGHT
    return isinstance(token.value, (Look, Shape, Blend, Beyond))


def carried_on(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """ "Cut 2s at the start, then 1s at the end": a time alone is for the verb before it."""
    rest = _until_next_break(after)
    times = any(token.kind in (Kind.TIME, Kind.PERCENT) for token in rest)
    if not times or any(_acts(token) or token.kind in _NAMED for token in rest):
        return []
    return [token for token in before if token.value in _CARRIED][:1]


def inherited(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """ "Add a title and music" adds twice: the verb that the second wish takes over from the first."""
    rest = _until_next_break(after)
    if any(isinstance(token.value, Do) and token.value not in _OBJECTS for token in rest):
        return []
    if again := _same_again(before, rest):
        return again
    if alike(before, rest):
        return [] if paced(rest) else [token for token in before if _acts(token)][:1]
    quoted = all(any(token.kind is Kind.QUOTED for token in side) for side in (before, rest))
    verbs = [t for t in before if t.value is Do.ADD or (quoted and t.value in _SHOWING)]
    texts = [token for token in before if token.value in (Thing.TITLE, Thing.CAPTIONS)]
    if (verbs or texts) and quoted:
        return [*verbs[:1], *texts[:1]]
    old = {token.value for token in before if token.value in _OBJECTS}
    new = {token.value for token in rest if token.value in _OBJECTS}
    return verbs[:1] if verbs and old and new and not old & new else []


def _until_next_break(tokens: Sequence[Token]) -> Sequence[Token]:
    for index, token in enumerate(tokens):
        if (token.kind is Kind.BREAK and token.value in _ANY_BREAK) or token.value is Join.THEN:
            return tokens[:index]
    return tokens
