"""Every format an export can have, decoded."""

from __future__ import annotations

import av
import pytest

from nemo_nb.engine.render import Output
from nemo_nb.errors import InvalidInput

RED = "#c02020"
CODECS = {
    "mp4": ("h264", "aac"),
    "mov": ("h264", "aac"),
    "webm": ("vp9", "opus"),
    "gif": ("gif", None),
    "mp3": (None, "mp3float"),
    "wav": (None, "pcm_s16le"),
    "m4a": (None, "aac"),
}


@pytest.mark.parametrize("kind", CODECS)
def test_each_format_holds_what_its_name_says(studio, close, kind):
    clip = {"file": "red.mp4", "d": 1000}
    text = {"text": "HELLO", "s": 500, "d": 500, "style": {"font_size": 0.4, "color": "#ffff00"}}
    film = studio.film(studio.draft([clip], [text]), format=kind)
    with av.open(str(film.path)) as made:
        found = (
            made.streams.video[0].codec_context.name if made.streams.video else None,
            made.streams.audio[0].codec_context.name if made.streams.audio else None,
        )
    assert found == CODECS[kind]
    assert film.duration == pytest.approx(1.0, abs=0.08)
    if CODECS[kind][0]:
        assert len(film.frames) == (12 if kind == "gif" else 30)
        assert close(film.colour(2, y=0.05), RED, within=20)
        yellow = [int((frame[:, :, :2].min(axis=2) > 150).sum()) for frame in film.frames]
        assert yellow[2] == 0
        assert yellow[-2] > 200
    if CODECS[kind][1]:
        assert film.pitch(0.1, 0.9) == pytest.approx(440, abs=4)


def test_a_webm_is_encoded_even_where_the_picture_is_untouched(studio):
    draft = studio.draft([{"file": "count.mp4", "d": 3000}])
    assert studio.plan(draft, format="webm").rows()[0]["reason"] == "encoded for webm"
    film = studio.film(draft, format="webm")
    assert film.counted() == pytest.approx(range(90), abs=1)


def test_quality_is_bought_with_bytes(studio):
    draft = studio.draft([{"file": "film.mp4", "d": 1000}], width=320, height=180)
    for kind in ("mp4", "webm", "gif"):
        small, middle, large = (
            studio.film(draft, format=kind, quality=quality).path.stat().st_size
            for quality in ("low", "medium", "high")
        )
        assert small < middle < large


@pytest.mark.parametrize(
    ("canvas", "output", "size"),
    [
        ((1920, 1080), {}, (1920, 1080)),
        ((1920, 1080), {"resolution": "720p"}, (1280, 720)),
        ((1920, 1080), {"resolution": "4k"}, (3840, 2160)),
        ((1080, 1920), {"height": 720}, (720, 1280)),
        ((1080, 1080), {"resolution": "1440p"}, (1440, 1440)),
        ((1920, 1080), {"format": "gif"}, (480, 270)),
        ((320, 180), {"format": "gif"}, (320, 180)),
        ((320, 180), {"format": "gif", "resolution": "720p"}, (1280, 720)),
    ],
)
def test_sizes(canvas, output, size):
    assert Output.parse(output).size(*canvas) == size


@pytest.mark.parametrize("size", [(3840, 2160), (1080, 1920)])
def test_large_and_upright_pictures_are_made(studio, size):
    draft = studio.draft([{"file": "red.mp4", "d": 100}], width=size[0], height=size[1])
    film = studio.film(draft)
    assert film.frames[0].shape == (size[1], size[0], 3)
    assert len(film.frames) == 3


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm"])
def test_colours_are_tagged_so_that_players_show_them_alike(studio, kind):
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 200, "flip": "h"}]), format=kind)
    with av.open(str(film.path)) as made:
        coded = made.streams.video[0].codec_context
        assert (coded.color_primaries, coded.color_trc, coded.color_range) == (1, 1, 1)
        assert coded.colorspace == (1 if kind == "webm" else 6)  # the film's own: each conversion rounds


def test_what_is_not_made_is_refused_with_what_is():
    with pytest.raises(InvalidInput, match="mp4, mov, webm, gif, mp3, wav, m4a"):
        Output.parse({"format": "avi"})
    with pytest.raises(InvalidInput, match="8k"):
        Output.parse({"resolution": "8k"})
