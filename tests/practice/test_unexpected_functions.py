"""Functions that no one expects: each is judged or refused with a sentence, and nothing crashes."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dtao_edu.practice import bank
from dtao_edu.practice.checking import sandbox
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task
from tests.helpers.odd_answers import Endless, Loud, judged

pandas = pytest.importorskip("pandas")

FUNCTION = task(bank.find("05.3"), "practice")
LISTS = task(bank.find("08.3"), "practice")


def loops(tao_in: float, alpha_in: float, limit_price: float) -> float:
    while True:
        pass


BEGUN: dict[str, float] = {}


def loops_and_catches_all(tao_in: float, alpha_in: float, limit_price: float) -> float:
    # Not for ever: what nothing can end would slow all tests that come after it.
    until = BEGUN.setdefault("catching", time.monotonic()) + 6
    while time.monotonic() < until:
        try:
            while time.monotonic() < until:
                pass
        except BaseException:  # the worst that a learner can write
            continue
    return tao_in


def prints(tao_in: float, alpha_in: float, limit_price: float) -> None:
    print(tao_in * ((limit_price * alpha_in / tao_in) ** 0.5 - 1))


def prints_for_ever(tao_in: float, alpha_in: float, limit_price: float) -> None:
    while True:
        print("more")


def prints_and_returns(tao_in: float, alpha_in: float, limit_price: float) -> float:
    print("working")
    return float(tao_in * ((limit_price * alpha_in / tao_in) ** 0.5 - 1))


def deletes(tao_in: float, alpha_in: float, limit_price: float) -> float:
    answer = prints_and_returns(tao_in, alpha_in, limit_price)
    del tao_in, alpha_in, limit_price
    return answer


def recurses(tao_in: float, alpha_in: float, limit_price: float) -> float:
    return recurses(tao_in, alpha_in, limit_price)


def exits(tao_in: float, alpha_in: float, limit_price: float) -> None:
    exit()


def exits_by_system(tao_in: float, alpha_in: float, limit_price: float) -> None:
    raise SystemExit(3)


def exits_at_once(tao_in: float, alpha_in: float, limit_price: float) -> None:
    import os

    os._exit(3)


def interrupts(tao_in: float, alpha_in: float, limit_price: float) -> None:
    raise KeyboardInterrupt


def asks(tao_in: float, alpha_in: float, limit_price: float) -> float:
    return float(input("How much? "))


def sleeps(tao_in: float, alpha_in: float, limit_price: float) -> None:
    for _ in range(10_000):
        time.sleep(0.01)


def divides(tao_in: float, alpha_in: float, limit_price: float) -> float:
    nothing = tao_in - tao_in
    return alpha_in / nothing


def misspells(tao_in: float, alpha_in: float, limit_price: float) -> Any:
    return toa_in  # type: ignore[name-defined]  # noqa: F821


def yields(tao_in: float, alpha_in: float, limit_price: float) -> Iterator[float]:
    yield tao_in


async def awaits(tao_in: float, alpha_in: float, limit_price: float) -> float:
    await asyncio.sleep(0)
    return tao_in


def dots(tao_in: float, alpha_in: float, limit_price: float) -> Any:
    return ...


def body_of_dots(tao_in: float, alpha_in: float, limit_price: float) -> None: ...


def only_words(tao_in: float, alpha_in: float, limit_price: float) -> None:
    """Will come."""


def too_few(tao_in: float, alpha_in: float) -> float:
    return tao_in


def returns_a_number(tao_in: float, alpha_in: float, limit_price: float) -> float:
    return 7


def returns_an_argument(tao_in: float, alpha_in: float, limit_price: float) -> float:
    return tao_in


def returns(value: Any) -> Callable[..., Any]:
    return lambda tao_in, alpha_in, limit_price: value


def raises_oddly(tao_in: float, alpha_in: float, limit_price: float) -> None:
    class OddError(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no")

    raise OddError


FUNCTIONS: list[tuple[Any, Outcome, str]] = [
    (loops, Outcome.RAISED, "did not end"),
    (loops_and_catches_all, Outcome.RAISED, "did not end"),
    (prints_for_ever, Outcome.RAISED, "did not end"),
    (sleeps, Outcome.RAISED, "did not end"),
    (prints, Outcome.UNREADABLE, "that is not returning"),
    (prints_and_returns, Outcome.RIGHT, ""),
    (deletes, Outcome.RIGHT, ""),
    (recurses, Outcome.RAISED, "calls itself without end"),
    (exits, Outcome.RAISED, "asks Python to end"),
    (exits_by_system, Outcome.RAISED, "asks Python to end"),
    (exits_at_once, Outcome.RAISED, "asks Python to end"),
    (interrupts, Outcome.RAISED, "KeyboardInterrupt"),
    (asks, Outcome.RAISED, "take the numbers from its arguments"),
    (divides, Outcome.RAISED, "`return alpha_in / nothing`"),
    (misspells, Outcome.RAISED, "toa_in"),
    (raises_oddly, Outcome.RAISED, "OddError"),
    (yields, Outcome.UNREADABLE, "generator"),
    (awaits, Outcome.UNREADABLE, "not `async def`"),
    (dots, Outcome.NOT_ATTEMPTED, "three dots"),
    (body_of_dots, Outcome.NOT_ATTEMPTED, "no body"),
    (only_words, Outcome.NOT_ATTEMPTED, "no body"),
    (too_few, Outcome.UNREADABLE, "takes `(tao_in"),
    (returns(None), Outcome.UNREADABLE, "returned None"),
    (returns("12 bananas"), Outcome.UNREADABLE, "bananas"),
    (returns(math.nan), Outcome.UNREADABLE, "NaN"),
    (returns(3j), Outcome.UNREADABLE, "complex"),
    (returns([1, 2]), Outcome.UNREADABLE, "several values"),
    (returns(Loud()), Outcome.UNREADABLE, "Loud"),
    (returns(Endless()), Outcome.RAISED, "did not end"),
    (returns(0), Outcome.WRONG, "returned 0"),
    (12.5, Outcome.UNREADABLE, "without calling it"),
    ("lambda: 1", Outcome.UNREADABLE, "without calling it"),
    (..., Outcome.NOT_ATTEMPTED, "three dots"),
    (None, Outcome.UNREADABLE, "without calling it"),
    (int, Outcome.RAISED, "TypeError"),
    (returns_a_number, Outcome.WRONG, "returned 7"),
    (returns_an_argument, Outcome.SLIP, "returned 5,750"),
    (print, Outcome.UNREADABLE, "returned None"),
]


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    FUNCTIONS,
    ids=[f"{getattr(one[0], '__name__', 'value')}-{n}" for n, one in enumerate(FUNCTIONS)],
)
def test_an_unexpected_function_is_judged_or_refused_with_a_sentence(
    answer: Any,
    outcome: Outcome,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sandbox, "LIMIT", 0.3)
    verdict = judged(FUNCTION, answer)
    assert verdict.outcome is outcome, verdict
    assert words in verdict.text
    assert capsys.readouterr().out == "", "what a learner's function prints is kept back"
    if outcome is Outcome.RAISED:
        assert "most_tao(" in verdict.text


def test_a_function_may_spoil_its_arguments() -> None:
    def moved(before: list[float], after: list[float]) -> float:
        total = 0.0
        while before:
            total += abs(before.pop() - after.pop()) / 2
        return total

    assert judged(LISTS, moved)
    assert judged(LISTS, moved), "the second time as well"


def test_there_are_more_than_thirty_unexpected_functions() -> None:
    assert len(FUNCTIONS) > 30
