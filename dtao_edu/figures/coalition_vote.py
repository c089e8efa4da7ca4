"""A vote of the Root Network: who holds the stake, and what it makes of every subnet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from matplotlib.patches import Rectangle, StepPatch
from matplotlib.ticker import MultipleLocator

from dtao_edu import studies
from dtao_edu.engine import formulas
from dtao_edu.engine.root import RootNetwork
from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_cross
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.studies.coalition_vote import HALF, CoalitionVote, coalition_name
from dtao_edu.wording import number, percent, rounded

"""The part of all emission whose capture is asked about."""
_STEPS = (25, 50, 100)


def vote_sentence(vote: CoalitionVote) -> str:
    """Say what a coalition moves, and what delegators would have to move to stop it.

    Examples
    --------
    >>> from dtao_edu.engine.root import RootNetwork
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> print(vote_sentence(studies.coalition_vote(vote, 1, 2)))
    The largest of 2 validators, 60.0 % of the stake, puts all its weight on subnet 2: its share \
goes from 19.7 % to 100.0 %, and 80.3 % of all emission changes hands. It stays below a half if \
delegators move 10 TAO (16.7 % of the coalition's stake) to others.
    """
    column = vote.column
    one = len(vote.members) == 1
    return (
        f"{coalition_name(vote)}, {percent(vote.stake_share)} of the stake, "
        f"{'puts all its' if one else 'put all their'} weight on subnet {vote.target}: "
        f"its share goes from {percent(vote.before.shares[column])} to "
        f"{percent(vote.after.shares[column])}, and {percent(vote.moved)} of all emission changes "
        f"hands. {_other_side(vote)}"
    )


def _other_side(vote: CoalitionVote) -> str:
    needed = studies.stake_to_stop(vote.network, vote.members, vote.target, HALF)
    if not needed:
        return "That is no more than a half, even if no delegator moves."
    part = needed / sum(vote.network.stakes[place] for place in vote.members)
    gone = f"; {percent(vote.leaving)} have left" if vote.leaving else ""
    return (
        f"It stays below a half if delegators move {number(rounded(needed))} TAO "
        f"({percent(part)} of the coalition's stake) to others{gone}."
    )


@at_any_size
def vote_bars(
    vote: CoalitionVote, *, size: style.SizeName = "page", source: str = ""
) -> Picture[CoalitionVote]:
    """T_j, C_j and E_j of every subnet as bars, before and after a coalition votes as one.

    At the left all validators by stake, the coalition among them, and the part of all emission
    that changes hands. At the right trust, consensus and emission share of every netuid: full bars
    after, the outline before.

    Parameters
    ----------
    vote : CoalitionVote
        From :func:`dtao_edu.studies.coalition_vote`.

    Examples
    --------
    >>> from dtao_edu.engine.root import RootNetwork
    >>> vote = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> picture = vote_bars(studies.coalition_vote(vote, 1, 2))
    >>> [ax.get_title("left") for ax in picture.figure.axes][:2]
    ['Changes hands', 'Stake, % of all']
    """
    return _VoteBars(size).picture(vote_sentence, vote, source)


def curve_sentence(network: RootNetwork, names: Sequence[int] = ()) -> str:
    """Say where the curve begins, turns and ends, and where some subnets stand on it.

    Examples
    --------
    >>> print(curve_sentence(RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2]), [2]))
    Consensus is 0.7 % without any support, one half at a trust of 50.0 % and 99.3 % with all \
