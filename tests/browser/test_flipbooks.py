"""Flip-books in a real browser, from files alone: they say and show what the engine does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.playground.flipbook import Fragment, flipbook
from dtao_edu.playground.flipbook.pack import coarse
from dtao_edu.playground.flipbook.states import pages
from dtao_edu.playground.guess import reply
from tests.helpers.flipbooks import LOT, Shown, places, thinner, worked_out

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect


def write(folder: Path, made: Fragment, name: str) -> Path:
    (folder / "flip").mkdir(exist_ok=True)
    for file, data in made.files.items():
        (folder / "flip" / file).write_bytes(data)
    path = folder / f"{name}.html"
    path.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>a flip-book</title>'
        f"<body>{made.html}</body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """Open a page; anything that it asks of a network, or complains of, fails the test."""
    found: list[str] = []
    views = []

    def open_page(path: Path, width: int = 1280, height: int = 900, **more: Any) -> Any:
        view = browser.new_page(viewport={"width": width, "height": height}, **more)
        views.append(view)
        view.on("console", lambda said: found.append(said.text))
        view.on("pageerror", lambda fault: found.append(str(fault)))
        view.on(
            "request",
            lambda asked: (
                None if asked.url.startswith(("file:", "data:")) else found.append(asked.url)
            ),
        )
        view.goto(path.as_uri())
        view.wait_for_function("window.dtaoFlip && dtaoFlip.books.every((book) => book.state)")
        return view

    yield open_page
    for view in views:
        view.close()
    assert found == []


SHOW = """async ([key, frames]) => {
  const flip = dtaoFlip.books[0], text = (element) => element.textContent, shown = [];
  for (const place of frames) {
    await flip.turn({ preset: 0, chosen: key, place });
    const problem = text(flip.problem), frame = flip.frameOf(flip.state);
    shown.push(problem ? [problem, "", "", "", "", ""] : [
      "", text(flip.sentence),
      [...flip.table.rows].map((row) => [...row.cells].map(text).join(": ")).join("\\n"),
      flip.askedAt(frame).words, flip.picture.front(frame),
      flip.picture.backdrops(flip.picture.back[frame]),
    ]);
  }
  return shown;
}"""


@pytest.mark.slow
@pytest.mark.parametrize("name", list(PLAYGROUNDS))
def test_what_is_shown_is_what_the_engine_says(name: str, tmp_path: Path, opened: Any) -> None:
    """Sentences, receipts, questions and pictures: all edges, and 200 frames drawn by lot."""
    lot = random.Random(name)
    label = lot.choice(PLAYGROUNDS[name].presets()).label
    play = thinner(PLAYGROUNDS[name], label, lot)
    made = flipbook(play, ["page"], inline=False, presets=[label], predict=False, jobs=1)
    view = opened(write(tmp_path, made, name))
    _, found = pages(play, play.preset_named(label, play.presets()))
    for page in found:
        wanted = places(page, lot, LOT // len(found) + 1)
        shown = view.evaluate(SHOW, [page.chosen, wanted])
        for place, said, right in zip(wanted, shown, worked_out(play, page, wanted, "page"),
                                      strict=True):  # fmt: skip
            assert Shown(*said) == right, (label, page.chosen, place)


POOLS = ["subnet 64, 17 April 2025", "subnet 4, 17 April 2025"]


def stake(**more: Any) -> Fragment:
    asked = {"sizes": ["page"], "inline": False, "presets": POOLS, "jobs": 1}
    return flipbook(PLAYGROUNDS["stake_unstake"], **{**asked, **more})


def test_a_guess_is_answered_as_in_the_live_one(tmp_path: Path, opened: Any) -> None:
    play = PLAYGROUNDS["stake_unstake"]
    session = play.session()
    assert play.question is not None
    asked = play.question.asked(session.result)
    view = opened(write(tmp_path, stake(), "stake"))
    assert view.locator(".dtao-receipt td").all_inner_texts() == ["?"] * 8
    for number in (40_000, 53_428, 53_400, 43_358, 7_500, 1):
        view.get_by_label("Your guess, alpha").fill(str(number))
        view.get_by_role("button", name="Show the answer").click()
        said = view.locator(".dtao-said").inner_text()
        assert [line for line in said.split("\n") if line] == [
            line for line in reply(float(number), asked) if line
        ]
        view.get_by_role("button", name="Predict again").click()


def test_the_mark_of_a_guess_lies_where_the_live_one_puts_it(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(), "stake"))
    session = PLAYGROUNDS["stake_unstake"].session()
    picture = PLAYGROUNDS["stake_unstake"].picture(session.result)
    for number in (20_000, 43_000, 61_000):
        view.get_by_label("Your guess, alpha").fill(str(number))
        view.keyboard.press("Enter")
        mark = view.evaluate("dtaoFlip.books[0].mark.innerHTML")
        path = [float(n) for n in re.findall(r"[\d.]+", re.findall(r' d="([^"]*)"', mark)[0])]
        live = coarse(picture.guess_alone(number))
        there = [float(n) for n in re.findall(r"[\d.]+", re.findall(r' d="([^"]*)"', live)[0])]
        assert path == pytest.approx(there, abs=0.25)
        view.get_by_role("button", name="Predict again").click()


def test_keys_move_the_slider_and_the_page_says_what_happens(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(predict=False), "stake"))
    slider = view.get_by_role("slider", name="Stake, TAO")
    slider.focus()
    before = view.locator(".dtao-sentence").inner_text()
    view.keyboard.press("ArrowRight")
    assert view.locator(".dtao-sentence").inner_text() != before
    assert slider.get_attribute("aria-valuetext").endswith(" TAO")
    view.get_by_role("button", name="Undo").click()
    view.wait_for_function(f"document.querySelector('.dtao-sentence').textContent === {before!r}")
    status = view.locator(".dtao-sentence")
    assert (status.get_attribute("role"), status.get_attribute("aria-live")) == (
        "status", "polite",
    )  # fmt: skip


def drag(view: Any, right: float, down: float = 0, **how: Any) -> None:
    """Press in the middle of the curve, go so far, and let go."""
    box = view.locator(".dtao-drag").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    view.mouse.move(x, y)
    view.mouse.down()
    view.mouse.move(x + right / 2, y + down / 2)
    view.mouse.move(x + right, y + down)
    view.mouse.up()


def test_the_point_on_the_curve_can_be_dragged(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(predict=False), "stake"))
    slider = view.get_by_role("slider", name="Stake, TAO")
    drag(view, 60)
    more = int(slider.input_value())
    drag(view, 20)
    assert int(slider.input_value()) < more
    assert "You stake" in view.locator(".dtao-sentence").inner_text()
    # The mark of the pool after the trade lies under the pointer, but for the grid.
    at = view.evaluate(
        """() => { const flip = dtaoFlip.books[0];
          const rect = flip.stack.querySelector(".dtao-drag"), box = rect.getBoundingClientRect();
          const [, , from, least, to, most] = rect.dataset.drag.split(" ").map(Number);
          const slider = flip.pageOf(flip.state).sliders[0];
          const value = slider.values[flip.state.place[0]];
          return box.width * (value - least) / (most - least) - box.width / 2; }"""
    )
    assert at == pytest.approx(20, abs=8)
    view.get_by_role("button", name="Undo").click()
    view.wait_for_function(f"dtaoFlip.books[0].state.place[0] === {more}")


def test_a_finger_drags_the_point_too(tmp_path: Path, browser: Any) -> None:
    path = write(tmp_path, stake(predict=False, sizes=["page", "phone"]), "stake")
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    view = context.new_page()
    view.goto(path.as_uri())
    view.wait_for_function("dtaoFlip.books[0].shownSize === 'phone'")
    view.locator(".dtao-stack").scroll_into_view_if_needed()
    before = view.evaluate("dtaoFlip.books[0].state.place[0]")
    box = view.locator(".dtao-drag").bounding_box()
    touch = view.context.new_cdp_session(view)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for kind, right in (("touchStart", 0), ("touchMove", 30), ("touchMove", 60)):
        points = [{"x": x + right, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    there = view.evaluate("dtaoFlip.books[0].state.place[0]")
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert there != before
    assert view.evaluate("window.scrollX") == 0
    context.close()


def test_a_word_lights_up_its_part_of_the_picture_and_the_other_way_round(
    tmp_path: Path, opened: Any
) -> None:
    view = opened(write(tmp_path, stake(predict=False), "stake"))
    words = view.locator(".dtao-sentence [data-part]").all_inner_texts()
    assert words[0].endswith("TAO")
    assert words[1].endswith("alpha")
    assert words[2].endswith("% less")
    lit = "e => getComputedStyle(e).filter !== 'none'"
    part = view.locator(".dtao-part-2").first
    assert not part.evaluate(lit)
    view.locator('[data-part="2"]').hover()
    assert part.evaluate(lit)
    assert not view.locator(".dtao-part-3").first.evaluate(lit)
    plain = "e => getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)'"
    box = part.bounding_box()
    view.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert not view.locator('[data-part="2"]').evaluate(plain)


def test_a_typed_value_says_to_which_it_went(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(predict=False), "stake"))
    entry = view.get_by_role("spinbutton", name="Stake, TAO")
    entry.fill("1234")
    entry.press("Enter")
    said = view.locator(".dtao-note").inner_text()
    value = entry.input_value()
    assert said.startswith("Nearest of what was worked out: ")
    assert f"You stake {int(value):,} TAO" in view.locator(".dtao-sentence").inner_text()


def test_another_preset_comes_from_a_file_and_keeps_the_amount(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(predict=False, values={"tao": 2000.0}), "stake"))
    loaded = view.evaluate("document.querySelectorAll('head script').length")
    view.get_by_label("Start with").select_option("subnet 4, 17 April 2025")
    view.wait_for_function("dtaoFlip.books[0].state.preset === 1")
    assert view.evaluate("document.querySelectorAll('head script').length") == loaded + 2
    kept = float(view.get_by_role("spinbutton").input_value())
    assert 1000 < kept < 3000
    expect(view.locator(".dtao-problem")).to_have_text(
        re.compile(f"^Stake (stays|was .* TAO; here it is) {kept:,.0f} TAO\\.$")
    )


def test_keys_undo_and_do_again(tmp_path: Path, opened: Any) -> None:
    view = opened(write(tmp_path, stake(predict=False), "stake"))
    said, slider = view.locator(".dtao-sentence"), view.get_by_role("slider", name="Stake, TAO")
    first = said.inner_text()
    slider.focus()
    view.keyboard.press("End")
    expect(said).not_to_have_text(first)
    last = said.inner_text()
    view.keyboard.press("Control+z")
    expect(said).to_have_text(first)
    expect(view.get_by_role("button", name="Undo")).to_be_disabled()
    view.keyboard.press("Control+Shift+z")
    expect(said).to_have_text(last)
    view.get_by_role("button", name="Undo").click()
    view.get_by_role("button", name="Redo").click()
    expect(said).to_have_text(last)


@pytest.mark.parametrize("name", ["stake_unstake", "price_race"])
def test_its_code_opens_the_live_one_with_the_same(name: str, tmp_path: Path, opened: Any) -> None:
    play = PLAYGROUNDS[name]
    label = play.presets()[1].label
    view = opened(write(tmp_path, flipbook(thinner(play, label, random.Random(name)), ["page"],
                        inline=False, presets=[label], predict=False, jobs=1), name))  # fmt: skip
    view.get_by_role("button", name="Code").click()
    if name == "stake_unstake":
        view.get_by_role("slider").press("ArrowRight")
    code = view.get_by_label("The same in Python").input_value()
    found: dict[str, Any] = {}
    exec(code.replace("playground.", "live = playground.", 1), found)
    expect(view.locator(".dtao-sentence")).to_have_text(str(found["live"].picture))


def test_what_the_model_refuses_is_said_and_nothing_moves(tmp_path: Path, opened: Any) -> None:
    made = flipbook(PLAYGROUNDS["coalition_vote"], ["page"], inline=False, predict=False,
                    presets=["23 October 2024, 25 validators"], jobs=1)  # fmt: skip
    view = opened(write(tmp_path, made, "vote"))
    before = view.locator(".dtao-sentence").inner_text()
    view.locator(".dtao-option").filter(has_text="55").click()
    view.wait_for_function("document.querySelector('.dtao-problem').textContent !== ''")
    assert "All their weight on subnet is 55; allowed" in view.locator(".dtao-problem").inner_text()
    assert view.locator(".dtao-sentence").inner_text() == before
    assert view.locator(".dtao-option input").first.is_checked()


def test_without_scripts_question_picture_and_answer_can_be_read(
    tmp_path: Path, browser: Any
) -> None:
    path = write(tmp_path, stake(), "stake")
    view = browser.new_page(java_script_enabled=False)
    view.goto(path.as_uri())
    assert "How many alpha do you receive?" in view.locator("body").inner_text()
    assert view.locator("svg").count() >= 2
    view.get_by_text("The answer").click()
    assert "43,358 alpha" in view.locator("details").inner_text()
    view.close()


def test_on_a_phone_letters_are_large_enough_and_nothing_is_too_wide(
    tmp_path: Path, opened: Any
) -> None:
    view = opened(write(tmp_path, stake(sizes=["page", "phone"]), "stake"), 390, 844)
    view.wait_for_function("dtaoFlip.books[0].shownSize === 'phone'")
    sizes = view.evaluate(
        """[...document.querySelectorAll(".dtao-stack text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getCTM().a,
            text.getCTM().b))"""
    )
    assert min(sizes) >= 11
    assert view.evaluate("document.documentElement.scrollWidth") <= 390


def test_in_a_hall_all_is_seen_at_once_with_large_letters(tmp_path: Path, opened: Any) -> None:
    made = flipbook(PLAYGROUNDS["stake_unstake"], ["hall"], presets=POOLS[:1], jobs=1)
    assert made.files == {}
    view = opened(write(tmp_path, made, "hall"), 1280, 720)
    view.get_by_role("button", name="Skip").click()
    sizes = view.evaluate(
        """[...document.querySelectorAll(".dtao-stack text")].map((text) =>
          parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getCTM().a,
            text.getCTM().b))"""
    )
    assert min(sizes) >= 18
    for part in (".dtao-stack", ".dtao-receipt", ".dtao-sentence"):
        box = view.locator(part).bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
