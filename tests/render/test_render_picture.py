"""Full encodes, decoded: how many frames, and what is seen in them."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

from nemo_nb.engine.render import frame_png, stretches

RED, BLUE, GREEN, DOT = "#c02020", "#2020c0", "#20c020", "#ffcc00"


def test_clips_join_to_the_frame_with_background_in_the_gaps(studio, close):
    first = {"file": "red.mp4", "s": 0, "d": 1000, "source_start_ms": 500}
    second = {"file": "blue.mp4", "s": 1500, "d": 500}
    film = studio.film(studio.draft([first, second], background="#406080"))
    assert len(film.frames) == 60
    assert close(film.colour(0), RED)
    assert close(film.colour(29), RED)
    assert close(film.colour(30), "#406080")
    assert close(film.colour(44), "#406080")
    assert close(film.colour(45), BLUE)
    assert film.duration == pytest.approx(2.0, abs=0.03)


def test_a_clip_or_a_gap_of_a_single_frame_is_a_frame(studio, close):
    """Where streams follow each other, ffmpeg takes one of a single frame for one without any length."""
    clips = [
        {"file": "red.mp4", "s": 33, "d": 467, "flip": "h"},
        {"file": "blue.mp4", "s": 500, "d": 33},
        {"file": "red.mp4", "s": 533, "d": 467, "flip": "h"},
    ]
    film = studio.film(studio.draft(clips))
    seen = [film.colour(frame) for frame in range(len(film.frames))]
    told = [
        "".join(name for name, c in (("-", "#000000"), ("r", RED), ("b", BLUE)) if close(s, c)) for s in seen
    ]
    assert "".join(told) == "-" + 14 * "r" + "b" + 14 * "r"


def test_a_cut_begins_at_exactly_the_frame_it_names(studio):
    film = studio.film(studio.draft([{"file": "count.mp4", "d": 500, "source_start_ms": 1300}]))
    assert film.counted() == pytest.approx([39 + frame for frame in range(15)], abs=0.4)


def test_speed_reverse_freeze_and_loop(studio):
    def counted(frames: int, **m):
        return studio.film(studio.draft([{"file": "count.mp4", "d": frames * 100 // 3, **m}])).counted()

    assert counted(30, speed=2.0) == pytest.approx([2 * n for n in range(30)], abs=0.4)
    assert counted(30, speed=0.5) == pytest.approx([n / 2 for n in range(30)], abs=0.8)
    assert counted(30, reverse=True) == pytest.approx([29 - n for n in range(30)], abs=0.4)
    assert counted(30, freeze=True, source_start_ms=1000) == pytest.approx([30] * 30, abs=0.4)
    looped = counted(120, loop=True, source_start_ms=2000)
    assert looped == pytest.approx([60 + n for n in range(30)] + list(range(90)), abs=0.4)


def test_what_is_long_is_reversed_in_pieces_that_fit_in_memory(studio, monkeypatch):
    monkeypatch.setattr(stretches, "_REVERSED_BYTES", 25 * 160 * 90 * 1.5)
    draft = studio.draft([{"file": "count.mp4", "d": 3000, "reverse": True}])
    film = studio.film(draft)
    assert [stretch.frames for stretch in film.plan.stretches] == [25, 25, 25, 15]
    assert len(film.plan.rows()) == 1
    assert film.counted() == pytest.approx([89 - n for n in range(90)], abs=0.4)
    webm = studio.film(draft, format="webm")
    assert webm.counted() == pytest.approx([89 - n for n in range(90)], abs=1)
    assert webm.pitch(0.5, 2.5) == pytest.approx(440, abs=4)
    assert len(studio.film(draft, format="gif").frames) == 36


@pytest.mark.parametrize("reverse", [False, True])
def test_past_the_end_of_its_file_the_last_frame_is_held_whatever_the_window(studio, monkeypatch, reverse):
    monkeypatch.setattr(stretches, "_REVERSED_BYTES", 25 * 160 * 90 * 1.5)
    draft = studio.draft([{"file": "count.mp4", "d": 5000, "reverse": reverse}])
    shown = [*range(90), *[89] * 60]
    assert studio.film(draft).counted() == pytest.approx(shown[::-1] if reverse else shown, abs=0.6)
    last = asyncio.run(frame_png(draft, studio.sources(draft), 200 if reverse else 4800, 90))
    grey = Image.open(io.BytesIO(last)).convert("L").getpixel((80, 45))
    assert grey > 200


def test_another_frame_rate_and_size_are_made_to_fit_the_canvas(studio):
    film = studio.film(
        studio.draft([{"file": "film.mp4", "d": 2000}], fps="30000/1001", width=320, height=180)
    )
    assert len(film.frames) == 60
    assert film.frames[0].shape == (180, 320, 3)


@pytest.mark.parametrize(
    ("fit", "side", "middle"),
    [("contain", "#000000", GREEN), ("cover", GREEN, GREEN), ("blur", GREEN, GREEN)],
)
def test_an_upright_clip_on_a_wide_canvas(studio, close, fit, side, middle):
    film = studio.film(studio.draft([{"file": "tall.mp4", "d": 300, "fit": fit}]))
    assert close(film.colour(4, x=0.02), side, within=20)
    assert close(film.colour(4), middle)


def test_a_size_named_at_export_scales_the_output(studio):
    film = studio.film(studio.draft([{"file": "red.mp4", "d": 300}]), resolution="180p")
    assert film.frames[0].shape == (180, 320, 3)


def test_crop_flip_and_rotation(studio, close):
    def film(**m):
        return studio.film(studio.draft([{"file": "halves.mp4", "d": 200, **m}]))

    assert close(film().colour(2, x=0.1), RED)
    assert close(film(flip="h").colour(2, x=0.9), RED)
    assert close(film(crop={"x": 0.5, "y": 0, "w": 0.5, "h": 1}).colour(2, x=0.4), "#ffffff")
    turned = film(rotation=90)
    assert close(turned.colour(2, y=0.1), RED)
    assert close(turned.colour(2, y=0.9), "#ffffff")
    assert close(turned.colour(2, x=0.02), "#000000")
    leaning = film(rotation=45)
    assert close(leaning.colour(2, x=0.02, y=0.02), "#000000")
    assert close(leaning.colour(2, x=0.55, y=0.5), "#ffffff")


def test_an_overlay_is_placed_sized_and_seen_through(studio, close):
    base = {"file": "red.mp4", "d": 1000}
    dot = {
        "file": "dot.png",
        "s": 300,
        "d": 300,
        "scale": 0.25,
        "position": {"x": 0.75, "y": 0.5},
        "opacity": 0.5,
    }
    film = studio.film(studio.draft([base], [dot]))
    assert len(film.frames) == 30
    assert close(film.colour(8, x=0.75), RED)
    assert close(film.colour(9, x=0.75), "#e07610", within=16)
    assert close(film.colour(17, x=0.75), "#e07610", within=16)
    assert close(film.colour(18, x=0.75), RED)
    assert close(film.colour(12, x=0.5), RED)


class TestAFilmOverATallCanvas:
    """A wide blue film over a red picture that fills a canvas of 90x160."""

    @pytest.fixture
    def seen(self, studio):
        def picture(**m):
            below = {"file": "red.mp4", "d": 100, "fit": "cover"}
            above = {"file": "blue.mp4", "d": 100, **m}
            return studio.film(studio.draft([below], [above], width=90, height=160)).frames[1]

        return picture

    @staticmethod
    def share(picture, colour):
        """How much of the picture is of this colour."""
        wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
        return float((abs(picture.astype(int) - wanted).max(axis=2) <= 12).mean())

    @pytest.mark.parametrize("position", ["center", "top-right", "bottom-left"])
    def test_covers_every_pixel(self, seen, position):
        assert self.share(seen(fit="cover", position=position), BLUE) == 1

    def test_without_a_fit_is_as_wide_as_it_says(self, seen):
        assert self.share(seen(), BLUE) == pytest.approx(50 / 160, abs=0.02)
        assert self.share(seen(scale=0.5), BLUE) == pytest.approx(0.5 * 26 / 160, abs=0.02)
        assert self.share(seen(scale=1.5), BLUE) == pytest.approx(76 / 160, abs=0.02)

    def test_contained_is_a_strip(self, seen):
        picture = seen(fit="contain")
        assert self.share(picture, BLUE) == pytest.approx(50 / 160, abs=0.02)
        assert self.share(picture, BLUE) + self.share(picture, RED) == pytest.approx(1, abs=0.05)

    @pytest.mark.parametrize("scale", [1.0, 1.5, 0.5])
    def test_a_blurred_fill_hides_the_picture_below(self, seen, scale):
        assert self.share(seen(fit="blur", scale=scale), BLUE) == 1

    def test_scale_is_of_what_is_fitted(self, seen):
        assert self.share(seen(fit="cover", scale=1.5), BLUE) == 1
        assert self.share(seen(fit="cover", scale=0.5), BLUE) == pytest.approx(0.5, abs=0.02)
        assert self.share(seen(fit="contain", scale=0.5), BLUE) == pytest.approx(0.5 * 26 / 160, abs=0.02)
        assert self.share(seen(fit="contain", scale=1.5), BLUE) == pytest.approx(76 / 160, abs=0.02)


def test_picture_fades_go_from_and_to_the_background(studio, close):
    fading = {"file": "red.mp4", "d": 1000, "video_fade_in_ms": 300, "video_fade_out_ms": 300}
    film = studio.film(studio.draft([fading], background="#ffffff"))
    assert close(film.colour(0), "#ffffff")
    assert close(film.colour(15), RED)
    assert close(film.colour(29), "#ffffff", within=30)
    middle = film.colour(4)
    assert 32 < middle[1] < 255


def test_a_text_appears_for_its_time(studio, close):
    base = {"file": "blue.mp4", "d": 1000}
    text = {"text": "HELLO", "s": 500, "d": 300, "style": {"font_size": 0.5, "color": "#ffff00"}}
    film = studio.film(studio.draft([base], [text]))
    yellow = [int(((frame[:, :, 0] > 180) & (frame[:, :, 2] < 120)).sum()) for frame in film.frames]
    assert not any(yellow[:15])
    assert all(count > 200 for count in yellow[15:24])
    assert not any(yellow[24:])


@pytest.mark.parametrize("kind", ["crossfade", "dip-black", "dip-white", "wipe-left", "slide-up", "circle"])
def test_a_transition_overlaps_its_clips(studio, close, kind):
    first = {"file": "red.mp4", "d": 1000}
    second = {"file": "blue.mp4", "s": 600, "d": 1000, "transition": {"type": kind, "duration_ms": 400}}
    film = studio.film(studio.draft([first, second]))
    assert len(film.frames) == 48
    assert close(film.colour(17), RED)
    assert close(film.colour(31), BLUE)
    middle = film.colour(24, x=0.9, y=0.1), film.colour(24), film.colour(24, x=0.1, y=0.9)
    assert any(not close(colour, RED, within=40) for colour in middle)


def test_a_transition_without_a_clip_before_comes_out_of_the_background(studio, close):
    only = {"file": "red.mp4", "s": 300, "d": 900, "transition": {"type": "crossfade", "duration_ms": 300}}
    film = studio.film(studio.draft([only]))
    assert len(film.frames) == 36
    assert close(film.colour(8), "#000000")
    assert film.colour(13)[0] in range(40, 160)
    assert close(film.colour(25), RED)


FILTERS = {
    "grayscale": lambda r, g, b: abs(r - g) < 6 and abs(g - b) < 6,
    "sepia": lambda r, g, b: r > g > b,
    "warm": lambda r, g, b: r > 200 and b < 32,
    "cool": lambda r, g, b: r < 180,
    "cinematic": lambda r, g, b: (r, g, b) != (192, 32, 32),
    "vintage": lambda r, g, b: r < 192 and g > 32,
    "vivid": lambda r, g, b: r > 200,
    "blur": lambda r, g, b: r > 180,
    "sharpen": lambda r, g, b: r > 180,
    "vignette": lambda r, g, b: r > 100,
    "brightness": lambda r, g, b: r > 210,
    "contrast": lambda r, g, b: g < 20,
    "saturation": lambda r, g, b: r > 200,
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters(studio, name):
    film = studio.film(
        studio.draft([{"file": "red.mp4", "d": 100, "filters": [{"name": name, "amount": 1}]}])
    )
    assert FILTERS[name](*film.colour(1)), film.colour(1)


def test_a_picture_shorter_than_a_frame_of_the_canvas_is_held(studio):
    """A frozen frame of a film of 60 frames a second lasts half a frame of 30, and was rounded to none."""
    film = studio.film(studio.draft([{"file": "fast.mp4", "d": 500, "freeze": True, "source_start_ms": 500}]))
    assert len(film.frames) == 15
    assert film.frames[0].max() > 50
