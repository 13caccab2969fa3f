"""Titles and captions: which words they show, where, when, how; and what is said about them afterwards.

The three clips are a.mp4 (4 s), b.mp4 (6 s) and c.mp4 (5 s), one after the other.
"""

from __future__ import annotations

from typing import Any

import pytest
from bank import Conversation, talk
from damage import same

from nemo_nb.draft import Segment


def titles(conversation: Conversation) -> list[Segment]:
    there = [item for item in conversation.draft.segments if item.kind == "text"]
    return sorted(there, key=lambda item: item.start_ms)


def shown(conversation: Conversation) -> list[tuple[str, int, int]]:
    """The words of each title, with the seconds from which and to which they are shown."""
    return [(item.text, item.start_ms // 1000, item.end_ms // 1000) for item in titles(conversation)]


def style(item: Segment) -> dict[str, Any]:
    return dict(item.meta.get("style") or {})


# ---- where words that nobody quoted begin and end


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "put a title that says Lesson 3: Light and Shadow at the very beginning",
            "Lesson 3: Light and Shadow",
        ),
        ("add a heading: Unit 4: The Water Cycle, at the top", "Unit 4: The Water Cycle"),
        ("add text saying I can't believe we made it! at the end", "I can't believe we made it!"),
        ("put the words Watch carefully! in white at the bottom", "Watch carefully!"),
        ("overlay the words Breaking News across the bottom", "Breaking News"),
        ("title Anna & Paul at the start", "Anna & Paul"),
        ("oh and a title Sunday Pasta at the start", "Sunday Pasta"),
        ("add my name, Ms. Rivera, at the bottom", "Ms. Rivera"),
        ("put the name of the speaker, Bernd Keller, in the lower left corner", "Bernd Keller"),
        ("put the couple's names, Anna and Tobias, over the second clip", "Anna and Tobias"),
        ("put my name (Carla Mendes) at the bottom", "Carla Mendes"),
        ("add a title saying Hello world over the second clip", "Hello world"),
    ],
)
def test_words_end_where_the_place_or_the_time_begins(text: str, words: str) -> None:
    assert [item.text for item in titles(talk(text))] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "add the title “Hi” for 4 seconds in big letters",
        "add text saying Hi! for four seconds, big enough",
        "add a title that says Hi. Big, for four seconds",
    ],
)
def test_what_follows_is_of_the_title_just_added(text: str) -> None:
    (title,) = titles(talk(text))
    assert (title.start_ms, title.end_ms) == (0, 4000)
    assert style(title)["font_size"] > 0.07


def test_seconds_are_counted_as_well() -> None:
    assert shown(talk("put “Hi” in the lower left corner from the second second until the sixth")) == [
        ("Hi", 2, 6)
    ]


def test_ordinals_number_the_wishes() -> None:
    done = talk(
        "First cut it down to the first 10 seconds, second put the words Go! at the bottom, third mute a.mp4"
    )
    assert done.draft.duration_ms == 10000
    assert shown(done) == [("Go!", 0, 3)]
    assert [item.muted for item in done.draft.segments if item.file == "a.mp4"] == [True]


def test_words_alone_with_a_place_and_a_time_are_a_title() -> None:
    (title,) = titles(talk("SALE in red in the middle, from 2 to 5 seconds"))
    assert (title.text, title.start_ms, title.end_ms, style(title)) == (
        "SALE",
        2000,
        5000,
        {"color": "#ff0000"},
    )


def test_after_a_title_the_next_needs_no_verb() -> None:
    done = talk("title “first” at the start for 4 seconds", "and then unbeaten at the end, 3 secs")
    assert shown(done) == [("first", 0, 4), ("unbeaten", 12, 15)]


def test_a_box_is_what_words_stand_on() -> None:
    (title,) = titles(talk("“Sip happens” in white on a blue box, last 3 seconds"))
    assert style(title) == {"color": "#ffffff", "background": "#2979ff"}


@pytest.mark.parametrize(
    "text",
    [
        "captions: 0:00-0:03: Welcome everyone, 0:03-0:06: This is my room",
        "captions from 0 s to 3 s: Welcome everyone. Then from 3 s to 6 s: This is my room",
    ],
)
def test_captions_are_told_behind_their_times(text: str) -> None:
    assert shown(talk(text)) == [("Welcome everyone", 0, 3), ("This is my room", 3, 6)]


# ---- several at once


EACH_CLIP = [("Uno", 0, 4), ("Dos", 4, 10), ("Tres", 10, 15)]


