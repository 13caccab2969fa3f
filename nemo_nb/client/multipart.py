"""Files as a `multipart/form-data` body, streamed: the memory it takes doesn't depend on their sizes."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Sequence

from ..errors import BrokenMedia
from .uploads import LocalFile

__all__ = ["FilesBody", "OnUpload"]

OnUpload = Callable[[int, int, str], None]
"""Called with bytes sent and bytes in all of a file, and its name; on the client's loop, so it must be quick."""

_BLOCK = 256 * 1024


class FilesBody:
    """The body of one upload. `stream` makes it anew for every attempt."""

    def __init__(
        self, files: Sequence[LocalFile], on_progress: OnUpload | None = None, *, field: str = "files"
    ) -> None:
        boundary = secrets.token_hex(16)
        self._heads = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{_quoted(file.name)}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            for file in files
        ]
        self._tail = f"--{boundary}--\r\n".encode()
        self._files = files
        self._on_progress = on_progress
        length = sum(len(head) + file.size + 2 for head, file in zip(self._heads, files, strict=True))
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(length + len(self._tail)),
        }

    async def stream(self) -> AsyncIterator[bytes]:
        for head, file in zip(self._heads, self._files, strict=True):
            yield head
            async for block in self._content(file):
                yield block
            yield b"\r\n"
        yield self._tail

    async def _content(self, file: LocalFile) -> AsyncIterator[bytes]:
        sent = 0
        with file.opened() as source:
            # Never more than was promised, should the file have grown meanwhile.
            while block := source.read(min(_BLOCK, file.size - sent)):
                yield block
                sent += len(block)
                if self._on_progress:
                    self._on_progress(sent, file.size, file.name)
        if sent < file.size:
            raise BrokenMedia(f"{file.name} became shorter while it was sent.", next_step="Upload it again.")


def _quoted(name: str) -> str:
    """As browsers write it (the HTML standard): UTF-8, with three characters escaped."""
    return name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
