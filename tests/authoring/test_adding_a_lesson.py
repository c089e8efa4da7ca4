"""A lesson more: its notebook and one line of `course.toml`, and it is everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from authoring.tables import BEGIN, END, with_table
from dtao_edu.lecture.slides import deck, read_lecture
from dtao_edu.lecture.teacher import page as teacher
from dtao_edu.lessons import course as courses
from dtao_edu.lessons.contents import course as contents
from dtao_edu.lessons.course import course_data, find_notebook, read_course
from dtao_edu.lessons.learners_copy import lay
from dtao_edu.site.cells import Body
from tests.helpers.lessons import OPENING, code, saved, text


def test_a_lesson_is_a_notebook_and_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (tmp_path / "exercises").mkdir()
    for name in ("00_start_here", "05_staking_and_unstaking"):
        number = f"# {name[:2]} A lesson"
        opening = OPENING.replace("# 05 Staking and unstaking", number)
        saved(folder, text(opening, "slide", "1 min. Welcome."), name=f"{name}.ipynb")
    # The two places: a notebook, and its name in the order of the course.
    opening = OPENING.replace("# 05 Staking and unstaking", "# 03 A bridge between")
    asks = text("What comes out?", "slide", "2 min. Answer: less.", ("prediction",))
    saved(folder, text(opening, "slide", "1 min. Hello."), asks, code("1 + 1", "2"),
          name="03_a_bridge.ipynb")  # fmt: skip
    order = [*course_data()["order"]]
    order.insert(1, "03_a_bridge")
    longer = {**course_data(), "order": order}
    monkeypatch.setattr(courses, "course_data", lambda: longer)

    found = read_course(folder)
    lesson = found.lessons[1]
    assert [one.number for one in found.lessons] == ["00", "03", "05"]
    assert "03 A bridge between" in repr(contents(folder=folder))
    assert "03_a_bridge.ipynb" in with_table(f"{BEGIN}{END}", found)
    assert find_notebook("03", folder).stem == "03_a_bridge"
    path = folder / "03_a_bridge.ipynb"
    assert deck(read_lecture(path), folder).count('<section class="slide') == 2
    assert "less." in teacher(path)
    assert 'id="cell-03-002"' in Body(lesson, folder, lambda target: None).html()
    assert "notebooks/03_a_bridge.ipynb" in lay(tmp_path / "mine", tmp_path).written
