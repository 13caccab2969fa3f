"""The end of an anonymous token, said before it comes and when it has been.

An anonymous token is a user: after its seven days the next one is another user, to whom the backend answers that it
does not know the earlier projects.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from .identity import Token
from .journal import Entry

__all__ = ["farewell"]

_WARNING_MS = 2 * 24 * 3600 * 1000
_NAMED = 5


def farewell(token: Token | None, entries: Iterable[Entry], now_ms: int) -> str | None:
    """What there is to say about the kept token and the projects made with it; `None` for nothing.

    `entries` are the journal's, of the same backend.
    """
    if token is None or token.expires_ms - now_ms > _WARNING_MS:
        return None
    names = list(
        dict.fromkeys(entry.name for entry in entries if entry.session.user_id in ("", token.user_id))
    )
    if not names:
        return None
    listed = ", ".join(names[:_NAMED]) + (" and others" if len(names) > _NAMED else "")
    moment = f"{datetime.fromtimestamp(token.expires_ms / 1000):%Y-%m-%d %H:%M}"
    if token.valid(now_ms):
        return (
            f"The anonymous token ends at {moment}, and with it the access to {listed}. To keep a project, open it in "
            "the browser before that and register: print(project.claim_link().reveal())"
        )
    return (
        f"The anonymous token ended at {moment}. A new one is another user, who can't reach what was made before: "
        f"{listed}. Exported files are still where they were saved."
    )
