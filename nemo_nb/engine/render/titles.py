"""Texts as pictures: a title becomes a transparent image, as large as the text and no larger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from ...errors import InvalidInput
from . import fonts
from .geometry import MARGIN, place
from .scene import Title

_LINE_HEIGHT = 1.25
_SMALLEST = 8
# Scripts written without spaces may break after any character.
_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_TOKENS = re.compile(rf"\s+|[{_CJK}]|[^\s{_CJK}]+")
_SLANT = 0.2


@dataclass(frozen=True, slots=True)
class _Face:
    """A font at a size, with what it must be helped to be."""

    font: fonts.Font
    size: int
    embolden: int
    slant: float


def draw_title(title: Title, width: int, height: int) -> tuple[Image.Image, int, int]:
    """Draw a title for a canvas of `width` x `height` pixels: an RGBA image, and its top left corner.

    Lines are wrapped inside the safe area, and a text too long for it is set smaller. InvalidInput,
    naming the characters, for a text that no font of this machine can draw: never an empty box.
    """
    size = max(_SMALLEST, round(title.size * height))
    safe_width, safe_height = round(width * (1 - 2 * MARGIN)), round(height * (1 - 2 * MARGIN))
    while True:
        face = _face(title, size)
        lines = [
            line for text in title.text.splitlines() for line in _wrapped(text.strip(), face, safe_width)
        ]
        widest = max(_length(line, face) for line in lines)
        if len(lines) * size * _LINE_HEIGHT <= safe_height and widest <= safe_width:
            break
        if size <= _SMALLEST:
            raise InvalidInput(f"The text of segment {title.id} is too long for the picture.")
        size = max(_SMALLEST, int(size * 0.9))
    image = _drawn(title, lines, face)
    x, y = place(image.size, (width, height), title.position)
    return image, x, y


def _face(title: Title, size: int) -> _Face:
    font, is_bold, is_italic = fonts.font(title.font, size, bold=title.bold, italic=title.italic)
    missing = sorted({c for c in title.text if not fonts.has(font, c) and fonts.fallback(c, size) is None})
    if missing:
        raise InvalidInput(
            f"No font on this machine can draw {' '.join(missing[:10])} in the text of segment {title.id}.",
            next_step="Install a font that has them and export again; for Chinese, Japanese and Korean: "
            "pip install 'nemo-nb[cjk]', and restart.",
        )
    return _Face(
        font,
        size,
        embolden=max(1, size // 28) if title.bold and not is_bold else 0,
        slant=_SLANT if title.italic and not is_italic else 0.0,
    )


def _wrapped(text: str, face: _Face, width: int) -> Iterator[str]:
    """Lines of `text` no wider than `width`, broken between words; a word that is too wide is broken too."""
    line = ""
    for token in _TOKENS.findall(text):
        if not line or _length(line + token, face) <= width:
            line += token
        else:
            yield line.rstrip()
            line = token.lstrip()
        while len(line) > 1 and _length(line, face) > width:
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or _length(line[:n], face) <= width)
            yield line[:fits]
            line = line[fits:]
    yield line.rstrip()


def _drawn(title: Title, lines: Sequence[str], face: _Face) -> Image.Image:
    size = face.size
    outline = max(1, size // 14) if title.outline else 0
    pad = round(size * 0.35) if title.background else outline + (size // 5 if title.shadow else 0) + 2
    step = round(size * _LINE_HEIGHT)
    slanted = round(face.slant * size)
    inner = round(max(_length(line, face) for line in lines)) + slanted + 2 * face.embolden
    canvas = (max(2, inner + 2 * pad), step * len(lines) + 2 * pad)
    ink = Image.new("RGBA", canvas)
    for number, line in enumerate(lines):
        free = inner - slanted - _length(line, face)
        x = pad + {"left": 0.0, "center": free / 2, "right": free}[title.align]
        baseline = pad + step * number + round(size * 0.95)
        row = Image.new("RGBA", canvas)
        _write(ImageDraw.Draw(row), line, (x, baseline), face, title.color, outline, title.outline)
        ink.alpha_composite(_leaned(row, face.slant, baseline))
    return _over_ground(ink, title, size)


def _over_ground(ink: Image.Image, title: Title, size: int) -> Image.Image:
    """The text with what lies under it: a shadow, a box."""
    ground = Image.new("RGBA", ink.size)
    if title.background:
        box = (0, 0, ink.width - 1, ink.height - 1)
        ImageDraw.Draw(ground).rounded_rectangle(box, radius=size // 5, fill=title.background)
    if title.shadow:
        shade = Image.new("RGBA", ink.size)
        shade.paste((0, 0, 0, 200), (size // 20, size // 20), ink.getchannel("A"))
        ground.alpha_composite(shade.filter(ImageFilter.GaussianBlur(size / 20)))
    ground.alpha_composite(ink)
    return ground


def _write(
    draw: ImageDraw.ImageDraw,
    line: str,
    at: tuple[float, int],
    face: _Face,
    color: str,
    outline: int,
    outline_color: str | None,
) -> None:
    x, baseline = at
    for text, font in _runs(line, face):
        where = (x, baseline)
        if outline:
            draw.text(where, text, outline_color, font, anchor="ls", stroke_width=outline + face.embolden)
        draw.text(where, text, color, font, anchor="ls", stroke_width=face.embolden)
        x += font.getlength(text)


def _leaned(row: Image.Image, slant: float, baseline: int) -> Image.Image:
    if not slant:
        return row
    shear = (1, slant, -slant * baseline, 0, 1, 0)
    return row.transform(row.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC)


def _length(line: str, face: _Face) -> float:
    return sum(font.getlength(text) for text, font in _runs(line, face))


def _runs(line: str, face: _Face) -> Iterator[tuple[str, fonts.Font]]:
    """The line in pieces, each with the font that has its characters."""
    text, current = "", face.font
    for character in line:
        font = face.font if fonts.has(face.font, character) else fonts.fallback(character, face.size)
        if font is not None and font is not current and text:
            yield text, current
            text = ""
        text, current = text + character, font or current
    if text:
        yield text, current
