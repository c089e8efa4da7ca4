"""The chain is the judge: every case of tests/chain/vectors, and the judge itself."""

from __future__ import annotations

import copy
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chain.cases import Case, close, disagreements, read, run
from tests.chain.quantities import QUANTITIES
from tests.chain.reading import NotModelledError

FOLDER = Path(__file__).parent / "vectors"
CASES = [case for file in sorted(FOLDER.glob("*.json")) for case in read(file)]
SCRIPT = Path(__file__).parents[1] / "chain_vectors.py"
ONE: Case = {
    "id": "one",
    "quantity": "price",
    "inputs": {"tao_in": 10, "alpha_in": 100},
    "expected": {"price": 0.1},
    "tolerance": {"abs": 1e-12},
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_engine_agrees_with_the_chain(case: Case) -> None:
    assert disagreements(case) == []


def test_every_case_says_where_it_comes_from() -> None:
    names = [case["id"] for case in CASES]
    assert len(names) == len(set(names))
    for case in CASES:
        assert case["source"]
        assert case["provenance"]
        assert case["era"]


def test_every_quantity_has_a_case() -> None:
    assert {case["quantity"] for case in CASES} == set(QUANTITIES)


def _numbers(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to all numbers of an expected value."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in _numbers(one, (*path, key))]
    if isinstance(value, list):
        return [found for i, one in enumerate(value) for found in _numbers(one, (*path, i))]
    return [path]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_no_case_agrees_with_anything(case: Case) -> None:
    """A judge that says yes to a wrong number would be no judge."""
    for path in _numbers(case["expected"]):
        wrong = copy.deepcopy(case)
        allowed = case["tolerance"].get("per_key", {}).get(path[0], case["tolerance"])
        place = wrong["expected"]
        for key in path[:-1]:
            place = place[key]
        number = place[path[-1]]
        step = 2.5 * max(allowed.get("abs", 0), allowed.get("rel", 0) * abs(number))
        # Whole numbers stay whole: 2^64 + 2.5 is 2^64 to a float.
        place[path[-1]] = number + (int(step) + 1 if isinstance(number, int) else step or 1)
        assert disagreements(wrong), path


def _with(**changes: Any) -> Case:
    return {**ONE, **changes}


def test_a_disagreement_shows_both_values_and_the_tolerance() -> None:
    (line,) = disagreements(_with(expected={"price": 0.2}))
    assert "0.2" in line
    assert "0.1" in line
    assert "1e-12" in line


def test_tolerance_is_absolute_or_relative_and_may_differ_by_key() -> None:
    assert close(102, 100, {"abs": 2})
    assert not close(103, 100, {"abs": 2})
    assert close(101, 100, {"rel": 0.01})
    assert not close(102, 100, {"rel": 0.01})
    assert close(100, 100, {})
    assert not close(100.5, 100, {})
    loose = {"abs": 0, "per_key": {"price": {"abs": 1}}}
    assert disagreements(_with(expected={"price": 1.0}, tolerance=loose)) == []
    assert disagreements(_with(expected={"price": 1.0}, tolerance={"abs": 0}))


def test_large_whole_numbers_are_compared_to_the_last_rao() -> None:
    assert not close(2**63 + 1, 2**63, {"abs": 0})
    assert close(2**63 + 1, 2**63, {"abs": 1})


def test_null_in_a_list_is_not_asserted_and_alone_means_nothing() -> None:
    assert close([7, 8], [None, 8], {"abs": 0})
    assert not close([7, 8], [None, 9], {"abs": 0})
    assert not close([7, 8, 9], [7, 8], {"abs": 0})
    assert close(None, None, {"abs": 0})
    assert not close(3, None, {"abs": 0})


def test_truth_is_no_number() -> None:
    assert close(True, True, {})
    assert not close(1, True, {})
    assert not close(True, 1, {})


def test_keys_of_a_mapping_are_text_in_a_file() -> None:
    assert close({1: 5, 2: 6}, {"1": 5}, {"abs": 0})
    assert not close({1: 5}, {"2": 5}, {"abs": 0})


def test_infinity_is_close_to_no_number() -> None:
    assert not close(float("inf"), 2**64, {"rel": 1.0})
    assert not close(float("nan"), 1, {"abs": 10})


def test_what_is_not_modelled_is_counted_and_does_not_fail() -> None:
    report = run([ONE, _with(id="two", quantity="a rule of tomorrow")])
    assert report.agree == ["one"]
    assert report.not_modelled == {"a rule of tomorrow": 1}
    assert report.disagree == []
    assert report.cases == 2


def test_another_eras_rule_is_not_modelled_rather_than_wrong() -> None:
    inputs = {"rule": "no such rule", "block_emission_rao": 1, "subnets": []}
    with pytest.raises(NotModelledError, match="no such rule"):
        disagreements(_with(quantity="injection", inputs=inputs, expected={}))


def test_a_pool_with_unequal_weights_is_no_pool_with_equal_ones() -> None:
    inputs = {"tao_in": 25, "alpha_in": 9, "quote_weight": 0.4}
    assert disagreements(_with(inputs=inputs, expected={"price": 25 / 9}))
    assert not disagreements(_with(inputs=inputs, expected={"price": 25 * 0.6 / (9 * 0.4)}))


def test_a_case_may_give_reserves_for_a_price_and_two_balances_for_an_issuance() -> None:
    subnet = {"moving_price": 1, "tao_in": 10, "alpha_in": 20, "alpha_out": 22 * 10**15}
    inputs = {"rule": "launch", "block_emission_rao": 8, "subnets": [subnet]}
    nothing = {"tao_in": [8], "alpha_in": [0], "alpha_out": [0]}
    assert not disagreements(_with(quantity="injection", inputs=inputs, expected=nothing))
    subnet["alpha_out"] = 0
    some = {"tao_in": [8], "alpha_in": [16], "alpha_out": [10**9]}
    assert not disagreements(_with(quantity="injection", inputs=inputs, expected=some))


def test_what_an_injection_at_launch_leaves_over_is_said() -> None:
    subnets = [{"moving_price": 0.25, "price": price} for price in (0.5, 0.001)]
    inputs = {"rule": "launch", "block_emission_rao": 10**9, "subnets": subnets}
    nothing = {"tao_in": [5 * 10**8] * 2, "excess_tao": [0, 0]}
    assert not disagreements(_with(quantity="injection", inputs=inputs, expected=nothing))
    one_more = {"excess_tao": [1, 0]}
    assert disagreements(_with(quantity="injection", inputs=inputs, expected=one_more))


def test_a_chain_buy_says_its_fee_and_what_is_left_with_reserves_and_without() -> None:
    inputs = {"tao_rao": 10**11, "fee_rate_u16": 33}
    expected = {"fee": 50_354_772, "net": 99_949_645_228, "net_tao_rao": 99_949_645_228}
    reserves = {"tao_in": 587_199_047_950, "alpha_in": 435_539_509_978_376, "quote_weight": 0.5}
    for given in (inputs, inputs | reserves):
        case = _with(quantity="chain_buy_quote", inputs=given, expected=expected)
        assert not disagreements(case)


def test_a_refused_order_has_the_chains_name_for_it() -> None:
    inputs = {"rule": "average", "tao_in": 10**10, "alpha_in": 10**10, "tao": 10**10,
              "limit_price_rao": 10**9 + 10**8, "allow_partial": False}  # fmt: skip
    expected = {"error": "SlippageTooHigh", "refused": True, "tao_spent": 0, "alpha_received": 0}
    assert not disagreements(_with(quantity="limit_fill", inputs=inputs, expected=expected))
    empty = {"tao_in": 0, "alpha_in": 10, "amount": 1, "side": "stake"}
    refused = {"refused": True, "received": 0}
    assert not disagreements(_with(quantity="slippage", inputs=empty, expected=refused))


def test_a_case_that_cannot_be_asked_disagrees() -> None:
    (line,) = disagreements(_with(inputs={"tao_in": "ten", "alpha_in": 100}))
    assert "ten" in line
    assert disagreements(_with(expected={"colour": 1}))


def test_a_file_may_be_a_list_or_hold_one(tmp_path: Path) -> None:
    for content in ([ONE], {"vectors": [ONE]}, {"units": "rao", "cases": [ONE]}):
        file = tmp_path / "some.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        assert read(file) == [ONE]


@pytest.mark.parametrize(("price", "status"), [(0.1, 0), (0.3, 1)])
def test_the_command_tells_and_its_status_says_whether_all_agree(
    tmp_path: Path, price: float, status: int
) -> None:
    file = tmp_path / "some.json"
    cases = [_with(expected={"price": price}), _with(id="two", quantity="unheard_of")]
    file.write_text(json.dumps({"vectors": cases}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(file)], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == status, done.stderr
    assert f"{1 - status} agree, {status} disagree" in done.stdout
    assert "unheard_of: 1" in done.stdout
    if status:
        assert re.search(r"one\s+price: expected 0\.3, got 0\.1", done.stdout)


def test_the_command_without_a_file_explains_itself() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True)
    assert done.returncode == 2
    assert "FILE" in done.stdout
