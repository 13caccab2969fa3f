"""A frame or a small film of the cut, the same as the export would show."""

from __future__ import annotations

import asyncio
import io

import av
import numpy as np
import pytest
from PIL import Image
from render.conftest import asset, decode

from nemo_nb.engine.render import cut_proxy, frame_png
from nemo_nb.media import skimming


def test_every_kind_of_frame_looks_like_the_export(studio):
    first = {"file": "red.mp4", "d": 1000, "video_fade_in_ms": 500}
    second = {"file": "count.mp4", "s": 600, "d": 1400, "source_start_ms": 500,
              "transition": {"type": "crossfade", "duration_ms": 400}}  # fmt: skip
    text = {"text": "HELLO", "s": 1200, "d": 800, "video_fade_out_ms": 400, "style": {"font_size": 0.4}}
    dot = {"file": "dot.png", "s": 0, "d": 900, "scale": 0.2, "position": "top-right"}
    draft = studio.draft([first, second], [dot], [text])
    film = studio.film(draft)
    sources = studio.sources(draft)
    for frame in (0, 6, 14, 20, 27, 31, 45, 54, 59):
        png = asyncio.run(frame_png(draft, sources, round(frame * 1000 / 30), 90))
        seen = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
        difference = np.abs(seen - film.frames[frame].astype(int)).mean()
        assert difference < 6, f"frame {frame} differs by {difference:.1f}"


def test_a_time_past_the_end_gives_the_last_frame(studio):
    draft = studio.draft([{"file": "count.mp4", "d": 1000}])
    one, other = (asyncio.run(frame_png(draft, studio.sources(draft), at, 90)) for at in (966, 99_000))
    assert one == other


def test_the_small_film_has_the_whole_cut(studio, tmp_path):
    draft = studio.draft([{"file": "count.mp4", "d": 2000, "source_start_ms": 300}], width=320, height=180)
    target = tmp_path / "proxy.mp4"
    asyncio.run(cut_proxy(draft, studio.sources(draft), target, height=90))
    with av.open(str(target)) as proxy:
        assert proxy.streams.video[0].frames == 30  # at half the rate
        assert (proxy.streams.video[0].width, proxy.streams.video[0].height) == (160, 90)
        assert proxy.duration / 1e6 == pytest.approx(2.0, abs=0.03)


@pytest.fixture
def proxied(studio, tmp_path, monkeypatch):
    """Makes the small film of a cut as of one that is much to decode, which takes some seconds a second."""

    def make(draft, effort=0.01):
        monkeypatch.setattr(skimming, "MANY_PIXELS", 0)
        monkeypatch.setattr(skimming, "effort", lambda path, info: effort)
        target = tmp_path / "proxy.mp4"
        asyncio.run(cut_proxy(draft, studio.sources(draft), target, height=90))
        return decode(target)

    return make


def cut(studio, *shots, file="count.mp4"):
    """Shots that begin at one time and last another, of "count.mp4": every 15th of its frames is a keyframe."""
    starts = [sum(length for _, length in shots[:place]) for place in range(len(shots))]
    return studio.draft(
        [
            {"file": file, "s": start, "d": length, "source_start_ms": begin}
            for start, (begin, length) in zip(starts, shots, strict=True)
        ],
        width=320,
        height=180,
    )


@pytest.mark.parametrize("file", ["count.mp4", "pyramid.mp4"])
def test_of_what_is_much_to_decode_ten_pictures_a_second_are_shown(studio, proxied, file):
    seen = proxied(cut(studio, (0, 3000), file=file)).counted()
    assert len(seen) == 30
    assert seen == pytest.approx(range(0, 90, 3), abs=3)
    assert min(np.diff(seen)) > 0, "no picture twice"


@pytest.mark.parametrize(("file", "effort"), [("count.mp4", 0.01), ("count.mp4", 100), ("pyramid.mp4", 100)])
def test_beside_a_cut_nothing_is_seen_of_what_was_cut_away(studio, proxied, file, effort):
    """Also where the cut lies between two of the small film's frames, and where keyframes alone are shown."""
    shots = cut(studio, (1330, 1540), (100, 1360), (1500, 1500), file=file)
    seen = np.array(proxied(shots, effort).counted())
    assert len(seen) == 44
    for shot, first, after in ((seen[:16], 40, 86.1), (seen[16:29], 3, 43.8), (seen[29:], 45, 90)):
        assert np.all((shot > first - 0.8) & (shot < after + 0.4))


@pytest.mark.parametrize(("file", "fps"), [("film.mp4", 12), ("ntsc.mp4", 10), ("fast.mp4", 12)])
def test_what_is_much_to_decode_is_shown_at_about_ten_frames_a_second(studio, proxied, file, fps):
    shots = [{"file": file, "d": 900}]
    rate = studio.sources(studio.draft(shots))[asset(file)].info.fps
    film = proxied(studio.draft(shots, fps=str(rate)))
    assert len(film.frames) / film.duration == pytest.approx(fps, abs=0.1)


def test_of_what_takes_too_long_to_decode_the_keyframes_are_shown(studio, proxied):
    # The third shot is too short to be sure to hold one.
    seen = proxied(cut(studio, (300, 1500), (1300, 1200), (2600, 300)), effort=100).counted()
    assert len(seen) == 30
    assert {15 * round(number / 15) for number in seen[:14]} == {15, 30, 45}
    assert {15 * round(number / 15) for number in seen[15:26]} == {45, 60}
    assert seen[15:26] == pytest.approx([15 * round(number / 15) for number in seen[15:26]], abs=1)
    assert np.diff(seen[27:]) == pytest.approx([3, 3], abs=0.8), "each frame of it"


def test_with_the_time_left_each_shot_begins_and_ends_as_it_is(studio, proxied):
    seen = proxied(cut(studio, (0, 2600), (400, 2600)), effort=4).counted()
    for shot, begin in ((seen[:26], 0), (seen[26:], 12)):
        given = [begin + 3 * place for place in range(26)]
        assert shot[:5] == pytest.approx(given[:5], abs=1.5)
        assert shot[-5:] == pytest.approx(given[-5:], abs=1.5)
        assert shot[5:-5] == pytest.approx([15 * round(number / 15) for number in shot[5:-5]], abs=1)


def test_where_keyframes_are_rare_what_others_refer_to_is_shown_however_long_it_takes(studio, proxied):
    seen = proxied(cut(studio, (0, 3000), file="pyramid.mp4"), effort=100).counted()
    assert min(np.diff(seen)) > 0
