"""A round trip: what was paid, what came back, and where the difference went."""

from __future__ import annotations

from typing import Any

import numpy as np

from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.touch import Part
from dtao_edu.figures.steps import step_up
from dtao_edu.studies.round_trip import Trip
from dtao_edu.wording import amount, number


def trip_sentence(trip: Trip) -> str:
    """Say what came back and where the difference went.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.pool import Pool
    >>> print(trip_sentence(studies.round_trip(Pool(100, 1000), 25)))
    25 TAO go in and 25 TAO come back: nothing is lost, because nobody else traded and no fee \
was taken.
    """
    start = f"{amount(trip.paid, 'TAO')} go in and {amount(trip.returned, 'TAO')} come back"
    if trip.fee_effect == 0 and trip.other_effect == 0:
        return f"{start}: nothing is lost, because nobody else traded and no fee was taken."
    parts = []
    if trip.fee_effect:
        parts.append(f"the fee took {amount(trip.fee_effect, 'TAO')}")
    if trip.other_effect:
        parts.append(_others(trip))
    return f"{start}: {' and '.join(parts)}."


def _others(trip: Trip) -> str:
    did = "added" if trip.other_effect > 0 else "took"
    return f"the other's trade {did} {amount(abs(trip.other_effect), 'TAO')}"


@at_any_size
def trip_bars(trip: Trip, *, size: style.SizeName = "page", source: str = "") -> Picture[Trip]:
    """returned = paid - fee + the other's effect, as four bars.

    Parameters
    ----------
    trip : Trip

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.pool import Pool
    >>> picture = trip_bars(studies.round_trip(Pool(100, 1000), 25))
    >>> [text.get_text() for text in picture.figure.axes[0].get_xticklabels()]
    ['paid', 'fee', "the other's trade", 'back']
    """
    figure, dress = style.blank(size)
    ax = style.axes(
        figure, dress, (0.12, 0.13, 0.84, 0.80), y="TAO", phone=(0.19, 0.12, 0.79, 0.83)
    )
    other = "the other's\ntrade" if dress.narrow else "the other's trade"
    names = ("paid", "fee", other, "back")
    ax.set_xlim(-0.6, 3.6)
    ax.set_xticks(range(4), names)
    ax.tick_params(axis="x", length=0, labelcolor=style.INK, labelsize=dress.note)
    edges = np.array([-0.35, 0.35])
    looks: tuple[dict[str, Any], ...] = (
        {"color": style.SOFT},
        {"fc": "none", "ec": style.VERMILION, "hatch": "////"},
        {"fc": "none", "ec": style.GREEN, "hatch": r"\\\\"},  # dots would be 250 kB a picture
        {"color": style.BLUE},
    )
    bars = [ax.stairs([0], edges + n, fill=True, **look) for n, look in enumerate(looks)]
    texts = [style.write(ax, dress, (n, 0), ha="center", va="bottom") for n in range(4)]

    def update(now: Trip) -> None:
        highest = max(now.paid, now.returned, now.paid + max(now.other_effect, 0))
        top = step_up(1.04 * highest, (1.2, 2.4, 6, 12))
        ax.set_ylim(0, top)
        after_fee = now.paid - now.fee_effect
        spans = (
            (0.0, now.paid),
            (after_fee, now.paid),
            tuple(sorted((after_fee, after_fee + now.other_effect))),
            (0.0, now.returned),
        )
        says = (now.paid, -now.fee_effect, now.other_effect, now.returned)
        for n, (bar, (low, high)) in enumerate(zip(bars, spans, strict=True)):
            bar.set_data([high], edges + n, baseline=low)
            texts[n].set_y(high + top * 0.012)
            sign = "+" if n == 2 and says[n] > 0 else ""
            texts[n].set_text(f"{sign}{number(says[n])}")

    return Picture(
        figure=figure,
        size=dress,
        update=update,
        sentence=trip_sentence,
        value=trip,
        moving=(bars[0], texts[0]),
        answer=(*bars[1:], *texts[1:]),
        parts=[
            Part(words, (bars[n], texts[n]))
            for n, words in (
                (0, lambda trip: f"{amount(trip.paid, 'TAO')} go in"),
                (3, lambda trip: f"{amount(trip.returned, 'TAO')} come back"),
                (1, lambda trip: f"the fee took {amount(trip.fee_effect, 'TAO')}"),
                (2, _others),
            )
        ],
        source=source,
    )
