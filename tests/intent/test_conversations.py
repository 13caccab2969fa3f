"""Conversations that go as they should, turn by turn. `tests/conversations.py` has the form of a case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conversations import judge

LINES = (Path(__file__).parent / "conversations.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_conversation(case: dict[str, Any]) -> None:
    assert judge(case) == []
