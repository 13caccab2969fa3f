"""How loud sound is to the ear, by EBU R128."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import ffmpeg

# Ten times as fast as the first pass of ffmpeg's `loudnorm`, and the same numbers.
METER = "ebur128=framelog=quiet:peak=true"
_SILENT_LUFS = -70.0  # the standard's own gate: what is quieter has no loudness
_SUMMARY = re.compile(r"I:\s+(\S+) LUFS.*Peak:\s+(\S+) dBFS", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reading:
    """Integrated loudness in LUFS, and the highest true peak in dB of full scale."""

    lufs: float
    peak_db: float


async def measure(args: Sequence[str], work: Path) -> Reading | None:
    """What `METER`, somewhere in ffmpeg's `args`, has heard; None for silence and for less than 0.4 s of sound.

    `args` are as for `ffmpeg.run`; `work` is an existing folder, in which nothing is left. Decodes all of the
    sound: some 0.5 s a minute. ExportFailed when it cannot be decoded.

        await measure([*ffmpeg.guarded(Path("talk.mp4")), "-vn", "-af", METER], Path(folder))  # Reading(-23.1, -4.8)
    """
    # The meter gives its summary as a message, and only at this level.
    said = await ffmpeg.run([*args, "-v", "info", "-f", "null"], work / "nothing")
    found = _SUMMARY.search("\n".join(said))
    if found is None:
        return None
    lufs, peak = (float(number) for number in found.groups())
    return Reading(lufs, peak) if lufs > _SILENT_LUFS and math.isfinite(peak) else None
