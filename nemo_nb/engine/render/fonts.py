"""The fonts there are: this package's own, then the machine's; and which of them can draw a character.

Noto Sans comes with the install, so that a title looks the same everywhere and needs no font of the
machine. Chinese, Japanese and Korean are an extra of 20 MB, and found on most machines anyway.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from ...errors import InvalidInput

Language = Literal["", "JP", "KR", "SC"]

# Plain, well-drawn faces first; whatever else there is comes after them, by name.
_PREFERRED = (
    "notosans", "inter", "roboto", "opensans", "sourcesans", "lato", "segoeui", "helveticaneue", "helvetica",
    "arial", "liberationsans", "dejavusans", "sourcehansans", "notosanscjk", "pingfang", "hiraginosans", "msyh",
    "malgun", "yugoth", "wqymicrohei", "wqyzenhei", "droidsansfallback",
)  # fmt: skip
_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
_COLOUR_EMOJI = ("notocoloremoji", "applecoloremoji", "seguiemj", "twemoji", "joypixels")
# The sizes at which the bitmaps of colour fonts were drawn; such a font opens at no other.
_BITMAP_SIZES = (109, 136, 160, 128, 96, 72, 64)
_MAX_FILES = 3000
_CHECK_SIZE = 24
_REGULAR, _BOLD = 400.0, 700.0
_SLANT = 0.2
_NOWHERE = "\U0010fffe"  # a noncharacter: every font draws its "missing" sign for it
_VARIABLE = re.compile(r"\[[^]]*\]|-VF\b|-?VariableFont.*|\.(?:otf|ttf)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text wants to be set. `family` is a font's name, "" for the best there is; `size` is in pixels."""

    size: int
    family: str = ""
    bold: bool = False
    italic: bool = False
    language: Language = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A font ready to draw, and what it must be helped to be.

    `embolden` is a stroke in pixels, `slant` a shear. A font of coloured pictures is drawn at its own size
    and scaled by `scale`.
    """

    font: ImageFont.FreeTypeFont
    embolden: int = 0
    slant: float = 0.0
    scale: float = 1.0
    coloured: bool = False


def primary(style: Style) -> Face:
    """The face of a style. InvalidInput when its family isn't there."""
    wanted = _key(style.family)
    for path in _files():
        name = _name(path)
        if name.startswith(wanted) and name[len(wanted or _family(name)) :] in _styles(False, False):
            return _face(path, style)
    regular = next((path for path in _files() if wanted and _name(path).startswith(wanted)), None)
    if regular is None:
        raise InvalidInput(f"There is no font {style.family[:40]!r} on this machine: leave the font out.")
    return _face(regular, style)


def fallback(cluster: str, style: Style) -> Face | None:
    """The first font that has every character of `cluster`; None when none has."""
    path = _path_for(cluster) or _installed_since(cluster)
    return None if path is None else _face(path, style)


def emoji(cluster: str, style: Style) -> Face | None:
    """The font for an emoji: in colours where the machine has such a font."""
    fonts = [path for path in _files() if "emoji" in _name(path) or _is_coloured(path)]
    for path in sorted(fonts, key=_is_coloured, reverse=True):
        if _covers(path, cluster):
            return _face(path, style)
    return fallback(cluster, style)


def has(face: Face, cluster: str) -> bool:
    """Whether a face can draw all of `cluster`."""
    return _covers(Path(str(face.font.path)), cluster)


def installed() -> list[str]:
    """The paths of the fonts that a text may be drawn with."""
    return [str(path) for path in _files()]


