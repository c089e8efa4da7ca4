"""Exercises of lesson 09, who is paid inside a subnet."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine import emission, formulas
from dtao_edu.engine.emission import OWNER_CUT, TAO_WEIGHT
from dtao_edu.practice.bank.lesson_09_why import FADES, TAKER
from dtao_edu.practice.bank.real_data import draw_pool
from dtao_edu.practice.exercise.draw import Draw, Given
from dtao_edu.practice.exercise.exercise import Exercise, Misconception
from dtao_edu.practice.exercise.question_types import NumberQuestion, TableQuestion
from dtao_edu.practice.text import show

HANDS = ("owner", "miners", "validators", "root")


def _split(g: Given) -> list[float]:
    return list(emission.split(float(g.alpha), g.r))


def _sum(g: Given, answer: Any) -> str:
    return (
        f"Your four parts sum to {show(sum(answer.values()), 4)} alpha; minted were {g.alpha}. And "
        f"the miners have {show(100 * answer['miners'] / g.alpha, 3)} percent of it."
    )


def _of_all(g: Given) -> list[float]:
    """Give root its proportion of all that is left, not of the validators' half."""
    owner, miners, validators, root = _split(g)
    rest = owner + miners + validators + root - owner
    taken = rest * g.r
    return [owner, (rest - taken) / 2, (rest - taken) / 2, taken]


SPLIT = Exercise(
    id="09.1",
    title="Four hands",
    question=TableQuestion(HANDS, unit="alpha", digits=4),
    objective="split a day's alpha among four hands",
    needs=("owner cut", "root proportion", "dividend", "incentive"),
    draw=lambda draw: {"alpha": draw.whole(2000, 7200, 100), "r": draw.whole(15, 85) / 100},
    text="A subnet minted {alpha} alpha_out for its people; the root proportion is {r}. The owner "
    "cut is 11796/65535. How much go to the owner, the miners, the validators with their alpha "
    "stakers, and root?",
    right=_split,
    misconceptions=(
        Misconception(
            "root takes its part of everything",
            _of_all,
            lambda g, answer: (
                "In your books root's part grows at the miners' cost. " + _sum(g, answer)
            ),
        ),
        Misconception(
            "halved before the owner",
            lambda g: [
                _split(g)[0],
                g.alpha / 2,
                g.alpha / 2 * (1 - g.r),
                g.alpha / 2 * g.r,
            ],
            lambda g, answer: "You halved all of it, the owner's part included. " + _sum(g, answer),
        ),
        Misconception(
            "root paid on top",
            lambda g: [*_split(g)[:2], _split(g)[1], _split(g)[3]],
            lambda g, answer: (
                "You left the validators' half whole and paid root besides. " + _sum(g, answer)
            ),
        ),
        Misconception(
            "no root",
            lambda g: [*_split(g)[:2], _split(g)[1], 0.0],
            lambda g, answer: (
                f"Root holds {show(100 * g.r, 3)} percent of the stake weight and gets nothing in "
                "your books. " + _sum(g, answer)
            ),
        ),
    ),
    consequence=_sum,
    hints=(
        "First the owner. Then halve the rest.",
        "Miners keep their half whole. From the other half root takes its part, `r` of it.",
    ),
    solution="Owner: alpha times 11796/65535. The rest is halved: miners have one half. Of the "
    "other half root has the part r, and the validators have what is left. {answer}",
    code="answer = dtao_edu.engine.emission.split(float(g.alpha), g.r)._asdict()",
    further="As r falls, the validators' part grows; the miners never feel it.",
)


def _draw_root(draw: Draw) -> dict[str, Any]:
    row = draw_pool(draw)
    return {
        **{name: row[name] for name in ("netuid", "alpha_in", "alpha_out")},
        "root": 5_710_986,
        "minted": draw.whole(1000, 90_000, 500),
    }


def _alpha(g: Given) -> float:
    return float(g.alpha_in + g.alpha_out + g.minted)


def _proportion(g: Given) -> float:
    return float(formulas.root_proportion(g.root, _alpha(g), float(TAO_WEIGHT)))


def _weights(g: Given, answer: float) -> str:
    if not 0 < answer < 1:
        return "A proportion lies between 0 and 1."
    return (
        f"With {show(answer, 4)}, root's {g.root:,} TAO would weigh as much as "
        f"{show(answer / (1 - answer) * (_alpha(g)), 4)} alpha: "
        f"{show(answer / (1 - answer) * (_alpha(g)) / g.root, 3)} alpha for a TAO."
    )


