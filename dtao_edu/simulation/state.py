"""What a block reads and changes: the state of all subnets, as values.

Every entry is a column, one number a subnet: floats, or Fractions in exact books. Where many
runs go side by side, a row a run stands before them, and what all subnets share is a column of
one number a run. The compiled loop hands the same records to the same stages with one subnet's
numbers in them. That is why everything here is typed as a :data:`Column`: it stands for whatever
adds, multiplies and compares like one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from dtao_edu.engine.emission import Split

Column = NDArray[np.float64]
"""One number a subnet; or a single number that is read like a column."""
Switch = Column | NDArray[np.bool_] | bool
"""Yes or no: one, or one a run."""


class Pools(NamedTuple):
    """What trades change.

    Attributes
    ----------
    tao_in, alpha_in : the reserves, TAO and alpha.
    alpha_out : alpha outside the pool.
    quote_weight : weight of the TAO side, 0 to 1; None where both sides weigh the same, always.
    """

    tao_in: Column
    alpha_in: Column
    alpha_out: Column
    quote_weight: Column | None


class Epochs(NamedTuple):
    """What waits for a subnet's next epoch.

    Attributes
    ----------
    pending_root : what it pays root: TAO, or alpha where root's alpha waits for claims.
    last_epoch : block of the last one.
    """

    pending_root: Column
    last_epoch: Column


class Flows(NamedTuple):
    """What the rules of flow remember, TAO.

    Attributes
    ----------
    flow, protocol_flow : smoothed net TAO a block, of users and of the chain itself.
    user_flow : staked less unstaked by users, summed over all blocks.
    flow_seen : how much of it has gone into `flow`.
    """

    flow: Column
    protocol_flow: Column
    user_flow: Column
    flow_seen: Column


class Totals(NamedTuple):
    """Sums over all blocks, for the books: TAO entered; alpha minted, and recycled."""

    tao_entered: Column
    alpha_minted: Column
    alpha_recycled: Column


class Subnets(NamedTuple):
    """What blocks and trades change; `moving_price` is of the end of the block before."""

    pools: Pools
    moving_price: Column
    epochs: Epochs
    flows: Flows
    totals: Totals


class Facts(NamedTuple):
    """What blocks do not change, one entry a subnet.

    Attributes
    ----------
    netuid : the subnet's number.
    first_block : block of its first emission; the warm-up of the moving price counts from it.
    enabled : 1; 0 where the emission of TAO is switched off.
    miner_burned : part of the miners' emission that is burnt, 0 to 1.
    vote : share by the Root Network's vote, 0 to 1.
    """

    netuid: Column
    first_block: Column
    enabled: Column
    miner_burned: Column
    vote: Column


class Constants(NamedTuple):
    """Numbers of the chain that no block changes; `fee_rate` and `flat_fee` are the trades'.

    Sources: `rules.toml`, and :mod:`dtao_edu.engine.emission`.
    """

    owner_cut: Column
    tao_weight: Column
    moving_alpha: Column
    moving_halving: Column
    tempo: int
    flow_smoothing: Column
    flow_exponent: Column
    flow_cutoff: Column
    steepness: Column
    gate: Column
    fee_rate: Column
    flat_fee: Column


class Chain(NamedTuple):
    """What all subnets share in a block.

    Attributes
    ----------
    block : its number; `blocks` : how many pass in this step, 1 unless it is a sketch.
    issuance, emission : TAO issued before it (the counter), and TAO issued in it.
    root_tao : TAO staked on root.
    root_receives : True, or False while root receives nothing (moving prices sum to 1 or less).
    bar : the gate's bar; 0 without one.
    constants : Constants
    """

    block: int
    blocks: int
    issuance: Column
    emission: Column
    root_tao: Column
    root_receives: Switch
    bar: Column
    constants: Constants


class Injected(NamedTuple):
    """What a block brings a subnet: TAO and alpha for the pool, alpha for participants.

    `excess_tao` is TAO beyond the injection, and `bought` the alpha that it bought.
    """

    tao_in: Column
    alpha_in: Column
    alpha_out: Column
    excess_tao: Column
    bought: Column


class Paid(NamedTuple):
    """What one block paid, one entry a subnet.

    Attributes
    ----------
    share : of the block's TAO.
    injected : into the pool, and minted; see :class:`Injected`.
    split : alpha_out among owner, miners, validators and root; the four sum to the whole.
    due : 1 where an epoch ran.
    root_tao : TAO that became root stake in this block.
    proceeds : TAO that root's alpha fetched in the pool.
    """

    share: Column
    injected: Injected
    split: Split[Column]
    due: Column
    root_tao: Column
    proceeds: Column

    @property
    def tao_in(self) -> Column:
        """TAO injected into the pool."""
        return self.injected.tao_in

    @property
    def alpha_in(self) -> Column:
        """Alpha injected into the pool."""
        return self.injected.alpha_in

    @property
    def alpha_out(self) -> Column:
        """Alpha minted for participants."""
        return self.injected.alpha_out

    @property
    def excess_tao(self) -> Column:
        """TAO beyond the injection, which buys alpha."""
        return self.injected.excess_tao

    @property
    def bought(self) -> Column:
        """Alpha that the chain bought."""
        return self.injected.bought

    @property
    def owner(self) -> Column:
        """The owner's part of alpha_out."""
        return self.split.owner

    @property
    def root_alpha(self) -> Column:
        """Root's part of alpha_out."""
        return self.split.root

    def filled(self) -> Paid:
        """Return the same with a whole column wherever a single 0 stands."""
        nothing = 0 * self.share
        return Paid(
            self.share,
            Injected(*(nothing + each for each in self.injected)),
            Split(*(nothing + each for each in self.split)),
            nothing + self.due,
            nothing + self.root_tao,
            nothing + self.proceeds,
        )


