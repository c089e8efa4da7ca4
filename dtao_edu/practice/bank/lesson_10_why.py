"""Exercises of lesson 10 that ask why, or what would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dtao_edu.engine import formulas
from dtao_edu.practice.bank.lesson_10_holder import last_belief
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import Option, TableQuestion, choice
from dtao_edu.practice.text import show


def _draw_pairs(draw: Draw) -> Mapping[str, Any]:
    """Draw runs that chance spreads widely, and a change that moves each of them a little."""
    rises, pairs = draw.pick((True, False)), []
    for base in draw.sample(range(180, 420, 8), 6):
        factor = 1 + draw.whole(5, 9) / 100
        pairs.append((base, round(base * factor if rises else base / factor)))
    return {"pairs": pairs}


def _goes(g: Given, rises: bool) -> bool:
    return all((after > before) == rises for before, after in g.pairs)


def _pair_text(g: Given) -> str:
    rows = "\n".join(
        f"| {seed} | 0.0{before} | 0.0{after} |" for seed, (before, after) in enumerate(g.pairs)
    )
    return (
        "A month is run with six seeds, and with the same six seeds once more after *one thing* "
        "was changed. Prices at the end, TAO per alpha:\n\n"
        f"| seed | as it was | changed |\n|---|---|---|\n{rows}\n\n"
        "What do these runs show?"
    )


def _ranges(g: Given) -> str:
    before, after = zip(*g.pairs, strict=True)
    return (
        f"As it was, the runs lie from 0.0{min(before)} to 0.0{max(before)}; changed, from "
        f"0.0{min(after)} to 0.0{max(after)}."
    )


PAIRS = Exercise(
    id="10.5",
    title="Six pairs of runs",
    question=choice(
        raises=Option("The change raises the price.", lambda g: _goes(g, rises=True)),
        lowers=Option("The change lowers the price.", lambda g: _goes(g, rises=False)),
        nothing=Option(
            "Nothing: the two ranges lie over each other, so it is chance.",
            lambda g: not (_goes(g, rises=True) or _goes(g, rises=False)),
        ),
        seeds=Option(
            "Nothing: the second six runs should have had seeds of their own.",
            lambda g: False,
        ),
    ),
    objective="tell chance from mechanism in pairs of runs",
    needs=("ensemble", "band", "price"),
    why=True,
    draw=_draw_pairs,
    text=_pair_text,
    misconceptions=(
        Misconception(
            "the ranges compared, not the pairs",
            lambda g: "nothing",
            lambda g, answer: (
                f"{_ranges(g)} True, but in each row the chance is the same on both sides. "
                "Compare along the rows: a coin falls six times to the same side once in 32 tries."
            ),
        ),
        Misconception(
            "other seeds would be fairer",
            lambda g: "seeds",
            lambda g, answer: (
                f"{_ranges(g)} With other seeds on the second side each difference would hold this "
                "whole range of chance; with the same seeds it holds the change alone."
            ),
        ),
        Misconception(
            "the change read from right to left",
            lambda g: "lowers" if _goes(g, rises=True) else "raises",
            lambda g, answer: (
                f"Read the row of seed 0 once more: 0.0{g.pairs[0][0]} as it was, "
                f"0.0{g.pairs[0][1]} after the change."
            ),
        ),
    ),
    hints=(
        "What is the same in a row, and what is not?",
        "Look at the sign of the difference in each of the six rows.",
    ),
    solution="In each row chance is the same and one thing differs; the difference has the same "
    "sign in all six. {answer}",
    code="""
up = [after > before for before, after in g.pairs]
answer = "The change raises the price." if all(up) else "The change lowers the price.\"""",
    further="How much it raises or lowers has a band of its own: that of the six differences.",
)


def _draw_subnets(draw: Draw) -> Mapping[str, Any]:
    return {
        "dear": draw.whole(20, 40) / 100,
        "cheap": draw.whole(2, 6) / 100,
        "alpha": draw.whole(3, 12) * 100_000,
        "people": draw.whole(4, 15) * 100,
    }


def _values(g: Given) -> str:
    return (
        f"To hold all alpha of A at its worth takes {show(g.alpha * g.dear)} TAO, of B "
        f"{show(g.alpha * g.cheap)} TAO."
    )


