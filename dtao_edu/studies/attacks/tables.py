"""Attacks side by side, and the same attack without and with a defence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dtao_edu.engine.errors import refuse
from dtao_edu.studies.attacks.value import Attack, tao_in_words
from dtao_edu.wording import Table, percent

COLUMNS = {
    "committed": "TAO committed",
    "lost": "TAO lost",
    "lost_at_worst": "TAO lost at worst",
    "blocks_held": "blocks held",
    "moved": "moved",
    "arrives": "arrives",
}


def attack_table(attacks: Iterable[Attack]) -> Table:
    """Return a row an attack: TAO committed, TAO lost, blocks held, moved, arrives.

    Stake that delegators lent is marked as such.

    Examples
    --------
    >>> print(attack_table([Attack("pump", "market", 5000, True, 0.0, 4000.0, 300, 0.02, 0.02)]))
    under   attack  TAO committed  TAO lost    blocks held  moved  arrives
    market  pump            5,000  0 to 4,000          300  2.0 %    2.0 %
    """
    head = ("under", "attack", "TAO committed", "TAO lost", "blocks held", "moved", "arrives")
    rows = tuple(
        (
            one.under,
            one.name,
            tao_in_words(one.committed) + ("" if one.own else " lent"),
            one.lost_between,
            f"{one.blocks_held:,}",
            percent(one.moved, fine=True),
            percent(one.arrives, fine=True),
        )
        for one in attacks
    )
    return Table(head, rows, 2)


Case = tuple[str, str, Attack, Attack]
"""A defence, the column it changes, and the attack without and with it."""


def defence_table(cases: Sequence[Case]) -> Table:
    """Return a row a defence: what it changes, without and with it.

    Parameters
    ----------
    cases : sequence of (defence, column, without, with)
        The column is one of `committed`, `lost`, `lost_at_worst`, `blocks_held`, `moved`,
        `arrives`.

    Examples
    --------
    >>> without = Attack("pump", "market", 50.0, True, 0.0, 0.0, 1, 0.3, 0.3)
    >>> print(defence_table([("smoothing", "moved", without, without._replace(moved=0.1))]))
    attack  defence    what it changes  without     with
    pump    smoothing  moved             30.0 %   10.0 %
    """
    rows = []
    for defence, column, without, with_it in cases:
        if column not in COLUMNS:
            refuse("column", column, "one of " + ", ".join(COLUMNS))
        both = (_written(one, column) for one in (without, with_it))
        rows.append((without.name, defence, COLUMNS[column], *both))
    return Table(("attack", "defence", "what it changes", "without", "with"), tuple(rows), 3)


def _written(one: Attack, column: str) -> str:
    value = getattr(one, column)
    if column in ("moved", "arrives"):
        return percent(value, fine=True)
    return f"{value:,}" if column == "blocks_held" else tao_in_words(value)
