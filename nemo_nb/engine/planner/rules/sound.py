"""Music and everything that is heard: placing, volume, silence, ducking."""

from __future__ import annotations

from ....draft import Segment
from ....draft.operations import AddMusic, Delete, Duck, Mute, PlaceClip, Retime, Volume, place
from ....language import Clause, Degree, Do, Filler, Kind, Look, Particle, Shape, Thing, When
from ..amounts import against, scaled
from ..material import MediaAsset
from ..scene import Scene
from ..timing import timing

_QUIETER, _LOUDER = 0.6, 1.5
# Words that ask for a thing as well as for a change of it.
_WISHES = ("want", "need", "i'd like", "give me")
_LOUDEST, _SOFT = 4.0, 0.3


def add_music(clause: Clause, scene: Scene) -> bool:
    """ "add this background music", "lofi.mp3 as background music, 20%", 加上这段音乐"""
    named = [asset for asset in scene.named_assets(clause) if asset.kind == "audio"]
    new = not scene.music and not _alters(clause)
    adds = clause.has(Do.ADD, Do.PUT, Do.MERGE) or new
    if clause.has(Do.LOUDER, Do.QUIETER) and (scene.music or _only_wishes(clause)):
        return False
    if not adds or not (named or clause.has(Thing.MUSIC)) or clause.has(Do.CUT, Thing.TITLE):
        return False
    if (clause.has(Thing.VIDEO) or not scene.clips) and not scene.clips:
        _place_waiting_videos(scene)
    asset = named[0] if named else _the_music(scene)
    if asset is None:
        return True
    when = timing(clause, scene.total)
    start = when.spans[0][0] if when.spans else when.at or 0
    length = when.spans[0][1] - start if when.spans else when.length if clause.has(When.FOR) else None
    if scene.clips and start >= scene.total:
        scene.outside()
        return True
    wanted = _wanted(clause, 1.0)
    volume = 1.0 if wanted is None else wanted
    if clause.has(Do.CHANGE) and clause.has(Thing.SOUND) and scene.sounding:
        scene.do(Mute(segments=tuple(clip.id for clip in scene.sounding)))
    operation = AddMusic(
        asset=asset.asset,
        file=asset.file,
        file_ms=asset.duration_ms,
        at_ms=start,
        duration_ms=length or None,
        volume=volume,
    )
    scene.do(operation)
    if wanted is not None and not _stated(clause):
        scene.note("volume_assumed", percent=f"{wanted:.0%}")
    if not scene.clips:
        scene.note("music_alone")
    if any(size[1] for size in clause.values(Kind.SIZE)):
        scene.note("export_size", size=_size_text(clause))
    return True


def remove_music(clause: Clause, scene: Scene) -> bool:
    """ "remove the music", "stop the music at 8 seconds", "make the music start at 3s" """
    if scene.topic(clause) != "music" or not scene.music or clause.has(Do.FADE, Do.FADE_IN, Do.FADE_OUT):
        return False
    ids = _chosen(clause, scene, scene.music)
    when = timing(clause, scene.total)
    placing = clause.has(
        Do.CUT, Do.TRIM, Do.FIT, Do.KEEP, Do.MOVE, Do.PUT, Do.SET, When.START, When.END, Filler.NOT
    )
    if placing and when.some and not clause.has(Thing.VOLUME):
        return _retime(clause, scene, ids)
    if (clause.has(Do.CUT) and clause.has(Thing.MUSIC, Thing.IT)) or (
        clause.has(Do.CUT) and clause.values(Kind.FILE)
    ):
        scene.do(Delete(segments=ids))
        return True
    return False


def volume(clause: Clause, scene: Scene) -> bool:
    """ "set the music to 30%", "halve the volume", "make it 6 dB louder", 配乐小声一点"""
    amount = clause.has(Do.LOUDER, Do.QUIETER, Thing.VOLUME) or clause.values(Kind.DECIBEL)
    about_sound = clause.has(Thing.MUSIC, Thing.SOUND, Thing.VOLUME) or scene.topic(clause) in (
        "music",
        "sound",
    )
    turned = clause.has(Particle.UP, Particle.DOWN)
    loud = (
        amount
        or (about_sound and (turned or clause.has(Degree.SOFTLY)))
        or (about_sound and (clause.values(Kind.PERCENT) or clause.has(Degree.HALF, Degree.DOUBLE)))
    )
    other = clause.has(Do.DUCK, Thing.OPACITY, Thing.TITLE, Thing.SPEED, *Shape, *Look)
    if not loud or other:
        return False
    targets = _sounds(clause, scene)
    if not targets:
        _refuse_silent(clause, scene)
        return True
    for item in targets:
        wanted = _wanted(clause, 1.0 if item.muted and item.volume == 0 else item.volume)
        if wanted is None:
            scene.ask("how_loud", (scene.say("try_volume"), scene.say("try_quieter"), scene.say("try_mute")))
            return True
        scene.do(Volume(segments=(item.id,), volume=wanted))
    scene.last = tuple(item.id for item in targets)
    if not _stated(clause):
        scene.note("volume_assumed", percent=f"{scene_volume(scene, targets[0].id):.0%}")
    return True


def mute(clause: Clause, scene: Scene) -> bool:
    """ "mute the video", "remove the audio", 静音, "unmute it" """
    if not clause.has(Do.MUTE, Do.UNMUTE):
        return False
    targets = _sounds(clause, scene, own_first=True)
    when = timing(clause, scene.total)
    if not targets:
        scene.refuse("no_sound")
    elif when.spans:
        scene.refuse("mute_part")
    else:
        scene.do(Mute(segments=tuple(item.id for item in targets), muted=not clause.has(Do.UNMUTE)))
        if scene.topic(clause) is None and scene.music and clause.has(Do.MUTE):
            scene.note("muted_own")
    return True


