"""The same file again: it stays where it is on the timeline, and can be taken back by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.testing import ScriptedBackend


def names(project: nemo.Project) -> list[str]:
    return [segment.file for segment in project.draft.segments]


def test_what_is_on_the_timeline_stays_and_that_is_said(
    clip_project: nemo.Project, kit: Kit, capsys: pytest.CaptureFixture[str]
) -> None:
    clip_project.say("trim it to 2 seconds")
    before, turns = clip_project.draft, len(clip_project.history)
    capsys.readouterr()
    clip, tune = clip_project.upload(kit.clip(), kit.tune())
    assert (clip_project.draft, len(clip_project.history)) == (before, turns)
    assert clip.note == (
        "It is on the timeline already and stays as it is. Say “add clip.mp4 again” to have it twice."
    )
    assert clip.note in capsys.readouterr().err
    assert not tune.note
    assert [asset.name for asset in clip_project.assets] == ["clip.mp4", "lofi.mp3"], "each is listed once"
    clip_project.say("add it again")
    assert names(clip_project) == ["clip.mp4", "clip.mp4"]


def test_what_is_not_on_the_timeline_is_placed(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.apply([{"op": "delete", "segments": ["seg-1"]}])
    assert names(clip_project) == []
    clip_project.upload(kit.clip())
    assert names(clip_project) == ["clip.mp4"]
    clip_project.upload(("b.mp4", kit.clip()))
    assert names(clip_project) == ["clip.mp4", "b.mp4"], "under another name it is another file"
    (other,) = clip_project.upload(("b.mp4", kit.clip("other.mp4", 1)))
    assert names(clip_project) == ["clip.mp4", "b.mp4", "b.mp4"], "and so is another content"
    assert other.note.startswith("Another file of this name was uploaded too, and both are here.")


def test_twice_in_one_call_is_twice(project: nemo.Project, kit: Kit) -> None:
    project.upload(kit.clip(), kit.tune(), kit.clip())
    assert names(project) == ["clip.mp4", "clip.mp4"]
    project.upload(kit.clip(), kit.clip())
    assert names(project) == ["clip.mp4"] * 3, "one stays, and the other is one more"
    assert [asset.name for asset in project.assets] == ["clip.mp4", "lofi.mp3"]
    replay = project.recipe().replay({"clip": kit.clip(), "lofi": kit.tune()})
    assert replay.draft.edit_hash == project.draft.edit_hash


def test_undo_steps_over_it_and_a_name_takes_it_back(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.say("make it black and white")
    clip_project.upload(kit.clip("b.mp4", 1), kit.clip("c.mp4", 2))
    clip_project.undo()
    assert names(clip_project) == ["clip.mp4", "b.mp4", "c.mp4"]
    clip_project.say("undo the upload of b.mp4")
    assert names(clip_project) == ["clip.mp4", "c.mp4"]
    clip_project.upload(kit.clip("b.mp4", 1))
    assert names(clip_project) == ["clip.mp4", "c.mp4", "b.mp4"]
    (upload,) = (turn.turn for turn in clip_project.history if turn.text == "b.mp4")
    clip_project.undo(turn=upload)
    assert names(clip_project) == ["clip.mp4", "c.mp4"]
    assert "b.mp4" in [asset.name for asset in clip_project.assets], "it stays listed"


@pytest.mark.parametrize("in_pieces", ["split it at 2 seconds", "cut out 1s to 2s"])
def test_a_file_in_pieces_is_added_again_as_a_whole(clip_project: nemo.Project, in_pieces: str) -> None:
    clip_project.say(in_pieces)
    pieces = [segment.duration_ms for segment in clip_project.draft.segments]
    clip_project.say("add clip.mp4 again")
    assert [segment.duration_ms for segment in clip_project.draft.segments] == [*pieces, 4000]
    clip_project.say("add clip.mp4 again at the start")
    assert [segment.duration_ms for segment in clip_project.draft.segments] == [4000, *pieces, 4000]


@pytest.mark.parametrize("takes_back", [lambda project: project.undo(), lambda project: project.undo(turn=2)])
def test_what_was_removed_and_uploaded_again_is_there_once_when_the_removal_is_undone(
    clip_project: nemo.Project, kit: Kit, takes_back: Callable[[nemo.Project], object]
) -> None:
    clip_project.say("remove clip.mp4")
    clip_project.upload(kit.clip())
    takes_back(clip_project)
    assert names(clip_project) == ["clip.mp4"]
    assert clip_project.recipe().verify()
    assert not clip_project.recipe().verify().notes


def test_and_so_it_is_when_that_is_done_again(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.say("remove clip.mp4")
    clip_project.upload(kit.clip(), kit.clip("b.mp4", 1))
    for _ in range(2):
        clip_project.undo()
        assert names(clip_project) == ["clip.mp4", "b.mp4"]
        clip_project.redo()
        assert names(clip_project) == ["clip.mp4", "b.mp4"], "it was uploaded since"
    clip_project.say("undo that and make it black and white")
    assert names(clip_project) == ["clip.mp4", "b.mp4"]
    clip_project.undo(2)
    assert names(clip_project) == ["clip.mp4", "b.mp4"]


def test_an_upload_that_had_nothing_to_place_places_it_where_it_is_missing(
    clip_project: nemo.Project, kit: Kit
) -> None:
    for sentence in ("remove clip.mp4", "add clip.mp4", "remove clip.mp4"):
        clip_project.say(sentence)
    clip_project.upload(kit.clip())
    clip_project.undo()
    assert names(clip_project) == ["clip.mp4"]
    assert clip_project.say("undo that and make it black and white").changes
    assert names(clip_project) == ["clip.mp4"]


@pytest.mark.parametrize(
    "sentence",
    [
        "undo the upload",
        "remove the upload",
        "take the upload back",
        "take the upload of b.mp4 back",
        "delete the last upload",
        "mach den Upload rückgängig",
        "entferne den Upload",
        "撤销上传",
        "删除上传",
    ],
)
def test_the_last_upload_is_taken_back_in_a_sentence(
    clip_project: nemo.Project, kit: Kit, sentence: str
) -> None:
    clip_project.upload(kit.clip("b.mp4", 1))
    clip_project.say("mute clip.mp4")
    assert clip_project.say(sentence).changes
    assert names(clip_project) == ["clip.mp4"]
    assert next(clip_project.draft.segments).muted, "what was done since stays"


def test_a_plain_backend_is_asked_as_ever(folder: Path, kit: Kit) -> None:
    with ScriptedBackend() as backend, nemo.connect(backend.url) as project:
        project.upload(kit.clip())
        project.upload(kit.clip())
        assert len(backend.received("upload")) == 2


def test_more_steps_back_than_there_are_and_on_again_change_nothing(project: nemo.Project, kit: Kit) -> None:
    project.upload(kit.clip(), kit.clip("b.mp4", 1), kit.clip("c.mp4", 2))
    project.say("remove b.mp4")
    before = project.draft
    project.undo(5)
    assert names(project) == ["clip.mp4", "b.mp4", "c.mp4"]
    project.redo(5)
    assert project.draft == before
