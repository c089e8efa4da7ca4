"""Exercises of lesson 12 that ask why, or what would change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.measures.distance import moved
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import ChoiceQuestion, Option, TableQuestion
from dtao_edu.practice.text import show
from dtao_edu.simulation.rules import RuleSet, all_rules, parts, rules_on


def _draw_burn(draw: Draw) -> dict[str, Any]:
    return {
        "share": draw.whole(60, 280, 5) / 10,
        "mine": draw.whole(40, 90, 5),
        "others": draw.whole(10, 35, 5),
    }


def _left(g: Given, others: float) -> float:
    """Ask the engine for the subnet's share, in percent, when the others burn so much."""
    mine = formulas.burn_weight(g.share / 100, g.mine / 100)
    rest = formulas.burn_weight(1 - g.share / 100, others)
    return float(100 * formulas.share(mine, mine + rest))


def _rest(g: Given, answer: Any) -> str:
    alone, both = answer["alone"], answer["with the others"]
    return (
        f"Before, the subnet had {show(g.share)} % and the others {show(100 - g.share)} %. If it "
        f"alone burns, the others' weights do not change, so they keep their proportion to what is "
        f"left of it. Yours is "
        f"{show(100 - alone, 4)} to {show(alone, 4)}, and later {show(100 - both, 4)} to "
        f"{show(both, 4)}."
    )


BURN = Exercise(
    id="12.3",
    title="Who burns, and who else",
    question=TableQuestion(("alone", "with the others"), unit="%", digits=4),
    objective="say what burning does to a share, alone and together",
    needs=("miner burned", "price share", "burn"),
    why=True,
    draw=_draw_burn,
    text="By moving price a subnet has {share} % of emission. By the rules of July 2026 (price "
    "less burnt miner income, no gate): what is its share if it alone burns {mine} % of its "
    "miners' income? And what is it if every other subnet burns {others} % as well?",
    right=lambda g: [_left(g, 0.0), _left(g, g.others / 100)],
    misconceptions=(
        Misconception(
            "not divided anew",
            lambda g: [g.share * (1 - g.mine / 100)] * 2,
            lambda g, answer: (
                f"By your rule {show(g.share - answer['alone'], 4)} % of emission would go to "
                f"nobody; but the shares of all sum to 100 %. " + _rest(g, answer)
            ),
        ),
        Misconception(
            "what others burn does not matter",
            lambda g: [_left(g, 0.0)] * 2,
            lambda g, answer: (
                f"Let the others burn all but a crumb instead of {g.others} %: then nearly every "
                f"weight but this subnet's is gone, and you would still give it "
                f"{show(answer['alone'], 4)} %."
            ),
        ),
        Misconception(
            "only the miners' 41 percent counted",
            lambda g: [
                100
                * g.share
                * (1 - 0.41 * g.mine / 100)
                / (g.share * (1 - 0.41 * g.mine / 100) + (100 - g.share) * (1 - 0.41 * other / 100))
                for other in (0, g.others)
            ],
            lambda g, answer: (
                "You counted the burnt part as a part of all alpha. The rule takes the part of the "
                f"miners' income: burning all of it leaves a weight of 0, and by yours 59 % of "
                f"{show(g.share)} % would be left."
            ),
        ),
        Misconception(
            "the burnt part counted in place of the rest",
            lambda g: [
                100 * g.share * g.mine / (g.share * g.mine + (100 - g.share) * 100),
                100 * g.share * g.mine / (g.share * g.mine + (100 - g.share) * g.others),
            ],
            lambda g, answer: (
                f"With {g.mine} % in the weight, a subnet that burns nothing would get nothing. "
                + _rest(g, answer)
            ),
        ),
    ),
    consequence=_rest,
    hints=(
        "A weight is the price share times what is not burnt. The others together have one too.",
        "Divide the subnet's weight by the sum of both weights.",
    ),
    solution="Weights: {share} times (1 - {mine}/100) for the subnet; for the others 100 - "
    "{share}, and then times (1 - {others}/100). Each time the first over the sum. {answer}",
    code="""
formulas = dtao_edu.engine.formulas

def share(others):
    mine = formulas.burn_weight(g.share / 100, g.mine / 100)
    return 100 * formulas.share(mine, mine + formulas.burn_weight(1 - g.share / 100, others))

answer = {"alone": share(0), "with the others": share(g.others / 100)}""",
    further="When all burn the same part nothing changes: only burning more than others costs.",
)

_ASKED = ("moving_price", "flow", "net_flow", "price_burn_rootprop", "price_burn")