support; subnet 2, with a trust of 30.0 %, has 11.9 %.
    """
    rho, kappa = network.rho, network.kappa
    none, all_of_it = (formulas.consensus(trust, rho, kappa) for trust in (0.0, 1.0))
    parts = [
        f"Consensus is {percent(none)} without any support, one half "
        f"at a trust of {percent(kappa)} and {percent(all_of_it)} with all support"
    ]
    for netuid in names:
        column = network.netuids.index(netuid)
        parts.append(
            f"subnet {netuid}, with a trust of {percent(network.trusts()[column])}, has "
            f"{percent(network.consensus()[column])}"
        )
    return "; ".join(parts) + "."


@at_any_size
def consensus_curve(
    network: RootNetwork,
    *,
    names: Sequence[int] = (),
    size: style.SizeName = "page",
    source: str = "",
) -> Picture[RootNetwork]:
    """C = 1 / (1 + exp(-rho (T - kappa))), and every subnet of a vote as a point on it.

    Parameters
    ----------
    network : RootNetwork
    names : sequence of int
        Netuids that are named.

    Examples
    --------
    >>> vote = RootNetwork([70, 30], [[1, 0], [0, 1]], netuids=[1, 2])
    >>> len(consensus_curve(vote).figure.axes[0].lines[-1].get_xdata())
    2
    """
    figure, dress = style.blank(size)
    ax = style.axes(
        figure, dress, (0.09, 0.145, 0.87, 0.81), x="trust, % of all stake", y="consensus, %"
    )
    ax.set(xlim=(0, 100), ylim=(0, 103))
    trusts = [part / 2 for part in range(201)]
    curve = [100 * formulas.consensus(t / 100, network.rho, network.kappa) for t in trusts]
    ax.plot(trusts, curve, color=style.SOFT, lw=dress.line)
    ax.axvline(100 * float(network.kappa), color=style.SOFT, lw=dress.line * 0.5, ls=(0, (5, 4)))
    style.write(ax, dress, (100 * float(network.kappa) + 1, 3), "kappa", color=style.SOFT)
    x = [100 * float(trust) for trust in network.trusts()]
    y = [100 * float(consensus) for consensus in network.consensus()]
    for netuid in names:
        column = network.netuids.index(netuid)
        ax.plot([x[column]], [y[column]], "o", mfc="none", mec=style.INK, ms=dress.marker * 1.5)
        right = x[column] > 70  # away from the curve, and within the axes
        place = (x[column] - (1 if right else 1.5), y[column] + (-9 if right else 5))
        style.write(ax, dress, place, f"subnet {netuid}", ha="center" if right else "right")
    ax.plot(x, y, "o", color=style.BLUE, ms=dress.marker * 0.7, zorder=5)
    sentence = partial(curve_sentence, names=names)
    return Picture(figure, dress, sentence, network, source=source)


class _VoteBars(Artists[CoalitionVote]):
    def __init__(self, size: style.SizeName) -> None:
        super().__init__(size, tall=1.12, phone=1.95)
        self._draw_moved()
        self._draw_stakes()
        self.rows = [
            self._row((0.475, 0.765, 0.51, 0.155), (0.12, 0.735, 0.85, 0.085), "Trust, %"),
            self._row((0.475, 0.51, 0.51, 0.155), (0.12, 0.59, 0.85, 0.085), "Consensus, %"),
            self._row((0.475, 0.115, 0.51, 0.29), (0.12, 0.375, 0.85, 0.155), "Emission share, %"),
        ]
        for ax, *_ in self.rows:
            ax.xaxis.set_major_locator(MultipleLocator(10))
            ax.tick_params(axis="x", labelbottom=ax is self.rows[-1][0])
        self.rows[-1][0].set_xlabel("netuid", color=style.INK, fontsize=self.size.text)
        top = self.rows[0][0]
        style.write(
            top, self.size, (1, 1.16), "outline: before, full: after", ha="right", va="baseline",
            color=style.SOFT, transform=top.transAxes,
        )  # fmt: skip
        self.known = (self.others, self.members, *(row[1] for row in self.rows))
        self.answer = (
            self.gauge, self.gauge_name, *(part for row in self.rows for part in row[2:]),
        )  # fmt: skip
        self.guessed = (self.guess,)

    def _draw_moved(self) -> None:
        size = self.size
        ax = self.add_axes(
            (0.065, 0.775, 0.325, 0.09), title="Changes hands", grid=False,
            phone=(0.05, 0.895, 0.88, 0.042),
        )  # fmt: skip
        ax.set_xlim(0, 100)
        ax.set_ylim(0, 1)
        ax.set_yticks([])
        ax.set_xticks([0, 25, 50, 75, 100], ["0", "25", "half", "75", "100 %"])
        ax.axvline(50, color=style.VERMILION, lw=size.line * 0.7, ls=(0, (4, 3)))
        self.gauge = ax.barh(0.5, 0, height=0.7, color=style.BLUE)[0]
        self.gauge_name = style.write(
            ax, size, (100, 1.3), ha="right", va="bottom", fontsize=size.text
        )
        self.guess = add_cross(ax, self.size)

    def _draw_stakes(self) -> None:
        size = self.size
        ax = self.stake_axes = self.add_axes(
            (0.065, 0.115, 0.325, 0.50), title="Stake, % of all", ticks=4,
            x="validators, the largest first", phone=(0.12, 0.07, 0.85, 0.185),
        )  # fmt: skip
        self.others = _bars(ax, color=style.SOFT, alpha=0.55)
        self.members = _bars(ax, color=style.AMBER, ec=style.INK, hatch="////")
        note: dict[str, Any] = {"fontsize": size.note, "color": style.INK, "ha": "right"}
        keys = (("the coalition", style.AMBER, "////"), ("the others", style.SOFT, ""))
        for line, (words, colour, hatch) in enumerate(keys):
            top = 0.93 - 0.13 * line
            ax.text(0.89, top, words, transform=ax.transAxes, va="center", **note)
            ax.add_patch(
                Rectangle(
                    (0.915, top - 0.035), 0.06, 0.07, transform=ax.transAxes, fc=colour,
                    ec=style.INK if hatch else "none", hatch=hatch,
                    alpha=None if hatch else 0.55, lw=size.line * 0.3,
                )
            )  # fmt: skip

    def _row(self, place: style.Place, phone: style.Place, title: str) -> tuple[Any, ...]:
        """Make one row: axes, outline before, bars after, the target's bar."""
        size = self.size
        ax = self.add_axes(place, phone=phone, ticks=2, title=title)
        ax.set_ylim(0, 104)
        ax.set_yticks([0, 50, 100])
        ax.grid(visible=False, axis="x")
        after = _bars(ax, color=style.SOFT, alpha=0.55)
        target = _bars(ax, color=style.BLUE)
        before = _bars(ax, fill=False, color=style.INK, lw=size.line * 0.5)
        before.set_zorder(4)
        return ax, before, after, target

    def update(self, vote: CoalitionVote) -> None:
        netuids = vote.network.netuids
        self._limits(vote)
        total = sum(vote.stakes)
        stakes = vote.network.stakes
        ranking = sorted(range(len(stakes)), key=lambda place: (-stakes[place], place))
        inside = frozenset(vote.members)
        parts = [100 * float(vote.stakes[place] / total) for place in ranking]
        seats = [place in inside for place in ranking]
        _set(self.members, [part if seat else 0 for part, seat in zip(parts, seats, strict=True)])
        _set(self.others, [0 if seat else part for part, seat in zip(parts, seats, strict=True)])
        self.gauge.set_width(100 * float(vote.moved))
        self.gauge_name.set_text(percent(vote.moved))
        for row, name in zip(self.rows, ("trusts", "consensus", "shares"), strict=True):
            _, before, after, target = row
            new = [100 * float(value) for value in getattr(vote.after, name)]
            _set(before, [100 * float(value) for value in getattr(vote.before, name)], netuids)
            _set(after, [0 if n == vote.target else v for n, v in zip(netuids, new, strict=True)],
                 netuids)  # fmt: skip
            _set(target, [v if n == vote.target else 0 for n, v in zip(netuids, new, strict=True)],
                 netuids)  # fmt: skip

    def _limits(self, vote: CoalitionVote) -> None:
        """Set the limits, which change with the vote and in steps."""
        highest = 100 * max(float(stake) for stake in vote.stakes) / float(sum(vote.stakes))
        ax = self.stake_axes
        ax.set_xlim(0.3, len(vote.stakes) + 0.7)
        ax.set_ylim(0, next(step for step in _STEPS if highest <= step))
        for row in self.rows:
            row[0].set_xlim(min(vote.network.netuids) - 0.7, max(vote.network.netuids) + 0.7)

    def place_guess(self, guess: float | None) -> None:
        """Mark how much the learner thought would change hands."""
        self.guess.set_data(([], []) if guess is None else ([guess], [0.5]))


def _bars(ax: Any, *, fill: bool = True, **look: Any) -> StepPatch:
    """Open a row of bars: one artist, which is drawn much faster than one for each bar."""
    bars: StepPatch = ax.stairs([0.0], [0, 1], fill=fill, **look)
    return bars


def _set(bars: StepPatch, values: Sequence[float], names: Sequence[int] = ()) -> None:
    """Give every bar its height; they stand at their netuids, or at 1, 2, 3, ..."""
    places = names or range(1, len(values) + 1)
    edges = [place - 0.5 for place in places]
    bars.set_data(values, [*edges, edges[-1] + 1])
