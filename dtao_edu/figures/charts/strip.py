"""A whole as one long bar, cut into its parts: how few are enough for a half."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import accumulate

from dtao_edu.engine.errors import refuse
from dtao_edu.figures.base import style
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.measures import nakamoto
from dtao_edu.wording import percent

Parts = tuple[float, ...]


def strip_sentence(parts: Parts, holders: str = "holders") -> str:
    """Say how many of the largest hold more than half, and what is left to the others.

    Examples
    --------
    >>> print(strip_sentence((40.0, 30.0, 20.0, 10.0), "validators"))
    Of 4 validators the 2 largest hold 70.0 % of all, the 2 others 30.0 %.
    """
    few = nakamoto(parts)
    share = sum(sorted(parts, reverse=True)[:few]) / sum(parts)
    return (
        f"Of {len(parts)} {holders} the {few} largest hold {percent(share)} of all, "
        f"the {len(parts) - few} others {percent(1 - share)}."
    )


@at_any_size
def strip(
    parts: Sequence[float],
    *,
    holders: str = "holders",
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[Parts]:
    """s_1 + s_2 + ... > 1/2: the largest parts of a whole, up to the first that passes the half.

    Parameters
    ----------
    parts : sequence of float
        What each one holds, in any unit and order.
    holders : str
        What those are called who hold it, in the plural.

    Raises
    ------
    InputError
        If nobody holds anything.

    Examples
    --------
    >>> picture = strip([40, 30, 20, 10])
    >>> [text.get_text() for text in picture.figure.axes[0].texts][:3]
    ['40 %', '30 %', 'half']
    """
    if not any(part > 0 for part in parts):
        refuse("parts", list(parts), "at least one part above 0")
    held = sorted((float(part) for part in parts if part > 0), reverse=True)
    whole, few = sum(held), nakamoto(held)
    figure, dress = style.blank(size, tall=0.62)
    ax = style.axes(figure, dress, (0.02, 0.02, 0.96, 0.96), grid=False)
    ax.set_axis_off()
    ax.set_xlim(0, 100)
    ax.set_ylim(-1.35, 2.0)
    shares = [100 * part / whole for part in held]
    ends = list(accumulate(shares))
    for place, (end, share) in enumerate(zip(ends, shares, strict=True)):
        inside = place < few
        ax.barh(
            0.5, share, left=end - share, height=1, ec="white", lw=dress.line * 0.4,
            color=style.BLUE if inside else style.FAINT,
        )  # fmt: skip
        if inside:
            style.write(
                ax, dress, (end - share / 2, 0.5), f"{share:.0f} %", ha="center", zorder=6,
                fontsize=dress.text, color="white", bbox={"color": style.BLUE, "pad": 2.0},
            )  # fmt: skip
    ax.plot([50, 50], [-0.15, 1.35], color=style.VERMILION, lw=dress.line, ls=(0, (3, 1.5)))
    style.write(ax, dress, (50, 1.45), "half", ha="center", va="bottom", fontsize=dress.text)
    cut = ends[few - 1]
    gap = "\n" if dress.narrow else " "
    for low, high, colour, says in (
        (0.0, cut, style.BLUE, f"the {few} largest"),
        (cut, 100.0, style.SOFT, f"the other {len(parts) - few}"),
    ):
        if high - low < 1e-9:
            continue
        ax.plot([low + 0.4, high - 0.4], [-0.25, -0.25], color=colour, lw=dress.line)
        words, middle = f"{says}{gap}{holders}: {percent((high - low) / 100)}", (low + high) / 2
        style.write(ax, dress, (middle, -0.45), words, ha="center", va="top", fontsize=dress.text)
    sentence = partial(strip_sentence, holders=holders)
    return Picture(figure, dress, sentence, tuple(parts), source=source)
