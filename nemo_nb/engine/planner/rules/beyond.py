"""What cannot be done here, with what can be done instead; and wishes too vague to act on."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ....language import Beyond, Clause, Do, Filler, Kind, Shape, Thing, declines
from ..scene import Scene

_INTROS = ("intro", "outro", "introduction", "片尾")
_INSTEAD = {
    Beyond.DUB: "beyond_voice", Beyond.VOICE: "beyond_voice", Beyond.GENERATE: "beyond_generate",
    Beyond.ANIMATE: "beyond_generate", Beyond.FACE: "beyond_objects", Beyond.TRANSCRIBE: "beyond_captions",
    Beyond.TRANSLATE: "beyond_captions", Beyond.HIGHLIGHTS: "beyond_highlights", Beyond.FILLERS: "beyond_fillers",
    Beyond.ERASE: "beyond_objects", Beyond.STABILIZE: "beyond_repair", Beyond.DENOISE: "beyond_repair",
    Beyond.PUBLISH: "beyond_publish", Beyond.CUTOUT: "beyond_objects", Beyond.SHRINK: "beyond_shrink",
    Beyond.FORMAT: "beyond_format", Beyond.SPLIT_EDIT: "beyond_split_edit", Beyond.VERSIONS: "beyond_versions",
    Beyond.RAMP: "beyond_ramp", Beyond.FONT: "beyond_font", Beyond.MOTION: "beyond_motion",
    Beyond.EFFECT: "beyond_effect", Beyond.PROJECT: "beyond_project", Beyond.TONE: "beyond_tone",
    Beyond.SPLIT_SCREEN: "beyond_split_screen",
}  # fmt: skip

_SHOWN_AT = (
    ("抖音", "快手", "视频号", "tiktok", "reels", "shorts", "stories"), ("youtube", "b站", "bilibili", "西瓜"),
)  # fmt: skip


def _told_where(clause: Clause) -> bool:
    """Whether it says where it is shown, which has a shape of its own: "the right ratio for TikTok"."""
    text = clause.text.lower()
    return any(name in text for names in _SHOWN_AT for name in names)


def beyond(clause: Clause, scene: Scene) -> bool:
    """Generated footage, voices, faces, dubbing …"""
    wished = clause.first(*Beyond)
    if scene.unmade == len(scene.operations) and wished is None:
        return clause.has(Thing.IT) or clause.of(Do) == [Do.SET]  # "generate a sky and put it there"
    if clause.has(Thing.BACKGROUND) and clause.has(Do.CUT, Do.CHANGE) and not clause.values(Kind.COLOUR):
        wished = wished or Beyond.CUTOUT
    if (
        wished is Beyond.FACE
        and scene.topic(clause) in ("text", "overlay")
        and clause.has(Do.MOVE, Do.PUT, Do.CUT)
    ):
        return False  # "the title covers her face, move it down"
    if wished is Beyond.GENERATE and clause.has(Do.SLIDESHOW):
        return False  # that is made of what is there
    if not isinstance(wished, Beyond) or (
        clause.values(Kind.QUOTED) and clause.has(Thing.TITLE, Thing.CAPTIONS)
    ):
        return False
    if wished is Beyond.FORMAT and _exported(clause):
        scene.answer("export_gif")
        return True
    scene.refuse(_INSTEAD[wished], wish=clause.text)
    if _INSTEAD[wished] in ("beyond_generate", "beyond_voice"):
        scene.unmade = len(scene.operations)
    # 做成竖屏发抖音: the shape can be had, if not the rest.
    shaped = clause.of(Shape) or (clause.has(Thing.DIMENSIONS) and _told_where(clause))
    return not (wished is Beyond.PUBLISH and shaped and clause.has(Do.SET, Do.CHANGE))


def _exported(clause: Clause) -> bool:
    """Whether the format is one that the export makes, so that only the way to it is wrong."""
    words = [token.text.lower() for token in clause.tokens if token.value is Beyond.FORMAT]
    return all("gif" in word or word in ("webm", "as a mov", "动图") for word in words)


def blank(clause: Clause, scene: Scene) -> bool:
    """ "add a black screen": refused; the words on it are left to the rule of texts"""
    if not clause.has(Thing.BLANK) or not clause.has(Do.ADD, Do.PUT):
        return False
    scene.refuse("beyond_blank")
    return not clause.values(Kind.QUOTED)


def export(clause: Clause, scene: Scene) -> bool:
    """An export is a job of its own, which the client starts; here it is only named."""
    if not clause.has(Do.EXPORT):
        return False
    scene.answer("no_export" if clause.has(Filler.NOT) else "export_how")
    return True


def vague(clause: Clause, scene: Scene) -> bool:
    """ "make it better": a question with suggestions that fit this draft"""
    told = clause.has(Do.KEEP, Do.CUT, Do.TRIM) and clause.values(Kind.TIME)
    if not clause.has(Filler.VAGUE) or told:
        return False  # "the good bit runs from 2s to 6s, keep that"
    scene.ask("vague", suggestions(scene))
    return True


def negated(clause: Clause, scene: Scene) -> bool:
    """ "don't mute it": left as it is; 不要最后三秒 is a cut"""
    if not declines(clause):
        return False
    if clause.values(Kind.TIME) and _unwanted(clause):
        return False
    scene.answer("left_alone", wish=clause.text)
    return True


def _unwanted(clause: Clause) -> bool:
    """ "I don't want to keep the first 3 seconds": what is not to be kept or seen goes."""
    after = clause.concepts[clause.concepts.index(Filler.NOT) + 1 :]
    return next((c for c in after if isinstance(c, Do)), None) not in (Do.CHANGE, Do.CUT, Do.TRIM, Do.MUTE)


# The operations that each suggestion stands for, so that none is made of what has just been done.
_STANDS_FOR = {
    "try_music": {"add_music"}, "try_cut_first": {"cut_out", "keep"}, "try_fade_music": {"fade"},
    "try_crossfade": {"transition"}, "try_title": {"add_text"}, "try_vertical": {"canvas"}, "try_2x": {"speed"},
    "try_warm": {"filter"},
}  # fmt: skip


def suggestions(scene: Scene, done: Collection[str] = (), count: int = 3) -> list[str]:
    """Things that could well be said next, for this draft; none like the operations that were `done`."""
    if not scene.draft.can_export:
        return [scene.say(key) for key in ("try_upload", "try_title", "try_slideshow")][:count]
    wanted = [key for key in _fitting(scene) if not _STANDS_FOR[key] & set(done)]
    return [scene.say(key) for key in wanted[:count]]


def _fitting(scene: Scene) -> Iterator[str]:
    if scene.waiting("audio"):
        yield "try_music"
    if scene.music and not any(item.ms("fade_out_ms") for item in scene.music):
        yield "try_fade_music"
    if len({clip.file for clip in scene.clips}) > 1 and not any("transition" in c.meta for c in scene.clips):
        yield "try_crossfade"
    if not scene.texts:
        yield "try_title"
    if scene.draft.canvas.width > scene.draft.canvas.height:
        yield "try_vertical"
    first = scene.clips[0] if scene.clips else None
    if first and first.kind == "video" and first.source_start_ms == 0 and first.duration_ms > 4000:
        yield "try_cut_first"  # nobody has seen to the start yet
    yield from ("try_2x", "try_warm", "try_title")
