"""The rules by date: what is in force when, what can be exchanged, what is not certain."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import date, datetime, timedelta
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dtao_edu import Network, Pool, rules, rules_on, rules_table, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.engine.units import LAUNCH_BLOCK
from dtao_edu.simulation import block, mechanisms
from dtao_edu.simulation.rules import (
    PARTS,
    all_rules,
    block_on,
    day_of,
    parts,
)

README = Path(__file__).parents[2] / "README.md"
TABLE = files("dtao_edu.simulation") / "rules.toml"
KNOWN_UNTIL = tomllib.loads(TABLE.read_text(encoding="utf-8"))["known_until"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2024-10-23", "root_network"),
        ("2025-02-12", "root_network"),
        ("2025-02-13", "dtao_launch"),
        ("2025-04-17", "dtao_start_call"),
        ("2025-07-28", "v3_low_fee"),
        ("2025-07-29", "v3_subsidy"),
        ("2025-11-10", "flow_cap"),
        ("2025-11-07", "flow"),
        ("2026-06-22", "net_flow_kept"),
        ("2026-07-20", "price_burn"),
        ("2026-07-27", "price_burn_gate_61"),
        ("2026-07-31", "price_burn_gate"),
        ("2026-08-03", "price_burn_gate_rank"),
    ],
)
def test_the_rules_in_force_on_a_day(day: str, name: str) -> None:
    assert rules_on(day).name == name
    assert rules_on(date.fromisoformat(day)).name == name
    assert rules_on(datetime.fromisoformat(day)).name == name


@pytest.mark.parametrize("day", ["2023-12-31", "10 November", "", None, 20251110])
def test_a_day_that_is_not_known_is_refused(day: Any) -> None:
    with pytest.raises(InputError) as refused:
        rules_on(day)
    assert refused.value.argument == "date"


def test_past_the_last_known_day_one_warning_says_so_in_words() -> None:
    code = """
