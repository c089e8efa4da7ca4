"""Subnets over time: one quantity of all of them, and beside it one subnet more closely."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from dtao_edu.figures import style
from dtao_edu.figures.picture import Picture
from dtao_edu.figures.words import amount, number, percent
from dtao_edu.simulation.race import MOST, Quantity, Turn
from dtao_edu.simulation.rules import day_of

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
_COLOURS = (style.INK, style.VERMILION, style.GREEN, style.PURPLE)
_SPANS = (2, 3, 4, 5, 7, 10, 15, 20, 30, 40, 50, 70)


def race_sentence(turn: Turn) -> str:
    """Say how the subnet stands, what it gained in share, and what the trade would do at once."""
    race, netuid = turn.race, turn.netuid
    here = race.network.place(netuid)
    now = race.now
    gained = float(now.share[here] - race.began.shares()[here])
    others = (
        f"{number(abs(100 * gained), 2)} points {'more' if gained > 0 else 'less'} than at the "
        f"start; what it {'gained, the others lost' if gained > 0 else 'lost, the others gained'}"
        if abs(gained) >= 0.00005
        else "as at the start"
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


def race_lines(turn: Turn, *, size: style.SizeName = "page", source: str = "") -> Picture:
    """Share of i = m_i / sum m: what stake does at once, and what only time does.

    At the left one quantity of up to eight subnets; the one that is looked at is thick. At the
    right that subnet alone: price and moving price, share, and TAO in the pool. A ring is what
    the trade would do at once.

    Parameters
    ----------
    turn : Turn
        From :meth:`dtao_edu.simulation.race.Race.turn`.
    size : {"page", "hall"}
    source : str
        Where the pools come from.

    Returns
    -------
    Picture

    Examples
    --------
    >>> from dtao_edu import Network, Pool
    >>> from dtao_edu.simulation.race import Race
    >>> pools = {1: Pool(100, 1000, 500), 2: Pool(300, 1000, 500)}
    >>> race = Race.begin(Network(pools, root_tao=0, issuance=500))
    >>> race_lines(race.turn(1, tao=50, quantity="share")).figure.axes[0].get_ylabel()
    'share of all emission, %'
    """
    drawn = _Lines(size)
    return Picture(
        figure=drawn.figure,
        size=drawn.dress,
        update=drawn.update,
        sentence=race_sentence,
        value=turn,
        moving=drawn.moving,
        answer=(drawn.answer,),
        guess=drawn.place_guess,
        guessed=(drawn.guess,),
        source=source,
    )


class _Lines:
    """The artists, made once, and what moves them."""

    def __init__(self, size: style.SizeName) -> None:
        self.figure, self.dress = style.blank(size)
        dress = self.dress
        self.large = style.axes(self.figure, dress, (0.085, 0.145, 0.49, 0.82))
        self.large.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
        right = {"price": 0.705, "share": 0.42, "depth": 0.145}
        self.small = {
            name: style.axes(self.figure, dress, (0.725, low, 0.265, 0.205), ticks=3)
            for name, low in right.items()
        }
        for name, ax in self.small.items():
            ax.tick_params(axis="x", labelbottom=name == "depth")
            ax.title.set_fontsize(dress.note)
            ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
        thin = dress.line * 0.75
        self.lines = [
            _line(self.large, _COLOURS[place % 4], dash, thin) for place, dash in enumerate(_DASHES)
        ]
        self.names = [
            self.large.text(0, 0, "", fontsize=dress.note, va="center") for _ in range(MOST)
        ]
        self.own = {name: _line(ax, style.BLUE, "-", thin) for name, ax in self.small.items()}
        self.follows = _line(self.small["price"], style.INK, (0, (4, 1.5)), thin)
        ring: dict[str, Any] = {
            "ls": "none", "marker": "o", "color": style.BLUE, "mfc": "none",
            "ms": dress.marker * 0.8, "mew": dress.line * 0.7, "clip_on": False,
        }  # fmt: skip
        self.rings = {
            ax: ax.plot([], [], **ring)[0]
            for ax in (self.large, self.small["price"], self.small["depth"])
        }
        dot = ring | {"mfc": style.BLUE, "ms": dress.marker * 0.6}
        (self.dot,) = self.large.plot([], [], **dot)
        mark = ring | {"ms": dress.marker * 0.7, "mew": 0, "mfc": style.BLUE}
        (self.stakes,) = self.large.plot([], [], **mark | {"marker": "^"})
        (self.unstakes,) = self.large.plot([], [], **mark | {"marker": "v"})
        share = self.small["share"]
        (self.answer,) = share.plot([], [], **ring | {"marker": "D", "ms": dress.marker * 0.7})
        (self.guess,) = share.plot(
            [], [], **ring | {"marker": "x", "color": style.PURPLE, "mew": dress.line}
        )
        self.moving = (
            *self.lines, *self.names, *self.own.values(), self.follows, *self.rings.values(),
            self.dot, self.stakes, self.unstakes,
        )  # fmt: skip

    def update(self, turn: Turn) -> None:
        """Move everything to a turn."""
        race, shown = turn.race, turn.shown
        self.turn = turn
        columns = [race.network.place(netuid) for netuid in shown]
        here = race.network.place(turn.netuid)
        times = race.times
        table = race.lines(turn.quantity)[:, columns] * HUNDRED.get(turn.quantity, 1.0)
        own = {name: race.of(turn.netuid, name) for name in self.small}  # type: ignore[arg-type]
        own["share"] = 100 * own["share"]
        follows = race.of(turn.netuid, "moving_price")
        at_once = self._at_once(turn)
        self._frame(turn, times[-1], table, own, follows, at_once)
        for place, line in enumerate(self.lines):
            if place < len(shown):
                line.set_data(times, table[:, place])
                chosen = columns[place] == here
                line.set_color(style.BLUE if chosen else _COLOURS[place % 4])
                line.set_linestyle("-" if chosen else _DASHES[place])
                line.set_linewidth(self.dress.line * (1.6 if chosen else 0.75))
                line.set_visible(True)
            else:
                line.set_visible(False)
        self._name_ends(turn, times[-1], table[-1])
        for name, line in self.own.items():
            line.set_data(times, own[name])
        self.follows.set_data(times, follows)
        now = times[-1]
        self.dot.set_data([now], [table[-1, shown.index(turn.netuid)]])
        for ax, value in (
            (self.large, at_once.get(turn.quantity)),
            (self.small["price"], at_once.get("price")),
            (self.small["depth"], at_once.get("depth")),
        ):
            self.rings[ax].set_data(([], []) if value is None else ([now], [value]))
        low = self.large.get_ylim()[0]
        for side, line in (("stake", self.stakes), ("unstake", self.unstakes)):
            days = [
                (done.block - race.began.block) / 7200
                for done in race.trades
                if done.netuid == turn.netuid and done.trade.side == side
            ]
            line.set_data(days, [low] * len(days))

    def _at_once(self, turn: Turn) -> dict[str, float]:
        if turn.trade is None:
            return {}
        return {"price": turn.trade.after.price, "depth": turn.trade.after.tao_in}

    def _frame(
        self, turn: Turn, now: float, table: Any, own: Any, follows: Any, at_once: Any
    ) -> None:
        """Set the limits, which change in steps, and what depends on them alone."""
        span = _span(now + 1)
        for ax in (self.large, *self.small.values()):
            ax.set_xlim(0, span)
        day = day_of(turn.race.began.block)
        since = f"days since {day.day} {day:%B} {day.year}"
        if self.large.get_xlabel() != since:
            self.large.set_xlabel(since)
            self.small["depth"].set_xlabel("days")
        if self.large.get_ylabel() != NAMES[turn.quantity]:
            self.large.set_ylabel(NAMES[turn.quantity])
        top = max(table.max(), at_once.get(turn.quantity, 0))
        self.large.set_ylim(0, _ceiling(top))
        high = max(own["price"].max(), follows.max(), at_once.get("price", 0))
        self.small["price"].set_ylim(0, _ceiling(high))
        self.small["share"].set_ylim(0, _ceiling(own["share"].max()))
        deep = [*own["depth"], at_once.get("depth", own["depth"][-1])]
        self.small["depth"].set_ylim(*_around(min(deep), max(deep)))
        titles = {
            "price": f"subnet {turn.netuid}: price, moving price - -",
            "share": f"subnet {turn.netuid}: share, %",
            "depth": f"subnet {turn.netuid}: TAO in the pool",
        }
        for name, title in titles.items():
            if self.small[name].get_title("left") != title:
                self.small[name].set_title(
                    title, loc="left", fontsize=self.dress.note, color=style.INK,
                    pad=self.dress.note * 0.4,
                )  # fmt: skip

    def _name_ends(self, turn: Turn, now: float, ends: Any) -> None:
        """Write each netuid beside the end of its line, moved apart where two would meet."""
        low, high = self.large.get_ylim()
        step = (high - low) * 0.062
        gap = self.large.get_xlim()[1] * 0.02
        lowest = low + step / 2
        for text in self.names[len(turn.shown) :]:
            text.set_visible(False)
        for end, place in sorted((float(end), place) for place, end in enumerate(ends)):
            at = max(end, lowest)
            lowest = at + step
            text, netuid = self.names[place], turn.shown[place]
            chosen = netuid == turn.netuid
            text.set(
                position=(now + gap, at), text=str(netuid), visible=True,
                color=style.BLUE if chosen else _COLOURS[place % 4],
                fontweight="bold" if chosen else "normal",
            )  # fmt: skip

    def place_guess(self, guess: float | None) -> None:
        """Mark the guess a day from now, and beside it what the engine says."""
        if guess is None or not isfinite(guess):
            self.guess.set_data([], [])
            self.answer.set_data([], [])
            return
        later = self.turn.a_day_later
        answer = 100 * float(later.of(self.turn.netuid, "share")[-1])
        self.answer.set_data([later.days], [answer])
        self.guess.set_data([later.days], [guess])
        share = self.small["share"]
        share.set_ylim(0, _ceiling(max(share.get_ylim()[1] / 1.05, answer, guess)))


def _line(ax: Axes, colour: str, dash: Any, width: float) -> Line2D:
    (line,) = ax.plot([], [], color=colour, ls=dash, lw=width)
    return line


def _span(days: float) -> int:
    """Return the next of the days to which the axis may reach."""
    return next((span for span in _SPANS if days <= span), ceil(days / 50) * 50)


def _ceiling(value: float) -> float:
    """Return the next of 1, 1.2, 1.5, 2, ... times 1.05, so that axes move in steps."""
    if value <= 0:
        return 1.05
    ten = floor(log10(value))
    steps = (float(f"{lead}e{ten}") for lead in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
    return 1.05 * next(step for step in steps if value <= step)


def _around(low: float, high: float) -> tuple[float, float]:
    """Return limits a little beyond two numbers, on a grid as coarse as what lies between."""
    width = max(high - low, 0.02 * high)
    grid = float(f"1e{floor(log10(width))}")
    while width / grid > 4:
        grid *= 2
    return (floor(low / grid - 0.1) * grid, ceil(high / grid + 0.1) * grid)
