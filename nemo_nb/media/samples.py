"""Sample media made on the spot: a city at dusk and a small tune. No network, a few seconds.

The city is some wide layers, drawn once, that slide past each other in ffmpeg. Each comes back to where
it began after ten seconds, so that one encoded piece can be repeated by stream copy.
"""

from __future__ import annotations

import asyncio
import math
import random
import struct
import tempfile
import wave
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from .ffmpeg import THREADS, guarded, run

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT, FPS, LOOP_S = 1920, 1080, 30, 10

_SKY = ((0.0, (24, 22, 62)), (0.35, (86, 52, 110)), (0.62, (214, 106, 98)), (0.8, (255, 176, 104)))


async def make_city(path: Path, seconds: int = 120) -> None:
    """A city at dusk, 1920x1080 at 30 frames a second, H.264 with ambient AAC sound.

    Exactly `seconds` x 30 frames at a constant rate, a keyframe every second. Takes a few seconds,
    whatever the length. Errors are those of `ffmpeg.run`.

        await make_city(Path("city.mp4"), seconds=120)
    """
    with tempfile.TemporaryDirectory(prefix="nemo-city-") as folder:
        work = Path(folder)
        layers = await asyncio.to_thread(_draw_layers, work)
        piece = work / "piece.mp4"
        await _film_piece(layers, piece)
        sound = ["-f", "lavfi", "-i", f"anoisesrc=c=brown:r=48000:a=0.5:seed=7:d={seconds}"]
        # Wind and far traffic: brown noise without its lows and highs, breathing slowly, and as faint as the
        # room tone of a real take: music over it is heard to fall to silence.
        graph = (
            "[1:a]highpass=f=90,lowpass=f=700,tremolo=f=0.1:d=0.5,volume=0.03,"
            "aformat=channel_layouts=mono,asplit[l][r];[r]adelay=23[d];[l][d]join=inputs=2:channel_layout=stereo[a]"
        )
        await run(
            [*guarded(piece, "-stream_loop", str(math.ceil(seconds / LOOP_S) - 1)), *sound,
             "-filter_complex", graph, "-map", "0:v:0", "-map", "[a]", "-c:v", "copy", "-c:a", "aac", "-b:a", "96k",
             "-frames:v", str(seconds * FPS), "-t", str(seconds), "-movflags", "+faststart", "-f", "mp4"],
            path,
        )  # fmt: skip


async def make_tune(path: Path, seconds: int = 90) -> None:
    """A calm tune of bell-like notes over soft chords, as MP3.

    await make_tune(Path("tune.mp3"))
    """
    with tempfile.TemporaryDirectory(prefix="nemo-tune-") as folder:
        notes = Path(folder) / "bars.wav"
        await asyncio.to_thread(_play_bars, notes)
        graph = "aecho=0.8:0.7:190|310:0.28|0.18,volume=1.8,alimiter=limit=0.9:level=0"
        ending = f"afade=t=in:d=0.3,afade=t=out:st={max(0, seconds - 2)}:d=2"
        await run(
            [*guarded(notes, "-stream_loop", "-1"), "-t", str(seconds), "-af", f"{graph},{ending}",
             "-ar", "44100", "-c:a", "libmp3lame", "-b:a", "128k", "-f", "mp3"],
            path,
        )  # fmt: skip


# The picture


async def _film_piece(layers: dict[str, Path], piece: Path) -> None:
    """Ten seconds: the sky stands, clouds, far and near houses and two lanes of lights slide by."""
    inputs = [argument for path in layers.values() for argument in guarded(path)]
    held = f"loop=loop=-1:size=1:start=0,setpts=N/({FPS}*TB),fps={FPS}"
    chains = [f"[0:v]format=yuv420p,{held}[l0]"]
    chains += [f"[{number}:v]format=yuva420p,{held}[l{number}]" for number in range(1, len(layers))]
    below = "l0"
    for number, (name, speed, top) in enumerate(_SLIDES, start=1):
        # Every layer is drawn twice side by side, and slides by its own width in the whole piece.
        way = f"mod(t*{abs(speed)}\\,{_TILE[name]})"
        x = f"-{way}" if speed > 0 else f"{way}-{_TILE[name]}"
        chains.append(f"[{below}][l{number}]overlay=x='{x}':y={top}:eval=frame[o{number}]")
        below = f"o{number}"
    await run(
        [*inputs, "-filter_complex", ";".join([*chains, f"[{below}]format=yuv420p[v]"]), "-map", "[v]",
         "-frames:v", str(LOOP_S * FPS), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "25", "-g", str(FPS),
         "-threads", str(THREADS), "-x264-params", "open-gop=0:scenecut=0", "-f", "mp4"],
        piece,
    )  # fmt: skip


