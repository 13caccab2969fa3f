"""What holds in a real kernel: in a cell, an awaiting cell, a widget's callback and a thread.

    python tests/kernel_promises.py                  the ipykernel that is installed, as a column of docs/kernels.md
    python tests/kernel_promises.py 6.31 7.3 7.4     each of these, in an environment made for it

`tests/client/test_kernels.py` runs the first in every test run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nemo_nb.testing import ScriptedBackend, events, pause

SETUP = """
import asyncio, json, threading, time, warnings
warnings.simplefilter("ignore")
import ipywidgets
from nemo_nb.client import Client, LoopThread, Secret, UserToken, get_runner
from nemo_nb.errors import RunnerError
runner = get_runner("thread")
client = Client({url!r}, credentials=UserToken(Secret("test")))
async def ask():
    return (await client.credits()).available
async def talk():
    return [event async for event in client.message("s", "x")]
heard = []
button = ipywidgets.Button()
button.on_click(lambda _: heard.append((runner.run(ask()), time.monotonic())))
print(button.comm.comm_id)
"""
INTERRUPTED_S = (
    0.5  # in the manual's table; a test run, on a machine that is busy with others, has more patience
)
PATIENCE_S = 30


class Kernel:
    """A kernel of the installed ipykernel, spoken to as a front end does."""

    def __init__(self, url: str, interrupted_s: float) -> None:
        from jupyter_client.manager import start_new_kernel

        self.manager, self.client = start_new_kernel(kernel_name="python3")
        self.interrupted_s = interrupted_s
        self.button = self.run(SETUP.format(url=url)).strip()
        self.client.kernel_info()
        info = self._reply(self.client.get_shell_msg, "kernel_info_reply")
        self.subshell = None
        if "kernel subshells" in (
            info.get("supported_features") or []
        ):  # as JupyterLab uses them for widgets
            request = self.client.session.msg("create_subshell_request", {})
            self.client.control_channel.send(request)
            self.subshell = self._reply(self.client.get_control_msg, "create_subshell_reply")["subshell_id"]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def start(self, code: str) -> str:
        return str(self.client.execute(code))

    def run(self, code: str) -> str:
        """What the code prints. AssertionError with the traceback when it raises."""
        printed, error = self.output(self.start(code))
        assert error is None, error
        return printed

    def output(self, request: str) -> tuple[str, str | None]:
        """What a cell printed, and the name of the error that ended it, once it has ended."""
        printed, error = "", None
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE_S)
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            if message["msg_type"] == "stream":
                printed += content["text"]
            elif message["msg_type"] == "error":
                error = content["ename"]
            elif message["msg_type"] == "status" and content["execution_state"] == "idle":
                return printed, error

    def begun(self, request: str) -> None:
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE_S)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == "execute_input":
                return

    def click(self) -> None:
        content = {"comm_id": self.button, "data": {"method": "custom", "content": {"event": "click"}}}
        message = self.client.session.msg("comm_msg", content)
        if self.subshell:
            message["header"]["subshell_id"] = self.subshell
        self.client.shell_channel.send(message)

    @staticmethod
    def _reply(get: Callable[..., dict[str, Any]], kind: str) -> dict[str, Any]:
        while (message := get(timeout=PATIENCE_S))["msg_type"] != kind:
            pass
        return dict(message["content"])


def blocking(kernel: Kernel, _: ScriptedBackend) -> str:
    return kernel.run("print(runner.run(ask()))")


def awaiting(kernel: Kernel, _: ScriptedBackend) -> str:
    return kernel.run("print(await runner.hop(ask()))")


def thread(kernel: Kernel, _: ScriptedBackend) -> str:
    """While a cell keeps the kernel busy."""
    return kernel.run(
        "found = []\n"
        "worker = threading.Thread(target=lambda: found.append(runner.run(ask())))\n"
        "worker.start(); worker.join(20); print(*found)"
    )


def nested_cell(kernel: Kernel, _: ScriptedBackend) -> str:
    """Last of all, for it patches asyncio; everything else must go on afterwards."""
    kernel.run(
        "nested = get_runner('nested')\n"
        "other = Client(str(client._wire.base_url), credentials=UserToken(Secret('test')))\n"
        "assert nested.run(other.credits()).available == 100"
    )
    return kernel.run("print(runner.run(ask()))")


def nested_thread(kernel: Kernel, _: ScriptedBackend) -> str:
    return kernel.run(
        "refused = []\n"
        "def elsewhere():\n"
        "    try: nested.run(other.credits())\n"
        "    except RunnerError: refused.append('refused')\n"
        "worker = threading.Thread(target=elsewhere); worker.start(); worker.join(20); print(*refused)"
    )


def interrupt(kernel: Kernel, backend: ScriptedBackend, code: str) -> str:
    """Interrupt a cell in the middle of a stream: the call ends soon, and the server sees the connection closed.

    What IPython takes to draw the traceback, a second on a busy machine, is not counted.
    """
    hold = pause()
    backend.on("message", events({"type": "heartbeat"}, hold))
    request = kernel.start(f"try:\n    {code}\nfinally:\n    stopped = time.time()")
    assert hold.reached.wait(PATIENCE_S)
    time.sleep(0.3)  # into the middle of the wait
    began = time.time()
    kernel.manager.interrupt_kernel()
    assert hold.ended.wait(PATIENCE_S), "the connection is still open"
    closed = time.time()
    _, error = kernel.output(request)
    took = max(closed, float(kernel.run("print(stopped)"))) - began
    assert error in ("KeyboardInterrupt", "CancelledError"), error
    return "yes" if took <= kernel.interrupted_s else f"after {took:.1f} s"


def interrupt_blocking(kernel: Kernel, backend: ScriptedBackend) -> str:
    return interrupt(kernel, backend, "runner.run(talk())")


def interrupt_awaiting(kernel: Kernel, backend: ScriptedBackend) -> str:
    return interrupt(kernel, backend, "await runner.hop(talk())")


def callback(kernel: Kernel, cell: str) -> str:
    """When a button's callback, with a blocking call in it, has run: during a cell or after it."""
    kernel.run("heard.clear()")
    request = kernel.start(f"{cell}\nended = time.monotonic()")
    kernel.begun(request)
    kernel.click()
    kernel.output(request)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        found = json.loads(kernel.run("print(json.dumps([heard, ended]))"))
        if found[0]:
            (available, moment), ended = found[0][0], found[1]
            assert available == 100
            return "at once" if moment < ended else "after the cell"
    return "never"


