"""A notebook's own project and the list of those that are stored, as a person comes upon them in JupyterLab."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from kit import Kit

from browser.lab import Lab, open_notebook, restart, run_first_cell, save, upload

STUDIO = "import nemo_nb as nemo\nstudio = nemo.Studio()\nstudio"
UNTOLD = f"import os\nos.environ.pop('JPY_SESSION_NAME', None)\n{STUDIO}"
CENTRES = """all => all.map((one) => {
  const { top, bottom } = one.getBoundingClientRect();
  return (top + bottom) / 2;
})"""
CLIP = "[data-nemo=timeline-segment][data-kind=video]"


@pytest.mark.parametrize("studio", [STUDIO, UNTOLD], ids=["told", "told by the page alone"])
def test_a_notebook_that_is_renamed_while_it_is_open(page: Any, lab: Lab, kit: Kit, studio: str) -> None:
    name = "talks/Untitled.ipynb"
    shutil.rmtree(lab.root / "talks", ignore_errors=True)
    path = lab.write(name, studio)
    open_notebook(page, lab, name)
    run_first_cell(page, until="[data-nemo=chat]")
    page.wait_for_selector("[data-nemo=studio-name]:text-is('Untitled')")
    upload(page, kit.clip())
    page.wait_for_selector(CLIP)
    save(page)
    page.get_by_role("menuitem", name="File").click()
    page.get_by_text("Rename Notebook…").click()
    page.fill(".jp-Dialog input", "film.ipynb")
    with page.expect_response(_moves_the_session):  # until then its kernel is that of the old name
        page.keyboard.press("Enter")
    page.wait_for_selector(".jp-Dialog", state="detached")
    lab.write(name, studio)  # the next Untitled
    restart(page)
    run_first_cell(page, until=f"{CLIP}")
    save(page)
    lab.shut_kernels_down()

    open_notebook(page, lab, "talks/film.ipynb")
    run_first_cell(page, until=CLIP)
    page.wait_for_selector("[data-nemo=studio-name]:text-is('film')")
    save(page)

    shutil.copyfile(path.with_name("film.ipynb"), path.with_name("short.ipynb"))
    open_notebook(page, lab, "talks/short.ipynb")
    run_first_cell(page, until=CLIP)
    page.wait_for_selector("[data-nemo=studio-name]:text-is('short')")
    save(page)  # JupyterLab asks before it leaves one that isn't saved
    lab.shut_kernels_down()

    open_notebook(page, lab, name)
    run_first_cell(page, until="[data-nemo=chat]")
    page.wait_for_selector("[data-nemo=studio-name]:text-is('Untitled')")
    assert page.locator(CLIP).count() == 0
    lab.shut_kernels_down()


def _moves_the_session(response: Any) -> bool:
    return response.request.method == "PATCH" and "/api/sessions/" in response.url


def test_the_list_opens_renames_copies_and_deletes(page: Any, lab: Lab, kit: Kit) -> None:
    lab.write("shelf.ipynb", STUDIO)
    open_notebook(page, lab, "shelf.ipynb")
    run_first_cell(page, until="[data-nemo=chat]")
    upload(page, kit.clip())
    page.wait_for_selector(CLIP)
    page.click("[data-nemo=studio-projects]")
    mine = page.locator("[data-nemo=project-row][aria-current]")
    mine.get_by_text("0:04").wait_for()
    centres = mine.locator(".nemo-doing > *").evaluate_all(CENTRES)
    assert max(centres) - min(centres) < 1.5, "what stands beside the buttons is on one line with them"
    mine.locator("[data-nemo=project-rename]").click()
    page.keyboard.type("a")  # what was there is replaced only where it is selected
    page.fill("[data-nemo=project-name]", "<b>trailer</b>")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-nemo=studio-name]:text-is('<b>trailer</b>')")
    mine.locator("[data-nemo=project-copy]").click()
    copy = page.locator("[data-nemo=project-row]:has-text('trailer</b> copy')")
    copy.locator("[data-nemo=project-open]").click()
    page.wait_for_selector("[data-nemo=studio-name]:text-is('<b>trailer</b> copy')")
    page.wait_for_selector(CLIP)
    mine.get_by_text("trailer</b> copy").wait_for()  # else the row below may still be the copy's
    page.locator("[data-nemo=project-row]:not([aria-current]):has-text('<b>trailer</b>')").locator(
        "[data-nemo=project-delete]"
    ).click()
    page.click("[data-nemo=project-sure]")
    page.locator("[data-nemo=project-row]:not([aria-current]):has-text('<b>trailer</b>')").wait_for(
        state="detached"
    )
    save(page)
    lab.shut_kernels_down()
    open_notebook(page, lab, "shelf.ipynb")
    run_first_cell(page, until=CLIP)
    page.wait_for_selector("[data-nemo=studio-name]:text-is('<b>trailer</b> copy')")
    page.click("[data-nemo=studio-projects]")
    mine.locator("[data-nemo=project-delete]").click()
    page.click("[data-nemo=project-sure]")
    page.wait_for_selector(CLIP, state="detached")
    page.wait_for_selector("[data-nemo=studio-name]:text-is('shelf')")
    assert page.errors == []
