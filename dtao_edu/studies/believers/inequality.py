"""Which rule is nearer, over how unlike the subnets are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from dtao_edu.studies.believers.opinions import worth_of_gini
from dtao_edu.studies.believers.outcome import Comparison, Outcome
from dtao_edu.studies.believers.price import by_price
from dtao_edu.studies.believers.vote import by_vote


class People(TypedDict, total=False):
    """Who is asked: arguments that :func:`by_vote` and :func:`by_price` share."""

    people: int
    stakes: Sequence[float] | None
    hearsay: float


class Traders(People, total=False):
    """The same, and for how many days they trade."""

    days: float


class Inequality(NamedTuple):
    """Both rules at one inequality of worth.

    Attributes
    ----------
    gini : float
        Of the worth.
    vote, price : Outcome
    """

    gini: float
    vote: Outcome
    price: Outcome

    @property
    def price_nearer(self) -> Comparison:
        """How often, and by how much, the price is nearer than the vote."""
        return self.price.against(self.vote)

    def __repr__(self) -> str:
        found = self.price_nearer
        return f"<Inequality: Gini {self.gini:.2f}, price nearer in {found.nearer} of {found.runs}>"


def by_inequality(
    ginis: Iterable[float],
    *,
    subnets: int = 8,
    runs: int = 20,
    seed: int = 0,
    vote: People | None = None,
    price: Traders | None = None,
) -> tuple[Inequality, ...]:
    """Ask both rules once for each inequality of worth, :func:`worth_of_gini`.

    Parameters
    ----------
    ginis : iterable of float
        Gini coefficients of the worth, 0 to below (n - 1)/n.
    subnets : int
        n.
    runs, seed : int
        The same for both rules, so that run by run the people believe the same.
    vote, price : dict, optional
        Further arguments of :func:`by_vote`, such as the real stakes, and of :func:`by_price`.

    Returns
    -------
    tuple of Inequality

    Examples
    --------
    >>> [one] = by_inequality([0.3], runs=2, price={"people": 20, "days": 1})
    >>> one.gini, len(one.vote), len(one.price)
    (0.3, 2, 2)
    """
    found = []
    for gini in ginis:
        worth = worth_of_gini(gini, subnets)
        voted = by_vote(worth=worth, runs=runs, seed=seed, **(vote or {}))
        priced = by_price(worth=worth, runs=runs, seed=seed, **(price or {}))
        found.append(Inequality(gini, voted, priced))
    return tuple(found)
