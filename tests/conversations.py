"""Whole conversations: each turn's message, what it must come to, and what else it may touch.

A conversation is a line: `fixture` (its name, or files with their seconds), and `turns` of a `prompt`, `expect`
(assertions that must all hold) and `touch`: what the turn may change, as `damage` has it. A turn may say instead what
all of the timeline `is` after it, a line each segment: "beach.mp4 0-5 of 2-7, muted".
"""

from __future__ import annotations

import colorsys
import json
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from bank import ADMITS, Conversation, asset
from damage import damage, named, same, segments

from nemo_nb.chat.routing import route
from nemo_nb.draft import Draft, Segment
from nemo_nb.draft.operations import AddMusic, AddText

KINDS = {"mp4": "video", "mp3": "audio", "png": "image", "jpg": "image"}
FILES = json.loads((Path(__file__).parent / "intent" / "fixtures.json").read_text("utf-8"))
"""What is uploaded, with its seconds. The films are on the timeline in that order; the rest waits."""
HUES = {"yellow": (38, 72), "blue": (190, 265), "green": (80, 165), "orange": (15, 45)}


@dataclass(frozen=True)
class Happened:
    """A turn: the drafts before and after it, the reply, its routes, and the draft after each turn so far."""

    before: Draft
    after: Draft
    reply: str
    routes: tuple[str, ...]
    drafts: tuple[Draft, ...]


def start(fixture: str | dict[str, float]) -> Conversation:
    size = (360, 640) if fixture == "story" else (640, 360)
    assets = [
        replace(asset(name, KINDS[name[-3:]], seconds), width=size[0], height=size[1])
        for name, seconds in (FILES[fixture] if isinstance(fixture, str) else fixture).items()
    ]
    if fixture != "long":
        return Conversation((assets, []))
    titles = [AddText(text=f"Chapter {n + 1}", at_ms=(3 * n + 1) * 1000, duration_ms=2000) for n in range(30)]
    sounds = [AddMusic(asset=item.asset, file=item.file, file_ms=item.duration_ms) for item in assets[-3:]]
    return Conversation((assets, [*titles, *sounds]))


def judge(case: dict[str, Any]) -> list[str]:
    """What is wrong with a conversation, turn by turn; empty when it went as it should."""
    talk = start(case["fixture"])
    drafts = [talk.draft]
    problems = []
    for number, turn in enumerate(case["turns"], 1):
        before, replies = talk.draft, []
        steps = route(turn["prompt"])
        for step in steps:
            said = {"sse": lambda step=step: talk.say(step.text), "status": talk.draft.summary}
            replies.append(said.get(step.kind, lambda step=step: step.kind)())
        routes = tuple(step.kind for step in steps)
        now = Happened(before, talk.draft, "\n".join(replies), routes, tuple(drafts))
        drafts.append(talk.draft)
        if "is" in turn:
            wrong = [f"it is {lines(talk.draft)}"] if lines(talk.draft) != turn["is"] else []
        else:
            wrong = [json.dumps(item, ensure_ascii=False) for item in turn["expect"] if not holds(item, now)]
            wrong += [f"damage: {item}" for item in damage(turn["touch"], before, talk.draft)]
        problems += [f"{number}. {turn['prompt']!r}: {item} ({now.reply!r})" for item in wrong]
    return problems


def lines(draft: Draft) -> list[str]:
    """All of a timeline in words, track by track; the canvas before it where it isn't that of the first clip.

    >>> lines(start({"a.mp4": 5}).draft)
    ['a.mp4 0-5']
    """
    canvas = [] if draft.canvas == start_canvas(draft) else [f"{draft.canvas.width}x{draft.canvas.height}"]
    return [*canvas, *(_line(item) for item in draft.segments)]


def start_canvas(draft: Draft) -> Any:
    return replace(draft.canvas, width=640, height=360)


