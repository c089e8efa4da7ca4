"""Where the tokens lie: on a coldkey, as stake on a hotkey, or in the pool."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.three_places import Booked
from dtao_edu.wording import amount, number


def places_sentence(booked: Booked) -> str:
    """Say what went where, and what stayed the same.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> from dtao_edu.studies.three_places import book_stake
    >>> print(places_sentence(book_stake(Pool(10, 100), 10)))
    10 TAO go from the coldkey into the pool, and 50 alpha come out of it, onto the hotkey: all \
TAO together stay 30, all alpha together stay 100, and TAO times alpha in the pool stays 1,000.
    """
    wallet, trade = booked
    before = trade.before
    product = before.tao_in * before.alpha_in
    return (
        f"{amount(trade.paid, 'TAO')} go from the coldkey into the pool, and "
        f"{amount(trade.received, 'alpha')} come out of it, onto the hotkey: all TAO together "
        f"stay {number(wallet.tao + before.tao_in)}, all alpha together stay "
        f"{number(before.alpha_in + before.alpha_out)}, and TAO times alpha in the pool stays "
        f"{number(product)}."
    )


@at_any_size
def place_bars(booked: Booked, *, size: SizeName = "page", source: str = "") -> Picture[Booked]:
    """TAO on a coldkey and in the pool; alpha on a hotkey and in the pool; and the product.

    Each bar is all there is of a token, so its length stays; a trade moves the border in it.

    Parameters
    ----------
    booked : Booked
        What the coldkey owned before, and the stake that it made, without a fee.

    Examples
    --------
    >>> from dtao_edu.engine.pool import Pool
    >>> from dtao_edu.studies.three_places import book_stake
    >>> picture = place_bars(book_stake(Pool(10, 100), 10))
    >>> [ax.get_title("left") for ax in picture.figure.axes]
    ['TAO', 'alpha', 'In the pool: TAO times alpha']
    """
    return _Places(size).picture(places_sentence, booked, source)


class _Places(Artists[Booked]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size)
        caption = self.size.caption  # without one the letters are larger
        self.own, self.pool_tao, self.tao_words = self._bar(
            0.74 if caption else 0.76, "TAO", "coldkey", style.AMBER
        )
        self.staked, self.pool_alpha, self.alpha_words = self._bar(
            0.43 if caption else 0.40, "alpha", "hotkey", style.GREEN
        )
        ax = self._lane(0.05, 0.16, "In the pool: TAO times alpha")
        self.product = style.write(ax, self.size, (0, 0.55), fontsize=self.size.text * 1.15)
        self.known = (self.own, self.pool_tao, *self.tao_words)
        self.answer = (self.staked, self.pool_alpha, *self.alpha_words, self.product)

    def _lane(self, bottom: float, height: float, title: str) -> Axes:
        """Open a lane across the picture: 1 wide, 1 high, without a frame."""
        ax = self.add_axes((0.04, bottom, 0.92, height), title=title, grid=False)
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.set_axis_off()
        return ax

    def _bar(self, bottom: float, token: str, key: str, colour: str) -> tuple[Any, Any, Any]:
        """Draw all of one token as one bar in two parts."""
        size = self.size
        ax = self._lane(bottom, 0.14, token)
        own = ax.barh(0.5, 0, height=1, color=colour)[0]
        pool = ax.barh(0.5, 1, height=1, color="none", ec=style.BLUE, hatch="////", lw=size.line)[0]
        # On a phone both would meet on one line.
        sides = ((0, -0.3, "left"), (1, -0.68 if size.narrow else -0.3, "right"))
        words = [style.write(ax, size, (x, y), va="top", ha=side) for x, y, side in sides]
        self.key = {**getattr(self, "key", {}), token: key}
        return own, pool, words

    def update(self, booked: Booked) -> None:
        wallet, trade = booked
        after = trade.after
        tao, alpha = float(wallet.tao - trade.paid), float(trade.received)
        self._split(self.own, self.pool_tao, self.tao_words, "TAO", tao, float(after.tao_in))
        self._split(
            self.staked, self.pool_alpha, self.alpha_words, "alpha", alpha, float(after.alpha_in)
        )
        self.product.set_text(
            f"{number(after.tao_in)} × {number(after.alpha_in)} = "
            f"{number(after.tao_in * after.alpha_in)}"
            f"      price: {amount(after.price, 'TAO')}"
        )

    def _split(
        self, own: Any, pool: Any, words: Any, token: str, outside: float, inside: float
    ) -> None:
        part = outside / (outside + inside)
        own.set_width(part)
        pool.set_x(part)
        pool.set_width(1 - part)
        words[0].set_text(f"Hana's {self.key[token]}: {amount(outside, token)}")
        words[1].set_text(f"pool: {amount(inside, token)}")