@pytest.mark.parametrize(
    "text",
    [
        "captions for each room please: Uno, Dos, Tres",
        "label the three clips: Uno, Dos and Tres",
        "put a title on each clip: “Uno”, “Dos”, “Tres”",
        "给每段视频加标题：“Uno”、“Dos”、“Tres”",
        "setze auf jeden Clip einen Titel: Uno, Dos und Tres",
    ],
)
def test_each_clip_gets_its_own_words(text: str) -> None:
    assert shown(talk(text)) == EACH_CLIP


def test_each_for_as_long_as_is_said_and_where() -> None:
    done = talk(
        "give every clip a title: Step 1, Step 2 and Step 3, two seconds each, at the start of the clip. Top left"
    )
    assert shown(done) == [("Step 1", 0, 2), ("Step 2", 4, 6), ("Step 3", 10, 12)]
    assert {item.meta["position"] for item in titles(done)} == {"top-left"}


def test_one_after_another() -> None:
    done = talk("show the words “uno”, “dos” and “tres” one after another from the start, 2 seconds each")
    assert shown(done) == [("uno", 0, 2), ("dos", 2, 4), ("tres", 4, 6)]


def test_words_of_a_lesson_in_turn() -> None:
    done = talk(
        "write the new words on the screen, one after the other, three seconds each: leaf, root, stem"
    )
    assert shown(done) == [("leaf", 0, 3), ("root", 3, 6), ("stem", 6, 9)]


def test_fewer_words_than_clips_are_asked_about() -> None:
    done = talk("captions for each room: Hall, Kitchen")
    assert not titles(done)
    assert "2 texts for 3 clips" in done.reply


# ---- what is said about them afterwards


def test_what_is_not_wished_for_beside_what_is() -> None:
    done = talk(
        "add the title “Hi”", "could it fade in gently, and sit at the top rather than in the middle?"
    )
    (title,) = titles(done)
    assert title.meta["position"] == "top"
    assert title.ms("video_fade_in_ms") > 0


@pytest.mark.parametrize(
    "same_kind",
    [
        "and the same kind of title on the last clip, but saying Bye",
        "put the same title on c.mp4, saying “Bye”",
    ],
)
def test_the_same_kind_of_title_elsewhere_is_a_copy(same_kind: str) -> None:
    done = talk("add the title “Hi” at the top in yellow for 2 seconds", same_kind)
    assert shown(done) == [("Hi", 0, 2), ("Bye", 10, 12)]
    assert [(style(item)["color"], item.meta["position"]) for item in titles(done)] == [
        ("#ffeb3b", "top")
    ] * 2


@pytest.mark.parametrize(
    "back",
    [
        "the yellow one was nicer, go back to that",
        "go back to the yellow one",
        "put the colour back how it was",
    ],
)
def test_words_get_the_look_back_that_they_had(back: str) -> None:
    done = talk("add the title “Hi” in yellow", "make it smaller and white", back)
    (title,) = titles(done)
    assert style(title) == {"color": "#ffeb3b"}


def test_a_look_that_they_never_had_is_not_made_up() -> None:
    done = talk("add the title “Hi” in yellow", "the green one was nicer")
    assert style(titles(done)[0]) == {"color": "#ffeb3b"}


def test_why_it_is_wished_for_is_no_second_wish() -> None:
    done = talk(
        "add the title “Hi”", "make it yellow", "Oh no, that is hard to read. Put the colour back how it was."
    )
    assert style(titles(done)[0]) == {}


def test_place_and_size_at_once() -> None:
    done = talk("add the title “Hi”", "ok, top left, small")
    (title,) = titles(done)
    assert title.meta["position"] == "top-left"
    assert style(title)["font_size"] < 0.07


@pytest.mark.parametrize(
    "wish", ["title “Hello” bigger", "Titel „Hello“ größer", "make the “Hello” title bigger"]
)
def test_a_title_that_is_there_is_not_added_again(wish: str) -> None:
    (title,) = titles(talk(wish, setup="titled"))
    assert style(title)["font_size"] > 0.07


@pytest.mark.parametrize(
    "text", ["put “Hi” over the drone footage", "put “Hi” on the drone clip", "“Hi” on clip 7"]
)
def test_a_title_over_what_is_not_there_is_asked_about(text: str) -> None:
    assert not titles(talk(text))


