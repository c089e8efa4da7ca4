"""A year of a stake: what would come back in TAO, beside what the listed yield promises."""

from __future__ import annotations

from typing import Any

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, Dash, add_cross, add_line, seen
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.figures.steps import step_up
from dtao_edu.studies.your_stake import StakeYear
from dtao_edu.wording import amount, number, percent

LOOKS: tuple[Dash, ...] = ("-", (0, (1, 1.2)), (0, (5, 3)))
"""How the three lines are told apart without colour: comes back, as listed, paid."""
WIDEST = 3.0
"""Yields beyond three hundred percent stand at the end of their scale."""


def year_sentence(year: StakeYear) -> str:
    """Say what the stake brought in alpha and in TAO.

    Examples
    --------
    >>> from dtao_edu import ledger, studies
    >>> day = ledger.pools("2026-08-07")
    >>> print(year_sentence(studies.stake_year(day[120].pool(), 100, day.root.tao_in, price=0.5)))
    You stake 100 TAO and hold 1,732.5 alpha; after 365 days it is 2,122.9, 22.5 % more (listed: \
28.3 % a year). The price ends at 0.02888 TAO, and 61.214 TAO come back: 38.8 % less than you paid.
    """
    turn = "more" if year.tao_yield >= 0 else "less"
    plan = f", {amount(year.sold, 'TAO')} of it from dividends sold on the way" if year.sold else ""
    return (
        f"You stake {amount(year.paid, 'TAO')} and hold {amount(year.bought, 'alpha')}; after "
        f"{year.days[-1]} days it is {number(year.alpha[-1])}, {percent(year.alpha_yield)} more "
        f"(listed: {percent(year.listed)} a year). The price ends at {number(year.prices[-1])} "
        f"TAO, and {amount(year.back[-1], 'TAO')} come back{plan}: {percent(abs(year.tao_yield))} "
        f"{turn} than you paid."
    )


@at_any_size
def year_lines(year: StakeYear, *, size: SizeName = "page", source: str = "") -> Picture[StakeYear]:
    """TAO that would come back on each day of a stake, beside what the listed yield promises.

    The blue line is what comes back if all is unstaked on that day, the dashed line what was paid,
    the dotted one what the listed yield would make of it if the price stood still. At the right
    both yields of the end: hollow in alpha, full in TAO.

    Parameters
    ----------
    year : StakeYear
        From :func:`dtao_edu.studies.stake_year`.

    Examples
    --------
    >>> from dtao_edu import ledger, studies
    >>> day = ledger.pools("2026-08-07")
    >>> picture = year_lines(studies.stake_year(day[120].pool(), 100, day.root.tao_in))
    >>> picture.figure.axes[0].get_ylabel()
    'TAO'
    """
    return _YearLines(size).picture(year_sentence, year, source)


class _YearLines(Artists[StakeYear]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size)
        dress = self.size
        self.gap = "\n" if dress.narrow else " "
        ax = self.axes = self.add_axes(
            (0.115, 0.165, 0.565, 0.795), phone=(0.16, 0.16, 0.45, 0.74), x="days", y="TAO"
        )
        line = dress.line
        self.back = add_line(ax, style.BLUE, line, LOOKS[0])
        self.promise = add_line(ax, style.VERMILION, line * 0.8, LOOKS[1])
        self.paid = add_line(ax, style.SOFT, line * 0.7, LOOKS[2])
        (self.end,) = ax.plot([], [], "o", color=style.BLUE, ms=dress.marker, clip_on=False)
        self.guess = add_cross(ax, dress)
        self.guess.set_clip_on(False)
        for place, (mark, name) in enumerate(
            ((self.back, "comes back"), (self.promise, "as listed"), (self.paid, "paid"))
        ):
            y = 0.955 - 0.075 * place
            ax.plot(
                [0.02, 0.09], [y, y], transform=ax.transAxes, color=mark.get_color(),
                lw=mark.get_linewidth(), ls=LOOKS[place],
            )  # fmt: skip
            style.write(ax, dress, (0.105, y), name, transform=ax.transAxes)
        gauge = self.gauge = self.add_axes(
            (0.80, 0.165, 0.05, 0.72), phone=(0.75, 0.16, 0.04, 0.70), grid=False, ticks=6
        )
        gauge.set_xlim(-1, 1)
        gauge.set_xticks([])
        gauge.spines["bottom"].set_visible(False)
        above = (0.5, 1.09 if dress.narrow else 1.035)
        style.write(
            gauge, dress, above, f"yield of{self.gap}the year, %", ha="center", va="bottom",
            transform=gauge.transAxes,
        )  # fmt: skip
        gauge.axhline(0, color=style.FAINT, lw=line * 0.5)
        marks: dict[str, Any] = {"ms": dress.marker, "mew": line * 0.9, "clip_on": False}
        (self.alpha,) = gauge.plot([], [], "o", ls="none", mfc="none", mec=style.INK, **marks)
        (self.tao,) = gauge.plot([], [], "D", ls="none", color=style.BLUE, zorder=6, **marks)
        self.names = [style.write(gauge, dress, (1.4, 0)) for _ in range(2)]
        self.known = (self.paid, self.promise)
        self.answer = (self.back, self.end, self.alpha, self.tao, *self.names)
        self.guessed = (self.guess,)

    def update(self, year: StakeYear) -> None:
        days, ax, gauge = list(year.days), self.axes, self.gauge
        promised = [year.paid * (1 + year.listed * day / 365) for day in days]
        top = step_up(max(*year.back, *promised, year.paid))
        ax.set_xlim(0, days[-1])
        ax.set_ylim(0, top)
        self.paid.set_data([0, days[-1]], [year.paid] * 2)
        self.promise.set_data(days, promised)
        self.back.set_data(days, list(year.back))
        self.end.set_data([days[-1]], [year.back[-1]])
        yields = [min(year.alpha_yield, WIDEST), min(year.tao_yield, WIDEST)]
        highest = max(*yields, 0.25)
        gauge.set_ylim(-100, 100 * step_up(highest))
        self.alpha.set_data([0], [100 * yields[0]])
        self.tao.set_data([0], [100 * yields[1]])
        apart = (0.13 if self.size.narrow else 0.055) * (100 + 100 * step_up(highest))
        places = [100 * yields[0], 100 * yields[1]]
        if abs(places[0] - places[1]) < apart:
            middle = sum(places) / 2
            upper = 1 if places[0] >= places[1] else -1
            places = [middle + upper * apart / 2, middle - upper * apart / 2]
        for text, place, value, what in zip(
            self.names, places, (year.alpha_yield, year.tao_yield), ("alpha", "TAO"), strict=True
        ):
            text.set_text(f"{percent(value)}{self.gap}in {what}")
            text.set_position((1.4, place))

    def place_guess(self, guess: float | None) -> None:
        """Mark how much TAO the learner thought would come back."""
        last = float(self.axes.get_xlim()[1])
        at = seen(guess)
        self.guess.set_data([last] * len(at), at)
