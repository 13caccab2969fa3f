"""Questions: answered from the draft, which stays as it is."""

from __future__ import annotations

from fractions import Fraction

from ....draft.timecode import span
from ....language import ABILITIES, Ask, Clause, Do, Kind, Language, Look, Thing, asks
from ..scene import Scene


def question(clause: Clause, scene: Scene) -> bool:
    """ "how long is it?", "which clip is the longest?", "what does my title say?", 你能做什么"""
    if not asks(clause, scene.language):
        return False
    if clause.has(Ask.ABILITIES):
        scene.answer("abilities", families=_families(scene.language))
    elif clause.has(Thing.CREDITS):
        scene.answer("credits")
    elif clause.has(Thing.DIMENSIONS) and not clause.has(Do.EXPORT):
        canvas = scene.draft.canvas
        size, shape = f"{canvas.width}x{canvas.height}", Fraction(canvas.width, canvas.height)
        ratio, fps = f"{shape.numerator}:{shape.denominator}", f"{float(canvas.fps):g}"
        scene.answer("dimensions", size=size, ratio=ratio, fps=fps)
    elif clause.has(Do.EXPORT, Thing.FORMAT, Thing.SETTINGS):
        scene.answer("export_how")
    elif clause.has(Thing.VOLUME) or _participle(clause):
        _volumes(clause, scene)
    elif clause.has(Thing.MUSIC) and clause.has(Ask.WHETHER, Ask.WHAT, Ask.WHICH):
        _music(scene)
    elif clause.has(Ask.HOW) and clause.of(Do):
        scene.answer("how_to")
    elif clause.has(Ask.HOW_LONG, Ask.LONGEST, Ask.SHORTEST, Thing.LENGTH):
        _lengths(clause, scene)
    elif clause.has(Thing.TITLE, Thing.CAPTIONS, Do.SAY) and scene.texts:
        texts = ", ".join(f'"{t.text}" ({span(t.start_ms, t.end_ms)})' for t in scene.texts)
        scene.answer("texts", texts=texts)
    elif clause.has(Ask.HOW_MANY) and (clause.has(Thing.CLIP, Thing.VIDEO) or _counts_clips(clause)):
        names = ", ".join(clip.name for clip in scene.clips)
        scene.answer("clip_count", count=len(scene.clips), files=names or "-")
    else:
        _state(scene)
    return True


def _counts_clips(clause: Clause) -> bool:
    return any(token.text in ("几段", "几个片段", "几个") for token in clause.tokens)


def state(clause: Clause, scene: Scene) -> bool:
    """ "status", "show me the timeline": the tracks in a line"""
    if not clause.has(Thing.STATUS, Do.SHOW) or clause.of(Look) or clause.values(Kind.QUOTED):
        return False
    _state(scene)
    return True


def _families(language: Language) -> str:
    """Every family of edits with examples of what to say, a line each."""
    return "\n".join(
        f"- {ability.title[language]}: " + " · ".join(f"“{said}”" for said in ability.examples[language][:2])
        for ability in ABILITIES
    )


def _participle(clause: Clause) -> bool:
    return clause.has(Do.MUTE, Do.UNMUTE) and clause.has(Ask.WHETHER)


def _volumes(clause: Clause, scene: Scene) -> None:
    if clause.has(Thing.MUSIC) and not scene.music:
        _music(scene)
        return
    for item in scene.music if clause.has(Thing.MUSIC) else (*scene.sounding, *scene.music):
        silent = item.muted or scene.draft.tracks[item.track].muted
        key = "muted_answer" if silent else "volume_answer"
        scene.answer(key, file=item.file or item.name, percent=f"{item.volume:.0%}")
    if not scene.answers:
        scene.answer("no_sound")


def _music(scene: Scene) -> None:
    for item in scene.music:
        scene.answer("music_answer", file=item.file or item.name, span=span(item.start_ms, item.end_ms))
    if not scene.music:
        waiting = ", ".join(asset.file for asset in scene.waiting("audio"))
        scene.answer("no_music_yet" if waiting else "no_music", files=waiting)


def _lengths(clause: Clause, scene: Scene) -> None:
    if not scene.draft.can_export:
        scene.answer("nothing_yet")
        return
    if clause.has(Ask.LONGEST, Ask.SHORTEST) and scene.clips:
        best = max if clause.has(Ask.LONGEST) else min
        clip = best(scene.clips, key=lambda item: item.duration_ms)
        key = "longest" if clause.has(Ask.LONGEST) else "shortest"
        scene.answer(key, file=clip.file or clip.name, length=scene.seconds(clip.duration_ms))
        return
    chosen = scene.chosen_clips(clause)
    if chosen:
        for clip in chosen:
            scene.answer("one_length", file=clip.file or clip.name, length=scene.seconds(clip.duration_ms))
    elif clause.has(Thing.MUSIC) and scene.music:
        for item in scene.music:
            scene.answer("one_length", file=item.file or item.name, length=scene.seconds(item.duration_ms))
    elif clause.has(Thing.MUSIC) and (waiting := scene.waiting("audio")):
        for asset in waiting:
            scene.answer("one_length", file=asset.file, length=scene.seconds(asset.duration_ms))
    elif clause.has(Thing.TITLE, Thing.CAPTIONS) and scene.texts:
        for item in scene.texts:
            scene.answer("one_length", file=f'"{item.text}"', length=scene.seconds(item.duration_ms))
    else:
        scene.answer("total", length=scene.seconds(scene.draft.duration_ms))


def _state(scene: Scene) -> None:
    waiting = [
        a.file for a in scene.material.assets if not any(a.asset == s.asset for s in scene.draft.segments)
    ]
    scene.answer("state", summary=scene.draft.summary(scene.language))
    if waiting:
        scene.answer("waiting", files=", ".join(waiting))
