"""The days and blocks that prose gives for a version of the chain are those of the rules' table.

Every mention of a spec is read with what stands beside it. A day written beside it has to be the
first day of that rule, or a day that the table's own source names for it (its release); a block
has to be the block of the table. What this test cannot read, it counts, and fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from dtao_edu.simulation.rules import RuleSet, all_rules

ROOT = Path(__file__).resolve().parents[2]
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SPEC = re.compile(r"\bspec(?:s)? (\d{3})\b")
DAY = re.compile(rf"\b(\d{{1,2}}) ({MONTHS}) (20\d\d)\b|\b(20\d\d)-(\d\d)-(\d\d)\b")
YEAR = re.compile(r"\b20\d\d\b")
BLOCK = re.compile(r"\bblock (\d[\d,]{5,})")
# Versions that the table does not hold as rules of their own, each with the days that are known:
# what was only proposed, and what changed nothing that the table follows.
OTHERS = {
    234: {date(2025, 2, 13)},
    298: {date(2025, 7, 30)},  # seen in force in a block of that day
    301: {date(2025, 8, 12)},
    334: {date(2025, 11, 4)},
    350: {date(2025, 12, 5)},
    440: {date(2026, 7, 27), date(2026, 7, 28)},
    480: {date(2026, 10, 19)},
    481: {date(2026, 10, 19)},
    486: {date(2026, 10, 26)},
    491: {date(2026, 11, 16)},
    494: {date(2026, 11, 23)},
}


def pages() -> Iterator[tuple[str, str]]:
    """Yield each text that a reader sees, with the name of its file."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        if path.name == "claims.ipynb":
            continue  # made from claims.toml
        page = json.loads(path.read_text(encoding="utf-8"))
        given = page["metadata"].get("dtao_edu", {}).get("given", {})
        text = [f"{name}: {source}" for name, source in given.items()]
        text += ["".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] != "code"]
        yield path.name, "\n".join(text)
    for name in ("README.md", "dtao_edu/lessons/claims.toml", "dtao_edu/glossary/terms.py"):
        yield name, (ROOT / name).read_text(encoding="utf-8")


def rules_of(spec: int) -> list[RuleSet]:
    return [row for row in all_rules() if row.spec == spec]


def days_in(text: str) -> list[date]:
    found = []
    for number, month, year, *iso in DAY.findall(text):
        if number:
            found.append(datetime.strptime(f"{number} {month} {year}", "%d %B %Y").date())
        else:
            found.append(date(*map(int, iso)))
    return found


def allowed(spec: int) -> set[date]:
    """Give the days that the table knows of a version: its first day, and those of its source."""
    days = set(OTHERS.get(spec, set()))
    for row in rules_of(spec):
        days |= {
            row.start,
            *days_in(" ".join((row.source, row.changed, row.release, *row.unsettled))),
        }
    return days


def beside(text: str) -> Iterator[tuple[int, str]]:
    """Yield each spec that a text names, with the words beside it, up to the next one."""
    found = list(SPEC.finditer(text))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        after = text[match.end() : min(end, match.end() + 60)]
        # A day belongs to a spec only within its own clause.
        yield int(match[1]), re.split(r"[;\n)\]]|\. ", after)[0]


MENTIONS = [(name, spec, words) for name, text in pages() for spec, words in beside(text)]


def test_prose_names_many_versions_and_most_with_a_day() -> None:
    dated = [words for _, _, words in MENTIONS if YEAR.search(words)]
    assert len(MENTIONS) >= 35
    assert len(dated) >= 18


@pytest.mark.parametrize(("name", "spec", "words"), MENTIONS)
def test_a_day_or_block_beside_a_version_is_the_tables(name: str, spec: int, words: str) -> None:
    days = days_in(words)
    whole = [year for year in YEAR.findall(words) if not re.search(rf"(?:{MONTHS}) {year}", words)]
    iso = re.findall(r"20\d\d-\d\d-\d\d", words)
    assert len(whole) <= len(iso), f"{name}: a year beside spec {spec} that cannot be read: {words}"
    for month, year in re.findall(rf"({MONTHS}) (20\d\d)", words):
        near = {(MONTHS.split("|")[day.month - 1], str(day.year)) for day in allowed(spec)}
        assert (month, year) in near, f"{name}: spec {spec} in {month} {year}, the table: {near}"
    for day in days:
        assert day in allowed(spec), f"{name}: spec {spec} with {day}, the table: {allowed(spec)}"
    known = {row.block for row in rules_of(spec) if row.block}
    for block in BLOCK.findall(words):
        assert not known or int(block.replace(",", "")) in known, f"{name}: spec {spec}, {block}"
