"""What a person can want, as data: one frame for each kind of wish, made of unresolved slots.

A frame says nothing of segment ids or of computed times; `Target`, `Moment`, `Span` and `Amount` are resolved against
the draft when it is carried out. Frames are JSON, so a recipe can hold them and a model or an agent can hand them in:

>>> SetSpeed(target=Target(names=("fry",)), amount=Amount(value=2)).data()
{'frame': 'set_speed', 'target': {'names': ['fry']}, 'amount': {'value': 2.0}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from .slots import Amount, Length, Moment, Span, Style, Target

Place = Literal[
    "center", "top", "bottom", "left", "right", "top-left", "top-right", "bottom-left", "bottom-right"
]
Direction = Literal["up", "down", "left", "right"]


class Frame(BaseModel):
    """One wish. `frame` is its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    frame: str

    def data(self) -> dict[str, Any]:
        """As JSON, without what was not said."""
        return {"frame": self.frame, **self.model_dump(mode="json", exclude_defaults=True)}


# ---- what there is, and in which order


class CutOut(Frame):
    """Stretches of time go, and the gaps close: "cut the first 3 seconds", "cut 0:03 to 0:06 out of b.mp4"."""

    frame: Literal["cut_out"] = "cut_out"
    target: Annotated[
        Target | None, Field(description="The clip whose time is meant; none: the timeline's.")
    ] = None
    spans: tuple[Span, ...] = ()
    assumed: Annotated[bool, Field(description="Nobody said that it is the end that goes.")] = False


class Keep(Frame):
    """Only these stretches stay: "keep 0:02 to 0:05", "only the last 10 seconds"."""

    frame: Literal["keep"] = "keep"
    target: Target | None = None
    spans: tuple[Span, ...] = ()


class Fit(Frame):
    """A length is reached by cutting: "trim it to 30 seconds", "2 seconds shorter", "one third shorter"."""

    frame: Literal["fit"] = "fit"
    target: Target | None = None
    length: Length | None = None
    by: Length | None = None
    longer: Annotated[
        bool, Field(description='"a second longer": for what lies over or under the picture.')
    ] = False
    edge: Annotated[Literal["start", "end"], Field(description="Where it is cut.")] = "end"
    cuts: Annotated[bool, Field(description="Whether cutting was spoken of, and not only a length.")] = True


class Remove(Frame):
    """Whole things go: "delete the second clip", "no music", "remove all titles"."""

    frame: Literal["remove"] = "remove"
    target: Target | None = None
    spans: Annotated[tuple[Span, ...], Field(description="Only where these are.")] = ()


class KeepOnly(Frame):
    """All clips but these go: "keep only the first clip"."""

    frame: Literal["keep_only"] = "keep_only"
    target: Target


class Split(Frame):
    """A clip is cut in two or more, and nothing goes."""

    frame: Literal["split"] = "split"
    target: Target | None = None
    at: tuple[Moment, ...] = ()
    parts: int | None = None
    every: Length | None = None


class Move(Frame):
    """To another place in the order, or on the timeline: "c.mp4 first", "the music to 0:03", "a second later"."""

    frame: Literal["move"] = "move"
    target: Target | None = None
    place: Annotated[int | None, Field(description="In the order of clips: 1 is first, -1 last.")] = None
    before: Target | None = None
    after: Target | None = None
    at: Moment | None = None
    shift_ms: int | None = None


class Order(Frame):
    """All clips anew: "b, c, a", "reverse the order", "shortest first"; `by` with targets: those among each other."""

    frame: Literal["order"] = "order"
    targets: tuple[Target, ...] = ()
    by: Literal["reverse", "name", "longest", "shortest"] | None = None
    each: Annotated[Length | None, Field(description="How much of each of them is played.")] = None
    only: Annotated[bool, Field(description="Nothing but those.")] = False


class Swap(Frame):
    """Two clips change places."""

    frame: Literal["swap"] = "swap"
    first: Target | None = None
    second: Target | None = None


class Duplicate(Frame):
    """A copy: of a clip right after it or where `move` says, of a title at another moment."""

    frame: Literal["duplicate"] = "duplicate"
    target: Target | None = None
    times: Annotated[int, Field(description="How many copies are added.")] = 1
    place: int | None = None
    before: Target | None = None
    after: Target | None = None
    at: Moment | None = None
    length: Length | None = None
    words: str | None = None
    speed: Annotated[Amount | None, Field(description='How fast the copy is: "once more at half speed".')] = (
        None
    )


