"""What follows what was done: more of it, the same of another, one for another, some of it taken back."""

from __future__ import annotations

import pytest
from bank import LOFI, THREE, Conversation, asset, talk
from damage import same

from nemo_nb.draft import Segment


def clip(done: Conversation, file: str) -> Segment:
    return next(item for item in done.draft.segments if item.file == file)


def bright(done: Conversation, file: str) -> float:
    return round(sum(look["amount"] for look in clip(done, file).meta.get("filters", ())), 2)


def grey(done: Conversation) -> set[str]:
    return {item.file for item in done.draft.segments if item.meta.get("filters")}


# ---- more, less, the same


@pytest.mark.parametrize(
    ("messages", "left"),
    [
        (("make b.mp4 brighter", "more"), 0.3),
        (("make b.mp4 brighter", "more", "too much"), 0.2),
        (("make b.mp4 brighter", "less", "a bit more"), 0.2),
        (("mach b.mp4 heller", "noch mehr", "zu viel"), 0.2),
        (("把b.mp4调亮", "再多一点", "太多了"), 0.2),
    ],
)
def test_more_goes_the_way_of_the_first_wish(messages: tuple[str, ...], left: float) -> None:
    done = talk(*messages)
    assert bright(done, "b.mp4") == left
    assert grey(done) == {"b.mp4"}


def test_the_same_for_another_is_as_far_as_the_first_went() -> None:
    done = talk("slow b.mp4 down a bit", "even slower", "same for c.mp4 but the whole clip")
    assert clip(done, "c.mp4").speed == clip(done, "b.mp4").speed < 0.75
    assert clip(done, "a.mp4").speed == 1


def test_the_same_for_the_others_but_one() -> None:
    done = talk("make b.mp4 sepia and do the same for the others except c.mp4")
    assert grey(done) == {"a.mp4", "b.mp4"}


@pytest.mark.parametrize("more", ["and the first 2", "and the first 2 too", "hm and the first 2 seconds"])
def test_what_is_added_to_a_cut_gives_nothing_back(more: str) -> None:
    done = talk("cut the last 1 second of b.mp4", more)
    cut = clip(done, "b.mp4")
    assert (cut.ms("source_start_ms"), cut.duration_ms) == (2000, 3000)


# ---- not that


def test_one_of_two_is_taken_for_another() -> None:
    assert grey(talk("make the first and third black and white", "not the first, the second")) == {
        "b.mp4",
        "c.mp4",
    }


def test_what_was_cut_comes_back_where_it_was() -> None:
    done = talk(
        "cut the first 2 seconds of b.mp4", "and the last 1 too", "oh wait not the last 1, put those back"
    )
    assert [item.file for item in done.draft.segments] == ["a.mp4", "b.mp4", "c.mp4"]
    assert (clip(done, "b.mp4").ms("source_start_ms"), clip(done, "b.mp4").duration_ms) == (2000, 4000)


def test_the_first_one_of_transitions_is_no_clip() -> None:
    done = talk(
        "put a 1s crossfade between all clips", "make both half as long", "remove the first one again"
    )
    assert [item.meta.get("transition", {}).get("duration_ms") for item in done.draft.segments] == [
        None,
        None,
        500,
    ]


@pytest.mark.parametrize(
    "request_", ["delete the clip that comes before the last", "remove the clip what is before c.mp4"]
)
def test_what_comes_before_another_is_not_the_other(request_: str) -> None:
    assert [item.file for item in talk(request_).draft.segments] == ["a.mp4", "c.mp4"]


# ---- music under a clip


@pytest.mark.parametrize(
    ("request_", "volumes"),
    [
        ("make the music quieter during b.mp4", {0: 1.0, 4000: 0.6, 10000: 1.0}),
        ("over b.mp4 it can be at 30%", {0: 1.0, 4000: 0.3, 10000: 1.0}),
        ("no music over b.mp4", {0: 1.0, 10000: 1.0}),
        ("bei b.mp4 soll sie weg", {0: 1.0, 10000: 1.0}),
        ("b.mp4那段不要音乐", {0: 1.0, 10000: 1.0}),
        ("b.mp4那段音乐小声点", {0: 1.0, 4000: 0.6, 10000: 1.0}),
    ],
)
def test_music_is_changed_for_as_long_as_a_clip_is_there(request_: str, volumes: dict[int, float]) -> None:
    done = Conversation(([*THREE, LOFI], []))
    done.say("add lofi.mp3 under everything")
    before = done.draft
    done.say(request_)
    assert {i.start_ms: i.volume for i in done.draft.segments if i.kind == "audio"} == volumes, done.reply
    assert [i for i in done.draft.segments if i.kind == "video"] == [
        i for i in before.segments if i.kind == "video"
    ]