def callback_idle(kernel: Kernel, _: ScriptedBackend) -> str:
    return "yes" if callback(kernel, "pass") != "never" else "no"


def callback_busy(kernel: Kernel, _: ScriptedBackend) -> str:
    return callback(kernel, "time.sleep(1.5)")


def callback_awaiting(kernel: Kernel, _: ScriptedBackend) -> str:
    return callback(kernel, "await asyncio.sleep(1.5)")


ROWS: list[tuple[str, Callable[[Kernel, ScriptedBackend], str], str | None]] = [
    ("a blocking call in a cell", blocking, "100.0"),
    ("an awaited call in a cell", awaiting, "100.0"),
    ("a blocking call in a thread", thread, "100.0"),
    ("a blocking call in a widget's callback", callback_idle, "yes"),
    ("interrupting a blocking cell: over within 0.5 s, connection closed", interrupt_blocking, "yes"),
    ("interrupting an awaiting cell: over within 0.5 s, connection closed", interrupt_awaiting, "yes"),
    ("`runner=\"nested\"` in a cell, and the other runner after it", nested_cell, "100.0"),
    ("`runner=\"nested\"` in a thread", nested_thread, "refused"),
    ("a callback during a blocking cell runs", callback_busy, None),
    ("a callback during an awaiting cell runs", callback_awaiting, None),
]  # fmt: skip
"""What is promised, how it is found out, and what must come of it. `None`: it differs, and is only told."""
LAST = (nested_cell, nested_thread)


def column(interrupted_s: float = INTERRUPTED_S) -> dict[str, str]:
    """What the installed ipykernel makes of each row: `yes`, or what came instead.

    An interrupted cell is to be over within `interrupted_s` seconds.
    """
    found: dict[str, str] = {}
    with ScriptedBackend() as backend:
        kernel = Kernel(backend.url, interrupted_s)
        try:
            for name, check, promised in sorted(ROWS, key=lambda row: row[1] in LAST):
                seen = check(kernel, backend).strip()
                found[name] = "yes" if seen == promised == "100.0" else seen
        finally:
            kernel.close()
    return {name: found[name] for name, _, _ in ROWS}


def promised() -> dict[str, str]:
    return {name: "yes" if value == "100.0" else value for name, _, value in ROWS if value}


def in_environment_of(version: str) -> dict[str, str]:
    """The column of another ipykernel, found in an environment that is made for it and thrown away."""
    root = Path(__file__).parents[1]
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        wanted = [f"ipykernel=={version}.*", "jupyter_client", "-e", str(root)]
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True)
        done = subprocess.run([python, __file__, "--json"], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def table(columns: dict[str, dict[str, str]]) -> str:
    lines = [f"| ipykernel | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    lines += [f"| {name} | {' | '.join(found[name] for found in columns.values())} |" for name, _, _ in ROWS]
    return "\n".join(lines)


if __name__ == "__main__":
    versions = sys.argv[1:]
    if versions == ["--json"]:
        print(json.dumps(column()))
    else:
        print(table({version: in_environment_of(version) for version in versions} or {"installed": column()}))
