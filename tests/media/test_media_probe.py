"""What a file holds, and what is refused."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from nemo_nb.errors import BrokenMedia, FileTooLarge, MissingFile, UnsupportedFile
from nemo_nb.media import ffmpeg
from nemo_nb.media.probe import probe


def make(path: Path, *args: str) -> Path:
    subprocess.run([ffmpeg.binary(), "-v", "error", "-y", *args, str(path)], check=True)
    return path


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lavfi = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=160x90:r=30000/1001:d=2",
        "-f",
        "lavfi",
        "-i",
        "sine=d=2:r=44100",
    ]
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    return make(tmp_path_factory.mktemp("probe") / "clip.mp4", *lavfi, *codecs, "-movflags", "+faststart")


def test_a_video(clip):
    info = probe(clip)
    assert (info.kind, info.width, info.height, info.frames) == ("video", 160, 90, 60)
    assert info.fps == Fraction(30000, 1001)
    assert info.duration_ms == pytest.approx(2002, abs=1)
    assert (info.video_codec, info.pix_fmt, info.steady) == ("h264", "yuv420p", True)
    assert (info.has_audio, info.audio_codec, info.sample_rate, info.channels) == (True, "aac", 44100, 1)


def test_every_container_is_known_by_its_own_name(clip, tmp_path):
    for name in (
        "a.mov",
        "a.mkv",
        "a.avi",
        "a.webm",
        "a.gif",
        "a.mp3",
        "a.wav",
        "a.m4a",
        "a.aac",
        "a.jpg",
        "a.png",
    ):
        args = ["-i", str(clip), "-t", "0.5"]
        args += ["-c:v", "libvpx", "-deadline", "realtime"] if name == "a.webm" else []
        args += ["-vn"] if name == "a.m4a" else []
        args += ["-frames:v", "1"] if name[-3:] in ("jpg", "png") else []
        info = probe(make(tmp_path / name, *args))
        assert info.kind == {"gif": "image", "jpg": "image", "png": "image"}.get(
            name[2:], "video" if name[2:] in ("mov", "mkv", "avi", "webm") else "audio"
        )
        assert info.duration_ms == 0 if name[-3:] in ("jpg", "png") else 400 < info.duration_ms < 700


def test_a_turned_video_is_seen_upright(clip, tmp_path):
    turned = make(tmp_path / "t.mp4", "-display_rotation", "90", "-i", str(clip), "-c", "copy")
    info = probe(turned)
    assert (info.width, info.height, info.rotation) == (90, 160, 270)
    photo = Image.new("RGB", (40, 20))
    exif = photo.getexif()
    exif[0x0112] = 6
    photo.save(tmp_path / "p.jpg", exif=exif)
    assert (probe(tmp_path / "p.jpg").width, probe(tmp_path / "p.jpg").height) == (20, 40)


def test_cover_art_is_no_video(clip, tmp_path):
    cover = make(tmp_path / "c.png", "-i", str(clip), "-frames:v", "1")
    song = make(tmp_path / "s.mp3", "-i", str(clip), "-i", str(cover), "-map", "0:a", "-map", "1:v", "-c:v", "copy",
                "-disposition:v", "attached_pic")  # fmt: skip
    assert probe(song).kind == "audio"


def test_a_video_without_one_rate_or_with_hidden_frames_is_not_steady(clip, tmp_path):
    uneven = make(
        tmp_path / "v.mp4", "-i", str(clip), "-vf", "select='not(eq(mod(n,7),3))'", "-fps_mode", "vfr"
    )
    assert not probe(uneven).steady
    hidden = make(tmp_path / "h.mp4", "-ss", "0.5", "-i", str(clip), "-c", "copy")
    assert not probe(hidden).steady


def test_broken_files_are_told_apart(clip, tmp_path):
    data = clip.read_bytes()
    cases = {
        "empty.mp4": (b"", BrokenMedia),
        "cut.mp4": (data[: len(data) // 2], BrokenMedia),
        "head.mp4": (data[:40], BrokenMedia),
        "noise.mp4": (bytes(range(256)) * 20, UnsupportedFile),
        "wrapped.mp4": (data[:24] + b"\xaa" * 4000, BrokenMedia),
        "song.mp3": (data, UnsupportedFile),
        "text.txt": (b"hello", UnsupportedFile),
        "list.mp4": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", UnsupportedFile),
        "concat.mp4": (b"ffconcat version 1.0\nfile /etc/passwd\n", UnsupportedFile),
    }
    for name, (content, error) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(error, match=name):
            probe(tmp_path / name)
    with pytest.raises(MissingFile):
        probe(tmp_path / "none.mp4")


def test_a_matroska_file_without_its_end_is_broken(clip, tmp_path):
    whole = make(tmp_path / "w.mkv", "-stream_loop", "2", "-i", str(clip), "-c", "copy").read_bytes()
    (tmp_path / "cut.mkv").write_bytes(whole[: len(whole) // 2])
    assert probe(tmp_path / "w.mkv").duration_ms > 5000
    with pytest.raises(BrokenMedia, match="cut short"):
        probe(tmp_path / "cut.mkv")


def test_a_picture_too_large_for_memory_is_refused_unread(tmp_path):
    Image.new("1", (16000, 16000)).save(tmp_path / "bomb.png")
    with pytest.raises(FileTooLarge, match="pixels"):
        probe(tmp_path / "bomb.png")


def test_a_stored_file_is_probed_under_its_own_name(clip, tmp_path):
    stored = tmp_path / "0f3a"
    stored.write_bytes(clip.read_bytes())
    assert probe(stored, "holiday.mp4").kind == "video"
    with pytest.raises(UnsupportedFile, match=r"holiday\.mp3"):
        probe(stored, "holiday.mp3")
