"""A reader scrolls through every lesson and meets no answer above or beside an open question."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter

from dtao_edu.lessons.lesson import Cell, Lesson, read_lesson

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
    html, _ = HTMLExporter().from_notebook_node(book)
    return re.sub(r'<script[^>]*src="https?:[^>]*></script>', "", html)


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
