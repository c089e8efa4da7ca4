"""A pool's curve and one trade on it: every amount of the receipt is a length in the picture."""

from __future__ import annotations

from math import ceil, log2
from typing import Any

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Trade
from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_line
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.touch import Handle, Part
from dtao_edu.wording import amount, change, number, percent

LINE = "\n"
POINTS = 160
"""Points of a drawn curve."""


def pool_sentence(trade: Trade) -> str:
    """Say what one trade does.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> print(pool_sentence(Pool(100, 1000, 500).unstake(250)))
    You unstake 250 alpha and receive 20 TAO, 20.0 % less than the 25 that the spot price \
promises; the price falls by 36.0 %, from 0.1 to 0.064 TAO.
    """
    start = f"You {trade.side} {_paid(trade)}"
    if trade.paid < trade.asked:
        give = "TAO" if trade.side == "stake" else "alpha"
        start = (
            f"The limit price lets only {_paid(trade)} of {amount(trade.asked, give)} "
            f"through: you {trade.side} them"
        )
    turn = "rises" if trade.price_impact > 0 else "falls"
    return (
        f"{start} and receive {_received(trade)}, {_lost(trade)} than the {number(trade.ideal)} "
        f"that the spot price promises; the price {turn} {change(trade.price_impact)}, from "
        f"{number(trade.before.price)} {_price(trade)}."
    )


def _paid(trade: Trade) -> str:
    if trade.paid < trade.asked:
        return number(trade.paid)
    return amount(trade.paid, "TAO" if trade.side == "stake" else "alpha")


def _received(trade: Trade) -> str:
    return amount(trade.received, "alpha" if trade.side == "stake" else "TAO")


def _lost(trade: Trade) -> str:
    return f"{percent(trade.slippage_percent / 100)} less"


def _price(trade: Trade) -> str:
    return f"to {number(trade.after.price)} TAO"


def reach(trade: Trade) -> float:
    """Say how much of a reserve is shown around the pool: a half, doubled as often as needed.

    It changes in steps, so that the axes stand still while an amount is moved.
    """
    reserve = trade.before.tao_in if trade.side == "stake" else trade.before.alpha_in
    return float(2 ** max(ceil(log2(float(trade.asked / reserve)) - 1e-9), -1))


@at_any_size
def pool_curve(trade: Trade, *, size: style.SizeName = "page", source: str = "") -> Picture[Trade]:
    """TAO reserve * alpha reserve = k: a pool's curve, with the pool before and after one trade.

    A stake moves the pool to the right along the curve: the way across is the TAO paid, the way
    down is the alpha received. The straight line is the spot price; what lies between it and the
    curve is the slippage. At the right the same trade in percent of the ideal amount, and its
    three prices.

    Parameters
    ----------
    trade : Trade
        From :meth:`dtao_edu.engine.pool.Pool.stake` or ``unstake``.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> picture = pool_curve(Pool(100, 1000).stake(25))
    >>> picture.figure.axes[0].get_xlabel()
    'TAO in the pool'
    """
    drawn = _PoolCurve(size)
    return drawn.picture(pool_sentence, trade, source, drawn.handle)


