"""Numbers, times and other amounts in English: words with their values, and patterns.

In a pattern `<N>` is any number. Where several patterns fit at a place, the longest match counts.
"""

from __future__ import annotations

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SIMPLE: dict[str, float] = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_ones, _tens = "|".join(sorted(_ONES, key=len, reverse=True)), "|".join(_TENS)

# ---- numbers. Between the words of one stands a hyphen here, whatever somebody wrote.
DECIMAL = r"\."
_BELOW_HUNDRED = _SIMPLE | {
    f"{ten}-{one}": _SIMPLE[ten] + _SIMPLE[one] for ten in _TENS for one in _ONES[1:10]
}
NUMBERS: dict[str, float] = (
    _BELOW_HUNDRED
    | {f"{word}-hundred": 100 * number for word, number in _BELOW_HUNDRED.items()}
    | {f"{word}-dozen": 12 * number for word, number in _SIMPLE.items()}
    | {"a-dozen": 12, "half-a-dozen": 6, "a-hundred": 100, "a-couple": 2, "a-couple-of": 2}
)
NUMBER = (
    rf"\b(?:(?:(?:{_tens})(?:[- ](?:{_ones}))?|(?:{_ones}))(?:[ -]hundred)?(?: point (?:{_ones})| and a half)?"
    rf"|(?:{_ones}|half a|a) dozen|a couple(?: of)?|a hundred)\b"
)
POINT = " point "
AND_A_HALF = " and a half"
NUMERALS: dict[str, int] = {}  # single characters that stand for digits, and for powers of ten
SCALES: dict[str, int] = {}

# ---- times
UNITS: dict[str, str] = {
    "ms": r"milliseconds?\b|msecs?\b",
    "s": r"seconds?\b|secs?\b",
    "m": r"minutes?\b|mins?\b",
    "h": r"hours?\b|hrs?\b",
}
# Shares of a unit, as they stand before it; and what stands for one of it.
SHARES: dict[str, float] = {
    r"half(?: an?)?[ -]": 0.5,
    r"three quarters? of an? ": 0.75,
    r"(?:a )?quarters?(?: of an?)?[ -]": 0.25,
}
ONE = r"\ban? "
HALF_MORE = r" and a half"  # before or after the unit
MEASURE = r"(?!)"  # between a number and its unit
EXTRA = r"(?:more|extra|additional|further|full|whole) "
AND = r",? and |, "
NTH = r"(?!)"  # before a time that is a moment
SECONDS_LEFT_OUT = (  # "4 minutes 10"
    r"(?:(?<=minutes)|(?<=minute)|(?<=min)) "
    rf"(?:\d{{1,2}}|(?:{_tens})(?:[- ](?:{_ones}))?|(?:{_ones}))"
    r"(?![\d:%]|[.,]\d| ?(?:s\b|sec|ms|min|x\b|times|percent|clips))"
)
MOMENT = r"\b(?:second|minute) (?P<n>\d+(?:\.\d+)?)(?![\d:%])"
LONE_UNIT = (
    r"(?:(?<=first |final )|(?<=last |that |this ))(?P<unit>second|minute|hour)\b(?P<half> and a half)?"
)

# ---- other amounts
FRAMES = r"-?frames?\b(?! (?:a|per)\b|/)"
NO_FRAMES = r"(?!)"  # what only looks like a count of them
FRAME = r"\bframe "
PERCENT = r"percent\b|per cent\b|pct\b"
PERCENT_OF = r"(?!)"  # before the number
TENTHS = r"(?!)"
PARTS: dict[str, float] = {
    r"\b(?:a|one)[ -]fifth\b": 1 / 5,
    r"\b(?:a|one)[ -]sixth\b": 1 / 6,
    r"\b(?:a|one)[ -]eighth\b": 1 / 8,
    r"\b(?:a|one)[ -]tenth\b": 1 / 10,
}
PARTS_OF = r"(?!)()()"  # whole and part
DECIBEL = r"decibels?"
TIMES = r"times?\b"
HALF_TIMES = r"(?!)"
FOLDS: dict[str, float] = {
    "triple": 3.0, "thrice": 3.0, "quadruple": 4.0, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0,
}  # fmt: skip
DEGREES = r"degrees?\b|grades\b|deg\b"
ORDINALS: dict[str, int] = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
NTH_ONE = r"\b(\d{1,3})(?:st|nd|rd|th)\b"
# ---- shapes: "16 by 9", "1280 by 720"; and what makes of 9:16 a time
BY = r"by"
SIDES = r"\b(?:one|two|three|four|five|nine|sixteen)\b"
BEFORE_A_CLOCK = ("at ", "after ", "before ", "until ")

# Words that such values are made of; a slip of the keyboard in one is put right like any other.
VALUE_WORDS = frozenset(
    {
        *"second seconds sec secs minute minutes min mins hour hours half percent degrees times".split(),
        *"decibels hundred point couple dozen".split(),
        *_SIMPLE,
        *ORDINALS,
        *FOLDS,
    }
)
STARTS = rf"\b(?:an?|frame|{'|'.join(sorted(VALUE_WORDS, key=len, reverse=True))})\b"
