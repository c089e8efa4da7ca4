"""The learner's copy of the course: what was changed is never lost."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from authoring.normal_form import normal_form
from dtao_edu.engine.errors import InputError
from dtao_edu.lessons import course
from dtao_edu.lessons.course import course_files, course_folder
from dtao_edu.lessons.lab import fold_lists, lab_options, name_kernel
from dtao_edu.lessons.learners_copy import lay
from dtao_edu.lessons.notebook_form import dumps

LESSON = "notebooks/05_staking.ipynb"
OTHER_KERNEL = {"kernelspec": {"display_name": "R", "language": "R", "name": "ir"}}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Make a small course."""
    source = tmp_path / "source"
    write(source, LESSON, "first")
    write(source, "notebooks/images/pool.png", "picture")
    write(source, "exercises/solutions/05_staking.ipynb", "solution")
    return source


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def test_the_first_copy_is_the_course(source: Path, tmp_path: Path) -> None:
    laid = lay(tmp_path / "mine", source)
    assert files(tmp_path / "mine") == files(source)
    assert set(laid.written) == set(files(source))
    assert str(laid) == f"Your copy of the course is in {tmp_path / 'mine'}."


def test_laying_twice_writes_nothing(source: Path, tmp_path: Path) -> None:
    lay(tmp_path / "mine", source)
    again = lay(tmp_path / "mine", source)
    assert again.written == ()
    assert again.offered == {}


