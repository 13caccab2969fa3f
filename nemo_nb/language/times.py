"""Times as people write them, in milliseconds: `1m20s`, `three and a half seconds`, `0:30`, 一秒半, 两分二十."""

from __future__ import annotations

import re

from .numbers import NUMBER, value_of

_UNITS = {
    "ms": r"milliseconds?\b|msecs?\b|ms(?![a-z])|毫秒",
    "s": r"seconds?\b|secs?\b|s(?![a-z])|秒钟?",
    "m": r"minutes?\b|mins?\b|m(?![a-z])|分钟?",
    "h": r"hours?\b|hrs?\b|h(?![a-z])|小时",
}
_FRACTION = r"half(?: an?)?[ -]|(?:three |a )?quarters? of an? "
_MS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
_AND = r"(?:,? and |, | |)"


def _part(unit: str) -> str:
    """A number with its unit; `half`, `a` or a number, and "and a half" on either side of the unit."""
    return (
        rf"(?:(?P<half>{_FRACTION}|半个?)|(?P<a>\ban? )|(?P<n>{NUMBER})(?P<n_half> and a half|个半|半)?个?)"
        rf"[ -]?(?:more |extra |additional |further |full |whole )?(?P<unit>{unit})(?P<unit_half> and a half|半)?"
    )


def _descending() -> str:
    """Units go down: "1 minute and 5 seconds" is one time, "2 seconds and 4 seconds" are two."""
    ms, s, m, h = (re.sub(r"\?P<\w+>", "?:", _part(unit)) for unit in _UNITS.values())
    s_ms = rf"(?:{s})(?:{_AND}(?:{ms}))?"
    m_s = rf"(?:{m})(?:{_AND}(?:{s_ms}))?"
    return rf"(?:(?:{h})(?:{_AND}(?:{m_s}|{s_ms}))?|{m_s}|{s_ms}|{ms})"


_SECONDS_LEFT_OUT = r"(?<=分)(?:\d+|[一二三四五六七八九十]+)"

LENGTH = rf"第?{_descending()}(?:{_SECONDS_LEFT_OUT})?"
CLOCK = r"(?:\d{1,2}:)?\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?(?!:?\d)"
NAMED_SECOND = r"\bsecond (?P<n>\d+(?:\.\d+)?)(?![\d:%])"
LONE_UNIT = (
    r"(?:(?<=first |final )|(?<=last |that |this ))(?P<unit>second|minute|hour)\b(?P<half> and a half)?"
)

_parts = re.compile(_part("|".join(_UNITS.values())))
_rest = re.compile(rf"{_SECONDS_LEFT_OUT}$")


def length_ms(match: re.Match[str]) -> int:
    """The value of a match of `LENGTH`."""
    total = 0.0
    for part in _parts.finditer(match[0]):
        amount = _fraction(part["half"]) if part["half"] else 1.0 if part["a"] else value_of(part["n"])
        amount += 0.5 if part["n_half"] or part["unit_half"] else 0
        total += amount * _MS[next(name for name in _UNITS if re.fullmatch(_UNITS[name], part["unit"]))]
    rest = _rest.search(match[0])
    return round(total + (value_of(rest[0]) * 1000 if rest else 0))


def _fraction(text: str) -> float:
    """Of half a second, a quarter of a second, three quarters of a second."""
    if "quarter" not in text:
        return 0.5
    return 0.75 if text.startswith("three") else 0.25


def clock_ms(match: re.Match[str]) -> int:
    """The value of a match of `CLOCK`."""
    seconds = 0.0
    for text in match[0].replace(",", ".").split(":"):
        seconds = seconds * 60 + float(text)
    return round(seconds * 1000)


def named_ms(match: re.Match[str]) -> int:
    """`from second 2 to second 4`."""
    return round(float(match["n"]) * 1000)


def lone_ms(match: re.Match[str]) -> int:
    """`the last second`, `the first second and a half`, `the first minute`."""
    return round(_MS[match["unit"][0]] * (1.5 if match["half"] else 1))