def test_a_name_is_spelled_right_wherever_it_stands() -> None:
    done = talk("add “Dr. Amara Obi” at 0 and “With Obi” at 6 s", "it's Aba, not Obi")
    assert [item.text for item in titles(done)] == ["Dr. Amara Aba", "With Aba"]


def test_other_words_from_a_moment_on() -> None:
    done = talk("put “0 - 0” at the top the whole time", "from 0:08 on it should read “1 - 0”")
    assert shown(done) == [("0 - 0", 0, 8), ("1 - 0", 8, 15)]


@pytest.mark.parametrize(
    ("wish", "y"), [("move the title a little higher", 0.42), ("put it a bit lower please", 0.58)]
)
def test_a_bit_higher_is_where_a_title_stands(wish: str, y: float) -> None:
    (title,) = titles(talk("add the title “Hi”", wish))
    assert title.meta["position"] == {"x": 0.5, "y": y}


def test_back_in_the_middle_is_a_place() -> None:
    (title,) = titles(talk("add the title “Hi”", "move it to the top", "put it back in the middle"))
    assert (title.start_ms, title.meta["position"]) == (0, "center")


def test_it_is_the_title_that_fades() -> None:
    done = talk("title “Emma & Luis” over the first 6 seconds, fading in and out")
    (title,) = titles(done)
    assert (title.ms("video_fade_in_ms"), title.ms("video_fade_out_ms")) == (500, 500)
    assert not any(item.ms("video_fade_in_ms") for item in done.draft.segments if item.kind == "video")


@pytest.mark.parametrize("wish", ["oops typo: The End", "typo! it should be “The End”"])
def test_a_typo_is_put_right(wish: str) -> None:
    assert shown(talk("add the title “Teh End” at the end", wish)) == [("The End", 12, 15)]


def test_from_one_moment_until_another() -> None:
    done = talk(
        "add the title “Hi”", "let the title appear 1 second after the beginning and stay until second 6"
    )
    assert shown(done) == [("Hi", 1, 6)]


def test_why_a_title_is_moved_is_understood() -> None:
    done = talk(
        "add the title “Hi”",
        "hmm the title covers his face, shift it down to the bottom and make it smaller",
    )
    assert "didn't understand" not in done.reply
    assert titles(done)[0].meta["position"] == "bottom"


def test_small_words_that_are_added() -> None:
    (title,) = titles(talk("麻烦在右下角加上一行小字：仅供课堂使用，从头到尾都显示。"))
    assert (title.text, title.start_ms, title.end_ms) == ("仅供课堂使用", 0, 15000)
    assert style(title)["font_size"] < 0.07


def test_write_something_else_instead() -> None:
    done = talk("write Anna & Paul at the end for 5 s", "write Anna and Paul instead, without the &")
    assert shown(done) == [("Anna and Paul", 10, 15)]


@pytest.mark.parametrize(
    "wish", ["can it be there the whole time", "it should stay on screen for the entire video"]
)
def test_the_whole_time(wish: str) -> None:
    assert shown(talk("add the title “Hi” at the start", wish)) == [("Hi", 0, 15)]


def test_what_a_word_means_is_given_beside_it() -> None:
    done = talk(
        "add the title “computer” from 2 s to 5 s",
        "and the translation “ordinateur” right after it, same length",
    )
    assert shown(done) == [("computer", 2, 5), ("ordinateur", 5, 8)]


def test_nothing_changes_where_nothing_was_understood() -> None:
    done = talk("add the title “Hi”")
    before = done.draft
    done.say("the last one needs more flurb: 6 seconds")
    assert same(before, done.draft)


# ---- words behind a colon, and things told by what they lie on


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("lower third from 3 to 8: Prof. Dr. Elena Weiss, Head of Biology", "Prof. Dr. Elena Weiss, Head of Biology"),
        ("title at the beginning: Photosynthesis - Year 9 Biology", "Photosynthesis - Year 9 Biology"),
        ("names on b.mp4: Jess & Tom, big, dead centre", "Jess & Tom"),
        ("bei b.mp4 bitte einblenden: Südlage, 800 m²", "Südlage, 800 m²"),
        ("Untertitel von 2 bis 5 Sekunden: Willkommen bei uns, in gelb", "Willkommen bei uns"),
        ("标题：春天来了，万物复苏，放左下角", "春天来了，万物复苏"),
        ("text at the end: Call us on 020 7946 0123, white on black, for 4 seconds", "Call us on 020 7946 0123"),
    ],
)  # fmt: skip
def test_what_stands_behind_a_colon_is_the_words(wish: str, words: str) -> None:
    assert [item.text for item in titles(talk(wish))] == [words]


