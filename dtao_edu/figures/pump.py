"""A pump over time: spot price and moving price, and the share of emission that follows."""

from __future__ import annotations

from matplotlib.patches import Patch
from matplotlib.ticker import MultipleLocator

from dtao_edu.engine.units import BLOCKS_PER_DAY, BLOCKS_PER_HOUR
from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_line
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.steps import step_up
from dtao_edu.studies.pump import Pump
from dtao_edu.wording import day_in_words, in_hours, number, percent

_LEAD = 0.04
_DASH, _DOTS = (0, (6, 2)), (0, (1.2, 1.6))


def pump_sentence(pump: Pump) -> str:
    """Say what was lifted and for how long, how high the moving price came, and what it brought.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> from dtao_edu.studies import CalmMarket, pump
    >>> print(pump_sentence(pump(CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9), 1.0, 300)))
    The spot price of subnet 1 is lifted from 0.1 to 1 TAO for 1 hour: the moving price comes to \
0.171 TAO, the share of emission to 15.9 %. Half of the gain is gone 8.47 hours after its height. \
The pump took 216 TAO; the pool receives 230 TAO more in 2 days.
    """
    top, last = pump.moving[pump.top], f"{number(pump.blocks[-1] / BLOCKS_PER_DAY, 3)} days"
    came = (
        f"the moving price comes to {number(top, 3)} TAO, the share of emission to "
        f"{percent(max(pump.shares))}."
    )
    if pump.half_gone is None:
        gone = f"After {last}, less than half of the gain is gone."
    else:
        gone = f"Half of the gain is gone {in_hours(pump.half_gone)} after its height."
    more = f"{number(abs(round(pump.extra_tao)))} TAO {'more' if pump.extra_tao > 0 else 'less'}"
    if pump.tao is None:
        return (
            f"From {day_in_words(pump.day)} the spot price of subnet {pump.netuid} goes from "
            f"{number(pump.spot[0], 3)} to {number(max(pump.spot), 3)} TAO and falls to "
            f"{number(pump.spot[-1], 3)}: {came} {gone} The pool receives {more} in {last} "
            f"than if the price had stayed."
        )
    return (
        f"The spot price of subnet {pump.netuid} is lifted from {number(pump.spot[-1], 3)} to "
        f"{number(pump.spot[0], 3)} TAO for {in_hours(pump.blocks_held)}: {came} {gone} The "
        f"pump took {number(round(pump.tao))} TAO; the pool receives {more} in {last}."
    )


@at_any_size
def pump_lines(pump: Pump, *, size: style.SizeName = "page", source: str = "") -> Picture[Pump]:
    """m' = (1 - a) m + a min(p, 1), and share = m / sum m: a pump, and what counts of it.

    Above the spot price and the moving price, below the shares of emission by the one and the
    other. The area is what the subnet is paid beside what it would be paid without the pump.

    Parameters
    ----------
    pump : Pump
        From :func:`dtao_edu.studies.pump` or :func:`dtao_edu.studies.past_pump`.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> from dtao_edu.studies import CalmMarket, pump
    >>> picture = pump_lines(pump(CalmMarket(1, Pool(100.0, 1000.0, 0.0), 0.9), 1.0, 300))
    >>> picture.figure.axes[1].get_xlabel()
    'hours since the pump began'
    """
    return _PumpLines(size).picture(pump_sentence, pump, source)


