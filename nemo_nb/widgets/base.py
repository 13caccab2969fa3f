"""What all widgets share: their document, commands from the browser, work that never blocks a callback.

The browser draws a widget from its *document*, a JSON object that is the synchronised trait `doc`. Python changes the
document in place and sends only what changed, as a patch. So a page that is opened anew, or a second view, gets the
whole document with the widget's state, and an edit costs a message of a few hundred bytes however long the timeline.

A command from the browser is `{"do": name, "id": n, …}` and calls the method `_do_<name>`. It is acknowledged first of
all: a browser that hears nothing knows that the kernel is busy. Commands run on the kernel's thread or a subshell's,
hand their work to the project's loop with `_start`, and return.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache, wraps
from importlib.resources import files
from typing import Any, ClassVar, ParamSpec, TypeVar, cast

import anywidget
import traitlets

from ..client import Job
from ..client.notebook import kernel_id
from ..draft.model import copy_json
from ..errors import NemoError, WrongCall
from ..misuse import checked
from ..project import Project
from ..project.status import Status
from ..tongues import table
from .kernel import go_on_while_a_cell_runs
from .lasting import LastingOutput
from .slide import find_slide, slid

Item = dict[str, Any]
P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])
log = logging.getLogger(__name__)

_FAREWELL_S = 1.0


def on_a_project(init: F) -> F:
    """What makes a widget of a project, and says so where it gets something else."""
    made = checked("It works on a project: project = nemo.connect(), or Studio() for this notebook's own.")(
        init
    )

    @wraps(init)
    def guarded(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            made(self, *args, **kwargs)
        except WrongCall:
            self.close = lambda: None  # ipywidgets closes what nobody holds, and here is nothing to close
            raise

    return cast("F", guarded)


def script(*names: str) -> str:
    """A widget's module: these scripts of the folder `page`, after those that all widgets share."""
    return _joined(".js", "elements", "server", "link", "view", *names)


def style(name: str) -> str:
    """A widget's style sheet, after the one that all widgets share."""
    return _joined(".css", "common", name)


@cache
def _joined(ending: str, *names: str) -> str:
    # A widget's module can't import a sibling, and a build step would be one more thing to go wrong.
    folder = files(__package__) / "page"
    return "\n".join((folder / f"{name}{ending}").read_text(encoding="utf-8") for name in names)


