"""Subnets that end and begin in a run: `simulate(..., life_cycle=True)`.

The network is taken to be full, as the chain has been since 2025: every column is one of its
places. A newcomer pays the lock as soon as the lock cost, doubled at each registration, has come
down to what the one before paid: once in every `lock_interval`, looked at once in a tempo. It
takes the place and the number of the subnet that the rules remove. Where they let none go, nobody
comes. The removed pool's TAO goes to all who hold its alpha; what waited for root goes to root;
the newcomer's pool opens as the rules say, and traders go on in it. Of equals, the first
registered goes: a subnet's first block is taken for its registration.

The lock comes from people outside the run, and its recycled part leaves the issuance. Not here:
the refund of old owners' locks, a queue of registrations, and a founder's choice of the moment.

Examples
--------
>>> from dtao_edu import Network, rules, simulate
>>> rows = {n: {"tao_in": 100 * n, "alpha_in": 1000, "alpha_out": 500} for n in (1, 2, 3)}
>>> often = rules("price_burn").but(lock_interval=300, immunity=0)
>>> run = simulate(Network(rows, often, block=9_000_000), 400, life_cycle=True)
>>> [(each.netuid, each.block - 9_000_000, each.lock) for each in run.registrations]
[(1, 360, 653.02)]
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import cast

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.errors import refuse
from dtao_edu.engine.units import RAO, Amount
from dtao_edu.simulation.life import Opened, Registration, open_pool, payouts_rao, to_remove
from dtao_edu.simulation.mechanisms import spot_price
from dtao_edu.simulation.rules import RuleSet, constants
from dtao_edu.simulation.run_state import RunState
from dtao_edu.simulation.state import Column, Facts, copied


def check_rules(sets: Iterable[RuleSet], life_cycle: bool) -> None:
    """Refuse rules of a run whose life cycle would be left unread, or would do nothing.

    Parameters
    ----------
    sets : all rules that come into force in the run.
    life_cycle : whether subnets end and begin in it.
    """
    known = list(sets)
    if life_cycle and not any(map(_removes, known)):
        names = ", ".join(each.name for each in known)
        refuse("life_cycle", True, f"rules that remove subnets and have pools; these: {names}")
    for each in known:
        if each.life_changed and not life_cycle:
            refuse("life_cycle", False, f"True, for {', '.join(each.life_changed)} to be read")


def _removes(rules: RuleSet) -> bool:
    return rules.removal != "none" and rules.injection != "none"


def register(run: RunState) -> None:
    """Let a newcomer take the place of a subnet, if the lock cost and the rules allow it."""
    if not _removes(run.rules):
        return
    lock = constants()["lock"].value
    lock_rao = int(lock * RAO)
    last = run.registrations[-1].block if run.registrations else run.chain.block - run.at
    passed = run.chain.block - last
    if formulas.lock_cost(lock_rao, passed, run.rules.lock_interval, lock_rao) > lock_rao:
        return
    ranks = run.subnets.moving_price if run.rules.removal == "lowest_price" else run.shares()
    netuids = run.facts.netuid.tolist()
    netuid = to_remove(
        dict(zip(netuids, ranks.tolist(), strict=True)),
        dict(zip(netuids, run.facts.first_block.tolist(), strict=True)),
        block=run.chain.block,
        immunity=run.rules.immunity,
    )
    if netuid is not None:
        run.registrations.append(_replaced(run, netuid, lock if run.exact else float(lock)))


def _replaced(run: RunState, netuid: int, lock: Amount) -> Registration:
    """Pay out a subnet and open another in its place; TAO that is not recycled only moves."""
    run.subnets, run.ahead = copied(run.subnets), None
    i = run.facts.netuid.tolist().index(netuid)
    pools, totals, nothing = run.subnets.pools, run.subnets.totals, 0 * run.subnets.pools.tao_in[i]
    others = np.delete(spot_price(*pools[:2], pools.quote_weight), i).tolist()
    by_median = run.rules.opening == "median_price"
    opened = open_pool(lock, least=nothing + 1, prices=others if by_median else None)
    pot = pools.tao_in[i]
    paid = _pay_out(run, i, pot)
    recycled = opened.recycled + (pot - paid)
    run.outside = run.outside - cast("float", lock)
    run.base_tao = run.base_tao + totals.tao_entered[i] - (opened.pool.tao_in + recycled)
    run.chain = run.chain._replace(issuance=run.chain.issuance - recycled)
    _open(run, i, opened, nothing)
    return Registration(run.chain.block, netuid, lock, opened.recycled, paid)


def _pay_out(run: RunState, i: int, pot: Amount) -> Amount:
    """Divide a removed pool's TAO among traders, root and people outside; return what they got."""
    tables, pending = run.team.tables, run.subnets.epochs.pending_root[i]
    if run.rules.root == "sold":  # what waits is TAO, and root's already
        run.chain = run.chain._replace(root_tao=run.chain.root_tao + pending)
        pending = 0 * pending
    held = tables.alpha[:, i]
    outside = max(run.subnets.pools.alpha_out[i] - held.sum() - pending, 0 * pending)
    *traders, to_root, rest = _parts(pot, [*held.tolist(), pending, outside])
    tables.tao[:] += traders
    tables.alpha[:, i] = 0 * held
    run.chain = run.chain._replace(root_tao=run.chain.root_tao + to_root)
    run.outside = run.outside + rest
    paid = sum(traders) + to_root + rest
    return cast("Amount", paid) if run.exact else float(paid)


def _parts(pot: Amount, alpha: list[Amount]) -> list[Column]:
    """Return each holder's TAO: to the rao in exact books, else in floats."""
    if isinstance(pot, Fraction):
        paid = payouts_rao(int(pot * RAO), alpha)
        return [cast("Column", Fraction(each, RAO)) for each in paid]
    whole = sum(map(float, alpha)) or 1.0
    paid_out = [formulas.payout(float(pot), float(each), whole) for each in alpha]
    return [cast("Column", each) for each in paid_out]


def _open(run: RunState, i: int, opened: Opened, nothing: Amount) -> None:
    """Set every column of a place to that of a new subnet."""
    pools, _, epochs, flows, totals = run.subnets
    pool = opened.pool
    pools.tao_in[i], pools.alpha_in[i], pools.alpha_out[i] = pool.tao_in, pool.alpha_in, nothing
    if pools.quote_weight is not None:
        pools.quote_weight[i] = Fraction(1, 2) if run.exact else 0.5
    run.subnets.moving_price[i] = nothing
    epochs.pending_root[i], epochs.last_epoch[i] = nothing, run.chain.block
    for column in flows:
        column[i] = nothing
    totals.tao_entered[i], totals.alpha_minted[i] = pool.tao_in, pool.alpha_in
    totals.alpha_recycled[i] = nothing
    facts = Facts(*(column.copy() for column in run.facts))
    facts.first_block[i] = run.chain.block + 1
    facts.vote[i], facts.miner_burned[i] = nothing, nothing
    facts.enabled[i] = nothing + (run.rules.new_subnets == "on")
    run.facts = facts
