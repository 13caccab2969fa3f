"""What to upload: told apart and checked before a byte is sent.

A source is a path, a pattern such as `*.jpg`, a URL, an open binary file, `(name, bytes)` or a list of these;
`(name, path)` is a file under another name. Its format must be one that backends take, and its first bytes must agree
with its name.
"""

from __future__ import annotations

import contextlib
import difflib
import glob
import io
import os
import re
import shutil
import stat
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from ..errors import InvalidInput, MissingFile
from ..media.formats import (
    EVERYWHERE,
    HERE,
    KIND,
    SNIFF_BYTES,
    Accepted,
    check,
    extension_of,
    kind_of,
    too_large,
)
from .files import plain

__all__ = ["LocalFile", "One", "RemoteFile", "Source", "batches", "each", "examine"]

One = str | os.PathLike[str] | IO[bytes] | tuple[str, bytes | str | os.PathLike[str]]
Source = One | list[One]

_URL = re.compile(r"(?i)\A[a-z][a-z0-9+.-]+://")


@dataclass(frozen=True, slots=True, weakref_slot=True)
class LocalFile:
    """A checked file, ready to be read once or more. `size` is in bytes."""

    name: str
    size: int
    _open: Callable[[], IO[bytes]] = field(repr=False)
    _ours: bool = field(default=True, repr=False)
    path: Path | None = field(default=None, repr=False)
    """Where it lies, where it is a file of this machine."""

    def is_taken_by(self, accepted: Accepted) -> bool:
        return extension_of(self.name) in accepted.formats and self.size <= accepted.max_bytes

    def refuse_unless(self, accepted: Accepted) -> None:
        """UnsupportedFile or FileTooLarge for what a backend doesn't take, with what it does."""
        kind_of(self.name, accepted)
        if self.size > accepted.max_bytes:
            raise too_large(self.name, self.size, accepted)

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file from its start; closed afterwards, unless it is an open file of the user's."""
        try:
            stream = self._open()
        except OSError as error:
            raise InvalidInput(f"{self.name} can't be read: {error.strerror}.") from None
        try:
            yield stream
        finally:
            if self._ours:
                stream.close()


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A URL that the backend fetches itself. It may be a signed one, so it isn't shown."""

    url: str = field(repr=False)


def each(sources: Iterable[Source]) -> list[One]:
    """The sources one by one: those of lists, and the files that a pattern is of, by their names.

    MissingFile where a pattern is of none.
    """
    return [one for source in sources for one in _spread(source)]


def _spread(source: Any) -> Iterable[One]:
    if isinstance(source, list) or (isinstance(source, Iterator) and not hasattr(source, "read")):
        return each(source)
    text = os.fspath(source) if isinstance(source, str | os.PathLike) else ""
    if not glob.has_magic(text) or _URL.match(text) or os.path.lexists(text):  # a file may be called so
        return [source]
    if found := _fitting(Path(text).expanduser()):
        return found
    raise MissingFile(f"No file here fits {text[:200]!r}.{_there_is(Path(text))}")


def _fitting(pattern: Path) -> list[Path]:
    """The files of a pattern; none that are hidden."""
    first = next(number for number, part in enumerate(pattern.parts) if glob.has_magic(part))
    with contextlib.suppress(OSError, ValueError):
        found = sorted(Path(*pattern.parts[:first]).glob("/".join(pattern.parts[first:])))
        return [path for path in found if path.is_file() and not path.name.startswith(".")]
    return []


def examine(source: One) -> LocalFile | RemoteFile:
    """Tell what a source is and check it.

    Raises `MissingFile`, `UnsupportedFile`, `FileTooLarge`, `BrokenMedia` or `InvalidInput`.

    >>> examine(("title.png", b"\\x89PNG\\r\\n\\x1a\\n..."))
    LocalFile(name='title.png', size=11)
    """
    if isinstance(source, tuple) and len(source) == 2 and isinstance(source[0], str):
        name, content = source
        if isinstance(content, str | os.PathLike):
            return _path(os.fspath(content), name)
        if isinstance(content, bytes | bytearray | memoryview):
            return _checked(LocalFile(name, len(content), lambda: io.BytesIO(content)))
    if isinstance(source, str | os.PathLike):
        text = os.fspath(source)
        return _remote(text) if _URL.match(text) else _path(text)
    if callable(getattr(source, "read", None)):
        return _checked(_file_object(source))
    raise InvalidInput(
        f"{type(source).__name__} is no kind of file.",
        next_step='Give a path, a URL, an open binary file, ("name.mp4", bytes), or a list of these.',
    )


