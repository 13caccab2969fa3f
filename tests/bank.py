"""The bank's fixtures and its checker: one case of `bank.jsonl` against the planner and the routes.

A case is a line: `setup` (a fixture), `before` (messages sent first; each must change the draft), `prompt`, and
`expect`, assertions that must all hold. `run` puts it to a conversation in memory; `faults` checks what came of it
anywhere.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from nemo_nb.chat.routing import route
from nemo_nb.draft import Draft, Segment, replay
from nemo_nb.draft.operations import AddMusic, AddText, Delete, Overlay, PlaceClip, apply_all, place
from nemo_nb.engine.planner import Material, MediaAsset, Plan, compose, following, plan, spoken_of
from nemo_nb.engine.planner.material import TurnSeen
from nemo_nb.language import takes_back
from nemo_nb.media.loudness import Reading

TYPES = {"video": 0, "audio": 1, "text": 7}
ADMITS = (
    "can't", "cannot", "not supported", "unable", "don't support", "无法", "不能", "不支持", "没法", "做不到",
)  # fmt: skip


CLAIMS = ("Done:", "Undone:", "Redone:", "Erledigt:", "完成：", "已撤销：", "已重做：")
UNCHANGED = ("Nothing changed", "Nichts geändert", "没有变化")


def asset(file: str, kind: str, seconds: float = 0) -> MediaAsset:
    picture = kind != "audio"
    return MediaAsset(
        asset="sha256:" + file.encode().hex().ljust(64, "0")[:64],
        file=file,
        kind=kind,  # type: ignore[arg-type]
        duration_ms=round(seconds * 1000),
        width=1920 if picture else 0,
        height=1080 if picture else 0,
        fps=30 if kind == "video" else None,
    )


CLIP, LOFI, LOGO = asset("clip.mp4", "video", 10), asset("lofi.mp3", "audio", 15), asset("logo.png", "image")
THREE = [asset("a.mp4", "video", 4), asset("b.mp4", "video", 6), asset("c.mp4", "video", 5)]
IMAGES = [asset(f"img{number}.jpg", "image") for number in range(1, 5)]
INTERVIEW = [
    asset("interview.mp4", "video", 20), asset("broll.mp4", "video", 8), asset("beach.mp4", "video", 10),
    asset("song.mp3", "audio", 30), asset("other.mp3", "audio", 40), asset("logo.png", "image"),
    asset("logo2.png", "image"),
]  # fmt: skip
FIXTURES: dict[str, tuple[list[MediaAsset], list[Any]]] = {
    "empty": ([], []),
    "clip10": ([CLIP], []),
    "clip+music": ([CLIP, LOFI], []),
    "three": (THREE, []),
    "images": (IMAGES, []),
    "music-placed": ([CLIP, LOFI], [AddMusic(asset=LOFI.asset, file=LOFI.file, file_ms=15000)]),
    "titled": ([CLIP], [AddText(text="Hello", duration_ms=3000)]),
    "two-titles": (
        [CLIP],
        [AddText(text="Hello", duration_ms=3000), AddText(text="Bye", at_ms=6000, duration_ms=3000)],
    ),
    "clip+logo": ([CLIP, LOGO], []),
    # The interview alone is on the timeline; then with a film over it.
    "interview": (INTERVIEW, [Delete(segments=("seg-2", "seg-3"))]),
    "b-roll": (
        INTERVIEW,
        [
            Delete(segments=("seg-2", "seg-3")),
            Overlay(
                kind="video",
                asset=INTERVIEW[1].asset,
                file="broll.mp4",
                at_ms=5000,
                duration_ms=4000,
                fit="cover",
            ),
        ],
    ),
}


# What a meter would say of each file: LUFS and true peak. Another file is like the clip.
METERED = {
    "clip.mp4": (-20, -8),
    "lofi.mp3": (-16, -4),
    "a.mp4": (-26, -15),
    "b.mp4": (-20, -8),
    "c.mp4": (-11, -2),
}


def metered(draft: Draft) -> Reading | None:
    """How loud a draft is, roughly: the sum of what sounds, by its share of the time."""
    power = peak = 0.0
    for item in draft.segments:
        if item.kind in ("video", "audio") and not item.muted:
            lufs, highest = METERED.get(item.file, METERED["clip.mp4"])
            power += item.volume**2 * 10 ** (lufs / 10) * item.duration_ms / draft.duration_ms
            peak = max(peak, item.volume * 10 ** (highest / 20))
    return None if not power else Reading(10 * math.log10(power), 20 * math.log10(peak))


@dataclass(frozen=True)
class Step:
    """What a turn did on the way to a draft; turn 0 is the fixture."""

    turn: int
    operations: tuple[Any, ...]
    frames: tuple[dict[str, Any], ...] = ()

    def without(self, gone: Collection[int | None], operations: tuple[Any, ...]) -> Step:
        """Without these of its frames, which leaves it `operations`."""
        dropped = {
            number for place in gone if place is not None for number in range(*self.frames[place]["ops"])
        }
        kept = [number for number in range(len(self.operations)) if number not in dropped]
        frames = tuple(
            {**frame, "ops": [sum(number < edge for number in kept) for edge in frame["ops"]]}
            for place, frame in enumerate(self.frames)
            if place not in gone and None not in gone
        )
        return Step(self.turn, operations, frames)


class Conversation:
    """A session in memory, with history as the engine keeps it. `setup`: a fixture's name, or one of another bank."""

    def __init__(self, setup: str | tuple[list[MediaAsset], list[Any]]) -> None:
        self.assets, more = FIXTURES[setup] if isinstance(setup, str) else setup
        videos = [place(item) for item in self.assets if item.kind == "video"]
        assert all(isinstance(item, PlaceClip) for item in videos)
        first = (*videos, *more)
        self.past = [apply_all(Draft.empty(), first)]
        self.ways: list[tuple[Step, ...]] = [(Step(0, first),)]  # to each of those drafts
        self.future: list[tuple[Draft, tuple[Step, ...]]] = []
        self.seen: list[TurnSeen] = []
        self.last: tuple[str, ...] = ()
        self.recent: tuple[Any, ...] = ()
        self.earlier: tuple[str, ...] = ()
        self.said = ""
        self.reply = ""
        self.memory: Any = {}

    @property
    def draft(self) -> Draft:
        return self.past[-1]

    @property
    def turns(self) -> tuple[TurnSeen, ...]:
        """All that were said, and which of them count now."""
        counts = {step.turn for step in self.ways[-1]}
        return tuple(replace(turn, undone=turn.changed and turn.n not in counts) for turn in self.seen)

    @property
    def material(self) -> Material:
        return Material(
            self.draft,
            self.assets,
            undo_steps=len(self.past) - 1,
            redo_steps=len(self.future),
            past=tuple(reversed(self.past[:-1])),
            said=self.said,
            last=self.last,
            recent=self.recent,
            earlier=self.earlier,
            memory=self.memory,
            turns=self.turns,
        )

    def say(self, text: str) -> str:
        made = self.planned(text, self.material)
        self.said = f"{self.said}, {text}" if takes_back(text) else text
        return self.do(made, text)

    def do(self, made: Plan, text: str = "") -> str:
        """A plan carried out, as the engine does it."""
        before = self.draft
        self.made = made
        self.memory = self.memory if made.memory is None else made.memory
        if made.leave_out and (hindered := self._leave_out(made.leave_out)):
            self.reply = hindered
            return self.reply
        for _ in range(made.undo):
            self.future.append((self.past.pop(), self.ways.pop()))
        for _ in range(made.redo):
            self._reach(*self.future.pop())
        edited = self.draft
        if made.operations:
            after = apply_all(edited, made.operations)
            self.earlier = self.last if not made.undo else self.earlier
            self.last, self.recent = spoken_of(edited, after, made.operations), made.operations
            if after != edited:
                step = Step(len(self.seen) + 1, made.operations, made.frames)
                self._reach(after, (*self.ways[-1], step))
                self.future.clear()
        self._note(text, made, edited)
        self.reply = compose(made, before, self.draft)
        self.offered = following(made, self.draft)
        return self.reply

    def _reach(self, draft: Draft, way: tuple[Step, ...]) -> None:
        self.past.append(draft)
        self.ways.append(way)

    def _leave_out(self, chosen: Collection[tuple[int, int | None]]) -> str:
        """Earlier turns, or one of their frames, taken back. Says what stands in the way, if anything does."""
        way = self.ways[-1]
        gone = {
            (place, number)
            for place, step in enumerate(way)
            for turn, frame in chosen
            if turn == step.turn
            for number in range(*((0, len(step.operations)) if frame is None else step.frames[frame]["ops"]))
        }
        made = replay.leave_out(Draft.empty(), [step.operations for step in way], gone)
        if isinstance(made, replay.Obstacle):
            return f"That can't be taken back alone: {made.why}."
        steps = [
            step.without({frame for turn, frame in chosen if turn == step.turn}, operations)
            for step, operations in zip(way, made.steps, strict=True)
        ]
        self._reach(made.draft, tuple(step for step in steps if step.operations))
        self.future.clear()
        return ""

    def _note(self, text: str, made: Plan, before: Draft) -> None:
        after = self.draft
        self.seen.append(
            TurnSeen(
                n=len(self.seen) + 1,
                kind="message",
                text=text,
                frames=made.frames,
                changed=len(self.seen) + 1 in {step.turn for step in self.ways[-1]},
                undone=False,
                made=[operation.model_dump(mode="json") for operation in made.operations],
                read_before=lambda: before,
                read_after=lambda: after,
                left_out=made.leave_out,
            )
        )

    def planned(self, text: str, material: Material) -> Plan:
        """The plan, once what it wants to hear is answered."""
        while True:
            made = plan(text, material)
            asked = {item: metered(item) for item in made.wants if isinstance(item, Draft)}
            silent = {item: () for item in made.wants if isinstance(item, str)}
            if not asked and not silent:
                return made
            loudness, pauses = {**material.loudness, **asked}, {**material.pauses, **silent}
            material = replace(material, loudness=loudness, pauses=pauses)


