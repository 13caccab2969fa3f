"""What is taken, and how pictures of rarer kinds are read."""

from __future__ import annotations

import subprocess
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from nemo_nb.errors import BrokenMedia, UnsupportedFile
from nemo_nb.media import ffmpeg, formats, stills
from nemo_nb.media.probe import probe


def made(path: Path, *args: str | Path) -> Path:
    subprocess.run([ffmpeg.binary(), "-v", "error", "-y", *map(str, args), str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(
        tmp_path_factory.mktemp("formats") / "clip.mp4",
        "-f", "lavfi", "-i", "testsrc2=s=176x144:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1:r=48000",
        "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("a.m4v", ["-c", "copy"], "video"),
        ("a.3gp", ["-c:v", "h263", "-an"], "video"),
        ("a.ts", ["-c", "copy"], "video"),
        ("a.mts", ["-c", "copy", "-f", "mpegts", "-mpegts_m2ts_mode", "1"], "video"),
        ("a.flac", ["-vn"], "audio"),
        ("a.ogg", ["-vn", "-c:a", "libvorbis"], "audio"),
        ("a.opus", ["-vn", "-c:a", "libopus"], "audio"),
    ],
)
def test_what_cameras_and_recorders_write_is_taken(clip, tmp_path, name, options, kind):
    info = probe(made(tmp_path / name, "-i", clip, *options))
    assert (info.kind, info.duration_ms) == (kind, pytest.approx(1000, abs=60))
    assert formats.check(name, 100, (tmp_path / name).read_bytes()[: formats.SNIFF_BYTES]) == kind


def test_photos_of_phones_and_of_the_web_are_taken(tmp_path):
    photo = Image.new("RGB", (64, 48), (200, 30, 30))
    photo.save(tmp_path / "p.avif")
    pytest.importorskip("pillow_heif").register_heif_opener()
    photo.save(tmp_path / "p.heic")
    for name in ("p.avif", "p.heic"):
        info = probe(tmp_path / name)
        assert (info.kind, info.width, info.height) == ("image", 64, 48)
        assert stills.load(tmp_path / name).getpixel((5, 5))[0] == pytest.approx(200, abs=6)
    (tmp_path / "p.mp4").write_bytes((tmp_path / "p.avif").read_bytes())
    with pytest.raises(UnsupportedFile, match="bytes of a avif"):
        probe(tmp_path / "p.mp4")


def test_a_backend_is_held_to_what_it_says_that_it_takes():
    with pytest.raises(UnsupportedFile) as raised:
        formats.kind_of("a.flac", formats.EVERYWHERE)
    assert "mp3, wav, m4a, aac; at most 500 MB each" in raised.value.next_step
    assert len(formats.EVERYWHERE.formats - {"jpeg"}) == 13
    assert formats.accepted_of(["mp4", "doc"], 7) == formats.Accepted(frozenset({"mp4"}), 7)


def test_grey_of_sixteen_bits_keeps_its_tones(tmp_path):
    Image.fromarray(np.full((30, 40), 20000, np.uint16)).save(tmp_path / "g.png")
    assert stills.load(tmp_path / "g.png").getpixel((1, 1)) == (77, 77, 77, 255)


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.avif"])
def test_an_animation_moves_at_its_own_pace(tmp_path, name):
    pictures = [Image.new("RGB", (32, 32), (level, 0, 0)) for level in (10, 90, 170, 250)]
    pictures[0].save(
        tmp_path / name, save_all=True, append_images=pictures[1:], duration=[200, 200, 400, 200]
    )
    info = probe(tmp_path / name)
    assert (info.kind, info.duration_ms, info.fps) == ("image", 1000, 5)
    assert info.timing is not None
    assert info.timing.shown_at(Fraction("0.7")) == 2
    stills.write_animation(tmp_path / name, tmp_path / "moving.apng", 32)
    raw = subprocess.run(
        [ffmpeg.binary(), "-v", "error", "-i", str(tmp_path / "moving.apng"), "-vf", "fps=5", "-pix_fmt", "rgb24",
         "-f", "rawvideo", "-"], capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert list(raw[:: 32 * 32 * 3]) == pytest.approx([10, 90, 170, 170, 250], abs=8)


@pytest.mark.parametrize("name", ["a.webp", "a.png", "a.avif"])
def test_an_animation_stays_see_through(tmp_path, name):
    coded = {  # of WebP, Pillow writes the colours alone
        "a.webp": ["-c:v", "libwebp_anim", "-lossless", "1"],
        "a.png": ["-f", "apng"],
    }
    see_through = "color=red:s=32x32:r=5:d=0.4,format=rgba,geq=r='250-50*N':g=0:b=0:a='255*lt(X,16)'"
    if name in coded:
        made(tmp_path / name, "-f", "lavfi", "-i", see_through, *coded[name])
    else:
        pictures = [Image.new("RGBA", (32, 32), (level, 0, 0, 255)) for level in (250, 200)]
        for picture in pictures:
            picture.paste((0, 0, 0, 0), (16, 0, 32, 32))
        pictures[0].save(tmp_path / name, save_all=True, append_images=pictures[1:], duration=200)
    assert probe(tmp_path / name).alpha
    stills.write_animation(tmp_path / name, tmp_path / "moving.mov", 32)
    raw = subprocess.run(
        [ffmpeg.binary(), "-v", "error", "-i", str(tmp_path / "moving.mov"), "-pix_fmt", "rgba", "-f", "rawvideo", "-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    shown = np.frombuffer(raw, np.uint8).reshape(-1, 32, 32, 4)
    assert [int(value) for value in shown[:, 16, 24, 3]] == [0, 0]
    assert [int(value) for value in shown[:, 16, 8, 3]] == [255, 255]


# ---- whole, though it looks broken; broken, though it looks whole ---------------------------------


def test_a_recorder_that_crashed_leaves_what_it_had_written(clip, tmp_path):
    whole = made(tmp_path / "f.mp4", "-stream_loop", "5", "-i", clip, "-c:v", "libx264", "-g", "25", "-c:a", "aac",
                 "-movflags", "frag_keyframe+empty_moov").read_bytes()  # fmt: skip
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) * 7 // 10])
    assert 3000 < probe(tmp_path / "cut.mp4").duration_ms < 5000


def test_an_empty_sound_track_is_no_sound(clip, tmp_path):
    info = probe(made(tmp_path / "m.mkv", "-i", clip, "-c", "copy", "-bsf:a", "noise=drop=1"))
    assert (info.kind, info.has_audio, info.duration_ms) == ("video", False, 1000)


def test_a_subtitle_or_a_second_track_may_outlast_the_film(clip, tmp_path):
    (tmp_path / "s.srt").write_text("1\n00:00:00,500 --> 00:00:09,000\nlate\n")
    late = made(tmp_path / "l.mkv", "-i", clip, "-i", tmp_path / "s.srt", "-map", "0", "-map", "1", "-c", "copy",
                "-c:s", "srt", "-metadata:s:s:0", "language=fra")  # fmt: skip
    info = probe(late)
    assert info.duration_ms == pytest.approx(1000, abs=60)
    assert [(track.number, track.codec, track.language) for track in info.subtitles] == [(1, "srt", "fra")]
    dubbed = made(tmp_path / "d.mkv", "-i", clip, "-f", "lavfi", "-i", "sine=300:d=5", "-map", "0", "-map", "1",
                  "-c:v", "copy", "-c:a", "aac", "-metadata:s:a:0", "language=eng",
                  "-metadata:s:a:1", "language=fra")  # fmt: skip
    assert probe(dubbed).heard == (1,)
    assert probe(dubbed).duration_ms == pytest.approx(1000, abs=60)


def test_an_mp3_after_zero_bytes_is_taken(clip, tmp_path):
    song = made(tmp_path / "m.mp3", "-i", clip, "-vn").read_bytes()
    (tmp_path / "z.mp3").write_bytes(bytes(3000) + song)
    assert probe(tmp_path / "z.mp3").duration_ms == pytest.approx(1000, abs=100)


def test_a_codec_that_nobody_knows_is_named(clip, tmp_path):
    strange = clip.read_bytes().replace(b"avc1\0\0\0\0\0\0\0\1", b"zzzz\0\0\0\0\0\0\0\1")
    (tmp_path / "u.mp4").write_bytes(strange)
    with pytest.raises(UnsupportedFile, match=r"picture.*\(zzzz\)"):
        probe(tmp_path / "u.mp4")
    film = made(tmp_path / "a.mkv", "-i", clip, "-c", "copy").read_bytes()
    (tmp_path / "s.mkv").write_bytes(film.replace(b"A_AAC", b"A_AC4"))
    with pytest.raises(UnsupportedFile, match=r"sound.*\(A_AC4\)"):
        probe(tmp_path / "s.mkv")


def test_a_matroska_file_without_its_end_is_still_broken(clip, tmp_path):
    whole = made(tmp_path / "w.mkv", "-i", clip, "-c", "copy").read_bytes()
    (tmp_path / "c.mkv").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BrokenMedia, match="cut short"):
        probe(tmp_path / "c.mkv")


def test_a_flip_and_interlaced_pictures_are_known(clip, tmp_path):
    flipped = made(tmp_path / "f.mp4", "-display_vflip", "-i", clip, "-c", "copy")
    assert (probe(flipped).flipped, probe(clip).flipped) == (True, False)
    fields = made(
        tmp_path / "i.mp4", "-i", clip, "-c:v", "libx264", "-flags", "+ildct+ilme", "-x264opts", "tff=1"
    )
    assert (probe(fields).interlaced, probe(clip).interlaced) == (True, False)
