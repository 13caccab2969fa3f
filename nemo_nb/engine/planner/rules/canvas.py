"""The shape of the canvas and what fills it."""

from __future__ import annotations

from ....draft.operations import Adjust, SetCanvas
from ....language import Clause, Do, Filler, Kind, Look, Shape, Thing, When
from ..scene import Scene

_SHOWN_AT = (
    (("抖音", "快手", "视频号", "tiktok", "reels", "shorts", "stories"), "9:16"),
    (("youtube", "b站", "bilibili", "西瓜"), "16:9"),
)
_FITS = {Shape.COVER: "cover", Shape.BLUR: "blur", Shape.CONTAIN: "contain"}


def canvas(clause: Clause, scene: Scene) -> bool:
    """ "make it vertical", "16:9 with blurred background", 做成竖屏, "resize to 1280x720" """
    fit = next((_FITS[shape] for shape in clause.of(Shape) if shape in _FITS), None)
    if fit is None and clause.has(Thing.BACKGROUND) and clause.has(Look.BLUR) and _filled_up(scene):
        fit = "blur"  # of a picture that fills the canvas only with its edges cropped: what is around it
    aspect = _aspect(clause)
    size = clause.value(Kind.SIZE)
    if aspect is None and size is None and fit is None:
        return False
    filled = any(getattr(op, "fit", None) in ("blur", "cover") for op in scene.operations)
    if (fit == "contain" and filled and clause.has(Filler.NOT)) or (filled and _uncropped(clause)):
        return True  # "with a blurred background, don't crop anything"
    if aspect is None and size is None:
        return _fill(scene, str(fit))
    shaped = any(operation.op == "canvas" for operation in scene.operations)
    told_why = clause.has(When.FOR) or _platform(clause)
    if shaped and told_why and not (set(clause.of(Do)) - {Do.ADD} or clause.values(Kind.RATIO)):
        return True  # "4:5, it's for instagram": why, and not what
    fit = fit or ("cover" if aspect and _changes(scene, aspect) else None)
    if aspect is None:
        width, height = _pixels(scene, size)
        if (width, height) == (scene.draft.canvas.width, scene.draft.canvas.height):
            scene.answer("canvas_already", size=f"{width}x{height}")
            return True
        reshaped = abs(width / height - scene.draft.canvas.width / scene.draft.canvas.height) > 0.01
        values = {"width": width, "height": height, "fit": fit or ("cover" if reshaped else None)}
        if scene.do(SetCanvas.model_validate(values)) and reshaped and not fit and scene.clips:
            scene.note("cover_assumed")
        return True
    if not _changes(scene, aspect) and shaped and not clause.of(Do):
        return True  # "make it vertical, 9:16"
    if not _changes(scene, aspect) and not clause.has(*_FITS):
        scene.answer("shape_already", shape=aspect)
        return True
    stated = clause.has(*_FITS)
    if scene.do(SetCanvas.model_validate({"aspect": aspect, "fit": fit})) and not stated and scene.clips:
        scene.note("cover_assumed")
    return True


def _filled_up(scene: Scene) -> bool:
    return any(clip.meta.get("fit") in ("cover", "blur") for clip in scene.clips)


def _platform(clause: Clause) -> bool:
    """ "4:5, for Instagram", 比例改成3:4，发小红书用"""
    return any(
        token.text.lower() in ("小红书", "抖音", "快手", "b站", "tiktok", "reels") for token in clause.tokens
    )


def _uncropped(clause: Clause) -> bool:
    """ "Don't crop anything": nothing that could be done, where the bars have been filled already."""
    words = [token.text.lower() for token in clause.tokens if token.value is Shape.CONTAIN]
    return bool(words) and all(
        word in ("don't crop", "without cropping", "不裁剪", "不裁切") for word in words
    )


def _aspect(clause: Clause) -> str | None:
    ratio = clause.values(Kind.RATIO)
    if ratio:
        return str(ratio[-1])
    shapes = [shape for shape in clause.of(Shape) if shape not in _FITS]
    if shapes:
        return str(shapes[-1].value)
    return platform_shape(clause) if clause.has(Thing.DIMENSIONS) and clause.has(Do.SET, Do.CHANGE) else None


def platform_shape(clause: Clause) -> str | None:
    """The shape of what is shown where the clause says: "the right ratio for TikTok" is 9:16."""
    text = clause.text.lower()
    return next((shape for names, shape in _SHOWN_AT if any(name in text for name in names)), None)


def _changes(scene: Scene, aspect: str) -> bool:
    across, down = map(float, aspect.split(":"))
    now = scene.draft.canvas.width / scene.draft.canvas.height
    return abs(now - across / down) > 0.01


def _fill(scene: Scene, fit: str) -> bool:
    if not scene.clips:
        scene.refuse("empty")
        return True
    scene.do(Adjust.model_validate({"segments": tuple(clip.id for clip in scene.clips), "fit": fit}))
    scene.unsay("cover_assumed")
    return True


def _pixels(scene: Scene, size: tuple[int | None, int]) -> tuple[int, int]:
    width, height = size
    if width is not None:
        return width, height
    now = scene.draft.canvas
    short, factor = min(now.width, now.height), height / min(now.width, now.height)
    if short == height:
        return now.width, now.height
    return 2 * round(now.width * factor / 2), 2 * round(now.height * factor / 2)