def total(column: Column) -> Column:
    """Return the sum over all subnets: one number, or one a run.

    Examples
    --------
    >>> total(np.array([1.0, 2.0])), total(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    (3.0, [[3.0], [7.0]])
    """
    if column.ndim > 1:
        return cast("Column", column.sum(axis=-1, keepdims=True))
    found = np.add.reduce(column)
    return cast("Column", found if column.dtype.kind == "O" else float(found))


def least(column: Column) -> Column:
    """Return the smallest entry of all subnets: one number, or one a run.

    Examples
    --------
    >>> least(np.array([3.0, 2.0])), least(np.array([[3.0, 2.0], [1.0, 4.0]])).tolist()
    (2.0, [[2.0], [1.0]])
    """
    if column.ndim > 1:
        return cast("Column", column.min(axis=-1, keepdims=True))
    found = column.min()
    return cast("Column", found if column.dtype.kind == "O" else float(found))


def columns_in(subnets: Subnets) -> list[Column]:
    """Return every column of the subnets, in the order in which they stand."""
    pools, moving_price, epochs, flows, totals = subnets
    every = (*pools, moving_price, *epochs, *flows, *totals)
    return [column for column in every if column is not None]


def _mapped(change: Callable[..., Column], *subnets: Subnets) -> Subnets:
    """Return subnets whose every column is what `change` makes of theirs."""
    pools = [each.pools for each in subnets]
    weights = [each.quote_weight for each in pools if each.quote_weight is not None]
    return Subnets(
        Pools(
            change(*(each.tao_in for each in pools)),
            change(*(each.alpha_in for each in pools)),
            change(*(each.alpha_out for each in pools)),
            change(*weights) if weights else None,
        ),
        change(*(each.moving_price for each in subnets)),
        Epochs(*map(change, *(each.epochs for each in subnets))),
        Flows(*map(change, *(each.flows for each in subnets))),
        Totals(*map(change, *(each.totals for each in subnets))),
    )


def copied(subnets: Subnets) -> Subnets:
    """Return the same columns as arrays of their own, which may be written to."""
    return _mapped(lambda column: column.copy(), subnets)


def joined(runs: Sequence[Subnets]) -> Subnets:
    """Return the columns of many runs, a row each."""
    return _mapped(lambda *columns: np.stack(columns), *runs)


def row_of(subnets: Subnets, row: int) -> Subnets:
    """Return the columns of one of many runs."""
    return _mapped(lambda column: (column[row] if column.ndim > 1 else column).copy(), subnets)