# Name, pixels a second to the left, top edge. A tile's width is its speed times the piece's length.
_SLIDES = (
    ("clouds", 192, 60), ("far", 192, 330), ("near", 384, 260),
    ("road", 192, 900), ("going", 576, 938), ("coming", -768, 988),
)  # fmt: skip
_TILE = {name: abs(speed) * LOOP_S for name, speed, _ in _SLIDES}


def _draw_layers(work: Path) -> dict[str, Path]:
    dice = random.Random(20)  # noqa: S311 (a picture, not a secret)
    layers = {
        "sky": _sky(dice),
        "clouds": _clouds(dice, _TILE["clouds"]),
        "far": _houses(dice, _TILE["far"], 570, (52, 38, 84), (255, 190, 120), widths=(50, 110), lit=0.16),
        "near": _houses(dice, _TILE["near"], 640, (20, 17, 42), (255, 206, 128), widths=(110, 230), lit=0.3),
        "road": _road(_TILE["road"]),
        "going": _lights(dice, _TILE["going"], (255, 52, 40)),
        "coming": _lights(dice, _TILE["coming"], (255, 240, 200)),
    }
    paths = {}
    for name, image in layers.items():
        paths[name] = work / f"{name}.png"
        (image if name == "sky" else _twice(image)).save(paths[name], compress_level=1)
    return paths


def _twice(tile: Image.Image) -> Image.Image:
    """A tile and as much of its beginning again as the picture is wide."""
    from PIL import Image

    wide = Image.new("RGBA", (tile.width + WIDTH, tile.height))
    for x in range(0, wide.width, tile.width):
        wide.paste(tile, (x, 0))
    return wide


def _sky(dice: random.Random) -> Image.Image:
    from PIL import Image, ImageDraw, ImageFilter

    sky = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(sky)
    for y in range(HEIGHT):
        draw.line((0, y, WIDTH, y), fill=_shade(y / HEIGHT))
    for _ in range(130):
        x, y = dice.randrange(WIDTH), int(HEIGHT * 0.4 * dice.random() ** 1.6)
        glow = dice.randrange(120, 230)
        draw.ellipse((x, y, x + 1, y + 1), fill=(glow, glow, glow + 20))
    sun = Image.new("RGBA", sky.size)
    ImageDraw.Draw(sun).ellipse((1240, 420, 1480, 660), fill=(255, 224, 160, 235))
    halo = Image.new("RGBA", sky.size)
    ImageDraw.Draw(halo).ellipse((1080, 260, 1640, 820), fill=(255, 180, 110, 120))
    whole = sky.convert("RGBA")
    whole.alpha_composite(halo.filter(ImageFilter.GaussianBlur(90)))
    whole.alpha_composite(sun.filter(ImageFilter.GaussianBlur(3)))
    return whole.convert("RGB")


def _shade(at: float) -> tuple[int, int, int]:
    for (low, one), (high, other) in pairwise(_SKY):
        if at <= high:
            share = (at - low) / (high - low)
            red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
            return red, green, blue
    return _SKY[-1][1]


def _clouds(dice: random.Random, width: int) -> Image.Image:
    from PIL import Image, ImageDraw, ImageFilter

    tile = Image.new("RGBA", (width, 420), (255, 170, 150, 0))
    draw = ImageDraw.Draw(tile)
    for _ in range(9):
        x, y, length = dice.randrange(width), dice.randrange(40, 340), dice.randrange(180, 420)
        for _ in range(14):
            left, top = x + dice.gauss(0, length / 3), y + dice.gauss(0, 9)
            broad, tall = dice.randrange(80, 220), dice.randrange(10, 26)
            for shift in (-width, 0, width):  # so that the tile's ends meet
                box = (left + shift, top, left + shift + broad, top + tall)
                draw.ellipse(box, fill=(255, 170, 150, dice.randrange(50, 90)))
    # Blurred with its neighbours beside it, for the same reason.
    three = Image.new("RGBA", (width * 3, tile.height), (255, 170, 150, 0))
    for number in range(3):
        three.paste(tile, (width * number, 0))
    return three.filter(ImageFilter.GaussianBlur(9)).crop((width, 0, width * 2, tile.height))


