"""The workflows of a code host: they can be read, and their commands are those of this project."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.cli import main

yaml = pytest.importorskip("yaml")
ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def commands(path: Path) -> list[str]:
    return [line for step in steps(path) for line in step.get("run", "").splitlines()]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_jobs_with_a_limit_and_least_rights(path: Path) -> None:
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert whole["permissions"]["contents"] == "read"
    assert whole[True], "yaml reads the key `on` as true"
    assert all(job["timeout-minutes"] <= 60 for job in whole["jobs"].values())
    for step in steps(path):
        assert ("run" in step) != ("uses" in step)
        assert "uses" not in step or re.search(r"@[\w/.]+$", step["uses"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_extras_and_files_that_a_workflow_names_are_there(path: Path) -> None:
    for command in commands(path):
        for extras in re.findall(r'"\.\[([\w,]+)\]"', command):
            assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"]), command
        for name in re.findall(
            r"(?<![\w/.-])((?:\.ci|tests|dtao_edu|constraints)[\w./-]*)", command
        ):
            assert (ROOT / name).exists(), command


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_commands_of_the_package_have_the_options_that_a_workflow_gives(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in commands(path):
        for found in re.findall(r"dtao-edu ([\w-]+ .*)", command):
            words = shlex.split(found)
            with pytest.raises(SystemExit):
                main([words[0], "--help"])
            said = capsys.readouterr().out
            assert all(word in said for word in words if word.startswith("--")), command


def test_the_workflows_run_what_the_continuous_run_has() -> None:
    said = "\n".join(line for path in WORKFLOWS for line in commands(path))
    assert ".ci/run" in said.splitlines()
    assert ".ci/lowest" in said
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for name in ("run", "lowest", "kernel"):
        assert name == "run" or f".ci/{name}" in run
        assert (ROOT / ".ci" / name).stat().st_mode & 0o111


def test_every_python_of_the_classifiers_is_tried() -> None:
    tried = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    for one in PROJECT["classifiers"]:
        if found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", one):
            assert f'"{found[1]}"' in tried
