"""The README's table of the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.tables import BEGIN, END, RULES_BEGIN, RULES_END, with_table, write
from dtao_edu import rules_table
from dtao_edu.lessons.course import read_course
from dtao_edu.lessons.table import course_table
from tests.helpers.lessons import OPENING, saved, text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with one lesson, its exercises, and two notebooks beside the lessons."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "exercises").mkdir()
    saved(tmp_path / "notebooks", text(OPENING))
    saved(tmp_path / "exercises", text("# Exercises"), name="05_exercises.ipynb")
    talk = (
        "# The story\n**Minutes:** 30 as a lecture\n<details><summary>More</summary>\n"
        "**Afterwards you can**\n- tell it.\n**Before this:** nothing\n**New words:** none\n"
        "</details>"
    )
    saved(tmp_path / "notebooks", text(talk), name="talk.ipynb")
    claims = talk.replace("# The story", "# The claims").replace("30 as a lecture", "9 alone")
    purpose = {"purpose": "look up one claim."}
    saved(tmp_path / "notebooks", text(claims), name="claims.ipynb", dtao_edu=purpose)
    (tmp_path / "README.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    return tmp_path


def test_a_row_for_each_lesson_and_below_them_what_stands_beside_them(project: Path) -> None:
    write(project / "README.md")
    assert (project / "README.md").read_text().splitlines() == [
        "before",
        BEGIN,
        "| lesson | afterwards you can | minutes alone | lecture | exercises |",
        "|---|---|---|---|---|",
        "| [05 Staking and unstaking](notebooks/05_staking.ipynb) | say what a trade returns "
        "| 40 | 25 | [05](exercises/05_exercises.ipynb) |",
        "",
        "| beside the lessons | what it is for | minutes |",
        "|---|---|---|",
        "| [The claims](notebooks/claims.ipynb) | look up one claim | 9 alone |",
        "| [The story](notebooks/talk.ipynb) | tell it | 30 as a lecture |",
        "",
        "Minutes are estimates: one for 150 words, 1.5 for each cell of code, 3 for each "
        "prediction. An exercise: 3 for a choice or a prediction, 5 for a number or an order, "
        "6 for a table or code.",
        END,
        "after",
    ]


def test_writing_twice_changes_nothing(project: Path) -> None:
    page = project / "README.md"
    write(page)
    once = page.read_text()
    write(page)
    assert page.read_text() == once


def test_a_page_that_has_room_for_the_rules_gets_them(project: Path) -> None:
    page = project / "README.md"
    page.write_text(page.read_text() + f"{RULES_BEGIN}\nan older table\n{RULES_END}\nlast\n")
    write(page)
    text = page.read_text()
    assert "an older table" not in text
    assert all(f"`{row.name}`" in text for row in rules_table().rows)
    assert text.endswith(f"{RULES_END}\nlast\n")


def test_a_course_of_lessons_alone_has_one_table(project: Path) -> None:
    for name in ("talk", "claims"):
        (project / "notebooks" / f"{name}.ipynb").unlink()
    table = course_table(read_course(project / "notebooks"))
    assert "beside" not in table
    assert "\n\n|" not in table


def test_a_page_without_marks_is_refused(project: Path) -> None:
    with pytest.raises(ValueError, match="must hold"):
        with_table(f"{END} {BEGIN}", read_course(project / "notebooks"))
