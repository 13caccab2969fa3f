"""Sources whose times are not even: what is shown, and heard, at each moment."""

from __future__ import annotations

import asyncio
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from nemo_nb.draft import Draft
from nemo_nb.draft import operations as ops
from nemo_nb.engine.render import Output, Source, plan_render, render
from nemo_nb.engine.render.preview import frame_png
from nemo_nb.media import ffmpeg
from nemo_nb.media.probe import probe
from nemo_nb.media.rewrapping import is_needed, rewrap

ASSET = "sha256:" + "0" * 64
# Picture n is grey of level 16 + 2n.
COUNTED = "color=gray:s=64x64:r=25:d=4,geq=lum='16+2*N':cb=128:cr=128"
CLICKS = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.1)*gte(t,0.5)':s=48000:d=4"  # at 1, 2, 3 s
CODED = (
    "-c:v",
    "libx264",
    "-crf",
    "4",
    "-preset",
    "ultrafast",
    "-g",
    "25",
    "-bf",
    "2",
    "-pix_fmt",
    "yuv420p",
)


def made(path: Path, *args: str | Path) -> Path:
    subprocess.run([ffmpeg.binary(), "-v", "error", "-y", *map(str, args), str(path)], check=True)
    return path


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sources = ["-f", "lavfi", "-i", COUNTED, "-f", "lavfi", "-i", CLICKS]
    return made(tmp_path_factory.mktemp("uneven") / "clip.mp4", *sources, *CODED, "-c:a", "aac")


def film_of(path: Path) -> tuple[Draft, dict[str, Source]]:
    info = probe(path)
    operation = ops.place(_Media(ASSET, path.name, info))
    return ops.apply_all(Draft.empty(), [operation]), {ASSET: Source(path, info, ASSET)}


class _Media:
    def __init__(self, asset, file, info):
        self.asset, self.file, self.kind = asset, file, info.kind
        self.duration_ms, self.width, self.height = info.duration_ms, info.width, info.height
        self.fps = str(info.fps) if info.fps else None


def exported(path: Path, tmp_path: Path, *operations: dict[str, object]) -> list[tuple[float, float]]:
    """When each picture of the export begins, and which one of the source it is."""
    draft, sources = film_of(path)
    draft = ops.apply_all(draft, ops.parse(operations))
    target, work = tmp_path / "out.mp4", tmp_path / "work"
    work.mkdir()
    asyncio.run(render(plan_render(draft, sources, Output()), target, work))
    with av.open(str(target)) as made_film:
        return [
            (frame.time, (float(frame.to_ndarray()[:64, :64].mean()) - 16) / 2)
            for frame in made_film.decode(video=0)
        ]


def shown(film: list[tuple[float, float]], second: float) -> float:
    return [number for time, number in film if time <= second + 0.001][-1]


def clicks(path: Path) -> list[float]:
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    loud = np.flatnonzero(np.abs(sound).max(0) > 0.1)
    return [round(at / 48_000, 2) for i, at in enumerate(loud) if i == 0 or at - loud[i - 1] > 4800]


@pytest.fixture
def still(clip: Path, tmp_path: Path) -> Path:
    """It stands still from 1 to 3 s."""
    return made(
        tmp_path / "still.mp4", "-i", clip, "-vf", "select='lt(t,1)+gte(t,3)'", "-fps_mode", "vfr", *CODED
    )


@pytest.mark.parametrize(
    ("operation", "at", "number"),
    [
        ({"op": "cut_out", "start_ms": 0, "end_ms": 2000}, 0.5, 24),
        ({"op": "add_text", "text": "Hi", "at_ms": 1800, "duration_ms": 500, "position": "top"}, 1.0, 24),
        ({"op": "filter", "segments": ["seg-1"], "name": "grayscale"}, 2.5, 24),
        ({"op": "filter", "segments": ["seg-1"], "name": "grayscale"}, 3.2, 80),
        ({"op": "speed", "segments": ["seg-1"], "factor": 2.0}, 1.2, 24),
        ({"op": "reverse", "segments": ["seg-1"]}, 2.0, 24),
    ],
)
def test_where_the_picture_stands_still_nothing_of_the_future_is_seen(still, tmp_path, operation, at, number):
    if "segments" in operation:
        (segment,) = film_of(still)[0].segments
        operation = {**operation, "segments": [segment.id]}
    assert shown(exported(still, tmp_path, operation), at) == pytest.approx(number, abs=0.8)


def test_a_preview_shows_what_stands_still(still):
    draft, sources = film_of(still)
    import io

    from PIL import Image

    png = asyncio.run(frame_png(draft, sources, 2500))
    level = float(np.asarray(Image.open(io.BytesIO(png)).convert("L")).mean())
    assert (level * 219 / 255) / 2 == pytest.approx(24, abs=1)


def test_a_still_ending_can_be_cut_into(clip, tmp_path):
    ending = made(
        tmp_path / "e.mkv", "-i", clip, "-vf", "select='lt(t,1)'", "-fps_mode", "vfr", *CODED, "-c:a", "copy"
    )
    film = exported(ending, tmp_path, {"op": "cut_out", "start_ms": 0, "end_ms": 2000})
    assert shown(film, 1.5) == pytest.approx(24, abs=0.8)


