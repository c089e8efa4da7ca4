"""Pages of the site without a browser: what is on them, and where their links lead."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

import dtao_edu
from dtao_edu.browser import LEFT_OUT
from dtao_edu.engine.errors import InputError
from dtao_edu.glossary import TERMS
from dtao_edu.lessons.claims import VERDICTS
from dtao_edu.lessons.course import course_folder, read_course
from dtao_edu.practice import bank
from dtao_edu.site import site
from dtao_edu.site.address import launches, repository, source
from dtao_edu.site.cells import Body
from dtao_edu.site.exercises import exercise_page
from dtao_edu.site.front import front_page
from dtao_edu.site.kept import BESIDE
from dtao_edu.site.reference import api_pages, glossary_page, rules_page
from dtao_edu.site.shell import Page, finish
from tests.helpers.lecture import SENTENCE
from tests.helpers.lessons import OPENING, code, saved, text

COURSE = read_course(course_folder() / "notebooks")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of two lessons, pictures in place of flip-books."""
    folder = tmp_path_factory.mktemp("site") / "course"
    return site(folder, only=("00", "05"), flipbooks=False).folder


@cache
def pages(folder: Path) -> list[tuple[Path, BeautifulSoup]]:
    """All pages but the decks of slides, read once; no test changes one."""
    return [
        (path, BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser"))
        for path in sorted(folder.rglob("*.html"))
        if path.parent.name != "slides" or path.stem == "index"
    ]


def test_every_page_has_its_frame(built: Path) -> None:
    seen = 0
    for path, page in pages(built):
        assert page.html["lang"] == "en", path
        assert len(page.find_all("h1")) == 1, path
        assert page.title.get_text(), path
        assert "advice" in page.footer.get_text(), path
        assert re.search(r"known to \d{4}-\d\d-\d\d", page.footer.get_text()), path
        assert page.find("meta", property="og:image"), path
        seen += 1
    assert seen > 15


def test_every_link_between_pages_holds(built: Path) -> None:
    ids = {path: {one["id"] for one in page.find_all(id=True)} for path, page in pages(built)}
    for path, page in pages(built):
        for link in page.find_all("a", href=True):
            target, _, mark = unquote(str(link["href"])).partition("#")
            if re.match(r"https?:", target):
                continue
            other = (path.parent / target).resolve() if target else path
            if not other.is_file():
                # Only some lessons are built here; links to others lead to pages of the whole.
                assert re.search(r"(lessons|exercises|slides)/\w+\.html$", other.as_posix()), (
                    path, link["href"],
                )  # fmt: skip
            elif mark and other in ids:
                assert mark in ids[other], (path, link["href"])


def test_nothing_is_asked_of_another_host(built: Path) -> None:
    for path, page in pages(built):
        for name in ("src", "srcset", "data", "action", "poster"):
            for element in page.find_all(attrs={name: True}):
                assert not re.match(r"(https?:)?//", str(element[name])), path
        for element in page.find_all("link", href=True):
            assert not re.match(r"(https?:)?//", str(element["href"])), path
    for path in [*built.rglob("*.css"), *(built / "assets").glob("*.js")]:
        if path.name != "index.js":
            content = path.read_text(encoding="utf-8")
            assert not re.search(r"url\((?!data:)|@import|fetch\(|XMLHttp|import\(", content), path


def test_pictures_keep_their_sentences_and_formulas_are_mathml(built: Path) -> None:
    lesson = BeautifulSoup(
        (built / "lessons" / "05_staking_and_unstaking.html").read_text(encoding="utf-8"),
        "html.parser",
    )
    drawings = lesson.select("[role=img]")
    assert drawings
    # A playground that asks first is named by its question.
    assert all(one["aria-label"].endswith((".", "?")) for one in drawings)
    assert all(one.get("alt") for one in lesson.find_all("img"))
    assert "$" not in "".join(one.get_text() for one in lesson.select("main p"))


def test_no_answer_stands_open_above_its_guess(built: Path) -> None:
    for path, page in pages(built):
        questions = page.select(".question")
        for closed in page.select("details.answer"):
            assert not closed.has_attr("open"), path
        for question in questions:
            asked = json.loads(question["data-question"])
            assert asked["choices"] or str(asked["answer"]) not in question.get_text(), path
        if path.parent.name == "lessons" and questions:
            listed = page.select_one(".answers")
            assert len(listed.find_all("dt")) == len(questions), "for who has no scripts"


def test_the_front_page_is_one_question_one_answer_three_verdicts_and_ways_on(
    built: Path,
) -> None:
    page = BeautifulSoup((built / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert len(page.select(".question")) == 1
    assert json.loads(page.select_one(".question")["data-question"])["answer"] == 5000
    verdicts = page.select(".verdicts li")
    assert len(verdicts) == 3
    for one in verdicts:
        assert any(mark in one.get_text() for mark in VERDICTS.values())
        assert "What would change it" in one.get_text()
    assert page.select_one(".ways")
    assert front_page(COURSE, "").path == "index.html"


def test_weight_of_a_lesson(built: Path) -> None:
    import gzip

    for path, _ in pages(built):
        assert len(gzip.compress(path.read_bytes())) < 150_000, path


def test_the_index_finds_a_word_where_it_stands(built: Path) -> None:
    script = (built / "assets" / "index.js").read_text(encoding="utf-8")
    rows = json.loads(script.removeprefix("window.dtaoIndex = ").rstrip(";\n"))
    hits = [row for row in rows if "slippage" in row[4].lower()]
    assert any(row[0].startswith("lessons/05") for row in hits)
    assert any(row[0] == "glossary.html" for row in hits)


def test_building_again_runs_nothing_and_changes_nothing(built: Path) -> None:
    before = {path: path.read_bytes() for path in built.rglob("*.html")}
    site(built, only=("00", "05"), flipbooks=False)
    for path, content in before.items():
        assert path.read_bytes() == content, path


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(InputError, match="an empty folder"):
        site(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


def test_links_of_a_notebook_lead_to_pages(tmp_path: Path) -> None:
    path = saved(tmp_path, text(OPENING), text("[a](x.ipynb) [b](https://example.org/)"))
    lesson = read_course(tmp_path).lessons[0]
    body = Body(lesson, path.parent, lambda target: target.replace(".ipynb", ".html"))
    assert '<a href="x.html">a</a>' in body.html()
    gone = Body(lesson, path.parent, lambda target: None)
    assert "<a" not in gone.html()


def test_code_of_a_prediction_names_the_answer_and_is_not_on_the_page(tmp_path: Path) -> None:
    asks = code("predict('?', answer=42)", "Predict first. How much?")
    asks["metadata"]["tags"] = ["prediction"]
    saved(tmp_path, text(OPENING), asks)
    lesson = read_course(tmp_path).lessons[0]
    assert "42" not in Body(lesson, tmp_path, lambda target: None).html()


def test_a_room_that_is_left_out_is_a_room_of_the_package() -> None:
    files = list(Path(dtao_edu.__file__).parent.iterdir())
    rooms = {path.name for path in files} | {path.stem for path in files}
    assert {*LEFT_OUT, *BESIDE} <= rooms


def test_printed_sentences_may_break_and_columns_may_not(tmp_path: Path) -> None:
    wide = f"price{' ' * 80}5\n"
    cells = (code("1", "You pay 5 TAO.\n"), code("2", "price  5\n"), code("3", wide))
    saved(tmp_path, text(OPENING), *cells)
    body = Body(read_course(tmp_path).lessons[0], tmp_path, lambda target: None).html()
    assert '<pre class="printed words">You pay' in body
    assert '<pre class="printed">price' in body
    assert '<pre class="printed wide">price' in body


def test_words_are_explained_once_and_the_longest_wins() -> None:
    words = [term.name for term in TERMS if not term.everyday]
    whole = max(words, key=len)
    page = finish(Page("a.html", "A", f"<h1>A</h1><p>The {whole}, and {whole} again.</p>"))
    assert page.html.count('class="word"') == 1
    assert page.words == {whole: next(t.meaning for t in TERMS if t.name == whole)}
    plain = finish(Page("a.html", "A", f"<h1>{whole}</h1><pre>{whole}</pre><a>{whole}</a>"))
    assert plain.words == {}


def test_headings_have_places_of_their_own() -> None:
    page = finish(Page("a.html", "A", "<h1>A</h1><h2>Sources</h2><h2>Sources</h2>"))
    assert [name for _, name, _ in page.headings] == ["a", "sources", "sources-2"]


def test_every_exercise_of_a_lesson_is_on_its_page() -> None:
    for lesson in COURSE.lessons:
        if lesson.number in bank.lessons():
            body = exercise_page(lesson).body
            found = bank.exercises(lesson.number)
            assert body.count('<section class="exercise"') == len(found)
            assert body.count('<details class="solution"') == len(found)


def test_the_glossary_has_every_word_and_the_rules_every_row() -> None:
    glossary = finish(glossary_page(COURSE))
    assert glossary.html.count("<dt") == len(TERMS)
    assert "price_burn_gate_rank" in rules_page().body


def test_the_package_is_described_from_its_docstrings() -> None:
    made = {page.path: page.body for page in api_pages()}
    assert "slippage" in made["api/dtao_edu.html"]
    assert 'id="Pool.stake"' in made["api/dtao_edu.html"]
    assert not any(" at 0x" in body for body in made.values())
    for path, body in made.items():
        assert not re.search(r"-{4,}|<p>[^<]*&gt;&gt;&gt;", body), f"{path}: a docstring in the raw"
        assert "Amount'" not in body, "a type is no text"
    history = BeautifulSoup(made["api/dtao_edu.html"], "html.parser").find(id="History")
    named = history.find_next("dl", class_="fields").find_all("dt")
    assert {"issuance, root_tao", "stopped"} <= {one.get_text() for one in named}


def test_links_are_made_from_one_setting() -> None:
    address = "https://github.com/a/b"
    assert source(address, "notebooks/05.ipynb").startswith(f"{address}/blob/main/")
    assert set(launches(address, "x.ipynb")) == {"Binder", "Colab", "Codespaces"}
    assert launches("https://example.org/a", "x.ipynb") == {}
    assert source("", "x") == ""
    assert "OWNER" not in repository()


def test_an_address_brings_links_to_the_source(tmp_path: Path, built: Path) -> None:
    copy = shutil.copytree(built, tmp_path / "course")
    folder = site(copy, address="https://github.com/a/b", only=("00",), flipbooks=False).folder
    lesson = (folder / "lessons" / "00_start_here.html").read_text(encoding="utf-8")
    assert "https://github.com/a/b/blob/main/notebooks/00_start_here.ipynb" in lesson
    assert "mybinder.org/v2/gh/a/b/main" in lesson
    assert "https://github.com/a/b/issues/new/choose" in lesson
    assert SENTENCE not in lesson
