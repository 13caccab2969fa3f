"""How numbers stand with their units in Chinese; `{}` is the number."""

from __future__ import annotations

DECIMAL = "."
SECONDS = "{} 秒"
SPAN = "{}-{} 秒"
PERCENT = "{}%"
TIMES = "{}x"
DEGREES = "{}°"
RATE = "{} fps"
