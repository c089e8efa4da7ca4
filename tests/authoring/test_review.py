"""The review of a lesson: a good one passes every rule, and each fault is found by its rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from authoring import review
from authoring.review import CLOSING, Rule
from dtao_edu.glossary import TERMS, Term
from dtao_edu.lessons.course import Course
from dtao_edu.lessons.lesson import Cell, Lesson
from tests.helpers import lessons

PRINTED = ({"output_type": "stream", "name": "stdout", "text": ["done"]},)
WORDS = tuple(term.name for term in TERMS if term.lesson == "05")
# One of them that is no ordinary word, so that a text that has it means it.
WORD = next(term.name for term in TERMS if term.lesson == "05" and not term.everyday)


def text(source: str, slide: str = "skip", notes: str = "", *tags: str) -> Cell:
    return Cell(0, "markdown", source, frozenset(tags), slide, notes)


def code(source: str = "run()", *tags: str) -> Cell:
    return Cell(0, "code", source, frozenset(tags), "skip", "", PRINTED, 1)


def placed(*cells: Cell) -> tuple[Cell, ...]:
    return tuple(replace(cell, position=n) for n, cell in enumerate(cells, 1))


def good(**changes: object) -> Lesson:
    """Make a lesson that keeps every rule."""
    bold = text("Now " + ", ".join(f"**{word}**" for word in WORDS) + ".")
    cells = placed(
        text("# 05 Staking", "slide", "5 min. Welcome."),
        bold,
        text("## Before you look"),
        text("What will it be?", "slide", "15 min. It is less.", "prediction"),
        code("run()", "nbval-check-output"),
        code("run()", "nbval-check-output"),
        *[text("word. " * 120) for _ in range(8)],
        *[code() for _ in range(4)],
        *[text(f"## {heading}") for heading in CLOSING],
    )
    lesson = Lesson("05_staking", "05", "Staking", ("do",), 20, 20, ("04_price",), WORDS, cells)
    return replace(lesson, **changes)  # type: ignore[arg-type]


def faults(rule: Rule, lesson: Lesson, *others: Lesson) -> list[str]:
    before = Lesson("04_price", "04", "Price", (), 5, None, (), (), ())
    return list(rule(lesson, Course(Path("notebooks"), (before, *others, lesson))))


def with_cells(*cells: Cell, **changes: object) -> Lesson:
    return good(cells=placed(good().cells[0], *cells), **changes)


@pytest.mark.parametrize("rule", review.RULES, ids=lambda rule: rule.__name__)
def test_a_good_lesson_keeps_every_rule(rule: Rule) -> None:
    assert faults(rule, good()) == []


def test_minutes_that_do_not_fit() -> None:
    assert faults(review.minutes, good(minutes=45)) == ["says 45 minutes alone; counted are 20"]
    assert faults(review.minutes, good(minutes=None)) == []


def test_length_and_compared_cells() -> None:
    short = faults(review.length, with_cells(code("run()", "nbval-check-output")))
    assert [fault.split(";")[0] for fault in short] == [
        "has 2 words",
        "has 2 cells",
        "has 1 cells with the tag nbval-check-output",
    ]
    nine = with_cells(*[code("run()", "nbval-check-output")] * 9)
    assert "has 9 cells with the tag nbval-check-output; allowed are 2 to 8" in faults(
        review.length, nine
    )
    assert faults(review.length, good(number="00")) == []


def test_something_to_guess_or_move_stands_on_the_first_screen() -> None:
    wall, ask = text("word " * 121), text("?", "skip", "", "prediction")
    live = replace(code("playground.pump()"), outputs=({"text": "Predict first. How high?"},))
    late = "has 121 words before the first thing to guess or move; allowed are 120"
    assert faults(review.opening, with_cells(wall, ask)) == [late]
    assert faults(review.opening, with_cells(wall, code(), live)) == [late]
    assert faults(review.opening, with_cells(wall)) == [late], "there is none"
    assert faults(review.opening, with_cells(live, wall)) == []
    assert faults(review.opening, with_cells(ask, wall)) == []
    assert faults(review.opening, with_cells(text("word " * 120), ask)) == []
    assert faults(review.opening, with_cells(wall, ask, number="")) == [], "a talk is no lesson"


def test_a_fold_holds_few_words() -> None:
    fold = "<details><summary>More of it</summary>\n\n{}\n\n</details>"
    few, many = fold.format("word " * 80), fold.format("word " * 81)
    assert faults(review.folds, with_cells(text(few + "\n\n" + few))) == []
    assert faults(review.folds, with_cells(text(few), text(many))) == [
        "cell 3 folds 81 words; allowed are 80"
    ]


def test_a_sentence_has_few_words() -> None:
    long = "Now " + "word " * 25 + "ends."
    fault = "cell 2 has a sentence of 27 words, 'Now word word word' ...; allowed are 25"
    assert faults(review.long_sentences, with_cells(text(long))) == [fault]
    assert (
        faults(review.long_sentences, with_cells(text("word " * 20 + ".\n\n" + "word " * 20))) == []
    )
    assert (
        faults(review.long_sentences, with_cells(text("- " + "word " * 20 + "\n- " + "word " * 20)))
        == []
    )
    assert (
        faults(review.long_sentences, with_cells(text("word " * 20 + "\n$$ x $$\n" + "word " * 20)))
        == []
    )
    assert faults(review.long_sentences, with_cells(text("| " + "word " * 30 + "|"))) == [], (
        "a table"
    )
    assert faults(review.long_sentences, with_cells(text("## Sources\n\n" + long))) == []
    assert faults(review.long_sentences, with_cells(text(long), number="")) == [], "no lesson"


def test_long_cells_and_compared_cells_without_text() -> None:
    assert faults(review.code, with_cells(code("a\n" * 12))) == []
    assert faults(review.code, with_cells(code("a\n" * 13)))
    assert faults(review.code, with_cells(code("a\n" * 20, "long"))) == []
    assert faults(review.code, with_cells(code("a\n" * 21, "long")))
    silent = replace(code("a", "nbval-check-output"), outputs=())
    assert faults(review.code, with_cells(silent)) == [
        "cell 2 is compared but has no text to compare"
    ]


def test_headings_out_of_order() -> None:
    closing = [text(f"## {heading}") for heading in CLOSING]
    assert faults(review.headings, with_cells(text("## A\n\n### B"), *closing)) == []
    assert (
        "level 4 after level 2"
        in faults(review.headings, with_cells(text("## A\n\n#### B"), *closing))[0]
    )
    assert "level 1" in faults(review.headings, with_cells(text("# A"), *closing))[0]
    (late,) = faults(review.headings, with_cells(*closing, text("## More")))
    assert late.endswith("must end with What to remember, Usual mistakes, Exercises, Sources")
    only = good(number="talk", cells=placed(text("# T"), text("## Sources")))
    assert faults(review.headings, only) == []


def test_predictions_without_answer_or_notes() -> None:
    ask = text("?", "slide", "", "prediction")
    assert faults(review.predictions, with_cells(ask, code())) == [
        "the slide of cell 2 asks a prediction without notes"
    ]
    told = replace(ask, notes="2 min. Less.")
    assert faults(review.predictions, with_cells(told, text("a"), text("b"), text("c"), code()))
    assert faults(review.predictions, with_cells(told, text("a"), text("b"), code())) == []


def test_a_result_is_not_kept_waiting_below_much_code() -> None:
    told = ({"output_type": "stream", "name": "stdout", "text": "1"},)
    work = replace(code("a = 1\n" * 8), slide_type="slide", notes="15 min.", outputs=told)
    assert faults(review.slides, with_cells(work)) == [
        "cell 2 shows 8 lines before its result; at most 7"
    ]
    assert faults(review.slides, with_cells(replace(work, source="print(a)\n" * 12))) == []
    unshown = replace(work, tags=frozenset({"hide-input-on-slides"}))
    assert faults(review.slides, with_cells(unshown)) == []


def test_slides_too_full_or_not_timed() -> None:
    full = text("word " * 61, "slide", "15 min. Read.")
    assert faults(review.slides, with_cells(full)) == [
        "the slide of cell 2 has 61 words; allowed are 60"
    ]
    shown = replace(code("a\n" * 13), slide_type="slide", notes="15 min.", outputs=())
    assert faults(review.slides, with_cells(shown)) == [
        "the slide of cell 2 shows 13 lines of code; allowed are 12"
    ]
    untold = text("a", "slide", "no minutes")
    assert faults(review.slides, with_cells(untold)) == [
        "the notes of cell 2 must open with '2 min.'"
    ]
    brief = text("a", "slide", "2.5 min. b")
    assert faults(review.slides, with_cells(brief)) == [
        "says 20 minutes as a lecture; the notes add up to 7.5"
    ]
    none = good(cells=placed(text("# T")))
    assert faults(review.slides, none) == ["has minutes as a lecture but no slides"]
    assert faults(review.slides, replace(none, minutes_lecture=None)) == []


def test_what_is_needed_comes_before() -> None:
    late = Lesson("08_later", "08", "Later", (), 5, None, (), (), ())
    assert faults(review.order, good(needs=("08_later", "03_no")), late) == [
        "needs 08_later, which is no earlier lesson",
        "needs 03_no, which is no earlier lesson",
    ]


def test_new_words_are_known_new_and_explained() -> None:
    assert faults(review.words, good(words=(*WORDS, "gizmo"))) == [
        "introduces 'gizmo', which the glossary does not have"
    ]
    earlier = Lesson("03_x", "03", "X", (), 5, None, (), (WORD,), ())
    lesson = good()
    course = Course(Path(), (earlier, lesson))
    assert list(review.words(lesson, course)) == [
        f"introduces {WORD!r}, which 03_x introduced already"
    ]
    assert faults(review.words, good(words=WORDS[1:])) == [
        f"must introduce {WORDS[0]!r}, as the glossary says"
    ]


def test_a_new_word_stands_in_bold_where_it_first_stands() -> None:
    late = with_cells(text(f"The {WORD}s here."), *good().cells[1:])
    assert faults(review.words, late) == [f"must explain {WORD!r} where it first stands, in bold"]
    heading = with_cells(text(f"## {WORD}"), *good().cells[1:])
    assert faults(review.words, heading) == []
    everyday = with_cells(text("No fee, I hope."), *good().cells[1:])
    assert faults(review.words, everyday) == [], "an ordinary word may come earlier"
    never = good(cells=good().cells[:1])
    assert len(faults(review.words, never)) == len(WORDS)


def test_words_of_later_lessons_are_found() -> None:
    uses = with_cells(text("The moving  prices and the\nmoving price."), text("An epoch."))
    assert faults(review.unexplained, uses) == [
        "cell 2 uses 'moving price', explained in lesson 07",
        "cell 3 uses 'epoch', explained in lesson 09",
    ]
    taught = Lesson("03_x", "03", "X", (), 5, None, (), ("epoch",), ())
    assert faults(review.unexplained, with_cells(text("An epoch.")), taught) == []
    own = with_cells(text("An **epoch**."), words=("epoch",))
    assert faults(review.unexplained, own) == []
    assert faults(review.unexplained, with_cells(text("Burn it."))) == [], "an everyday word"
    assert faults(review.unexplained, with_cells(text("Ban epochal words."))) == []
    signpost = with_cells(text("An epoch."), number="00")
    assert faults(review.unexplained, signpost) == [], "lesson 00 names what others explain"


def test_numbers_from_nowhere_and_given_in_vain() -> None:
    lesson = with_cells(text("It is 77."), given={"88": "a good source", "77": "said"})
    assert faults(review.numbers, lesson) == [
        "gives '88', which its text does not use",
        "gives '77' without a source",
    ]
    assert faults(review.numbers, with_cells(text("It is 77."))) == [
        "says '77', which it neither computes nor gives with a source"
    ]


def test_the_glossary_has_no_term_that_the_search_cannot_find() -> None:
    for term in TERMS:
        assert isinstance(term, Term)
        cell = text(f"Here is **{term.name}** and more.")
        assert review.uses(cell, term), term.name


def test_pictures_and_links(tmp_path: Path) -> None:
    (tmp_path / "here.ipynb").write_text("")
    shown = lessons.code("draw()")
    data = {"image/png": "AAAA", "text/plain": "<Figure size 640x480>"}
    shown["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]
    said = lessons.code("draw()")
    told = {**data, "text/plain": "The curve falls."}
    said["outputs"] = [{"output_type": "display_data", "data": told, "metadata": {}}]
    path = lessons.saved(
        tmp_path,
        lessons.text("![A pool with its curve](here.ipynb) ![short](here.ipynb)"),
        lessons.text("[a](here.ipynb#part) [b](gone.ipynb) [c](https://d.e) [f](#part)"),
        shown,
        said,
        lessons.code("a[0](x)"),
    )
    assert list(review.picture_faults(path)) == [
        "cell 1 shows here.ipynb without a sentence as alternative text",
        "cell 2 links to gone.ipynb, which is not there",
        "cell 3 stores a picture without a sentence",
    ]
