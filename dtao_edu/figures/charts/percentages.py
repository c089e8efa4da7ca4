"""Three percentages of one trade: slippage, average price and price impact, by its size."""

from __future__ import annotations

from math import ceil, log2
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.text import Text

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Trade
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.wording import amount, number

POINTS = 120
"""Points of a drawn curve."""
_LOOKS = (
    (style.INK, "o", "-", "price impact"),
    (style.BLUE, "D", (0, (6, 2)), "average against spot"),
    (style.VERMILION, "s", (0, (2, 1.2)), "slippage"),
)
# Where a mark's number stands, to the right and above or not, so that no curve runs through it.
_PLACES = {
    "stake": ((-1, 1), (-1, 1), (1, -1)),
    "unstake": ((-1, -1), (1, 1), (-1, 1)),
}


def percentages(trade: Trade) -> tuple[float, float, float]:
    """Price impact, average price against the spot price before, and slippage, in percent.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> [round(value, 3) for value in percentages(Pool(10, 100).stake(5))]
    [125.0, 50.0, 33.333]
    """
    spot = trade.before.price
    # How far one price stands above another: the same question for average and for final price.
    return (
        float(100 * trade.price_impact),
        float(100 * formulas.price_impact(spot, trade.average_price)),
        float(trade.slippage_percent),
    )


def percentages_sentence(trade: Trade) -> str:
    """Say the three percentages of one trade.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> print(percentages_sentence(Pool(10, 100).stake(5)))
    You stake 5 TAO into a pool of 10 TAO: the slippage is 33.3 % of the ideal amount, the \
average price lies 50 % above the spot price before, and the price impact is 125 %.
    """
    impact, average, slip = percentages(trade)
    stake = trade.side == "stake"
    unit, reserve = ("TAO", trade.before.tao_in) if stake else ("alpha", trade.before.alpha_in)
    return (
        f"You {trade.side} {amount(trade.paid, unit)} into a pool of {amount(reserve, unit)}: the "
        f"slippage is {number(slip, 3)} % of the ideal amount, the average price lies "
        f"{number(abs(average), 3)} % {'above' if average > 0 else 'below'} the spot price before, "
        f"and the price impact is {number(impact, 3)} %."
    )


@at_any_size
def trade_percentages(trade: Trade, *, size: SizeName = "page", source: str = "") -> Picture[Trade]:
    """t / (T + t), t / T and (1 + t / T)^2 - 1: one trade under its three names.

    The curves show each percentage for every size of a trade without a fee, the size counted in
    percent of the reserve that takes it in. The three marks are the trade's own.

    Parameters
    ----------
    trade : Trade

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> picture = trade_percentages(Pool(10, 100).stake(5))
    >>> picture.figure.axes[0].get_ylabel()
    'percent'
    """
    figure, dress = style.blank(size)
    ax = style.axes(figure, dress, (0.085, 0.155, 0.70, 0.79), y="percent")
    zero = ax.axhline(0, color=style.SOFT, lw=dress.line * 0.4)
    zero.set_zorder(1)
    curves: list[Line2D] = []
    names: list[Text] = []
    marks: list[Line2D] = []
    values: list[Text] = []
    for color, marker, dash, name in _LOOKS:
        curves += ax.plot([], [], color=color, lw=dress.line * 0.8, ls=dash)
        names.append(style.write(ax, dress, (0, 0), f"  {name}"))
        marks += ax.plot([], [], marker, color=color, ms=dress.marker, ls="none", zorder=5)
        values.append(style.write(ax, dress, (0, 0), zorder=6))
    (upright,) = ax.plot([], [], color=style.SOFT, lw=dress.line * 0.5, ls=(0, (5, 4)))

    def update(trade: Trade) -> None:
        pool = trade.before
        T, A = float(pool.tao_in), float(pool.alpha_in)
        stake = trade.side == "stake"
        part = float(trade.paid) / (T if stake else A)
        reach = 2.0 ** ceil(log2(1.25 * part))
        unit = "TAO" if stake else "alpha"
        label = f"{unit} paid, in percent of the pool's {unit}"
        if (ax.get_xlim(), ax.get_xlabel()) != ((0, 100 * reach), label):
            ax.set_xlabel(label)
            ax.set_xlim(0, 100 * reach)
            sizes = np.linspace(0, reach, POINTS + 1)[1:]
            found = _by_size(T, A, sizes * (T if stake else A), stake)
            for curve, name, height in zip(curves, names, found, strict=True):
                curve.set_data(100 * sizes, height)
                name.set_position((100 * reach, height[-1]))
            _apart(names, 0.05 * (found.max() - min(found.min(), 0)))
            ax.set_ylim(min(1.08 * found.min(), 0), 1.08 * found.max())
        low, high = ax.get_ylim()
        gap = 0.02 * (high - low)
        here = percentages(trade)
        upright.set_data([100 * part, 100 * part], [0, max(here, key=abs)])
        places = _PLACES[trade.side]
        for mark, value, height, (across, up) in zip(marks, values, here, places, strict=True):
            mark.set_data([100 * part], [height])
            value.set(
                position=(100 * part + across * 1.3 * reach, height + up * gap),
                text=f"{number(height, 3)} %",
                ha="left" if across > 0 else "right",
                va="bottom" if up > 0 else "top",
            )

    return Picture(
        figure=figure,
        size=dress,
        update=update,
        sentence=percentages_sentence,
        value=trade,
        answer=(upright, *marks, *values),
        source=source,
    )


def _by_size(tao_in: float, alpha_in: float, sizes: Any, stake: bool) -> Any:
    """The three percentages of trades of many sizes, without a fee, in the order of the looks."""
    spot = formulas.price(tao_in, alpha_in)
    gives, takes = (tao_in, alpha_in) if stake else (alpha_in, tao_in)
    out = formulas.amount_out(gives, takes, sizes)
    tao, alpha = (sizes, out) if stake else (-out, -sizes)
    return np.array(
        [
            100 * formulas.price_impact(spot, formulas.price(tao_in + tao, alpha_in - alpha)),
            100 * formulas.price_impact(spot, formulas.average_price(tao, alpha)),
            formulas.slippage_percent(formulas.ideal_amount_out(gives, takes, sizes), out),
        ]
    )


def _apart(names: list[Text], least: float) -> None:
    """Move names that would cover each other apart, the lowest one stays."""
    below = -float("inf")
    for name in sorted(names, key=lambda one: one.get_position()[1]):
        across, height = name.get_position()
        below = max(height, below + least)
        name.set_position((across, below))
