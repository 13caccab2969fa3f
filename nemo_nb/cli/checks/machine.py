"""The machine's side: ffmpeg, fonts, disk."""

from __future__ import annotations

import shutil
import subprocess  # noqa: TID251 - asks ffmpeg for its version, and opens no media
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from ...errors import ExportFailed
from ...project.show import size
from .finding import BROKEN, LIMITED, OK, Finding

_ENCODERS = ("libx264", "aac", "libmp3lame", "pcm_s16le", "png")
_PATIENCE_S = 20
_TOO_LITTLE = 200_000_000
_LITTLE = 2_000_000_000  # a few uploads of the largest size, and their exports

# A few characters of each script that can't be taken for another's.
_CJK = {"Chinese": "剪视频", "Japanese": "ひカ", "Korean": "한글"}
_SCRIPTS = {
    "English": "Ag", "accented Latin": "ñßé", "Greek": "Ωλ", "Cyrillic": "Жя", "Hebrew": "שם", "Arabic": "عم",
    "Devanagari": "हम", "Thai": "ไทย", **_CJK,
}  # fmt: skip


def ffmpeg() -> Iterator[Finding]:
    """Whether there is an ffmpeg, that it runs, and that it has what exports need."""
    from ...media.ffmpeg import binary

    fix = "pip install --force-reinstall imageio-ffmpeg, and unset IMAGEIO_FFMPEG_EXE"
    try:
        program = binary()
        banner, encoders = _asked(program, "-version"), _asked(program, "-encoders")
    except (ExportFailed, OSError, subprocess.SubprocessError) as error:
        yield Finding("ffmpeg", BROKEN, f"it does not run: {error}", fix)
        return
    name = " ".join(banner.split()[1:3])  # "version 7.1"
    had = {line.split()[1] for line in encoders.splitlines() if len(line.split()) > 1}
    lacking = [encoder for encoder in _ENCODERS if encoder not in had]
    if lacking:
        yield Finding("ffmpeg", BROKEN, f"{program} lacks the encoders {', '.join(lacking)}", fix)
    else:
        yield Finding("ffmpeg", OK, f"{name}, with all encoders")


def _asked(program: str, question: str) -> str:
    done = subprocess.run(
        [program, "-hide_banner", question], capture_output=True, text=True, check=True, timeout=_PATIENCE_S
    )
    return done.stdout


def fonts() -> Iterator[Finding]:
    """In which scripts titles can be drawn."""
    from PIL import features

    from ...engine.render.fonts import Style, fallback

    def drawn(sample: str) -> bool:
        return all(fallback(character, Style(24)) is not None for character in sample)

    can = [script for script, sample in _SCRIPTS.items() if drawn(sample)]
    if "English" not in can:
        fix = "pip install --force-reinstall pillow"
        yield Finding("fonts", BROKEN, "no font can be read at all: titles can't be drawn", fix)
        return
    yield Finding("fonts", OK, f"titles in {', '.join(can)}")
    if lacking := [script for script in _CJK if script not in can]:
        yield Finding("fonts", LIMITED, f"no font for {', '.join(lacking)}", 'pip install "nemo-nb[cjk]"')
    if lacking := [script for script in _SCRIPTS if script not in can and script not in _CJK]:
        fix = "pip install --force-reinstall manimgx-fonts"
        yield Finding("fonts", LIMITED, f"no font for {', '.join(lacking)}", fix)
    if not features.check("raqm"):
        fix = "pip install --force-reinstall --only-binary :all: pillow"
        yield Finding("fonts", LIMITED, "Pillow can't shape Arabic and Indic text", fix)


def disk() -> Iterator[Finding]:
    """Whether the home and the folder one works in can be written, and have room."""
    from ...client.settings import Settings

    home = Settings.from_environment().home
    yield _room("home", home, "Set NEMO_NB_HOME to a folder of yours on a disk with room.")
    yield _room("here", Path.cwd(), "Work in a folder of yours on a disk with room.")
    if used := total(home / "engine"):
        cached = total(home / "engine" / "cache")
        yield Finding(
            "disk",
            OK,
            f"the engine keeps {size(used)}; {size(cached)} of it is a cache that keeps itself small",
        )


def _room(name: str, folder: Path, fix: str) -> Finding:
    try:
        there = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(dir=there) as probe:
            probe.write(b"0")
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Finding("disk", BROKEN, f"{name} ({folder}) can't be written: {error.strerror or error}", fix)
    what = f"{name} ({folder}) has {size(free)} free"
    if free < _LITTLE:
        return Finding("disk", BROKEN if free < _TOO_LITTLE else LIMITED, what, fix)
    return Finding("disk", OK, what)


def total(folder: Path) -> int:
    """Octets in all files below, those of several names once; what goes away while one looks counts nothing."""
    files: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        with suppress(OSError):
            status = path.lstat()
            if S_ISREG(status.st_mode):
                files[status.st_dev, status.st_ino] = status.st_size
    return sum(files.values())
