"""A pool's curve and one trade on it: every amount of the receipt is a length in the picture."""

from __future__ import annotations

from math import ceil, log2
from typing import Any

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool, Trade
from dtao_edu.figures import style
from dtao_edu.figures.picture import Picture
from dtao_edu.figures.words import amount, number, percent

POINTS = 160
"""Points of a drawn curve."""


def pool_sentence(trade: Trade) -> str:
    """Say what one trade does.

    Parameters
    ----------
    trade : Trade

    Returns
    -------
    str

    Examples
    --------
    >>> print(pool_sentence(Pool(100, 1000, 500).unstake(250)))
    You unstake 250 alpha and receive 20 TAO, 20.0 % less than the 25 that the spot price \
promises; the price falls by 36.0 %, from 0.1 to 0.064 TAO.
    """
    give, get = ("TAO", "alpha") if trade.side == "stake" else ("alpha", "TAO")
    start = f"You {trade.side} {amount(trade.paid, give)}"
    if trade.paid < trade.asked:
        start = (
            f"The limit price lets only {number(trade.paid)} of {amount(trade.asked, give)} "
            f"through: you {trade.side} them"
        )
    turn = "rises" if trade.price_impact > 0 else "falls"
    return (
        f"{start} and receive {amount(trade.received, get)}, "
        f"{percent(trade.slippage_percent / 100)} less than the {number(trade.ideal)} that the "
        f"spot price promises; the price {turn} by {percent(abs(trade.price_impact))}, from "
        f"{number(trade.before.price)} to {number(trade.after.price)} TAO."
    )


def reach(trade: Trade) -> float:
    """How far the picture reaches: at least one reserve, doubled for larger trades.

    It changes in steps, so that the axes stand still while an amount is moved.
    """
    reserve = trade.before.tao_in if trade.side == "stake" else trade.before.alpha_in
    return float(2 ** max(ceil(log2(float(trade.paid / reserve))), 0))


