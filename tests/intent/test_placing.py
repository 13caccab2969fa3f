"""What goes where: the order of the clips, and what lies over and under them, in people's own words.

The wedding is ceremony.mp4 (30 s), vows.mp4 (20 s) and firstdance.mp4 (25 s), one after the other; the photos and
the sounds wait.
"""

from __future__ import annotations

import pytest
from bank import Conversation, asset, talk

from nemo_nb.draft import Segment

WEDDING = [
    asset("ceremony.mp4", "video", 30), asset("vows.mp4", "video", 20), asset("firstdance.mp4", "video", 25),
    asset("cake.jpg", "image"), asset("logo.png", "image"), asset("song.mp3", "audio", 90),
    asset("speech.m4a", "audio", 15),
]  # fmt: skip


def wedding(*messages: str) -> Conversation:
    return talk(*messages, setup=(WEDDING, []))


def row(conversation: Conversation) -> list[str]:
    """The clips in their order, without their endings."""
    return [item.file.rpartition(".")[0] for item in conversation.draft.tracks[0].segments]


def found(conversation: Conversation, file: str) -> Segment:
    return next(item for item in conversation.draft.segments if item.file == file)


# ---- the order


@pytest.mark.parametrize(
    "wish",
    [
        "first dance in front of everything",
        "chuck first dance in front of the ceremony",
        "put the dance first",
    ],
)
def test_a_name_may_be_said_in_several_words_or_by_its_last_one(wish: str) -> None:
    assert row(wedding(wish)) == ["firstdance", "ceremony", "vows"]


def test_what_is_tossed_with_a_place_is_put_there_and_without_one_goes() -> None:
    assert row(wedding("chuck the vows at the end")) == ["ceremony", "firstdance", "vows"]
    assert row(wedding("chuck the vows")) == ["ceremony", "firstdance"]


# ---- photos in the row


def test_a_photo_is_put_between_two_clips_and_held_as_long_as_one_likes() -> None:
    conversation = wedding(
        "put the cake pic in between the vows and the dance for 3 secs", "make the cake 5 secs"
    )
    assert row(conversation) == ["ceremony", "vows", "cake", "firstdance"]
    assert found(conversation, "cake.jpg").duration_ms == 5000
    assert found(conversation, "firstdance.mp4").start_ms == 55_000


# ---- over the picture


@pytest.mark.parametrize(
    ("wish", "position", "scale", "opacity"),
    [
        ("our logo bottom right thru the whole thing, about a tenth of the width", "bottom-right", 0.1, 1.0),
        ("put the logo top left the whole time, small, 60% opacity", "top-left", 0.1, 0.6),
        ("logo in the top left, 20% wide, slightly transparent", "top-left", 0.2, 0.8),
        ("Logo unten rechts, ganz klein", "bottom-right", 0.1, 1.0),
        ("drop the logo in the top right corner. A quarter of the screen", "top-right", 0.25, 1.0),
    ],
)
def test_a_logo_has_the_size_that_was_told(wish: str, position: str, scale: float, opacity: float) -> None:
    logo = found(wedding(wish), "logo.png").meta
    assert (logo["position"], round(logo["scale"], 2), logo.get("opacity", 1.0)) == (position, scale, opacity)


def test_a_size_of_the_screen_is_that_of_what_was_spoken_of_and_no_clips() -> None:
    conversation = wedding(
        "logo top left", "it is too small, make it a quarter of the screen", "move to the other side"
    )
    assert found(conversation, "logo.png").meta["scale"] == 0.25
    assert found(conversation, "logo.png").meta["position"] == "top-right"
    assert all("scale" not in item.meta for item in conversation.draft.tracks[0].segments)


def test_a_stretch_of_a_clip_is_in_its_own_time() -> None:
    for wish in ("誓言第5秒到8秒，左上角放logo", "logo top left over the vows, from 5 to 8 s of the vows"):
        setup = [*WEDDING[:1], asset("誓言.mp4", "video", 20), *WEDDING[1:]] if "誓" in wish else WEDDING
        logo = found(talk(wish, setup=(setup, [])), "logo.png")
        assert (logo.start_ms, logo.end_ms) == (35_000, 38_000)


