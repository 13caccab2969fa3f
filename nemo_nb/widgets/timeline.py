"""The timeline: lanes drawn to scale above the table of segments, both open to the hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal

from ..client import Asset, Job, ReelPiece
from ..draft import Draft, Segment, operations
from ..draft.operations import Operation
from ..errors import NemoError, NotSupportedByBackend, OutOfDate
from ..project import Project
from ..project.status import Status
from . import lasting, strips
from .base import Item, NemoWidget, on_a_project, script, style
from .controls import controls, setting
from .laying import Where, laid
from .phrasing import sentences
from .served import on_server

_FRAME_HEIGHT = 180
_SAYABLE = frozenset({"volume", "change_text"})  # of the controls, where a backend can only be talked to
_BY_HAND = ("volume", "mute", "change_text", "delete", "cut_out", "reorder", "retime", "split")


class TimelineTable(NemoWidget):
    """The project's timeline, drawn and as a table. Pieces can be moved, trimmed, deleted, made louder or reworded.

    >>> table = nemo.TimelineTable(project)

    Every edit by hand is an operation of the project, with the same checks and the same undo as a sentence.
    """

    _view = "timeline"
    _esm = script(
        "timeline_edits",
        "timeline_strips",
        "timeline_lanes",
        "timeline_hand",
        "timeline_keys",
        "timeline_table",
        "timeline_player",
        "timeline_monitor",
        "timeline_inspector",
        "timeline_bin",
        "timeline",
    )
    _css = style("timeline")
    _collections = ("rows",)

    @on_a_project
    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self._draft = Draft.empty()
        self._files: dict[str, Asset] = {}
        self._looking: Job | None = None
        self._begin()

    @property
    def focus(self) -> dict[str, Any]:
        """What is selected and where the playhead was put, as `project.say` takes it; `at` is None at first."""
        with self._guard:
            at, chosen = self._playhead, list(self._selected)
        there = {segment.id for segment in self._draft.segments}
        return {"at": at, "segments": [item for item in chosen if item in there]}

    def _begin(self) -> None:
        self._look_at(None, [])
        self._set(pictures=True, plays=False)
        self._pieces: dict[int, ReelPiece] = {}
        self._show(Draft.empty(), ())
        self._start(self._load)

    # ---- commands -------------------------------------------------------------------------------

    def _do_edit(self, op: Mapping[str, Any]) -> None:
        if op.get("op") in _BY_HAND:
            self._start(self._edit, operations.parse([op])[0])

    def _do_inspect(self, segment: str) -> None:
        """What a hand can set about a segment. A page asks when one is chosen, and anew after an edit."""
        self._start(self._send_controls, segment)

    def _do_set(self, segment: str, key: str, value: Any) -> None:
        """One of these, set by a hand."""
        self._start(self._set_control, segment, key, value)

    def _do_focus(self, at: int | None, segments: Sequence[str]) -> None:
        """What the page has selected, and where its playhead stands."""
        self._look_at(None if at is None else max(0, int(at)), [str(item) for item in segments])

    def _look_at(self, at: int | None, segments: Sequence[str]) -> None:
        with self._guard:
            self._playhead, self._selected = at, segments

    def _do_lay(self, file: str, where: Where, at: int) -> None:
        """A file of the bin, put on the lanes."""
        self._start(self._lay, file, where, max(0, int(at)))

    def _do_bring(self, sources: Sequence[str], where: Where, at: int) -> None:
        """Files that the notebook's server can see, such as those that its file browser drags."""
        self._start(self._bring, [str(source) for source in sources], where, max(0, int(at)))

    def _do_undo(self) -> None:
        self._start(self._project.awaited.undo)

    def _do_redo(self) -> None:
        self._start(self._project.awaited.redo)

    def _do_frame(self, at: int) -> None:
        """A picture of the cut at a time. Of several that are asked for in a row only the last is made."""
        if self._looking is not None:
            self._looking.cancel()
        self._looking = self._start(self._look, max(0, int(at)))

    def _do_reel(self) -> None:
        """The pieces that a page plays the cut by: which there are."""
        self._start(self._send_reel)

    def _do_piece(self, kind: Literal["picture", "sound"], first: int, key: str) -> None:
        """One of them, of the reel that the page was told last."""
        piece = self._pieces.get(first)
        if piece and kind in ("picture", "sound") and _short(piece, kind) == key:
            self._start(self._send_piece, piece, kind)

    def _do_strip(self, file: str, kind: strips.Kind) -> None:
        """What a clip's file looks or sounds like, for the lanes. A page asks once for each."""
        self._start(self._send_strip, file, kind)

    # ---- work -----------------------------------------------------------------------------------

    async def _edit(self, operation: Operation) -> None:
        try:
            await self._carry_out([operation])
        finally:
            self.send({"type": "settled"})  # what was dragged goes to where the draft has it

    async def _carry_out(self, wanted: Sequence[Operation]) -> None:
        project = self._project.awaited
        try:
            await project.apply(
                [{"op": item.op, **item.model_dump(mode="json", exclude_unset=True)} for item in wanted]
            )
        except NotSupportedByBackend:
            for operation in wanted:
                for sentence in sentences(operation, self._draft, project.language):
                    await project.say(sentence)

    async def _send_controls(self, segment_id: str) -> None:
        draft, language = self._draft, self._project.awaited.language
        only = None if await self._project.awaited.can("apply") else _SAYABLE
        held = next((item for item in draft.segments if item.id == segment_id), None)
        if held:
            shown = controls(draft, held, language, only)
            self.send({"type": "controls", "segment": segment_id, "controls": shown})

    async def _set_control(self, segment_id: str, key: str, value: Any) -> None:
        held = next((item for item in self._draft.segments if item.id == segment_id), None)
        wanted = setting(self._draft, held, key, value) if held else []
        try:
            if wanted:
                await self._carry_out(operations.parse(wanted))
        except Exception:
            await self._send_controls(segment_id)  # what was typed goes back to what there is
            raise

    async def _lay(self, file: str, where: Where, at: int) -> None:
        asset = self._files.get(file)
        if asset:
            await self._carry_out(laid(asset, self._draft, where, at))

    async def _bring(self, sources: Sequence[str], where: Where, at: int) -> None:
        """Uploaded, and laid where it was let go. A film that uploading has put at the end is moved from there."""
        project = self._project.awaited
        for source in sources:
            before = (await project.status()).draft
            (asset,) = await project.upload(on_server(source))
            draft = (await project.status()).draft
            known = {segment.id for segment in before.segments}
            placed = [segment.id for segment in draft.segments if segment.id not in known]
            taken = [operations.Delete(segments=tuple(placed))] if placed else []
            bare = operations.apply_all(draft, taken)
            await self._carry_out([*taken, *laid(asset, bare, where, at)])
            at += asset.duration_ms or operations.PHOTO_MS

    async def _look(self, at: int) -> None:
        try:
            picture = await self._project.awaited.preview(at / 1000, height=_FRAME_HEIGHT)
        except NotSupportedByBackend:
            self._set(pictures=False)
        except (
            NemoError
        ) as error:  # a picture that fails is told in its place: it takes nothing from the edit
            self.send({"type": "no_frame", "what": error.what})
        else:
            self.send({"type": "frame", "at": at}, buffers=[picture.content])

    async def _send_reel(self) -> None:
        try:
            reel = await self._project.awaited.reel()
        except NemoError as error:
            self.send({"type": "no_reel", "what": error.what})
            return
        self._pieces = {piece.first: piece for piece in reel.pieces}
        rows = [
            (piece.first, piece.frames, _short(piece, "picture"), _short(piece, "sound"))
            for piece in reel.pieces
        ]
        self.send({"type": "reel", "fps": reel.fps, "codecs": dict(reel.codecs), "pieces": rows})

    async def _send_piece(self, piece: ReelPiece, kind: Literal["picture", "sound"]) -> None:
        try:
            content = await self._project.awaited.reel_piece(piece, kind)
        except OutOfDate:
            await self._send_reel()
        except NemoError as error:
            self.send({"type": "no_reel", "what": error.what})
        else:
            told = {"type": "piece", "kind": kind, "first": piece.first, "key": _short(piece, kind)}
            self.send(told, buffers=[content])

    async def _send_strip(self, file: str, kind: strips.Kind) -> None:
        asset = self._files.get(file)
        with suppress(NemoError):  # a clip without a picture is drawn plain
            if asset:
                picture, frames = await strips.of(self._project.awaited, asset, kind)
                self.send({"type": "strip", "file": file, "kind": kind, "frames": frames}, buffers=[picture])

    async def _load(self) -> None:
        self._set(plays=await self._project.awaited.can("reel"))
        self._status_changed(await self._project.awaited.status())

    def _status_changed(self, status: Status) -> None:
        self._show(status.draft, status.assets)

    def _show(self, draft: Draft, assets: Sequence[Asset]) -> None:
        self._draft = draft
        self._files = strips.by_id(assets)
        tracks = [
            {"index": track.index, "name": track.name, "main": track is draft.main_track}
            for track in draft.tracks
            if track.segments
        ]
        canvas = draft.canvas
        self._set(
            tracks=tracks,
            total=draft.duration_ms,
            frame=float(1000 / canvas.fps),
            canvas=(canvas.width, canvas.height),
            edit=draft.edit_hash[:12],
            files={key: _in_bin(asset) for key, asset in self._files.items()},
            sound_alone=draft.main_track is not None and draft.main_track.type == 1,
        )
        self._sync("rows", (self._row(segment) for segment in draft.segments))
        if self._lasting.shown:
            self._start(asyncio.to_thread, self._refresh_lasting)

    def _row(self, segment: Segment) -> Item:
        row = _row(segment, self._draft.tracks[segment.track].muted)
        file = strips.file_id(segment.asset)
        return {**row, "file": file} if file in self._files else row

    def show_lasting(self) -> None:
        """As it is now: where no page keeps the kernel going, nothing would put it right later."""
        with suppress(NemoError):  # which loading the timeline tells
            self._status_changed(self._project.status())
        super().show_lasting()

    def _lasting_html(self) -> str:
        return lasting.timeline(self._draft, self._project.awaited.language)


def _in_bin(asset: Asset) -> Item:
    return {"name": asset.name, "kind": asset.kind, "length": asset.duration_ms}


def _short(piece: ReelPiece, kind: Literal["picture", "sound"]) -> str:
    """A key as a page knows it."""
    return (piece.picture if kind == "picture" else piece.sound)[:16]


def _row(segment: Segment, track_muted: bool) -> Item:
    """A segment as the page draws it, its strip aside; what is as usual is left out."""
    row: Item = {
        "id": segment.id,
        "track": segment.track,
        "kind": segment.kind,
        "name": segment.name,
        "start": segment.start_ms,
        "end": segment.end_ms,
    }
    if segment.kind in ("video", "audio"):
        row["volume"] = 0.0 if track_muted or segment.muted else segment.volume
        row["source"] = segment.source_start_ms
    if segment.speed != 1:
        row["speed"] = segment.speed
    if segment.kind == "text":
        row["text"] = segment.text
    for key in ("fade_in_ms", "fade_out_ms", "video_fade_in_ms", "video_fade_out_ms"):
        if segment.ms(key):
            row[key] = segment.ms(key)
    for key in ("loop", "reverse", "freeze"):
        if segment.meta.get(key):
            row[key] = True
    return row
