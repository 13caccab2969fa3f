"""Of films that others made: how much is copied, whole and with a piece cut out of the middle.

`python benchmarks/real_copies.py FOLDER [--codec source]`. A film counts as copied when the bytes of its packets stand
in the export (the plan isn't asked) for 90 % of the time that no edit touched; a cut one when any do. Films of H.264 in
8 bits and 4:2:0 by default, those of HEVC too with `--codec source`.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import tempfile
from bisect import bisect_right
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import CutOut, PlaceClip, apply_all
from nemo_nb.engine.render import Output, Source, plan_render, render
from nemo_nb.errors import NemoError
from nemo_nb.media.probe import probe
from nemo_nb.media.rewrapping import is_needed, rewrap

PLAIN = ("yuv420p", "yuvj420p")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--codec", default="h264")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    whole, cut = [], []
    twins = tempfile.TemporaryDirectory()
    for path in sorted(options.folder.iterdir()):
        if options.only not in path.name:
            continue
        try:
            source = source_of(path, Path(twins.name))
        except NemoError:
            continue
        info = source.info
        h264 = info.video_codec == "h264" and info.pix_fmt in PLAIN
        if not (h264 or (options.codec == "source" and info.video_codec == "hevc")) or info.interlaced:
            continue
        line = [f"{path.name:45.45}"]
        for share, results in ((0.0, whole), (0.2, cut)):
            if share and info.duration_ms <= 3000:
                continue
            copied, said = measured(source, share, options.codec)
            results.append(copied >= 0.9 if not share else copied > 0)
            line.append(f"{'cut' if share else 'whole'} {copied:4.0%} {said}")
        print(" | ".join(line), flush=True)
    print(f"whole: {sum(whole)} of {len(whole)} copied; cut: {sum(cut)} of {len(cut)} keep a copied part")


def source_of(path: Path, folder: Path) -> Source:
    """A film as the engine takes it: what has no index or no times is read from a copy in Matroska."""
    info = probe(path)
    if is_needed(path, path.name):
        twin = folder / f"{path.name}.mkv"
        asyncio.run(rewrap(path, twin))
        path, info = twin, replace(probe(twin), kind=info.kind)
    return Source(path, info, "sha256:" + hashlib.sha256(path.name.encode()).hexdigest())


def measured(source: Source, share: float, codec: str) -> tuple[float, str]:
    """The share of the untouched time whose packets are in the export, and what the plan says."""
    info = source.info
    place = PlaceClip(
        asset=source.asset, file=source.path.name, duration_ms=info.duration_ms, width=info.width, height=info.height,
        fps=str(info.fps),
    )  # fmt: skip
    gone = (round(info.duration_ms * (0.5 - share / 2)), round(info.duration_ms * (0.5 + share / 2)))
    draft = apply_all(Draft.empty(), [place, *([CutOut(start_ms=gone[0], end_ms=gone[1])] if share else [])])
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.mp4"
        try:
            plan = plan_render(draft, {source.asset: source}, Output(codec=codec))
            made = asyncio.run(render(plan, target, Path(folder)))
        except Exception as error:
            return 0.0, f"{type(error).__name__}: {error}"
        there = {data for data, _ in packets(target)}
        starts = sorted(data[:200] for data in there)
        found = total = Fraction(0)
        timing = info.timing
        for data, time in packets(source.path):
            second = time - timing.zero * timing.time_base
            if second < 0 or second >= timing.end_s or gone[0] < second * 1000 < gone[1]:
                continue
            length = timing.ends(timing.shown_at(second)) - second
            total += length
            # A mark may have been put behind a packet.
            near = starts[max(0, bisect_right(starts, data[:200]) - 1)]
            found += (
                length
                if data in there or (near == data[:200] and any(d.startswith(data) for d in there))
                else 0
            )
    reasons = ", ".join(dict.fromkeys(row["reason"] for row in made.rows() if row["picture"] != "copy"))
    return float(found / total) if total else 0.0, reasons


def packets(path: Path) -> list[tuple[bytes, Fraction]]:
    with av.open(str(path)) as container:
        stream = next(item for item in container.streams.video if not item.disposition & 0x400)
        return [
            (bytes(p), p.pts * p.time_base) for p in container.demux(stream) if p.size and p.pts is not None
        ]


if __name__ == "__main__":
    main()
