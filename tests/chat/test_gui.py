"""The backend's talk of buttons, put into what a notebook can do."""

from __future__ import annotations

import pytest

from nemo_nb.chat.gui import translate


@pytest.mark.parametrize(
    ("said", "text", "kinds"),
    [
        ("Added the title. Click the Export button to download it.", "Added the title.", ["export"]),
        ('Your video is ready! Just click "Export".', "Your video is ready!", ["export"]),
        ("Music added at 35%, open the timeline to check it.", "Music added at 35%.", ["show_tracks"]),
        ("I trimmed 3 s and you can preview it in the timeline.", "I trimmed 3 s.", ["show_tracks"]),
        ("Done. Check your account for credits.", "Done.", ["credits"]),
        ("Drag the clip to the front.", "", ["say"]),
        ("已添加音乐，点击“导出”下载视频。", "已添加音乐。", ["export"]),
        ("标题已加好。打开时间线面板查看。", "标题已加好。", ["show_tracks"]),
        ("把片段拖拽到最前面即可。", "", ["say"]),
        (
            "Der Titel „Hallo, du“ ist drin. Klicke auf „Export“, um ihn herunterzuladen.",
            "Der Titel „Hallo, du“ ist drin.",
            ["export"],
        ),
    ],
)
def test_the_page_goes_and_the_content_stays(said: str, text: str, kinds: list[str]) -> None:
    done = translate(said)
    assert done.text == text
    assert [action.kind for action in done.actions] == kinds


@pytest.mark.parametrize(
    "said",
    [
        'Done:\n- added "Click here, open the door" (Title: 0-3s)\n- total length 10s → 8s',
        "The export gives you an MP4; ask for it with “export as 1080p”.",
        '已添加 "点击订阅"（Title：0-3s）',
        "- open.mp4: volume 100% → 30%",
        "",
    ],
)
def test_what_is_not_about_the_page_is_left_alone(said: str) -> None:
    assert translate(said).text == said
    assert translate(said).actions == ()


def test_each_action_once() -> None:
    assert len(translate("Click Export. Or press Export.").actions) == 1
