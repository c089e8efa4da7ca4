"""Slides without a browser: what stands on them and in the notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from dtao_edu.engine.errors import InputError
from dtao_edu.lecture.rendered import STRIP, rendered_slides
from dtao_edu.lecture.slides import POLICY, Edition, deck, read_lecture, slides
from dtao_edu.lessons.course import find_notebook
from dtao_edu.lessons.lesson import Cell, Lesson
from tests.helpers.lecture import SENTENCE, write_lecture
from tests.helpers.lessons import OPENING, code, saved, text


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lecture(tmp_path)


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def lesson(*cells: Cell) -> Lesson:
    return Lesson("talk", "talk", "A talk", (), None, None, (), (), cells)


def md(position: int, source: str, slide: str = "-", notes: str = "") -> Cell:
    return Cell(position, "markdown", source, slide_type=slide, notes=notes)


def test_a_lesson_becomes_one_file_named_after_it(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source.parent)
    assert slides(source) == Path("05_staking_and_unstaking.slides.html")
    assert soup(source.parent / "05_staking_and_unstaking.slides.html").title


def test_the_file_asks_nothing_of_the_network(source: Path) -> None:
    page = soup(slides(source, source.parent / "deck.html"))
    addresses = [
        (element.name, str(element[name]))
        for name in ("src", "href", "srcset", "data", "action", "poster")
        for element in page.find_all(attrs={name: True})
    ]
    assert {name for name, _ in addresses} == {"img", "a"}
    assert all(where.startswith("data:") for name, where in addresses if name == "img")
    assert all(where.startswith("https:") for name, where in addresses if name == "a")
    styles = " ".join(style.get_text() for style in page.find_all("style"))
    assert "@import" not in styles
    assert re.findall(r"url\((?!data:)[^)]*", styles) == []
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert isinstance(policy, Tag)
    assert policy["content"] == POLICY
    assert "default-src 'none'" in POLICY
    assert "http" not in POLICY


def test_the_page_has_a_language_a_title_and_sections_with_headings(source: Path) -> None:
    page = soup(slides(source, source.parent / "deck.html"))
    assert page.html
    assert page.html["lang"] == "en"
    assert page.title
    assert page.title.get_text() == "05 Staking and unstaking"
    sections = page.select("section.slide")
    assert [section["aria-label"] for section in sections] == [f"{n} of 6" for n in range(1, 7)]
    assert [section.select("h1, h2")[0].name for section in sections] == ["h1"] + ["h2"] * 5
    assert all(len(section.select("h1, h2")) == 1 for section in sections)
    assert sections[1].select_one(".foot").get_text() == "05 Staking and unstaking2 / 6"


def test_the_opening_slide_shows_what_one_can_do_afterwards(source: Path) -> None:
    first = rendered_slides(read_lecture(source), source.parent)[0]
    assert first.kind == "title"
    assert "<h1><span>05</span> Staking and unstaking</h1>" in first.body
    assert "<li>tell <em>slippage</em> from price impact</li>" in first.body
    assert "Minutes" not in first.body


def test_slides_have_the_heading_under_which_they_stand(tmp_path: Path) -> None:
    made = rendered_slides(
        lesson(
            md(1, "## First, $k$", "slide"),
            md(2, "More", "subslide"),
            md(3, "text\n\n## Second", "skip"),
            md(4, "Under it", "slide"),
            md(5, "### Third *part*\n\nText", "slide"),
        ),
        tmp_path,
    )
    assert [(leaf.title, leaf.kind) for leaf in made] == [
        ("First, <math><mi>k</mi></math>", "new"),
        ("First, <math><mi>k</mi></math>", "goes-on"),
        ("Second", "new"),
        ("Third <em>part</em>", "new"),
    ]
    assert "Third" not in made[3].body
    assert rendered_slides(lesson(md(1, "Text", "slide")), tmp_path)[0].title == "A talk"


def test_notes_are_kept_from_the_slide_and_tell_the_minutes(source: Path) -> None:
    made = rendered_slides(read_lecture(source), source.parent)
    assert [leaf.minutes for leaf in made] == [1, 2.5, 3, 2, 1, 0]
    assert re.fullmatch(
        r"<p>Draw <math>.*</math> by <strong>hand</strong>\.</p>", made[1].notes, re.DOTALL
    )
    assert "Answer" not in made[2].body


def test_a_picture_stands_below_its_question(source: Path) -> None:
    page = soup(slides(source, source.parent / "deck.html"))
    (above,) = page.select(".above")
    asked, picture, more = above.select(".cell")
    assert "prediction" in asked["class"]
    assert picture.select_one("figure img")["alt"] == SENTENCE
    assert "fragment" in picture["class"]
    assert more.get_text(strip=True) == "Was it the half?"


def test_cells_that_are_skipped_are_not_in_the_file(source: Path) -> None:
    page = slides(source, source.parent / "deck.html").read_text(encoding="utf-8")
    assert "Only for readers" not in page
    assert "1 / 0" not in BeautifulSoup(page, "html.parser").get_text()


def test_folded_code_is_hidden_and_folded_outputs_wait(tmp_path: Path) -> None:
    asks = Cell(1, "code", "secret = 1", slide_type="slide", source_hidden=True,
                tags=frozenset({"prediction"}), outputs=printed("How much?"))  # fmt: skip
    tells = Cell(2, "code", "answer", outputs_hidden=True, outputs=printed("42"))
    alone = Cell(3, "code", "other", slide_type="slide", outputs_hidden=True,
                 outputs=printed("43"))  # fmt: skip
    silent = Cell(4, "code", "x = 1", outputs_hidden=True)
    first, second = rendered_slides(lesson(asks, tells, alone, silent), tmp_path)
    page = BeautifulSoup(first.body, "html.parser")
    assert "secret" not in first.body
    assert page.select_one(".prediction").get_text(strip=True) == "How much?"
    waits = page.select_one(".fragment")
    assert "answer" in waits.get_text()
    assert "42" in waits.get_text()
    page = BeautifulSoup(second.body, "html.parser")
    assert page.select_one(".fragment").get_text(strip=True) == "43"
    assert "other" in page.select_one("pre.code").get_text()


def test_little_text_stands_above_its_picture_and_much_at_its_left(tmp_path: Path) -> None:
    picture = Cell(3, "code", "draw()", source_hidden=True, outputs_hidden=True, outputs=drawn())
    heading = md(1, "## Who decides?", "slide")
    short, long = md(2, "Four of them."), md(2, " ".join(["word"] * (STRIP + 1)))
    told = Cell(2, "code", "x = 1", source_hidden=True, outputs=printed("Four"))
    shown = Cell(2, "code", "x = 1", outputs=printed("1"))
    for cell, place in ((short, "above"), (told, "above"), (long, "beside"), (shown, "beside")):
        (leaf,) = rendered_slides(lesson(heading, cell, picture), tmp_path)
        page = BeautifulSoup(leaf.body, "html.parser")
        assert page.select_one(f".{place} figure"), place
        assert page.select_one(".fragment figure"), "the picture waits for the next key"
        assert page.get_text(" ", strip=True).startswith(("Four", "word", "x = 1"))
    alone = rendered_slides(lesson(heading, picture), tmp_path)[0].body
    assert "above" not in alone
    assert "beside" not in alone


def drawn() -> tuple[dict[str, object], ...]:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"></svg>'
    data = {"image/svg+xml": svg, "text/plain": "Nothing is drawn."}
    return ({"output_type": "execute_result", "data": data, "metadata": {}},)


def printed(text: str) -> tuple[dict[str, object], ...]:
    return ({"output_type": "stream", "name": "stdout", "text": text},)


def test_headings_inside_a_slide_stand_below_its_own(source: Path) -> None:
    body = rendered_slides(read_lecture(source), source.parent)[5].body
    assert "<h3>A part</h3>" in body
    low = rendered_slides(lesson(md(1, "Text\n\n# Loud", "slide")), source.parent)[0].body
    assert "<h3>Loud</h3>" in low


def test_a_handout_for_learners_holds_no_notes(source: Path) -> None:
    made = read_lecture(source)
    handout = deck(made, source.parent, Edition.HANDOUT)
    assert "200 alpha." not in BeautifulSoup(handout, "html.parser").select_one("main").get_text()
    assert handout.count('class="lines"') == 6
    assert "size: A4" in handout
    copy = deck(made, source.parent, Edition.NOTES)
    assert copy.count('<aside class="notes">') == 4
    assert 'class="lines"' not in copy
    plain = deck(made, source.parent)
    assert plain.count('<aside class="notes">') == 4
    assert "size: 1280px 720px" in plain
    assert "size: A4" not in plain


def test_notes_can_be_printed_from_the_file(source: Path) -> None:
    page = slides(source, source.parent / "deck.html", notes=True).read_text(encoding="utf-8")
    assert "size: A4" in page
    assert '<html lang="en" class="handout">' in page


def test_a_lesson_is_found_by_number_name_or_file(tmp_path: Path) -> None:
    for name in ("05_staking.ipynb", "06_emission.ipynb", "talk.ipynb"):
        saved(tmp_path, text("# A"), name=name)
    assert find_notebook("05", tmp_path) == tmp_path / "05_staking.ipynb"
    assert find_notebook("06_emission", tmp_path) == tmp_path / "06_emission.ipynb"
    assert find_notebook("talk", tmp_path) == tmp_path / "talk.ipynb"
    assert find_notebook(tmp_path / "talk.ipynb") == tmp_path / "talk.ipynb"
    assert find_notebook("05").name == "05_staking_and_unstaking.ipynb"


@pytest.mark.parametrize("name", ["07", "", "staking", "missing.ipynb"])
def test_a_lesson_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    saved(tmp_path, text("# A"), name="05_staking.ipynb")
    with pytest.raises(InputError, match=r"05|that is there"):
        find_notebook(name, tmp_path)


def test_a_talk_needs_no_opening_but_a_lesson_does(tmp_path: Path) -> None:
    talk = saved(tmp_path, text("Hello\n\n# The story", "slide"), name="talk.ipynb")
    made = read_lecture(talk)
    assert (made.title, made.number) == ("The story", "talk")
    assert "<title>The story</title>" in deck(made, tmp_path)
    numbered = saved(tmp_path, text("# Staking"), name="05_staking.ipynb")
    with pytest.raises(ValueError, match="first cell"):
        read_lecture(numbered)


def test_a_lesson_without_slides_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, text(OPENING), code("1"))
    with pytest.raises(ValueError, match="05_staking has no slide"):
        slides(path, tmp_path / "deck.html")
    assert not (tmp_path / "deck.html").exists()


@pytest.mark.parametrize(
    "cells",
    [
        [text("## A $\\foo$", "slide")],
        [text("## A", "slide"), text("![A](b.png)")],
        [text("## A", "slide", "2 min. $\\foo$")],
    ],
)
def test_what_cannot_be_shown_is_named_with_its_cell(tmp_path: Path, cells: list[object]) -> None:
    path = saved(tmp_path, text(OPENING, "slide"), *cells)
    with pytest.raises(ValueError, match=rf"Cell {len(cells) + 1}: the"):
        slides(path, tmp_path / "deck.html")
