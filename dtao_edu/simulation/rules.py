"""The rules by date: what the chain did, from when to when, and where that is written.

A set of rules is a value. Its parts are named, and each can be exchanged for another:
`rules("dtao_launch").but(shares="spot_price")`. The table itself is `rules.toml`, beside
this file. What is not known for certain stands in `unsettled`.
"""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import ceil
from typing import Any, NamedTuple

from dtao_edu.engine.errors import refuse, whole
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.reserves import LimitOn
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.wording import markdown

# Blocks of known time. A block takes 12 seconds, and now and then one is missed.
_KNOWN = (
    (datetime(2025, 2, 14, 16, 0), 4_925_837),  # this and the next three: the ledger's prices
    (datetime(2025, 5, 15), 5_569_032),
    (datetime(2025, 6, 14), 5_775_416),
    (datetime(2025, 10, 28), 6_754_566),
    (datetime(2025, 11, 4, 22, 27), 6_811_690),  # this and the rest: starts of versions
    (datetime(2025, 12, 13, 18, 41, 36), 7_091_126),
    (datetime(2026, 6, 23, 1, 25, 24), 8_466_530),
    (datetime(2026, 7, 16, 19, 30, 12), 8_636_190),
    (datetime(2026, 7, 27, 14, 16, 12), 8_713_793),
    (datetime(2026, 8, 3, 19, 18, 24), 8_765_683),
    (datetime(2026, 10, 7, 21, 18, 48), 9_233_781),
)


Part = str | int | float | Fraction
"""What a part of a set of rules may be: a name, or a number."""


@dataclass(frozen=True)
class RuleSet:
    """What the chain did in one period, part by part; `parts()` says what each name means.

    Parameters
    ----------
    name : str
        As in :func:`rules`.
    start : date
        First day; `start_is` says how it is known: "enacted" (in force from that day),
        "released" (in force some hours later), or "chosen".
    spec, release : the chain's version, and the release that carries it.
    block : its first block, where that is known; else 0.
    changed : one sentence: what was new.
    source : where it is written.
    unsettled : what is not known for certain, or is modelled more simply.
    shares, injection, bought, excess, pool, fee_to, unstake_fee, limit_on, epoch, root,
    root_receives, opening, new_subnets, removal, flow_start : the parts, by name.
    moving_alpha, moving_halving : as in :func:`formulas.smoothing`.
    fee_rate, fee_flat : part of the input; or TAO an operation.
    lock_interval, immunity : blocks; as in :func:`formulas.lock_cost` and for removal.
    gate : mass q, or rank N, of the bar; 0 without a gate.
    life_changed : parts of a subnet's beginning and end that :meth:`but` changed; only
        ``simulate(..., life_cycle=True)`` reads such a set.

    Examples
    --------
    >>> launch = rules("dtao_launch")
    >>> launch.shares, launch.limit_on, launch.fee.flat_tao
    ('moving_price', 'average', Fraction(1, 20000))
    >>> launch.but(shares="spot_price").name
    'dtao_launch, but shares=spot_price'
    """

    name: str
    start: date
    start_is: str
    block: int
    spec: int
    release: str
    changed: str
    source: str
    unsettled: tuple[str, ...]
    shares: str
    injection: str
    bought: str
    excess: str
    pool: str
    moving_alpha: Fraction
    moving_halving: int
    fee_rate: Fraction
    fee_flat: Fraction
    fee_to: str
    unstake_fee: str
    limit_on: LimitOn
    epoch: str
    root: str
    root_receives: str
    opening: str
    lock_interval: int
    removal: str
    immunity: int
    new_subnets: str
    flow_start: str
    gate: Fraction
    life_changed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = parts()
        for field in fields(self):
            given = getattr(self, field.name)
            if field.name in known and given not in known[field.name]:
                refuse(field.name, given, "one of " + ", ".join(known[field.name]))
            if field.type == "Fraction" and type(given) is not Fraction:
                object.__setattr__(self, field.name, Fraction(str(given)))
        whole("lock_interval", self.lock_interval, 1)
        whole("immunity", self.immunity)

    @property
    def fee(self) -> Fee:
        """The fee of a stake, and of an unstake unless `unstake_fee` says otherwise."""
        return Fee(self.fee_rate, self.fee_flat, self.fee_to == "pool")

    @property
    def start_block(self) -> int:
        """Its first block; where that is not known, the first block of its day."""
        return self.block or block_on(self.start)

    def but(self, **changes: Part) -> RuleSet:
        """Return the same rules with other parts.

        Parts of a subnet's beginning and end are read by ``simulate(..., life_cycle=True)``;
        anything else refuses a set in which they were changed.

        Raises
        ------
        InputError
            A part that does not exist, a name that the part does not have, or a part that does
            nothing under these rules (a gate without shares by a gate).

        Examples
        --------
        >>> rules("dtao_launch").but(gate=32)
        Traceback (most recent call last):
            ...
        dtao_edu.engine.errors.InputError: gate is 32; allowed: a change together with shares ...
        """
        for name in changes:
            if name not in (*PARTS, "name"):
                refuse("part", name, "one that a run reads: " + ", ".join(PARTS))
        said = ", ".join(f"{name}={value}" for name, value in changes.items() if name != "name")
        of_life = [name for name in changes if name in _file()["of_life"]]
        so_far = tuple(dict.fromkeys((*self.life_changed, *of_life)))
        named: dict[str, Any] = {"name": f"{self.name}, but {said}", "life_changed": so_far}
        changed = replace(self, **(named | changes))
        for name in changes:
            for other, names in _file()["needs"].get(name, {}).items():
                if getattr(changed, other) not in names:
                    allowed = f"a change together with {other} = " + " or ".join(names)
                    refuse(name, changes[name], allowed)
        return changed

    def differences(self, other: RuleSet) -> dict[str, tuple[Part, Part]]:
        """Return the parts in which two sets differ: {part: (here, there)}."""
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in PARTS}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


