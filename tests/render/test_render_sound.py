"""The mix, decoded: what sounds when, how loud, and for how long."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from nemo_nb.engine.render.untouched import untouched_sound
from nemo_nb.media.ffmpeg import binary

from .conftest import decode, make


def test_music_under_a_clip_is_mixed_and_fades_to_silence(studio):
    clip = {"file": "count.mp4", "d": 3000, "volume": 0.0}
    music = {"file": "music.mp3", "d": 3000, "loop": True, "volume": 0.5, "fade_out_ms": 1500}
    film = studio.film(studio.draft([clip], [music]))
    assert film.sound.shape[1] == pytest.approx(3 * 48000, abs=2048)
    full = film.level(0.2, 1.2)
    assert film.pitch(0.2, 1.2) == pytest.approx(220, abs=2)
    assert film.level(2.1, 2.4) == pytest.approx(full / 2, rel=0.25)
    assert film.level(2.95, 3.0) < full / 20


def test_sounds_keep_their_levels_when_mixed(studio):
    def film(*sounds):
        return studio.film(studio.draft(*([sound] for sound in sounds)))

    one = {"file": "red.mp4", "d": 2000}
    two = {"file": "music.mp3", "s": 1000, "d": 1000}
    alone, both = film(one), film(one, two)
    assert both.level(0.2, 0.9) == pytest.approx(alone.level(0.2, 0.9), rel=0.05)
    assert both.level(1.2, 1.8) > both.level(0.2, 0.8)
    assert both.pitch(0.2, 0.8) == pytest.approx(440, abs=3)


def test_a_segment_sounds_exactly_where_it_lies(studio):
    film = studio.film(
        studio.draft([{"file": "loud.wav", "s": 1000, "d": 500, "source_start_ms": 700}]), format="wav"
    )
    heard = np.flatnonzero(np.abs(film.sound[0]) > 0.05)
    assert heard[0] == pytest.approx(48000, abs=120)
    assert heard[-1] == pytest.approx(72000, abs=120)


def test_a_loop_goes_on_where_the_file_ended(studio):
    film = studio.film(studio.draft([{"file": "loud.wav", "d": 7000, "loop": True}]), format="wav")
    assert film.sound.shape[1] == 7 * 48000
    levels = [film.level(second, second + 0.5) for second in range(7)]
    assert levels == pytest.approx([levels[0]] * 7, rel=0.05)


def test_speed_keeps_the_pitch(studio):
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 500, "speed": 4.0}]))
    assert film.duration == pytest.approx(0.5, abs=0.05)
    assert film.pitch(0.1, 0.4) == pytest.approx(440, abs=10)


def test_too_much_is_limited_and_never_clipped(studio):
    loud = {"file": "loud.wav", "d": 1000, "volume": 4}
    film = studio.film(studio.draft([loud], [dict(loud)]), format="wav")
    assert 0.5 < float(np.abs(film.sound).max()) <= 1.0
    flat = np.abs(np.diff(film.sound[0])) == 0
    assert flat.mean() < 0.05


def test_what_overshoots_in_its_file_is_cut_off_as_players_do(studio, tmp_path):
    """A limiter would turn down what is beside it, too."""
    given, wave = studio.media, "1.3*sin(2*PI*50*t)*between(mod(t,0.1),0.005,0.01)+0.3*sin(2*PI*400*t)"
    over = ["-f", "lavfi", "-i", f"aevalsrc='{wave}|{wave}':s=48000:d=2", "-c:a", "pcm_f32le"]
    make(over, tmp_path / "over.wav")
    studio.media = lambda name: tmp_path / name if name == "over.wav" else given(name)
    source = decode(tmp_path / "over.wav").sound
    film = studio.film(studio.draft([{"file": "over.wav", "d": 2000}]), format="wav")
    assert np.abs(source).max() > 1.1
    assert film.sound[0, :96000] == pytest.approx(source[0, :96000].clip(-1, 1), abs=0.001)


def test_muted_tracks_and_segments_are_silent_but_there_is_a_track(studio):
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 500, "muted": True}]))
    assert film.sound.shape[1] > 0
    assert film.level(0, 0.5) < 1e-4


def test_ducked_music_is_lowered_while_the_picture_sounds(studio):
    voice = {"file": "red.mp4", "s": 1500, "d": 1500}
    music = {"file": "music.mp3", "d": 3000, "loop": True, "duck": {"amount_db": 20}}

    def music_level(film, start, end):
        part = film.sound[0, int(start * 48000) : int(end * 48000)]
        spectrum = np.abs(np.fft.rfft(part))
        return float(spectrum[round(220 * (end - start))])

    film = studio.film(studio.draft([voice], [music]))
    before, under = music_level(film, 0.5, 1.5), music_level(film, 2.0, 3.0)
    assert 20 * np.log10(before / under) == pytest.approx(18, abs=4)


def test_sound_only_formats(studio):
    draft = studio.draft([{"file": "red.mp4", "d": 1000}])
    for kind in ("mp3", "m4a", "wav"):
        film = studio.film(draft, format=kind)
        assert film.duration == pytest.approx(1.0, abs=0.08)
        assert film.pitch(0.1, 0.9) == pytest.approx(440, abs=3)
        assert not film.frames


def test_sounds_that_all_begin_late_are_there_and_in_time(studio):
    """ffmpeg's mixer gives its first block no time then, and the encoder took what followed for garbage."""
    first = {"file": "red.mp4", "s": 263, "d": 1092, "source_start_ms": 908}
    film = studio.film(studio.draft([first, {"file": "blue.mp4", "s": 1355, "d": 191}]), format="mp4")
    assert film.sound.shape[1] == pytest.approx(1.546 * 48000, abs=1100)
    assert film.level(0.0, 0.25) < 0.001
    assert film.pitch(0.3, 1.3) == pytest.approx(440, abs=2)
    assert film.pitch(1.4, 1.5) == pytest.approx(880, abs=12)


