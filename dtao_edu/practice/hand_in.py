"""Handing in: all answers as data, a receipt code, and its verification by the teacher, offline.

`hand_in()` stands last in a notebook of exercises: it repeats the record of every answer, also of
checks inside other code, and says what is missing. Who marks reads these records and works them
out again (:func:`dtao_edu.practice.assess.judge_values`).

A receipt holds the name of the sit, and for each exercise the outcome, attempts, hints, whether
the solution was seen, and the answer if it was right. It ends in a check code over all of that.

What it proves: nothing in it was mistyped or changed by hand, and every numeric answer in it is
right for the numbers of this very name, since the teacher's side works them out again. A
neighbour's receipt under another name fails.

What it does not prove: who found the answers, or how; nor that functions and expressions were
right, as the receipt does not carry them. The package is open, so whoever reads its source can
write a receipt without having worked. It is a tally, not an examination.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import csv
import hashlib
import hmac
import io
import json
import zlib
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from dtao_edu.practice import bank, progress_file
from dtao_edu.practice.assess import is_right
from dtao_edu.practice.checking.record import (
    MIME,
    Answer,
    AnswerRecord,
    Json,
    from_json,
    hand_in_json,
)
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.desk import current, seat
from dtao_edu.practice.exercise.exercise import Task, task
from dtao_edu.practice.seats import PRACTICE
from dtao_edu.practice.text import Card, brief

_HEAD = "dtao1"
_KEY = b"dtao_edu practice receipt 1"
_LINE = 72
_LARGEST = 100_000


class ReceiptEntry(NamedTuple):
    """One exercise of a receipt."""

    id: str
    outcome: str
    attempts: int
    hints: int
    seen: bool  # the solution, before the answer was right
    answer: str
    version: int = 1  # of the exercise; receipts of version 0.1 do not say it


class Receipt(Card):
    """What a receipt code says, once verified; true if it holds.

    Attributes
    ----------
    name : str
        The sit.
    entries : tuple of ReceiptEntry
        What was done, as the student's progress had it.
    faults : tuple of str
        What does not hold; empty if all does.
    """

    def __init__(self, name: str, entries: Sequence[ReceiptEntry], faults: Sequence[str]) -> None:
        self.name, self.entries, self.faults = name, tuple(entries), tuple(faults)
        rows = ["| exercise | outcome | attempts | hints | solution seen first |"]
        rows += [
            f"| {e.id} | {e.outcome} | {e.attempts} | {e.hints} | {'yes' if e.seen else 'no'} |"
            for e in entries
        ]
        right = sum(e.outcome == Outcome.RIGHT.value for e in entries)
        again = sum(bool(e.answer) for e in entries)
        text = "\n".join(rows) if entries else "Nothing was attempted."
        if faults:
            text += "\n\n" + "\n".join(f"- {fault}" for fault in faults)
        else:
            text += (
                f"\n\n{right} right; {again} of them worked out again for the numbers of "
                f"{name}. It does not say who found the answers."
            )
        super().__init__(f"Receipt of {name}", text, mark="x" if faults else "ok")

    def __bool__(self) -> bool:
        return not self.faults


class Code(Card):
    """A receipt to hand in; `.code` is the code alone, on one line."""

    def __init__(self, heading: str, text: str, code: str) -> None:
        super().__init__(heading, text)
        self.code = code


class HandIn(Card):
    """What is handed in: a list to read, and the records as data beside it."""

    def __init__(self, heading: str, text: str, content: Json) -> None:
        super().__init__(heading, text)
        self.content = content

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        return {**super()._repr_mimebundle_(**options), MIME: self.content}


def hand_in(lesson: str | None = None) -> HandIn:
    """Repeat all answers given under the name one sits under, and say what is missing.

    It is the last cell of a notebook of exercises: run it, save the notebook, hand the file in.

    Parameters
    ----------
    lesson : str, optional
        Two digits, for one lesson alone; every lesson that was begun if left out.

    Returns
    -------
    HandIn
        The list; beside it, invisible in a notebook, the records as data.

    Raises
    ------
    InputError
        If the lesson has no exercises.
    """
    state = progress_file.read()
    name = state["sit"]
    mine = {id_: r for id_, r in state["sits"].get(name, {}).items() if r["attempts"]}
    begun = [x for x in bank.lessons() if any(id_.startswith(f"{x}.") for id_ in mine)]
    asked = [one.id for x in ([lesson] if lesson else begun) for one in bank.exercises(x)]
    kept = {id_: _records(mine.get(id_)) for id_ in asked}
    records = [record for id_ in asked for record in kept[id_]]
    missing = [id_ for id_ in asked if not kept[id_]]
    rows = ["| exercise | answers | outcome |"]
    rows += [
        f"| {id_} | {mine[id_]['attempts']} | {_outcome(id_, mine[id_])} |"
        for id_ in asked
        if kept[id_]
    ]
    parts = ["\n".join(rows)] if records else []
    if missing:
        parts.append(f"Missing: {', '.join(missing)}.")
    elif records:
        parts.append("Nothing is missing. Save this notebook and hand its file in.")
    else:
        parts.append("Nothing was attempted.")
    text = progress_file.noted("\n\n".join(parts))
    return HandIn(f"To hand in, of {name}", text, hand_in_json(name, records, missing))


def _records(record: progress_file.Record | None) -> list[AnswerRecord]:
    """Read what is kept of an exercise; what another version wrote is passed over."""
    found = []
    for entry in record.get("answers", []) if record else []:
        with contextlib.suppress(ValueError):
            found.append(from_json(entry))
    return found


def _outcome(id_: str, record: progress_file.Record) -> str:
    """Return what is counted: right once is right; of predictions the first guess."""
    counts = record["right"] and not bank.is_prediction(id_)
    return Outcome.RIGHT.value if counts else str(record["outcome"])


def receipt() -> Code:
    """Return the code to hand in: what was done under the name one sits under.

    Returns
    -------
    Code
        Copy all its lines; `.code` is the same on one line.
    """
    state = progress_file.read()
    name = state["sit"]
    entries = [
        [
            id_,
            _outcome(id_, r),
            r["attempts"],
            r["hints"],
            int(r["seen"]),
            r["answer"] if r["right"] else "",
            r.get("version", 1),
        ]
        for id_, r in sorted(state["sits"].get(name, {}).items())
        if r["attempts"]
    ]
    code = sealed({"sit": name, "entries": entries})
    lines = "\n".join("    " + code[n : n + _LINE] for n in range(0, len(code), _LINE))
    right = sum(entry[1] == Outcome.RIGHT.value for entry in entries)
    text = f"{right} right of {len(entries)} attempted. Hand in all lines of:\n\n{lines}"
    return Code(f"Receipt of {name}", progress_file.noted(text), code)


def sealed(content: Answer) -> str:
    """Return a receipt's content as a code: packed, with a check code behind it.

    It guards against slips of a hand, and not against who reads this file: what a receipt says is
    worked out again.
    """
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    body = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()
    return f"{_HEAD}.{body}.{_check_code(body)}"


def _check_code(body: str) -> str:
    return hmac.new(_KEY, body.encode(), hashlib.sha256).hexdigest()[:16]


def verify(code: str, name: str | None = None) -> Receipt:
    """Read a receipt code, and work its answers out again for the numbers of its name.

    Spaces and line breaks in the code do not matter. With a name, the receipt has to be of it.

    Returns
    -------
    Receipt
        True if it holds; `.entries` and `.faults` say what it holds and what is amiss.

    Examples
    --------
    >>> bool(verify("dtao1.abc.def"))
    False
    """
    text = "".join(code.split()) if isinstance(code, str) else ""
    content = _opened(text)
    if isinstance(content, str):
        return Receipt("nobody", (), (content,))
    entries = [ReceiptEntry(*entry) for entry in content["entries"]]
    whose = content["sit"]
    faults = [fault for entry in entries for fault in _faults(entry, whose)]
    if name is not None and seat(name) != whose:
        faults.append(f"It is of {whose}, not of {name}.")
    return Receipt(whose, entries, faults)


def _opened(code: str) -> dict[str, Any] | str:
    """Open a code, or say what keeps it shut."""
    parts = code.split(".")
    if len(parts) != 3 or parts[0] != _HEAD or len(code) > _LARGEST:
        return f"It is no receipt code: one begins with '{_HEAD}.'. Given: {brief(code, 40)}."
    if not hmac.compare_digest(_check_code(parts[1]).encode(), parts[2].encode()):
        return "The check code does not fit: something was left out, mistyped or changed."
    try:
        packed = base64.urlsafe_b64decode(parts[1])
        text = zlib.decompressobj().decompress(packed, _LARGEST)
        content = json.loads(text)
        entries = [ReceiptEntry(*entry) for entry in content["entries"]]
        sound = isinstance(content["sit"], str) and all(
            [type(x) for x in e] == [str, str, int, int, int, str, int] for e in entries
        )
    except (ValueError, KeyError, TypeError, zlib.error, binascii.Error):
        sound = False
    return content if sound else "Its content has another form than a receipt's."


def _faults(entry: ReceiptEntry, name: str) -> list[str]:
    try:
        one = task(bank.find(entry.id, entry.version), name)
    except ValueError:
        return [f"{entry.id} is no exercise of this version of the course."]
    if entry.outcome != Outcome.RIGHT.value or one.question.coded:
        return []
    if not _holds(one, entry.answer):
        return [f"{entry.id}: the answer in it is not right for the numbers of {name}."]
    return []


def _holds(one: Task, answer: str) -> bool:
    parts = answer.split(";")
    if len(parts) != len(one.values):
        return False
    if not one.question.numeric:
        return tuple(parts) == one.values
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return False
    return is_right(one, values)


class Sheet(str):
    """A CSV text with the right answers of one or more names; a table in a notebook.

    Examples
    --------
    >>> Sheet("name,exercise")
    name,exercise
    """

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        rows = list(csv.reader(self.splitlines()))
        cells = [
            "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
            for row, tag in zip(rows, ["th"] + ["td"] * len(rows), strict=False)
        ]
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def answers(*names: str, lesson: str | None = None) -> Sheet:
    """List the right answers, and what each wrong idea gives, for the teacher.

    Without the names that students sit under, those of the shared practice set; with a lesson, as
    ``"05"``, those of that one alone.

    Returns
    -------
    Sheet
        CSV text: name, exercise, title, asked, given, answer, ideas.

    Examples
    --------
    >>> answers("student-17", lesson="05").splitlines()[0]
    'name,exercise,title,asked,given,answer,wrong ideas'
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["name", "exercise", "title", "asked", "given", "answer", "wrong ideas"])
    for name in names or (PRACTICE,):
        for which in [lesson] if lesson else bank.lessons():
            for exercise in bank.exercises(which):
                writer.writerow(_row(current(exercise.id, name)))
    return Sheet(out.getvalue())


def _row(one: Task) -> list[str]:
    given = "; ".join(repr(one.given).splitlines())
    misconceptions = "; ".join(
        f"{misconception.name}: {one.question.shown(one.layout.part(values, 0), one.given)}"
        for misconception, values in zip(
            one.exercise.misconceptions, one.misconceptions, strict=True
        )
    )
    asked = " ".join(one.question.asks(one.given).split())
    return [one.seed, one.exercise.id, one.exercise.title, asked, given, one.answer, misconceptions]
