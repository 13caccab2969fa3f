"""The promises of docs/kernels.md, on the ipykernel that is installed."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

from kernel_promises import PATIENCE_S, column, promised

MANUAL = Path(__file__).parents[2] / "docs" / "kernels.md"


def in_the_manual(kernel: str) -> dict[str, str] | None:
    """The column of this version; None where the manual has none."""
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in MANUAL.read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    place = next((at for at, name in enumerate(rows[0]) if at and kernel.startswith(f"{name}.")), None)
    return {row[0]: row[place] for row in rows[1:]} if place else None


def test_the_installed_kernel_keeps_what_is_promised() -> None:
    found = column(interrupted_s=PATIENCE_S)
    assert {name: found[name] for name in promised()} == promised()
    assert in_the_manual(version("ipykernel")) in (None, found)
