"""Did share follow flow? Seven subnets of 11 April 2026, one exponent fitted, one told unseen."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log
from statistics import fmean
from typing import NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse
from dtao_edu.ledger import Flows


class PowerFit(NamedTuple):
    """share = level x^p, fitted to logarithms by least squares.

    Attributes
    ----------
    exponent, level : float
        p, and the share at x = 1.
    netuids : tuple of int
        On which subnets it was fitted: those with x and share above 0.
    """

    exponent: float
    level: float
    netuids: tuple[int, ...]

    def share(self, x: float) -> float:
        """level x^p; 0 for an x of 0 or less."""
        return float(self.level * formulas.flow_weight(x, 0, self.exponent)) if x > 0 else 0.0


class FlowDay(NamedTuple):
    """What was paid by flow, what a fit to all says, and what each subnet's absence changes.

    Attributes
    ----------
    fit : PowerFit
        Exponent and level on all subnets with a flow above 0.
    errors : dict of int to float
        By netuid: fitted share / share - 1; 0 where both are 0.
    without : dict of int to PowerFit
        By netuid: the fit to all others.
    unseen : dict of int to float
        By netuid: what that fit says of this subnet, / share - 1.
    injected : dict of int to float
        By netuid: min(E share, E price) / TAO that entered - 1, without anything fitted.
    """

    fit: PowerFit
    errors: dict[int, float]
    without: dict[int, PowerFit]
    unseen: dict[int, float]
    injected: dict[int, float]


def power_fit(x: Mapping[int, float], shares: Mapping[int, float]) -> PowerFit:
    """ln share = ln level + p ln x: least squares over the netuids where both are above 0.

    Parameters
    ----------
    x : mapping of netuid to float
        Flow, or price.
    shares : mapping of netuid to float

    Raises
    ------
    InputError
        Fewer than two subnets, or all with the same x.

    Examples
    --------
    >>> power_fit({1: 1.0, 2: 2.0, 3: 4.0}, {1: 0.1, 2: 0.2, 3: 0.4}).exponent
    1.0
    """
    used = tuple(netuid for netuid in x if x[netuid] > 0 and shares.get(netuid, 0) > 0)
    if len({x[netuid] for netuid in used}) < 2:
        refuse("x", f"{len(used)} subnets above 0", "two or more that differ")
    across, up = [log(x[n]) for n in used], [log(shares[n]) for n in used]
    middle, height = fmean(across), fmean(up)
    rise = sum((a - middle) * (b - height) for a, b in zip(across, up, strict=True))
    exponent = rise / sum((a - middle) ** 2 for a in across)
    return PowerFit(exponent, exp(height - exponent * middle), used)


def flow_day(flows: Flows, emission: float = 0.5) -> FlowDay:
    """share = level S^p: the exponent of the flow rule, in and out of the sample.

    Parameters
    ----------
    flows : Flows
        `ledger.flows("2026-04-11")`.
    emission : float
        TAO issued in a block; a half since December 2025.

    Returns
    -------
    FlowDay

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> day = flow_day(ledger.flows())
    >>> round(day.fit.exponent, 4), f"{max(abs(error) for error in day.errors.values()):.2%}"
    (0.9989, '0.14%')
    >>> f"{max(abs(error) for error in day.unseen.values()):.2%}"
    '0.42%'

    Source: chain, `coinbase/subnet_emissions.rs`, v3.2.10, 2025-11-04; cap: v3.3.1, 2025-12-12.
    """
    flow, shares = flows.smoothed(), flows.shares()
    fit = power_fit(flow, shares)
    without = {
        left: power_fit({n: x for n, x in flow.items() if n != left}, shares) for left in flow
    }
    return FlowDay(
        fit=fit,
        errors={n: _off(fit.share(flow[n]), shares[n]) for n in flow},
        without=without,
        unseen={n: _off(without[n].share(flow[n]), shares[n]) for n in flow},
        injected={
            n: _off(min(emission * row.share, emission * row.price), row.tao_in)
            for n, row in flows.items()
        },
    )


def _off(predicted: float, real: float) -> float:
    """Return told / real - 1; 0 where both are 0."""
    return predicted / real - 1 if real else 0.0 if not predicted else float("inf")
