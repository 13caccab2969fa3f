"""Kernels die. What was said, uploaded and ordered does not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from decode import stream_facts
from kit import Kit

import nemo_nb as nemo
from nemo_nb.engine.launch import find_or_start

KERNEL = """
import json, sys
import nemo_nb as nemo
project = nemo.connect(project="doomed")
project.upload(sys.argv[1])
project.say("mute it")
export = project.export("out.mp4", resolution="240p", wait=False)
print(json.dumps([project.session_id, project.draft.hash, export.id]), flush=True)
sys.stdin.read()
"""


def doomed_kernel(clip: Path, folder: Path) -> tuple[str, str, str]:
    """Let a process begin an export, and kill it in the middle."""
    command = [sys.executable, "-c", KERNEL, str(clip)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=folder) as kernel:
        said = json.loads(kernel.stdout.readline())
        os.kill(kernel.pid, signal.SIGKILL)
    return tuple(said)


def test_a_killed_kernels_project_draft_and_export_are_found(folder: Path, kit: Kit) -> None:
    session, draft_hash, export_id = doomed_kernel(kit.clip("long.mp4", 30, "640x360"), folder)
    with nemo.connect(session=session) as project:
        assert (project.name, project.draft.hash) == ("doomed", draft_hash)
        (export,) = project.exports
        assert (export.id, export.state) == (export_id, "submitted")
        assert stream_facts(export.wait().path).duration_ms == pytest.approx(30_000, abs=34)
        assert export.path == folder / "out.mp4"


def test_the_engine_may_die_between_two_sentences(own_home: Path, clip_project: nemo.Project) -> None:
    clip_project.say("mute it")
    before = clip_project.draft
    os.kill(find_or_start(own_home).pid, signal.SIGKILL)
    assert clip_project.draft == before
    assert clip_project.say("trim it to 2 seconds").changes


def test_the_engine_may_die_during_an_export(own_home: Path, project: nemo.Project, kit: Kit) -> None:
    project.upload(kit.clip("long.mp4", 30, "640x360"))
    export = project.export("out.mp4", resolution="240p", wait=False)
    os.kill(find_or_start(own_home).pid, signal.SIGKILL)
    assert stream_facts(export.wait().path).duration_ms == pytest.approx(30_000, abs=34)


def test_giving_up_waiting_does_not_end_the_export(clip_project: nemo.Project) -> None:
    export = clip_project.export("out.mp4", wait=False)
    with nemo.connect(session=clip_project.session_id) as reopened:
        again = reopened.exports[-1]
        assert again.id == export.id
        assert again.wait().path.exists()


def test_a_cancelled_export_leaves_no_file(project: nemo.Project, kit: Kit, folder: Path) -> None:
    project.upload(kit.clip("long.mp4", 30, "640x360"))
    export = project.export("out.mp4", resolution="240p", wait=False)
    export.cancel()
    assert export.state == "cancelled"
    with nemo.connect(session=project.session_id) as reopened, pytest.raises(nemo.errors.ExportCancelled):
        reopened.exports[-1].wait()
    assert list(folder.iterdir()) == []
