"""A look at a lesson without a kernel: what a reader, a lecturer or a test stumbles over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from authoring.normal_form import form_faults
from authoring.numbers import idle, unfounded
from dtao_edu.glossary import TERMS, Term
from dtao_edu.lecture.code_on_slides import shown_code
from dtao_edu.lessons.course import Course, read_course
from dtao_edu.lessons.lesson import Cell, Lesson, count_words, prose, read_cells, read_lesson

CLOSING = ("What to remember", "Usual mistakes", "Exercises", "Sources")
LINES = 12  # of code in a cell, and on a slide
LONGEST = 20  # with the tag "long"
FEW = 7  # that a slide shows above a result
SLIDE_WORDS = 60
FOLD_WORDS = 80
SENTENCE_WORDS = 25


@dataclass(frozen=True)
class Budget:
    """How long a lesson may be: least and most of words, cells and compared cells.

    And how many words may stand before the first thing to guess or to move.
    """

    words: tuple[int, int] = (700, 1400)
    cells: tuple[int, int] = (20, 35)
    compared: tuple[int, int] = (2, 8)
    closing: tuple[str, ...] = CLOSING
    before: int = 120


# The lessons that are of another kind than the rest.
BUDGETS = {
    "00": Budget((300, 1200), (8, 30), (1, 8), ("Sources",)),
    "01": Budget((600, 1400), (10, 35)),
    "13": Budget((900, 2000), (15, 45), (2, 8), ("Sources",)),
    "talk": Budget((300, 1400), (15, 45), (8, 16), ("Sources",)),  # all that a slide shows
    "field": Budget((500, 1200), (10, 30), (5, 12), ("Sources",)),
    "claims": Budget((300, 3450), (10, 60), (1, 25), ("Sources",)),
}


Rule = Callable[[Lesson, Course], Iterator[str]]


def minutes(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold the minutes alone against the published rate."""
    if lesson.minutes not in (None, lesson.minutes_counted):
        yield f"says {lesson.minutes} minutes alone; counted are {lesson.minutes_counted}"