ROOT = Exercise(
    id="09.2",
    title="Root's part of a real subnet",
    question=NumberQuestion("share", digits=4),
    objective="compute the root proportion of a subnet",
    needs=("root proportion", "TAO weight", "alpha issuance"),
    real=True,
    draw=_draw_root,
    text="On 17 April 2025 root held {root} TAO, and subnet {netuid} had alpha_in {alpha_in} and "
    "alpha_out {alpha_out}. Suppose that {minted} alpha_out more are minted, and the TAO on root "
    "stays. "
    "The TAO weight is 0.18. What is the root proportion then?",
    right=_proportion,
    misconceptions=(
        Misconception(
            "the alpha in the pool left out",
            lambda g: formulas.root_proportion(g.root, g.alpha_out + g.minted, 0.18),
            lambda g, answer: (
                f"You counted the holders' alpha alone; the {g.alpha_in:,} alpha in the pool are "
                "issued too. " + _weights(g, answer)
            ),
        ),
        Misconception(
            "the newly minted alpha left out",
            lambda g: formulas.root_proportion(g.root, g.alpha_in + g.alpha_out, 0.18),
            lambda g, answer: (
                f"That is the proportion before: the {g.minted:,} alpha that are minted are issued "
                "too. " + _weights(g, answer)
            ),
        ).added(),
        Misconception(
            "a TAO counted as an alpha",
            lambda g: formulas.root_proportion(g.root, _alpha(g), 1.0),
            lambda g, answer: "You did not weigh the TAO. " + _weights(g, answer),
        ),
        Misconception(
            "root against the alpha, not against the whole",
            lambda g: 0.18 * g.root / (_alpha(g)),
            lambda g, answer: (
                "You divided root by the alpha. A part is divided by the whole, and root is in the "
                f"whole. By your rule the alpha's part would be {show(1 - answer, 3)}."
            ),
        ),
    ),
    consequence=_weights,
    hints=(
        "Weigh the TAO on root first: each counts as 0.18 alpha.",
        "Then: root's weight over root's weight plus all alpha of the subnet.",
    ),
    solution="w R / (w R + alpha_in + alpha_out + minted), with w = 0.18: {answer}.",
    code="""
answer = dtao_edu.engine.formulas.root_proportion(
    g.root, g.alpha_in + g.alpha_out + g.minted, float(dtao_edu.engine.emission.TAO_WEIGHT)
)""",
    further="Nobody sets this number; it falls because alpha is issued.",
)


def _draw_staker(draw: Draw) -> dict[str, Any]:
    return {
        "dividends": draw.whole(900, 2600, 50),
        "staked": draw.whole(300, 700, 10) * 1000,
        "mine": draw.whole(100, 900, 20),
        "take": draw.pick((9, 10, 12, 15, 18)),
    }


def _earned(g: Given) -> float:
    gross = formulas.payout(g.dividends, g.mine, g.staked)
    return float(gross - formulas.validator_take(gross, g.take / 100))


def _all_stakers(g: Given, answer: float) -> str:
    return (
        f"If {g.mine} alpha earn {show(answer, 4)}, then all {g.staked:,} staked alpha earn "
        f"{show(answer / g.mine * g.staked, 4)}; to be shared were {g.dividends:,}, and the "
        "validators keep their take of that."
    )


EARN = Exercise(
    id="09.3",
    title="A day of dividends",
    question=NumberQuestion("alpha", digits=4),
    objective="compute what a staker earns after the take",
    needs=("dividend", "take", "stake"),
    draw=_draw_staker,
    text="In a day {dividends} alpha are shared among the {staked} alpha staked in a subnet. Hana "
    "has {mine} alpha on Vera's hotkey; Vera's take is {take} percent. How much alpha does Hana "
    "earn in this day?",
    right=_earned,
    misconceptions=(
        Misconception(
            "before the take",
            lambda g: g.dividends * g.mine / g.staked,
            lambda g, answer: "Vera has not had her take. " + _all_stakers(g, answer),
        ),
        Misconception(
            "the take alone",
            lambda g: g.dividends * g.mine / g.staked * g.take / 100,
            lambda g, answer: (
                f"That is what Vera keeps of Hana's part: {g.take} percent of it. "
                + _all_stakers(g, answer)
            ),
        ),
        Misconception(
            "the take on the stake, not on what it earns",
            lambda g: g.dividends * g.mine / g.staked - g.mine * g.take / 100,
            lambda g, answer: (
                f"You let Vera take {show(g.mine * g.take / 100, 4)} alpha of Hana's own stake. "
                "After a few days Hana would have nothing."
            ),
        ),
        Misconception(
            "the owner cut taken once more",
            lambda g: _earned(g) * (1 - float(OWNER_CUT)),
            lambda g, answer: (
                "The owner's part went away before the dividends were counted. "
                + _all_stakers(g, answer)
            ),
        ),
    ),
    consequence=_all_stakers,
    hints=(
        "What part of all staked alpha is hers?",
        "Her part of the dividends, less the take, which is a part of what she earns.",
    ),
    solution="{dividends} times {mine} / {staked}, less {take} percent of that: {answer}.",
    code="""
gross = g.dividends * g.mine / g.staked
answer = gross - dtao_edu.engine.formulas.validator_take(gross, g.take / 100)""",
    further="What it is worth in TAO depends on the price, and on how much others sell.",
)


