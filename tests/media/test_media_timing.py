"""When pictures are shown: asked of times as files have them."""

from __future__ import annotations

import json
import subprocess
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.media import ffmpeg
from nemo_nb.media.probe import MediaInfo, probe
from nemo_nb.media.timing import Timing, timing_of

MS = Fraction(1, 1000)
_steps = st.lists(st.integers(1, 400), min_size=1, max_size=40)


def timing(times: list[int], base: Fraction = MS, last: int = 0, **more: object) -> Timing:
    return timing_of([(time, last) for time in times], base, **more)  # type: ignore[arg-type]


def rounded(rate: Fraction, count: int, base: Fraction = MS, first: Fraction = Fraction(0)) -> list[int]:
    """As a writer with ticks that coarse stores pictures of one rate."""
    return [round((first + number / rate) / base) for number in range(count)]


@given(_steps, st.integers(0, 500), st.integers(0, 20_000))
def test_what_is_shown_is_the_last_picture_that_has_begun(steps, first, moment):
    times = [first]
    for step in steps:
        times.append(times[-1] + step)
    film = timing(times)
    asked = Fraction(moment, 1000)
    begun = [number for number, time in enumerate(times) if time * MS <= asked + film.slack]
    assert film.shown_at(asked) == (begun[-1] if begun else 0)
    later = [number for number, time in enumerate(times) if time * MS >= asked - film.slack]
    assert film.begins_at(asked) == (later[0] if later else len(times))


@given(
    st.sampled_from([Fraction(30), Fraction(25), Fraction(24000, 1001), Fraction(60000, 1001), Fraction(5)]),
    st.sampled_from([MS, Fraction(1, 90000), Fraction(1, 15360), Fraction(1, 1_000_000_000)]),
    st.integers(20, 400),
    st.integers(0, 3000),
)
def test_a_rate_that_whole_ticks_round_is_still_that_rate(rate, base, count, start_ms):
    zero = Fraction(start_ms, 1000)
    film = timing(rounded(rate, count, base, zero), base, zero=zero, told=rate)
    assert (film.is_even, film.rate) == (True, rate)
    assert all(film.shown_at(number / rate) == number for number in range(count))


def test_a_hole_changes_neither_the_rate_nor_what_stands_beside_it():
    times = [n * 512 for n in range(300) if not 100 <= n < 130]
    film = timing(times, Fraction(1, 15360))
    assert (film.is_even, film.rate, film.count) == (False, 30, 270)
    assert film.shown_at(Fraction(4)) == 99
    assert film.ends(99) == Fraction(130, 30)


def test_the_rate_is_that_of_the_commonest_step():
    phone = [round(n * 3000 + (n % 5) - 2) for n in range(120)] + [360_000 + n * 6000 for n in range(60)]
    assert timing(phone, Fraction(1, 90000)).rate == 30
    still = [0, *(4000 + time for time in rounded(Fraction(30), 90))]
    assert timing(still, MS, told=Fraction(1000)).rate == 30


@given(_steps, st.integers(0, 10**6), st.booleans())
def test_json_loses_nothing(steps, first, hidden):
    times = [first]
    for step in steps:
        times.append(times[-1] + step)
    film = timing(times, Fraction(1, 90000), zero=Fraction(first, 90000), hidden=hidden)
    assert Timing.from_json(json.loads(json.dumps(film.to_json()))) == film


# ---- files --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds at 25 pictures a second, with B-frames and sound."""
    return made(
        tmp_path_factory.mktemp("timing") / "clip.mp4",
        "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=4", "-f", "lavfi", "-i", "sine=d=4:r=48000",
        "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25", "-c:a", "aac",
    )  # fmt: skip


def made(path: Path, *args: str | Path) -> Path:
    subprocess.run([ffmpeg.binary(), "-v", "error", "-y", *map(str, args), str(path)], check=True)
    return path


def info_of(path: Path) -> tuple[int, Timing]:
    info = probe(path)
    assert info.timing is not None
    assert MediaInfo.from_json(json.loads(json.dumps(info.to_json()))) == info
    return info.duration_ms, info.timing


def test_picture_sound_and_container_have_one_zero(clip, tmp_path):
    late = made(tmp_path / "late.mp4", "-itsoffset", "1.8", "-i", clip, "-i", clip, "-map", "0:v", "-map", "1:a",
                "-c", "copy")  # fmt: skip
    duration, film = info_of(late)
    assert (duration, film.at(0), film.count) == (5800, Fraction("1.8"), 100)
    stream = made(tmp_path / "stream.mkv", "-i", clip, "-c", "copy", "-output_ts_offset", "100")
    duration, film = info_of(stream)
    assert (duration, film.rate, film.is_even) == (pytest.approx(4000, abs=25), 25, True)
    pieces = made(tmp_path / "pieces.mp4", "-i", clip, "-c", "copy", "-movflags", "frag_keyframe+empty_moov")
    duration, film = info_of(pieces)
    assert (film.at(0), film.end_s) == (Fraction(2, 25), Fraction("4.08"))


def test_a_film_lasts_until_both_picture_and_sound_have_ended(clip, tmp_path):
    longer = made(tmp_path / "l.mp4", "-i", clip, "-f", "lavfi", "-i", "sine=d=6", "-map", "0:v", "-map", "1:a",
                  "-c:v", "copy", "-c:a", "aac")  # fmt: skip
    assert info_of(longer)[0] == pytest.approx(6000, abs=50)
    picture = made(tmp_path / "p.png", "-i", clip, "-frames:v", "1")
    still = made(tmp_path / "s.mp4", "-i", picture, "-i", clip, "-map", "0:v", "-map", "1:a", "-c:a", "copy")
    duration, film = info_of(still)
    assert (duration, film.count) == (pytest.approx(4000, abs=50), 1)


def test_what_an_edit_list_hides_is_no_picture(clip, tmp_path):
    duration, film = info_of(made(tmp_path / "h.mp4", "-ss", "0.52", "-i", clip, "-c", "copy"))
    assert (film.hidden, film.at(0), film.count) == (True, 0, 87)
    assert duration == 3480


def test_sound_without_an_index_is_as_long_as_its_packets(tmp_path):
    quiet = "anoisesrc=d=20:a=0.4:r=48000"
    raw = made(tmp_path / "m.aac", "-f", "lavfi", "-i", quiet, "-af", "volume='if(lt(t,8),0,1)':eval=frame",
               "-c:a", "aac", "-b:a", "160k")  # fmt: skip
    assert probe(raw).duration_ms == pytest.approx(20_000, abs=50)
    bare = made(tmp_path / "m.mp3", "-f", "lavfi", "-i", quiet, "-q:a", "5", "-write_xing", "0")
    assert probe(bare).duration_ms == pytest.approx(20_000, abs=100)


def test_how_much_earlier_a_keyframe_is_decoded_than_shown(tmp_path):
    """An index finds keyframes by when they are decoded: so much further back a picture is sought."""
    none, some = (
        made(tmp_path / f"{count}.mp4", "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=4", "-c:v", "libx264", "-g", "27",
             "-x264-params", f"scenecut=0:bframes={count}:b-adapt=0")
        for count in (0, 3)
    )  # fmt: skip
    assert info_of(none)[1].lead == 0
    film = info_of(some)[1]
    assert film.lead * film.time_base >= Fraction(2, 25)