class NemoWidget(anywidget.AnyWidget):
    """The base of the widgets. `project` is what it works on."""

    doc = traitlets.Dict().tag(sync=True)
    """What the browser shows. Changed only by `_set` and `_sync`, which send what they change."""

    _collections: ClassVar[tuple[str, ...]] = ()
    """The keys of `doc` that are lists of items with an `id`."""

    _view: ClassVar[str]
    """Its labels' name in the tables of the languages."""

    tells_stale = True
    """Whether it says so when the saved copy can't be refreshed any more. Of widgets together one is enough."""

    def __init__(self, project: Project) -> None:
        self._guard = threading.RLock()
        self._page: str | None = None  # the page heard last
        self._home: str | None = None  # the page that was open when it was displayed, or opened right after
        self._work: set[Job] = set()
        self._lasting = LastingOutput()
        self._project = project
        super().__init__(
            doc={
                **self._labels(),
                "lasting": self._lasting.id,
                "stale": False,
                "kernel": kernel_id(),
                **{name: [] for name in self._collections},
            }
        )
        self._unwatch = project.watch(self._changed)
        self.on_msg(self._received)
        go_on_while_a_cell_runs(self.comm)

    @property
    def project(self) -> Project:
        return self._project

    @project.setter
    def project(self, project: Project) -> None:
        """Show another project."""
        self._unwatch()
        self._project = project
        self._unwatch = project.watch(self._changed)
        self._set(**self._labels())
        self._begin()

    def close(self) -> None:
        """Take the widget from the page and end what it is at. The project stays as it is, and so do its exports."""
        self._unwatch()
        for job in self._work:
            job.cancel()
        for job in self._work:
            job.ended.wait(_FAREWELL_S)
        self.layout.close()  # a widget of its own, which ipywidgets would leave open
        super().close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._project!r}>"

    # ---- for each widget to fill in -------------------------------------------------------------

    def _begin(self) -> None:
        """Show the project from the start."""
        raise NotImplementedError

    def _status_changed(self, status: Status) -> None:
        """The project changed. Called on the loop's thread."""

    def _lasting_html(self) -> str:
        """What stays in the saved notebook: plain HTML with inline styles."""
        return ""

    def _changed(self, status: Status) -> None:
        self._set(**self._labels())  # the language is that of the first sentence
        self._status_changed(status)

    def _labels(self) -> Item:
        """The project's language, and what the page says in it."""
        language = self._project.awaited.language
        labels = table(language, "widgets").LABELS
        return {"language": language, "words": labels["common"] | labels[self._view]}

    # ---- the document ---------------------------------------------------------------------------

    def _set(self, **fields: Any) -> None:
        """Change keys of the document."""
        with self._guard:
            changed = {key: value for key, value in fields.items() if self.doc.get(key, _MISSING) != value}
            self.doc.update(changed)
        if changed:
            self.send({"type": "patch", "set": changed})

    def _put(self, name: str, item: Item) -> None:
        """Add an item to a collection, or replace the one with its id."""
        with self._guard:
            _put_into(self.doc[name], [item])
        self.send({"type": "patch", "put": {name: [item]}})

    def _sync(self, name: str, items: Iterable[Item]) -> None:
        """Make a collection hold just these items; what is the same is not sent."""
        wanted = {item["id"]: item for item in items}
        with self._guard:
            held = {item["id"]: item for item in self.doc[name]}
            gone = [key for key in held if key not in wanted]
            slide = find_slide(held, wanted)
            if slide:
                held = slid(held.values(), slide)
            new = [item for key, item in wanted.items() if held.get(key) != item]
            self.doc[name][:] = wanted.values()
        if gone or new or slide:
            told = {"slide": {name: slide}} if slide else {}
            self.send({"type": "patch", **told, "put": {name: new}, "drop": {name: gone}})

    def _item(self, name: str, key: str) -> Item | None:
        """A copy of the item with this id."""
        with self._guard:
            return next((dict(item) for item in self.doc[name] if item["id"] == key), None)

    def _update(self, name: str, key: str, /, **fields: Any) -> None:
        """Change fields of an item, where it is still there."""
        item = self._item(name, key)
        if item is not None and any(item.get(field, _MISSING) != value for field, value in fields.items()):
            self._put(name, item | fields)

    def get_state(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        # It is serialised on the kernel's thread while the loop's may change the document.
        with self._guard:
            state: dict[str, Any] = super().get_state(*args, **kwargs)
            if "doc" in state:
                state["doc"] = copy_json(state["doc"])
        return state

    # ---- commands -------------------------------------------------------------------------------

    def _received(self, _: Any, content: Mapping[str, Any], buffers: list[memoryview]) -> None:
        name = str(content.get("do"))
        self.send({"type": "ack", "id": content.get("id")})
        command: Callable[..., None] | None = getattr(self, f"_do_{name}", None)
        if command is None:
            return
        fields = {key: value for key, value in content.items() if key not in ("do", "id")}
        try:
            command(**fields, buffers=buffers) if buffers else command(**fields)
        except Exception as error:
            self._failed(error)

    def _do_hello(self, page: str = "") -> None:
        """A page has loaded the widget: the one that it is displayed on, or one that was loaded anew."""
        self._page = page
        if self._home is None:
            self._home = page
        self._set(stale=page != self._home and self._lasting.shown and self.tells_stale)

    def _start(self, work: Callable[P, Awaitable[Any]], /, *args: P.args, **kwargs: P.kwargs) -> Job:
        """Let it run on the project's loop; its errors are shown in the widget."""

        async def told() -> None:
            try:
                await work(*args, **kwargs)
            except Exception as error:
                self._failed(error)

        job = self._project.start(told())
        with self._guard:
            self._work = {other for other in self._work if not other.ended.is_set()} | {job}
        return job

    def _failed(self, error: Exception) -> None:
        """Show an error that belongs to no item of the widget."""
        self.send({"type": "error", **problem(error)})

    # ---- display --------------------------------------------------------------------------------

    def _ipython_display_(self) -> None:
        from IPython.display import display

        self.await_page()
        display(self._repr_mimebundle_(), raw=True)  # type: ignore[no-untyped-call]
        self.show_lasting()

    def await_page(self) -> None:
        """From now on it is displayed on the page that is open, or on the next to say hello if none has yet.

        Front ends load a widget as soon as it is made, so a page may have said hello before the cell shows anything.
        """
        self._home = self._page
        self._set(stale=False)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:  # type: ignore[override]
        return {
            "text/plain": repr(self),
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.model_id,
            },
        }

    def show_lasting(self) -> None:
        """Put the plain copy, which the page hides while the widget lives, into this cell's output."""
        self._lasting.show(self._lasting_html())

    def leave_project(self, id: str) -> None:
        """Let the plain copy say from now on which project is the notebook's own."""
        self._lasting.project = id
        self._refresh_lasting()

    def _refresh_lasting(self) -> None:
        if self._lasting.shown:
            self._lasting.update(self._lasting_html())


def problem(error: Exception) -> dict[str, str]:
    """An error as the page shows it: what happened and what to do. Nothing of an unexpected one's text."""
    if isinstance(error, NemoError):
        return {"what": error.what, "next": error.next_step}
    log.error("A widget failed.", exc_info=error)
    return {"what": f"Something went wrong in the widget ({type(error).__name__}).", "next": "Try it again."}


def _put_into(held: list[Item], items: Iterable[Item]) -> None:
    places = {item["id"]: place for place, item in enumerate(held)}
    for item in items:
        if item["id"] in places:
            held[places[item["id"]]] = item
        else:
            held.append(item)


_MISSING = object()
