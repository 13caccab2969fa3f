"""Numbers, times and other amounts in German."""

from __future__ import annotations

from collections.abc import Iterable

_ONES = "ein zwei drei vier fünf sechs sieben acht neun".split()
_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn".split()
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig".split()
_ENDINGS = ("", "n", "r", "s", "m")
_RARE: dict[str, float] = {
    "zwo": 2,
    "fuenf": 5,
    "zwoelf": 12,
    "fuenfzehn": 15,
    "dreissig": 30,
    "fuenfzig": 50,
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


# ---- numbers
DECIMAL = r"[.,]"
_SIMPLE: dict[str, float] = {
    "null": 0,
    "eins": 1,
    **{word: number for number, word in enumerate(_ONES, 1) if number > 1},
    **{word: number for number, word in enumerate(_TEENS, 10)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **_RARE,
}
_BELOW_HUNDRED: dict[str, float] = _SIMPLE | {
    f"{one}und{ten}": 10 * tens + ones
    for tens, ten in enumerate(_TENS, 2)
    for ones, one in enumerate(_ONES, 1)
}
_HUNDREDS: dict[str, float] = {
    "hundert": 100,
    **{f"{one}hundert": 100 * n for n, one in enumerate(_ONES, 1)},
}
_HALVES: dict[str, float] = {
    "anderthalb": 1.5,
    "eineinhalb": 1.5,
    **{f"{one}einhalb": n + 0.5 for n, one in enumerate(_ONES + _TEENS, 1) if n > 1},
}
NUMBERS: dict[str, float] = {
    **_BELOW_HUNDRED,
    **_HUNDREDS,
    **{f"{hundred}{word}": n + m for hundred, n in _HUNDREDS.items() for word, m in _BELOW_HUNDRED.items()},
    **_HALVES,
    "ein-paar": 3,
    "ein-dutzend": 12,
}
_below_hundred = rf"(?:(?:{_either(_ONES)})und)?(?:{_either(_TENS)}|dreissig|fuenfzig)|{_either(_SIMPLE)}"
NUMBER = (
    rf"\b(?:{_either(_HALVES)}|(?:{_either(_ONES)})?hundert(?:{_below_hundred})?|{_below_hundred}|ein paar|ein dutzend)"
    rf"(?: komma (?:{_either(_SIMPLE)}))?\b"
)
POINT = " komma "
AND_A_HALF = " und ein halb"
NUMERALS: dict[str, int] = {}
SCALES: dict[str, int] = {}

# ---- times
UNITS: dict[str, str] = {
    "ms": r"millisekunden?\b|msek\b",
    "s": r"sekunden?\b|sek\b\.?|sec\b|secs\b",
    "m": r"minuten?\b|min\b\.?",
    "h": r"stunden?\b|std\b\.?",
}
SHARES: dict[str, float] = {
    r"(?:eine[rn]? )?halben? ": 0.5,
    r"(?:eine[rn]? )?dreiviertel ?": 0.75,
    r"(?:eine[rn]? )?viertel ?": 0.25,
}
ONE = r"\bein(?:e[nrm]?)? "
HALF_MORE = r" und eine halbe"
MEASURE = r"(?!)"
EXTRA = r"(?:weiteren?|zusätzlichen?|ganzen?|vollen?|mehr) "
AND = r",? und |, "
NTH = r"(?!)"
SECONDS_LEFT_OUT = (  # "4 Minuten 10"
    r"(?:(?<=minuten)|(?<=minute)|(?<=min)) \d{1,2}(?![\d:%]|[.,]\d| ?(?:s\b|sek|ms|min|x\b|mal|prozent|clips))"
)
MOMENT = r"\b(?:sek(?:unden?|\.)?|minute) (?P<n>\d+(?:[.,]\d+)?)(?![\d:%])"
LONE_UNIT = (
    r"(?:(?<=ersten )|(?<=letzten )|(?<=erste )|(?<=letzte )|(?<=diese ))"
    r"(?P<unit>sekunde|minute|stunde)\b(?P<half>(?!))?"
)

# ---- other amounts
FRAMES = r"frames?\b(?! (?:pro|je)\b|/)|einzelbild(?:er|ern)?\b"
NO_FRAMES = r"(?!)"
FRAME = r"\bframe "
PERCENT = r"prozent\b|proz\."
PERCENT_OF = r"(?!)"
TENTHS = r"(?!)"
PARTS: dict[str, float] = {
    r"\bein(?:em)? fünftel\b": 1 / 5,
    r"\bein(?:em)? sechstel\b": 1 / 6,
    r"\bein(?:em)? achtel\b": 1 / 8,
    r"\bein(?:em)? zehntel\b": 1 / 10,
}
PARTS_OF = r"(?!)()()"
DECIBEL = r"dezibel"
TIMES = r"mal\b|fach(?:e[nrsm]?)?\b"
HALF_TIMES = r"(?!)"
FOLDS: dict[str, float] = {
    f"{word}{ending}": float(number)
    for number, word in enumerate(_ONES + _TEENS, 1)
    if number > 1
    for ending in ("mal", "fach", "fache", "fachen", "facher", "faches", "fachem")
}
DEGREES = r"grad\b"
_NTH = "zweit dritt viert fünft sechst siebt acht neunt zehnt".split()
ORDINALS: dict[str, int] = {
    f"{word}e{ending}": number for number, word in enumerate(_NTH, 2) for ending in _ENDINGS
} | {f"fuenfte{ending}": 5 for ending in _ENDINGS}
NTH_ONE = r"(?:(?<=der )|(?<=die )|(?<=das )|(?<=den )|(?<=dem )|(?<=im )|(?<=und ))(\d{1,3})\.(?= ?[a-zäöü])"
BY = r"zu"
SIDES = r"\b(?:eins|zwei|drei|vier|fünf|neun|sechzehn)\b"
BEFORE_A_CLOCK = ("bei ", "um ", "nach ", "vor ", "bis ", "ab ", "von ")

VALUE_WORDS = frozenset(
    {
        *"sekunde sekunden sek minute minuten min stunde stunden prozent grad dezibel halbe halben mal komma".split(),
        *"millisekunden fünftel sechstel achtel zehntel".split(),
        *_SIMPLE,
        *_HALVES,
        *ORDINALS,
    }
)
STARTS = rf"\b(?:eine?[nrm]?|frame|{_either({*VALUE_WORDS, *FOLDS, *_HUNDREDS})}|{_either(_ONES)})"
