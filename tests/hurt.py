"""What becomes of a file on the disk: flipped, cut, filled with something else, no file at all any more."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("NEMO_NB_FILES", "60"))
ANY_FILE = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

_NESTED = "«nested»"  # stands for what is nested without end, which can't be a value of Python's
GONE = object()
_ODD: list[Any] = [
    GONE, None, True, -1, 0, 10**30, 10**400, 1e308, float("nan"), float("inf"), "", "\0", "\ud83d", "é" * 300,
    "../../x", "9" * 5000, [], {}, [[]], [None], {"": {}}, _NESTED,
]  # fmt: skip
Place = tuple[Any, ...]


def as_line(value: object) -> str:
    """JSON in one line, with what is odd in it."""
    return json.dumps(value).replace(json.dumps(_NESTED), "[" * 100_000)


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*at, key))


def _with(value: Any, at: Place, new: Any) -> Any:
    if not at:
        return None if new is GONE else new
    made = value.copy()
    if len(at) == 1 and new is GONE:
        del made[at[0]]
    else:
        made[at[0]] = _with(made[at[0]], at[1:], new)
    return made


def each_other_line(lines: Sequence[object]) -> Iterator[bytes]:
    """The file of JSON lines with one value of it being another, for every value and every odd one."""
    for number, line in enumerate(lines):
        for at in _places(line):
            for odd in _ODD:
                made = [*lines[:number], _with(line, at, odd), *lines[number + 1 :]]
                yield "\n".join(map(as_line, made)).encode()


@st.composite
def other_lines(draw: st.DrawFn, lines: Sequence[object]) -> bytes:
    """A file of JSON lines, some of which say something else, come twice, or are missing."""
    chosen = draw(
        st.lists(st.sampled_from(lines), min_size=1, max_size=2 * len(lines)) | st.just(list(lines))
    )
    for _ in range(draw(st.integers(0, 3))):
        number = draw(st.integers(0, len(chosen) - 1))
        at = draw(st.sampled_from(list(_places(chosen[number]))))
        chosen[number] = _with(chosen[number], at, draw(st.sampled_from(_ODD) | st.text(max_size=8)))
    return "\n".join(map(as_line, chosen)).encode()


_INSERTED = st.binary(max_size=12) | st.sampled_from([b"[" * 100_000, b"\xff\xfe", b"\0" * 40])
# What happens to a file, where in it, and with what.
DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "repeat", "zero"]), st.floats(0, 1), st.integers(0, 400), _INSERTED
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def after(damage: Sequence[tuple[str, float, int, bytes]], content: bytes) -> bytes:
    """A file as a bad disk, or somebody with an editor, leaves it."""
    made = bytearray(content)
    for kind, place, size, inserted in damage:
        at = int(place * len(made))
        if kind == "flip" and made:
            made[at - 1] ^= 1 << size % 8
        elif kind == "cut":
            del made[at : at + size * max(1, len(made) // 400)]
        elif kind == "insert":
            made[at:at] = inserted
        elif kind == "repeat":
            made[at:at] = made[:size]
        else:
            made[at : at + size] = bytes(size)
    return bytes(made)


def damaged(content: bytes) -> st.SearchStrategy[bytes]:
    return DAMAGE.map(lambda damage: after(damage, content))


def _replaced(make: Callable[[Path], object]) -> Callable[[Path], None]:
    def hurt(path: Path) -> None:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        make(path)

    return hurt


# Whoever opens a pipe waits for ever.
NO_FILE = {
    "a pipe": _replaced(os.mkfifo),
    "a folder": _replaced(os.mkdir),
    "a loop": _replaced(lambda path: path.symlink_to(path)),
    "another's": _replaced(lambda path: path.symlink_to("/proc/1/mem")),
}
