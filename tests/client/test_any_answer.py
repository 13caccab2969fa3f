"""Whatever a backend answers: a call gives something of its kind, or an error of ours. It never hangs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import zlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemo_nb.client import Client, wire
from nemo_nb.client.answers import Stand
from nemo_nb.client.events import EventDecoder
from nemo_nb.engine.extensions import EXTENSIONS
from nemo_nb.errors import BackendError, NemoError
from nemo_nb.testing import Answer, ScriptedBackend, events, ok

# What calls are answered with, by what they read of it.
CALLS: dict[str, tuple[Callable[[Client], Any], str]] = {
    "session": (lambda client: client.session("trailer", "en"), "session_id task_id user_id"),
    "upload": (lambda client: client.upload_urls("s", ["https://example.com/a.mp4"]), "files"),
    "credits": (lambda client: client.credits(), "available frozen total"),
    "claim": (lambda client: client.claim_link("t", "s"), "claim_token expires_in"),
    "state": (lambda client: client.state("s"), "state stand"),
    "export": (
        lambda client: client.export_submit("s", {}, {}, "render_1"),
        "id status progress output error code plan timeLeftMs",
    ),
    "export_status": (
        lambda client: client.export_status("render_1"),
        "id status progress output error errorCode nextStep outputUrl",
    ),
    "export_cancel": (lambda client: client.export_cancel("render_1"), "status"),
    "plan": (lambda client: client.plan("s", "trim it"), "operations reply frames score unbound question suggestions"),
    "context": (lambda client: client.context("s"), "draft memory turns question"),
    "apply": (lambda client: client.apply("s", []), "draft turn reply changes"),
    "undo": (lambda client: client.undo("s"), "draft steps changes"),
    "redo": (lambda client: client.redo("s"), "draft steps changes"),
    "leave_out": (lambda client: client.leave_out("s", [(1, None)]), "in_the_way draft turn changes"),
    "history": (lambda client: client.history("s"), "turns more stand"),
    "draft_at": (lambda client: client.draft_at("s", 1), "draft hash"),
    "assets": (lambda client: client.assets("s"), "assets"),
    "projects": (lambda client: client.projects(), "projects"),
    "cache": (lambda client: client.cache_bytes(), "bytes"),
    "empty_cache": (lambda client: client.empty_cache(), "bytes"),
    "tokens": (lambda client: client.tokens(), "tokens"),
}  # fmt: skip
# What stands in rows of them.
ROWS = {
    "files": "filename file_type duration width fps hash streams", "assets": "filename duration streams",
    "turns": "turn kind text operations draft undone at_ms hash changes frames way",
    "changes": "kind subject field before after piece", "projects": "task_id name updated_ms bytes",
    "tokens": "id expires_ms",
    "state": "draft video_infos", "stand": "turn undone",
    "in_the_way": "turn text why", "output": "url", "draft": "v t d m",
}  # fmt: skip
WORDS = ["added", "changed", "removed", "segment", "volume", "canvas", "source", "completed", "9" * 5000]
NUMBERS = [10**400, 1e308, -1, 1, 2]
LEAVES = (
    st.none() | st.booleans() | st.text(max_size=5) | st.integers() | st.floats() | st.sampled_from([*WORDS, *NUMBERS])
)  # fmt: skip
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ROWS)), inner, max_size=3)
    ),
    max_leaves=8,
)


def shaped(names: str) -> st.SearchStrategy[object]:
    """Something like the answer that has these fields, each of them anything."""
    fields = {name: ANYTHING | (rows(ROWS[name]) if name in ROWS else LEAVES) for name in names.split()}
    return st.fixed_dictionaries({}, optional=fields)


def rows(names: str) -> st.SearchStrategy[object]:
    row = shaped(names)
    return row | st.lists(row, max_size=3)


HERE = settings(
    max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip


@pytest.fixture
def extended(backend: ScriptedBackend, client: Client, run: Callable) -> Client:
    """A client of a backend with every call there is."""
    backend.on("capabilities", ok({"extensions": EXTENSIONS}))
    assert run(client.can("turns"))
    return client


async def collected(events: AsyncIterator[Any]) -> list[Any]:
    return [event async for event in events]


def sensible(run: Callable, call: Any) -> None:
    with contextlib.suppress(NemoError):
        run(asyncio.wait_for(call, 20))


@pytest.mark.parametrize("call", CALLS)
@HERE
@given(data=st.data())
def test_any_answer_is_read_or_refused(
    backend: ScriptedBackend, extended: Client, run: Callable, call: str, data: st.DataObject
) -> None:
    make, names = CALLS[call]
    answer = data.draw(shaped(names) | ANYTHING)
    backend.on(call, *[ok(answer)] * 3)
    sensible(run, make(extended))


@HERE
@given(told=shaped("turn hash changes notes question suggestions by"), event=ANYTHING)
def test_any_event_is_read_or_left_alone(told: object, event: object) -> None:
    decoder = EventDecoder()
    decoder.feed(json.dumps({"customMetadata": {"nemo_nb": told}, "turnComplete": True}))
    decoder.feed(json.dumps(event))
    decoder.finish()


@pytest.mark.parametrize(
    "data", ["[" * 100_000, '{"a":' * 100_000, '{"code": ' + "9" * 5000 + "}", "nul", "{"]
)
def test_an_event_that_is_no_json_is_a_failure(data: str) -> None:
    (failure,) = EventDecoder().feed(data)
    assert "could not be read" in failure.message


def test_a_history_without_an_end_is_given_up(
    backend: ScriptedBackend, extended: Client, run: Callable
) -> None:
    backend.on("history", *[ok({"turns": [{"turn": 1}], "more": True})] * 9)
    turns = run(extended.history("s"))
    assert [turn.turn for turn in turns] == [1]
    assert len(backend.received("history")) == 2


def test_runs_that_repeat_themselves_cost_no_more_than_turns_that_can_be() -> None:
    stand = Stand.read({"turn": 10**12, "undone": [[1, 10**12]] * 1000})
    assert stand is not None
    assert len(stand.undone) == 1_000_000


@pytest.mark.parametrize(
    "body", [b"[" * 300_000, b'{"code": 0, "data": ' + b"9" * 5000 + b"}", b"\xff", b"NaN"]
)
def test_what_is_hardly_json(backend: ScriptedBackend, extended: Client, run: Callable, body: bytes) -> None:
    for call in CALLS:
        backend.on(call, Answer((body,), headers={"content-type": "application/json"}))
        sensible(run, CALLS[call][0](extended))


@HERE
@given(told=rows(ROWS["changes"]))
def test_any_answer_to_a_message(
    backend: ScriptedBackend, extended: Client, run: Callable, told: object
) -> None:
    told_turn = {"turn": 1, "hash": "a", "changes": told}
    backend.on("message", events({"customMetadata": {"nemo_nb": told_turn}, "error": told}))

    sensible(run, collected(extended.message("s", "trim it")))


def test_numbers_that_nobody_means(backend: ScriptedBackend, client: Client, run: Callable) -> None:
    film = {"filename": "a.mp4", "duration": 1e308, "width": 1e300, "fps": float("nan")}
    backend.infos = [film]
    (asset,) = run(client.state("s")).assets
    assert (asset.duration_ms, asset.width, asset.fps) == (0, 0, 0)


def test_an_answer_that_unpacks_beyond_all_bounds_is_given_up(
    backend: ScriptedBackend, extended: Client, run: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MOST_BYTES", 1_000_000)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    packed = packer.compress(b" " * 3_000_000) + packer.flush()
    assert len(packed) < 10_000
    bomb = Answer((packed,), headers={"content-type": "application/json", "content-encoding": "gzip"})
    calls = {
        "state": lambda: extended.state("s"),
        "history": lambda: extended.history("s"),
        "preview": lambda: extended.preview_frame("s"),
        "message": lambda: collected(extended.message("s", "x")),
    }
    for call, make in calls.items():
        backend.on(call, bomb)
        with pytest.raises(BackendError, match="too large"):
            run(make())
