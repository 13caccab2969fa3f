"""Recipes that people write or change: sentences are enough, and the first run fills in the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kit import Kit

import nemo_nb as nemo
from nemo_nb import cli, errors

HEAD = "nemo_nb_recipe: 1\n"
BY_HAND = (
    HEAD
    + """\
# what I want
inputs: {clip: clip.mp4, tune: lofi.mp3}
steps:
  - trim it to 2 seconds
  - add the music and fade it out at the end
"""
)


def write(text: str) -> None:
    Path("r.yaml").write_text(text, "utf-8")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:
    """`nemo-nb run`: its exit code, its last line, and what it says beside that."""
    code = cli.main(["run", "r.yaml", *arguments])
    said = capsys.readouterr()
    lines = said.out.splitlines()
    return code, json.loads(lines[-1]) if lines else {}, said.err


def test_sentences_alone_are_a_recipe(folder: Path, clip: Path, tune: Path) -> None:
    write(BY_HAND)
    recipe = nemo.Recipe.load("r.yaml")
    assert next(step.upload or step.say for step in recipe.steps) == ("clip", "tune")
    assert [item.kind for item in recipe.inputs.values()] == ["video", "audio"]
    assert recipe.holds is None
    assert "doesn't say yet" in str(recipe.verify())
    replay = recipe.replay()
    assert replay.draft.duration_ms == 2000
    assert "doesn't say yet" in str(replay.verify())


def test_the_first_thing_that_is_wrong_is_told(
    folder: Path, clip: Path, tune: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no recipe at r.yaml" in run(capsys)[2]
    write(BY_HAND)
    assert "Where is the video to go? Say --out out.mp4" in run(capsys)[2]
    assert "There is no folder 'nowhere'. Make it first" in run(capsys, "--out", "nowhere/x.mp4")[2]
    assert not (folder / "nowhere").exists()
    assert "another file" not in run(capsys, "--out", "out.mp4")[2], "there is none yet that it was made with"


def test_a_sentence_with_a_colon_is_told_how_to_be_written(folder: Path, clip: Path) -> None:
    write(HEAD + "inputs: {clip: clip.mp4}\nsteps:\n  - trim it: to 2 seconds\n")
    with pytest.raises(errors.RecipeError, match="A sentence that has a colon goes into quotes"):
        nemo.Recipe.load("r.yaml")


def test_the_first_run_fills_in_the_rest(
    folder: Path, clip: Path, tune: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(BY_HAND)
    code, said, told = run(capsys, "--accept", "--out", "films/")
    assert (code, said["videos"]) == (0, [str(folder / "films" / "project.mp4")])
    assert "- Step 2 (“trim it to 2 seconds”): new operations" in told
    recipe = nemo.Recipe.load("r.yaml")
    assert recipe.verify()
    assert not recipe.verify().notes
    assert recipe.holds.edit_hash == said["edit_hash"]
    assert recipe.inputs["clip"].hash.startswith("sha256:")
    code, again, told = run(capsys, "--out", "again.mp4")
    assert (code, again["hash"]) == (0, said["hash"])
    before = Path("r.yaml").read_text("utf-8")
    assert "Nothing is new." in run(capsys, "--accept")[2]
    assert Path("r.yaml").read_text("utf-8") == before


@pytest.fixture
def accepted(recipe: nemo.Recipe, folder: Path) -> str:
    recipe.save("r.yaml")
    return Path("r.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("at the start for 3 seconds", "at the start for 1 second", "After step 3"),
        ("duration_ms: 3000", "duration_ms: 1000", 'track 3 is Title: "Urban Dreams" (0-1s)'),
    ],
)
def test_a_change_by_hand_is_told_and_taken_over(
    accepted: str, old: str, new: str, parts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(accepted.replace(old, new))
    code, said, told = run(capsys, "--out", "out.mp4")
    assert (code, said["holds"]) == (1, False)
    assert parts in told
    assert ("A sentence was changed: --accept" in told) == ("second" in new)
    code, _, told = run(capsys, "--accept")
    assert code == 0
    assert (
        'What must hold: Video: clip.mp4 (0-4s); BGM: lofi.mp3 (0-4s); Title: "Urban Dreams" (0-1s)' in told
    )
    assert run(capsys, "--out", "other.mp4")[0] == 0


def test_parameters_stay_parameters(folder: Path, clip: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        HEAD + "parameters: {headline: Hello, length: 3}\ninputs: {clip: clip.mp4}\n"
        "steps: [\"put the title '{headline}' at the start for {length} seconds\"]\n"
    )
    assert run(capsys, "--accept")[0] == 0
    recipe = nemo.Recipe.load("r.yaml")
    assert recipe.steps[1].operations[0]["text"] == "{headline}"
    mine = recipe.replay(parameters={"headline": "Goodbye"})
    assert [item.text for item in mine.draft.segments if item.text] == ["Goodbye"]
    with pytest.raises(errors.InvalidInput, match="parameters of its own"):
        recipe.accept(mine)


COMMENTED = """\
# For Mia's birthday
nemo_nb_recipe: 1
inputs:  # all in this folder
  clip: clip.mp4  # "the" clip: # 1