def _houses(
    dice: random.Random,
    width: int,
    height: int,
    wall: tuple[int, int, int],
    light: tuple[int, int, int],
    *,
    widths: tuple[int, int],
    lit: float,
) -> Image.Image:
    from PIL import Image, ImageDraw

    tile = Image.new("RGBA", (width, height), (*wall, 0))
    draw = ImageDraw.Draw(tile)
    x = 0
    while x < width:
        broad = min(dice.randrange(*widths), width - x)
        top = int(height * (0.12 + 0.55 * dice.random()))
        draw.rectangle((x, top, x + broad - 1, height), fill=wall)
        if dice.random() < 0.35 and broad > 40:
            middle = x + broad // 2
            draw.line((middle, top - dice.randrange(30, 70), middle, top), fill=wall, width=3)
        side = max(6, widths[0] // 9)
        for column in range(x + side, x + broad - 2 * side, 2 * side):
            for row in range(top + 2 * side, height, round(2.6 * side)):
                if dice.random() < lit:
                    glow = dice.uniform(0.55, 1.0)
                    fill = tuple(round(part * glow) for part in light)
                    draw.rectangle((column, row, column + side - 1, row + round(1.3 * side)), fill=fill)
        x += broad + dice.choice((0, 0, widths[0] // 6))
    return tile


def _road(width: int) -> Image.Image:
    from PIL import Image, ImageDraw

    tile = Image.new("RGBA", (width, 180), (26, 24, 40, 255))
    draw = ImageDraw.Draw(tile)
    draw.rectangle((0, 0, width, 5), fill=(64, 56, 82))
    for x in range(0, width, 160):
        draw.rectangle((x, 84, x + 80, 88), fill=(150, 140, 150))
    return tile


def _lights(dice: random.Random, width: int, colour: tuple[int, int, int]) -> Image.Image:
    """Cars at dusk are what their lights show: a dark body, two lamps, a glow on the road."""
    from PIL import Image, ImageDraw, ImageFilter

    tile = Image.new("RGBA", (width, 90), (*colour, 0))
    places = [x + dice.randrange(0, 200) for x in range(60, width - 420, 480)]
    glow = Image.new("RGBA", tile.size, (*colour, 0))
    for x in places:
        ImageDraw.Draw(glow).ellipse((x - 60, 22, x + 150, 74), fill=(*colour, 120))
    tile.alpha_composite(glow.filter(ImageFilter.GaussianBlur(16)))
    draw = ImageDraw.Draw(tile)
    for x in places:
        draw.rounded_rectangle((x - 24, 24, x + 112, 58), radius=12, fill=(12, 11, 24, 255))
        draw.rounded_rectangle((x + 6, 8, x + 82, 34), radius=12, fill=(12, 11, 24, 255))
        draw.ellipse((x + 98, 36, x + 114, 50), fill=(*colour, 255))
    return tile


# The tune

_RATE = 22050  # nothing in it is higher than 2 kHz
_BEAT = 0.4
_CHORDS = ((57, 60, 64), (53, 57, 60), (48, 55, 64), (55, 59, 62))  # Am, F, C, G
_MELODY = (
    (76, 1), (74, 1), (72, 2), (69, 1), (72, 1), (74, 2), (72, 1), (69, 1), (67, 2), (64, 1), (67, 1), (69, 2),
    (76, 1), (79, 1), (76, 2), (74, 1), (72, 1), (69, 2), (67, 1), (69, 1), (72, 2), (74, 2), (71, 2),
)  # fmt: skip


def _play_bars(path: Path) -> None:
    """32 beats, written so that they can be repeated: what rings on at the end sounds at the beginning."""
    length = round(32 * _BEAT * _RATE)
    mix = [0.0] * length
    for start, pitch, seconds, volume in _score():
        frequency = 440 * 2 ** ((pitch - 69) / 12)
        for place, value in enumerate(_note(frequency, seconds), start=round(start * _RATE)):
            mix[place % length] += volume * value
    loudest = max(map(abs, mix))
    samples = (round(value / loudest * 22000) for value in mix)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, _RATE, length, "NONE", ""))
        file.writeframes(struct.pack(f"<{length}h", *samples))


def _score() -> Iterator[tuple[float, int, float, float]]:
    """Start in seconds, MIDI pitch, seconds it rings, volume."""
    beat = 0
    for pitch, beats in _MELODY:
        yield beat * _BEAT, pitch, 1.1, 1.0
        beat += beats
    for bar in range(8):
        chord = _CHORDS[bar // 2]
        for number, pitch in enumerate(chord):
            yield (bar * 4 + number * 0.08) * _BEAT, pitch, 1.9, 0.42
        yield bar * 4 * _BEAT, chord[0] - 12, 1.6, 0.5


@cache
def _note(frequency: float, seconds: float) -> list[float]:
    """A struck bell: it starts within 8 ms and dies away, the overtone sooner."""
    step = 2 * math.pi * frequency / _RATE
    samples = []
    for place in range(round(seconds * _RATE)):
        time = place / _RATE
        envelope = min(1.0, time / 0.008) * math.exp(-3.2 * time) * min(1.0, (seconds - time) / 0.05)
        overtone = 0.35 * math.exp(-4 * time) * math.sin(2 * step * place)
        samples.append(envelope * (math.sin(step * place) + overtone))
    return samples
