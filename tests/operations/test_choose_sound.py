"""Which sound tracks of a file are heard."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import pytest

import nemo_nb as nemo
from nemo_nb.media import ffmpeg
from nemo_nb.media.telling import left_out
from nemo_nb.media.tracks import SoundTrack, heard_by_default


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desktop's sound of 440 Hz and a microphone's of 2 kHz, a track each."""
    path = tmp_path_factory.mktemp("desk") / "obs.mkv"
    sources = ["color=gray:s=64x64:r=10:d=2", "sine=440:d=2:r=48000", "sine=2000:d=2:r=48000"]
    inputs = [word for source in sources for word in ("-f", "lavfi", "-i", source)]
    maps = ["-map", "0", "-map", "1", "-map", "2", "-c:v", "libx264", "-c:a", "aac"]
    subprocess.run([ffmpeg.binary(), "-v", "error", *inputs, *maps, str(path)], check=True)
    return path


def heard(path: Path) -> set[int]:
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    tones = np.abs(np.fft.rfft(sound[0][24_000:72_000]))
    return {hertz for hertz in (440, 2000) if tones[hertz] > 500}


def test_tracks_are_listed_chosen_and_mixed(desk, tmp_path):
    with nemo.connect() as project:
        (asset,) = project.upload(str(desk))
        assert asset.note == "All its sound tracks are heard together: track 1, track 2."
        rows = project.streams("obs.mkv")
        assert list(zip(rows["kind"], rows["track"], rows["heard"], strict=True)) == [
            ("picture", 1, False), ("sound", 1, True), ("sound", 2, True),
        ]  # fmt: skip
        assert heard(project.export(str(tmp_path / "both.mp4")).path) == {440, 2000}
        (change,) = project.apply([{"op": "choose_sound", "file": "obs.mkv", "tracks": [2]}])
        assert "sound track" in str(change)
        assert heard(project.export(str(tmp_path / "two.mp4")).path) == {2000}
        project.apply([{"op": "choose_sound", "file": "obs.mkv"}])
        assert heard(project.export(str(tmp_path / "own.mp4")).path) == {440, 2000}
        project.apply([{"op": "choose_sound", "file": "obs.mkv", "tracks": [3]}])
        with pytest.raises(nemo.NemoError, match="sound_tracks"):
            project.export(str(tmp_path / "none.mp4"))
        with pytest.raises(nemo.NemoError, match=r"other\.mkv"):
            project.apply([{"op": "choose_sound", "file": "other.mkv", "tracks": [1]}])


def track(number: int, **said: object) -> SoundTrack:
    return SoundTrack(number, "aac", end=9, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tracks", "chosen"),
    [
        ([], ()),
        ([track(1), SoundTrack(2)], (1,)),
        ([track(1, language="eng"), track(2, language="fra")], (1,)),
        ([track(1, language="eng"), track(2, language="fra", is_default=True)], (2,)),
        ([track(1), track(2, is_default=True)], (2,)),
        ([track(1, is_default=True), track(2)], (1, 2)),
        ([track(1, title="Film"), track(2, title="Commentary")], (1,)),
    ],
)
def test_what_is_heard_where_nobody_chose(tracks, chosen):
    assert heard_by_default(tracks) == chosen


def test_what_is_left_out_is_said():
    from nemo_nb.media.probe import MediaInfo
    from nemo_nb.media.tracks import TextTrack

    sounds = (track(1, language="eng", is_default=True), track(2, language="fra"))
    info = MediaInfo("video", sounds=sounds, heard=(1,), subtitles=(TextTrack(1, "srt"),), chapters=3)
    assert left_out(info) == (
        "Of its sound tracks, track 1 (eng) is heard; there is also track 2 (fra). "
        "1 subtitle track and 3 chapters are left out."
    )
    assert left_out(MediaInfo("video", sounds=sounds[:1], heard=(1,))) == ""


def test_a_film_of_few_pixels_fills_a_canvas_of_its_own_shape():
    from nemo_nb.draft import Draft
    from nemo_nb.draft import operations as ops

    tiny = ops.PlaceClip(asset="sha256:" + "0" * 64, file="t.webm", duration_ms=1000, width=8, height=12)
    canvas = ops.apply_all(Draft.empty(), [tiny]).canvas
    assert (canvas.width, canvas.height) == (16, 24)