def test_a_changed_file_stays_and_no_other_is_laid_beside_it(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    write(mine, LESSON, "my work")
    laid = lay(mine, source)
    assert laid.offered == {}
    assert files(mine) == {**files(source), LESSON: "my work"}


def test_an_untouched_file_becomes_the_newer_version(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    write(source, LESSON, "second")
    assert lay(mine, source).written == (LESSON,)
    assert files(mine) == files(source)


def test_a_newer_version_is_laid_beside_a_changed_file_and_said(
    source: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    write(mine, LESSON, "my work")
    write(source, LESSON, "second")
    laid = lay(mine, source)
    assert files(mine)[LESSON] == "my work"
    assert files(mine)["notebooks/05_staking.new.ipynb"] == "second"
    assert (
        f"You changed {LESSON}, so it was left alone; "
        "the newer version is notebooks/05_staking.new.ipynb." in str(laid)
    )
    assert lay(mine, source).offered == {}, "the same version is offered once"


def test_the_offer_is_replaced_while_untouched_and_kept_when_changed(
    source: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    write(mine, LESSON, "my work")
    for text in ("second", "third"):
        write(source, LESSON, text)
        lay(mine, source)
    assert files(mine)["notebooks/05_staking.new.ipynb"] == "third"
    write(mine, "notebooks/05_staking.new.ipynb", "my work on the third")
    write(source, LESSON, "fourth")
    lay(mine, source)
    assert files(mine) == {
        **files(source),
        LESSON: "my work",
        "notebooks/05_staking.new.ipynb": "my work on the third",
        "notebooks/05_staking.new2.ipynb": "fourth",
    }


def opened(text: str) -> str:
    """Do to a notebook what JupyterLab does when it is opened and saved."""
    book = json.loads(text)
    book["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    book["metadata"]["language_info"] |= {"version": "3.13.0", "pygments_lexer": "ipython3"}
    return json.dumps(book, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def test_a_lesson_that_was_only_opened_is_untouched_and_an_edited_one_is_not(
    source: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    cell = {"cell_type": "markdown", "metadata": {}, "source": "# Ü"}
    given = {"dtao_edu": {"given": {"7": "a source"}}}
    kept = dumps(normal_form({"cells": [cell], "metadata": given}, LESSON))
    write(source, LESSON, kept)
    lay(mine, source)
    write(mine, LESSON, opened(kept))
    assert lay(mine, source).written == ()
    write(source, LESSON, kept.replace("# Ü", "# Ö"))
    assert lay(mine, source).written == (LESSON,)
    edits = (kept + "\n", kept.replace("# Ü", "# my"), opened(kept).replace("# Ü", "# my"))
    for number, edit in enumerate(edits):
        write(mine, LESSON, edit)
        write(source, LESSON, kept.replace("# Ü", f"# version {number}"))
        assert LESSON in lay(mine, source).offered
        assert files(mine)[LESSON] == edit


def test_a_deleted_file_comes_back(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    (mine / LESSON).unlink()
    assert lay(mine, source).written == (LESSON,)


def test_a_learner_who_takes_the_newer_version_gets_the_next_one_in_place(
    source: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    write(mine, LESSON, "my work")
    write(source, LESSON, "second")
    lay(mine, source)
    (mine / "notebooks/05_staking.new.ipynb").replace(mine / LESSON)
    lay(mine, source)
    write(source, LESSON, "third")
    assert lay(mine, source).written == (LESSON,)


@pytest.mark.parametrize("record", ["", "{", "[]", '{"laid": 3}', None])
def test_without_a_readable_record_every_file_counts_as_changed(
    source: Path, tmp_path: Path, record: str | None
) -> None:
    mine = tmp_path / "mine"
    lay(mine, source)
    if record is None:
        (mine / ".dtao-edu.json").unlink()
    else:
        write(mine, ".dtao-edu.json", record)
    write(source, LESSON, "second")
    assert lay(mine, source).offered == {LESSON: "notebooks/05_staking.new.ipynb"}
    assert files(mine)[LESSON] == "first"


def test_a_file_of_the_learners_own_is_left_alone(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    write(mine, "notebooks/my_notes.ipynb", "notes")
    lay(mine, source)
    assert files(mine)["notebooks/my_notes.ipynb"] == "notes"


def test_checkpoints_and_hidden_files_are_no_part_of_the_course(source: Path) -> None:
    write(source, "notebooks/.ipynb_checkpoints/05_staking.ipynb", "checkpoint")
    write(source, "notebooks/__pycache__/a.pyc", "cache")
    write(source, "notebooks/05_staking.new.ipynb", "an offer")
    assert course_files(source) == [
        "exercises/solutions/05_staking.ipynb",
        LESSON,
        "notebooks/images/pool.png",
    ]


def test_a_file_is_no_folder(source: Path, tmp_path: Path) -> None:
    write(tmp_path, "taken", "text")
    with pytest.raises(InputError, match="a folder, or a name that is not taken yet"):
        lay(tmp_path / "taken", source)


def test_the_source_is_never_its_own_copy(source: Path) -> None:
    with pytest.raises(InputError, match="not the course's source"):
        lay(source, source)


def test_the_installed_course_is_found() -> None:
    assert (course_folder() / "notebooks").is_dir()


def test_a_course_inside_the_package_comes_first_and_a_lost_one_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "place" / "dtao_edu"
    monkeypatch.setattr(course, "__file__", str(package / "lessons" / "course.py"))
    with pytest.raises(FileNotFoundError, match="install the package again"):
        course_folder()
    (tmp_path / "place" / "notebooks").mkdir(parents=True)
    assert course_folder() == tmp_path / "place"
    (package / "course" / "notebooks").mkdir(parents=True)
    assert course_folder() == package / "course"


def test_the_lab_answers_this_computer_alone_and_asks_no_other() -> None:
    options = lab_options(Path("course"))
    assert "--ServerApp.ip=127.0.0.1" in options
    assert "--LabApp.news_url=None" in options
    assert "--LabApp.extension_manager=readonly" in options
    assert "--no-browser" not in options
    assert not any("port" in option for option in options), "the first free port"


def free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])


@pytest.mark.slow
def test_the_command_opens_jupyterlab_on_the_first_lesson(tmp_path: Path) -> None:
    port, mine = free_port(), tmp_path / "mine"
    command = [sys.executable, "-m", "dtao_edu.cli", "lab", "--no-browser"]
    command += ["--port", str(port), "--folder", str(mine)]
    quiet = {**os.environ, "JUPYTER_TOKEN": "secret", "JUPYTER_CONFIG_DIR": str(tmp_path)}
    log = (tmp_path / "log").open("w")
    server = subprocess.Popen(command, env=quiet, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                page = get(port, "/lab/tree/notebooks/00_start_here.ipynb")
                break
            except OSError:
                assert server.poll() is None, (tmp_path / "log").read_text()
                time.sleep(0.2)
        assert '"news": {"disabled": true}' in page
        assert '"@jupyterlab/apputils-extension:announcements"' in page, "no question about news"
        listed = json.loads(get(port, "/api/contents/notebooks"))
        assert "00_start_here.ipynb" in [entry["name"] for entry in listed["content"]]
        with pytest.raises(OSError, match="403"):
            get(port, "/api/contents", token="wrong")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        log.close()
    text = (tmp_path / "log").read_text()
    assert f"Your copy of the course is in {mine}." in text
    assert f"http://127.0.0.1:{port}/lab/tree/notebooks/00_start_here.ipynb" in text


def test_the_lists_are_folded_until_the_learner_arranges_them(tmp_path: Path) -> None:
    fold_lists(tmp_path)
    (kept,) = tmp_path.rglob("*.jupyterlab-workspace")
    assert json.loads(kept.read_text())["data"]["layout-restorer:data"]["left"]["collapsed"]
    mine = json.dumps({"data": {"mine": 1}, "metadata": {"id": "default"}})
    kept.write_text(mine)
    fold_lists(tmp_path)
    assert kept.read_text() == mine


def test_a_copy_that_names_its_kernel_is_still_untouched(tmp_path: Path) -> None:
    mine = lay(tmp_path / "mine", lessons=["05"]).folder
    shipped = files(mine)
    own = {**json.loads(shipped["exercises/05_exercises.ipynb"]), "metadata": OTHER_KERNEL}
    write(mine, "notebooks/my_own.ipynb", dumps(own))
    name_kernel(mine)
    named = files(mine)
    assert named != shipped
    assert named["notebooks/my_own.ipynb"] == dumps(own), "another kernel keeps its name"
    again = lay(tmp_path / "mine", lessons=["05"])
    assert (again.written, again.offered) == ((), {})
    name_kernel(mine)
    assert files(mine) == named


def get(port: int, address: str, token: str = "secret") -> str:
    ask = urllib.request.Request(f"http://127.0.0.1:{port}{address}")
    ask.add_header("Authorization", f"token {token}")
    with urllib.request.urlopen(ask, timeout=10) as answer:
        return str(answer.read().decode())


def test_some_lessons_alone_are_laid(tmp_path: Path) -> None:
    laid = lay(tmp_path / "mine", lessons=["05", "talk"])
    names = {Path(name).name for name in laid.written}
    lesson = {"05_staking_and_unstaking.ipynb", "05_exercises.ipynb", "05_solutions.ipynb"}
    assert names == {*lesson, "talk.ipynb"}, "names that tell their tabs apart"
    assert any("/solutions/" in name for name in laid.written)


def test_solutions_can_be_left_out(tmp_path: Path) -> None:
    laid = lay(tmp_path / "mine", lessons=["05"], solutions=False)
    assert laid.written == (
        "exercises/05_exercises.ipynb",
        "notebooks/05_staking_and_unstaking.ipynb",
    )


def test_a_lesson_that_is_not_there_is_refused_before_anything_is_laid(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lesson is '99'"):
        lay(tmp_path / "mine", lessons=["05", "99"])
    assert not (tmp_path / "mine").exists()


def test_the_first_lesson_of_the_copy_is_opened(tmp_path: Path) -> None:
    lay(tmp_path / "mine", lessons=["05", "06"])
    options = lab_options(tmp_path / "mine", browser=False)
    opened = "--LabApp.default_url=/lab/tree/notebooks/05_staking_and_unstaking.ipynb"
    assert opened in options
