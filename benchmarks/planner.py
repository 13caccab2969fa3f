"""How long a sentence takes on a long timeline: planned, applied, told. Run: `python benchmarks/planner.py`

Ratios within one run: against reading the draft's JSON, which any edit must do at least, and against the
same sentence on a short timeline. Then texts of 10,000 characters, against 1,000 of the same.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from functools import partial

from nemo_nb.draft import Draft
from nemo_nb.draft.operations import PlaceClip, apply_all
from nemo_nb.draft.schema import check
from nemo_nb.engine.planner import Material, MediaAsset, compose, plan

CLIP = MediaAsset("sha256:" + "a" * 64, "clip.mp4", "video", 10_000, 1920, 1080, 30)
SENTENCES = (
    "cut the first 3 seconds",
    "remove the last clip",
    "mute 0:05 to 0:07",
    "剪掉最后两秒",
    "add the title “Hello” at the start",
)
LONG_TEXTS = ("cut the first 1 seconds and ", "x", "3:", "“", "一", "a b.mp4 ")


def timeline(clips: int) -> Draft:
    """So many clips of 10 s, one after the other."""
    one = apply_all(
        Draft.empty(),
        [
            PlaceClip(
                asset=CLIP.asset, file=CLIP.file, kind="video", duration_ms=10_000, width=1920, height=1080
            )
        ],
    ).to_dict()
    segment = one["t"][0]["sg"][0]
    one["t"][0]["sg"] = [{**segment, "id": f"seg-{n + 1}", "s": n * 10_000} for n in range(clips)]
    one["d"] = clips * 10_000
    return Draft.read(one)


def milliseconds(work: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        started = time.process_time()  # so that other work on the machine doesn't count
        work()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


def turn(sentence: str, draft: Draft) -> str:
    made = plan(sentence, Material(draft, [CLIP]))
    return compose(made, draft, check(made.draft))


def main() -> None:
    long, short = timeline(1000), timeline(3)
    text = json.dumps(long.to_dict())
    reading = milliseconds(lambda: json.loads(text))
    print(f"{'sentence':40} {'1000 clips':>12} {'3 clips':>10} {'of reading the JSON':>20}")
    for sentence in SENTENCES:
        turn(sentence, short)
        on_long, on_short = (milliseconds(partial(turn, sentence, draft)) for draft in (long, short))
        print(f"{sentence:40} {on_long:9.1f} ms {on_short:7.1f} ms {on_long / reading:19.1f}x")
    print(f"\n{'text, repeated':40} {'10,000':>12} {'1,000':>10} {'ratio':>20}")
    for text in LONG_TEXTS:
        whole, tenth = (
            milliseconds(partial(turn, (text * size)[:size], short), times=3) for size in (10_000, 1000)
        )
        print(f"{text!r:40} {whole:9.1f} ms {tenth:7.1f} ms {whole / tenth:19.1f}x")


if __name__ == "__main__":
    main()
