"""Kills, full and bad disks, hostile media, crowds: what is left standing. `python benchmarks/chaos.py PART [COUNT]`

    rounds 200    kills of engine, kernel and ffmpeg, full disks, damaged uploads, cache, results and database
    media 1500    60 hostile files, and so many random flips of seven formats
    crowd         one worst message beside others, 200 sentences at once, undo(500) after 2,000 edits
    soak 20       so many minutes of ordinary work, with the engine's memory

Each prints lines of the table in docs/reliability.md. Full disks need root and Linux: a small disk is mounted for them.
The parts are in `ordeals`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from ordeals.crowd import crowd
from ordeals.media import media
from ordeals.rounds import rounds
from ordeals.soak import soak

PARTS: dict[str, Callable[[float], None]] = {
    "rounds": lambda count: rounds(int(count)),
    "media": lambda count: media(int(count)),
    "crowd": lambda _: crowd(),
    "soak": soak,
}
USUAL = {"rounds": 200, "media": 1500, "soak": 20}


def main() -> None:
    part, *count = sys.argv[1:] or ["rounds"]
    print(f"| {part} | seen |\n|---|---|")
    PARTS[part](float(count[0]) if count else USUAL.get(part, 0))


if __name__ == "__main__":
    main()
