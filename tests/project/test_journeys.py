"""The three journeys: a sentence, a file, an export. All on the real engine."""

from __future__ import annotations

import asyncio
import io
import threading
from pathlib import Path

import pytest
from decode import levels, packets, stream_facts
from kit import Kit
from PIL import Image

import nemo_nb as nemo
from nemo_nb.errors import InvalidInput, NotSupportedByBackend
from nemo_nb.testing import ScriptedBackend

FLAGSHIP = "add this background music to my video and fade it out at the end"


def test_the_flagship_edit(clip_project: nemo.Project, kit: Kit) -> None:
    project = clip_project
    reply = project.say(FLAGSHIP)
    assert reply.routes == ("sse",)
    assert "lofi" in reply.text
    assert [change.kind for change in reply.changes] == ["added"]

    music = project.timeline.query("kind == 'audio'").iloc[0]
    assert (music.start, music.end) == (0.0, project.draft.duration_ms / 1000)
    assert music.fade_out > 0

    export = project.export("out.mp4")
    facts = stream_facts(export.path)
    assert facts.duration_ms == pytest.approx(project.draft.duration_ms, abs=34)
    assert (facts.width, facts.height, facts.frames) == (320, 180, 120)
    assert packets(export.path) == packets(kit.clip()), "the picture is the source's, not encoded anew"
    assert list(export.plan["picture"]) == ["copy"]


def test_the_music_is_there_and_falls_to_silence(project: nemo.Project, kit: Kit) -> None:
    project.upload(kit.clip(), kit.tune())
    project.say("mute the clip")
    project.say(FLAGSHIP)
    loud = levels(project.export("out.mp4").path)
    assert loud[0.5] > -30
    assert loud[3.9] < loud[0.5] - 12


def test_a_sentence_as_events(clip_project: nemo.Project) -> None:
    async def listen() -> list[object]:
        async with await nemo.aconnect(session=clip_project.session_id) as aproject:
            return [event async for event in aproject.stream("trim it to the first 2 seconds")]

    events = asyncio.run(listen())
    kinds = [type(event).__name__ for event in events]
    assert kinds[0] == "ToolStarted"
    assert "TextDelta" in kinds
    assert kinds[-2:] == ["DraftChanged", "TurnEnded"]
    assert events[-1].reply.text
    assert clip_project.draft.duration_ms == 2000


def test_the_awaited_project_has_the_same_methods(folder: Path, kit: Kit) -> None:
    async def edit() -> tuple[str, int, Path]:
        async with await nemo.aconnect() as project:
            await project.upload(kit.clip(), kit.tune())
            reply = await project.say(FLAGSHIP)
            await project.undo()
            await project.redo()
            export = await project.export()
            return reply.text, (await project.draft).duration_ms, export.path

    text, duration_ms, path = asyncio.run(edit())
    assert "lofi" in text
    assert stream_facts(path).duration_ms == pytest.approx(duration_ms, abs=34)


def test_mixed_requests_go_their_ways(clip_project: nemo.Project, folder: Path) -> None:
    reply = clip_project.say("trim it to 2 seconds and send me the file")
    assert reply.routes == ("sse", "export")
    assert stream_facts(folder / "project.mp4").duration_ms == pytest.approx(2000, abs=34)
    assert reply.export.path == folder / "project.mp4"
    assert not any(action.kind == "export" for action in reply.actions)


def test_a_file_that_is_exported_has_the_name_that_was_said(clip_project: nemo.Project, folder: Path) -> None:
    assert clip_project.say("export lesson.mp4").export.path == folder / "lesson.mp4"
    assert clip_project.say("export clip.mp4").export.path == folder / "project.mp4", (
        "that is what it is made of"
    )


def test_questions_to_the_client_need_no_message(clip_project: nemo.Project) -> None:
    turns = len(clip_project.history)
    assert clip_project.say("how many credits do I have left?").routes == ("credits",)
    status = clip_project.say("show tracks")
    assert status.routes == ("status",)
    assert "clip.mp4" in status.text
    assert len(clip_project.history) == turns


def test_uploading_by_sentence(project: nemo.Project, kit: Kit) -> None:
    reply = project.say(f"upload {kit.clip()}")
    assert reply.routes == ("upload",)
    assert [asset.name for asset in project.assets] == ["clip.mp4"]
    assert project.say("upload").text.startswith("Which file?")


def test_files_come_as_paths_objects_and_bytes(project: nemo.Project, kit: Kit) -> None:
    with kit.clip().open("rb") as opened:
        assets = project.upload(str(kit.clip("a.mp4", 2)), opened, ("c.mp4", kit.clip().read_bytes()))
    assert [asset.name for asset in assets] == ["a.mp4", "clip.mp4", "c.mp4"]
    assert [segment.file for segment in project.draft.segments] == ["a.mp4", "clip.mp4", "c.mp4"]