class _PumpLines(Artists[Pump]):
    def __init__(self, size: style.SizeName) -> None:
        super().__init__(size, phone=1.75)
        dress = self.size
        self.prices = self.add_axes(
            (0.09, 0.565, 0.655, 0.395), y="TAO per alpha", ticks=4,
            phone=(0.16, 0.665, 0.80, 0.315),
        )  # fmt: skip
        self.prices.tick_params(axis="x", labelbottom=False)
        words = "share of emission, %" if dress.caption else "share, %"  # large letters on a slide
        self.shares = self.add_axes(
            (0.09, 0.135, 0.655, 0.36), y=words, ticks=4, phone=(0.16, 0.215, 0.80, 0.27)
        )
        self.cap = add_line(self.prices, style.VERMILION, dress.line * 0.7, (0, (3, 1.5)))
        self.without = add_line(self.prices, style.SOFT, dress.line * 0.8, _DOTS)
        self.spot = add_line(self.prices, style.INK, dress.line * 0.8)
        self.moving = add_line(self.prices, style.BLUE, dress.line * 1.2, _DASH)
        (self.top,) = self.prices.plot([], [], "D", color=style.BLUE, ms=dress.marker)
        self.top_name = style.write(self.prices, dress, (0, 0), va="bottom")
        self.area = self.shares.fill([0, 0], [0, 0], color=style.BLUE, alpha=0.25, lw=0)[0]
        self.still_share = add_line(self.shares, style.SOFT, dress.line * 0.8, _DOTS)
        self.spot_share = add_line(self.shares, style.INK, dress.line * 0.8)
        self.share = add_line(self.shares, style.BLUE, dress.line * 1.2, _DASH)
        self.guess = add_line(self.prices, style.PURPLE, dress.line, (0, (1, 1.2)))
        self.guess_name = style.write(self.prices, dress, (0, 0), ha="right", va="bottom")
        above = {
            "spot price": self.spot,
            "moving price": self.moving,
            "if it had stayed": self.without,
            "what counts at most": self.cap,
        }
        below = {
            "by spot price": self.spot_share,
            "by moving price": self.share,
            "if it had stayed": self.still_share,
            "the difference": Patch(color=style.BLUE, alpha=0.25, lw=0),
        }
        below_on_phone = {self.prices: (-0.14, -0.06), self.shares: (-0.14, -0.30)}
        for ax, names in ((self.prices, above), (self.shares, below)):
            ax.legend(
                list(names.values()), list(names), loc="upper left",
                bbox_to_anchor=below_on_phone[ax] if dress.narrow else (1.01, 1.04),
                ncols=2 if dress.narrow else 1, columnspacing=0.6,
                frameon=False, fontsize=dress.note, labelcolor=style.INK,
                handlelength=1.4 if dress.narrow else 2.6,
                labelspacing=0.7,
            )  # fmt: skip
        self.known = (self.cap, self.without, self.spot, self.spot_share, self.still_share)
        self.answer = (self.area, self.moving, self.share, self.top, self.top_name)
        self.guessed = (self.guess, self.guess_name)

    def update(self, pump: Pump) -> None:
        self._frame(pump)
        # In a calm market the story before the pump is told too: a flat line up to its beginning.
        lead = [] if pump.day else [self.prices.get_xlim()[0], 0.0]
        x = [*lead, *(block / self.unit for block in pump.blocks)]
        for line, column, before, times in (
            (self.spot, pump.spot, pump.spot[-1], 1),
            (self.moving, pump.moving, pump.moving[0], 1),
            (self.without, pump.without, pump.without[0], 1),
            (self.spot_share, pump.spot_shares, pump.spot_shares[-1], 100),
            (self.share, pump.shares, pump.shares[0], 100),
            (self.still_share, pump.shares_without, pump.shares_without[0], 100),
        ):
            line.set_data(x, [times * value for value in (*[before] * len(lead), *column)])
        there = x[len(lead) :]
        upper, lower = (
            [100 * share for share in column] for column in (pump.shares, pump.shares_without)
        )
        self.area.set_xy(list(zip(there + there[::-1], upper + lower[::-1], strict=True)))
        self.cap.set_data(list(self.prices.get_xlim()), [1, 1] if pump.capped else [-1, -1])
        at, top = there[pump.top], pump.moving[pump.top]
        self.top.set_data([at], [top])
        gap = self.prices.get_xlim()[1] * 0.015
        self.top_name.set(position=(at + gap, top), text=f"{number(top, 3)} TAO")

    def _frame(self, pump: Pump) -> None:
        """Set the limits, which change in steps, and what depends on them alone."""
        told = pump.blocks[-1]
        self.unit = BLOCKS_PER_HOUR if told <= 2 * BLOCKS_PER_DAY else BLOCKS_PER_DAY
        name = "hours" if self.unit == BLOCKS_PER_HOUR else "days"
        what = day_in_words(pump.day) if pump.day else "the pump began"
        label = f"{name} since {what}"
        low = 0 if pump.day else -_LEAD * told / self.unit
        limits = (low, told / self.unit)
        highest = 100 * max(*pump.spot_shares, *pump.shares)
        self.prices.set_ylim(0, _top(max(pump.spot)))
        self.shares.set_ylim(0, _top(highest))
        if (self.shares.get_xlabel(), self.shares.get_xlim()) != (label, limits):
            self.shares.set_xlabel(label)
            for ax in (self.prices, self.shares):
                ax.set_xlim(limits)
                ax.xaxis.set_major_locator(
                    MultipleLocator(6 if self.unit == BLOCKS_PER_HOUR else 1)
                )

    def place_guess(self, guess: float | None) -> None:
        """Mark how high the learner thought the moving price would come."""
        low, high = self.prices.get_xlim()
        self.guess.set_data(([], []) if guess is None else ([low, high], [guess, guess]))
        self.guess_name.set(position=(high, guess or 0), text="" if guess is None else "your guess")


def _top(value: float) -> float:
    """Return where an axis ends: no step lies at 1 TAO, about which a learner moves the price."""
    return 1.12 * step_up(value, (1.2, 1.6, 2.4, 4, 6, 8, 12))
