"""A block's alpha among four hands, and how root's part and both halvings go over the years."""

from __future__ import annotations

from typing import Any

from matplotlib.ticker import MultipleLocator

from dtao_edu.figures.base import style
from dtao_edu.figures.base.artists import Artists, add_line
from dtao_edu.figures.base.picture import Picture, at_any_size
from dtao_edu.figures.base.style import SizeName
from dtao_edu.studies.who_is_paid import Inside, parts
from dtao_edu.wording import amount, held_still, number, percent

HANDS = ("owner", "miners", "validators", "root")


def inside_sentence(found: Inside) -> str:
    """Say who receives a block's alpha_out, and what a day brings to one staker.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.pool import Pool
    >>> pool = Pool(10.0, 100.0, 899_900.0)
    >>> print(inside_sentence(studies.inside(1, pool, 5e6, 1.0, 5_000_000)))
    Now, a block of subnet 1 mints 1 alpha: 18.0 % for the owner, 41.0 % for miners, 20.5 % for \
validators and stakers, 20.5 % for root, with 50.0 % of the stake weight. 100 alpha earn 0.134 \
alpha a day, and their part of all held alpha falls by 0.5 %.
    """
    owner, miners, validators, root = (percent(part / 100) for part in parts(found))
    now = found.now
    when = "Now" if not now.years else f"After {number(now.years, 3)} years"
    if now.years == 1:
        when = "After 1 year"
    change = held_still(found.dilution)
    turn = "falls" if change < 0 else "rises"
    part = f"{turn} by {percent(abs(change))}" if change else "stays"
    return (
        f"{when}, a block of subnet {found.netuid} mints {number(now.alpha_emission)} alpha: "
        f"{owner} for the owner, {miners} for miners, {validators} for validators and stakers, "
        f"{root} for root, with {percent(now.root_proportion)} of the stake weight. "
        f"{number(found.stake)} alpha earn {amount(found.earned, 'alpha', 3)} a day, and their "
        f"part of all held alpha {part}."
    )


@at_any_size
def inside_bars(found: Inside, *, size: SizeName = "page", source: str = "") -> Picture[Inside]:
    """owner, miners, validators and root of a block; root's part and both halvings by year.

    At the left the four parts of alpha_out in percent. At the right root's part of the stake
    weight over the years, and below it what a block issues: alpha for the subnet's people, and TAO
    for all subnets.

    Parameters
    ----------
    found : Inside
        From :func:`dtao_edu.studies.inside`.

    Examples
    --------
    >>> from dtao_edu import studies
    >>> from dtao_edu.engine.pool import Pool
    >>> found = studies.inside(1, Pool(10.0, 100.0, 900.0), 5e6, 1.0, 5_000_000)
    >>> picture = inside_bars(found)
    >>> [text.get_text() for text in picture.figure.axes[0].get_xticklabels()]
    ['owner', 'miners', 'validators', 'root']
    """
    return _InsideBars(size).picture(inside_sentence, found, source)


