"""The wire: everything between a call and a backend that speaks the NemoVideo protocol.

How the parts fit, from the bytes up:

    sse, events          a stream's bytes → events
    masked, files        strings that never show themselves, files that only their owner reads
    settings, identity   the environment, the client id, the kept token
    envelope, auth       answers → data or errors; what requests are signed with
    wire, stream         one request; one message and its stream
    uploads, multipart   what to send, checked and streamed          download   a file, once it is whole
    api, extensions      `Client`: a method for each call            exports    a whole export
    journal              what this machine remembers                 runner     blocking calls on async ones
    notebook, belonging  which notebook this is, and which project is its own
    lifetime             what the end of a token costs
    cassette, redaction  a conversation recorded, and played back without a backend

`Client` is async only. `runner` is how a notebook's cells, callbacks and threads share one.
"""

from __future__ import annotations

from .answers import (
    Applied,
    Asset,
    Capabilities,
    Credits,
    Plan,
    ProjectEntry,
    Reel,
    ReelPiece,
    RenderJob,
    Session,
    State,
    Turn,
)
from .api import Client
from .auth import Anonymous, Credentials, UserToken
from .cassette import Player, Recorder, Tape
from .clock import Clock, SystemClock
from .events import (
    StreamCut,
    StreamEvent,
    StreamFault,
    TextDelta,
    ToolFinished,
    ToolStarted,
    Waiting,
)
from .exports import follow_export, new_export_id, run_export
from .identity import Identity, TokenStore, backend_key
from .journal import Entry, Journal, JournalExport, JournalTurn, JournalUpload
from .lifetime import farewell
from .masked import Secret
from .runner import Job, LoopThread, NestedRunner, Runner, get_runner, on_loop
from .settings import CLOUD_URL, WEB_URL, Settings, attribution
from .uploads import Source, each
from .wire import Limits

__all__ = [
    "CLOUD_URL",
    "WEB_URL",
    "Anonymous",
    "Applied",
    "Asset",
    "Capabilities",
    "Client",
    "Clock",
    "Credentials",
    "Credits",
    "Entry",
    "Identity",
    "Job",
    "Journal",
    "JournalExport",
    "JournalTurn",
    "JournalUpload",
    "Limits",
    "LoopThread",
    "NestedRunner",
    "Plan",
    "Player",
    "ProjectEntry",
    "Recorder",
    "Reel",
    "ReelPiece",
    "RenderJob",
    "Runner",
    "Secret",
    "Session",
    "Settings",
    "Source",
    "State",
    "StreamCut",
    "StreamEvent",
    "StreamFault",
    "SystemClock",
    "Tape",
    "TextDelta",
    "TokenStore",
    "ToolFinished",
    "ToolStarted",
    "Turn",
    "UserToken",
    "Waiting",
    "attribution",
    "backend_key",
    "each",
    "farewell",
    "follow_export",
    "get_runner",
    "new_export_id",
    "on_loop",
    "run_export",
]
