"""Small English words that decide how a sentence is taken apart and how it is meant."""

from __future__ import annotations

# ---- words and whole messages that take something back, or that say that nothing is wanted any more
TAKES_BACK = (
    r"(?:(?:no|nope|sorry|wait|oops|actually)\b[\s,.!…]*)*"
    r"(?:no|nope|wait|i (?:said|meant?)|make that|not that)\b"
)
DISMISSES = (
    r"(?:(?:ok|okay|oh|actually|no)\b[\s,.]*)*(?:never ?mind|nvm|forget (?:it|about it)|nope|"
    r"no(?:,? (?:thanks|thank you))?|leave it(?: as it is)?|nothing|skip (?:it|that)|don't bother)"
)
NARROWING = frozenset({"only", "just"})
BARE_CORRECTIONS = frozenset({"no", "sorry"})  # only where something of the same kind stands on both sides
AFTER_NO = frozenset({"the", "it", "that", "this", "i", "we"})
INTERJECTIONS = frozenset({"no"})  # before a comma they refuse nothing
THEREFORE = frozenset({"so"})  # "it has to fit, so play it faster"
SLIPS_FOR_AND = frozenset({"an"})  # before a verb that an article doesn't fit

# ---- how something is meant
CONTRASTING = frozenset({"not", "never"})  # "not the music"
JUST = frozenset({"just", "simply", "only"})
TOO = ("too ",)  # what a judgement starts with: "too loud"
ASKS_FIRST = True  # "what is …": a word for a question comes early
# Words that a sentence can't end in: something was to come.
DANGLING = frozenset(
    "the an with of my your want need would could should insert from into onto to by".split()
)
EACH_OF_THEM = frozenset[str]()  # before what each of several things gets
ONLY_GOES_ON = frozenset[str]()  # words for "then" that say, after a moment, what is to be done there
SPEEDS: tuple[str, ...] = ()  # what a factor ends in that says that it is of the speed

TRACKS = frozenset({"v1", "v2", "v3", "a1", "a2", "a3", "a4"})  # what editors call their tracks

# ---- between the two times of a range
ARTICLES: frozenset[str] = frozenset()

UNTIL = r"to"
