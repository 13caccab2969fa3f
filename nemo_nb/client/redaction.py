"""What a recorded conversation may not hold: credentials, and what tells who had it.

Ids and URLs become numbered names, the same one each time, so that what belongs together still does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .masked import Secret, hidden

__all__ = ["Redactor"]

_TOKEN = re.compile(r"(?i)\b(?:nmv|clm)_[\w.-]+|\bbearer\s+[^\s\"']+|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*")
_URL = re.compile(r"https?://[^\s\"'<>\\]++")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++")
_EXPORT = re.compile(r"\brender_\d+_[0-9a-f]+\b")
_IDS = {"session_id": "session", "sessionid": "session", "task_id": "task", "taskid": "task", "user_id": "user",
        "userid": "user", "invocationid": "turn", "invocation_id": "turn"}  # fmt: skip
_PERSONAL = (
    "email",
    "mail",
    "phone",
    "mobile",
    "username",
    "nickname",
    "avatar",
    "ip",
    "token",
    "password",
    "cookie",
)
_SHORTEST = 6  # an id of fewer characters is no secret, and would be found inside of words


class Redactor:
    """Cleans the texts of one conversation. `secrets` are those that are known when it is asked.

    >>> redact = Redactor(lambda: [Secret("hush-hush")])
    >>> redact.text('{"user_id": "u-123456", "note": "hush-hush, see https://cdn.test/a?sig=1"}')
    '{"user_id": "user-1", "note": "redacted, see https://cassette.invalid/1"}'
    >>> redact.text("for u-123456 by ann@example.com")
    'for user-1 by someone@example.invalid'
    """

    def __init__(self, secrets: Callable[[], Sequence[Secret]]) -> None:
        self._secrets = secrets
        self._names: dict[str, str] = {}
        self._given: set[str] = set()
        self._counts: dict[str, int] = {}

    def text(self, text: str) -> str:
        """The text without them. JSON, and the JSON in a stream's events, stays JSON."""
        for fields in _objects(text):
            self._learn(fields)
        text = hidden(text, self._secrets(), by="redacted")
        text = _TOKEN.sub("redacted", text)
        text = _URL.sub(lambda found: self.url(found[0]), text)
        text = _MAIL.sub("someone@example.invalid", text)
        text = _EXPORT.sub(lambda found: self._name("render", found[0], "_"), text)
        for value in sorted(self._names, key=len, reverse=True):
            text = text.replace(value, self._names[value])
        return text.replace(str(Path.home()), "~") if len(str(Path.home())) > 1 else text

    def url(self, url: str) -> str:
        """A name for a URL, which may be a signed one."""
        if url.startswith("https://cassette.invalid/"):
            return url
        return f"https://cassette.invalid/{self._name('url', url.partition('?')[0]).rpartition('-')[2]}"

    def _learn(self, value: Any) -> None:
        if isinstance(value, list):
            for item in value:
                self._learn(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, str) and len(item) >= _SHORTEST and not item.startswith("http"):
                    if kind := _IDS.get(key.lower()):
                        self._name(kind, item)
                    elif any(word in key.lower().split("_") for word in _PERSONAL):
                        self._names.setdefault(item, "redacted")
                self._learn(item)

    def _name(self, kind: str, value: str, joint: str = "-") -> str:
        if value not in self._names:
            if value in self._given:
                return value
            self._counts[kind] = self._counts.get(kind, 0) + 1
            self._names[value] = f"{kind}{joint}{self._counts[kind]}"
            self._given.add(self._names[value])
        return self._names[value]


def _objects(text: str) -> list[Any]:
    """The JSON in a body: all of it, or that of each event."""
    found = []
    for part in [text, *re.findall(r"^data:(.*)$", text, re.MULTILINE)]:
        try:
            found.append(json.loads(part))
        except ValueError:
            continue
    return found
