"""The rules, one family a file. Each is given a clause that nobody read, and says whether it was meant.

A rule that says yes has put a refusal, a question or an answer on the scene; none edits. The order matters where a
clause could be two things: what is more particular comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from ....language import Clause
from ..scene import Scene
from . import beyond, missing, questions

Rule = Callable[[Clause, Scene], bool]

RULES: tuple[Rule, ...] = (
    questions.question,
    missing.colour,
    beyond.beyond,
    beyond.negated,
    beyond.blank,
    beyond.export,
    questions.state,
    missing.missing,
    beyond.vague,
)