class Insert(Frame):
    """A file becomes a clip of the picture: "add b.mp4 at the end", "insert 2 s of c.mp4 at 0:03"."""

    frame: Literal["insert"] = "insert"
    files: tuple[Target, ...] = ()
    at: Moment | None = None
    place: int | None = None
    before: Target | None = None
    after: Target | None = None
    part: Span | None = None
    length: Length | None = None
    again: Annotated[bool, Field(description="Once more, where it is there already.")] = False


class Merge(Frame):
    """The clips become one film: what isn't placed yet is placed after the others."""

    frame: Literal["merge"] = "merge"
    count: Annotated[int | None, Field(description="How many, where it was said.")] = None


class Cover(Frame):
    """A film or photo lies over the picture and fills it, and the sound below goes on: b-roll."""

    frame: Literal["cover"] = "cover"
    file: Target | None = None
    over: Target | None = None
    span: Span | None = None
    at: Moment | None = None
    length: Length | None = None


class Overlay(Frame):
    """A logo, a watermark or a small film over the picture."""

    frame: Literal["overlay"] = "overlay"
    file: Target | None = None
    place: Place | None = None
    scale: float | None = None
    opacity: float | None = None
    inset: bool = False
    span: Span | None = None
    at: Moment | None = None
    length: Length | None = None
    over: Target | None = None


class Replace(Frame):
    """One file in the place of another: "use new.mp3 instead of the music"."""

    frame: Literal["replace"] = "replace"
    target: Target | None = None
    file: Target | None = None
    length: Annotated[Length | None, Field(description="So much of a film, so long a photo.")] = None


class Slideshow(Frame):
    """Photos one after the other: "the photos as a slideshow, 2 seconds each"."""

    frame: Literal["slideshow"] = "slideshow"
    images: Annotated[tuple[Target, ...], Field(description="None named: all that wait.")] = ()
    length: Annotated[Length | None, Field(description="How long each is shown.")] = None
    lengths: Annotated[tuple[Length, ...], Field(description="For each of the images one.")] = ()
    total: Annotated[Length | None, Field(description="How long all of it is.")] = None
    type: Annotated[str | None, Field(description="How each passes into the next.")] = None
    transition_length: Length | None = None
    place: Annotated[int | None, Field(description="Where in the order of the clips it comes.")] = None
    before: Target | None = None
    after: Target | None = None
    reverse: bool = False
    aspect: Annotated[str | None, Field(description='"a vertical slideshow".')] = None
    lead: Annotated[bool, Field(description="The named ones come first, and the others after them.")] = False
    through: Annotated[
        bool, Field(description="From the one that is named to the other, with those between.")
    ] = False


class CutSilences(Frame):
    """Silences go: "cut out pauses longer than 1 second"."""

    frame: Literal["silences"] = "silences"
    target: Target | None = None
    length: Annotated[Length | None, Field(description="The shortest that goes.")] = None


class AddMusic(Frame):
    """A sound under the picture."""

    frame: Literal["add_music"] = "add_music"
    file: Target | None = None
    span: Span | None = None
    at: Moment | None = None
    length: Length | None = None
    over: Target | None = None
    rest: Annotated[bool, Field(description="From where the music before it ends.")] = False
    once: Annotated[bool, Field(description="It isn't played again: another comes after it.")] = False
    cuts: Annotated[bool, Field(description="At each cut.")] = False
    source: Annotated[Length | None, Field(description="Where in its file it starts.")] = None
    volume: Amount | None = None
    softer: Annotated[Target | None, Field(description="Only under these clips it is that loud.")] = None
    fade_in: Length | None = None
    fade_out: Length | None = None


# ---- how it plays and sounds


class SetSpeed(Frame):
    frame: Literal["set_speed"] = "set_speed"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    amount: Amount = Amount()
    length: Annotated[Length | None, Field(description="So fast that it is so long.")] = None


class Reverse(Frame):
    frame: Literal["reverse"] = "reverse"
    target: Target | None = None
    spans: tuple[Span, ...] = ()


class Freeze(Frame):
    """The picture stands still at a moment, and the rest comes later."""

    frame: Literal["freeze"] = "freeze"
    target: Target | None = None
    at: Moment | None = None
    length: Length | None = None


