"""Every playground on the screens of its users: a laptop, a hall, a phone; in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.playground import PLAYGROUNDS
from tests.browser import servers

pytestmark = pytest.mark.browser
LAPTOP = {"width": 1280, "height": 720}
HALL = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
HIGH = "price_race"  # no lesson opens with it: a picture of four parts, each needs its height

OVER = """() => {
  const play = document.querySelector('.dtao-playground');
  play.scrollIntoView({ block: 'start' });
  const words = document.createRange();
  words.selectNodeContents(play.querySelector('.dtao-sentence'));
  const parts = { sentence: words };
  for (const name of ['stack', 'receipt']) parts[name] = play.querySelector('.dtao-' + name);
  const screen = document.querySelector('.jp-WindowedPanel-outer').getBoundingClientRect().bottom;
  return Object.entries(parts).map(([name, part]) => [name, part.getBoundingClientRect().bottom])
    .filter(([, bottom]) => bottom > screen);
}"""
"""What of picture, sentence and receipt lies below the screen."""

LETTERS = """() => Math.min(...[...document.querySelectorAll('.dtao-stack text')]
  .filter((text) => text.getClientRects().length && text.textContent.trim())
  .map((text) => {
    const { a, b } = text.getScreenCTM();
    return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
  }))"""
"""Height in pixels of the smallest letters of the picture that is seen."""

WATCH = """() => {
  window.shown = new Set();
  const look = () => {
    const layers = [...document.querySelectorAll('.dtao-layer svg')]
      .filter((layer) => layer.getClientRects().length);
    window.shown.add(layers.map((layer) => layer.getAttribute('viewBox')).join(' | '));
    window.looking = requestAnimationFrame(look);
  };
  look();
}"""
"""Look at every frame which layers are seen, and at which size they are drawn."""


@pytest.fixture(scope="module")
def notebook(browser: Any, lab: str, folder: Path) -> Iterator[servers.Watched]:
    """A notebook as `dtao-edu lab` opens it: with JupyterLab's bars, the file browser folded."""
    context = browser.new_context(viewport=LAPTOP)
    opened = servers.Watched(context)
    servers.write_notebook(folder / "screens.ipynb", "import dtao_edu.playground")
    page = opened.page
    page.goto(f"{lab}/lab/tree/screens.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_selector("text=/Python 3.*Idle/")
    files = page.locator("#jp-left-stack")
    if files.is_visible():
        page.keyboard.press("Control+b")
        files.wait_for(state="hidden")
    opened.run_first_cell()
    yield opened
    context.close()


def guessed(notebook: servers.Watched, name: str, how: str = "") -> Any:
    """Open a playground on a laptop's screen and guess; return the page."""
    page = notebook.page
    page.set_viewport_size(LAPTOP)
    notebook.play(f"from dtao_edu.playground import {name}\n{name}({how})")
    page.locator(".dtao-panel input[type=text]").fill("1234")
    page.locator(".dtao-panel input[type=text]").press("Enter")
    page.locator(".dtao-said", has_text="You predicted").wait_for()
    page.locator(".dtao-receipt td", has_text="?").first.wait_for(state="detached")
    return page


def all_is_seen(page: Any) -> None:
    servers.becomes(page, lambda: page.evaluate(OVER), lambda over: over == [])


def letters_reach(page: Any, least: float) -> None:
    servers.becomes(page, lambda: page.evaluate(LETTERS), lambda found: found >= least)


@pytest.mark.parametrize("name", [name for name in PLAYGROUNDS if name != HIGH])
def test_picture_receipt_and_sentence_are_seen_at_once(
    notebook: servers.Watched, name: str
) -> None:
    """After the guess, and after a move, which keeps the reply."""
    page = guessed(notebook, name)
    all_is_seen(page)
    letters_reach(page, 10)
    before = page.locator(".dtao-sentence").inner_text()
    page.locator(".dtao-controls .noUi-handle:visible").first.focus()
    page.keyboard.press("ArrowRight")
    servers.becomes(page, page.locator(".dtao-sentence").inner_text, lambda said: said != before)
    all_is_seen(page)
    assert notebook.errors == []


@pytest.mark.parametrize("name", [name for name in PLAYGROUNDS if name != HIGH])
def test_the_last_row_of_a_hall_reads_it(notebook: servers.Watched, name: str) -> None:
    page = guessed(notebook, name, 'size="hall"')
    for screen in (LAPTOP, HALL):
        page.set_viewport_size(screen)
        letters_reach(page, 17)
        all_is_seen(page)


@pytest.mark.parametrize("name", ["stake_unstake", "coalition_vote"])
def test_a_place_that_becomes_narrow_is_drawn_for(notebook: servers.Watched, name: str) -> None:
    """The phone's form comes, whole and at once, and goes again; what was done stays."""
    page = guessed(notebook, name)
    said = page.locator(".dtao-sentence").inner_text
    first = said()
    page.locator(".dtao-controls .noUi-handle:visible").first.focus()
    page.keyboard.press("ArrowRight")
    servers.becomes(page, said, lambda now: now != first)
    page.evaluate(WATCH)
    page.set_viewport_size(PHONE)
    page.locator(".dtao-as-small .dtao-small svg").nth(1).wait_for()
    letters_reach(page, 11)
    page.keyboard.press("ArrowLeft")  # the slider still has the focus
    servers.becomes(page, said, lambda now: now == first)
    page.set_viewport_size(LAPTOP)
    page.locator(".dtao-as-wide .dtao-wide svg").nth(1).wait_for()
    assert said() == first
    shown = page.evaluate("() => (cancelAnimationFrame(window.looking), [...window.shown])")
    pairs = [layers.split(" | ") for layers in shown if layers]
    assert len(pairs) >= 2
    for layers in pairs:  # at every frame one form was seen, with both its layers
        assert (len(layers), len(set(layers))) == (2, 1)
    assert page.locator(".dtao-said", has_text="You predicted").is_visible()
    assert notebook.errors == []
