"""How far a learner is: lessons, attempts, mistakes met, predictions, and the next step."""

from __future__ import annotations

from dtao_edu.practice import bank, progress_file
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import Exercise
from dtao_edu.practice.progress_file import Guess, Record
from dtao_edu.practice.seats import PRACTICE
from dtao_edu.practice.text import Card, show


def progress(*, reset: bool = False) -> Card:
    """Show what was done: lessons, attempts, ideas met, predictions, and the next step.

    ``progress(reset=True)`` forgets everything, of all names; a copy of the file is kept beside it.
    """
    if reset:
        return Card("Progress", progress_file.reset())
    state = progress_file.read()
    name = state["sit"]
    mine = state["sits"].get(name, {})
    whose = "with the shared numbers" if name == PRACTICE else f"of {name}"
    parts = [_lessons(mine), _misconceptions(mine), _predictions(state["predictions"]), _next(mine)]
    return Card(f"Progress {whose}", progress_file.noted("\n\n".join(filter(None, parts))))


def _lessons(mine: dict[str, Record]) -> str:
    rows = ["| lesson | done | attempts | each exercise |"]
    begun = {id_[:2] for id_, record in mine.items() if record["attempts"]}
    if not begun:
        return "No exercise was attempted yet."
    for lesson in sorted(begun & set(bank.lessons())):
        records = [
            (one, mine.get(one.id, progress_file.record())) for one in bank.exercises(lesson)
        ]
        marks = " ".join(_mark(one, record) for one, record in records)
        done, attempts = (sum(r[key] for _, r in records) for key in ("right", "attempts"))
        rows.append(f"| {lesson} | {done} of {len(records)} | {attempts} | {marks} |")
    return "\n".join(rows)


def _mark(one: Exercise, record: Record) -> str:
    if record["right"] and not one.question.reveals:
        return Outcome.RIGHT.mark
    return Outcome(record["outcome"] or Outcome.NOT_ATTEMPTED.value).mark


def _misconceptions(mine: dict[str, Record]) -> str:
    met: dict[str, list[str]] = {}
    for id_, record in sorted(mine.items()):
        for misconception in record["ideas"]:
            done = " (since right)" if record["right"] else ""
            met.setdefault(misconception, []).append(f"{id_}{done}")
    lines = [
        f"- {misconception}: {', '.join(where)}" for misconception, where in sorted(met.items())
    ]
    return "Mistakes you have met:\n\n" + "\n".join(lines) if lines else ""


def _predictions(kept: dict[str, Guess]) -> str:
    offs = sorted(
        abs(off) for entry in kept.values() if isinstance(off := entry.get("off"), int | float)
    )
    if not offs:
        return ""
    middle = (offs[(len(offs) - 1) // 2] + offs[len(offs) // 2]) / 2
    count = f"{len(kept)} prediction{'s' * (len(kept) != 1)}"
    return f"{count}, in the median {show(100 * middle, 2)} % from the answer."


def _next(mine: dict[str, Record]) -> str:
    """The first exercise not right yet, in the last lesson that was begun, else in the first."""
    begun = {id_[:2] for id_ in mine}
    lessons = sorted(bank.lessons(), key=lambda lesson: (lesson not in begun, lesson))
    order = sorted(begun & set(lessons), reverse=True) + [x for x in lessons if x not in begun]
    done = {id_ for id_, record in mine.items() if record["right"]}
    for lesson in order:
        for one in (one for one in bank.exercises(lesson) if one.id not in done):
            return f'Next: {one.id} {one.title} ({one.minutes} min.). `exercise("{one.id}")`'
    return "All exercises are right. Take other numbers: `sit(...)` with a new name."
