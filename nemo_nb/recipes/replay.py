"""Making a recipe's edit again, on a new project of some backend."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..client.files import named, writable
from ..draft import Draft
from ..errors import AlreadyThere, DraftError, InvalidInput, RecipeError
from ..media.formats import KIND
from ..project import AsyncExport, AsyncProject, Export, Project
from ..project.files import no_folder, stem
from ..project.show import Gauge
from . import document as doc
from .binding import Bound, operations_of, restated, sentence
from .document import Document, Parameter, Step
from .verify import Verdict, told, verify_replay

__all__ = ["Made", "Replay", "Wanted", "make", "wanted"]

Wanted = tuple[doc.Export, Path]
"""An export of the recipe, and where its file is to go."""

EXPORT_WEIGHT = 4  # of a step's, in the progress bar


@dataclass(frozen=True, slots=True)
class Made:
    """What a replay came to: the draft after each step, the files that were used, the exports."""

    drafts: list[Draft]
    bound: dict[str, Bound]
    exports: list[AsyncExport]
    by_sentences: bool
    restated: list[int] = field(default_factory=list)
    """Numbers of the steps whose sentence was changed by hand, and said anew."""
    said: dict[int, str] = field(default_factory=dict)
    """The steps that were said, by their numbers: what of each wasn't done, in the answer's words; mostly nothing."""
    turns: list[int] = field(default_factory=list)
    """The newest turn of the history after each step; none where the backend tells no history."""


@dataclass(frozen=True, slots=True)
class Replay:
    """A recipe, made again. `project` is the new project; `exports` the files that were asked for with `out`.

    `deterministic`: whether the same recipe and files give the same draft each time. By operations they do; by
    sentences, with `replan` or on a backend that takes nothing else, they need not.
    """

    project: Project
    exports: list[Export]
    deterministic: bool
    parameters: Mapping[str, Parameter]
    _document: Document = field(repr=False)
    _made: Made = field(repr=False)

    @property
    def draft(self) -> Draft:
        """The edit as the replay left it."""
        return self._made.drafts[-1]

    def verify(self) -> Verdict:
        """Where it parts from the recipe, step by step: see Verdict.

        >>> print(recipe.replay({"clip": clip, "tune": tune}).verify())
        It holds.
        """
        made = self._made
        return verify_replay(
            self._document, made.drafts, made.bound, self.parameters,
            by_sentences=made.by_sentences, refused=made.said,
        )  # fmt: skip

    @property
    def restated(self) -> tuple[int, ...]:
        """The numbers of the steps whose sentence was changed by hand since its operations were written."""
        return tuple(self._made.restated)

    def __repr__(self) -> str:
        return f"<Replay of {self._document.title!r}: {self.draft.summary()}>"


def wanted(document: Document, out: str | Path | None, *, overwrite: bool) -> list[Wanted]:
    """Which files to make. `out`: a folder for all the exports of the recipe, or one file for the edit at its end.

    A recipe without exports makes one video in a folder, called after it.

    InvalidInput where a file is in the way, before anything is done.
    """
    if out is None:
        return []
    target = named(out)
    extension = target.suffix.lower().removeprefix(".")
    into = target.is_dir() or os.fspath(out).endswith(("/", os.sep)) or not extension
    if not into and extension not in KIND:
        raise InvalidInput(
            f"No video can be called {target.name!r}.", next_step="Name it .mp4, or a folder: out/."
        )
    if not into:
        like = document.exports[-1].model_dump() if document.exports else {}
        one = doc.Export.model_construct(**{"quality": "high", "resolution": ""} | like)
        pairs = [(one.model_copy(update={"file": target.name, "after": len(document.steps)}), target)]
    else:
        exports = document.exports or (
            doc.Export(file=f"{stem(document.title)}.mp4", after=len(document.steps)),
        )
        pairs = [(export, target / export.file) for export in exports]
    for _, path in pairs:
        if not overwrite and (path.exists() or path.is_symlink()):
            raise AlreadyThere(f"There is a file {path.name!r} already.")
    if not into and not target.parent.is_dir():
        raise no_folder(Path(out).parent)
    with writable(folder := pairs[0][1].parent):
        folder.mkdir(parents=True, exist_ok=True)
    return pairs


async def make(
    document: Document,
    project: AsyncProject,
    files: Mapping[str, Path],
    parameters: Mapping[str, Parameter],
    exports: Sequence[Wanted],
    *,
    replan: bool,
    gauge: Gauge,
) -> Made:
    """Make the edit on a new project, and the exports on the way."""
    by_sentences = replan or not await project.can("apply")
    if by_sentences:
        _needs_sentences(document, replan)
    made = Made(
        [], {}, [], by_sentences or any(step.operations is None and step.say for step in document.steps)
    )
    made.restated.extend(n for n, step in enumerate(document.steps, start=1) if restated(document, step))
    tells = await project.can("history")
    progress = _Progress(gauge, len(document.steps) + EXPORT_WEIGHT * len(exports))
    for number, step in enumerate(document.steps, start=1):
        try:
            refused = await _make_step(
                step, document, project, files, parameters, made.bound, by_sentences, progress
            )
            if refused is not None:
                made.said[number] = refused
        except (DraftError, InvalidInput) as error:
            raise RecipeError(f"Step {number} ({told(step)}) cannot be made: {error}", next_step="") from None
        made.drafts.append(await project.draft)
        if tells:
            made.turns.append(max((turn.turn for turn in await project.history), default=0))
        progress.advance(1)
        for export, path in exports:
            if export.after == number:
                made.exports.append(
                    await project.export(
                        path,
                        quality=export.quality,
                        resolution=export.resolution or None,
                        overwrite=True,  # `wanted` has asked
                        progress=progress.part(EXPORT_WEIGHT),
                    )
                )
                progress.advance(EXPORT_WEIGHT)
    return made


async def _make_step(
    step: Step,
    document: Document,
    project: AsyncProject,
    files: Mapping[str, Path],
    parameters: Mapping[str, Parameter],
    bound: dict[str, Bound],
    by_sentences: bool,
    progress: _Progress,
) -> str | None:
    """What wasn't done of a step that was said; None for another."""
    said = sentence(step, parameters)
    if step.upload:
        items = [document.inputs[name] for name in step.upload]
        # Under the recipe's name, so that equal edits of other files have equal fingerprints.
        named = [(Path(item.file).stem + files[name].suffix.lower(), files[name])
                 for name, item in zip(step.upload, items, strict=True)]  # fmt: skip
        before = await project.draft
        for name, item, asset in zip(
            step.upload, items, await project.upload(*named, progress=progress.part(1)), strict=True
        ):
            bound[name] = Bound.of(asset, item)
        if step.operations is None or by_sentences or not await project.can("leave_out"):
            return None
        placed = await project.draft != before
        if placed and not step.operations:  # a file that was wanted for later
            await project.undo(turn=(await project.history)[-1].turn)
        elif step.operations and not placed:  # one that was placed once more
            await project.apply(operations_of(step, bound, parameters))
    elif by_sentences or step.operations is None or restated(document, step):
        reply = await project.say(said)
        refused = [note.text for note in reply.notes if note.kind == "refusal"]
        if reply.question and not (reply.changes or refused):
            refused = [reply.question]
        return " ".join(refused)
    else:
        await project.apply(operations_of(step, bound, parameters), label=said or None)
    return None


def _needs_sentences(document: Document, replan: bool) -> None:
    for number, step in enumerate(document.steps, start=1):
        if not (step.upload or step.say):
            raise RecipeError(
                f"Step {number} ({told(step)}) was made by hand and has no sentence.",
                next_step="Replay it without replan." if replan else "Replay it on the embedded engine.",
            )


class _Progress:
    """One gauge for all of it."""

    def __init__(self, gauge: Gauge, total: int) -> None:
        self._gauge, self._total, self._done = gauge, max(total, 1), 0

    def advance(self, weight: int) -> None:
        self._done += weight
        self._gauge.report(self._done / self._total)

    def part(self, weight: int) -> Gauge:
        """A gauge whose whole is `weight` of this one."""
        outer, begun, total = self._gauge, self._done, self._total

        class Part(Gauge):
            def report(self, done: float) -> None:
                super().report(done)
                outer.report((begun + weight * self.done) / total)

        return Part(outer.what)
