"""Server-sent events: from bytes to the `data` of each event.

Lines end with LF, CRLF or CR and nothing else. U+2028 and its like stand raw inside JSON strings, where readers
built on `str.splitlines` tear events apart; so lines are split as bytes and decoded afterwards.
"""

from __future__ import annotations

__all__ = ["EventSplitter"]


class EventSplitter:
    """Feed it chunks cut anywhere; it returns the data of the events that they complete.

    >>> splitter = EventSplitter()
    >>> splitter.feed(b'data: {"a"')
    []
    >>> splitter.feed(b': 1}\\n\\ndata:\\n\\n')
    ['{"a": 1}', '']
    """

    def __init__(self) -> None:
        self._line: list[bytes] = []  # pieces of a line that has not ended yet
        self._data: list[bytes] = []  # data lines of an event that has not ended yet
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
            if chunk:
                self._line.append(chunk)
            return []
        first, *lines = chunk.split(b"\n")
        if self._line:
            first = b"".join((*self._line, first))
            self._line.clear()
        lines.insert(0, first)
        if rest := lines.pop():
            self._line.append(rest)
        if self._at_start:
            lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
            self._at_start = False
        return self._take(lines)

    def finish(self) -> list[str]:
        """The event that the stream's end cut off from its blank line, if there is one."""
        lines = [b"".join(self._line), b""]
        self._line.clear()
        return self._take(lines)

    def _take(self, lines: list[bytes]) -> list[str]:
        events: list[str] = []
        data = self._data
        for line in lines:
            if not line:
                if data:
                    whole = data[0] if len(data) == 1 else b"\n".join(data)
                    events.append(whole.decode("utf-8", "replace"))
                    data.clear()
            elif line.startswith(b"data: "):
                data.append(line[6:])
            elif line.startswith(b"data:"):
                data.append(line[5:])
            elif line == b"data":
                data.append(b"")
        return events
