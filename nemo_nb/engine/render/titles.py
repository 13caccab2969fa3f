"""Texts as pictures: a title becomes a transparent image, as large as the text and no larger."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image, ImageDraw, ImageFilter

from ...errors import InvalidInput
from .fonts import Style
from .geometry import MARGIN, place
from .scene import Title
from .typeset import Run, balanced, filled, is_cjk, language_of, length, missing, runs

_LINE_HEIGHT = 1.28
_BASELINE = 0.97  # how far below a line's top the letters stand, in sizes
_SMALLEST = 8


def draw_title(title: Title, width: int, height: int) -> tuple[Image.Image, int, int]:
    """Draw a title for a canvas of `width` x `height` pixels: an RGBA image, and its top left corner.

    Lines are wrapped inside the safe area, and a text too long for it is set smaller. InvalidInput,
    naming the characters, for a text that no font of this machine can draw: never an empty box.
    """
    lines, style = _fitted(title, width, height)
    image = _drawn(title, lines, style)
    x, y = place(image.size, (width, height), title.position)
    return image, x, y


def _fitted(title: Title, width: int, height: int) -> tuple[list[str], Style]:
    """The lines, and the largest size up to the wished one at which they fit, nearly."""
    text = unicodedata.normalize("NFC", title.text.expandtabs(4)).strip("\r\n")
    paragraphs = [line.strip() for line in text.splitlines()]
    size = max(_SMALLEST, round(title.size * height))
    style = Style(size, title.font, title.bold, title.italic, language_of(text))
    _refuse_missing(text, title, style)
    while True:
        free = 1 - 2 * MARGIN
        pad = 2 * _padding(title, size)
        inner, safe_height = max(2 * size, round(width * free) - pad), round(height * free) - pad
        lines = [line for part in paragraphs for line in filled(part, style, inner)]
        used = len(lines) * size * _LINE_HEIGHT
        if used <= safe_height and max(length(line, style) for line in lines) <= round(width * free) - pad:
            return [line for part in paragraphs for line in balanced(part, style, inner)], style
        if size <= _SMALLEST:
            raise InvalidInput(f"The text of segment {title.id} is too long for the picture.")
        # A text's area grows with the square of its size.
        step = min(0.95, max(0.5, math.sqrt(max(1, safe_height) / used)))
        size = max(_SMALLEST, int(size * step))
        style = replace(style, size=size)


def _refuse_missing(text: str, title: Title, style: Style) -> None:
    unknown = missing(text, style)
    if not unknown:
        return
    step = "Install a font that has them, or take them out."
    if any(map(is_cjk, unknown)):
        step = "For Chinese, Japanese and Korean: pip install 'nemo-nb[cjk]', and export again."
    raise InvalidInput(
        f"No font here can draw {' '.join(unknown)} in the text of segment {title.id}.", next_step=step
    )


def _outline(title: Title, size: int) -> int:
    return max(1, size // 14) if title.outline else 0


def _padding(title: Title, size: int) -> int:
    """Around the text: room for what is drawn beyond the letters, or for the box."""
    shade = size // 4 if title.shadow else 0
    return max(round(size * 0.4) if title.background else 2, _outline(title, size) + shade + 2)


def _drawn(title: Title, lines: Sequence[str], style: Style) -> Image.Image:
    size, pad = style.size, _padding(title, style.size)
    step = round(size * _LINE_HEIGHT)
    set_lines = [runs(line, style) for line in lines]
    widths = [sum(run.width for run in line) for line in set_lines]
    inner = round(max(widths)) + 1
    ink = Image.new("RGBA", (max(2, inner + 2 * pad), step * len(lines) + 2 * pad))
    for number, (line, width) in enumerate(zip(set_lines, widths, strict=True)):
        free = inner - width
        x = pad + {"left": 0.0, "center": free / 2, "right": free}[title.align]
        _draw_line(ink, line, (x, pad + step * number + round(size * _BASELINE)), title, size)
    return _over_ground(ink, title, size)


def _draw_line(ink: Image.Image, line: Sequence[Run], at: tuple[float, int], title: Title, size: int) -> None:
    """All outlines first: that of one run must not lie over the letters of its neighbour."""
    outline = _outline(title, size)
    passes = [(title.outline, outline)] if title.outline else []
    for colour, stroke in [*passes, (title.color, 0)]:
        x, baseline = at
        for run in line:
            if run.face.coloured:
                if not stroke:
                    _paste_emoji(ink, run, x, baseline)
            else:
                _write(ink, run, (x, baseline), colour or title.color, stroke)
            x += run.width


def _write(ink: Image.Image, run: Run, at: tuple[float, int], colour: str, stroke: int) -> None:
    face = run.face
    row = Image.new("RGBA", ink.size)
    ImageDraw.Draw(row).text(
        at, run.text, colour, face.font, anchor="ls", stroke_width=stroke + face.embolden
    )
    if face.slant:
        shear = (1, face.slant, -face.slant * at[1], 0, 1, 0)
        row = row.transform(row.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC)
    ink.alpha_composite(row)


def _paste_emoji(ink: Image.Image, run: Run, x: float, baseline: int) -> None:
    """Pictures of one fixed size, scaled to the text's."""
    font, scale = run.face.font, run.face.scale
    ascent, descent = font.getmetrics()
    drawn = Image.new("RGBA", (max(1, round(font.getlength(run.text))), ascent + descent))
    ImageDraw.Draw(drawn).text((0, ascent), run.text, font=font, anchor="ls", embedded_color=True)
    small = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))))
    ink.alpha_composite(small, (max(0, round(x)), max(0, baseline - round(ascent * scale))))


def _over_ground(ink: Image.Image, title: Title, size: int) -> Image.Image:
    """The text with what lies under it: a shadow, a box."""
    ground = Image.new("RGBA", ink.size)
    if title.background:
        box = (0, 0, ink.width - 1, ink.height - 1)
        ImageDraw.Draw(ground).rounded_rectangle(box, radius=size // 5, fill=title.background)
    if title.shadow:
        shade = Image.new("RGBA", ink.size)
        shade.paste((0, 0, 0, 220), (size // 24, size // 16), ink.getchannel("A"))
        ground.alpha_composite(shade.filter(ImageFilter.GaussianBlur(size / 18)))
    ground.alpha_composite(ink)
    return ground
