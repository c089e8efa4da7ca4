"""Subnets over time: one quantity of all of them, and beside it one subnet more closely."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_line
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.steps import step_up
from dtao_edu.simulation.rules import day_of
from dtao_edu.studies.price_race import MOST, Quantity, Turn
from dtao_edu.wording import amount, day_in_words, number, percent

NAMES: dict[Quantity, str] = {
    "price": "spot price, TAO per alpha",
    "moving_price": "moving price, TAO per alpha",
    "share": "share of all emission, %",
    "emission": "TAO from emission since the start",
    "depth": "TAO in the pool",
}
"""What the large axes are called."""
HUNDRED: dict[Quantity, float] = {"share": 100.0}
_DASHES: tuple[Any, ...] = (
    "-", (0, (6, 2)), (0, (1.2, 1.5)), (0, (6, 2, 1.2, 2)), (0, (3, 1.5)),
    (0, (8, 2, 1.2, 2, 1.2, 2)), (0, (2, 3)), (0, (10, 3)),
)  # fmt: skip
_COLOURS = (style.INK, style.VERMILION, style.GREEN, style.SOFT)
_SMALL: dict[Quantity, float] = {"price": 0.725, "share": 0.4225, "depth": 0.12}
_KEY = "ring: after the trade that is set; \N{BLACK UP-POINTING TRIANGLE} staked, \
\N{BLACK DOWN-POINTING TRIANGLE} unstaked"
_LEADS = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_SPANS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70)


def race_sentence(turn: Turn) -> str:
    """Say how the subnet stands, what it gained in share, and what the trade would do at once."""
    race, netuid = turn.race, turn.netuid
    here = race.network.place(netuid)
    now = race.now
    gained = float(now.share[here] - race.began.shares()[here])
    others = (
        f"{abs(100 * gained):.1f} points {'more' if gained > 0 else 'less'} than at the start; "
        f"what it {'gained, the others lost' if gained > 0 else 'lost, the others gained'}"
        if abs(gained) >= 0.0005
        else "about as at the start"
    )
    came = float(now.emission[here])
    said = (
        f"Day {race.days:.1f}: subnet {netuid} has a price of {number(now.price[here], 3)} TAO, a "
        f"moving price of {number(now.moving_price[here], 3)} TAO and {percent(now.share[here])} "
        f"of all emission, {others}. Emission has brought {amount(round(came), 'TAO')} into its "
        f"pool."
    )
    if turn.trade is None:
        return f"{said} There is nothing that you could {turn.side}."
    give = "TAO" if turn.side == "stake" else "alpha"
    return (
        f"{said} If you {turn.side} {amount(turn.trade.paid, give)}, the price is "
        f"{number(turn.trade.after.price, 3)} TAO at once."
    )


@at_any_size
def race_lines(turn: Turn, *, size: style.SizeName = "page", source: str = "") -> Picture[Turn]:
    """Share of i = m_i / sum m: what stake does at once, and what only time does.

    At the left one quantity of up to eight subnets; the one that is looked at is thick. At the
    right that subnet alone: price and moving price, share, and TAO in the pool. A ring is what
    the trade would do at once.

    Parameters
    ----------
    turn : Turn
        From :meth:`dtao_edu.studies.price_race.Race.turn`.

    Examples
    --------
    >>> from dtao_edu import Network, Pool
    >>> from dtao_edu.studies.price_race import Race
    >>> pools = {1: Pool(100, 1000, 500), 2: Pool(300, 1000, 500)}
    >>> race = Race.begin(Network(pools, root_tao=0, issuance=500))
    >>> race_lines(race.turn(1, tao=50, quantity="share")).figure.axes[0].get_ylabel()
    'share of all emission, %'
    """
    return _Lines(size).picture(race_sentence, turn, source)


class _Lines(Artists[Turn]):
    def __init__(self, size: style.SizeName) -> None:
        super().__init__(size, tall=1.25, phone=2.2)
        dress = self.size
        self.large = self.add_axes(
            (0.112, 0.12, 0.473, 0.81), ticks=6, phone=(0.17, 0.59, 0.62, 0.355)
        )
        short = dress.narrow or not dress.caption  # as large as on a slide it would be too long
        key = _KEY.replace("; ", ";\n") if short else _KEY
        self.large.set_title(key, loc="left", fontsize=dress.note, color=style.SOFT)
        self.small = {
            name: self.add_axes(
                (0.73, low, 0.26, 0.205),
                phone=(0.17, 0.06 + 0.58 * (low - 0.12), 0.79, 0.09),
                ticks=3,
            )
            for name, low in _SMALL.items()
        }
        for name, ax in self.small.items():
            ax.tick_params(axis="x", labelbottom=name == "depth")
        for ax in self.figure.axes:
            ax.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        thin = dress.line * 0.75
        self.lines = [
            add_line(self.large, _COLOURS[n % 4], thin, dash) for n, dash in enumerate(_DASHES)
        ]
        self.names = [style.write(self.large, dress, (0, 0)) for _ in range(MOST)]
        self.own = {name: add_line(ax, style.BLUE, thin) for name, ax in self.small.items()}
        self.follows = add_line(self.small["price"], style.INK, thin, (0, (4, 1.5)))
        ring: dict[str, Any] = {
            "ls": "none", "marker": "o", "color": style.BLUE, "mfc": "none",
            "ms": dress.marker * 0.8, "mew": dress.line * 0.7, "clip_on": False,
        }  # fmt: skip

        def marks(*places: Axes, **look: Any) -> dict[Axes, Line2D]:
            return {ax: ax.plot([], [], **(ring | look))[0] for ax in places}

        small = self.small
        self.rings = marks(self.large, small["price"], small["depth"])
        self.dot = marks(self.large, mfc=style.BLUE, ms=dress.marker * 0.6)[self.large]
        solid = {"mfc": style.BLUE, "mew": 0, "ms": dress.marker * 0.75}
        self.done = {
            side: marks(self.large, marker=marker, **solid)[self.large]
            for side, marker in (("stake", "^"), ("unstake", "v"))
        }
        self.answers = marks(self.large, small["share"], marker="D", ms=dress.marker * 0.7)
        self.guesses = marks(
            self.large, small["share"], marker="x", color=style.PURPLE, mew=dress.line
        )
        self.said = [style.write(self.large, dress, (0, 0), ha="right") for _ in range(2)]
        self.marked: tuple[float, float, float] | None = None
        self.told: tuple[Any, ...] = ()
        self.known = (
            *self.lines, *self.names, *self.own.values(), self.follows, *self.rings.values(),
            self.dot, *self.done.values(),
        )  # fmt: skip
        self.answer = (*self.answers.values(), self.said[0])
        self.guessed = (*self.guesses.values(), self.said[1])

    def update(self, turn: Turn) -> None:
        """Move everything to a turn; what was seen so far only where that is another."""
        told = (turn.race, turn.netuid, turn.quantity)
        if told != self.told:
            self._read(turn)
        at_once = self._at_once(turn)
        self._frame(turn, at_once)
        if told != self.told:
            self._tell(turn)
        self._name_ends(turn)
        for ax, value in (
            (self.large, at_once.get(turn.quantity)),
            (self.small["price"], at_once.get("price")),
            (self.small["depth"], at_once.get("depth")),
        ):
            now = self.times[-1]
            self.rings[ax].set_data(([], []) if value is None else ([now], [value]))
        self.turn, self.told = turn, told
        self._mark(turn)

    def _read(self, turn: Turn) -> None:
        """Take what is drawn out of the records."""
        race = turn.race
        columns = [race.network.place(netuid) for netuid in turn.shown]
        self.times = race.times
        self.table = race.lines(turn.quantity)[:, columns] * HUNDRED.get(turn.quantity, 1.0)
        wanted: tuple[Quantity, ...] = ("price", "share", "depth", "moving_price")
        self.seen = {name: race.of(turn.netuid, name) * HUNDRED.get(name, 1.0) for name in wanted}

    def _tell(self, turn: Turn) -> None:
        """Draw what was seen so far."""
        race, shown = turn.race, turn.shown
        for place, line in enumerate(self.lines):
            line.set_visible(place < len(shown))
            if place < len(shown):
                line.set_data(self.times, self.table[:, place])
                chosen = shown[place] == turn.netuid
                line.set_color(style.BLUE if chosen else _COLOURS[place % 4])
                line.set_linestyle("-" if chosen else _DASHES[place])
                line.set_linewidth(self.size.line * (1.6 if chosen else 0.75))
        for name, line in self.own.items():
            line.set_data(self.times, self.seen[name])
        self.follows.set_data(self.times, self.seen["moving_price"])
        self.dot.set_data([self.times[-1]], [self.table[-1, shown.index(turn.netuid)]])
        for side, marks in self.done.items():
            days = [
                (done.block - race.began.block) / BLOCKS_PER_DAY
                for done in race.trades
                if done.netuid == turn.netuid and done.trade.side == side
            ]
            marks.set_data(days, [0] * len(days))

    def _at_once(self, turn: Turn) -> dict[str, float]:
        if turn.trade is None:
            return {}
        after = turn.trade.after
        return {"price": float(after.price), "depth": float(after.tao_in)}

    def _frame(self, turn: Turn, at_once: dict[str, float]) -> None:
        """Set the limits, which change in steps, and what depends on them alone."""
        seen, (_, answer, guess) = self.seen, self.marked or (0, 0, 0)
        high = {
            self.large: max(self.table.max(), at_once.get(turn.quantity, 0)),
            self.small["price"]: max(
                seen["price"].max(), seen["moving_price"].max(), at_once.get("price", 0)
            ),
            self.small["share"]: max(seen["share"].max(), answer, guess),
        }
        if turn.quantity == "share":
            high[self.large] = max(high[self.large], answer, guess)
        deep = [*seen["depth"], at_once.get("depth", seen["depth"][-1])]
        limits = {
            ax: (0.0, 1.05 * step_up(top, _LEADS) if top > 0 else 1.05) for ax, top in high.items()
        }
        limits[self.small["depth"]] = _around(min(deep), max(deep))
        span = _span(self.times[-1] + 1)
        for ax, (low, top) in limits.items():
            if ax.get_xlim() != (0, span):
                ax.set_xlim(0, span)
            if ax.get_ylim() != (low, top):
                ax.set_ylim(low, top)
        since = f"days since {day_in_words(day_of(turn.race.began.block))}"
        if self.large.get_xlabel() != since:
            self.large.set_xlabel(since)
            self.small["depth"].set_xlabel("days")
        if self.large.get_ylabel() != NAMES[turn.quantity]:
            self.large.set_ylabel(NAMES[turn.quantity])
        titles: dict[Quantity, str] = {
            "price": f"subnet {turn.netuid}: price, moving - -",
            "share": f"subnet {turn.netuid}: share, %",
            "depth": f"subnet {turn.netuid}: TAO in the pool",
        }
        for name, title in titles.items():
            if self.small[name].get_title("left") != title:
                self.small[name].set_title(
                    title, loc="left", fontsize=self.size.note, color=style.INK,
                    pad=self.size.note * 0.4,
                )  # fmt: skip

    def _name_ends(self, turn: Turn) -> None:
        """Write each netuid beside the end of its line, moved apart where two would meet."""
        now, ends = self.times[-1], self.table[-1]
        low, high = self.large.get_ylim()
        gap = self.large.get_xlim()[1] * 0.02
        step = 1.3 * self.size.note / (0.81 * self.figure.get_figheight() * 72) * (high - low)
        order = sorted(range(len(ends)), key=lambda place: float(ends[place]))
        places = _apart([float(ends[place]) for place in order], step, low + step / 2)
        for text in self.names[len(ends) :]:
            text.set_visible(False)
        for place, at in zip(order, places, strict=True):
            netuid = turn.shown[place]
            chosen = netuid == turn.netuid
            self.names[place].set(
                position=(now + gap, at), text=str(netuid), visible=True,
                color=style.BLUE if chosen else _COLOURS[place % 4],
                fontweight="bold" if chosen else "normal",
            )  # fmt: skip

    def place_guess(self, guess: float | None) -> None:
        """Mark the guess a day from now, and beside it what the engine says."""
        self.marked = None
        if guess is not None and isfinite(guess) and guess >= 0:
            later = self.turn.a_day_later
            share = 100 * float(later.now.share[later.network.place(self.turn.netuid)])
            self.marked = later.days, share, guess
        self.update(self.turn)

    def _mark(self, turn: Turn) -> None:
        """Show guess and answer among all subnets where shares are drawn large, else beside."""
        on = self.large if turn.quantity == "share" else self.small["share"]
        day, *values = self.marked or (0.0, 0.0, 0.0)
        for marks, value in zip((self.answers, self.guesses), values, strict=True):
            for ax, line in marks.items():
                seen = self.marked is not None and ax is on
                line.set_data(([day], [value]) if seen else ([], []))
        low, high = self.large.get_ylim()
        apart = (high - low) * 0.05
        left = day - self.large.get_xlim()[1] * 0.025
        words = ("a day later", "your guess")
        for text, word, at in zip(
            self.said, words, _two_apart(values[0], values[1], apart), strict=True
        ):
            seen = self.marked is not None and on is self.large
            text.set(position=(left, at), text=word if seen else "")


def _apart(ends: Sequence[float], step: float, lowest: float) -> list[float]:
    """Move rising numbers as little as is needed to stand a step apart, none below the lowest.

    Examples
    --------
    >>> _apart([1.0, 1.0, 5.0], 1.0, 0.0)
    [0.5, 1.5, 5.0]
    """
    groups: list[tuple[float, int]] = []  # where the first of a group stands, and how many follow
    for end in ends:
        first, count = end, 1
        while groups and groups[-1][0] + groups[-1][1] * step > first:
            before, more = groups.pop()
            first = (before * more + (first - more * step) * count) / (more + count)
            count += more
        groups.append((max(first, lowest), count))
    return [first + place * step for first, count in groups for place in range(count)]


def _two_apart(one: float, other: float, step: float) -> tuple[float, float]:
    low, high = _apart(sorted((one, other)), step, 0.0)
    return (low, high) if one <= other else (high, low)


def _span(days: float) -> int:
    """Return the next of the days to which the axis may reach."""
    return next((span for span in _SPANS if days <= span), ceil(days / 50) * 50)


def _around(low: float, high: float) -> tuple[float, float]:
    """Return limits a little beyond two numbers, on a grid as coarse as what lies between."""
    width = max(high - low, 0.02 * high)
    grid = float(f"1e{floor(log10(width))}")
    while width / grid > 4:
        grid *= 2
    return (floor(low / grid - 0.1) * grid, ceil(high / grid + 0.1) * grid)
