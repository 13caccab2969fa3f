"""Whatever a camera, a phone or a screen recorder makes: each kind rendered, and looked at."""

from __future__ import annotations

import subprocess

import av
import numpy as np
import pytest

from nemo_nb.media.ffmpeg import binary

RED, GREEN = "#c02020", "#20c020"


@pytest.fixture
def put(studio, tmp_path):
    """Make a file by ffmpeg's arguments and let drafts use it by its name."""
    made = {}
    given = studio.media
    studio.media = lambda name: made.get(name) or given(name)

    def put(name, *args):
        made[name] = tmp_path / f"in-{name}"
        subprocess.run([binary(), "-v", "error", *map(str, args), str(made[name])], check=True)
        return made[name]

    return put


def plain(color=RED, size="160x90", rate="30", seconds=1):
    return ["-f", "lavfi", "-i", f"color=c={color}:s={size}:r={rate}:d={seconds}"]


# Name, how it is made after a plain red second, and how.
CONTAINERS = {
    "a.webm": ["-c:v", "libvpx", "-deadline", "realtime"],
    "b.mkv": ["-c:v", "libx265", "-x265-params", "log-level=error", "-preset", "ultrafast"],
    "c.avi": ["-c:v", "mpeg4", "-q:v", "2"],
    "d.mov": ["-c:v", "prores_ks", "-pix_fmt", "yuv422p10le"],
    "e.mp4": ["-c:v", "libx264", "-pix_fmt", "yuv420p10le"],
    "f.mp4": ["-c:v", "libx264", "-pix_fmt", "yuv444p"],
    "g.mp4": ["-c:v", "libx264", "-flags", "+ilme+ildct", "-vf", "scale=160:96"],
    "h.mp4": ["-c:v", "libx264", "-vf", "scale=out_range=full", "-pix_fmt", "yuvj420p"],
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_codecs_depths_and_containers(studio, put, close, name):
    put(name, *plain(), *CONTAINERS[name])
    film = studio.film(studio.draft([{"file": name, "d": 1000}]))
    assert len(film.frames) == 30
    assert close(film.colour(15), RED)


@pytest.mark.parametrize("rate", ["24000/1001", "30000/1001", "60000/1001", "25", "50"])
def test_frame_rates_are_made_the_canvas_s(studio, put, rate):
    put(
        "beat.mp4",
        "-f",
        "lavfi",
        "-i",
        f"nullsrc=s=160x90:r={rate}:d=2,geq=lum='if(lt(T,1),40,200)':cb=128:cr=128",
    )
    for fps in ("30", "60000/1001"):
        film = studio.film(
            studio.draft([{"file": "beat.mp4", "d": 2000}], fps=int(fps) if fps == "30" else fps)
        )
        frames = {"30": 60, "60000/1001": 120}[fps]
        assert len(film.frames) == frames
        dark = sum(luma < 120 for luma in film.luma)
        assert dark == pytest.approx(
            frames / 2, abs=2
        )  # a frame of the source may be longer than one of ours


def test_a_variable_rate_keeps_its_times(studio, put):
    """As phones and screen recorders make them: a frame only when something moves."""
    put("vary.mp4", "-f", "lavfi", "-i", "nullsrc=s=160x90:r=30:d=3,geq=lum='20+2*N':cb=128:cr=128,"
        "select='not(between(n,20,49))'", "-fps_mode", "vfr")  # fmt: skip
    film = studio.film(studio.draft([{"file": "vary.mp4", "d": 3000}]))
    assert {item.work for item in film.plan.stretches} == {"copy"}
    assert film.counted() == pytest.approx([*range(20), *range(50, 90)], abs=0.6)
    with av.open(str(film.path)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([n / 30 for n in (*range(20), *range(50, 90))], abs=1e-4)
    even = studio.film(studio.draft([{"file": "vary.mp4", "d": 3000}]), frame_rate=30)
    assert even.counted() == pytest.approx([*range(20), *[19.0] * 30, *range(50, 90)], abs=0.6)
    assert "frame rate made an even 30" in even.plan.rows()[0]["reason"]


def test_a_phone_s_turned_film_stands_upright(studio, put, close):
    flat = put("flat.mp4", *plain(), "-vf", "drawbox=w=80:h=90:c=white:t=fill")
    put("turned.mp4", "-display_rotation", "-90", "-i", flat, "-c", "copy")
    canvas = {"width": 90, "height": 160}
    title = {"text": ".", "s": 300, "d": 200}
    drafts = [studio.draft([{"file": "turned.mp4", "d": 500}], *above, **canvas) for above in ([], [[title]])]
    for film in map(studio.film, drafts):
        assert "copy" in {item.work for item in film.plan.stretches}
        with av.open(str(film.path)) as container:
            upright = [np.rot90(frame.to_ndarray(format="rgb24"), -1) for frame in container.decode(video=0)]
            container.seek(0)
            assert next(container.decode(video=0)).rotation == -90
        for frame in (upright[3], upright[12]):
            film.frames[0] = frame
            assert close(film.colour(0, y=0.1), "#ffffff")
            assert close(film.colour(0, y=0.9), RED)
    mixed = [{"file": "turned.mp4", "d": 500}, {"file": "turned.mp4", "s": 500, "d": 500, "flip": "h"}]
    film = studio.film(studio.draft(mixed, width=90, height=160), height=80)
    assert film.frames[0].shape == (142, 80, 3)
    assert close(film.colour(3, y=0.1), "#ffffff")


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_mapped_so_that_white_is_white_and_red_is_red(studio, put, transfer):
    """Encoded from what a display of ordinary range shows, as BT.2408 says: it must come back about the same."""
    coded = f"colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    put(
        "hdr.mp4", "-f", "lavfi", "-i", "color=c=white:s=160x90:r=30:d=1,drawbox=w=53:c=#c02020:t=fill,"
        "drawbox=x=106:w=54:c=black:t=fill,format=gbrpf32le,setparams=color_primaries=bt709:color_trc=bt709:colorspace=gbr,"
        "zscale=t=linear:npl=203,"
        f"zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le",
        "-c:v", "libx265", "-x265-params", f"log-level=error:{coded}",
    )  # fmt: skip
    film = studio.film(studio.draft([{"file": "hdr.mp4", "d": 1000}]))
    red, white, black = (np.array(film.colour(9, x=x)) for x in (0.15, 0.5, 0.85))
    assert white.min() > 205
    assert black.max() < 12
    assert red[0] > 140
    assert red[1:].max() < 80
    with av.open(str(film.path)) as made:
        assert made.streams.video[0].codec_context.color_trc == 1


def test_a_gif_and_a_still_lie_over_a_clip(studio, put, close):
    put("move.gif", *plain("white", "40x40", "10", 1))
    put("still.jpg", *plain("#20c020", "40x40", "1"), "-frames:v", "1")
    over = [{"file": "move.gif", "kind": "image", "d": 2000, "scale": 0.2, "position": {"x": 0.25, "y": 0.5}}]
    still = [
        {"file": "still.jpg", "kind": "image", "d": 2000, "scale": 0.2, "position": {"x": 0.75, "y": 0.5}}
    ]
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 2000}], over, still))
    assert close(film.colour(55, x=0.25), "#ffffff")  # it runs on for as long as it is shown
    assert close(film.colour(55, x=0.75), GREEN)
    assert close(film.colour(55), RED)