_ABOUT = (
    "name", "start", "start_is", "block", "spec", "release", "changed", "source", "unsettled",
    "life_changed",
)  # fmt: skip
PARTS = tuple(field.name for field in fields(RuleSet) if field.name not in _ABOUT)
"""Every part of a set of rules, in the order of the table."""


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads((files("dtao_edu.simulation") / "rules.toml").read_text(encoding="utf-8"))


def parts() -> Mapping[str, Mapping[str, str]]:
    """Return every part with its possible names, and what each means.

    Examples
    --------
    >>> parts()["limit_on"]["spot"]
    'a limit price bounds the final spot price'
    """
    known: dict[str, dict[str, str]] = _file()["parts"]
    return known


class Constant(NamedTuple):
    """A number of the chain that no rule changed, its unit, and where it is written."""

    value: Fraction
    unit: str
    source: str


@cache
def constants() -> Mapping[str, Constant]:
    """Return the numbers that the rules share, by name.

    Examples
    --------
    >>> constants()["bar_blocks"].value, constants()["bar_blocks"].unit
    (Fraction(360, 1), 'blocks')
    """
    rows = _file()["constants"].items()
    return {name: Constant(Fraction(r["value"]), r["unit"], r["source"]) for name, r in rows}


@cache
def all_rules() -> tuple[RuleSet, ...]:
    """Return every set of rules, in order of time."""
    found: list[RuleSet] = []
    so_far: dict[str, Any] = {}
    for entry in _file()["rules"]:
        so_far |= {"block": 0} | entry | {"unsettled": tuple(entry["unsettled"])}
        found.append(RuleSet(**so_far))
    return tuple(found)


def rules(name: str | RuleSet) -> RuleSet:
    """Return a set of rules by its name; a RuleSet passes as it is.

    Examples
    --------
    >>> rules("flow").shares
    'flow'
    >>> rules("flaw")
    Traceback (most recent call last):
        ...
    dtao_edu.engine.errors.InputError: rules is 'flaw'; allowed: one of root_network, ...
    """
    if isinstance(name, RuleSet):
        return name
    by_name = {each.name: each for each in all_rules()}
    if not isinstance(name, str) or name not in by_name:
        refuse("rules", name, "one of " + ", ".join(by_name))
    return by_name[name]