class SetVolume(Frame):
    frame: Literal["set_volume"] = "set_volume"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    amount: Amount = Amount()


class Mute(Frame):
    frame: Literal["mute"] = "mute"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    muted: bool = True


class ChooseSound(Frame):
    """Which sound tracks of a file are heard: "use the second track", "mix both microphones"."""

    frame: Literal["choose_sound"] = "choose_sound"
    target: Annotated[
        Target | None, Field(description="A clip of the file; none: the only one with several.")
    ] = None
    tracks: Annotated[tuple[int, ...], Field(description="By number, from 1.")] = ()
    called: Annotated[tuple[str, ...], Field(description='By title: "the commentary".')] = ()
    every: Annotated[bool, Field(description="All of them, mixed.")] = False


class Fade(Frame):
    """In, out or both; a length of 0 takes one away. `of` says whether the picture or the sound is meant."""

    frame: Literal["fade"] = "fade"
    target: Target | None = None
    into: bool = False
    out: bool = False
    length: Length | None = None
    in_length: Length | None = None
    out_length: Length | None = None
    of: Literal["sound", "picture"] | None = None
    colour: str | None = None
    off: bool = False
    each: bool = False
    at: Annotated[Moment | None, Field(description="Where it begins to fade out.")] = None


class Duck(Frame):
    """The music goes down while somebody speaks."""

    frame: Literal["duck"] = "duck"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    amount_db: float | None = None
    off: bool = False


class Normalize(Frame):
    """Sounds are brought to one loudness: "normalize to -16 LUFS", "match the volume of the clips"."""

    frame: Literal["normalize"] = "normalize"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    lufs: Annotated[
        float | None, Field(description="The loudness to reach; none: what all of them reach.")
    ] = None
    like: Annotated[Target | None, Field(description="As loud as that one.")] = None
    even: Annotated[bool, Field(description='"even out": whether one sound was meant by itself.')] = False
    export: bool = False


class Transition(Frame):
    """How one clip goes over into the next."""

    frame: Literal["transition"] = "transition"
    target: Annotated[Target | None, Field(description="Clips that go over; none: all of them.")] = None
    into: Annotated[bool, Field(description="Only where the target comes in.")] = False
    out: Annotated[bool, Field(description="Only where the target goes out.")] = False
    cuts: Annotated[tuple[int, ...], Field(description="Which cuts, from 1.")] = ()
    others: Annotated[bool, Field(description="All cuts but those that are told.")] = False
    type: str | None = None
    way: Direction | None = None
    length: Length | None = None
    off: bool = False


# ---- words


class AddText(Frame):
    frame: Literal["add_text"] = "add_text"
    words: str | None = None
    at: Moment | None = None
    span: Span | None = None
    length: Length | None = None
    over: Annotated[
        Target | None, Field(description="What it lies over, and for how long it is then shown.")
    ] = None
    place: Place | None = None
    style: Style = Style()
    caption: bool = False
    file: Annotated[str, Field(description="An SRT or WebVTT file that was named.")] = ""
    whole: Annotated[bool, Field(description="As long as the picture.")] = False
    blank: Annotated[bool, Field(description='On "a black screen", which there is none of.')] = False
    fade_in: Length | None = None
    fade_out: Length | None = None


class OwnSubtitles(Frame):
    """The subtitles that a film has in its file become captions: "use the film's own subtitles"."""

    frame: Literal["own_subtitles"] = "own_subtitles"
    target: Annotated[
        Target | None, Field(description="A clip of the film; none: the only one that has some.")
    ] = None
    track: Annotated[int, Field(ge=1, description="Its number among the film's subtitles.")] = 1
    place: Place | None = None
    style: Style = Style()


class AddTexts(Frame):
    """Several at once: one on each clip, or one after the other where no clips are spoken of."""

    frame: Literal["add_texts"] = "add_texts"
    words: tuple[str, ...] = ()
    of: Annotated[
        Literal["numbers", "names"] | None, Field(description='What each says by itself: "number the clips".')
    ] = None
    each: Annotated[Target | None, Field(description="What they lie over; none: they follow each other.")] = (
        None
    )
    at: Annotated[Moment | None, Field(description="Of each clip, or where the first begins.")] = None
    length: Annotated[Length | None, Field(description="How long each is shown.")] = None
    place: Place | None = None
    style: Style = Style()
    caption: bool = False


