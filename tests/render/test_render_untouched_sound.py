"""Sound that is copied packet by packet, and encoded only where it is touched, without a seam to be heard."""

from __future__ import annotations

import subprocess

import av
import numpy as np
import pytest

from nemo_nb.engine.render.untouched import untouched_sound
from nemo_nb.media.ffmpeg import binary

# Two gliding tones and a beat, so that every moment is another; the picture is of no interest.
SOUND = (
    "aevalsrc='0.25*sin(2*PI*(200+9*t)*t)+0.2*(random(0)-0.5)*exp(-12*mod(t,0.5))"
    "|0.25*sin(2*PI*(330+7*t)*t)':s={rate}:d=36"
)
KINDS = {
    "48.mp4": (48000, ["-c:a", "aac", "-b:a", "192k"]),
    "44.mp4": (44100, ["-c:a", "aac", "-b:a", "128k"]),
    "48.mkv": (48000, ["-c:a", "aac", "-b:a", "128k"]),
}


@pytest.fixture
def real(studio, tmp_path_factory):
    given, folder = studio.media, tmp_path_factory.getbasetemp()

    def media(name):
        if name not in KINDS:
            return given(name)
        path, (rate, options) = folder / f"sound-{name}", KINDS[name]
        if not path.exists():
            command = [binary(), "-v", "error", "-f", "lavfi", "-i", "color=c=gray:s=64x48:r=10:d=36", "-f", "lavfi",
                       "-i", SOUND.format(rate=rate), "-c:v", "libx264", "-g", "20", *options, str(path)]  # fmt: skip
            subprocess.run(command, check=True)
        return path

    studio.media = media
    return studio


def packets(path):
    with av.open(str(path)) as film:
        return [bytes(packet) for packet in film.demux(film.streams.audio[0]) if packet.size]


def heard(path):
    with av.open(str(path)) as film:
        floats = av.AudioResampler("fltp", "stereo", 48000)
        blocks = [out.to_ndarray() for frame in film.decode(audio=0) for out in floats.resample(frame)]
    return np.concatenate(blocks, axis=1)


def beside_picture(path):
    """What is heard from the moment on at which the first picture is shown."""
    with av.open(str(path)) as film:
        picture = next(film.decode(video=0)).time
        film.seek(0)
        sound = next(frame.time for frame in film.decode(audio=0))
    early = round((picture - sound) * 48000)
    return np.pad(heard(path), ((0, 0), (max(0, -early), 0)))[:, max(0, early) :]


def lag(one, other, most=1200):
    """By how many samples `other` is late, and how much of it isn't the same then."""
    part = one[0, most:-most]
    energy = np.convolve(other[0] ** 2, np.ones(len(part)), "valid")
    at = int(np.argmin(energy - 2 * np.correlate(other[0], part, "valid")))
    moved = other[:, at : at + len(part)]
    return at - 2 * most, float(
        np.sqrt(np.mean((moved - one[:, most:-most]) ** 2)) / np.sqrt(np.mean(one**2))
    )


CANVAS = {"width": 64, "height": 48, "fps": 10}


@pytest.mark.parametrize("name", KINDS)
def test_the_sound_of_a_whole_film_is_copied(real, name):
    film = real.film(real.draft([{"file": name, "d": 36_000}], **CANVAS))
    made, source = packets(film.path), packets(real.media(name))
    assert made == source[: len(made)]
    assert len(made) >= len(source) - 2


@pytest.mark.parametrize("name", KINDS)
def test_around_a_cut_alone_sound_is_encoded(real, name):
    cut = [{"file": name, "d": 15_000}, {"file": name, "s": 15_000, "source_start_ms": 17_123, "d": 18_877}]
    film = real.film(real.draft(cut, **CANVAS))
    made, source = packets(film.path), set(packets(real.media(name)))
    assert sum(packet in source for packet in made) > 0.8 * len(made)
    whole, out = heard(real.media(name)), heard(film.path)
    assert out.shape[1] == pytest.approx(48 * (15_000 + 18_877), abs=2100)
    for begin, shift in ((1.0, 0), (13.5, 0), (14.4, 0), (15.1, 2.123), (15.8, 2.123), (30.0, 2.123)):
        ours = out[:, int(begin * 48000) : int((begin + 0.5) * 48000)]
        at = int((begin + shift) * 48000)
        late, off = lag(ours, whole[:, at - 1200 : at + 24000 + 1200], 1200)
        assert abs(late) <= 0.0125 * 48000, (begin, off)
        assert off < (0.06 if begin in (1.0, 30.0) else 0.12), begin  # of a rate of 44.1 kHz, between samples
    # Nothing jumps where an encoder takes over or hands over.
    jumps = np.abs(np.diff(out[1], 2))
    assert jumps[: 14 * 48000].max() < 3 * np.abs(np.diff(whole[1], 2)).max()
    assert jumps[16 * 48000 : -2400].max() < 3 * np.abs(np.diff(whole[1], 2)).max()


