"""Handing out a week: lessons and exercises without solutions, as a folder, a zip and a branch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from dtao_edu.classes import tables
from dtao_edu.classes.marks import week_folder
from dtao_edu.classes.pages import beside
from dtao_edu.classes.settings import Settings, Week
from dtao_edu.engine.errors import InputError
from dtao_edu.lessons.course import course_folder
from dtao_edu.practice.class_copy import FILE, written

BRANCH = "students"


def week_files(week: Week, *, solutions: bool = False) -> dict[str, bytes]:
    """Return the files of a week: its lessons and exercises, or the worked solutions.

    Returns
    -------
    dict of str to bytes
        Content by path, with forward slashes.
    """
    source = course_folder()
    rooms = ["exercises/solutions"] if solutions else ["notebooks", "exercises"]
    found = {}
    for room in rooms:
        for lesson in week.lessons:
            for path in sorted((source / room).glob(f"{lesson}_*.ipynb")):
                if ".new" not in path.name:
                    found[f"{room}/{path.name}"] = path.read_bytes()
    return found


def hand_out(folder: Path, settings: Settings, number: int) -> Path:
    """Write what a week's students get, as a folder and as a zip beside it.

    Parameters
    ----------
    folder : Path
        The class's folder.
    settings : Settings
    number : int
        Of the week.

    Returns
    -------
    Path
        The folder; the zip has the same name.
    """
    week = settings.week(number)
    entries = {**week_files(week), **_about(settings, [week])}
    out = week_folder(folder, number) / "hand-out"
    for name, content in entries.items():
        tables.write(out / name, content)
    tables.write(out.with_suffix(".zip"), tables.archive(entries))
    return out


def _about(settings: Settings, weeks: Sequence[Week]) -> dict[str, bytes]:
    """Write the page for students, and the file by which solutions wait."""
    due = {lesson: week.due.isoformat() for week in weeks for lesson in week.lessons if week.due}
    waiting = {"format": 1, "class": settings.title, "due": due}
    lines = [f"# {settings.title}", ""]
    for week in weeks:
        until = f", to be handed in by {written(week.due)}" if week.due else ""
        lines.append(f"- Week {week.number}: lesson {', '.join(week.lessons)}{until}")
    return {
        FILE: (json.dumps(waiting, indent=1) + "\n").encode(),
        "README.md": "\n".join([*lines, "", beside("students.md")]).encode(),
    }


def publish(repository: Path, settings: Settings, number: int, branch: str = BRANCH) -> str:
    """Commit the weeks handed out so far to a branch that nbgitpuller can pull.

    Parameters
    ----------
    repository : Path
        A git repository, or a folder that becomes one. Its working tree is not touched.
    settings : Settings
    number : int
        The last week that is out; the branch holds all weeks up to it, and never loses a file.
    branch : str

    Returns
    -------
    str
        A sentence.

    Raises
    ------
    InputError
        If git is missing, or refuses.
    """
    if shutil.which("git") is None:
        raise InputError("git", "not installed", "git on this computer, for a branch")
    weeks = [week for week in settings.weeks if week.number <= settings.week(number).number]
    entries = {name: data for week in weeks for name, data in week_files(week).items()}
    entries |= _about(settings, weeks)
    repository.mkdir(parents=True, exist_ok=True)
    inside = subprocess.run(
        ["git", "rev-parse", "--git-dir"], cwd=repository, capture_output=True, check=False
    )
    if inside.returncode or not ((repository / ".git").exists() or (repository / "HEAD").exists()):
        _git(repository, "init", "--quiet", f"--initial-branch={branch}")
    ref = f"refs/heads/{branch}"
    parent = _git(repository, "for-each-ref", "--format=%(objectname)", ref)
    tree = _tree(repository, entries, parent)
    if parent and _git(repository, "rev-parse", f"{parent}^{{tree}}") == tree:
        return f"Branch {branch} of {repository} has week {number} already."
    said = f"Hand out week {number}"
    made = _git(repository, "commit-tree", tree, "-m", said, *(["-p", parent] if parent else []))
    _git(repository, "update-ref", ref, made, *([parent] if parent else []))
    return (
        f"Branch {branch} of {repository} now holds week {number}: push it, and nbgitpuller "
        "pulls it."
    )


def _tree(repository: Path, entries: Mapping[str, bytes], parent: str) -> str:
    """Write a tree: what the branch has, with the entries put in."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        if parent:
            _git(repository, "read-tree", parent, more=index)
        lines = ""
        for name, data in entries.items():
            blob = _git(repository, "hash-object", "-w", "--stdin", sent=data)
            lines += f"100644 {blob}\t{name}\n"
        _git(repository, "update-index", "--add", "--index-info", sent=lines.encode(), more=index)
        return _git(repository, "write-tree", more=index)


def _git(
    repository: Path, *words: str, sent: bytes = b"", more: Mapping[str, str] | None = None
) -> str:
    named = {
        "GIT_AUTHOR_NAME": "dtao-edu",
        "GIT_AUTHOR_EMAIL": "class@localhost",
        "GIT_COMMITTER_NAME": "dtao-edu",
        "GIT_COMMITTER_EMAIL": "class@localhost",
    }
    done = subprocess.run(
        ["git", *words],
        cwd=repository,
        input=sent,
        capture_output=True,
        check=False,
        env={**named, **os.environ, **(more or {})},
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise InputError(
            "git", f"refused ({said[-1] if said else words[0]})", "a repository of git"
        )
    return done.stdout.decode().strip()