# ---- sounds


@pytest.mark.parametrize(
    ("wish", "start"),
    [
        ("the speech starts 5 sec before the vows end", 45_000),
        ("the speech starts at the vows", 30_000),
        ("song comes in when the vows start", 30_000),
    ],
)
def test_a_sound_begins_when_something_comes(wish: str, start: int) -> None:
    sound = next(item for item in wedding(wish).draft.segments if item.kind == "audio")
    assert sound.start_ms == start


def test_no_before_what_is_said_is_no_refusal() -> None:
    conversation = wedding(
        "the speech starts 5 sec before the vows end", "no the speech should start at the vows"
    )
    assert found(conversation, "speech.m4a").start_ms == 30_000


# ---- lists


def test_so_much_of_each_that_is_listed_and_nothing_else() -> None:
    conversation = wedding("5 seconds each of the first dance and the vows please, nothing else")
    assert [(item.file, item.duration_ms) for item in conversation.draft.tracks[0].segments] == [
        ("firstdance.mp4", 5000), ("vows.mp4", 5000),
    ]  # fmt: skip


def test_an_order_may_be_counted_out_and_leaves_the_rest_behind() -> None:
    assert row(wedding("order 3 1 2")) == ["firstdance", "ceremony", "vows"]
    assert row(wedding("zuerst die vows, dann die ceremony, der Rest bleibt wie er ist")) == [
        "vows", "ceremony", "firstdance",
    ]  # fmt: skip


def test_the_first_of_an_order_may_begin_later() -> None:
    conversation = wedding("start with the vows from second 4, then go to the ceremony")
    assert row(conversation) == ["vows", "ceremony", "firstdance"]
    assert found(conversation, "vows.mp4").source_start_ms == 4000


def test_what_is_put_in_the_gap_comes_where_it_was_split() -> None:
    conversation = wedding("split the vows at 8 s and put the cake in the gap")
    assert row(conversation) == ["ceremony", "vows", "cake", "vows", "firstdance"]


def test_a_copy_is_put_where_the_next_words_say() -> None:
    assert row(wedding("duplicate the vows and put the copy at the end")) == [
        "ceremony",
        "vows",
        "firstdance",
        "vows",
    ]


# ---- photos that wait


@pytest.mark.parametrize(
    "wish", ["the cake photo after the ceremony, 2 seconds", "put the cake in after the ceremony"]
)
def test_a_photo_that_waits_is_put_in_the_row(wish: str) -> None:
    assert row(wedding(wish)) == ["ceremony", "cake", "vows", "firstdance"]


def test_photos_over_somebody_who_speaks_follow_each_other() -> None:
    conversation = wedding("show the two photos over the ceremony from 0:10, each 3s")
    laid = [(item.start_ms, item.end_ms) for item in conversation.draft.segments if item.kind == "image"]
    assert laid == [(10_000, 13_000), (13_000, 16_000)]


def test_a_film_over_a_voice_leaves_the_voice() -> None:
    conversation = wedding("while i'm talking show the dance from 20 secs for 5 secs but keep my voice")
    dance = found(conversation, "firstdance.mp4")
    assert (dance.start_ms, dance.end_ms, dance.muted) == (20_000, 25_000, True)
    assert not found(conversation, "ceremony.mp4").muted


# ---- whose order, whose length


def test_some_are_turned_around_among_each_other() -> None:
    assert row(wedding("reverse the order of the last two")) == ["ceremony", "firstdance", "vows"]


def test_so_much_of_one_and_then_of_another() -> None:
    conversation = wedding("the ceremony for 5 seconds", "the vows 3 seconds")
    assert [item.duration_ms for item in conversation.draft.tracks[0].segments][:2] == [5000, 3000]


def test_a_photo_in_the_row_is_held_longer() -> None:
    conversation = wedding("the cake photo after the ceremony, 2 seconds", "the cake must be longer, 8 s")
    assert found(conversation, "cake.jpg").duration_ms == 8000
    conversation = wedding("put the cake in after the ceremony", "the cake twice as long")
    assert found(conversation, "cake.jpg").duration_ms == 10_000


