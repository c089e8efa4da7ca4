"""`class.toml`: what it may hold, and one sentence for what it may not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dtao_edu.classes.settings import SETTINGS, first_settings, read_settings, without_extensions
from dtao_edu.engine.errors import InputError


def written(folder: Path, text: str) -> Path:
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    return folder


def test_the_first_settings_give_a_lesson_a_week(tmp_path: Path) -> None:
    text = first_settings('Trial "A"', ["04", "05"], dt.date(2026, 12, 1), "0.1.0")
    settings = read_settings(written(tmp_path, text))
    assert settings.title == 'Trial "A"'
    assert [week.lessons for week in settings.weeks] == [("04",), ("05",)]
    assert settings.week(2).due == dt.datetime(2026, 12, 15, 23, 59)
    assert settings.week(2).most == len(settings.week(2).points)


WEEK = '[[week]]\nnumber = 1\nlessons = ["05"]\n'


def test_points_exceptions_and_extensions(tmp_path: Path) -> None:
    more = 'points = {"05.3" = 2}\nleave_out = ["05.1"]\ndue = 2026-12-08\n'
    extension = '[[extension]]\nseat = "a"\nweek = 1\ndue = 2026-12-10T12:00:00\n'
    settings = read_settings(written(tmp_path, WEEK + more + extension))
    week = settings.week(1)
    assert week.points["05.3"] == 2
    assert "05.1" not in week.points
    assert settings.due(week, "b") == dt.datetime(2026, 12, 8, 23, 59, 59), "the day is theirs"
    assert settings.due(week, "a") == dt.datetime(2026, 12, 10, 12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("counts = [", "class.toml"),
        ('counts = "first"', "'last' or 'best'"),
        ("late_percent_a_day = 200", "from 0 to 100"),
        ("latepercent = 2", "late_percent_a_day"),
        ('[[week]]\nnumber = 1\nlessons = ["77"]', "lesson is '77'"),
        ('[[week]]\nnumber = 1\nlessons = ["05"]\nleave_out = ["06.1"]', "one of week 1"),
        (WEEK + WEEK, "each number once"),
        (WEEK + 'due = "next Monday"', "a day or a time"),
        (WEEK + '[[extension]]\nseat = "a"\nweek = 9\ndue = 2026-12-01', "seat, week and due"),
        ("[points]\nwrong = 1", "right, close, factor"),
    ],
)
def test_what_is_not_allowed_is_said_in_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        read_settings(written(tmp_path, text))


def test_a_folder_that_is_no_class_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="class new"):
        read_settings(tmp_path)


def test_the_extensions_of_one_seat_are_taken_out_alone(tmp_path: Path) -> None:
    two = "".join(
        f'\n[[extension]]\nseat = "{seat}"\nweek = 1\ndue = 2026-12-10T12:00:00\n' for seat in "ab"
    )
    left = without_extensions(WEEK + two, "a")
    settings = read_settings(written(tmp_path, left))
    assert [seat for seat, _ in settings.extensions] == ["b"]
