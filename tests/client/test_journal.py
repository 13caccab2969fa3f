"""What this machine remembers of its sessions."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from nemo_nb.client import Journal, JournalExport, JournalTurn, Session


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    moments = iter(range(1000, 9000))
    return Journal(tmp_path, "https-cloud.test", now_ms=lambda: next(moments))


def test_a_session_is_found_again_with_its_turns_and_exports(journal: Journal) -> None:
    journal.begin(Session("s-1", "t-1", "u-1"), "trailer")
    journal.add_turn("s-1", "淡出音乐", "Fades out.\n\u2028Twice.")
    journal.add_export("s-1", "render_1", "out.mp4", "submitted")
    journal.add_export("s-1", "render_2", "out-2.mp4", "submitted")
    journal.add_export("s-1", "render_1", "out.mp4", "saved")
    entry = journal.find("s-1")
    assert entry is not None
    assert entry.session == Session("s-1", "t-1", "u-1")
    assert (entry.name, entry.created_ms, entry.updated_ms) == ("trailer", 1000, 1004)
    assert entry.turns == [JournalTurn("淡出音乐", "Fades out.\n\u2028Twice.", 1001)]
    assert entry.exports == [
        JournalExport("render_1", "out.mp4", "saved", 1004),
        JournalExport("render_2", "out-2.mp4", "submitted", 1003),
    ]


def test_the_project_of_a_name_is_the_one_used_last(journal: Journal) -> None:
    for session, name in (("s-1", "trailer"), ("s-2", "trailer"), ("s-3", "other")):
        journal.begin(Session(session), name)
    journal.add_turn("s-1", "trim", "Trimmed.")
    assert journal.latest("trailer") == journal.find("s-1")
    assert [entry.session.session_id for entry in journal.entries()] == ["s-1", "s-3", "s-2"]
    assert journal.latest("unheard of") is None


def test_another_backend_has_a_journal_of_its_own(journal: Journal, tmp_path: Path) -> None:
    journal.begin(Session("s-1"), "trailer")
    assert Journal(tmp_path, "https-other.test").find("s-1") is None


def test_only_the_owner_reads_it(journal: Journal, tmp_path: Path) -> None:
    journal.begin(Session("s-1"), "trailer")
    (file,) = tmp_path.rglob("*.jsonl")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("cut", range(1, 40, 6))
def test_a_killed_process_loses_its_last_line_only(journal: Journal, tmp_path: Path, cut: int) -> None:
    journal.begin(Session("s-1"), "trailer")
    journal.add_turn("s-1", "one", "One.")
    journal.add_turn("s-1", "two", "Two, a longer answer.")
    (file,) = tmp_path.rglob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-cut])
    journal.add_turn("s-1", "three", "Three.")
    entry = journal.find("s-1")
    assert entry is not None
    kept = [turn.text for turn in entry.turns]
    assert kept in (["one", "two", "three"], ["one", "three"])
    assert (kept[1] == "two") == (cut == 1)


@pytest.mark.parametrize("session_id", ["../../escape", "a/b", "", ".hidden", "x" * 300, "con:1", "会话"])
def test_no_session_id_leaves_the_folder(journal: Journal, tmp_path: Path, session_id: str) -> None:
    journal.begin(Session(session_id), "trailer")
    (file,) = tmp_path.rglob("*.jsonl")
    assert file.parent == tmp_path / "journal" / "https-cloud.test"
    found = journal.find(session_id)
    assert found is not None
    assert found.session.session_id == session_id


def test_threads_that_write_at_once_do_not_mix_lines(tmp_path: Path) -> None:
    journal = Journal(tmp_path, "k")
    journal.begin(Session("s-1"), "trailer")
    threads = [
        threading.Thread(
            target=lambda n=n: [journal.add_turn("s-1", f"{n}-{i}", "x" * 500) for i in range(20)]
        )
        for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entry = journal.find("s-1")
    assert entry is not None
    assert len(entry.turns) == 80


def test_a_file_that_is_no_journal_is_passed_over(journal: Journal, tmp_path: Path) -> None:
    journal.begin(Session("s-1"), "trailer")
    folder = tmp_path / "journal" / "https-cloud.test"
    (folder / "odd.jsonl").write_bytes(b"\xff\xfe[]\n7\n")
    assert len(journal.entries()) == 1
    journal.forget("s-1")
    journal.forget("s-1")
    assert journal.entries() == []
