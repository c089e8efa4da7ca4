"""The same trade in two pools: how slippage grows with size, and how depth holds it down."""

from __future__ import annotations

from typing import Any

import numpy as np

from dtao_edu.engine import formulas
from dtao_edu.engine.pool import Pool
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.pool_depth import SameStake
from dtao_edu.wording import amount, change, percent

POINTS = 120


def depth_sentence(two: SameStake) -> str:
    """Say what the same stake loses in either pool.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> two = studies.same_stake({"thin": Pool(100, 1000), "deep": Pool(900, 9000)}, 25)
    >>> print(depth_sentence(two))
    A stake of 25 TAO loses 20.0 % of the ideal amount in the pool of thin and 2.7 % in the pool \
of deep; it moves the first price by 56.2 % and the second by 5.6 %.
    """
    (first, second), names = two.trades, two.names
    return (
        f"A stake of {amount(first.paid, 'TAO')} loses {percent(first.slippage_percent / 100)} of "
        f"the ideal amount in the pool of {names[0]} and {percent(second.slippage_percent / 100)} "
        f"in the pool of {names[1]}; it moves the first price "
        f"{change(first.price_impact)} and the second {change(second.price_impact)}."
    )


@at_any_size
def pool_depths(two: SameStake, *, size: SizeName = "page", source: str = "") -> Picture[SameStake]:
    """slippage % = 100 (ideal - received) / ideal, of stakes of every size into two pools.

    Parameters
    ----------
    two : SameStake

    Examples
    --------
    >>> from dtao_edu import studies
    >>> two = studies.same_stake({"thin": Pool(100, 1000), "deep": Pool(900, 9000)}, 25)
    >>> picture = pool_depths(two)
    >>> picture.figure.axes[0].get_xlabel()
    'stake, TAO'
    """
    figure, dress = style.blank(size, phone=1.15)
    ax = style.axes(
        figure, dress, (0.10, 0.15, 0.66, 0.79), x="stake, TAO",
        y="slippage, % of the ideal amount", phone=(0.15, 0.13, 0.62, 0.84),
    )  # fmt: skip
    looks: tuple[dict[str, Any], ...] = (
        {"color": style.VERMILION, "ls": (0, (6, 2))},
        {"color": style.BLUE, "ls": "-"},
    )
    curves = [ax.plot([], [], lw=dress.line, **look)[0] for look in looks]
    ends = [style.write_beside(ax, dress, 0, color=look["color"]) for look in looks]
    (across,) = ax.plot([], [], color=style.SOFT, lw=dress.line * 0.6, ls=(0, (2, 2)))
    (thin,) = ax.plot([], [], "D", color=style.VERMILION, zorder=5, **dress.marks)
    (deep,) = ax.plot([], [], "o", color=style.BLUE, zorder=5, **dress.marks)

    def frame(now: SameStake) -> None:
        reach = _reach(now)
        ax.set_xlim(0, reach)
        tao = np.linspace(0, reach, POINTS)[1:]
        heights = []
        for curve, trade in zip(curves, now.trades, strict=True):
            lost = _slippage(trade.before, tao)
            curve.set_data(tao, lost)
            heights.append(float(lost[-1]))
        top = max(heights)
        ax.set_ylim(0, top * 1.08)
        lower = min(heights)
        apart = max(max(heights) - lower, top * 0.09)
        for name, height, end in zip(now.names, heights, ends, strict=True):
            end.set_text(name)
            end.set_y(lower if height == lower else lower + apart)

    def update(now: SameStake) -> None:
        frame(now)
        points = [(float(t.paid), float(t.slippage_percent)) for t in now.trades]
        thin.set_data([points[0][0]], [points[0][1]])
        deep.set_data([points[1][0]], [points[1][1]])
        across.set_data([points[0][0]] * 2, [0, max(y for _, y in points)])

    return Picture(
        figure=figure,
        size=dress,
        update=update,
        sentence=depth_sentence,
        value=two,
        moving=(across,),
        answer=(thin, deep),
        source=source,
    )


def _slippage(
    pool: Pool, tao: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Ask the formulas for a whole curve at once."""
    ideal = formulas.ideal_amount_out(pool.tao_in, pool.alpha_in, tao)
    received = formulas.amount_out(pool.tao_in, pool.alpha_in, tao)
    lost: np.ndarray[tuple[int], np.dtype[np.float64]] = formulas.slippage_percent(ideal, received)
    return lost


def _reach(two: SameStake) -> float:
    """Show stakes up to the shallower pool's TAO, or further in steps for a larger stake."""
    reach = min(float(trade.before.tao_in) for trade in two.trades)
    while reach < two.trades[0].paid:
        reach *= 2
    return reach
