"""Music: which, from when, how long."""

from __future__ import annotations

from dataclasses import replace

from ....draft.operations import AddMusic, Delete, Mute, PlaceClip, place
from ....language import Clause, Do, Filler, Kind, Particle, Thing, When, Where
from ..material import MediaAsset
from ..scene import Scene
from ..timing import Timing, timing
from .loudness import LOUDEST, stated, wanted_volume

# Words that ask for a thing as well as for a change of it.
_WISHES = ("want", "need", "i'd like", "give me")


def add_music(clause: Clause, scene: Scene) -> bool:
    """ "add this background music", "lofi.mp3 as background music, 20%", 加上这段音乐"""
    named = [asset for asset in scene.named_assets(clause) if asset.kind == "audio"]
    new = not scene.music and (names_with_fade(clause) or not _alters(clause))
    # "bring the track in at 0:03": nothing is there that could be moved.
    comes = not scene.music and clause.has(Do.MOVE) and timing(clause, scene.total).some
    # "song underneath", "that song under it"
    lies = not scene.music and not clause.of(Do) and clause.has(Where.BOTTOM) and bool(scene.waiting("audio"))
    adds = clause.has(Do.ADD, Do.PUT, Do.MERGE) or new or comes or lies
    if (
        clause.has(Do.CHANGE)
        and scene.music
        and (named or (clause.has(Thing.MUSIC) and scene.waiting("audio")))
    ):
        return _exchange(clause, scene)
    if clause.has(Do.LOUDER, Do.QUIETER) and (scene.music or _only_wishes(clause)):
        return False
    if not adds or not (named or clause.has(Thing.MUSIC)) or clause.has(Do.CUT, Thing.TITLE):
        return False
    if (clause.has(Thing.VIDEO) or not scene.clips) and not scene.clips:
        _place_waiting_videos(scene)
    asset = named[0] if named else _the_music(scene)
    if asset is None:
        return True
    source, clause = _in_the_song(clause)
    when = timing(clause, scene.total)
    start = when.spans[0][0] if when.spans else when.at or 0
    if clause.has(Do.FADE, Do.FADE_OUT) and clause.has(When.END, When.LAST):
        start, when = 0, Timing()  # "with a fade out at the end": the fade's place, not the music's
    length = when.spans[0][1] - start if when.spans else when.length if clause.has(When.FOR) else None
    if scene.clips and start >= scene.total:
        scene.outside()
        return True
    wanted = wanted_volume(clause, 1.0)
    volume = 1.0 if wanted is None else min(LOUDEST, wanted)
    if wanted is not None and wanted > LOUDEST:
        scene.note("volume_bound", percent=f"{LOUDEST:.0%}")
    if clause.has(Do.CHANGE, Filler.RATHER) and clause.has(Thing.SOUND) and scene.sounding:
        scene.do(Mute(segments=tuple(clip.id for clip in scene.sounding)))
    operation = AddMusic(
        asset=asset.asset,
        file=asset.file,
        file_ms=asset.duration_ms,
        at_ms=start,
        duration_ms=length or None,
        source_start_ms=source,
        volume=volume,
    )
    scene.do(operation)
    if wanted is not None and not stated(clause):
        scene.note("volume_assumed", percent=f"{wanted:.0%}")
    if not scene.clips:
        scene.note("music_alone")
    if any(size[1] for size in clause.values(Kind.SIZE)):
        scene.note("export_size", size=_size_text(clause))
    return True


def _in_the_song(clause: Clause) -> tuple[int, Clause]:
    """ "Starting from 0:05 of the song", 从歌曲的第5秒开始: where in its file it begins, and the clause without it."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    for three in zip(meant, meant[1:], meant[2:], strict=False):
        if three[0].value is When.FROM and three[1].text.lower() == "its" and three[2].kind is Kind.TIME:
            left = tuple(token for token in clause.tokens if token not in three)
            return int(three[2].value), replace(clause, tokens=left)
        begins, (one, other) = (
            three[0].value is When.FROM,
            sorted(three[1:], key=lambda t: t.kind is not Kind.TIME),
        )
        if begins and one.kind is Kind.TIME and other.value is Thing.MUSIC:
            left = tuple(token for token in clause.tokens if token not in three or token is other)
            return int(one.value), replace(clause, tokens=left)
    return 0, clause


def names_with_fade(clause: Clause) -> bool:
    """ "background music with a 3 second fade out": a thing that is named with its fade, and no verb."""
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    named = bool(meant) and (meant[0].value is Thing.MUSIC or meant[0].kind is Kind.FILE)
    after = clause.text[meant[0].end - clause.start :][:1] if meant else ""
    return named and (after == "，" or any(token.text.lower() == "with" for token in clause.tokens))


def _exchange(clause: Clause, scene: Scene) -> bool:
    """ "replace the music with jazz.mp3", 换背景音乐: another file in the same place."""
    new = [asset for asset in scene.named_assets(clause) if asset.kind == "audio"] or scene.waiting("audio")
    old = [item for item in scene.music if item.asset != new[-1].asset]
    if not old:
        return False
    scene.do(Delete(segments=tuple(item.id for item in old)))
    first = old[0]
    scene.do(
        AddMusic(
            asset=new[-1].asset,
            file=new[-1].file,
            file_ms=new[-1].duration_ms,
            at_ms=first.start_ms,
            volume=first.volume,
        )
    )
    return True


def _only_wishes(clause: Clause) -> bool:
    """ "I want the music softer" adds nothing; "add the music, but softer" does."""
    verbs = [token.text.lower() for token in clause.tokens if token.value is Do.ADD]
    return all(verb in _WISHES for verb in verbs)


def _alters(clause: Clause) -> bool:
    return clause.has(
        Particle.UP,
        Particle.DOWN,
        Do.LOUDER,
        Do.QUIETER,
        Do.MUTE,
        Do.FADE,
        Do.FADE_IN,
        Do.FADE_OUT,
        Do.MOVE,
        Do.CUT,
        Do.TRIM,
        Filler.VAGUE,
    )


def _the_music(scene: Scene) -> MediaAsset | None:
    """The one upload that "this music" can mean: one not yet placed first. Else it asks or refuses."""
    waiting = scene.waiting("audio")
    if len(waiting) == 1:
        return waiting[0]
    if waiting:
        names = [asset.file for asset in waiting]
        scene.ask(
            "which_music",
            [scene.say("try_add_file", file=name) for name in names[:3]],
            files=", ".join(names),
        )
        return None
    uploads = scene.uploads("audio")
    if scene.music:
        scene.answer("music_there", file=scene.music[0].file)
    elif len(uploads) == 1:
        return uploads[0]
    else:
        scene.refuse("no_music_file")
    return None


def _place_waiting_videos(scene: Scene) -> None:
    for asset in scene.waiting("video"):
        operation = place(asset)
        if isinstance(operation, PlaceClip):
            scene.do(operation)


def _size_text(clause: Clause) -> str:
    width, height = clause.value(Kind.SIZE)
    return f"{width}x{height}" if width else f"{height}p"
