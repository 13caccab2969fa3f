"""A frame or a small film of the cut, the same as the export would show."""

from __future__ import annotations

import asyncio
import io

import av
import numpy as np
import pytest
from PIL import Image

from nemo_nb.engine.render import cut_proxy, frame_png


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
