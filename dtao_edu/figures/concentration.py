"""Concentration day by day, told three ways, beside that of the vote."""

from __future__ import annotations

from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.concentration import ConcentrationDays, Measure

PANELS: tuple[tuple[Measure, str], ...] = (
    ("hhi", "all subnets (HHI)"),
    ("equal_number", "as many as had votes (HHI)"),
    ("gini", "Gini coefficient"),
)


def concentration_sentence(found: ConcentrationDays) -> str:
    """Say on how many days the price is more concentrated than the vote, by each measure.

    Examples
    --------
    >>> from dtao_edu.studies.concentration import concentration_days
    >>> days = ["2025-02-14", "2025-10-28"]
    >>> print(concentration_sentence(concentration_days({1: 0.5, 2: 0.3, 3: 0.2}, days)))
    By price more concentrated than by vote: all subnets (HHI) on 0 of 2 days, as many as had \
votes (HHI) on 0, Gini coefficient on 2.
    """
    counts = [(name, len(found.above(measure))) for measure, name in PANELS]
    told = [f"{counts[0][0]} on {counts[0][1]} of {len(found.days)} days"]
    told += [f"{name} on {count}" for name, count in counts[1:]]
    return f"By price more concentrated than by vote: {', '.join(told)}."


@at_any_size
def concentration_lines(
    found: ConcentrationDays, *, size: style.SizeName = "page", source: str = ""
) -> Picture[ConcentrationDays]:
    """Draw the price's concentration over the days beside the vote's, raw and two fairer ways.

    Parameters
    ----------
    found : ConcentrationDays
        From :func:`dtao_edu.studies.concentration.concentration_days`.

    Examples
    --------
    >>> from dtao_edu.studies.concentration import concentration_days
    >>> found = concentration_days({1: 0.5, 2: 0.5}, ["2025-02-14", "2025-10-28"])
    >>> len(concentration_lines(found).figure.axes)
    3
    """
    figure, dress = style.blank(size, phone=1.7)
    days = range(len(found.days))
    for panel, (measure, name) in enumerate(PANELS):
        left = 0.075 + panel * 0.325
        low = 0.65 - panel * 0.28
        ax = style.axes(
            figure, dress, (left, 0.17, 0.255, 0.68), phone=(0.13, low, 0.82, 0.19), ticks=3,
            x="days" if panel == (2 if dress.narrow else 1) else "",
        )  # fmt: skip
        ax.set_title(name, fontsize=dress.note, loc="left", color=style.INK)
        values = [getattr(one, measure) for one in found.days.values()]
        vote = getattr(found.vote, measure)
        ax.plot(days, values, color=style.BLUE, lw=dress.line)
        ax.axhline(vote, color=style.VERMILION, lw=dress.line * 0.9, ls=(0, (5, 3)))
        ax.set_ylim(0, 1.12 * max(vote, *values))
        count = f"above the vote on {len(found.above(measure))} of {len(days)}"
        style.write(
            ax, dress, (0.98, 0.03), count, ha="right", va="baseline", fontsize=dress.note * 0.92,
            transform=ax.transAxes,
        )  # fmt: skip
    first = next(iter(found.days))
    gap = "\n" if dress.narrow else " "
    key = f"line: by price, days since {first};{gap}dashed: the vote ({found.vote.number} subnets)"
    style.write(figure, dress, (0.075, 0.955), key, color=style.SOFT)
    return Picture(figure, dress, concentration_sentence, found, source=source)
