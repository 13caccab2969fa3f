"""Picture filters: a name and an amount become ffmpeg filters."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .graph import number
from .scene import Look

_Matrix = tuple[tuple[float, float, float], ...]
_IDENTITY: _Matrix = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
# Rows: the new red, green and blue, each as shares of the old ones.
_MATRICES: dict[str, _Matrix] = {
    "grayscale": ((0.2126, 0.7152, 0.0722),) * 3,
    "sepia": ((0.393, 0.769, 0.189), (0.349, 0.686, 0.168), (0.272, 0.534, 0.131)),
    "warm": ((1.12, 0, 0), (0, 1.02, 0), (0, 0, 0.82)),
    "cool": ((0.86, 0, 0), (0, 1.0, 0), (0, 0, 1.14)),
    "vintage": ((0.80, 0.22, 0.08), (0.10, 0.78, 0.12), (0.10, 0.20, 0.58)),
}


def filters(look: Look, height: int) -> Sequence[str]:
    """The ffmpeg filters of `look` on a picture `height` pixels high; none when its amount is 0."""
    amount = look.amount
    if amount == 0:
        return ()
    if look.name in _MATRICES:
        mixed = [_mixer(_MATRICES[look.name], amount)]
        return [*mixed, _eq(contrast=1 - 0.1 * amount)] if look.name == "vintage" else mixed
    match look.name:
        case "brightness":
            return [_eq(brightness=0.5 * amount)]
        case "contrast":
            return [_eq(contrast=1 + (amount if amount > 0 else 0.9 * amount))]
        case "saturation":
            return [_eq(saturation=1 + amount)]
        case "vivid":
            return [_eq(contrast=1 + 0.1 * amount, saturation=1 + 0.5 * amount)]
        case "cinematic":
            # The teal and orange of the cinema: shadows towards blue-green, lights towards amber.
            low, high = number(0.12 * amount), number(0.08 * amount)
            balance = f"colorbalance=rs=-{low}:bs={low}:rh={high}:bh=-{high}"
            return [_eq(contrast=1 + 0.12 * amount, saturation=1 - 0.12 * amount), balance]
        case "blur":
            return [f"gblur=sigma={number(amount * height / 60)}"]
        case "sharpen":
            return [f"unsharp=5:5:{number(1.5 * amount)}:5:5:0"]
        case "vignette":
            return [f"vignette=angle={number(amount * math.pi / 4)}"]
    raise AssertionError(look.name)


def _mixer(matrix: _Matrix, amount: float) -> str:
    """A colour matrix, mixed with the identity: no effect at 0, all of it at 1."""
    cells = []
    for new, row, plain in zip("rgb", matrix, _IDENTITY, strict=True):
        for old, value, own in zip("rgb", row, plain, strict=True):
            cells.append(f"{new}{old}={number(own + (value - own) * amount)}")
    return "colorchannelmixer=" + ":".join(cells)


def _eq(**values: float) -> str:
    return "eq=" + ":".join(f"{key}={number(value)}" for key, value in values.items())
