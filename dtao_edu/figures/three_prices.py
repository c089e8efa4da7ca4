"""Three prices, the shares they give, and what enters each pool."""

from __future__ import annotations

from typing import Any

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_cross
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.three_prices import Injected
from dtao_edu.wording import amount, number, percent

NAMES = ("A", "B", "C")
"""The three subnets; they are invented."""


def prices_sentence(block: Injected) -> str:
    """Say what the first subnet gets, and whether the cap binds.

    Examples
    --------
    >>> from dtao_edu.studies.three_prices import inject_by_price
    >>> print(prices_sentence(inject_by_price([0.3, 0.2])))
    Prices of 0.3 and 0.2 sum to 0.5: subnet A gets 60.0 % of 1 TAO. That sum is below the block \
emission, so the cap binds: 1 alpha enters with it, and its price rises.
    """
    total = sum(block.prices)
    prices = " and ".join((", ".join(map(number, block.prices[:-1])), number(block.prices[-1])))
    first = block.injections[0]
    told = (
        "That sum is below the block emission, so the cap binds: "
        f"{amount(first.alpha_in, 'alpha')} enters with it, and its price rises."
        if block.capped
        else f"With it enter {amount(first.alpha_in, 'alpha')}, as much as that TAO fetches at "
        "the price, so its price stays."
    )
    return (
        f"Prices of {prices} sum to {number(total)}: subnet {NAMES[0]} gets "
        f"{percent(block.shares[0])} of {amount(block.emission, 'TAO')}. {told}"
    )


@at_any_size
def price_bars(block: Injected, *, size: SizeName = "page", source: str = "") -> Picture[Injected]:
    """share_i = p_i / sum of p: prices, shares, and the alpha that enters, with its cap.

    Parameters
    ----------
    block : Injected
        Three prices and what a block gives by them.

    Examples
    --------
    >>> from dtao_edu.studies.three_prices import inject_by_price
    >>> [ax.get_title("left") for ax in price_bars(inject_by_price([0.3, 0.2])).figure.axes]
    ['Price, TAO', 'Share of emission, %', 'Alpha that enters']
    """
    return _ThreePrices(size, len(block.prices)).picture(prices_sentence, block, source)


class _ThreePrices(Artists[Injected]):
    def __init__(self, size: SizeName, count: int) -> None:
        super().__init__(size)
        self.rows = range(count)
        prices, self.price_words = self._panel(0.10, "Price, TAO", 1.0, style.SOFT)
        part, enters = self._title("Share of", "emission, %"), self._title("Alpha", "that enters")
        shares, self.share_words = self._panel(0.42, part, 100, style.BLUE)
        alpha, self.alpha_words = self._panel(0.74, enters, 1.25, style.GREEN)
        self.bars = (prices, shares, alpha)
        # The cap does not move: one alpha a block, until the first halving of an alpha.
        axis = self.figure.axes[2]
        axis.axvline(1.0, color=style.VERMILION, lw=self.size.line, ls=(0, (4, 2)))
        style.write(axis, self.size, (0.97, count - 0.5), "cap", ha="right", va="baseline")
        self.guess = add_cross(self.figure.axes[1], self.size)
        self.known = (*prices, *self.price_words)
        self.answer = (*shares, *alpha, *self.share_words, *self.alpha_words)
        self.guessed = (self.guess,)

    def _title(self, *words: str) -> str:
        return ("\n" if self.size.narrow else " ").join(words)

    def _panel(self, left: float, title: str, most: float, colour: str) -> tuple[Any, Any]:
        ax = self.add_axes((left, 0.13, 0.225, 0.72), title=title, ticks=3)
        ax.set_xlim(0, most)
        names = [NAMES[row] for row in self.rows] if left < 0.2 else [""] * len(self.rows)
        style.rows(ax, names, text=self.size.text)
        bars = ax.barh(list(self.rows), [0] * len(self.rows), height=0.5, color=colour)
        return list(bars), [style.write(ax, self.size, (0, row - 0.38)) for row in self.rows]

    def place_guess(self, guess: float | None) -> None:
        """Mark the guessed share of the first subnet."""
        self.guess.set_data(([], []) if guess is None else ([guess], [0]))

    def update(self, block: Injected) -> None:
        alphas = [given.alpha_in for given in block.injections]
        columns = (block.prices, [100 * share for share in block.shares], alphas)
        words = (
            [amount(price, "TAO") for price in block.prices],
            [percent(share) for share in block.shares],
            [amount(alpha, "" if self.size.narrow else "alpha") for alpha in alphas],
        )
        texts = (self.price_words, self.share_words, self.alpha_words)
        for bars, values, named, said in zip(self.bars, columns, texts, words, strict=True):
            for bar, value, text, word in zip(bars, values, named, said, strict=True):
                bar.set_width(value)
                text.set_text(word)
