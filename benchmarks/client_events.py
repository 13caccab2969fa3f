"""10,000 events of a stream, from bytes to typed events, against `json.loads` on them alone.

The peer gets each event's JSON as a string already cut out. Ours gets the stream in chunks of 4 KB, as a network
brings it: it splits lines, decodes UTF-8, parses, and tells text from tools, thoughts and failures. Processor time,
the two in turns, for the machine may have other work.
"""

from __future__ import annotations

import gc
import json
import statistics
import time
from collections.abc import Callable

from nemo_nb.client.events import EventDecoder
from nemo_nb.client.sse import EventSplitter

EVENTS = 10_000
CHUNK = 4096


def agent_event(parts: list[dict[str, object]], number: int, **more: object) -> dict[str, object]:
    """With all that a server of the Agent Development Kit writes along."""
    return {
        "content": {"parts": parts, "role": "model"}, **more,
        "invocationId": "e-5b4b3bcf-4a25-4465-aef2-550770e00320", "author": "nemo_agent",
        "actions": {
            "stateDelta": {}, "artifactDelta": {}, "requestedAuthConfigs": {}, "requestedToolConfirmations": {}
        },
        "id": f"8badbb0d-cb3d-4376-b922-{number:012d}", "timestamp": 1795367677.2434626 + number,
    }  # fmt: skip


def as_served() -> list[dict[str, object]]:
    """Mostly deltas of text, now and then a tool: what one long conversation's stream looks like."""
    events = []
    for number in range(EVENTS):
        if number % 50 == 48:
            events.append(
                agent_event([{"functionCall": {"id": "1", "name": "trim", "args": {"to": 5}}}], number)
            )
        elif number % 50 == 49:
            events.append(agent_event([{"text": "It is trimmed to five seconds. " * 12}], number))
        else:
            events.append(agent_event([{"text": "It is trimmed to "}], number, partial=True))
    return events


def tiny() -> list[dict[str, object]]:
    """The least that an event can be: the second public shape, a word each."""
    return [{"type": "text", "content": "word "} for _ in range(EVENTS)]


def seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def compare(name: str, events: list[dict[str, object]]) -> None:
    datas = [json.dumps(event, separators=(",", ":")) for event in events]
    stream = "".join(f"data: {data}\n\n" for data in datas).encode()
    chunks = [stream[at : at + CHUNK] for at in range(0, len(stream), CHUNK)]

    def peer() -> None:
        for data in datas:
            json.loads(data)

    def ours() -> None:
        splitter, decoder = EventSplitter(), EventDecoder()
        for chunk in chunks:
            for data in splitter.feed(chunk):
                decoder.feed(data)
        decoder.finish()

    pairs = []
    for _ in range(15):
        gc.collect()
        pairs.append((seconds(peer), seconds(ours)))
    ratios = sorted(own / theirs for theirs, own in pairs)
    print(
        f"{name:>9}: {len(stream) / EVENTS:.0f} bytes an event, json.loads {min(pairs)[0] * 1e3:.1f} ms; "
        f"ratio {statistics.median(ratios):.2f} (median of {len(ratios)}, {ratios[0]:.2f}-{ratios[-1]:.2f})"
    )


if __name__ == "__main__":
    compare("as served", as_served())
    compare("tiny", tiny())