def _ratio(g: Given, dear: float, cheap: float) -> float:
    """Say how many times the TAO that B's alpha is worth A's alpha is worth."""
    return float((dear * g.dear) / (cheap * g.cheap))


REMOVED = Exercise(
    id="10.6",
    title="What takes the bias away",
    question=choice(
        value=Option(
            "As much less alpha of A, or more of B, as makes both worth the same TAO.",
            lambda g: abs(_ratio(g, g.alpha * g.cheap / g.dear, g.alpha) - 1) < 1e-9,
        ),
        people=Option(
            "Ten times as many believers, each with a tenth of the TAO and the alpha.",
            lambda g: _ratio(g, g.alpha, g.alpha) == 1,
            "a larger crowd is unbiased",
            lambda g, answer: (
                f"{_values(g)} With {show(10 * g.people)} smaller purses these two sums are the "
                "same as before, and so is the part of the crowd that has to hold each."
            ),
        ),
        runs=Option(
            "The mean of a thousand runs in place of one.",
            lambda g: _ratio(g, g.alpha, g.alpha) == 1,
            "many runs average the bias away",
            lambda g, answer: (
                f"{_values(g)} That holds in each of the thousand runs. A mean takes away what "
                "falls now to this side and now to that."
            ),
        ),
        smooth=Option(
            "A moving price that is smoothed over a longer time.",
            lambda g: _ratio(g, g.alpha, g.alpha) == 1,
            "smoothing finds the worth",
            lambda g, answer: (
                f"{_values(g)} So the spot price leans to the same side day after day, and the "
                "mean of many days leans with it."
            ),
        ),
    ),
    objective="say where the bias of a market of believers comes from",
    needs=("bias", "moving price", "ensemble"),
    why=True,
    draw=_draw_subnets,
    text="{people} believers trade two subnets, of each of which {alpha} alpha are to be held. "
    "Their opinions are right on average: an alpha of A is worth {dear} TAO, one of B {cheap} TAO. "
    "In every run the price pays A too small a share, and B too large a one. What would take this "
    "bias away?",
    hints=(
        "Bias is what stays when chance is averaged away. Which of these only fight chance?",
        "Who holds the alpha of a cheap subnet, and how many must hold that of a dear one?",
    ),
    solution="A few hopeful purses hold all alpha of B; that of A needs many holders, less hopeful "
    "ones too, and the price is the belief of the last. With the same value to hold on both sides "
    "the lean is the same, and shares do not see it. {answer}",
    code='answer = "As much less alpha of A, or more of B, as makes both worth the same TAO."',
    further="`believers.by_price(even_value=True)` tries it.",
)


def _draw_two(draw: Draw) -> Mapping[str, Any]:
    """Draw believers of whom A needs three or four and B one or two, none of them with a part."""
    while True:
        factors = [draw.whole(12, 48) / 25 for _ in range(4)]
        factors.append(round(5 - sum(factors), 2))
        dear, cheap = draw.whole(20, 40) / 100, draw.whole(3, 6) / 100
        holders, alpha = draw.pick((3, 4)), draw.whole(3, 12) * 10_000
        of_the_worth = draw.whole(60, 90) / 100
        if min(factors) < 0.2:
            continue
        drawn = Given(
            of_a=[round(dear * factor, 4) for factor in factors],
            of_b=[round(cheap * factor, 4) for factor in factors],
            dear=dear,
            cheap=cheap,
            alpha=alpha,
            purse=round(dear * of_the_worth * alpha / holders, -1),
        )
        # Where A's last holder had room left, more than one number of alpha would give the price;
        # where B's had none, the prices would stand as two whole numbers do.
        a, b = _two_prices(drawn)
        lean = (b / cheap) / (a / dear)
        full = a == formulas.average_price(holders * drawn.purse, alpha)
        if lean > 1.2 and full and b in drawn.of_b:
            return {**vars(drawn), "purse": int(drawn.purse)}


def _two_prices(g: Given) -> list[float]:
    return [
        last_belief(Given(beliefs=beliefs, purse=g.purse, alpha=g.alpha))
        for beliefs in (g.of_a, g.of_b)
    ]


def _leaning(g: Given) -> list[float]:
    """Give A's share, and as many alpha of B as are worth the same TAO as those of A."""
    a, b = _two_prices(g)
    share = 100 * formulas.share(a, a + b)
    return [share, formulas.opening_alpha(formulas.value(g.alpha, g.dear), g.cheap)]


