"""`nemo-nb serve`: the embedded engine for other programs on this machine."""

from __future__ import annotations

import argparse
import json
from typing import Any


def add(commands: Any) -> None:
    command = commands.add_parser("serve", help="serve the embedded engine over HTTP on this machine")
    command.add_argument("--port", type=int, default=0, help="0 picks a free one (default)")
    command.set_defaults(run=serve)


def serve(options: argparse.Namespace) -> int:
    """Serve the embedded engine over TCP until stopped; one line of JSON says where, and which file has the token."""
    import os

    from ..client.files import write_private
    from ..client.masked import Secret
    from ..client.settings import Settings
    from ..engine.home import EngineHome
    from ..engine.launch import retire
    from ..engine.server import log_to_file
    from ..engine.server import serve as run

    os.umask(0o077)  # as an engine that a notebook starts
    home = Settings.from_environment().home
    log_to_file(home)

    def ready(endpoint: dict[str, object], token: str) -> None:
        token_file = EngineHome.inside(home).token_file
        write_private(token_file, Secret(token))
        print(json.dumps({"url": endpoint["url"], "token_file": str(token_file)}), flush=True)

    retire(home)  # one engine for each home: what a notebook started, this one goes on with
    run(home, port=options.port, on_ready=ready)
    return 0
