"""Copied and encoded pieces in one track: exact to the frame, and playable by the strictest decoder."""

from __future__ import annotations

from fractions import Fraction

import av
import pytest
from decode import packets, strict_frames

from nemo_nb.media.codecs.h264 import Parameters
from nemo_nb.media.codecs.reading import read_track

WHOLE = {"file": "count.mp4", "d": 3000}
TITLE = {"text": "Hi", "s": 1100, "d": 300}


def copies(film):
    return [item for item in film.plan.stretches if item.work == "copy"]


def assert_exact(film):
    """Every copied packet is its source's; the encoded rest and the joins decode without in-band help."""
    made = packets(film.path)
    assert len(made) == film.plan.frames
    for item in copies(film):
        source = packets(item.source.path)
        assert made[item.start : item.end] == source[item.source_frame : item.source_frame + item.frames]
    strict = strict_frames(film.path)
    assert len(strict) == film.plan.frames
    assert all((one == other).all() for one, other in zip(strict, film.frames, strict=True))
    with av.open(str(film.path)) as container:
        times = [frame.pts * frame.time_base for frame in container.decode(video=0)]
    assert times == [Fraction(n) / film.plan.scene.fps for n in range(film.plan.frames)]


def test_an_untouched_picture_is_the_source_packet_by_packet(studio, media):
    music = {"file": "music.mp3", "d": 3000, "loop": True, "fade_out_ms": 1000}
    film = studio.film(studio.draft([{**WHOLE, "volume": 0.5, "fade_in_ms": 100}], [music]))
    assert packets(film.path) == packets(media("count.mp4"))
    assert_exact(film)
    assert film.counted() == pytest.approx(range(90), abs=0.4)
    assert film.duration == pytest.approx(3.0, abs=0.03)
    assert film.level(2.95, 3.0) < film.level(0.5, 1) / 2


def test_the_result_starts_fast_and_carries_no_metadata(studio):
    film = studio.film(studio.draft([WHOLE], [TITLE]))
    data = film.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    assert data.count(b"avc1") == 2  # the file's brand, and the one kind of sample it has
    with av.open(str(film.path)) as container:
        assert not {"title", "location", "creation_time"} & set(container.metadata)


def test_a_title_leaves_the_groups_beside_it_untouched(studio):
    film = studio.film(studio.draft([WHOLE], [TITLE]))
    # The first copy ends within a group, where nothing before refers to what comes after.
    assert [(item.start, item.end) for item in copies(film)] == [(0, 31), (45, 90)]
    assert_exact(film)
    lit = [frame.max() > 200 for frame in film.frames]
    assert [n for n, on in enumerate(lit) if on and n < 45] == list(range(33, 42))
    assert film.counted()[:30] == pytest.approx(range(30), abs=0.4)
    assert film.counted()[42:] == pytest.approx(range(42, 90), abs=0.6)


@pytest.mark.parametrize(("start_ms", "length_ms"), [(0, 1700), (333, 2000), (1234, 1500), (50, 2950)])
def test_a_cut_at_any_frame_shows_exactly_its_frames(studio, start_ms, length_ms):
    film = studio.film(studio.draft([{**WHOLE, "source_start_ms": start_ms, "d": length_ms}]))
    assert copies(film)
    assert_exact(film)
    first, count = (start_ms + 1) * 30 // 1000, round(length_ms * 30 / 1000)
    assert film.counted() == pytest.approx(range(first, first + count), abs=0.6)


def test_both_ends_of_a_fade(studio):
    film = studio.film(studio.draft([{**WHOLE, "video_fade_in_ms": 500, "video_fade_out_ms": 500}]))
    assert [(item.start, item.end) for item in copies(film)] == [(15, 75)]
    assert_exact(film)
    counted = film.counted()
    assert film.luma[0] == pytest.approx(16, abs=2)
    assert counted[14] < 14
    assert counted[15:76] == pytest.approx(range(15, 76), abs=0.6)
    assert counted[76] < 76
    assert film.luma[89] < 40