def _many_holders(g: Given) -> float:
    """Give the alpha of B that would bring its price down if those who hold now held it all."""
    a, b = _two_prices(g)
    return float(g.alpha * (b / g.cheap) / (a / g.dear))


def _room(g: Given, answer: Any) -> str:
    alpha = answer["alpha of B"]
    if alpha <= 0:
        return "A number of alpha is above 0."
    holders = sum(belief >= g.cheap for belief in g.of_b)
    share = answer["share of A"]
    there = f"By your share A stands {show(share / (100 - share), 3)} times as high as B. "
    return (there if 0 < share < 100 else "") + (
        f"At its worth of {g.cheap} TAO an alpha of B is held by {holders} of the five, and "
        f"{show(alpha, 5)} alpha would take {show(alpha * g.cheap / g.purse, 3)} of their purses."
    )


REMOVED_BY_VALUE = REMOVED.renewed(
    question=TableQuestion(("share of A", "alpha of B"), units_by_row=("%", "alpha"), digits=4),
    objective="reckon the bias of a market of believers, and what takes it away",
    draw=_draw_two,
    text=lambda g: (
        f"{g.alpha:,} alpha of subnet A are to be held, and as many of B. Five people believe that "
        f"an alpha of A is worth {', '.join(map(str, g.of_a))} TAO, and one of B "
        f"{', '.join(map(str, g.of_b))} TAO, in the same order. On average they are right: the "
        f"worth is {g.dear} and {g.cheap} TAO. Each holds alpha of A for up to {g.purse:,} TAO, "
        "and of B for as much again, as long as the price is not above the own belief. The price "
        "is the highest at which all alpha is held, and shares follow prices. What share does A "
        f"get, in percent? And how many alpha of B, in place of {g.alpha:,}, would take the bias "
        "away, so that the prices stand to each other as the worth does?"
    ),
    right=_leaning,
    misconceptions=(
        Misconception(
            "the mean belief taken for the price",
            lambda g: [100 * g.dear / (g.dear + g.cheap), g.alpha],
            lambda g, answer: (
                "A price does not ask all five, it asks those who hold. At the mean belief of "
                f"{g.dear} TAO an alpha of A is held by "
                f"{sum(belief >= g.dear for belief in g.of_a)} of them, and {g.alpha:,} alpha "
                f"would take {show(g.alpha * g.dear / g.purse, 3)} of their purses."
            ),
        ),
        Misconception(
            "everybody pays, also those who believe in less",
            lambda g: [50, _leaning(g)[1]],
            lambda g, answer: (
                "You let all five pay for both, so that both cost the same. The least hopeful "
                f"believes in {min(g.of_b)} TAO for B and does not buy above that."
            ),
        ),
        Misconception(
            "less alpha of the cheap one",
            lambda g: [_leaning(g)[0], g.alpha * g.cheap / g.dear],
            lambda g, answer: (
                f"Less alpha of B fits into fewer purses, more hopeful ones. {_room(g, answer)}"
            ),
        ),
        Misconception(
            "the same holders, only with more alpha",
            lambda g: [_leaning(g)[0], _many_holders(g)],
            lambda g, answer: (
                "With more alpha the price falls, and at a lower price others buy too. "
                + _room(g, answer)
            ),
        ),
    ),
    consequence=_room,
    hints=(
        "Go down from the most hopeful, for A and for B. How many purses are needed until all "
        "alpha is held?",
        "All that is believed of B is what is believed of A, times the same number. When do the "
        "same people hold both?",
        "The same purses are filled when the alpha to be held has the same worth in TAO.",
    ),
    solution="With the 1, 2, 3, ... most hopeful as holders a price is at most the belief of the "
    "last of them, and at most their purses over the alpha; the highest of these is the price. "
    "A needs more holders, and less hopeful ones. With {alpha} times {dear} over {cheap} alpha of "
    "B both need the same purses, and shares do not see the lean. {answer}",
    code="""
def price(beliefs):
    hopeful = sorted(beliefs, reverse=True)
    return max(min(b, n * g.purse / g.alpha) for n, b in enumerate(hopeful, start=1))

a, b = price(g.of_a), price(g.of_b)
answer = {"share of A": 100 * a / (a + b), "alpha of B": g.alpha * g.dear / g.cheap}""",
)

EXERCISES = (PAIRS, REMOVED_BY_VALUE)
