"""How text is set by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PLAIN: Mapping[str, float | str | bool] = MappingProxyType(
    {"font_size": 0.07, "color": "#ffffff", "align": "center", "shadow": True}
)
"""White, and to be read on any picture; the size is a fraction of the canvas' height."""
