"""A multipart body, streamed part by part straight to where its bytes belong.

A form parser would spool 500 MB into the temporary folder first and copy it from there.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable
from typing import TYPE_CHECKING, Protocol

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ..errors import InvalidInput
from ..media.formats import base_name

if TYPE_CHECKING:  # its name exists for type checkers only
    from python_multipart.multipart import MultipartCallbacks


_LONGEST_BOUNDARY = 70  # as RFC 2046 has it
_LONGEST_HEAD = 16_000


class Sink(Protocol):
    """Takes one file's bytes."""

    def write(self, data: bytes) -> None: ...
    def close(self) -> None: ...


async def receive(
    content_type: str, body: AsyncIterable[bytes], field: str, open_sink: Callable[[str], Sink]
) -> None:
    """Feed every file of `field` to a sink that `open_sink(file name)` makes. Other parts are passed over.

    Raises InvalidInput when the body is no multipart or ends in the middle; what a sink raises goes through.
    """
    kind, options = _options(content_type.encode("latin-1", "replace"))
    if kind != b"multipart/form-data" or b"boundary" not in options:
        raise InvalidInput(
            "The upload is not multipart/form-data.", next_step="Send the files in the field 'files'."
        )
    if not 0 < len(options[b"boundary"]) <= _LONGEST_BOUNDARY:
        raise InvalidInput(
            "The upload's boundary is too long.", next_step="Take one of at most 70 characters."
        )
    parts = _Parts(field, open_sink)
    parser = MultipartParser(options[b"boundary"], parts.callbacks())
    try:
        async for chunk in body:
            if chunk:
                parser.write(chunk)
        parser.finalize()
    except FormParserError as error:
        raise InvalidInput(f"The upload's body is broken: {error}.", next_step="Send it again.") from None
    if not parts.ended:
        raise InvalidInput("The upload ended in the middle.", next_step="Send it again.")


def _options(header: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """A header's value and its options; nothing of one that can't be read."""
    try:
        return parse_options_header(header)
    except (ValueError, LookupError):
        return b"", {}


class _Parts:
    """The parser's callbacks: reads each part's headers, opens its sink, passes its bytes on."""

    def __init__(self, field: str, open_sink: Callable[[str], Sink]) -> None:
        self.ended = False
        self._field = field
        self._open_sink = open_sink
        self._sink: Sink | None = None
        self._headers: dict[bytes, bytes] = {}
        self._name = b""
        self._value = b""
        self._read = 0

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._part_begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_finished,
            "on_part_data": self._part_data,
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def _part_begin(self) -> None:
        self._headers, self._sink, self._read = {}, None, 0

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]
        self._count(end - start)

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]
        self._count(end - start)

    def _count(self, more: int) -> None:
        self._read += more
        if self._read > _LONGEST_HEAD:
            raise InvalidInput("A part of the upload has too long a head.", next_step="Send it again.")

    def _header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def _headers_finished(self) -> None:
        _, options = _options(self._headers.get(b"content-disposition", b""))
        if options.get(b"name") == self._field.encode() and b"filename" in options:
            self._sink = self._open_sink(base_name(options[b"filename"].decode("utf-8", "replace")))

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._sink is not None:
            self._sink.write(data[start:end])

    def _part_end(self) -> None:
        if self._sink is not None:
            self._sink.close()

    def _end(self) -> None:
        self.ended = True
