"""Exercises of lesson 12 on two real days of 2026: who gets how much, and what flow paid."""

from __future__ import annotations

from functools import cache
from typing import Any

from dtao_edu import measures
from dtao_edu.engine import formulas
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import TableQuestion
from dtao_edu.practice.text import show

BEFORE_AFTER = ("by price", "as paid")
FOUR = ("a", "b", "c", "d")


@cache
def _gate() -> dict[int, tuple[float, float]]:
    """Give moving price and payment, both scaled, of the subnets paid on 7 August 2026."""
    from dtao_edu import ledger

    day = ledger.pools("2026-08-07")
    paid = day.paid()
    return {
        netuid: (round(100 * price, 2), round(1000 * paid[netuid], 1))
        for netuid, price in day.moving_prices().top(45).items()
        if paid[netuid] > 1e-4
    }


def _draw_four(draw: Draw) -> dict[str, Any]:
    netuids = sorted(draw.sample(sorted(_gate()), 4), key=lambda n: -_gate()[n][0])
    found: dict[str, Any] = {}
    for name, netuid in zip(FOUR, netuids, strict=True):
        price, paid = _gate()[netuid]
        found |= {name: netuid, f"price_{name}": price, f"paid_{name}": paid}
    return found


def _columns(g: Given) -> tuple[list[float], list[float]]:
    return [g[f"price_{name}"] for name in FOUR], [g[f"paid_{name}"] for name in FOUR]


def _alone(g: Given) -> str:
    first, second = _columns(g)
    return (
        f"If one of the four had everything, the index would be 1; if all had the same, 1/4. The "
        f"largest share here is {show(max(first) / sum(first), 3)} by price and "
        f"{show(max(second) / sum(second), 3)} as paid: between its square and itself the index "
        "must lie."
    )


HHI = Exercise(
    id="12.7",
    title="What the gate did to four of them",
    question=TableQuestion(BEFORE_AFTER, unit="", digits=3),
    objective="compute how concentrated pay is before and after a rule",
    needs=("HHI", "emission gate", "emission share"),
    real=True,
    labels=("a", "b", "c", "d"),
    draw=_draw_four,
    text="On 7 August 2026 four subnets had these moving prices (in hundredths of a TAO) and were "
    "paid (thousandths of a TAO in a block): {a}: {price_a} and {paid_a}; {b}: {price_b} and "
    "{paid_b}; {c}: {price_c} and {paid_c}; {d}: {price_d} and {paid_d}. Take these four alone. "
    "What is their HHI by price, and as paid?",
    right=lambda g: [float(measures.hhi(column)) for column in _columns(g)],
    misconceptions=(
        Misconception(
            "one over the index",
            lambda g: [float(measures.effective_number(column)) for column in _columns(g)],
            lambda g, answer: (
                f"{show(answer['by price'], 3)} of four would be an index above 1. {_alone(g)}"
            ),
        ),
        Misconception(
            "the largest share for the index",
            lambda g: [max(column) / sum(column) for column in _columns(g)],
            lambda g, answer: (
                "By your rule it would not matter how the others share the rest. If the "
                f"{g.a} and the other three changed, so must the index. {_alone(g)}"
            ),
        ),
        Misconception(
            "the amounts squared without their sum",
            lambda g: [sum(x * x for x in column) for column in _columns(g)],
            lambda g, answer: (
                f"In other units your {show(answer['as paid'], 3)} would be another number; the "
                f"index has no unit. {_alone(g)}"
            ),
        ),
    ),
    consequence=lambda g, answer: _alone(g),
    hints=(
        "First the share of each of the four in their sum, once for each column.",
        "Then the squares of these shares, added.",
    ),
    solution="Each over the sum of its column, squared, added. {answer}",
    code="""
prices = [g.price_a, g.price_b, g.price_c, g.price_d]
paid = [g.paid_a, g.paid_b, g.paid_c, g.paid_d]
hhi = dtao_edu.measures.hhi
answer = {"by price": hhi(prices), "as paid": hhi(paid)}
""",
    further="Of all 127 subnets the prices came to 0.0225 and the payments to 0.0606. Nobody on "
    "the market decided that.",
)

