"""What is stored: the projects that this machine knows on a backend, as a table and by their names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..client import Client, Entry, Journal
from ..errors import InvalidInput

if TYPE_CHECKING:
    import pandas as pd

_ALIKE = 77  # of 100, from where on somebody may have meant the other name
_MOST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Stored:
    """A project that is stored. `duration_ms` and `bytes` are None on a backend that doesn't tell them.

    `notebook`: the path of the one that it was open in last, empty where that isn't known. `bytes` is what its removal
    frees.
    """

    name: str
    session: str
    notebook: str
    changed_ms: int
    duration_ms: int | None = None
    bytes: int | None = None


async def stored(client: Client, journal: Journal) -> list[Stored]:
    """Those of the journal, the one changed last first; without what the backend has forgotten since."""
    entries = journal.entries()
    if not await client.can("projects"):
        return [_stored(entry) for entry in entries]
    there = {item.session_id: item for item in await client.projects()}
    found = [
        _stored(entry, item.updated_ms, item.duration_ms, item.bytes)
        for entry in entries
        if (item := there.get(entry.session.session_id))
    ]
    return sorted(found, key=lambda item: item.changed_ms, reverse=True)


def _stored(
    entry: Entry, changed_ms: int = 0, duration_ms: int | None = None, bytes: int | None = None
) -> Stored:
    notebooks = [claim.notebook.path for claim in entry.claims if claim.notebook.path]
    return Stored(
        entry.name, entry.session.session_id, notebooks[-1] if notebooks else "",
        changed_ms or entry.updated_ms, duration_ms, bytes,
    )  # fmt: skip


def frame(projects: Sequence[Stored]) -> pd.DataFrame:
    """One row a project: times of change as moments, durations in seconds, sizes in bytes."""
    import pandas as pd

    seconds = [None if item.duration_ms is None else item.duration_ms / 1000 for item in projects]
    return pd.DataFrame(
        {
            "name": pd.Series([item.name for item in projects], dtype="str"),
            "session": pd.Series([item.session for item in projects], dtype="str"),
            "notebook": pd.Series([item.notebook for item in projects], dtype="str"),
            "changed": pd.to_datetime([item.changed_ms for item in projects], unit="ms", utc=True),
            "duration": pd.Series(seconds, dtype="float"),
            "size": pd.Series([item.bytes for item in projects], dtype="Int64"),
        }
    )


def recorded(journal: Journal, session_id: str) -> Entry:
    """What was written down about a session. InvalidInput where nothing was."""
    if entry := journal.find(session_id):
        return entry
    raise InvalidInput(
        "This machine has no record of that session.",
        next_step="nemo.projects() lists what there is; connect() begins a new project.",
    )


def checked_name(name: object) -> str:
    """A project's name: any text that is not empty."""
    if not isinstance(name, str) or not name.strip():
        raise InvalidInput("A project needs a name.", next_step='Give it one, such as "trailer".')
    return name.strip().encode("utf-8", "replace").decode()


def another_name(name: str, taken: Iterable[str]) -> str:
    """A name for a copy that no other project has.

    >>> another_name("trailer", ["trailer", "trailer copy"])
    'trailer copy 2'
    """
    known = set(taken)
    endings = itertools.chain([" copy"], (f" copy {n}" for n in itertools.count(2)))
    return next(name + ending for ending in endings if name + ending not in known)


def alike(name: str, names: Iterable[str]) -> list[str]:
    """Names that somebody may have meant who wrote this one: the likeliest first, a few at most.

    One that differs in its numbers alone was meant as it is.

    >>> alike("trialer 2", ["trailer 1", "trialer 3", "lecture"])
    ['trailer 1']
    """
    from rapidfuzz import fuzz, process, utils

    others = [other for other in dict.fromkeys(names) if _without_numbers(other) != _without_numbers(name)]
    found = process.extract(
        name, others, scorer=fuzz.ratio, processor=utils.default_process,
        score_cutoff=_ALIKE, limit=_MOST_ALIKE,
    )  # fmt: skip
    return [other for other, _, _ in found]


def _without_numbers(name: str) -> str:
    return re.sub(r"\d+", "0", name) if re.search(r"\d", name) else name
