"""The same attack four ways: TAO that stand behind it, TAO at risk, and TAO earned."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from matplotlib.ticker import FuncFormatter, NullLocator

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.attacks import decade
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.attacks import Attempt
from dtao_edu.wording import number, percent


def attempts_sentence(attempts: Sequence[Attempt]) -> str:
    """Say for each way what stands behind it, what can be lost, and what it earns.

    Examples
    --------
    >>> one = Attempt("stranger", "market", 62, 1, 0.05, 0, 5357.0, True, 0.001, 5070.0, -63.4)
    >>> print(attempts_sentence([one]))
    Subnet 62, stranger by market: 5,357 TAO committed, 5,070 lost at worst, -63 earned.
    """
    return " ".join(
        f"Subnet {one.target}, {one.who} by {one.under}: {number(one.committed, 1)} TAO "
        f"{'committed' if one.own else 'lent by others'}, {number(one.lost_at_worst, 1)} lost at "
        f"worst, {number(one.earned, 1)} earned."
        for one in attempts
    )


@at_any_size
def attempt_rows(
    attempts: Sequence[Attempt], *, size: style.SizeName = "page", source: str = ""
) -> Picture:
    """Draw a row a way: TAO committed and TAO lost at worst on one axis, TAO earned in words.

    Parameters
    ----------
    attempts : sequence of Attempt
        From :func:`dtao_edu.studies.attacks.two_by_two`, one to twelve; where nothing is lost
        there is no mark, for an axis of powers of ten has no 0.
    size : {"page", "hall", "slide"}
    source : str
        Where the figures come from.

    Returns
    -------
    Picture

    Raises
    ------
    InputError
        None, or more than twelve.

    Examples
    --------
    >>> one = Attempt("stranger", "market", 62, 1, 0.05, 0, 5357.0, True, 0.001, 5070.0, -63.4)
    >>> attempt_rows([one]).figure.axes[0].get_xscale()
    'log'
    """
    if not 1 <= len(attempts) <= 12:
        refuse("attempts", f"{len(attempts)} of them", "1 to 12")
    figure, dress = style.blank(size, tall=max(1.0, 0.4 + 0.07 * len(attempts)))
    ax = style.axes(
        figure, dress, (0.27, 0.15, 0.36, 0.71), x="TAO; each line is ten times the one before"
    )
    ax.set_xscale("log")
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(decade))
    ax.set_ylim(len(attempts) - 0.4, -0.6)
    several = len({one.target for one in attempts}) > 1
    ax.set_yticks(
        range(len(attempts)),
        [
            f"{one.who}, {one.under}" + (f", subnet {one.target}" if several else "")
            for one in attempts
        ],
    )
    ax.tick_params(axis="y", length=0, labelcolor=style.INK, labelsize=dress.note)
    ax.grid(visible=False, axis="y")
    places = [tao for one in attempts for tao in (one.committed, one.lost_at_worst) if tao > 0]
    powers = range(floor(log10(min(places))), floor(log10(max(places))) + 2)
    ax.set_xticks([10.0**power for power in powers])
    ax.set_xlim(10.0 ** powers[0] / 2, 2 * 10.0 ** powers[-1])
    marks: dict[str, Any] = {"ls": "none", "ms": dress.marker, "mew": dress.line * 0.8}
    for row, one in enumerate(attempts):
        own: dict[str, Any] = {"marker": "o", "color": style.BLUE}
        lent: dict[str, Any] = {"marker": "s", "color": style.SOFT}
        ax.plot([one.committed], [row], **((own if one.own else lent) | marks))
        if one.lost_at_worst > 0:
            ax.plot([one.lost_at_worst], [row], "D", color=style.VERMILION, mfc="none", **marks)
        ax.text(
            1.03, row, _in_words(one), transform=ax.get_yaxis_transform(), va="center",
            fontsize=dress.note, color=style.INK, clip_on=False,
        )  # fmt: skip
    keys = [
        ax.plot([], [], "s", color=style.SOFT, **marks)[0],
        ax.plot([], [], "o", color=style.BLUE, **marks)[0],
        ax.plot([], [], "D", color=style.VERMILION, mfc="none", **marks)[0],
    ]
    ax.legend(
        keys, ["committed, lent by others", "committed, one's own", "lost at worst (no mark: 0)"],
        loc="lower left", bbox_to_anchor=(-0.72, 1.01), ncols=3, frameon=False,
        fontsize=dress.note, labelcolor=style.INK, handlelength=1.2, columnspacing=1.4,
    )  # fmt: skip
    return Picture(figure, dress, attempts_sentence, tuple(attempts), source=source)


def _in_words(one: Attempt) -> str:
    days = f"in {one.days:g} day" + ("" if one.days == 1 else "s")
    verb = "earns" if one.earned >= 0 else "loses"
    return f"{percent(one.arrives)}; {verb} {number(abs(one.earned), 2)} TAO {days}"