def test_a_photo_that_waits_is_seen_from_then_to_then() -> None:
    cake = found(wedding("the cake from 0:10 to 0:14"), "cake.jpg")
    assert (cake.start_ms, cake.end_ms, cake.meta.get("fit")) == (10_000, 14_000, "cover")


def test_what_goes_somewhere_and_is_unknown_moves_nothing_else() -> None:
    assert row(wedding("zebra goes straight after the vows then ceremony")) == [
        "ceremony",
        "vows",
        "firstdance",
    ]


def test_a_freeze_is_a_thing_that_can_go() -> None:
    conversation = wedding("freeze at 3 s for 2 seconds", "get rid of that freeze again")
    assert conversation.draft.duration_ms == 75_000
    assert "firstdance" in row(conversation)


# ---- together with other words


def test_an_order_with_so_much_of_each() -> None:
    conversation = wedding("vows for 5 seconds, then ceremony 3 seconds, then firstdance")
    assert row(conversation) == ["vows", "ceremony", "firstdance"]
    assert [item.duration_ms for item in conversation.draft.tracks[0].segments] == [5000, 3000, 25_000]


def test_the_row_after_something_goes_on() -> None:
    assert row(wedding("vows to the end", "the vows go after the ceremony, then the dance")) == [
        "ceremony", "vows", "firstdance",
    ]  # fmt: skip


@pytest.mark.parametrize("wish", ["swap 1st and 3rd", "swap 1 and 3"])
def test_clips_are_swapped_by_their_numbers(wish: str) -> None:
    assert row(wedding(wish)) == ["firstdance", "vows", "ceremony"]


def test_what_is_put_in_while_somebody_is_still_heard_lies_over_the_picture() -> None:
    for wish in (
        "at 0:05 in the ceremony cut in 4 seconds of the dance, but you still hear the ceremony",
        "insert the dance at 0:05 for 4 seconds, the ceremony audio keeps going",
    ):
        conversation = wedding(wish)
        dance = found(conversation, "firstdance.mp4")
        assert (dance.start_ms, dance.end_ms, dance.muted) == (5000, 9000, True)
        assert row(conversation) == ["ceremony", "vows"]


def test_the_end_of_a_clip_that_was_split_is_that_of_its_last_piece() -> None:
    conversation = wedding("split the ceremony at 20 s", "cut the last 5 seconds of the ceremony")
    assert [item.duration_ms for item in conversation.draft.tracks[0].segments] == [
        20_000,
        5000,
        20_000,
        25_000,
    ]


def test_a_file_comes_in_the_place_of_another_for_so_long() -> None:
    conversation = wedding("replace the vows with the photo cake please, 4 secs is enough")
    assert row(conversation) == ["ceremony", "cake", "firstdance"]
    assert found(conversation, "cake.jpg").duration_ms == 4000


def test_what_is_said_of_one_clip_is_not_said_of_the_music() -> None:
    conversation = wedding("add song.mp3", "the vows half as long")
    vows = found(conversation, "vows.mp4")
    assert (vows.duration_ms, vows.volume) == (10_000, 1)


# ---- music


@pytest.mark.parametrize(
    ("wish", "start", "end"),
    [
        ("song.mp3 from the vows on", 30_000, 75_000),
        ("song should kick in at the vows and run till the end of the vows", 30_000, 50_000),
    ],
)
def test_music_from_one_thing_to_another(wish: str, start: int, end: int) -> None:
    song = found(wedding(wish), "song.mp3")
    assert (song.start_ms, song.end_ms) == (start, end)


@pytest.mark.parametrize(
    "wish",
    [
        "start the song at its chorus, that's at 0:48 in the song",
        "add song.mp3, but skip the first 48 seconds of it",
        "song as music, start it 48 seconds into the song",
    ],
)
def test_a_song_starts_later_in_its_file(wish: str) -> None:
    song = found(wedding(wish), "song.mp3")
    assert (song.start_ms, song.source_start_ms) == (0, 48_000)


def test_music_stops_where_it_is_told() -> None:
    song = found(wedding("add song.mp3", "the music should stop when the vows end"), "song.mp3")
    assert (song.start_ms, song.end_ms) == (0, 50_000)