class _InsideBars(Artists[Inside]):
    def __init__(self, size: SizeName) -> None:
        super().__init__(size, phone=1.9)
        self._draw_hands()
        self._draw_years()
        self.known = (self.year, self.alpha, self.tao, self.issued_year, self.others)
        years = (self.proportion, self.here, self.here_name)
        self.answer = (self.validators, self.root, *self.values, *years)
        self.guessed = (self.guess, self.guess_name)

    def _draw_hands(self) -> None:
        dress = self.size
        # A slide's large letters take more of the width, and the names have no room for all of it.
        left, wide, part = (0.075, 0.385, 1.0) if dress.caption else (0.06, 0.435, 0.95)
        ax = self.hands = self.add_axes(
            (left, 0.115, wide, 0.77), title="One block's alpha_out, %",
            phone=(0.12, 0.60, 0.85, 0.355),
        )  # fmt: skip
        ax.set_xlim(-0.6, 3.6)
        ax.set_ylim(0, 50)
        ax.set_xticks(range(4), list(HANDS))
        ax.tick_params(axis="x", length=0, labelcolor=style.INK, labelsize=part * dress.note)
        ax.grid(visible=False, axis="x")
        self.others = ax.stairs([0.0], [0, 1], fill=True, color=style.SOFT, alpha=0.55)
        self.validators = ax.stairs([0.0], [0, 1], fill=True, color=style.BLUE)
        self.root = ax.stairs(
            [0.0], [0, 1], fill=True, color=style.AMBER, ec=style.INK, hatch="////"
        )
        note: dict[str, Any] = {"fontsize": dress.note, "color": style.INK, "ha": "center"}
        for place, part in enumerate((18.0, 41.0)):
            ax.text(place, part + 0.9, f"{part} %", **note)
        self.values = [ax.text(place, 0, "", **note) for place in (2, 3)]
        self.guess = add_line(ax, style.PURPLE, dress.line, (0, (1, 1.2)))
        self.guess.set_zorder(7)
        paper = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
        self.guess_name = ax.text(3, 0, "", va="bottom", zorder=8, bbox=paper, **note)

    def _draw_years(self) -> None:
        dress = self.size
        upper = self.add_axes(
            (0.585, 0.555, 0.305, 0.33), title="Root proportion, %", ticks=4,
            phone=(0.12, 0.335, 0.68, 0.17),
        )  # fmt: skip
        upper.tick_params(axis="x", labelbottom=False)
        upper.set_ylim(0, 108)
        upper.set_yticks([0, 50, 100])
        lower = self.add_axes(
            (0.585, 0.115, 0.305, 0.27), title="Issued in a block", ticks=4,
            phone=(0.12, 0.085, 0.68, 0.15),
        )  # fmt: skip
        lower.set_ylim(0, 1.12)
        lower.set_yticks([0, 0.5, 1])
        for ax in (upper, lower):
            ax.set_xlim(0, 12)
            ax.xaxis.set_major_locator(MultipleLocator(2))
        lower.set_xlabel("years from now", color=style.INK, fontsize=dress.text)
        self.year, self.issued_year = (
            add_line(ax, style.SOFT, dress.line * 0.5, (0, (5, 4))) for ax in (upper, lower)
        )
        self.proportion = add_line(upper, style.AMBER, dress.line * 1.2)
        (self.here,) = upper.plot([], [], "o", color=style.INK, ms=dress.marker)
        self.here_name = style.write(upper, dress, (0, 0), va="bottom", zorder=6)
        self.alpha = add_line(lower, style.BLUE, dress.line)
        self.tao = add_line(lower, style.INK, dress.line, (0, (3, 1.5)))
        for line, name in ((self.alpha, "alpha"), (self.tao, "TAO")):
            line.set(drawstyle="steps-post", label=name)
        lower.legend(
            loc="upper left", bbox_to_anchor=(0.99, 1.1), frameon=False, fontsize=dress.note,
            labelcolor=style.INK, handlelength=1.6, handletextpad=0.5,
        )  # fmt: skip

    def update(self, found: Inside) -> None:
        owner, miners, validators, root = parts(found)
        self.others.set_data([owner, 0, miners], [-0.35, 0.35, 0.65, 1.35])
        self.validators.set_data([validators], [1.65, 2.35])
        self.root.set_data([root], [2.65, 3.35])
        for text, part in zip(self.values, (validators, root), strict=True):
            text.set(y=part + 0.9, text=percent(part / 100))
        now, moments = found.now, found.moments
        years = [moment.years for moment in moments]
        self.proportion.set_data(years, [100 * moment.root_proportion for moment in moments])
        here = 100 * now.root_proportion
        self.here.set_data([now.years], [here])
        late = now.years > 8
        beside = now.years + (-0.35 if late else 0.35)
        side = "right" if late else "left"
        self.here_name.set(position=(beside, min(here + 4, 86)), text=f"{here:.1f} %", ha=side)
        for line, high in ((self.year, 108), (self.issued_year, 1.12)):
            line.set_data([now.years, now.years], [0, high])
        for line, column in (
            (self.alpha, [moment.alpha_emission for moment in moments]),
            (self.tao, [moment.tao_emission for moment in moments]),
        ):
            kept = [
                place for place in range(len(years))
                if place in (0, len(years) - 1) or column[place] != column[place - 1]
            ]  # fmt: skip
            line.set_data([years[place] for place in kept], [column[place] for place in kept])

    def place_guess(self, guess: float | None) -> None:
        """Mark how much the learner thought is root's."""
        self.guess.set_data(([], []) if guess is None else ([2.6, 3.4], [guess, guess]))
        foot, part = (guess or 0) + 0.9, float(self.values[1].get_position()[1])
        line = 1.4 * self.size.note / 72 / self.figure.get_figheight()
        line *= 50 / self.hands.get_position().height
        if -2 * line < foot - part < line:  # above root's own part, not on it
            foot = part + line
        self.guess_name.set(y=foot, text="" if guess is None else "your guess")
