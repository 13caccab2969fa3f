"""How the picture looks: turned, mirrored, coloured, zoomed, scaled."""

from __future__ import annotations

from ....draft.operations import AddFilter, Adjust, ClearFilters, Flip, Rotate
from ....language import Clause, Degree, Do, Filler, Kind, Look, Particle, Thing, When, Where
from ..scene import Scene
from .stretch import within

_CLOSER = 0.2
_MOVING = ("slowly", "gradually", "gradual", "smoothly", "缓慢", "缓缓", "慢慢", "逐渐", "渐渐")
# Those that go both ways: the look's name in the draft and the amount that is taken where none is said.
_BOTH_WAYS = {
    Look.SOFT: ("blur", 0.3),
    Look.BRIGHTER: ("brightness", 0.2), Look.DARKER: ("brightness", -0.2), Look.MORE_CONTRAST: ("contrast", 0.25),
    Look.LESS_CONTRAST: ("contrast", -0.25), Look.MORE_COLOUR: ("saturation", 0.3),
    Look.LESS_COLOUR: ("saturation", -0.3),
}  # fmt: skip


def look(clause: Clause, scene: Scene) -> bool:
    """ "give it a sepia look", "brighter", 黑白, "remove the filter" """
    looks = clause.of(Look)
    if not looks and not clause.has(Thing.LOOK):
        return False
    targets = _pictures(clause, scene)
    if not targets:
        scene.refuse("empty")
        return True
    if clause.has(Do.CUT, Filler.NOT, Do.UNDO):
        name = _BOTH_WAYS.get(looks[0], (looks[0].value, 0))[0] if looks else None
        scene.do(ClearFilters.model_validate({"segments": targets, "name": name}))
        return True
    if not looks:
        scene.ask("which_look", (scene.say("try_warm"), scene.say("try_bw"), scene.say("try_cinematic")))
        return True
    targets = _within(clause, scene, targets)
    if not targets:
        return True
    share = clause.value(Kind.PERCENT)
    for wanted in looks:
        name, amount = _BOTH_WAYS.get(wanted, (wanted.value, 1.0))
        if wanted in (Look.BRIGHTER, Look.MORE_CONTRAST, Look.MORE_COLOUR) and clause.has(
            Do.QUIETER, Degree.LESS, Particle.DOWN
        ):
            amount = -amount
        if share is not None:
            amount = min(1.0, share) * (-1 if amount < 0 else 1)
        elif clause.has(Degree.A_BIT):
            amount *= 0.5
        if wanted in _BOTH_WAYS and share is None:
            _add_to(name, amount, targets, scene)
        else:
            scene.do(AddFilter.model_validate({"segments": targets, "name": name, "amount": amount}))
    return True


def _add_to(name: str, amount: float, targets: tuple[str, ...], scene: Scene) -> None:
    """Brighter than it is now, whatever it was made before: "brighter" twice, "still too dark"."""
    for item in [item for item in scene.draft.segments if item.id in targets]:
        now = next((entry["amount"] for entry in item.meta.get("filters", ()) if entry["name"] == name), 0.0)
        wanted = round(max(-1.0, min(1.0, now + amount)), 4)
        values = {"segments": (item.id,), "name": name}
        scene.do(
            AddFilter.model_validate(values | {"amount": wanted})
            if wanted
            else ClearFilters.model_validate(values)
        )


def _pictures_then(clause: Clause, scene: Scene) -> tuple[str, ...]:
    """What is meant, cut free to the stretch that is named; where that is nothing, the scene has been told why."""
    targets = _pictures(clause, scene)
    if not targets:
        scene.refuse("empty")
    return _within(clause, scene, targets) if targets else ()


