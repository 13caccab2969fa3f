"""One earlier turn is taken back, and the later ones stay: `project.undo(turn=…)`."""

from __future__ import annotations

from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb.errors import DraftError, InvalidInput, LaterStepInTheWay, NotSupportedByBackend
from nemo_nb.testing import ScriptedBackend


def made(project: nemo.Project, *operations: dict[str, object]) -> int:
    """Make an edit by hand, and give its turn."""
    project.apply(list(operations))
    return project.history[-1].turn


def title(text: str, at_ms: int) -> dict[str, object]:
    return {"op": "add_text", "text": text, "at_ms": at_ms, "duration_ms": 1000}


def test_the_later_turns_stay_as_they_were(clip_project: nemo.Project) -> None:
    first = made(clip_project, title("Hi", 0))
    made(clip_project, title("Bye", 2000))
    made(clip_project, {"op": "change_text", "segment": "seg-3", "text": "The End"})
    (change, *_) = clip_project.undo(turn=first)
    assert str(change) == 'removed "Hi" (0-1s)'
    assert [item.text for item in clip_project.draft.segments if item.text] == ["The End"]
    history = {turn.turn: turn for turn in clip_project.history}
    assert history[first].undone
    assert not history[first + 1].undone
    assert clip_project.history[-1].kind == "undo"


def test_it_is_one_step_that_undo_takes_back_and_redo_makes_again(clip_project: nemo.Project) -> None:
    first = made(clip_project, title("Hi", 0))
    made(clip_project, title("Bye", 2000))
    both = clip_project.draft
    clip_project.undo(turn=first)
    one = clip_project.draft
    clip_project.undo()
    assert clip_project.draft == both
    clip_project.redo()
    assert clip_project.draft == one


def test_several_and_one_after_the_other(clip_project: nemo.Project) -> None:
    turns = [
        made(clip_project, title(text, at)) for at, text in ((0, "a"), (1000, "b"), (2000, "c"), (3000, "d"))
    ]
    clip_project.undo(turn=turns[0])
    clip_project.undo(turn=[turns[1], turns[3]])
    assert [item.text for item in clip_project.draft.segments if item.text] == ["c"]


def test_a_later_turn_that_builds_on_it_is_named_and_nothing_is_done(clip_project: nemo.Project) -> None:
    first = made(clip_project, title("Hi", 0))
    second = made(clip_project, {"op": "change_text", "segment": "seg-2", "text": "Hello"})
    before = clip_project.draft
    with pytest.raises(LaterStepInTheWay, match=rf"undo\(turn=\[{first}, {second}\]\)") as caught:
        clip_project.undo(turn=first)
    assert caught.value.turn == second
    assert isinstance(caught.value, DraftError)
    assert (clip_project.draft, clip_project.history[-1].turn) == (before, second)
    clip_project.undo(turn=[first, second])
    assert [item.kind for item in clip_project.draft.segments] == ["video"]


def test_what_cannot_be_taken_back_is_said(clip_project: nemo.Project) -> None:
    first = made(clip_project, title("Hi", 0))
    clip_project.say("how long is it?")
    for turn, why in ((99, "not known"), (first + 1, "changed nothing"), (0, "not known")):
        with pytest.raises(InvalidInput, match=why):
            clip_project.undo(turn=turn)
    clip_project.undo(turn=first)
    with pytest.raises(InvalidInput, match="undone already"):
        clip_project.undo(turn=first)
    with pytest.raises(InvalidInput, match="took something back"):
        clip_project.undo(turn=clip_project.history[-1].turn)
    with pytest.raises(InvalidInput, match="steps or a turn"):
        clip_project.undo(2, turn=first)
    with pytest.raises(InvalidInput, match="No turn"):
        clip_project.undo(turn=[])


def test_of_an_upload_the_clips_go_and_the_file_stays(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.upload(kit.clip("second.mp4"))
    made(clip_project, {"op": "mute", "segments": ["seg-2"]})
    clip_project.undo(turn=1)
    (second,) = clip_project.draft.segments
    assert (second.file, second.start_ms, second.muted) == ("second.mp4", 0, True)
    assert [asset.name for asset in clip_project.assets] == ["clip.mp4", "lofi.mp3", "second.mp4"]


def test_the_recipe_tells_what_is_left(clip_project: nemo.Project, kit: Kit) -> None:
    first = made(clip_project, title("Hi", 0))
    made(clip_project, title("Bye", 2000), {"op": "mute", "segments": ["seg-1"]})
    clip_project.say("make it black and white")
    clip_project.undo(turn=first)
    made(clip_project, {"op": "change_text", "segment": "seg-2", "text": "The End"})
    recipe = clip_project.recipe()
    assert not recipe.verify().parts
    assert "Hi" not in str(recipe)
    replay = recipe.replay({"clip": kit.clip(), "lofi": kit.tune()})
    assert str(replay.verify()).startswith("It holds.")
    assert replay.draft.edit_hash == clip_project.draft.edit_hash


def test_the_recipe_uploads_a_file_whose_own_clip_was_taken_back(
    clip_project: nemo.Project, kit: Kit
) -> None:
    clip_project.upload(kit.clip("second.mp4"))
    upload = clip_project.history[-1].turn
    picture = next(item for item in clip_project.assets if item.name == "second.mp4")
    made(
        clip_project,
        {"op": "overlay", "kind": "video", "asset": picture.hash, "file": "second.mp4", "at_ms": 0},
    )
    clip_project.undo(turn=upload)
    replay = clip_project.recipe().replay(
        {"clip": kit.clip(), "lofi": kit.tune(), "second": kit.clip("second.mp4")}
    )
    assert str(replay.verify()).startswith("It holds.")


def test_a_plain_backend_is_not_even_asked(own_home: Path) -> None:
    with ScriptedBackend() as backend, nemo.connect(backend.url) as project:
        with pytest.raises(NotSupportedByBackend):
            project.undo(turn=1)
        assert not backend.received("message")
        assert not backend.received("session")
