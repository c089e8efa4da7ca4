"""The same block, compiled with Numba: formulas, parts and behaviours as they stand.

Nothing of the mechanism is written here. The functions of `engine/generic.py` are taught to
Numba, the functions of the formulas, parts and traders are handed to it as they are, and
two loops do what `block.block_of` and `team.take_turn` do on columns. A property test holds
one to the other.

Compiling takes some seconds for each kind of rules, once a session. It is not kept on disk:
Numba would not notice that a formula was changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
from numba.extending import overload, register_jitable

from dtao_edu.engine import formulas, generic, units
from dtao_edu.simulation import mechanisms, traders
from dtao_edu.simulation.block import (
    BAR_BLOCKS,
    Chain,
    Facts,
    Subnets,
    coinbase,
    trading,
)
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.team import turn_in
from dtao_edu.simulation.traders import Behaviour, Purse, Sight

if TYPE_CHECKING:
    from dtao_edu.simulation.run import Advance, Run

_HOW = {"error_model": "numpy"}
"""A division by 0 gives infinity or NaN, as in NumPy, and costs no look at the divisor."""


def _is_array(*kinds: Any) -> bool:
    return any(isinstance(kind, numba.types.Array) for kind in kinds)


def _teach(word: Any, scalar: Any, array: Any = None) -> None:
    """Teach Numba a word: for numbers, and for columns where it differs."""

    def meaning(*kinds: Any) -> Any:
        return array if array is not None and _is_array(*kinds) else scalar

    names = scalar.__code__.co_varnames[: scalar.__code__.co_argcount]
    # Numba reads the names of the arguments, so the meaning is given the word's own.
    space: dict[str, Any] = {"meaning": meaning}
    exec(f"def choose({', '.join(names)}): return meaning({', '.join(names)})", space)
    overload(word, strict=False, jit_options=_HOW)(space["choose"])


_EXPONENT = 52
"""Binary places of a float before its exponent."""


@cache
def _taught() -> None:
    """Teach Numba the generic functions, and hand it every function of formulas and parts."""
    _teach(generic.minimum, lambda a, b: b if b < a else a, lambda a, b: np.minimum(a, b))
    _teach(generic.maximum, lambda a, b: b if b > a else a, lambda a, b: np.maximum(a, b))
    _teach(
        generic.where, lambda condition, yes, no: yes if condition else no,
        lambda condition, yes, no: np.where(condition, yes, no),
    )  # fmt: skip
    _teach(generic.exp, lambda x: math.exp(x), lambda x: np.exp(x))
    _teach(generic.log, lambda x: math.log(x), lambda x: np.log(x))
    _teach(generic.sqrt, lambda x: math.sqrt(x), lambda x: np.sqrt(x))
    # The exponent is read off the float's bits: exact, and a loop can do many at once.
    _teach(generic.floor_log2, lambda x: (np.float64(x).view(np.int64) >> _EXPONENT) - 1023)
    _teach(generic.floor_divide, lambda a, b: a // b)
    _teach(generic.ratio, lambda a, b: a / b)
    _teach(generic.power, lambda base, exponent: base**exponent)
    _teach(
        generic.compound, lambda rate, times: math.expm1(times * math.log1p(rate)),
        lambda rate, times: np.expm1(times * np.log1p(rate)),
    )  # fmt: skip
    _teach(generic.halved, lambda amount, times: amount >> times)
    _teach(units.whole_rao, lambda amount: amount)
    _teach(units.fixed_point, lambda amount: amount)
    found = [getattr(formulas, name) for name in formulas.__all__]
    found += [
        f for f in vars(mechanisms).values() if getattr(f, "__module__", "") == mechanisms.__name__
    ]
    for function in {f for f in found if not isinstance(f, type)} | traders.GENERIC:
        register_jitable(**_HOW)(function)


def _shape(rules: RuleSet) -> RuleSet:
    """Return rules that differ in names and numbers only as one: they share a loop."""
    return replace(
        rules, name="", start=date(2025, 1, 1), start_is="", block=0, spec=0, release="",
        changed="", source="", unsettled=(), moving_alpha=1, moving_halving=1, lock_interval=0,
        immunity=0, fee_rate=Fraction(int(rules.fee_rate > 0), 2),
        fee_flat=int(rules.fee_flat > 0), gate=int(rules.gate > 0),
    )  # fmt: skip


@cache
def _orders(behaviours: tuple[Behaviour, ...]) -> Any:
    """Compile the choice among the behaviours of a team, by their place in it."""
    if not behaviours:
        return register_jitable(**_HOW)(lambda kind, sight, purse, numbers: 0.0)
    first, others = behaviours[0], _orders(behaviours[1:])

    def order(kind: Any, sight: Any, purse: Any, numbers: Any) -> Any:
        if kind == 0:
            return first(sight, purse, numbers)
        return others(kind - 1, sight, purse, numbers)

    return register_jitable(**_HOW)(order)


@cache
def _turn(rules: RuleSet, behaviours: tuple[Behaviour, ...]) -> Any:
    """Compile the turn of one trader: `team.take_turn` as a loop."""
    price_of, order_of = mechanisms.CURVES[rules.pool].price, _orders(behaviours)
    trade = register_jitable(**_HOW)(trading(rules))

    @numba.njit(**_HOW)
    def take(s, facts, chain, crew, k, turn, quote, order):  # type: ignore[no-untyped-def]
        n, member, kind = len(s.tao_in), turn % crew.members[k], crew.kind[k]
        T, A, held, w, m, flow = (
            s.tao_in, s.alpha_in, s.alpha_out, s.quote_weight, s.moving_price, s.user_flow,
        )  # fmt: skip
        numbers, drawn = crew.numbers, crew.draws
        purse_row, row = crew.purse_row[k] + member, crew.numbers_row[k] + member
        draws = crew.draws_row[k] + (turn - crew.drawn[k]) % crew.draws_rows[k]
        tao = wealth = crew.tao[purse_row]
        alpha, mask = crew.alpha[purse_row], crew.mask[k]
        for i in range(n):
            price = price_of(T[i], A[i], w[i])
            wealth += formulas.value(alpha[i], price)
        asked = 0.0
        for i in range(n):
            order[i] = 0.0
            if mask[i] > 0:
                price = price_of(T[i], A[i], w[i])
                sight = Sight(
                    facts.netuid[i], turn, chain.block, price, m[i], T[i],
                    A[i], quote[i], drawn[draws, i],
                )  # fmt: skip
                purse = Purse(tao, alpha[i], wealth)
                three = numbers[0, row, i], numbers[1, row, i], numbers[2, row, i]
                order[i] = order_of(kind, sight, purse, three)
                asked += max(order[i], 0.0)
        part = formulas.share(tao, asked) if asked > tao else 1.0
        gained = fees = 0.0
        for i in range(n):
            pays, sells = max(order[i], 0.0) * part, min(max(-order[i], 0.0), alpha[i])
            T[i], A[i], held[i], filled = trade(
                T[i], A[i], held[i], w[i],
                pays, sells, chain.constants,
            )  # fmt: skip
            flow[i] += filled.paid_tao - filled.got_tao
            gained += filled.got_tao - filled.paid_tao
            alpha[i] = alpha[i] + filled.got_alpha - filled.paid_alpha
            fees += filled.fee_tao
        crew.tao[purse_row] = max(tao + gained, 0.0)
        return fees

    return take


@cache
def _loop(rules: RuleSet, behaviours: tuple[Behaviour, ...], step: int, earning: bool) -> Any:
    """Compile a stretch of blocks: `block.block_of`, then the traders' turns."""
    _taught()
    register_jitable(**_HOW)(turn_in)
    shares_of, price_of = mechanisms.SHARES[rules.shares], mechanisms.CURVES[rules.pool].price
    pay, take = register_jitable(**_HOW)(coinbase(rules, step)), _turn(rules, behaviours)
    bar_of = mechanisms.BARS.get(rules.shares, formulas.bar_by_mass)
    always, counted = rules.root_flag == "always", rules.excess == "counted"
    gated, votes = rules.shares in mechanisms.BARS, rules.injection == "none"
    weighted, counts_epochs = rules.pool == "weighted", rules.epoch == "tempo"
    recycles = rules.injection not in ("launch", "none") or rules.root == "claimed"
    quoting = any("quote" in behaviour.__code__.co_names for behaviour in behaviours)
    by_flow, by_net_flow = rules.shares in ("flow", "net_flow"), rules.shares == "net_flow"

    @numba.njit(**_HOW)
    def stretch(s, facts, chain, crew, at, stop):  # type: ignore[no-untyped-def]
        # Columns by their own names: looked up once, and not in every subnet of every block.
        (
            tao_in, alpha_in, alpha_out, moving_price, quote_weight, pending_root, last_epoch,
            flow, protocol_flow, user_flow, flow_seen, tao_entered, alpha_minted, alpha_recycled,
        ) = s  # fmt: skip
        netuid, first_block, enabled, miner_burned, vote = facts
        n = len(tao_in)
        quote, order, miners = np.zeros(n), np.empty(n), np.empty(n)
        block, issuance, root_tao, bar = chain.block, chain.issuance, chain.root_tao, chain.bar
        fees = wages = 0.0
        while at < stop:
            block += step
            emission = formulas.block_emission(issuance) * step
            sells = always or mechanisms.root_receives(s.moving_price)
            here = Chain(block, issuance, emission, root_tao, sells, bar, chain.constants)
            if gated and not (bar > 0 and block % BAR_BLOCKS >= step):
                ranked = np.sort(mechanisms.by_burn(s, facts, 1))[::-1]
                bar = bar_of(ranked, chain.constants.gate)
                here = Chain(block, issuance, emission, root_tao, sells, bar, chain.constants)
            share = shares_of(s, facts, here)
            issued = paid_root = 0.0
            for i in range(n):
                one = Subnets(
                    tao_in[i], alpha_in[i], alpha_out[i], moving_price[i],
                    quote_weight[i], pending_root[i], last_epoch[i], flow[i],
                    protocol_flow[i], user_flow[i], flow_seen[i], tao_entered[i],
                    alpha_minted[i], alpha_recycled[i],
                )  # fmt: skip
                fact = Facts(
                    netuid[i], first_block[i], enabled[i],
                    miner_burned[i], vote[i],
                )  # fmt: skip
                one, paid = pay(one, fact, share[i], here)
                tao_in[i], alpha_in[i], alpha_out[i] = one.tao_in, one.alpha_in, one.alpha_out
                moving_price[i], pending_root[i] = one.moving_price, one.pending_root
                tao_entered[i], alpha_minted[i] = one.tao_entered, one.alpha_minted
                if recycles:
                    alpha_recycled[i] = one.alpha_recycled
                if weighted:
                    quote_weight[i] = one.quote_weight
                if counts_epochs:
                    last_epoch[i] = one.last_epoch
                if by_flow:
                    flow[i], flow_seen[i] = one.flow, one.flow_seen
                if by_net_flow:
                    protocol_flow[i] = one.protocol_flow
                issued += paid.tao_in + paid.excess_tao if counted else paid.tao_in
                paid_root += paid.root_tao
                if earning:
                    miners[i] = (paid.alpha_out - paid.owner) / 2
                if quoting:
                    quote[i] = price_of(one.tao_in, one.alpha_in, one.quote_weight)
            issuance, root_tao = issuance + issued, root_tao + paid_root
            wages += issued if votes else 0.0
            here = Chain(block, issuance, emission, root_tao, sells, bar, chain.constants)
            for k in range(len(crew.kind)):
                if earning and crew.earner[k]:
                    for i in range(n):
                        crew.alpha[crew.purse_row[k], i] += crew.earns[k, i] * miners[i]
            for k in range(len(crew.kind)):
                turn = turn_in(crew.first[k], crew.last[k], crew.every[k], at, step)
                if turn >= 0 and crew.kind[k] >= 0:
                    fees += take(s, facts, here, crew, k, turn, quote, order)
            at += step
        return block, issuance, root_tao, bar, fees, wages

    return stretch


