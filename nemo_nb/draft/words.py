"""Changes in words. The words stand in `tongues/*/changes.py`; here is how they are put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..tongues import Language, table
from .figures import figures
from .lettering import PLAIN

if TYPE_CHECKING:
    from .difference import Change


class _Words:
    """The words of one language, and its figures."""

    def __init__(self, language: Language) -> None:
        words = table(language, "changes")
        self.figures = figures(language)
        self.fields: Mapping[str, str] = words.FIELDS
        self.said: Mapping[str, str] = words.SENTENCES
        self._values: Mapping[str, str] = words.VALUES

    def say(self, key: str, **values: str) -> str:
        return self.said[key].format(**values)

    def value(self, name: Any, field: str = "") -> str:
        """What a value of the draft is called."""
        return self._values.get(f"{field}.{name}") or self._values.get(name) or str(name)

    def listed(self, parts: list[str]) -> str:
        return self.said["and"].join(parts)


@cache
def _words(language: Language) -> _Words:
    return _Words(language)


def value_name(value: str, field: str, language: Language) -> str:
    """What a value of a field is called, such as `cover` of `fit`; where it has no name, the value itself."""
    return _words(language).value(value, field)


_Writer = Callable[[Any, _Words], str]


def _ms(value: Any, words: _Words) -> str:
    return words.figures.seconds(int(value))


def _span(value: Any, words: _Words) -> str:
    return words.figures.span(*value)


def _percent(value: Any, words: _Words) -> str:
    return words.figures.percent(float(value))


def _times(value: Any, words: _Words) -> str:
    return words.figures.times(float(value))


def _degrees(value: Any, words: _Words) -> str:
    return words.figures.degrees(float(value))


def _rate(value: Any, words: _Words) -> str:
    return words.figures.rate(float(value))


def _size(value: Any, words: _Words) -> str:
    return f"{value[0]}x{value[1]}"


def _filters(value: Any, words: _Words) -> str:
    looks = [_filter(item, words) for item in value or () if isinstance(item, Mapping)]
    return words.listed(looks) or words.said["none"]


def _filter(item: Mapping[str, Any], words: _Words) -> str:
    name, amount = words.value(item.get("name")), item.get("amount", 1)
    return name if amount == 1 else f"{name} {words.figures.percent(amount, signed=True)}"


def _style(value: Any, words: _Words) -> str:
    """`bold, #ffeb3b, 10%`: what is set, a length as a share of the canvas' height."""
    parts = []
    for key, item in (value or {}).items():
        if item is False and PLAIN.get(key):
            parts.append(words.value(f"no {key}", "style"))
        if item in (None, False):
            continue
        name = "" if key in _SELF_EVIDENT else words.value(key, "style")
        shown = words.figures.percent(item) if isinstance(item, float) else words.value(item)
        parts.append(name if item is True else f"{name} {shown}".strip())
    return words.listed(parts) or words.said["plain"]


def _box(value: Any, words: _Words) -> str:
    if not value:
        return words.said["none"]
    sides = {"width": value.get("w", 1), "height": value.get("h", 1)}
    return words.say("box", **{side: words.figures.percent(share) for side, share in sides.items()})


def _transition(value: Any, words: _Words) -> str:
    if not value:
        return words.said["none"]
    return f"{words.value(value.get('type'))} {_ms(value.get('duration_ms', 0), words)}"


def _duck(value: Any, words: _Words) -> str:
    return f"{words.figures.number(float(value['amount_db']))} dB" if value else words.said["none"]


def _numbers(value: Any, words: _Words) -> str:
    return " + ".join(map(str, value)) if value else words.said["none"]


def _flip(value: Any, words: _Words) -> str:
    return words.value(value, "flip") if value else words.said["none"]


def _fit(value: Any, words: _Words) -> str:
    return words.value(value, "fit")


def _quoted(value: Any, words: _Words) -> str:
    """What somebody wrote or named stays as it is."""
    return words.said["none"] if value is None else f'"{value}"' if isinstance(value, str) else str(value)


def _word(value: Any, words: _Words) -> str:
    return words.said["none"] if value is None else words.value(value)


