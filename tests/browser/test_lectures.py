"""The slides of every lecture in Chromium: nothing is broken, mute, too full or too small."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dtao_edu.figures.base import style
from dtao_edu.lecture.slides import read_lecture, slides
from dtao_edu.lecture.teacher import teacher_page
from tests.browser.hall import Hall

pytestmark = pytest.mark.browser
LECTURES = [
    path
    for path in sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
    if read_lecture(path).slides
]
SMALLEST = 0.75  # of the usual size of letters; below it the last row cannot read them


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Return the slides of a lecture: they are made once, which runs its notebook."""
    folder = tmp_path_factory.mktemp("drawn")

    @cache
    def deck_of(path: Path) -> Path:
        return slides(path, folder / f"{path.stem}.html")

    return deck_of


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_a_lecture_shows_without_a_network(
    hall: Hall, drawn: Callable[[Path], Path], tmp_path: Path, path: Path
) -> None:
    page = hall.open(drawn(path))
    for number in range(page.locator(".leaf").count()):
        leaf = page.locator(".leaf").nth(number)
        where = f"slide {number + 1}, {leaf.locator(':is(h1, h2)').first.inner_text()}"
        assert float(leaf.get_attribute("data-fit")) >= SMALLEST, f"{where} holds too much"
        for picture in leaf.locator("img").all():
            assert len((picture.get_attribute("alt") or "").split()) > 3, f"{where} is mute"
            assert picture.evaluate("e => e.naturalWidth") > 0, f"{where} has a broken picture"
    hall.page.goto(teacher_page(path, tmp_path / "teacher.html").as_uri())
    assert hall.page.get_by_role("heading", level=1).is_visible()


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_letters_in_pictures_can_be_read_from_the_last_row(
    hall: Hall, drawn: Callable[[Path], Path], path: Path
) -> None:
    """At 720 lines on the screen the smallest letter has 18 of them: a fortieth of the height."""
    page = hall.open(drawn(path))
    note = style.size_of("slide").note * 110 / 72  # of the picture's own pixels
    others = {round(style.size_of(size).width * 110) for size in ("page", "hall")}
    for number in range(page.locator(".leaf").count()):
        leaf = page.locator(".leaf").nth(number)
        hall.open(drawn(path), f"#{number + 1}")
        for _ in range(leaf.locator(".fragment").count()):
            hall.press("ArrowRight")
        for picture in leaf.locator("figure img").all():
            width = picture.evaluate("e => e.naturalWidth")
            assert width not in others, f"slide {number + 1}: a picture that is drawn for a page"
            assert note * picture.bounding_box()["width"] / width >= 18, f"slide {number + 1}"


@pytest.mark.parametrize("path", LECTURES, ids=lambda path: path.stem)
def test_a_slide_never_begins_with_code_whose_picture_is_yet_to_come(
    hall: Hall, drawn: Callable[[Path], Path], path: Path
) -> None:
    page = hall.open(drawn(path))
    assert page.locator(".cell:has(figure) pre.code").count() == 0
    empty = "body => [...body.querySelectorAll('.cell')].every(e => e.closest('.fragment'))"
    bodies = page.locator(".leaf .body:has(.cell)").all()
    assert not any(body.evaluate(empty) for body in bodies), "a slide begins with nothing"