def test_a_film_of_joined_parts_is_copied_part_by_part(real, tmp_path):
    """Where parts were joined by copying, packets overlap by one, or one is missing."""
    part, joined = tmp_path / "part-%d.mp4", tmp_path / "joined.mp4"
    command = [binary(), "-v", "error", "-i", str(real.media("48.mp4")), "-c", "copy", "-f", "segment"]
    subprocess.run([*command, "-segment_time", "12", "-reset_timestamps", "1", str(part)], check=True)
    (tmp_path / "parts.txt").write_text("".join(f"file 'part-{n}.mp4'\n" for n in range(3)))
    command = [binary(), "-v", "error", "-f", "concat", "-i", str(tmp_path / "parts.txt"), "-c", "copy"]
    subprocess.run([*command, str(joined)], check=True)
    given = real.media
    real.media = lambda name: joined if name == "joined.mp4" else given(name)
    film = real.film(real.draft([{"file": "joined.mp4", "d": 36_000}], **CANVAS))
    made, source = packets(film.path), set(packets(joined))
    assert sum(packet in source for packet in made) > 0.95 * len(made)
    whole, out = heard(real.media("48.mp4")), heard(film.path)
    for second in (2, 10, 14, 22, 27, 34):
        ours = out[:, second * 48000 : second * 48000 + 24000]
        late, off = lag(ours, whole[:, second * 48000 - 1200 : second * 48000 + 25200], 1200)
        assert abs(late) <= 0.04 * 48000
        assert off < 0.02


def test_under_a_little_music_alone_sound_is_encoded(real):
    music = {"file": "music.mp3", "s": 16_000, "d": 1500, "fade_out_ms": 500, "volume": 0.5}
    film = real.film(real.draft([{"file": "48.mp4", "d": 36_000}], [music], **CANVAS))
    made, source = packets(film.path), set(packets(real.media("48.mp4")))
    assert sum(packet in source for packet in made) > 0.75 * len(made)
    whole, out = heard(real.media("48.mp4")), heard(film.path)
    for second in (2, 13, 14, 15, 18, 19, 20, 30):
        ours = out[:, second * 48000 : second * 48000 + 24000]
        late, off = lag(ours, whole[:, second * 48000 - 1200 : second * 48000 + 25200], 1200)
        assert (late, off < 0.12) == (0, True)
    assert np.abs(out[:, 16 * 48000 : 17 * 48000] - whole[:, 16 * 48000 : 17 * 48000]).max() > 0.03


def test_much_touched_sound_is_encoded_as_a_whole(real):
    quiet = real.plan(real.draft([{"file": "48.mp4", "d": 36_000, "volume": 0.5}], **CANVAS))
    assert untouched_sound(quiet.scene) == ()
    bits = [{"file": "48.mp4", "s": 2000 * n, "source_start_ms": 3100 * n, "d": 2000} for n in range(10)]
    assert untouched_sound(real.plan(real.draft(bits, **CANVAS)).scene) == ()


@pytest.mark.parametrize(
    ("output", "at"), [("mp4", None), ("mov", None), ("mkv", None), ("mp4", 0), ("mp4", 16)]
)
def test_sound_that_begins_within_a_packet_is_in_its_place_to_the_sample(real, tmp_path, output, at):
    """A phone's recording, or one that was cut by copying: an edit list hides a part of the first packet. `at`: the
    second from which on there is music, too."""
    trimmed = tmp_path / "trimmed.mp4"
    command = [binary(), "-v", "error", "-ss", "3.337", "-i", str(real.media("48.mp4")), "-c", "copy"]
    subprocess.run([*command, str(trimmed)], check=True)
    given = real.media
    real.media = lambda name: trimmed if name == "trimmed.mp4" else given(name)
    music = [] if at is None else [[{"file": "music.mp3", "s": 1000 * at, "d": 1500, "volume": 0.5}]]
    film = real.film(real.draft([{"file": "trimmed.mp4", "d": 32_000}], *music, **CANVAS), format=output)
    made, source = packets(film.path), set(packets(trimmed))
    assert sum(packet in source for packet in made) > 0.75 * len(made)
    whole, out = heard(trimmed), beside_picture(film.path)
    assert out.shape[1] == pytest.approx(48 * 32_000, abs=2100)
    for second in (2, 8, 12, 22, 30) if at == 0 else (0.1, 2, 12, 22, 30):
        begin = int(second * 48000)
        late, off = lag(out[:, begin : begin + 24000], whole[:, begin - 1200 : begin + 25200], 1200)
        assert abs(late) <= (48 if output == "mkv" else 0), second  # which counts in milliseconds
        assert off < 0.02, second