def talk(*messages: str, setup: str = "three") -> Conversation:
    """What was said in a session of its own."""
    conversation = Conversation(setup)
    for message in messages:
        conversation.say(message)
    return conversation


def run(case: dict[str, Any]) -> list[str]:
    """What is wrong with a case; empty when all of its expectations hold."""
    talk = Conversation(case["setup"])
    for message in case.get("before", ()):
        was = talk.draft
        talk.say(message)
        if talk.draft == was:
            return [f"{message!r} changed nothing: {talk.reply}"]
    was = talk.draft
    steps = route(case["prompt"])
    replies, problems = [], []
    for step in steps:
        if step.kind == "sse":
            before = talk.draft
            replies.append(talk.say(step.text))
            problems += claims(talk.made, before)
        elif step.kind == "status":
            replies.append(talk.draft.summary())
    return [*problems, *faults(case, {step.kind for step in steps}, was, talk.draft, "\n".join(replies))]


def claims(made: Plan, draft: Draft) -> Iterator[str]:
    """What a reply would claim if carrying the plan out had done nothing."""
    broken = compose(made, draft, draft)
    yield from (f"claims {claim!r}: {broken}" for claim in CLAIMS if claim in broken)
    yield from (f"notes what isn't so: {note}" for note in made.notes if note in broken.splitlines())
    if made.edits and not any(words in broken for words in UNCHANGED):
        yield f"doesn't say that nothing changed: {broken}"


