"""A day's shares by price and by a rule of choice, and how far both are from what was paid."""

from __future__ import annotations

from math import ceil, log10
from typing import Any

import numpy as np
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_cross, seen
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.measures import top_share
from dtao_edu.studies.any_rule import DayByRule
from dtao_edu.wording import number, percent

LEAST = 1e-4
"""The smallest distance that the scale shows."""
TOPS = (10, 15, 20, 30, 50, 100)
"""Where the scale of shares may end, percent."""
SHOWN = 64
"""How many subnets are drawn: the others get next to nothing by any of the rules."""


def day_sentence(day: DayByRule) -> str:
    """Say what the rule gives the dearest and the ten largest, and how far it is from the payment.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> from dtao_edu.studies.any_rule import day_by_rule
    >>> print(day_sentence(day_by_rule(ledger.pools("2026-08-07"))))
    7 August 2026, gate at the share of rank 32, less burning, with switches: subnet 64, the \
dearest, gets 12.5 % (6.7 % by price alone), the ten largest together 68.9 %; 52 of 127 get \
nothing. Distance from what was paid: 0.0003, by price alone 0.7686.
    """
    dearest = day.largest
    sentence = (
        f"{day.day}, {day.words}: subnet {dearest}, the dearest, gets "
        f"{percent(day.shares[dearest])} ({percent(day.price[dearest])} by price alone), the ten "
        f"largest together {percent(float(top_share(day.shares, 10)))}; {day.unpaid} of "
        f"{len(day.shares)} get nothing."
    )
    if day.distance is None or day.price_distance is None:
        return f"{sentence} What was paid is not known."
    return (
        f"{sentence} Distance from what was paid: {day.distance:.4f}, by price alone "
        f"{day.price_distance:.4f}."
    )


@at_any_size
def day_shares(day: DayByRule, *, size: SizeName = "page", source: str = "") -> Picture[DayByRule]:
    """s_i of every subnet by a rule, over its share by price, and the distance from the payment.

    The 64 dearest subnets stand from the dearest on. The grey line is the share by moving price
    alone, the bars the share by the rule, the dots what was paid. At the right the L1 distance
    from the payment: hollow by price alone, full by the rule.

    Parameters
    ----------
    day : DayByRule
        From :func:`dtao_edu.studies.any_rule.day_by_rule`.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> from dtao_edu.studies.any_rule import day_by_rule
    >>> picture = day_shares(day_by_rule(ledger.pools("2026-08-07")))
    >>> picture.figure.axes[0].get_ylabel()
    'share of emission, %'
    """
    return _DayShares(size).picture(day_sentence, day, source)


