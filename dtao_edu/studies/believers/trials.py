"""The same question with one thing changed: price and vote at their best and at their worst."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dtao_edu.studies.believers.opinions import noise_of_people, purses_by_knowledge
from dtao_edu.studies.believers.outcome import Outcome
from dtao_edu.studies.believers.price import by_price
from dtao_edu.studies.believers.vote import by_vote

SHARED = 0.5
"""Part of each error that all share, in the trials of it."""
CLUMSY = 0.7
"""How much voters err who gain nothing by knowing; all others err by 0.6."""


def trials(
    stakes: Sequence[float], *, runs: int = 40, seed: int = 0
) -> dict[str, tuple[Outcome, Outcome]]:
    """Return, trial by trial, the price and the vote: of 1,000 equals, and of voters by stake.

    Parameters
    ----------
    stakes : sequence of float
        Of the voters, at most 64.
    runs, seed : int
        As in :func:`by_price`.

    Returns
    -------
    dict
        Name -> (price, vote). Those whose name begins with "the same" have the same people under
        both rules.

    Examples
    --------
    >>> for name, (price, vote) in trials([3, 2, 1], runs=1).items():
    ...     print(name)
    as told
    the same 1,000 under both
    the same 64 stakes under both
    purses follow knowledge
    purses and stakes follow knowledge
    a tenth of each vote for oneself
    owners buy their own, 3 tenths of all purses
    the three largest vote together
    half of delegators leave, and look
    half of delegators leave, and do not look
    voters err by 0.7, buyers by 0.6
    a fifth of the purses
    half of each error is shared
    the same 1,000, half of each error shared
    """
    people, mean = len(stakes), sum(stakes) / len(stakes)
    even = [(stake + mean) / 2 for stake in stakes]
    mixed = noise_of_people(0.2, 1.0)
    knowing = purses_by_knowledge(mixed)
    trade = partial(by_price, runs=runs, seed=seed)
    vote = partial(by_vote, runs=runs, seed=seed)
    of_stake = partial(vote, people, stakes=stakes)
    price, shared, told = trade(), trade(shared=SHARED), of_stake()
    buyers = trade(noise=mixed, stakes=knowing)
    return {
        "as told": (price, told),
        "the same 1,000 under both": (price, vote(1000)),
        "the same 64 stakes under both": (trade(people, stakes=stakes), told),
        "purses follow knowledge": (buyers, of_stake(noise=mixed)),
        "purses and stakes follow knowledge": (
            buyers,
            vote(people, stakes=knowing[:people], noise=mixed),
        ),
        "a tenth of each vote for oneself": (price, of_stake(self_interest=0.1)),
        "owners buy their own, 3 tenths of all purses": (trade(owners=0.3), told),
        "the three largest vote together": (price, of_stake(colluding=3)),
        "half of delegators leave, and look": (price, of_stake(leaving=0.5)),
        "half of delegators leave, and do not look": (price, vote(people, stakes=even)),
        f"voters err by {CLUMSY}, buyers by 0.6": (price, of_stake(noise=CLUMSY)),
        "a fifth of the purses": (trade(tao=0.2, alpha=0.2), told),
        "half of each error is shared": (shared, of_stake(shared=SHARED)),
        "the same 1,000, half of each error shared": (shared, vote(1000, shared=SHARED)),
    }
