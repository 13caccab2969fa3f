"""What a file holds beside one picture and one sound: its sound tracks chosen, its own subtitles shown."""

from __future__ import annotations

from collections.abc import Callable

from ...draft.operations import AddCaptions, CaptionLine, TextStyle
from ...draft.operations import ChooseSound as ChooseSoundOp
from ..assets import Lines, MediaAsset
from ..frames import ChooseSound, OwnSubtitles
from ..slots import Target
from ..stage import Stage
from .base import SIZE, does, style_values
from .show import on_timeline


@does(ChooseSound)
def choose_sound(frame: ChooseSound, stage: Stage) -> None:
    asset = _of(frame.target, stage, lambda item: len(item.sounds) > 1, "one_sound_track")
    if asset is None:
        return
    numbers = range(1, len(asset.sounds) + 1)
    tracks = set(numbers if frame.every else frame.tracks)
    for word in frame.called:
        tracks |= {number for number in numbers if word.lower() in asset.sounds[number - 1].lower()} or {0}
    if not tracks or not tracks <= set(numbers):
        listed = [f"{number} ({asset.sounds[number - 1]})".removesuffix(" ()") for number in numbers]
        stage.refuse("sound_tracks_there", file=asset.file, tracks=", ".join(listed))
        return
    stage.do(ChooseSoundOp(file=asset.file, tracks=tuple(sorted(tracks))))


@does(OwnSubtitles)
def own_subtitles(frame: OwnSubtitles, stage: Stage) -> None:
    asset = _of(frame.target, stage, lambda item: item.subtitles > 0, "no_own_subtitles")
    if asset is None:
        return
    if frame.track > asset.subtitles:
        stage.refuse("subtitle_tracks_there", file=asset.file, count=asset.subtitles)
        return
    wanted = Lines(asset.asset, frame.track)
    if wanted not in stage.lines:
        stage.wants.add(wanted)
        return
    clips = [clip for clip in stage.ground.pool("clip") if clip.asset == asset.asset]
    shown = [
        CaptionLine(text=cue.text, at_ms=start, duration_ms=end - start)
        for cue in stage.lines[wanted]
        for clip in clips
        for start, end in on_timeline(clip, [(cue.start_ms or 0, cue.end_ms or 0)])
        if end > start
    ]
    if not stage.lines[wanted]:
        stage.refuse("no_words_in_subtitles", file=asset.file)
    elif not shown:
        stage.outside()
    else:
        lines = tuple(sorted(shown, key=lambda line: line.at_ms))
        style = TextStyle(**style_values(frame.style, SIZE))
        stage.do(AddCaptions(lines=lines, position=frame.place or "bottom", style=style))


def _of(
    target: Target | None, stage: Stage, holds: Callable[[MediaAsset], bool], otherwise: str
) -> MediaAsset | None:
    """The file on the timeline that is named, or the only one that has what is wanted; None, told, for any other.

    `otherwise` is what is told of a file that has none of it.
    """
    placed = stage.ground.placed
    if target is not None and target.names:
        named = stage.ground.asset(target.names[0], "video", "audio")
        if named is None or named not in placed:
            stage.refuse("no_such_file" if named is None else "not_there", file=target.names[0])
            return None
        there = [named]
    else:
        there = [asset for asset in placed if holds(asset)] or [
            item for item in placed if item.kind == "video"
        ]
    if len(there) > 1:
        first = {item.asset: item for item in reversed(stage.ground.pool("clip", "b-roll"))}
        stage.which([first[asset.asset] for asset in there if asset.asset in first], "target")
        return None
    if not there:
        stage.refuse("empty")
        return None
    if not holds(there[0]):
        stage.refuse(otherwise, file=there[0].file)
        return None
    return there[0]
