"""Files that lie, or take more than they look like."""

# ruff: noqa: E501 - tables of what is tried
from __future__ import annotations

import io
import os
import struct
import wave
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .caller import clip, ffmpeg


def png(width: int, height: int, kind: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = b"\0" + bytes(width * {0: 1, 2: 3, 6: 4}[kind])
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pillow(mode: str, size: tuple[int, int], form: str, frames: int = 1, **options: Any) -> bytes:
    from PIL import Image

    pictures = [Image.new(mode, size, (n * 7 % 250, 0, 0) if mode == "RGB" else None) for n in range(frames)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pictures[1:], "duration": 40} if frames > 1 else {}
    pictures[0].save(out, form, **more, **options)
    return out.getvalue()


def hostile(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Sixty files that lie, or take more than they look like."""
    mp4 = clip(folder, "a.mp4")
    for box, field, value in [
        (b"stts", 12, 50_000_000), (b"stsz", 12, 50_000_000), (b"stsc", 8, 0xFFFFFFFF), (b"stco", 8, 0xFFFFFFFF),
        (b"ctts", 8, 0xFFFFFFFF), (b"stss", 8, 0xFFFFFFFF), (b"elst", 8, 0xFFFFFFFF), (b"mdhd", 16, 1), (b"mdhd", 20, 0xFFFFFFFF),
        (b"mvhd", 16, 0), (b"tkhd", 80, 0xFFFF0000), (b"stsd", 8, 0xFFFFFFFF), (b"moov", -4, 0xFFFFFFFF), (b"trak", -4, 0),
        (b"stts", 16, 0xFFFFFFFF), (b"stsz", 8, 0x7FFFFFFF),
    ]:  # fmt: skip
        at = mp4.find(box)
        if at >= 0:
            changed = bytearray(mp4)
            changed[at + field : at + field + 4] = struct.pack(">I", value)
            yield f"{box.decode()}{field}.mp4", bytes(changed)
    table = bytearray(mp4)
    at, size = table.find(b"stts"), table.find(b"stsz")
    table[at + 12 : at + 16] = struct.pack(">I", 50_000_000)
    table[size + 8 : size + 16] = struct.pack(">II", 100, 50_000_000)
    yield "table.mp4", bytes(table)
    yield "wide.png", png(67_108_864, 1, 0)
    yield "tall.png", png(1, 20_000, 0)
    for side in (6000, 8000, 9000):
        yield f"{side}.png", png(side, side)
        yield f"{side}a.png", png(side, side, 6)
        yield f"{side}.jpg", pillow("RGB", (side, side), "JPEG", quality=1)
        yield f"{side}.webp", pillow("RGB", (side, side), "WEBP", quality=1)
        yield f"{side}.gif", pillow("P", (side, side), "GIF")
    yield "many.gif", pillow("RGB", (2000, 2000), "GIF", 60)
    yield "many.webp", pillow("RGB", (2000, 2000), "WEBP", 60)
    yield "many.png", pillow("RGB", (1500, 1500), "PNG", 60)
    yield "small many.webp", pillow("RGB", (700, 700), "WEBP", 200)
    for side in (8000, 9000, 16_000):
        (folder / "big.jpg").write_bytes(pillow("RGB", (side, side), "JPEG", quality=1))
        ffmpeg("-i", folder / "big.jpg", "-c", "copy", folder / "big.mkv")
        yield f"mjpeg{side}.mkv", (folder / "big.mkv").read_bytes()
    yield (
        "8k.mp4",
        made(
            folder, "8k.mp4", "color=black:s=7680x4320:r=2:d=1", "-pix_fmt", "yuv420p", "-preset", "ultrafast"
        ),
    )
    yield (
        "hours.mp4",
        made(
            folder,
            "h.mp4",
            "color=black:s=64x64:r=1:d=90000",
            "-pix_fmt",
            "yuv420p",
            "-preset",
            "ultrafast",
            "-g",
            "900",
        ),
    )
    yield (
        "late.mp4",
        made(
            folder, "l.mp4", "testsrc2=s=64x64:r=10:d=1", "-pix_fmt", "yuv420p", "-output_ts_offset", "90000"
        ),
    )
    yield (
        "fast.mkv",
        made(folder, "f.mkv", "testsrc2=s=64x64:r=1000:d=2", "-pix_fmt", "yuv420p", "-preset", "ultrafast"),
    )
    yield (
        "odd.mp4",
        made(folder, "o.mp4", "testsrc2=s=66x34:r=7:d=1", "-pix_fmt", "yuv444p", "-bf", "0", "-g", "1"),
    )
    yield "tiny.mkv", made(folder, "t.mkv", "testsrc2=s=16x16:r=25:d=1", "-pix_fmt", "yuv420p")
    yield "two pictures.mp4", mp4[: len(mp4) // 3] + mp4[len(mp4) // 3 + 100 :]
    yield "slow.mp4", made(folder, "s.mp4", "testsrc2=s=64x64:r=1/100:d=1000", "-pix_fmt", "yuv420p")
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((2, 2, 48000, 0, "NONE", ""))
        sound.writeframes(bytes(40_000))
    wav = bytearray(out.getvalue())
    for field, value in [(24, 1), (24, 0xFFFFFFFF), (22, 0xFFFF), (34, 0xFFFF), (40, 0xFFFFFFFF), (4, 0)]:
        changed = wav.copy()
        changed[field : field + (2 if value == 0xFFFF else 4)] = value.to_bytes(
            2 if value == 0xFFFF else 4, "little"
        )
        yield f"wave{field}-{value % 7}.wav", bytes(changed)
    for name, start in (
        ("x.mp3", b"ID3\x04\0\0\x7f\x7f\x7f\x7f"),
        ("x.webm", b"\x1a\x45\xdf\xa3"),
        ("x.avi", b"RIFF\xff\xff\xff\xffAVI "),
    ):
        yield name, start + os.urandom(2000)
        yield f"0{name}", start + bytes(2000)


def made(folder: Path, name: str, source: str, *options: str) -> bytes:
    ffmpeg("-f", "lavfi", "-i", source, *options, folder / name)
    return (folder / name).read_bytes()
