"""For tests of notebooks: a backend that does as it is told, and a clock that nobody waits for.

    import nemo_nb as nemo
    from nemo_nb.testing import ScriptedBackend, events, failure, no_waiting

    with ScriptedBackend() as backend, no_waiting() as clock, nemo.connect(backend.url) as project:
        said = {"content": {"role": "model", "parts": [{"text": "Trimmed to 5 seconds."}]}}
        backend.on("message", failure(429, "slow down", status=429), events(said))

        reply = project.say("trim it to 5 seconds")

        assert reply.text == "Trimmed to 5 seconds."
        assert clock.slept == [30]
        assert len(backend.received("message")) == 2

The backend is a real HTTP server on a loopback port. Each call of the protocol has a sensible answer of its own; `on`
queues others, which are given once each, in order. `requests` holds what came in. A notebook that calls
`nemo.connect()` itself is brought to it by `NEMO_API_URL=backend.url`. Set `NEMO_NB_HOME` to a temporary folder, so
that tokens and the journal of tests are kept apart from yours.
"""

from __future__ import annotations

from .answers import Answer, Hang, Step, cut, events, failure, ok, pause
from .backend import Received, ScriptedBackend
from .clock import FakeClock, no_waiting

__all__ = [
    "Answer",
    "FakeClock",
    "Hang",
    "Received",
    "ScriptedBackend",
    "Step",
    "cut",
    "events",
    "failure",
    "no_waiting",
    "ok",
    "pause",
]
