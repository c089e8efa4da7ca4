"""The people of the experiment: what they believe, how well they know, what they own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dtao_edu.engine.errors import between, not_negative, positive, refuse, whole
from dtao_edu.engine.rounding import largest
from dtao_edu.engine.units import Amount
from dtao_edu.measures.concentration import gini, shares

Floats = NDArray[np.float64]
Seed = int | Sequence[int]

WORTH = (0.30, 0.20, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03)
"""Hidden worth of eight subnets, TAO per alpha; it sums to 1, and its Gini coefficient is 0.37."""
NOISE = 0.6
"""A usual opinion is too high or too low by a factor of exp(0.6), about 1.8."""


def opinions(
    people: int,
    *,
    worth: Sequence[float] = WORTH,
    noise: float | Sequence[float] = NOISE,
    hearsay: float = 0.0,
    shared: float = 0.0,
    seed: Seed = 0,
) -> Floats:
    """worth exp(noise z - noise^2 / 2): an array of people by subnets, TAO per alpha.

    Here z = sqrt(1 - shared) z_own + sqrt(shared) z_all, both normal with mean 0 and spread 1.

    Parameters
    ----------
    people : int
        The first so many of the same people, whatever the number.
    worth : sequence of float
        Proportions, above 0; they are scaled to 1 TAO in all.
    noise : float, or sequence of float
        Spread of the logarithm of an opinion; one for all, or one each, begun again if there are
        fewer than people. 0 or more.
    hearsay : float
        0 to 1: the weight that everybody but the first gives to the mean of all who spoke before.
    shared : float
        0 to 1: the part of an error's variance that all people have in common, as if they had
        read the same page.
    seed : int, or sequence of int
        The same seed gives the same opinions.

    Returns
    -------
    array of people by subnets

    Examples
    --------
    >>> opinions(1000).mean(axis=0).round(2).tolist()
    [0.3, 0.19, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03]
    >>> bool((opinions(64) == opinions(1000)[:64]).all())
    True
    """
    wanted = np.array(shares([positive("worth", one) for one in worth]))
    between("hearsay", hearsay, 0, 1)
    z = np.random.default_rng(seed).standard_normal((whole("people", people, 1), len(wanted)))
    if between("shared", shared, 0, 1):
        common = np.random.default_rng([*np.ravel(seed), 99]).standard_normal(len(wanted))
        z = np.sqrt(1 - shared) * z + np.sqrt(shared) * common
    spread = for_each(people, "noise", noise)[:, None]
    own: Floats = wanted * np.exp(spread * z - spread**2 / 2)
    if hearsay:
        said = np.zeros(len(wanted))
        for number, opinion in enumerate(own):
            if number:
                opinion += hearsay * (said / number - opinion)
            said += opinion
    return own


def for_each(people: int, name: str, given: float | Sequence[float] | None) -> Floats:
    """Return one number a person: the same for all, or those given, from the start again.

    Parameters
    ----------
    people : int
    name : str
        What the numbers are, for a refusal.
    given : float, sequence of float, or None
        0 or more, not empty; None is 1 for all.

    Returns
    -------
    array of one a person

    Examples
    --------
    >>> for_each(3, "noise", [0.2, 0.4]).tolist()
    [0.2, 0.4, 0.2]
    """
    listed = [1.0] if given is None else list(np.ravel(np.asarray(given, dtype=object)))
    if not listed:
        refuse(name, "empty", "one number or more")
    checked = np.array([not_negative(name, one) for one in listed], dtype=float)
    return np.resize(checked, whole("people", people, 1))


def noise_of_people(least: float, most: float, people: int = 1000, seed: int = 0) -> list[float]:
    """Return a noise for each person, even between two bounds, in an order by chance.

    Parameters
    ----------
    least, most : float
        Noise of who knows best, and of who knows least.
    people : int
    seed : int
        Who is who; it has nothing to do with what they believe.

    Returns
    -------
    list of float

    Examples
    --------
    >>> some = noise_of_people(0.2, 1.0, 5)
    >>> sorted(round(one, 1) for one in some)
    [0.2, 0.4, 0.6, 0.8, 1.0]
    """
    if not 0 <= least <= most:
        refuse("least", least, f"0 to {most}, the noise of who knows least")
    spread = np.linspace(least, most, whole("people", people, 1))
    mixed: list[float] = np.random.default_rng(seed).permutation(spread).tolist()
    return mixed


def purses_by_knowledge(noise: Sequence[float]) -> list[float]:
    """purse_i = 1 / noise_i^2: who knows more owns more, as if good bets had paid for long.

    With such weights a mean of opinions errs least (the logarithms' precision).

    Parameters
    ----------
    noise : sequence of float
        One a person, above 0.

    Returns
    -------
    list of float

    Examples
    --------
    >>> purses_by_knowledge([0.5, 1.0])
    [4.0, 1.0]
    """
    return [1 / float(positive("noise", one)) ** 2 for one in noise]


def worth_of_gini(inequality: float, subnets: int = 8) -> list[float]:
    """worth_j = r^j, scaled to 1, with r such that the Gini coefficient is what is asked.

    Parameters
    ----------
    inequality : float
        Gini coefficient, 0 (all alike) to below (n - 1)/n.
    subnets : int
        n, 2 or more.

    Returns
    -------
    list of float
        The greatest first; they sum to 1.

    Examples
    --------
    >>> [round(one, 3) for one in worth_of_gini(0.5, 4)]
    [0.648, 0.235, 0.086, 0.031]
    >>> worth_of_gini(0, 2)
    [0.5, 0.5]
    """
    n = whole("subnets", subnets, 2)
    if not 0 <= inequality < 0.99 * (n - 1) / n:
        refuse("inequality", inequality, f"0 to below {0.99 * (n - 1) / n:.3f} for {n} subnets")

    def worths(ratio: Amount) -> list[float]:
        return [float(one) for one in shares([ratio**place for place in range(n)])]

    if not inequality:
        return [1 / n] * n
    # A small ratio is unequal.
    return worths(largest(lambda ratio: gini(worths(ratio)) > inequality, 1.0))