def _line(item: Segment) -> str:
    def span(start: int, end: int) -> str:
        return f"{start / 1000:g}-{end / 1000:g}"

    begun = f" of {span(item.source_start_ms, item.source_end_ms)}" if item.source_start_ms else ""
    known = {"kind", "asset", "file", "text", "source_start_ms", "source_duration_ms"}
    told = {key: value for key, value in item.meta.items() if key not in known}
    more = "".join(f", {key} {json.dumps(value, ensure_ascii=False)}" for key, value in sorted(told.items()))
    return f"{item.file or repr(item.text)} {span(item.start_ms, item.end_ms)}{begun}{more}"


# ---- what a turn has to come to


def holds(item: dict[str, Any], now: Happened) -> bool:
    """Whether an assertion holds."""
    op, before, after, reply = item["op"], now.before, now.after, now.reply.lower()
    if op in ("find", "segment", "rel", "color", "ends_with_video"):
        segment = pick(after, item)
        return segment is not None and _of_segment(item, segment, now)
    if op in ("texts_all", "all_video"):
        found = segments(after, "text" if op == "texts_all" else "video")
        return bool(found) and all(_fits(item, field(after, each, item["field"])) for each in found)
    if op == "any_of":
        return any(all(holds(each, now) for each in group) for group in item["of"])
    if op == "aspect":
        across, down = map(int, item["eq"].split(":"))
        return abs(after.canvas.width / after.canvas.height * down / across - 1) <= 0.01
    if op == "count":
        part = item.get("sub", "").lower()
        there = sum(part in named(each) for each in segments(after, item["type"]))
        return there == item["eq"] if "eq" in item else there >= item["ge"]
    if op == "video_order":
        files = [each.file.lower() for each in _main(after)]
        wanted = [name.lower() for name in item["eq"]]
        return len(files) == len(wanted) and all(map(str.__contains__, files, wanted))
    if op == "reply_total":
        seconds = after.duration_ms / 1000
        clock = f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
        minute = ["minute"] if seconds == 60 else []
        return any(
            form in reply for form in (f"{seconds:g}", f"{seconds:.1f}", f"{seconds:.2f}", clock, *minute)
        )
    if op in ("reply_contains_any", "reply_contains_all", "reply_lacks"):
        there = [part.lower() in reply for part in item["of"]]
        return {"reply_contains_any": any, "reply_contains_all": all}.get(op, lambda all: not any(all))(there)
    checks = {
        "total_ms": lambda: _fits(item, after.duration_ms),
        "unchanged": lambda: same(before, after),
        "same_as_turn": lambda: same(after, now.drafts[item["turn"]]),
        "undone_last": lambda: same(after, _before_last_change(now.drafts)),
        "text_eq": lambda: (
            item["text"].lower() in [each.text.strip().lower() for each in segments(after, "text")]
        ),
        "text_case": lambda: item["text"] in [each.text.strip() for each in segments(after, "text")],
        "gap_free": lambda: all(
            -_overlap(b) - 3 <= b.start_ms - a.end_ms <= 3 for a, b in pairwise(_main(after))
        ),
        "routes": lambda: set(item["eq"]) == set(now.routes),
        "reply_admits_unsupported": lambda: any(part in reply for part in ADMITS),
    }
    return checks[op]()


def _of_segment(item: dict[str, Any], segment: Segment, now: Happened) -> bool:
    if item["op"] == "color":
        return _is_colour(field(now.after, segment, "color"), item["family"])
    if item["op"] == "ends_with_video":
        return abs(segment.end_ms - max(each.end_ms for each in segments(now.after, "video"))) <= 100
    value = field(now.after, segment, item["field"])
    if item["op"] != "rel":
        return _fits(item, value)
    then = now.drafts[item["vs"]] if "vs" in item else now.before
    was = pick(then, item)
    if was is None:
        return False
    old = field(then, was, item["field"])
    return {
        ">": value > old, "<": value < old, ">=": value >= old, "<=": value <= old,
        "==": abs(value - old) < 1e-6, "*2": 1.8 * old <= value <= 2.2 * old,
    }[item["cmp"]]  # fmt: skip


def _fits(item: dict[str, Any], value: Any) -> bool:
    if "between" in item:
        return value is not None and item["between"][0] <= float(value) <= item["between"][1]
    if "contains" in item:
        wanted = item["contains"] if isinstance(item["contains"], list) else [item["contains"]]
        return any(part.lower() in str(value).lower() for part in wanted)
    wanted = item["eq"]
    if isinstance(wanted, bool):
        return bool(value) == wanted
    if isinstance(wanted, str):
        return str(value).strip() == wanted
    return value is not None and abs(float(value) - wanted) <= item.get("tol", 0)


