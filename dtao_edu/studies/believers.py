"""The experiment of the believers: subnets of a hidden worth, judged by a vote and by a price.

Everybody has one opinion of each subnet, right on average: the worth times noise of mean 1,

    opinion = worth exp(noise z - noise^2 / 2),    z by chance, of mean 0 and spread 1.

A voter gives weights in proportion to its opinions; the engine's :class:`RootNetwork` makes
shares of them. A believer buys below its opinion and sells above it while its TAO and its alpha
last (:func:`traders.crowd`), and the chain's rules of 17 April 2025 make shares of the moving
prices. Which shares are nearer to the worth?

The worth of a subnet is what one alpha of it would cost, in TAO, if everybody knew all. Only the
proportions count for emission, so all worths together are 1 TAO, and distances are between
shares: half of L1, the part of all emission that goes astray. Nobody has a gain from a lie here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from dtao_edu import ledger, measures
from dtao_edu.engine.emission import price_shares
from dtao_edu.engine.errors import between, not_negative, positive, refuse, whole
from dtao_edu.engine.root import SEATS, RootNetwork
from dtao_edu.simulation import traders
from dtao_edu.simulation.ensembles import ensemble
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.rules import rules_on
from dtao_edu.simulation.traders import Trader

WORTH = (0.30, 0.20, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03)
"""Hidden worth of eight subnets, TAO per alpha; it sums to 1."""
NOISE = 0.6
"""A usual opinion is too high or too low by a factor of exp(0.6), about 1.8."""
DAY = "2025-04-17"
"""The day whose pools, alpha and rules the market has."""
STEP = 144
"""Blocks from one believer's turn to the next one's, half an hour: fifty turns a day."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The shares that came out of many runs, beside the worth.

    Attributes
    ----------
    shares : array of runs by subnets.
    worth : one share a subnet.
    price : prices at the end, runs by subnets; None after a vote.

    Examples
    --------
    >>> two = Outcome(np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0.6, 0.4]))
    >>> two.distances.round(3).tolist(), round(two.bias, 3), round(two.chance, 3)
    ([0.1, 0.3], 0.1, 0.2)
    """

    shares: Any
    worth: Any
    price: Any = None

    @property
    def distances(self) -> Any:
        """moved(worth, shares) of each run: the part of emission that goes astray."""
        return _moved(self.worth, self.shares)

    @property
    def bias(self) -> float:
        """moved(worth, mean of all runs): what stays when chance is averaged away."""
        return float(_moved(self.worth, self.shares.mean(axis=0)[None])[0])

    @property
    def chance(self) -> float:
        """moved(mean of all runs, shares), the median over the runs."""
        return float(np.median(_moved(self.shares.mean(axis=0), self.shares)))

    @property
    def spot(self) -> Outcome:
        """The same runs, as if the spot price of the last block had paid."""
        if self.price is None:
            refuse("spot", "a vote", "the outcome of a market")
        return Outcome(np.array([price_shares(row) for row in self.price.tolist()]), self.worth)

    def __len__(self) -> int:
        return len(self.shares)

    def band(self, part: float = 0.9) -> tuple[float, float, float]:
        """Of the distances: lower edge, median and upper edge of the middle `part` of runs."""
        levels = [(1 - part) / 2, 0.5, (1 + part) / 2]
        low, middle, high = np.quantile(self.distances, levels).tolist()
        return low, middle, high

    def quantiles(self, levels: Any = (0.05, 0.5, 0.95)) -> Any:
        """Return quantiles of the shares over the runs: a row a level, a column a subnet."""
        return np.quantile(self.shares, levels, axis=0)

    def nearer(self, other: Outcome) -> int:
        """Return in how many runs this is nearer to the worth than the same run of another.

        Of the runs that both have.
        """
        runs = min(len(self), len(other))
        return int((self.distances[:runs] < other.distances[:runs]).sum())


def opinions(
    people: int,
    *,
    worth: Sequence[float] = WORTH,
    noise: float = NOISE,
    heard: float = 0.0,
    seed: Any = 0,
) -> Any:
    """worth exp(noise z - noise^2 / 2): an array of people by subnets, TAO per alpha.

    Parameters
    ----------
    people : int
        The first so many of the same people, whatever the number.
    worth : proportions, above 0; they are scaled to 1 TAO in all.
    noise : spread of the logarithm of an opinion.
    heard : float, 0 to 1
        The weight that everybody but the first gives to the mean of all who spoke before.
    seed : int, or what NumPy takes as one

    Examples
    --------
    >>> opinions(1000).mean(axis=0).round(2).tolist()
    [0.3, 0.19, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03]
    >>> bool((opinions(64) == opinions(1000)[:64]).all())
    True
    """
    wanted = np.array(measures.shares([positive("worth", one) for one in worth]))
    between("heard", heard, 0, 1)
    z = np.random.default_rng(seed).standard_normal((whole("people", people, 1), len(wanted)))
    own = wanted * np.exp(not_negative("noise", noise) * z - noise**2 / 2)
    if heard:
        said = np.zeros(len(wanted))
        for number, opinion in enumerate(own):
            if number:
                opinion += heard * (said / number - opinion)
            said += opinion
    return own


def by_vote(
    people: int = SEATS,
    *,
    stakes: Sequence[float] | None = None,
    best: int | None = None,
    heard: float = 0.0,
    worth: Sequence[float] = WORTH,
    noise: float = NOISE,
    runs: int = 40,
    seed: int = 0,
) -> Outcome:
    """Let people vote, each in proportion to what it believes; in each run other opinions.

    Parameters
    ----------
    people : int
        Up to 64 validators. More are delegators of 64 validators, each of which votes what its
        own delegators believe on average, by stake.
    stakes : sequence of float, optional
        One each; begun again if there are fewer than people. Equal if left out.
    best : int, optional
        How many subnets each gives weight to: those it believes in most. All if left out.
    heard, worth, noise : as in :func:`opinions`.
    runs, seed : as in :func:`ensemble`.

    Examples
    --------
    >>> one, all_64 = by_vote(1), by_vote(64)
    >>> one.band()[1] > 4 * all_64.band()[1]
    True
    """
    weights, named = _stakes(people, stakes), len(worth) if best is None else best
    if not 1 <= whole("best", named) <= len(worth):
        refuse("best", best, f"1 to {len(worth)} subnets")
    terms: dict[str, Any] = {"worth": worth, "noise": noise, "heard": heard}
    shares = [
        _voted(opinions(people, seed=[seed, run], **terms), weights, named)
        for run in range(whole("runs", runs, 1))
    ]
    return Outcome(np.array(shares, dtype=float), np.array(measures.shares(worth)))


def by_price(
    people: int = 1000,
    *,
    stakes: Sequence[float] | None = None,
    tao: float = 1.0,
    alpha: float = 1.0,
    regard: float = 0.0,
    heard: float = 0.0,
    even_value: bool = False,
    worth: Sequence[float] = WORTH,
    noise: float = NOISE,
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
    regard : float, 0 to 1
        The weight that each gives to the price as it stands.
    even_value : bool
        True: the alpha outside is worth the same TAO in every subnet. Else there is the same
        number of alpha in every subnet, as on the chain, which mints one a block for each.
    heard, worth, noise : as in :func:`opinions`.
    days : how long.
    runs, seed : as in :func:`ensemble`.
    compiled : as in :func:`simulate`.

    Examples
    --------
    >>> few = by_price(20, days=1, runs=2)
    >>> few.shares.shape, few.shares.sum(axis=1).round(9).tolist()
    ((2, 8), [1.0, 1.0])
    """
    network = market(worth, even_value=even_value)
    owned = _stakes(people, stakes)
    terms = {"worth": worth, "noise": noise, "heard": heard}
    many = ensemble(
        network,
        runs,
        vary=partial(_believers, network, owned, (tao, alpha), regard, seed, terms),
        keep={"share": "share", "price": "price"},
        seed=seed,
        days=days,
        step=STEP,
        step_error=False,
        compiled=compiled,
    )
    return Outcome(many["share"], np.array(measures.shares(worth)), many["price"])