def test_fades_and_gaps_are_as_long_as_they_should_be(studio):
    faded = {"file": "loud.wav", "s": 500, "d": 2000, "fade_in_ms": 800, "fade_out_ms": 600}
    film = studio.film(studio.draft([faded, {"file": "loud.wav", "s": 3000, "d": 500}]), format="wav")
    full = film.level(1.4, 1.8)
    parts = {
        (0.0, 0.5): 0, (0.5, 0.52): 0.01, (0.88, 0.92): 0.5, (1.3, 1.34): 1, (1.86, 1.9): 1, (2.18, 2.22): 0.5,
        (2.48, 2.5): 0.02, (2.5, 3.0): 0, (3.0, 3.05): 1, (3.45, 3.5): 1,
    }  # fmt: skip
    heard = [film.level(*part) / full for part in parts]
    assert heard == pytest.approx(list(parts.values()), abs=0.03)


def test_in_a_transition_one_sound_goes_while_the_next_comes(studio):
    coming = {
        "file": "blue.mp4",
        "s": 1000,
        "d": 2000,
        "transition": {"type": "crossfade", "duration_ms": 1000},
    }
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 2000}, coming]), format="wav")

    def tone(hertz, start):
        spectrum = np.abs(np.fft.rfft(film.sound[0, int(start * 48000) :][:4800]))
        return float(spectrum[hertz // 10])

    going, coming = ([tone(hertz, start) for start in (1.05, 1.45, 1.85)] for hertz in (440, 880))
    assert going[0] > 4 * going[2]
    assert coming[2] > 4 * coming[0]
    assert going[1] == pytest.approx(coming[1], rel=0.25)


def samples(path):
    """All of a file's sound as players hear it, byte for byte."""
    pcm = ["-vn", "-f", "s16le", "-"]
    return subprocess.run(
        [binary(), "-v", "error", "-i", str(path), *pcm], capture_output=True, check=True
    ).stdout


def test_sound_that_nothing_was_done_to_is_copied_to_the_sample(studio):
    clip = {"file": "stereo.mp4", "d": 2000}
    title = {"text": "Hi", "s": 500, "d": 1000}
    source = studio.media("stereo.mp4")
    studio.film(studio.draft([clip], [title]))
    assert samples(studio.folder / "film.mp4") == samples(source)
    pieces = [{**clip, "d": 1200}, {**clip, "s": 1200, "d": 800, "source_start_ms": 1200}]
    studio.film(studio.draft(pieces))  # split, and nothing of it gone
    assert samples(studio.folder / "film.mp4") == samples(source)


@pytest.mark.parametrize(
    "done",
    [
        {"volume": 0.5}, {"fade_out_ms": 500}, {"speed": 0.5, "d": 4000}, {"reverse": True},
    ],
)  # fmt: skip
def test_sound_that_something_was_done_to_is_not(studio, done):
    clip = {"file": "stereo.mp4", "d": 2000, **done}
    film = studio.film(studio.draft([clip]))
    assert samples(studio.folder / "film.mp4") != samples(studio.media("stereo.mp4"))
    assert film.sound.shape[1] == pytest.approx(clip["d"] * 48, abs=2048)
    assert untouched_sound(studio.plan(studio.draft([clip])).scene) == ()


@pytest.mark.parametrize("begin_ms", [0, 500])
def test_a_part_of_it_is_copied_by_whole_packets(studio, begin_ms):
    film = studio.film(studio.draft([{"file": "stereo.mp4", "source_start_ms": begin_ms, "d": 1500}]))
    assert film.sound.shape[1] == pytest.approx(1500 * 48, abs=1024)
    source = decode(studio.media("stereo.mp4")).sound
    at = 4800 + begin_ms * 48
    near = [source[:, at + off : at + off + 48_000] for off in range(-512, 513)]
    assert min(np.abs(film.sound[:, 4800 : 4800 + 48_000] - part).max() for part in near) < 1e-4


def test_only_what_the_mix_would_be_is_copied(studio):
    for file in ("red.mp4", "loud.wav"):
        assert (
            untouched_sound(studio.plan(studio.draft([{"file": file, "d": 2000}]), format="mp4").scene) == ()
        )
