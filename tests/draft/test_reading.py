"""A draft is read as it comes, and nothing in it is lost."""

from __future__ import annotations

import json
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.draft import Draft

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
ODD_SEGMENT = st.dictionaries(st.sampled_from(["s", "d", "m", "id", "extra"]), JSON)
ODD_TRACK = st.fixed_dictionaries(
    {}, optional={"sg": st.lists(ODD_SEGMENT, max_size=3), "tt": JSON, "m": JSON}
)
ODD_DRAFT = st.fixed_dictionaries(
    {}, optional={"t": st.lists(ODD_TRACK, max_size=3) | JSON, "m": JSON, "d": JSON}
)


def test_unknown_keys_survive_at_every_level(city_draft: dict) -> None:
    city_draft["x"] = {"deep": [1, 2.5, None]}
    city_draft["t"][0]["y"] = "kept"
    city_draft["t"][0]["sg"][0]["m"]["cloud_only"] = {"k": 1.0}
    assert Draft.read(city_draft).to_dict() == city_draft


@given(ODD_DRAFT)
def test_no_json_is_too_odd_to_be_read(raw: dict) -> None:
    draft = Draft.read(raw)
    assert repr(draft.to_dict()) == repr(raw)  # repr, because NaN is not equal to itself
    assert draft.summary().startswith("Timeline (")
    assert draft.duration_ms >= 0
    draft.frame()
    draft.diff(Draft.empty())


def test_a_missing_start_means_right_after_the_one_before() -> None:
    raw = {"t": [{"tt": 0, "sg": [{"d": 4000}, {"d": 1500}, {"s": 9000, "d": 1000}, {"d": 500}]}]}
    assert [segment.start_ms for segment in Draft.read(raw).segments] == [0, 4000, 9000, 10000]


def test_numbers_may_come_as_text_and_the_duration_is_the_latest_end() -> None:
    draft = Draft.read({"t": [{"tt": "0", "sg": [{"s": "1000", "d": "2000"}]}], "d": 99})
    assert draft.duration_ms == 3000


def test_what_is_no_object_reads_as_an_empty_draft() -> None:
    for nonsense in (None, [], "draft", 3):
        assert not Draft.read(nonsense).can_export


def test_the_canvas_has_defaults_and_exact_rates() -> None:
    assert Draft.empty().canvas.fps == 30
    assert Draft.read({"m": {"fps": "30000/1001"}}).canvas.fps == Fraction(30000, 1001)
    assert Draft.read({"m": {"fps": 29.97}}).canvas.fps == Fraction(30000, 1001)


def test_changing_what_was_given_or_got_does_not_change_the_draft(city_draft: dict) -> None:
    draft = Draft.read(city_draft)
    before = json.dumps(draft.to_dict())
    city_draft["t"].clear()
    draft.to_dict()["t"].clear()
    assert json.dumps(draft.to_dict()) == before


def test_the_summary_line_is_the_protocols(city_draft: dict) -> None:
    assert Draft.read(city_draft).summary() == (
        "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) "
        '3. Title: "Urban Dreams" (0-3s)'
    )
