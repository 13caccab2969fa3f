"""The ideas that requests are made of, whatever the language. Lexicons map phrases to these."""

from __future__ import annotations

from enum import Enum, auto


class _Idea(Enum):
    """Members are equal to nothing but themselves: `Where.LEFT` is not some other list's `LEFT`."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name.lower()


class Do(_Idea):
    """What is to be done."""

    CUT = auto()  # take away
    CUT_HEAD = auto()
    CUT_TAIL = auto()
    FIT = auto()  # cut to a length
    TRIM = auto()  # take away, or keep: the range decides
    KEEP = auto()
    SPLIT = auto()
    ADD = auto()
    SCORE = auto()  # to add, music
    PUT = auto()  # give something a place
    MOVE = auto()
    LEAD = auto()  # to come first
    CAPTION = auto()  # to put captions
    GO = auto()  # "the end can go": away, or where the rest of the sentence says
    OPEN = auto()  # to add, at the start
    HARD_CUT = auto()  # no transition
    SKIP_TO = auto()  # to start there
    CLOSE = auto()  # to add, at the end
    REORDER = auto()  # to move, in the order that is told
    SWAP = auto()
    MERGE = auto()
    REPEAT = auto()
    PLAY = auto()
    FASTER = auto()
    SLOWER = auto()
    REVERSE = auto()
    REVERSE_ORDER = auto()
    FREEZE = auto()
    MUTE = auto()
    UNMUTE = auto()
    LOUDER = auto()
    QUIETER = auto()
    DUCK = auto()
    NORMALIZE = auto()
    EVEN = auto()  # to make alike, sound where sound is spoken of
    FADE = auto()
    FADE_IN = auto()
    FADE_OUT = auto()
    TO_BLACK = auto()
    FROM_BLACK = auto()
    SET = auto()
    CHANGE = auto()
    SAY = auto()
    WRITE = auto()  # to add, with these words
    CROP = auto()
    ZOOM = auto()
    ZOOM_OUT = auto()
    ROTATE = auto()
    COUNTERCLOCKWISE = auto()
    UPSIDE_DOWN = auto()
    OTHER_WAY = auto()  # as far round to the other side
    MIRROR = auto()
    SLIDESHOW = auto()
    SCALE = auto()
    BIGGER = auto()
    SMALLER = auto()
    UNDO = auto()
    CUT_BOTH_ENDS = auto()
    SPARE = auto()  # to leave as it is
    BACK = auto()  # to redo where something was undone, else to undo
    RESET = auto()  # to undo all
    REDO = auto()
    EXPORT = auto()
    UPLOAD = auto()
    CLICK = auto()
    SHOW = auto()


class Thing(_Idea):
    """What it is done to."""

    VIDEO = auto()
    WHOLE = auto()  # all of the video
    CLIP = auto()
    MUSIC = auto()
    SOUND = auto()
    TITLE = auto()
    CAPTIONS = auto()
    IMAGE = auto()
    LOGO = auto()
    TRANSITION = auto()
    LOOK = auto()
    FADE = auto()
    VOLUME = auto()
    SPEED = auto()
    OPACITY = auto()
    BACKGROUND = auto()
    CHANGE = auto()
    ORDER = auto()
    REST = auto()
    B_ROLL = auto()
    NEXT = auto()  # the clip that comes after
    IT = auto()
    ALL = auto()
    THESE = auto()
    CREDITS = auto()
    STATUS = auto()
    FORMAT = auto()
    SETTINGS = auto()
    FILE = auto()
    PARTS = auto()
    BLANK = auto()
    PLAYHEAD = auto()
    LENGTH = auto()
    SILENCES = auto()
    DIMENSIONS = auto()


class When(_Idea):
    """Words that make times into places on the timeline."""

    FIRST = auto()
    LAST = auto()
    START = auto()
    END = auto()
    MIDDLE = auto()
    FROM = auto()
    TO = auto()
    BETWEEN = auto()
    AT = auto()
    AFTER = auto()
    BEFORE = auto()
    FOR = auto()
    OFF = auto()
    BY = auto()
    EXCEPT = auto()
    BOTH_ENDS = auto()
    BEFORE_END = auto()  # so long before it
    AT_THE_CUT = auto()  # where something was cut out
    EARLIER = auto()
    LATER = auto()
    EACH = auto()
    FOR_NEXT = auto()  # of a thing that follows another one


class Where(_Idea):
    """Places on the canvas, named as in the draft."""

    CENTER = "center"
    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"
    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"
    CORNER = "corner"


class Shape(_Idea):
    """Shapes of the canvas, as aspect ratios; and how the picture fills it."""

    VERTICAL = "9:16"
    SQUARE = "1:1"
    LANDSCAPE = "16:9"
    COVER = "cover"
    BLUR = "blur"
    CONTAIN = "contain"


class Look(_Idea):
    """Looks, named as in the draft, and directions for those that go both ways."""

    GRAYSCALE = auto()
    SEPIA = auto()
    WARM = auto()
    COOL = auto()
    CINEMATIC = auto()
    VINTAGE = auto()
    VIVID = auto()
    BLUR = auto()
    SHARPEN = auto()
    VIGNETTE = auto()
    BRIGHTER = auto()
    DARKER = auto()
    MORE_CONTRAST = auto()
    LESS_CONTRAST = auto()
    MORE_COLOUR = auto()
    LESS_COLOUR = auto()
    SOFT = auto()


class Blend(_Idea):
    """Transitions, named as in the draft."""

    CROSSFADE = "crossfade"
    DIP_BLACK = "dip-black"
    DIP_WHITE = "dip-white"
    WIPE = "wipe-left"
    SLIDE = "slide-left"
    CIRCLE = "circle"


class Degree(_Idea):
    """How much."""

    A_BIT = auto()
    MUCH = auto()
    HALF = auto()
    THIRD = auto()
    QUARTER = auto()
    DOUBLE = auto()
    SOFTLY = auto()
    LESS = auto()
    LONGER = auto()
    BOLD = auto()
    ITALIC = auto()
    OUTLINED = auto()
    SHADOWED = auto()


class Standard(_Idea):
    """Where it will be heard, and so how loud it shall be."""

    STREAMING = auto()
    PODCAST = auto()
    BROADCAST = auto()


class Ask(_Idea):
    """What makes a sentence a question, and what it asks for."""

    WHAT = auto()
    WHERE = auto()
    WHEN = auto()
    HOW = auto()
    HOW_LONG = auto()
    HOW_MANY = auto()
    HOW_LOUD = auto()
    HOW_FAST = auto()
    WHICH = auto()
    LONGEST = auto()
    SHORTEST = auto()
    WHETHER = auto()
    ABILITIES = auto()


class Beyond(_Idea):
    """What this editor cannot do."""

    DUB = auto()
    VOICE = auto()
    GENERATE = auto()
    ANIMATE = auto()
    FACE = auto()
    TRANSCRIBE = auto()
    TRANSLATE = auto()
    HIGHLIGHTS = auto()
    FILLERS = auto()
    ERASE = auto()
    STABILIZE = auto()
    DENOISE = auto()
    PUBLISH = auto()
    CUTOUT = auto()
    SHRINK = auto()
    FORMAT = auto()
    SPLIT_EDIT = auto()
    VERSIONS = auto()
    RAMP = auto()
    FONT = auto()
    MOTION = auto()
    EFFECT = auto()
    TONE = auto()
    SPLIT_SCREEN = auto()
    PROJECT = auto()


class Particle(_Idea):
    """Small words that turn a verb that stands apart from them: "fade the music *in*", "turn it *down*"."""

    IN = auto()
    OUT = auto()
    UP = auto()
    DOWN = auto()


class Join(_Idea):
    """What holds clauses together."""

    THEN = auto()
    AND = auto()


class Filler(_Idea):
    """What may stand anywhere without changing what is meant, and what does change it."""

    WORD = auto()
    NOT = auto()
    CORRECTION = auto()  # "no, I mean"
    RATHER = auto()  # than what comes next
    YET = auto()
    VAGUE = auto()
    DISLIKE = auto()


Concept = (
    Do
    | Thing
    | When
    | Where
    | Shape
    | Look
    | Blend
    | Degree
    | Standard
    | Ask
    | Beyond
    | Particle
    | Join
    | Filler
)
