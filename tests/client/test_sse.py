"""From bytes to the data of events, wherever the chunks are cut."""

from __future__ import annotations

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nemo_nb.client import sse
from nemo_nb.client.bounds import TooMuch
from nemo_nb.client.sse import EventSplitter


def split(*chunks: bytes) -> list[str]:
    splitter = EventSplitter()
    events = [event for chunk in chunks for event in splitter.feed(chunk)]
    return events + splitter.finish()


@pytest.mark.parametrize(
    ("stream", "data"),
    [
        (b"data: one\n\ndata: two\n\n", ["one", "two"]),
        (b"data: one\r\n\r\ndata: two\r\n\r\n", ["one", "two"]),
        (b"data: one\r\rdata: two\r\r", ["one", "two"]),
        (b"data:one\n\n", ["one"]),
        (b"data:  two spaces\n\n", [" two spaces"]),
        (b"data: first\ndata: second\n\n", ["first\nsecond"]),
        (b": a comment\n\nevent: message\nid: 7\nretry: 10\ndata: x\n\n", ["x"]),
        (b"data:\n\ndata\n\ndata: x\n\n", ["", "", "x"]),
        (b"\xef\xbb\xbfdata: after a byte order mark\n\n", ["after a byte order mark"]),
        (b"data: without the last blank line", ["without the last blank line"]),
        (b"\n\n\n", []),
        (b"data: \xff\n\n", ["\ufffd"]),
    ],
)
def test_lines_end_as_the_standard_says(stream: bytes, data: list[str]) -> None:
    assert split(stream) == data


def test_unicode_line_separators_are_ordinary_characters() -> None:
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg"
    assert split(f"data: {text}\n\n".encode()) == [text]


def test_a_large_event_fed_byte_by_byte() -> None:
    text = "ü" * 20_000
    stream = f"data: {text}\n\n".encode()
    assert split(*(stream[i : i + 1] for i in range(len(stream)))) == [text]


def feed_for_ever(splitter: EventSplitter, chunk: bytes) -> None:
    while True:
        splitter.feed(chunk)


@pytest.mark.parametrize(
    "chunk",
    [b"x" * 65_536, b"data: x\n" * 8000, b"data\n" * 8000, b"x"],
    ids=["line", "lines", "empty lines", "bytes"],
)
def test_an_event_that_never_ends_is_given_up(chunk: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MOST_EVENT", most := 300_000)
    splitter = EventSplitter()
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch):
            feed_for_ever(splitter, chunk)
        assert tracemalloc.get_traced_memory()[1] < 5 * most
    finally:
        tracemalloc.stop()


def test_large_events_one_after_the_other_are_not_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "MOST_EVENT", 1000)
    splitter = EventSplitter()
    assert sum(len(splitter.feed(b"data: " + b"x" * 700 + b"\n\ndata: " + b"y" * 100)) for _ in range(9)) == 9


lines = st.text(st.sampled_from("ab :\t\u2028\u0085\x0bü城🎬{}"), max_size=12)
ends = st.sampled_from(["\n", "\r\n", "\r"])
besides = st.sampled_from([": a comment", "event: message", "id: 7", "retry: 10", "database: x", "unknown"])


@st.composite
def streams_in_chunks(draw: st.DrawFn) -> tuple[list[str], list[bytes]]:
    """The data of events, and a stream that carries them, with all that the standard allows, cut into chunks."""
    events = draw(st.lists(st.lists(lines, min_size=1, max_size=3), max_size=6))
    written = [draw(st.sampled_from(["", "\ufeff"]))]
    for event in events:
        end = draw(ends)  # one an event: CR as a line's end and LF as the next one's are a CRLF
        for line in event:
            if draw(st.booleans()):
                written.append(draw(besides) + end)
            written.append(f"data:{' ' if line[:1] == ' ' or draw(st.booleans()) else ''}{line}{end}")
        written.append(end * draw(st.integers(1, 3)))
    stream = "".join(written).encode()
    borders = sorted({0, len(stream), *draw(st.lists(st.integers(0, len(stream)), max_size=12))})
    return ["\n".join(event) for event in events], [stream[a:b] for a, b in pairwise(borders)]


@given(streams_in_chunks())
def test_any_chunking_gives_the_events_that_were_written(case: tuple[list[str], list[bytes]]) -> None:
    written, chunks = case
    assert split(*chunks) == written


@settings(max_examples=20)
@given(st.lists(st.integers(1, 900_000), max_size=5))
def test_an_event_of_300_kilobytes_wherever_it_is_cut(places: list[int]) -> None:
    text = "城" * 100_000
    stream = f"data: {text}\r\n\r\ndata: next\r\n\r\n".encode()
    borders = sorted({0, len(stream), *(place % len(stream) for place in places)})
    assert split(*(stream[a:b] for a, b in pairwise(borders))) == [text, "next"]
