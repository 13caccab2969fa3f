"""Which engine would run here: what one that runs already is compared with before it is used."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import sys
from contextlib import suppress
from typing import Any

from .. import __version__

REVISION = 3
"""Of what client and engine say to each other. It is raised when the one before would be misunderstood."""

_DISTRIBUTION = "nemo-nb"
_NOT_THE_ENGINES = frozenset({"lab", "test", "bench"})


def here() -> dict[str, Any]:
    """The version and protocol revision, the interpreter, and which packages of the extras are installed in it."""
    return {
        "version": __version__,
        "revision": REVISION,
        "interpreter": f"{sys.prefix} {platform.python_implementation()} {platform.python_version()}",
        "extras": _extras(),
    }


def fits(build: dict[str, Any], *, closely: bool) -> bool:
    """Whether an engine of that build serves a client of this one.

    `closely`: as this client would start it. An extra that was installed since is then in it, and so is an upgraded
    Python. Otherwise it is enough that both speak the same: two environments with one home take turns, they don't end
    each other's engine with every request.
    """
    mine = here()
    keys = mine.keys() if closely else ("version", "revision")
    return all(build.get(key) == mine[key] for key in keys)


def _extras() -> dict[str, str]:
    """The packages of the extras that matter to an engine, with their versions, as far as they are there."""
    found: dict[str, str] = {}
    with suppress(importlib.metadata.PackageNotFoundError):
        for line in importlib.metadata.requires(_DISTRIBUTION) or ():
            name = re.match(r"[\w.-]+", line)
            extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", line)
            if name and extra and extra[1] not in _NOT_THE_ENGINES:
                with suppress(importlib.metadata.PackageNotFoundError):
                    found[name[0]] = importlib.metadata.version(name[0])
    return found
