"""What a person could say next: sentences that fit what the project holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..client import Asset
from ..draft import Draft
from ..tongues import Language, table

MOST = 4


def suggestions(draft: Draft, assets: Sequence[Asset], language: Language) -> list[str]:
    """At most four sentences, the most useful first; none before something was uploaded."""
    found = dict.fromkeys(_fitting(draft, assets, table(language, "widgets").SUGGESTIONS))
    return list(found)[:MOST]


def _fitting(draft: Draft, assets: Sequence[Asset], words: dict[str, str]) -> Iterator[str]:
    segments = list(draft.segments)
    kinds = {segment.kind for segment in segments}
    placed = {segment.file for segment in segments}
    waiting = [asset for asset in assets if asset.name not in placed]
    if "video" in kinds and any(asset.kind == "audio" for asset in waiting):
        yield words["music"]
    for asset in waiting:
        if asset.kind != "audio" or not segments:
            yield words["place"].format(name=asset.name)
    if not segments:
        return
    if "text" not in kinds:
        yield words["title"]
    if draft.duration_ms > 12_000:
        yield words["shorten"]
    elif draft.duration_ms > 4000:
        yield words["cut"]
    if any(segment.kind == "audio" and segment.volume == 1 for segment in segments):
        yield words["quieter"]
    if draft.canvas.width > draft.canvas.height:
        yield words["upright"]
    if len(kinds) > 1:
        yield words["export"]
