"""How numbers stand with their units in German; `{}` is the number."""

from __future__ import annotations

DECIMAL = ","
SECONDS = "{} s"
SPAN = "{}–{} s"
PERCENT = "{} %"
TIMES = "{}x"
DEGREES = "{}°"
RATE = "{} fps"