import warnings
from dtao_edu import rules_on
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    names = [rules_on(day).name for day in DAYS]
print(names, [str(each.message) for each in seen])
"""
    last = KNOWN_UNTIL
    days = [str(last + timedelta(days=more)) for more in (0, 1, 60)]
    out = subprocess.run(
        [sys.executable, "-c", code.replace("DAYS", repr(days))],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    said = f"The rules are known to {last}: later ones may differ from what is returned here."
    assert out.strip() == f"{[all_rules()[-1].name] * 3} ['{said}']"


def test_what_was_seen_only_as_a_title_says_so() -> None:
    assert "[title]" in rules("effective_tao_weight").release
    assert any("Only the titles" in note for note in rules("effective_tao_weight").unsettled)
    for each in all_rules():
        if each.start > date(2026, 7, 26):
            assert "[after]" in each.release or "[title]" in each.release


def test_a_known_first_block_falls_on_the_first_day() -> None:
    for each in all_rules():
        off = abs(day_of(each.start_block) - each.start)
        assert off <= timedelta(days=1 if each.name == "v3_swap" else 0)  # by interpolation


def test_names_are_found_and_unknown_ones_refused() -> None:
    for each in all_rules():
        assert rules(each.name) is each
        assert rules(each) is each
    with pytest.raises(InputError, match="root_network, dtao_launch"):
        rules("dtao")


def test_the_table_is_in_order_and_says_where_everything_is_written() -> None:
    table = rules_table()
    assert [row.start for row in table] == sorted(row.start for row in table)
    specs = [row.spec for row in table]
    assert specs == sorted(specs)
    assert len({row.name for row in table}) == len(table)
    for row in table:
        assert row.changed.endswith(".")
        assert row.source
        assert row.start_is in ("enacted", "released", "chosen")
    assert next(row.name for row in table) in repr(table).splitlines()[0]


def test_each_entry_changes_a_part_or_says_what_else_it_changed() -> None:
    same = [after.name for before, after in pairwise(all_rules()) if not before.differences(after)]
    # Inside a subnet, or known and not modelled: the entry says which.
    assert same[:9] == [
        "dtao_net_dividends", "seated_dividends", "recycled_fees", "root_weights",
        "no_root_weights", "queued_registrations", "null_consensus", "effective_tao_weight",
        "all_baskets",
    ]  # fmt: skip
    for name in set(same) - {"dtao_net_dividends", "all_baskets"}:
        assert re.search("not modelled|no run is touched", " ".join(rules(name).unsettled))


def test_what_is_not_certain_is_marked_where_a_reader_meets_it() -> None:
    markdown = rules_table().markdown()
    same = {after.name for before, after in pairwise(all_rules()) if not before.differences(after)}
    for row in all_rules():
        line = next(line for line in markdown.splitlines() if f"| `{row.name}`" in line)
        assert (f"`{row.name}` \\*" in line) == bool(row.unsettled)
        assert ("†" in line) == (row.name in same)
        for note in row.unsettled:
            assert f"- `{row.name}`: {note}" in markdown
    assert any("smoothing" in note for note in rules("dtao_launch").unsettled)
    assert any("exponent" in note for note in rules("flow").unsettled)
    assert any("partial sources" in note for note in rules("price_burn_gate_61").unsettled)


def test_the_table_of_the_readme_is_this_one() -> None:
    text = README.read_text(encoding="utf-8")
    inside = text.partition("<!-- rules_table: begin -->\n")[2]
    assert inside.partition("\n<!-- rules_table: end -->")[0] == rules_table().markdown()


def test_a_part_is_exchanged_and_a_wrong_one_refused() -> None:
    own = rules("dtao_launch").but(shares="spot_price", moving_alpha="1/100")
    assert own.shares == "spot_price"
    assert own.moving_alpha == Fraction(1, 100)
    assert own.differences(rules("dtao_launch")) == {
        "shares": ("spot_price", "moving_price"),
        "moving_alpha": (Fraction(1, 100), Fraction(3, 10_000)),
    }
    assert own.but(name="mine").name == "mine"
    with pytest.raises(InputError, match="shares is 'by lot'"):
        own.but(shares="by lot")
    with pytest.raises(InputError, match="part is 'colour'"):
        own.but(colour="red")
    with pytest.raises(InputError, match="part is 'dividends'"):
        own.but(dividends="net")  # of inside a subnet: a note, and no part of a run


@pytest.mark.parametrize("part", ["opening", "lock_interval", "new_subnets", "removal", "immunity"])
def test_a_part_of_a_life_is_read_with_a_life_cycle_and_never_left_in_silence(part: str) -> None:
    before = {
        "opening": "one_to_one", "lock_interval": 100_800, "new_subnets": "on",
        "removal": "lowest_emission", "immunity": 0,
    }  # fmt: skip
    own = rules("price_burn").but(**{part: before[part]})
    assert own.differences(rules("price_burn")) == {
        part: (before[part], getattr(rules("price_burn"), part))
    }
    network = Network({1: Pool(1000, 2000, 500), 2: Pool(1000, 2000, 500)}, own)
    with pytest.raises(InputError, match=f"allowed: True, for {part} to be read"):
        simulate(network, 3)
    with pytest.raises(InputError, match=r"life_cycle=True"):
        network.step()
    with pytest.raises(InputError, match=r"life_cycle=True"):
        network.wait(3)
    assert simulate(network, 3, life_cycle=True).registrations == ()
    assert simulate(network, 3, rules="price_burn").registrations == ()


@pytest.mark.parametrize(
    ("name", "change", "needs"),
    [
        ("dtao_launch", {"gate": 32}, "shares = gate_mass or gate_rank"),
        ("dtao_launch", {"bought": "kept"}, "injection = subsidy"),
        ("dtao_launch", {"excess": "counted"}, "injection = subsidy"),
        ("dtao_launch", {"flow_start": "zero"}, "shares = flow"),
        ("dtao_launch", {"root_receives": "prices_above_one"}, "root = claimed"),
        ("dtao_launch", {"immunity": 7200}, "removal = lowest_emission or lowest_price"),
        ("dtao_launch", {"opening": "median_price"}, "removal = lowest_emission"),
    ],
)
def test_a_part_that_would_do_nothing_is_refused(
    name: str, change: dict[str, Any], needs: str
) -> None:
    with pytest.raises(InputError, match=f"a change together with {needs}"):
        rules(name).but(**change)
    with_it = {
        "shares": "gate_rank", "injection": "cap_root", "root": "claimed",
        "removal": "lowest_price",
    }  # fmt: skip
    if "flow_start" in change:
        with_it["shares"] = "flow"
    assert rules(name).but(**(change | with_it)).differences(rules(name))


def test_every_part_that_a_block_needs_is_built() -> None:
    known = parts()
    built = {
        "shares": mechanisms.SHARES, "root_receives": mechanisms.ROOT_RECEIVES,
        "injection": block.INJECT_STAGES, "pool": block.WEIGHTS, "bought": block.BUYS,
        "excess": block.ISSUED, "root": block.ROOTS, "epoch": block.EPOCHS,
    }  # fmt: skip
    for part, table in built.items():
        assert set(known[part]) == set(table)
    assert set(known) <= set(PARTS)
    for part in sorted(set(known) - {"opening", "new_subnets", "removal"}):
        for name in known[part]:  # every name there is makes a program
            needs = {
                "flow_start": {"shares": "flow"},
                "bought": {"injection": "cap_root"},
                "excess": {"injection": "cap_root"},
                "root_receives": {"root": "claimed"},
            }
            block.program_of(rules("v3_swap").but(**{part: name} | needs.get(part, {})))


def test_the_fee_of_each_time() -> None:
    assert rules("dtao_launch").fee.flat_tao == Fraction(50_000, 10**9)
    assert rules("v3_swap").fee.rate == Fraction(196, 65535)
    assert rules("v3_low_fee").fee.rate == Fraction(33, 65535)
    assert rules("flow_min").fee.to_pool
    assert not rules("flow_author_fee").fee.to_pool
    assert rules("dtao_warm_up").unstake_fee == "yield"
    assert rules("dtao_start_call").unstake_fee == "yield_floor"


def test_known_blocks_fall_on_their_days() -> None:
    assert day_of(LAUNCH_BLOCK) == date(2025, 2, 13)
    assert day_of(5_373_800) == date(2025, 4, 17)
    assert day_of(7_103_976) == date(2025, 12, 15)
    assert day_of(8_765_683) == date(2026, 8, 3)
    for day in ("2024-06-01", "2025-03-01", "2025-06-01", "2026-01-01", "2026-11-01"):
        assert day_of(block_on(day)).isoformat() == day
        assert day_of(block_on(day) - 2) < date.fromisoformat(day)


def test_after_the_last_known_block_and_before_the_first_a_day_has_7200_blocks() -> None:
    assert day_of(9_233_781 + 10 * 7200) == date(2026, 10, 17)
    assert block_on("2026-11-17") - block_on("2026-11-07") == 10 * 7200
    assert day_of(4_925_837 - 100 * 7200) == date(2024, 11, 6)
