"""A draft in words and as a table."""

from __future__ import annotations

import copy

import pandas as pd
import pytest

from nemo_nb.draft import Draft, operations
from nemo_nb.draft.operations import CutOut, Duplicate, Keep, Op, Speed, Split


def changed(draft: dict, **paths: object) -> tuple[Draft, Draft]:
    after = copy.deepcopy(draft)
    video, music, title = (after["t"][n]["sg"][0] for n in range(3))
    for path, value in paths.items():
        where, key = path.split("__")
        target = {"video": video, "music": music, "title": title, "canvas": after}[where]
        (target["m"] if key not in ("s", "d") else target)[key] = value
    return Draft.read(draft), Draft.read(after)


def told(before: Draft, after: Draft, language: str = "en") -> list[str]:
    return [change.text(language) for change in before.diff(after)]


def test_a_change_names_what_and_from_where_to_where(city_draft: dict) -> None:
    before, after = changed(city_draft, music__volume=0.5)
    assert told(before, after) == ["Lo-fi: volume 35% → 50%"]
    assert told(before, after, "zh") == ["Lo-fi：音量 35% → 50%"]


def test_a_trim_tells_what_was_cut_and_nothing_twice(city_draft: dict) -> None:
    before, after = changed(city_draft, video__d=6000, video__source_start_ms=4000, music__d=6000)
    assert told(before, after) == [
        "city timelapse: cut out 0-4s",
        "Lo-fi: place on the timeline 0-10s → 0-6s",
        "total length 10s → 6s",
    ]


@pytest.mark.parametrize(
    ("operation", "told_in_english", "told_in_chinese"),
    [
        (CutOut(start_ms=4000, end_ms=6000), "city timelapse: cut out 4-6s", "city timelapse：剪掉 4-6 秒"),
        (Split(at_ms=4000), "city timelapse: split at 4s", "city timelapse：在 4 秒处分割"),
        (
            Keep(ranges=((2000, 3000), (5000, 8000))),
            "city timelapse: cut out 3-5s",
            "city timelapse：剪掉 3-5 秒",
        ),
    ],
)
def test_pieces_of_a_clip_are_not_told_as_something_added(
    city_draft: dict, operation: Op, told_in_english: str, told_in_chinese: str
) -> None:
    before = Draft.read(city_draft)
    after = operation.apply(before)
    assert told_in_english in told(before, after)
    assert told_in_chinese in told(before, after, "zh")
    assert not any("added" in line or "removed" in line for line in told(before, after))
    assert not any("added" in line or "removed" in line for line in told(after, before))


def test_what_an_undo_brings_back_is_told(city_draft: dict) -> None:
    before = Draft.read(city_draft)
    assert "city timelapse: 4-6s is back" in told(CutOut(start_ms=4000, end_ms=6000).apply(before), before)
    assert told(Split(at_ms=4000).apply(before), before) == ["city timelapse: in one piece again"]


def test_what_happened_to_one_piece_names_its_place(city_draft: dict) -> None:
    before = Draft.read(city_draft)
    lines = told(before, Speed(factor=2, start_ms=4000, end_ms=8000).apply(before))
    assert lines[:2] == ["city timelapse: split at 4s, 6s", "city timelapse (4-6s): speed 1x → 2x"]
    lines = told(before, Speed(factor=2, start_ms=4000, end_ms=8000).apply(before), "de")
    assert lines[1] == "city timelapse (4–6 s): Geschwindigkeit 1x → 2x"


def test_a_copy_is_added_and_no_piece(city_draft: dict) -> None:
    before = Draft.read(city_draft)
    clip = before.tracks[0].segments[0]
    assert told(before, Duplicate(segment=clip.id).apply(before))[0].startswith("added city timelapse")


def test_added_and_removed_things_come_with_their_place(city_draft: dict) -> None:
    whole = Draft.read(city_draft)
    del city_draft["t"][2]
    without = Draft.read(city_draft)
    assert told(whole, without) == ['removed "Urban Dreams" (0-3s)']
    assert told(without, whole) == ['added "Urban Dreams" (Title: 0-3s, style size 8%, #ffffff, bold)']
    assert told(Draft.empty(), without)[1] == (
        "added Lo-fi (BGM: 0-10s, volume 35%, sound fade-out 3s, looped)"
    )


def test_muting_a_whole_track_is_told(city_draft: dict) -> None:
    before = Draft.read(city_draft)
    city_draft["t"][0]["m"]["muted"] = True
    assert told(before, Draft.read(city_draft)) == ["Video: muted"]


def test_the_canvas_is_told_once_something_stands_on_it(city_draft: dict) -> None:
    before, after = changed(city_draft, canvas__width=1080, canvas__height=1920)
    assert told(before, after) == ["canvas 1920x1080 → 1080x1920"]


def test_a_key_nobody_knows_is_told_by_its_own_name(city_draft: dict) -> None:
    before, after = changed(city_draft, video__lut="teal")
    assert told(before, after) == ['city timelapse: lut none → "teal"']


