"""What was done is taken back: the last steps, or those of earlier turns that did what is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .frames import Frame, Grade, Redo, Remove, Undo, cuts_there, frame_of
from .memory import Mention
from .outcome import Outcome, Scene, Turn
from .resolve import ALL_KINDS, Found
from .slots import Target

__all__ = ["TakingBack"]

# "Undo the colour": of a clip, or of a text; "bring it back": a clip, or what was cut out of it.
_PLAIN_TRANSITION = "crossfade"
_EITHER = (("grade", "restyle"), ("remove", "cut_out"))


class TakingBack:
    """Writes into the outcome which steps are gone. `carry` does a frame that undoes something by an edit."""

    def __init__(self, outcome: Outcome, scene: Scene, carry: Callable[[Frame], None]) -> None:
        self._outcome, self._scene, self._carry = outcome, scene, carry
        self._stage = outcome.stage
        self.returned: list[Mention] = []  # what there is again

    def step_back(self, steps: int) -> None:
        self._outcome.undo = steps
        if steps <= len(self._scene.past):
            there = self._stage.ground.by_id
            self._stage.stand_on(self._scene.past[steps - 1])
            ground = self._stage.ground
            self.returned = ground.mention(item for item in ground.draft.segments if item.id not in there)
            self._stage.memory = self._stage.memory.spoken(*self.returned)
            self._stage.stand_on(ground.draft)

    def undo(self, frame: Undo) -> None:
        stage, scene = self._stage, self._scene
        if "upload" in frame.aspects:
            self._take_back_upload(frame.about)
            return
        if not scene.undo_steps:
            stage.refuse("nothing_to_undo")
            return
        if frame.everything:
            self.step_back(scene.undo_steps)
        elif frame.number is not None:
            self._leave_out_number(frame.number)
        elif frame.about is not None or frame.aspects:
            if not self.leave_out(frame):
                self._stage.ask("which_step", ())
        else:
            self.step_back(min(scene.undo_steps, frame.steps))

    def _take_back_upload(self, about: Target | None) -> None:
        """Of several files that came together only those that are named go; the files stay listed."""
        turns = [
            turn for turn in self._scene.turns if turn.kind == "upload" and turn.changed and not turn.undone
        ]
        if not turns:
            self._stage.refuse("nothing_to_undo")
        elif about is None or not about.names:
            self._outcome.leave_out = ((turns[-1].n, None),)
        else:
            self._carry(Remove(target=about))

    def redo(self, frame: Redo) -> None:
        if not self._scene.redo_steps:
            self._stage.refuse("nothing_to_redo")
            return
        self._outcome.redo = min(self._scene.redo_steps, frame.steps)

    def editing(self) -> list[Turn]:
        turns = [
            t
            for t in self._scene.turns
            if t.kind in ("message", "apply", "undo") and t.changed and not t.undone
        ]
        return turns[::-1]

    def _leave_out_number(self, number: int) -> None:
        listed = next((turn for turn in self.editing() if len(turn.frames) > 1), None)
        if listed is None or not 1 <= number <= len(listed.frames):
            self._stage.ask("which_step", ())
            return
        self._outcome.leave_out = ((listed.n, number - 1),)

    def leave_out(self, frame: Undo) -> bool:
        """The last turns that did what is named, as many as were said; of a turn with several wishes only that one."""
        ids, kind = set[str](), None
        if frame.about is not None:
            kind = frame.about.kind
            found = self._stage.ground.find(frame.about, ALL_KINDS)
            if isinstance(found, Found) and found.named:
                ids = set(found.ids)
        if (
            len(frame.aspects) > 1 and frame.aspects[-2:] not in _EITHER
        ):  # "the black and white and the speed"
            each = [
                frame.model_copy(
                    update={"aspects": (aspect,), "looks": frame.looks if aspect == "grade" else ()}
                )
                for aspect in frame.aspects
            ]
            found_each = [step for one in each if self.leave_out(one) for step in self._what_is_left_out()]
            self._outcome.undo, self._outcome.leave_out = 0, tuple(dict.fromkeys(found_each))
            return bool(found_each)
        steps = list[tuple[int, int | None]]()
        for place, turn in enumerate(self.editing()):
            for number, done in enumerate(turn.frames):
                if len(steps) < frame.steps and _matches(done, frame, kind, ids):
                    if frame.looks and ids and set(done.get("ids", ())) - ids:
                        self._carry(
                            Grade(target=frame.about, looks=frame.looks, off=True)
                        )  # of one of several
                        return True
                    if (kept := _kept(done, frame, ids)) is not None:
                        return place == 0 and self._again(turn, number, kept)
                    if place == 0 and len(turn.frames) == 1 and frame.steps == 1:
                        self.step_back(1)
                        return True
                    steps.append((turn.n, number if len(turn.frames) > 1 else None))
        self._outcome.leave_out = tuple(steps)
        return bool(steps)

    def _again(self, turn: Turn, number: int, kept: Frame) -> bool:
        """The last turn as it is without a part of one of its wishes: it is taken back and done so."""
        self.step_back(1)
        for place, done in enumerate(turn.frames):
            self._carry(kept if place == number else _frame(done))
        return True

    def _what_is_left_out(self) -> tuple[tuple[int, int | None], ...]:
        """The steps that the undo before came to, one step back among them."""
        return ((self.editing()[0].n, None),) if self._outcome.undo else self._outcome.leave_out


def _frame(done: Mapping[str, Any]) -> Frame:
    """The frame of what a turn did."""
    return frame_of({key: value for key, value in done.items() if key not in ("ops", "ids", "kind")})


def _kept(done: Mapping[str, Any], frame: Undo, ids: set[str]) -> Frame | None:
    """What of a wish stays where only a part of it is taken back: the other end, the other clips. None: nothing."""
    if frame.edge is not None:
        how = "head" if frame.edge == "start" else "tail"
        spans = [span for span in done["spans"] if span.get("how") != how]
        return _frame({**done, "spans": spans}) if spans else None
    whole = _frame(done)
    target: Target | None = getattr(whole, "target", None)
    if (
        not ids
        or not set(done.get("ids", ())) - ids
        or frame.looks
        or "target" not in type(whole).model_fields
    ):
        return None
    every = (
        target if target is not None and not (target.refer or target.ids) else Target(ids=tuple(done["ids"]))
    )
    return whole.model_copy(update={"target": every.model_copy(update={"but": frame.about})})


def _matches(done: Mapping[str, Any], frame: Undo, kind: str | None, ids: set[str]) -> bool:
    aspects = frame.aspects
    if frame.looks and not set(frame.looks) & set(done.get("looks", ())):
        return False
    if aspects and done.get("frame") not in _alike(aspects):
        return False
    if frame.type is not None and (done.get("type") or _PLAIN_TRANSITION) != frame.type:
        return False
    if frame.edge is not None and not cuts_there(done, frame.edge):
        return False
    if ids and not ids & set(done.get("ids", ())):
        if not (kind and done.get("kind") == kind):
            return False
    elif kind is not None and kind not in ("all", "video") and done.get("kind") != kind and not ids:
        return False
    return bool(aspects or kind or ids)


def _alike(aspects: Sequence[str]) -> set[str]:
    more = {
        "cut_out": {"cut_out", "keep", "fit", "remove", "keep_only"}, "fit": {"fit", "cut_out"},
        "move": {"move", "retime", "arrange", "order", "swap"},
        "mute": {"mute", "set_volume"}, "set_volume": {"set_volume", "mute"}, "zoom": {"zoom"},
    }  # fmt: skip
    return set().union(*(more.get(aspect, {aspect}) for aspect in aspects))
