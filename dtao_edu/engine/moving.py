"""The moving price of a path of spot prices over months of blocks.

Between two samples the spot price is taken as a straight line. The moving price lags behind
it by g = p - m, and the engine's own update m' = (1 - a) m + a p says for the lag

    g' = (1 - a) (g + s),    s the slope of the line, TAO per alpha and block.

That is linear, so two columns over the subnet's age do for every subnet and every price:
how much of an old lag is left, and how far one lags behind a slope of 1. They are
read off `engine.formulas` once for each pair of constants; a sample then costs one line
instead of 7,200 steps. :func:`last_moving_price` does without them, and so without NumPy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dtao_edu.engine import formulas
from dtao_edu.engine.emission import MOVING_ALPHA, MOVING_HALVING
from dtao_edu.engine.errors import not_negative, number, refuse, whole

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from dtao_edu.engine.quantity import Amount

_EXPONENT = 500.0
# e^500 still fits into a float: the columns are filled in pieces over which the lag left
# falls by no more than that.
_KEPT = 2
# Pairs of constants whose columns are kept: 2 * 17 MB for the 1.8 million blocks of the ledger.
_FORGOTTEN = 30.0  # a lag of which e^-30 is left is forgotten
_PIECE = 0.02  # the smoothing changes by no more than about a fiftieth within a piece
_SHORTEST = 60  # blocks


@dataclass(frozen=True, eq=False, repr=False)
class Response:
    """log(lag left) and lag behind a slope of 1, by block; entry k is k blocks after the first age.

    Attributes
    ----------
    log_left : array
        Sum of log(1 - a) over the blocks 1 to k.
    ramp : array
        Lag after k blocks behind a price that rises by 1 a block.
    """

    log_left: NDArray[float64]
    ramp: NDArray[float64]

    def follow(
        self, blocks: Sequence[int], prices: Sequence[float], start: float, age: int = 0
    ) -> list[float]:
        """Return the moving price at each of the blocks; the price is a line from one to the next.

        Parameters
        ----------
        blocks, prices : sequences of equal length
            Rising blocks and the spot price there, TAO per alpha.
        start : float
            Moving price at the first of them.
        age : int
            Blocks between the first age of the columns and the first of them.
        """
        import numpy

        at = numpy.asarray(blocks) - blocks[0] + age
        log_left, ramp = self.log_left[at], self.ramp[at]
        left = numpy.exp(numpy.diff(log_left))
        slope = numpy.diff(prices) / numpy.diff(at)
        added = slope * (ramp[1:] - left * ramp[:-1])
        lag, moving = prices[0] - start, [start]
        for price, kept, more in zip(prices[1:], left.tolist(), added.tolist(), strict=True):
            lag = kept * lag + more
            moving.append(price - lag)
        return moving


_columns: dict[tuple[float, float, int], Response] = {}


def response(alpha: Amount, halving: float, blocks: int, first_age: int = 0) -> Response:
    """Return the two columns for a pair of constants, for at least so many blocks.

    Parameters
    ----------
    alpha, halving
        As in :func:`dtao_edu.engine.formulas.smoothing`: alpha above 0 and below 1, halving 0
        or more.
    blocks, first_age : int
        How many, and the age after which the first of them comes.
    """
    if not 0 < number("alpha", alpha) < 1:
        refuse("alpha", alpha, "a number above 0 and below 1")
    not_negative("halving", halving)
    constants = float(alpha), float(halving), whole("age", first_age)
    known = _columns.pop(constants, None)
    if known is None or len(known.ramp) <= blocks:
        # A power of two, so that series of about the same length share one pair of columns.
        known = _response(*constants, 1 << int(blocks).bit_length())
    _columns[constants] = known  # the last one used stands last
    while len(_columns) > _KEPT:
        _columns.pop(next(iter(_columns)), None)  # another thread may have been first
    return known


def _response(alpha: float, halving: float, first_age: int, length: int) -> Response:
    import numpy

    age = numpy.arange(1, length + 1, dtype=float) + first_age
    # What one block leaves of a moving price of 1 when the spot price is 0.
    left = formulas.moving_price(1.0, 0.0, formulas.smoothing(alpha, age, halving))
    log_left = numpy.concatenate([[0.0], numpy.cumsum(numpy.log(numpy.asarray(left)))])
    ramp = numpy.zeros(length + 1)
    fallen, first = -log_left, 0
    while first < length:
        limit = fallen[first] + _EXPONENT
        last = min(length, int(numpy.searchsorted(fallen, limit)))
        piece = fallen[first : last + 1] - fallen[first]
        growth = numpy.cumsum(numpy.exp(piece[:-1]))
        ramp[first + 1 : last + 1] = numpy.exp(-piece[1:]) * (ramp[first] + growth)
        first = last
    for column in (log_left, ramp):
        column.setflags(write=False)
    return Response(log_left, ramp)


def moving_price(
    blocks: Sequence[int],
    prices: Sequence[float],
    at: Iterable[int] | None = None,
    *,
    alpha: Amount = MOVING_ALPHA,
    halving: float = MOVING_HALVING,
    start: float = 0.0,
    age: int = 0,
) -> tuple[float, ...]:
    """m' = (1 - a) m + a p in every block, a = alpha b / (b + H), p a line between samples.

    Parameters
    ----------
    blocks : sequence of int
        Blocks of the samples, rising; at least one.
    prices : sequence of float
        Spot price at each, TAO per alpha, 0 to 1. (Above 1 the chain caps it.)
    at : iterable of int, optional
        Blocks at which the moving price is asked, none after the last sample; before the
        first sample it is `start`. If left out: at the samples.
    alpha, halving
        As in :func:`dtao_edu.engine.formulas.smoothing`. Alpha above 0 and below 1.
    start : float
        Moving price at the first sample: 0 for a new subnet; the share in the last root vote
        for those of the launch.
    age : int
        b at the first sample; 0 when counting starts there.

    Returns
    -------
    tuple of float
        TAO per alpha, in the order of `at`. A value at block n includes the price of block n.

    Raises
    ------
    InputError
        A price above 1 or negative, blocks that do not rise, a block after the last sample.

    Examples
    --------
    Four per cent of a constant price after a day, 28 per cent after three (lesson 07):

    >>> [round(m, 2) for m in moving_price([0, 21_600], [1.0, 1.0], at=[7200, 21_600])]
    [0.04, 0.28]
    """
    import numpy

    first, wanted = _checked(blocks, prices, at)
    points = sorted({*blocks, *(block for block in wanted if block > first)})
    line = numpy.interp(points, blocks, prices).tolist()
    start, age = float(not_negative("start", start)), whole("age", age)
    columns = response(alpha, halving, points[-1] - first + age)
    found = dict(zip(points, columns.follow(points, line, start, age), strict=True))
    return tuple(found.get(block, start) for block in wanted)


def _checked(
    blocks: Sequence[int], prices: Sequence[float], at: Iterable[int] | None
) -> tuple[int, list[int]]:
    if not blocks or len(blocks) != len(prices):
        refuse("prices", f"{len(prices)} entries", f"{len(blocks)}, one a block, at least one")
    if any(later <= earlier for earlier, later in pairwise(blocks)):
        refuse("blocks", "not rising", "blocks that rise from one sample to the next")
    for price in prices:
        if not 0 <= price <= 1:
            refuse("prices", price, "0 to 1 TAO per alpha; above 1 the chain caps the price")
    wanted = list(blocks if at is None else at)
    for block in wanted:
        if block > blocks[-1]:
            refuse("at", block, f"blocks up to the last sample, {blocks[-1]}")
    return blocks[0], wanted


def last_moving_price(
    blocks: Sequence[int], prices: Sequence[float], alpha: float, halving: float
) -> float:
    """Return the moving price at the last sample, without NumPy: within 3e-4 of its value.

    In pieces over which the smoothing hardly changes, from where older prices are forgotten. Over
    n blocks of an even smoothing a, A = 1 - (1 - a)^n of them all, the lag is
    g' = (1 - A) g + s (1 - a) / a A.

    Parameters
    ----------
    blocks, prices, alpha, halving
        As in :func:`moving_price`; it starts at 0, and age is counted from there.

    Examples
    --------
    >>> round(last_moving_price([0, 7200, 21_600], [1.0, 1.0, 1.0], 3e-4, 201_600), 2)
    0.28
    """
    first, begin, passed = blocks[0], len(blocks) - 1, 0.0
    while begin and passed < _FORGOTTEN:
        begin -= 1
        long = blocks[begin + 1] - blocks[begin]
        passed += long * formulas.smoothing(alpha, blocks[begin] - first + long / 2, halving)
    lag = 0.0 if begin else prices[0]
    for place in range(begin, len(blocks) - 1):
        age, left = blocks[place] - first, blocks[place + 1] - blocks[place]
        slope = (prices[place + 1] - prices[place]) / left
        while left:
            even = int(_PIECE * age * (age + halving) / halving) if halving else left
            piece = min(left, max(_SHORTEST, even))
            a = formulas.smoothing(alpha, age + (piece + 1) / 2, halving)
            over = formulas.smoothing_over(a, piece)
            lag = (1 - over) * lag + slope * (1 - a) / a * over
            age, left = age + piece, left - piece
    return prices[-1] - lag
