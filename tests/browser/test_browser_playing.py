"""Playing the cut in a real JupyterLab: what is seen and heard is what stands at the playhead."""

from __future__ import annotations

import re
from typing import Any

import pytest
from kit import Kit

from browser.lab import Lab, open_studio, say, upload

# Each picture that is shown, as [seconds of the film, the number that stands in it], and each beep's beginning.
WATCH = """() => {
  const video = document.querySelector("[data-nemo=monitor] video");
  const context = new OffscreenCanvas(320, 180).getContext("2d", { willReadFrequently: true });
  window.number = () => {
    context.drawImage(video, 0, 0, 320, 180);
    const row = context.getImageData(0, 90, 320, 1).data;
    let number = 0;
    for (let bit = 0; bit < 16; bit++) if (row[4 * (20 * bit + 10)] > 128) number += 2 ** bit;
    return number;
  };
  Object.assign(window, { seen: [], heard: [], stalls: 0 });
  const look = (_, { mediaTime }) => {
    window.seen.push([mediaTime, window.number()]);
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  video.addEventListener("waiting", () => window.stalls++);
  const audio = new AudioContext();
  const ear = new AnalyserNode(audio, { fftSize: 512 });
  audio.createMediaElementSource(video).connect(ear).connect(audio.destination);
  const samples = new Float32Array(512);
  let loud = false;
  setInterval(() => {
    ear.getFloatTimeDomainData(samples);
    const now = samples.some((sample) => Math.abs(sample) > 0.2);
    if (now && !loud && !video.paused) window.heard.push(video.currentTime);
    loud = now;
  }, 5);
}"""
PLAYS = "[data-nemo=play][aria-pressed=true]"
RESTS = "[data-nemo=play][aria-pressed=false]"


@pytest.fixture
def studio(page: Any, lab: Lab, kit: Kit, request: pytest.FixtureRequest) -> Any:
    """A studio with a film whose frames tell their number, and which beeps each second; its clip has the focus."""
    name = f"plays/{request.node.name}.ipynb"
    open_studio(page, lab, name)
    upload(page, kit.counted())
    page.locator("[data-nemo=timeline-segment]").click()
    page.evaluate(WATCH)
    return page


def at(page: Any) -> float:
    """Where the playhead stands, in seconds."""
    minutes, seconds = page.inner_text("[data-nemo=clock]").split(":")
    assert re.fullmatch(r"\d\d\.\d\d", seconds)
    return 60 * int(minutes) + float(seconds)


def near(number: int, seconds: float) -> bool:
    """Whether that picture may be seen then. The page looks at it a little later than it is told of it."""
    return -0.01 < number / 30 - seconds < 0.08


def until(page: Any, seconds: float) -> None:
    """Wait until it has played as far as that."""
    page.wait_for_function(f"window.seen.at(-1)?.[0] >= {seconds}", timeout=60_000)


def beeps(page: Any) -> list[int]:
    """The seconds at which one was heard; not the first, for which the page's ear may still be opening."""
    return [second for second in map(round, page.evaluate("window.heard")) if second]


def test_space_plays_and_an_edit_in_the_middle_is_played_too(studio: Any) -> None:
    page = studio
    page.keyboard.press(" ")
    page.wait_for_selector(PLAYS)
    until(page, 5.2)  # over two borders of pieces
    page.keyboard.press(" ")
    page.wait_for_selector(RESTS)
    assert at(page) == pytest.approx(page.evaluate("window.seen.at(-1)[0]"), abs=0.15)
    assert all(near(number, seconds) for seconds, number in page.evaluate("window.seen"))
    assert beeps(page) == [1, 2, 3, 4, 5]

    say(page, "cut out 0:02 to 0:04")
    page.locator("[data-nemo=timeline-segment]").first.focus()
    page.keyboard.press("Home")
    assert at(page) == 0
    page.evaluate("Object.assign(window, { seen: [], heard: [] })")
    page.keyboard.press(" ")
    until(page, 3.5)
    page.keyboard.press("k")
    page.wait_for_selector(RESTS)
    for seconds, number in page.evaluate("window.seen"):
        assert near(number, seconds) or (seconds > 1.9 and near(number - 60, seconds))
    assert beeps(page) == [1, 2, 3]
    assert page.errors == []


def test_the_picture_follows_the_playhead_and_the_ends_are_ends(studio: Any) -> None:
    page = studio
    page.keyboard.press(" ")
    until(page, 1)
    page.keyboard.press(" ")
    for key, frame in [("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1)]:
        page.locator("[data-nemo=monitor]").press(key)
        page.wait_for_function(f"window.number() === {frame}")
        assert at(page) == pytest.approx(frame / 30, abs=0.006)
    page.locator("[data-nemo=monitor]").press("End")
    assert at(page) == 20
    page.wait_for_selector("[data-nemo=monitor] img:not([hidden])")  # nothing was made of the end yet
    page.keyboard.press("Home")
    page.wait_for_selector("[data-nemo=monitor] video:not([hidden])")
    page.locator("[data-nemo=monitor]").press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press(" ")  # the last picture, and that is all
    page.wait_for_selector(RESTS)
    page.wait_for_function("document.querySelector('[data-nemo=clock]').textContent === '0:20.00'")
    assert page.errors == []


def test_what_is_selected_is_repeated_muted_and_faster(studio: Any) -> None:
    page = studio
    say(page, "cut out 0:01 to 0:19")
    page.locator("[data-nemo=timeline-segment]").first.click()
    page.get_by_role("button", name="Repeat").click()
    page.get_by_role("button", name="Mute").click()
    page.locator("[data-nemo=monitor]").press("l")
    page.wait_for_function("window.seen.filter(([, number]) => number < 3).length > 2", timeout=60_000)
    assert page.evaluate("Math.max(...window.seen.map(([seconds]) => seconds))") < 1.05
    page.keyboard.press("l")
    assert page.evaluate("document.querySelector('[data-nemo=monitor] video').playbackRate") == 1.5
    page.keyboard.press("j")
    page.wait_for_selector(RESTS)
    page.wait_for_function("document.querySelector('[data-nemo=clock]').textContent === '0:00.00'")
    assert page.errors == []
