"""One day, any rule: a day's shares under a rule of choice, held against what was paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, refuse, whole
from dtao_edu.ledger import Amounts, Pools
from dtao_edu.measures import hhi, l1
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import rules
from dtao_edu.wording import day_in_words

Rule = Literal["price", "gate_mass", "gate_rank"]

RANK, MASS = 32, 0.75
"""The chain's bar: the 32nd largest share since 3 August 2026; before, for a week, the share at
which the largest hold 75 percent together."""


PAYS_FOR = {
    "price": "for being dear: whoever holds alpha dear is paid, whatever the subnet does",
    "gate_mass": "for being among the few that hold most of it: two small ones gain by merging",
    "gate_rank": "for being among so many of the dearest: two small ones gain by merging",
}
"""What each rule pays a subnet for, and so invites, in one line."""


class DayByRule(NamedTuple):
    """Shares of one day under one rule, and how far they are from what was paid.

    Attributes
    ----------
    date : str
    rule : str
        "price", "gate_mass" or "gate_rank".
    bar : float or None
        The mass, or the rank, that sets the gate's bar.
    theta : float or None
        The bar itself: a share, before the gate. Half of it passes.
    burning, switches : bool
        Whether burnt miner emission and the switches count.
    shares : Amounts
        By the rule; they sum to 1.
    price : Amounts
        By moving price alone.
    paid : Amounts or None
        Shares of what the chain paid, where the day says it.
    """

    date: str
    rule: str
    bar: float | None
    theta: float | None
    burning: bool
    switches: bool
    shares: Amounts
    price: Amounts
    paid: Amounts | None

    @property
    def distance(self) -> float | None:
        """L1 distance of the shares from the paid ones; None where no payment is known."""
        return None if self.paid is None else float(l1(self.shares, self.paid))

    @property
    def price_distance(self) -> float | None:
        """The same of the shares by moving price alone."""
        return None if self.paid is None else float(l1(self.price, self.paid))

    @property
    def largest(self) -> int:
        """The netuid with the highest moving price."""
        return next(iter(self.price.top(1)))

    @property
    def concentration(self) -> float:
        """HHI of the shares."""
        return float(hhi(self.shares))

    @property
    def unpaid(self) -> int:
        """How many subnets get nothing."""
        return sum(share == 0 for share in self.shares.values())

    @property
    def day(self) -> str:
        """The day in words, such as 7 August 2026."""
        return day_in_words(self.date) if self.date else "a day of your own"

    @property
    def words(self) -> str:
        """The rule in words, with what counts."""
        rule = {
            "price": "moving price",
            "gate_mass": f"gate at {self.bar or 0:.0%} of mass",
            "gate_rank": f"gate at the share of rank {self.bar or 0:.0f}",
        }[self.rule]
        burning = "less burning" if self.burning else "burning left out"
        return f"{rule}, {burning}, {'with' if self.switches else 'without'} switches"

    def __repr__(self) -> str:
        away = "" if self.distance is None else f", L1 {self.distance:.4f} from what was paid"
        return f"<DayByRule {self.date} by {self.rule}: HHI {self.concentration:.4f}{away}>"


def day_by_rule(
    pools: Pools,
    rule: Rule = "gate_rank",
    bar: float | None = None,
    *,
    burning: bool = True,
    switches: bool = True,
) -> DayByRule:
    """s_i of every subnet on one day: price, less burning, through the gate, then the switches.

    Parameters
    ----------
    pools : Pools
        A day with moving prices: `ledger.pools("2026-08-07")`, or a day of one's own. What a day
        does not say of burning and switches counts as none.
    rule : "price", "gate_mass" or "gate_rank"
        Moving prices as they are, or cut below a bar that a mass or a rank sets.
    bar : float, optional
        The mass q, above 0 and at most 1; or the rank N, 1 or more. If left out, the chain's:
        0.75 and 32.
    burning, switches : bool
        False leaves them out.

    Returns
    -------
    DayByRule

    Raises
    ------
    InputError
        A day without moving prices, another rule, a bar out of its range.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> gate = ledger.pools("2026-08-07")
    >>> day_by_rule(gate)
    <DayByRule 2026-08-07 by gate_rank: HHI 0.0606, L1 0.0003 from what was paid>
    >>> day_by_rule(gate, "price", burning=False, switches=False)
    <DayByRule 2026-08-07 by price: HHI 0.0225, L1 0.7686 from what was paid>

    Source: as :mod:`dtao_edu.simulation.mechanisms`.
    """
    if rule == "price":
        by, bar = rules("price_burn"), None
    elif rule == "gate_mass":
        bar = MASS if bar is None else float(between("bar", bar, 0, 1))
        if not bar:
            refuse("bar", bar, "a mass above 0, at most 1")
        by = rules("price_burn_gate").but(shares=rule, gate=bar)
    elif rule == "gate_rank":
        rank: Any = RANK if bar is None else bar  # a slider gives 32.0; 32.5 is refused
        bar = whole("bar", rank, low=1)
        by = rules("price_burn_gate_rank").but(shares=rule, gate=bar)
    else:
        refuse("rule", rule, "'price', 'gate_mass' or 'gate_rank'")
    network = _network(pools, burning, switches)
    found = network.under(by).shares()
    theta = None
    if bar is not None:
        whole_market = _network(pools, burning, False).under("price_burn").shares()
        ranked = sorted(whole_market.tolist(), reverse=True)
        theta = (
            formulas.bar_by_mass(ranked, bar)
            if rule == "gate_mass"
            else formulas.bar_by_rank(ranked, int(bar))
        )
    paid = pools.paid().only(pools.trading())
    return DayByRule(
        date=pools.date,
        rule=rule,
        bar=bar,
        theta=theta,
        burning=burning,
        switches=switches,
        shares=_amounts(pools, dict(zip(network.netuid.tolist(), found.tolist(), strict=True))),
        price=pools.moving_prices().shares(),
        paid=paid.shares() if len(paid) == len(network) and paid.total else None,
    )


def _network(pools: Pools, burning: bool, switches: bool) -> Network:
    """Return the day's subnets that have a moving price, root among them."""
    moving = pools.moving_prices()
    if not moving:
        refuse("pools", pools, "a day with moving prices, such as ledger.pools('2026-08-07')")
    rows = {
        netuid: {
            "tao_in": row.tao_in,
            "alpha_in": row.alpha_in,
            "alpha_out": row.alpha_out,
            "moving_price": row.moving_price,
            "miner_burned": row.miner_burned if burning else 0,
            "enabled": row.enabled or not switches,
        }
        for netuid, row in pools.items()
        if netuid in moving
    }
    root = pools.root.tao_in if 0 in pools else 0
    return Network(rows, "price_burn_gate_rank", root_tao=root)


