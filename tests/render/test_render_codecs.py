"""HEVC, VP9 and what else may be copied: cut, titled, and joined with what is encoded beside it."""

from __future__ import annotations

import subprocess
from itertools import groupby

import av
import numpy as np
import pytest
from decode import packets

from nemo_nb.media.codecs.bits import Bits, guarded, plain, replaced, units
from nemo_nb.media.codecs.hevc import HevcSets, kind
from nemo_nb.media.codecs.reading import read_track
from nemo_nb.media.ffmpeg import binary

COUNT = "nullsrc=s=160x96:r=30:d=3,geq=lum='20+2*N':cb=128:cr=128"
X265 = ["-c:v", "libx265", "-preset", "ultrafast", "-crf", "12"]
FILES = {
    # As x265 does it by itself: open groups, whose pictures refer to the group before.
    "open.mp4": [*X265, "-x265-params", "log-level=0:keyint=30:min-keyint=30:scenecut=0:bframes=3", "-tag:v", "hvc1"],
    "closed.mkv": [*X265, "-x265-params", "log-level=0:keyint=30:min-keyint=30:scenecut=0:open-gop=0"],
    "ten.mp4": [*X265, "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=0:keyint=30:min-keyint=30:scenecut=0"],
    "vp9.webm": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-crf", "12", "-b:v", "0", "-g",
                 "30"],
    "h264.mkv": ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-bf", "2", "-g", "30"],
    "full.mp4": ["-vf", "scale=out_range=pc,format=yuvj420p", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10",
                 "-g", "30"],
    "oblong.mp4": ["-vf", "setsar=4/3", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-g", "30"],
    "old.avi": ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-bf", "0", "-g", "30"],
    "late.mkv": ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-g", "30", "-output_ts_offset", "100"],
}  # fmt: skip
CANVAS = {"width": 160, "height": 96}


@pytest.fixture
def real(studio, tmp_path_factory):
    given, folder = studio.media, tmp_path_factory.getbasetemp()

    def media(name):
        if name not in FILES:
            return given(name)
        path = folder / f"codecs-{name}"
        if not path.exists():
            command = [binary(), "-v", "error", "-f", "lavfi", "-i", COUNT, *FILES[name], str(path)]
            subprocess.run(command, check=True)
        return path

    studio.media = media
    return studio


def copied(film):
    """The packets of the export where the plan says that they are copies, and those of the source."""
    made = packets(film.path)
    for item in film.plan.stretches:
        if item.source:
            source = packets(item.source.path)
            first = item.entry.packet
            rest = [first, *range(first + 1 + item.entry.leading, first + item.frames + item.entry.leading)]
            yield made[item.start : item.end], [source[number] for number in rest]


CUTS = {"cut": [{"d": 700}, {"s": 700, "source_start_ms": 1600, "d": 1300}], "whole": [{"d": 3000}]}


@pytest.mark.parametrize("name", ["open.mp4", "closed.mkv", "ten.mp4"])
@pytest.mark.parametrize("how", [*CUTS, "title"])
def test_hevc_is_copied_where_the_source_s_codec_is_wanted(real, name, how):
    clips = [{"file": name, **part} for part in CUTS.get(how, CUTS["whole"])]
    above = [[{"text": ".", "s": 1200, "d": 400, "position": "bottom-right"}]] if how == "title" else []
    film = real.film(real.draft(clips, *above, **CANVAS), codec="source")
    assert "copy" in {item.work for item in film.plan.stretches}
    shown = [*range(21), *range(48, 87)] if how == "cut" else list(range(90))
    if name == "ten.mp4":
        film.luma = [luma / 4 for luma in film.luma]
    assert film.counted() == pytest.approx(shown, abs=0.6)
    for made, source in copied(film):
        assert made[1:] == source[1:]  # one byte of the first may tell that a group begins anew
        assert len(made[0]) == len(source[0])
    track = read_track(film.path)
    assert not track.problem  # all parameters are in the head, none among the pictures
    with av.open(str(film.path)) as container:
        assert container.streams.video[0].codec_context.codec_tag == "hvc1"
        ids = [(kind(item), Bits(item[2:]).take(4)) for item in track.coding.sets.sets if kind(item) == 32]
    assert len(ids) == (1 if how == "whole" else 2)


def test_a_title_over_hdr_leaves_it_hdr(real, tmp_path):
    path = tmp_path / "hdr.mp4"
    coded = "log-level=0:keyint=30:min-keyint=30:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc"
    command = [binary(), "-v", "error", "-f", "lavfi", "-i", COUNT, *X265, "-pix_fmt", "yuv420p10le"]
    subprocess.run([*command, "-x265-params", coded, str(path)], check=True)
    given = real.media
    real.media = lambda name: path if name == "hdr.mp4" else given(name)
    title = {
        "text": "W",
        "s": 1100,
        "d": 500,
        "style": {"font_size": 0.5},
    }  # thick enough to be white somewhere
    film = real.film(real.draft([{"file": "hdr.mp4", "d": 3000}], [title], **CANVAS), codec="source")
    assert {item.work for item in film.plan.stretches} == {"copy", "encode"}
    with av.open(str(path)) as before, av.open(str(film.path)) as after:
        for number, (one, other) in enumerate(
            zip(before.decode(video=0), after.decode(video=0), strict=True)
        ):
            assert (other.format.name, other.color_trc, other.colorspace) == ("yuv420p10le", 16, 9)
            corner = [frame.to_ndarray(format="gray10le")[:16].mean() for frame in (one, other)]
            assert corner[1] == pytest.approx(corner[0], abs=5)
            if 34 <= number < 47:  # its white is that of a page, not the sun's
                assert 480 < other.to_ndarray(format="gray10le").max() < 650


