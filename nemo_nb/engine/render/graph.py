"""A filter graph under construction: numbered inputs and labelled chains."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from ...media.ffmpeg import guarded


class Graph:
    """Inputs and chains of one ffmpeg command.

    Only our own filter names and numbers go into chains. Paths are arguments of their own, and texts
    arrive as drawn pictures, so nothing of a draft can change the graph's meaning.

    >>> graph = Graph()
    >>> clip = graph.open(Path("a.mp4"))
    >>> graph.chain([f"{clip}:v"], ["hflip"])
    'n0'
    >>> graph.text
    '[0:v]hflip[n0]'
    """

    def __init__(self) -> None:
        self.inputs: list[str] = []
        self._opened = 0
        self._chains: list[str] = []
        self._labels = 0

    def open(self, path: Path, *options: str) -> int:
        """Add an input and return its number."""
        self.inputs += guarded(path, *options)
        self._opened += 1
        return self._opened - 1

    def chain(self, sources: Sequence[str], filters: Sequence[str]) -> str:
        """Send `sources` through `filters` and return the result's label."""
        return self.split(sources, filters, 1)[0]

    def split(self, sources: Sequence[str], filters: Sequence[str], count: int) -> list[str]:
        """As `chain`, for a last filter that has `count` results."""
        labels = [f"n{self._labels + number}" for number in range(count)]
        self._labels += count
        before = "".join(f"[{source}]" for source in sources)
        after = "".join(f"[{label}]" for label in labels)
        self._chains.append(before + ",".join(filters) + after)
        return labels

    @property
    def text(self) -> str:
        return ";".join(self._chains)


def number(value: float | Fraction) -> str:
    """A number as ffmpeg reads it, without exponent.

    >>> number(0.5), number(3), number(1 / 3)
    ('0.5', '3', '0.333333333')
    """
    return f"{float(value):.9f}".rstrip("0").rstrip(".")
