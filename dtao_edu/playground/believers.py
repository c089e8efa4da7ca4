"""A hidden worth, judged by a vote and by a price.

Predict in how many of twenty runs the price comes nearer, then make the subnets less alike, the
opinions less sure, or let purses follow knowledge.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from dtao_edu.playground.controls import Choice, Number, Values
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.spec import Grid, Misconceptions, Preset, Question, Row
from dtao_edu.wording import percent

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture
    from dtao_edu.figures.base.style import SizeName
    from dtao_edu.studies.believers import Outcome, Purses, SideBySide

SOURCE = (
    "an experiment; stakes of the public ledger, 24 November 2024, and pools, alpha and rules of "
    "17 April 2025"
)
TOLD = {"equal": "equal", "stake": "as unequal as stake", "knowledge": "larger for who knows more"}


@lru_cache(maxsize=256)
def _model(people: int, inequality: float, noise: float, purses: Purses) -> SideBySide:
    """Ask both rules: :func:`dtao_edu.studies.believers.side_by_side`."""
    from dtao_edu.studies.believers import side_by_side  # NumPy only when something is worked out

    return side_by_side(inequality, noise, people, purses)


def _code(values: Values) -> str:
    """Write the same call."""
    one, noise, purses = (values[name] for name in ("inequality", "noise", "purses"))
    return f"believers.side_by_side({one!r}, {noise!r}, people, {purses!r})"


def _astray(outcome: Outcome) -> str:
    low, middle, high = (100 * edge for edge in outcome.band())
    return f"{middle:.1f} % ({low:.1f} to {high:.1f})"


def _receipt(both: SideBySide) -> Sequence[Row]:
    """List how much goes astray under each rule, of what kind, and how often which is nearer."""
    found = both.price_nearer
    rows = [
        Row(
            "vote: astray",
            _astray(both.vote),
            "Emission: half of all differences between share and worth. The median of twenty runs, "
            "and the middle nine tenths of them.",
            strong=True,
        ),
        Row("price: astray", _astray(both.price), "The same by price.", strong=True),
    ]
    for name, one in (("vote", both.vote), ("price", both.price)):
        rows.append(
            Row(
                f"{name}: bias",
                f"{percent(one.bias)} (chance {percent(one.bias_floor)})",
                "How far the mean of all runs lies from the worth, and how far chance alone would "
                "bring it.",
            )
        )
    return [
        *rows,
        Row(
            "the price is nearer",
            f"in {found.nearer} of {found.runs} runs",
            "Run by run with the same opinions.",
            strong=True,
        ),
        Row(
            "so it is in",
            f"{percent(found.often.low, 0)} to {percent(found.often.high, 0)}",
            "Of all such runs: the interval of 95 percent around what twenty runs show.",
        ),
        Row(
            "nearer by",
            f"{round(100 * found.by.value, 1) + 0.0:.1f} points",  # never -0.0
            "Of all emission, in the median run; below 0 the vote is nearer.",
        ),
    ]


def _picture(both: SideBySide, size: SizeName = "page") -> Picture[SideBySide]:
    """Draw it: :func:`dtao_edu.figures.side_by_side.believers_dots`."""
    from dtao_edu.figures.side_by_side import believers_dots  # Matplotlib only when drawn

    return believers_dots(both, size=size)


def _question(both: SideBySide) -> str:
    """Ask how often the price is nearer."""
    return (
        f"Eight subnets have a hidden worth of Gini {both.inequality:g}; opinions have a noise of "
        f"{both.noise:g}. 64 validators vote by their real stakes, and {both.people} people trade "
        f"(purses: {TOLD[both.purses]}). In how many of {len(both.vote)} runs do the prices come "
        "nearer to the worth than the vote?"
    )


def _misconceptions(both: SideBySide) -> Misconceptions:
    """List what learners often expect instead."""
    nearer, runs = both.price_nearer.nearer, len(both.vote)
    known = (
        (
            "a price sums up what all know",
            float(runs),
            "A price is not the mean of what people believe, but the belief of the last who "
            "holds the alpha: it errs to one side however many trade.",
        ),
        (
            "a vote of honest people is right",
            0.5,
            "Each opinion is right on average, but four of the 64 hold more than half of the "
            "stake: so few average out little.",
        ),
        (
            "nobody can know, so half of them",
            runs / 2,
            "As often as a coin: but the two rules err in different ways, and what is judged "
            "decides which error is larger.",
        ),
    )
    return [idea for idea in known if abs(idea[1] - nearer) > 1]


def _why(both: SideBySide) -> str:
    """Say what kind of error each rule makes."""
    return (
        f"The vote's error is mostly chance: its bias is {percent(both.vote.bias)}, the price's "
        f"{percent(both.price.bias)}. All alpha of a cheap subnet fits into a few hopeful purses; "
        "a dear one, with as much alpha, needs less hopeful holders too. So the more unlike the "
        "subnets, the more the prices err to one side."
    )


def _presets() -> Sequence[Preset]:
    """Offer a large market and a small one.

    Examples
    --------
    >>> [preset.label for preset in _presets()]
    ['300 people trade', '30 people trade']
    """
    return [
        Preset(
            label=f"{people} people trade", values={"people": people}, code={"people": str(people)},
            source=SOURCE,
        )
        for people in (300, 30)
    ]  # fmt: skip


believers = Playground(
    name="believers",
    title="A hidden worth, by vote and by price",
    model=_model,
    controls=(
        Number(
            name="inequality",
            label="Inequality of worth",
            start=0.37,
            minimum=0.1,
            maximum=0.74,
            step=0.01,
            unit="Gini",
            help="0.1: nearly alike. The shares of the real vote have 0.49, those by price 0.57 "
            "to 0.74.",
        ),
        Number(
            name="noise",
            label="Noise of opinions",
            start=0.6,
            minimum=0.1,
            maximum=1.2,
            step=0.1,
            help="0.6: a usual opinion is too high or too low by a factor of 1.8.",
        ),
        Choice(
            name="purses",
            label="Purses on the market",
            start="equal",
            options={words: purses for purses, words in TOLD.items()},
            help="Who owns more, and so moves the price more.",
        ),
    ),
    picture=_picture,
    receipt=_receipt,
    presets=_presets,
    question=Question(
        ask=_question,
        answer=lambda both: float(both.price_nearer.nearer),
        unit="runs",
        misconceptions=_misconceptions,
        why=_why,
    ),
    grid=Grid(
        sliders=("inequality",),
        choices={"noise": (0.3, 0.6, 1.0), "purses": ("equal", "stake", "knowledge")},
    ),
    longest=340,
    result_name="both",
    code=_code,
    imports=("from dtao_edu.studies import believers",),
)
