"""How things look in a notebook: plain HTML that outlives the kernel, and progress while one waits.

Nothing here needs a widget, a script or a style sheet: those are gone when a saved notebook is opened
untrusted, on GitHub or by nbconvert. What JupyterLab keeps are inline styles and `<video src="data:…">`.
"""

from __future__ import annotations

import base64
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol
from urllib.parse import quote

from ..client.notebook import shell_of_kernel

PATIENCE = 0.4  # seconds; what is over sooner needs no progress bar
REDRAW = 0.25


class Gauge:
    """How far something is: written by the loop thread, drawn by the thread that waits for it."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.done = 0.0

    def report(self, done: float) -> None:
        """`done` goes from 0 to 1."""
        self.done = max(0.0, min(float(done), 1.0))


class Painter(Protocol):
    def draw(self, gauge: Gauge) -> None: ...
    def clear(self) -> None: ...


class Meter:
    """Draws a gauge while one waits: to be called often, draws seldom."""

    def __init__(self, gauge: Gauge, painter: Painter) -> None:
        self._gauge = gauge
        self._painter = painter
        self._next = time.monotonic() + PATIENCE
        self._drawn = False

    def tick(self) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + REDRAW
            self._drawn = True
            self._painter.draw(self._gauge)

    def end(self) -> None:
        if self._drawn:
            self._painter.clear()


@contextmanager
def meter(gauge: Gauge) -> Iterator[Meter]:
    """A meter that is cleared away at the end, however it ends."""
    drawing = Meter(gauge, _NotebookBar() if in_kernel() else _TerminalBar())
    try:
        yield drawing
    finally:
        drawing.end()


def in_kernel() -> bool:
    """Whether this runs in a Jupyter kernel, where HTML can be shown."""
    return shell_of_kernel() is not None


def tell(*lines: str) -> None:
    """Say something beside what a call gives: in a notebook below its cell, else where a pipe doesn't take it along."""
    for line in lines:
        print(f"nemo_nb: {line}", file=sys.stdout if in_kernel() else sys.stderr)


class _NotebookBar:
    def __init__(self) -> None:
        self._handle: Any = None

    def draw(self, gauge: Gauge) -> None:
        self._show(
            f'<div role="status">{escape(gauge.what)} <progress max="1" value="{gauge.done:.3f}"></progress>'
            f" {gauge.done:.0%}</div>"
        )

    def clear(self) -> None:
        self._show("")

    def _show(self, html: str) -> None:
        from IPython import display as ipython

        if self._handle is None:
            self._handle = ipython.display(_Html(html), display_id=True)  # type: ignore[no-untyped-call]
        else:
            self._handle.update(_Html(html))


@dataclass(frozen=True)
class _Html:
    html: str

    def _repr_html_(self) -> str:
        return self.html


class _TerminalBar:
    """tqdm, which draws nothing when nobody looks at a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None

    def draw(self, gauge: Gauge) -> None:
        if self._bar is None:
            from tqdm import tqdm

            layout = "{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}"
            self._bar = tqdm(desc=gauge.what, total=1.0, leave=False, disable=None, bar_format=layout)
        self._bar.set_description_str(gauge.what, refresh=False)
        self._bar.update(gauge.done - self._bar.n)

    def clear(self) -> None:
        self._bar.close()


def video(content: bytes, name: str, caption: str, *, link: str | None = None) -> str:
    """An inline player that holds the video itself.

    `link` is a path relative to the notebook, at which the whole file can be had.
    """
    source = f"data:video/mp4;base64,{base64.b64encode(content).decode('ascii')}"
    shown = escape(name)
    if link:
        shown = f'<a href="{escape(quote(link))}" download="{escape(name)}">{shown}</a>'
    return (
        '<figure style="margin: 0; max-width: 640px">'
        f'<video controls preload="metadata" style="width: 100%" aria-label="{escape(name)}" src="{source}"></video>'
        f"<figcaption>{shown} · {escape(caption)}</figcaption></figure>"
    )


def picture(content: bytes, mime: str, name: str, caption: str) -> str:
    """An inline picture, moving or not, that holds itself."""
    source = f"data:{mime};base64,{base64.b64encode(content).decode('ascii')}"
    return (
        '<figure style="margin: 0; max-width: 640px">'
        f'<img alt="{escape(name)}" style="max-width: 100%" src="{source}">'
        f"<figcaption>{escape(name)} · {escape(caption)}</figcaption></figure>"
    )


def size(octets: int) -> str:
    """`46_000_000` → `46 MB`."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if octets >= scale:
            return f"{octets / scale:.3g} {unit}"
    return f"{octets} bytes"