def test_music_that_is_kept_low_is_added_low() -> None:
    done = talk("put lofi.mp3 under it but keep it low, people need to hear me", setup="clip+music")
    assert clip(done, "lofi.mp3").volume == 0.3
    assert "can't" not in done.reply


# ---- how something is, and what is to be done


@pytest.mark.parametrize(
    ("request_", "muted"),
    [
        ("b.mp4太吵了，静音吧，其他的保留声音", {"b.mp4"}),
        ("b.mp4 is really loud, can you mute it? a.mp4 is fine", {"b.mp4"}),
    ],
)
def test_the_others_keep_what_they_have(request_: str, muted: set[str]) -> None:
    assert {item.file for item in talk(request_).draft.segments if item.muted} == muted


def test_a_remark_says_of_what() -> None:
    done = talk("b.mp4太长了，剪掉最后2秒")
    assert [item.duration_ms for item in done.draft.segments] == [4000, 4000, 5000]


def test_a_number_that_only_one_name_has_is_that_name() -> None:
    videos = [asset(f"IMG_20{n}.mp4", "video", 5) for n in range(3)]
    done = Conversation((videos, []))
    done.say("slow down 201")
    assert {item.file for item in done.draft.segments if item.speed != 1} == {"IMG_201.mp4"}


def test_the_film_is_made_vertical_whatever_clip_was_spoken_of() -> None:
    done = talk("mute b.mp4", "make it vertical then")
    assert done.draft.canvas.width < done.draft.canvas.height


def test_a_question_is_no_wish_and_a_relative_clause_no_question() -> None:
    done = talk("what's the total?")
    assert "15s" in done.reply
    assert same(talk().draft, done.draft)


# ---- names, times and pronouns as they are said


def test_seconds_go_on_through_a_message() -> None:
    done = talk("cut 2 seconds off the beginning of b.mp4 and 1 off the end, c.mp4 can lose its last 3")
    assert [item.duration_ms for item in done.draft.segments] == [4000, 3000, 2000]
    assert clip(done, "b.mp4").ms("source_start_ms") == 2000


def test_what_nobody_understood_of_a_stretch_is_not_the_whole_clip() -> None:
    done = talk("First part of b.mp4 until 0:05 is wobbly so get rid of it, the rest stays")
    assert same(talk().draft, done.draft), done.reply


def test_a_german_article_that_stands_alone_is_a_pronoun() -> None:
    done = talk(
        "b.mp4 soll ans Ende", "Ach ne, doch an den Anfang", "kürz den auf 4 Sekunden", "mach den lauter"
    )
    assert [item.file for item in done.draft.segments] == ["b.mp4", "a.mp4", "c.mp4"]
    assert [item.duration_ms for item in done.draft.segments] == [4000, 4000, 5000]
    assert [item.volume > 1 for item in done.draft.segments] == [True, False, False]


@pytest.mark.parametrize(
    "request_", ["c.mp4 like b.mp4", "Mach c.mp4 so wie b.mp4", "c.mp4 auch so wie b.mp4"]
)
def test_one_is_to_be_like_another(request_: str) -> None:
    done = talk("make b.mp4 brighter", "a bit more", request_)
    assert bright(done, "c.mp4") == bright(done, "b.mp4") == 0.3
    assert grey(done) == {"b.mp4", "c.mp4"}


def test_a_letter_at_the_end_of_names_is_a_name() -> None:
    done = Conversation(([asset(f"clip_{letter}.mp4", "video", 5) for letter in "abc"], []))
    for message in ("rotate b 90 degrees", "other way", "and c as well", "leave c, just b"):
        done.say(message)
    assert [item.meta.get("rotation", 0) for item in done.draft.segments] == [0, 270, 0]


def test_words_for_several_clips_are_one_on_each() -> None:
    done = talk('put c.mp4 first and label it "Control"', 'same for the others: "Trial 1" and "Trial 2"')
    texts = [(item.text, item.start_ms) for item in done.draft.segments if item.text]
    assert texts == [("Control", 0), ("Trial 1", 5000), ("Trial 2", 9000)]


def test_all_titles_that_are_there_grow() -> None:
    done = talk("标题都再大一点", setup="two-titles")
    assert all(item.meta["style"]["font_size"] > 0.07 for item in done.draft.segments if item.text)


@pytest.mark.parametrize("back", ["both back on", "a.mp4 and b.mp4 back on please"])
def test_back_on_is_heard_again_and_stays_in_its_place(back: str) -> None:
    done = talk("mute a.mp4", "b.mp4 too", back)
    assert [(item.file, item.muted) for item in done.draft.segments] == [
        ("a.mp4", False),
        ("b.mp4", False),
        ("c.mp4", False),
    ]


def test_what_is_no_longer_needed_is_put_back_as_it_was() -> None:
    done = talk("把a.mp4调亮", "b.mp4也是", "b.mp4不用了，还原")
    assert grey(done) == {"a.mp4"}
    assert len(list(done.draft.segments)) == 3