def _draw_diluted(draw: Draw) -> dict[str, Any]:
    return {
        "staked": draw.whole(200, 600, 10) * 1000,
        "mine": draw.whole(1000, 9000, 100),
        "minted": draw.whole(40, 90) * 1000,
        "earned": draw.whole(40, 95),
    }


def _part(g: Given, mine: float, staked: float) -> float:
    before, after = formulas.share(g.mine, g.staked), formulas.share(mine, staked)
    return 100 * float(formulas.price_impact(before, after))


def _books(g: Given, answer: float) -> str:
    part = (1 + answer / 100) * g.mine / g.staked
    return (
        f"With your change Hana would hold {show(part * (g.staked + g.minted), 4)} alpha of "
        f"{g.staked + g.minted:,}; she has {g.mine + g.earned:,}."
    )


DILUTION = Exercise(
    id="09.4",
    title="More alpha, smaller part",
    question=NumberQuestion("%", digits=3),
    objective="measure dilution in a staker's part",
    needs=("dilution", "alpha_out", "stake"),
    draw=_draw_diluted,
    text="Holders have {staked} alpha together, {mine} of it are Hana's. In ten days {minted} "
    "alpha are minted for the subnet's people, and nobody sells or buys; Hana earns {earned} of "
    "it. By how many percent does her part of all held alpha change (a minus for a fall)?",
    right=lambda g: _part(g, g.mine + g.earned, g.staked + g.minted),
    misconceptions=(
        Misconception(
            "her own growth alone",
            lambda g: _part(g, g.mine + g.earned, g.staked),
            lambda g, answer: "You let her alpha grow and nobody else's. " + _books(g, answer),
        ),
        Misconception(
            "the dilution alone",
            lambda g: _part(g, g.mine, g.staked + g.minted),
            lambda g, answer: "You forgot that she earned some of it. " + _books(g, answer),
        ),
        Misconception(
            "what is minted over what was there",
            lambda g: -100 * g.minted / g.staked,
            lambda g, answer: (
                f"By that rule {g.staked:,} newly minted alpha would leave her part at nothing. "
                + _books(g, answer)
            ),
        ),
    ),
    consequence=_books,
    hints=(
        "Her part before: hers over all. And after?",
        "Both have grown: divide the new part by the old one and take 1 away.",
    ),
    solution="Before: {mine} / {staked}. After: ({mine} + {earned}) / ({staked} + {minted}). The "
    "second over the first, less 1, in percent: {answer}.",
    code="""
share = dtao_edu.engine.formulas.share
before, after = share(g.mine, g.staked), share(g.mine + g.earned, g.staked + g.minted)
answer = 100 * (after / before - 1)""",
    further="When others sell, alpha goes back into the pool: less dilution, and a lower price.",
)


def _draw_large_holder(draw: Draw) -> dict[str, Any]:
    return {
        "staked": draw.whole(200, 600, 10) * 1000,
        "mine": draw.whole(20, 90) * 1000,
        "minted": draw.whole(60, 140) * 1000,
        "earned": draw.whole(40, 95) * 100,
    }


# In the first version Hana earned so little that two of these could not be told apart.
LARGE_HOLDER = DILUTION.renewed(
    draw=_draw_large_holder,
    misconceptions=(
        *DILUTION.misconceptions,
        Misconception(
            "her part of the newly minted alpha taken off the whole",
            lambda g: _part(g, g.mine + g.earned, g.staked + g.minted - g.earned),
            lambda g, answer: "What she earned is held too, by her. " + _books(g, answer),
        ),
        Misconception(
            "her earnings minted besides",
            lambda g: _part(g, g.mine + g.earned, g.staked + g.minted + g.earned),
            lambda g, answer: "What she earned is part of what was minted. " + _books(g, answer),
        ),
    ),
)

EXERCISES = (SPLIT, ROOT, EARN, LARGE_HOLDER, FADES, TAKER)
