"""A lesson read from its notebook: opening cell, cells, slides, minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu.lessons.lesson import count_words, prose, read_cells, read_lesson
from tests.helpers.lessons import OPENING, code, saved, text


def test_the_opening_cell_is_read_in_parts(tmp_path: Path) -> None:
    lesson = read_lesson(saved(tmp_path, text(OPENING)))
    assert lesson.number == "05"
    assert lesson.name == "05_staking"
    assert lesson.title == "Staking and unstaking"
    assert lesson.objectives == ("say what a trade returns", "split an order")
    assert (lesson.minutes, lesson.minutes_lecture) == (40, 25)
    assert lesson.needs == ("03_two_tokens", "04_deriving_the_price")
    assert lesson.words == ("slippage", "limit price")


def test_a_lesson_may_need_nothing_bring_no_word_and_have_no_number(tmp_path: Path) -> None:
    opening = (
        "# The whole story\n**Minutes:** 30 as a lecture\n<details><summary>More</summary>\n"
        "**Afterwards you can**\n- tell it\n**Before this:** nothing\n**New words:** none\n"
        "</details>"
    )
    lesson = read_lesson(saved(tmp_path, text(opening), name="talk.ipynb"))
    assert (lesson.number, lesson.minutes, lesson.minutes_lecture) == ("talk", None, 30)
    assert lesson.needs == lesson.words == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Afterwards you can**", "**You can**"),
        ("- say what a trade returns\n- split an order\n", ""),
        ("**Minutes:** 40 alone, 25 as a lecture\n", ""),
        ("40 alone, 25 as a lecture", "a while"),
        (
            "[03 Two tokens](03_two_tokens.ipynb), [04 The price](04_deriving_the_price.ipynb)",
            "all",
        ),
        ("**New words:** slippage, limit price", "and more"),
        ("# 05 ", "## 05 "),
    ],
)
def test_an_opening_of_another_shape_is_refused(tmp_path: Path, old: str, new: str) -> None:
    assert old in OPENING
    with pytest.raises(ValueError, match="05_staking"):
        read_lesson(saved(tmp_path, text(OPENING.replace(old, new))))


def test_a_lesson_opens_with_text(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="first cell"):
        read_lesson(saved(tmp_path, code("1"), text(OPENING)))
    with pytest.raises(ValueError, match="first cell"):
        read_lesson(saved(tmp_path))


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"cells": [], "nbformat": 3}'])
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "05.ipynb"
    path.write_text(content)
    with pytest.raises(ValueError, match=r"05\.ipynb"):
        read_cells(path)


def test_minutes_follow_the_formula(tmp_path: Path) -> None:
    words = " ".join(["word"] * 1500)  # 10 minutes, less what the opening adds below
    ask = text("Guess.", tags=("prediction",))
    lesson = read_lesson(saved(tmp_path, text(OPENING), text(words), ask, *[code("1")] * 10))
    minutes = lesson.word_count / 150 + 1.5 * 10 + 3
    assert 28 <= minutes < 29
    assert lesson.minutes_counted == 30
    assert len(lesson.predictions) == 1


def test_half_way_rounds_up_and_no_lesson_takes_less_than_five(tmp_path: Path) -> None:
    empty = read_lesson(saved(tmp_path, text(OPENING)))
    assert empty.minutes_counted == 5
    fill = 1875 - empty.word_count  # 1875 / 150 = 12.5
    full = read_lesson(saved(tmp_path, text(OPENING), text("word " * fill)))
    assert full.minutes_counted == 15
    less = read_lesson(saved(tmp_path, text(OPENING), text("word " * (fill - 1))))
    assert less.minutes_counted == 10


def test_words_are_those_that_are_read() -> None:
    assert count_words("One [link](far/away.html), `code`, two-part don't.") == 5
    assert count_words("```python\nnot these\n```\nbut these") == 2
    assert count_words("A formula $a + b$ and\n$$c = d$$\nno words") == 5
    assert count_words("<!-- a remark --> <https://a.b/c> https://d.e/f end") == 1
    assert prose("[a](b)") == "[a]"


def test_slides_gather_what_follows_and_leave_out_what_is_skipped(tmp_path: Path) -> None:
    lesson = read_lesson(
        saved(
            tmp_path,
            text(OPENING, "slide", "1 min. Welcome."),
            text("left out", "skip"),
            text("four words on it", "subslide", "2 min. Ask."),
            code("a = 1\na", slide="fragment"),
            text("more", "-", "Then answer."),
            text("left out", "notes"),
            code("b", slide="slide"),
        )
    )
    kinds = [(slide.kind, [cell.position for cell in slide.cells]) for slide in lesson.slides]
    assert kinds == [("slide", [1]), ("subslide", [3, 4, 5]), ("slide", [7])]
    assert lesson.slides[1].notes == "2 min. Ask.\n\nThen answer."
    assert lesson.slides[1].words == 5
    assert lesson.slides[0].words == 4, "the title alone"


def test_cells_before_the_first_slide_are_on_none(tmp_path: Path) -> None:
    lesson = read_lesson(saved(tmp_path, text(OPENING), text("b", "slide")))
    assert [cell.position for slide in lesson.slides for cell in slide.cells] == [2]


def test_sections_and_headings(tmp_path: Path) -> None:
    lesson = read_lesson(
        saved(
            tmp_path,
            text(OPENING),
            text("## Sources\nOne."),
            text("Two.\n\n### Deep\n```\n# no heading\n```"),
            text("## Next\nNot this."),
        )
    )
    assert lesson.section("Sources") == "One.\n\nTwo.\n\n### Deep\n```\n# no heading\n```"
    assert lesson.section("Missing") == ""
    assert lesson.cells[2].headings == ((3, "Deep"),)
    assert code("# comment")["cell_type"] == "code"


def test_output_text_holds_all_that_can_be_read(tmp_path: Path) -> None:
    cell = code("show()", "printed 1\n")
    data = {"text/plain": ["plain ", "2"], "text/html": "<b>3</b>", "image/png": "AAAA"}
    cell["outputs"].append({"output_type": "display_data", "data": data, "metadata": {}})
    (read,), _ = read_cells(saved(tmp_path, cell))
    assert read.output_text.split("\n") == ["printed 1", "", "", "plain 2", "<b>3</b>"]
    assert read.words == 0
    assert read.headings == ()


def test_given_numbers_come_from_the_metadata(tmp_path: Path) -> None:
    given = {"33/65535": "the fee since July 2025"}
    path = saved(tmp_path, text(OPENING), dtao_edu={"given": given})
    assert read_lesson(path).given == given