def test_plan_first_apply_then(clip_project: nemo.Project) -> None:
    before = clip_project.draft
    plan = clip_project.plan("trim it to the first 2 seconds")
    assert clip_project.draft == before
    changes = clip_project.apply(plan)
    assert clip_project.draft.duration_ms == 2000
    assert any(change.field == "total" for change in changes)
    muting = clip_project.plan("mute the video")
    clip_project.apply([{"op": "delete", "segments": [before.tracks[0].segments[0].id]}])
    with pytest.raises(nemo.errors.DraftError, match="out of date") as refused:
        clip_project.apply(muting)
    assert "project.plan(" in refused.value.next_step


def test_operations_that_cannot_be_made_change_nothing(clip_project: nemo.Project) -> None:
    before = clip_project.draft
    with pytest.raises(nemo.errors.DraftError, match="Operation 2"):
        clip_project.apply([{"op": "mute", "segments": ["seg-1"]}, {"op": "explode"}])
    assert clip_project.draft == before


def test_an_own_planner_takes_the_rules_place(folder: Path, kit: Kit) -> None:
    def planner(text: str, draft: nemo.Draft, assets: object) -> list[dict]:
        return [{"op": "add_text", "text": text.upper(), "duration_ms": 1000}]

    with nemo.connect(planner=planner) as project:
        project.upload(kit.clip())
        project.say("hello")
        assert [segment.text for segment in project.draft.segments][-1] == "HELLO"


def test_undo_and_redo_give_the_very_same_drafts(clip_project: nemo.Project) -> None:
    project = clip_project
    hashes = [project.draft.hash]
    for sentence in (FLAGSHIP, "trim the last second", 'add the title "Hi"'):
        assert project.say(sentence).changes
        hashes.append(project.draft.hash)
    for expected in reversed(hashes[:-1]):
        assert project.undo()
        assert project.draft.hash == expected
    assert project.undo() == []
    for expected in hashes[1:]:
        project.redo()
        assert project.draft.hash == expected


def test_undo_keeps_what_was_uploaded_since(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.say("trim it to 2 seconds")
    clip_project.upload(kit.clip("b.mp4", 3))
    clip_project.undo()
    assert [(s.file, s.duration_ms) for s in clip_project.draft.segments] == [
        ("clip.mp4", 4000),
        ("b.mp4", 3000),
    ]


def test_history_tells_what_was_undone(clip_project: nemo.Project) -> None:
    clip_project.say("trim it to 2 seconds")
    clip_project.say("undo")
    assert [(turn.kind, turn.undone) for turn in clip_project.history] == [
        ("upload", False), ("message", True), ("message", False),
    ]  # fmt: skip


def test_previews(clip_project: nemo.Project, folder: Path) -> None:
    frame = clip_project.preview(at="0:01")
    assert frame.content.startswith(b"\x89PNG")
    assert "data:image/png;base64," in frame._repr_html_()
    cut = clip_project.preview().save("cut.mp4")
    assert stream_facts(cut).duration_ms == pytest.approx(4000, abs=100)
    assert frame.save("cover.jpg").read_bytes().startswith(b"\xff\xd8")
    with pytest.raises(InvalidInput, match=r"holiday\.mp4"):
        frame.save("holiday.mp4")


def test_strips_for_a_timeline(clip_project: nemo.Project) -> None:
    strip = Image.open(io.BytesIO(clip_project.filmstrip("clip.mp4", frames=8, height=36).content))
    assert strip.size == (8 * 64, 36)
    wave = Image.open(io.BytesIO(clip_project.waveform("lofi.mp3", width=300, height=40).content))
    assert (wave.size, wave.mode) == ((300, 40), "RGBA")
    again = clip_project.waveform(clip_project.status().assets[1].hash, width=300, height=40)
    assert Image.open(io.BytesIO(again.content)).tobytes() == wave.tobytes()
    with pytest.raises(InvalidInput, match="has none"):
        clip_project.filmstrip("lofi.mp3")
    with pytest.raises(InvalidInput, match=r"other\.mp4"):
        clip_project.waveform("other.mp4")


def test_an_export_becomes_what_its_name_or_the_sentence_says(
    clip_project: nemo.Project, folder: Path
) -> None:
    clip_project.say("trim it to 1 second")
    gif = clip_project.export("loop.gif")
    assert stream_facts(folder / "loop.gif").frames == 12
    assert "data:image/gif;base64," in gif._repr_html_()
    reply = clip_project.say("export it as a webm")
    assert reply.export.path.suffix == ".webm"
    assert stream_facts(reply.export.path).frames == 30


def test_an_export_may_be_told_its_codec_and_an_even_frame_rate(
    clip_project: nemo.Project, folder: Path
) -> None:
    made = clip_project.export("even.mp4", codec="source", frame_rate=15)
    assert stream_facts(made.path).frames == 60
    with pytest.raises(InvalidInput, match="h264, source"):
        clip_project.export("odd.mp4", codec="cinepak")
    with ScriptedBackend() as backend, nemo.connect(backend.url) as elsewhere:
        for option in ({"codec": "source"}, {"frame_rate": 30}):
            with pytest.raises(NotSupportedByBackend, match="for exports"):
                elsewhere.export("out.mp4", **option)
        assert not backend.received("export")
        assert not backend.received("session")


def test_a_batch_is_a_project_and_an_export_for_each_file(
    project: nemo.Project, kit: Kit, folder: Path
) -> None:
    a, b = str(kit.clip("a.mp4", 2)), str(kit.clip("b.mp4", 3))
    done = project.batch({a: "trim it to 1 second", b: "mute it"})
    assert [export.path.name for export in done.values()] == ["a.mp4", "b.mp4"]
    assert stream_facts(folder / "a.mp4").duration_ms == pytest.approx(1000, abs=34)
    assert stream_facts(folder / "b.mp4").duration_ms == pytest.approx(3000, abs=34)


def test_it_works_from_a_thread(clip_project: nemo.Project) -> None:
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(clip_project.say("mute it").text))
    thread.start()
    thread.join()
    assert said