def length(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold words, cells and compared cells against the budget."""
    budget = BUDGETS.get(lesson.number, Budget())
    compared = sum(cell.is_compared for cell in lesson.cells)
    for what, count, (least, most) in (
        ("words", lesson.word_count, budget.words),
        ("cells", len(lesson.cells), budget.cells),
        ("cells with the tag nbval-check-output", compared, budget.compared),
    ):
        if not least <= count <= most:
            yield f"has {count} {what}; allowed are {least} to {most}"


def opening(lesson: Lesson, course: Course) -> Iterator[str]:
    """Let a lesson begin with something to guess or to move: on the first screen, not below it."""
    if not lesson.is_numbered:
        return
    words, most = 0, BUDGETS.get(lesson.number, Budget()).before
    for cell in lesson.cells[1:]:
        if cell.is_prediction or "Predict first." in cell.output_text:
            break
        words += cell.words
    if words > most:
        yield f"has {words} words before the first thing to guess or move; allowed are {most}"


def folds(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold what a reader must open to read to a few words."""
    for cell in lesson.text[1:]:
        for inside in re.findall(r"</summary>(.*?)</details>", cell.source, re.DOTALL):
            if (words := count_words(inside)) > FOLD_WORDS:
                yield f"cell {cell.position} folds {words} words; allowed are {FOLD_WORDS}"


def long_sentences(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold a sentence to a few words: for many readers English is a second language."""
    if not lesson.is_numbered:
        return
    for cell in lesson.text[1:]:
        told = re.split(r"^## Sources$", cell.source, flags=re.MULTILINE)[0]
        told = re.sub(r"\$\$.*?\$\$", ".\n\n", told, flags=re.DOTALL)
        told = re.sub(r"^(?:#|\|).*$", "", told, flags=re.MULTILINE)  # headings and tables
        for block in re.split(r"\n\s*\n|\n(?=[-*\d])", told):
            for sentence in re.split(r"(?<=[.?!:;])[\"*)]*\s", block):
                if (words := count_words(sentence)) > SENTENCE_WORDS:
                    start = " ".join(sentence.split()[:4])
                    yield (
                        f"cell {cell.position} has a sentence of {words} words, {start!r} ...; "
                        f"allowed are {SENTENCE_WORDS}"
                    )


def code(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold each code cell to its lines, and each compared cell to have an output."""
    for cell in lesson.code:
        # What is folded, such as the reasons of a prediction, costs a reader nothing.
        most = LONGEST if "long" in cell.tags or cell.source_hidden else LINES
        if cell.lines > most:
            yield f"cell {cell.position} has {cell.lines} lines of code; allowed are {most}"
        if cell.is_compared and not cell.output_text.strip():
            yield f"cell {cell.position} is compared but has no text to compare"


def headings(lesson: Lesson, course: Course) -> Iterator[str]:
    """One title, no level left out, and the closing sections in order."""
    found = [heading for cell in lesson.cells for heading in cell.headings]
    for (above, _), (level, text) in pairwise(found):
        if level == 1 or level > above + 1:
            yield f"the heading {text!r} has level {level} after level {above}"
    closing = BUDGETS.get(lesson.number, Budget()).closing
    last = tuple(text for level, text in found if level == 2)[-len(closing) :]
    if last != closing:
        yield f"ends with the sections {', '.join(last)}; it must end with {', '.join(closing)}"


def predictions(lesson: Lesson, course: Course) -> Iterator[str]:
    """Ask before the answer: code follows a prediction, and the notes hold the answer."""
    for cell in lesson.predictions:
        after = lesson.cells[cell.position : cell.position + 3]
        if cell.kind == "markdown" and not any(one.kind == "code" for one in after):
            yield f"the prediction in cell {cell.position} is not followed by its answer"
    for slide in lesson.slides:
        if any(cell.is_prediction for cell in slide.cells) and not slide.notes:
            yield f"the slide of cell {slide.cells[0].position} asks a prediction without notes"


def slides(lesson: Lesson, course: Course) -> Iterator[str]:
    """Hold each slide to its words and lines, and the notes' minutes to the lecture's."""
    for slide in lesson.slides:
        where = f"the slide of cell {slide.cells[0].position}"
        if slide.words > SLIDE_WORDS:
            yield f"{where} has {slide.words} words; allowed are {SLIDE_WORDS}"
        code = [
            (cell, len(shown_code(cell).splitlines()))
            for cell in slide.cells
            if cell.kind == "code"
        ]
        if (whole := sum(lines for _, lines in code)) > LINES:
            yield f"{where} shows {whole} lines of code; allowed are {LINES}"
        for cell, lines in code:
            if cell.outputs and lines > FEW:
                yield f"cell {cell.position} shows {lines} lines before its result; at most {FEW}"
    if lesson.minutes_lecture is None:
        return
    if not lesson.slides:
        yield "has minutes as a lecture but no slides"
        return
    spoken = [re.match(r"(\d+(?:\.5)?) min\.", slide.notes) for slide in lesson.slides]
    for slide, match in zip(lesson.slides, spoken, strict=True):
        if not match:
            yield f"the notes of cell {slide.cells[0].position} must open with '2 min.'"
    total = sum(float(match[1]) for match in spoken if match)
    if all(spoken) and abs(total - lesson.minutes_lecture) > 3:
        yield f"says {lesson.minutes_lecture} minutes as a lecture; the notes add up to {total:g}"


def order(lesson: Lesson, course: Course) -> Iterator[str]:
    """What is needed before stands before."""
    before = {one.name for one in course.before(lesson)}
    for name in lesson.needs:
        if name not in before:
            yield f"needs {name}, which is no earlier lesson"


def words(lesson: Lesson, course: Course) -> Iterator[str]:
    """Each new word is in the glossary, is new here, and stands in bold where it is explained."""
    known = {term.name: term for term in TERMS}
    for word in lesson.words:
        if word not in known:
            yield f"introduces {word!r}, which the glossary does not have"
            continue
        if course.teaching(word)[0] != lesson:
            yield f"introduces {word!r}, which {course.teaching(word)[0].name} introduced already"
        first = next((cell for cell in lesson.text[1:] if uses(cell, known[word])), None)
        if first is None or not _in_bold(first, word):
            yield f"must explain {word!r} where it first stands, in bold"
    for term in TERMS:
        if term.lesson == lesson.number and term.name not in lesson.words:
            yield f"must introduce {term.name!r}, as the glossary says"


def unexplained(lesson: Lesson, course: Course) -> Iterator[str]:
    """Find words of the field that come before the lesson that introduces them."""
    if lesson.number == "00":  # it names what the lessons will explain
        return
    taught = {word for one in (*course.before(lesson), lesson) for word in one.words}
    for term in TERMS:
        if term.everyday or term.name in taught or term.lesson < lesson.number:
            continue
        for cell in lesson.text[1:]:
            if uses(cell, term):
                yield f"cell {cell.position} uses {term.name!r}, explained in lesson {term.lesson}"
                break


def _pattern(word: str) -> str:
    spaced = r"\s+".join(map(re.escape, word.split()))
    return rf"(?<![\w-]){spaced}(?:s|es)?(?![\w-])"


def uses(cell: Cell, term: Term) -> bool:
    """Whether a cell of text uses a term of the glossary; of an everyday word, explains it."""
    text = re.sub(r"^#+ .*$", " ", prose(cell.source), flags=re.MULTILINE)
    if term.everyday:  # the ordinary word may come earlier; look for the explanation alone
        return _in_bold(cell, term.name)
    return bool(re.search(_pattern(term.name), text, re.IGNORECASE))


def _in_bold(cell: Cell, word: str) -> bool:
    bold = re.findall(r"\*\*(.+?)\*\*", cell.source, re.DOTALL)
    return any(re.search(_pattern(word), text, re.IGNORECASE) for text in bold)


def numbers(lesson: Lesson, course: Course) -> Iterator[str]:
    """Each number of the text is computed or given, and what is given is used."""
    for text in unfounded(lesson):
        yield f"says {text!r}, which it neither computes nor gives with a source"
    for key in idle(lesson):
        yield f"gives {key!r}, which its text does not use"
    for key, source in lesson.given.items():
        if len(source) < 8:
            yield f"gives {key!r} without a source"


RULES: tuple[Rule, ...] = (
    minutes,
    length,
    opening,
    folds,
    long_sentences,
    code,
    headings,
    predictions,
    slides,
    order,
    words,
    unexplained,
    numbers,
)


def picture_faults(path: Path) -> Iterator[str]:
    """Find pictures without words, and links that lead nowhere, in any notebook."""
    for cell in read_cells(path)[0]:
        for shown, sentence, target in re.findall(r"(!?)\[([^\]]*)\]\(([^)\s]+)", cell.source):
            if cell.kind == "code":
                continue
            if shown and len(sentence.split()) < 4:
                yield f"cell {cell.position} shows {target} without a sentence as alternative text"
            here = target.partition("#")[0]
            if here and not re.match(r"[a-z]+:", here) and not (path.parent / here).exists():
                yield f"cell {cell.position} links to {target}, which is not there"
        for output in cell.outputs:
            data = output.get("data", {})
            sentence = "".join(data.get("text/plain", ""))
            if "image/png" in data and (sentence.startswith("<") or "." not in sentence):
                yield f"cell {cell.position} stores a picture without a sentence"


def faults(path: str | Path, course: Course | None = None) -> list[str]:
    """Say all that is amiss with a lesson of a course, that of its folder if none is given."""
    path = Path(path)
    course = course or read_course(path.parent)
    lesson = read_lesson(path)
    found = [fault for rule in RULES for fault in rule(lesson, course)]
    found += picture_faults(path)
    return [*form_faults(path), *(f"{path.name} {fault}." for fault in found)]