def test_one_song_takes_over_when_the_other_is_over() -> None:
    conversation = wedding("first the speech.m4a and when that's over song.mp3 takes over")
    assert found(conversation, "song.mp3").start_ms == found(conversation, "speech.m4a").end_ms


def test_a_sound_at_every_cut() -> None:
    conversation = wedding("speech at every cut")
    assert sorted(item.start_ms for item in conversation.draft.segments if item.file == "speech.m4a") == [
        30_000, 50_000,
    ]  # fmt: skip


# ---- nothing that was said is passed over


def test_each_of_a_list_comes_at_its_time() -> None:
    conversation = wedding("cake at 10, logo.png at 25, full screen for 5 seconds")
    assert found(conversation, "cake.jpg").start_ms == 10_000
    assert found(conversation, "logo.png").start_ms == 25_000


def test_between_two_is_between_them_or_asked() -> None:
    assert row(wedding("the cake between the ceremony and the vows")) == [
        "ceremony", "cake", "vows", "firstdance",
    ]  # fmt: skip
    assert row(wedding("split the ceremony at 10 s and throw the vows between them")) == [
        "ceremony", "vows", "ceremony", "firstdance",
    ]  # fmt: skip


def test_to_replace_something_says_nothing_of_what_comes() -> None:
    assert row(wedding("replace the vows")) == ["ceremony", "vows", "firstdance"]


def test_it_is_moved_that_was_slowed_down() -> None:
    conversation = wedding("把vows放慢一倍，然后放到第一个")
    assert row(conversation) == ["vows", "ceremony", "firstdance"]
    assert [item.speed for item in conversation.draft.tracks[0].segments] == [0.5, 1, 1]


def test_names_in_a_row_are_a_list() -> None:
    assert row(wedding("order firstdance ceremony vows")) == ["firstdance", "ceremony", "vows"]


def test_one_lies_over_the_other_for_so_long() -> None:
    cake = found(wedding("cake covers the ceremony at 20 seconds for 5"), "cake.jpg")
    assert (cake.start_ms, cake.end_ms) == (20_000, 25_000)


def test_music_under_all_but_one() -> None:
    conversation = wedding("song.mp3 under all but the vows")
    assert sorted((s.start_ms, s.end_ms) for s in conversation.draft.segments if s.kind == "audio") == [
        (0, 30_000), (50_000, 75_000),
    ]  # fmt: skip


def test_a_slideshow_has_one_first_and_lasts_as_long_as_its_song() -> None:
    photos = [asset(f"p{n}.jpg", "image") for n in (1, 2, 3)]
    songs = [asset("song.mp3", "audio", 30)]
    show = talk("a slideshow of my photos, the third one first, with the song", setup=([*photos, *songs], []))
    assert row(show) == ["p3", "p1", "p2"]
    show.say("make the pictures exactly as long as the song")
    assert [item.duration_ms for item in show.draft.tracks[0].segments] == [10_000] * 3


def test_of_a_clip_only_a_part_is_played_where_it_comes() -> None:
    conversation = wedding("play the dance first then ceremony but only its first half")
    assert row(conversation) == ["firstdance", "ceremony", "vows"]
    assert found(conversation, "ceremony.mp4").duration_ms == 15_000


def test_a_photo_fills_the_frame_once() -> None:
    conversation = wedding("insert cake at second 12, for 4 seconds, it should fill the screen")
    assert [(s.start_ms, s.end_ms) for s in conversation.draft.segments if s.kind == "image"] == [
        (12_000, 16_000)
    ]


def test_one_photo_then_another_are_put_there_together() -> None:
    assert row(wedding("cake pic then logo.png at the end, 3 sec each"))[-2:] == ["cake", "logo"]


def test_a_clip_is_repeated_until_it_lasts_so_long() -> None:
    lasting = [
        item.duration_ms
        for item in wedding("repeat the vows so it lasts 50 seconds").draft.tracks[0].segments
    ]
    assert lasting == [30_000, 20_000, 20_000, 10_000, 25_000]


