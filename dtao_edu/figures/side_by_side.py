"""Two rules beside a hidden worth: how much of all emission goes astray, run by run."""

from __future__ import annotations

from typing import Any

import numpy as np

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.believers import Outcome, SideBySide
from dtao_edu.wording import number, percent

PURSES = {
    "equal": "equal purses",
    "stake": "purses as unequal as stake",
    "knowledge": "purses that follow knowledge",
}
"""How purses are told."""
ROWS = ("vote", "price")


def dots_sentence(both: SideBySide) -> str:
    """Say how often which rule is nearer, and how much goes astray under each.

    Examples
    --------
    >>> from dtao_edu.studies.believers import side_by_side
    >>> print(dots_sentence(side_by_side(0.37)))
    Worth of Gini 0.37, noise 0.6, 300 people with equal purses: in 12 of 20 runs the price comes \
nearer to the worth than the vote. By the vote of 64 validators 7.2 % of emission goes astray in \
the median run (4.5 to 9.2 % in most), by price 6.7 % (4.1 to 8.3 %).
    """
    found = both.price_nearer
    vote, price = (_edges(one) for one in (both.vote, both.price))
    return (
        f"Worth of Gini {number(both.inequality, 2)}, noise {number(both.noise, 2)}, "
        f"{both.people} people with {PURSES[both.purses]}: in {found.nearer} of {found.runs} runs "
        "the price comes nearer to the worth than the vote. By the vote of 64 validators "
        f"{percent(vote[1] / 100)} of emission goes astray in the median run ({vote[0]:.1f} to "
        f"{vote[2]:.1f} % in most), by price {percent(price[1] / 100)} ({price[0]:.1f} to "
        f"{price[2]:.1f} %)."
    )


def _edges(outcome: Outcome) -> tuple[float, float, float]:
    low, middle, high = (100 * edge for edge in outcome.band())
    return low, middle, high


@at_any_size
def believers_dots(
    both: SideBySide, *, size: style.SizeName = "page", source: str = ""
) -> Picture[SideBySide]:
    """1/2 sum |worth - share| of every run under both rules, beside the hidden worth.

    At the left the worth of the eight subnets. At the right a row a rule: a small dot a run, a
    bar over the middle nine tenths of them, and a large mark at the median.

    Parameters
    ----------
    both : SideBySide
        From :func:`dtao_edu.studies.believers.side_by_side`.

    Examples
    --------
    >>> from dtao_edu.studies.believers import side_by_side
    >>> picture = believers_dots(side_by_side(0.37))
    >>> [ax.get_title("left") for ax in picture.figure.axes]
    ['Hidden worth, % of all', 'Emission that goes astray, %']
    """
    return _Dots(size).picture(dots_sentence, both, source)


class _Dots(Artists[SideBySide]):
    def __init__(self, size: style.SizeName) -> None:
        super().__init__(size, phone=1.35)
        self._draw_worth()
        self._draw_rules()
        self.known = (self.worth,)
        self.answer = (*self.runs, *self.bars, *self.medians, *self.words)

    def _draw_worth(self) -> None:
        ax = self.add_axes(
            (0.07, 0.17, 0.26, 0.68), phone=(0.12, 0.63, 0.84, 0.27), x="subnet",
            title="Hidden worth, % of all", ticks=4,
        )  # fmt: skip
        ax.set(xlim=(0.4, 8.6), ylim=(0, 80))
        ax.set_xticks(range(1, 9))
        ax.grid(visible=False, axis="x")
        self.worth = ax.stairs(
            [0.0] * 8, np.arange(0.5, 9), fill=True, facecolor=style.SOFT, edgecolor="white",
            linewidth=self.size.line * 0.5,
        )  # fmt: skip

    def _draw_rules(self) -> None:
        size = self.size
        ax = self.astray = self.add_axes(
            (0.45, 0.17, 0.52, 0.68), phone=(0.18, 0.1, 0.78, 0.37),
            title="Emission that goes astray, %",
        )  # fmt: skip
        style.rows(ax, ROWS, text=size.text)
        ax.set_ylim(1.55, -0.6)
        ax.grid(visible=False, axis="y")
        looks: tuple[dict[str, Any], ...] = (
            {"color": style.BLUE, "marker": "o"},
            {"color": style.VERMILION, "marker": "s"},
        )
        self.runs, self.bars, self.medians, self.words = [], [], [], []
        for row, look in enumerate(looks):
            colour = look["color"]
            self.runs += ax.plot(
                [], [], ls="none", marker="|", color=colour, ms=size.marker * 0.9, alpha=0.6
            )
            self.bars += ax.plot([], [], color=colour, lw=size.line * 1.8, alpha=0.75)
            self.medians += ax.plot(
                [], [], ls="none", **look, ms=size.marker * 1.2, mec="white", zorder=5
            )
            self.words.append(style.write(ax, size, (0, row - 0.28)))

    def update(self, both: SideBySide) -> None:
        self.worth.set_data(100 * both.vote.worth)
        highest = 100 * max(one.distances.max() for one in (both.vote, both.price))
        limit = next(step for step in (10, 15, 20, 30, 40, 60, 100) if highest <= step)
        self.astray.set_xlim(0, limit)
        for row, outcome in enumerate((both.vote, both.price)):
            low, middle, high = _edges(outcome)
            distances = 100 * outcome.distances
            self.runs[row].set_data(distances, np.full(len(distances), row + 0.26))
            self.bars[row].set_data([low, high], [row, row])
            self.medians[row].set_data([middle], [row])
            self.words[row].set_text(f"{middle:.1f} in the median; most {low:.1f} to {high:.1f}")
            self.words[row].set_x(0.02 * limit)