# ---- what a draft holds


def pick(draft: Draft, item: dict[str, Any]) -> Segment | None:
    """The segment that an assertion names: by type and `index`, or the `n`-th with that `text` or `file`."""
    if "index" in item:
        found, place = segments(draft, item["type"]), item["index"]
    else:
        part, text = (item.get("text") or item["file"]).lower(), "text" in item
        found = [
            s for s in segments(draft) if (s.kind == "text") == text and part in (s.text or s.file).lower()
        ]
        found.sort(key=lambda each: each.start_ms)
        place = item.get("n", 0)
    return found[place] if place < len(found) else None


def field(draft: Draft, item: Segment, name: str) -> Any:
    meta, style = item.meta, item.meta.get("style") or {}
    if name in ("start_ms", "duration_ms", "end_ms", "file"):
        return getattr(item, name)
    if name == "volume":
        return 0 if item.muted or draft.tracks[item.track].muted else item.volume
    if name in ("fade_in_ms", "fade_out_ms"):
        return max(item.ms(name), item.ms(f"video_{name}"))
    if name in ("position", "x", "y"):
        x, y = _spot(meta.get("position") or "center")
        return {"x": x, "y": y, "position": _grid(x, y)}[name]
    if name in ("font_size", "color", "bg"):
        plain = {"font_size": 0.07, "color": "#ffffff"}
        return bool(style.get("background")) if name == "bg" else style.get(name, plain[name])
    if name == "filter":
        return ",".join(entry["name"] for entry in meta.get("filters") or ())
    if name == "filter_amount":
        return next((entry.get("amount", 1) for entry in meta.get("filters") or ()), 0)
    if name == "transition":
        later = [each for each in draft.tracks[item.track].segments if each.start_ms > item.start_ms]
        following = min(later, key=lambda each: each.start_ms, default=None)
        return ((following.meta.get("transition") if following else None) or {}).get("type", "")
    if name in ("reverse", "flip", "freeze", "duck", "crop"):
        return bool(meta.get(name))
    plain = {
        "speed": 1,
        "source_start_ms": 0,
        "rotation": 0,
        "opacity": 1,
        "scale": 1,
        "fit": "contain",
        "text": "",
    }
    return meta.get(name, plain.get(name))


def _main(draft: Draft) -> list[Segment]:
    first = next((track for track in draft.tracks if track.type == 0 and track.segments), None)
    return sorted(first.segments, key=lambda each: each.start_ms) if first else []


def _overlap(item: Segment) -> int:
    return int((item.meta.get("transition") or {}).get("duration_ms", 0))


def _spot(position: Any) -> tuple[float, float]:
    if isinstance(position, dict):
        return float(position.get("x", 0.5)), float(position.get("y", 0.5))
    x = 0.15 if "left" in position else 0.85 if "right" in position else 0.5
    return x, 0.15 if "top" in position else 0.85 if "bottom" in position else 0.5


def _grid(x: float, y: float) -> str:
    down = "top" if y < 0.38 else "bottom" if y > 0.62 else ""
    across = "left" if x < 0.38 else "right" if x > 0.62 else ""
    return "-".join(filter(None, (down, across))) or "center"


def _is_colour(colour: str, family: str) -> bool:
    hue, saturation, value = colorsys.rgb_to_hsv(
        *(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    )
    if family in ("white", "black"):
        return value > 0.85 and saturation < 0.2 if family == "white" else value < 0.2
    if family == "red":
        return saturation > 0.4 and value > 0.3 and not 20 < hue * 360 < 338
    return saturation > 0.3 and value > 0.25 and HUES[family][0] <= hue * 360 <= HUES[family][1]


def _before_last_change(drafts: tuple[Draft, ...]) -> Draft:
    last = len(drafts) - 1
    while last > 0 and same(drafts[last], drafts[last - 1]):
        last -= 1
    return drafts[max(0, last - 1)]
