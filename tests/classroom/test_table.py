"""The README's table of the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu.classroom.table import BEGIN, END, main, with_table
from tests.classroom.lessons import OPENING, saved, text


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a project with two lessons, one of them with exercises."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "exercises").mkdir()
    saved(tmp_path / "notebooks", text(OPENING))
    saved(tmp_path / "exercises", text("# Exercises"))
    talk = (
        "# The story\n**Afterwards you can**\n- tell it.\n**Minutes:** 30 as a lecture\n"
        "**Before this:** nothing\n**New words:** none"
    )
    saved(tmp_path / "notebooks", text(talk), name="talk.ipynb")
    (tmp_path / "README.md").write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    return tmp_path


def test_a_row_for_each_lesson_with_links_to_what_there_is(project: Path) -> None:
    assert main([str(project / "README.md")]) == 0
    assert (project / "README.md").read_text().splitlines() == [
        "before",
        BEGIN,
        "| lesson | afterwards you can | minutes alone | lecture | exercises |",
        "|---|---|---|---|---|",
        "| [05 Staking and unstaking](notebooks/05_staking.ipynb) | say what a trade returns "
        "| 40 | 25 | [05](exercises/05_staking.ipynb) |",
        "| [The story](notebooks/talk.ipynb) | tell it |  | 30 |  |",
        END,
        "after",
    ]


def test_writing_twice_changes_nothing(project: Path) -> None:
    page = project / "README.md"
    main([str(page)])
    once = page.read_text()
    main([str(page)])
    assert page.read_text() == once


def test_a_page_without_marks_is_refused(project: Path) -> None:
    from dtao_edu.classroom.review import read_course

    with pytest.raises(ValueError, match="must hold"):
        with_table(f"{END} {BEGIN}", read_course(project / "notebooks"))
