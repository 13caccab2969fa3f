"""Server-sent events: from bytes to the `data` of each event.

Lines end with LF, CRLF or CR and nothing else. U+2028 and its like stand raw inside JSON strings, where readers
built on `str.splitlines` tear events apart; so lines are split as bytes and decoded afterwards.
"""

from __future__ import annotations

from .bounds import MOST_EVENT, TooMuch

__all__ = ["EventSplitter"]

_A_LINE = 64  # bytes that an empty line of data takes as well


class EventSplitter:
    """Feed it chunks cut anywhere; it returns the data of the events that they complete.

    TooMuch for an event larger than any, also where its line never ends.

    >>> splitter = EventSplitter()
    >>> splitter.feed(b'data: {"a"')
    []
    >>> splitter.feed(b': 1}\\n\\ndata:\\n\\n')
    ['{"a": 1}', '']
    """

    def __init__(self) -> None:
        self._line = bytearray()  # a line that has not ended yet
        self._data: list[bytes] = []  # data lines of an event that has not ended yet
        self._size = 0  # bytes of them
        self._after_cr = False
        self._at_start = True

    def feed(self, chunk: bytes) -> list[str]:
        if self._after_cr and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_cr = False
        if b"\r" in chunk:
            self._after_cr = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if b"\n" not in chunk:
            self._hold(chunk)
            return []
        *lines, rest = chunk.split(b"\n")
        if self._line:
            lines[0] = bytes(self._line + lines[0])
            self._line.clear()
        if self._at_start:
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
            self._at_start = False
        events = self._take(lines)
        self._hold(rest)
        return events

    def finish(self) -> list[str]:
        """The event that the stream's end cut off from its blank line, if there is one."""
        lines = [bytes(self._line), b""]
        self._line.clear()
        return self._take(lines)

    def _hold(self, rest: bytes) -> None:
        self._line += rest
        if self._size + len(self._line) > MOST_EVENT:
            raise TooMuch

    def _take(self, lines: list[bytes]) -> list[str]:
        events: list[str] = []
        data = self._data
        for line in lines:
            if not line:
                if data:
                    whole = data[0] if len(data) == 1 else b"\n".join(data)
                    events.append(whole.decode("utf-8", "replace"))
                    data.clear()
                    self._size = 0
                continue
            if line.startswith(b"data: "):
                data.append(line[6:])
            elif line.startswith(b"data:"):
                data.append(line[5:])
            elif line == b"data":
                data.append(b"")
            else:
                continue
            self._size += len(line) + _A_LINE
            if self._size > MOST_EVENT:
                raise TooMuch
        return events
