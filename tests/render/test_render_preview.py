"""A frame or a small film of the cut, the same as the export would show."""

from __future__ import annotations

import asyncio
import io

import av
import numpy as np
import pytest
from PIL import Image
from render.conftest import decode

from nemo_nb.engine.render import cut_proxy, frame_png
from nemo_nb.media import keyframes


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


def test_of_what_takes_long_to_decode_the_keyframes_that_are_kept_are_shown(studio, tmp_path, monkeypatch):
    monkeypatch.setattr(keyframes, "MANY_PIXELS", 0)
    # Every fifteenth of its frames is a keyframe. The third clip is too short to be sure to hold one.
    cut = {"file": "count.mp4", "d": 1500, "source_start_ms": 300}
    again = {"file": "count.mp4", "s": 1500, "d": 1200, "source_start_ms": 1300}
    short = {"file": "count.mp4", "s": 2700, "d": 300, "source_start_ms": 2600}
    draft = studio.draft([cut, again, short], width=320, height=180)
    target = tmp_path / "proxy.mp4"
    asyncio.run(cut_proxy(draft, studio.sources(draft), target, height=90))
    seen = decode(target).counted()
    assert len(seen) == 45
    assert {15 * round(number / 15) for number in seen[:22]} == {15, 30, 45}
    assert {15 * round(number / 15) for number in seen[23:40]} == {45, 60}
    assert seen[22:40] == pytest.approx([15 * round(number / 15) for number in seen[22:40]], abs=1)
    assert np.diff(seen[41:]) == pytest.approx([2, 2, 2], abs=0.8), "each frame of it"