def market(worth: Sequence[float] = WORTH, *, even_value: bool = False) -> Network:
    """Return equal pools, one for each worth, in size those of 17 April 2025 taken together.

    All trading pools of that day are merged into as many equal ones as there are subnets; all
    prices together are 1 TAO, and equal. Alpha outside the pools is worth what it was against
    the pools. Nobody is on root.

    Parameters
    ----------
    worth : as in :func:`opinions`; it counts for `even_value` alone.
    even_value : as in :func:`by_price`.

    Examples
    --------
    >>> network = market()
    >>> network.price.round(3).tolist()[:2], float(network.tao_in.sum().round())
    ([0.125, 0.125], 510221.0)
    """
    pools, parts, count = ledger.pools(DAY), np.array(measures.shares(worth)), len(worth)
    rows = pools.trading().values()
    tao = sum(row.tao_in for row in rows) / count
    outside = sum(row.alpha_out * row.pool().price for row in rows)
    held = outside / count / parts if even_value else np.full(count, outside)
    subnets = {
        netuid: {"tao_in": tao, "alpha_in": tao * count, "alpha_out": alpha_out}
        for netuid, alpha_out in enumerate(held.tolist(), start=1)
    }
    return Network(subnets, rules_on(DAY), root_tao=0, block=pools.block or 0)