steps:
  # the boring part
  - trim it to 2 seconds # or 3?
  - "put the title '# 1' at the start"
# not yet: add the music
"""


def test_comments_stay_beside_what_they_are_about(
    folder: Path, clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(COMMENTED)
    for _ in range(2):
        assert run(capsys, "--accept")[0] == 0
        lines = Path("r.yaml").read_text("utf-8").splitlines()
        place = lines.index("  # the boring part")
        assert lines[place + 1] == '  - say: "trim it to 2 seconds"  # or 3?'
        assert "inputs:  # all in this folder" in lines
        assert '  clip:  # "the" clip: # 1' in lines
        assert lines.index("# For Mia's birthday") + 1 == lines.index("nemo_nb_recipe: 1")
        assert lines.count("# not yet: add the music") == 1
    assert nemo.Recipe.load("r.yaml").verify()


def test_what_was_taken_back_has_no_operations(
    folder: Path, clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + "inputs: {clip: clip.mp4}\nsteps: [trim it to 2 seconds, mute it, undo]\n")
    assert run(capsys, "--accept")[0] == 0
    recipe = nemo.Recipe.load("r.yaml")
    assert [len(step.operations or ()) for step in recipe.steps] == [1, 1, 0, 0]
    assert recipe.verify()
    code, said, _ = run(capsys, "--out", "out.mp4")
    assert (code, said["holds"], said["duration_ms"]) == (0, True, 2000)
    write(Path("r.yaml").read_text("utf-8").replace("holds:", '  - say: "undo"\nholds:'))
    assert run(capsys, "--accept")[0] == 0
    assert run(capsys, "--out", "whole.mp4")[1]["duration_ms"] == 4000


def test_what_operations_cannot_say_is_not_taken_over(
    folder: Path, clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        HEAD + "inputs: {clip: clip.mp4}\nsteps: [trim it to 2 seconds, mute it, undo]\n"
        "exports: [{file: quiet.mp4, after: 3}]\n"
    )
    code, _, told = run(capsys, "--accept")
    assert code == 1
    assert "takes an earlier one back. Leave out both" in told
    assert "hash" not in Path("r.yaml").read_text("utf-8")


def test_where_the_video_goes(accepted: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--out", "out.exe")[0] == 1
    assert "Say --out out.mp4" in run(capsys)[2]
    assert run(capsys, "--out", "films")[1]["videos"] == [str(folder / "films" / "project.mp4")]
    assert not (folder / "out.exe").exists()


def test_a_sentence_that_is_not_done_is_told(
    folder: Path, clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + "inputs: {clip: clip.mp4}\nsteps:\n  - make the sky blue\n  - trim it to 1 second\n")
    code, said, told = run(capsys, "--out", "out.mp4")
    assert (code, said["holds"]) == (0, False)
    assert "- Step 2 (“make the sky blue”) isn't done: I can't do “make the sky blue”" in told
    assert "- Step 2 (“make the sky blue”): does nothing" in run(capsys, "--accept")[2]


def test_it_is_made_anew_for_a_longer_file_and_accepted(
    folder: Path, clip: Path, kit: Kit, capsys: pytest.CaptureFixture[str]
) -> None:
    write(HEAD + "inputs: {clip: clip.mp4}\nsteps:\n  - trim it to 1 second\n")
    run(capsys, "--accept")
    longer = f"clip={kit.clip('longer.mp4', 7)}"
    _, said, told = run(capsys, "--input", longer, "--out", "out.mp4")
    assert said["duration_ms"] == 4000, "three seconds were cut out of seven"
    assert "It lasts 7s, not 4s, and is cut at the same times: replan=True (--replan)" in told
    _, said, _ = run(capsys, "--input", longer, "--replan", "--accept")
    assert said["duration_ms"] == 1000
    again = nemo.Recipe.load("r.yaml")
    assert again.inputs["clip"].duration_ms == 7000
    assert again.verify()
