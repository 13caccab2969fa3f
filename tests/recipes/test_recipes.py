"""An edit written down, and made again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from kit import Kit
from recipes.conftest import FLAGSHIP, TITLE

import nemo_nb as nemo
from nemo_nb import errors
from nemo_nb.testing import ScriptedBackend, ok


def test_a_recipe_tells_what_was_done(project: nemo.Project, recipe: nemo.Recipe) -> None:
    assert [step.upload or step.say for step in recipe.steps] == [("clip", "lofi"), FLAGSHIP, TITLE]
    assert recipe.steps[2].operations[0]["text"] == "Urban Dreams"
    assert (recipe.inputs["clip"].file, recipe.inputs["clip"].duration_ms) == ("clip.mp4", 4000)
    assert recipe.holds.edit_hash == project.draft.edit_hash
    assert recipe.holds.tracks == (
        "Video: clip.mp4 (0-4s)", "BGM: lofi.mp3 (0-4s)", 'Title: "Urban Dreams" (0-3s)',
    )  # fmt: skip
    assert recipe.verify()


def test_what_was_undone_is_not_in_it(project: nemo.Project, kit: Kit) -> None:
    assert project.say("cut the first second").changes
    project.upload(("b.mp4", kit.clip("b.mp4", 2)))
    project.undo()
    project.say("hello there")
    project.apply([{"op": "volume", "segments": ["seg-2"], "volume": 0.5}])
    recipe = project.recipe()
    assert [step.upload or step.say for step in recipe.steps] == [
        ("clip", "lofi"),
        FLAGSHIP,
        TITLE,
        ("b",),
        "",
    ]
    assert recipe.verify()
    assert recipe.replay({"b": kit.clip("b.mp4", 2)}).draft.hash == project.draft.hash


def test_a_step_that_changed_nothing_is_not_in_it(project: nemo.Project) -> None:
    plan = project.plan("mute the video")
    assert project.apply(plan)
    assert not project.apply(plan)
    project.undo()
    assert project.recipe().replay().draft.hash == project.draft.hash


def test_saved_and_loaded_it_is_the_same(recipe: nemo.Recipe, folder: Path) -> None:
    recipe.save("trailer.yaml")
    text = (folder / "trailer.yaml").read_text("utf-8")
    assert nemo.Recipe.load("trailer.yaml") == recipe
    assert str(nemo.Recipe.load("trailer.yaml")) == text
    assert str(folder) not in text
    assert f'say: "{TITLE}"' in text
    recipe.save("trailer.yaml")
    (folder / "notes.yaml").write_text("precious: yes")
    with pytest.raises(errors.InvalidInput, match="no recipe"):
        recipe.save("notes.yaml")


@pytest.mark.parametrize(
    "words", ["1:30 no # yes", 'a "quoted" \\ line\nand a second', "字幕 🎬", "- x: [y]", "{z}"]
)
def test_words_come_back_as_they_were(project: nemo.Project, words: str) -> None:
    project.apply([{"op": "add_text", "text": words, "duration_ms": 1000}], label=words)
    project.recipe().save("words.yaml")
    again = nemo.Recipe.load("words.yaml")
    assert again.steps[-1].say == words
    assert again.replay().draft.hash == project.draft.hash


def test_a_replay_is_the_same_edit(project: nemo.Project, recipe: nemo.Recipe) -> None:
    replay = recipe.replay()  # its files lie here, with the right bytes
    assert replay.deterministic
    assert replay.verify()
    assert replay.draft.hash == project.draft.hash
    assert replay.project.session_id != project.session_id
    assert replay.project.recipe() == recipe


def test_another_file_in_its_place(recipe: nemo.Recipe, kit: Kit) -> None:
    longer = kit.clip("longer.mp4", 6)
    replay = recipe.replay({"clip": longer})
    assert replay.draft.duration_ms == 6000
    assert replay.project.timeline.query("kind == 'audio'").iloc[0].end == 6.0
    verdict = replay.verify()
    assert verdict
    assert "clip is another file" in str(verdict)


def test_other_bytes_of_the_same_length_have_the_same_fingerprint(recipe: nemo.Recipe, kit: Kit) -> None:
    replay = recipe.replay({"clip": kit.clip("same_length.mp4", 4)})
    assert replay.draft.edit_hash == recipe.holds.edit_hash


def test_files_that_are_not_what_the_recipe_asks_for(recipe: nemo.Recipe, folder: Path, tune: Path) -> None:
    with pytest.raises(errors.InvalidInput, match="It has clip, lofi"):
        recipe.replay({"video": "clip.mp4"})
    with pytest.raises(errors.InvalidInput, match="of kind video"):
        recipe.replay({"clip": tune})
    with pytest.raises(errors.MissingFile):
        recipe.replay({"clip": "nowhere.mp4"})
    (folder / "clip.mp4").unlink()
    (folder / "clip.mp4").write_bytes(b"something else")
    with pytest.raises(errors.InvalidInput, match=r"needs a file for 'clip': clip\.mp4 \(video, 4 s\)"):
        recipe.replay()


def test_parameters(recipe: nemo.Recipe) -> None:
    card = recipe.parametrize(headline="Urban Dreams", length=3000)
    card.save("card.yaml")
    card = nemo.Recipe.load("card.yaml")
    assert card.parameters == {"headline": "Urban Dreams", "length": 3000}
    assert card.steps[2].say == "put the title '{headline}' at the start for 3 seconds"
    assert card.replay().draft.hash == recipe.holds.hash
    mine = card.replay(parameters={"headline": "My {length} Town", "length": 1500})
    title = list(mine.draft.segments)[-1]
    assert (title.text, title.duration_ms) == ("My {length} Town", 1500)
    assert mine.verify()
    assert mine.project.history[-1].text == "put the title 'My {length} Town' at the start for 3 seconds"
    with pytest.raises(errors.InvalidInput, match="no parameter"):
        card.replay(parameters={"title": "x"})
    with pytest.raises(errors.InvalidInput, match="is a number"):
        card.replay(parameters={"length": "long"})
    with pytest.raises(errors.InvalidInput, match="no operation"):
        recipe.parametrize(headline="Nowhere")
    with pytest.raises(errors.InvalidInput, match="places"):
        recipe.parametrize(start=0)


def test_verify_says_exactly_where_a_recipe_parts_from_itself(recipe: nemo.Recipe) -> None:
    recipe.save("r.yaml")
    text = Path("r.yaml").read_text("utf-8")
    Path("r.yaml").write_text(
        text.replace("out_ms: 2000", "out_ms: 1000").replace("(0-3s)", "(0-4s)"), "utf-8"
    )
    verdict = nemo.Recipe.load("r.yaml").verify()
    assert not verdict
    assert 'track 3 is Title: "Urban Dreams" (0-3s), not Title: "Urban Dreams" (0-4s)' in str(verdict)
    assert "edit_hash is" in str(verdict)


def test_verify_says_exactly_at_which_step_a_replay_parts(recipe: nemo.Recipe) -> None:
    recipe.save("r.yaml")
    text = Path("r.yaml").read_text("utf-8")
    assert text.count("volume: 1.0") == 1
    Path("r.yaml").write_text(text.replace("volume: 1.0", "volume: 0.5"), "utf-8")
    verdict = nemo.Recipe.load("r.yaml").replay(replan=True).verify()
    assert not verdict
    assert verdict.parts == (f"After step 2 (“{FLAGSHIP[:59]}…”): lofi.mp3: volume 50% → 100%",)
    assert "another time" in str(verdict)


def test_exports_are_part_of_it(project: nemo.Project, folder: Path) -> None:
    project.export("first.mp4", quality="low")
    assert project.apply([{"op": "keep", "ranges": [[0, 2000]]}])
    project.export("second.mp4")
    recipe = project.recipe()
    replay = recipe.replay(out=folder / "results")
    assert [export.path.name for export in replay.exports] == ["first.mp4", "second.mp4"]
    assert [export.duration_ms for export in replay.exports] == [4000, 2000]
    with pytest.raises(errors.InvalidInput, match="already"):
        recipe.replay(out=folder / "results")
    recipe.replay(out=folder / "results", overwrite=True)
    one = recipe.replay(out="last.mp4")
    assert [export.path for export in one.exports] == [folder / "last.mp4"]


def test_a_plain_backends_edit_is_replayed_by_its_sentences(folder: Path, clip: Path) -> None:
    with ScriptedBackend() as backend:
        info = {"filename": "clip.mp4", "file_type": "video/mp4", "duration": 4.0, "hash": "abc"}
        backend.on("upload", *[ok({"files": [info]})] * 2)
        backend.infos[:] = [info]
        with nemo.connect(backend.url) as project:
            project.upload(clip)
            project.say("make it short, then export it")
            recipe = project.recipe()
            assert [step.upload or step.say for step in recipe.steps] == [("clip",), "make it short"]
            assert recipe.steps[1].operations is None
            with pytest.raises(errors.RecipeError, match="no operations"):
                recipe.to_script()
            replay = recipe.replay({"clip": clip}, project=project)
            assert not replay.deterministic
            assert "not by operations" in str(replay.verify())
        said = [request.json["new_message"]["parts"][0]["text"] for request in backend.received("message")]
        assert said == ["make it short", "make it short"]


def test_operations_by_hand_cannot_be_said(project: nemo.Project, clip: Path, tune: Path) -> None:
    project.apply([{"op": "volume", "segments": ["seg-2"], "volume": 0.5}])
    recipe = project.recipe()
    with pytest.raises(errors.RecipeError, match=r"Step 4 \(volume\) was made by hand"):
        recipe.replay(replan=True)
    with ScriptedBackend() as backend:
        with pytest.raises(errors.RecipeError, match="by hand"):
            recipe.replay(backend=backend.url)
        assert not backend.received("upload")


def test_an_empty_project_has_no_recipe(folder: Path) -> None:
    with nemo.connect() as project, pytest.raises(errors.InvalidInput, match="nothing to write down"):
        project.recipe()


async def _recorded(session: str) -> nemo.Recipe:
    async with await nemo.aconnect(session=session) as aproject:
        return await aproject.recipe()


def test_awaited_it_is_the_same(project: nemo.Project, recipe: nemo.Recipe) -> None:
    assert asyncio.run(_recorded(project.session_id)) == recipe
