"""From the two shapes that backends write to typed events."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemo_nb.client import Secret, StreamFault, TextDelta, ToolFinished, ToolStarted
from nemo_nb.client.events import EventDecoder


def decode(*events: Any) -> list[Any]:
    decoder = EventDecoder()
    found = [
        out
        for event in events
        for out in decoder.feed(event if isinstance(event, str) else json.dumps(event))
    ]
    return found + decoder.finish()[0]


def said(text: str, *, partial: bool = False, author: str = "agent", **more: Any) -> dict[str, Any]:
    event = {"content": {"role": "model", "parts": [{"text": text}]}, "author": author, **more}
    return {**event, "partial": True} if partial else event


def wholes(events: list[Any]) -> list[str]:
    return [event.whole for event in events if isinstance(event, TextDelta)]


def test_one_event_is_one_message() -> None:
    assert decode(said("Done.")) == [TextDelta("Done.", "Done.", "agent", final=True)]


def test_partials_that_are_deltas_add_up_and_the_final_text_replaces_them() -> None:
    events = decode(
        said("The clip", partial=True), said(" is trimmed", partial=True), said("The clip is trimmed.")
    )
    assert wholes(events) == ["The clip", "The clip is trimmed", "The clip is trimmed."]
    assert [event.text for event in events] == ["The clip", " is trimmed", "."]
    assert [event.final for event in events] == [False, False, True]


def test_partials_that_are_the_text_so_far() -> None:
    events = decode(said("The", partial=True), said("The clip", partial=True), said("The clip is"))
    assert wholes(events) == ["The", "The clip", "The clip is"]
    assert "".join(event.text for event in events) == "The clip is"


def test_a_delta_that_looked_like_the_text_so_far_is_set_right() -> None:
    events = decode(said("ha", partial=True), said("haha", partial=True), said("!", partial=True))
    assert wholes(events)[-1] == "hahaha!"


def test_a_correction_has_no_text_to_add() -> None:
    *_, final = decode(said("Helo", partial=True), said("Hello"))
    assert final == TextDelta("", "Hello", "agent", final=True)


@given(st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=8), st.booleans())
def test_the_final_text_is_what_stands(parts: list[str], cumulative: bool) -> None:
    whole = "x" + "".join(parts)  # never begins with "Error:"
    sent = ["".join(["x", *parts[:i]]) for i in range(len(parts))] if cumulative else ["x", *parts]
    events = decode(*(said(part, partial=True) for part in sent), said(whole))
    assert wholes(events)[-1] == whole


def test_authors_are_kept_apart() -> None:
    events = decode(
        said("Cutting", partial=True, author="cutter"),
        said("Scoring", partial=True, author="composer"),
        said("Cutting done", author="cutter"),
        said("Scoring done", author="composer"),
    )
    assert [(event.author, event.whole) for event in events if event.final] == [
        ("cutter", "Cutting done"),
        ("composer", "Scoring done"),
    ]


def test_a_message_without_its_final_event_keeps_what_came() -> None:
    decoder = EventDecoder()
    decoder.feed(json.dumps(said("Half a sen", partial=True)))
    assert decoder.finish() == ([TextDelta("", "Half a sen", "agent", final=True)], True)


def test_tools_beside_text_and_thoughts_never_shown() -> None:
    parts = [
        {"text": "secret plan", "thought": True},
        {"text": "Trimming."},
        {"functionCall": {"id": "1", "name": "trim", "args": {}}},
    ]
    answer = {"functionResponse": {"id": "1", "name": "trim", "response": {"text": "raw"}}}
    assert decode(
        {"author": "agent", "content": {"role": "model", "parts": parts}},
        {"author": "agent", "content": {"role": "user", "parts": [answer]}},
    ) == [
        TextDelta("Trimming.", "Trimming.", "agent", final=True),
        ToolStarted("trim", "agent"),
        ToolFinished("trim", "agent"),
    ]


@pytest.mark.parametrize(
    "event",
    [
        "",
        "  ",
        {"type": "heartbeat"},
    ],
)
def test_heartbeats_are_silent_and_not_counted(event: Any) -> None:
    decoder = EventDecoder()
    assert decoder.feed(event if isinstance(event, str) else json.dumps(event)) == []
    assert decoder.heard == 0


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"content": None},
        {"content": {}},
        {"content": {"parts": None}},
        {"turnComplete": True},
        [],
        7,
        "[DONE]",
        {"content": {"parts": [None, {}, {"text": ""}]}},
        {"errorCode": "STOP"},
        {"error": None},
        {"type": "news"},
    ],
)
def test_what_says_nothing_gives_nothing(event: Any) -> None:
    assert decode(event) == []


def test_the_second_shape() -> None:
    assert decode(
        {"type": "text", "content": "Adding "},
        {"type": "text", "content": "music"},
        {"type": "tool_call", "name": "add_bgm", "args": {}},
        {"type": "heartbeat"},
        {"type": "tool_result", "name": "add_bgm"},
        {"type": "text", "content": "Done."},
    ) == [
        TextDelta("Adding ", "Adding "),
        TextDelta("music", "Adding music"),
        TextDelta("", "Adding music", final=True),
        ToolStarted("add_bgm"),
        ToolFinished("add_bgm"),
        TextDelta("Done.", "Done."),
        TextDelta("", "Done.", final=True),
    ]


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ({"error": "model overloaded", "error_details": "…"}, StreamFault("model overloaded")),
        ({"error": {"message": "no", "code": 503}}, StreamFault("no", 503)),
        ({"errorCode": "SAFETY", "errorMessage": "blocked"}, StreamFault("blocked", "SAFETY")),
        ({"code": 2001, "message": "no credits"}, StreamFault("no credits", 2001)),
        ({"detail": "Session not found: x"}, StreamFault("Session not found: x")),
        ({"type": "error", "message": "bad"}, StreamFault("bad")),
        (said("Error: the tool broke"), StreamFault("the tool broke")),
        ("Error: plain text", StreamFault("plain text")),
        ('{"error": "cut off', StreamFault("The backend reported an error that could not be read.")),
    ],
)
def test_failures_inside_the_stream(event: Any, fault: StreamFault) -> None:
    assert decode(event) == [fault]


def test_a_failure_that_is_streamed_as_text_is_never_shown_as_text() -> None:
    assert decode(said("Err", partial=True), said("or: no", partial=True), said("Error: no")) == [
        StreamFault("no")
    ]
    assert (
        wholes(decode(said("Err", partial=True), said("ors are gone", partial=True)))
        == ["Errors are gone"] * 2
    )


def test_a_failure_never_repeats_a_token() -> None:
    decoder = EventDecoder(lambda: (Secret("canary"),))
    (fault,) = decoder.feed(
        json.dumps({"error": "token canary or nmv_usr_1 at https://cdn.test/x?sig=2 is bad"})
    )
    assert fault == StreamFault("token ••• or ••• at https://cdn.test/x?••• is bad")


odd = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just([]) | st.just({"name": 1})
parts = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("text", "thought", "functionCall", "functionResponse"), odd)
)
contents = odd | st.fixed_dictionaries(
    {"parts": odd | st.lists(odd | parts, max_size=3)}, optional={"role": odd}
)
keys = (
    "type",
    "author",
    "partial",
    "error",
    "errorCode",
    "errorMessage",
    "code",
    "detail",
    "name",
    "message",
)


@given(
    st.lists(
        st.fixed_dictionaries({}, optional={"content": contents, **dict.fromkeys(keys, odd)}), max_size=4
    )
)
def test_no_json_whatever_breaks_the_decoder(events: list[Any]) -> None:
    decode(*events)
