"""Attacks side by side: TAO committed, TAO lost at worst, and what is moved, on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import floor, log10

from matplotlib.ticker import FuncFormatter, NullLocator

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.attacks import Attack
from dtao_edu.wording import number, percent


def attacks_sentence(attacks: Sequence[Attack]) -> str:
    """Say for each rule how little and how much is committed, and what can be lost.

    Examples
    --------
    >>> pump = Attack("pump", "market", 5000.0, True, 0.0, 4000.0, 300, 0.02, 0.02)
    >>> print(attacks_sentence([pump, pump._replace(name="capture", committed=6000.0)]))
    Under the market 5,000 TAO (pump) to 6,000 TAO (capture) are committed, and at most 4,000 TAO \
are lost (pump).
    """
    told = []
    for under in dict.fromkeys(one.under for one in attacks):
        side = [one for one in attacks if one.under == under]
        least, most = (find(side, key=lambda one: one.committed) for find in (min, max))
        worst = max(side, key=lambda one: one.lost_at_worst)
        gone = "nothing is lost"
        if worst.lost_at_worst > 0:
            gone = f"at most {_tao(worst.lost_at_worst)} are lost ({worst.name})"
        told.append(
            f"Under the {under} {_tao(least.committed)} ({least.name}) to {_tao(most.committed)} "
            f"({most.name}) are committed, and {gone}."
        )
    return " ".join(told)


def _tao(tao: float) -> str:
    return f"{number(tao, 3 if tao < 100 else 1)} TAO"


@at_any_size
def attack_rows(
    attacks: Sequence[Attack], *, size: style.SizeName = "page", source: str = ""
) -> Picture[Sequence[Attack]]:
    """Draw a row an attack: TAO committed, TAO lost at worst, and in words what is moved.

    Parameters
    ----------
    attacks : sequence of Attack
        One to twelve.

    Raises
    ------
    InputError
        No attack, or more than twelve.

    Examples
    --------
    >>> pump = Attack("pump", "market", 5000.0, True, 0.0, 4000.0, 300, 0.02, 0.02)
    >>> attack_rows([pump]).figure.axes[0].get_xscale()
    'log'
    """
    if not 1 <= len(attacks) <= 12:
        refuse("attacks", f"{len(attacks)} attacks", "1 to 12")
    figure, dress = style.blank(size, tall=1.1, phone=1.8)
    ax = style.axes(
        figure, dress, (0.185, 0.14, 0.47, 0.74), x="TAO; each line is ten times the one before"
    )
    ax.set_xscale("log")
    ax.xaxis.set_minor_locator(NullLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(partial(_decade, every=3 if dress.narrow else 2)))
    style.rows(ax, [one.name for one in attacks], text=dress.note)
    ax.grid(visible=False, axis="y")
    places = [a for one in attacks for a in (one.committed, one.lost_at_worst) if a > 0]
    powers = range(floor(log10(min(places))), floor(log10(max(places))) + 2)
    ax.set_xticks([10.0**power for power in powers])
    ax.set_xlim(10.0 ** powers[0] / 2, 2 * 10.0 ** powers[-1])
    marks = dress.marks
    for row, one in enumerate(attacks):
        if row and one.under != attacks[row - 1].under:
            ax.axhline(row - 0.5, color=style.SOFT, lw=dress.line * 0.5)
            for place, whose in ((row - 0.95, attacks[row - 1]), (row - 0.05, one)):
                style.write_beside(
                    ax, dress, place, f"by {whose.under}", at=0.015, color=style.SOFT,
                    style="italic",
                )  # fmt: skip
        shape, colour = ("o", style.BLUE) if one.own else ("s", style.SOFT)
        ax.plot([one.committed], [row], shape, color=colour, **marks)
        if one.lost_at_worst > 0:
            ax.plot([one.lost_at_worst], [row], "D", color=style.VERMILION, mfc="none", **marks)
        style.write_beside(ax, dress, row, _moves(one, "\n" if dress.narrow else " "))
    keys = {
        "committed, lent by others": ax.plot([], [], "s", color=style.SOFT, **marks)[0],
        "committed, one's own": ax.plot([], [], "o", color=style.BLUE, **marks)[0],
        "lost at worst": ax.plot([], [], "D", color=style.VERMILION, mfc="none", **marks)[0],
    }
    style.legend(ax, dress, keys, -0.3, handle=1.2, between=1.4)
    return Picture(figure, dress, attacks_sentence, tuple(attacks), source=source)


def _decade(value: float, _position: int | None = None, *, every: int = 2) -> str:
    """Name every second power of ten, or every third on a phone, so that the names do not meet.

    Examples
    --------
    >>> _decade(100), _decade(1000), _decade(1e6)
    ('100', '', '1 million')
    """
    power = round(log10(value))
    if power % every:
        return ""
    million = "\nmillion" if every > 2 else " million"
    return f"{number(value / 1e6)}{million}" if power >= 6 else number(value)


def _moves(one: Attack, gap: str) -> str:
    """Write what is moved, and what of it arrives where that is less."""
    if not round(one.moved, 5):
        return f"takes from{gap}one order" if one.lost < 0 else f"moves{gap}nothing"
    if one.arrives < 0:
        return f"takes{gap}{percent(-one.arrives)} away"
    moves = f"moves {percent(one.moved)}"
    less = one.moved - one.arrives > 5e-4
    return f"{moves},{gap}{percent(one.arrives)} arrives" if less else moves