def test_a_word_and_a_number_are_a_name_where_a_file_is_called_so() -> None:
    videos = [asset(name, "video", 40) for name in ("intro.mp4", "teil1.mp4", "teil2.mp4", "abspann.mp4")]
    done = Conversation((videos, []))
    for message in (
        "Teil 1 ist zu lang, mach 30 Sekunden draus",
        "Bei Teil 2 dasselbe",
        "Hm, bei Teil 2 doch lieber 25",
        "Und der Abspann? Wie lang ist der?",
        "Dann kürze ihn auf die Hälfte",
    ):
        done.say(message)
    assert [item.duration_ms for item in done.draft.segments] == [40000, 30000, 25000, 20000]


def test_one_that_lies_above_is_there_only_while_a_clip_is() -> None:
    done = Conversation(([*THREE, asset("logo.png", "image")], []))
    for message in ("logo top right", "a bit smaller, and only during c.mp4"):
        done.say(message)
    logo = clip(done, "logo.png")
    assert (logo.start_ms, logo.end_ms) == (10000, 15000)
    assert logo.meta["scale"] < 0.15


def test_an_order_with_an_end_of_its_own() -> None:
    done = talk("c.mp4 first then a.mp4, b.mp4 at the end")
    assert [item.file for item in done.draft.segments] == ["c.mp4", "a.mp4", "b.mp4"]
    assert "can't" not in done.reply


def test_a_clip_that_was_deleted_is_brought_back() -> None:
    assert same(talk("mute a.mp4").draft, talk("mute a.mp4", "delete c.mp4", "bring that clip back").draft)


# ---- and further on


def test_a_fade_is_made_longer_and_taken_away() -> None:
    done = talk("fade c.mp4 out", "longer fade pls, like 3 sec")
    assert [item.meta.get("video_fade_out_ms", 0) for item in done.draft.segments] == [0, 0, 3000]
    assert not any(item.meta.get("video_fade_in_ms") for item in done.draft.segments)
    done.say("forget the fade")
    assert [item.meta.get("video_fade_out_ms", 0) for item in done.draft.segments] == [0, 0, 0]


def test_less_by_so_much_is_less() -> None:
    done = talk("make b.mp4 brighter by 20 percent and the rest darker by 10")
    assert [bright(done, file) for file in ("a.mp4", "b.mp4", "c.mp4")] == [-0.1, 0.2, -0.1]


def test_what_must_stay_is_not_swapped() -> None:
    done = talk("a.mp4 and b.mp4 should change places, c.mp4 must stay where it is")
    assert [item.file for item in done.draft.segments] == ["b.mp4", "a.mp4", "c.mp4"]


def test_what_was_deleted_comes_back_and_another_goes() -> None:
    done = talk(
        "what's the shortest clip?", "remove it", "hm no bring it back and remove the longest instead"
    )
    assert [item.file for item in done.draft.segments] == ["a.mp4", "c.mp4"]


def test_what_follows_music_is_of_the_music() -> None:
    done = Conversation(([*THREE, LOFI], []))
    for message in ("Leg lofi unter alles", "Bei c.mp4 aber nicht", "Und in b.mp4 nur halb so laut"):
        done.say(message)
    assert [(i.start_ms, i.volume) for i in done.draft.segments if i.kind == "audio"] == [
        (0, 1.0),
        (4000, 0.5),
    ]
    assert all(i.volume == 1 for i in done.draft.segments if i.kind == "video")


def test_the_other_side_of_a_corner() -> None:
    assert (
        clip(talk("logo top left", "actually right", setup="clip+logo"), "logo.png").meta["position"]
        == "top-right"
    )


def test_what_was_deleted_does_not_go_once_more() -> None:
    done = talk(
        "split a.mp4 at 1 and 2 s", "delete the middle part", "Put the middle part back, I do need it"
    )
    assert done.draft.duration_ms == 15000
    assert same(talk("delete b.mp4").draft, talk("delete b.mp4", "I need it").draft)


def test_what_is_left_is_left() -> None:
    assert same(talk("b.mp4 a bit quieter").draft, talk("b.mp4 a bit quieter", "leave it").draft)


def test_what_was_undone_is_done_after_all() -> None:
    assert same(talk("mute b.mp4").draft, talk("mute b.mp4", "undo", "hmm, do it after all").draft)


def test_the_other_way_round_is_no_order_where_none_was_spoken_of() -> None:
    done = talk("mute a.mp4", "hmm other way round")
    assert [item.file for item in done.draft.segments] == ["a.mp4", "b.mp4", "c.mp4"]


def test_the_first_and_the_last_are_two_clips() -> None:
    done = talk("first and last one 2 seconds shorter at the end", "the middle one as well, but 3")
    assert [item.duration_ms for item in done.draft.segments] == [2000, 3000, 3000]
