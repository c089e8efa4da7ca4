"""Marking a week: from what the platform gives to marks, one student after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from dtao_edu.classes import downloads
from dtao_edu.classes.copying import Copy, Index
from dtao_edu.classes.grade_file import GradeFile
from dtao_edu.classes.handed_in import Collected, HandIn, collect
from dtao_edu.classes.judging import Answers, Judged, Marked, judge_students
from dtao_edu.classes.kept import Kept
from dtao_edu.classes.marks import MARKS, Mark, by_seat, counted, read_marks, week_folder
from dtao_edu.classes.platforms import origin
from dtao_edu.classes.records import Record
from dtao_edu.classes.roster import Student
from dtao_edu.classes.settings import Settings, Week
from dtao_edu.classes.workers import mapped
from dtao_edu.engine.errors import InputError
from dtao_edu.practice import Outcome

Progress = Callable[[int, int], None]
CHANGED = "The cell was changed after it was checked: the answer of the check counts."
SOURCE = "Read from the source, as the outputs were cleared."
ELSEWHERE = "Right for the seat it was worked under."
COPIED = "Right for the numbers of "


@dataclass
class Marking:
    """A marked week."""

    week: Week
    marks: list[Mark] = field(default_factory=list)  # by seat, in the roster's order
    # What the check says of the answer that counts, by seat and exercise.
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    # What the platform puts in front of a student's files, by seat.
    tops: dict[str, str] = field(default_factory=dict)
    copies: list[Copy] = field(default_factory=list)
    # Files of nobody, each with a sentence.
    lost: list[tuple[str, str]] = field(default_factory=list)


class _Work(NamedTuple):
    """What there is of one student: answers to be judged, and how marks are made of them."""

    answers: Answers
    top: str
    marks: Callable[[Sequence[Judged]], list[Mark]]


def mark(
    places: Sequence[Path],
    students: Sequence[Student],
    settings: Settings,
    *,
    week: int | None = None,
    grade_file: GradeFile | None = None,
    folder: Path | None = None,
    executor: Executor | None = None,
    workers: int = 1,
    progress: Progress = lambda done, total: None,
) -> Marking:
    """Mark what was handed in; nothing of a student's is executed.

    Parameters
    ----------
    places : sequence of Path
        Folders, zips or notebooks.
    students : sequence of Student
        Of the class, with seats.
    settings : Settings
    week : int, optional
        Its number; the week that most answers are of if not given.
    grade_file : GradeFile, optional
        It tells whose a numbered file is, and when the hand-in came.
    folder : Path, optional
        The class's folder. Who was marked before and is not in `places` is marked again from the
        values kept in its `marks.csv`; what was judged before is not judged again.
    executor : concurrent.futures.Executor, optional
        Processes, Dask's `Client.get_executor()`, or any other.
    workers : int
        How many the executor has.
    progress : callable
        Called with the students done and all of them.
    """
    found = chain.from_iterable(downloads.read(place) for place in places)
    collected = collect(found, students, grade_file.numbers if grade_file else {})
    one = settings.week(week) if week is not None else _week_of(collected, settings)
    works = {
        seat: _of_hand_in(hand_in, settings, one, grade_file)
        for seat, hand_in in collected.hand_ins.items()
    }
    for seat, marks in _earlier(folder, one).items():
        works.setdefault(seat, _of_earlier(seat, marks, one))
    ordered = [works[student.seat] for student in students if student.seat in works]
    marking = Marking(one, lost=sorted(collected.lost))
    index, wrong = Index(), []
    jobs = [work.answers for work in ordered]
    marked = _judge(jobs, executor, workers, Kept(folder) if folder else None)
    for n, (work, done) in enumerate(zip(ordered, marked, strict=True), 1):
        for right in done.right:
            index.add(done.seat, right)
        missed = [entry for entry in done.judged if entry.outcome != Outcome.RIGHT.value]
        wrong.append((done.seat, missed))
        own = counted(work.marks(done.judged), settings, one)
        texts = iter(done.judged)
        for entry in own:
            text = next(texts).text if entry.exercise else ""
            if entry.counts:
                marking.texts[entry.seat, entry.exercise] = text
        marking.marks += own
        marking.tops[done.seat] = work.top
        progress(n, len(ordered))
    marking.copies = list(index.copies(wrong))
    return marking


def _of_hand_in(
    hand_in: HandIn, settings: Settings, week: Week, grade_file: GradeFile | None
) -> _Work:
    """Take the answers to the week's exercises; those of other weeks are left alone."""
    found = [(record, path) for record, path in hand_in.records if record.exercise in week.points]
    received = _received(hand_in, settings, week, grade_file)
    answers = Answers(hand_in.seat, tuple(week.points), tuple(record for record, _ in found))
    paths = [path for _, path in found]
    return _Work(
        answers,
        hand_in.top,
        lambda judged: _marks(hand_in, answers.records, paths, judged, received, settings),
    )


