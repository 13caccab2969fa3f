"""What a person could say next: sentences that fit what the project holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..client import Asset
from ..draft import Draft
from ..tongues import Language

MOST = 4
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "music": "add this background music to my video and fade it out at the end",
        "place": "put {name} on the timeline",
        "title": "add the title “My video” for the first 3 seconds",
        "shorten": "trim it to the first 10 seconds",
        "cut": "cut the first 2 seconds",
        "quieter": "set the music to 35%",
        "upright": "make it vertical for TikTok",
        "export": "export it",
    },
    "zh": {
        "music": "给视频加上背景音乐，结尾淡出",
        "place": "把 {name} 放到时间线上",
        "title": "在开头 3 秒加上标题“我的视频”",
        "shorten": "只保留前 10 秒",
        "cut": "剪掉前 2 秒",
        "quieter": "把音乐音量调到 35%",
        "upright": "改成竖屏，适合抖音",
        "export": "导出",
    },
}


def suggestions(draft: Draft, assets: Sequence[Asset], language: Language) -> list[str]:
    """At most four sentences, the most useful first; none before something was uploaded."""
    found = dict.fromkeys(_fitting(draft, assets, _WORDS[language]))
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
