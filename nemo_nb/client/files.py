"""Files that only their owner may read (tokens, the client id, the journal), and those that a user names."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..errors import HomeNotWritable, InvalidInput
from .masked import Secret

_NO_WAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe in the place of a file would keep us waiting

__all__ = [
    "NotAFile",
    "append_line",
    "data_of",
    "discard",
    "named",
    "plain",
    "private_folder",
    "read_file",
    "usable",
    "writable",
    "write_private",
]


class NotAFile(OSError):
    """What lies there is nothing that we wrote: a pipe, a folder, or more bytes than any file of its kind has."""


@contextlib.contextmanager
def usable(path: Path) -> Iterator[None]:
    """Trouble with `path`, a read-only home or a full disk, as an error that says what to do."""
    try:
        yield
    except (HomeNotWritable, TimeoutError):  # said already; a lock that somebody else holds
        raise
    except OSError as error:
        raise HomeNotWritable(f"{path} can't be used: {error.strerror or type(error).__name__}.") from None


def named(path: str | os.PathLike[str]) -> Path:
    """The place that a user names, with their own home for `~`, from the root on. InvalidInput for what is none."""
    try:
        place = Path(path).expanduser().absolute()
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            place.lstat()
    except RuntimeError:
        raise InvalidInput(
            f"{_shown(path)} is in the home of nobody here.", next_step="Check the path."
        ) from None
    except FileNotFoundError:
        raise InvalidInput(
            "The folder that this works in is gone.", next_step="Go to another one: os.chdir(Path.home())."
        ) from None
    except (OSError, ValueError, TypeError) as error:
        why = getattr(error, "strerror", None) or "it has characters that no file's name has"
        raise InvalidInput(f"{_shown(path)} is no path: {why}.", next_step="Check the path.") from None
    return place


def plain(name: str) -> str:
    """A file's name as text: on some systems it may be any bytes."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _shown(path: object) -> str:
    return repr(str(path)[:100])


@contextlib.contextmanager
def writable(path: Path) -> Iterator[None]:
    """Trouble with writing `path`, which a user named, as an error that says so."""
    try:
        yield
    except OSError as error:
        raise InvalidInput(
            f"{path} can't be written: {error.strerror}.", next_step="Check the path, or name another."
        ) from None


def private_folder(folder: Path) -> Path:
    """Make `folder` (mode 0700) where it is missing, and return it."""
    with usable(folder):
        if not folder.exists():
            if (
                not folder.parent.exists()
            ):  # those too: `parents=True` would give them whatever the umask lets
                private_folder(folder.parent)
            folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_private(path: Path, content: Secret) -> None:
    """Replace the file in one step: a reader sees the old content or the new one, never a part."""
    private_folder(path.parent)
    with usable(path):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(content.reveal())
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
            raise


def read_file(path: Path, most: int) -> bytes:
    """What stands in a file. NotAFile for a pipe, which would keep us waiting, and for more than `most` bytes."""
    descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile(errno.EINVAL, "It is no file")
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(most + 1)
    finally:
        os.close(descriptor)
    if len(content) > most:
        raise NotAFile(errno.EFBIG, "It is too large")
    return content


def discard(path: Path) -> None:
    """Remove a file of ours, or whatever a disk or somebody made of it."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def data_of(text: str | bytes) -> object:
    """What stands there as JSON. ValueError for what is none, or is nested without end."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def append_line(path: Path, line: str) -> None:
    """Append one line in one write, so that lines of several processes never mix.

    A file that a killed process left without its last newline gets it first.
    """
    private_folder(path.parent)
    with usable(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _NO_WAIT, 0o600)
        with os.fdopen(descriptor, "rb+", buffering=0) as stream:
            size = stream.seek(0, os.SEEK_END)
            broken = size > 0 and stream.seek(size - 1) >= 0 and stream.read(1) != b"\n"
            stream.write(("\n" if broken else "").encode() + line.encode("utf-8") + b"\n")
            os.fsync(descriptor)  # it is told as done from here on
