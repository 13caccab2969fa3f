"""Where words stand on the picture, and how they are set."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ....draft.operations import TextStyle
from ....language import Clause, Degree, Do, Filler, Kind, Thing, Where

SIZE = 0.07
SET = (Degree.BOLD, Degree.ITALIC, Degree.OUTLINED, Degree.SHADOWED)
# What is done to the picture below, whatever was spoken of last.
ON_CLIPS = (
    Do.ZOOM, Do.ZOOM_OUT, Do.CROP, Do.FASTER, Do.SLOWER, Do.REVERSE, Do.SPLIT, Do.MUTE, Do.UNMUTE,
    Thing.SPEED,
)  # fmt: skip
_STEP = 1.4


def position_of(clause: Clause) -> Any:
    places = [place for place in clause.of(Where) if place is not Where.CORNER]
    if len(places) == 2 and {places[0].value, places[1].value} <= {"top", "bottom", "left", "right"}:
        rows = [place.value for place in places if place in (Where.TOP, Where.BOTTOM)]
        sides = [place.value for place in places if place in (Where.LEFT, Where.RIGHT)]
        if rows and sides:
            return f"{rows[0]}-{sides[0]}"
    if places:
        return places[0].value
    if any(token.text.lower() == "lower third" for token in clause.tokens):
        return "bottom"
    return "bottom-right" if clause.has(Where.CORNER) else None


def _outline_colour(clause: Clause) -> str | None:
    """ "With a black outline" """
    meant = [token for token in clause.tokens if token.value is not Filler.WORD]
    found = (a.value for a, b in pairwise(meant) if a.kind is Kind.COLOUR and b.value is Degree.OUTLINED)
    return next(found, None)


def style_of(clause: Clause) -> TextStyle:
    """How a new text is set."""
    return TextStyle(**style_values(clause, SIZE))


def style_values(clause: Clause, size: float) -> dict[str, Any]:
    """The fields of a style that the clause names, for a text of that size."""
    style: dict[str, Any] = {}
    outline = _outline_colour(clause)
    colours = [colour for colour in clause.values(Kind.COLOUR) if colour != outline]
    if colours:
        style["color"] = colours[0]
    words = {token.text.lower() for token in clause.tokens}
    behind = any(a.text.lower() == "on" and b.kind is Kind.COLOUR for a, b in pairwise(clause.tokens))
    if colours and (clause.has(Thing.BACKGROUND) or behind or (len(colours) == 2 and "on" in words)):
        style.pop("color")
        style["background"] = colours[-1]
        if len(colours) > 1:
            style["color"] = colours[0]
    if clause.has(Do.BIGGER) or words & {"big", "大字", "huge", "large"}:
        style["font_size"] = round(min(0.5, size * _STEP), 4)
    elif clause.has(Do.SMALLER) or words & {"small", "tiny", "小字"}:
        style["font_size"] = round(size / _STEP, 4)
    if clause.has(Degree.BOLD):
        style["bold"] = True
    if clause.has(Degree.ITALIC):
        style["italic"] = True
    if clause.has(Degree.OUTLINED):
        style["outline"] = outline or True
    if clause.has(Degree.SHADOWED):
        style["shadow"] = True
    return style