def test_a_tune_with_a_cover_is_a_sound_and_no_picture(studio, put):
    cover = put("cover.jpg", *plain("white", "40x40", "1"), "-frames:v", "1")
    for name in ("song.mp3", "song.m4a"):
        put(
            name, "-f", "lavfi", "-i", "sine=330:d=2", "-i", cover, "-map", "0", "-map", "1", "-c:v", "mjpeg",
            "-disposition:v", "attached_pic",
        )  # fmt: skip
        film = studio.film(
            studio.draft([{"file": "red.mp4", "d": 2000}], [{"file": name, "kind": "audio", "d": 2000}])
        )
        assert len(film.frames) == 60
        spectrum = np.abs(np.fft.rfft(film.sound[0, 24000:72000]))
        assert spectrum[330] > 20 * np.median(spectrum)


@pytest.mark.parametrize("channels", ["mono", "stereo", "5.1"])
@pytest.mark.parametrize("rate", [8000, 44100, 96000])
def test_channels_and_sample_rates(studio, put, channels, rate):
    put(
        "sound.wav",
        "-f",
        "lavfi",
        "-i",
        f"sine=330:d=1:r={rate}",
        "-af",
        f"aformat=channel_layouts={channels}",
    )
    film = studio.film(studio.draft([{"file": "sound.wav", "d": 1000}]), format="wav")
    assert film.sound.shape == (2, 48000)
    assert film.pitch(0.1, 0.9) == pytest.approx(330, abs=2)
    left, right = (float(np.sqrt((side[4800:43200] ** 2).mean())) for side in film.sound)
    assert left == pytest.approx(right, rel=0.05)
    assert 0.02 < left < 0.2