def test_picture_and_sound_keep_together_wherever_the_file_begins(clip, tmp_path):
    late = made(
        tmp_path / "late.mp4",
        "-itsoffset",
        "0.8",
        "-i",
        clip,
        "-i",
        clip,
        "-map",
        "0:v",
        "-map",
        "1:a",
        "-c",
        "copy",
    )
    film = exported(late, tmp_path, {"op": "cut_out", "start_ms": 0, "end_ms": 500})
    assert shown(film, 2.3) == pytest.approx(50, abs=0.8)
    assert clicks(tmp_path / "out.mp4") == pytest.approx([0.5, 1.5, 2.5], abs=0.02)


def test_a_picture_that_begins_where_it_is_cut_is_not_seen_for_a_moment(clip, tmp_path):
    """Beside the canvas's frames, too: what begins at 613 ms is cut out from there on."""
    beside = made(tmp_path / "b.mkv", "-itsoffset", "0.013", "-i", clip, "-i", clip, "-map", "0:v", "-map", "1:a",
                  "-c", "copy")  # fmt: skip
    film = exported(beside, tmp_path, {"op": "cut_out", "start_ms": 613, "end_ms": 1227})
    assert [round(number) for _, number in film[13:18]] == [13, 14, 31, 32, 33]


def test_pictures_that_an_avi_has_no_times_for_are_shown_in_their_order(clip, tmp_path):
    """H.264 in an AVI is reordered without a word: such a film is read from a copy that tells its times."""
    old = made(tmp_path / "o.avi", "-i", clip, "-c:v", "copy", "-c:a", "libmp3lame")
    assert is_needed(old, "o.avi")
    asyncio.run(rewrap(old, tmp_path / "o.mkv"))
    assert not is_needed(tmp_path / "o.mkv", "o.mkv")
    info = probe(tmp_path / "o.mkv")
    assert (info.frames, info.timing.is_even) == (100, True)
    film = exported(tmp_path / "o.mkv", tmp_path, {"op": "cut_out", "start_ms": 1000, "end_ms": 2000})
    numbers = [number for _, number in film]
    assert numbers == sorted(numbers)
    assert len(film) == pytest.approx(75, abs=3)


def test_a_stream_that_begins_at_100_s_and_one_without_an_index(clip, tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    cut = {"op": "cut_out", "start_ms": 0, "end_ms": 2000}
    stream = made(tmp_path / "s.mkv", "-i", clip, "-c", "copy", "-output_ts_offset", "100")
    assert shown(exported(stream, tmp_path / "one", cut), 1.0) == pytest.approx(75, abs=1.2)
    camera = made(tmp_path / "c.ts", "-i", clip, "-c", "copy")
    asyncio.run(rewrap(camera, tmp_path / "c.mkv"))
    assert shown(exported(tmp_path / "c.mkv", tmp_path / "two", cut), 1.0) == pytest.approx(75, abs=1.2)


def test_pictures_of_an_open_group_are_found(tmp_path):
    opened = made(tmp_path / "o.mp4", "-f", "lavfi", "-i", COUNTED, *CODED, "-preset", "medium", "-g", "27",
                  "-x264-params", "open-gop=1:scenecut=0:bframes=3:b-adapt=0")  # fmt: skip
    film = exported(opened, tmp_path, {"op": "cut_out", "start_ms": 0, "end_ms": 2080})
    assert [number for _, number in film[:6]] == pytest.approx([52, 53, 54, 55, 56, 57], abs=0.8)


def test_pictures_before_a_keyframe_that_is_decoded_before_they_are_shown(tmp_path):
    """At few pictures a second a keyframe is decoded long before: in fragments ffmpeg doesn't look further back."""
    slow = made(tmp_path / "s.mp4", "-f", "lavfi", "-i", COUNTED.replace("r=25:d=4", "r=5:d=8"), *CODED, "-g", "10",
                "-preset", "medium", "-movflags", "frag_keyframe+empty_moov")  # fmt: skip
    info = probe(slow)
    start = round(1000 * info.timing.at(19)) + 1
    film = exported(slow, tmp_path, {"op": "cut_out", "start_ms": 0, "end_ms": start})
    assert [number for _, number in film[:3]] == pytest.approx([19, 20, 21], abs=0.8)


def test_sound_behind_what_an_edit_list_hides_is_whole(tmp_path):
    tone = ["-f", "lavfi", "-i", COUNTED, "-f", "lavfi", "-i", "sine=500:d=4:r=48000", *CODED, "-c:a", "aac"]
    whole = made(tmp_path / "w.mp4", *tone)
    hidden = made(tmp_path / "h.mp4", "-ss", "0.9", "-i", whole, "-c", "copy")
    exported(hidden, tmp_path, {"op": "cut_out", "start_ms": 500, "end_ms": 2500})
    with av.open(str(tmp_path / "out.mp4")) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]
    levels = np.sqrt((sound[:48_000].reshape(-1, 480) ** 2).mean(axis=1))
    assert levels[5:].min() > 0.9 * levels.max()


