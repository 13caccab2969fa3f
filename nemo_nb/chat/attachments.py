"""Files of captions that a sentence names: they go to the backend as the lines they hold.

The protocol has uploads for media only, so "add captions from talk.srt" is sent with the lines below it.
"""

from __future__ import annotations

import errno
from pathlib import Path

from ..client.files import read_file
from ..errors import FileTooLarge, MissingFile
from ..language import Kind, detach, parse
from ..media import subtitles

_MOST_BYTES = 90_000  # a message is no place for more; some 1,000 captions
_SUBTITLES = tuple(f".{extension}" for extension in subtitles.EXTENSIONS)


def with_captions(text: str) -> str:
    """The message with the lines of the SRT, WebVTT or ASS file that it names.

    MissingFile when there is none here; FileTooLarge; InvalidInput when it holds no captions.
    """
    request, lines = detach(text)
    if lines:
        return text
    clauses = parse(request).clauses
    names = [str(name) for clause in clauses for name in clause.values(Kind.FILE, Kind.QUOTED)]
    name = next((name for name in names if name.lower().endswith(_SUBTITLES)), None)
    return text if name is None else f"{text}\n\n{_read(Path(name))}"


def _read(path: Path) -> str:
    try:
        raw = read_file(path.expanduser(), _MOST_BYTES)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: of a home that nobody has
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            raise FileTooLarge(
                f"{path.name} is too large for captions.", next_step="Split it into parts."
            ) from None
        raise MissingFile(
            f"There is no file {path.name} here.", next_step="Check its name and folder."
        ) from None
    if path.suffix.lower() in (".ass", ".ssa"):
        return subtitles.srt(subtitles.read(raw, path.name))
    return subtitles.decode(raw).strip()
