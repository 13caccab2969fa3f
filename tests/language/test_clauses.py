"""Clauses, concepts and slips of the keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.language import Do, Kind, Thing, parse
from nemo_nb.language.lexicon import LEXICONS
from nemo_nb.language.script import simplified


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("trim it, then export", ["trim it", "export"]),
        ("rotate it and mute it", ["rotate it", "mute it"]),
        ("cut the first 2 and the last 3 seconds", ["cut the first 2 and the last 3 seconds"]),
        ("keep 0:02 and 0:05. Thanks!", ["keep 0:02 and 0:05", "Thanks"]),
        ('add the title "stop, then export"', ['add the title "stop, then export"']),
        ("去掉前5秒，再加个淡入", ["去掉前5秒", "加个淡入"]),
        ("底部加字幕“好，再见”，白色", ["底部加字幕“好，再见”，白色"]),
    ],
)
def test_a_request_falls_into_its_wishes(text: str, clauses: list[str]) -> None:
    assert [clause.text for clause in parse(text).clauses] == clauses


def test_a_second_object_takes_over_the_verb() -> None:
    first, second = parse("add a title 'A' and music").clauses
    assert first.has(Do.ADD)
    assert second.has(Do.ADD)
    assert second.has(Thing.MUSIC)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cuut it", Do.CUT),
        ("delet it", Do.CUT),
        ("rotaet it", Do.ROTATE),
        ("expotr", Do.EXPORT),
        ("mutee", Do.MUTE),
    ],
)
def test_slips_of_the_keyboard_are_met(text: str, meant: Do) -> None:
    clause = parse(text).clauses[0]
    assert clause.has(meant)
    assert clause.text in text


@pytest.mark.parametrize("text", ["“cuut teh muzic”", "cuut.mp4", "my friend's party"])
def test_but_not_in_quotes_file_names_or_real_words(text: str) -> None:
    assert not any(clause.of(Do) for clause in parse(text).clauses)


@given(st.text(max_size=200))
def test_tokens_are_pieces_of_the_text_in_order(text: str) -> None:
    for clause in parse(text).clauses:
        for token in clause.tokens:
            said = text[token.start : token.end]
            assert token.text in (said, simplified(said))
        assert clause.text == text[clause.start : clause.end]


@given(st.text(max_size=40).filter(lambda text: "“" not in text and "”" not in text))
def test_quoted_text_stays_text(text: str) -> None:
    clauses = parse(f"add the title “{text}”").clauses
    assert [value for clause in clauses for value in clause.values(Kind.QUOTED)] == [text]


def test_every_language_says_everything_that_can_be_done() -> None:
    english, chinese = (set(LEXICONS[language][0].phrases) for language in ("en", "zh"))
    idioms = {Do.CUT_HEAD, Do.CUT_TAIL, Do.CUT_BOTH_ENDS, Do.CAPTION}  # one word in Chinese alone
    lacking = {concept for concept in english ^ chinese if isinstance(concept, Do)}
    assert lacking <= {Do.COUNTERCLOCKWISE, *idioms}