class ChangeText(Frame):
    """Other words: all of them, or only `old`."""

    frame: Literal["change_text"] = "change_text"
    target: Target | None = None
    words: str | None = None
    old: str | None = None
    every: Annotated[bool, Field(description="In all texts that have `old`.")] = False
    span: Annotated[Span | None, Field(description='Only there: "from 0:18 on it should say …".')] = None
    style: Style = Style()


class Restyle(Frame):
    frame: Literal["restyle"] = "restyle"
    target: Target | None = None
    style: Style = Style()
    old: Annotated[str | None, Field(description="Only those of that colour.")] = None


class Retime(Frame):
    """When and how long something over or under the picture is there: "make the title last 5 seconds"."""

    frame: Literal["retime"] = "retime"
    target: Target | None = None
    at: Moment | None = None
    span: Span | None = None
    length: Length | None = None
    until: Moment | None = None
    shift_ms: int | None = None
    whole: bool = False
    over: Target | None = None


# ---- how it looks


class Grade(Frame):
    """A look on the picture, more or less of it, or none any more."""

    frame: Literal["grade"] = "grade"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    looks: Annotated[tuple[str, ...], Field(description="Names as in the draft: warm, brightness …")] = ()
    amount: Amount = Amount()
    only: Annotated[
        tuple[str, ...], Field(description='Whose amount it is: "black and white with a bit more contrast".')
    ] = ()
    off: bool = False
    like: Annotated[
        Target | None, Field(description='Whose look it takes: "make it look like the first".')
    ] = None


class Arrange(Frame):
    """Where something lies on the canvas, how large, how far it is seen through."""

    frame: Literal["arrange"] = "arrange"
    target: Target | None = None
    place: Place | None = None
    step: Direction | None = None
    bit: bool = False
    other_side: bool = False
    bigger: Literal[-2, -1, 0, 1, 2] = 0
    scale: float | None = None
    times: Annotated[float | None, Field(description='So often as large as now: 0.5 is "half its size".')] = (
        None
    )
    opacity: float | None = None


class Zoom(Frame):
    frame: Literal["zoom"] = "zoom"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    at: Moment | None = None
    amount: Amount = Amount(up=True)
    place: Place | None = None
    moving: Annotated[bool, Field(description='"slowly": from one size to another.')] = False
    crop: bool = False
    off: bool = False


class Turn(Frame):
    """Rotated, clockwise in degrees, or mirrored."""

    frame: Literal["turn"] = "turn"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    degrees: float | None = None
    flip: Literal["h", "v"] | None = None


class Canvas(Frame):
    frame: Literal["canvas"] = "canvas"
    aspect: str | None = None
    size: tuple[int | None, int] | None = None
    fit: Literal["cover", "contain", "blur"] | None = None
    background: str | None = None
    target: Annotated[Target | None, Field(description="What the fit is for; none: all clips.")] = None


# ---- the conversation itself


class Undo(Frame):
    """Steps back; or only what `about` names, and all else stays."""

    frame: Literal["undo"] = "undo"
    steps: Annotated[int, Field(description="How many; with `about`, of those that did it.")] = 1
    everything: bool = False
    about: Target | None = None
    aspects: Annotated[tuple[str, ...], Field(description="Names of frames that are meant.")] = ()
    looks: Annotated[tuple[str, ...], Field(description="Of looks only these.")] = ()
    type: Annotated[str | None, Field(description="Of transitions only those.")] = None
    edge: Annotated[
        Literal["start", "end"] | None,
        Field(description='Of cuts only those there: "keep the end after all".'),
    ] = None
    number: Annotated[int | None, Field(description="The n-th wish of the last list.")] = None
    to: Annotated[Literal["start", "before"] | None, Field(description="How everything was at first.")] = None


def cuts_there(done: Mapping[str, Any], edge: str) -> bool:
    """Whether a frame, as data, cuts something off at that edge."""
    how = "head" if edge == "start" else "tail"
    return done.get("frame") == "cut_out" and any(span.get("how") == how for span in done.get("spans", ()))


class Redo(Frame):
    frame: Literal["redo"] = "redo"
    steps: int = 1


