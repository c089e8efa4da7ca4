"""The contents that lesson 00 shows: every lesson reached, three paths, no link to nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.lessons.contents import PATHS, course
from dtao_edu.lessons.course import course_data, read_course
from dtao_edu.lessons.lesson import read_lesson
from tests.helpers.lessons import OPENING, saved, text

ROOT = Path(__file__).resolve().parents[2]
NUMBERED = [f"{number:02}" for number in range(1, 15)]


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """Make a course of two lessons."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    saved(folder, text(OPENING))
    first = OPENING.replace("# 05 Staking and unstaking", "# 01 Who is paid")
    saved(folder, text(first.replace("40 alone", "15 alone")), name="01_who.ipynb")
    return folder


def links(markdown: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", markdown)


def test_all_lessons_with_links_that_start_beside_them(notebooks: Path) -> None:
    contents = course(folder=notebooks)
    assert links(contents._repr_markdown_()) == ["01_who.ipynb", "05_staking.ipynb"]
    assert repr(contents).splitlines() == [
        "01 Who is paid: say what a trade returns.",
        "05 Staking and unstaking: say what a trade returns.",
    ]


def test_what_stands_beside_the_lessons_is_listed_below_them_with_what_it_is_for(
    notebooks: Path,
) -> None:
    opening = OPENING.replace("# 05 Staking and unstaking", "# The story")
    about = {"purpose": "fifteen slides for a speaker"}
    saved(notebooks, text(opening), name="talk.ipynb", dtao_edu=about)
    contents = course(folder=notebooks)
    assert links(contents.table) == ["01_who.ipynb", "05_staking.ipynb", "talk.ipynb"]
    assert repr(contents).splitlines()[-1] == "The story: fifteen slides for a speaker."
    assert contents.table.index("beside the lessons") > contents.table.index("05_staking.ipynb")
    assert "talk" not in course("four weeks", folder=notebooks).table


def test_the_long_list_opens_folded_and_a_chosen_path_at_once(notebooks: Path) -> None:
    everything, path = course(folder=notebooks), course("an afternoon", folder=notebooks)
    shown = everything._repr_markdown_()
    assert shown.startswith("<details><summary>All lessons, to look up later</summary>\n\n")
    assert everything.table in shown
    assert path._repr_markdown_() == path.table


def test_a_path_adds_its_minutes_and_links_to_no_lesson_that_is_not_there(
    notebooks: Path,
) -> None:
    contents = course("an afternoon", folder=notebooks)
    assert links(contents._repr_markdown_()) == ["01_who.ipynb", "05_staking.ipynb"]
    assert repr(contents).splitlines() == [
        "first: 01 Who is paid (15 minutes)",
        "then: 03 (0 minutes)",
        "then: 05 Staking and unstaking (40 minutes)",
        "then: 06 (0 minutes)",
        "last: 08 (0 minutes)",
        "55 minutes alone, exercises not counted.",
    ]
    assert "| then | 03 |  |" in contents.table
    assert "01<br>" not in course("four weeks", folder=notebooks).table
    assert "05 Staking and unstaking](05_staking.ipynb)<br>06 |" in (
        course("four weeks", folder=notebooks).table
    )


def test_the_longer_paths_have_every_lesson_once_and_in_order() -> None:
    for path, weeks in (("four weeks", 4), ("twelve weeks", 12)):
        assert len(PATHS[path]) == weeks
        assert [number for _, numbers in PATHS[path] for number in numbers] == NUMBERED


def test_the_afternoon_is_the_shortest_way_to_vote_against_price() -> None:
    assert [numbers for _, numbers in PATHS["an afternoon"]] == [
        ("01",), ("03",), ("05",), ("06",), ("08",),
    ]  # fmt: skip


def test_the_order_names_every_notebook_and_nothing_else() -> None:
    order = course_data()["order"]
    assert sorted(order) == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert [lesson.name for lesson in read_course(ROOT / "notebooks").lessons] == order


def test_a_path_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(InputError, match=r"'a day'.*'an afternoon', 'four weeks'"):
        course("a day")


def test_lesson_00_reaches_every_lesson_and_shows_the_course_as_it_is() -> None:
    start = read_lesson(ROOT / "notebooks" / "00_start_here.ipynb")
    shown = "\n".join(cell.output_text for cell in start.code)
    again = "write notebooks/00_start_here.ipynb anew: python -m authoring write"
    assert course().table in shown, again
    assert any(course(path).table in shown for path in PATHS), again
    told = "\n".join(cell.source for cell in start.text)
    assert all(f'"{path}"' in told for path in PATHS), "every path can be chosen by its name"
    reached = set(links(shown)) | {
        link for cell in start.text for link in links(cell.source) if "/" not in link
    }
    there = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert there - {"00_start_here.ipynb"} <= reached, again
