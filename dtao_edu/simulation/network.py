"""A whole network as a value: one column a quantity, one entry a subnet.

Source of what a step does: :mod:`dtao_edu.simulation.stages`.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, TypedDict, Unpack, cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import TAO_WEIGHT
from dtao_edu.engine.errors import not_negative, refuse, whole
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.reserves import LimitOn
from dtao_edu.engine.units import LAUNCH_BLOCK, TEMPO, Amount, exactly, whole_rao
from dtao_edu.engine.weighted import WeightedPool
from dtao_edu.simulation.block import block_of, program_of
from dtao_edu.simulation.columns import Rows, checked, constants_of, get, rows_of, state_of
from dtao_edu.simulation.network_state import Books, NetworkState, halves
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.rules import rules as _rules
from dtao_edu.simulation.state import Chain, Column, Paid, Pools, columns_in, total

__all__ = ["Block", "Books", "Dealt", "Network"]


class Block(NamedTuple):
    """The receipt of a block: the network before and after, and what was paid."""

    before: Network
    after: Network
    paid: Paid


class Dealt(NamedTuple):
    """A trade in a network: the network after it, and the receipt."""

    after: Network
    trade: Trade


class Terms(TypedDict, total=False):
    """Terms of a trade, as in :meth:`Pool.stake`."""

    fee: Fee | Amount
    limit_price: Amount | None
    limit_on: LimitOn
    allow_partial: bool


class Network(NetworkState):
    """Pools of many subnets, what the chain remembers of them, and the rules in force.

    share_i = m_i / sum_k m_k at the launch; see :class:`RuleSet` for other rules. Every
    quantity is a read-only column: `network.tao_in`, `network.moving_price`, ...

    Parameters
    ----------
    subnets : mapping of netuid to pool or row, or iterable of rows with a netuid
        A row has at least `tao_in`, `alpha_in`, `alpha_out`, as attributes or keys. It may
        have `moving_price` (else: the price, at most 1), `first_block`, `enabled`,
        `miner_burned`, `vote`, `flow`, `quote_weight`. A row of netuid 0 is root: its
        `tao_in` is taken for `root_tao`.
    rules : str or RuleSet
    root_tao : TAO staked on root.
    issuance : TAO issued so far; if left out, what stands in pools and on root.
    block : the last finished block.
    tempo, tao_weight : as on the chain.
    exact : True for Fractions, floored to whole rao as on the chain. Slow; for checking.

    Raises
    ------
    InputError
        No subnet, an empty pool, a repeated netuid, a number that is not allowed.

    Examples
    --------
    >>> network = Network({1: Pool(100, 1000, 500), 2: Pool(300, 1000, 500)}, root_tao=1000)
    >>> network.price, network.shares()
    (array([0.1, 0.3]), array([0.25, 0.75]))
    >>> block = network.step()
    >>> block.paid.tao_in, block.after.block - network.block
    (array([0.25, 0.75]), 1)
    >>> network.stake(1, 50).after.price.round(3)
    array([0.225, 0.3  ])
    """

    def __init__(
        self,
        subnets: Rows,
        rules: str | RuleSet = "dtao_launch",
        *,
        root_tao: Amount | None = None,
        issuance: Amount | None = None,
        block: int = LAUNCH_BLOCK,
        tempo: int = TEMPO,
        tao_weight: Amount = TAO_WEIGHT,
        exact: bool = False,
    ) -> None:
        rows = rows_of(subnets)
        root = rows.pop(0, None)
        if not rows:
            refuse("subnets", f"{len(rows)} subnets", "at least one subnet besides root")
        if root_tao is None:
            root_tao = 0 if root is None else cast("Amount", get(root, "tao_in", 0))
        at = whole("block", block)
        read = [checked(netuid, row, at) for netuid, row in rows.items()]
        by = _rules(rules)
        columns, facts = state_of(read, exact, by.pool == "weighted")
        staked = _number(not_negative("root_tao", root_tao), exact)
        held = total(columns.pools.tao_in) + staked
        issued = held if issuance is None else _number(not_negative("issuance", issuance), exact)
        if issued < held:
            refuse("issuance", issuance, f"at least the {float(held)} TAO in pools and on root")
        nothing, receives = _number(0, exact), cast("Column", True)
        constants = constants_of(by, exact, whole("tempo", tempo, 1), tao_weight)
        chain = Chain(at, 1, issued, nothing, staked, receives, nothing, constants)
        outside = issued - total(columns.pools.tao_in)
        self._take(NetworkState(columns, facts, chain, by, issued - held, outside))

    def _take(self, state: NetworkState) -> None:
        """Take over every part of a state, and lock its columns against changes."""
        vars(self).update(vars(state))
        for column in (*columns_in(self.subnets), *self.facts):
            column.setflags(write=False)

    @classmethod
    def of_state(cls, state: NetworkState) -> Network:
        """Return the network that stands at a state; its columns are locked."""
        network = cls.__new__(cls)
        network._take(state)
        return network

    def state(self) -> NetworkState:
        """Return the parts of the network; `dataclasses.replace` makes another state of them."""
        return NetworkState(**vars(self))

    def __repr__(self) -> str:
        return (
            f"Network({len(self)} subnets, rules {self.rules.name!r}, block {self.block}, "
            f"{float(self.tao_in.sum()):,.0f} TAO in pools, {float(self.root_tao):,.0f} on root)"
        )

    def __reduce__(self) -> tuple[object, tuple[NetworkState]]:
        return Network.of_state, (self.state(),)

    def equals(self, other: Network) -> bool:
        """Return whether every number and every rule is the same."""
        mine, theirs = columns_in(self.subnets), columns_in(other.subnets)
        return (
            (self.chain, self.rules, self.free_tao, self.base_tao)
            == (other.chain, other.rules, other.free_tao, other.base_tao)
            and len(mine) == len(theirs)
            and all(map(np.array_equal, (*mine, *self.facts), (*theirs, *other.facts)))
        )

    def pool(self, netuid: int) -> Pool:
        """Return a subnet's pool."""
        i = self.place(netuid)
        T, A, held, weight = self.subnets.pools
        if weight is None:
            return Pool(self._plain(T[i]), self._plain(A[i]), self._plain(held[i]))
        reserves = self._plain(T[i]), self._plain(A[i]), self._plain(held[i])
        return WeightedPool(*reserves, self._plain(weight[i]))

    def _plain(self, number: Amount) -> Amount:
        return number if self.exact else float(number)

    def with_pool(self, netuid: int, pool: Pool) -> Network:
        """Return the network with another pool: TAO that entered or left it is free TAO.

        Raises
        ------
        InputError
            A pool of unequal weights, under rules whose pools have none.
        """
        i = self.place(netuid)
        old, (T, A, held, w) = self.pool(netuid), self.subnets.pools
        weight = pool.quote_weight if isinstance(pool, WeightedPool) else Fraction(1, 2)
        if w is None and weight != Fraction(1, 2):
            refuse("pool", pool, f"equal weights: the rules {self.rules.name!r} know no others")
        pools = Pools(
            _changed(T, i, pool.tao_in),
            _changed(A, i, pool.alpha_in),
            _changed(held, i, pool.alpha_out),
            None if w is None else _changed(w, i, self._plain(weight)),
        )
        minted = self.alpha_minted[i] + (pool.alpha_issuance - old.alpha_issuance)
        totals = self.subnets.totals._replace(alpha_minted=_changed(self.alpha_minted, i, minted))
        subnets = self.subnets._replace(pools=pools, totals=totals)
        free = self.free_tao - cast("float", pool.tao_in - old.tao_in)
        return Network.of_state(replace(self.state(), subnets=subnets, free_tao=free))

    def stake(self, netuid: int, tao: Amount, **terms: Unpack[Terms]) -> Dealt:
        """Stake free TAO into a subnet; terms as in :meth:`Pool.stake`, fee and limit by the rules.

        Parameters
        ----------
        netuid : int
        tao : what is staked, above 0.
        **terms
            As in :meth:`Pool.stake`.

        Examples
        --------
        >>> round(Network({1: Pool(10, 100)}).stake(1, 5).trade.received, 3)
        33.333
        """
        terms = self._terms(terms)
        return self._dealt(netuid, self.pool(netuid).stake(tao, **terms), terms)

    def unstake(self, netuid: int, alpha: Amount, **terms: Unpack[Terms]) -> Dealt:
        """Unstake alpha of a subnet, as :meth:`stake`.

        Parameters
        ----------
        netuid : int
        alpha : what is unstaked, above 0.
        **terms
            As in :meth:`Pool.unstake`.
        """
        terms = self._terms(terms)
        return self._dealt(netuid, self.pool(netuid).unstake(alpha, **terms), terms)

    def _terms(self, terms: Terms) -> Terms:
        by_rules: Terms = {"fee": self.rules.fee, "limit_on": self.rules.limit_on}
        return {**by_rules, **terms}

    def _dealt(self, netuid: int, trade: Trade, terms: Terms) -> Dealt:
        i, after = self.place(netuid), trade.after
        moved = trade.paid if trade.side == "stake" else -trade.received
        flow = _changed(self.user_flow, i, self.user_flow[i] + moved)
        flows = self.subnets.flows._replace(user_flow=flow)
        if trade.fee_unit == "alpha" and not Fee.of(terms["fee"]).to_pool:
            after = after.inject(alpha_out=trade.fee)  # the author of the block holds it
        subnets = self.subnets._replace(flows=flows)
        traded = Network.of_state(replace(self.state(), subnets=subnets))
        return Dealt(traded.with_pool(netuid, after), trade)

    def shares(self, rule: str | None = None) -> Column:
        """Return the shares of the next block's TAO, by the rules in force or by another rule.

        Parameters
        ----------
        rule : str, optional
            A name of `parts()["shares"]`, such as "spot_price".
        """
        if rule is None:
            return super().shares()
        return self.under(self.rules.but(shares=rule)).shares()

    def under(self, name: str | RuleSet) -> Network:
        """Return the network under other rules, with what a change of rules sets anew."""
        new, old = _rules(name), self.rules
        subnets = halves(self.subnets, new.pool == "weighted")
        flows, epochs, by_flow = subnets.flows, subnets.epochs, {"flow", "net_flow"}
        if new.shares in by_flow and old.shares not in by_flow:
            start = np.minimum(self.moving_price, self.price)
            flow = start if new.flow_start == "price" else start * 0
            flows = flows._replace(flow=flow, flow_seen=self.user_flow)
        elif new.flow_start == "zero" and old.flow_start == "price" and new.shares in by_flow:
            flows = flows._replace(flow=self.flow * 0, flow_seen=self.user_flow)
        if new.epoch == "tempo" and old.epoch != "tempo":
            wait = formulas.blocks_until_epoch(self.netuid, self.tempo, self.block)
            last = cast("Column", self.block + wait - self.tempo - 1)
            epochs = epochs._replace(last_epoch=last)
        root_tao = self.root_tao
        if new.root != "sold" and old.root == "sold":
            # What waits as TAO is paid at once: from now on alpha waits.
            root_tao = root_tao + total(epochs.pending_root)
            epochs = epochs._replace(pending_root=epochs.pending_root * 0)
        constants = constants_of(new, self.exact, self.tempo, cast("Amount", self.tao_weight))
        chain = self.chain._replace(root_tao=root_tao, constants=constants)
        subnets = subnets._replace(flows=flows, epochs=epochs)
        return Network.of_state(replace(self.state(), subnets=subnets, chain=chain, rules=new))

    def step(self) -> Block:
        """Return the receipt of the next block, without trades: before, after, and what was paid.

        Examples
        --------
        >>> paid = Network({1: Pool(100, 1000, 500)}, root_tao=1000).step().paid
        >>> [round(float(part[0]), 3) for part in paid.split]
        [0.18, 0.41, 0.366, 0.044]
        """
        state, paid = self._next(self.state(), 1)
        return Block(self, Network.of_state(state), paid.filled())

    def _next(self, state: NetworkState, blocks: int) -> tuple[NetworkState, Paid]:
        """Return the state after a block, or after so many in one step, and what was paid."""
        pay = block_of(self.rules, blocks)
        subnets, chain, paid = pay(state.subnets, state.facts, state.chain)
        after = replace(state, subnets=subnets, chain=chain)
        if program_of(self.rules).wages:
            wages = total(paid.tao_in)
            free, base = state.free_tao + wages, state.base_tao + wages
            after = replace(after, free_tao=free, base_tao=base)
        return after, paid

    def wait(self, blocks: int, step: int = 1) -> Network:
        """Return the network after blocks in which nobody trades, `step` of them at a time.

        Parameters
        ----------
        blocks : int
            A multiple of `step`.
        step : int
            Above 1 a sketch, as in :func:`simulate`.

        Examples
        --------
        >>> later = Network({1: Pool(100, 1000, 500)}, root_tao=1000).wait(10)
        >>> later.block - LAUNCH_BLOCK, later.tao_in.round(2)
        (10, array([109.95]))
        """
        if whole("blocks", blocks) % whole("step", step, 1):
            refuse("step", step, f"a divisor of the {blocks} blocks")
        state = self.state()
        for _ in range(blocks // step):
            state, _ = self._next(state, step)
        return Network.of_state(state)


def _number(value: Amount, exact: bool) -> Column:
    return cast("Column", whole_rao(exactly(value)) if exact else float(value))


def _changed(column: Column, place: int, value: Amount) -> Column:
    copy = column.copy()
    copy[place] = value
    return copy