def by_loops(by_columns: Advance) -> Advance:
    """Build the compiled advance of a run.

    A block in which a trader acts whose behaviour is not compiled is done by columns.
    """

    def advance(run: Run, stop: int, step: int) -> None:
        while run.at < stop:
            here = _next_by_columns(run, stop, step)
            if here > run.at:
                _advance(run, here, step)
            if run.at < stop:
                by_columns(run, run.at + step, step)

    return advance


def _next_by_columns(run: Run, stop: int, step: int) -> int:
    """Return the first block before `stop` that is done by columns; `stop` if there is none."""
    pairs = zip(run.team.traders, run.team.turns, strict=True)
    slow = [times for trader, times in pairs if not trader.compiles]
    blocks = range(run.at, stop, step) if slow else ()
    return next((b for b in blocks if any(turn_in(*t, b, step) >= 0 for t in slow)), stop)


def _advance(run: Run, stop: int, step: int) -> None:
    loop: Callable[..., Any] = _loop(
        _shape(run.rules), run.team.behaviours, step, bool(run.team.crew.earner.any())
    )
    c = run.chain  # NumPy's own floats would be another type to compile for
    chain = Chain(
        c.block, float(c.issuance), 0.0, float(c.root_tao), True, float(c.bar), c.constants
    )
    block, issuance, root_tao, bar, fees, wages = loop(
        run.subnets, run.facts, chain, run.team.crew, run.at, stop
    )
    run.chain = chain._replace(block=block, issuance=issuance, root_tao=root_tao, bar=bar)
    run.author += fees if run.rules.fee_to == "author" else 0.0
    run.wages += wages
    run.at = stop
