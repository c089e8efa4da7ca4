r"""The learner's progress: one small JSON file in the user's data folder, sent to nobody.

The file is read afresh, changed and replaced in one step each time, under a lock file, so that two
notebooks may be open at once. A damaged file is set aside and said so. Where nothing can be
written, as in some browser kernels, progress lasts as long as the kernel.

The folder is the one named by the environment variable ``DTAO_EDU_DATA``; without it the usual
one of the system: ``~/.local/share/dtao_edu``, ``~/Library/Application Support/dtao_edu`` or
``%APPDATA%\dtao_edu``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NotRequired, TypedDict, TypeVar, cast

from dtao_edu import files
from dtao_edu.practice.checking.record import Json
from dtao_edu.practice.checking.verdict import Outcome
from dtao_edu.practice.seats import PRACTICE

_Result = TypeVar("_Result")


class Record(TypedDict):
    """What is kept of one exercise; :func:`record` says what each entry means."""

    attempts: int
    outcome: str
    right: bool
    seen: bool
    hints: int
    solution: int
    ideas: dict[str, int]
    last: str
    answer: str
    version: NotRequired[int]
    answers: NotRequired[list[Json]]


class Guess(TypedDict):
    """What is kept of one prediction: guess and answer, and how far off it was."""

    guess: float | str
    answer: float | str
    off: float | None


class State(TypedDict):
    """The progress: who sits here, and the records and predictions, each under its name."""

    format: int
    sit: str
    sits: dict[str, dict[str, Record]]
    predictions: dict[str, Guess]


FILE = "progress.json"
_FORMAT = 1
_OUTCOMES = {"", *(outcome.value for outcome in Outcome)}
_LOCK = threading.RLock()
_TRIES = 10
_PATIENCE = 2.0  # seconds to wait for another notebook; a lock older than this was left behind
_notes: list[str] = []
_memory: dict[str, State] = {}  # used only where no file can be written


def data_folder() -> Path:
    """Return the folder that holds the progress; it may not exist yet."""
    named = os.environ.get("DTAO_EDU_DATA")
    if named:
        return files.place(named)
    if sys.platform == "win32":
        base = os.environ.get("APPDATA") or str(Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "dtao_edu"


def empty() -> State:
    """Return the progress of somebody who has just begun."""
    return {"format": _FORMAT, "sit": PRACTICE, "sits": {}, "predictions": {}}


def _sound(state: object) -> bool:
    """Tell whether what was read has the form of :func:`empty`, all the way down."""
    if not isinstance(state, dict) or state.get("format") != _FORMAT:
        return False
    sits, predictions = state.get("sits"), state.get("predictions")
    if not (
        isinstance(state.get("sit"), str)
        and isinstance(sits, dict)
        and isinstance(predictions, dict)
        and all(isinstance(entry, dict) for entry in sits.values())
        and all(isinstance(entry, dict) for entry in predictions.values())
    ):
        return False
    return all(_is_record(one) for entry in sits.values() for one in entry.values())


def _is_record(one: object) -> bool:
    """Tell whether an entry has the parts of :func:`record`; version 0.1 knew two fewer."""
    return (
        isinstance(one, dict)
        and all(
            type(one.get(key, value if key in ("version", "answers") else None)) is type(value)
            for key, value in record().items()
        )
        and one["outcome"] in _OUTCOMES
        and all(isinstance(count, int) for count in one["ideas"].values())
    )


def record() -> Record:
    """Return the record of an exercise that nobody has touched yet.

    ``solution`` is 0, 1 (asked for) or 2 (seen), and ``seen`` whether it was seen before the answer
    was right; ``last`` tells an answer given twice from a new one; ``answer`` is what goes into the
    receipt, and ``version`` says of which version of the exercise it is. ``answers`` holds the
    records of the latest answers and of the first right one. Version 0.1 knew neither of the two.
    """
    return {
        "attempts": 0,
        "outcome": "",
        "right": False,
        "seen": False,
        "hints": 0,
        "solution": 0,
        "ideas": {},
        "last": "",
        "answer": "",
        "version": 1,
        "answers": [],
    }


def read() -> State:
    """Read the progress; a damaged file is set aside, and :func:`notes` says so."""
    path = data_folder() / FILE
    if str(path) in _memory:
        return _copy(_memory[str(path)])
    try:
        state = json.loads(_patiently(lambda: path.read_text(encoding="utf-8-sig")))
    except (FileNotFoundError, NotADirectoryError):
        return empty()
    except OSError as error:  # it is there, so it must not be written over
        return _in_memory(path, empty(), f"Your progress in {path} cannot be read", error)
    except (ValueError, RecursionError):
        state = None
    written = state.get("format") if isinstance(state, dict) else None
    if isinstance(written, int) and written > _FORMAT:
        said = f"Your progress in {path} is of a newer version of dtao_edu and stays as it is."
        return _in_memory(path, empty(), said)
    if not _sound(state):
        _set_aside(path)
        return empty()
    return cast(State, state)


def notes() -> str:
    """Return what was amiss with the file since this was last asked; empty if all is well."""
    text = "\n\n".join(_notes)
    _notes.clear()
    return text


def noted(text: str) -> str:
    """Return a text with what was amiss with the file behind it, said once."""
    return "\n\n".join(filter(None, (text, notes())))


def _patiently(act: Callable[[], _Result]) -> _Result:
    """Try again for a moment: Windows refuses a file that another notebook is just reading."""
    for _ in range(_TRIES):
        try:
            return act()
        except OSError as error:
            # A file that could not be written says in its cause why.
            reason = error.__cause__ if isinstance(error, files.FileError) else error
            if not isinstance(reason, PermissionError):
                raise
        time.sleep(0.02)
    return act()


def _copy(state: State) -> State:
    return cast(State, json.loads(json.dumps(state)))


def _in_memory(path: Path, state: State, what: str, error: OSError | None = None) -> State:
    """Go on without a file until the kernel ends."""
    reason = getattr(error, "reason", None) or getattr(error, "strerror", None)
    because = f" ({reason})." if reason else ""
    _notes.append(f"{what}{because} What you do now lasts until the kernel ends.")
    _memory[str(path)] = state
    return _copy(state)


def _set_aside(path: Path) -> None:
    """Rename a damaged file, never over another one."""
    number = 1
    while (aside := path.with_name(f"progress.damaged-{number}.json")).exists():
        number += 1
    try:
        path.rename(aside)
        _notes.append(
            f"Your progress file was damaged. It is kept as {aside}, and a new one begins."
        )
    except OSError as error:
        _in_memory(path, empty(), f"Your progress in {path} is damaged and stays there", error)


def update(change: Callable[[State], None]) -> State:
    """Read the progress, change it, and write it back in one step.

    Returns
    -------
    State
        The new progress.
    """
    path = data_folder() / FILE
    with _LOCK, _alone(path):
        state = read()
        change(state)
        if str(path) in _memory:
            _memory[str(path)] = _copy(state)
            return state
        # Without an indent Python's fast encoder does it: this is most of the time of a check.
        text = json.dumps(state, sort_keys=True, ensure_ascii=False) + "\n"
        try:
            _patiently(lambda: files.write(path, text))
        except OSError as error:
            _in_memory(path, state, f"Your progress cannot be kept in {path.parent}", error)
    return state


def reset() -> str:
    """Forget everything; the old file is kept beside the new one.

    Returns
    -------
    str
        A sentence that says where.
    """
    path = data_folder() / FILE
    kept = path.with_name("progress.before-reset.json")
    with _LOCK, contextlib.suppress(OSError):
        path.replace(kept)
    _memory.pop(str(path), None)
    update(lambda state: None)
    where = f" What was there is kept as {kept}." if kept.exists() else ""
    return f"All progress is forgotten.{where}"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock file, so that two notebooks do not write over each other."""
    lock, held = path.with_name(f"{FILE}.lock"), False
    until = time.monotonic() + _PATIENCE
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    while not held:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            held = True
        except FileExistsError:
            if time.monotonic() > until:  # left behind by a kernel that was killed
                with contextlib.suppress(OSError):
                    lock.unlink()
                until += _PATIENCE
            time.sleep(0.005)
        except OSError:  # nothing can be written here
            break
    try:
        yield
    finally:
        if held:
            with contextlib.suppress(OSError):
                lock.unlink()
