"""Both rules asked about one hidden worth, with the same opinions run by run."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from dtao_edu import ledger
from dtao_edu.engine.errors import positive, refuse
from dtao_edu.studies.believers.opinions import (
    noise_of_people,
    purses_by_knowledge,
    worth_of_gini,
)
from dtao_edu.studies.believers.outcome import Comparison, Outcome
from dtao_edu.studies.believers.price import by_price
from dtao_edu.studies.believers.vote import by_vote

Purses = Literal["equal", "stake", "knowledge"]
"""Who owns more on the market: nobody, as with the validators' stakes, or who knows more."""

VOTE = "2024-11-24"
"""The day whose 64 stakes vote."""
DAYS = 10
"""Days of trading."""


class SideBySide(NamedTuple):
    """A vote and a market that judge the same worth.

    Attributes
    ----------
    inequality : float
        Gini coefficient of the worth.
    noise : float
        Of a usual opinion.
    people : int
        How many trade.
    purses : "equal", "stake" or "knowledge"
    vote, price : Outcome
        Run by run from the same opinions.
    """

    inequality: float
    noise: float
    people: int
    purses: Purses
    vote: Outcome
    price: Outcome

    @property
    def price_nearer(self) -> Comparison:
        """How often, and by how much, the price is nearer to the worth than the vote."""
        return self.price.against(self.vote)

    def __repr__(self) -> str:
        found = self.price_nearer
        return (
            f"<SideBySide at Gini {self.inequality:g}, noise {self.noise:g}: price nearer in "
            f"{found.nearer} of {found.runs}>"
        )


def side_by_side(
    inequality: float,
    noise: float = 0.6,
    people: int = 300,
    purses: Purses = "equal",
    *,
    runs: int = 20,
    seed: int = 0,
) -> SideBySide:
    """Ask 64 validators, by their real stakes, and a market of so many people about one worth.

    Everybody's noise is an own one, even between a third and five thirds of `noise`. People
    trade for ten days, one every half hour and in turn.

    Parameters
    ----------
    inequality : float
        Gini coefficient of the worth of eight subnets, 0 to below 0.86.
    noise : float
        Spread of the logarithm of a usual opinion, above 0.
    people : int
        On the market.
    purses : "equal", "stake" or "knowledge"
        What they own: all the same; as unequal as the validators' stakes; or the more the less
        their noise is (:func:`purses_by_knowledge`).
    runs, seed : int
        As in :func:`by_price`.

    Returns
    -------
    SideBySide

    Raises
    ------
    InputError
        Numbers out of range.

    Examples
    --------
    >>> side_by_side(0.1), side_by_side(0.7)
    (<SideBySide at Gini 0.1, noise 0.6: price nearer in 20 of 20>, \
<SideBySide at Gini 0.7, noise 0.6: price nearer in 0 of 20>)
    """
    if purses not in get_args(Purses):
        refuse("purses", purses, ", ".join(repr(one) for one in get_args(Purses)))
    worth = worth_of_gini(inequality)
    usual = float(positive("noise", noise))
    spread = noise_of_people(usual / 3, 5 * usual / 3, people)
    stakes = list(_stakes())
    owned = {"equal": None, "stake": stakes, "knowledge": purses_by_knowledge(spread)}[purses]
    return SideBySide(
        inequality,
        noise,
        people,
        purses,
        by_vote(stakes=stakes, worth=worth, noise=spread, runs=runs, seed=seed),
        by_price(people, stakes=owned, worth=worth, noise=spread, days=DAYS, runs=runs, seed=seed),
    )


@lru_cache(maxsize=1)
def _stakes() -> tuple[float, ...]:
    return tuple(float(one) for one in ledger.root_vote(VOTE).stakes)
