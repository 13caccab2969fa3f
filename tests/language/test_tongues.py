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
from nemo_nb.language import Do, Filler, Join, Thing, When, detect_language
from nemo_nb.language.tokens import tokenize
from nemo_nb.tongues import LANGUAGES, Language, table

PACKAGE = Path(nemo_nb.__file__).parent
FOLDER = Path(nemo_nb.tongues.__file__).parent
TABLES = sorted(file.stem for file in (FOLDER / "en").glob("[a-z]*.py"))
# What a reader understands may differ: no language has a word for each idea, and some have more of them.
READ = {"phrases", "values", "marks", "reader"}
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


# ---- how a language is told, and what is particular to one


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cut the first 3 seconds", "en"),
        ("add the title “Schöne Grüße”", "en"),
        ("das Video soll schneller laufen", "de"),
        ("exportieren", "de"),
        ("Guthaben", "de"),
        ("hochladen", "de"),
        ("lade strand.mp4 hoch", "de"),
        ("loesche den Clip", "de"),
        ("Titel „Cut to the chase“ hinzufügen", "de"),
        ("把 title 删掉", "zh"),
        ("undo", "en"),
        ("1,5x", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_message(text: str, language: Language) -> None:
    assert detect_language(text) == language


def said(text: str) -> list[object]:
    """What the tokens of a German sentence mean, but for small words."""
    return [token.value for token in tokenize(text, "de") if token.value is not Filler.WORD]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("blende die Musik aus", [Do.FADE_OUT, Thing.MUSIC]),
        ("blende die Musik am Anfang ein", [Do.FADE_IN, Thing.MUSIC, When.START]),
        ("mach das bitte rückgängig", [Do.UNDO]),
        ("schneide ab 0:05 bis 0:07 weg", [Do.CUT, When.FROM, 5000, When.TO, 7000]),
        ("füge c.mp4 ein und schalte es stumm", [Do.ADD, "c.mp4", Join.AND, Do.MUTE, Thing.IT]),
    ],
)
def test_a_verb_means_what_its_particle_makes_of_it(text: str, meaning: list[object]) -> None:
    assert said(text) == meaning


def test_a_verb_that_is_written_large_is_a_noun() -> None:
    assert said("Teile es in zwei Teile") == [Do.SPLIT, Thing.IT, 2, Thing.PARTS]


@pytest.mark.parametrize(
    "text", ["Lösche den größten Titel", "Loesche den groessten Titel", "Lösche den grössten Titel"]
)
def test_umlauts_may_be_spelt_out(text: str) -> None:
    assert Do.CUT in said(text)


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