def test_reopening_by_name_and_by_session(folder: Path, kit: Kit) -> None:
    with nemo.connect(project="trailer") as project:
        project.upload(kit.clip())
        project.say("trim it to 2 seconds")
        session, draft = project.session_id, project.draft
    with nemo.connect(project="trailer") as by_name, nemo.connect(session=session) as by_session:
        assert by_name.draft == draft
        assert (by_session.name, by_session.draft) == ("trailer", draft)
    with nemo.connect() as another:
        assert another.draft.duration_ms == 0
    with pytest.raises(nemo.errors.InvalidInput, match="no record"):
        nemo.connect(session="elsewhere")


def test_a_deleted_project_is_gone(clip_project: nemo.Project) -> None:
    session = clip_project.session_id
    clip_project.delete()
    assert clip_project.session_id is None
    with pytest.raises(nemo.errors.InvalidInput):
        nemo.connect(session=session)


def test_redo_finds_its_step_behind_an_upload(clip_project: nemo.Project, kit: Kit) -> None:
    clip_project.say("trim it to 2 seconds")
    clip_project.upload(kit.clip("b.mp4", 3))
    whole = clip_project.draft
    clip_project.undo()
    assert clip_project.redo()
    assert clip_project.draft.frame().equals(whole.frame())
    assert clip_project.redo() == []


def test_an_export_that_fails_does_not_lose_the_edit_before_it(
    clip_project: nemo.Project, folder: Path
) -> None:
    (folder / "mine.mp4").write_bytes(b"precious")
    reply = clip_project.say("trim it to 2 seconds and export it as mine.mp4")
    assert reply.routes == ("sse", "export")
    assert "overwrite=True" in reply.text
    assert clip_project.draft.duration_ms == 2000
    assert clip_project.conversation[-1].reply == reply.text


def test_sentences_said_at_once_tell_each_its_own_edit(clip_project: nemo.Project) -> None:
    async def both() -> list[nemo.Reply]:
        async with await nemo.aconnect(session=clip_project.session_id) as project:
            return await asyncio.gather(project.say("mute it"), project.say('add the title "Hi"'))

    muted, titled = asyncio.run(both())
    assert [change.field for change in muted.changes] in (["muted"], ["volume"])
    assert [change.kind for change in titled.changes] == ["added"]


def test_two_exports_at_once_without_a_name_are_two_files(clip_project: nemo.Project, folder: Path) -> None:
    going = [clip_project.export(wait=False) for _ in range(2)]
    names = [export.wait().path.name for export in going]
    assert names == ["project.mp4", "project-2.mp4"]


def test_odd_names_and_half_characters_do_no_harm(folder: Path, kit: Kit) -> None:
    with nemo.connect(project="很长的名字" * 30 + "\ud83d/..") as project:
        project.upload(kit.clip())
        assert project.say("mute it \ud83d").text
        path = project.export().path
    assert path.parent == folder
    assert path.stat().st_size > 0
