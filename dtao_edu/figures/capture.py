"""A capture by vote and by price: what stands behind it, what is at risk, and what it earns."""

from __future__ import annotations

from math import floor, log10

from matplotlib.axes import Axes
from matplotlib.text import Text

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_cross
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.attacks import Attempt, Capture
from dtao_edu.wording import amount, number, percent

LANE = 0.13
"""How far committed and lost stand above and below the middle of a row."""
LIMITS = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
"""Where the axis of what is earned ends, TAO."""


def capture_sentence(both: Capture) -> str:
    """Say what it takes under each rule, and with how much more or less it ends.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> from dtao_edu.studies.attacks import capture
    >>> vote, pools = ledger.root_vote("2024-11-24").network(), ledger.pools("2025-04-17")
    >>> print(capture_sentence(capture(vote, pools, 62, 0.05)))
    To bring 5.0 % of all emission to subnet 62 for 7 days, an insider has 1,688,937 TAO vote, \
lent by others, loses none of it and ends with 1,004 TAO more. By price 4,663 TAO of its own are \
committed, of which 4,384 can be lost, and it ends with 424 TAO more if nobody answers.
    """
    vote, market = both.vote, both.market
    lent = "" if vote.own else ", lent by others"
    who = "an insider" if both.who == "insider" else "a stranger"
    return (
        f"To bring {percent(both.part)} of all emission to subnet {vote.target} for "
        f"{_days(vote.days)}, {who} has {amount(round(vote.committed), 'TAO')} vote{lent}, loses "
        f"none of it and ends with {_more(vote)}. By price {amount(round(market.committed), 'TAO')}"
        f" of its own are committed, of which {number(round(market.lost_at_worst))} can be lost, "
        f"and it ends with {_more(market)} if nobody answers."
    )


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"


def _more(one: Attempt) -> str:
    turn = "more" if one.earned >= 0 else "less"
    return f"{amount(abs(one.earned), 'TAO', 3)} {turn}"


@at_any_size
def capture_bars(both: Capture, *, size: SizeName = "page", source: str = "") -> Picture[Capture]:
    """TAO behind it, TAO at risk and TAO earned, a row for the vote and a row for the price.

    Parameters
    ----------
    both : Capture
        From :func:`dtao_edu.studies.attacks.capture`.

    Examples
    --------
    >>> from dtao_edu import ledger
    >>> from dtao_edu.studies.attacks import capture
    >>> vote, pools = ledger.root_vote("2024-11-24").network(), ledger.pools("2025-04-17")
    >>> picture = capture_bars(capture(vote, pools, 62, 0.05))
    >>> [ax.get_title("left") for ax in picture.figure.axes]
    ['Behind it and at risk, TAO', 'Earned at the end, TAO']
    """
    return _Capture(size).picture(capture_sentence, both, source)


class _Capture(Artists[Capture]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size, phone=1.3)
        dress = self.size
        ax = self.behind = self._panel(
            (0.1, 0.15, 0.47, 0.7), (0.16, 0.6, 0.8, 0.31), "Behind it and at risk, TAO"
        )
        style.decades(ax, 10 if size == "page" else 100)  # else the names of tens would meet
        marks = dress.marks
        (self.lent,) = ax.plot([], [], "s", color=style.SOFT, **marks)
        (self.own,) = ax.plot([], [], "o", color=style.BLUE, **marks)
        (self.lost,) = ax.plot([], [], "D", color=style.VERMILION, mfc="none", **marks)
        self.words = [self._text(ax, row) for row in range(2)]
        ax = self.gain = self._panel(
            (0.64, 0.15, 0.31, 0.7), (0.16, 0.1, 0.76, 0.31), "Earned at the end, TAO", ticks=4
        )
        if not dress.narrow:
            ax.set_yticklabels(["", ""])
        ax.axvline(0, color=style.SOFT, lw=dress.line * 0.5)
        self.bars = [*ax.barh(range(2), [0, 0], height=0.32, color=style.GREEN)]
        self.earned = [self._text(ax, row) for row in range(2)]
        self.guess = add_cross(ax, self.size)
        self.known = (self.lent, self.own, self.words[0])
        self.answer = (self.lost, self.words[1], *self.bars, *self.earned)
        self.guessed = (self.guess,)

    def _panel(self, place: style.Place, phone: style.Place, title: str, ticks: int = 5) -> Axes:
        ax = self.add_axes(place, phone=phone, title=title, ticks=ticks)
        style.rows(ax, ("by vote", "by price"))
        ax.grid(visible=False, axis="y")
        return ax

    def _text(self, ax: Axes, row: int) -> Text:
        return style.write(ax, self.size, (1, row), linespacing=1.4)

    def update(self, both: Capture) -> None:
        vote, market = both.vote, both.market
        low = min(100.0, 10.0 ** floor(log10(max(market.lost_at_worst, 1.0))))
        self.behind.set_xlim(low, 9e6)
        for line, own in ((self.lent, False), (self.own, True)):
            rows = [
                (one.committed, row) for row, one in enumerate((vote, market)) if one.own is own
            ]
            line.set_data([tao for tao, _ in rows], [row - LANE if row else row for _, row in rows])
        self.lost.set_data([max(market.lost_at_worst, low)], [1 + LANE])
        behind = "of one's own" if vote.own else "lent by others"
        self._write(self.words[0], f"{number(round(vote.committed))},\n{behind}", vote.committed)
        self._write(
            self.words[1],
            f"{number(round(market.committed))} of one's own,\n"
            f"{number(round(market.lost_at_worst))} lost at worst",
            market.committed,
        )
        highest = max(abs(vote.earned), abs(market.earned))
        limit = next((one for one in LIMITS if highest <= 0.7 * one), 10 * LIMITS[-1])
        self.gain.set_xlim(-limit, limit)
        for row, one in enumerate((vote, market)):
            self.bars[row].set_width(one.earned)
            self.bars[row].set_facecolor(style.GREEN if one.earned >= 0 else style.VERMILION)
            self.earned[row].set_text(f"{'+' if one.earned >= 0 else ''}{number(one.earned, 3)}")
            self.earned[row].set(x=0, y=row - 0.3, ha="left" if one.earned >= 0 else "right")

    def _write(self, text: Text, words: str, tao: float) -> None:
        """Write at the right of a mark, or at its left where the axis ends."""
        left = tao < 60_000
        text.set(text=words, x=tao * (1.35 if left else 1 / 1.35), ha="left" if left else "right")

    def place_guess(self, guess: float | None) -> None:
        """Mark how much the learner thought the price earns."""
        self.guess.set_data(([], []) if guess is None else ([guess], [1]))