def test_a_surround_film_keeps_what_is_said_in_the_centre(studio, put):
    put("talk.wav", "-f", "lavfi", "-i", "sine=330:d=1:r=48000", "-af", "pan=5.1|FC=c0")
    film = studio.film(studio.draft([{"file": "talk.wav", "d": 1000}]), format="wav")
    assert film.pitch(0.1, 0.9) == pytest.approx(330, abs=2)
    assert film.level(0.1, 0.9) > 0.02


def test_a_loud_surround_film_is_limited_when_six_channels_become_two(studio, put):
    everywhere = "|".join(f"{name}=c0" for name in ("FL", "FR", "FC", "BL", "BR", "LFE"))
    put("loud.wav", "-f", "lavfi", "-i", "sine=330:d=1:r=48000,volume=7.5", "-af", f"pan=5.1|{everywhere}")
    film = studio.film(studio.draft([{"file": "loud.wav", "d": 1000}]), format="wav")
    assert 0.9 < float(np.abs(film.sound).max()) < 0.98


def test_what_is_drawn_over_an_uneven_film_keeps_its_cadence(studio, put):
    """And a title that begins while the picture stands still adds a picture of its own, a fade as many as it needs."""
    put("vary.mp4", "-f", "lavfi", "-i", "nullsrc=s=160x90:r=30:d=4,geq=lum='20+N':cb=128:cr=128,"
        "select='not(between(n,20,69))',setpts='PTS+if(mod(N,2),0.004/TB,0)'", "-fps_mode", "vfr", "-enc_time_base",
        "1/1000", "-c:v", "libx264", "-crf", "8", "-g", "40", "-video_track_timescale", "16000")  # fmt: skip
    with av.open(str(studio.media("vary.mp4"))) as container:
        own = [frame.time for frame in container.decode(video=0)]
    title = {"text": ".", "s": 1000, "d": 2200, "position": "bottom-right", "video_fade_in_ms": 200}
    film = studio.film(studio.draft([{"file": "vary.mp4", "d": 4000}], [title]))
    with av.open(str(film.path)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert all(min(abs(time - other) for other in times) < 0.001 for time in own)
    added = [time for time in times if min(abs(time - other) for other in own) > 0.001]
    assert added == pytest.approx([1 + n / 30 for n in range(7)], abs=0.0011)
    for time, luma in zip(times, film.luma, strict=True):
        number = max(n for n, begins in enumerate(own) if begins <= time + 0.001)
        assert luma == pytest.approx(20 + number + (50 if number > 19 else 0), abs=1.1)
    cut = studio.film(studio.draft([{"file": "vary.mp4", "source_start_ms": 1500, "d": 2000}]))
    assert cut.luma[0] == pytest.approx(39, abs=1.1)
    with av.open(str(cut.path)) as container:
        shown = [round(frame.time, 3) for frame in container.decode(video=0)]
    assert shown[1:] == pytest.approx([time - 1.5 for time in own if 1.5 < time < 3.5], abs=0.0011)
