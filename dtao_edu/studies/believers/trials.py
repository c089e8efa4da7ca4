"""The trials that turn the comparison of price and vote, each with its mechanism's name."""

from __future__ import annotations

from collections.abc import Sequence

from dtao_edu import ledger
from dtao_edu.measures.concentration import gini
from dtao_edu.studies.believers.opinions import (
    noise_of_people,
    purses_by_knowledge,
    worth_of_gini,
)
from dtao_edu.studies.believers.outcome import Outcome
from dtao_edu.studies.believers.price import by_price
from dtao_edu.studies.believers.vote import by_vote


def trials(
    stakes: Sequence[float], *, runs: int = 40, seed: int = 0
) -> dict[str, tuple[Outcome, Outcome]]:
    """Return four trials that turn the answer: of each the price of many, and the vote by stake.

    Parameters
    ----------
    stakes : sequence of float
        Of the voters, at most 64.
    runs, seed : int
        As in :func:`by_price`.

    Returns
    -------
    dict
        Name -> (price, vote).

    Examples
    --------
    >>> for name, (price, vote) in trials([3, 2, 1], runs=1).items():
    ...     print(name)
    Gini 0.74
    purses follow knowledge
    a tenth for oneself
    half of the delegators choose again
    """
    inequality = float(gini(ledger.prices("2025-04-17").shares()))
    worth, noise = worth_of_gini(inequality), noise_of_people(0.2, 1.0)
    knowing = purses_by_knowledge(noise)
    people = len(stakes)
    price = by_price(runs=runs, seed=seed)
    return {
        f"Gini {inequality:.2f}": (
            by_price(worth=worth, runs=runs, seed=seed),
            by_vote(people, stakes=stakes, worth=worth, runs=runs, seed=seed),
        ),
        "purses follow knowledge": (
            by_price(noise=noise, stakes=knowing, runs=runs, seed=seed),
            by_vote(people, stakes=stakes, noise=noise, runs=runs, seed=seed),
        ),
        "a tenth for oneself": (
            price,
            by_vote(people, stakes=stakes, self_interest=0.1, runs=runs, seed=seed),
        ),
        "half of the delegators choose again": (
            price,
            by_vote(people, stakes=stakes, leaving=0.5, runs=runs, seed=seed),
        ),
    }