# The fields of a segment, in the order in which they are told, and how their values are written.
FIELDS: dict[str, _Writer] = {
    "text": _quoted,
    "name": _quoted,
    "volume": _percent,
    "muted": _word,
    "speed": _times,
    "fade_in_ms": _ms,
    "fade_out_ms": _ms,
    "video_fade_in_ms": _ms,
    "video_fade_out_ms": _ms,
    "loop": _word,
    "fit": _fit,
    "position": _word,
    "scale": _percent,
    "opacity": _percent,
    "rotation": _degrees,
    "flip": _flip,
    "filters": _filters,
    "style": _style,
    "crop": _box,
    "transition": _transition,
    "reverse": _word,
    "freeze": _word,
    "duck": _duck,
    "sound_tracks": _numbers,
}
DEFAULTS: dict[str, Any] = {
    "volume": 1.0, "muted": False, "speed": 1.0, "fade_in_ms": 0, "fade_out_ms": 0, "video_fade_in_ms": 0,
    "video_fade_out_ms": 0, "loop": False, "fit": "contain", "position": "center", "scale": 1.0,
    "opacity": 1.0, "rotation": 0, "filters": [], "reverse": False, "freeze": False,
}  # fmt: skip
_WHOLE: dict[str, _Writer] = {
    "at": _span,
    "source": _span,
    "canvas": _size,
    "fps": _rate,
    "background": _word,
    "total": _ms,
}
# Of some fields of a style the value says enough.
_SELF_EVIDENT = ("color", "font")


def field_order(key: str) -> tuple[int, str]:
    names = list(FIELDS)
    return (names.index(key) if key in names else len(names), key)


def sentence(change: Change, language: Language) -> str:
    """One change, in one line: `Lo-fi: volume 35% → 50%`."""
    words = _words(language)
    if change.field == "segment":
        return _whole_segment(change, words)
    told = _told(change, words)
    if not change.subject:
        return told
    subject = f"{change.subject} ({words.figures.span(*change.piece)})" if change.piece else change.subject
    return words.say("of", subject=subject, told=told)


def value_in_words(field: str, value: Any, language: Language = "en") -> str:
    """A field of a segment and its value: `opacity 40%`, `reversed`."""
    words = _words(language)
    name = words.fields[field]
    return name if value is True else f"{name} {_written(FIELDS[field], value, words)}"


def _told(change: Change, words: _Words) -> str:
    value = change.before if change.after is None else change.after
    match change.field:
        case "part":
            return words.say(f"part {change.kind}", at=_span(value, words))
        case "split":
            return words.say("split", at=words.listed([_ms(time, words) for time in value]))
        case "joined":
            return words.said["joined"]
    name = words.fields.get(change.field, change.field)
    if isinstance(change.after, bool) and isinstance(change.before, bool):
        return name if change.after else words.say("off", field=name)
    write = (FIELDS | _WHOLE).get(change.field, _quoted)
    before, after = (_written(write, value, words) for value in (change.before, change.after))
    return words.say("changed", field=name, before=before, after=after)


def description(added: Change, language: Language) -> str:
    """A segment with its track, its time and all that was done to it: `b.mp4 (Video: 12-20s, look warm)`."""
    return _whole_segment(added, _words(language), "described")


def _whole_segment(change: Change, words: _Words, way: str = "added") -> str:
    facts = dict(change.after or change.before or {})
    at = _span(facts.pop("at"), words)
    if change.kind == "removed":
        return words.say("removed", subject=change.subject, at=at)
    track = str(facts.pop("track", ""))
    parts = [at]
    for key, value in facts.items():
        shown = "" if value is True else f" {_written(FIELDS[key], value, words)}"
        parts.append(words.fields[key] + shown)
    return words.say(way, subject=change.subject, track=track, facts=words.listed(parts))


def _written(write: _Writer, value: Any, words: _Words) -> str:
    """A cloud's draft may hold anything; what isn't of the field's kind is shown as it is."""
    try:
        return write(value, words)
    except (TypeError, ValueError, AttributeError, KeyError):
        return _quoted(value, words)
