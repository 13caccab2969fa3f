"""Many operations in a row: as if each had been made alone, however many there are."""

from __future__ import annotations

from functools import reduce

from nemo_nb.draft import Draft
from nemo_nb.draft.edit import Edit
from nemo_nb.draft.operations import apply_all, parse

CLIP = {
    "op": "place_clip", "kind": "video", "asset": f"sha256:{'a' * 64}", "file": "a.mp4", "duration_ms": 60_000,
    "width": 320, "height": 180, "fps": "30",
}  # fmt: skip


def title(second: int) -> dict[str, object]:
    return {"op": "add_text", "text": f"title {second}", "at_ms": 1000 * second, "duration_ms": 1500}


def test_a_row_of_them_comes_to_the_same_as_one_after_the_other() -> None:
    cut = {"op": "cut_out", "start_ms": 4000, "end_ms": 9000}
    gone = {"op": "delete", "segments": ["seg-5"]}
    row = parse([CLIP, *map(title, range(6)), cut, gone, title(20), title(3), title(20)])
    alone = reduce(lambda draft, operation: apply_all(draft, [operation]), row, Draft.empty())
    assert apply_all(Draft.empty(), row) == alone
    assert len({segment.id for segment in alone.segments}) == len(list(alone.segments))


def test_the_draft_is_opened_once_for_a_row_of_titles(monkeypatch) -> None:
    opened = []
    begin = Edit.__init__
    monkeypatch.setattr(Edit, "__init__", lambda self, draft: (opened.append(draft), begin(self, draft))[1])
    apply_all(Draft.empty(), parse([CLIP, *map(title, range(50))]))
    assert len(opened) == 2
