"""Small German words that decide how a sentence is taken apart and how it is meant."""

from __future__ import annotations

TAKES_BACK = (
    r"(?:(?:nein|nee|moment|halt|warte|ups|sorry|ach|doch)\b[\s,.!…]*)*"
    r"(?:nein|nee|moment|warte|ich meinte?|ich meine|nicht das|quatsch|falsch)\b"
)
DISMISSES = (
    r"(?:(?:ok|okay|ach|na|nein)\b[\s,.]*)*(?:vergiss es|egal|schon gut|lass es|lass gut sein|macht nichts|nichts|"
    r"nein(?:,? danke)?|nee|lass es so|nicht nötig|hat sich erledigt|doch nicht)"
)
NARROWING = frozenset({"nur", "bloß"})
BARE_CORRECTIONS = frozenset({"nein", "nee"})
AFTER_NO = frozenset({"das", "der", "die", "den", "es", "ich", "doch"})
INTERJECTIONS = frozenset({"nein", "nee"})
# What a noun comes after: no particle of a verb stands before it.
ARTICLES: frozenset[str] = frozenset(
    "der die das den dem des ein eine einen einem einer eines mein meine meinen meinem unser unsere".split()
)
THEREFORE: frozenset[str] = frozenset()
SLIPS_FOR_AND: frozenset[str] = frozenset()

CONTRASTING = frozenset({"nicht"})
JUST = frozenset({"nur", "bloß", "einfach", "lediglich"})
TOO = ("zu ",)
ASKS_FIRST = True
DANGLING = frozenset(
    "der dem den einen einem mit von vom mein meine möchte würde könnte soll füge setze bei bis und für".split()
)
EACH_OF_THEM: frozenset[str] = frozenset({"jeweils"})
ONLY_GOES_ON: frozenset[str] = frozenset()
SPEEDS: tuple[str, ...] = ()
TRACKS = frozenset[str]()

UNTIL = r"bis"
