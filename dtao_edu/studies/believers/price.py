"""The believers trade: one after another, in pools of the size of 17 April 2025."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from dtao_edu import ledger
from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, positive, refuse
from dtao_edu.engine.generic import log, maximum, minimum, where
from dtao_edu.measures.concentration import shares
from dtao_edu.simulation import traders
from dtao_edu.simulation.ensembles import ensemble
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import rules_on
from dtao_edu.simulation.traders import Trader
from dtao_edu.studies.believers.opinions import NOISE, WORTH, Floats, for_each, opinions
from dtao_edu.studies.believers.outcome import Outcome
from dtao_edu.studies.believers.vote import owned_by

DATE = "2025-04-17"
"""The day whose pools, alpha and rules the market has."""
STEP = 144
"""Blocks from one believer's turn to the next one's, half an hour: fifty turns a day."""
OWNERS_BID = 10
"""So many times the mean of all opinions the owners of a subnet bid for its alpha."""

Bets = Literal["all in", "kelly"]


def by_price(
    people: int = 1000,
    *,
    stakes: Sequence[float] | None = None,
    tao: float = 1.0,
    alpha: float = 1.0,
    price_weight: float = 0.0,
    hearsay: float = 0.0,
    shared: float = 0.0,
    bets: Bets = "all in",
    arbitrage: float = 0.0,
    owners: float = 0.0,
    even_value: bool | Sequence[float] = False,
    worth: Sequence[float] = WORTH,
    noise: float | Sequence[float] = NOISE,
    days: float = 30,
    runs: int = 20,
    seed: int = 0,
    compiled: bool | None = None,
) -> Outcome:
    """Let people trade for a month in :func:`market`, one after another; other opinions each run.

    Run by run they are the same people with the same opinions as in :func:`by_vote`.

    Parameters
    ----------
    people : int
    stakes : sequence of float, optional
        What each owns, in proportion; begun again if there are fewer than people. Equal if
        left out.
    tao, alpha : float
        What all own together, as a part of all alpha outside the pools: its value in TAO, and
        alpha of every subnet. With 1 and 1 they can press a price down as well as up.
    price_weight : float
        0 to 1: the weight that each gives to the price as it stands.
    hearsay, shared : float
        As in :func:`opinions`.
    bets : "all in" or "kelly"
        All in: each goes all the way to its opinion while its purse lasts. Kelly: each holds the
        part log(opinion / price) / noise^2 of its wealth in a subnet, 0 to 1, so that a bet grows
        with what one believes to gain and shrinks with how little one knows.
    arbitrage : float
        Of all purses, the part that belongs to one more trader, who has asked everybody: it
        trades at every turn to the mean of all opinions. 0: there is none.
    owners : float
        Of all purses, the part that belongs to the owners of the last subnet: they buy it up to
        :data:`OWNERS_BID` times the mean of all opinions, and trade nothing else.
    even_value : bool, or sequence of float
        True: the alpha outside is worth the same TAO in every subnet, by the hidden worth.
        Proportions: by these, such as the shares of an earlier market. Else there is the same
        number of alpha in every subnet, as on the chain, which mints one a block for each.
    worth, noise : as in :func:`opinions`.
    days : float
        How long. A thousand people have one turn each in twenty days; 60 days are a second and a
        third round.
    runs : int
    seed : int
    compiled : bool, optional
        As in :func:`simulate`.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        Numbers out of range.

    Examples
    --------
    >>> few = by_price(20, days=1, runs=2)
    >>> few.shares.shape, few.shares.sum(axis=1).round(9).tolist()
    ((2, 8), [1.0, 1.0])
    """
    between("price_weight", price_weight, 0, 1)
    for name, part in (("arbitrage", arbitrage), ("owners", owners)):
        if not 0 <= part < 1:
            refuse(name, part, "0 to below 1")
    if arbitrage and owners:
        refuse("owners", owners, "0 beside arbitrage: one of the two at a time")
    if bets not in ("all in", "kelly"):
        refuse("bets", bets, "'all in' or 'kelly'")
    network = market(worth, even_value=even_value)
    parts = owned_by(people, stakes)
    crowds = _Crowds(
        network, parts / parts.sum(), (tao, alpha), price_weight, bets, arbitrage, owners, seed,
        {"worth": worth, "noise": noise, "hearsay": hearsay, "shared": shared},
    )  # fmt: skip
    many = ensemble(
        network,
        runs,
        vary=crowds,
        keep={"share": "share", "price": "price"},
        seed=seed,
        days=days,
        step=STEP,
        step_error=False,
        compiled=compiled,
    )
    return Outcome(many["share"], np.array(shares(worth)), many["price"])


def market(
    worth: Sequence[float] = WORTH, *, even_value: bool | Sequence[float] = False
) -> Network:
    """Return equal pools, one for each worth, in size those of 17 April 2025 taken together.

    All trading pools of that day are merged into as many equal ones as there are subnets; all
    prices together are 1 TAO, and equal. Alpha outside the pools is worth what it was against
    the pools. Nobody is on root.

    Parameters
    ----------
    worth : as in :func:`opinions`; it counts for `even_value` alone.
    even_value : as in :func:`by_price`.

    Returns
    -------
    Network

    Examples
    --------
    >>> network = market()
    >>> network.price.round(3).tolist()[:2], float(network.tao_in.sum().round())
    ([0.125, 0.125], 510221.0)
    """
    pools, count, evenly = ledger.pools(DATE), len(worth), even_value is not False
    laid = worth if isinstance(even_value, bool) else even_value
    if len(laid) != count:
        refuse("even_value", f"{len(laid)} proportions", f"{count}, one a subnet")
    parts = np.array(shares([positive("even_value", one) for one in laid]))
    rows = pools.trading().values()
    tao = sum(row.tao_in for row in rows) / count
    outside = sum(row.alpha_out * row.pool().price for row in rows)
    held = outside / count / parts if evenly else np.full(count, outside)
    subnets = {
        netuid: {"tao_in": tao, "alpha_in": tao * count, "alpha_out": alpha_out}
        for netuid, alpha_out in enumerate(held.tolist(), start=1)
    }
    return Network(subnets, rules_on(DATE), root_tao=0, block=pools.block or 0)


def crowd_of(
    network: Network,
    beliefs: Floats,
    parts: Floats,
    *,
    tao: float = 1.0,
    alpha: float = 1.0,
    price_weight: float = 0.0,
    bets: Bets = "all in",
    worth: Sequence[float] = WORTH,
    noise: float | Sequence[float] = NOISE,
) -> Trader:
    """Return a crowd that owns so much, and trades on these beliefs.

    Parameters
    ----------
    network : Network
        From :func:`market`.
    beliefs : array of people by subnets
        TAO per alpha.
    parts : array of one a person
        What each owns of all; they sum to 1, or to less where somebody else owns the rest.
    tao, alpha, price_weight, bets : as in :func:`by_price`.
    worth : sequence of float
        By which the alpha outside is valued in TAO.
    noise : float, or sequence of float
        What each knows of its own noise; for Kelly bets alone.

    Returns
    -------
    Trader

    Examples
    --------
    >>> network = market()
    >>> crowd = crowd_of(network, opinions(2), np.array([0.25, 0.75]))
    >>> crowd.members, bool(crowd.tao[1] == 3 * crowd.tao[0])
    (2, True)
    """
    outside = dict(zip(network.netuid.tolist(), network.alpha_out.tolist(), strict=True))
    value = float((network.alpha_out * np.array(shares(list(worth)), dtype=float)).sum())
    purses = parts * (not_negative("tao", tao) * value)
    held = {netuid: parts * (alpha * number) for netuid, number in outside.items()}
    if bets == "all in":
        return traders.crowd(purses, beliefs, regard=price_weight, alpha=held, every=STEP)
    if price_weight:
        refuse("price_weight", price_weight, "0 with Kelly bets")
    spread = for_each(len(beliefs), "noise", noise)
    sureness = np.repeat(1 / np.maximum(spread, 1e-3)[:, None] ** 2, beliefs.shape[1], axis=1)
    return Trader(
        "crowd", _kelly, purses, held, (beliefs, sureness), every=STEP, members=len(beliefs)
    )


@traders.generic
def _kelly(sight: Any, purse: Any, numbers: Any) -> Any:
    """Hold log(opinion / price) / noise^2 of the wealth in each subnet."""
    part = minimum(maximum(log(numbers[0] / sight.price) * numbers[1], 0), 1)
    gap = part * purse.wealth - formulas.value(purse.alpha, sight.price)
    return where(gap > 0, gap, gap / sight.price)


@dataclass(frozen=True)
class _Crowds:
    """What differs in a run: a crowd with other opinions, and who arbitrages among them."""

    network: Network
    parts: Floats
    wealth: tuple[float, float]
    price_weight: float
    bets: Bets
    arbitrage: float
    owners: float
    seed: int
    terms: Mapping[str, Any]

    def __call__(self, _: np.random.Generator, run: int) -> dict[str, list[Trader]]:
        beliefs = opinions(len(self.parts), seed=[self.seed, run], **self.terms)
        tao, alpha = self.wealth
        terms: dict[str, Any] = {"tao": tao, "alpha": alpha, "worth": self.terms["worth"]}
        crowd = crowd_of(
            self.network, beliefs, (1 - self.arbitrage - self.owners) * self.parts,
            price_weight=self.price_weight, bets=self.bets, noise=self.terms["noise"], **terms,
        )  # fmt: skip
        if not self.arbitrage and not self.owners:
            return {"traders": [crowd]}
        mean = (self.parts[:, None] * beliefs).sum(axis=0)[None]
        if self.owners:
            return {"traders": [crowd, self._owner(OWNERS_BID * float(mean[0, -1]))]}
        one = crowd_of(self.network, mean, np.array([self.arbitrage]), **terms)
        return {"traders": [crowd, one.but(name="arbitrage")]}

    def _owner(self, bid: float) -> Trader:
        """Return whoever owns the last subnet, buys it up to a bid, and trades nothing else."""
        last, number = int(self.network.netuid[-1]), float(self.network.alpha_out[-1])
        parts = np.array(shares(list(self.terms["worth"])), dtype=float)
        value = float((self.network.alpha_out * parts).sum())
        tao, alpha = (self.owners * part for part in self.wealth)
        held = {last: alpha * number}
        return traders.believer(tao * value, {last: bid}, every=STEP, alpha=held, name="owners")
