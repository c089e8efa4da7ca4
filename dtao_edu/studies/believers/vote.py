"""The believers vote: by stake, through at most 64 validators, honestly or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtao_edu.engine.errors import between, refuse, whole
from dtao_edu.engine.root import SEATS, RootNetwork
from dtao_edu.measures.concentration import shares
from dtao_edu.studies.believers.opinions import NOISE, WORTH, Floats, for_each, opinions
from dtao_edu.studies.believers.outcome import Outcome


def by_vote(
    people: int = SEATS,
    *,
    stakes: Sequence[float] | None = None,
    best: int | None = None,
    hearsay: float = 0.0,
    shared: float = 0.0,
    self_interest: float = 0.0,
    colluding: int = 0,
    leaving: float = 0.0,
    delegators: int = 1000,
    worth: Sequence[float] = WORTH,
    noise: float | Sequence[float] = NOISE,
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
    hearsay, shared : float
        As in :func:`opinions`.
    self_interest : float
        0 to 1: the part of its vote that each gives to one subnet of its own, drawn by chance;
        the rest follows its opinion.
    colluding : int
        How many of the largest give all their weight to the last subnet; up to 64 people.
    leaving : float
        0 to 1: the part of each validator's stake whose delegators leave, each for the validator
        whose ballot is nearest to what the delegator believes. Up to 64 validators only.
    delegators : int
        Equal delegators with opinions of their own, of whom the part `leaving` leaves.
    worth, noise : as in :func:`opinions`.
    runs : int
    seed : int
        Run by run the opinions are those of :func:`by_price` with the same seed.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        Numbers out of range, or stakes that are all 0.

    Examples
    --------
    >>> one, all_64 = by_vote(1), by_vote(64)
    >>> one.band()[1] > 4 * all_64.band()[1]
    True
    """
    weights, named = owned_by(people, stakes), len(worth) if best is None else best
    if not 1 <= whole("best", named) <= len(worth):
        refuse("best", best, f"1 to {len(worth)} subnets")
    between("self_interest", self_interest, 0, 1)
    if between("leaving", leaving, 0, 1) and people > SEATS:
        refuse("leaving", leaving, f"0 for more than {SEATS} people, who are delegators themselves")
    cartel = np.argsort(-weights, kind="stable")[: whole("colluding", colluding, 0)]
    found = []
    for run in range(whole("runs", runs, 1)):
        beliefs = opinions(
            max(people, whole("delegators", delegators, 1)) if leaving else people,
            worth=worth, noise=noise, hearsay=hearsay, shared=shared, seed=[seed, run],
        )  # fmt: skip
        rows = _ballots(beliefs[:people], named)
        if self_interest:
            rows = _with_interest(rows, self_interest, [seed, run, 1])
        rows[cartel] = np.arange(len(worth)) == len(worth) - 1
        stake = _after_leaving(weights, rows, beliefs, leaving) if leaving else weights
        found.append(_voted(rows, stake))
    return Outcome(np.array(found, dtype=float), np.array(shares(worth)))


def owned_by(people: int, stakes: Sequence[float] | None) -> Floats:
    """Return what each owns, from the start again if fewer are given; equal if none.

    Examples
    --------
    >>> owned_by(3, [2, 1]).tolist()
    [2.0, 1.0, 2.0]
    """
    owned = for_each(people, "stakes", stakes)
    if not owned.any():
        refuse("stakes", "all 0", "some stake")
    return owned


def _ballots(beliefs: Floats, named: int) -> Floats:
    """Return the ballots: opinions scaled to 1, those beyond the best ones left out."""
    least = np.sort(beliefs, axis=1)[:, -named][:, None]
    rows: Floats = np.where(beliefs >= least, beliefs, 0)
    return rows


def _with_interest(rows: Floats, part: float, seed: Sequence[int]) -> Floats:
    """Give a part of each ballot to one subnet, drawn for each voter."""
    own = np.random.default_rng(seed).integers(rows.shape[1], size=len(rows))
    mixed: Floats = (1 - part) * rows / rows.sum(axis=1, keepdims=True)
    mixed[np.arange(len(rows)), own] += part
    return mixed


def _after_leaving(stakes: Floats, rows: Floats, beliefs: Floats, leaving: float) -> Floats:
    """Move a part of the stake to the validators whose ballots are nearest to its delegators."""
    ballots, wanted = (x / x.sum(axis=1, keepdims=True) for x in (rows, beliefs))
    apart = np.abs(wanted[:, None, :] - ballots[None, :, :]).sum(axis=2)
    chosen = np.bincount(apart.argmin(axis=1), minlength=len(rows)) / len(beliefs)
    stake: Floats = (1 - leaving) * stakes + leaving * stakes.sum() * chosen
    return stake


def _voted(beliefs: Floats, stakes: Floats) -> tuple[float, ...]:
    """Return the shares of a vote; more than 64 people vote through 64 validators."""
    rows, weights = beliefs.tolist(), stakes.tolist()
    if len(rows) > SEATS:
        groups = np.array_split(np.arange(len(rows)), SEATS)
        own = [RootNetwork(stakes[g].tolist(), beliefs[g].tolist()).ranks() for g in groups]
        rows, weights = own, [float(stakes[g].sum()) for g in groups]
    return tuple(float(share) for share in RootNetwork(weights, rows).emission_shares())
