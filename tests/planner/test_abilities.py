"""What is said to be possible is possible, and the page in the docs says the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from bank import Conversation

from nemo_nb.chat.routing import route
from nemo_nb.draft import Draft
from nemo_nb.engine.planner import Material, plan
from nemo_nb.language import ABILITIES
from nemo_nb.language.abilities import page

EXAMPLES = [example for ability in ABILITIES for said in ability.examples.values() for example in said]
# Where an example finds what it speaks of.
SETUPS = ("clip10", "music-placed", "clip+music", "titled", "clip+logo", "three", "images", "b-roll")


def understood(example: str, setup: str) -> bool:
    talk = Conversation(setup)
    pauses = {asset.asset: ((2000, 3500),) for asset in talk.assets}
    made = talk.planned(example, Material(talk.draft, talk.assets, 2, 2, pauses=pauses))
    return not (made.refusals or made.question) and bool(made.edits or made.answer)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_works(example: str) -> None:
    steps = route(example)
    if [step.kind for step in steps] != ["export"] and ".srt" not in example:
        assert any(understood(step.text, setup) for step in steps for setup in SETUPS)


def test_the_page_in_the_docs_is_the_lexicons() -> None:
    docs = Path(__file__).parents[2] / "docs" / "what-you-can-say.md"
    assert docs.read_text("utf-8") == page(), "write what nemo_nb.language.abilities.page gives into it"


@pytest.mark.parametrize(
    ("question", "family"), [("what can I say?", "Titles and captions"), ("你能做什么？", "标题与字幕")]
)
def test_what_can_i_say_lists_every_family(question: str, family: str) -> None:
    answer = plan(question, Material(Draft.empty())).answer or ""
    assert family in answer
    assert len(answer.splitlines()) == len(ABILITIES) + 1