ASKED = ("share, %", "TAO enters")


@cache
def _flows() -> dict[int, dict[str, float]]:
    from dtao_edu import ledger

    return {
        netuid: {
            "flow": round(1000 * row.flow, 2),
            "share": round(100 * row.share, 2),
            "price": round(row.price, 5),
        }
        for netuid, row in ledger.flows("2026-04-11").items()
    }


def _draw_flow(draw: Draw) -> dict[str, Any]:
    other = draw.pick([5, 17, 51, 93])
    known = draw.pick([netuid for netuid in (4, 120) if netuid != other])
    asked = _flows()[other]
    return {
        "known": known,
        "flow_known": _flows()[known]["flow"],
        "share_known": _flows()[known]["share"],
        "other": other,
        "flow": round(asked["flow"] * draw.number(1.1, 1.9), 1),
        "price": asked["price"],
    }


def _told(g: Given, cap: float = 0.5) -> list[float]:
    share = float(formulas.payout(g.share_known, g.flow, g.flow_known))
    enters = formulas.tao_injection(0.5, share / 100)
    return [share, float(min(enters, formulas.value(cap, g.price)))]


def _twice(g: Given, answer: Any) -> str:
    return (
        f"By flow a subnet with the flow of {g.known} gets what {g.known} gets, {g.share_known} %, "
        f"and one with twice the flow twice of it. {g.other} has {show(g.flow / g.flow_known, 3)} "
        f"times that flow, and {show(answer[ASKED[0]], 4)} % from you. With "
        f"{show(answer[ASKED[1]], 3)} TAO come "
        f"{show(answer[ASKED[1]] / g.price, 3)} alpha, so that the price stays."
    )


FLOW_DAY = Exercise(
    id="12.8",
    title="A day of flow",
    question=TableQuestion(ASKED, units_by_row=("%", "TAO"), digits=3),
    objective="tell one subnet's pay from another's by flow, and see the cap",
    needs=("TAO flow", "chain buy", "emission share"),
    real=True,
    labels=("known", "other"),
    draw=_draw_flow,
    text="On 11 April 2026 subnet {known} had a smoothed flow of {flow_known} thousandths of a TAO "
    "a block, and {share_known} % of all emission; half a TAO a block was issued. Suppose subnet "
    "{other} had a flow of {flow}; its price was {price} TAO. By the rules of that day shares "
    "follow flow, and alpha enters at the price, at most as much as the block's TAO: half an "
    "alpha. What is the share of {other}, and how much TAO enters its pool in a block?",
    right=_told,
    misconceptions=(
        Misconception(
            "all TAO of the share enters",
            lambda g: _told(g, float("inf")),
            lambda g, answer: f"{_twice(g, answer)} Half an alpha may enter.",
        ),
        Misconception(
            "a whole alpha let in",
            lambda g: [_told(g)[0], g.price],
            lambda g, answer: f"{_twice(g, answer)} Half an alpha may enter.",
        ),
        Misconception(
            "the share turned over",
            lambda g: [
                g.share_known * g.flow_known / g.flow,
                min(0.005 * g.share_known * g.flow_known / g.flow, 0.5 * g.price),
            ],
            _twice,
        ),
    ),
    consequence=_twice,
    hints=(
        "What does one thousandth of a TAO of flow bring, by what {known} got?",
        "For what enters: the TAO of the share, but at most half an alpha at the price.",
    ),
    solution="{share_known} % times {flow} over {flow_known}; then the smaller of half of that "
    "share and half of {price}. {answer}",
    code="""
share = g.share_known * g.flow / g.flow_known
answer = {"share, %": share, "TAO enters": min(0.5 * share / 100, 0.5 * g.price)}
""",
    further="Six real subnets of that day tell a seventh in this way to 0.3 %. Subnet 64, the "
    "dearest of them, had no flow and got nothing.",
)
