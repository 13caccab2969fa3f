"""What can be said, family by family: examples that work, and the words that mean the same.

"What can you do?" is answered from this, and `docs/what-you-can-say.md` is made of it by `page`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..tongues import LANGUAGES, Language, table
from .concepts import Blend, Concept, Do, Look, Shape, Thing
from .lexicon import LEXICONS

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Ability:
    """A family of edits: its name and examples in each language, the ideas whose words it is said with."""

    title: Mapping[Language, str]
    examples: Mapping[Language, tuple[str, ...]]
    ideas: tuple[Concept, ...] = ()

    def words(self, language: Language) -> tuple[str, ...]:
        """The first words of each idea, as the lexicon has them."""
        shared = max(2, _MOST_WORDS // max(1, len(self.ideas)))
        own = LEXICONS[language][0]
        return tuple(word for idea in self.ideas for word in own.plain(idea)[:shared])


# The families, in the order in which they are told, with the ideas whose words are listed.
_IDEAS: Mapping[str, tuple[Concept, ...]] = {
    "cut": (Do.CUT, Do.KEEP, Do.TRIM, Thing.SILENCES),
    "order": (Do.SPLIT, Do.MOVE, Do.SWAP, Do.REPEAT),
    "speed": (Do.FASTER, Do.SLOWER, Do.FREEZE, Do.REVERSE),
    "sound": (Do.LOUDER, Do.QUIETER, Do.MUTE, Do.FADE_OUT, Do.NORMALIZE),
    "titles": (Thing.TITLE, Thing.CAPTIONS),
    "pictures": (Do.SLIDESHOW, Thing.LOGO),
    "b_roll": (Thing.B_ROLL,),
    "look": (Look.GRAYSCALE, Look.WARM, Look.CINEMATIC, Do.ROTATE),
    "transitions": (Blend.CROSSFADE, Blend.WIPE, Do.FADE_IN, Do.TO_BLACK),
    "shape": (Shape.VERTICAL, Shape.SQUARE, Shape.BLUR),
    "steps": (Do.UNDO, Do.REDO, Do.EXPORT),
}


def _ability(key: str, ideas: tuple[Concept, ...]) -> Ability:
    said = {language: table(language, "abilities") for language in LANGUAGES}
    return Ability(
        {language: words.TITLES[key] for language, words in said.items()},
        {language: words.EXAMPLES[key] for language, words in said.items()},
        ideas,
    )


ABILITIES = tuple(_ability(key, ideas) for key, ideas in _IDEAS.items())


def page() -> str:
    """The page of the documentation, in Markdown."""
    lines = [
        "# What you can say",
        "",
        "Made from the lexicons by `nemo_nb.language.abilities.page`.",
        "",
    ]
    lines += [
        "Several things may stand in one sentence. English, German and Chinese, simplified and traditional, are",
        "understood alike. A sentence may go on from the edit before: “a bit longer”, “the same for b.mp4”,",
        "“no, bottom right”. Who puts himself right is believed: “cut the first 3, no, 4 seconds”; and so is who says",
        "what is not meant:",
        "“at the top, not the bottom”, “not the music”.",
        "",
    ]
    for ability in ABILITIES:
        lines += ["## " + " · ".join(ability.title.values()), ""]
        for said in ability.examples.values():
            lines += [f"- {example}" for example in said]
        for language in LANGUAGES:
            if words := ability.words(language):
                lines += ["", f"{table(language, 'abilities').WORDS}: " + ", ".join(words)]
        lines.append("")
    return "\n".join(lines)
