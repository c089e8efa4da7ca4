"""The site in Chromium: from a disk and from a server, on a phone, by keyboard, in the dark."""

from __future__ import annotations

import functools
import http.server
import json
import random
import re
import threading
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

from dtao_edu import Pool
from dtao_edu.playground.guess import reply
from dtao_edu.playground.spec import Asked
from dtao_edu.practice import bank
from dtao_edu.practice.assess import judge_values
from dtao_edu.practice.checking.judge import APART
from dtao_edu.practice.exercise.exercise import task
from dtao_edu.practice.slips.generate import slips
from dtao_edu.site import site
from dtao_edu.site.judge_data import SEAT, judge_data, judged_here
from dtao_edu.site.shell import asset
from tests.browser.servers import Watched

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser
LESSON = "lessons/05_staking_and_unstaking.html"
PAGES = ["index.html", "lessons/04_deriving_the_price.html", LESSON]
EXERCISES = "exercises/05_staking_and_unstaking.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of a few lessons, with all that a whole one has."""
    return site(tmp_path_factory.mktemp("site") / "course", only=("00", "04", "05")).folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Serve the site as any static host would."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Reader(Watched):
    """A page of the site that somebody reads, on a screen of their own."""

    def __init__(self, browser: Any, **screen: Any) -> None:
        screen = {"viewport": {"width": 1280, "height": 900}, **screen}
        self.context = browser.new_context(**screen)
        super().__init__(self.context)

    def open(self, url: str) -> Any:
        self.page.goto(url)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def close(self) -> None:
        self.context.close()
        assert self.errors == []
        assert [url for url in self.strangers if not url.startswith("file:")] == []


