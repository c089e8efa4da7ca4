"""Every playground in a real JupyterLab: by keyboard alone, without an error, without a jump."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.playground.controls import Number, limits
from dtao_edu.playground.session import TOGETHER
from tests.browser import servers

pytestmark = pytest.mark.browser
NAMES = pytest.mark.parametrize("name", list(PLAYGROUNDS))
SCREEN = {"width": 1400, "height": 1000}
TURNS = 120  # more presses of the tab key than any playground needs
HANDLE = ".dtao-controls .noUi-handle:visible"
ENTRY = ".dtao-controls input[type=number]:visible"
NEXT_STEP = 1000 * (TOGETHER + 0.3)  # milliseconds after which a press is a step of its own

HEIGHTS = """() => {
  const area = document.querySelector('.jp-CodeCell .jp-OutputArea');
  window.heights = [];
  new ResizeObserver(() => window.heights.push(area.getBoundingClientRect().height)).observe(area);
}"""


@pytest.fixture(scope="module")
def notebook(browser: Any, lab: str, folder: Path) -> Iterator[servers.Watched]:
    """One notebook with one kernel, in which the playgrounds are opened one after another."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(60_000)
    opened = servers.Watched(context)
    servers.write_notebook(folder / "playgrounds.ipynb", "import dtao_edu.playground")
    opened.open_lab(lab, "playgrounds.ipynb")
    opened.run_first_cell()
    opened.page.wait_for_selector("text=/Python 3.*Idle/")
    yield opened
    context.close()


@pytest.fixture
def watched(notebook: servers.Watched) -> servers.Watched:
    """The page of that notebook, with nothing remembered of the test before."""
    notebook.errors.clear()
    notebook.strangers.clear()
    notebook.page.set_viewport_size(SCREEN)
    return notebook


@pytest.fixture
def alone(browser: Any) -> Iterator[servers.Watched]:
    """A page of its own, for what is not a playground in that notebook."""
    context = browser.new_context(viewport=SCREEN)
    context.set_default_timeout(60_000)
    yield servers.Watched(context)
    context.close()


def open_playground(watched: servers.Watched, name: str, how: str = "") -> Any:
    """Open a playground in place of the one before; return the page."""
    watched.play(f"from dtao_edu.playground import {name}\n{name}({how})")
    watched.page.wait_for_timeout(300)  # fonts and heights settle
    return watched.page


def tab_to(page: Any, matches: str, *, back: bool = False) -> None:
    """Press the tab key until what has the focus matches a CSS selector."""
    for _ in range(TURNS):
        if page.evaluate(f"document.activeElement.matches({json.dumps(matches)})"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"the tab key does not reach {matches}")


def into_output(page: Any) -> None:
    """Go from the notebook into the first output, as a keyboard user does."""
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Escape")
    tab_to(page, ".dtao-playground *")


def button(page: Any, words: str) -> Any:
    return page.locator(".dtao-playground button", has_text=re.compile(f"^{words}$"))


def press(page: Any, words: str) -> None:
    """Wait until a button can be pressed, give it the focus and press the space bar."""
    # The sentence changes a moment before the buttons do; a disabled one takes no focus.
    becomes(page, lambda page: button(page, words).is_enabled(), bool)
    button(page, words).focus()
    page.keyboard.press("Space")


def sentence(page: Any) -> str:
    text: str = page.locator(".dtao-sentence").inner_text()
    return text


def receipt(page: Any) -> str:
    text: str = page.locator(".dtao-receipt").inner_text()
    return text


def becomes(page: Any, read: Any, wanted: Any) -> Any:
    """Wait until what is read of a page is as wanted."""
    return servers.becomes(page, lambda: read(page), wanted)


