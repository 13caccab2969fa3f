"""The recipe as a user holds it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from os import PathLike
from pathlib import Path

from ..client import get_runner
from ..client.files import named, writable
from ..connection import aconnect
from ..errors import AlreadyThere, InvalidInput, MissingFile, RecipeError
from ..misuse import checked_calls
from ..project import AsyncProject, Export, Project
from ..project.show import Gauge, meter
from . import generate, inputs, replay, text
from .accept import accepted
from .comments import with_comments_of
from .document import Document, Holds, Input, Parameter, Step
from .parameters import chosen, parametrized
from .record import record
from .replay import Replay
from .verify import Verdict, differs, verify_recipe

__all__ = ["Recipe"]


_EXAMPLES = {
    "__init__": 'A recipe comes from project.recipe(), or from a file: nemo.Recipe.load("trailer.yaml").',
    "load": 'For example: nemo.Recipe.load("trailer.yaml").',
    "save": 'For example: project.recipe().save("trailer.yaml").',
    "replay": 'For example: recipe.replay({"clip": "mine.mp4"}), by the names that recipe.inputs has.',
}


@checked_calls(_EXAMPLES)
class Recipe:
    """An edit written down so that others can make it again. From `project.recipe()`, or `Recipe.load(file)`.

    >>> recipe = project.recipe()
    >>> recipe.save("trailer.yaml").name
    'trailer.yaml'
    >>> again = nemo.Recipe.load("trailer.yaml").replay({"clip": clip, "tune": tune})
    >>> again.draft.hash == project.draft.hash
    True
    """

    def __init__(self, document: Document, folder: Path | None = None, text: str = "") -> None:
        self._document = document
        self._folder = folder
        self._text = text  # of the file that it is from, whose comments are kept

    @classmethod
    async def arecord(cls, project: AsyncProject, sources: Mapping[str, str] | None = None) -> Recipe:
        """The recipe of a project as it is now; see `Project.recipe`."""
        return cls(await record(project, sources))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Recipe:
        """Read a file. Whoever made it need not be trusted.

        MissingFile, or RecipeError for what is no recipe.
        """
        try:
            file = named(path)
            if not file.is_file():  # a pipe would keep us waiting
                raise FileNotFoundError(file)
            with file.open("rb") as stream:
                content = stream.read(text.MAX_BYTES + 1)
        except (OSError, ValueError):
            raise MissingFile(f"There is no recipe at {str(path)[:200]}.") from None
        document = text.load(content)
        return cls(document, file.parent, content.decode("utf-8-sig"))

    def save(self, path: str | PathLike[str]) -> Path:
        """Write it as YAML 1.2, readable and stable under version control. A recipe that lies there is replaced.

        The comments of the file that it was loaded from are kept.
        """
        target = named(path)
        if target.exists() and not _is_recipe(target):
            kind = "folder" if target.is_dir() else "file"
            raise AlreadyThere(
                f"There is a {kind} {target.name!r} already, and it is no recipe.", next_step="Name another."
            )
        with writable(target):
            target.write_text(str(self), encoding="utf-8")
        self._folder = target.parent
        return target

    # ---- what it holds --------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The project's name."""
        return self._document.title

    @property
    def inputs(self) -> dict[str, Input]:
        """The files that it is made of, by the names that `replay` knows them by; lengths in ms."""
        return dict(self._document.inputs)

    @property
    def steps(self) -> tuple[Step, ...]:
        """What was done, in order: each an upload, a sentence, or operations by hand."""
        return self._document.steps

    @property
    def parameters(self) -> dict[str, Parameter]:
        """What can be chosen anew in a replay, with the values that the recipe was made with."""
        return dict(self._document.parameters)

    @property
    def holds(self) -> Holds | None:
        """What must hold at the end: `edit_hash`, `hash`, `duration_ms`, `tracks`. None where that isn't told yet."""
        return self._document.holds

    # ---- what can be done with it ---------------------------------------------------------------

    def parametrize(self, **values: Parameter) -> Recipe:
        """The same recipe, in which these values can be chosen anew: wherever one stands, the parameter is put.

        A text is found inside of texts as well; a number must stand in one place only. InvalidInput where it doesn't.

        >>> card = project.recipe().parametrize(headline="Urban Dreams")
        >>> card.replay({"clip": clip, "tune": tune}, {"headline": "My Town"}).draft.summary()
        'Timeline (3 tracks): 1. Video: clip.mp4 (0-4s) 2. BGM: tune.mp3 (0-4s) 3. Title: "My Town" (0-3s)'
        """
        return Recipe(parametrized(self._document, values), self._folder)

    def replay(
        self,
        inputs: Mapping[str, str | PathLike[str]] | None = None,
        parameters: Mapping[str, Parameter] | None = None,
        *,
        replan: bool = False,
        out: str | Path | None = None,
        overwrite: bool = False,
        backend: str | None = None,
        project: Project | None = None,
    ) -> Replay:
        """Make the edit again, in a new project: by its operations, so that no later planner changes it.

        `inputs`: your own files by the recipe's names; without one the recipe's own is found, fetched or made, and
        checked. `replan=True` says the sentences anew; `verify()` then tells what today's planner does differently.
        `out`: a folder for the recipe's exports, or one file for the end result; nothing there is replaced unless
        `overwrite`. `backend` as in `connect`, or a `project` whose backend is taken. A backend that takes sentences
        only gets those; the replay then says `deterministic=False`.

        Raises InvalidInput, MissingFile, RecipeError, and the errors of `upload`, `apply` and `export`.
        """
        document = self._document
        values = chosen(document, parameters or {})
        exports = replay.wanted(document, out, overwrite=overwrite)
        gauge = Gauge("Replaying")

        async def going() -> tuple[AsyncProject, replay.Made]:
            files = await _inputs(document, inputs or {}, self._folder)
            first = project.awaited if project else await aconnect(backend)
            fresh = first.start_new(document.title)
            try:
                made = await replay.make(document, fresh, files, values, exports, replan=replan, gauge=gauge)
            except BaseException:
                if project is None:
                    await first.close()
                raise
            return fresh, made

        runner = get_runner()
        with meter(gauge) as drawing:
            fresh, made = runner.run(going(), tick=drawing.tick)
        return Replay(
            project=Project(fresh, runner),
            exports=[Export(item, runner) for item in made.exports],
            deterministic=not made.by_sentences,
            parameters=values,
            _document=document,
            _made=made,
        )

    def accept(self, replay: Replay) -> Recipe:
        """The recipe with what a replay of it made taken over: files, operations of its sentences, what must hold.

        So is one completed that was written by hand, or brought up to date after a change. RecipeError where that
        can't be written as operations, InvalidInput for a replay with parameters of its own.

        >>> recipe.accept(recipe.replay({"clip": clip, "tune": tune})) == recipe
        True
        """
        if dict(replay.parameters) != dict(self._document.parameters):
            raise InvalidInput(
                "This replay has parameters of its own.", next_step="Replay it without, and accept that."
            )
        if replay._document != self._document:
            raise InvalidInput(
                "That is the replay of another recipe.", next_step="Accept one of this recipe."
            )
        taken_over = accepted(self._document, replay._made, replay.project.history)
        return Recipe(taken_over, self._folder, self._text)

    def differs(self, before: Recipe) -> list[str]:
        """What it says otherwise than before an `accept`, in words."""
        return differs(before._document, self._document)

    def verify(self) -> Verdict:
        """Whether its operations come to what it says must hold; where not, what differs. No file is needed.

        >>> print(project.recipe().verify())
        It holds.
        """
        return verify_recipe(self._document)

    def to_script(self, path: str | PathLike[str] | None = None) -> str:
        """The same edit as a Python script, which is returned, and written where there is a `path`.

        RecipeError where a step has no operations.
        """
        return _written(generate.script(self._complete()), path)

    def to_notebook(self, path: str | PathLike[str] | None = None) -> str:
        """The same edit as a Jupyter notebook (its JSON), a cell for each step; written where there is a `path`."""
        return _written(generate.notebook(self._complete()), path)

    def _complete(self) -> Document:
        for number, step in enumerate(self._document.steps, start=1):
            if step.operations is None:
                raise RecipeError(
                    f"Step {number} has no operations: they are not known for a plain backend's edits."
                )
        return self._document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self._document == other._document

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return with_comments_of(self._text, text.dump(self._document))

    def __repr__(self) -> str:
        return f"<Recipe {self.title!r}: {len(self.steps)} steps with {', '.join(self.inputs) or 'no files'}>"

    def _repr_html_(self) -> str:
        return f'<pre style="white-space: pre-wrap">{escape(str(self))}</pre>'


_inputs = inputs.find  # `inputs` is the name that users know the argument of `replay` by


def _is_recipe(path: Path) -> bool:
    try:
        Recipe.load(path)
    except (RecipeError, MissingFile):
        return False
    return True


def _written(content: str, path: str | PathLike[str] | None) -> str:
    if path is not None:
        target = named(path)
        if target.exists():
            raise AlreadyThere(f"There is a file {target.name!r} already.", next_step="Name another.")
        with writable(target):
            target.write_text(content, encoding="utf-8")
    return content
