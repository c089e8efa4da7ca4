"""A whole network as a value: one column a quantity, one entry a subnet.

Source of what a step does: :mod:`dtao_edu.simulation.block`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import TAO_WEIGHT
from dtao_edu.engine.errors import not_negative, refuse, whole
from dtao_edu.engine.fees import Fee
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.engine.units import LAUNCH_BLOCK, TEMPO, exactly, whole_rao
from dtao_edu.engine.weighted import WeightedPool
from dtao_edu.simulation import mechanisms
from dtao_edu.simulation.block import Chain, Facts, Paid, Subnets, bar_of, block_of
from dtao_edu.simulation.columns import checked, column_of, constants_of, get, rows_of
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.rules import rules as _rules


class Block(NamedTuple):
    """The receipt of a block: the network before and after, and what was paid."""

    before: Network
    after: Network
    paid: Paid


class Dealt(NamedTuple):
    """A trade in a network: the network after it, and the receipt."""

    after: Network
    trade: Trade


class Books(NamedTuple):
    """What was issued, and where it is. `balance` when every pair is equal.

    Attributes
    ----------
    tao_issued : all TAO at the start, and all that was issued since.
    tao_held : in pools, on root (what waits for an epoch included), and free.
    alpha_issued : minted less recycled, a subnet each; alpha_held : in the pool and outside.
    """

    tao_issued: Any
    tao_held: Any
    alpha_issued: Any
    alpha_held: Any

    def balance(self, relative: float = 1e-9) -> bool:
        """Whether the books agree: exactly for Fractions, else to a relative error."""
        pairs = [(self.tao_issued, self.tao_held)]
        pairs += zip(self.alpha_issued, self.alpha_held, strict=True)
        room = 0 if type(self.tao_held) is Fraction else relative
        return all(abs(a - b) <= room * max(abs(a), 1) for a, b in pairs)


@dataclass(frozen=True, eq=False, init=False)
class Network:
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

    subnets: Subnets
    facts: Facts
    chain: Chain
    rules: RuleSet
    free_tao: Any
    base_tao: Any

    def __init__(
        self,
        subnets: Any,
        rules: str | RuleSet = "dtao_launch",
        *,
        root_tao: Any = None,
        issuance: Any = None,
        block: int = LAUNCH_BLOCK,
        tempo: int = TEMPO,
        tao_weight: Any = TAO_WEIGHT,
        exact: bool = False,
    ) -> None:
        rows = rows_of(subnets)
        root = rows.pop(0, None)
        if not rows:
            refuse("subnets", f"{len(rows)} subnets", "at least one subnet besides root")
        if root_tao is None:
            root_tao = 0 if root is None else get(root, "tao_in", 0)
        kind = (lambda x: whole_rao(exactly(x))) if exact else float
        at = whole("block", block)
        read = {netuid: checked(netuid, row, at) for netuid, row in rows.items()}
        columns = {
            name: column_of(name, [row[name] for row in read.values()], exact)
            for name in next(iter(read.values()))
        }
        # The books start from what the columns hold, so that they agree to the last rao.
        columns["tao_entered"] = columns["tao_in"].copy()
        columns["alpha_minted"] = columns["alpha_in"] + columns["alpha_out"]
        set_of_rules = _rules(rules)
        plain = exactly if exact else float
        chain = Chain(
            at, 0, plain(0), kind(not_negative("root_tao", root_tao)), True, plain(0),
            constants_of(set_of_rules, plain, whole("tempo", tempo, 1), tao_weight),
        )  # fmt: skip
        held = columns["tao_in"].sum() + chain.root_tao
        issued = held if issuance is None else kind(not_negative("issuance", issuance))
        if issued < held:
            refuse("issuance", issuance, f"at least the {float(held)} TAO in pools and on root")
        self._set(
            Subnets(**{name: columns[name] for name in Subnets._fields}),
            Facts(**{name: columns[name] for name in Facts._fields}),
            chain._replace(issuance=issued),
            set_of_rules,
            issued - held,
            issued - columns["tao_in"].sum(),
        )

    def _set(self, *values: Any) -> Network:
        for name, value in zip(self.__dataclass_fields__, values, strict=True):
            object.__setattr__(self, name, value)
        for column in (*self.subnets, *self.facts):
            column.setflags(write=False)
        return self

    def _with(self, **changes: Any) -> Network:
        old = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return object.__new__(Network)._set(*(old | changes).values())

    def __getattr__(self, name: str) -> Any:
        """Return a column (`tao_in`, `netuid`, ...) or a number of the chain (`block`, ...)."""
        if not name.startswith("_"):
            for part in (self.subnets, self.facts, self.chain, self.chain.constants):
                if name in part._fields:
                    return getattr(part, name)
        raise AttributeError(f"Network has no {name!r}; dir(network) lists what it has")

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *Subnets._fields, *Facts._fields, *Chain._fields})

    def __repr__(self) -> str:
        return (
            f"Network({len(self)} subnets, rules {self.rules.name!r}, block {self.block}, "
            f"{float(self.tao_in.sum()):,.0f} TAO in pools, {float(self.root_tao):,.0f} on root)"
        )

    def __len__(self) -> int:
        return len(self.facts.netuid)

    def __reduce__(self) -> Any:
        return _restored, tuple(getattr(self, name) for name in self.__dataclass_fields__)

    def equals(self, other: Network) -> bool:
        """Whether every number and every rule is the same."""
        pairs = zip((*self.subnets, *self.facts), (*other.subnets, *other.facts), strict=True)
        return (
            (self.chain, self.rules, self.free_tao, self.base_tao)
            == (other.chain, other.rules, other.free_tao, other.base_tao)
        ) and all(np.array_equal(a, b) for a, b in pairs)

    @property
    def price(self) -> Any:
        """Spot prices, TAO per alpha."""
        return mechanisms.CURVES[self.rules.pool].price(
            self.tao_in, self.alpha_in, self.quote_weight
        )

    @property
    def root_proportion(self) -> Any:
        """Root's part in the stake weight of each subnet."""
        issued = self.alpha_in + self.alpha_out
        return formulas.root_proportion(self.root_tao, issued, self.tao_weight)

    def place(self, netuid: int) -> int:
        """Return the place of a subnet in the columns."""
        places = np.flatnonzero(self.facts.netuid == netuid)
        if not len(places):
            refuse("netuid", netuid, f"one of {self.facts.netuid.tolist()}")
        return int(places[0])

    def pool(self, netuid: int) -> Pool:
        """Return a subnet's pool."""
        i = self.place(netuid)
        kind = (lambda x: x) if self.tao_in.dtype == object else float
        T, A, held = (kind(column[i]) for column in self.subnets[:3])
        if self.rules.pool == "weighted":
            return WeightedPool(T, A, held, kind(self.quote_weight[i]))
        return Pool(T, A, held)

    def with_pool(self, netuid: int, pool: Pool) -> Network:
        """Return the network with another pool: TAO that entered or left it is free TAO."""
        i = self.place(netuid)
        old = self.pool(netuid)
        changes = {"tao_in": pool.tao_in, "alpha_in": pool.alpha_in, "alpha_out": pool.alpha_out}
        minted = pool.alpha_issuance - old.alpha_issuance
        columns = {name: _changed(getattr(self, name), i, value) for name, value in changes.items()}
        columns["alpha_minted"] = _changed(self.alpha_minted, i, self.alpha_minted[i] + minted)
        subnets = self.subnets._replace(**columns)
        return self._with(subnets=subnets, free_tao=self.free_tao - (pool.tao_in - old.tao_in))

    def stake(self, netuid: int, tao: Any, **terms: Any) -> Dealt:
        """Stake free TAO into a subnet; terms as in :meth:`Pool.stake`, fee and limit by the rules.

        Examples
        --------
        >>> round(Network({1: Pool(10, 100)}).stake(1, 5).trade.received, 3)
        33.333
        """
        return self._dealt(netuid, self.pool(netuid).stake(tao, **self._terms(terms)), terms)

    def unstake(self, netuid: int, alpha: Any, **terms: Any) -> Dealt:
        """Unstake alpha of a subnet, as :meth:`stake`."""
        return self._dealt(netuid, self.pool(netuid).unstake(alpha, **self._terms(terms)), terms)

    def _terms(self, terms: dict[str, Any]) -> dict[str, Any]:
        return {"fee": self.rules.fee, "limit_on": self.rules.limit_on} | terms

    def _dealt(self, netuid: int, trade: Trade, terms: dict[str, Any]) -> Dealt:
        i = self.place(netuid)
        moved = trade.paid if trade.side == "stake" else -trade.received
        flow = _changed(self.user_flow, i, self.user_flow[i] + moved)
        traded = self._with(subnets=self.subnets._replace(user_flow=flow))
        after = trade.after
        if trade.fee_unit == "alpha" and not Fee.of(self._terms(terms)["fee"]).to_pool:
            after = after.inject(alpha_out=trade.fee)  # the author of the block holds it
        return Dealt(traded.with_pool(netuid, after), trade)

    def shares(self, rule: str | None = None) -> Any:
        """Return the shares of the next block's TAO, by the rules in force or by another rule.

        Parameters
        ----------
        rule : str, optional
            A name of `parts()["shares"]`, such as "spot_price".
        """
        by = self.rules if rule is None else self.rules.but(shares=rule)
        here = self if rule is None else self.under(by)
        chain = here.chain._replace(block=here.block + 1)
        chain = chain._replace(bar=bar_of(by, here.subnets, here.facts, chain))
        return mechanisms.SHARES[by.shares](here.subnets, here.facts, chain)

    def under(self, name: str | RuleSet) -> Network:
        """Return the network under other rules, with what a change of rules sets anew."""
        new, old = _rules(name), self.rules
        subnets, exact = self.subnets, self.tao_in.dtype == object
        by_flow = {"flow", "net_flow"}
        if new.shares in by_flow and old.shares not in by_flow:
            start = np.minimum(self.moving_price, self.price)
            flow = start if new.flow_start == "price" else start * 0
            subnets = subnets._replace(flow=flow, flow_seen=self.user_flow)
        elif new.flow_start == "zero" and old.flow_start == "price" and new.shares in by_flow:
            subnets = subnets._replace(flow=self.flow * 0, flow_seen=self.user_flow)
        if new.epoch == "tempo" and old.epoch != "tempo":
            wait = formulas.blocks_until_epoch(self.netuid, self.tempo, self.block)
            subnets = subnets._replace(last_epoch=self.block + wait - self.tempo - 1)
        if new.root != "sold" and old.root == "sold":
            # What waits as TAO is paid at once: from now on alpha waits.
            subnets = subnets._replace(pending_root=self.pending_root * 0)
            paid = self.pending_root.sum()
        else:
            paid = 0
        plain = exactly if exact else float
        chain = self.chain._replace(
            root_tao=self.root_tao + paid,
            constants=constants_of(new, plain, self.tempo, self.tao_weight),
        )
        return self._with(subnets=subnets, chain=chain, rules=new)

    def step(self) -> Block:
        """Return the receipt of the next block, without trades: before, after, and what was paid.

        Examples
        --------
        >>> paid = Network({1: Pool(100, 1000, 500)}, root_tao=1000).step().paid
        >>> [round(float(part[0]), 3) for part in paid.split]
        [0.18, 0.41, 0.366, 0.044]
        """
        subnets, chain, paid = block_of(self.rules)(self.subnets, self.facts, self.chain)
        wages = paid.tao_in.sum() if self.rules.injection == "none" else 0
        after = self._with(
            subnets=subnets,
            chain=chain,
            free_tao=self.free_tao + wages,
            base_tao=self.base_tao + wages,
        )
        whole_columns = (part + 0 * paid.share for part in paid)  # a 0 becomes a column of 0
        return Block(self, after, Paid(*whole_columns))

    def books(self) -> Books:
        """What was issued, and where it is."""
        waits = self.pending_root.sum() if self.rules.root == "sold" else 0
        return Books(
            self.base_tao + self.tao_entered.sum(),
            self.tao_in.sum() + self.root_tao + waits + self.free_tao,
            self.alpha_minted - self.alpha_recycled,
            self.alpha_in + self.alpha_out,
        )


def _changed(column: Any, place: int, value: Any) -> Any:
    copy = column.copy()
    copy[place] = value
    return copy


def _restored(*values: Any) -> Network:
    return object.__new__(Network)._set(*values)