class Engine:
    """What the engine says of the state that a page shows, for the first slider of a playground."""

    def __init__(self, name: str) -> None:
        self.play = PLAYGROUNDS[name]
        self.session = self.play.session()
        self.picture = self.play.picture(self.session.result)
        self.control = next(
            one
            for one in self.play.controls
            if isinstance(one, Number) and one.active(self.session.values)
        )

    def settled(self, page: Any) -> str:
        """Wait until slider, entry, sentence and receipt are those of one state."""

        def agree(page: Any) -> dict[str, bool]:
            shown = float(page.locator(HANDLE).first.get_attribute("aria-valuenow"))
            value = float(page.locator(ENTRY).first.input_value())
            self.session.set(self.control.name, self.control.read(value))
            self.picture.show(self.session.result)
            rows = [row.value for row in self.play.receipt(self.session.result)]
            return {
                "slider": shown == pytest.approx(value, abs=0.051),  # it says one decimal
                "sentence": sentence(page) == str(self.picture),
                "receipt": page.locator(".dtao-receipt td").all_text_contents() == rows,
            }

        becomes(page, agree, lambda found: all(found.values()))
        return sentence(page)


def undo_to(page: Any, first: str) -> None:
    """Undo until the first sentence is there again: one step, or several on a slow machine."""
    while (here := sentence(page)) != first:
        press(page, "Undo")
        becomes(page, sentence, lambda said, here=here: said != here)


@NAMES
def test_by_keyboard_alone(watched: servers.Watched, name: str) -> None:
    """Predict, move, see, undo, reset; nothing is touched with a mouse after the cell has run."""
    page = open_playground(watched, name)
    question = PLAYGROUNDS[name].question
    assert question is not None

    into_output(page)
    assert "guess" in sentence(page)
    assert "?" in receipt(page)
    if question.choices:
        tab_to(page, ".dtao-panel .widget-toggle-button")
        page.keyboard.press("Space")
        tab_to(page, ".dtao-panel .mod-primary:not(.widget-toggle-button)")
        page.keyboard.press("Space")
    else:
        tab_to(page, ".dtao-panel input[type=text]")
        page.keyboard.type("1234")
        page.keyboard.press("Enter")
    becomes(page, lambda page: page.locator(".dtao-said").inner_text(),
            lambda said: "You predicted" in said)  # fmt: skip
    first = becomes(page, sentence, lambda said: "guess" not in said)
    first_receipt = becomes(page, receipt, lambda found: "?" not in found)

    page.evaluate(HEIGHTS)
    tab_to(page, ".dtao-controls .noUi-handle")
    front = page.locator(".dtao-layer svg").nth(1).inner_html()
    here = first
    for _ in range(3):  # each is answered before the next: none is under way at the rest
        page.keyboard.press("ArrowRight")
        here = becomes(page, sentence, lambda said, here=here: said != here)
    engine = Engine(name)
    moved = engine.settled(page)
    assert receipt(page) != first_receipt
    assert page.locator(".dtao-layer svg").nth(1).inner_html() != front

    page.wait_for_timeout(NEXT_STEP)
    page.keyboard.press("ArrowRight")
    becomes(page, sentence, lambda said: said not in (first, moved))
    further = engine.settled(page)
    tab_to(page, ".dtao-buttons button[title='One step back.']")
    page.keyboard.press("Space")
    assert becomes(page, sentence, lambda said: said != further) == moved
    undo_to(page, first)
    becomes(page, receipt, lambda said: said == first_receipt)
    press(page, "Redo")
    becomes(page, sentence, lambda said: said != first)
    press(page, "Reset")
    becomes(page, sentence, lambda said: said == first)
    assert len(set(page.evaluate("window.heights"))) <= 1, "the page must not jump"

    press(page, "Predict again")
    becomes(page, sentence, lambda said: "guess" in said)
    press(page, "Skip")
    becomes(page, sentence, lambda said: said == first)

    assert watched.errors == []
    assert watched.strangers == [], "no request may leave the machine"


