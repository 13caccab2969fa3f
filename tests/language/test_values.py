"""Times and other values, in every form that people write them."""

from __future__ import annotations

import pytest

from nemo_nb.language import Kind, detect_language, parse


def values(text: str, *kinds: Kind) -> list[object]:
    return [value for clause in parse(text).clauses for value in clause.values(*kinds)]


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("0:30", 30_000),
        ("1:05.5", 65_500),
        ("1:02:03", 3_723_000),
        ("1m20s", 80_000),
        ("90 sec", 90_000),
        ("1.5s", 1500),
        ("500 ms", 500),
        ("three and a half seconds", 3500),
        ("a minute and a half", 90_000),
        ("half a minute", 30_000),
        ("two minutes", 120_000),
        ("1 minute and 5 seconds", 65_000),
        ("twenty-five seconds", 25_000),
        ("a couple of seconds", 2000),
        ("2-minute", 120_000),
        ("3秒", 3000),
        ("三秒", 3000),
        ("一秒半", 1500),
        ("两分半", 150_000),
        ("1分20秒", 80_000),
        ("半分钟", 30_000),
        ("十五秒钟", 15_000),
        ("第8秒", 8000),
        ("一分二十", 80_000),
        ("１０秒", 10_000),
        ("die ersten drei Sekunden", 3000),
        ("1,5 Sekunden", 1500),
        ("zweieinhalb Sekunden", 2500),
        ("anderthalb Minuten", 90_000),
        ("eine halbe Minute", 30_000),
        ("einundzwanzig Sekunden", 21_000),
        ("hundertfünfzig Millisekunden", 150),
        ("1 Minute und 5 Sekunden", 65_000),
        ("die letzte Sekunde", 1000),
        ("bei Sekunde 8", 8000),
    ],
)
def test_times(text: str, ms: int) -> None:
    assert values(text, Kind.TIME) == [ms]


def test_two_times_stay_two() -> None:
    assert values("between 2 seconds and 4 seconds", Kind.TIME) == [2000, 4000]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("30%", Kind.PERCENT, 0.3),
        ("fifty percent", Kind.PERCENT, 0.5),
        ("百分之二十", Kind.PERCENT, 0.2),
        ("三成", Kind.PERCENT, 0.3),
        ("-6 dB", Kind.DECIBEL, -6),
        ("-16 LUFS", Kind.LUFS, -16),
        ("14.5lufs", Kind.LUFS, -14.5),
        ("2x", Kind.FACTOR, 2),
        ("1.5 times", Kind.FACTOR, 1.5),
        ("一点五倍速", Kind.FACTOR, 1.5),
        ("90°", Kind.DEGREES, 90),
        ("九十度", Kind.DEGREES, 90),
        ("9:16", Kind.RATIO, "9:16"),
        ("16 by 9", Kind.RATIO, "16:9"),
        ("1080p", Kind.SIZE, (None, 1080)),
        ("1280x720", Kind.SIZE, (1280, 720)),
        ("#ff8800", Kind.COLOUR, "#ff8800"),
        ("red", Kind.COLOUR, "#ff0000"),
        ("2nd", Kind.ORDINAL, 2),
        ("第三段", Kind.ORDINAL, 3),
        ("b-roll.mp4", Kind.FILE, "b-roll.mp4"),
        ("00012.mts", Kind.FILE, "00012.mts"),
        ("talk.ass", Kind.FILE, "talk.ass"),
        ("“cut it”", Kind.QUOTED, "cut it"),
        ("《再见》", Kind.QUOTED, "再见"),
        ("fünfzig Prozent", Kind.PERCENT, 0.5),
        ("um ein Fünftel kürzer", Kind.PERCENT, 0.2),
        ("dreimal hintereinander", Kind.FACTOR, 3),
        ("2,5-fach schneller", Kind.FACTOR, 2.5),
        ("neunzig Grad", Kind.DEGREES, 90),
        ("sechzehn zu neun", Kind.RATIO, "16:9"),
        ("den zweiten Clip", Kind.ORDINAL, 2),
        ("der 3. Clip", Kind.ORDINAL, 3),
        ("gelbe Schrift", Kind.COLOUR, "#ffeb3b"),
        ("„schneide es“", Kind.QUOTED, "schneide es"),
    ],
)
def test_other_values(text: str, kind: Kind, value: object) -> None:
    assert values(text, kind) == [value]


def test_a_file_that_is_known_is_found_whole_and_by_its_stem() -> None:
    clause = parse("put the lofi under my trip.MP4", names=["lofi.mp3", "my trip.mp4"]).clauses[0]
    assert clause.values(Kind.FILE) == ["lofi", "my trip.MP4"]
    assert parse("把旅行.mp4剪掉前3秒", names=["旅行.mp4"]).clauses[0].value(Kind.FILE) == "旅行.mp4"


@pytest.mark.parametrize(
    ("text", "language"),
    [("cut it", "en"), ("剪一下", "zh"), ("加个 title", "zh"), ("add the title “你好”", "en"), ("", "en")],
)
def test_the_language_is_what_stands_outside_quotes(text: str, language: str) -> None:
    assert detect_language(text) == language