def _periods() -> list[RuleSet]:
    """List the sets of rules with which the share rule changed, the vote first."""
    found: list[RuleSet] = []
    for each in all_rules():
        if not found or each.shares != found[-1].shares:
            found.append(each)
    return found


# The days on which two share rules began, as version 0.1 had them: the day of the release. The
# table has since been corrected to the day on which the chain enacted them.
_RELEASED = {"net_flow": date(2026, 5, 27), "price_burn_rootprop": date(2026, 6, 22)}


def _draw_day_of_release(draw: Draw) -> dict[str, Any]:
    return _draw_day(draw, _RELEASED)


def _draw_day(draw: Draw, starts: Mapping[str, date] = MappingProxyType({})) -> dict[str, Any]:
    periods = _periods()
    place = draw.pick([k for k, each in enumerate(periods) if each.shares in _ASKED])
    start, end = (starts.get(each.shares, each.start) for each in periods[place : place + 2])
    day = start + timedelta(days=draw.whole(5, (end - start).days - 1))
    return {
        "day": day.isoformat(),
        "before": periods[place - 1].shares,
        "then": periods[place].shares,
        "after": periods[place + 1].shares,
        "last": periods[-1].shares,
    }


def _said(name: str) -> str:
    text = parts()["shares"][name]
    return text[0].upper() + text[1:] + "."


def _option(key: str) -> Option:
    return Option(lambda g: _said(g[key]), lambda g: rules_on(g.day).shares == g[key])


def _when(g: Given, key: str) -> str:
    """Tell from when to when a rule held, and how far the day lies from it."""
    periods = _periods()
    place = next(k for k, each in enumerate(periods) if each.shares == g[key])
    asked, start = date.fromisoformat(g.day), periods[place].start
    if start > asked:
        return f"That rule begins on {start}, {(start - asked).days} days after {g.day}."
    gone = (asked - periods[place + 1].start).days
    return f"That rule gave way on {periods[place + 1].start}, {gone} days before {g.day}."


READING = Exercise(
    id="12.6",
    title="Which rule, on which day",
    question=ChoiceQuestion({key: _option(key) for key in ("then", "before", "after", "last")}),
    objective="read the share rule of a given day",
    needs=("rule set", "TAO flow", "moving price"),
    why=True,
    draw=_draw_day_of_release,
    text='Somebody writes on {day}: "I know why my subnet is paid what it is." By the table of '
    "rules, by what was TAO shared among subnets on that day?",
    misconceptions=(
        Misconception(
            "the rule of the time before",
            lambda g: "before",
            lambda g, answer: _when(g, "before"),
        ),
        Misconception(
            "the rule of the time after",
            lambda g: "after",
            lambda g, answer: _when(g, "after"),
        ),
        Misconception(
            "the newest rule for every day",
            lambda g: "last",
            lambda g, answer: (
                f"{_when(g, 'last')} A text of that day cannot have meant it, and cannot have "
                "known it."
            ),
        ),
    ),
    hints=(
        "`rules_table()` lists every change with its day. Which is the last one before {day} that "
        "touched shares?",
        '`rules_on("{day}").shares` gives a name.',
    ),
    solution="`rules_on(g.day)` finds the entry; `parts()` says what its name means. {answer}",
    code="""
said = dtao_edu.simulation.rules.parts()["shares"][rules_on(g.day).shares]
answer = said[0].upper() + said[1:] + "." """,
    further="Where the table has the day of a release, the rule came in force half an hour to "
    "twenty hours later, as far as it could be checked.",
)

READING_BY_ENACTED = READING.renewed(draw=_draw_day)

_TOLD = ("moving_price", "flow", "price_burn_rootprop", "price_burn")
"""The share rules that price, flow, burning and root proportion are enough for, by their days."""


def _shared(g: Given, rule: str) -> list[float]:
    """Ask the engine for the shares of four subnets by a rule, in percent."""
    if rule == "flow":
        limit = formulas.flow_limit(min(g.flow), 0)
        weights = [formulas.flow_weight(flow, limit, 1) for flow in g.flow]
    else:
        weights = list(g.price)
    if rule.startswith("price_burn"):
        burned = [part / 100 for part in g.burned]
        weights = list(map(formulas.burn_weight, weights, burned))
    if rule.endswith("rootprop"):
        weights = [weight * part for weight, part in zip(weights, g.root, strict=True)]
    return [100 * formulas.share(weight, sum(weights)) for weight in weights]


