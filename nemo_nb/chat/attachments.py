"""Files of captions that a sentence names: they go to the backend as the lines they hold.

The protocol has uploads for media only, so "add captions from talk.srt" is sent with the lines below it.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import FileTooLarge, InvalidInput, MissingFile
from ..language import Kind, detach, parse

_MOST_BYTES = 90_000  # a message is no place for more; some 1,000 captions
_SUBTITLES = (".srt", ".vtt")


def with_captions(text: str) -> str:
    """The message with the lines of the SRT or WebVTT file that it names.

    MissingFile when there is none here; FileTooLarge; InvalidInput when it isn't text.
    """
    request, lines = detach(text)
    if lines:
        return text
    clauses = parse(request).clauses
    names = [str(name) for clause in clauses for name in clause.values(Kind.FILE, Kind.QUOTED)]
    name = next((name for name in names if name.lower().endswith(_SUBTITLES)), None)
    return text if name is None else f"{text}\n\n{_read(Path(name).expanduser())}"


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise MissingFile(
            f"There is no file {path.name} here.", next_step="Check its name and folder."
        ) from None
    if len(raw) > _MOST_BYTES:
        raise FileTooLarge(f"{path.name} is too large for captions.", next_step="Split it into parts.")
    for encoding in ("utf-8-sig", "gb18030", "latin-1"):
        try:
            return raw.decode(encoding).replace("\r\n", "\n").strip()
        except UnicodeDecodeError:
            continue
    raise InvalidInput(f"{path.name} is not text.")
