"""Run the cases of a vectors file through the engine and hold the results to them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any

from dtao_edu.engine.errors import InputError
from tests.chain.quantities import QUANTITIES
from tests.chain.reading import REFUSED, NotModelledError

Case = dict[str, Any]


@dataclass
class Report:
    """What became of each case."""

    agree: list[str] = field(default_factory=list)
    disagree: list[str] = field(default_factory=list)
    not_modelled: dict[str, int] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        return len(self.agree) + len(self.disagree) + sum(self.not_modelled.values())


def read(path: Path) -> list[Case]:
    """Return the cases of a file: a list, or a list under "vectors" or "cases"."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, dict):
        content = next(content[key] for key in ("vectors", "cases") if key in content)
    return list(content)


def run(cases: list[Case]) -> Report:
    """Ask the engine for every case."""
    report = Report()
    for case in cases:
        try:
            wrong = disagreements(case)
        except NotModelledError as missing:
            name = f"{case['quantity']} ({missing})" if str(missing) else case["quantity"]
            report.not_modelled[name] = report.not_modelled.get(name, 0) + 1
            continue
        if wrong:
            report.disagree.append(case["id"] + "\n    " + "\n    ".join(wrong))
        else:
            report.agree.append(case["id"])
    return report


def disagreements(case: Case) -> list[str]:
    """Return one sentence for each expected value that the engine does not give."""
    if case["quantity"] not in QUANTITIES:
        raise NotModelledError
    try:
        got = QUANTITIES[case["quantity"]]({"era": case.get("era")} | case["inputs"])
    except InputError as error:
        got = REFUSED.get(type(error), {"refused": True, "error": str(error)})
    except (KeyError, TypeError, ArithmeticError) as error:
        return [f"could not be asked: {type(error).__name__}: {error}"]
    allowed = case.get("tolerance", {})
    wrong = []
    for key, expected in case["expected"].items():
        limits = allowed.get("per_key", {}).get(key, allowed)
        if key not in got:
            wrong.append(f"{key}: expected {expected}, the engine gives only {shown(got)}")
        elif not close(got[key], expected, limits):
            bounds = {name: limits[name] for name in ("abs", "rel") if name in limits}
            wrong.append(
                f"{key}: expected {expected}, got {shown(got[key])}, tolerance {bounds or 'none'}"
            )
    return wrong


def close(got: Any, expected: Any, allowed: dict[str, float]) -> bool:
    """Whether a result is what a case expects. null inside a list is not asserted."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(
            key in named(got) and close(named(got)[key], value, allowed)
            for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(expected)
            and all(e is None or close(g, e, allowed) for g, e in zip(got, expected, strict=True))
        )
    if expected is None or isinstance(expected, (bool, str)) or isinstance(got, bool):
        return type(got) is type(expected) and bool(got == expected)
    if not isinstance(got, (int, float, Fraction)) or not isfinite(got):
        return bool(got == expected)
    # Compared as Fractions: a float would lose the last rao of a large amount.
    exact = Fraction(expected)
    room = max(
        Fraction(str(allowed.get("abs", 0))), Fraction(str(allowed.get("rel", 0))) * abs(exact)
    )
    return abs(Fraction(got) - exact) <= room


def named(got: dict[Any, Any]) -> dict[str, Any]:
    """Return the result with text for keys, as a file of cases has them."""
    return {str(key): value for key, value in got.items()}


def shown(value: Any) -> Any:
    """Return a value as a person reads it."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, dict):
        return {key: shown(one) for key, one in value.items()}
    return [shown(one) for one in value] if isinstance(value, (list, tuple)) else value
