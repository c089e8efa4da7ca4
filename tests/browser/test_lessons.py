"""Lessons as a learner opens and scrolls them: nothing unsaved, no answer before its guess."""

from __future__ import annotations

import ast
import html
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter

from dtao_edu.lessons.lesson import Cell, Lesson, read_lesson
from tests.browser import servers
from tests.browser.servers import becomes

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCREEN = {"width": 1280, "height": 720}
NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
SEEN = """question => {
  question.scrollIntoView({ block: "start" });
  const closed = node => {  // what a closed fold holds, nobody sees
    for (let one = node; one; one = one.parentElement)
      if (one.matches("details:not([open])") && !node.closest("summary")) return true;
    return false;
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  for (let text; (text = walk.nextNode());) {
    const inside = text.parentElement, place = document.createRange();
    place.selectNode(text);
    const box = place.getBoundingClientRect();
    if (inside.closest("style, script, .asks") || closed(inside) || !box.height) continue;
    if (box.top >= innerHeight) break;
    const block = inside.closest("p, li, td, th, h1, h2, h3, summary, pre") || inside;
    blocks.set(block, (blocks.get(block) || "") + text.data);
  }
  return [...blocks.values()];
}"""


def exported(path: Path) -> str:
    """The stored notebook as a page: folded code shows its first line, as in JupyterLab."""
    book: Any = nbformat.read(path, 4)
    for cell in book.cells:
        if cell.metadata.get("jupyter", {}).get("source_hidden"):
            cell.source = cell.source.partition("\n")[0]
    page, _ = HTMLExporter().from_notebook_node(book)
    return re.sub(r'<script[^>]*src="https?:[^>]*></script>', "", page)


def numbers(text: str) -> set[float]:
    """The numbers of a text that chance would hardly repeat: three digits, or a decimal point."""
    found = {one.replace(",", "") for one in NUMBER.findall(text)}
    long = {one for one in found if len(one.strip("0.").replace(".", "")) > 2}
    return {float(one) for one in long if not re.fullmatch(r"202\d", one)}


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{5,}", text.lower()))


def asked(cell: Cell) -> str:
    """The question of a prediction, as the stored page shows it."""
    return cell.output_text.partition("Predict first.")[2]


def choice(cell: Cell) -> str:
    """The right option of a multiple choice, or nothing."""
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.keyword) and node.arg == "answer":
            right = node.value
            if isinstance(right, ast.Constant) and isinstance(right.value, str):
                return right.value
    return ""


def revealed(lesson: Lesson, cell: Cell) -> str:
    """What the closed answers right after a prediction hold."""
    after = lesson.cells[cell.position : cell.position + 3]
    return "\n".join(one.output_text for one in after if "dtao-reveal" in one.output_text)


def secrets(lesson: Lesson, cell: Cell) -> set[float]:
    """The numbers that answer a prediction: the notes tell them, the closed answer exactly."""
    shown = numbers(revealed(lesson, cell))
    if choice(cell):
        return set()
    if "Answer:" in cell.notes:
        said = NUMBER.findall(cell.notes.partition("Answer:")[2])
        noted = [float(one.replace(",", "")) for one in said]
        shown = {one for one in shown if any(abs(one - other) < 0.02 * other for other in noted)}
    return shown - numbers(asked(cell))


def told(lesson: Lesson, cell: Cell, seen: list[str]) -> list[str]:
    """Say which text on the screen tells the answer."""
    secret = secrets(lesson, cell)
    found = [text for text in seen if numbers(text) & secret]
    if right := choice(cell):
        for sentence in re.split(r"(?<=[.:?!])\s|\n", "\n".join(seen)):
            said = re.search(rf"\b{re.escape(right)}\b", sentence)
            if said and len(words(sentence) & words(asked(cell)) - words(right)) > 1:
                found.append(sentence)
    return found


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_no_answer_stands_above_or_beside_its_question(path: Path, browser: Any) -> None:
    lesson = read_lesson(path)
    page = browser.new_page(viewport=SCREEN)
    page.set_content(exported(path))
    assert page.locator("details[open]").count() == 0, "the lesson opens with its answers closed"
    page.evaluate(
        """() => document.querySelectorAll(".jp-OutputArea-output").forEach(one =>
          one.classList.toggle("asks", one.textContent.includes("Predict first.")))"""
    )
    places = page.locator(".asks").all()
    questions = [one for one in lesson.predictions if "Predict first." in one.output_text]
    assert len(places) == len(questions)
    early = {
        asked(cell).strip()[:60]: answers
        for cell, place in zip(questions, places, strict=True)
        if (answers := told(lesson, cell, place.evaluate(SEEN)))
    }
    page.close()
    assert early == {}


