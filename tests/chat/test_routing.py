"""Which way a message goes."""

from __future__ import annotations

import pytest

from nemo_nb.chat.routing import route


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("export", ["export"]),
        ("导出", ["export"]),
        ("send me the video", ["export"]),
        ("下载视频", ["export"]),
        ("give me the file", ["export"]),
        ("click the Export button", ["export"]),
        ("can you export it?", ["export"]),
        ("trim the first 2 seconds, then export", ["sse", "export"]),
        ("剪掉前3秒，然后导出", ["sse", "export"]),
        ("don't export yet", ["sse"]),
        ("先不要导出", ["sse"]),
        ("export settings?", ["sse"]),
        ("导出设置在哪里", ["sse"]),
        ('add a title "Export now"', ["sse"]),
        ("add a title that says Export now", ["sse"]),
        ("how do I export?", ["sse"]),
        ("credits", ["credits"]),
        ("how many credits do I have left?", ["credits"]),
        ("还有多少积分", ["credits"]),
        ("余额", ["credits"]),
        ("roll the end credits text “Fin”", ["sse"]),
        ("status", ["status"]),
        ("show tracks", ["status"]),
        ("状态", ["status"]),
        ("remove all tracks", ["sse"]),
        ("mix all sound tracks", ["sse"]),
        ("mix both tracks", ["sse"]),
        ("what is on the timeline?", ["status"]),
        ("how long is the timeline?", ["sse"]),
        ("upload clip.mp4", ["upload"]),
        ("上传 clip.mp4", ["upload"]),
        ("trim the clip I uploaded", ["sse"]),
        ("upload it to YouTube", ["sse"]),
        ("exportiere das Video als urlaub.mp4", ["export"]),
        ("noch nicht exportieren", ["sse"]),
        ("schneide die ersten 2 Sekunden weg und dann exportieren", ["sse", "export"]),
        ("wie viel Guthaben habe ich noch?", ["credits"]),
        ("zeig mir den Status", ["status"]),
        ("lade strand.mp4 hoch", ["upload"]),
        ("schneide den hochgeladenen Clip", ["sse"]),
        ("make it vertical", ["sse"]),
        ("", ["sse"]),
    ],
)
def test_routes(text: str, kinds: list[str]) -> None:
    assert [step.kind for step in route(text)] == kinds


def test_the_edit_goes_without_the_export_in_the_words_of_the_original() -> None:
    edit, export = route("Trim the first 2 seconds, add the title “Then, export!” and export as 720p")
    assert edit.text == "Trim the first 2 seconds, add the title “Then, export!”"
    assert export.output == {"height": 720}


def test_a_conversation_goes_as_it_is() -> None:
    text = "  Make it warmer, please.\nThanks!"
    assert [step.text for step in route(text)] == [text]


@pytest.mark.parametrize(
    ("text", "edit"), [("export it vertical", "make it 9:16"), ("导出竖屏的", "画面改成9:16")]
)
def test_a_shape_of_the_export_is_an_edit_in_the_language_of_the_message(text: str, edit: str) -> None:
    assert [(step.kind, step.text) for step in route(text)] == [("sse", edit), ("export", text)]


def test_uploads_carry_what_to_upload() -> None:
    step = route("upload clip.mp4 and https://example.com/a.mp4")[0]
    assert step.paths == ("clip.mp4",)
    assert step.urls == ("https://example.com/a.mp4",)


@pytest.mark.parametrize(
    ("text", "paths", "output"),
    [
        ("export it and name it insta.mp4", ("insta.mp4",), {"format": "mp4"}),
        ("export it in 720p, and save it as final.mp4", ("final.mp4",), {"height": 720, "format": "mp4"}),
        ("export it as lesson1.mp4", ("lesson1.mp4",), {"format": "mp4"}),
        ("导出为 第一课.mov", ("第一课.mov",), {"format": "mov"}),
        ('save it as "my lesson.wav"', ("my lesson.wav",), {"format": "wav"}),
        ("export a 720p mp4 called x.mp4", ("x.mp4",), {"format": "mp4", "height": 720}),
        ("export clip.mp4", (), {}),
        ("export as mp3", (), {"format": "mp3"}),
        ("导出为 mp3", (), {"format": "mp3"}),
        ("export it as a mov", (), {"format": "mov"}),
        ("export as gif", (), {"format": "gif"}),
        ("can you export a webm?", (), {"format": "webm"}),
    ],
)
def test_an_export_carries_the_name_and_the_format_that_were_asked_for(
    text: str, paths: tuple[str, ...], output: dict[str, object]
) -> None:
    (step,) = route(text)
    assert (step.kind, step.paths, step.output) == ("export", paths, output)


def test_a_file_that_is_exported_may_be_one_that_there_is_or_the_one_to_be_made() -> None:
    assert [step.named for step in route("export clip.mp4")] == ["clip.mp4"]
    assert [step.named for step in route("export it as clip.mp4")] == [""]


def test_one_export_a_message() -> None:
    assert [step.kind for step in route("export it, then download it")] == ["export"]
