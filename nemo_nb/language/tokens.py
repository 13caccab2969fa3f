"""From text to typed tokens: quotes, file names, values, concepts, and the words that nobody knows.

Every token knows where in the original text it stands. Quotes and file names are taken first and whole:
what is inside them is never a command and never corrected.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import Any

from ..media import formats, subtitles
from ..tongues import every, table
from .concepts import Concept, Degree, Do, Filler, Join, Particle, Thing, When
from .detect import Language
from .phrases import PhraseBook, phrase_book, word_end, words_in
from .script import HAN, latin, simplified
from .values import Kind, Values, values

__all__ = ["Kind", "Token", "tokenize"]

_EXTENSIONS = "|".join((*formats.KIND, *subtitles.EXTENSIONS))
_PARTS = re.compile(r"(?<![a-z0-9])[a-z]+\d{3,}(?![a-z0-9])")  # "B002" of B002_cutaway.mp4
_URL = re.compile(r"https?://[^\s“”\"'<>，。）]+")
_PATH = r"\w\-.~/\\()"
# A name starts where no other can have started, and ends: so a long text is searched once.
_FILE = re.compile(rf"(?<![{_PATH}])[{_PATH}]{{0,250}}[\w)]\.(?:{_EXTENSIONS})(?![a-z0-9])", re.ASCII)
_FILE_ANY = re.compile(rf"(?<![\w\-.])[\w\-.~/\\]{{0,80}}\w\.(?:{_EXTENSIONS})(?![a-z0-9])")
_QUOTES = re.compile(
    r"„([^“”]*)[“”]|‚([^‘’]*)[‘’]|»([^«»]*)«|“([^“”]*)”|\"([^\"]*)\"|「([^」]*)」|『([^』]*)』|《([^》]*)》|«([^»]*)»|‘([^‘’]*)’(?![a-z])"
    r"|(?<![\w])'([^'\n]*(?:'[a-z][^'\n]*)*)'(?![\w])|`([^`]*)`"
)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0x2212: 0x2D,
    0x2019: 0x27,
}
_KEPT = {ord(character) for character in "，。；！？：、"}
_BREAKS = frozenset(".,;!?\n，。；！？、…：:()")
_ARTICLES = frozenset(word for words in every("sentences", "ARTICLES") for word in words)
_SENTENCE_ENDS = frozenset(".!?;\n。！？；")
_INTERJECTIONS = frozenset().union(*every("sentences", "INTERJECTIONS"))
_TRACKS = frozenset().union(*every("sentences", "TRACKS"))
_SPACED = 7  # the shortest name that may be said in several words
_ONE = frozenset({"a", "an", "one"})
_LEADING = frozenset({"the", "on", "at", "on the", "at the", "and"})
_DASHES = frozenset({"-", "–", "—"})
_AS_WRITTEN = frozenset({Kind.QUOTED, Kind.URL, Kind.FILE, Kind.WORD})
# Two ideas in one phrase: "open with the logo" adds it, at the start.
_UNFOLDED: dict[Any, tuple[Concept, ...]] = {
    Do.OPEN: (Do.ADD, When.START),
    Do.CLOSE: (Do.ADD, When.END),
    Do.LEAD: (Do.MOVE, When.FIRST),
    Do.CAPTION: (Do.ADD, Thing.CAPTIONS),
    Do.HARD_CUT: (Do.CUT, Thing.TRANSITION),
    Do.SKIP_TO: (When.START, When.AT),
    Do.REVERSE_ORDER: (Do.REVERSE, Thing.ORDER),
    Do.CUT_HEAD: (Do.CUT, When.FIRST),
    Do.CUT_TAIL: (Do.CUT, When.LAST),
    Do.WRITE: (Do.ADD, Do.SAY),
    Do.REORDER: (Do.MOVE, Thing.ORDER),
    Do.SCORE: (Do.ADD, Thing.MUSIC),
    Do.RESET: (Do.UNDO, Thing.ALL),
    Do.CUT_BOTH_ENDS: (Do.CUT, When.BOTH_ENDS),
    When.FOR_NEXT: (When.FOR, Thing.NEXT),
    Thing.WHOLE: (Thing.ALL, Thing.VIDEO),
}


@dataclass(frozen=True, slots=True)
class Token:
    """`text[start:end]` of the original, its kind and value (see `Kind`).

    Where it is understood, `text` is in simplified characters, as the lexicon is.
    """

    kind: Kind
    text: str
    start: int
    end: int
    value: Any = None


def tokenize(text: str, language: Language, names: Sequence[str] = ()) -> list[Token]:
    """The tokens of a text, in order and without overlap. `names` are the files that are known."""
    book, words = phrase_book(language), table(language, "sentences")
    scanned = _merged_words(text, _Scanner(text, book, values(language), names).tokens())
    whole = _with_particles(_with_nouns(list(scanned), book), book)
    tokens = [part for token in whole for part in _unfolded(token)]
    tokens = [_beside(token, after, words) for token, after in zip_longest(tokens, tokens[1:])]
    tokens = [_counted_cut(tokens[max(0, n - 2) : n], token) for n, token in enumerate(tokens)]
    return [_dropped_in(token, tokens[n + 1 : n + 7]) for n, token in enumerate(tokens)]


def _with_nouns(tokens: list[Token], book: PhraseBook) -> list[Token]:
    """The tokens, a verb that is written large inside a sentence being a noun: "in zwei Teile"."""
    return [
        replace(token, value=book.nouns[token.text.lower()])
        if token.kind is Kind.CONCEPT
        and token.text.lower() in book.nouns
        and token.text[0].isupper()
        and number
        and tokens[number - 1].value not in _SENTENCE_ENDS
        else token
        for number, token in enumerate(tokens)
    ]


def _with_particles(tokens: list[Token], book: PhraseBook) -> list[Token]:
    """The tokens, a verb having the meaning that its particle further on gives it: "schneide den Anfang weg"."""
    for place, token in enumerate(tokens if book.apart else ()):
        particle = token.text.lower()
        if particle not in book.particles or not (isinstance(token.value, Do) or _ends(tokens[place + 1 :])):
            continue
        for verb in reversed(range(place)):
            if tokens[verb].value in _SENTENCE_ENDS or tokens[verb].value is Join.THEN:
                break
            meaning = book.apart.get(tokens[verb].text.lower().partition(" ")[0], {}).get(particle)
            if meaning is not None:
                tokens[verb] = replace(tokens[verb], kind=Kind.CONCEPT, value=meaning)
                tokens[place] = replace(token, kind=Kind.CONCEPT, value=Filler.WORD)
                break
    return tokens


def _ends(after: Sequence[Token]) -> bool:
    """Whether nothing comes any more of what the verb is said of: a place or time would belong to the particle."""
    article = bool(after) and after[0].text.lower() in _ARTICLES  # "mach aus den Fotos ein Video"
    return (
        not after
        or after[0].kind is Kind.BREAK
        or (not article and isinstance(after[0].value, (Join, Filler, Do)))
    )


_PLACING = (When.AT, When.AFTER, When.BEFORE, When.BETWEEN, Join.AND)


def _dropped_in(token: Token, after: Sequence[Token]) -> Token:
    """ "Drop the beat in at 3 s": what is dropped in is added."""
    if token.value is not Do.CUT or token.text.lower() != "drop":
        return token
    if any(on.text.lower() in _LEADING and _is_track(it) for on, it in pairwise(after)):
        return replace(token, value=Do.ADD)  # "drop it on V2"
    for particle, following in zip_longest(after, after[1:]):
        if particle.kind is Kind.TIME or isinstance(particle.value, Do):
            return token
        if particle.value is Particle.IN:
            added = following is None or following.kind is Kind.BREAK or following.value in _PLACING
            return replace(token, value=Do.ADD) if added else token
    return token


def _is_track(token: Token) -> bool:
    """What editors call a track, where no file is called so."""
    return token.kind is Kind.CONCEPT and token.text.lower() in _TRACKS


def _counted_cut(before: Sequence[Token], token: Token) -> Token:
    """ "On the first cut", "at the second cut": where two clips meet, and nothing to be done."""
    if token.value is not Do.CUT or token.text.lower() not in ("cut", "cuts") or not before:
        return token
    opens = len(before) == 1 or before[0].text.lower() in _LEADING | _ONE or before[0].text in ":.\n"
    if before[-1].kind is Kind.TIME and opens and before[0].text.lower() not in ("at", "at the"):
        return replace(token, value=Thing.VIDEO)  # "a 15s cut for social"
    if len(before) < 2:
        return token
    counted = before[1].kind is Kind.ORDINAL or before[1].value in (When.FIRST, When.LAST)
    return replace(token, value=Thing.TRANSITION) if counted and before[0].text.lower() in _LEADING else token


def _beside(token: Token, after: Token | None, words: Any) -> Token:
    """As what comes next has it: "no, at the top" refuses nothing, and the dash of "not yet - cut it" parts."""
    if after is None or token.kind is not Kind.CONCEPT:
        return token
    comma = after.kind is Kind.BREAK and after.value in (",", "，")
    if token.text.lower() in _INTERJECTIONS and (comma or after.text.lower() in words.AFTER_NO):
        return replace(token, value=Filler.WORD)
    if token.text.lower() in words.THEREFORE and isinstance(after.value, Do):
        return replace(token, kind=Kind.BREAK, value=";")  # "it has to fit, so play it faster"
    if (
        token.text.lower() in words.SLIPS_FOR_AND
        and isinstance(after.value, Do)
        and after.text[0].lower() not in "aeiou"
    ):
        return replace(token, value=Join.AND)  # a slip for "and"
    if token.value is When.TO and token.text in _DASHES and isinstance(after.value, Do):
        return replace(token, kind=Kind.BREAK, value=";")
    return token


def _unfolded(token: Token) -> list[Token]:
    ideas = _UNFOLDED.get(token.value) if token.kind is Kind.CONCEPT else None
    return [replace(token, value=idea) for idea in ideas] if ideas else [token]


class _Scanner:
    """Walks over the text in its plain form: lower case, half-width, slips of the keyboard put right.

    `origin` leads from each place of the plain form back to the original.
    """

    def __init__(self, text: str, book: PhraseBook, values: Values, names: Sequence[str]) -> None:
        self.text = text
        self.understood = simplified(text)
        self.book = book
        self.values = values
        self.plain = _normalised(text)
        self.origin: Sequence[int] = range(len(text) + 1)
        self._spaced: dict[str, str] = {}  # names that may be said in several words, by their letters
        fixed = sorted(self._quotes_and_files(names), key=lambda token: token.start)
        self._correct([(token.start, token.end) for token in fixed])
        place = {original: plain for plain, original in reversed(list(enumerate(self.origin)))}
        self.fixed = {place[token.start]: (token, place[token.end]) for token in fixed}
        self.fixed_places = sorted(self.fixed)

    def tokens(self) -> Iterator[Token]:
        at = 0
        while at < len(self.plain):
            token, at = self.fixed.get(at) or self._next(at)
            if token is not None:
                yield token

    def _next(self, at: int) -> tuple[Token | None, int]:
        """The token at a place, if one is, and where to go on."""
        character = self.plain[at]
        if character.isspace():
            return (self._token(Kind.BREAK, at, at + 1, "\n") if character == "\n" else None), at + 1
        value = None if at and _inside_word(self.plain, at) else self.values.longest(self.plain, at)
        phrase = self._phrase(at)
        if value and (phrase is None or value[1] > phrase[1]) and value[1] <= self._free_until(at):
            return self._token(value[0], at, value[1], value[2]), value[1]
        if phrase:
            meaning, end = phrase
            kind = Kind.COLOUR if str(meaning).startswith("#") else Kind.CONCEPT
            return self._token(kind, at, end, meaning), end
        if character in _BREAKS:
            return self._token(Kind.BREAK, at, at + 1, character), at + 1
        end = word_end(self.plain, at)
        return (self._token(Kind.WORD, at, end, None) if character.isalnum() else None), end

    def _phrase(self, at: int) -> tuple[Concept | str, int] | None:
        """The longest phrase at a place, but "by" alone in "by half a second"."""
        found = self.book.longest(self.plain, at, self._free_until(at))
        if found and found[0] is Degree.HALF and (inside := self.plain.find("half", at + 1, found[1])) > 0:
            value = self.values.longest(self.plain, inside)
            if value and value[0] is Kind.TIME:
                return self.book.longest(self.plain, at, inside)
        return found

    def _token(self, kind: Kind, start: int, end: int, value: Any) -> Token:
        first, last = self.origin[start], self.origin[end]
        source = self.text if kind in _AS_WRITTEN else self.understood
        return Token(kind, source[first:last], first, last, value)

    def _free_until(self, start: int) -> int:
        """Where the next quote or file name starts: nothing else reaches into it."""
        index = bisect_right(self.fixed_places, start)
        return self.fixed_places[index] if index < len(self.fixed_places) else len(self.plain)

    def _quotes_and_files(self, names: Sequence[str]) -> Iterator[Token]:
        """In the order of their claim: quotes, addresses, files that are known, what looks like a file."""
        taken = bytearray(len(self.text))
        patterns = ((Kind.QUOTED, _QUOTES), (Kind.URL, _URL), (Kind.FILE, self._names(names)))
        for kind, pattern in (*patterns, (Kind.FILE, _FILE), (Kind.FILE, _FILE_ANY)):
            # Quotes are read as they were written, the rest in any case and width.
            for match in (
                pattern.finditer(self.text if kind is Kind.QUOTED else self.plain) if pattern else ()
            ):
                start, end = match.span()
                if any(taken[start:end]):
                    continue
                taken[start:end] = b"\1" * (end - start)
                inside = next((group for group in match.groups() if group is not None), self.text[start:end])
                meant = inside
                if kind is Kind.FILE and " " in inside and inside.lower() not in map(str.lower, names):
                    meant = self._spaced.get(_bare(inside), inside)
                if meant != inside and self.book.knows(inside):
                    continue
                yield self._token(Kind.FILE if inside in names else kind, start, end, meant)

    def _names(self, names: Sequence[str]) -> re.Pattern[str] | None:
        """The known files, by their name or by its stem where that is not a word with a meaning of its own."""
        wanted = {_normalised(name) for name in names}
        stems = {name.rsplit(".", 1)[0] for name in wanted}
        wanted |= {
            stem
            for stem in stems
            if (len(stem) > 2 or (len(stem) == 2 and (HAN.match(stem) or stem[-1].isdigit())))
            and (not self.book.knows(stem) or stem in _TRACKS)
            and not stem.isdigit()
        }
        wanted |= {part for stem in stems for part in _PARTS.findall(stem)}
        self._spaced = {_bare(name): name for name in stems | wanted if _is_spaced(name)}
        spaced = {name: re.escape(name) for name in wanted} | {
            name: "".join(re.escape(c) if c.isalnum() else r"[ ._-]" for c in name)
            if not name.isalpha()
            else "[ -]?".join(map(re.escape, name))
            for name in self._spaced.values()
        }
        if not spaced:
            return None
        return re.compile("|".join(_apart(name, spaced[name]) for name in sorted(spaced, key=_longest_first)))

    def _correct(self, untouched: Sequence[tuple[int, int]]) -> None:
        pieces, origin, at = list[str](), list[int](), 0
        spans = iter([*untouched, (len(self.plain) + 1, len(self.plain) + 1)])
        start, end = next(spans)
        for match in words_in(self.plain):
            while end <= match.start():
                start, end = next(spans)
            as_it_is = start < match.end() or self._is_name(match.start())
            meant = match[0] if as_it_is else self.book.corrected(match[0])
            if meant == match[0]:
                continue
            pieces += [self.plain[at : match.start()], meant]
            origin += [*range(at, match.start()), match.start(), *[match.end() - 1] * (len(meant) - 1)]
            at = match.end()
        self.plain = "".join([*pieces, self.plain[at:]])
        self.origin = [*origin, *range(at, len(self.text) + 1)]

    def _is_name(self, at: int) -> bool:
        """ "7 Harbour View, Brighton": written large inside a sentence, where nouns aren't, it is no slip."""
        before, word = self.text[:at].rstrip(" ,&"), self.text[at : at + 2]
        return not self.book.nouns and word.istitle() and before[-1:].isalnum()


