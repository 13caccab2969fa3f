"""What a wish is made of, as it was said: targets, moments, stretches, amounts. Nothing here knows a draft.

A slot is unresolved: "the last clip" is `Target(kind="clip", numbers=(-1,))`, whichever clip that is;
`resolve` finds it. All of them are plain data (JSON), so that a model or an agent can hand them in as well.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

TargetKind = Literal[
    "clip", "video", "music", "sound", "text", "caption", "logo", "image", "b-roll", "all", "transition"
]
Refer = Literal["it", "them", "others", "new", "here"]
State = Literal[
    "fast",
    "slow",
    "muted",
    "reversed",
    "frozen",
    "longest",
    "shortest",
    "vertical",
    "landscape",
    "square",
    "cut",
]
Edge = Literal["start", "middle", "end"]


SMALL, LARGE = 0.1, 0.3  # of the picture's width, where a logo's size is only called so


class Slot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Target(Slot):
    """What something is done to.

    >>> Target(kind="clip", numbers=(-1,))   # "the last clip"
    >>> Target(names=("beach",), kind="clip")   # "the beach clip"
    >>> Target(kind="text", refer="others")   # "the other titles"
    """

    kind: Annotated[
        TargetKind | None, Field(description="What sort of thing; none where it wasn't said.")
    ] = None
    names: Annotated[
        tuple[str, ...], Field(description="File names or words of one, as they were said.")
    ] = ()
    texts: Annotated[tuple[str, ...], Field(description="Words that a title or caption shows.")] = ()
    numbers: Annotated[tuple[int, ...], Field(description="1 is the first of its kind, -1 the last.")] = ()
    first: Annotated[int, Field(description="The first so many of them; negative: the last so many.")] = 0
    every: Annotated[Literal["all", "odd", "even"] | None, Field(description="Several at once.")] = None
    count: Annotated[int | None, Field(description='How many there are, in "the other two", "both".')] = None
    refer: Annotated[Refer | None, Field(description='"it", "those", "the others", "the one I added".')] = (
        None
    )
    state: Annotated[State | None, Field(description="What it is like.")] = None
    at: Annotated[
        Moment | None, Field(description='Which one, by when it is there: "the title at the end".')
    ] = None
    before: Annotated[
        Target | None, Field(description='The one right before another: "the clip before the last".')
    ] = None
    after: Annotated[Target | None, Field(description="The one right after another.")] = None
    ids: Annotated[
        tuple[str, ...], Field(description="Segments by their ids: what is selected, or was found before.")
    ] = ()
    but: Annotated[Target | None, Field(description="What is excepted from it.")] = None
    piece: Annotated[bool, Field(description='Of what was just split: "the first part".')] = False
    unknown: Annotated[
        tuple[str, ...], Field(description="Words that describe it and mean nothing here.")
    ] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing narrows it: "the clips", "it", "everything"."""
        return not (
            self.ids
            or self.before
            or self.after
            or self.names
            or self.texts
            or self.numbers
            or self.first
            or self.state
            or self.at
            or self.unknown
        )

    @property
    def only_it(self) -> bool:
        """Whether it says "it" and nothing else."""
        return self.plain and self.kind is None and self.refer == "it"

    @property
    def apart(self) -> tuple[Target, ...]:
        """ "The second and the last": each by itself."""
        numbers = [self.model_copy(update={"numbers": (n,)}) for n in self.numbers if not self.names]
        names = [self.model_copy(update={"names": (name,)}) for name in self.names if not self.numbers]
        return (*numbers, *names)

    @property
    def rest(self) -> bool:
        """ "The rest", "what's left": of the time, where no things are named."""
        return self.refer == "others" and self.kind in (None, "video") and self.count is None

    @property
    def vague(self) -> bool:
        """Whether it says which one only by what was spoken of, or not at all."""
        said = self.refer or self.every or self.kind or self.but
        return self.plain and not said


class Length(Slot):
    """How long: `ms`, and a share of the whole."""

    ms: int = 0
    share: float = 0.0

    def of(self, total_ms: int) -> int:
        return round(self.ms + self.share * total_ms)


class Moment(Slot):
    """A moment: so long after an edge of the timeline, or of what `of` names.

    >>> Moment(edge="end", ms=-2000)   # "2 seconds before the end"
    >>> Moment(edge="end", of=Target(kind="text"))   # "right after the title"
    """

    edge: Edge = "start"
    ms: int = 0
    share: float = 0.0
    of: Target | None = None
    ends: Annotated[bool, Field(description='What is put there ends then: "right before the last clip".')] = (
        False
    )

    def within(self, total_ms: int) -> int:
        """In a whole of that length, in ms from its start."""
        base = {"start": 0.0, "middle": total_ms / 2, "end": float(total_ms)}[self.edge]
        return round(base + self.ms + self.share * total_ms)


class Span(Slot):
    """From one moment to another. `how` it was named: `head` is "the first 3 seconds", `after` "from 5 s on"."""

    start: Moment
    end: Moment
    how: Literal["head", "tail", "middle", "range", "after", "before", "during"] = "range"

    def within(self, total_ms: int) -> tuple[int, int]:
        return self.start.within(total_ms), self.end.within(total_ms)


class Amount(Slot):
    """How much: a value of a unit; to that value, by it, or only a direction.

    >>> Amount(value=0.2, unit="share", way="to")   # "at 20%"
    >>> Amount(up=True, step="bit")   # "a bit louder"
    """

    value: float | None = None
    unit: Literal["share", "factor", "db", "degrees", "number", "lufs", "ms"] = "number"
    way: Annotated[Literal["to", "by"] | None, Field(description='"to 20%", "by 20%"; none: not said.')] = (
        None
    )
    up: Annotated[bool | None, Field(description="More or less; none: not said.")] = None
    step: Annotated[
        Literal["bit", "some", "much"], Field(description="How far, where no value is given.")
    ] = "some"
    normal: Annotated[bool, Field(description='"back to normal".')] = False
    toward: Annotated[
        bool | None,
        Field(description='Which way the first wish went: after "less", "more" goes that way again.'),
    ] = None


class Style(Slot):
    """How words are set. Sizes are steps ("bigger") or a share of the canvas' height."""

    color: str | None = None
    background: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    outline: str | bool | None = None
    shadow: bool | None = None
    bigger: Literal[-2, -1, 0, 1, 2] = 0
    size: float | None = None
    opacity: float | None = None
    caps: Literal["upper", "lower"] | None = None

    @property
    def some(self) -> bool:
        return self != Style()


def edge_of(head: bool, ms: int) -> Span:
    """So much of the start, or of the end."""
    if head:
        return Span(start=Moment(), end=Moment(ms=ms), how="head")
    return Span(start=Moment(edge="end", ms=-ms), end=Moment(edge="end"), how="tail")
