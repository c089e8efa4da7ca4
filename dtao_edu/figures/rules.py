"""The rules by date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.rules import parts as _parts
from dtao_edu.wording import day_in_words

_SHOWN = {"shares": "shares: who gets the TAO", "injection": "injection: how it enters a pool"}
_COLOURS = (style.BLUE, style.AMBER)
_READ_AS = {
    "price_burn_rootprop": "price less burning, by root",
    "price_burn": "price less burning",
    "gate_mass": "gate at a mass",
    "gate_rank": "gate at a rank",
    "launch": "all of it enters",
    "subsidy": "part buys, if price is low",
    "cap_alpha": "alpha capped, rest buys",
    "cap_smaller": "capped by TAO, too",
    "cap_root": "capped by root's part",
}
"""What a reader sees in place of the names of parts; others read as they are."""


def _read_as(name: str) -> str:
    return _READ_AS.get(name, name.replace("_", " "))


def _spans(rows: Sequence[RuleSet], part: str, end: date) -> dict[str, list[tuple[date, date]]]:
    """List for each name of a part, in order of time, from when to when it was in force."""
    spans: dict[str, list[tuple[date, date]]] = {}
    for row, until in zip(rows, [*(row.start for row in rows[1:]), end], strict=True):
        periods = spans.setdefault(getattr(row, part), [])
        if periods and periods[-1][1] == row.start:
            periods[-1] = (periods[-1][0], until)
        else:
            periods.append((row.start, until))
    return spans


def timeline_sentence(rows: Sequence[RuleSet], parts: Sequence[str] = tuple(_SHOWN)) -> str:
    """Say how often the rules changed, and how many rules each part had.

    Examples
    --------
    >>> from dtao_edu import rules_table
    >>> print(timeline_sentence(tuple(rules_table())[1:8]))
    From 13 February 2025 to 29 July 2025 the rules changed 6 times in 166 days: shares 1 rule, \
injection 2 rules.
    """
    first, last = rows[0].start, rows[-1].start
    had = []
    for part in parts:
        count = len({getattr(row, part) for row in rows})
        had.append(f"{part} {count} {'rule' if count == 1 else 'rules'}")
    return (
        f"From {day_in_words(first)} to {day_in_words(last)} the rules changed "
        f"{len(rows) - 1} times in {(last - first).days} days: {', '.join(had)}."
    )


@at_any_size
def rules_timeline(
    table: Sequence[RuleSet],
    *,
    parts: tuple[str, ...] = tuple(_SHOWN),
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Sequence[RuleSet]]:
    """Draw which rule was in force when: a row a rule, a tick at every change of any part.

    What is known from partial sources only is hatched; the last bars end 30 days after the last
    change.

    Parameters
    ----------
    table : sequence of RuleSet
        In order of time, as from :func:`rules_table`.
    parts : one or two parts of a set of rules

    Raises
    ------
    InputError
        Fewer than two sets of rules, or a part that does not exist.

    Examples
    --------
    >>> from dtao_edu import rules_table
    >>> picture = rules_timeline(tuple(rules_table())[1:])
    >>> [label.get_text() for label in picture.figure.axes[0].get_yticklabels()][:3]
    ['moving price', 'flow', 'net flow']
    """
    rows = tuple(table)
    if len(rows) < 2:
        refuse("table", f"{len(rows)} sets of rules", "two or more")
    for part in parts:
        if part not in _parts():
            refuse("parts", part, "some of " + ", ".join(_parts()))
    end = rows[-1].start + timedelta(days=30)
    doubtful = min((row.start for row in rows if "[after]" in row.release), default=end)
    figure, dress = style.blank(size, phone=1.3)
    left = _room({_read_as(getattr(row, part)) for row in rows for part in parts}, dress)
    ax = style.axes(figure, dress, (left, 0.09, 0.975 - left, 0.88))
    begin = rows[0].start
    ax.set_xlim(-4, (end - begin).days + 4)
    note: dict[str, Any] = {"fontsize": dress.note, "color": style.INK, "va": "center"}
    ax.plot([(row.start - begin).days for row in rows[1:]], [0.0] * (len(rows) - 1), "|",
            color=style.INK, ms=dress.marker * 1.7, mew=dress.line * 0.8)  # fmt: skip
    gap = "\n" if dress.narrow else " "
    told = f";{gap}hatched: known from partial sources" if doubtful < end else ""
    if dress.narrow:  # over the names beside the axis, too
        note["transform"] = style.across_figure(ax, ax.transData)
    left = 0.02 if dress.narrow else 0.0
    ax.text(left, -0.95, f"every change of any rule{told}", **note)
    place, places, names = 1.0, [], []
    for part, colour in zip(parts, _COLOURS, strict=False):
        ax.text(left, place, _SHOWN.get(part, part), **note)
        for name, periods in _spans(rows, part, end).items():
            place += 1
            places.append(place)
            names.append(_read_as(name))
            for start, stop in periods:
                for a, b, look in (
                    (start, min(stop, doubtful), {"color": colour}),
                    (max(start, doubtful), stop, _PARTIAL | {"edgecolor": colour}),
                ):
                    if a < b:
                        ax.barh(place, (b - a).days, left=(a - begin).days, height=0.62, **look)
        place += 1.1
    ax.set_ylim(place - 0.5, -1.5)
    ax.set_yticks(places, names)
    ax.tick_params(axis="y", length=0, labelcolor=style.INK)
    ax.grid(visible=False, axis="y")
    ticks = [day for day in _quarters(begin, end) if not dress.narrow or day.month in (1, 7)]
    ax.set_xticks([(day - begin).days for day in ticks], [_tick(day) for day in ticks])
    sentence = partial(timeline_sentence, parts=parts)
    return Picture(figure, dress, sentence, rows, source=source)


def _room(names: Iterable[str], dress: style.Size) -> float:
    """Return the part of a picture's width that names beside an axis take."""
    letters = max(len(name) for name in names)
    return (letters * 0.58 + 1.2) * dress.note / 72 / dress.width


def _quarters(begin: date, end: date) -> list[date]:
    """List the days on which a quarter of a year begins.

    Examples
    --------
    >>> [str(day) for day in _quarters(date(2025, 2, 13), date(2025, 8, 1))]
    ['2025-04-01', '2025-07-01']
    """
    days = (date(year, m, 1) for year in range(begin.year, end.year + 1) for m in (1, 4, 7, 10))
    return [day for day in days if begin <= day <= end]


def _tick(day: date) -> str:
    return f"{day:%Y}" if day.month == 1 else f"{day:%b}"


_PARTIAL: dict[str, Any] = {"facecolor": "none", "hatch": "////", "lw": 0.8}
