"""The folders of words: the same tables in each language, with the same keys and the same gaps to fill."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import nemo_nb.tongues
from nemo_nb.tongues import LANGUAGES, Language, table

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
