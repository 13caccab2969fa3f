"""Files of captions that a sentence names, from here or handed over: they go to the backend as the lines they hold.

The protocol has uploads for media only, so "add captions from talk.srt" is sent with the lines below it.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType

from ..client.files import read_file
from ..errors import FileTooLarge, MissingFile
from ..language import Kind, detach, parse
from ..media import subtitles

_SUBTITLES = tuple(f".{extension}" for extension in subtitles.EXTENSIONS)
_MOST_BYTES = 90_000  # a message is no place for more; some 1,000 captions


def check_size(name: str, size: int) -> None:
    """FileTooLarge for a file of captions that no message can hold."""
    if size > _MOST_BYTES:
        raise FileTooLarge(f"{name} is too large for captions.", next_step="Split it into parts.")


def attach(attached: MutableMapping[str, bytes], name: str, path: Path) -> None:
    """Hand over a file of captions, of which a sentence can speak by its name from now on.

    FileTooLarge, or InvalidInput where it holds none.
    """
    raw = _read(path)
    subtitles.read(raw, name)
    attached[name] = raw


def with_captions(text: str, attached: Mapping[str, bytes] = MappingProxyType({})) -> str:
    """The message with the lines of the SRT, WebVTT or ASS file that it names, one of the attached or one here.

    MissingFile when there is none; FileTooLarge; InvalidInput when it holds no captions.
    """
    request, lines = detach(text)
    if lines:
        return text
    clauses = parse(request).clauses
    names = [str(name) for clause in clauses for name in clause.values(Kind.FILE, Kind.QUOTED)]
    name = next((name for name in names if name.lower().endswith(_SUBTITLES)), None)
    if name is None:
        return text
    raw = attached[name] if name in attached else _read(Path(name))
    return f"{text}\n\n{_lines(name, raw)}"


def _lines(name: str, raw: bytes) -> str:
    if name.lower().endswith((".ass", ".ssa")):
        return subtitles.srt(subtitles.read(raw, name))
    return subtitles.decode(raw).strip()


def _read(path: Path) -> bytes:
    try:
        return read_file(path.expanduser(), _MOST_BYTES)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: of a home that nobody has
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            check_size(path.name, _MOST_BYTES + 1)
        raise MissingFile(
            f"There is no file {path.name} here.", next_step="Check its name and folder."
        ) from None
