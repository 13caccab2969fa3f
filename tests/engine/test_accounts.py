"""Two accounts of one machine, each with an engine and a server of its own, each tried against the other's."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from heavy import HEAVY
from kit import Kit

import nemo_nb

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        sys.platform != "linux" or os.getuid() != 0 or not shutil.which("setpriv"),
        reason="needs to be root, to be two others",
    ),
    HEAVY,
]

NAMES = ("daemon", "nobody")  # accounts that every Linux has, and nobody logs into
SOURCES = Path(nemo_nb.__file__).parent.parent

USABLE = (
    "import subprocess, sys, nemo_nb.engine.server; subprocess.run([sys.executable, '-c', ''], check=True)"
)
# Files are made with umask 0, as some clusters have it.
WORK = """
import json, os, sys
from pathlib import Path
os.umask(0)
import nemo_nb as nemo
from nemo_nb.engine.launch import find_or_start
with nemo.connect(project="mine") as project:
    if not project.assets:
        project.upload(sys.argv[1])
        project.say("mute it")
        project.export(Path(os.environ["NEMO_NB_HOME"]) / "out.mp4", resolution="360p")
    endpoint = find_or_start(Path(os.environ["NEMO_NB_HOME"]))
    print(json.dumps({"hash": project.draft.hash, "socket": endpoint.socket, "pid": endpoint.pid}))
"""
STOP = """
import os
from pathlib import Path
from nemo_nb.engine.launch import retire
retire(Path(os.environ["NEMO_NB_HOME"]))
"""
# What it says to each attempt: nothing but "refused" is right.
ATTACK = """
import json, os, socket, sys
theirs = json.loads(sys.argv[1])

def calling(path):
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(path)

def asking(head):
    host, port = theirs["url"].removeprefix("http://").rsplit(":", 1)
    with socket.create_connection((host, int(port))) as caller:
        heads = [f"{head} HTTP/1.1", "Host: localhost", "X-Client-Id: x", "Content-Length: 0",
                 f"Authorization: Bearer {theirs['other_token']}", "", ""]
        caller.sendall("\\r\\n".join(heads).encode())
        answer = caller.recv(100).decode()
        if answer.split()[1] == "401":
            raise PermissionError
        return answer

tries = {
    "connect": lambda: calling(theirs["socket"]),
    "list the socket's folder": lambda: os.listdir(os.path.dirname(theirs["socket"])),
    "move the socket's folder": lambda: os.rename(os.path.dirname(theirs["socket"]), "/tmp/nemo-nb-moved"),
    "end the engine": lambda: os.kill(theirs["pid"], 15),
    "read its environment": lambda: open(f"/proc/{theirs['pid']}/environ").read(),
    "read its memory": lambda: open(f"/proc/{theirs['pid']}/mem", "rb").read(1),
    "read its open files": lambda: os.listdir(f"/proc/{theirs['pid']}/fd"),
    "ask for a token": lambda: asking("POST /api/auth/anonymous-token"),
    "use one's own token": lambda: asking("GET /nb/v1/projects"),
}
for path in theirs["files"]:
    tries[f"read {path}"] = lambda path=path: os.listdir(path) if path in theirs["folders"] else open(path, "rb").read()
    tries[f"write {path}"] = lambda path=path: open(path + ("/x" if path in theirs["folders"] else ""), "ab")
for name, attempt in tries.items():
    try:
        print(f"{name}: {attempt()!r}")
    except PermissionError:
        print("refused")
    except OSError as error:
        print(f"{name}: {error}")
"""


@dataclass
class Account:
    """A user of this machine: `python` is one that it may run, below `folder` lie its things."""

    name: str
    python: str
    folder: Path
    token: str = ""
    told: dict[str, Any] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        import pwd

        user = pwd.getpwnam(self.name)
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        return ["setpriv", *ids, self.python, *arguments]

    def environment(self, home: str) -> dict[str, str]:
        named = {"HOME": str(self.folder), "NEMO_NB_HOME": str(self.folder / home), "PATH": os.defpath}
        return {
            **named,
            "PYTHONPATH": f"{SOURCES}:{sysconfig.get_path('purelib')}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, code: str, *arguments: str) -> str:
        command = self.command("-c", code, *arguments)
        done = subprocess.run(command, capture_output=True, text=True, env=self.environment("own"), cwd="/")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def work(self, film: Path) -> dict[str, Any]:
        """A project: made at first, then looked at."""
        return json.loads(self.run(WORK, str(film)).splitlines()[-1])

    def things(self) -> dict[str, Any]:
        """All files and folders that it has, and where its engines are to be found."""
        found = sorted(self.folder.rglob("*"))
        folders = [str(path) for path in found if path.is_dir()]
        return {**self.told, "files": list(map(str, found)), "folders": folders}


def python_of(name: str) -> str:
    """A Python that this account may run, with our packages."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        account = Account(name, python, Path("/nonexistent"))
        command = account.command("-c", USABLE)
        if not subprocess.run(
            command, capture_output=True, env=account.environment("own"), cwd="/"
        ).returncode:
            return python
    pytest.skip(f"{name} may run no Python that finds our packages")


@pytest.fixture
def accounts(kit: Kit) -> Iterator[list[Account]]:
    """Both, each with a project and with a server."""
    with tempfile.TemporaryDirectory(dir="/tmp") as base:
        Path(base).chmod(0o755)
        film = Path(base) / "film.mp4"
        film.write_bytes(kit.clip().read_bytes())
        both, servers = [Account(name, python_of(name), Path(base) / name) for name in NAMES], []
        for account in both:
            account.folder.mkdir()
            shutil.chown(account.folder, account.name)
        try:
            for account in both:
                account.told = account.work(film)
                command = account.command("-m", "nemo_nb", "serve", "--port", "0")
                server = subprocess.Popen(
                    command, stdout=subprocess.PIPE, text=True, env=account.environment("served"), cwd="/"
                )
                servers.append(server)
                said = json.loads(server.stdout.readline())
                account.told["url"], account.token = said["url"], Path(said["token_file"]).read_text().strip()
            yield both
            for account in both:
                assert account.work(film)["hash"] == account.told["hash"]
        finally:
            for account in both:
                account.run(STOP)
            for server in servers:
                server.send_signal(signal.SIGTERM)
                server.stdout.close()
                server.wait()


def test_neither_account_gets_at_what_is_the_other_s(accounts: list[Account]) -> None:
    for one, other in (accounts, accounts[::-1]):
        theirs = other.things() | {"other_token": one.token}
        kinds = {Path(path).suffix for path in theirs["files"]}
        assert {".sqlite3", ".mp4", ".json", ".token"} <= kinds, "there is something to be had"
        said = one.run(ATTACK, json.dumps(theirs)).splitlines()
        assert len(said) > 2 * len(theirs["files"])
        assert set(said) == {"refused"}