@pytest.fixture
def reader(browser: Any) -> Iterator[Reader]:
    opened = Reader(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judge(browser: Any) -> Iterator[Any]:
    """A page that holds the judge's script and nothing else."""
    page = browser.new_page()
    page.set_content("<p>judge</p>")
    page.add_script_tag(content=asset("judge.js"))
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_flipbooks_opens_from_a_disk_on_a_phone(
    browser: Any, folder: Path, path: str
) -> None:
    """All other pages: `test_crawl.py`, where pictures stand in for flip-books."""
    reader = Reader(browser, viewport={"width": 390, "height": 800}, offline=True)
    page = reader.open((folder / path).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.close()


def test_a_page_from_a_server_asks_nobody_else_and_is_light(reader: Reader, address: str) -> None:
    came: list[Any] = []
    reader.page.on("response", lambda response: came.append(response))
    page = reader.open(f"{address}/{LESSON}")
    page.wait_for_load_state("networkidle")
    size = sum(len(one.body()) for one in came)
    assert size < 1_600_000, "before compression, which takes a quarter at least"


def test_the_guess_opens_the_answer_and_a_known_slip_is_named(reader: Reader, folder: Path) -> None:
    page = reader.open((folder / LESSON).as_uri())
    question = page.locator(".question").first
    answer = page.locator("details.answer[data-after]").first
    answer.locator("summary").click()
    assert not answer.evaluate("one => one.open")
    assert "Guess first" in question.locator(".reply").inner_text()
    asked = json.loads(question.get_attribute("data-question"))
    field = question.locator("input")
    field.fill("many")
    field.press("Enter")
    assert "cannot be read as a number" in question.locator(".reply").inner_text()
    field.fill(f"{asked['known'][0][0]:.6g}")
    field.press("Enter")
    assert "You predicted" in question.locator(".reply").inner_text()
    assert asked["known"][0][1] in question.locator(".reply").inner_text()
    assert answer.evaluate("one => one.open")
    page = reader.open((folder / LESSON).as_uri())
    assert "You predicted" in page.locator(".question .reply").first.inner_text(), "it is kept"


def test_a_skipped_guess_opens_the_answer_too_and_all_can_be_erased(
    reader: Reader, folder: Path
) -> None:
    page = reader.open((folder / LESSON).as_uri())
    page.get_by_role("button", name="Skip the guess").first.click()
    assert page.locator(".question .reply").first.inner_text().startswith("It is:")
    assert page.locator("details.answer[data-after]").first.evaluate("one => one.open")
    page.on("dialog", lambda dialog: dialog.accept())
    page = reader.open((folder / "index.html").as_uri())
    assert "1 guess, " in page.locator(".mine").inner_text()
    with page.expect_navigation():
        page.get_by_role("button", name="Erase").click()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert "0 guesses" in page.locator(".mine").inner_text()


def test_progress_is_saved_as_a_file_and_read_again(
    reader: Reader, folder: Path, tmp_path: Path
) -> None:
    page = reader.open((folder / LESSON).as_uri())
    page.get_by_role("button", name="Skip the guess").first.click()
    page = reader.open((folder / "index.html").as_uri())
    with page.expect_download() as got:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "progress.json"
    got.value.save_as(file)
    page.evaluate("localStorage.clear()")
    page = reader.open((folder / "index.html").as_uri())
    with page.expect_navigation():
        page.locator(".mine input[type=file]").set_input_files(file)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert "1 guess, " in page.locator(".mine").inner_text()


def test_an_exercise_is_judged_on_the_page(reader: Reader, folder: Path) -> None:
    page = reader.open((folder / EXERCISES).as_uri())
    drawn = task(bank.find("05.1"), SEAT)
    form = page.locator("#exercise-05-1 form")
    form.locator("input").fill("12")
    form.locator("input").press("Enter")
    assert "wrong" in form.locator(".verdict").inner_text()
    form.locator("input").fill(drawn.answer)
    form.locator("input").press("Enter")
    assert "05.1 right" in form.locator(".verdict").inner_text()
    assert "✓" in page.locator("#exercise-05-1 h2").inner_text()
    expect(page.locator(".mine")).to_contain_text("1 exercise solved")
    idea = f"{drawn.misconceptions[0][0]:.9g}"
    form.locator("input").fill(idea)
    form.get_by_role("button", name="Check").click()
    assert "a known wrong idea" in form.locator(".verdict").inner_text()


def test_words_are_explained_by_mouse_and_by_keyboard(reader: Reader, folder: Path) -> None:
    page = reader.open((folder / LESSON).as_uri())
    word = page.locator("main .word:visible").first
    word.focus()
    told = page.get_by_role("tooltip")
    expect(told).to_be_visible()
    assert len(told.inner_text()) > 20
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    word.hover()
    expect(told).to_be_visible()


def test_search_finds_without_a_server(reader: Reader, folder: Path) -> None:
    page = reader.open((folder / LESSON).as_uri())
    page.get_by_role("searchbox").fill("slippage")
    page.locator("#found a").nth(2).wait_for()
    with page.expect_navigation():
        page.get_by_role("searchbox").press("Enter")
    assert ".html" in page.url


def test_dark_and_light_are_a_choice_that_stays(reader: Reader, folder: Path) -> None:
    page = reader.open((folder / LESSON).as_uri())
    back = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(back)
    page.get_by_role("button", name="Dark or light").click()
    dark = page.evaluate(back)
    assert light != dark
    page = reader.open((folder / "glossary.html").as_uri())
    assert page.evaluate(back) == dark


def test_without_scripts_everything_can_be_read(browser: Any, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / LESSON).as_uri())
    assert page.locator(".answers").is_visible()
    page.locator("details.answer summary").first.click()
    assert page.locator("details.answer > *:not(summary)").first.is_visible()
    context.close()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_for_an_accessibility_checker(
    browser: Any, address: str, page: str, theme: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    reader = Reader(browser, color_scheme=theme)
    opened = reader.open(f"{address}/{page}")
    found = axe.Axe().run(opened).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["target"], len(one["nodes"]))
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
    reader.close()


def test_the_page_judges_as_the_package_does(judge: Any) -> None:
    wrong = []
    for lesson in bank.lessons():
        for exercise in filter(judged_here, bank.exercises(lesson)):
            drawn = task(exercise, SEAT)
            tried = list(answers(drawn))
            data = judge_data(exercise)
            page = judge.evaluate(
                "([d, all]) => all.map(v => dtaoJudge.judge(d, v))", [data, tried]
            )
            for values, said in zip(tried, page, strict=True):
                ours = judge_values(exercise.id, SEAT, values)
                pair = (ours.outcome.value, ours.misconception)
                if (said["outcome"], said["misconception"]) != pair:
                    wrong.append((exercise.id, values, said["outcome"], *pair))
                if "said" in said and said["outcome"] == "wrong":
                    assert said["said"].split(":")[0] in ours.text or data.get("reveals")
                if tuple(said.get("slips", ())) != ours.slips:
                    wrong.append((exercise.id, values, *said.get("slips", ()), "not", *ours.slips))
    assert wrong == []


def test_the_page_asks_after_a_slip_as_the_package_does(judge: Any) -> None:
    drawn = task(bank.find("05.5"), SEAT)
    given = drawn.given
    values = [Pool(given.tao_in, given.alpha_in).stake(given.tao).received]
    said = judge.evaluate("([d, v]) => dtaoJudge.judge(d, v)", [judge_data(drawn.exercise), values])
    ours = judge_values("05.5", SEAT, values)
    assert said["outcome"] == ours.outcome.value == "slip"
    assert said["label"] == ours.label
    assert re.sub("</?code>", "`", said["html"]) in " ".join(ours.text.split())


def answers(drawn: Any) -> Iterator[list[Any]]:
    """Right, wrong, close, rounded early, and what each misconception and slip gives."""
    if not drawn.question.numeric:
        yield list(drawn.values)
        yield from map(list, drawn.misconceptions)
        if drawn.question.reverses:
            yield list(drawn.values[::-1])
            yield [*drawn.values[1:], drawn.values[0]]
        return
    right = drawn.candidates[0]
    for candidate in drawn.candidates:
        yield list(candidate.values)
        for steps in (-0.9, 0.9):
            pairs = zip(candidate.values, candidate.steps, strict=True)
            yield [value + steps * step for value, step in pairs]
    for steps in (-30, -9, -2, 2, 5, 9, 11, APART, 100):
        pairs = zip(right.values, right.steps, strict=True)
        yield [value + steps * step for value, step in pairs]
    for digits in (1, 2, 3):
        yield [float(f"{value:.{digits}g}") for value in right.values]
    yield [1e-6] * len(right.values)
    if drawn.question.reveals:
        return
    found = slips(drawn).of(0)
    for slip in random.Random(drawn.exercise.id).sample(found, min(40, len(found))):
        pairs = zip(slip.values, drawn.values, strict=True)
        values = [true if value is None or not isfinite(value) else value for value, true in pairs]
        yield values
        yield [float(f"{value:.{drawn.question.rounding.digits}g}") for value in values]


def test_the_page_answers_a_guess_as_the_playground_does(judge: Any) -> None:
    known = [["the spot price", 1541.05, "That is the ideal amount."]]
    asked = Asked("How many?", 1531.03, "alpha", misconceptions=known, why="The pool moves.")
    data = {**asked._asdict(), "known": [known[0][1:]]}
    for guess in (1531.03, 1531, 1540, 1536, 1541, 1500, 2000, 1, 0, -5, 14000, 17000, 40000):
        page = judge.evaluate("([a, g]) => dtaoJudge.judgeGuess(a, g)", [data, guess])
        assert tuple(page) == reply(guess, asked), guess


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("1,250.5", "TAO", 1250.5), (" 12 TAO", "TAO", 12), ("12 τ", "TAO", 12), (".5", "", 0.5),
        ("1/4", "", 0.25), ("-3e2", "", -300), ("−3", "", -3), ("1_000", "", 1000),
        ("12 %", "%", 12),
        ("12 alpha", "TAO", None), ("", "", None), ("many", "", None), ("1,2", "", None),
        ("12 %", "share", 0.12), ("1e999", "", None), ("1 / 0", "", None),
        ("1 255", "blocks", 1255), ("1 255 500.5", "", 1255500.5), ("12 3", "", None),
        ("4.467 validators", "validators", 4.467), ("1 validator", "validators", 1),
        ("36.72 TAO a day", "TAO per day", 36.72), ("-1.61 TAO", "TAO per day", -1.61),
        ("0.014 percentage points", "percentage points", 0.014), ("2 %", "percentage points", 2),
        ("3 pp", "percentage points", 3), ("12 TAO", "alpha", None), ("12 blocks", "", None),
        ("2 * 3", "", None), ("12 TAO", "", None), ("12 apples", "", None), ("0,568", "", None),
        ("12 apples", "TAO", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_package_reads_them(
    judge: Any, typed: str, unit: str, value: float | None
) -> None:
    from dtao_edu.practice.checking.parse import read_number
    from dtao_edu.practice.checking.rejected import Rejected

    try:
        ours: float | None = read_number(typed, unit)
    except Rejected:
        ours = None
    assert ours == value
    assert judge.evaluate("([t, u]) => dtaoJudge.read(t, u).value ?? null", [typed, unit]) == value
