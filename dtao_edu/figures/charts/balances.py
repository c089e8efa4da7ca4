"""The three balances of a subnet, before and after something happened to them."""

from __future__ import annotations

from typing import Any

from dtao_edu.engine.pool import Pool
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.wording import amount, number

Two = tuple[Pool, Pool | None]

BALANCES = (
    ("tao_in", "TAO in the pool"),
    ("alpha_in", "alpha in the pool"),
    ("alpha_out", "alpha with holders"),
)


def balances_sentence(two: Two) -> str:
    """Say what the three balances are, and which of them have changed.

    Examples
    --------
    >>> print(balances_sentence((Pool(10, 100, 50), None)))
    10 TAO and 100 alpha are in the pool, 50 alpha are with holders; the price is 0.1 TAO.
    >>> pool = Pool(10, 100, 50)
    >>> print(balances_sentence((pool, pool.stake(10).after)))
    TAO in the pool rises by 10, alpha in the pool falls by 50, alpha with holders rises by 50; \
the price goes from 0.1 to 0.4 TAO.
    """
    before, after = two
    if after is None:
        return (
            f"{amount(before.tao_in, 'TAO')} and {amount(before.alpha_in, 'alpha')} are in the "
            f"pool, {amount(before.alpha_out, 'alpha')} are with holders; the price is "
            f"{amount(before.price, 'TAO')}."
        )
    parts = []
    for name, words in BALANCES:
        change = getattr(after, name) - getattr(before, name)
        turn = "rises" if change > 0 else "falls"
        parts.append(f"{words} {turn} by {number(abs(change))}" if change else f"{words} stays")
    moved = (
        f"the price goes from {number(before.price)} to {amount(after.price, 'TAO')}"
        if number(before.price) != number(after.price)
        else f"the price stays at {amount(before.price, 'TAO')}"
    )
    return f"{', '.join(parts)}; {moved}."


@at_any_size
def balances(
    before: Pool, after: Pool | None = None, *, size: style.SizeName = "page", source: str = ""
) -> Picture[Two]:
    """tao_in, alpha_in, alpha_out: what is in the pool and what is with holders, as three bars.

    Parameters
    ----------
    before : Pool
    after : Pool, optional
        The same subnet later; what came or went is drawn at the end of each bar.

    Examples
    --------
    >>> str(balances(Pool(10, 100, 50))).endswith("the price is 0.1 TAO.")
    True
    """
    figure, dress = style.blank(size, tall=0.72)
    tao = style.axes(figure, dress, (0.19, 0.70, 0.60, 0.17), grid=False, title="TAO")
    alpha = style.axes(figure, dress, (0.19, 0.10, 0.60, 0.40), grid=False, title="alpha")
    shown = [before, *([after] if after else [])]
    for ax, names in ((tao, BALANCES[:1]), (alpha, BALANCES[1:])):
        largest = max(float(getattr(pool, name)) for pool in shown for name, _ in names) or 1.0
        ax.set_xlim(0, largest)
        ax.xaxis.set_visible(False)
        ax.spines["bottom"].set_visible(False)
        style.rows(ax, [words.split(" ", 1)[1] for _, words in names])
        for row, (name, _) in enumerate(names):
            _bar(ax, row, before, after, name, dress)
    return Picture(figure, dress, balances_sentence, (before, after), source=source)


def _bar(ax: Any, row: int, before: Pool, after: Pool | None, name: str, dress: style.Size) -> None:
    """Draw one balance: solid what stayed, hatched what came, open what left."""
    old = float(getattr(before, name))
    new = float(getattr(after, name)) if after else old
    held = name == "alpha_out"
    ax.barh(row, min(old, new), height=0.6, color=style.AMBER if held else style.BLUE)
    if new > old:
        ax.barh(row, new - old, left=old, height=0.6, color="none", ec=style.INK, hatch="////")
    elif new < old:
        ax.barh(row, old - new, left=new, height=0.6, color="none", ec=style.INK, ls="--")
    sign = "+" if new > old else "\N{MINUS SIGN}"
    change = f"  ({sign}{number(abs(new - old))})" if new != old else ""
    style.write_beside(ax, dress, row, number(new) + change)