# In JupyterLab


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
        page.locator(".jp-Notebook .jp-CodeCell:visible").first.wait_for()
        page.wait_for_selector("text=/Python 3.*Idle/")
        page.wait_for_timeout(1500)  # what JupyterLab writes on opening, it has written by now
    tabs = page.locator("#jp-main-dock-panel .lm-TabBar-tab")
    becomes(page, lambda: sorted(tabs.all_inner_texts()), [exercises, lesson].__eq__)
    assert page.locator(".jp-mod-dirty").count() == 0
    page.get_by_role("tab", name=lesson).click()
    wide = page.locator(".jp-Notebook:visible")
    becomes(page, lambda: wide.bounding_box()["width"], lambda width: width > 1150)
    page.locator('[data-id="filebrowser"]').click()  # and unfolds to be read
    becomes(page, lambda: page.locator("#filebrowser").bounding_box()["width"], (150).__lt__)
    before = json.loads((mine / "notebooks" / lesson).read_text(encoding="utf-8"))
    assert before["metadata"]["language_info"]["version"] == sys.version.split()[0]
    picture = page.locator('img[src^="data:image/png"]').first
    page.evaluate("() => { document.body.dataset.jpThemeLight = 'false' }")
    # In a dark theme no picture is a white slab.
    turned = "one => getComputedStyle(one).filter"
    becomes(page, lambda: picture.evaluate(turned), lambda filters: "invert" in filters)
    context.close()


def scrolled(page: Any) -> str:
    """The text that somebody sees who scrolls from the top to the end.

    JupyterLab draws a cell when it comes into sight, and that may be later than this looks: who
    needs a cell for certain scrolls again.
    """
    book = page.locator(".jp-Notebook:visible")
    room = page.locator(".jp-WindowedPanel-outer:visible")
    seen, place = [], 0
    while True:
        room.evaluate("(one, place) => { one.scrollTop = place }", place)
        page.wait_for_timeout(300)
        seen.append(book.inner_text())
        if place >= room.evaluate("one => one.scrollHeight - one.clientHeight"):
            return "\n".join(seen)
        place += 400


def closed(text: str) -> set[str]:
    """The titles of the closed answers in a text, or in what a cell has put out."""
    return {html.unescape(one) for one in re.findall(r"Guess first, then open: [^<\n]+", text)}


def test_opened_and_run_through_a_lesson_keeps_its_answers_closed(
    browser: Any, course: tuple[str, Path]
) -> None:
    address, mine = course
    name = "notebooks/05_staking_and_unstaking.ipynb"
    lesson = read_lesson(mine / name)
    kept = {one for cell in lesson.predictions for one in secrets(lesson, cell)}
    assert len(kept) >= 3
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    page.goto(f"{address}/lab/tree/{name}?token=secret&reset")
    page.wait_for_selector("text=/Python 3.*Idle/")
    titles = closed("\n".join(cell.output_text for cell in lesson.cells))
    assert len(titles) >= len(lesson.predictions)

    def walk() -> tuple[set[str], bool]:
        """The closed answers from the top to the end, and whether a cell still runs."""
        text = scrolled(page)
        assert numbers(text) & kept == set()
        return closed(text), "[*]" in text

    becomes(page, walk, lambda found: found == (titles, False))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator(".dtao-playground").first.wait_for()
    becomes(page, walk, lambda found: found == (titles, False))
    context.close()
