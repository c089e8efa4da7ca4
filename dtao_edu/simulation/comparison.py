"""One network under several sets of rules, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Unpack, cast

import numpy as np

from dtao_edu.engine.errors import refuse
from dtao_edu.simulation.history import History
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import Part, RuleSet
from dtao_edu.simulation.rules import rules as _rules
from dtao_edu.simulation.run import SeededTerms, histories, job_of
from dtao_edu.simulation.state import Column
from dtao_edu.wording import markdown


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the same network came to under each set of rules.

    Attributes
    ----------
    rules : the sets of rules, in the order given.
    runs : one History each.
    netuid : the subnets.
    """

    rules: tuple[RuleSet, ...]
    runs: tuple[History, ...]
    netuid: Column

    def at_end(self, quantity: str = "share") -> Column:
        """Return a quantity at the end: one row a set of rules, one column a subnet."""
        return np.array([np.asarray(run.at(run.block[-1])[quantity], float) for run in self.runs])

    def moved(self) -> Column:
        """sum_i |s_i - s'_i| / 2: half the L1 distance of the shares from those of the first."""
        shares = self.at_end("share")
        return cast("Column", np.abs(shares - shares[0]).sum(axis=1) / 2)

    def differences(self) -> list[dict[str, tuple[Part, Part]]]:
        """Return for each set the parts in which it differs from the first: {part: (first, it)}."""
        return [self.rules[0].differences(each) for each in self.rules]

    def markdown(self) -> str:
        """Return a table: each set of rules, what differs from the first, and what came of it."""
        head = "rules", "differs from the first in", "TAO into pools", "mean price", "shares moved"
        rows = []
        for each, run, parts, moved in zip(
            self.rules, self.runs, self.differences(), self.moved(), strict=True
        ):
            entered = float(np.sum(run.tao_in[-1] - run.tao_in[0]))
            said = ", ".join(f"{name}: {there}" for name, (_, there) in parts.items()) or "-"
            price = float(np.mean(np.asarray(run.price[-1], float)))
            rows.append((each.name, said, f"{entered:,.1f}", f"{price:.5f}", f"{moved:.1%}"))
        return markdown(head, rows)

    def __repr__(self) -> str:
        return self.markdown()

    def _repr_markdown_(self) -> str:
        return self.markdown()


def compare_rules(
    network: Network,
    names: Iterable[str | RuleSet],
    *,
    blocks: int | None = None,
    progress: bool | None = None,
    **terms: Unpack[SeededTerms],
) -> Comparison:
    """Run the same network under several sets of rules.

    Parameters
    ----------
    network : Network
    names : sets of rules; the others are held against the first.
    blocks, progress, **terms
        As in :func:`simulate`: blocks or days, traders, seed, ... The same for each.

    Examples
    --------
    >>> from dtao_edu import Network, Pool, compare_rules
    >>> network = Network({1: Pool(1e3, 1e6), 2: Pool(3e3, 1e6)}, root_tao=1e5)
    >>> both = compare_rules(network, ["v3_low_fee", "v3_subsidy"], blocks=100)
    >>> both.differences()[1]
    {'injection': ('launch', 'subsidy')}
    """
    sets = tuple(_rules(name) for name in names)
    if not sets:
        refuse("names", sets, "at least one set of rules")
    jobs = [job_of(network, blocks, {**terms, "rules": each}) for each in sets]
    runs = tuple(histories([job], progress)[0] for job in jobs)
    return Comparison(sets, runs, network.netuid)
