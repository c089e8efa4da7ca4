"""Answers in every form: what users of such software give, and what is said to them.

Each input was given to version 0.1, which refused it, took another value, or never ended.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dtao_edu import check, progress, sit
from dtao_edu.practice import bank, compare, progress_file
from dtao_edu.practice.assess import assess
from dtao_edu.practice.checking import sandbox
from dtao_edu.practice.checking.parse import read_number
from dtao_edu.practice.checking.rejected import Rejected
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task

pandas = pytest.importorskip("pandas")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DTAO_EDU_DATA", str(tmp_path / "data"))
    progress_file.notes()
    return tmp_path / "data"


def right(name: str) -> Any:
    values = task(bank.find(name), "practice").values
    return values[0] if len(values) == 1 else list(values)


# Columns and frames


def test_a_column_is_judged_by_its_values_and_not_by_its_index() -> None:
    order = right("05.4")
    assert check("05.4", pandas.Series([int(x) for x in order]))
    wrong = pandas.Series([1, 2, 3, 4], index=[int(x) for x in order])
    assert not check("05.4", wrong)
    assert check("05.4", pandas.DataFrame({"netuid": order}))
    assert check("05.4", pandas.DataFrame({"netuid": order})["netuid"])


def test_a_table_may_be_a_column_or_a_frame_of_one_column() -> None:
    fee, received = right("05.2")
    for table in (
        pandas.Series([fee, received]),
        pandas.Series([received, fee], index=["received", "fee"]),
        pandas.DataFrame({"x": [fee, received]}),
        pandas.DataFrame({"x": [received, fee]}, index=["Received", "Fee"]),
        pandas.Series([fee, received], index=[7, 9]),
    ):
        assert check("05.2", table), table


@given(st.permutations(range(2)), st.booleans())
def test_labels_say_which_row_is_which_in_any_order(places: list[int], frame: bool) -> None:
    names, values = ["fee", "received"], right("05.2")
    column = pandas.Series([values[n] for n in places], index=[names[n] for n in places])
    answer = column.to_frame("x") if frame else column
    assert assess(task(bank.find("05.2"), "practice"), answer)


@pytest.mark.parametrize("wrap", [list, tuple, pandas.Series, lambda x: pandas.DataFrame({"x": x})])
def test_a_sequence_of_one_is_that_one(wrap: Any) -> None:
    assert check("05.1", wrap([right("05.1")]))
    assert not check("05.1", wrap([1.0]))


# Numbers in a text


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("1 255", "blocks", 1255),
        ("1\u202f255", "blocks", 1255),
        ("1\u00a0255.5", "", 1255.5),
        ("4.467 validators", "validators", 4.467),
        ("1 validator", "validators", 1),
        ("36.72 TAO a day", "TAO per day", 36.72),
        ("-1.61 TAO", "TAO per day", -1.61),
        ("0.093 TAO", "TAO per alpha", 0.093),
        ("0.014 percentage points", "percentage points", 0.014),
        ("0.014 %", "percentage points", 0.014),
        ("8.02 %", "share", 0.0802),
        ("1,255", "blocks", 1255),
        ("1,255.5 blocks", "blocks", 1255.5),
    ],
)
def test_what_people_write_is_read(text: str, unit: str, number: float) -> None:
    assert read_number(text, unit) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0,568", "with a point"),
        ("0,57", "with a point"),
        ("251*60/12", "Leave the quotes out"),
        ("12 TAO", "Your answer is in TAO"),
        ("x = 5", "Give a number"),
    ],
)
def test_what_cannot_be_read_is_told_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(Rejected, match=said):
        read_number(text, "alpha")


@given(st.floats(0.001, 1e6), st.sampled_from(["TAO", "alpha", "validators", "blocks", "%"]))
def test_a_number_with_its_unit_is_the_number(number: float, unit: str) -> None:
    assert read_number(f"{number!r} {unit}", unit) == number
    assert read_number(f"{number:.3f}", unit) == float(f"{number:.3f}")


@given(st.integers(1000, 10**9))
def test_thousands_apart_are_one_number(number: int) -> None:
    for text in (f"{number:,}", f"{number:,}".replace(",", " "), f"{number:_}"):
        assert read_number(text, "") == number


def test_a_guess_that_was_not_read_may_be_given_again() -> None:
    assert check("08.5", "0,568").outcome is Outcome.UNREADABLE
    assert "1 prediction" not in str(progress())
    check("08.5", "0.568")
    assert "1 prediction" in str(progress())


# Expressions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = T*alpha/(A + alpha)", "only its right side"),
        ("T alpha/(A+alpha)", "Write a star"),
        ("2T", "Write a star"),
        ("k/(A+alpha)", r"k is tao_in \* alpha_in"),
    ],
)
def test_an_expression_written_as_on_paper_is_told_how_to_write_it(text: str, said: str) -> None:
    verdict = check("04.2", text)
    assert verdict.outcome is Outcome.UNREADABLE
    assert re.search(said, " ".join(verdict.text.split())), verdict


# Nothing hangs


def test_an_integral_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LIMIT", 0.5)
    z, a = sympy.symbols("z a", positive=True)
    endless = sympy.Integral(sympy.exp(-(z**2)) * sympy.log(1 + z), (z, 0, a))
    verdict = check("04.2", endless)
    assert verdict.outcome is Outcome.UNREADABLE
    assert "cannot be evaluated" in verdict.text


class Endless:
    def __float__(self) -> float:
        while True:
            pass

    def __repr__(self) -> str:
        while True:
            pass


@pytest.mark.parametrize(("name", "answer"), [("05.1", Endless()), ("05.2", [Endless(), 1])])
def test_a_number_that_never_answers_is_stopped(
    name: str, answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "LIMIT", 0.3)
    assert check(name, answer).outcome is Outcome.UNREADABLE


# The file of progress


def test_a_link_stays_a_link(data_folder: Path, tmp_path: Path) -> None:
    data_folder.mkdir()
    kept = tmp_path / "elsewhere.json"
    (data_folder / progress_file.FILE).symlink_to(kept)
    check("05.1", 1)
    assert (data_folder / progress_file.FILE).is_symlink()
    assert "05.1" in kept.read_text(encoding="utf-8")


def test_a_byte_order_mark_is_no_damage(data_folder: Path) -> None:
    check("05.1", 1)
    path = data_folder / progress_file.FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert progress_file.read()["sits"]["practice"]["05.1"]["attempts"] == 1
    assert progress_file.notes() == ""


def test_a_file_of_a_newer_version_is_left_as_it_is(data_folder: Path) -> None:
    data_folder.mkdir()
    path = data_folder / progress_file.FILE
    path.write_text('{"format": 99, "new": 1}', encoding="utf-8")
    text = " ".join(str(check("05.1", 1)).split())
    assert "of a newer version of dtao_edu and stays as it is" in text
    check("05.1", 2)
    assert path.read_text(encoding="utf-8") == '{"format": 99, "new": 1}'


def test_a_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("DTAO_EDU_DATA", "~/kept")
    check("05.1", 1)
    assert (tmp_path / "kept" / progress_file.FILE).is_file()


def _full(self: Path, content: bytes) -> int:
    with Path("/dev/full").open("wb", buffering=0) as disk:
        return disk.write(content)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_on_a_full_disk_the_old_file_is_whole(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check("05.1", 1)
    before = (data_folder / progress_file.FILE).read_bytes()
    monkeypatch.setattr(Path, "write_bytes", _full)
    assert "cannot be kept" in " ".join(str(check("05.1", 2)).split())
    assert (data_folder / progress_file.FILE).read_bytes() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_in_a_read_only_folder_the_sentence_names_it(data_folder: Path) -> None:
    data_folder.mkdir()
    data_folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert str(data_folder) in str(check("05.1", 1))


# Names


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=8))
def test_a_name_in_two_forms_is_one_learner(name: str) -> None:
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")}
    assert len({sit(form).heading for form in forms}) == 1


# Dust


def test_a_large_miss_is_said_in_words_that_help() -> None:
    assert "times the answer" not in compare(2310, 7.9).sentence
    assert compare(1, 2, "hours").sentence.startswith("You predicted 1 hour;")
    assert "You were 1 point below." in compare(19, 20, "%").sentence
