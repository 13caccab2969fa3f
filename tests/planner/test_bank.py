"""The bank of requests: add a line to `bank.jsonl` for what people ask, in `bank_de.jsonl` in German. Their form is in
`tests/bank.py`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bank import run

BANKS = sorted(Path(__file__).parent.glob("bank*.jsonl"))
CASES = [json.loads(line) for bank in BANKS for line in bank.read_text("utf-8").splitlines()]

# What the rules could do and the reader does not understand yet; a case that passes goes into the bank.
NOT_YET = [
    json.loads(line) for line in (Path(__file__).parent / "not_yet.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.xfail(strict=True, reason="not understood yet")
@pytest.mark.parametrize("case", NOT_YET, ids=[case["id"] for case in NOT_YET])
def test_not_yet(case: dict[str, Any]) -> None:
    assert run(case) == [], case["prompt"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert run(case) == [], case["prompt"]
