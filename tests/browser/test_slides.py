"""Slides in Chromium, without a network: what a lecturer sees and what the keys do."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.lecture.slides import slides
from dtao_edu.lecture.votes import votes_page
from tests.browser.hall import Hall
from tests.helpers.lecture import SENTENCE, write_lecture

expect = pytest.importorskip("playwright.sync_api").expect
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lecture")
    return slides(write_lecture(folder), folder / "deck.html")


def test_the_keys_go_through_slides_and_fragments(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    assert hall.title == "05 Staking and unstaking"
    hall.press("ArrowRight", "Space")
    assert hall.title == "What comes out?"
    picture = page.get_by_alt_text(SENTENCE)
    asked = page.get_by_text("Was it the half?")
    assert (picture.is_visible(), asked.is_visible()) == (False, False)
    hall.press("PageDown")  # the picture stands at the right, but comes first
    assert (picture.is_visible(), asked.is_visible()) == (True, False)
    hall.press("ArrowDown")
    assert asked.is_visible()
    hall.press("ArrowLeft", "ArrowUp")
    assert not picture.is_visible()
    hall.press("End")
    assert hall.title == "Much text"
    hall.press("ArrowRight")
    assert hall.title == "Much text"
    hall.press("Shift+Space", "Shift+Space")
    assert hall.title == "As much code as a slide may hold"
    hall.press("Home", "ArrowLeft")
    assert hall.title == "05 Staking and unstaking"
    assert hall.mark == "#1"


def test_only_the_present_slide_can_be_read(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#2")
    assert page.locator(".slide:visible").count() == 1
    assert page.get_by_role("heading").all_inner_texts() == [hall.title]
    assert "Slide 2 of 6: One equation" in page.get_by_role("status").inner_text()
    assert page.get_by_text("2 / 6").is_visible()


def test_the_overview_shows_all_and_chooses_one(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    hall.press("o")
    assert page.locator(".slide:visible").count() == 6
    hall.press("ArrowRight", "ArrowRight", "Enter")
    assert page.locator(".slide:visible").count() == 1
    assert hall.title == "What comes out?"
    hall.press("Escape")
    page.locator(".leaf").nth(5).click()
    assert hall.title == "Much text"


def test_the_buttons_and_the_list_of_keys(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    page.get_by_role("button", name="Next").click()
    assert hall.mark == "#2"
    page.keyboard.press("Space")  # the space bar belongs to the slides, not to the button
    assert hall.mark == "#3"
    page.get_by_role("button", name="Keys").click()
    assert page.get_by_role("dialog").get_by_text("speaker's notes").is_visible()
    hall.press("ArrowRight", "Escape")
    assert page.get_by_role("dialog").count() == 0
    assert hall.mark == "#3"


def test_formulas_are_typeset(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#2")
    above = """mfrac => mfrac.children[0].getBoundingClientRect().bottom
        <= mfrac.children[1].getBoundingClientRect().top"""
    assert all(one.evaluate(above) for one in page.locator(".current mfrac").all())
    assert page.locator(".current mfrac").count() == 3
    assert page.locator(".current math").count() >= 4
    assert page.evaluate("document.fonts.check('20px \"dtao formulas\"', 'T')")
    faces = page.evaluate("[...document.fonts].map(face => [face.family, face.status])")
    assert [face[1] for face in faces if "dtao formulas" in face[0]] == ["loaded"]
    assert "$" not in page.locator(".current").inner_text()


def talk_of(hall: Hall, page: Any) -> Any:
    with page.expect_popup() as opened:
        hall.press("s")
    opened.value.wait_for_selector(".now .slide")
    return opened.value


def test_the_notes_window_follows(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    hall.press("ArrowRight")
    notes = talk_of(hall, page)
    strays: list[str] = []
    notes.on("pageerror", lambda error: strays.append(str(error)))
    said = notes.get_by_role("region", name="Notes")
    assert plain(said) == "Draw T ⋅ A = k by hand."
    assert said.locator("math").count() == 1
    assert "2.5 min; when it ends, 3.5 of 9.5 min" in notes.locator(".planned").inner_text()
    assert re.fullmatch(r"\d\d:\d\d", notes.locator(".spent").inner_text())
    assert re.fullmatch(r"\d\d:\d\d", notes.locator(".wall").inner_text())
    assert "by the notes 8.5 min left, until" in notes.locator(".left").inner_text()
    assert "One equation" in notes.locator(".now h2").inner_text()
    assert notes.locator(".then h2").inner_text() == "What comes out?"
    notes.keyboard.press("ArrowRight")
    expect(said).to_have_text("Let them vote. Answer: 200 alpha.")
    assert hall.title == "What comes out?"
    assert not notes.locator(".now img").is_visible()
    notes.get_by_role("button", name="Next").click()
    expect(notes.locator(".now img")).to_be_visible()
    hall.press("End")
    expect(said).to_have_text("No notes on this slide.")
    assert notes.locator(".then .slide").count() == 0
    size = said.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    notes.keyboard.press("+")
    assert said.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > size
    notes.close()
    hall.press("Home")
    assert hall.title == "05 Staking and unstaking"
    assert strays == []


def test_the_notes_window_shows_the_next_step_and_never_one_too_many(
    hall: Hall, deck: Path
) -> None:
    page = hall.open(deck, "#3")
    notes = talk_of(hall, page)
    picture = notes.locator(".then img")
    expect(notes.locator(".next")).to_have_text("Next step")
    expect(picture).to_be_visible()
    hall.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    hall.press("ArrowLeft")  # back before the slide, whose answer was seen
    expect(notes.locator(".next")).to_have_text("Next slide")
    expect(notes.locator(".then h2")).to_have_text("What comes out?")
    expect(picture).to_be_hidden()
    notes.close()


def test_the_notes_window_stays_when_the_slides_are_loaded_again(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#2")
    notes = talk_of(hall, page)
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    notes.keyboard.press("ArrowRight")
    expect(notes.locator(".where")).to_contain_text("Slide 3 of 6")
    assert hall.title == "What comes out?"
    hall.press("ArrowRight")
    expect(notes.locator(".where")).to_contain_text("step 1 of 2")
    hall.press("s")
    assert len(hall.context.pages) == 2, "the window that is there comes to the front"
    notes.close()


def test_the_speaker_is_told_of_a_dark_hall_and_of_being_late(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#2")
    notes = talk_of(hall, page)
    hall.press("b")
    expect(notes.get_by_text("The hall is dark")).to_be_visible()
    notes.keyboard.press("b")
    expect(notes.get_by_text("The hall is dark")).to_be_hidden()
    notes.evaluate("Date.now = () => 0; ")
    notes.evaluate("document.querySelector('button[value=again]').click()")
    expect(notes.locator(".left")).to_contain_text("min late by the notes")
    notes.close()


def test_a_number_and_enter_go_to_a_slide(hall: Hall, deck: Path) -> None:
    hall.open(deck)
    hall.press("5", "Enter")
    assert hall.mark == "#5"
    hall.press("9", "9", "Enter")
    assert hall.mark == "#6", "the last one, if there are not so many"
    hall.press("2", "ArrowLeft", "Enter")
    assert hall.mark != "#2", "another key takes the number back"


def test_the_overview_goes_by_rows(hall: Hall, deck: Path) -> None:
    hall.open(deck)
    hall.press("o", "ArrowDown")
    assert hall.mark == "#5", "four slides stand in a row"
    hall.press("ArrowDown")
    assert hall.mark == "#5", "there is no third row"
    hall.press("ArrowUp")
    assert hall.mark == "#1"


def test_a_step_is_kept_when_the_page_is_loaded_again(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#3")
    hall.press("ArrowRight")
    assert hall.mark == "#3.1"
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.get_by_alt_text(SENTENCE).is_visible()
    assert not page.get_by_text("Was it the half?").is_visible()


def test_a_finger_turns_the_page_and_never_leaves_it(browser: Any, deck: Path) -> None:
    hall = Hall(browser, has_touch=True)
    page = hall.open(deck, "#2")
    assert page.evaluate("getComputedStyle(document.body).overscrollBehaviorX") == "none"
    swipe = """([from, to]) => {
        const at = (x) => new Touch({ identifier: 1, target: document.body, clientX: x });
        const send = (name, x) => document.dispatchEvent(new TouchEvent(name, {
            touches: name === "touchend" ? [] : [at(x)], changedTouches: [at(x)] }));
        send("touchstart", from); send("touchend", to);
    }"""
    page.evaluate(swipe, [600, 200])
    assert hall.mark == "#3"
    page.evaluate(swipe, [200, 600])
    assert hall.mark == "#2"
    hall.close()


def test_the_buttons_can_be_seen(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    page.mouse.move(300, 300)
    page.wait_for_function("getComputedStyle(document.querySelector('.bar')).opacity === '1'")


def test_long_notes_fit_into_their_window_until_the_speaker_chooses_a_size(
    hall: Hall, tmp_path: Path
) -> None:
    page = hall.open(slides("talk", tmp_path / "deck.html", draw=False))
    notes = talk_of(hall, page)
    notes.set_viewport_size({"width": 1100, "height": 760})
    high = "document.documentElement.scrollHeight"
    for number in range(page.locator(".leaf").count()):
        page.evaluate(f"location.hash = '#{number + 1}'")
        expect(notes.locator(".where")).to_contain_text(f"Slide {number + 1} of")
        assert notes.evaluate(high) <= 760, hall.title
    for _ in range(4):
        notes.keyboard.press("+")
    page.evaluate("location.hash = '#3'")
    expect(notes.locator(".where")).to_contain_text("Slide 3 of")
    assert notes.evaluate(high) > 760
    notes.close()


def plain(element: Any) -> str:
    """The text with italic letters of formulas as plain ones."""
    return " ".join(unicodedata.normalize("NFKC", element.inner_text()).split())


def test_the_picture_can_be_enlarged(hall: Hall, deck: Path) -> None:
    page = hall.open(deck, "#3")
    hall.press("ArrowRight")
    picture = page.locator(".current figure img")
    before = picture.bounding_box()
    hall.press("z")
    after = picture.bounding_box()
    assert after["width"] > 1.3 * before["width"]
    assert abs(after["width"] / after["height"] - before["width"] / before["height"]) < 0.02
    hall.press("Escape")
    assert picture.bounding_box() == before


def test_black_and_dark(hall: Hall, deck: Path) -> None:
    page = hall.open(deck)
    paper = "getComputedStyle(document.querySelector('.current .slide')).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    hall.press("d")
    assert page.evaluate(paper) == "rgb(15, 19, 23)"
    hall.press("d", "b")
    assert page.locator(".slide:visible").count() == 0
    hall.press("b")
    assert page.locator(".slide:visible").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_contrast_is_high(browser: Any, deck: Path, scheme: str) -> None:
    """WCAG 2.2, contrast of 7 to 1 for all letters."""
    hall = Hall(browser, color_scheme=scheme)
    page = hall.open(deck)
    colours = page.evaluate(
        """[...document.querySelectorAll('.slide *')]
        .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .map(e => { let back = e;
            const clear = 'rgba(0, 0, 0, 0)';
            while (getComputedStyle(back).backgroundColor === clear) back = back.parentElement;
            return [getComputedStyle(e).color, getComputedStyle(back).backgroundColor]; })"""
    )
    assert len(colours) > 50
    assert min(contrast(ink, paper) for ink, paper in colours) >= 7
    hall.close()


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted([light(one), light(other)], reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_nothing_moves_by_itself_for_who_does_not_want_it(browser: Any, deck: Path) -> None:
    hall = Hall(browser, reduced_motion="reduce")
    page = hall.open(deck, "#3")
    moving = "[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)"
    assert set(page.evaluate(moving)) == {"0s"}
    hall.close()


def test_without_scripts_all_slides_stand_one_below_the_other(browser: Any, deck: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(deck.as_uri())
    assert page.locator(".slide:visible").count() == 6
    assert page.get_by_text("Was it the half?").is_visible()
    context.close()


def test_a_handout_is_a_pdf_with_two_slides_a_page(browser: Any, tmp_path: Path) -> None:
    # The fixture is asked for so that the test is left out where there is no browser.
    source = write_lecture(tmp_path)
    made = slides(source, tmp_path / "handout.pdf", pdf=True).read_bytes()
    assert made.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 4, "six slides, and the answer last"
    assert b"/MarkInfo" in made  # tagged, so that a screen reader finds headings and sentences


def test_a_hall_votes_and_the_counts_say_what_to_do(hall: Hall, tmp_path: Path) -> None:
    hall.page.goto(votes_page("05", tmp_path / "votes.html").as_uri())
    section = hall.page.locator("section").first
    section.get_by_label("A, first guess").fill("30")
    section.get_by_label("C, second guess").fill("20")
    section.get_by_label("B, second guess").fill("20")
    width = "e => e.getBoundingClientRect().width"
    bars = section.locator(".bar")
    assert bars.nth(0).evaluate(width) > 1.9 * bars.nth(5).evaluate(width) > 0
    assert section.locator(".say").inner_text() == ""
    assert not section.get_by_text("right", exact=True).is_visible()
    section.get_by_role("button", name="Show the answer").click()
    assert section.get_by_text("right", exact=True).is_visible()
    said = section.locator(".say").inner_text()
    assert "More than a third say C" in said, "of the second guess"
    assert "say A" not in said
    assert "say B" not in said, "B is right"


@pytest.mark.slow
def test_a_live_playground_moves_on_a_slide_without_a_kernel(hall: Hall, tmp_path: Path) -> None:
    made = slides(write_lecture(tmp_path), tmp_path / "deck.html", live="stake_unstake", draw=False)
    page = hall.open(made, "#6")
    flip = page.locator(".current .dtao-flip")
    assert hall.page.locator(".leaf").count() == 7, "it comes before the last slide"
    flip.get_by_role("button", name="Skip").click()
    sentence = flip.locator(".dtao-sentence")
    expect(sentence).to_contain_text("You stake 20,000 TAO and receive")
    for part in (".dtao-picture", ".dtao-sentence", ".dtao-receipts"):
        box = flip.locator(part).first.bounding_box()
        assert box["y"] + box["height"] <= 720, f"{part} is below the screen"
        assert box["x"] + box["width"] <= 1280
    before = sentence.inner_text()
    flip.locator("input[type=range]").focus()
    hall.press("ArrowRight")
    expect(sentence).not_to_have_text(before)
    assert hall.mark == "#6", "the slider's arrows turn no page"
    before, box = sentence.inner_text(), flip.locator(".dtao-drag").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y, steps=3)
    page.mouse.up()
    expect(sentence).not_to_have_text(before)
    assert hall.mark == "#6", "a drag turns no page either"
    page.mouse.click(1240, 700)
    page.evaluate("document.activeElement.blur()")
    hall.press("PageDown")
    assert hall.mark == "#7"