class _DayShares(Artists[DayByRule]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size)
        dress = self.size
        left = 0.115 if dress.caption else 0.14
        ax = self.axes = self.add_axes(
            (left, 0.165, 0.80 - left - 0.06, 0.795),
            phone=(0.13, 0.145, 0.58, 0.72),
            x=f"the {SHOWN} with the highest moving prices",
            y="share of emission, %",
        )
        line = dress.line
        self.shares = ax.stairs([0], [0, 1], fill=True, color=style.BLUE, lw=0)
        self.price = ax.stairs([0], [0, 1], color=style.SOFT, lw=line * 0.7, baseline=None)
        (self.paid,) = ax.plot([], [], ".", color=style.INK, ms=dress.marker * 0.45, zorder=5)
        (self.bar,) = ax.plot([], [], color=style.VERMILION, lw=line * 0.7, ls=(0, (3, 1.5)))
        self.bar_name = style.write(ax, dress, (0, 0), ha="right", va="bottom")
        self.guess = add_cross(ax, self.size)
        self._legend()
        gauge = self.add_axes(
            (0.865, 0.165, 0.05, 0.72), grid=False, phone=(0.835, 0.145, 0.03, 0.72)
        )
        gauge.set_yscale("log")
        gauge.set_ylim(LEAST, 2)
        gauge.set_xlim(-1, 1)
        gauge.set_xticks([])
        gauge.spines["bottom"].set_visible(False)
        gauge.yaxis.set_major_locator(FixedLocator([1e-4, 1e-3, 1e-2, 1e-1, 1]))
        gauge.yaxis.set_minor_locator(NullLocator())
        gauge.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value, 2)))
        left, side = (5.4, "right") if dress.narrow else (0.5, "center")
        style.write(
            gauge, dress, (left, 1.035), "distance from\nwhat was paid", ha=side, va="bottom",
            transform=gauge.transAxes,
        )  # fmt: skip
        marks: dict[str, Any] = {"ms": dress.marker, "mew": line * 0.9, "clip_on": False}
        (self.first,) = gauge.plot([], [], "o", ls="none", mfc="none", mec=style.INK, **marks)
        (self.second,) = gauge.plot([], [], "D", ls="none", color=style.BLUE, zorder=6, **marks)
        self.second_name = style.write(gauge, dress, (1.3, 1))
        self.known = (self.price, self.bar, self.bar_name, self.first)
        self.answer = (self.shares, self.paid, self.second, self.second_name)
        self.guessed = (self.guess,)

    def _legend(self) -> None:
        """Name the three marks in the empty corner; what stands still."""
        ax, dress = self.axes, self.size
        rows: tuple[tuple[str, dict[str, Any]], ...] = (
            ("by price alone", {"color": style.SOFT, "lw": dress.line * 0.7}),
            ("by the rule", {"color": style.BLUE, "lw": dress.text * 0.6}),
            ("paid", {"color": style.INK, "marker": ".", "ls": "none", "ms": dress.marker * 0.8}),
        )
        for place, (name, look) in enumerate(rows):
            y = 0.95 - 0.085 * place
            left = 0.56 if dress.narrow else 0.66
            x = [left + 0.02] if "marker" in look else [left, left + 0.04]
            ax.plot(x, [y] * len(x), transform=ax.transAxes, solid_capstyle="butt", **look)
            style.write(ax, dress, (left + 0.06, y), name, transform=ax.transAxes)

    def update(self, day: DayByRule) -> None:
        order = list(day.price.top(SHOWN))
        count = len(order)
        edges = np.arange(count + 1) + 0.5
        price = np.array([100 * day.price[netuid] for netuid in order])
        shares = np.array([100 * day.shares[netuid] for netuid in order])
        paid = [] if day.paid is None else [100 * day.paid[netuid] for netuid in order]
        highest = max(price.max(), shares.max(), *paid)
        ax = self.axes
        ax.set_xlim(0.5, count + 0.5)
        ax.set_ylim(0, next(top for top in TOPS if top >= highest - 1e-9))
        self.price.set_data(price, edges)
        self.shares.set_data(shares, edges)
        self.paid.set_data(range(1, len(paid) + 1), paid)
        self.bar.set_data([], [])
        self.bar_name.set_text("")
        if day.theta is not None:
            height = 100 * day.theta
            self.bar.set_data([0.5, count + 0.5], [height, height])
            said = "bar: {}" if self.size.narrow else "the bar, {}: half passes"
            self.bar_name.set_text(said.format(percent(day.theta, 2)))
            self.bar_name.set_position((count, height + 0.008 * ax.get_ylim()[1]))
        known = [] if day.price_distance is None else [max(day.price_distance, LEAST)]
        self.first.set_data([0] * len(known), known)
        now = [] if day.distance is None else [max(day.distance, LEAST)]
        self.second.set_data([0] * len(now), now)
        self.second_name.set_text("" if day.distance is None else _short(day.distance))
        self.second_name.set_position((1.3, now[0] if now else 1))

    def place_guess(self, guess: float | None) -> None:
        """Mark what the learner thought that the dearest subnet gets, in percent."""
        at = seen(guess)
        self.guess.set_data([1] * len(at), at)


def _short(distance: float) -> str:
    """Write a distance with two digits.

    Examples
    --------
    >>> _short(0.00026510), _short(0.7686)
    ('0.00027', '0.77')
    """
    if distance <= 0:
        return "0"
    return f"{distance:.{max(1 - ceil(log10(distance)) + 1, 2)}f}"
