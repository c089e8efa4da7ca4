"""Lessons as a learner opens them: the whole width, nothing unsaved, no answer before its guess."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import servers

pytestmark = pytest.mark.browser
SCREEN = {"width": 1280, "height": 720}


@pytest.fixture(scope="module")
def course(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Open the course with the command of the README; yield its address and the copy."""
    folder = tmp_path_factory.mktemp("course")
    command = [
        sys.executable, "-m", "dtao_edu.cli", "lab", "--no-browser", "--lessons", "05",
        "--folder", str(folder / "mine"), "--port", "PORT",
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_TOKEN", "secret")
        with servers.serve(command, folder, "/api", folder / "lab.log") as address:
            yield address, folder / "mine"


def test_a_lesson_opens_with_the_whole_width_and_nothing_unsaved(
    browser: Any, course: tuple[str, Path]
) -> None:
    address, mine = course
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    lesson, exercises = "05_staking_and_unstaking.ipynb", "05_exercises.ipynb"
    for name in (f"notebooks/{lesson}", f"exercises/{exercises}"):
        page.goto(f"{address}/lab/tree/{name}?token=secret")
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for(timeout=90_000)
        page.wait_for_selector("text=/Python 3.*Idle/", timeout=90_000)
        page.wait_for_timeout(1500)  # what JupyterLab writes on opening, it has written by now
    tabs = page.locator("#jp-main-dock-panel .lm-TabBar-tab")
    assert sorted(tabs.all_inner_texts()) == [exercises, lesson]
    assert page.locator(".jp-mod-dirty").count() == 0
    page.get_by_role("tab", name=lesson).click()
    assert page.locator(".jp-Notebook:visible").bounding_box()["width"] > 1150
    page.locator('[data-id="filebrowser"]').click()
    assert page.locator("#filebrowser").bounding_box()["width"] > 150, "and unfolds to be read"
    before = json.loads((mine / "notebooks" / lesson).read_text(encoding="utf-8"))
    assert before["metadata"]["language_info"]["version"] == sys.version.split()[0]
    picture = page.locator('img[src^="data:image/png"]').first
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
    turned = picture.evaluate("one => getComputedStyle(one).filter")
    assert "invert" in turned, "in a dark theme no picture is a white slab"
    context.close()