@NAMES
def test_sixty_rapid_presses_lose_no_final_state(watched: servers.Watched, name: str) -> None:
    page, engine = open_playground(watched, name, "predict=False"), Engine(name)
    low, high, step = limits(engine.control, engine.session.values)

    def stands_at(value: float) -> None:
        becomes(page, lambda page: float(page.locator(ENTRY).first.input_value()),
                lambda found: found == pytest.approx(value, rel=1e-6))  # fmt: skip
        engine.settled(page)

    page.locator(HANDLE).first.focus()
    page.keyboard.press("Home")
    stands_at(low)
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    last = min(low + 60 * step, high)
    stands_at(last)
    page.wait_for_timeout(1000)  # and no answer that comes late sets it back
    stands_at(last)


@pytest.mark.parametrize(
    "name", [name for name, play in PLAYGROUNDS.items() if any(a.plays for a in play.actions)]
)
def test_a_clock_plays_pauses_and_changes_its_speed(watched: servers.Watched, name: str) -> None:
    """By keyboard: the clock starts, what is shown goes on, it stops, and it is undone."""
    page = open_playground(watched, name, "predict=False")
    label = next(action.label for action in PLAYGROUNDS[name].actions if action.plays)
    first = sentence(page)
    page.evaluate(HEIGHTS)
    speed = page.get_by_label("Steps a second")
    speed.fill("10")
    page.keyboard.press("Enter")
    press(page, re.escape(label))
    for _ in range(3):
        before = sentence(page)
        becomes(page, sentence, lambda said, before=before: said != before)
    press(page, re.escape(label))

    def stands(page: Any) -> bool:
        before, _ = (sentence(page), receipt(page)), page.wait_for_timeout(1500)
        return (sentence(page), receipt(page)) == before

    becomes(page, stands, bool)  # paused: at ten steps a second it would have gone on
    undo_to(page, first)
    assert len(set(page.evaluate("window.heights"))) <= 1, "the page must not jump"
    assert watched.errors == []


@NAMES
def test_every_control_has_a_name_and_nothing_is_cut_off(
    watched: servers.Watched, name: str
) -> None:
    """What Chromium's accessibility tree says to a screen reader, and how narrow pages look.

    The tree shows that a slider of ipywidgets has no name of its own: the entry beside it has, and
    says the same number. It cannot show whether a live region is read aloud when it changes.
    """
    page = open_playground(watched, name)
    tree = page.context.new_cdp_session(page)
    tree.send("Accessibility.enable")
    nodes = [n for n in tree.send("Accessibility.getFullAXTree")["nodes"] if not n.get("ignored")]
    seen = {(_said(node, "role"), bool(_said(node, "name"))) for node in nodes}
    assert ("image", True) in seen, "the picture has a name"
    assert "status" in {role for role, _ in seen}, "the sentence is a live region"

    page.evaluate("document.querySelector('.dtao-playground').setAttribute('id', 'ours')")
    inside = _named(tree, nodes)
    assert len(inside) > 5
    assert [item for item in inside if not item[1]] == []
    for control in PLAYGROUNDS[name].controls:
        if control.active(PLAYGROUNDS[name].session().values):
            assert any(control.label in words for _, *said in inside for words in said)
    spinners = page.locator(".dtao-number input[type=number]:visible").count()
    sliders = page.locator(".dtao-controls .noUi-handle:visible").count()
    assert spinners == sliders, "each slider has its labelled entry"

    for width in (1400, 800, 640):  # 640 pixels are a window of 1280 at twice the size
        page.set_viewport_size({"width": width, "height": 1000})
        becomes(page, lambda page: page.evaluate(BEYOND), lambda beyond: beyond == [])


BEYOND = """() => {
  const box = document.querySelector('.dtao-playground').getBoundingClientRect();
  return [...document.querySelectorAll('.dtao-playground *')]
    .filter(e => e.getClientRects().length && !e.closest('svg') && !e.closest('.noUi-target'))
    .filter(e => e.getBoundingClientRect().right > box.right + 1)
    .map(e => e.tagName + ' ' + e.className);
}"""


