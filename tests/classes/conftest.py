"""A class of forty in a folder, and its hand-ins with everything that marking has to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from dtao_edu.classes.roster import Student, read_seats
from dtao_edu.classes.settings import Settings, read_settings
from dtao_edu.cli import main
from tests.helpers.hand_ins import Planted, plant, write_zip

LESSON = "05"


def roster(count: int) -> str:
    lines = ["First name,Last name,Email address"]
    lines += [f"Student{n},Number{n},s{n}@example.org" for n in range(count)]
    return "\r\n".join(lines) + "\r\n"


def made(folder: Path, count: int, lessons: str = LESSON) -> Path:
    """Make a class with the command."""
    path = folder / "participants.csv"
    path.write_text(roster(count), encoding="utf-8")
    words = ["class", "new", str(folder / "class"), "--roster", str(path)]
    assert main([*words, "--lessons", lessons, "--start", "2026-12-01", "--title", "Trial"]) == 0
    return folder / "class"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A class of six."""
    return made(tmp_path, 6)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Planted, Path]:
    """A class of 180, marked once: its folder, what was planted, and the platform's zip.

    Tests that change something take a copy.
    """
    folder = made(tmp_path_factory.mktemp("whole"), 180)
    planted = plant(read_seats(folder), LESSON)
    handed_in = write_zip(planted, folder.parent / "handed-in.zip")
    assert main(["class", "mark", str(handed_in), "--class", str(folder), "--names"]) == 0
    return folder, planted, handed_in


def of(folder: Path) -> tuple[Settings, list[Student]]:
    return read_settings(folder), read_seats(folder)