class _PoolCurve(Artists[Trade]):
    def __init__(self, size: style.SizeName) -> None:
        super().__init__(size, phone=1.6)
        # A slide has larger letters between the two halves, and keeps its own margin.
        self.right = 0.715 if self.size.caption else 0.74
        self._draw_curve()
        self._draw_share()
        self._draw_prices()
        self.known = (self.paid, self.unfilled, self.paid_name)
        self.answer = (
            self.received, self.lost, self.after, self.received_name, self.lost_name,
            self.kept, self.gone, self.share_name, self.mean, self.final,
        )  # fmt: skip
        self.parts = (
            Part(_paid, (self.paid, self.paid_name)),
            Part(_received, (self.received, self.received_name, self.kept)),
            Part(_lost, (self.lost, self.lost_name, self.gone)),
            Part(_price, (self.final,)),
        )
        self.guessed = (self.guess, self.guess_name)

    def handle(self, trade: Trade) -> Handle:
        """Drag a stake along the TAO in the pool, an unstake along its alpha."""
        pool = trade.before
        if trade.side == "stake":
            return Handle("tao", self.curve, "x", float(pool.tao_in))
        return Handle("alpha", self.curve, "y", float(pool.alpha_in))

    def _draw_curve(self) -> None:
        size = self.size
        ax = self.curve = self.add_axes(
            (0.125, 0.145, 0.50, 0.815),
            phone=(0.235, 0.50, 0.73, 0.485),
            x="TAO in the pool",
            y="alpha in the pool",
        )
        marks: dict[str, Any] = {"ms": size.marker, "mew": size.line * 0.9, "ls": "none"}
        self.marks = marks
        note: dict[str, Any] = {"fontsize": size.note}
        self.hyperbola = add_line(ax, style.SOFT, size.line)
        self.tangent = add_line(ax, style.SOFT, size.line * 0.5, (0, (5, 4)))
        (self.before,) = ax.plot([], [], "o", mfc="none", mec=style.INK, zorder=5, **marks)
        self.curve_name = ax.text(0, 0, "the pool's curve", color=style.SOFT, **note)
        self.spot_name = style.write(
            ax, size, (0, 0), "at the spot price", color=style.SOFT, ha="right"
        )
        self.paid = add_line(ax, style.INK, size.line)
        self.unfilled = add_line(ax, style.INK, size.line * 0.6, ":")
        self.received = add_line(ax, style.BLUE, size.line * 1.8)
        self.received.set_solid_capstyle("butt")
        self.lost = add_line(ax, style.VERMILION, size.line * 2.4, (0, (0.6, 0.4)))
        (self.after,) = ax.plot([], [], "o", color=style.INK, zorder=6, **marks)
        self.paid_name = ax.text(0, 0, "", color=style.INK, **note)
        self.received_name = ax.text(0, 0, "", color=style.INK, **note)
        self.lost_name = ax.text(0, 0, "slippage", color=style.INK, **note)
        (self.guess,) = ax.plot(
            [], [], marker="x", markevery=[1], color=style.PURPLE, lw=size.line, ls=(0, (1, 1.2)),
            ms=size.marker, mew=size.line, zorder=7,
        )  # fmt: skip
        self.guess_name = ax.text(0, 0, "", color=style.INK, zorder=7, **note)

    def _draw_share(self) -> None:
        size = self.size
        ax = self.add_axes(
            (self.right, 0.715, 0.265, 0.095), grid=False, phone=(0.05, 0.285, 0.90, 0.045)
        )
        ax.set_xlim(0, 100)
        ax.set_ylim(0, 1)
        ax.set_axis_off()
        title = 2.35 if size.caption else 2.6
        style.write(ax, size, (0, title), "Of the ideal amount", fontsize=size.text)
        ax.barh(0.5, 100, height=1, color="none", ec=style.SOFT, lw=size.line * 0.4)
        self.kept = ax.barh(0.5, 0, height=1, color=style.BLUE)[0]
        self.gone = ax.barh(0.5, 0, height=1, color="none", ec=style.VERMILION, hatch="////")[0]
        self.share_name = style.write(ax, size, (0, 1.5 if size.caption else 1.62))

    def _draw_prices(self) -> None:
        size, marks = self.size, self.marks
        ax = self.prices = self.add_axes(
            (self.right, 0.145, 0.265, 0.32),
            phone=(0.235, 0.055, 0.71, 0.14),
            title="Price, TAO for one alpha",
            ticks=4,
        )
        ax.set_ylim(-0.6, 2.6)
        ax.set_yticks([2, 1, 0], ["before", "average", "after"])
        ax.tick_params(axis="y", length=0, labelcolor=style.INK)
        ax.spines["left"].set_visible(False)
        (self.spot,) = ax.plot([], [], "o", mfc="none", mec=style.INK, **marks)
        (self.mean,) = ax.plot([], [], "D", color=style.BLUE, **{**marks, "ms": size.marker * 0.8})
        (self.final,) = ax.plot([], [], "o", color=style.INK, **marks)

    def update(self, trade: Trade) -> None:
        self.trade = trade
        self._frame(trade)
        pool, new = trade.before, trade.after
        T, A = float(pool.tao_in), float(pool.alpha_in)
        end = (float(new.tao_in), float(new.alpha_in))
        gap = 0.015 * (1 + 2 * reach(trade))
        if trade.side == "stake":
            give, get = "TAO", "alpha"
            corner, straight = (end[0], A), (end[0], A - float(trade.ideal))
            asked = (T + float(trade.asked), A)
            self.paid_name.set(position=(T, A * (1 + gap)), ha="left", va="bottom")
            beside = (end[0] + T * gap, (A + end[1]) / 2)
            self.received_name.set(position=beside, ha="left", va="bottom")
            below = (end[0] - T * gap, straight[1] - A * gap)
            self.lost_name.set(position=below, ha="right", va="top")
        else:
            give, get = "alpha", "TAO"
            corner, straight = (T, end[1]), (T - float(trade.ideal), end[1])
            asked = (T, A + float(trade.asked))
            self.paid_name.set(position=(T * (1 + gap), (A + end[1]) / 2), ha="left", va="center")
            self.received_name.set(
                position=((T + end[0]) / 2, end[1] + A * gap), ha="center", va="bottom"
            )
            self.lost_name.set(position=(straight[0], end[1] - A * gap), ha="center", va="top")
        self.corner = corner
        self.paid.set_data([T, corner[0]], [A, corner[1]])
        self.unfilled.set_data([corner[0], asked[0]], [corner[1], asked[1]])
        self.unfilled.set_visible(trade.paid < trade.asked)
        self.received.set_data([corner[0], end[0]], [corner[1], end[1]])
        self.lost.set_data([end[0], straight[0]], [end[1], straight[1]])
        self.after.set_data([end[0]], [end[1]])
        self.paid_name.set_text(f"{number(trade.paid)} {give} in")
        self.received_name.set_text(f"{number(trade.received)} {get} out")

        shown = 1.5 * (T if trade.side == "unstake" else A) * reach(trade)
        self.lost_name.set_visible(float(trade.slippage) > 0.02 * shown)
        lost = float(trade.slippage_percent)
        self.kept.set_width(100 - lost)
        self.gone.set(x=100 - lost, width=lost)
        self.share_name.set_text(
            f"received {percent(1 - lost / 100)}"
            f"{', ' if self.size.caption else LINE}slippage {percent(lost / 100)}"
        )
        self.mean.set_data([float(trade.average_price)], [1])
        self.final.set_data([float(new.price)], [0])

    def _frame(self, trade: Trade) -> None:
        """Set the limits, and what depends on them alone."""
        pool, wide = trade.before, reach(trade)
        T, A, p = float(pool.tao_in), float(pool.alpha_in), float(pool.price)
        low, high = max(1 - 1.2 * wide, 0), 1 + 1.7 * wide
        self.prices.set_xlim(0, p * (1.1 * (1 + wide) ** 2 if trade.side == "stake" else 1.15))
        if self.curve.get_xlim() == (T * low, T * high) and self.curve.get_ylim()[1] == A * high:
            return
        self.curve.set_xlim(T * low, T * high)
        self.curve.set_ylim(A * low, A * high)
        x = np.geomspace(T / high, T * high, POINTS)
        self.hyperbola.set_data(x, A - formulas.amount_out(T, A, x - T))
        ends = np.array([T * max(2 - high, 0), T * min(high, 2)])
        self.tangent.set_data(ends, A - formulas.ideal_amount_out(T, A, ends - T))
        self.before.set_data([T], [A])
        self.spot.set_data([p], [2])
        top = high - 0.1 * wide
        self.curve_name.set(position=(T * (1 / top + 0.08 * wide), A * top))
        down = min(1.04 * wide, 0.9)
        # Around a trade many times the pool, the line is too short to carry its name.
        self.spot_name.set_visible(wide <= 2)
        self.spot_name.set(position=(T * (1 + down - 0.07 * wide), A * (1 - down)))

    def place_guess(self, guess: float | None) -> None:
        """Mark how much the learner thought would come out."""
        self.guess.set_data([], [])
        self.guess_name.set_text("" if guess is None else "your guess")
        if guess is None:
            return
        pool, (x, y), gap = self.trade.before, self.corner, 0.02
        T, A = float(pool.tao_in), float(pool.alpha_in)
        if self.trade.side == "stake":
            level = A - guess
            self.guess.set_data([T, x], [level, level])
            self.guess_name.set(position=(T * (1 - gap), level), ha="right", va="center")
        else:
            level = T - guess
            self.guess.set_data([level, level], [A, y])
            self.guess_name.set(position=(level, A * (1 - gap)), ha="center", va="top")