def _within(clause: Clause, scene: Scene, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Of the clips what lies in the stretch that is named; none where nothing does."""
    parts = within(clause, scene, [item for item in scene.draft.segments if item.id in targets])
    return tuple(clip.id for clip in parts or ())


def turn(clause: Clause, scene: Scene) -> bool:
    """ "rotate 90 degrees", "upside down", "mirror it", 逆时针旋转90度"""
    turns = clause.has(Do.ROTATE, Do.COUNTERCLOCKWISE, Do.UPSIDE_DOWN, Do.MIRROR)
    # "turn it 180"
    bare = any(token.text.lower().startswith("turn") for token in clause.tokens) and any(
        number in (90, 180, 270) for number in clause.values(Kind.NUMBER)
    )
    if (
        turns
        and clause.of(Look)
        and not (clause.values(Kind.DEGREES) or clause.has(Do.UPSIDE_DOWN, Do.MIRROR))
    ):
        return False  # "turn the video black and white"
    if not turns and not bare and not clause.values(Kind.DEGREES):
        return False
    targets = _pictures_then(clause, scene)
    if not targets:
        return True
    if clause.has(Do.UPSIDE_DOWN):
        scene.do(Rotate(segments=targets, degrees=180))
    elif clause.has(Do.MIRROR):
        words = clause.text.lower()
        upright = any(word in words for word in ("vertical", "上下", "垂直"))
        scene.do(Flip(segments=targets, direction="v" if upright else "h"))
    else:
        degrees = clause.value(Kind.DEGREES) or next(
            (number for number in clause.values(Kind.NUMBER) if number in (45, 90, 180, 270)), None
        )
        amount = degrees or 90
        back = clause.has(Do.COUNTERCLOCKWISE, Where.LEFT)
        if degrees is None:
            scene.note("turn_back_assumed" if back else "turn_assumed")
        if not -360 <= amount <= 360:
            amount %= 360
        scene.do(Rotate(segments=targets, degrees=-amount if back else amount))
    return True


def zoom(clause: Clause, scene: Scene) -> bool:
    """ "zoom in", "zoom in to 150%", "punch in 20%", 画面放大到1.5倍: larger than the canvas, and cut off by it"""
    zooms = clause.has(Do.ZOOM, Do.ZOOM_OUT)
    if not (zooms or _resized(clause)) or clause.has(Thing.SOUND, Thing.VOLUME):
        return False
    # "zoom in" is the picture's, whatever was spoken of last.
    plain = zooms and (not clause.of(Thing) or scene.named_covers(clause))
    if not plain and scene.topic(clause) not in ("clip", None):
        return False
    targets = _pictures_then(clause, scene)
    if not targets:
        return True
    amount, factor = _enlarged(clause)
    absolute = amount and clause.has(When.TO)
    for item in [item for item in scene.draft.segments if item.id in targets]:
        scale = factor * (1 if absolute else item.meta.get("scale", 1))
        scene.do(Adjust(segments=(item.id,), scale=round(scale, 4)))
    _refuse_motion(clause, scene)
    if not amount:
        scene.note("zoom_assumed")
    return True


def _resized(clause: Clause) -> bool:
    """ "Make the picture 20% bigger", 画面缩小到80%; but not "make the file 50% smaller" """
    if not clause.has(Do.BIGGER, Do.SMALLER) or clause.has(Thing.FILE):
        return False
    amount = clause.values(Kind.FACTOR, Kind.PERCENT) or clause.has(Degree.HALF)
    return bool(amount) or (clause.has(Do.BIGGER) and clause.has(Thing.VIDEO, Thing.CLIP))


def _enlarged(clause: Clause) -> tuple[float | None, float]:
    """The amount that is named, and how many times as large that makes it: 1.2 for 20% more, 0.8 for 20% less."""
    amount = clause.value(Kind.FACTOR, Kind.PERCENT) or (0.5 if clause.has(Degree.HALF) else None)
    out = clause.has(Do.ZOOM_OUT, Do.SMALLER)
    if amount and (clause.has(When.TO) or amount >= 1):
        return amount, 1 / amount if out and amount > 1 else amount
    return amount, 1 + (amount or _CLOSER) * (-1 if out else 1)


def _refuse_motion(clause: Clause, scene: Scene) -> None:
    if any(token.text.lower() in _MOVING for token in clause.tokens):
        scene.refuse("no_motion")


def _pictures(clause: Clause, scene: Scene) -> tuple[str, ...]:
    return tuple(item.id for item in scene.pictures(clause))
