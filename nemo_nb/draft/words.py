"""Changes in words, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..tongues import Language
from .timecode import seconds, span

if TYPE_CHECKING:
    from .difference import Change


def _percent(value: Any) -> str:
    return f"{float(value):.0%}"


def _ms(value: Any) -> str:
    return seconds(int(value))


def _span(value: Any) -> str:
    return span(*value)


def _size(value: Any) -> str:
    return f"{value[0]}x{value[1]}"


def _times(value: Any) -> str:
    return f"{float(value):g}x"


def _degrees(value: Any) -> str:
    return f"{float(value):g}°"


def _filters(value: Any) -> str:
    return ", ".join(_filter(item) for item in value or () if isinstance(item, Mapping)) or "none"


def _filter(item: Mapping[str, Any]) -> str:
    amount = item.get("amount", 1)
    return f"{item.get('name')}" if amount == 1 else f"{item.get('name')} {amount:+.0%}"


def _style(value: Any) -> str:
    """`bold, #ffeb3b, 10%`: what is set, a length as a share of the canvas' height."""
    parts = []
    for key, item in (value or {}).items():
        if item is True:
            parts.append(str(key))
        elif item not in (None, False):
            parts.append(
                _STYLES.get(key, f"{key} ") + (f"{item:.0%}" if isinstance(item, float) else str(item))
            )
    return ", ".join(parts) or "plain"


def _box(value: Any) -> str:
    return f"{value.get('w', 1):.0%} x {value.get('h', 1):.0%} of the picture" if value else "none"


def _transition(value: Any) -> str:
    return f"{value.get('type')} {seconds(int(value.get('duration_ms', 0)))}" if value else "none"


def _duck(value: Any) -> str:
    return f"{float(value['amount_db']):g} dB" if value else "none"


def _flip(value: Any) -> str:
    return {"h": "left to right", "v": "top to bottom"}.get(value, str(value)) if value else "none"


def _fit(value: Any) -> str:
    return {"contain": "all of it shown", "cover": "frame filled", "blur": "blurred borders"}.get(
        value, str(value)
    )


def _plain(value: Any) -> str:
    return "none" if value is None else f'"{value}"' if isinstance(value, str) else str(value)


def _word(value: Any) -> str:
    return str(value) if value is not None else "none"


# field: (English, Chinese, how its value is written)
FIELDS: dict[str, tuple[str, str, Callable[[Any], str]]] = {
    "text": ("text", "文字", _plain),
    "name": ("name", "名称", _plain),
    "volume": ("volume", "音量", _percent),
    "muted": ("muted", "静音", _word),
    "speed": ("speed", "速度", _times),
    "fade_in_ms": ("sound fade-in", "声音淡入", _ms),
    "fade_out_ms": ("sound fade-out", "声音淡出", _ms),
    "video_fade_in_ms": ("picture fade-in", "画面淡入", _ms),
    "video_fade_out_ms": ("picture fade-out", "画面淡出", _ms),
    "loop": ("looped", "循环", _word),
    "fit": ("fit", "适配方式", _fit),
    "position": ("position", "位置", _word),
    "scale": ("scale", "大小", _percent),
    "opacity": ("opacity", "不透明度", _percent),
    "rotation": ("rotation", "旋转", _degrees),
    "flip": ("mirrored", "翻转", _flip),
    "filters": ("look", "滤镜", _filters),
    "style": ("style", "样式", _style),
    "crop": ("crop", "裁切", _box),
    "transition": ("transition", "转场", _transition),
    "reverse": ("reversed", "倒放", _word),
    "freeze": ("frozen", "定格", _word),
    "duck": ("lowered under speech", "说话时压低", _duck),
}
DEFAULTS: dict[str, Any] = {
    "volume": 1.0, "muted": False, "speed": 1.0, "fade_in_ms": 0, "fade_out_ms": 0, "video_fade_in_ms": 0,
    "video_fade_out_ms": 0, "loop": False, "fit": "contain", "position": "center", "scale": 1.0,
    "opacity": 1.0, "rotation": 0, "filters": [], "reverse": False, "freeze": False,
}  # fmt: skip
_WHOLE: dict[str, tuple[str, str, Callable[[Any], str]]] = {
    "at": ("place on the timeline", "时间线位置", _span),
    "source": ("part of the file", "素材区间", _span),
    "canvas": ("canvas", "画布", _size),
    "fps": ("frame rate", "帧率", lambda value: f"{value:g} fps"),
    "background": ("background", "背景", _word),
    "total": ("total length", "总时长", _ms),
}


# What happened to a whole clip, with the times it happened at.
_CLIP: dict[str, dict[str, tuple[str, str]]] = {
    "part": {"removed": ("cut out {}", "剪掉 {}"), "added": ("{} is back", "恢复 {}")},
    "split": {"changed": ("split at {}", "在 {}处分割")},
    "joined": {"changed": ("in one piece again", "重新连成一段")},
}