def table(outcomes: Mapping[str, Outcome], than: Outcome | None = None) -> str:
    """Return a table of distances, in percent of all emission.

    Parameters
    ----------
    outcomes : mapping of str to Outcome
    than : Outcome, optional
        Adds a column: in how many runs each is nearer to the worth than this one.

    Examples
    --------
    >>> print(table({"one voter": by_vote(1, runs=5), "all": by_vote(64, runs=5)}))
    emission astray, %   median  90 % of runs   bias  chance
    one voter              12.8  10.4 to 20.4    6.3    12.9
    all                     2.8   1.5 to  3.5    1.3     1.8
    """
    wide = max(len("emission astray, %"), *map(len, outcomes))
    head = f"{'emission astray, %':{wide}}   median  90 % of runs   bias  chance"
    lines = [head if than is None else f"{head}  nearer in"]
    for name, one in outcomes.items():
        low, middle, high = (100 * edge for edge in one.band())
        line = (
            f"{name:{wide}}   {middle:6.1f}  {low:4.1f} to {high:4.1f}"
            f"   {100 * one.bias:4.1f}  {100 * one.chance:6.1f}"
        )
        if than is not None:
            runs = 0 if one is than else min(len(one), len(than))
            line += f"  {one.nearer(than):2} of {runs}" if runs else "        -"
        lines.append(line)
    return "\n".join(lines)


def _moved(worth: Any, shares: Any) -> Any:
    return np.array([measures.moved(worth.tolist(), row) for row in shares.tolist()])


def _stakes(people: int, stakes: Sequence[float] | None) -> Any:
    given = [1.0] if stakes is None else [not_negative("stakes", one) for one in stakes]
    if not any(given):
        refuse("stakes", "all 0", "some stake")
    return np.resize(np.array(given), whole("people", people, 1))


def _voted(beliefs: Any, stakes: Any, named: int) -> tuple[Any, ...]:
    """Return the shares of a vote; more than 64 people vote through 64 validators."""
    least = np.sort(beliefs, axis=1)[:, -named][:, None]
    beliefs = np.where(beliefs >= least, beliefs, 0)
    rows, weights = beliefs.tolist(), stakes.tolist()
    if len(rows) > SEATS:
        groups = np.array_split(np.arange(len(rows)), SEATS)
        own = [RootNetwork(stakes[g].tolist(), beliefs[g].tolist()).ranks() for g in groups]
        rows, weights = own, [float(stakes[g].sum()) for g in groups]
    return RootNetwork(weights, rows).emission_shares()


def _believers(
    network: Network, owned: Any, wealth: tuple[float, float], regard: float, seed: int,
    terms: Mapping[str, Any], chance: np.random.Generator, run: int,
) -> dict[str, list[Trader]]:  # fmt: skip
    """Return what differs in a run: a crowd with other opinions."""
    parts = owned / owned.sum()
    outside = dict(zip(network.netuid.tolist(), network.alpha_out.tolist(), strict=True))
    value = sum(network.alpha_out * measures.shares(terms["worth"]))
    crowd = traders.crowd(
        parts * (wealth[0] * value),
        opinions(len(owned), seed=[seed, run], **terms),
        regard=regard,
        alpha={netuid: parts * (wealth[1] * alpha) for netuid, alpha in outside.items()},
        every=STEP,
    )
    return {"traders": [crowd]}
