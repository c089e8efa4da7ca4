"""The page of claims: each claim has its cell, each verdict its figure, the page is the list's."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from authoring.claims_page import PAGE, book, claim_faults, page_faults
from authoring.normal_form import normal_form
from authoring.numbers import dates, figures, ground
from dtao_edu.engine.errors import InputError
from dtao_edu.lessons.claims import VERDICTS, Claim, Evidence, cells, claims
from dtao_edu.lessons.course import read_course
from dtao_edu.lessons.lesson import read_cells, read_lesson
from dtao_edu.lessons.notebook_form import dumps
from tests.helpers.lessons import OPENING, code, saved, text

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
COURSE = read_course(NOTEBOOKS)
STORED = read_cells(NOTEBOOKS / PAGE)[0]
# What the founding texts of Dynamic TAO say; none of it may go from the page unnoticed.
FOUNDING = {
    "sixty-four-decide",
    "few-can-misuse",
    "votes-are-subjective",
    "coldkey-and-hotkey",
    "pool-converts",
    "reserves-make-the-rate",
    "demand-brings-emission",
    "wisdom-finds-worth",
    "participation-is-broad",
    "nobody-controls-it",
    "three-balances",
}
CLAIM = Claim(
    key="pools-trade",
    group="Pools",
    claim="Pools trade",
    said="They do.",
    verdict="shown",
    found="3 alpha",
    because="3 alpha came out.",
    code="print(3)",
    evidence=(Evidence("05", "received 3 alpha"),),
)


def named(claim: Claim) -> str:
    return claim.key


def own_cell(claim: Claim):
    """Find the cell on the page that computes a claim's figure: the one after its section."""
    section = next(cell for cell in STORED if f"### {claim.claim}\n" in cell.source)
    return STORED[section.position]


def test_every_claim_has_its_cells_and_every_tag_its_claim() -> None:
    assert claim_faults(claims(), COURSE) == []


def test_the_stored_page_is_the_one_that_the_list_makes() -> None:
    assert page_faults(NOTEBOOKS / PAGE, COURSE) == []


def test_all_founding_claims_are_there_once() -> None:
    keys = [claim.key for claim in claims()]
    assert set(keys) >= FOUNDING
    assert len(set(keys)) == len(keys)
    assert len({claim.claim for claim in claims()}) == len(keys), "sections with one name"


def test_claims_of_a_group_stand_together_and_every_verdict_is_given() -> None:
    groups = [claim.group for claim in claims()]
    assert groups == sorted(groups, key=groups.index)
    assert {claim.verdict for claim in claims()} <= set(VERDICTS)


@pytest.mark.parametrize("claim", claims(), ids=named)
def test_each_number_of_a_verdict_is_computed_beside_it(claim: Claim) -> None:
    cell = own_cell(claim)
    assert cell.source == claim.code.strip()
    base = ground([cell], read_lesson(NOTEBOOKS / PAGE).given)
    for said in (claim.found, claim.because):
        for figure in figures(re.sub(r"lessons? \d\d", "", dates(said)[1], flags=re.IGNORECASE)):
            known = any(figure.is_rounded(one) for one in figures(base))
            assert known or figure.value in (0, 1, 2), f"{figure.text} in {said!r}"


@pytest.mark.parametrize("claim", claims(), ids=named)
def test_what_the_lesson_prints_is_computed_again_on_the_page(claim: Claim) -> None:
    printed = figures(dates(own_cell(claim).output_text)[1])
    shared = [
        figure
        for evidence in claim.evidence
        for figure in figures(evidence.prints)
        if any(figure.is_rounded(one) for one in printed)
    ]
    assert shared


def test_every_row_of_the_table_leads_to_its_section_and_to_a_cell() -> None:
    table = next(cell.source for cell in STORED if "| claim |" in cell.source)
    heads = {"#" + head.replace(" ", "-") for cell in STORED for _, head in cell.headings}
    rows = [line for line in table.splitlines() if line.startswith("| [")]
    assert len(rows) == len(claims())
    for row, claim in zip(rows, claims(), strict=True):
        here, *lessons = re.findall(r"\]\(([^)]+)\)", row)
        assert here == claim.anchor
        assert here in heads
        for target, (_, name, cell) in zip(lessons, cells(claim, COURSE), strict=True):
            file, _, fragment = target.partition("#cell-id=")
            assert file == f"{name}.ipynb"
            book = (NOTEBOOKS / file).read_text(encoding="utf-8")
            assert f'"id": "{fragment}"' in book
            assert cell is not None


def test_a_claim_without_a_cell_is_a_fault(tmp_path: Path) -> None:
    saved(tmp_path, text(OPENING), code("trade()", "received 3 alpha"))
    assert claim_faults([CLAIM], read_course(tmp_path)) == [
        "pools-trade has no cell: lesson 05 has none with the tag claim-pools-trade."
    ]
    gone = replace(CLAIM, evidence=(Evidence("07", "received 3 alpha"),))
    assert "lesson 07" in claim_faults([gone], read_course(tmp_path))[0]


def test_a_cell_that_prints_something_else_a_tag_twice_and_a_tag_for_nothing(
    tmp_path: Path,
) -> None:
    shows, other = code("trade()", "received   3 alpha"), code("trade()", "received 4 alpha")
    for cell in (shows, other):
        cell["metadata"]["tags"] = ["claim-pools-trade"]
    saved(tmp_path, text(OPENING), shows)
    assert claim_faults([CLAIM], read_course(tmp_path)) == []
    saved(tmp_path, text(OPENING), other)
    assert claim_faults([CLAIM], read_course(tmp_path)) == [
        "pools-trade stands on 'received 3 alpha', not printed in lesson 05."
    ]
    saved(tmp_path, text(OPENING), shows, shows)
    assert claim_faults([CLAIM], read_course(tmp_path)) == [
        "lesson 05 has the tag claim-pools-trade on several cells."
    ]
    assert claim_faults([], read_course(tmp_path))[0] == (
        "lesson 05 has the tag claim-pools-trade, which no claim names."
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"evidence": ()}, "evidence of pools-trade is .*at least one cell"),
        ({"verdict": "true"}, "verdict of pools-trade is 'true'; allowed: one of shown, with a"),
        ({"verdict": "in part"}, "change of pools-trade"),
        ({"code": ""}, "one to 5 lines"),
        ({"code": "1\n" * 6}, "one to 5 lines"),
    ],
)
def test_a_claim_that_lacks_something_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        replace(CLAIM, **change)


def test_an_older_page_and_a_missing_one_are_named(tmp_path: Path) -> None:
    page = tmp_path / PAGE
    assert page_faults(page, COURSE)[0].startswith("claims.ipynb is missing; write it with")
    made = normal_form(book(COURSE), PAGE)
    page.write_text(dumps(made), encoding="utf-8")
    assert page_faults(page, COURSE) == []
    made["cells"][7]["source"] = ["another"]
    page.write_text(dumps(made), encoding="utf-8")
    assert page_faults(page, COURSE)[0].startswith("claims.ipynb, cell 8, is not the list's")
    made["metadata"]["dtao_edu"] = {}
    page.write_text(dumps(made), encoding="utf-8")
    assert page_faults(page, COURSE)[0].startswith("claims.ipynb, its metadata, is not the list's")
