"""From a project to a recipe: what holds of its history, told step by step."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from ..chat.routing import route
from ..client import Asset, Entry, JournalExport, JournalTurn, JournalUpload, Turn
from ..draft import Draft
from ..draft.operations import apply_all, parse
from ..errors import DraftError, InvalidInput, NotSupportedByBackend
from ..media.formats import base_name, kind_of
from ..project import AsyncProject
from .binding import refer, said
from .document import Document, Export, Holds, Input, Step, read, source

__all__ = ["record", "standing", "tracks_of"]


async def record(project: AsyncProject, sources: Mapping[str, str] | None = None) -> Document:
    """The recipe of a project as it is now. What was undone is not in it.

    `sources`: where to get an input, by its name, where that is not what the project knows by itself.
    InvalidInput where there is nothing to tell, or a name in `sources` is no input.
    """
    now = await project.status()
    draft, assets = now.draft, now.assets
    journal = project.journal_entry
    if journal is None or not assets:
        raise InvalidInput(
            "There is nothing to write down yet.", next_step="Upload and edit something first."
        )
    shelf = _Shelf.of(assets, journal.uploads, sources or {})
    try:
        steps, drafts = _from_history(await project.history, draft, shelf)
    except NotSupportedByBackend:
        steps, drafts = _from_journal(journal, shelf), []
    document = Document(
        title=journal.title[:200],  # as in its draft, and so in its hashes
        inputs=shelf.inputs,
        steps=tuple(steps),
        exports=tuple(_exports(journal.exports, drafts, len(steps))),
        holds=Holds(
            duration_ms=draft.duration_ms,
            tracks=tracks_of(draft),
            edit_hash=draft.edit_hash,
            hash=draft.hash,
        ),
    )
    holds = document.holds and document.holds.model_copy(update={"said": said(document, steps)})
    # What a reader would refuse is not written.
    return read(document.model_copy(update={"holds": holds}).model_dump())


def tracks_of(draft: Draft) -> tuple[str, ...]:
    """One line a track, as the summary tells it."""
    lines = (
        Draft({**draft.to_dict(), "t": [track.raw]}).summary() for track in draft.tracks if track.segments
    )
    return tuple(line.partition(": 1. ")[2] for line in lines)


@dataclass
class _Shelf:
    """The uploaded files with the names that they have as inputs."""

    assets: Sequence[Asset]
    inputs: dict[str, Input] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    """By asset and file."""

    @classmethod
    def of(
        cls, assets: Sequence[Asset], uploads: Sequence[JournalUpload], sources: Mapping[str, str]
    ) -> _Shelf:
        shelf = cls(assets)
        origins = {(item.hash, item.file): item.origin for item in uploads if _is_source(item.origin)}
        for asset in assets:
            key = (asset.hash, asset.name)
            if key not in shelf.names:
                shelf._add(asset, origins.get(key, ""), sources)
        if unknown := sorted(set(sources) - set(shelf.inputs)):
            raise InvalidInput(
                f"{', '.join(map(repr, unknown))} is no input.",
                next_step=f"There are {', '.join(shelf.inputs)}.",
            )
        return shelf

    def _add(self, asset: Asset, origin: str, sources: Mapping[str, str]) -> None:
        kind = kind_of(asset.name)
        name = _free(_slug(PurePath(asset.name).stem) or kind, self.inputs)
        known = asset.hash if re.fullmatch(r"sha256:[0-9a-f]{64}", asset.hash) else ""
        self.names[asset.hash, asset.name] = name
        self.inputs[name] = Input(
            file=base_name(asset.name), kind=kind, hash=known, duration_ms=asset.duration_ms,
            get=sources.get(name, origin),
        )  # fmt: skip

    def uploaded(self, turn: Turn, after: int) -> tuple[tuple[str, ...], int]:
        """The inputs of an upload turn, which tells their files in a row; and how many files came before its end.

        A file is told again where it was placed again, or its upload made again behind an undo: it is then one of the
        earlier ones.
        """
        placed = {str(item.get("asset")) for item in turn.operations}
        names, rest = list[str](), turn.text
        while rest:
            number = self._told_first(rest, placed, after)
            asset = self.assets[number]
            names.append(self.names[asset.hash, asset.name])
            rest = rest[len(asset.name) :].removeprefix(", ")
            after = max(after, number + 1)
        return tuple(names), after

    def _told_first(self, text: str, placed: Collection[str], after: int) -> int:
        """Which file the text begins with: of one name that which was placed, or the next one."""
        fitting = [
            number
            for number, asset in enumerate(self.assets)
            if text == asset.name or text.startswith(f"{asset.name}, ")
        ]
        if not fitting:
            raise InvalidInput("The history of this project tells an upload that is not among its files.")
        return max(
            fitting,
            key=lambda n: (
                len(self.assets[n].name),
                n == after,
                self.assets[n].hash in placed,
                n > after,
                -n,
            ),
        )


def _from_history(turns: Sequence[Turn], now: Draft, shelf: _Shelf) -> tuple[list[Step], list[Draft]]:
    """The turns that led to the draft, and the draft after each.

    A turn counts when its operations lead from the draft before it to its own: what was undone, or changed nothing,
    does not.
    """
    steps, drafts, seen = list[Step](), list[Draft](), 0
    draft = Draft.empty(now.title)
    for turn, made, due in standing(turns):
        try:
            after = apply_all(draft, parse(made))
        except DraftError:
            continue
        if (due and after.hash != turn.hash) or (after == draft and turn.kind != "upload"):
            continue
        operations = tuple(refer(item, shelf.names) for item in made)
        if turn.kind == "upload":
            names, seen = shelf.uploaded(turn, seen)
            steps.append(Step(upload=names, operations=operations))
        else:
            steps.append(Step(say=turn.text, operations=operations))
        draft = after
        drafts.append(draft)
    if draft != now:
        raise InvalidInput(
            "This project's draft cannot be told from its history.",
            next_step="It was changed by something else; make the edit anew in a project of its own.",
        )
    return steps, drafts


def standing(turns: Sequence[Turn]) -> Iterator[tuple[Turn, Sequence[Mapping[str, Any]], bool]]:
    """The turns that still count, each with what it does; and whether its own draft must come of that.

    Where a turn took earlier ones back alone, those before it do what it left them. A file whose clip was taken back
    is uploaded all the same where something else is made of it.
    """
    way = next((turn for turn in reversed(turns) if turn.way is not None and not turn.undone), None)
    left = {int(item["turn"]): list(item["operations"]) for item in (way.way if way and way.way else ())}
    used = json.dumps(
        [list(left.values()), [turn.operations for turn in turns if way and turn.turn >= way.turn]]
    )
    for turn in turns:
        if way is None or turn.turn >= way.turn:
            if not turn.undone:
                yield turn, turn.operations, True
        elif turn.turn in left:
            yield turn, left[turn.turn], False
        elif turn.kind == "upload" and (not turn.operations or _is_needed(turn, used)):
            yield turn, [], False


def _is_needed(upload: Turn, used: str) -> bool:
    return any(str(item.get("asset")) in used for item in upload.operations)


def _from_journal(journal: Entry, shelf: _Shelf) -> list[Step]:
    """Uploads and sentences as this machine wrote them down: all that is known of a plain backend's edit."""
    noted: list[JournalUpload | JournalTurn] = sorted(
        [*journal.uploads, *journal.turns], key=lambda item: item.at_ms
    )
    steps: list[Step] = []
    for item in noted:
        if isinstance(item, JournalUpload):
            name = shelf.names[item.hash, item.file]
            if steps and steps[-1].upload:
                steps[-1] = Step(upload=(*steps[-1].upload, name))
            else:
                steps.append(Step(upload=(name,)))
        else:
            steps += [Step(say=part.text) for part in route(item.text) if part.kind == "sse"]
    return steps


def _exports(exports: Sequence[JournalExport], drafts: Sequence[Draft], steps: int) -> Iterator[Export]:
    """Those that were finished, each after the last step that led to what it shows; one file once."""
    after = {draft.edit_hash: number for number, draft in enumerate(drafts, start=1)}
    finished = {Path(item.path).name: item for item in exports if item.state == "saved"}
    for file, item in finished.items():
        height = item.output.get("height")
        resolution = str(item.output.get("resolution") or (f"{height}p" if height else ""))
        quality = item.output.get("quality", "high")
        # An export of what was undone is no part of the edit, and a name that fits one system only not of a recipe.
        with contextlib.suppress(ValidationError):
            if item.edit_hash in after or not drafts:
                done = after.get(item.edit_hash, steps)
                yield Export(file=file, after=done, quality=quality, resolution=resolution)


def _is_source(origin: str) -> bool:
    try:
        return len(source(origin)) <= 2000
    except ValueError:
        return False


def _slug(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_0123456789")[:30]


def _free(name: str, taken: Mapping[str, Any]) -> str:
    numbered = (f"{name}_{number}" if number > 1 else name for number in range(1, len(taken) + 2))
    return next(candidate for candidate in numbered if candidate not in taken)
