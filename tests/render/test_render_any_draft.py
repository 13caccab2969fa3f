"""Any sequence of edits of any inputs renders, decodes without an error and is as long as planned.

`NEMO_NB_DRAFTS=200` tries that many drafts, among which is every operation and every kind of input; a handful each
time is enough to notice a new mistake.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, get_args

import av
import pytest
from decode import packets, strict_frames

from nemo_nb.draft import Draft
from nemo_nb.draft import operations as ops
from nemo_nb.draft.schema import Look, Place, TransitionType, check
from nemo_nb.engine.render import Cache, Output, Source, plan_render, reel, render
from nemo_nb.errors import DraftError
from nemo_nb.media import formats
from nemo_nb.media.probe import probe

from .conftest import asset, decode, make

COUNT = int(os.environ.get("NEMO_NB_DRAFTS", "8"))
ALL = 200
LONGEST_MS = 8000
SECONDS = 2

_X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
_AAC = ["-c:a", "aac"]
INPUTS: dict[str, list[str]] = {
    "plain.mp4": ["testsrc2=s=160x90:r=30", "sine=440:r=48000", *_X264, "-bf", "2", "-g", "12", *_AAC],
    "alike.mp4": ["smptebars=s=160x90:r=30", "sine=550:r=48000", *_X264, "-bf", "2", "-g", "12", *_AAC],
    "silent.mov": ["testsrc=s=160x90:r=25", "", *_X264],
    "film.mp4": ["testsrc2=s=128x96:r=24000/1001", "sine=300:r=44100", *_X264, *_AAC, "-ac", "1"],
    "ntsc.mkv": ["testsrc2=s=96x160:r=60000/1001", "sine=300:r=22050", *_X264, *_AAC],
    "ten.mp4": ["testsrc2=s=160x90:r=30", "", "-c:v", "libx264", "-pix_fmt", "yuv420p10le"],
    "hevc.mp4": ["testsrc2=s=160x90:r=30", "", "-c:v", "libx265", "-x265-params", "log-level=0", "-tag:v", "hvc1"],
    "uneven.mp4": ["testsrc2=s=160x90:r=30,select='mod(n,3)'", "", *_X264, "-fps_mode", "vfr"],
    "late.mkv": ["-i", "plain.mp4", "-c", "copy", "-output_ts_offset", "100"],
    "begun.mp4": ["-ss", "0.5", "-i", "alike.mp4", "-c", "copy"],
    "dark.mp4": ["testsrc2=s=160x90:r=30,select='lt(n,30)+not(mod(n,3))'", "sine=300:r=48000", *_X264, "-g", "20",
                 "-fps_mode", "vfr", *_AAC],
    "surround.mp4": ["color=c=green:s=160x90:r=30", "anoisesrc=r=48000:a=0.1,pan=5.1|FL=c0|FR=c0", *_X264, *_AAC],
    "hdr.mp4": ["testsrc2=s=160x90:r=30", "", "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params",
                "log-level=0:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"],
    "fields.mp4": ["testsrc2=s=160x96:r=25", "sine=300:r=48000", *_X264, "-flags", "+ilme+ildct", *_AAC],
    "screen.webm": ["testsrc2=s=160x90:r=30", "sine=300:r=48000", "-c:v", "libvpx", "-deadline", "realtime"],
    "old.avi": ["testsrc2=s=160x120:r=15", "sine=300:r=32000", "-c:v", "mpeg4", "-c:a", "libmp3lame"],
    "turned.mp4": ["-display_rotation", "-90", "-i", "plain.mp4", "-c", "copy"],
    "moving.gif": ["testsrc2=s=80x60:r=10", ""],
    "photo.jpg": ["color=c=orange:s=200x120", "", "-frames:v", "1"],
    "logo.png": ["color=c=red@0.5:s=60x60,format=rgba", "", "-frames:v", "1"],
    "leaf.webp": ["color=c=green:s=90x60", "", "-frames:v", "1"],
    "song.mp3": ["", "sine=220:r=44100"],
    "two.mkv": ["-i", "plain.mp4", "-i", "song.mp3", "-map", "0", "-map", "1:a", "-c", "copy"],
    "phone.m4v": ["-i", "plain.mp4", "-c", "copy"],
    "clip.3gp": ["testsrc2=s=128x96:r=15", "sine=300:r=44100", *_X264, *_AAC, "-ac", "1"],
    "tune.flac": ["", "sine=260:r=44100"],
    "tune.ogg": ["", "sine=280:r=48000", "-c:a", "libvorbis"],
    "talk.opus": ["", "sine=310:r=48000", "-c:a", "libopus"],
    "voice.wav": ["", "sine=120:r=8000", "-ac", "1"],
    "radio.aac": ["", "sine=250:r=96000", *_AAC],
    "cover.m4a": ["-i", "song.mp3", "-i", "photo.jpg", "-map", "0", "-map", "1", *_AAC, "-c:v", "mjpeg",
                  "-disposition:v", "attached_pic"],
}  # fmt: skip
VIDEOS, IMAGES, SOUNDS = (
    [name for name in INPUTS if formats.kind_of(name) == kind] for kind in ("video", "image", "audio")
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Source]:
    folder = tmp_path_factory.mktemp("inputs")

    def source(name: str) -> Source:
        path = folder / name
        if not path.exists():
            make([*arguments(name), "-t", str(SECONDS)], path)
        return Source(path, probe(path), asset(name))

    def arguments(name: str) -> list[str]:
        made_of = [word for word in INPUTS[name] if word in INPUTS]
        if made_of:
            return [str(source(word).path) if word in made_of else word for word in INPUTS[name]]
        picture, sound, *options = INPUTS[name]
        given = [part for part in (picture, sound) if part]
        return [*(word for part in given for word in ("-f", "lavfi", "-i", part)), *options]

    return source


class Editor:
    """Makes up edits that fit the draft as it is."""

    def __init__(self, seed: int, source: Callable[[str], Source]) -> None:
        self.random = Random(seed)  # noqa: S311 - to be the same again, not to be secret
        self.source = source
        self.draft = Draft.empty()
        self.done: list[ops.Op] = []

    def edit(self) -> Draft:
        self._do(self._clip())
        kinds = [
            self._clip, self._music, self._overlay, self._text, self._captions, self._slideshow, self._cut, self._keep,
            self._split, self._freeze, self._speed, self._canvas, self._reorder, self._again, self._again,
            self._of_one, self._of_one, self._of_one, self._of_one,
        ]  # fmt: skip
        for _ in range(self.random.randint(1, 7)):
            # Many an edit doesn't fit what it meets: a few of them are tried.
            any(self._do(self.random.choice(kinds)()) for _ in range(5))
        return self.draft

    def _do(self, operation: ops.Op) -> bool:
        """Whether it could be done and changed anything."""
        try:
            after = ops.apply_all(self.draft, [operation])
        except DraftError:
            return False
        if not after.can_export or after.duration_ms > LONGEST_MS or after == self.draft:
            return False
        self.draft = check(after)
        self.done.append(operation)
        return True

    def _media(self, *names: str) -> dict[str, Any]:
        name = self.random.choice(names)
        return {"asset": asset(name), "file": name}

    def _moment(self) -> int:
        return self.random.randrange(max(1, self.draft.duration_ms))

    def _length(self, longest: int = 2500) -> int:
        return self.random.randint(1, longest)

    def _clip(self) -> ops.Op:
        media = self._media(*VIDEOS, "plain.mp4", "plain.mp4", "alike.mp4")
        info = self.source(media["file"]).info
        return ops.PlaceClip(
            **media, duration_ms=info.duration_ms, width=info.width, height=info.height, fps=str(info.fps)
        )

    def _music(self) -> ops.Op:
        media = self._media(*SOUNDS)
        file_ms = self.source(media["file"]).info.duration_ms
        return ops.AddMusic(
            **media, file_ms=file_ms, at_ms=self._moment(), volume=self.random.choice([0.3, 1, 2])
        )

    def _overlay(self) -> ops.Op:
        media = self._media(*IMAGES)
        place = self.random.choice(get_args(Place))
        return ops.Overlay(
            **media, at_ms=self._moment(), duration_ms=self._length(), position=place, opacity=0.7
        )

    def _text(self) -> ops.Op:
        return ops.AddText(text="Any words\nat all", at_ms=self._moment(), duration_ms=self._length())

    def _captions(self) -> ops.Op:
        first, second = self._length(), self._length()
        lines = (
            ops.CaptionLine(text="One line.", at_ms=0, duration_ms=first),
            ops.CaptionLine(text="And two.", at_ms=first, duration_ms=second),
        )
        return ops.AddCaptions(lines=lines)

    def _slideshow(self) -> ops.Op:
        images = (ops.Still(**self._media(*IMAGES)), ops.Still(**self._media(*IMAGES)))
        return ops.Slideshow(images=images, each_ms=600, transition="wipe-left", transition_ms=200)

    def _cut(self) -> ops.Op:
        start = self._moment()
        return ops.CutOut(start_ms=start, end_ms=start + self._length(1500))

    def _keep(self) -> ops.Op:
        start = self._moment() // 2
        return ops.Keep(ranges=((start, start + 500 + self._length()),))

    def _split(self) -> ops.Op:
        return ops.Split(at_ms=self._moment())

    def _freeze(self) -> ops.Op:
        return ops.Freeze(at_ms=self._moment(), duration_ms=self._length(800))

    def _speed(self) -> ops.Op:
        return ops.Speed(factor=self.random.choice([0.5, 0.77, 1.5, 2, 4]), start_ms=None)

    def _canvas(self) -> ops.Op:
        width, height = self.random.choice([(160, 90), (90, 160), (120, 120), (320, 180)])
        return ops.SetCanvas(width=width, height=height, fit=self.random.choice(["contain", "cover", "blur"]))

    def _reorder(self) -> ops.Op:
        clips = [segment.id for segment in self.draft.tracks[0].segments]
        return ops.Reorder(order=tuple(self.random.sample(clips, len(clips))))

    def _of_one(self) -> ops.Op:
        """An edit of one segment of those that there are."""
        chosen = self.random.choice([segment.id for segment in self.draft.segments])
        one, pick = (chosen,), self.random.choice
        makers: list[Callable[[], ops.Op]] = [
            lambda: ops.Reverse(segments=one),
            lambda: ops.Delete(segments=one),
            lambda: ops.Rotate(segments=one, degrees=pick([90, 180, 270, 30])),
            lambda: ops.Flip(segments=one, direction=pick(["h", "v"])),
            lambda: ops.AddFilter(segments=one, name=pick(get_args(Look)), amount=0.8),
            lambda: ops.Crop(segments=one, box={"x": 0.1, "y": 0.2, "w": 0.5, "h": 0.6}),
            lambda: ops.Adjust(segments=one, scale=0.5, opacity=0.6, position=pick(get_args(Place))),
            lambda: ops.Transition(segments=one, type=pick(get_args(TransitionType)), duration_ms=self._length(900)),
            lambda: ops.Transition(segments=one, type=pick(get_args(TransitionType)), duration_ms=self._length(900)),
            lambda: ops.Volume(segments=one, volume=pick([0, 0.5, 2])),
            lambda: ops.Mute(segments=one),
            lambda: ops.Loudness(sounds=(ops.Measured(segment=chosen, lufs=pick([-35, -9]), peak_db=-12),)),
            lambda: ops.Fade(segments=one, of=pick(["sound", "picture", "both"]), in_ms=300, out_ms=self._length()),
            lambda: ops.Duck(segments=one),
            lambda: self._tracks(chosen),
            lambda: ops.Retime(segment=chosen, duration_ms=self._length()),
            lambda: ops.Duplicate(segment=chosen),
            lambda: ops.Swap(first=chosen, second=pick([segment.id for segment in self.draft.segments])),
            lambda: ops.Loop(times=2),
            lambda: ops.Background(color="#204060"),
        ]  # fmt: skip
        return pick(makers)()

    def _tracks(self, segment: str) -> ops.Op:
        """Another choice among the sounds of a film that has two; of another its only one."""
        file = next(item.file for item in self.draft.segments if item.id == segment) or "none.mp4"
        return ops.ChooseSound(file=file, tracks=(2, 1) if file == "two.mkv" else (1,))

    def _again(self) -> ops.Op:
        """An edit of what an edit made: of a text or a filter where there is one."""
        texts = [segment.id for segment in self.draft.segments if segment.kind == "text"]
        filtered = [segment.id for segment in self.draft.segments if segment.meta.get("filters")]
        makers: list[Callable[[], ops.Op]] = [
            *(
                lambda: ops.ChangeText(segment=texts[0], text="Other words, and longer ones")
                for _ in texts[:1]
            ),
            *(
                lambda: ops.Restyle(segments=tuple(texts), style=ops.TextStyle(italic=True))
                for _ in texts[:1]
            ),
            *(lambda: ops.ClearFilters(segments=tuple(filtered)) for _ in filtered[:1]),
        ]
        return self.random.choice(makers or [self._text])()


def test_all_drafts_hold_every_operation_and_every_kind_of_input(inputs: Callable[[str], Source]) -> None:
    """Of those that `NEMO_NB_DRAFTS` renders; here they are only made up."""
    editors = [Editor(seed, inputs) for seed in range(ALL)]
    used = {segment.file for editor in editors for segment in editor.edit().segments}
    assert used >= set(INPUTS)
    # Others by another name, those that are wrapped anew when they come in, and photos, which are stills like these.
    alike = {"jpeg", "3g2", "ts", "mts", "m2ts", "avif", "heic", "heif"}
    assert {Path(name).suffix.removeprefix(".") for name in INPUTS} == set(formats.KIND) - alike
    every = {kind.model_fields["op"].default for kind in get_args(get_args(ops.Operation)[0])}
    assert {operation.op for editor in editors for operation in editor.done} == every


@pytest.mark.parametrize("seed", range(COUNT))
def test_any_draft(seed: int, inputs: Callable[[str], Source], tmp_path: Path) -> None:
    editor = Editor(seed, inputs)
    draft = editor.edit()
    sources = {segment.asset: inputs(segment.file) for segment in draft.segments if segment.file}
    plan = plan_render(draft, sources, Output())
    target = tmp_path / "out.mp4"
    made = asyncio.run(render(plan, target, tmp_path, preset="ultrafast", cache=Cache(tmp_path / "cache")))
    said = "\n".join([*map(repr, editor.done), *map(str, made.rows())])
    assert made == plan, said
    packed = packets(target)
    assert len(packed) == plan.frames == len(strict_frames(target)), said
    for item in plan.stretches:
        if item.source:
            taken = packets(item.source.path)[item.entry.packet :]  # an edit list may hide some before those
            assert packed[item.start : item.end] == taken[: item.frames], said
    with av.open(str(target)) as container:
        assert container.duration / 1000 == pytest.approx(
            plan.duration_ms, abs=float(1000 / plan.scene.fps) + 1
        ), said
        heard = sum(frame.samples for frame in container.decode(audio=0)) / 48
    assert heard == pytest.approx(plan.duration_ms, abs=25), said  # a block of AAC has 21 ms


@pytest.mark.parametrize("seed", range(6))
def test_the_reel_of_any_edit_is_as_long_as_the_film(
    seed: int, inputs: Callable[[str], Source], tmp_path: Path
) -> None:
    draft = Editor(seed, inputs).edit()
    sources = {segment.asset: inputs(segment.file) for segment in draft.segments if segment.file}
    scene = reel.reel_scene(draft, sources, 90)
    samples = 0
    for piece in reel.pieces(scene):
        picture, sound = (Path(tmp_path, f"{piece.first}{name}.mp4") for name in "ab")
        asyncio.run(reel.make_picture(scene, piece.first, piece.frames, picture))
        asyncio.run(reel.make_sound(scene, piece.first, piece.frames, sound))
        assert len(decode(picture).frames) == piece.frames
        samples += decode(sound).sound.shape[1]
        assert piece.picture == reel.key_of(scene, "picture", piece.first, piece.frames)
        assert piece.sound == reel.key_of(scene, "sound", piece.first, piece.frames)
    assert samples == pytest.approx(draft.duration_ms * 48, abs=48 * 1000 / float(scene.fps) / 2 + 48)
