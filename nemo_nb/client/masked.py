"""Strings that must never show themselves, and texts cleaned of them.

IPython's verbose tracebacks print local variables, so a token may not be a plain `str` in any frame
that can raise. It travels as a `Secret` and is revealed in the very expression that sends it.
"""

from __future__ import annotations

import re
from typing import NoReturn

__all__ = ["Secret", "presentable"]

_CREDENTIALS = re.compile(
    r"""(?xi)
    \b(?: nmv | clm )_[\w.-]+            # the backend's own tokens and claim tokens
    | \bbearer\s+\S+
    | (?P<url> https?://[^\s?\#"'<>]* ) [?\#][^\s"'<>]*     # the query is what signs a URL
    """
)
_LONGEST = 300


class Secret:
    """A string with a masked `repr` and `str`, which can't be pickled.

    >>> token = Secret("nmv_usr_1234")
    >>> token
    Secret(…)
    >>> f"Bearer {token.reveal()}"
    'Bearer nmv_usr_1234'
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

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


def presentable(text: object, *secrets: Secret) -> str:
    """A backend's message made fit to show: one line, of bounded length, with no credentials and no markup.

    >>> presentable("bad token nmv_usr_1234, see https://cdn.test/a?sig=1")
    'bad token •••, see https://cdn.test/a?•••'
    """
    line = " ".join(str(text).split())
    if line[:1] == "<":  # a page of some proxy, not a message
        return ""
    for secret in secrets:
        if secret:
            line = line.replace(secret.reveal(), "•••")
    line = _CREDENTIALS.sub(lambda found: f"{found['url']}?•••" if found["url"] else "•••", line)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
