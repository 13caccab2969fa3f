"""The sample media, and films small enough for a notebook."""

from __future__ import annotations

import asyncio
import io

import av
import numpy as np
import pytest

from nemo_nb.media import samples
from nemo_nb.media.probe import probe
from nemo_nb.media.proxy import make_proxy


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    path = tmp_path_factory.mktemp("city") / "city.mp4"
    asyncio.run(samples.make_city(path, seconds=12))
    return path


def test_the_city_has_exactly_its_frames_at_a_constant_rate(city):
    info = probe(city)
    assert (info.width, info.height, info.fps, info.frames) == (1920, 1080, 30, 360)
    assert (info.steady, info.pix_fmt, info.video_codec, info.channels) == (True, "yuv420p", "h264", 2)
    assert info.duration_ms == 12_000
    with av.open(str(city)) as container:
        keys = [packet.pts * packet.time_base for packet in container.demux(video=0) if packet.is_keyframe]
    assert max(np.diff([float(key) for key in keys])) <= 1.0


def test_the_city_moves_and_its_seam_is_not_seen(city):
    with av.open(str(city)) as container:
        container.streams.video[0].thread_type = "AUTO"
        wanted = {0, 60, 298, 299, 300, 301}
        seen = {
            number: frame.reformat(240, 136, "rgb24").to_ndarray().astype(int)
            for number, frame in enumerate(container.decode(video=0))
            if number in wanted
        }
    assert np.abs(seen[60] - seen[0]).mean() > 5
    at_the_seam = np.abs(seen[300] - seen[299]).mean()
    elsewhere = np.abs(seen[299] - seen[298]).mean()
    assert at_the_seam < 1.5 * elsewhere + 1
    assert seen[0].std() > 20


def test_the_tune_is_heard_to_its_end(tmp_path):
    path = tmp_path / "tune.mp3"
    asyncio.run(samples.make_tune(path, seconds=20))
    info = probe(path)
    assert info.kind == "audio"
    assert info.duration_ms == pytest.approx(20_000, abs=60)
    with av.open(str(path)) as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    levels = [float(np.sqrt(np.mean(part**2))) for part in np.array_split(sound, 10)]
    assert min(levels[:9]) > 0.02
    assert np.abs(sound).max() <= 1


def test_a_proxy_fits_and_plays(city):
    data = asyncio.run(make_proxy(city, max_bytes=120_000))
    assert len(data) <= 120_000
    with av.open(io.BytesIO(data)) as proxy:
        assert proxy.duration / 1e6 == pytest.approx(12, abs=0.2)
        assert proxy.streams.video[0].height <= 240
        assert proxy.streams.audio
    assert data.index(b"moov") < data.index(b"mdat")