def test_a_stretch_that_is_not_its_time_on_the_timeline_is_its_own() -> None:
    conversation = wedding("the vows from second 5 on at half speed")
    assert [item.speed for item in conversation.draft.tracks[0].segments] == [1, 1, 0.5, 1]


def test_once_more_backwards_leaves_the_first_as_it_is() -> None:
    conversation = wedding("the vows once more backwards at the end")
    assert not found(conversation, "vows.mp4").meta.get("reverse")


def test_the_rest_of_a_clip_comes_after_what_was_done() -> None:
    conversation = wedding("freeze at 7.5 s for 2 seconds then half speed for the rest of the ceremony")
    assert [item.speed for item in conversation.draft.tracks[0].segments] == [1, 1, 0.5, 1, 1]


def test_music_fades_at_the_end_of_what_it_lies_under() -> None:
    song = found(wedding("song.mp3 under the ceremony only and fade it out when the vows start"), "song.mp3")
    assert (song.start_ms, song.end_ms) == (0, 30_000)


def test_a_sound_at_the_start_of_each_clip() -> None:
    conversation = wedding("play the speech at the beginning of each clip")
    assert sorted(s.start_ms for s in conversation.draft.segments if s.kind == "audio") == [0, 30_000, 50_000]


def test_music_that_stops_before_the_end_cuts_nothing() -> None:
    conversation = wedding("song.mp3 fades in at the vows and stops 2s before the end")
    song = found(conversation, "song.mp3")
    assert (song.start_ms, song.end_ms, conversation.draft.duration_ms) == (30_000, 73_000, 75_000)


def test_what_comes_then_comes_behind_it() -> None:
    assert row(wedding("put the cake after the ceremony for 3 and then logo.png for 5")) == [
        "ceremony", "cake", "logo", "vows", "firstdance",
    ]  # fmt: skip


def test_a_clip_cut_at_two_moments_is_split_there() -> None:
    conversation = wedding("cut the ceremony at 10 and 25")
    assert [item.duration_ms for item in conversation.draft.tracks[0].segments][:3] == [10_000, 15_000, 5000]


def test_a_place_in_the_row_in_chinese_and_german() -> None:
    assert row(wedding("cake插到vows和firstdance中间，放4秒")) == ["ceremony", "vows", "cake", "firstdance"]
    assert row(wedding("Zuerst die vows, danach der firstdance und zuletzt die ceremony")) == [
        "vows", "firstdance", "ceremony",
    ]  # fmt: skip


def test_photos_one_after_another_over_a_part() -> None:
    conversation = wedding(
        "after 0:10 of the ceremony show cake, logo.png one after another over it, 2 secs each"
    )
    laid = sorted((s.file, s.start_ms, s.end_ms) for s in conversation.draft.segments if s.kind == "image")
    assert laid == [("cake.jpg", 10_000, 12_000), ("logo.png", 12_000, 14_000)]


def test_often_in_a_row_is_no_speed() -> None:
    assert row(wedding("die vows zweimal hintereinander")) == ["ceremony", "vows", "vows", "firstdance"]


def test_a_photo_put_at_the_end_for_so_long_is_in_the_row() -> None:
    conversation = wedding("put cake at the end, 6 seconds")
    assert row(conversation)[-1] == "cake"
    assert found(conversation, "cake.jpg").duration_ms == 6000


def test_a_song_but_not_under_one_clip() -> None:
    conversation = wedding("the song the whole time but not under the vows")
    assert sorted((s.start_ms, s.end_ms) for s in conversation.draft.segments if s.kind == "audio") == [
        (0, 30_000), (50_000, 75_000),
    ]  # fmt: skip


@pytest.mark.parametrize("how", ["in half", "at 3 s"])
def test_what_comes_between_the_parts_of_a_clip(how: str) -> None:
    conversation = talk(f"split b {how} and put c in between")
    files = [item.file for item in sorted(conversation.draft.segments, key=lambda item: item.start_ms)]
    assert files == ["a.mp4", "b.mp4", "c.mp4", "b.mp4"]


def test_where_a_thing_was_to_be_put_is_never_passed_over() -> None:
    conversation = talk("make b warm", "split c at 2 s, put zebra in between")
    assert "put zebra in between" in conversation.reply
