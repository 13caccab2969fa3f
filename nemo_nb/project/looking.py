"""Pictures of the cut and of what was uploaded."""

from __future__ import annotations

import base64
import io
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from ..client import Asset, Client
from ..client.files import named, writable
from ..errors import InvalidInput
from ..misuse import Waited
from . import show
from .files import parse_time
from .held import hold

# What a preview is saved as: its own kind, and those that it can be converted to.
_EXTENSIONS = {
    "image/png": (".png", (".jpg", ".jpeg")),
    "image/jpeg": (".jpg", (".jpeg", ".png")),
    "video/mp4": (".mp4", ()),
}


@dataclass(frozen=True, slots=True)
class Preview(Waited):
    """A picture or a small film of the cut; a notebook shows it. `save` writes it to a file."""

    mime: str
    content: bytes = field(repr=False)
    caption: str = ""
    cut: tuple[str, str] = field(default=("", ""), repr=False)
    """What a film shows: its project and the edit."""

    def save(self, path: str | Path) -> Path:
        """Write it to a file: a picture as `.png` or `.jpg`, a film as `.mp4`."""
        target = named(path)
        own, others = _EXTENSIONS[self.mime]
        extension = target.suffix.lower()
        if extension not in (own, *others):
            raise InvalidInput(f"{target.name!r} cannot hold this preview.", next_step=f"Name it with {own}.")
        with writable(target):
            if extension == own:
                target.write_bytes(self.content)
            else:
                from PIL import Image

                made = Image.open(io.BytesIO(self.content), formats=("PNG",))  # noqa: TID251 - no file, and ours
                made.convert("RGB").save(target, quality=92)
        return target

    def _repr_html_(self) -> str:
        if self.mime.startswith("video/"):
            hold(cut=self.cut)
            return show.video(self.content, self.caption, show.size(len(self.content)))
        source = f"data:{self.mime};base64,{base64.b64encode(self.content).decode('ascii')}"
        return f'<img alt="{escape(self.caption)}" style="max-width: 640px; width: 100%" src="{source}">'


async def film(client: Client, session_id: str, name: str, height: int | None, edit: str) -> Preview:
    """A small film of the whole cut."""
    with tempfile.TemporaryDirectory() as folder:
        made = await client.preview_video(
            session_id, Path(folder, "cut.mp4"), 360 if height is None else height
        )
        return Preview("video/mp4", made.read_bytes(), f"{name}, preview", (session_id, edit))


async def frame(client: Client, session_id: str, name: str, at: str | float, height: int | None) -> Preview:
    """One frame of the cut."""
    at_ms = parse_time(at)
    content = await client.preview_frame(session_id, at_ms, 540 if height is None else height)
    return Preview("image/png", content, f"{name} at {at_ms / 1000:g} s")


async def filmstrip(client: Client, session_id: str, file: str, frames: int, height: int) -> Preview:
    """Pictures of an upload side by side."""
    asset = await _asset(client, session_id, file)
    return Preview("image/jpeg", await client.filmstrip(session_id, asset.hash, frames, height), asset.name)


async def waveform(client: Client, session_id: str, file: str, width: int, height: int) -> Preview:
    """The sound of an upload as a picture."""
    asset = await _asset(client, session_id, file)
    return Preview("image/png", await client.waveform(session_id, asset.hash, width, height), asset.name)


async def _asset(client: Client, session_id: str, file: str) -> Asset:
    """The upload of that name or hash, the last one where several share the name."""
    found = [asset for asset in await client.assets(session_id) if file in (asset.name, asset.hash)]
    if not found:
        raise InvalidInput(
            f"{file!r} was not uploaded to this project.", next_step="project.status().assets has the names."
        )
    return found[-1]
