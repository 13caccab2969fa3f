"""What cannot be done here, with what can be done instead; and wishes too vague to act on."""

from __future__ import annotations

from ....language import Beyond, Clause, Do, Filler, Kind, Thing, declines
from ..scene import Scene
from ..timing import timing

_INSTEAD = {
    Beyond.DUB: "beyond_voice", Beyond.VOICE: "beyond_voice", Beyond.GENERATE: "beyond_generate",
    Beyond.ANIMATE: "beyond_generate", Beyond.FACE: "beyond_objects", Beyond.TRANSCRIBE: "beyond_captions",
    Beyond.TRANSLATE: "beyond_captions", Beyond.HIGHLIGHTS: "beyond_highlights", Beyond.SILENCES: "beyond_silences",
    Beyond.ERASE: "beyond_objects", Beyond.STABILIZE: "beyond_repair", Beyond.DENOISE: "beyond_repair",
    Beyond.PUBLISH: "beyond_publish", Beyond.CUTOUT: "beyond_objects", Beyond.SHRINK: "beyond_shrink",
    Beyond.FORMAT: "beyond_format",
}  # fmt: skip


def beyond(clause: Clause, scene: Scene) -> bool:
    """Generated footage, voices, faces, dubbing …"""
    wished = clause.first(*Beyond)
    if not isinstance(wished, Beyond) or (
        clause.values(Kind.QUOTED) and clause.has(Thing.TITLE, Thing.CAPTIONS)
    ):
        return False
    scene.refuse(_INSTEAD[wished], wish=clause.text)
    return True


def export(clause: Clause, scene: Scene) -> bool:
    """An export is a job of its own, which the client starts; here it is only named."""
    if not clause.has(Do.EXPORT):
        return False
    scene.answer("no_export" if clause.has(Filler.NOT) else "export_how")
    return True


def vague(clause: Clause, scene: Scene) -> bool:
    """ "make it better": a question with suggestions that fit this draft"""
    if not clause.has(Filler.VAGUE):
        return False
    scene.ask("vague", suggestions(scene))
    return True


def negated(clause: Clause, scene: Scene) -> bool:
    """ "don't mute it": left as it is; 不要最后三秒 is a cut"""
    if not declines(clause) or timing(clause, scene.total).spans:
        return False
    scene.answer("left_alone", wish=clause.text)
    return True


def suggestions(scene: Scene) -> list[str]:
    """Three things that could well be said next, for this draft."""
    wanted: list[str] = []
    if not scene.draft.can_export:
        return [scene.say("try_upload"), scene.say("try_title"), scene.say("try_slideshow")]
    if scene.total > 4000:
        wanted.append(scene.say("try_cut_first"))
    if scene.waiting("audio"):
        wanted.insert(0, scene.say("try_music"))
    elif scene.music and not any(item.ms("fade_out_ms") for item in scene.music):
        wanted.append(scene.say("try_fade_music"))
    if len(scene.clips) > 1:
        wanted.append(scene.say("try_crossfade"))
    if not scene.texts:
        wanted.append(scene.say("try_title"))
    return [*wanted, scene.say("try_vertical"), scene.say("try_2x"), scene.say("try_warm")][:3]
