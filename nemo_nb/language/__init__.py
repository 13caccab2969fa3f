"""What requests are made of: typed tokens, concepts and clauses, in English and Chinese. Pure.

One parser serves the chat's routes and the engine's planner:

>>> request = parse("cut the first 3 seconds, then export")
>>> [clause.text for clause in request.clauses]
['cut the first 3 seconds', 'export']
>>> request.clauses[0].has(Do.CUT), request.clauses[0].values(Kind.TIME)
(True, [3000])

The words of a language are tables in `nemo_nb.tongues`.
"""

from .abilities import ABILITIES, Ability
from .captions import Cue, cues, detach
from .clauses import Clause, Request, parse
from .concepts import (
    Ask,
    Beyond,
    Blend,
    Concept,
    Degree,
    Do,
    Filler,
    Join,
    Look,
    Particle,
    Shape,
    Standard,
    Thing,
    When,
    Where,
)
from .corrections import dismisses, takes_back
from .detect import Language, detect_language, language_of_machine
from .manner import asks, declines, only_polite, rejects, unfinished
from .tokens import Kind, Token

__all__ = [
    "ABILITIES", "Ability", "Ask", "Beyond", "Blend", "Clause", "Concept", "Cue", "Degree", "Do", "Filler", "Join",
    "Kind", "Language", "Look", "Particle", "Request", "Shape", "Standard", "Thing", "Token", "When", "Where",
    "asks", "cues", "declines", "detach", "detect_language", "dismisses", "language_of_machine",
    "only_polite", "parse", "rejects", "takes_back", "unfinished",
]  # fmt: skip
