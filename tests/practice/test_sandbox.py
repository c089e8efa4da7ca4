"""Running a learner's function: in any thread, without threads, and leaving nothing behind."""

from __future__ import annotations

import builtins
import os
import sys
import threading
import time
from typing import Any

import pytest

from dtao_edu.practice import bank
from dtao_edu.practice.assess import assess
from dtao_edu.practice.checking import sandbox
from dtao_edu.practice.checking.sandbox import explain, run
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.exercise.exercise import task

FUNCTION = task(bank.find("05.3"), "practice")


def endless() -> None:
    while True:
        pass


def test_what_is_returned_raised_and_printed_comes_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    done = run(lambda: (print("hello"), 7)[1])
    assert (done.value, done.error, done.late, done.printed) == (7, None, False, "hello\n")
    assert isinstance(run(lambda: 1 / 0).error, ZeroDivisionError)
    assert capsys.readouterr().out == ""


def test_a_loop_is_ended_and_its_thread_with_it() -> None:
    before = threading.active_count()
    done = run(endless, limit=0.1)
    assert (done.late, done.left, done.error) == (True, False, None)
    assert threading.active_count() == before


def test_who_was_given_no_time_of_the_machine_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "process_time", lambda: 0.0)  # as if others had it all
    done = run(lambda: time.sleep(1.1), limit=1.0)
    assert not done.late
    assert done.error is None


def test_who_sleeps_for_good_is_ended_all_the_same() -> None:
    def sleeper() -> None:
        for _ in range(10_000):
            time.sleep(0.01)

    assert run(sleeper, limit=0.1).late


def test_what_cannot_be_ended_is_left_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_PATIENCE", 0.05)
    monkeypatch.setattr(sandbox, "LIMIT", 0.05)
    gate = threading.Event()  # waiting for it is one call that does not look up
    try:
        done = run(gate.wait)
        assert (done.late, done.left) == (True, True)
        verdict = assess(FUNCTION, lambda tao_in, alpha_in, limit_price: gate.wait())
        assert "restart the kernel" in verdict.text
    finally:
        gate.set()


def test_without_threads_it_runs_under_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a browser kernel, where no thread can be started."""

    def refuses(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuses)
    traced = sys.gettrace()
    assert run(lambda: 7).value == 7
    assert isinstance(run(lambda: 1 / 0).error, ZeroDivisionError)
    done = run(endless, limit=0.1)
    assert (done.late, done.left) == (True, False)
    assert run(lambda: print("hello")).printed == "hello\n"
    assert sys.gettrace() is traced


def test_it_works_from_any_thread() -> None:
    outcomes: list[Any] = []

    def learner() -> None:
        outcomes.append(assess(FUNCTION, lambda tao_in, alpha_in, limit_price: 1 / 0).outcome)

    threads = [threading.Thread(target=learner) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [Outcome.RAISED] * 4


def test_others_may_print_meanwhile(capsys: pytest.CaptureFixture[str]) -> None:
    done = run(lambda: threading.Thread(target=print, args=("from elsewhere",)).start())
    assert done.error is None
    time.sleep(0.05)
    assert "from elsewhere" in capsys.readouterr().out
    assert done.printed == ""


def test_endless_printing_keeps_a_part_only() -> None:
    def prints() -> None:
        while True:
            print("x" * 1000)

    assert len(run(prints, limit=0.1).printed) <= sandbox._PRINTED + 1000


def test_everything_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before = (sys.stdout, builtins.input, builtins.exit, builtins.quit, os._exit)
    for work in (lambda: 7, lambda: exit(), endless):
        run(work, limit=0.05)
        assert (sys.stdout, builtins.input, builtins.exit, builtins.quit, os._exit) == before


def test_a_notebooks_own_exit_is_taken_away_and_given_back() -> None:
    """There `exit` is an object that stops the kernel; it has the shell in `_ip`."""

    class Exit:
        _ip = "the shell"
        called = False

        def __call__(self) -> None:
            type(self).called = True

    stop = Exit()
    cell: dict[str, Any] = {"exit": stop, "quit": 42}
    exec("def learner():\n    exit()", cell)
    done = run(cell["learner"], (cell["learner"],))
    assert isinstance(done.error, SystemExit)
    assert not Exit.called
    assert cell["exit"] is stop
    assert cell["quit"] == 42, "a learner's own variable of that name is left alone"


def test_a_learners_own_exit_is_theirs() -> None:
    cell: dict[str, Any] = {"exit": lambda: 5}
    exec("def learner():\n    return exit()", cell)
    assert run(cell["learner"], (cell["learner"],)).value == 5


def test_a_function_that_checks_itself_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LIMIT", 0.1)

    def learner(tao_in: float, alpha_in: float, limit_price: float) -> Any:
        return assess(FUNCTION, learner).outcome

    assert assess(FUNCTION, learner).outcome in (Outcome.RAISED, Outcome.UNREADABLE)


def test_an_interrupt_of_the_person_goes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    join = threading.Thread.join
    calls = []

    def interrupted(self: threading.Thread, timeout: float | None = None) -> None:
        calls.append(timeout)
        if len(calls) == 1:
            raise KeyboardInterrupt
        join(self, timeout)

    monkeypatch.setattr(threading.Thread, "join", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run(endless, limit=5)
    monkeypatch.undo()
    assert run(lambda: 1).value == 1, "nothing stays locked"


def test_the_learners_own_line_is_named() -> None:
    cell: dict[str, Any] = {}
    exec(compile("def learner():\n    a = 1\n    return [].pop()\n", "<cell>", "exec"), cell)
    error = run(cell["learner"]).error
    assert error is not None
    assert "in line 3" in explain(error, cell["learner"])
    assert "IndexError (pop from empty list)" in explain(error, cell["learner"])
