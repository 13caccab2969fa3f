"""The folders of words: the same tables in each language, with the same keys and the same gaps to fill."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import nemo_nb
import nemo_nb.tongues
from nemo_nb.tongues import LANGUAGES, Language, table

PACKAGE = Path(nemo_nb.__file__).parent
FOLDER = Path(nemo_nb.tongues.__file__).parent
TABLES = sorted(file.stem for file in (FOLDER / "en").glob("[a-z]*.py"))
# What a reader understands may differ: no language has a word for each idea, and some have more of them.
READ = {"phrases", "values"}
TOLD = [name for name in TABLES if name not in READ]
GAP = re.compile(r"\{[a-z_]*(?::[^}]*)?\}")


def constants(module: ModuleType) -> dict[str, Any]:
    return {name: value for name, value in vars(module).items() if name[0].isupper() and name.isupper()}


def shape(value: Any) -> Any:
    """What must be the same in each language: keys, and the gaps of each sentence."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in sorted(value.items())}
    return sorted(GAP.findall(value)) if isinstance(value, str) else type(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_a_folder_with_the_same_files(language: Language) -> None:
    assert sorted(file.stem for file in (FOLDER / language).glob("[a-z]*.py")) == TABLES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_the_same_constants_in_each_language(name: str, language: Language) -> None:
    assert constants(table("en", name)).keys() == constants(table(language, name)).keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_what_we_say_has_the_same_keys_and_gaps_in_each_language(name: str, language: Language) -> None:
    english, own = constants(table("en", name)), constants(table(language, name))
    for constant, value in english.items():
        if constant != "VALUES":  # of values only those have a name that are not called as in the draft
            assert shape(own[constant]) == shape(value), constant


# ---- nothing of a language outside

# What may hold words of a language all the same, and why.
EXEMPT = {
    "engine/planner": "its rules go, and their words with them",
    "cli/checks/machine.py": "letters to try a font with",
}
OWN_LETTERS = re.compile(r"(?<!-)[\u3400-\u9fff\uf900-\ufaffäöüÄÖÜß](?!-)")  # none of a range of letters
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)


def sources(*endings: str) -> Iterator[tuple[str, str]]:
    for file in sorted(PACKAGE.rglob("*")):
        name = file.relative_to(PACKAGE).as_posix()
        if file.suffix in endings and not name.startswith(("tongues/", *EXEMPT)):
            yield name, file.read_text("utf-8")


def foreign(source: str) -> Iterator[str]:
    """Strings of a language in Python code: its letters, tables by language, comparisons with a language."""
    tree = ast.parse(source)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            if OWN_LETTERS.search(node.value):
                yield f"line {node.lineno}: {node.value!r}"
        elif isinstance(node, ast.Dict):
            keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
            if len(keys & set(LANGUAGES)) > 1:
                yield f"line {node.lineno}: a table by language"
        elif isinstance(node, ast.Compare):
            sides = {side.value for side in (node.left, *node.comparators) if isinstance(side, ast.Constant)}
            if sides & set(LANGUAGES):
                yield f"line {node.lineno}: a special case of a language"


def test_no_code_holds_words_of_a_language() -> None:
    found = [f"{name} {what}" for name, source in sources(".py") for what in foreign(source)]
    assert found == []


def test_no_page_holds_words_of_a_language() -> None:
    told = [name for name, source in sources(".js", ".css") if OWN_LETTERS.search(JS_COMMENT.sub("", source))]
    assert told == []


@pytest.mark.parametrize(
    "code",
    [
        'WORDS = {"en": "cut", "zh": "…"}',
        'if language == "zh": pass',
        'NAME = "剪"',
        'f"{count} 秒"',
        'ENDE = "für"',
    ],
)
def test_the_finder_finds(code: str) -> None:
    assert list(foreign(code))
    assert not list(foreign(f'"""For example {code.split()[0]}: 剪."""  # 剪'))
