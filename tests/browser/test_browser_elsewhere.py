"""What is another way round: a busy kernel, a page without the server's help, Notebook 7."""

from __future__ import annotations

from typing import Any

import pytest
from kit import Kit

from browser.lab import BUSY, Lab, film, open_notebook, run_cell, run_first_cell, say, upload

STUDIO = "import nemo_nb as n\nstudio = n.Studio(n.connect(language='en'))\nstudio"
SLEEP = "import time; time.sleep(20)"
LONG = "studio.project.apply([{'op': 'loop', 'times': 50}])"
# A kernel that routes messages as ipykernel 7.4 does, but no longer has the attribute by which that can be changed.
HELD_BACK = """
import threading
from types import SimpleNamespace
from ipykernel.comm.comm import BaseComm

kernel = get_ipython().kernel
route, held = BaseComm.__dict__.get("_reply_subshell_for"), kernel.comm_manager.get_comm
if route:
    del BaseComm._reply_subshell_for
    def get_comm(key):
        comm = held(key)
        if comm and threading.current_thread() is kernel.shell_channel_thread:
            return SimpleNamespace(_reply_subshell_for=route.__get__(comm))
        return comm
    kernel.comm_manager.get_comm = get_comm
"""


@pytest.fixture
def studio(page: Any, lab: Lab, request: pytest.FixtureRequest) -> Any:
    name = f"{request.node.name.replace('[', ' ').replace(']', '')}.ipynb"
    lab.write(name, STUDIO, LONG, SLEEP)
    front = getattr(request, "param", "lab")
    open_notebook(page, lab, name, front)
    run_first_cell(page, until="[data-nemo=chat]")
    page.errors.clear()  # Notebook 7 has some of its own while it starts
    return page


def test_upload_chat_and_stop_go_on_while_a_cell_runs(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip())
    run_cell(page, 1)
    page.wait_for_selector("[data-nemo=timeline-segment] >> nth=49")
    run_cell(page, 2)
    page.wait_for_selector(BUSY)
    upload(page, kit.tune())
    say(page, "cut the first second")
    page.fill("[data-nemo=chat-input]", "export it in 4k")
    page.keyboard.press("Enter")
    page.click("[data-nemo=chat-stop]")
    page.wait_for_selector("[data-nemo=chat-message]:has-text('Stopped.')")
    assert page.locator(BUSY).count() == 1, "the cell still runs"


def test_where_the_kernel_keeps_messages_back_it_says_so_and_offers_to_interrupt(page: Any, lab: Lab) -> None:
    lab.write(
        "waits.ipynb", HELD_BACK + "import nemo_nb as n\nb = n.ChatCell(n.connect(language='en'))\nb", SLEEP
    )
    open_notebook(page, lab, "waits.ipynb")
    run_first_cell(page, until="[data-nemo=chat]")
    run_cell(page, 1)
    page.wait_for_selector(BUSY)
    notice = page.locator("[data-nemo=chat] .nemo-notice:has-text('Waiting for the kernel')")
    page.route("**/interrupt", lambda route: route.abort())
    page.fill("[data-nemo=chat-input]", "show the tracks")
    page.keyboard.press("Enter")
    notice.get_by_role("button", name="Interrupt that cell").click()
    notice.get_by_text("Use the Kernel menu").wait_for()
    page.unroute("**/interrupt")
    page.fill("[data-nemo=chat-input]", "how many credits do I have?")
    page.keyboard.press("Enter")
    notice.get_by_role("button", name="Interrupt that cell").click()
    page.wait_for_selector("[data-role=user]")  # it is heard as soon as the cell has ended
    page.wait_for_selector(".jp-OutputArea:has-text('KeyboardInterrupt')")
    notice.wait_for(state="hidden")


def test_a_film_that_the_server_does_not_hand_out_comes_over_the_comm(studio: Any, kit: Kit) -> None:
    page = studio
    page.route("**/files/**", lambda route: route.abort())
    upload(page, kit.clip())
    page.click("[data-nemo=export-start]")
    shown = film(page)
    assert shown["src"].startswith("blob:")
    assert (shown["at"], shown["width"]) == (2, 320)
    assert shown["moved"], "the picture at 2 s is another than that at the start"


@pytest.mark.parametrize("studio", ["notebook"], indirect=True)
def test_the_journey_in_notebook_7(studio: Any, kit: Kit) -> None:
    page = studio
    upload(page, kit.clip(), kit.tune())
    say(page, "add this background music to my video and fade it out at the end")
    page.wait_for_selector("[data-nemo=timeline-segment][data-kind=audio]")
    page.click("[data-nemo=export-start]")
    shown = film(page)
    assert "/files/" in shown["src"]
    assert (shown["at"], shown["width"]) == (2, 320)
    assert page.errors == []
