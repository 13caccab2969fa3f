"""What is peculiar to ipykernel: how its widgets go on while a cell runs."""

from __future__ import annotations

import sys
from typing import Any


def go_on_while_a_cell_runs(comm: Any) -> None:
    """Have a comm's messages handled on the page's subshell even where ipykernel 7.4 keeps them on the main one.

    It routes a comm's messages to where it was made. With this in place of that (private) route they go where the page
    sends them, so that the widget works during a long cell. Where it has no such route, the page says that it waits.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = _as_sent


def _as_sent(_: object, subshell: str | None) -> str | None:
    """The subshell that the page names; the main one where a page still names one from before the kernel's restart."""
    try:
        known = (
            sys.modules["ipykernel.kernelbase"].Kernel.instance().shell_channel_thread.manager.list_subshell()
        )
    except (KeyError, AttributeError):
        return subshell
    return subshell if subshell in known else None