def test_a_crossfade_between_copied_clips(studio, close):
    first = {"file": "red.mp4", "d": 2000}
    second = {
        "file": "blue.mp4",
        "s": 1500,
        "d": 2000,
        "transition": {"type": "crossfade", "duration_ms": 500},
    }
    film = studio.film(studio.draft([first, second]))
    assert sum(item.frames for item in copies(film)) == 90
    assert_exact(film)
    assert close(film.colour(44), "#c02020")
    assert close(film.colour(60), "#2020c0")


def test_the_order_of_parts_of_one_clip_can_be_changed(studio):
    parts = [{**WHOLE, "s": 0, "source_start_ms": 1500, "d": 1500}, {**WHOLE, "s": 1500, "d": 1500}]
    film = studio.film(studio.draft(parts))
    assert [item.source_frame for item in copies(film)] == [45, 0]
    assert_exact(film)
    assert film.counted() == pytest.approx([*range(45, 90), *range(45)], abs=0.4)


def test_the_colours_of_old_films_stay_what_they_are(studio):
    """Untagged small pictures are read by the matrix of old television, in the copied and in the made part."""
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 2000, "video_fade_in_ms": 200}]))
    assert_exact(film)
    assert film.colour(12) == pytest.approx(film.colour(40), abs=3)
    with av.open(str(film.path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (2, 2, 2)


def test_picture_and_sound_stay_together_over_the_joins(studio):
    """The clip flashes and beeps for a tenth of a second, once a second."""
    film = studio.film(
        studio.draft([{"file": "beep.mp4", "source_start_ms": 400, "d": 4000}], [{"text": "Hi", "d": 300}])
    )
    assert_exact(film)
    flashes = [n / 30 for n in range(1, 120) if film.luma[n] > 150 >= film.luma[n - 1]]
    loud = abs(film.sound[0]) > 0.02
    beeps = [n / 48000 for n in range(4800, loud.size) if loud[n] and not loud[n - 4800 : n].any()]
    assert len(flashes) == len(beeps) == 4
    assert beeps == pytest.approx(flashes, abs=0.02)


def test_rates_of_film_and_television(studio):
    film = studio.film(
        studio.draft([{"file": "ntsc.mp4", "source_start_ms": 700, "d": 2000}], fps="30000/1001")
    )
    assert copies(film)
    assert_exact(film)


def test_a_picture_of_open_groups_is_cut_at_none_of_them(studio, media):
    assert [entry.frame for entry in read_track(media("open.mp4")).entries] == [0]
    film = studio.film(studio.draft([{"file": "open.mp4", "source_start_ms": 500, "d": 1000}]))
    assert film.plan.rows()[0]["reason"] == "no keyframes to cut at"
    whole = studio.film(studio.draft([{"file": "open.mp4", "d": 2000}]))
    assert packets(whole.path) == packets(media("open.mp4"))


def test_copied_pictures_keep_their_own_times(studio, media):
    """One picture of this file is shown a third of a frame late."""
    film = studio.film(studio.draft([{"file": "late.mp4", "d": 2000}], [{"text": "Hi", "s": 0, "d": 300}]))
    (copied,) = copies(film)
    assert (copied.start, copied.end) == (15, 60)
    source = packets(media("late.mp4"))
    assert packets(film.path)[15:] == source[15:]
    with av.open(str(film.path)) as container:
        times = [frame.pts * frame.time_base for frame in container.decode(video=0)]
    with av.open(str(media("late.mp4"))) as container:
        assert times == [frame.pts * frame.time_base for frame in container.decode(video=0)]


def test_parameters_of_two_encoders_fit_into_one_track_unless_their_ids_clash(media):
    source = read_track(media("count.mp4")).coding.sets
    assert Parameters.parse(source.box()) == source
    assert source.merged(source) == source
    with pytest.raises(ValueError, match="one id"):
        source.merged(read_track(media("film.mp4")).coding.sets)