def rules_on(day: str | date) -> RuleSet:
    """Return the rules in force on a day.

    Parameters
    ----------
    day : str or date
        As "2025-11-10", from 2024-01-01 on. On the day of a change the new rules are returned for
        the whole day, also where they came into force in its course. Past the day until which the
        table is known, the last known rules are returned, with one warning.

    Examples
    --------
    >>> rules_on("2025-11-10").name, rules_on("2024-10-23").name
    ('flow_cap', 'root_network')
    """
    first, last = all_rules()[0].start, _file()["known_until"]
    asked = _day(day)
    if asked < first:
        refuse("date", str(day), f"a day from {first} on")
    if asked > last:
        _warn_once(last)
    return [each for each in all_rules() if each.start <= asked][-1]


@cache
def _warn_once(last: date) -> None:
    said = f"The rules are known to {last}: later ones may differ from what is returned here."
    warnings.warn(said, stacklevel=3)


def _day(day: Any) -> date:
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except (TypeError, ValueError):
        refuse("date", day, "a day written as 2025-11-10")


def block_on(day: str | date) -> int:
    """Return the first block of a day: between known blocks by proportion, else by 12 s.

    Examples
    --------
    >>> block_on("2025-02-15"), block_on("2025-07-08")
    (4928237, 5948208)
    """
    moment = datetime.combine(_day(day), datetime.min.time())
    (time_a, block_a), (time_b, block_b) = _around(0, moment)
    return block_a + ceil((moment - time_a) / (time_b - time_a) * (block_b - block_a))


def day_of(block: int) -> date:
    """Return the day of a block; the inverse of :func:`block_on`.

    Examples
    --------
    >>> day_of(5_373_800).isoformat(), day_of(4_920_351).isoformat()
    ('2025-04-17', '2025-02-13')
    """
    (time_a, block_a), (time_b, block_b) = _around(1, block)
    return (time_a + (block - block_a) / (block_b - block_a) * (time_b - time_a)).date()


def _around(axis: int, value: Any) -> tuple[tuple[datetime, int], tuple[datetime, int]]:
    """Return the two known points around a value; outside of them a day has 7,200 blocks."""
    for before, after in pairwise(_KNOWN):
        if before[axis] <= value < after[axis]:
            return before, after
    edge = _KNOWN[0] if value < _KNOWN[0][axis] else _KNOWN[-1]
    return edge, (edge[0] + timedelta(days=1), edge[1] + BLOCKS_PER_DAY)


@dataclass(frozen=True)
class RulesTable:
    """All rules in order of time: a row each, as text or as a table of Markdown."""

    rows: tuple[RuleSet, ...]

    def __iter__(self) -> Iterator[RuleSet]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def markdown(self) -> str:
        """Return the table as Markdown; marks say what is not certain, and what no run reads."""
        rows = []
        for before, row in zip((None, *self.rows), self.rows, strict=False):
            day = row.start.isoformat() + {"enacted": "", "released": " (release)"}.get(
                row.start_is, " (table begins)"
            )
            star = " \\*" if row.unsettled else ""
            same = " †" if before and not before.differences(row) else ""
            rows.append((day, row.spec, f"`{row.name}`{star}{same}", row.changed, row.source))
        table = markdown(("from", "spec", "rules", "what changed", "source"), rows)
        notes = [f"- `{row.name}`: {note}" for row in self.rows for note in row.unsettled]
        known = f"Known to {_file()['known_until']}. † No run here is changed by it. "
        known += "\\* Not known for certain, or modelled simply:"
        return "\n".join([table, "", known, "", *notes])

    def __repr__(self) -> str:
        return "\n".join(
            f"{row.start}  {row.spec:>3}  {row.name:<21} {row.changed}" for row in self.rows
        )

    def _repr_markdown_(self) -> str:
        return self.markdown()


def rules_table() -> RulesTable:
    """Return what changed when, with sources.

    Examples
    --------
    >>> len(rules_table())
    32
    """
    return RulesTable(all_rules())
