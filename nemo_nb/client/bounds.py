"""How much a backend may say. What goes beyond is no answer any more, and is given up before it fills the memory."""

from __future__ import annotations

import httpx

from ..errors import BackendError

__all__ = [
    "MOST_BYTES",
    "MOST_EVENT",
    "MOST_FILE",
    "MOST_TEXT",
    "PACKED",
    "TooMuch",
    "check_values",
    "unpackable",
]

# Gzip makes a thousand times as much of a block at most; others have no bound, nor has what is packed twice.
PACKED = {"Accept-Encoding": "gzip, deflate"}

MOST_BYTES = 200_000_000  # of an answer or a whole stream, once it is unpacked
MOST_EVENT = 16_000_000  # bytes of one event of a stream, ended or not
MOST_FILE = 20_000_000_000  # of a download whose length isn't told
MOST_TEXT = 1_000_000  # characters of one message: each event holds it anew
_MOST_VALUES = 2_000_000  # of JSON: each takes 64 bytes once it is read, if only two of the answer's


class TooMuch(BackendError):
    """An answer beyond these bounds."""

    def __init__(
        self, what: str = "The backend's answer is too large.", *, next_step: str | None = None
    ) -> None:
        super().__init__(what, next_step=next_step)


async def unpackable(response: httpx.Response) -> None:
    """Refuse an answer that may become gigabytes at its first block: httpx unpacks a block whole."""
    if response.headers.get("content-encoding", "").strip().lower() not in (
        "",
        "identity",
        "gzip",
        "deflate",
    ):
        raise TooMuch("The backend's answer is packed in a way that nobody asked for.")


def check_values(json: bytes | str) -> None:
    """TooMuch for JSON that would take out of all proportion when it is read."""
    if len(json) > 2 * _MOST_VALUES:
        marks = (b",", b"[", b"{") if isinstance(json, bytes) else (",", "[", "{")
        if sum(map(json.count, marks)) > _MOST_VALUES:  # type: ignore[arg-type]
            raise TooMuch