def _apart(name: str, pattern: str) -> str:
    """A pattern for a name that no letter or digit may touch; what has no spaces between its words may: 轻音乐15%."""
    before, after = ("(?<![a-z0-9])" if latin(name[0]) else ""), ("(?![a-z0-9])" if latin(name[-1]) else "")
    return before + pattern + after


def _is_spaced(name: str) -> bool:
    """Whether a name may be said in several words: "first dance" is firstdance.mp4, "cat gif" cat.gif."""
    return name.isascii() and len(name) >= _SPACED and name[0].isalpha() and any(c.isalpha() for c in name)


def _bare(name: str) -> str:
    """A name without what parts its words."""
    return "".join(character for character in name.lower() if character.isalnum())


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _normalised(text: str) -> str:
    """Lower case, half-width and simplified, character for character."""
    table = {code: to for code, to in _HALF_WIDTH.items() if code not in _KEPT}
    return simplified("".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(table)))


def _inside_word(text: str, at: int) -> bool:
    return latin(text[at - 1]) and text[at - 1].isalpha() and latin(text[at])


def _merged_words(text: str, tokens: Iterator[Token]) -> Iterator[Token]:
    """Neighbouring unknown Chinese characters become one word."""
    held: Token | None = None
    for token in tokens:
        joins = held and token.kind is Kind.WORD and held.end == token.start and HAN.match(token.text)
        if held and joins and HAN.match(held.text):
            held = Token(Kind.WORD, text[held.start : token.end], held.start, token.end)
            continue
        if held:
            yield held
            held = None
        if token.kind is Kind.WORD:
            held = token
        else:
            yield token
    if held:
        yield held
