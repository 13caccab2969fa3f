"""The machine's fonts, and which of them can draw a character."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from ...errors import InvalidInput

Font = ImageFont.FreeTypeFont

# Plain, well-drawn faces first; whatever else there is comes after them, by name.
_PREFERRED = (
    "inter", "roboto", "opensans", "notosans", "sourcesans", "lato", "segoeui", "helveticaneue", "helvetica",
    "arial", "liberationsans", "dejavusans", "sourcehansans", "notosanscjk", "pingfang", "hiraginosans", "msyh",
    "malgun", "yugoth", "wqymicrohei", "wqyzenhei", "droidsansfallback",
)  # fmt: skip
# Fonts that pip can install where the system has none.
_PACKAGES = ("manimgx_fonts_cjk",)
_MAX_FILES = 3000
_CHECK_SIZE = 24
_NOWHERE = "\U0010fffe"  # a noncharacter: every font draws its "missing" sign for it


def font(family: str, size: int, *, bold: bool, italic: bool) -> tuple[Font, bool, bool]:
    """The face to draw with, and whether it is bold and italic itself.

    `family` is a font's name without spaces or not, or "" for the machine's best. InvalidInput when
    the machine has no such font.
    """
    wanted = _key(family)
    for path in _files():
        name = _key(path.stem)
        if wanted and not name.startswith(wanted):
            continue
        style = name[len(wanted or _family(name)) :]
        if style in _styles(bold, italic):
            return _load(path, size), bold, italic
    regular = (
        next((path for path in _files() if _key(path.stem).startswith(wanted)), None) if wanted else None
    )
    if wanted and regular is None:
        raise InvalidInput(f"There is no font {family[:40]!r} on this machine: leave the font out.")
    if regular is None:
        return _built_in(size), False, False
    return _load(regular, size), False, False


def fallback(character: str, size: int) -> Font | None:
    """The first font of the machine that has `character`, the built-in one last; None when none has."""
    path = _path_for(character)
    if path is not None:
        return _load(path, size)
    built_in = _built_in(size)
    return built_in if has(built_in, character) else None


def has(face: Font, character: str) -> bool:
    """Whether a font can draw a character. What is never drawn needs no glyph."""
    if (
        character.isspace()
        or unicodedata.category(character) in ("Cf", "Cc")
        or "\ufe00" <= character <= "\ufe0f"
    ):
        return True
    return _covers(str(face.path), character) if isinstance(face.path, str) else _draws(face, character)


def installed() -> list[str]:
    """The paths of the fonts that a text may be drawn with."""
    return [str(path) for path in _files()]


@cache
def _path_for(character: str) -> Path | None:
    return next((path for path in _files() if _covers(str(path), character)), None)


@cache
def _covers(path: str, character: str) -> bool:
    try:
        return _draws(_load(Path(path), _CHECK_SIZE), character)
    except OSError:  # a font that this library can't read covers nothing
        return False


def _draws(face: Font, character: str) -> bool:
    """By the picture: Pillow can't be asked for a font's characters."""
    drawn, missing = face.getmask(character), face.getmask(_NOWHERE)
    return drawn.size != (0, 0) and (drawn.size != missing.size or bytes(drawn) != bytes(missing))


@cache
def _load(path: Path, size: int) -> Font:
    face = ImageFont.truetype(str(path), size)
    try:
        axes = face.get_variation_axes()
    except OSError:
        return face
    # A variable font opens at its thinnest.
    face.set_variation_by_axes(
        [400.0 if axis["name"] == b"Weight" else float(axis["default"] or 0) for axis in axes]
    )
    return face


@cache
def _built_in(size: int) -> Font:
    face = ImageFont.load_default(size)
    if not isinstance(face, ImageFont.FreeTypeFont):
        raise InvalidInput("This Pillow was built without FreeType, so no text can be drawn.")
    return face


@cache
def _files() -> tuple[Path, ...]:
    """The machine's fonts, the preferred ones first."""
    found: list[Path] = []
    for folder in _folders():
        for path in sorted(folder.rglob("*.[tToO][tT][fFcC]")):
            found.append(path)
            if len(found) >= _MAX_FILES:
                break
    return tuple(sorted(found, key=_rank))


def _rank(path: Path) -> tuple[int, int, str]:
    name = _key(path.stem)
    family = _family(name)
    order = _PREFERRED.index(family) if family else len(_PREFERRED)
    return order, len(name), name


def _family(name: str) -> str:
    """The preferred family that a file's name begins with, the longest one; "" for none."""
    return max((family for family in _PREFERRED if name.startswith(family)), key=len, default="")


def _styles(bold: bool, italic: bool) -> tuple[str, ...]:
    """What stands after the family in the names of such files."""
    match bold, italic:
        case True, True:
            return "bolditalic", "boldoblique", "bi", "z"
        case True, False:
            return "bold", "bd"
        case False, True:
            return "italic", "oblique", "i", "regularitalic"
    return "", "regular", "book"


def _key(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        candidates = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    elif sys.platform == "darwin":
        candidates = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        data = [
            Path(item) for item in os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        ]
        own = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
        candidates = [*(folder / "fonts" for folder in [own, *data] if str(folder)), home / ".fonts"]
    specs = (find_spec(name) for name in _PACKAGES)
    candidates += [Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ()]
    return (folder for folder in candidates if folder.is_dir())
