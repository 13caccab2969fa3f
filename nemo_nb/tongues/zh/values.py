"""Numbers, times and other amounts in Chinese."""

from __future__ import annotations

# ---- numbers
DECIMAL = r"\."
NUMBERS: dict[str, float] = {}
NUMBER = r"[零〇一二两俩三四五六七八九十百千]{1,9}(?:点[零〇一二三四五六七八九]{1,6})?"
POINT = "点"
AND_A_HALF = "个半"
NUMERALS: dict[str, int] = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "俩": 2}
SCALES: dict[str, int] = {"十": 10, "百": 100, "千": 1000}
_RUN = "一二两三四五六七八九十百"

# ---- times
UNITS: dict[str, str] = {"ms": "毫秒", "s": "秒钟?", "m": "分钟?", "h": "小时"}
SHARES: dict[str, float] = {"半个?": 0.5}
ONE = r"(?!)"
HALF_MORE = "个半|半"
MEASURE = "个"
EXTRA = r"(?!)"
AND = r"(?!)"
NTH = "第"
SECONDS_LEFT_OUT = r"(?<=分)(?:\d+|[一二三四五六七八九十]+)"
MOMENT = r"(?!)(?P<n>)"
LONE_UNIT = r"(?!)(?P<unit>)(?P<half>)"

# ---- other amounts
FRAMES = r"帧(?!率|每秒|/)"
NO_FRAMES = "一帧"  # what only looks like a count of them
FRAME = r"(?!)"
PERCENT = r"(?!)"
PERCENT_OF = "百分之"
TENTHS = "成"
PARTS: dict[str, float] = {}
PARTS_OF = rf"((?!百分)[{_RUN}]+)分之([{_RUN}]+)"
DECIBEL = "分贝"
TIMES = "[倍被]速|倍|遍|次"
HALF_TIMES = "倍半"
FOLDS: dict[str, float] = {}
DEGREES = "度"
ORDINALS: dict[str, int] = {}
NTH_ONE = "第(<N>)(?:个|段|张|条|首|句)?"
BY = "比"
SIDES = "十六|[一二三四五九]"
BEFORE_A_CLOCK = ()

VALUE_WORDS: frozenset[str] = frozenset()
STARTS = "[半第百零〇一二两俩三四五六七八九十千]"