def test_looks_styles_and_crops_are_told_in_words(city_draft: dict) -> None:
    look, box = (
        [{"name": "sepia"}, {"name": "contrast", "amount": 0.2}],
        {"x": 0.1, "y": 0.1, "w": 0.8, "h": 0.8},
    )
    before, after = changed(
        city_draft, video__filters=look, video__crop=box, title__style={"color": "#ffeb3b"}
    )
    assert told(before, after) == [
        "city timelapse: look none → sepia, contrast +20%",
        "city timelapse: crop none → 80% x 80% of the picture",
        '"Urban Dreams": style size 8%, #ffffff, bold → #ffeb3b',
    ]


def test_no_difference_no_words(city_draft: dict) -> None:
    before, after = changed(city_draft)
    assert told(before, after) == []


def test_the_table_has_a_row_a_segment_in_seconds(city_draft: dict) -> None:
    table = Draft.read(city_draft).frame()
    assert list(table["kind"]) == ["video", "audio", "text"]
    assert list(table["track_name"]) == ["Video", "BGM", "Title"]
    music = table.loc[table.kind == "audio"].iloc[0]
    assert (music.start, music.end, music.duration, music.volume, music.fade_out) == (
        0.0,
        10.0,
        10.0,
        0.35,
        3.0,
    )
    assert table.loc[2, "text"] == "Urban Dreams"
    assert pd.isna(table.loc[2, "volume"])


def test_the_tables_types_hold_for_an_empty_timeline_too(city_draft: dict) -> None:
    full, empty = Draft.read(city_draft).frame(), Draft.empty().frame()
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert empty["start"].dtype == full["start"].dtype == "float64"
    assert empty["kind"].dtype == "category"


def test_the_table_says_what_was_done_to_the_picture(city_draft: dict) -> None:
    box = {"x": 0, "y": 0.1, "w": 1.0, "h": 0.9}
    _, after = changed(city_draft, video__filters=[{"name": "sepia"}], video__crop=box, video__rotation=90)
    table = after.frame()
    assert table.loc[0, "picture"] == "rotation 90°, crop 100% x 90% of the picture, look sepia"
    assert table.loc[1, "picture"] == ""
    assert table.loc[2, "picture"] == "style size 8%, #ffffff, bold"


def test_a_muted_track_shows_as_silence(city_draft: dict) -> None:
    city_draft["t"][1]["m"]["muted"] = True
    assert Draft.read(city_draft).frame().loc[1, "volume"] == 0.0
    assert "Lo-fi (0-10s, muted)" in Draft.read(city_draft).summary()


def test_a_language_writes_its_figures_in_its_way(city_draft: dict) -> None:
    before, after = changed(city_draft, music__volume=0.5, music__fade_out_ms=2500)
    lines = told(before, after, "de")
    assert lines[0] == "Lo-fi: Lautstärke 35 % → 50 %"
    assert lines[1] == "Lo-fi: Ton ausgeblendet 3 s → 2,5 s"
    assert told(before, CutOut(start_ms=0, end_ms=2500).apply(before), "de")[0] == (
        "city timelapse: 0–2,5 s herausgeschnitten"
    )


def test_the_summary_is_in_the_language_that_is_asked_for(city_draft: dict) -> None:
    del city_draft["t"][2]
    assert Draft.read(city_draft).summary("zh") == (
        "时间线（2 条轨道）：1. Video: city timelapse (0-10 秒) 2. BGM: Lo-fi (0-10 秒, 35%)"
    )
    assert Draft.empty().summary("zh") == "时间线（0 条轨道）：空"


def test_a_clouds_odd_values_are_told_as_they_are(city_draft: dict) -> None:
    before, after = changed(
        city_draft, music__fade_out_ms=None, video__volume="80%", video__transition="fade", title__scale=None
    )
    assert 'city timelapse: volume "1.0" → "80%"' not in told(before, after)
    assert any("80%" in line for line in told(before, after))
    assert all(change.text("zh") for change in after.diff(before))


def test_what_has_the_id_of_something_else_is_told_as_another(city_draft: dict) -> None:
    before, after = changed(
        city_draft, music__asset=f"sha256:{'9' * 64}", music__file="jazz.mp3", music__name="Jazz"
    )
    lines = told(before, after)
    assert [line.split(" (")[0] for line in lines] == ["added Jazz", "removed Lo-fi"]


def test_what_an_edit_made_again_renumbered_is_told_as_what_it_is() -> None:
    clip = operations.PlaceClip(asset=f"sha256:{'1' * 64}", file="a.mp4", duration_ms=10_000)
    hi, bye = (operations.AddText(text=text, at_ms=at) for text, at in (("Hi", 0), ("Bye", 5000)))
    music = operations.AddMusic(asset=f"sha256:{'2' * 64}", file="m.mp3", file_ms=4000)
    before = operations.apply_all(Draft.empty(), [clip, hi, bye, music])
    after = operations.apply_all(Draft.empty(), [clip, bye, music])
    assert [str(change) for change in before.diff(after)] == ['removed "Hi" (0-3s)']
    assert [change.kind for change in after.diff(before)] == ["added"]
