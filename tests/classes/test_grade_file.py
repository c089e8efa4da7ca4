"""The platform's own file comes back filled in, and not one other byte changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtao_edu.classes.grade_file import read_grade_file
from dtao_edu.classes.roster import Student
from dtao_edu.classes.spreadsheet import Spreadsheet
from dtao_edu.engine.errors import InputError

STUDENTS = [
    Student("ada@example.org", "Ada Lovelace", "ada@example.org", "U1", "seat-a"),
    Student("zoe@example.org", "Zoë O'Brien-Müller", "zoe@example.org", "U2", "seat-b"),
    Student("alan", "Alan Turing", "", "", "seat-c"),
]
# As the platforms export them; a test's own line breaks within a line are taken out.
ENGLISH = """\
\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum grade","Grade can be changed",~
"Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 501","Ada Lovelace",ada@example.org,"Submitted for grading - ",,100.00,Yes,~
"Tuesday, 8 December 2026, 11:55 PM",-,"one
two, ""three"" x"
"Participant 502","Zoë O'Brien-Müller",zoe@example.org,"No submission - ",,100.00,Yes,-,-,
"Participant 503","Alan Turing",,"Submitted for grading - ",,100.00,Yes,~
"Wednesday, 9 December 2026, 10:05 AM",-,
"Participant 504","Some Body",b@example.org,"No submission - ",,100.00,Yes,-,-,
""".replace("~\n", "").replace("\n", "\r\n")
GERMAN = """\
ID,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,~
"Bewertung kann geändert werden","Zuletzt geändert (Abgabe)",~
"Zuletzt geändert (Bewertung)","Feedback als Kommentar"
Teilnehmer/in501,"Ada Lovelace",ada@example.org,"Zur Bewertung abgegeben",,"10,00",Ja,~
"Dienstag, 8. Dezember 2026, 23:55",-,
Teilnehmer/in502,"Zoë O'Brien-Müller",zoe@example.org,"Keine Abgabe",,"10,00",Ja,-,-,
Teilnehmer/in503,"Alan Turing",,"Zur Bewertung abgegeben",,"10,00",Ja,~
"Mittwoch, 9. Dezember 2026, 10:05",-,
""".replace("~\n", "")
CANVAS = """\
\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"Week 5, Staking (201)",Essay (202),Current Score
    Points Possible,,,,,6.00,20.00,(read only)
"Lovelace, Ada",501,U1,ada,Group 1,,18.50,92.5
"O'Brien-Müller, Zoë",502,U2,zoe,"Group ""A"" b",,,
"Turing, Alan",503,,,Group 1,,11,55
"Student, Test",504,,test,Group 1,,,
""".replace("\n", "\r\n")
SAVED_AGAIN = GERMAN.replace('"', "").replace("10,00", "10.00").replace(", ", " ").replace(",", ";")
LAYOUTS = {
    "Moodle, English": (ENGLISH.encode(), None, {"seat-a": "75", "seat-c": "33.33"}),
    "Moodle, German": (GERMAN.encode(), None, {"seat-a": "7,5", "seat-c": "3,33"}),
    "Moodle, saved by a spreadsheet": (
        SAVED_AGAIN.encode("cp1252"),
        "Bewertung",
        {"seat-a": "7.5", "seat-c": "3.33"},
    ),
    "Canvas": (CANVAS.encode(), "Week 5, Staking", {"seat-a": "4.5", "seat-c": "2"}),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_column_is_filled_and_every_other_byte_stays(tmp_path: Path, layout: str) -> None:
    content, column, expected = LAYOUTS[layout]
    path = tmp_path / "grades.csv"
    path.write_bytes(content)
    file = read_grade_file(path, STUDENTS, column)
    filled = file.fill({"seat-a": 0.75, "seat-c": 1 / 3})
    before, after = Spreadsheet.read(content), Spreadsheet.read(filled)
    changed = {
        (n, k): cell.text
        for n, row in enumerate(after.rows)
        for k, cell in enumerate(row)
        if cell.text != before.rows[n][k].text
    }
    assert changed == {(file.rows[seat], file.grade): text for seat, text in expected.items()}
    for place in sorted(changed, reverse=True):  # taking them out again gives the old file
        after.put(*place, "")
    assert after.bytes() == content


@pytest.mark.parametrize("content", [ENGLISH, GERMAN])
def test_moodle_tells_whose_a_number_is_and_when_it_came(tmp_path: Path, content: str) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(content.encode())
    file = read_grade_file(path, STUDENTS)
    assert file.numbers["501"] == "seat-a"
    assert file.received["seat-a"].isoformat() == "2026-12-08T23:55:00"
    assert "seat-b" not in file.received


def test_canvas_asks_which_column_if_there_are_two(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(CANVAS.encode())
    with pytest.raises(InputError, match=r"'Week 5, Staking .201.' or 'Essay .202.'"):
        read_grade_file(path, STUDENTS)


def test_who_is_not_in_the_class_is_named(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(ENGLISH.encode())
    assert read_grade_file(path, STUDENTS).strangers == ("Participant 504 Some Body",)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"a,b\n", b"x,y\n1,2\n", b"\xff\xfe\x00"])
def test_another_file_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        read_grade_file(path, STUDENTS)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_kept_as_they_are(content: bytes) -> None:
    try:
        sheet = Spreadsheet.read(content)
    except InputError:
        return
    assert sheet.bytes() == content


@given(
    st.lists(
        st.lists(st.text(alphabet='ab,;"\n\r\té', max_size=6), min_size=2, max_size=4), min_size=2,
        max_size=5,
    ),
    st.text(alphabet='x,"\n', max_size=4),
)  # fmt: skip
def test_a_cell_that_is_put_is_read_back_and_the_others_stay(
    rows: list[list[str]], text: str
) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out).writerows([["first", "second"], *rows])
    sheet = Spreadsheet.read(out.getvalue().encode())
    sheet.put(1, 1, text)
    again = list(csv.reader(io.StringIO(sheet.bytes().decode(), newline="")))
    assert again[1][1] == text
    assert again[2:] == rows[1:]
