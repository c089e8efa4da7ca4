"""The numbers of an exercise: drawn from a seed, the same on every machine and in every version."""

from __future__ import annotations

import copy
import hashlib
import random
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from dtao_edu.practice.checking.record import Answer
from dtao_edu.practice.text import exact

_Item = TypeVar("_Item")


class Given:
    """The numbers that an exercise gives, each under its name.

    Examples
    --------
    >>> g = Given(tao_in=1250.0, tao=10)
    >>> g.tao_in
    1250.0
    >>> g
    tao_in = 1250.0
    tao = 10
    >>> list(g)
    ['tao_in', 'tao']
    """

    def __init__(self, **values: Answer) -> None:
        self.__dict__.update(values)

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __contains__(self, name: object) -> bool:
        return name in self.__dict__

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{name!r} is not given here; given: {', '.join(self)}.")

    def __repr__(self) -> str:
        return "\n".join(f"{name} = {value!r}" for name, value in self.__dict__.items())

    def fresh(self) -> Given:
        """Return a copy that may be changed without harm."""
        plain = (int, float, str)
        items = self.__dict__.items()
        return Given(**{k: v if isinstance(v, plain) else copy.deepcopy(v) for k, v in items})


class Draw:
    """Draws numbers from a seed.

    Only `random.Random.random` is asked, whose values Python keeps from version to version.

    Parameters
    ----------
    seed : str
        The same text gives the same numbers.
    name : str, optional
        The name that the learner sits under, for :meth:`once`; the seed itself if left out.

    Examples
    --------
    >>> draw = Draw("practice/05.1/0")
    >>> 10 <= draw.whole(10, 50, step=5) <= 50
    True
    >>> Draw("a").number(1, 9) == Draw("a").number(1, 9)
    True
    """

    def __init__(self, seed: str, name: str | None = None) -> None:
        self.name = seed if name is None else name
        self._random = random.Random(int.from_bytes(hashlib.sha256(seed.encode()).digest()))

    def unit(self) -> float:
        """Draw from 0 to 1, 1 left out."""
        return self._random.random()

    def whole(self, low: int, high: int, step: int = 1) -> int:
        """Draw a whole number from `low` to `high`, both included, in steps.

        Parameters
        ----------
        low, high, step : int
        """
        return low + step * int(self.unit() * ((high - low) // step + 1))

    def number(self, low: float, high: float, digits: int = 3) -> float:
        """Draw a number between `low` and `high`, all sizes alike, of so many significant digits.

        Parameters
        ----------
        low, high : float
            Above 0. A tenth is as likely to a hundredth as a hundred to ten.
        digits : int
            Significant digits, so that it can be read aloud.
        """
        value = low * (high / low) ** self.unit()
        return min(max(float(f"{value:.{digits - 1}e}"), low), high)

    def pick(self, items: Sequence[_Item]) -> _Item:
        """Draw one of the items."""
        return items[int(self.unit() * len(items))]

    def once(self, items: Sequence[_Item], what: str) -> _Item:
        """Draw one of the items by the learner's name alone: every exercise gets the same one.

        Examples
        --------
        >>> one, other = Draw("ada/13.1/0", "ada"), Draw("ada/13.4/7", "ada")
        >>> one.once(range(100), "day") == other.once(range(100), "day")
        True
        """
        return Draw(f"{self.name}/{what}").pick(items)

    def sample(self, items: Sequence[_Item], count: int) -> list[_Item]:
        """Draw `count` different items, in the order of the draw."""
        left = list(items)
        return [left.pop(int(self.unit() * len(left))) for _ in range(count)]

    def shuffle(self, items: Sequence[_Item]) -> list[_Item]:
        """Return all items in a drawn order."""
        return self.sample(items, len(items))


class _Filler(string.Formatter):
    """Puts numbers into a text as people write them: ``{tao_in}`` becomes 15,278.01."""

    def format_field(self, value: Any, format_spec: str) -> str:
        return format(value, format_spec) if format_spec else exact(value)


Text = str | Callable[[Given], str]
"""A text with places in braces for given numbers, or a function of them that writes it."""


def fill(text: Text, given: Given, **more: str) -> str:
    """Put the given numbers into a text.

    Parameters
    ----------
    text : str or callable
        ``"{tao} TAO"``, or ``lambda g: f"{show(g.tao / 2)} TAO"``.
    given : Given
        The numbers.
    **more
        Further places.

    Examples
    --------
    >>> fill("{tao} TAO at {price:.2f}", Given(tao=1500, price=0.123))
    '1,500 TAO at 0.12'
    """
    if callable(text):
        return text(given)
    places: Mapping[str, Any] = {**given.__dict__, **more}
    return _Filler().vformat(text, (), places)
