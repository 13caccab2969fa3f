"""`nemo-nb doctor`: each check sees the fault it is there for, and names a fix."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest
from kit import Kit
from package.shadow import Shadow

from nemo_nb.cli import main
from nemo_nb.cli.checks import CHECKS
from nemo_nb.cli.doctor import examine
from nemo_nb.cli.prune import prune
from nemo_nb.testing import ScriptedBackend, failure

TOKEN = "nmv_usr_canary/7f3a"
ALONE = """
import json, sys
from dataclasses import asdict
from nemo_nb.cli.checks import CHECKS
from nemo_nb.cli.doctor import examine
wanted = [(name, check) for name, check in CHECKS if name in sys.argv]
print(json.dumps({"checks": [asdict(finding) for finding in examine(wanted)]}))
"""


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nemo_nb", "doctor", *arguments],
        capture_output=True, text=True, cwd=cwd, env={**os.environ, **environment}, check=False,
    )  # fmt: skip


def found(said: str) -> dict[str, list[dict[str, str]]]:
    """The findings by check, from the JSON."""
    checks: dict[str, list[dict[str, str]]] = {}
    for finding in json.loads(said)["checks"]:
        checks.setdefault(finding["check"], []).append(finding)
    return checks


def only(name: str) -> list[tuple[str, str, str]]:
    """One check's findings, in this process."""
    return [(item.state, item.what, item.fix) for item in examine([(name, dict(CHECKS)[name])])]


def test_a_machine_that_is_well(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert {line.split()[1] for line in lines[2:] if line.startswith("ok")} == {name for name, _ in CHECKS}
    assert "BROKEN" not in done.stdout


def test_a_machine_where_everything_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the home should be")
    (tmp_path / "config" / "labconfig").mkdir(parents=True)
    (tmp_path / "config" / "labconfig" / "page_config.json").write_text(
        '{"disabledExtensions": {"anywidget": true}}'
    )
    done = run(
        "--json", cwd=tmp_path,
        NEMO_NB_HOME=str(tmp_path / "home"), NEMO_API_URL="http://127.0.0.1:1",
        IMAGEIO_FFMPEG_EXE=str(tmp_path / "no-ffmpeg"), JUPYTER_CONFIG_DIR=str(tmp_path / "config"),
        HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path), XDG_DATA_DIRS=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False
    checks = found(done.stdout)
    for name in ("widgets", "ffmpeg", "disk", "sign-in", "engine"):
        assert checks[name][0]["state"] == "broken", checks[name]
        assert checks[name][0]["fix"]
    assert "anywidget is disabled" in checks["widgets"][0]["what"]
    assert "labextension enable anywidget" in checks["widgets"][0]["fix"]


def test_without_fonts_it_says_which_scripts_cannot_be_drawn(tmp_path: Path) -> None:
    # Of a cjk extra that may be installed nothing is to be seen: a Python without it.
    shadow = Shadow(tmp_path / "site", without=["manimgx_fonts_cjk*"])
    bare = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path)}
    fonts = found(shadow.run("-c", ALONE, "fonts", cwd=tmp_path, **bare).stdout)["fonts"]
    assert fonts[0]["state"] == "ok", "the fonts that the package brings along"
    assert fonts[0]["what"].startswith("titles in English, accented Latin, Greek")
    assert ("limited", 'pip install "nemo-nb[cjk]"') in [(item["state"], item["fix"]) for item in fonts]
    assert "Chinese, Japanese, Korean" in fonts[1]["what"]


@pytest.mark.parametrize(
    ("without", "versions", "kernel", "says"),
    [
        (["ipykernel*"], {}, "limited", 'pip install "nemo-nb[lab]"'),
        ([], {"ipykernel": "6.31.0"}, "limited", "widgets wait while a cell runs"),
        ([], {"ipykernel": "7.1.0"}, "ok", "widgets work while a cell runs"),
    ],
)
def test_the_kernel_and_what_its_version_means(
    tmp_path: Path, without: list[str], versions: dict[str, str], kernel: str, says: str
) -> None:
    shadow = Shadow(tmp_path / "site", without=without, versions=versions)
    (told,) = found(shadow.run("-c", ALONE, "kernel", cwd=tmp_path).stdout)["kernel"]
    assert told["state"] == kernel
    assert says in told["what"] + told["fix"]


def test_where_jupyterlab_lacks_the_widgets_parts(tmp_path: Path) -> None:
    shadow = Shadow(tmp_path / "site")
    broken = found(shadow.run("-c", ALONE, "widgets", cwd=tmp_path).stdout)["widgets"]
    assert "does not see the extension" in broken[0]["what"], "the shadow has no lab extensions"