@cache
def _face(path: Path, style: Style) -> Face:
    if _is_coloured(path):
        font = _bitmaps(path) or ImageFont.truetype(str(path), style.size)
        return Face(font, scale=style.size / font.size, coloured=True)
    path = _sibling(path, style)
    name = _name(path)
    font = ImageFont.truetype(str(path), style.size, index=_index(path, style.language))
    is_bold = _weigh(font, _BOLD if style.bold else _REGULAR) or name.endswith(_styles(True, style.italic))
    is_italic = name.endswith(_styles(False, True) + _styles(True, True))
    return Face(
        font,
        embolden=max(1, style.size // 28) if style.bold and not is_bold else 0,
        slant=_SLANT if style.italic and not is_italic else 0.0,
    )


def _sibling(path: Path, style: Style) -> Path:
    """The bold or italic file of the same family, where there is one."""
    name = _name(path)
    base = next((name.removesuffix(end) for end in ("regular", "book") if name.endswith(end)), name)
    wanted = [*_styles(style.bold, style.italic), *(_styles(False, True) if style.italic else ())]
    named = {_name(other): other for other in _files() if _name(other).startswith(base)}
    return next((named[base + end] for end in wanted if base + end in named), path)


def _weigh(font: ImageFont.FreeTypeFont, weight: float) -> bool:
    """Set a variable font's weight, as it may open at its thinnest. Whether there was one to set."""
    try:
        axes = font.get_variation_axes()
    except OSError:
        return False
    weighed = [axis["name"] == b"Weight" for axis in axes]
    values = [
        weight if heavy else float(axis["default"] or 0) for heavy, axis in zip(weighed, axes, strict=True)
    ]
    font.set_variation_by_axes(values)
    return any(weighed)


@cache
def _index(path: Path, language: Language) -> int:
    """Which font of a collection: one character is drawn differently in China, Japan and Korea."""
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    for index in range(10):
        try:
            family = ImageFont.truetype(str(path), _CHECK_SIZE, index=index).getname()[0] or ""
        except OSError:
            break
        if family.endswith(f" {language or 'SC'}"):
            return index
    return 0


@cache
def _path_for(cluster: str) -> Path | None:
    return next((path for path in _files() if not _is_coloured(path) and _covers(path, cluster)), None)


def _installed_since(cluster: str) -> Path | None:
    """The engine outlives kernels: whoever followed the advice to install a font need not end it."""
    invalidate_caches()
    _files.cache_clear()
    _path_for.cache_clear()
    return _path_for(cluster)


def _covers(path: Path, cluster: str) -> bool:
    return all(_is_unseen(character) or _has_glyph(path, character) for character in cluster)


def _is_unseen(character: str) -> bool:
    """Whether a character needs no glyph: space, and what only says how others are drawn."""
    return (
        character.isspace() or unicodedata.category(character) in ("Cf", "Cc") or character in "\ufe0e\ufe0f"
    )


@cache
def _has_glyph(path: Path, character: str) -> bool:
    """By the picture: Pillow can't be asked for a font's characters."""
    font = _for_checks(path)
    if font is None:
        return False
    drawn, missing = font.getmask(character), font.getmask(_NOWHERE)
    return drawn.size != (0, 0) and (drawn.size != missing.size or bytes(drawn) != bytes(missing))


@cache
def _for_checks(path: Path) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(str(path), _CHECK_SIZE)
    except OSError:  # a font of bitmaps, or one that this library can't read, which covers nothing
        return _bitmaps(path)


@cache
def _bitmaps(path: Path) -> ImageFont.FreeTypeFont | None:
    for size in _BITMAP_SIZES:
        try:
            return ImageFont.truetype(str(path), size)
        except OSError:
            continue
    return None


@cache
def _files() -> tuple[Path, ...]:
    """All font files, the preferred ones first."""
    found: list[Path] = []
    for folder in _folders():
        found += sorted(folder.rglob("*.[tToO][tT][fFcC]"))
    return tuple(sorted(found[:_MAX_FILES], key=_rank))


def _rank(path: Path) -> tuple[int, int, str]:
    name = _name(path)
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
            return "bolditalic", "boldoblique", "bi"
        case True, False:
            return "bold", "bd"
        case False, True:
            return "italic", "oblique"
    return "", "regular", "book"


def _is_coloured(path: Path) -> bool:
    return _name(path).startswith(_COLOUR_EMOJI)


@cache
def _name(path: Path) -> str:
    return _key(_VARIABLE.sub("", path.stem))


def _key(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        system = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    elif sys.platform == "darwin":
        system = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    else:
        data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        own = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
        system = [*(Path(folder, "fonts") for folder in [own, *data] if folder), home / ".fonts"]
    specs = (find_spec(name) for name in _PACKAGES)
    ours = [Path(folder) for spec in specs if spec for folder in spec.submodule_search_locations or ()]
    return (folder for folder in [*ours, *system] if folder.is_dir())
