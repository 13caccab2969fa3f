"""The words of each language that people write in and that we answer in: a folder each, with the same files.

These are tables: they import nothing of ours, and whoever uses one says what its keys mean. A further language is
a further folder with the same tables, and its code in `Language`; a test compares the folders.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any, Literal, get_args

Language = Literal["en", "zh", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def every(name: str, constant: str) -> list[Any]:
    """A constant of a table in each language, for what may be in any of them.

    >>> every("figures", "PERCENT")[:2]
    ['{}%', '{}%']
    """
    return [getattr(table(language, name), constant) for language in LANGUAGES]


@cache
def table(language: Language, name: str) -> Any:
    """A file of a language's folder, as a module; it is loaded when somebody first asks for it.

    >>> table("zh", "phrases").COLOURS["白色"]
    '#ffffff'
    """
    return import_module(f".{language}.{name}", __name__)