def _amounts(pools: Pools, found: Mapping[int, float]) -> Amounts:
    return Amounts(tuple(found), tuple(found.values()), pools.date, pools.block, pools.table)


class Received(NamedTuple):
    """What one subnet really receives in a block, step by step from its price.

    Attributes
    ----------
    netuid : int
    steps : dict of str to float
        Share of all emission after each step: by price, less burning, behind the gate, with the
        switches.
    paid, entered, bought : float
        TAO of the block: together, into the pool, and for alpha bought from the pool.
    alpha_in : float
        Alpha that entered the pool beside it.
    """

    netuid: int
    steps: dict[str, float]
    paid: float
    entered: float
    bought: float
    alpha_in: float


def received(pools: Pools, netuid: int) -> Received:
    """Follow a subnet from its share by price to the TAO of a block, on a day with payments.

    Parameters
    ----------
    pools : Pools
        `ledger.pools("2026-08-07")`.
    netuid : int
        A subnet that was trading.

    Returns
    -------
    Received

    Raises
    ------
    InputError
        A day without payments, or a subnet without one.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> found = received(ledger.pools("2026-08-07"), 64)
    >>> {name: round(share, 3) for name, share in found.steps.items()}
    {'by price': 0.067, 'less burning': 0.093, 'behind the gate': 0.122, 'with the switches': 0.125}
    >>> round(found.paid, 4), round(found.entered, 4), round(found.bought, 4)
    (0.0625, 0.0125, 0.05)
    """
    row = pools[netuid]
    if row.emission is None or row.paid is None:
        refuse("netuid", netuid, "a subnet whose payment the day says")
    steps = {
        "by price": day_by_rule(pools, "price", burning=False, switches=False),
        "less burning": day_by_rule(pools, "price", switches=False),
        "behind the gate": day_by_rule(pools, switches=False),
        "with the switches": day_by_rule(pools),
    }
    return Received(
        netuid=netuid,
        steps={name: told.shares[netuid] for name, told in steps.items()},
        paid=row.paid,
        entered=float(row.emission.tao_in),
        bought=row.excess_tao or 0.0,
        alpha_in=float(row.emission.alpha_in),
    )
