"""An untouched picture is copied, packet by packet; whatever touches it has it encoded."""

from __future__ import annotations

import av
import pytest

WHOLE = {"file": "count.mp4", "d": 3000}


def packets(path):
    with av.open(str(path)) as container:
        return [bytes(packet) for packet in container.demux(video=0) if packet.size]


def test_music_and_fades_of_sound_leave_the_picture_untouched(studio, media):
    music = {"file": "music.mp3", "d": 3000, "loop": True, "fade_out_ms": 1000}
    draft = studio.draft([{**WHOLE, "volume": 0.5, "fade_in_ms": 100}], [music])
    assert studio.plan(draft).rows() == [{"time": "0-3s", "picture": "copy", "reason": "picture untouched"}]
    film = studio.film(draft)
    assert packets(film.path) == packets(media("count.mp4"))
    assert film.counted() == pytest.approx(range(90), abs=0.4)
    assert film.duration == pytest.approx(3.0, abs=0.03)
    assert film.level(2.95, 3.0) < film.level(0.5, 1) / 2


def test_the_result_starts_fast_and_carries_no_metadata(studio):
    film = studio.film(studio.draft([WHOLE]))
    data = film.path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(film.path)) as container:
        assert not {"title", "location", "creation_time"} & set(container.metadata)


TOUCHES = {
    "starts within its file": ({"source_start_ms": 500, "d": 2500}, {}, {}),
    "not the whole file": ({"d": 1500}, {}, {}),
    "background before or after it": ({"s": 1000}, {}, {}),
    "speed or direction changed": ({"speed": 2.0, "d": 1500}, {}, {}),
    "picture fades": ({"video_fade_in_ms": 200}, {}, {}),
    "filter sepia": ({"filters": [{"name": "sepia"}]}, {}, {}),
    "cropped, turned or flipped": ({"flip": "h"}, {}, {}),
    "placed, scaled or transparent": ({"opacity": 0.5}, {}, {}),
    "scaled from 160x90 to 320x180": ({}, {}, {"resolution": "180p"}),
    "frame rate made an even 25": ({}, {"fps": 25}, {}),
}


@pytest.mark.parametrize("reason", TOUCHES)
def test_why_a_picture_is_encoded(studio, reason):
    meta, canvas, output = TOUCHES[reason]
    plan = studio.plan(studio.draft([{**WHOLE, **meta}], **canvas), **output)
    assert [(row["picture"], row["reason"]) for row in plan.rows()] == [("encode", reason)]


def test_a_text_or_a_second_clip_has_the_picture_encoded(studio):
    text = {"text": "Hi", "s": 0, "d": 1000}
    assert studio.plan(studio.draft([WHOLE], [text])).rows()[0]["reason"] == "text is drawn"
    two = studio.draft([WHOLE, {"file": "red.mp4", "s": 3000, "d": 2000}])
    assert studio.plan(two).rows()[0]["reason"] == "2 clips are put together"
