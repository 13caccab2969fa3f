"""What may be written, and the hashes of it."""

from __future__ import annotations

import math

import pytest

from nemo_nb.draft import Draft
from nemo_nb.draft.edit import Edit
from nemo_nb.draft.schema import check
from nemo_nb.errors import DraftError


def test_the_documented_example_is_valid(city_draft: dict) -> None:
    check(Draft.read(city_draft))


def broken(draft: dict, change: str) -> dict:
    segment = draft["t"][0]["sg"][0]
    match change:
        case "no id":
            del segment["id"]
        case "float time":
            segment["d"] = 10000.0
        case "wrong total":
            draft["d"] = 9000
        case "unknown track type":
            draft["t"][0]["tt"] = 3
        case "speed 0":
            segment["m"]["speed"] = 0
        case "bad colour":
            draft["m"]["background"] = "red;drawbox"
        case "asset that is a path":
            segment["m"]["asset"] = "../../etc/passwd"
        case "same ids":
            draft["t"][1]["sg"][0]["id"] = segment["id"]
        case "overlap":
            draft["t"][0]["sg"].append({**segment, "id": "seg-9", "s": 5000, "d": 5000})
        case "not a number":
            segment["m"]["note"] = math.nan
        case "too large for JSON":
            segment["m"]["note"] = 2**60
        case "lone surrogate":
            segment["m"]["note"] = "\ud800"
    return draft


@pytest.mark.parametrize(
    "change",
    [
        "no id", "float time", "wrong total", "unknown track type", "speed 0", "bad colour", "asset that is a path",
        "same ids", "overlap", "not a number", "too large for JSON", "lone surrogate",
    ],
)  # fmt: skip
def test_what_may_not_be_written_is_refused_by_name(city_draft: dict, change: str) -> None:
    with pytest.raises(DraftError, match="not valid"):
        check(Draft.read(broken(city_draft, change)))


def test_neighbours_may_overlap_by_their_transition(city_draft: dict) -> None:
    first = city_draft["t"][0]["sg"][0]
    second = {**first, "id": "seg-9", "s": 9000, "d": 5000}
    second["m"] = first["m"] | {"transition": {"type": "crossfade", "duration_ms": 1000}}
    city_draft["t"][0]["sg"].append(second)
    city_draft["d"] = 14000
    check(Draft.read(city_draft))


def test_the_hash_is_of_the_content_and_not_of_its_order(city_draft: dict) -> None:
    reordered = dict(reversed(city_draft.items()))
    assert Draft.read(reordered).hash == Draft.read(city_draft).hash
    city_draft["t"][1]["sg"][0]["m"]["volume"] = 0.4
    assert Draft.read(city_draft).hash != Draft.read(reordered | {"d": 1}).hash


def test_the_edit_hash_is_equal_for_other_bytes_and_other_ids(city_draft: dict) -> None:
    here = Draft.read(city_draft)
    segment = city_draft["t"][0]["sg"][0]
    segment["id"], segment["m"]["asset"] = "seg-77", f"sha256:{'a' * 64}"
    there = Draft.read(city_draft)
    assert here.hash != there.hash
    assert here.edit_hash == there.edit_hash
    segment["m"]["file"] = "other.mp4"
    assert Draft.read(city_draft).edit_hash != there.edit_hash


def test_an_edit_fills_in_what_a_cloud_left_out_and_keeps_what_it_added() -> None:
    edit = Edit(Draft.read({"cloud": 1, "t": [{"tt": 1, "sg": [{"d": 500, "m": {"k": "v"}}, {"d": 300}]}]}))
    draft = edit.done()
    assert draft.to_dict()["cloud"] == 1
    assert [(s["s"], s["d"], s["m"]) for s in draft.to_dict()["t"][0]["sg"]] == [
        (0, 500, {"k": "v"}),
        (500, 300, {}),
    ]


def test_equal_edits_give_equal_ids(city_draft: dict) -> None:
    def titled() -> Draft:
        edit = Edit(Draft.read(city_draft))
        edit.add_segment(edit.add_track(7), 0, 1000, {"kind": "text", "text": "Hi"})
        return edit.done()

    assert titled().hash == titled().hash


def test_empty_tracks_go(city_draft: dict) -> None:
    edit = Edit(Draft.read(city_draft))
    edit.remove("seg-3")
    assert [track.name for track in edit.done().tracks] == ["Video", "BGM"]
