"""Vote and price day by day, beside what the price alone keeps of itself."""

from __future__ import annotations

from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.rank_agreement import Agreement, Lags
from dtao_edu.wording import number


def agreement_sentence(value: tuple[Agreement, Lags]) -> str:
    """Say how far vote and price agree, and how far the price agrees with itself.

    Examples
    --------
    >>> agreed = Agreement("ranks", {"2025-02-14": 0.3, "2025-02-15": 0.5}, {})
    >>> kept = Lags("ranks", {1: (0.8, 0.9, 1.0), 150: (0.5, 0.6, 0.7)})
    >>> print(agreement_sentence((agreed, kept)))
    Vote with price: 0.3 to 0.5, median 0.4. Price with itself: 0.9 after 1 day, 0.6 after 150 days.
    """
    agreed, kept = value
    low, high = min(agreed.days.values()), max(agreed.days.values())
    after = ", ".join(
        f"{number(kept.days[lag][1], 2)} after {lag} day{'' if lag == 1 else 's'}"
        for lag in dict.fromkeys((min(kept.days), max(kept.days)))
    )
    return (
        f"Vote with price: {number(low, 2)} to {number(high, 2)}, median "
        f"{number(agreed.median, 2)}. Price with itself: {after}."
    )


@at_any_size
def agreement_lines(
    agreed: Agreement, kept: Lags, *, size: style.SizeName = "page", source: str = ""
) -> Picture[tuple[Agreement, Lags]]:
    """Draw the agreement of a vote with each day's price, and of the price with itself.

    Parameters
    ----------
    agreed : Agreement
        From :func:`dtao_edu.studies.rank_agreement.agreement_days`.
    kept : Lags
        From :func:`dtao_edu.studies.rank_agreement.agreement_by_lag`, of the same measure: drawn
        over the days between the two prices.

    Examples
    --------
    >>> agreed = Agreement("ranks", {"2025-02-14": 0.3, "2025-02-15": 0.5}, {})
    >>> picture = agreement_lines(agreed, Lags("ranks", {1: (0.8, 0.9, 1.0), 9: (0.5, 0.6, 0.7)}))
    >>> picture.figure.axes[0].get_ylabel()
    'rank correlation'
    """
    figure, dress = style.blank(size)
    ranks = agreed.measure == "ranks"
    ax = style.axes(
        figure, dress, (0.10, 0.17, 0.60, 0.76),
        x="days: since the first price, or between the two prices",
        y="rank correlation" if ranks else "emission that changes hands, %",
    )  # fmt: skip
    times = 1 if ranks else 100
    values = [times * value for value in agreed.days.values()]
    ax.plot(range(len(values)), values, color=style.BLUE, lw=dress.line)
    lags = sorted(kept.days)
    low, middle, high = ([times * kept.days[lag][edge] for lag in lags] for edge in range(3))
    ax.fill_between(lags, low, high, facecolor=style.VERMILION, alpha=0.15, hatch="///",
                    edgecolor=style.VERMILION, linewidth=dress.line * 0.3)  # fmt: skip
    ax.plot(lags, middle, color=style.VERMILION, lw=dress.line, ls=(0, (6, 2)))
    ax.set_ylim(0, 1.05 if ranks else 1.1 * max(*values, *high))
    ends = {
        "vote with price": (values[-1], style.BLUE),
        "price with itself": (middle[-1], style.VERMILION),
    }
    style.name_ends(ax, dress, ends, step=0.075 * ax.get_ylim()[1])
    return Picture(figure, dress, agreement_sentence, (agreed, kept), source=source)