def _said(node: dict[str, Any], what: str) -> str:
    return str(node.get(what, {}).get("value", ""))


def _named(tree: Any, nodes: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """List role, name and description of all that can be set within the playground."""
    document = tree.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    chosen = {"nodeId": document, "selector": "#ours button, #ours input, #ours select"}
    ours = set()
    for node in tree.send("DOM.querySelectorAll", chosen)["nodeIds"]:
        described = tree.send("DOM.describeNode", {"nodeId": node})["node"]
        ours.add(described["backendNodeId"])
    return [
        (_said(node, "role"), _said(node, "name"), _said(node, "description"))
        for node in nodes
        if node.get("backendDOMNodeId") in ours
    ]


def test_a_stored_notebook_shows_the_picture_before_it_is_run(
    alone: servers.Watched, lab: str, folder: Path
) -> None:
    from nbclient import NotebookClient

    path = servers.write_notebook(
        folder / "stored.ipynb",
        "from dtao_edu import predict, stake_unstake\nstake_unstake()",
        "predict('How many?', answer=5.0, unit='alpha')",
    )
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, kernel_name="python3", store_widget_state=False).execute()
    nbformat.write(book, path)
    alone.open_lab(lab, "stored.ipynb")
    page = alone.page
    image = page.locator(".jp-CodeCell").first.locator("img")
    image.wait_for()
    assert page.evaluate("document.querySelector('.jp-CodeCell img').naturalWidth") > 600
    text = page.locator(".jp-CodeCell").nth(1).inner_text()
    assert "Predict first." in text
    assert "5 alpha" not in text
    assert alone.errors == []


def test_the_point_on_the_curve_can_be_dragged(watched: servers.Watched) -> None:
    """With a mouse: the number goes into the entry, the kernel draws it, and one undo takes it."""
    page = open_playground(watched, "stake_unstake", "predict=False")
    first = sentence(page)
    box = page.locator(".dtao-drag").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=4)
    page.mouse.up()
    becomes(page, sentence, lambda said: said != first)
    Engine("stake_unstake").settled(page)
    words = page.locator('.dtao-sentence [data-part="2"]')
    words.hover()
    assert page.locator(".dtao-part-2").first.evaluate("e => getComputedStyle(e).filter !== 'none'")
    assert watched.errors == []


def test_a_button_that_moves_the_limits_of_a_slider_changes_no_amount(
    watched: servers.Watched,
) -> None:
    page = open_playground(watched, "stake_unstake", "predict=False")
    assert "You stake 20,000 TAO" in sentence(page)
    press(page, "Carry it out")
    becomes(page, receipt, lambda said: "0.56841 \N{RIGHTWARDS ARROW}" in said)
    page.wait_for_timeout(1000)
    assert "You stake 20,000 TAO" in sentence(page)


@pytest.mark.parametrize("name", ["stake_unstake", "pump"])
def test_the_same_page_in_voila(alone: servers.Watched, tmp_path: Path, name: str) -> None:
    code = f"from dtao_edu import {name}\n{name}()"
    servers.write_notebook(tmp_path / "page.ipynb", code)
    with servers.voila(tmp_path, "page.ipynb") as address:
        page = alone.page
        page.goto(address)
        page.locator(".dtao-layer svg").nth(1).wait_for(timeout=120_000)
        page.locator(".dtao-panel input[type=text]").focus()
        page.keyboard.type("50000")
        page.keyboard.press("Enter")
        first = becomes(page, sentence, lambda said: said and "guess" not in said)
        page.locator(".dtao-controls .noUi-handle:visible").first.focus()
        page.keyboard.press("ArrowLeft")
        becomes(page, sentence, lambda said: said != first)
        press(page, "Undo")
        becomes(page, sentence, lambda said: said == first)
    # Voilà's own page asks a network for an icon font and MathJax; a playground for nothing.
    own = re.compile("fontawesome|mathjax", re.IGNORECASE)
    assert [request for request in alone.strangers if not own.search(request)] == []
