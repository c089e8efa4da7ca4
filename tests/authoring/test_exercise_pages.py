"""The exercise notebooks: what the bank makes of a lesson, and that what is stored is that."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from authoring.exercise_pages import books, faults, page, store
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import bank

ROOT = Path(__file__).resolve().parents[2]
STORED = list(books((), ROOT))


def source(book: dict) -> str:  # type: ignore[type-arg]
    return "\n\n".join("".join(cell["source"]) for cell in book["cells"])


def shown(path: Path) -> list[str]:
    """The plain text of every output of a stored notebook."""
    book = json.loads(path.read_text(encoding="utf-8"))
    outputs = [output for cell in book["cells"] for output in cell.get("outputs", ())]
    return ["".join(output.get("data", {}).get("text/plain", "")) for output in outputs]


@pytest.mark.parametrize(
    ("path", "book"), STORED, ids=[str(path.relative_to(ROOT)) for path, _ in STORED]
)
def test_what_is_stored_is_what_the_bank_makes(path: Path, book: dict) -> None:  # type: ignore[type-arg]
    assert faults(path, book) == []


def test_every_lesson_with_exercises_has_its_two_notebooks() -> None:
    lessons = {path.name[:2] for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")}
    expected = sorted(lessons & set(bank.lessons()))
    assert sorted(path.name[:2] for path, _ in STORED) == sorted(2 * expected)


@pytest.mark.parametrize("path", [path for path, _ in STORED if path.parent.name == "exercises"])
def test_untouched_every_exercise_is_reported_as_not_attempted(path: Path) -> None:
    count = len(bank.exercises(path.name[:2]))
    assert sum(text.startswith("[...]") for text in shown(path)) == count
    assert not any(re.match(r"\[(ok|!|x|i|~|\*|\?)", text) for text in shown(path))


@pytest.mark.parametrize("path", [path for path, _ in STORED if path.parent.name == "solutions"])
def test_every_solution_passes(path: Path) -> None:
    count = len(bank.exercises(path.name[:2]))
    assert sum(text.startswith("[ok]") for text in shown(path)) == count
    assert not any(text.startswith("[...]") for text in shown(path))


@pytest.mark.parametrize("lesson", bank.lessons())
def test_a_page_leads_to_its_lesson_and_back(lesson: str) -> None:
    book = page(lesson, f"{lesson}_a_name", "A title")
    solved = page(lesson, f"{lesson}_a_name", "A title", solved=True)
    assert f"(../notebooks/{lesson}_a_name.ipynb)" in source(book)
    assert f"(solutions/{lesson}_solutions.ipynb)" in source(book)
    assert f"(../{lesson}_exercises.ipynb)" in source(solved)
    assert f"(../../notebooks/{lesson}_a_name.ipynb)" in source(solved)
    for one in bank.exercises(lesson):
        for made in (book, solved):
            assert f"## {one.id} {one.title}\n\nAfterwards you can {one.objective}." in source(made)
            assert f'exercise("{one.id}")' in source(made)
            assert f'check("{one.id}",' in source(made)
        assert one.code.strip() in source(solved)
        assert one.code.strip() not in source(book)
        assert f'solution("{one.id}")' in source(solved)
    minutes = sum(one.minutes for one in bank.exercises(lesson))
    assert f"about {minutes} minutes" in source(book)


@pytest.mark.parametrize("path", [path for path, _ in STORED if path.parent.name == "exercises"])
def test_the_lesson_leads_to_its_exercises(path: Path) -> None:
    (found,) = (ROOT / "notebooks").glob(f"{path.name[:2]}_*.ipynb")
    lesson = json.loads(found.read_text(encoding="utf-8"))
    assert f"(../exercises/{path.name})" in source(lesson)


def test_what_an_exercise_gives_is_at_hand() -> None:
    book = page("04", "04_deriving_the_price", "Deriving the price")
    assert "import sympy" in source(book)
    assert 'tao_in, alpha_in, alpha = sympy.symbols("tao_in alpha_in alpha", positive=True)' in (
        source(book)
    )
    assert "def average_price(tao_in, alpha_in, tao):\n    return ..." in source(book)
    names: dict[str, object] = {}
    exec(book["cells"][1]["source"], names)
    assert {"Pool", "check", "exercise", "given", "hint", "sympy"} <= set(names)


def test_every_exercise_cell_is_compared() -> None:
    for cell in page("05", "05_a", "A")["cells"]:
        text = cell["source"]
        compared = cell["metadata"].get("tags") == ["nbval-check-output"]
        assert compared == text.startswith(("exercise(", "g = given", "def ", "answer ="))


def test_a_notebook_is_written_run_and_then_unchanged(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    name = "00_start_here.ipynb"
    (tmp_path / "notebooks" / name).write_bytes((ROOT / "notebooks" / name).read_bytes())
    made = dict(books(["00"], tmp_path))
    assert [path.relative_to(tmp_path).as_posix() for path in made] == [
        "exercises/00_exercises.ipynb",
        "exercises/solutions/00_solutions.ipynb",
    ]
    path, book = next(iter(made.items()))
    assert "is missing" in faults(path, book)[0]
    assert store(path, book) is True
    assert faults(path, book) == []
    assert store(path, book) is False
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["cells"][3]["source"] = ["answer = 7"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert "cell 4" in faults(path, book)[0]
    stored["cells"].pop()
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert "cell 4" in faults(path, book)[0]


def test_a_notebook_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "99_x.ipynb"
    path.write_text("old", encoding="utf-8")
    book = page("00", "00_a", "A")
    book["cells"][1]["source"] = "1 / 0"
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        store(path, book)
    assert path.read_text(encoding="utf-8") == "old"


def test_a_lesson_without_a_notebook_is_refused() -> None:
    with pytest.raises(InputError, match="lesson is '99'"):
        list(books(["99"], ROOT))
