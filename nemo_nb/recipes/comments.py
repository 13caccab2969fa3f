"""The comments of a recipe that is written anew: each stays beside what it was beside.

A comment isn't part of YAML's data, so it is found by where it stands: in the line of a value, or above one. Values are
known again by their place in the document, `("steps", -1, "say")`: from the end, as what a person leaves out is the
upload that everything begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["with_comments_of"]

_Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    line: int
    alone: bool


def with_comments_of(old: str, new: str) -> str:
    """The YAML text `new` with those comments of `old` that it doesn't have; both have been read before."""
    if not old:
        return new
    there = {comment.text for comment in _comments(new)}
    wanted = [comment for comment in _comments(old) if comment.text not in there]
    was, now = _lines_of(old), _lines_of(new)
    lines, above, last = new.splitlines(), dict[int, list[str]](), list[str]()
    for comment in wanted:
        beside = [place for place, line in was.items() if line == comment.line]
        below = [place for place, line in was.items() if line > comment.line]
        if beside and not comment.alone:
            lines[_line(min(beside, key=len), now)] += f"  {comment.text}"
        elif below:
            next_one = min(below, key=lambda place: (was[place], len(place)))
            above.setdefault(_line(next_one, now), []).append(comment.text)
        else:
            last.append(comment.text)
    made = list[str]()
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        made += [*(indent + comment for comment in above.get(number, ())), line]
    return "\n".join([*made, *last, ""])


def _line(place: _Place, lines: dict[_Place, int]) -> int:
    """Where what was at this place begins; if it isn't there any more, what it was in."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 0)


def _comments(text: str) -> Iterator[_Comment]:
    values = [(node.start_mark.index, node.end_mark.index) for _, node in _nodes(text) if node.id == "scalar"]
    for number, begin, line in _numbered(text):
        for found in re.finditer(r"(?:^|(?<=\s))#", line):
            at = begin + found.start()
            if not any(start <= at < end for start, end in values):
                yield _Comment(line[found.start() :].rstrip(), number, not line[: found.start()].strip())
                break


def _numbered(text: str) -> Iterator[tuple[int, int, str]]:
    begin = 0
    for number, line in enumerate(text.split("\n")):
        yield number, begin, line
        begin += len(line) + 1


def _lines_of(text: str) -> dict[_Place, int]:
    """The line in which each value begins, with its key or dash."""
    return {place: node.start_mark.line for place, node in _nodes(text) if place}


def _nodes(text: str) -> Iterator[tuple[_Place, Any]]:
    """All nodes, each with its place: of a value in a mapping the key stands for both."""
    from ruamel.yaml import YAML

    def inside(node: Any, place: _Place) -> Iterator[tuple[_Place, Any]]:
        if node.id == "mapping":
            for key, value in node.value:
                own = (*place, str(key.value))
                yield from ((inner, each) for inner, each in inside(value, own) if inner != own)
                if value.id == "scalar":
                    yield (), value
                yield own, key
        elif node.id == "sequence":
            for number, item in enumerate(node.value, start=-len(node.value)):
                yield (*place, number), item
                yield from inside(item, (*place, number))

    yield from inside(YAML(typ="safe", pure=True).compose(text), ())
