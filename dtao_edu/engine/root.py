"""The Root Network: 64 validators vote on what every subnet is paid (until 13 February 2025).

Validators give weights to subnets; the vote is by stake, and a steep consensus curve
turns it into shares of emission. The formulas are in `formulas/vote.py`.

Sources: chain, `coinbase/root.rs` (root_epoch 326, do_root_register 479) and
`coinbase/run_coinbase.rs`, v1.2.5, 2025-02-07.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Self, TypeVar

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import between, not_negative, positive, refuse, whole
from dtao_edu.engine.units import RAO, Amount

_Entry = TypeVar("_Entry")

SEATS = 64
"""Validators with a seat on the Root Network."""


def _entries(argument: str, values: Sequence[_Entry]) -> tuple[_Entry, ...]:
    """Return what a sequence holds; of a frame that would be its columns' names."""
    if hasattr(values, "columns") and hasattr(values, "to_numpy"):
        refuse(argument, values, "rows of numbers, one a validator; `.to_numpy()` makes them")
    try:
        return tuple(values)
    except TypeError:
        refuse(argument, values, "a list of numbers, or a list of such lists for weights")


def _numbers(argument: str, values: Sequence[Amount]) -> tuple[Amount, ...]:
    return tuple(not_negative(argument, value) for value in _entries(argument, values))


@dataclass(frozen=True)
class RootNetwork:
    """E_j = C_j R_j / sum_k C_k R_k: the vote as a value.

    Parameters
    ----------
    stakes : sequence of float or Fraction
        TAO of each validator, own and delegated; 0 or more, 64 at most, not all 0.
    weights : sequence of sequences
        One row a validator, one column a subnet; 0 or more. A row is scaled to sum 1. A
        row of zeros abstains; its stake still counts in the total.
    rho, kappa : float or Fraction
        Slope of the consensus curve, above 0, and the trust at its middle, 0 to 1.
    netuids : sequence of int, optional
        Names of the columns; 0, 1, 2, ... if left out. netuid 0 is the root itself:
        weight given to it is a vote not to emit.

    Raises
    ------
    InputError
        Weights of the wrong shape, negative or not finite; no stake; more than 64 validators.

    Examples
    --------
    Stake of 70 and 30, each side votes for its own subnet:

    >>> vote = RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> [round(share, 3) for share in vote.emission_shares()]
    [0.945, 0.055]
    """

    stakes: Sequence[Amount]
    weights: Sequence[Sequence[Amount]]
    rho: Amount = 10
    kappa: Amount = Fraction(32767, 65535)
    netuids: Sequence[int] = ()

    def __post_init__(self) -> None:
        stakes = _numbers("stakes", self.stakes)
        weights = tuple(_numbers("weights", row) for row in _entries("weights", self.weights))
        if not 1 <= len(stakes) <= SEATS:
            refuse("stakes", f"{len(stakes)} entries", f"1 to {SEATS} validators")
        if not any(stakes):
            refuse("stakes", "all 0", "some stake: without it there is no vote")
        if len(weights) != len(stakes):
            refuse("weights", f"{len(weights)} rows", f"{len(stakes)} rows, one a validator")
        columns = len(weights[0])
        if not columns or any(len(row) != columns for row in weights):
            sizes = sorted({len(row) for row in weights})
            refuse(
                "weights", f"rows of {sizes} entries", "rows of equal length, one entry a subnet"
            )
        named = _entries("netuids", self.netuids) or range(columns)
        netuids = tuple(whole("netuids", netuid) for netuid in named)
        if len(netuids) != columns or len(set(netuids)) != columns:
            refuse("netuids", netuids, f"{columns} different numbers, one a column of weights")
        checked = {
            "stakes": stakes,
            "weights": weights,
            "rho": positive("rho", self.rho),
            "kappa": between("kappa", self.kappa, 0, 1),
            "netuids": netuids,
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @cached_property
    def stake_shares(self) -> tuple[Amount, ...]:
        """s_i = S_i / sum S, over all seated validators, those who abstain included."""
        total = sum(self.stakes)
        return tuple(formulas.share(stake, total) for stake in self.stakes)

    @cached_property
    def columns(self) -> tuple[tuple[Amount, ...], ...]:
        """Return W, each row scaled to sum 1, one tuple a subnet."""
        rows = []
        for row in self.weights:
            total = sum(row)
            rows.append([formulas.share(w, total) for w in row] if total else row)
        return tuple(zip(*rows, strict=True))

    def ranks(self) -> tuple[Amount, ...]:
        """R_j = sum_i s_i W_ij, one entry a subnet."""
        return tuple(formulas.rank(self.stake_shares, column) for column in self.columns)

    def trusts(self) -> tuple[Amount, ...]:
        """T_j = sum_i s_i [W_ij > 0], one entry a subnet."""
        return tuple(formulas.trust(self.stake_shares, column) for column in self.columns)

    def consensus(self) -> tuple[Amount, ...]:
        """C_j = 1 / (1 + exp(-rho (T_j - kappa))), one entry a subnet."""
        return tuple(formulas.consensus(t, self.rho, self.kappa) for t in self.trusts())

    def emission_shares(self, *, issued_only: bool = False) -> tuple[Amount, ...]:
        """E_j = C_j R_j / sum_k C_k R_k, one entry a subnet.

        Parameters
        ----------
        issued_only : bool
            False: netuid 0 counts in the sum, as on the chain. True: netuid 0 gets 0 and
            the others are shares of what is really issued.

        Returns
        -------
        tuple
            Sums to 1; all 0 when nobody votes.
        """
        votes: list[Amount] = [
            0 if issued_only and netuid == 0 else formulas.weight_of_vote(c, r)
            for netuid, c, r in zip(self.netuids, self.consensus(), self.ranks(), strict=True)
        ]
        total = sum(votes)
        return tuple(formulas.share(vote, total) if total else 0 for vote in votes)

    def shares_by_netuid(self, *, issued_only: bool = False) -> dict[int, Amount]:
        """Return the emission shares, each under its netuid."""
        return dict(zip(self.netuids, self.emission_shares(issued_only=issued_only), strict=True))

    def emission_rao(self, block_emission_rao: int = RAO) -> tuple[int, ...]:
        """floor(E_j * block emission), whole rao a block, one entry a subnet.

        What stands under netuid 0 is not issued.

        Examples
        --------
        >>> RootNetwork([40, 11, 49], [[1, 0], [1, 0], [0, 1]], kappa=0.5).emission_rao()
        (534944272, 465055727)
        """
        return tuple(floor(share * block_emission_rao) for share in self.emission_shares())

    def with_weights(self, rows: Mapping[int, Sequence[Amount]]) -> Self:
        """Return the same vote with other rows for some validators, each named by its place."""
        for place, row in rows.items():
            if place not in range(len(self.stakes)):
                refuse("validator", place, f"a place from 0 to {len(self.stakes) - 1}")
            if len(row) != len(self.netuids):
                refuse("weights", f"{len(row)} entries", f"{len(self.netuids)}, one a subnet")
        weights = tuple(rows.get(i, row) for i, row in enumerate(self.weights))
        return replace(self, weights=weights)

    def all_on(self, validators: Iterable[int], netuid: int) -> Self:
        """Return the same vote with all weight of some validators on one subnet."""
        if netuid not in self.netuids:
            refuse("netuid", netuid, f"one of {list(self.netuids)}")
        row = tuple(int(netuid == column) for column in self.netuids)
        return self.with_weights(dict.fromkeys(validators, row))
