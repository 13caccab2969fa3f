"""The project, blocking: every method waits for its awaited twin in `aio`, interruptibly."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..chat.reply import Reply
from ..client import Asset, Credits, Job, JournalTurn, Plan, Runner, Secret, Source, Turn
from ..draft import Change, Draft
from ..errors import WrongCall
from ..media.formats import Accepted
from ..misuse import WaitedList, checked_calls, no_such_name
from .aio import AsyncProject
from .export import Export
from .hints import EXAMPLES, INSTEAD, LOOKED_AT
from .looking import Preview
from .plans import Focus
from .show import Gauge, meter, tell
from .status import Status
from .tables import CHANGED

if TYPE_CHECKING:
    import pandas as pd

    from .. import Recipe

T = TypeVar("T")
_uses = itertools.count()


@checked_calls(EXAMPLES, LOOKED_AT)
class Project:
    """A video edit on some backend. Made by `nemo.connect`.

    >>> with nemo.connect() as project:
    ...     assets = project.upload(clip, tune)
    ...     reply = project.say("add this background music and fade it out at the end")
    ...     export = project.export("music.mp4")
    >>> [asset.name for asset in assets], export.path.name
    (['clip.mp4', 'tune.mp3'], 'music.mp4')

    It works in cells, scripts, threads and widget callbacks. Interrupting a cell stops the wait and closes the
    connection; an export that was submitted goes on and is found in `project.exports`.
    """

    def __init__(self, project: AsyncProject, runner: Runner) -> None:
        self._async = project
        self._runner = runner
        self.used = next(_uses)
        """Of several the one used last has the highest."""

    def __repr__(self) -> str:
        return repr(self._async).replace("AsyncProject", "Project", 1)

    if not TYPE_CHECKING:  # a checker is to find such calls and names itself

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            raise WrongCall("A project isn't called.", next_step=EXAMPLES["say"])

        def __getattr__(self, name: str) -> Any:
            if hasattr(type(self), name):  # it is there, and failed with an error of its own
                return object.__getattribute__(self, name)
            raise no_such_name(name, "A project", dir(type(self)), INSTEAD)

    @property
    def name(self) -> str:
        return self._async.name

    @name.setter
    def name(self, name: str) -> None:
        self.rename(name)

    @property
    def id(self) -> str:
        """By which a notebook's saved output remembers the project. It stays when the project gets another name."""
        return self._async.id

    @property
    def backend(self) -> str:
        """The backend in a few words; never a token."""
        return self._async.backend

    @property
    def session_id(self) -> str | None:
        """The backend's id of this project; None until something was uploaded or said."""
        return self._async.session_id

    # ---- files and talk -------------------------------------------------------------------------

    def upload(self, *sources: Source) -> list[Asset]:
        """Upload files, in order. Videos go onto the timeline; music and images wait to be asked for.

        The same content under the same name is the same file: where it is on the timeline it stays as it is, and that
        is said. Named twice at once it is placed twice.

        A source is a path, a pattern such as `"*.jpg"`, an http(s) URL, an open binary file, `(name, bytes)`, or a list
        of these; `(name, path)` uploads a file under another name. Formats and size are those that the backend takes:
        `project.accepts()`.

        Raises MissingFile, UnsupportedFile, FileTooLarge or BrokenMedia before anything of it is kept.
        """
        gauge = Gauge("Uploading")
        assets = self._watch(self._async.upload(*sources, progress=gauge), gauge)
        tell(*dict.fromkeys(f"{asset.name}: {asset.note}" for asset in assets if asset.note))
        return WaitedList(assets)

    def streams(self, file: str) -> pd.DataFrame:
        """The tracks of an upload, one row each: its picture, then its sounds and subtitles by their numbers.

        `heard` is whether a sound is heard where nobody chose others; the operation `choose_sound` chooses. `start` and
        `end` are in seconds. MissingFile; NotSupportedByBackend where the backend doesn't tell.

        >>> project.streams("clip.mp4")["kind"].tolist()
        ['picture', 'sound']
        """
        return self._wait(self._async.streams(file))

    def accepts(self) -> Accepted:
        """The names of the formats that the backend takes, and how many bytes a file may have."""
        return self._wait(self._async.accepts())

    def say(self, text: str, *, focus: Focus | None = None) -> Reply:
        """Say what should be done, in English, Chinese or German, and get the answer.

        Sentences for an export, credits, the status or an upload are routed to those calls; `reply.routes` tells.
        `reply.changes` is what really changed. `focus` is what "this" and "here" mean: `{"at": ms, "segments": [ids]}`,
        both optional; a plain backend makes nothing of it.
        """
        self._tell_of_tables()
        gauge = Gauge("Working")
        return self._watch(self._async.say(text, focus=focus, progress=gauge), gauge)

    @property
    def conversation(self) -> list[JournalTurn]:
        """What was said and answered in this project so far, in earlier kernels too."""
        return self._async.conversation

    @property
    def assets(self) -> list[Asset]:
        """What was uploaded, in order."""
        return self._wait(self._async._assets())

    # ---- the edit -------------------------------------------------------------------------------

    @property
    def draft(self) -> Draft:
        """The edit as it is now."""
        return self._wait(self._async._draft())

    @property
    def timeline(self) -> pd.DataFrame:
        """The edit as a table, one row a segment; times in seconds. By their ids: `timeline.set_index("id")`.

        It tells what is there, and a change to it is no edit: see `say` and `apply`.
        """
        self._tell_of_tables()
        return self._async.tables.hand(self.draft.frame())

    @property
    def history(self) -> list[Turn]:
        """Every turn, with what changed by it and the hash of the draft that it led to; that draft is `draft_at`'s.

        NotSupportedByBackend on a plain backend.

        >>> project.say("mute the clip").changes == project.history[-1].changes
        True
        """
        return self._wait(self._async._history())

    def draft_at(self, turn: int) -> Draft:
        """The draft that a turn led to, by its number in `history`; 0 for the empty one of the beginning.

        InvalidInput where there is no such turn, NotSupportedByBackend on a plain backend.

        >>> last = project.history[-1]
        >>> project.draft_at(last.turn).hash == last.hash
        True
        """
        return self._wait(self._async.draft_at(turn))

    def undo(self, steps: int = 1, *, turn: int | Sequence[int] | None = None) -> list[Change]:
        """Take back the last `steps` edits; what changed by it. Empty when there was nothing to take back.

        With `turn` that one alone (or several), as `history` numbers them: the later ones stay and are made again. It
        is a step of its own, which undo() takes back. An upload's clips go, the files stay listed. LaterStepInTheWay
        where a later turn builds on it, InvalidInput where it is undone already or changed nothing; then nothing is
        done. NotSupportedByBackend on a plain backend.

        >>> turn = project.history[-1].turn
        >>> project.apply([{"op": "background", "color": "#ffffff"}])
        [<Change background #000000 → #ffffff>]
        >>> project.undo(turn=turn + 1)
        [<Change background #ffffff → #000000>]
        """
        return WaitedList(self._wait(self._async.undo(steps, turn=turn)))

    def redo(self, steps: int = 1) -> list[Change]:
        """Make undone edits again; what changed by it."""
        return WaitedList(self._wait(self._async.redo(steps)))

    def plan(self, text: str, *, focus: Focus | None = None) -> Plan:
        """What a sentence would do, without doing it: `.operations` and `.reply`. `focus`: see `say`."""
        return self._wait(self._async.plan(text, focus=focus))

    def apply(
        self, operations: Plan | Sequence[Mapping[str, Any]], *, label: str | None = None
    ) -> list[Change]:
        """Make these operations, all or none; what changed by them. DraftError names the one that cannot be made.

        `label` says in the history what they were for.
        """
        return WaitedList(self._wait(self._async.apply(operations, label=label)))

    def recipe(self, sources: Mapping[str, str] | None = None) -> Recipe:
        """What was done, as a recipe that others can make again: see `nemo.Recipe`.

        `sources` says where to get an input, by its name: `{"clip": "https://example.org/clip.mp4"}`.
        InvalidInput where nothing was done yet.

        >>> project.recipe().save("trailer.yaml").name
        'trailer.yaml'
        """
        return self._wait(self._async.recipe(sources))

    # ---- looking --------------------------------------------------------------------------------

    def preview(self, at: str | float | None = None, *, height: int | None = None) -> Preview:
        """One frame of the cut at a time (`"0:05"`, or seconds), or a small film of all of it.

        Where much has to be decoded, it shows about ten pictures a second; of what would take minutes (at 1080p, more
        than two minutes of 4 Mbit/s), the keyframes alone where they come often, and a second beside each cut.
        """
        return self._wait(self._async.preview(at, height=height))

    def filmstrip(self, file: str, *, frames: int = 30, height: int = 48) -> Preview:
        """Pictures of an uploaded file side by side, evenly from its start to its end. `file`: its name or hash."""
        return self._wait(self._async.filmstrip(file, frames=frames, height=height))

    def waveform(self, file: str, *, width: int = 1200, height: int = 48) -> Preview:
        """The sound of an uploaded file as a picture, from its start to its end. `file`: its name or hash."""
        return self._wait(self._async.waveform(file, width=width, height=height))

    def status(self) -> Status:
        """The project's name, backend, draft, uploads and exports; as text, the summary line."""
        return self._wait(self._async.status())

    def credits(self) -> Credits:
        """The balance. Exports cost none, nor do edits on the embedded engine."""
        return self._wait(self._async.credits())

    def claim_link(self) -> Secret:
        """A link that opens the project in the browser. Whoever has it has the project: see `Secret.reveal`."""
        return self._wait(self._async.claim_link())

    # ---- exports --------------------------------------------------------------------------------

    def export(
        self,
        path: str | Path | None = None,
        *,
        format: str | None = None,
        quality: str = "high",
        resolution: str | int | None = None,
        codec: str | None = None,
        frame_rate: float | str | None = None,
        overwrite: bool = False,
        wait: bool = True,
    ) -> Export:
        """Render the draft into a file; by default `<project>.mp4` here or in the folder that is named, numbered.

        A path that is named may be that of an earlier export, which is replaced; any other file there is left alone
        unless `overwrite` says so. `format` is told by the path's extension. `quality`: low, medium, high.
        `resolution` ("720p", "1080p") scales the output. `codec`: "h264", which plays everywhere and is the default, or
        "source" for that of the longest part, so that HEVC is copied too, in ten bits and HDR where it is. What is
        copied keeps its own times; with a `frame_rate` (30, "30000/1001") every picture is as long as the others.
        With `wait=False` it comes back at once: `export.wait()`.

        Raises NothingToExport, ExportFailed, ExportCancelled, NoSpaceLeft or PlanRequired; NotSupportedByBackend,
        before anything is sent, where a backend can't be told a codec or a frame rate.
        """
        self._tell_of_tables()
        gauge = Gauge("Exporting")
        going = self._async.export(
            path,
            format=format,
            quality=quality,
            resolution=resolution,
            codec=codec,
            frame_rate=frame_rate,
            overwrite=overwrite,
            wait=wait,
            progress=gauge,
        )
        return Export(self._watch(going, gauge), self._runner)

    @property
    def exports(self) -> list[Export]:
        """Every export of this project, those of an earlier kernel too; running ones go on."""
        return [Export(item, self._runner) for item in self._wait(self._async._exports())]

    def batch(self, instructions: Mapping[str, str]) -> dict[str, Export]:
        """Each file by its own instructions into its own export: `{"a.mp4": "trim it to 5 s", …}`.

        Every file becomes a project of its own, named after it. The exports lie beside the notebook. All files are
        checked before the first is sent; one whose instructions change nothing is not exported, and InvalidInput
        says so after the others are done.
        """
        gauge = Gauge("Batch")
        done = self._watch(self._async.batch(instructions, progress=gauge), gauge)
        return {file: Export(item, self._runner) for file, item in done.items()}

    # ---- beside the kernel's thread -------------------------------------------------------------

    @property
    def awaited(self) -> AsyncProject:
        """The same project, awaited."""
        return self._async

    def start(self, going: Coroutine[Any, Any, Any]) -> Job:
        """Let something run and come back at once; `.cancel()` ends it. For callbacks, which must not block.

        >>> job = project.start(project.awaited.say("show tracks"))
        >>> job.ended.wait(30)
        True
        """
        self.used = next(_uses)
        return self._runner.start(going)

    def watch(self, callback: Callable[[Status], None]) -> Callable[[], None]:
        """Have `callback` called with the status after every change; what comes back ends it.

        It is called on the runner's loop: it must be quick and must not block.
        """
        return self._async.watch(callback)

    def start_new(self, name: str | None = None) -> Project:
        """An empty project on the same backend, of the same name or of another. This one stays as it is."""
        return self.twin(self._async.start_new(name))

    def twin(self, project: AsyncProject) -> Project:
        """Another project of this backend, blocking."""
        return Project(project, self._runner)

    def rename(self, name: str) -> None:
        """Give the project another name, as `project.name = …` does: `connect(project=…)` finds it by this one.

        >>> project.rename("city by night")
        >>> project.name
        'city by night'
        """
        self._wait(self._async.rename(name))
        self._tell_of_namesakes()

    def copy(self, name: str | None = None) -> Project:
        """Another project that begins as this one is, with its uploads and its history; this one stays as it is.

        Its exports are not taken along. Without a name it is called "… copy". NotSupportedByBackend on a plain backend.

        >>> short = project.copy("short version")
        >>> short.draft == project.draft
        True
        """
        copy = self.twin(self._wait(self._async.copy(name)))
        copy._tell_of_namesakes()
        return copy

    # ---- the end --------------------------------------------------------------------------------

    def delete(self) -> None:
        """Remove the project from the backend, with its exports there. Files on this machine stay.

        Any later call raises ProjectClosed.
        """
        self._wait(self._async.delete())

    def close(self) -> None:
        """Close the connections. The project stays where it is: `connect(session=…)` opens it again.

        Any later call raises ProjectClosed.
        """
        self._wait(self._async.close())

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _tell_of_namesakes(self) -> None:
        if self._async._namesakes:
            tell(f"another project is called {self.name!r} too: nemo.projects() lists both")

    def _tell_of_tables(self) -> None:
        if self._async.tables.changed():
            tell(CHANGED)

    def _wait(self, going: Coroutine[Any, Any, T]) -> T:
        self.used = next(_uses)
        return self._runner.run(going)

    def _watch(self, going: Coroutine[Any, Any, T], gauge: Gauge) -> T:
        self.used = next(_uses)
        with meter(gauge) as drawing:
            return self._runner.run(going, tick=drawing.tick)
