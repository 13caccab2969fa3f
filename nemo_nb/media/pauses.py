"""Where a file is silent."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from . import hearing

if TYPE_CHECKING:
    import numpy as np

_RATE = 8000
_STEP_MS = 20
# Quiet is quieter than the loud parts by so much, so that a soft voice is none; and never louder than this.
_BELOW_DB, _NEVER_ABOVE_DB = 28.0, -32.0
_FLOOR = 1e-5  # -100 dB: digital silence has no level


async def pauses(path: Path, shortest_ms: int = 300) -> list[tuple[int, int]]:
    """The silent stretches of a file with sound, in ms of the file, in order.

    What is silent is measured against the file's own loudness. Reads the whole sound: some 0.1 s a minute.
    ExportFailed when it cannot be decoded.

        await pauses(Path("talk.mp4"))  # [(2000, 3480), (7120, 7900)]
    """
    import numpy as np

    with tempfile.TemporaryDirectory(prefix="nemo-nb-") as folder:
        samples = Path(folder) / "sound.s16"
        await hearing.samples(path, _RATE, samples)
        return _quiet(np.fromfile(samples, dtype="<i2"), shortest_ms)


def _quiet(samples: np.ndarray, shortest_ms: int) -> list[tuple[int, int]]:
    import numpy as np

    each = _RATE * _STEP_MS // 1000
    blocks = samples[: len(samples) // each * each].reshape(-1, each).astype("float32") / 32768
    if not len(blocks):
        return []
    levels = 20 * np.log10(np.maximum(np.sqrt((blocks**2).mean(axis=1)), _FLOOR))
    limit = min(float(np.percentile(levels, 95)) - _BELOW_DB, _NEVER_ABOVE_DB)
    quiet = levels < limit
    edges = [0, *(np.flatnonzero(np.diff(quiet)) + 1).tolist(), len(quiet)]
    runs = [(start * _STEP_MS, end * _STEP_MS) for start, end in pairwise(edges) if quiet[start]]
    return [(start, end) for start, end in runs if end - start >= shortest_ms]