def test_an_ffmpeg_that_lacks_an_encoder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    poor = tmp_path / "ffmpeg"
    poor.write_text(
        "#!/bin/sh\necho 'ffmpeg version 1.0'\necho ' V....D png  PNG'\necho ' A....D aac  AAC'\n"
    )
    poor.chmod(0o755)
    monkeypatch.setattr("nemo_nb.media.ffmpeg.binary", lambda: str(poor))
    ((state, what, _),) = only("ffmpeg")
    assert state == "broken"
    assert "lacks the encoders libx264, libmp3lame, pcm_s16le" in what


@pytest.mark.parametrize(("free", "state"), [(10_000_000, "broken"), (900_000_000, "limited")])
def test_a_disk_with_little_room(monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - free, free))
    home, here, *_ = only("disk")
    assert home[0] == here[0] == state
    assert "NEMO_NB_HOME" in home[2]


def test_what_the_engine_keeps_is_counted_once(own_home: Path) -> None:
    assert not [what for _, what, _ in only("disk") if "the engine keeps" in what]
    (own_home / "engine" / "cache").mkdir(parents=True)
    (own_home / "engine" / "result.mp4").write_bytes(bytes(3_000_000))
    (own_home / "engine" / "cache" / "5f").hardlink_to(own_home / "engine" / "result.mp4")
    (kept,) = [what for _, what, _ in only("disk") if "the engine keeps" in what]
    assert kept.startswith("the engine keeps 3 MB; 3 MB of it is a cache")


class TestSignIn:
    """Against a backend that answers as NemoVideo's does."""

    @pytest.fixture
    def backend(self, monkeypatch: pytest.MonkeyPatch) -> ScriptedBackend:
        with ScriptedBackend() as scripted:
            monkeypatch.setenv("NEMO_API_URL", scripted.url)
            yield scripted

    def test_a_token_is_tried_and_not_shown(
        self, backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NEMO_TOKEN", TOKEN)
        ((state, what, _),) = only("sign-in")
        assert (state, TOKEN in what) == ("ok", False)
        assert "100 credits" in what
        assert backend.requests[0].headers["authorization"] == f"Bearer {TOKEN}"

    def test_a_token_that_is_refused(self, backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEMO_TOKEN", TOKEN)
        backend.on("credits", failure(1001, f"bad or expired token {TOKEN}", status=401))
        ((state, what, fix),) = only("sign-in")
        assert state == "broken"
        assert "NEMO_TOKEN" in fix
        assert TOKEN not in what + fix

    def test_without_a_token_no_account_is_made(
        self, backend: ScriptedBackend, monkeypatch: pytest.MonkeyPatch, own_home: Path
    ) -> None:
        ((state, what, _),) = only("sign-in")
        assert state == "ok"
        assert "will be asked for" in what
        assert backend.requests == []
        assert not (own_home / "client_id").exists()

    def test_a_token_that_is_kept(self, backend: ScriptedBackend, own_home: Path) -> None:
        import nemo_nb as nemo

        with nemo.connect() as project:
            project.credits()
        ((_, what, _),) = only("sign-in")
        assert "the token is kept here" in what


def test_the_cache_and_old_projects_are_told_and_pruned_on_request(own_home: Path, kit: Kit) -> None:
    import nemo_nb as nemo

    with nemo.connect(project="old") as old, nemo.connect(project="new") as new:
        for project in (old, new):
            project.upload(kit.clip())
        old.upload(kit.tune())
        old.export(own_home / "old.mp4")
        session = old.session_id
    before = [what for _, what, _ in only("storage")]
    assert before[1].startswith("2 projects with ")
    assert before[1].endswith("for 30 days: 0 projects with 0 bytes")
    assert prune(30).projects == ()
    assert only("storage")[0][1] == "the cache has 0 bytes"

    with closing(sqlite3.connect(own_home / "engine" / "engine.sqlite3")) as records, records:
        records.execute("UPDATE sessions SET updated_ms = 0 WHERE id = ?", (session,))
    (_, what, fix) = only("storage")[1]
    assert "for 30 days: 1 project with " in what
    assert "--prune-projects 30" in fix
    pruned = prune(30)
    assert pruned.projects == ("old",)
    assert pruned.freed > kit.tune().stat().st_size, (
        "its tune and its export; not the clip, which the new one has"
    )
    assert "deleted old" in str(pruned)
    with nemo.connect(project="new") as still_there:
        assert still_there.draft.segments
    with pytest.raises(SystemExit):
        main(["doctor", "--prune-projects", "0"])
