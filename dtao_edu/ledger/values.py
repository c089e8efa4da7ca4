"""Values by netuid: what the loaders return. Nothing in them can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Self, TypeVar

from dtao_edu.engine.emission import price_shares
from dtao_edu.engine.errors import refuse, whole
from dtao_edu.ledger.provenance import NotInLedgerError, Provenance, html_table, one_of, tables

V = TypeVar("V")

_SHOWN = 6


@dataclass(frozen=True, eq=False, repr=False)
class ByNetuid(Mapping[int, V], Generic[V]):
    """A mapping netuid -> figure, with the date and the table it comes from.

    Parameters
    ----------
    netuids : tuple of int
        In rising order.
    entries : tuple
        One a netuid.
    date : str
        Day of the figures, "YYYY-MM-DD".
    block : int or None
        Block of the figures; None where only a day is known.
    table : str
        Name of the table, see :func:`dtao_edu.ledger.tables`.

    Examples
    --------
    >>> some = ByNetuid((1, 4), (0.2, 0.3), "2025-04-17", 5373800, "pools_2025-04-17")
    >>> some[4], 5 in some, list(some)
    (0.3, False, [1, 4])
    >>> some[5]
    Traceback (most recent call last):
        ...
    dtao_edu.ledger.provenance.NotInLedgerError: netuid is 5; allowed: 1 or 4.
    """

    netuids: tuple[int, ...]
    entries: tuple[V, ...]
    date: str
    block: int | None
    table: str

    @cached_property
    def _place(self) -> dict[int, int]:
        return {netuid: place for place, netuid in enumerate(self.netuids)}

    def __getitem__(self, netuid: int) -> V:
        try:
            return self.entries[self._place[netuid]]
        except (KeyError, TypeError):  # not there, or nothing that could be: a list
            raise NotInLedgerError("netuid", netuid, one_of(self.netuids)) from None

    def __iter__(self) -> Iterator[int]:
        return iter(self.netuids)

    def __len__(self) -> int:
        return len(self.netuids)

    def __hash__(self) -> int:
        return hash((self.netuids, self.entries))  # what it is compared by, as a mapping

    def __repr__(self) -> str:
        where = "" if self.block is None else f", block {self.block:,}"
        return f"<{type(self).__name__} of {self.date}{where}: {len(self)} netuids>"

    def _repr_html_(self) -> str:
        """Return the first few entries as a small table, for notebooks."""
        head, rows = self._html()
        more = len(self) - len(rows)
        caption = repr(self)[1:-1] + (f"; {more} more not shown" if more else "")
        return html_table(head, rows, caption)

    def _html(self) -> tuple[tuple[str, ...], list[tuple[str | float | bool, ...]]]:
        pairs = zip(self.netuids, self.entries, strict=True)
        rows: list[tuple[str | float | bool, ...]] = [(n, str(entry)) for n, entry in pairs]
        return ("netuid", "figure"), rows[:_SHOWN]

    @property
    def provenance(self) -> Provenance:
        """Where the figures come from."""
        return tables()[self.table]

    def _with(self, pairs: Iterable[tuple[int, Any]]) -> Self:
        """Return the same value with other entries."""
        netuids, entries = _columns(pairs)
        kept = {n: v for n, v in vars(self).items() if n in self.__dataclass_fields__}
        return type(self)(**{**kept, "netuids": netuids, "entries": entries})


class Amounts(ByNetuid[float]):
    """One number a netuid: prices, emission or shares.

    Examples
    --------
    >>> amounts = Amounts((1, 4), (0.5, 1.5), "2025-04-17", None, "pools_2025-04-17")
    >>> amounts.total, amounts.shares()[4]
    (2.0, 0.75)
    >>> amounts.top(1), amounts.only([1, 9]).netuids
    ({4: 1.5}, (1,))
    """

    @property
    def total(self) -> float:
        """The sum of all entries."""
        return float(sum(self.entries))

    def shares(self) -> Amounts:
        """share_i = x_i / sum_k x_k, of the netuids that are here."""
        shares = tuple(float(share) for share in price_shares(self.entries))
        return Amounts(self.netuids, shares, self.date, self.block, self.table)

    def top(self, number: int = 10) -> dict[int, float]:
        """Return the largest entries, largest first."""
        ranking = sorted(self.items(), key=lambda item: (-item[1], item[0]))
        return dict(ranking[: whole("number", number)])

    def only(self, netuids: Iterable[int]) -> Amounts:
        """Return the entries of some netuids, those that are here."""
        try:
            wanted = set(netuids)
        except TypeError:
            refuse("netuids", netuids, "a list of netuids, such as [1, 64]")
        some, entries = _columns((n, x) for n, x in self.items() if n in wanted)
        return Amounts(some, entries, self.date, self.block, self.table)

    def without(self, *netuids: int) -> Amounts:
        """Return all entries but those of some netuids, such as netuid 0."""
        return self.only(set(self.netuids) - set(netuids))

    def _html(self) -> tuple[tuple[str, ...], list[tuple[str | float | bool, ...]]]:
        head = ("netuid", "figure", "share of all")
        shares = self.shares()
        rows = [(n, f"{x:.6g}", f"{shares[n]:.2%}") for n, x in self.top(_SHOWN).items()]
        return head, list(rows)


def _columns(pairs: Iterable[tuple[int, Any]]) -> tuple[tuple[int, ...], tuple[Any, ...]]:
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return tuple(n for n, _ in ordered), tuple(x for _, x in ordered)


def amounts(pairs: Mapping[int, float], date: str, block: int | None, table: str) -> Amounts:
    """Return :class:`Amounts` of a plain mapping, in order of netuid.

    Parameters
    ----------
    pairs : mapping of int to float
        An entry for each netuid.
    date, block, table
        As in :class:`Amounts`.
    """
    return Amounts(*_columns(pairs.items()), date, block, table)