def test_a_wish_behind_them_is_none_of_the_words() -> None:
    done = talk("title: Our new home, then mute b.mp4")
    assert shown(done)[0][0] == "Our new home"
    assert list(done.draft.segments)[1].muted


def test_after_a_title_the_next_says_only_where() -> None:
    done = talk("lower third: Dave Okafor, Estate Agent", "one on b.mp4: South-facing garden")
    assert shown(done)[1] == ("South-facing garden", 4, 10)


def test_words_of_each_clip_are_told_behind_its_name() -> None:
    done = talk("add a caption on each clip: a.mp4: Bright and modern, b.mp4: South facing, c.mp4: Quiet")
    assert shown(done) == [("Bright and modern", 0, 4), ("South facing", 4, 10), ("Quiet", 10, 15)]


@pytest.mark.parametrize(
    ("change", "now"),
    [
        ("change n = 3 to n = 5", "Migration assay, n = 5"),
        ("replace Migration with Movement", "Movement assay, n = 3"),
        ("swap assay for test", "Migration test, n = 3"),
    ],
)
def test_words_of_a_title_are_changed_for_others(change: str, now: str) -> None:
    done = talk("title for the first three seconds: Migration assay, n = 3", change)
    assert [item.text for item in titles(done)] == [now]


def test_the_one_on_a_clip_is_the_title_there() -> None:
    done = talk("captions for each clip: Kitchen, Bathroom, Garden", "get rid of the one on b.mp4")
    assert shown(done) == [("Kitchen", 0, 4), ("Garden", 10, 15)]
    assert len(list(done.draft.segments)) == 5
    done.say("the one on c.mp4 should say Big Garden instead")
    done.say("the text on a.mp4 is too small")
    assert shown(done)[1][0] == "Big Garden"
    assert style(titles(done)[0])["font_size"] > 0.07


def test_one_colour_is_swapped_for_another() -> None:
    done = talk("captions for each clip: A, B, C", "make those all yellow", "the last one in red")
    done.say("swap the yellow for white")
    assert [style(item)["color"] for item in titles(done)] == ["#ffffff", "#ffffff", "#ff0000"]


def test_what_is_said_of_both_holds_for_both() -> None:
    done = talk("put “Day 1” on a.mp4 and “Day 2” on b.mp4, both top center with black outline")
    assert [dict(item.meta)["position"] for item in titles(done)] == ["top", "top"]
    assert [style(item)["outline"] for item in titles(done)] == ["#000000", "#000000"]
    done = talk("“Day 1” on a.mp4 and “Day 2” on b.mp4, each for 2 seconds, in red")
    assert shown(done) == [("Day 1", 0, 2), ("Day 2", 4, 6)]


def test_the_same_with_other_words_for_another_clip() -> None:
    done = talk("put the name “Marco” on a.mp4 for 2 s", "bigger", "same for b.mp4 with “Lucia”")
    assert shown(done) == [("Marco", 0, 2), ("Lucia", 4, 6)]
    assert style(titles(done)[0]) == style(titles(done)[1])
    done.say("delete Marco's name")
    assert shown(done) == [("Lucia", 4, 6)]


@pytest.mark.parametrize(
    ("wish", "there"),
    [
        ("caption for the last clip - see you next week guys!", ("see you next week guys!", 10, 15)),
        ("start with a title 24 Acacia Avenue for 4 secs", ("24 Acacia Avenue", 0, 4)),
        ("在5秒到8秒加字幕 你好世界 放在底部 字体红色", ("你好世界", 5, 8)),
        ("add some text that says WAIT FOR IT in red right when b.mp4 starts, 2 sec", ("WAIT FOR IT", 4, 6)),
    ],
)
def test_words_without_quotes(wish: str, there: tuple[str, int, int]) -> None:
    assert shown(talk(wish)) == [there]


def test_words_behind_their_times() -> None:
    done = talk("write at 0:05 Welcome and at 0:12 Goodbye")
    assert shown(done) == [("Welcome", 5, 8), ("Goodbye", 12, 15)]
    done = talk("from 0:02 to 0:04 show the text “chlorophyll” at the bottom")
    done.say("from 0:10 to 0:12 as well, saying stomata let CO2 in")
    assert shown(done) == [("chlorophyll", 2, 4), ("stomata let CO2 in", 10, 12)]


