"""Files and times as a user names them."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..client.files import named, plain
from ..errors import InvalidInput

if TYPE_CHECKING:
    import pandas as pd

_given_out: set[Path] = set()  # a file appears when its export is whole; until then nothing shows on the disk
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)\s*s?")


def parse_time(at: str | float) -> int:
    """`"0:05"`, `"1:02:03.5"`, `"5s"` or seconds → milliseconds. InvalidInput for anything else.

    >>> parse_time("1:05.5")
    65500
    """
    if not isinstance(at, str):
        seconds = float(at)
    else:
        found = _CLOCK.fullmatch(at.strip())
        if found is None:
            raise InvalidInput(
                f"{at!r} is no time.", next_step='Write it as "0:05", "1:02.5" or a number of seconds.'
            )
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        if (rest >= 60 and ":" in at) or (minutes >= 60 and found[1]):
            raise InvalidInput(
                f"{at!r} is no time: a minute has 60 seconds, and an hour 60 minutes.",
                next_step='Write it as "0:05", "1:02.5" or a number of seconds.',
            )
        seconds = hours * 3600 + minutes * 60 + rest
    if not 0 <= seconds <= 86_400:
        raise InvalidInput(
            f"{at!r} is not a time within a day.", next_step='Write it as "0:05" or a number of seconds.'
        )
    return round(seconds * 1000)


def origin(source: object) -> str:
    """Where an upload came from, as far as it may be written into what others read.

    A path below this folder, relative to it; a URL without query or user, since those may be secrets; else "".
    """
    held = source[1] if isinstance(source, tuple) else source
    text = os.fspath(held) if isinstance(held, (str, os.PathLike)) else ""
    if "://" in text:
        parts = urlsplit(text)
        return "" if parts.query or parts.fragment or "@" in parts.netloc else text
    try:
        path, here = named(text), named(".")
    except InvalidInput:
        return ""
    below = path.relative_to(here).as_posix() if text and path.is_relative_to(here) else ""
    return below if below == plain(below) else ""


def export_path(
    path: str | Path | None, name: str, output: MutableMapping[str, Any], taken: Collection[Path] = ()
) -> Path:
    """Where an export goes; `output["format"]` is set by the path, or the path's extension by the format.

    Without a path: `<name>.mp4` in this folder, numbered `-2`, `-3` … where that exists, is `taken`, or was given
    out before; with that of a folder, the same in there. A path that is named is replaced when the export is
    whole, not before.
    """
    if path is None:
        return _free(named(f"{stem(name)}.{output.setdefault('format', 'mp4')}"), taken)
    target = named(path)
    if target.is_dir():
        return _free(target / f"{stem(name)}.{output.setdefault('format', 'mp4')}", taken)
    if os.fspath(path).endswith(("/", os.sep)):
        raise no_folder(path)
    extension = target.suffix.lower().removeprefix(".")
    if not extension:
        target = target.with_name(f"{target.name}.{output.setdefault('format', 'mp4')}")
    elif output.setdefault("format", extension) != extension:
        raise InvalidInput(
            f"{target.name!r} cannot hold {output['format']}.", next_step="Name the file with that extension."
        )
    if not target.parent.is_dir():
        raise no_folder(Path(path).parent)
    return target


def no_folder(path: str | Path) -> InvalidInput:
    """The error for a file that is to be made in a folder that isn't there."""
    return InvalidInput(f"There is no folder {str(path)!r}.", next_step="Make it first, or name another.")


def stem(name: str) -> str:
    """A project's name as a file's: no more than a file system takes, and no characters that one refuses."""
    short = name.encode("utf-8", "replace")[:150].decode("utf-8", "ignore")
    return _UNSAFE.sub("-", short).strip(" .") or "project"


def _free(path: Path, taken: Collection[Path]) -> Path:
    candidate, number = path, 1
    while candidate.exists() or candidate in taken or candidate in _given_out:
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    _given_out.add(candidate)
    return candidate


_STREAMS: dict[str, str] = {
    "kind": "str", "track": "int64", "codec": "str", "language": "str", "title": "str", "default": "bool",
    "heard": "bool", "channels": "Int64", "sample_rate": "Int64", "width": "Int64", "height": "Int64",
    "fps": "float64", "start": "float64", "end": "float64",
}  # fmt: skip


def table(streams: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The tracks of a file as a table: see `Project.streams`."""
    import pandas as pd

    empty: dict[str, Any] = {"str": "", "bool": False, "int64": 0, "Int64": pd.NA, "float64": float("nan")}
    rows = [
        [row[name] if row.get(name) is not None else empty[kind] for name, kind in _STREAMS.items()]
        for row in streams
    ]
    return pd.DataFrame(rows, columns=list(_STREAMS)).astype(_STREAMS)