def pool_curve(trade: Trade, *, size: style.SizeName = "page", source: str = "") -> Picture:
    """TAO reserve * alpha reserve = k: a pool's curve, with the pool before and after one trade.

    A stake moves the pool to the right along the curve: the way across is the TAO paid, the way
    down is the alpha received. The straight line is the spot price; what lies between it and the
    curve is the slippage. At the right the same trade in percent of the ideal amount, and its
    three prices.

    Parameters
    ----------
    trade : Trade
        From :meth:`dtao_edu.engine.pool.Pool.stake` or ``unstake``.
    size : {"page", "hall"}
    source : str
        Where the pool's figures come from.

    Returns
    -------
    Picture

    Examples
    --------
    >>> picture = pool_curve(Pool(100, 1000).stake(25))
    >>> picture.figure.axes[0].get_xlabel()
    'TAO in the pool'
    """
    figure, dress = style.blank(size)
    curve = style.axes(
        figure, dress, (0.095, 0.155, 0.515, 0.75), x="TAO in the pool", y="alpha in the pool"
    )
    share = style.axes(figure, dress, (0.70, 0.70, 0.275, 0.10), grid=False)
    prices = style.axes(figure, dress, (0.70, 0.155, 0.275, 0.32), title="Price, TAO for one alpha")

    # What stands still: the curve, the spot price's line, the pool before.
    (hyperbola,) = curve.plot([], [], color=style.SOFT, lw=dress.line)
    (tangent,) = curve.plot([], [], color=style.SOFT, lw=dress.line * 0.5, ls=(0, (5, 4)))
    marks: dict[str, Any] = {"ms": dress.marker, "mew": dress.line * 0.9, "ls": "none"}
    (before,) = curve.plot([], [], "o", mfc="none", mec=style.INK, zorder=5, **marks)
    curve_name = curve.text(0, 0, "the pool's curve", color=style.SOFT, fontsize=dress.note)
    spot_name = curve.text(0, 0, "at the spot price", color=style.SOFT, fontsize=dress.note)

    # What moves.
    (paid,) = curve.plot([], [], color=style.INK, lw=dress.line)
    (received,) = curve.plot([], [], color=style.BLUE, lw=dress.line * 1.6, solid_capstyle="butt")
    (lost,) = curve.plot([], [], color=style.VERMILION, lw=dress.line * 3, ls=(0, (0.7, 0.35)))
    (after,) = curve.plot([], [], "o", color=style.INK, zorder=6, **marks)
    paid_name = curve.text(0, 0, "", color=style.INK, fontsize=dress.note)
    received_name = curve.text(0, 0, "", color=style.INK, fontsize=dress.note)
    (guess,) = curve.plot([], [], color=style.PURPLE, lw=dress.line, ls=(0, (1, 1.5)))
    guess_name = curve.text(0, 0, "", color=style.INK, fontsize=dress.note)

    share.set_xlim(0, 100)
    share.set_ylim(0, 1)
    share.set_axis_off()
    share.text(
        0, 3.0, "Of the ideal amount you", color=style.INK, fontsize=dress.text, va="center"
    )
    kept = share.barh(0.5, 0, height=1, color=style.BLUE)[0]
    gone = share.barh(0.5, 0, height=1, color="none", ec=style.VERMILION, hatch="////")[0]
    kept_name = share.text(0, 1.75, "", color=style.INK, fontsize=dress.note, va="center")
    gone_name = share.text(100, -0.8, "", color=style.INK, fontsize=dress.note, va="center", ha="right")

    prices.set_ylim(-0.6, 2.6)
    prices.set_yticks([2, 1, 0], ["before", "average", "after"])
    prices.tick_params(axis="y", length=0, labelcolor=style.INK)
    prices.spines["left"].set_visible(False)
    (spot,) = prices.plot([], [], "o", mfc="none", mec=style.INK, **marks)
    (mean,) = prices.plot([], [], "D", color=style.BLUE, **{**marks, "ms": dress.marker * 0.8})
    (final,) = prices.plot([], [], "o", color=style.INK, **marks)

    def update(trade: Trade) -> None:
        pool, new, wide = trade.before, trade.after, 1 + 1.15 * reach(trade)
        T, A = float(pool.tao_in), float(pool.alpha_in)
        if curve.get_xlim() != (0, T * wide) or curve.get_ylim() != (0, A * wide):
            curve.set_xlim(0, T * wide)
            curve.set_ylim(0, A * wide)
            x = np.geomspace(T / wide, T * wide, POINTS)
            hyperbola.set_data(x, A - formulas.amount_out(T, A, x - T))
            ends = np.array([T / wide, 2 * T])
            tangent.set_data(ends, A - formulas.ideal_amount_out(T, A, ends - T))
            before.set_data([T], [A])
            curve_name.set_position((T / wide * 1.18, A * wide * 0.96))
            spot_name.set_position((T * 0.03, A * 1.9))
        if trade.side == "stake":
            corner = (float(new.tao_in), A)
            straight = (corner[0], A - float(trade.ideal))
            paid_name.set(position=((T + corner[0]) / 2, A * 1.03), ha="center", va="bottom")
            received_name.set(
                position=(corner[0] + T * wide * 0.012, (A + float(new.alpha_in)) / 2),
                ha="left",
                va="center",
            )
        else:
            corner = (T, float(new.alpha_in))
            straight = (T - float(trade.ideal), corner[1])
            paid_name.set(position=(T * 1.04, (A + corner[1]) / 2), ha="left", va="center")
            received_name.set(
                position=(T * 1.04, corner[1] + A * wide * 0.012), ha="left", va="bottom"
            )
        end = (float(new.tao_in), float(new.alpha_in))
        give, get = ("TAO", "alpha") if trade.side == "stake" else ("alpha", "TAO")
        paid.set_data([T, corner[0]], [A, corner[1]])
        received.set_data([corner[0], end[0]], [corner[1], end[1]])
        lost.set_data([end[0], straight[0]], [end[1], straight[1]])
        after.set_data([end[0]], [end[1]])
        paid_name.set_text(f"{number(trade.paid)} {give} in")
        received_name.set_text(f"{number(trade.received)} {get} out")

        got = 100 - float(trade.slippage_percent)
        kept.set_width(got)
        gone.set_x(got)
        gone.set_width(100 - got)
        kept_name.set_text(f"receive {percent(got / 100)}")
        gone_name.set_text(f"slippage {percent(1 - got / 100)}")

        top = float(pool.price) * (wide**2 if trade.side == "stake" else 1.25)
        prices.set_xlim(0, top)
        spot.set_data([float(pool.price)], [2])
        mean.set_data([float(trade.average_price)], [1])
        final.set_data([float(new.price)], [0])

    def place(value: float | None) -> None:
        guess.set_data([], [])
        guess_name.set_text("")

    return Picture(
        figure=figure,
        size=dress,
        update=update,
        sentence=pool_sentence,
        value=trade,
        moving=(paid, paid_name, spot),
        answer=(received, lost, after, received_name, kept, gone, kept_name, gone_name, mean, final),
        guess=place,
        guessed=(guess, guess_name),
        source=source,
    )
