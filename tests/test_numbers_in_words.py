"""No sentence holds the dust of floats, and one hour is not "1 hours"."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.playground import PLAYGROUNDS, Playground
from dtao_edu.playground.controls import Choice, Number, settle
from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess_values
from dtao_edu.practice.exercise.exercise import Exercise, task

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/**/*.ipynb")))
BANK = [one for lesson in bank.lessons() for one in bank.exercises(lesson)]
STATES, SEATS = 3, 2
MOST_DIGITS = 12
DECIMAL = re.compile(r"(?<![\w.])\d[\d,]*\.\d+")
TINY = re.compile(r"\d(?:\.\d+)?e-1\d\b")
NOTHING = re.compile(r"(?<![\w.,)\]-])-0(?:\.0+)?(?![\d.,]*\d)(?!\w)")
ONE = re.compile(
    r"(?<![\d.,\w-])1 (?:alphas|blocks|days|epochs|holders|hours|minutes|months|people|runs|stakers"
    r"|steps|subnets|tempos|times|validators|weeks|years)\b"
)


def dust(text: str) -> list[str]:
    """What a reader would stumble over: too many digits, a tiny rest, minus nothing, "1 days"."""
    long = [
        found
        for found in DECIMAL.findall(text)
        if len(found.replace(",", "").replace(".", "").lstrip("0")) > MOST_DIGITS
    ]
    return [*long, *TINY.findall(text), *NOTHING.findall(text), *ONE.findall(text)]


def test_dust_is_known_where_it_lies() -> None:
    for text in (
        "falls by 0.000000000000011 %, or 1.1e-14 %", "for 1 hours", "a change of -0.0 %",
        "2.438667512071404 alpha",
    ):  # fmt: skip
        assert dust(text), text
    for text in (
        "1,234,567.89 TAO",
        "-0.05 %",
        "11 hours",
        "1 hour",
        "0.0000015",
        "10 - 0",
        "1e-9",
    ):
        assert not dust(text), text


@cache
def printed(path: Path) -> tuple[str, ...]:
    """The texts of a notebook: of its paragraphs and of what its cells print; no pictures."""

    def texts() -> Iterator[str]:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield "".join(cell["source"])
            for output in cell.get("outputs", []):
                yield "".join(output.get("text", ""))
                for kind, data in output.get("data", {}).items():
                    if kind.startswith("text/"):
                        yield "".join(data)

    return tuple(
        re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", " ", text, flags=re.DOTALL))
        for text in texts()
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_no_dust_in_what_a_notebook_says_and_prints(path: Path) -> None:
    assert not [found for text in printed(path) for found in dust(text)]


def states(play: Playground[Any]) -> Iterator[Any]:
    """Results at ends and in the middle of the sliders, at every preset in turn."""
    chance = random.Random(play.name)
    for number in range(STATES):
        session = play.session()
        if session.presets:
            session.choose(session.presets[number % len(session.presets)].label)
        for control in play.controls:
            if isinstance(control, Choice):
                with suppress(InputError):  # two pools that are compared cannot be one
                    session.set(control.name, chance.choice(list(control.options.values())))
            elif isinstance(control, Number):
                ends = (control.minimum, control.maximum, control.step)
                low, high, step = (float(settle(end, session.values)) for end in ends)
                steps = chance.choice([0, round((high - low) / step), chance.randrange(1000)])
                session.set(control.name, control.read(min(low + steps * step, high)))
        yield session.result


@pytest.mark.parametrize("play", PLAYGROUNDS.values(), ids=list(PLAYGROUNDS))
def test_no_dust_in_what_a_playground_says(play: Playground[Any]) -> None:
    for result in states(play):
        said = [str(play.picture(result))]
        said += [f"{row.label}: {row.value} {row.meaning}" for row in play.receipt(result)]
        if play.question:
            asked = play.question.asked(result)
            said += [play.question.ask(result), asked.why, *(m[2] for m in asked.misconceptions)]
        assert not [(found, text) for text in said for found in dust(text)]


@pytest.mark.parametrize("exercise", BANK, ids=lambda one: one.id)
def test_no_dust_in_what_an_exercise_says(exercise: Exercise) -> None:
    for seat in range(SEATS):
        one = task(exercise, f"seat {seat}")
        said = [one.text(), *(one.fill(hint) for hint in exercise.hints)]
        said += [one.fill(exercise.solution), one.fill(exercise.further)]
        said += [assess_values(one, values).text for values in one.misconceptions]
        assert not [(found, text) for text in said for found in dust(text)]