def test_a_title_is_told_by_its_clip() -> None:
    done = talk("text “DAY 1” on a.mp4, “DAY 2” on b.mp4", "a.mp4's title to the top", "the b.mp4 one in red")
    assert [dict(item.meta)["position"] for item in titles(done)] == ["top", "center"]
    assert [style(item).get("color") for item in titles(done)] == [None, "#ff0000"]
    assert not any("position" in item.meta for item in done.draft.segments if item.kind == "video")


def test_a_number_in_the_words_is_put_right() -> None:
    done = talk("write Easter 2024 on the first clip", "oh sorry 2025")
    assert shown(done) == [("Easter 2025", 0, 4)]


@pytest.mark.parametrize(
    "wish", ["show “Thanks” for the last 3 seconds, bigger, fade in", "最后3秒显示“谢谢”，淡入"]
)
def test_what_was_just_written_fades(wish: str) -> None:
    done = talk(wish)
    assert dict(titles(done)[0].meta)["video_fade_in_ms"] == 500
    assert all("video_fade_in_ms" not in item.meta for item in done.draft.segments if item.kind == "video")


def test_what_is_written_large_is_no_slip_of_a_verb() -> None:
    done = talk("make a.mp4 sepia")
    done.say("our address: 7 Harbour View, Brighton, BN2")
    assert not [item for item in done.draft.segments if "brightness" in str(item.meta)]


@pytest.mark.parametrize(
    ("wish", "missing"),
    [
        ("“Sale” in a serif font, red, lower left", "typeface"),
        ("“Sale” in red scrolling at the lower left", "by themselves"),
        ("“Sale”用楷体，红色，放左下角", "字体"),
    ],
)
def test_what_words_cannot_do_is_told_and_the_rest_is_done(wish: str, missing: str) -> None:
    done = talk("make a.mp4 sepia", wish)
    assert [(item.text, dict(item.meta)["position"]) for item in titles(done)] == [("Sale", "bottom-left")]
    assert style(titles(done)[0])["color"] == "#ff0000"
    assert missing in done.reply


def test_only_for_its_first_seconds_is_of_the_title() -> None:
    done = talk("b.mp4左下角加人名条：李明，产品经理", "人名条只显示前2秒")
    assert shown(done) == [("李明，产品经理", 4, 6)]
    assert dict(titles(done)[0].meta)["position"] == "bottom-left"


@pytest.mark.parametrize(
    ("wish", "there"),
    [
        ("at the very end: Thank you, Lena & Tom", ("Thank you, Lena & Tom", 12, 15)),
        ("address at the beginning: 7 Harbour View, Brighton, BN2", ("7 Harbour View, Brighton, BN2", 0, 3)),
        ("Oben links auf b.mp4: Tag 1 – Ankunft", ("Tag 1 – Ankunft", 4, 10)),
        ("结尾：谢谢观看", ("谢谢观看", 12, 15)),
    ],
)  # fmt: skip
def test_when_or_where_and_a_colon_are_enough(wish: str, there: tuple[str, int, int]) -> None:
    assert shown(talk(wish)) == [there]


@pytest.mark.parametrize("wish", ["At the start: Fade in", "结尾：画面淡出", "b.mp4: Brighter please"])
def test_a_wish_behind_a_colon_is_no_title(wish: str) -> None:
    assert titles(talk(wish)) == []


def test_titles_are_all_of_them() -> None:
    done = talk("labels, “Control” for a.mp4 and “Treated” for b.mp4, top-left, white, size 5%")
    assert [style(item) for item in titles(done)] == [{"color": "#ffffff", "font_size": 0.05}] * 2
    done.say("the labels should have a black background")
    done.say("make the titles bold")
    done.say("titles without bold")
    assert [style(item).get("bold") for item in titles(done)] == [False, False]
    assert [style(item)["background"] for item in titles(done)] == ["#000000", "#000000"]


def test_only_what_stands_behind_no_is_taken_off() -> None:
    done = talk("caption at 0:10: t = 5 min", "make that yellow and bold, no outline")
    assert shown(done) == [("t = 5 min", 10, 13)]
    assert style(titles(done)[0])["bold"] is True
    assert style(titles(done)[0])["outline"] is False


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("write SALE 20% off at the start", "SALE 20% off"),
        ("Big text: 50% off today, last 3 seconds", "50% off today"),
    ],
)
def test_a_price_is_a_word_of_the_text(message: str, words: str) -> None:
    assert [item.text for item in talk(message).draft.segments if item.kind == "text"] == [words]