def batches(files: Iterable[LocalFile | RemoteFile]) -> Iterator[list[LocalFile] | list[RemoteFile]]:
    """Neighbours that go in one request, in the order given: files of 500 MB together, or a larger one, or URLs."""
    local: list[LocalFile] = []
    remote: list[RemoteFile] = []
    for file in files:
        if isinstance(file, RemoteFile):
            if local:
                yield local
                local = []
            remote.append(file)
            continue
        if remote:
            yield remote
            remote = []
        if local and sum(other.size for other in local) + file.size > EVERYWHERE.max_bytes:
            yield local
            local = []
        local.append(file)
    if local:
        yield local
    if remote:
        yield remote


def _remote(url: str) -> RemoteFile:
    try:
        parts = urlsplit(url)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise InvalidInput(
            "Only http and https URLs can be uploaded.", next_step="Download it and upload the file."
        )
    return RemoteFile(url)


def _path(text: str, name: str | None = None) -> LocalFile:
    try:
        path = Path(text).expanduser()
        if path.is_dir():
            pattern = str(Path(text, "*.mp4"))
            raise InvalidInput(
                f"{path} is a folder.", next_step=f"Name its files, or a pattern: {pattern!r}."
            )
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would keep us waiting, a device has no end
            raise InvalidInput(f"{path} is no file.", next_step="Give a path of a file.")
        size = status.st_size
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise _missing(text) from None
    return _checked(LocalFile(plain(name or path.name), size, lambda: path.open("rb"), path=path))


def _missing(text: str) -> MissingFile:
    """What may have been meant: a file that is there under nearly that name, several in one text, or a URL."""
    names = [name.strip() for name in text.split(",")]
    step = None
    if len(names) > 1 and all(os.path.lexists(name) for name in names):
        step = f"Name them one by one: upload({', '.join(map(repr, names))})."
    elif re.match(r"(?i)www\.|[a-z0-9-]+(\.[a-z0-9-]+)+/", text) and not Path(text).parent.is_dir():
        step = f'Of a URL write all: "https://{text[:200]}".'
    return MissingFile(f"There is no file at {text[:200].strip()}.{_there_is(Path(text))}", next_step=step)


def _there_is(missing: Path) -> str:
    """The files of that folder that are called nearly so, or lie there with another ending."""
    with contextlib.suppress(OSError, ValueError):
        folder = missing.parent
        names = [
            entry.name for entry in folder.iterdir() if extension_of(entry.name) in KIND and entry.is_file()
        ]
        stems = [Path(name).stem.lower() for name in names]
        # How it is called is compared and not how it ends: of short names the endings would make all alike.
        wanted = Path(missing.name.strip("'\" \n")).stem.lower()
        near = difflib.get_close_matches(wanted, set(stems), 3, 0.75)
        called = sorted(zip(stems, names, strict=True))
        meant = [name for stem in near for other, name in called if other == stem]
        if meant:
            return f" There is {' and '.join(str(folder / name) for name in meant[:3])}."
    return ""


def _file_object(stream: IO[bytes]) -> LocalFile:
    """An open file, from where it stands. One that can't be rewound is copied to disk first, not to memory."""
    name = Path(str(getattr(stream, "name", None) or "upload")).name
    if isinstance(stream, io.TextIOBase):
        raise InvalidInput(f"{name} is open as text.", next_step='Open it with mode "rb".')
    if not stream.seekable():
        with contextlib.ExitStack() as stack:
            spooled = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(_Bounded(stream, name), spooled)
            file = _rewindable(name, spooled, start=0)
            weakref.finalize(file, stack.pop_all().close)
            return file
    return _rewindable(name, stream, stream.tell())


def _rewindable(name: str, stream: IO[bytes], start: int) -> LocalFile:
    size = stream.seek(0, os.SEEK_END) - start

    def rewound() -> IO[bytes]:
        stream.seek(start)
        return stream

    return LocalFile(name, size, rewound, _ours=False)


class _Bounded:
    """Reads from a stream of unknown length, up to the size limit."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream, self._name, self._read = stream, name, 0

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._read += len(block)
        if self._read > HERE.max_bytes:
            raise too_large(self._name, -1, HERE)
        return block


def _checked(file: LocalFile) -> LocalFile:
    with file.opened() as stream:
        check(file.name, file.size, stream.read(SNIFF_BYTES))
    return file
