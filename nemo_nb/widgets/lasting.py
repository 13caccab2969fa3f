"""What stays in the saved notebook: a second output of the cell, in plain HTML.

A live widget dies with its kernel, and JupyterLab saves none of its state. What an untrusted notebook, nbconvert and
GitHub all keep are tables, inline styles, PNG images and `<video src="data:…">`; no style sheet, script or SVG.
"""

from __future__ import annotations

import base64
import io
import uuid
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ..client.notebook import MIME
from ..draft import Draft
from ..draft.timecode import seconds
from ..tongues import Language, table
from . import markdown

MAX_ROWS = 200
_COLORS = {"video": "#3b6fd4", "image": "#b8640e", "audio": "#2b8a57", "text": "#8a4bb8"}
_CELL = "padding: 2px 10px; text-align: left; white-space: nowrap"
_HEADS = ("track", "kind", "name", "start", "end", "volume")


class LastingOutput:
    """One output that is written again after each change. Once the page was reloaded it can't be reached any more."""

    def __init__(self) -> None:
        self.id = f"nemo-{uuid.uuid4().hex[:12]}"
        self.shown = False
        self.project = ""
        """The id of the notebook's own project, by which it is found again; empty where it is another."""

    def show(self, html: str) -> None:
        self._display(html, update=False)
        self.shown = True

    def update(self, html: str) -> None:
        self._display(html, update=True)

    def _display(self, html: str, *, update: bool) -> None:
        from IPython.display import display

        # The attribute is how a live widget finds and hides the copy of itself.
        wrapped = f'<div data-nemo-lasting="{self.id}">{html}</div>'
        bundle: dict[str, Any] = {"text/html": wrapped, "text/plain": ""}
        if self.project:
            bundle[MIME] = {"project": self.project}
        display(bundle, raw=True, display_id=self.id, update=update)  # type: ignore[no-untyped-call]


def conversation(messages: Sequence[Mapping[str, Any]]) -> str:
    """The turns as a person reads them: `role`, `text`, and the changes in words."""
    return "".join(_message(message) for message in messages)


def _message(message: Mapping[str, Any]) -> str:
    text, role = str(message.get("text", "")), message.get("role")
    if role == "user":
        return f'<p style="margin: 14px 0 4px"><b>▸ {escape(text)}</b></p>'
    if role == "error":
        return f'<p style="margin: 4px 0">⚠ {escape(text)} {escape(str(message.get("next", "")))}</p>'
    changes = "".join(
        f"<li>{escape(change['text'])}</li>"
        for change in message.get("changes", ())
        if change["text"] not in text  # most answers list them themselves
    )
    listed = f'<ul style="margin: 2px 0 6px">{changes}</ul>' if changes else ""
    return f'<div style="margin: 4px 0; max-width: 48em">{markdown.to_html(text)}{listed}</div>'


def timeline(draft: Draft, language: Language) -> str:
    """A picture of the lanes and a table of the segments, of which a very long timeline shows the first."""
    segments = list(draft.segments)
    if not segments:
        return ""
    picture = base64.b64encode(lanes_png(draft)).decode("ascii")
    alt = escape(draft.summary(language)[:1000])
    labels = table(language, "widgets").LABELS["timeline"]
    heads = "".join(f'<th style="{_CELL}">{escape(labels[head])}</th>' for head in _HEADS)
    rows = "".join(_row(draft, segment) for segment in segments[:MAX_ROWS])
    left = len(segments) - MAX_ROWS
    more = f"<p>… {left}</p>" if left > 0 else ""
    return (
        f'<p><img alt="{alt}" src="data:image/png;base64,{picture}" style="max-width: 100%"></p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{more}"
    )


def _row(draft: Draft, segment: Any) -> str:
    sounds = segment.kind in ("video", "audio")
    cells = (
        draft.tracks[segment.track].name,
        segment.kind,
        segment.name,
        seconds(segment.start_ms),
        seconds(segment.end_ms),
        ("0%" if segment.muted else f"{segment.volume:.0%}") if sounds else "",
    )
    return "<tr>" + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in cells) + "</tr>"


def video(content: bytes, poster: str, name: str, caption: str) -> str:
    """A player that holds the film. Where films are not allowed, what is inside it stays: the poster."""
    source = f"data:video/mp4;base64,{base64.b64encode(content).decode('ascii')}"
    return (
        f'<p><video controls preload="metadata" style="max-width: 640px; width: 100%" aria-label="{escape(name)}"'
        f' poster="{poster}" src="{source}">{_picture(poster, name)}</video></p>{_named(name, caption)}'
    )


def still(poster: str, name: str, caption: str) -> str:
    """A picture of the film, where the film itself is held elsewhere."""
    return f"<p>{_picture(poster, name)}</p>{_named(name, caption)}"


def _picture(poster: str, name: str) -> str:
    return f'<img alt="{escape(name)}" src="{poster}" style="max-width: 100%">' if poster else ""


def _named(name: str, caption: str) -> str:
    return f"<p>{escape(name)} · {escape(caption)}</p>"


def lanes_png(draft: Draft, width: int = 960) -> bytes:
    """The lanes to scale, top layer first, as a PNG whose background is transparent: it fits both themes."""
    from PIL import Image, ImageDraw, ImageFont

    lane, gap, ruler = 30, 4, 22
    tracks = [track for track in reversed(draft.tracks) if track.segments]
    image = Image.new("RGBA", (width, ruler + len(tracks) * (lane + gap)), (0, 0, 0, 0))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(12)
    scale = width / max(draft.duration_ms, 1)
    step = _ruler_step(draft.duration_ms)
    for at in range(0, draft.duration_ms + 1, step):
        pen.line([(at * scale, ruler - 5), (at * scale, ruler - 1)], fill="#808080")
        if at * scale < width - 30:
            pen.text((at * scale + 3, 2), seconds(at), fill="#808080", font=font)
    for number, track in enumerate(tracks):
        top = ruler + number * (lane + gap)
        for segment in track.segments:
            left, right = (
                segment.start_ms * scale,
                max(segment.end_ms * scale - 1, segment.start_ms * scale + 1),
            )
            pen.rectangle((left, top, right, top + lane), fill=_COLORS.get(segment.kind, "#666666"))
            label = _fitting(segment.name, right - left - 10, font)
            pen.text((left + 5, top + 8), label, fill="#ffffff", font=font)
    stream = io.BytesIO()
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _fitting(text: str, width: float, font: Any) -> str:
    """As much of the text as has room. What the font lacks is left out; the table beneath has it in full."""
    shown = text.encode("latin-1", "ignore").decode("latin-1").split("\n")[0][:80]
    while shown and font.getlength(shown) > width:
        shown = shown[:-1]
    return shown


def _ruler_step(duration_ms: int) -> int:
    steps = (100, 250, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000)
    return next((step for step in steps if duration_ms / step <= 12), 1_800_000)