def _draw_paid(draw: Draw) -> dict[str, Any]:
    """Draw four subnets whose shares by the four rules are far from each other."""
    periods = _periods()
    days = []
    for rule in _TOLD:
        place = next(k for k, each in enumerate(periods) if each.shares == rule)
        start, end = periods[place].start, periods[place + 1].start
        days.append((start + timedelta(days=draw.whole(3, (end - start).days - 1))).isoformat())
    while True:
        drawn = Given(
            price=[draw.whole(10, 90) / 1000 for _ in range(4)],
            flow=draw.shuffle([-draw.whole(5, 30), *(draw.whole(5, 80) for _ in range(3))]),
            burned=draw.shuffle([0, *(draw.whole(0, 90, 10) for _ in range(3))]),
            root=[draw.whole(15, 60) for _ in range(4)],
        )
        by_rule = [_shared(drawn, rule) for rule in _TOLD]
        if all(moved(a, b) > 6 for n, a in enumerate(by_rule) for b in by_rule[n + 1 :]):
            paid = [round(share, 1) for share in draw.pick(by_rule)]
            return {**vars(drawn), "paid": paid, "days": days}


def _distance(g: Given, day: str) -> float:
    return float(moved(g.paid, _shared(g, rules_on(day).shares)))


def _by_distance(g: Given) -> list[str]:
    """List the keys of the four days, the one that fits best first."""
    return sorted("0123", key=lambda key: _distance(g, g.days[int(key)]))


def _day(key: str) -> Option:
    return Option(lambda g: f"On {g.days[int(key)]}.", lambda g: _by_distance(g)[0] == key)


def _would_be(g: Given, place: int) -> str:
    """Say what the rule of a day gives the subnet that tells most against it."""
    day = g.days[int(_by_distance(g)[place])]
    rule = rules_on(day).shares
    told = list(zip("ABCD", g.paid, _shared(g, rule), strict=True))
    name, paid, share = max(told, key=lambda one: abs(one[1] - one[2]))
    return (
        f"On {day} the rule was: {parts()['shares'][rule]}. By it {name} would get "
        f"{show(share, 3)} %, and the note says {show(paid)} %."
    )


def _note(g: Given) -> str:
    columns = zip("ABCD", g.price, g.flow, g.burned, g.root, g.paid, strict=True)
    rows = "\n".join(f"| {' | '.join(map(str, row))} |" for row in columns)
    return (
        "A note without a date tells of the four subnets of a small chain:\n\n"
        "| subnet | moving price | smoothed flow | burnt, % | root proportion, % | share, % |\n"
        f"|---|---|---|---|---|---|\n{rows}\n\n"
        "Prices are TAO per alpha, flows TAO a day, and burnt is a part of the miners' income. "
        "The chain has the rules of Bittensor, the limit of flow is 0, and no subnet is switched "
        "off. On which day can the note have been written?"
    )


WHEN_PAID = READING_BY_ENACTED.renewed(
    title="A note without a date",
    question=ChoiceQuestion({key: _day(key) for key in "0123"}),
    objective="find the rule from what was paid, and the day from the rule",
    needs=("rule set", "TAO flow", "moving price", "miner burned", "root proportion"),
    draw=_draw_paid,
    text=_note,
    misconceptions=(
        Misconception(
            "a rule that comes near taken for the rule",
            lambda g: _by_distance(g)[1],
            lambda g, answer: f"{_would_be(g, 1)} A rule gives every share, to the last digit.",
        ),
        Misconception(
            "one subnet that fits taken for all four",
            lambda g: _by_distance(g)[2],
            lambda g, answer: f"{_would_be(g, 2)} All four have to come out.",
        ),
        Misconception(
            "a rule that no column bears out",
            lambda g: _by_distance(g)[3],
            lambda g, answer: _would_be(g, 3),
        ),
    ),
    hints=(
        "One subnet loses more TAO than it gets. What was it paid, and what would it be paid by "
        "flow?",
        "Divide each share by its price. If the quotients differ, which column goes with them?",
        "`rules_table()` lists every change with its day; `rules_on(g.days[0]).shares` names the "
        "share rule of a day.",
    ),
    solution="Work the four shares out by the rule of each day: weights, each over their sum. One "
    "rule gives what was paid. {answer}",
    code="""
def shares(rule):
    weights = g.price
    if rule == "flow":
        weights = [max(flow, 0) for flow in g.flow]
    if "burn" in rule:
        weights = [w * (1 - burned / 100) for w, burned in zip(weights, g.burned)]
    if "rootprop" in rule:
        weights = [w * root for w, root in zip(weights, g.root)]
    return [100 * weight / sum(weights) for weight in weights]

moved = dtao_edu.measures.moved
day = min(g.days, key=lambda day: moved(g.paid, shares(rules_on(day).shares)))
answer = f"On {day}.\"""",
    further="So a rule can be read off what is paid. The lesson does it for a real block.",
)
