"""What nothing reaches goes: no notebook, exercise, playground, command or page names it."""

from __future__ import annotations

from authoring.reached import unreached

LEFT = {
    # What a reader calls on a run, a playground or a table of their own.
    "to_pandas", "replay", "exact_pool", "registration_blocks", "target_share", "saver",
    # Types that signatures alone say.
    "Pairs", "PANELS", "Stages", "AVERAGES", "TITLE",
    # Studies and figures that wait for their lesson; this part only shrinks.
    "agreement_lines", "agreement_sentence", "attempt_rows", "attempts_sentence",
    "concentration_lines", "concentration_sentence", "inequality_curve", "inequality_sentence",
    "to_explain",
}  # fmt: skip
"""What is kept all the same, and why."""


def test_everything_is_reached_or_said_to_be_kept() -> None:
    found = sorted({f"{one.path.name}: {one.name}" for one in unreached() if one.name not in LEFT})
    assert found == []


def test_what_is_only_tested_or_listed_is_found() -> None:
    """A name that tests and lists alone say is not alive; nor is what it alone would reach."""
    names = {one.name for one in unreached()}
    assert "Pool" not in names
    assert names >= {"saver"}