# What the writers above say in English and Chinese says otherwise.
_CHINESE = {
    " of the picture": "", "none": "无", "plain": "默认", "left to right": "左右", "top to bottom": "上下",
    "all of it shown": "完整显示", "frame filled": "铺满", "blurred borders": "模糊填充",
    "top-left": "左上", "top-right": "右上", "bottom-left": "左下", "bottom-right": "右下", "center": "居中",
    "top": "顶部", "bottom": "底部", "left": "左侧", "right": "右侧", "crossfade": "叠化", "dip-black": "闪黑",
    "dip-white": "闪白", "wipe-left": "向左擦除", "wipe-right": "向右擦除", "wipe-up": "向上擦除",
    "wipe-down": "向下擦除", "slide-left": "向左滑动", "slide-right": "向右滑动", "slide-up": "向上滑动",
    "slide-down": "向下滑动", "circle": "圆形", "grayscale": "黑白", "sepia": "泛黄", "warm": "暖色",
    "cool": "冷色", "cinematic": "电影感", "vintage": "复古", "vivid": "鲜艳", "blur": "模糊", "sharpen": "锐化",
    "vignette": "暗角", "brightness": "亮度", "contrast": "对比度", "saturation": "饱和度", "bold": "粗体",
    "italic": "斜体", "outline": "描边", "shadow": "阴影", "background": "底色", "size": "字号", "align": "对齐",
}  # fmt: skip
# What is said before the value of a style's field; of some the value says enough.
_STYLES = {"color": "", "font": "", "font_size": "size "}
_SECONDS = re.compile(r"(?<=\d)s\b")
_UNITS: dict[bool, str] = {False: "s", True: " 秒"}
_ENGLISH = re.compile("|".join(rf"{word}(?![\w-])" for word in sorted(_CHINESE, key=len, reverse=True)))


def field_order(key: str) -> tuple[int, str]:
    names = list(FIELDS)
    return (names.index(key) if key in names else len(names), key)


def sentence(change: Change, language: Language) -> str:
    chinese = language == "zh"
    if change.field == "segment":
        return _whole_segment(change, chinese)
    if change.field in _CLIP:
        return _clip_told(change, chinese)
    unknown = (change.field, change.field, _plain)
    english_name, chinese_name, write = (FIELDS | _WHOLE).get(change.field, unknown)
    name = chinese_name if chinese else english_name
    if isinstance(change.after, bool) and isinstance(change.before, bool):
        name = name if change.after else ("取消" if chinese else "no longer ") + name
        return f"{change.subject}：{name}" if chinese else f"{change.subject}: {name}"
    values = f"{_written(write, change.before)} → {_written(write, change.after)}"
    if chinese:
        values = values if write is _plain else _in_chinese(values)
        return f"{change.subject}：{name} {values}" if change.subject else f"{name} {values}"
    return f"{change.subject}: {name} {values}" if change.subject else f"{name} {values}"


def value_in_words(field: str, value: Any) -> str:
    """A field of a segment and its value, in English: `opacity 40%`, `reversed`."""
    name, _, write = FIELDS[field]
    return name if value is True else f"{name} {_written(write, value)}"


def _clip_told(change: Change, chinese: bool) -> str:
    english, own = _CLIP[change.field][change.kind]
    times = change.before if change.after is None else change.after
    unit = _UNITS[chinese]
    shown = (
        span(times[0], times[1], unit)
        if change.field == "part"
        else ", ".join(seconds(time, unit) for time in times)
    )
    words = (own if chinese else english).format(shown)
    return f"{change.subject}：{words}" if chinese else f"{change.subject}: {words}"


def _written(write: Callable[[Any], str], value: Any) -> str:
    """A cloud's draft may hold anything; what isn't of the field's kind is shown as it is."""
    try:
        return write(value)
    except (TypeError, ValueError, AttributeError):
        return _plain(value)


def _in_chinese(values: str) -> str:
    return _SECONDS.sub(_UNITS[True], _ENGLISH.sub(lambda match: _CHINESE[match[0]], values))


def _whole_segment(change: Change, chinese: bool) -> str:
    facts = dict(change.after or change.before or {})
    start_ms, end_ms = facts.pop("at")
    parts = [span(start_ms, end_ms, _UNITS[chinese])]
    track = facts.pop("track", "")
    for key, value in facts.items():
        english_name, chinese_name, write = FIELDS[key]
        shown = "" if value is True else f" {_written(write, value)}"
        shown = _in_chinese(shown) if chinese and write is not _plain else shown
        parts.append((chinese_name if chinese else english_name) + shown)
    if change.kind == "removed":
        return (
            f"已删除 {change.subject}（{parts[0]}）" if chinese else f"removed {change.subject} ({parts[0]})"
        )
    if chinese:
        return f"已添加 {change.subject}（{track}：{'，'.join(parts)}）"
    return f"added {change.subject} ({track}: {', '.join(parts)})"