def duck(clause: Clause, scene: Scene) -> bool:
    """ "lower the music when someone speaks" """
    if not clause.has(Do.DUCK):
        return False
    if not scene.music:
        scene.refuse("no_music")
        return True
    decibels = clause.value(Kind.DECIBEL)
    scene.do(
        Duck(segments=tuple(item.id for item in scene.music), amount_db=abs(decibels) if decibels else 12)
    )
    return True


def scene_volume(scene: Scene, segment_id: str) -> float:
    item = scene.segment(segment_id)
    return item.volume if item else 1.0


def _refuse_silent(clause: Clause, scene: Scene) -> None:
    """Nothing of that kind sounds; an upload may be what was meant."""
    waiting = scene.waiting("audio")
    if scene.topic(clause) != "music":
        scene.refuse("no_sound")
    elif waiting:
        scene.refuse("music_waiting", file=waiting[0].file)
    else:
        scene.refuse("no_music")


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


def _stated(clause: Clause) -> bool:
    amounts = clause.values(Kind.PERCENT, Kind.DECIBEL, Kind.FACTOR, Kind.NUMBER)
    return bool(amounts) or clause.has(Degree.HALF, Degree.DOUBLE, Degree.THIRD, Degree.QUARTER)


def _direction(clause: Clause) -> tuple[bool, bool]:
    """Whether it shall become louder, whether quieter."""
    down = clause.has(Do.QUIETER, Degree.LESS, Particle.DOWN)
    return clause.has(Do.LOUDER, Particle.UP) and not down, down


def _wanted(clause: Clause, now: float) -> float | None:
    """The volume that a clause asks for, given what it is now; None when it gives neither amount nor direction,
    or when the two contradict each other."""
    up, down = _direction(clause)
    decibels, factor = clause.value(Kind.DECIBEL), clause.value(Kind.FACTOR)
    wanted = scaled(clause, now, up=up, down=down)
    if wanted is None and decibels is not None:
        wanted = now * 10 ** (-abs(decibels) / 20 if down else decibels / 20)
    if wanted is None and factor is not None:
        wanted = now / factor if down and factor > 1 else now * factor
    if wanted is None and clause.has(Degree.SOFTLY):
        wanted = min(now, _SOFT)
    if wanted is None and down:
        little = clause.has(Degree.A_BIT) and not clause.has(Degree.MUCH)
        wanted = now * (0.8 if little else 0.3 if clause.has(Degree.MUCH) else _QUIETER)
    if wanted is None and up:
        wanted = (now or 1.0) * _LOUDER
    if wanted is None or against(wanted, now, up=up, down=down):
        return None
    return min(_LOUDEST, max(0.0, round(wanted, 4)))


def _sounds(clause: Clause, scene: Scene, *, own_first: bool = False) -> list[Segment]:
    """What is to be heard otherwise: the music, the clips' own sound, or what was just spoken of."""
    if clause.has(Thing.ALL) and not clause.has(Thing.MUSIC, Thing.VIDEO, Thing.CLIP, Thing.SOUND):
        return [*scene.sounding, *scene.music]
    chosen = [clip for clip in scene.chosen_clips(clause) if clip.kind == "video"]
    topic = scene.topic(clause)
    if chosen and not clause.has(Thing.MUSIC):
        return chosen
    if topic == "music":
        ids = _chosen(clause, scene, scene.music)
        return [item for item in scene.music if item.id in ids]
    if topic in ("sound", "clip"):
        return list(scene.sounding)
    if own_first and scene.sounding:
        return list(scene.sounding)
    return [*scene.sounding, *scene.music]


def _chosen(clause: Clause, scene: Scene, among: tuple[Segment, ...]) -> tuple[str, ...]:
    files = {asset.file for asset in scene.named_assets(clause)}
    by_file = tuple(item.id for item in among if item.file in files)
    return by_file or scene.subjects(clause, among)


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


def _retime(clause: Clause, scene: Scene, ids: tuple[str, ...]) -> bool:
    item = scene.segment(ids[0])
    if item is None:
        return False
    when = timing(clause, item.duration_ms if clause.has(Do.CUT, Do.TRIM) else scene.total)
    start, end = item.start_ms, item.end_ms
    source: int | None = None
    if when.spans:
        first, last = when.spans[0]
        if clause.has(Do.CUT, Do.TRIM) and when.kind == "head":
            source, end = item.source_start_ms + last, max(start, item.end_ms)
        elif clause.has(Do.CUT, Do.TRIM) and when.kind in ("tail", "after"):
            end = start + first
        else:
            start, end = first, min(last, scene.total)
    elif when.to is not None or when.length is not None:
        end = min(scene.total, start + (when.to or when.length or 0))
    elif when.at is not None and clause.has(Do.CUT, Do.TRIM, When.END, Filler.NOT):
        end = when.at
    elif when.at is not None:
        start, end = when.at, min(scene.total, when.at + item.duration_ms)
    if start >= scene.total or end <= start:
        scene.outside()
        return True
    scene.do(Retime(segment=item.id, start_ms=start, duration_ms=end - start, source_start_ms=source))
    return True


def _size_text(clause: Clause) -> str:
    width, height = clause.value(Kind.SIZE)
    return f"{width}x{height}" if width else f"{height}p"
