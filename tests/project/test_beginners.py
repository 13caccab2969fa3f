"""Mistakes that beginners make, each with the sentence that a notebook shows them; and that none of them does harm."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import notebook
import pytest
from kit import Kit

from nemo_nb import errors

MOST_LINES = 12

BEGIN = """
import nemo_nb as nemo
from pathlib import Path
project = nemo.connect(project="film")
project.upload("clip.mp4", "lofi.mp3")
before = project.draft
table = project.timeline
closed = nemo.connect()
closed.upload("clip.mp4")
closed.close()
gone = nemo.connect()
gone.upload("clip.mp4")
elsewhere = nemo.connect(session=gone.session_id)
gone.delete()
"""
END = "print(project.draft == before, len(project.assets), sorted(path.name for path in Path().iterdir()))"

# What somebody writes, and what stands in the answer.
MISTAKES: dict[str, str] = {
    # files
    'project.upload("nowhere.mp4")': "There is no file at nowhere.mp4. Check the path",
    'project.upload("Clip.MP4")': "There is clip.mp4.",
    'project.upload("clip")': "There is no file at clip. There is clip.mp4.",
    'project.upload("clip.mov")': "There is clip.mp4.",
    'project.upload("x.mp4")': "There is no file at x.mp4. Check the path",
    """project.upload("'clip.mp4'")""": "There is clip.mp4.",
    'project.upload("takes/second.mp4")': "There is takes/secnod.mp4.",
    'project.upload("*.jpg")': "No file here fits '*.jpg'.",
    'project.upload("takes")': "takes is a folder. Name its files, or a pattern: 'takes/*.mp4'.",
    'project.upload("clip.mp4, lofi.mp3")': "one by one: upload('clip.mp4', 'lofi.mp3').",
    'project.upload("www.example.org/clip.mp4")': 'write all: "https://www.example.org/clip.mp4".',
    'project.upload("ftp://example.org/clip.mp4")': "Only http and https",
    'project.upload("notes.txt")': "Supported are mp4",
    'project.upload("talk.srt")': 'project.say("add captions from talk.srt")',
    'project.upload(open("clip.mp4"))': 'Open it with mode "rb".',
    'project.upload(Path("clip.mp4").read_bytes())': "bytes is no kind of file.",
    "project.upload(table)": "Timeline is no kind of file.",
    'project.upload(("clip.mp4",))': "tuple is no kind of file.",
    "project.upload(None)": "Give a path, a URL",
    "project.upload()": 'project.upload("clip.mp4")',
    "project.upload([])": "There is nothing to upload.",
    'project.upload(file="clip.mp4")': "It is upload(*sources).",
    'project.streams("nofile.mp4")': "There is no upload 'nofile.mp4'.",
    'project.waveform("nofile.mp4")': "project.status().assets has the names",
    # sentences
    "project.say()": 'Describe the edit in a sentence: project.say("mute the clip").',
    'project.say("")': "There is nothing to say.",
    "project.say(None)": "takes text, not None",
    'project.say(["mute it", "trim it to 2 s"])': "takes text, not a list. Describe the edit in a sentence",
    'project.say("mute it", "trim it to 2 s")': "Several are said one after the other.",
    'project.say("mute it", at=3)': "It is say(text, *, focus=None).",
    'project.say("mute it", focs={"at": 0})': "Did you mean focus=…?",
    'project.say("mute it", focus="seg-1")': 'Write {"at": ms, "segments": [ids]}',
    'project.say("add captions from nowhere.srt")': "There is no file nowhere.srt here.",
    'project.plan("")': "There is nothing to say.",
    'project.plan(["mute it"])': "takes text, not a list",
    # operations by hand
    'project.apply("mute it")': "Sentences go to say() or plan().",
    'project.apply({"op": "mute", "segments": ["seg-1"]})': "Put it into a list",
    "project.apply(table)": "A table that was changed isn't applied: say what is to change",
    "project.apply(None)": "Operations are a list of objects, each with an `op`.",
    'project.apply([{"op": "add_txt"}])': "did you mean add_text? add_text takes text",
    'project.apply([{"op": "mute"}])': "segments is missing. mute takes segments, muted.",
    'project.apply([{"op": "mute", "segments": "seg-1"}])': "segments must be a list.",
    'project.apply([{"op": "mute", "segments": ["seg-9"]}])': "It has: seg-1.",
    'project.apply([{"op": "mute", "segment": ["seg-1"]}])': "it takes no segment (did you mean segments?)",
    'project.apply([{"op": "add_text", "text": "Hi", "duration_ms": "long"}])': "duration_ms must be a whole number.",
    'project.apply([{"op": "volume", "segments": ["seg-1"], "volume": -1}])': "volume must be 0 or more.",
    'project.apply([{"op": "background", "color": "reddish"}])': "color must be a colour such as '#ffeb3b'.",
    'project.apply([{"text": "Hi"}])': "Operation 1 has no `op`",
    # steps back
    'project.undo("2")': "undo(2) the last two",
    "project.undo(0)": "a whole number from 1 to 1000. undo(2) takes back the last two.",
    'project.undo(turn="1")': "undo(turn=3) that one alone",
    'project.undo(turn=[1, "2"])': "a list of whole numbers, not a list that holds a str and an int",
    "project.undo(turn=99)": "Look at project.history",
    'project.draft_at("first")': "project.history has the numbers",
    "project.draft_at(99)": "There is no turn 99.",
    # looking
    "project.preview(height=0)": "'height' must be a whole number from 16",
    'project.preview("soon")': "'soon' is no time. Write it as \"0:05\"",
    "project.preview(at=99)": "the cut ends at 4s. Name an earlier time",
    'project.preview(at="9:99")': "a minute has 60 seconds",
    "project.preview(at=[1])": "takes text or a number, not a list",
    'project.preview(1).save("still.gif")': "Name it with .png.",
    # exports
    'project.export("nowhere/out.mp4")': "There is no folder 'nowhere'. Make it first",
    'project.export("nowhere/")': "There is no folder 'nowhere/'.",
    'project.export("out.avi")': "use mp4, mov, webm",
    'project.export("clip.mp4")': "Name another, or say overwrite=True.",
    "project.export(720)": 'project.export("out.mp4", resolution="720p")',
    'project.export("out.mp4", "720p")': "It is export(path=None, *, format=None",
    'project.export("out.mp4", quality="best")': "use low, medium, high",
    'project.export("out.mp4", resolution="big")': "use 480p, 720p, 1080p",
    'project.export("out.mp4", frame_rate="fast")': "1 to 240 pictures a second",
    'project.export("out.mp4", codec="hevc")': "use h264, source",
    'project.batch(["clip.mp4"])': 'project.batch({"a.mp4": "trim it to 5 s"',
    'project.batch({"clip.mp4": ["mute it"]})': "takes a dict of texts, not a dict that holds a list",
    "project.batch({})": "There is no file in it.",
    # names
    "project.timline": "did you mean timeline?",
    'project.sya("mute it")': "did you mean say?",
    "project.sparkle()": "after a dot and the tab key",
    "project.trim(3)": 'project.say("trim it to 5 seconds")',
    'project.save("out.mp4")': "project.export(",
    "project.clips": "project.timeline is a table of them.",
    "project.duration": "project.draft.duration_ms",
    'project.rename("")': "A project needs a name.",
    'nemo.upload("clip.mp4")': "A project has it: project = nemo.connect(), then project.upload.",
    "nemo.Stduio()": "did you mean Studio?",
    # projects
    'nemo.connect(project="")': "A project needs a name. Give it one",
    "nemo.connect(project=3)": 'nemo.connect(project="trailer")',
    "nemo.connect(projct='film')": "Did you mean project=…?",
    'nemo.connect("film")': "A project is opened by connect(project='film').",
    "nemo.connect(project)": "takes text, not a Project",
    'nemo.connect(session="1")': "nemo.projects() lists what there is",
    'nemo.connect(language="french")': "takes 'en' or 'zh' or 'de'",
    'nemo.Project("film")': "nemo.connect() opens a project",
    'nemo.Studio("film")': "takes a Project, not 'film'. It works on a project",
    "nemo.ChatCell()": "It works on a project",
    "project.timeline()": "Leave out the (): project.timeline.",
    'project("mute it")': 'Describe the edit in a sentence: project.say("mute the clip").',
    "nemo.Draft()": "project.draft is that of a project, nemo.Draft.empty() an empty one.",
    "nemo.Recipe()": "A recipe comes from project.recipe(), or from a file",
    'closed.say("mute it")': "was closed. Open it again: project = nemo.connect(session=",
    "closed.timeline": "was closed.",
    'gone.say("mute it")': "was deleted. nemo.connect() begins another one.",
    "gone.export()": "was deleted.",
    "elsewhere.timeline": "This project isn't there any more: it was deleted",
    'elsewhere.say("mute it")': "nemo.projects() lists what there is; nemo.connect() begins another one.",
    'await project.say("show tracks")': "Leave out the `await`.",
    'await project.upload("clip.mp4")': "Leave out the `await`.",
    "await project.timeline": "Leave out the `await`.",
    "await project.preview(at=1)": "Leave out the `await`.",
    "nemo.make_samples(seconds='long')": "takes a whole number",
    "nemo.expect(3)": "Give a project or a draft.",
    # recipes
    'nemo.Recipe.load("nowhere.yaml")': "There is no recipe at nowhere.yaml.",
    'nemo.Recipe.load("notes.txt")': "This is no recipe",
    'nemo.Recipe.load("clip.mp4")': "This is no recipe: it is no text.",
    'project.recipe().save("takes")': "There is a folder 'takes' already",
    'project.recipe().replay("mine.mp4")': 'recipe.replay({"clip": "mine.mp4"})',
    'project.recipe().replay({"clp": "clip.mp4"})': "It has clip, lofi.",
    'project.recipe().replay({}, {"size": 3})': "The recipe has no parameter 'size'.",
}
FILES = ["clip.mp4", "lofi.mp3", "mistakes.ipynb", "notes.txt", "takes", "talk.srt"]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, shared_home: Path, kit: Kit) -> dict[str, Any]:
    """What a notebook shows for each of them, in one kernel."""
    folder = tmp_path_factory.mktemp("beginners")
    (folder / "takes").mkdir()
    for name in ("clip.mp4", "takes/secnod.mp4"):
        (folder / name).hardlink_to(kit.clip())
    (folder / "lofi.mp3").hardlink_to(kit.tune())
    (folder / "notes.txt").write_text("cut the middle")
    (folder / "talk.srt").write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    cells = [BEGIN, *MISTAKES, END]
    run = notebook.execute(
        cells, folder, name="mistakes.ipynb", allow_errors=True, NEMO_NB_HOME=str(shared_home)
    )
    return {cell.source: cell.outputs for cell in run.cells}


@pytest.mark.parametrize("code", MISTAKES)
def test_the_answer_says_what_to_do_in_few_lines(told: dict[str, Any], code: str) -> None:
    (error,) = (output for output in told[code] if output.output_type == "error")
    assert error.ename in errors.__all__, error.evalue
    assert MISTAKES[code] in error.evalue
    lines = "\n".join(error.traceback).splitlines()
    assert len(lines) <= MOST_LINES
    assert lines[-1].startswith("line 1: ")


def test_there_are_enough_of_them_and_none_does_harm(told: dict[str, Any]) -> None:
    assert len(MISTAKES) >= 70
    assert told[BEGIN][-1].output_type == "stream"
    assert told[END][-1].text.split("\n")[0] == f"True 2 {FILES}"
