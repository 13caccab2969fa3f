"""Voila: whoever comes gets a kernel of his own, and sees nothing of what another does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from kit import Kit

from browser.lab import PATIENCE_MS, film, say, upload

CLIP = "[data-nemo=timeline-segment][data-kind=video]"


@pytest.fixture
def visitors(chromium: Any, voila: str) -> Iterator[list[Any]]:
    """Two, in browsers that share nothing, each before the studio."""
    contexts = [chromium.new_context(viewport={"width": 1280, "height": 900}) for _ in range(2)]
    pages = []
    for context in contexts:
        context.set_default_timeout(PATIENCE_MS)
        pages.append(context.new_page())
        pages[-1].goto(voila)
    for page in pages:
        page.wait_for_selector("[data-nemo=chat]", timeout=2 * PATIENCE_MS)
    yield pages
    for context in contexts:
        context.close()


def test_two_visitors_see_nothing_of_each_other(visitors: list[Any], kit: Kit) -> None:
    first, second = visitors
    upload(first, kit.clip())
    say(first, "put the title “Mine” at the start")
    first.wait_for_selector("[data-nemo=timeline-segment]:has-text('Mine')")
    first.click("[data-nemo=export-start]")
    assert film(first)["moved"]

    assert second.locator(CLIP).count() == 0
    say(second, "what have I got?")
    assert "clip.mp4" not in second.inner_text("[data-nemo=chat]")
    upload(second, kit.clip("yours.mp4", 3))
    second.wait_for_selector(f"{CLIP}:has-text('yours')")
    say(second, "trim it to 1 second")
    assert "Mine" not in second.inner_text("body")
    assert "clip.mp4" not in second.inner_text("body")

    say(first, "how long is it?")
    assert "yours" not in first.inner_text("body")
    assert "4" in first.locator("[data-nemo=chat-message]").last.inner_text()
    for page in visitors:
        assert not page.is_visible("[data-nemo=studio-projects]"), "nobody is shown what is stored"

    third = first.context.new_page()  # the same browser once more: Voila starts another kernel
    third.goto(first.url)
    third.wait_for_selector("[data-nemo=chat]", timeout=2 * PATIENCE_MS)
    assert third.locator(CLIP).count() == 0