def _earlier(folder: Path | None, week: Week) -> dict[str, list[Mark]]:
    """Read the marks of the week that there are, by seat."""
    path = week_folder(folder, week.number) / MARKS if folder else None
    return by_seat(read_marks(path)) if path and path.is_file() else {}


def _of_earlier(seat: str, marks: Sequence[Mark], week: Week) -> _Work:
    """Take the values that were kept of a student."""
    records = tuple(
        Record(entry.exercise, entry.version, seat, entry.values)
        for entry in marks
        if entry.exercise
    )
    tops = (origin(entry.file).top for entry in marks if entry.file)
    answers = Answers(seat, tuple(week.points), records)
    return _Work(answers, next(filter(None, tops), ""), lambda judged: _again(marks, judged))


def _again(marks: Sequence[Mark], judged: Sequence[Judged]) -> list[Mark]:
    """Put new outcomes into marks made before; whose answer it is like is found out anew."""
    fresh = iter(judged)
    made = []
    for entry in marks:
        notes = tuple(note for note in entry.notes if not note.startswith(COPIED))
        made.append(replace(entry, notes=notes))
        if entry.exercise:
            new = next(fresh)
            made[-1] = replace(made[-1], outcome=new.outcome, misconception=new.misconception)
    return made


def _week_of(collected: Collected, settings: Settings) -> Week:
    """Find the week that most answers are of."""
    weeks = {name: one.number for one in settings.weeks for name in one.points}
    count = Counter(
        weeks[record.exercise]
        for hand_in in collected.hand_ins.values()
        for record, _ in hand_in.records
        if record.exercise in weeks
    )
    if not count:
        raise InputError("week", "not named", "--week with its number: no answer in it tells which")
    return settings.week(count.most_common(1)[0][0])


def _judge(
    jobs: Sequence[Answers], executor: Executor | None, workers: int, kept: Kept | None
) -> Iterator[Marked]:
    """Judge all jobs in order; what was judged before is not judged again."""
    known = kept.find(jobs) if kept else set()
    new = [job for n, job in enumerate(jobs) if n not in known]
    fresh = mapped(judge_students, new, executor, workers=workers)
    made: list[tuple[Answers, Marked]] = []
    for n, job in enumerate(jobs):
        if kept and n in known:
            yield kept.get(job) or judge_students([job])[0]
            continue
        done = next(fresh)
        if kept:
            made.append((job, done))
            if len(made) >= 200:
                kept.add(made)
                made = []
        yield done
    if kept:
        kept.add(made)


def _received(hand_in: HandIn, settings: Settings, week: Week, grade_file: GradeFile | None) -> str:
    """Say when a hand-in came: by the grade file, else by Canvas's mark in the file's name."""
    when = grade_file.received.get(hand_in.seat) if grade_file else None
    if when is not None:
        return when.isoformat(timespec="minutes")
    if not hand_in.late:
        return ""
    if (hand_in.seat, week.number) in settings.extensions:
        hand_in.notes.append(
            "Canvas says late, and there is an extension: look up the time in Canvas."
        )
        return ""
    return "late"


def _marks(
    hand_in: HandIn,
    records: Sequence[Record],
    paths: Sequence[str],
    judged: Sequence[Judged],
    received: str,
    settings: Settings,
) -> list[Mark]:
    notes = list(dict.fromkeys(hand_in.notes))
    made = [Mark(hand_in.seat, received=received, notes=(note,)) for note in notes]
    for record, done, path in zip(records, judged, paths, strict=True):
        told = []
        if record.changed:
            told.append(CHANGED)
        if record.literal is not None:
            told.append(SOURCE)
        if done.elsewhere:
            told.append(ELSEWHERE)
        if record.package and settings.package and record.package != settings.package:
            told.append(f"Checked by version {record.package} of the package.")
        if done.outcome == Outcome.UNREADABLE.value:
            told.append(done.text)
        made.append(
            Mark(
                hand_in.seat,
                record.exercise,
                done.version,
                done.values,
                done.outcome,
                done.misconception,
                received=received,
                time=record.time,
                package=record.package,
                attempts=record.attempts,
                hints=record.hints,
                seen=record.seen,
                notes=tuple(told),
                file=path,
            )
        )
    if not made:
        made = [Mark(hand_in.seat, received=received, notes=("No answer of this week was found.",))]
    return made


def with_copies(marking: Marking) -> list[Mark]:
    """Return the marks with a note on the answers that are right for another seat."""
    told = {
        (copy.seat, exercise): f"{COPIED}{copy.other}."
        for copy in marking.copies
        for exercise in copy.exercises
    }
    return [
        replace(mark, notes=(*mark.notes, told[mark.seat, mark.exercise]))
        if (mark.seat, mark.exercise) in told
        else mark
        for mark in marking.marks
    ]