@pytest.mark.parametrize("left", [0.5, 0.62, 0.8, 0.93])
def test_of_a_recorder_that_crashed_no_half_packet_is_copied(clip, tmp_path, left):
    whole = made(tmp_path / "w.mp4", "-i", clip, "-c", "copy", "-movflags", "frag_keyframe+empty_moov")
    data = whole.read_bytes()
    (tmp_path / "c.mp4").write_bytes(data[: round(len(data) * left)])
    film = exported(tmp_path / "c.mp4", tmp_path)  # decoding any half of one raises
    assert [round(number) for _, number in film] == sorted({round(number) for _, number in film})
    assert len(film) > 60 * left


def test_mono_is_heard_at_its_level(tmp_path):
    sources = ["-f", "lavfi", "-i", COUNTED, "-f", "lavfi", "-i", "aevalsrc=0.5*sin(2*PI*500*t):d=4"]
    tone = made(tmp_path / "m.mp4", *sources, *CODED, "-c:a", "aac")
    exported(tone, tmp_path, {"op": "cut_out", "start_ms": 0, "end_ms": 1000})
    with av.open(str(tmp_path / "out.mp4")) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    assert 20 * np.log10(np.sqrt((sound[:, 4800:-4800] ** 2).mean())) == pytest.approx(-9.03, abs=0.1)


def test_a_slow_clock_and_a_gap_are_followed(clip, tmp_path):
    slow = made(tmp_path / "slow.mkv", "-i", clip, "-c", "copy", "-bsf:a", "setts=ts=TS*1.01")
    exported(
        slow,
        tmp_path,
        {"op": "volume", "segments": [next(iter(film_of(slow)[0].segments)).id], "volume": 0.9},
    )
    assert clicks(tmp_path / "out.mp4") == pytest.approx([1.01, 2.02, 3.03], abs=0.02)


@pytest.mark.parametrize("marked", [True, False])
def test_interlaced_film_comes_out_without_combs(tmp_path, marked):
    moving = "[0][1]overlay=x='mod(n*12,300)':y=0,interlace=lowpass=0,setfield=" + (
        "tff" if marked else "prog"
    )
    fields = made(
        tmp_path / "i.mp4", "-f", "lavfi", "-i", "color=black:s=320x240:r=50:d=1", "-f", "lavfi", "-i",
        "color=white:s=20x240:r=50:d=1", "-filter_complex", moving, "-c:v", "libx264",
        *(["-flags", "+ildct+ilme", "-x264opts", "tff=1"] if marked else []),
    )  # fmt: skip
    assert (probe(fields).fps, probe(fields).combed) == (Fraction(25), not marked)
    draft, sources = film_of(fields)
    (tmp_path / "work").mkdir()
    asyncio.run(render(plan_render(draft, sources, Output()), tmp_path / "out.mp4", tmp_path / "work"))
    with av.open(str(tmp_path / "out.mp4")) as container:
        frame = list(container.decode(video=0))[10].to_ndarray(format="gray").astype(int)
    assert abs(frame[0::2] - frame[1::2]).mean() < 2


def test_where_two_clips_meet_there_is_no_hole_in_the_sound(tmp_path):
    sources = [
        "-f",
        "lavfi",
        "-i",
        "color=gray:s=64x64:r=25:d=2",
        "-f",
        "lavfi",
        "-i",
        "sine=440:d=1.94:r=48000",
    ]
    early = made(tmp_path / "early.mp4", *sources, *CODED, "-c:a", "aac")
    exported(early, tmp_path, {"op": "place_clip", "asset": ASSET, "file": "early.mp4", "duration_ms": 2000})
    with av.open(str(tmp_path / "out.mp4")) as container:
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)[0]
    levels = np.sqrt((sound[: 4 * 48_000 - 4800].reshape(-1, 480) ** 2).mean(axis=1))
    assert levels[5:].min() == pytest.approx(levels[5:].max(), rel=0.1)


def test_a_slideshow_of_any_length_is_made_of_few_photos_at_a_time(tmp_path):
    """Each takes its memory, so that the number of photos must not count."""
    made(tmp_path / "photo.png", "-f", "lavfi", "-i", "color=red:s=64x48", "-frames:v", "1")
    info = probe(tmp_path / "photo.png")
    assets = [f"sha256:{number:064x}" for number in range(20)]
    shown = {"op": "slideshow", "images": [{"asset": asset, "file": "photo.png"} for asset in assets]}
    draft = ops.apply_all(Draft.empty(), ops.parse([{**shown, "each_ms": 1000, "transition": "crossfade"}]))
    sources = {asset: Source(tmp_path / "photo.png", info, asset) for asset in assets}
    plan = plan_render(draft, sources, Output())
    shots = [(item.start, item.end) for layer in plan.scene.layers for item in layer]
    for piece in plan.stretches:
        inside = [start for start, end in shots if start < piece.first + piece.frames and end > piece.first]
        assert len(inside) <= 5
    assert sum(piece.frames for piece in plan.stretches) == plan.scene.frames
