"""Rosters as the platforms write them, and seats that hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.classes import tables
from dtao_edu.classes.roster import Student, read_roster, read_seats, seated, write_seats
from dtao_edu.classes.seats import seat
from dtao_edu.cli import main
from dtao_edu.engine.errors import InputError
from dtao_edu.practice.seats import is_class_seat

MOODLE = '﻿"First name","Last name","Email address",Groups\r\nAda,Lovelace,ada@example.org,\r\n'
GERMAN = 'Vorname;Nachname;E-Mail-Adresse\r\nZoë;"Müller; Dr.";zoe@example.org\r\n'
WORKSHEET = (
    '﻿Identifier,"Full name","Email address",Status,Grade,"Maximum grade"\r\n'
    '"Participant 12","Ada Lovelace",ada@example.org,"No submission",,100.00\r\n'
)
CZECH = (
    'Identifikátor,"Celé jméno","E-mailová adresa",Stav\r\n'
    '"Účastník 12","Ada Lovelace",ada@example.org,Odevzdáno\r\n'
    '"Účastník 13","Jan Novák",jan@example.org,Odevzdáno\r\n'
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77)\r\n"
    "    Points Possible,,,,,10\r\n"
    '"Lovelace, Ada",4711,U1,ada,Group 1,\r\n'
    '"Student, Test",9,,test,Group 1,\r\n'
)


def read(tmp_path: Path, text: str) -> list[Student]:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.encode())
    return read_roster(path)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (MOODLE, ["Ada Lovelace"]),
        (GERMAN, ["Zoë Müller; Dr."]),
        (WORKSHEET, ["Ada Lovelace"]),
        (CZECH, ["Ada Lovelace", "Jan Novák"]),
        (CANVAS, ["Ada Lovelace"]),
        ("Ada Lovelace\nAlan Turing\n", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace,ada@example.org\n", ["Ada Lovelace"]),
    ],
)
def test_the_platforms_and_plain_lists_are_read(
    tmp_path: Path, text: str, names: list[str]
) -> None:
    assert [one.name for one in read(tmp_path, text)] == names


def test_two_unicode_forms_of_one_name_are_one_seat(tmp_path: Path) -> None:
    forms = [unicodedata.normalize(form, "Zoë Ångström") for form in ("NFC", "NFD")]
    seats = {seated(tmp_path, read(tmp_path, form))[0].seat for form in forms}
    assert len(seats) == 1


def test_two_students_of_one_name_need_an_address(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one line a student"):
        read(tmp_path, "Ada Lovelace\nAda Lovelace\n")
    assert len(read(tmp_path, "Ada Lovelace,a@b.org\nAda Lovelace,c@d.org\n")) == 2


@pytest.mark.parametrize("text", ["", "\n\n", "First name,Last name,Email address\n"])
def test_a_roster_of_nobody_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="roster"):
        read(tmp_path, text)


def test_who_sits_keeps_the_seat_when_others_come(small: Path) -> None:
    before = {one.key: one.seat for one in read_seats(small)}
    more = small.parent / "more.csv"
    more.write_text("Name,Email address\nNew One,new@example.org\n", encoding="utf-8")
    assert main(["class", "new", str(small), "--roster", str(more)]) == 0
    after = {one.key: one.seat for one in read_seats(small)}
    assert after.items() >= before.items()
    assert len(after) == len(before) + 1


def test_a_second_run_changes_nothing(small: Path) -> None:
    before = {path.name: path.read_bytes() for path in small.iterdir()}
    assert (
        main(["class", "new", str(small), "--roster", str(small.parent / "participants.csv")]) == 0
    )
    assert {path.name: path.read_bytes() for path in small.iterdir()} == before


def test_the_secret_and_the_seats_are_the_lecturers_alone(small: Path) -> None:
    for name in ("secret.txt", "seats.csv", "mail-merge.csv"):
        assert (small / name).stat().st_mode & 0o077 == 0


@given(st.text(min_size=1, max_size=40), st.binary(min_size=32, max_size=32))
def test_a_seat_follows_from_secret_and_student_alone(student: str, key: bytes) -> None:
    made = seat(key, student)
    assert is_class_seat(made)
    assert made == seat(key, student)
    assert made != seat(key + b"x", student)


def test_no_formula_reaches_a_spreadsheet(tmp_path: Path) -> None:
    names = ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝HYPERLINK()"]
    students = [Student(name, name, seat=f"seat-{n}") for n, name in enumerate(names)]
    write_seats(tmp_path, students)
    for file in ("seats.csv", "mail-merge.csv"):
        text = (tmp_path / file).read_text(encoding="utf-8")
        cells = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(",")]
        assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert [one.name for one in read_seats(tmp_path)] == names, "and they are read back whole"


@given(st.text(max_size=60).filter(lambda text: "\x00" not in text))
def test_a_cell_is_read_back_as_it_was_and_never_begins_a_formula(text: str) -> None:
    written = tables.cell(text)
    assert tables.uncell(written) == text or text.startswith("'")
    if written[:1] in set("=+-@\t\r\n"):
        float(written)