# What each frame changes, as `Restore` names it.
ASPECTS = {
    "set_speed": "speed", "set_volume": "volume", "mute": "volume", "grade": "look", "fade": "fade", "zoom": "size",
    "arrange": "position",
}  # fmt: skip


class Restore(Frame):
    """Something as it was before it was changed: "the vows back to colour", "normal speed again"."""

    frame: Literal["restore"] = "restore"
    target: Target | None = None
    aspects: Annotated[
        tuple[str, ...], Field(description="speed, volume, look, size, position, opacity, fade, style …")
    ] = ()
    looks: Annotated[
        tuple[str, ...], Field(description="Only these of its looks; all where none is told.")
    ] = ()
    style: Annotated[Style, Field(description='Of words, as when they were so: "the yellow one".')] = Style()
    to: Annotated[
        Literal["normal", "before"],
        Field(description="As media are by themselves, or as before that was changed last."),
    ] = "normal"


class Spare(Frame):
    """What the other wishes are not to touch: "leave the rest as it is"."""

    frame: Literal["spare"] = "spare"
    target: Target | None = None


class Follow(Frame):
    """What only changes or repeats the wish before: "hmm 70%", "ceremony too", "except the sunset one", "at the end".

    `dialogue` makes a whole frame of it, from the one that it follows.
    """

    frame: Literal["follow"] = "follow"
    target: Target | None = None
    spans: tuple[Span, ...] = ()
    at: Moment | None = None
    length: Length | None = None
    amount: Amount = Amount()
    place: Place | None = None
    style: Style = Style()
    words: str | None = None
    looks: tuple[str, ...] = ()
    type: str | None = None
    like: Annotated[str, Field(description='The frame that is named: "the same look".')] = ""
    timed: Annotated[bool, Field(description='"a bit longer": it is a length that is to change.')] = False
    then: Annotated[bool, Field(description='"And after that …": it comes after what was done last.')] = False
    way: Annotated[
        Literal["also", "except", "only", "instead", ""], Field(description="How it stands to that wish.")
    ] = ""
    shift_ms: Annotated[int | None, Field(description='"Two seconds earlier": from when it is now.')] = None
    halfway: Annotated[
        bool, Field(description='"Somewhere in between": of what it was before and what it is now.')
    ] = False
    refused: Annotated[
        Target | None, Field(description="The one that isn't meant, beside the one that is.")
    ] = None


class Question(Frame):
    frame: Literal["question"] = "question"
    about: Literal[
        "length",
        "list",
        "count",
        "changes",
        "volume",
        "size",
        "which",
        "longest",
        "shortest",
        "compare",
        "when",
        "speed",
        "looks",
        "at",
    ] = "list"
    target: Target | None = None
    kinds: Annotated[tuple[str, ...], Field(description="The kinds of things that are asked about.")] = ()
    number: float | None = None
    at: Moment | None = None


class Beyond(Frame):
    """What isn't made here: a new voice, new footage, a publication. It is refused, with what can be done instead."""

    frame: Literal["beyond"] = "beyond"
    kind: Annotated[str, Field(description="The name of the `Beyond` concept, in small letters.")] = (
        "generate"
    )
    wish: Annotated[str, Field(description="In the user's words.")] = ""


class Talk(Frame):
    """Nothing is wished for: thanks, praise, a greeting."""

    frame: Literal["talk"] = "talk"
    kind: Literal["thanks", "praise", "greeting", "yes", "no", "reason"] = "praise"


AnyFrame = Annotated[
    CutOut | Keep | Fit | Remove | KeepOnly | Split | Move | Order | Swap | Duplicate | Insert | Merge | Cover
    | Overlay | Replace | Slideshow | CutSilences | AddMusic | SetSpeed | Reverse | Freeze | SetVolume | Mute
    | ChooseSound | Fade | Duck | Normalize | Transition | AddText | OwnSubtitles | AddTexts | ChangeText | Restyle
    | Retime | Grade | Arrange | Zoom
    | Turn | Canvas | Undo | Redo | Restore | Spare | Follow | Question | Beyond | Talk,
    Field(discriminator="frame"),
]  # fmt: skip

_ADAPTER: TypeAdapter[AnyFrame] = TypeAdapter(AnyFrame)


def frame_of(raw: Any) -> Frame:
    """A frame from JSON. pydantic's ValidationError where it is none."""
    found: Frame = _ADAPTER.validate_python(raw)
    return found