def test_hevc_becomes_h264_where_nothing_is_said(real):
    film = real.film(real.draft([{"file": "open.mp4", "d": 3000}], **CANVAS))
    assert 'codec="source"' in film.plan.rows()[0]["reason"]
    with av.open(str(film.path)) as container:
        assert container.streams.video[0].codec_context.name == "h264"


def test_of_two_codecs_that_of_the_longer_part_is_kept(real):
    both = [{"file": "h264.mkv", "d": 1000}, {"file": "open.mp4", "s": 1000, "d": 3000}]
    film = real.film(real.draft(both, **CANVAS), codec="source")
    assert [item.work for item in film.plan.stretches] == ["encode", "copy"]
    assert (
        "re-encoded as HEVC" in film.plan.rows()[0]["reason"]
        or "coded unlike" in film.plan.rows()[0]["reason"]
    )
    assert film.counted() == pytest.approx([*range(30), *range(90)], abs=0.6)


@pytest.mark.parametrize("output", ["webm", "mkv"])
@pytest.mark.parametrize("how", [*CUTS, "title"])
def test_vp9_is_copied_into_webm(real, output, how):
    clips = [{"file": "vp9.webm", **part} for part in CUTS.get(how, CUTS["whole"])]
    above = [[{"text": ".", "s": 1200, "d": 400, "position": "bottom-right"}]] if how == "title" else []
    film = real.film(real.draft(clips, *above, **CANVAS), format=output, codec="source")
    for made, source in copied(film):
        assert made == source
    shown = [*range(21), *range(48, 87)] if how == "cut" else list(range(90))
    assert film.counted() == pytest.approx(shown, abs=0.8)
    assert film.sound.shape[1] / 48000 == pytest.approx(len(shown) / 30, abs=0.05)


@pytest.mark.parametrize("name", ["h264.mkv", "full.mp4", "oblong.mp4", "late.mkv"])
@pytest.mark.parametrize("how", [*CUTS, "title"])
def test_h264_of_any_kind_is_copied(real, name, how):
    canvas = {"width": 213, "height": 96} if name == "oblong.mp4" else CANVAS
    clips = [{"file": name, **part} for part in CUTS.get(how, CUTS["whole"])]
    above = [[{"text": ".", "s": 1200, "d": 400, "position": "bottom-right"}]] if how == "title" else []
    film = real.film(real.draft(clips, *above, **canvas))
    assert sum(item.frames for item in film.plan.stretches if item.source) > film.plan.frames / 2
    for made, source in copied(film):
        assert made == source
    shown = [*range(21), *range(48, 87)] if how == "cut" else list(range(90))
    if name == "full.mp4":
        film.luma = [16 + luma * 219 / 255 for luma in film.luma]
    assert film.counted() == pytest.approx(shown, abs=0.7)
    with av.open(str(film.path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.color_range == (
            2 if name == "full.mp4" else stream.codec_context.color_range
        )
        assert (stream.sample_aspect_ratio or 1) == (pytest.approx(4 / 3) if name == "oblong.mp4" else 1)
        times = [frame.time for frame in container.decode(stream)]
    assert np.diff(times) == pytest.approx(1 / 30, abs=0.0011)


def test_packets_between_start_codes_are_copied_as_an_mp4_has_them(real):
    film = real.film(real.draft([{"file": "old.avi", "d": 3000}], **CANVAS))
    assert [item.work for item in film.plan.stretches] == ["copy"]
    assert film.counted() == pytest.approx(range(len(film.frames)), abs=0.6)
    with av.open(str(film.path)) as container:
        assert container.streams.video[0].codec_context.extradata[0] == 1


def test_bits_are_replaced_where_others_follow():
    payload = guarded(bytes([0b10100000, 0, 0, 1, 0x80]))
    longer = replaced(payload, 1, 2, 0b000011, 6)
    bits = Bits(longer)
    assert (bits.take(1), bits.take(6), bits.take(5)) == (1, 0b000011, 0)
    assert plain(longer)[-1] & 0x0F == 0x08
    assert [len(list(run)) for _, run in groupby(units(bytes.fromhex("00000001aa00000001aa")))] == [2]
    with pytest.raises(ValueError, match="MP4"):
        HevcSets.parse(b"")


@pytest.mark.parametrize("reordered", [0, 3])
def test_a_picture_that_begins_late_is_shown_to_its_end(real, tmp_path, reordered):
    """A fragmented recording without an edit list: its first picture stands two frames late, and so does its last."""
    even, late = tmp_path / "even.mp4", tmp_path / "late.mp4"
    command = [
        binary(),
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        COUNT,
        "-f",
        "lavfi",
        "-i",
        "sine=440:d=3",
        "-c:v",
        "libx264",
    ]
    subprocess.run(
        [*command, "-crf", "10", "-bf", str(reordered), "-g", "30", "-c:a", "aac", str(even)], check=True
    )
    command = [
        binary(),
        "-v",
        "error",
        "-itsoffset",
        "0.0667",
        "-i",
        str(even),
        "-i",
        str(even),
        "-map",
        "0:v",
        "-map",
        "1:a",
    ]
    subprocess.run([*command, "-c", "copy", str(late)], check=True)
    given = real.media
    real.media = lambda name: late if name == "late.mp4" else given(name)
    film = real.film(real.draft([{"file": "late.mp4", "d": 3067}], **CANVAS))
    assert {item.work for item in film.plan.stretches} == {"copy"}
    assert film.counted() == pytest.approx(range(90), abs=0.6)
    assert film.duration == pytest.approx(3.067, abs=0.02)
