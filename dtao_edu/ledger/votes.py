"""Two real votes of the Root Network, and what the chain paid in its time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from dtao_edu.engine.root import RootNetwork
from dtao_edu.engine.units import RAO, Amount
from dtao_edu.ledger.provenance import (
    Day,
    NotInLedgerError,
    Provenance,
    html_table,
    one_of,
    read,
    tables,
)
from dtao_edu.ledger.provenance import dated as _dated
from dtao_edu.ledger.values import Amounts, amounts


@dataclass(frozen=True, repr=False)
class RootVote:
    """A vote of the Root Network: who held how much stake and gave which weights.

    Attributes
    ----------
    date : str
    block : int
    uids : tuple of int
        Seats of the validators, 0 to 63. The place of a validator in `stakes` and `weights` is
        its place in here: :meth:`place`.
    stakes : tuple of float
        TAO, own and delegated, one a validator.
    netuids : tuple of int
        Subnets, netuid 0 (a vote not to issue) included.
    weights : tuple of tuples of float
        One row a validator, one entry a netuid; rows sum to about 1, or to 0.
    paid : Amounts or None
        Shares that the chain then paid, by netuid, netuid 0 included; None if not known.

    Examples
    --------
    >>> vote = root_vote("2024-10-23")
    >>> shares = vote.network().shares_by_netuid()
    >>> max(abs(shares[netuid] - vote.paid[netuid]) for netuid in vote.netuids) < 0.0005
    True
    """

    date: str
    block: int
    uids: tuple[int, ...]
    stakes: tuple[float, ...]
    netuids: tuple[int, ...]
    weights: tuple[tuple[float, ...], ...]
    paid: Amounts | None

    def __repr__(self) -> str:
        return (
            f"<RootVote of {self.date}, block {self.block:,}: {len(self.uids)} validators, "
            f"{len(self.netuids)} netuids>"
        )

    def _repr_html_(self) -> str:
        """Return the largest validators as a small table, for notebooks."""
        total = sum(self.stakes)
        rows: list[tuple[str | float | bool, ...]] = []
        for place in self.largest(6):
            stake = self.stakes[place]
            given = sum(w > 0 for w in self.weights[place])
            rows.append((self.uids[place], f"{stake:,.0f}", f"{stake / total:.1%}", given))
        head = ("uid", "stake, TAO", "share of stake", "subnets with weight")
        return html_table(head, rows, repr(self)[1:-1])

    def network(self, rho: Amount = 10, kappa: Amount = Fraction(32767, 65535)) -> RootNetwork:
        """Return the vote as the engine's :class:`~dtao_edu.engine.root.RootNetwork`.

        Parameters
        ----------
        rho, kappa
            Slope and middle of the consensus curve; the chain's if left out.
        """
        return RootNetwork(self.stakes, self.weights, rho=rho, kappa=kappa, netuids=self.netuids)

    def place(self, uid: int) -> int:
        """Return the place of a validator in `stakes` and `weights`, and in the network."""
        if uid not in self._place:
            raise NotInLedgerError("uid", uid, one_of(self.uids))
        return self._place[uid]

    def stake(self, uid: int) -> float:
        """Return a validator's stake, TAO."""
        return self.stakes[self.place(uid)]

    def weights_of(self, uid: int) -> dict[int, float]:
        """Return the weights a validator gave, by netuid; those of 0 are left out.

        Examples
        --------
        >>> len(root_vote("2024-10-23").weights_of(2))
        32
        """
        row = self.weights[self.place(uid)]
        return {netuid: w for netuid, w in zip(self.netuids, row, strict=True) if w}

    def largest(self, number: int) -> tuple[int, ...]:
        """Return the places of the validators with the most stake, largest first.

        Examples
        --------
        >>> vote = root_vote("2024-11-24")
        >>> [vote.uids[place] for place in vote.largest(3)]
        [2, 6, 15]
        """
        ranking = sorted(range(len(self.stakes)), key=lambda place: (-self.stakes[place], place))
        return tuple(ranking[:number])

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """Where stakes, weights and, if known, the paid shares come from."""
        kinds = ["root_stake", "root_weights"] + ["root_emission"] * (self.paid is not None)
        return tuple(tables()[f"{kind}_{self.date}"] for kind in kinds)

    @cached_property
    def _place(self) -> dict[int, int]:
        return {uid: place for place, uid in enumerate(self.uids)}


def root_vote(date: Day) -> RootVote:
    """One of the two real votes: "2024-10-23" (25 validators) or "2024-11-24" (all 64).

    The 25 of October held over 99 % of the stake, and what the chain then paid is known. For
    November the vote is complete, and what was paid is not known.

    Parameters
    ----------
    date : str or datetime.date

    Returns
    -------
    RootVote

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> root_vote("2024-11-24")
    <RootVote of 2024-11-24, block 4,336,135: 64 validators, 57 netuids>

    Source: public ledger; `root_vote(date).provenance`.
    """
    return _vote(str(date))


@cache
def _vote(date: str) -> RootVote:
    stakes = {int(r["uid"]): int(r["stake_rao"]) / RAO for r in read(_dated("root_stake", date))}
    given: dict[int, dict[int, float]] = {}
    for row in read(f"root_weights_{date}"):
        given.setdefault(int(row["uid"]), {})[int(row["netuid"])] = float(row["weight"])
    paid = root_emission(date) if f"root_emission_{date}" in tables() else None
    # Subnets without any weight stand in no row: in November netuids 55 and 56.
    count = {"2024-10-23": 53, "2024-11-24": 57}[date]
    netuids = tuple(range(count))
    weights = tuple(
        tuple(given.get(uid, {}).get(netuid, 0.0) for netuid in netuids) for uid in stakes
    )
    block = int(tables()[f"root_stake_{date}"].block)
    return RootVote(date, block, tuple(stakes), tuple(stakes.values()), netuids, weights, paid)


def root_emission(date: Day) -> Amounts:
    """share_i = emission_i / sum_k emission_k: what the chain paid by vote.

    Parameters
    ----------
    date : str or datetime.date
        "2024-10-23" (53 netuids; netuid 0 was not issued) or "2024-03" (32 subnets, netuid 0
        is not in the source).

    Returns
    -------
    Amounts
        Shares by netuid; they sum to 1.

    Raises
    ------
    NotInLedgerError
        Another date.

    Examples
    --------
    >>> round(root_emission("2024-10-23")[0], 3), len(root_emission("2024-03"))
    (0.184, 32)
    """
    name = _dated("root_emission", date)
    entry = tables()[name]
    found = {int(row["netuid"]): int(row["emission_rao"]) / RAO for row in read(name)}
    block = int(entry.block) if entry.block else None
    return amounts(found, str(date), block, name).shares()


def registration_blocks(date: Day) -> dict[int, int]:
    """Return the block at which each netuid was registered, as known at "2024-10-23" or "2024-03".

    A netuid that changes its block between two dates changed its subnet.

    Examples
    --------
    >>> early, late = registration_blocks("2024-03"), registration_blocks("2024-10-23")
    >>> [netuid for netuid in early if early[netuid] != late[netuid]][:3]
    [2, 6, 10]
    """
    name = _dated("root_emission", date)
    return {int(row["netuid"]): int(row["registration_block"]) for row in read(name)}
