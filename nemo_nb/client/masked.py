"""Strings that must never show themselves, and texts cleaned of them.

IPython's verbose tracebacks print local variables, so a token may not be a plain `str` in any frame
that can raise. It travels as a `Secret` and is revealed in the very expression that sends it.
"""

from __future__ import annotations

import base64
import re
import weakref
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn
from urllib.parse import quote

__all__ = ["Secret", "Veil", "hidden", "presentable", "without_context"]

_CREDENTIALS = re.compile(
    r"""(?xi)
    \b(?: nmv | clm )_[\w.-]+            # the backend's own tokens and claim tokens
    | \bbearer\s+\S+
    | (?P<url> https?://[^\s"'<>]*+ )       # whose query is what signs it
    """
)
_LONGEST = 300
_LONGEST_READ = 20_000
_SHORTEST = 4  # of what is asked to be hidden
_SHORTEST_LIVING = 16  # of what is hidden wherever it turns up: a short one may be a word
_BEGUN = 4  # characters of a secret that tell its beginning from a word's


class Secret:
    """A string with a masked `repr` and `str`, which can't be pickled.

    >>> token = Secret("nmv_usr_1234")
    >>> token
    Secret(…)
    >>> f"Bearer {token.reveal()}"
    'Bearer nmv_usr_1234'
    """

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        if len(value) >= _SHORTEST_LIVING and "/" not in value:  # a URL is found by its query
            _living.add(self)

    def reveal(self) -> str:
        """The string itself: use it in the expression that needs it, never bind it to a name."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret is never stored.")


# The one list of what must not be shown: every secret that this process holds.
_living: weakref.WeakSet[Secret] = weakref.WeakSet()


def hidden(text: str, secrets: Iterable[Secret] = (), by: str = "•••") -> str:
    """The text without `secrets` and without any other that this process holds, however they are written: as they
    are, in base64, in hex or percent-coded.

    >>> hidden("the token is aHVzaC1odXNo", [Secret("hush-hush")])
    'the token is •••'
    """
    for spelling in _spellings((*secrets, *_living)):
        if spelling in text:
            text = text.replace(spelling, by)
    return text


def _spellings(secrets: Iterable[Secret]) -> Iterator[str]:
    """Every way in which one of them may stand in a text, the long ones first."""
    found: dict[str, None] = {}
    for value in {secret.reveal() for secret in secrets}:
        if len(value) < _SHORTEST:
            continue
        raw = value.encode("utf-8", "surrogatepass")
        every = "".join(f"%{byte:02X}" for byte in raw)
        ways = [value, quote(value, safe=""), every, every.lower(), raw.hex(), raw.hex().upper()]
        for before in range(3):  # what stands before it in the bytes shifts the letters
            whole = base64.b64encode(bytes(before) + raw).decode("ascii")
            sure = whole[(before * 8 + 5) // 6 : (before + len(raw)) * 8 // 6]
            ways += [sure, sure.replace("+", "-").replace("/", "_")]
        found |= dict.fromkeys(way for way in ways if len(way) >= _SHORTEST)
    return iter(sorted(found, key=len, reverse=True))


class Veil:
    """Hides secrets in a text that comes piece by piece, and may part them.

    `whole` is the text so far; what comes back is what may be shown of it. The beginning of a secret is held back
    until it shows what it is.

    >>> veil = Veil([Secret("nmv_usr_1234")])
    >>> veil.over("Your token: nmv_us"), veil.over("Your token: nmv_usr_1234."), veil.over("Done.")
    ('Your token: ', 'Your token: redacted.', 'Done.')
    """

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._spellings = tuple(_spellings((*secrets, *_living)))
        self._longest = max(map(len, self._spellings), default=0)
        self._parts = {
            way[at : at + _BEGUN] for way in self._spellings for at in range(len(way) - _BEGUN + 1)
        }

    def touches(self, whole: str, added: int) -> bool:
        """Whether the last `added` characters end a secret, or may begin one. Quick: asked for every word."""
        if whole[-_BEGUN:] in self._parts:
            return True
        window = whole[-(self._longest + added) :]
        return any(way in window for way in self._spellings)

    def is_over(self, text: str) -> bool:
        """Whether there is anything in a text to hide."""
        return any(way in text for way in self._spellings)

    def over(self, whole: str, *, ended: bool = False) -> str:
        for way in self._spellings:
            whole = whole.replace(way, "redacted")
        return whole if ended else whole[: len(whole) - self._begun(whole)]

    def inside(self, data: Any) -> Any:
        """Data of JSON with every string of it veiled, the names of its fields as well."""
        if isinstance(data, str):
            return self.over(data, ended=True)
        if isinstance(data, dict):
            return {self.inside(name): self.inside(value) for name, value in data.items()}
        if isinstance(data, list | tuple):
            return type(data)(self.inside(item) for item in data)
        return data

    def _begun(self, text: str) -> int:
        lengths = range(min(self._longest - 1, len(text)), _BEGUN - 1, -1)
        return next(
            (length for length in lengths if any(way.startswith(text[-length:]) for way in self._spellings)),
            0,
        )

    def __repr__(self) -> str:
        return "Veil(…)"


def without_context(error: BaseException) -> BaseException:
    """An error of ours without the foreign ones that led to it: httpx's hold the request, and with it the token."""
    from ..errors import NemoError

    if isinstance(error, NemoError):
        for link in (error.__cause__, error.__context__):
            if link is not None and not isinstance(link, NemoError):
                error.__cause__ = error.__context__ = None
                break
    return error


def presentable(text: object, *secrets: Secret) -> str:
    """A backend's message made fit to show: one line, of bounded length, with no credentials and no markup.

    >>> presentable("bad token nmv_usr_1234, see https://cdn.test/a?sig=1")
    'bad token •••, see https://cdn.test/a?•••'
    """
    line = " ".join(hidden(str(text), secrets)[:_LONGEST_READ].split())
    if line[:1] == "<":  # a page of some proxy, not a message
        return ""
    line = _CREDENTIALS.sub(_without_credentials, line)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _without_credentials(found: re.Match[str]) -> str:
    if not found["url"]:
        return "•••"
    place = min((at for at in map(found["url"].find, "?#") if at >= 0), default=-1)
    return found["url"] if place < 0 else f"{found['url'][:place]}?•••"
