"""The README's commands, links, example and table say what is there."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest

from authoring.tables import with_table
from dtao_edu.lessons.course import read_course

ROOT = Path(__file__).resolve().parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "RIGHTS-ledger.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)\n```$", README, re.DOTALL | re.MULTILINE)


def test_there_are_two_commands_of_one_line_and_they_open_the_page() -> None:
    assert len(COMMANDS) == 2
    assert not any("\n" in command for command in COMMANDS)
    fences = re.findall(r"^```", README, re.MULTILINE)
    assert README.split("```")[1] == f"sh\n{COMMANDS[0]}\n", "the first fenced block"
    assert README.split("```")[3] == f"sh\n{COMMANDS[1]}\n", "the second, which .ci/run takes"
    assert len(fences) % 2 == 0


def test_the_first_command_opens_the_course_and_the_second_runs_the_tests() -> None:
    for command in COMMANDS:
        assert command.startswith("python3 -m venv .venv && ")
        assert "-c constraints.txt" in command
    assert COMMANDS[0].endswith("/dtao-edu lab")
    assert COMMANDS[1].endswith("/python tests/run.py")


def test_the_continuous_run_takes_the_second_command_from_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "block == 2' README.md" in script
    assert "tests/run.py --browser" in script
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^ {4}.*$", "", text, flags=re.MULTILINE)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    for target in targets:
        name, _, anchor = target.partition("#")
        if re.match(r"https?:", name):
            continue
        assert (ROOT / name).exists(), f"{page} links to {target}"
        if anchor:
            linked = (ROOT / (name or page)).read_text(encoding="utf-8")
            heads = [head.lower() for head in re.findall(r"^#+ (.+)$", linked, re.MULTILINE)]
            assert anchor in [re.sub(r"[^\w -]", "", head).replace(" ", "-") for head in heads]


def test_files_that_the_pages_name_are_there() -> None:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for name in re.findall(r"`((?:tests|dtao_edu|benchmarks|notebooks)/[\w./]*)`", text):
            assert (ROOT / name).exists(), f"{page} names {name}"


def test_every_picture_has_a_sentence() -> None:
    for words in re.findall(r"!\[([^\]]*)\]", README):
        assert len(words.split()) > 3


def test_the_table_is_that_of_the_notebooks() -> None:
    assert with_table(README, read_course(ROOT / "notebooks")) == README


def test_the_example_runs() -> None:
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 3
    assert results.failed == 0


def test_the_tested_versions_name_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = {
        re.match(r"[\w-]+", line)[0]  # type: ignore[index]
        for line in [
            *project["dependencies"],
            *(line for extra in extras.values() for line in extra),
        ]
    }
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text(), re.MULTILINE)
    assert wanted - {"dtao-edu"} <= set(pinned)


def test_nothing_names_a_machine_or_a_registry() -> None:
    for path in [*ROOT.glob("*.md"), *ROOT.glob("*.txt"), ROOT / "pyproject.toml"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"file://|/opt/|/usr/|pythonhosted|index-url", text), path.name
