"""A vote beside a market: what the same change of shares takes on either side."""

from __future__ import annotations

from math import floor, log10

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_cross, seen
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.vote_or_market import TwoSides, validators_in_words
from dtao_edu.wording import amount, number, percent

ROWS = (
    "by vote",
    "spot price,\nat once",
    "moving price,\nheld 1 day",
    "moving price,\nheld 7 days",
)
LANE = 0.12
"""How far committed and lost stand above and below the middle of a row."""
NEVER = "cannot be had at any cost"


def sides_sentence(both: TwoSides) -> str:
    """Say what the change takes by vote, by spot price and by moving price.

    Examples
    --------
    >>> from dtao_edu import ledger, studies
    >>> vote = ledger.root_vote("2024-11-24").network()
    >>> both = studies.vote_or_market(vote, ledger.pools("2025-04-17").trading(), 62, 0.5)
    >>> print(sides_sentence(both))
    For subnet 62 to gain 50.0 % of all emission, a vote takes the 4 largest validators with \
2,845,514 TAO of stake, and spends none of it; the spot price takes 22,018 TAO, of which 21,686 \
are lost if others sell first; the moving price cannot do it in 1 day at any cost (25.4 % at most) \
and cannot do it in 7 days at any cost (30.4 % at most).
    """
    spot, *held = both.market
    who = validators_in_words(both)
    vote = (
        f"in a vote {who} can do it"
        if both.staked is None
        else f"a vote takes {who} with {amount(round(both.staked), 'TAO')} of stake, and spends "
        "none of it"
    )
    ways = [
        f"takes {amount(round(move.tao), 'TAO')} held for {days}"
        if move.reachable
        else f"cannot do it in {days} at any cost ({percent(move.most)} at most)"
        for move, days in zip(held, ("1 day", "7 days"), strict=True)
    ]
    return (
        f"For subnet {both.target} to gain {percent(both.part)} of all emission, {vote}; the spot "
        f"price takes {amount(round(spot.tao), 'TAO')}, of which "
        f"{number(round(spot.lost_if_restored))} are lost if others sell first; the moving price "
        f"{ways[0]} and {ways[1]}."
    )


@at_any_size
def two_sides(both: TwoSides, *, size: SizeName = "page", source: str = "") -> Picture[TwoSides]:
    """Show the coalition's stake above TAO = T (sqrt(p' / p) - 1), committed and lost, on one axis.

    Parameters
    ----------
    both : TwoSides
        From :func:`dtao_edu.studies.vote_or_market`.

    Examples
    --------
    >>> from dtao_edu import ledger, studies
    >>> vote = ledger.root_vote("2024-11-24").network()
    >>> both = studies.vote_or_market(vote, ledger.pools("2025-04-17").trading(), 62, 0.05)
    >>> two_sides(both).figure.axes[0].get_xscale()
    'log'
    """
    return _Sides(size).picture(sides_sentence, both, source)


class _Sides(Artists[TwoSides]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size)
        dress = self.size
        words = "a line is 100 times the last", "each line is ten times the one before"
        place, phone = (0.155, 0.15, 0.79, 0.81), (0.275, 0.13, 0.66, 0.84)
        ax = self.axes = self.add_axes(place, phone=phone, x=f"TAO; {words[not dress.narrow]}")
        style.decades(ax, 100 if dress.narrow else 10)
        style.rows(ax, ROWS, text=dress.note)
        ax.grid(visible=False, axis="y")
        for between in (0.5, 1.5, 2.5):
            ax.axhline(between, color=style.FAINT, lw=dress.line * 0.35)
        (self.vote,) = ax.plot([], [], "s", color=style.SOFT, **dress.marks)
        (self.paid,) = ax.plot([], [], "o", color=style.BLUE, **dress.marks)
        (self.lost,) = ax.plot([], [], "D", color=style.VERMILION, mfc="none", **dress.marks)
        self.guess = add_cross(ax, self.size)
        self.texts = [style.write(ax, dress, (1, row), linespacing=1.5) for row in range(4)]
        self.known = (self.vote, self.texts[0])
        self.answer = (self.paid, self.lost, *self.texts[1:])
        self.guessed = (self.guess,)

    def update(self, both: TwoSides) -> None:
        had = [(row, move) for row, move in enumerate(both.market, start=1) if move.reachable]
        staked = both.staked
        places = [x for _, move in had for x in (move.tao, move.lost_if_restored)]
        low = min(100.0, 10.0 ** floor(log10(max(min(places), 1.0))))
        high = 10.0 ** max(7, floor(log10(max(places))) + 1)
        self.axes.set_xlim(low, high)
        self.vote.set_data(([], []) if staked is None else ([staked], [0]))
        self.paid.set_data([move.tao for _, move in had], [row - LANE for row, _ in had])
        self.lost.set_data(
            [max(move.lost_if_restored, low) for _, move in had], [row + LANE for row, _ in had]
        )
        who = validators_in_words(both).removeprefix("the ")
        if staked is None:
            self._write(0, who, ())
        elif self.size.narrow:  # at the left of its mark there is room for a few letters
            self._write(0, f"{number(round(staked))}\nTAO of stake,\nnone spent", (staked,))
        else:
            self._write(0, f"{who}\n{number(round(staked))} TAO of stake, none spent", (staked,))
        worst = "at worst" if self.size.narrow else "if others sell first"
        for row, move in enumerate(both.market, start=1):
            if move.reachable:
                gone = move.lost_if_restored
                words = (
                    f"{number(round(move.tao))} TAO committed\n{number(round(gone))} lost {worst}"
                )
                self._write(row, words, (move.tao, max(gone, low)))
            else:
                self._write(row, f"{NEVER}: at most {percent(move.most)}", ())

    def _write(self, row: int, words: str, ends: tuple[float, ...]) -> None:
        """Write beside the marks of a row: at their right, or at their left where that is full."""
        low, high = (float(limit) for limit in self.axes.get_xlim())
        decades = log10(high / low)
        gap = 10 ** ((0.045 if self.size.narrow else 0.025) * decades)
        text = self.texts[row]
        text.set_text(words)
        if not ends:
            text.set(x=low * 10 ** (0.02 * decades), ha="left")
        elif log10(max(ends) / low) < 0.6 * decades:
            text.set(x=max(ends) * gap, ha="left")
        else:
            text.set(x=min(ends) / gap, ha="right")

    def place_guess(self, guess: float | None) -> None:
        """Mark how much TAO the learner thought the spot price takes."""
        at = seen(guess, 1e-9)
        self.guess.set_data(at, [1 - LANE] * len(at))
