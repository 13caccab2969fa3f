"""No pattern that sees a backend's or a user's text takes longer than in proportion to it."""

# ruff: noqa: E501 - tables
from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import nemo_nb
from nemo_nb.chat.gui import translate
from nemo_nb.chat.routing import route
from nemo_nb.chat.turn import without_hiccup
from nemo_nb.client.masked import Secret, presentable
from nemo_nb.client.redaction import Redactor

SIZE = 100_000
SEEDS = [
    "a", "1", " ", "\n", "\t", ".", "-", "_", "@", "/", ":", '"', "'", "“", "(", "<", "a.", "a@", "a@a.", "1:", "1.", "1 ", "a ",
    "a b ", ", ", "http://", "https://a/", "http://a?", "bearer ", "bearer\t\t", "eyJ", "eyJaaaaaaaa.", "nmv_", "nmv_a.", "clm_",
    "render_1", "render_1_", "data:", "data: {", '"1"', '"1" ', "'1'", "<a", "&", "*", "**", "`", "[a](", "![", "click ", "open ",
    "export ", "and ", "then ", "don't ", "not ", "no, ", "的", "点击", "导出", "和", "，", "first ", "1s ", "1 second ", "to ", "from 1 to ",
]  # fmt: skip
WORST = [
    *(seed * (SIZE // len(seed)) for seed in SEEDS),
    "a" * SIZE + "@",
    "<" + "a" * SIZE,
    '"' + "a " * (SIZE // 2),
]
PACKAGES = ("client", "chat", "project", "magics", "widgets", "testing")


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for package in PACKAGES:
        root = importlib.import_module(f"nemo_nb.{package}")
        names = [
            root.__name__,
            *(found.name for found in pkgutil.iter_modules(root.__path__, f"{root.__name__}.")),
        ]
        for name in names:
            for key, value in vars(importlib.import_module(name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{name.removeprefix('nemo_nb.')}.{key}", value


# What these see is cut short before: see `translate`, `without_hiccup` and `route`.
BOUNDED = ("chat.gui.", "chat.turn._HICCUP", "chat.routing.")
PATTERNS = {name: pattern for name, pattern in patterns() if not name.startswith(BOUNDED)}


def seconds(work, text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began


def slow(work, texts=WORST) -> list[str]:
    """The texts on which it takes longer than in proportion. Small ones first: a bad one would take minutes."""
    found = []
    for text in texts:
        if seconds(work, text[: SIZE // 12]) > 1 or seconds(work, text) > 1.5:
            found.append(text[:20])
    return found


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_patterns(pattern: re.Pattern[str]) -> None:
    assert slow(lambda text: (pattern.sub("", text), pattern.match(text))) == []


FUNCTIONS = {
    "presentable": lambda text: presentable(text, Secret("hush")),
    "translate": translate,
    "hiccup": without_hiccup,
    "route": route,
    "redaction": lambda text: Redactor(lambda: [Secret("hush")]).text(text),
}


@pytest.mark.parametrize("work", FUNCTIONS.values(), ids=FUNCTIONS.keys())
def test_functions(work) -> None:
    few = WORST[::6] if work is route else WORST  # it does more with each, and cuts it short
    assert slow(work, few) == []


def test_there_are_patterns() -> None:
    assert len(PATTERNS) > 10
    assert nemo_nb.__version__
