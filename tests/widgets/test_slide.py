"""Rows that only moved in time are told as a slide."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.widgets.slide import find_slide, slid

Rows = dict[str, dict[str, Any]]


def rows(starts: dict[int, int]) -> Rows:
    return {str(key): {"id": str(key), "start": start, "end": start + 10} for key, start in starts.items()}


HELD = st.dictionaries(st.integers(0, 40), st.integers(0, 400), max_size=40).map(rows)


def test_one_cut_is_one_slide_and_nothing_else() -> None:
    held = rows({n: n * 10 for n in range(100)})
    wanted = rows({n: n * 10 - (4 if n > 20 else 0) for n in range(100)})
    slide = find_slide(held, wanted)
    assert slide == {"from": 210, "to": 991, "by": -4}
    assert slid(held.values(), slide) == wanted


def test_a_few_rows_are_not_worth_it() -> None:
    assert find_slide(rows({1: 0, 2: 10}), rows({1: 5, 2: 15})) is None


@given(HELD, HELD)
def test_it_brings_at_least_eight_rows_to_their_place_and_loses_none(held: Rows, wanted: Rows) -> None:
    slide = find_slide(held, wanted)
    if slide is None:
        return
    after = slid(held.values(), slide)
    assert after.keys() == held.keys()
    assert sum(after[key] == wanted.get(key) != held[key] for key in held) >= 8