def faults(case: dict[str, Any], took: Collection[str], was: Draft, draft: Draft, reply: str) -> list[str]:
    """What of a case's expectations doesn't hold: the routes it took, the draft before and after, the reply."""
    routes = {item["eq"] for item in case["expect"] if item["op"] == "route"}
    problems = [f"routes are {took}, not {routes}"] if routes and routes != set(took) else []
    for item in case["expect"]:
        problems += _faults(item, was, draft, reply)
    return problems


def _faults(item: dict[str, Any], was: Draft, draft: Draft, reply: str) -> Iterator[str]:
    op = item["op"]
    if op == "total_ms":
        yield from _compare("total", draft.duration_ms, item)
    elif op == "unchanged" and was != draft:
        yield f"the draft changed: {[str(change) for change in was.diff(draft)]}"
    elif op == "track_count":
        found = sum(track.type == TYPES[item["type"]] for track in draft.tracks)
        yield from _compare(f"{item['type']} tracks", found, item)
    elif op == "segment":
        segments = [s for track in draft.tracks if track.type == TYPES[item["type"]] for s in track.segments]
        if len(segments) <= item["index"]:
            yield f"there is no {item['type']} segment {item['index']}"
        else:
            yield from _compare(item["field"], _field(draft, segments, item["index"], item["field"]), item)
    elif op == "canvas" or op == "aspect":
        width, height = draft.canvas.width, draft.canvas.height
        if op == "aspect":
            across, down = map(float, item["eq"].split(":"))
            if abs(width / height - across / down) > 0.01:
                yield f"the canvas is {width}x{height}, not {item['eq']}"
        elif (width, height) != (item["width"], item["height"]):
            yield f"the canvas is {width}x{height}"
    elif op == "reply_contains_any" and not any(part.lower() in reply.lower() for part in item["of"]):
        yield f"the reply has none of {item['of']}: {reply}"
    elif op == "reply_admits_unsupported" and not any(part in reply for part in ADMITS):
        yield f"the reply admits nothing: {reply}"


def _field(draft: Draft, segments: list[Segment], index: int, name: str) -> Any:
    item = segments[index]
    meta = item.meta
    if name == "start_ms":
        return item.start_ms
    if name == "duration_ms":
        return item.duration_ms
    if name in ("fade_in_ms", "fade_out_ms"):
        return max(item.ms(name), item.ms(f"video_{name}"))
    if name == "volume":
        return 0 if item.muted or draft.tracks[item.track].muted else item.volume
    if name == "filter":
        return [entry["name"] for entry in meta.get("filters", [])]
    if name == "transition":
        following = segments[index + 1] if index + 1 < len(segments) else None
        return (following.meta.get("transition") or {}).get("type", "") if following else ""
    defaults = {"speed": 1.0, "source_start_ms": 0, "opacity": 1.0, "rotation": 0, "position": "center"}
    return meta.get(name, defaults.get(name))


def _compare(name: str, found: Any, item: dict[str, Any]) -> Iterator[str]:
    if "eq" in item:
        wanted, tolerance = item["eq"], item.get("tol", 0)
        number = isinstance(wanted, (int, float)) and isinstance(found, (int, float))
        if not (abs(found - wanted) <= tolerance if number else found == wanted):
            yield f"{name} is {found!r}, not {wanted!r}"
    if "contains" in item:
        wanted = item["contains"] if isinstance(item["contains"], list) else [item["contains"]]
        if isinstance(found, dict):  # a style: what is set and how
            found = [*found, *map(str, found.values())]
        names = found if isinstance(found, list) else [found or ""]
        if not any(part in name for part in wanted for name in names):
            yield f"{name} is {found!r}, without any of {wanted}"
