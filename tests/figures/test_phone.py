"""On a phone nothing is cut off, no words cover each other, and no letter is too small to read."""

from __future__ import annotations

import io
import re
from itertools import combinations

import pytest
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from dtao_edu import ledger, rules_table, studies
from dtao_edu.engine.pool import Pool
from dtao_edu.engine.root import RootNetwork
from dtao_edu.figures import (
    Picture,
    against,
    agreement_lines,
    attack_rows,
    balances,
    bands,
    bars,
    coalition_ranges,
    concentration_lines,
    consensus_curve,
    error_ranges,
    lines,
    rules_timeline,
    seats,
    share_columns,
    spreads,
    strip,
    trade_percentages,
    year_lines,
)
from dtao_edu.figures.base import style
from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.studies.attacks import Attack
from dtao_edu.studies.concentration import concentration_days
from dtao_edu.studies.rank_agreement import Agreement, Lags

BAND = ([1.0, 2, 3], [2.0, 3, 4], [3.0, 4, 5])
POOL = Pool(15_000, 240_000, 490_000)
SHARES = {netuid: (20 - netuid) / 190 for netuid in range(1, 20)}
VOTE = RootNetwork([60, 40], [[1, 0], [0, 1]], netuids=[1, 2])
CARTEL = Attack("crumbs of 44.7 %", "vote", 1.7e6, False, 0.0, 0.0, 300, 0.202, 0.111)
PUMP = Attack("pump", "market", 5000.0, True, 0.0, 4000.0, 300, 0.02, 0.02)
DAY = ledger.pools("2026-08-07")

STATIC = {
    "against": lambda: against(
        [30, 20, 10], {"vote": BAND, "price": BAND}, names="123", what="worth",
        x="subnet", y="share of emission, %", size="phone",
    ),
    "agreement": lambda: agreement_lines(
        Agreement("ranks", {"2025-02-14": 0.3, "2025-02-15": 0.5}, {}),
        Lags("ranks", {1: (0.8, 0.9, 1.0), 9: (0.5, 0.6, 0.7)}), size="phone",
    ),
    "attacks": lambda: attack_rows([CARTEL, PUMP], size="phone"),
    "balances": lambda: balances(POOL, POOL.inject(tao=204.75, alpha=3155.3), size="phone"),
    "bands": lambda: bands(
        [0, 1, 2], {"miners keep": BAND}, x="days", y="price, TAO per alpha", size="phone"
    ),
    "bars": lambda: bars({"gate at 75 %\nof the mass": 0.4, "price": 0.2}, x="L1", size="phone"),
    "coalitions": lambda: coalition_ranges(
        [studies.coalition_moves(VOTE, count) for count in (1, 2)], size="phone"
    ),
    "concentration": lambda: concentration_lines(
        concentration_days(SHARES, ["2025-02-14", "2025-06-01", "2025-10-28"]), size="phone"
    ),
    "consensus": lambda: consensus_curve(VOTE, names=[2], size="phone"),
    "errors": lambda: error_ranges(
        studies.day_clues("2025-09-18", [62, 44, 116]), size="phone"
    ),
    "lines": lambda: lines(
        {"at the moving price": ([0, 1, 2], [1.0, 2, 5]), "spot": ([0, 2], [3.0, 3.0])},
        x="hours since the pump began, of all that are shown", y="TAO per alpha", size="phone",
    ),
    "percentages": lambda: trade_percentages(Pool(10, 100).stake(5), size="phone"),
    "rules": lambda: rules_timeline(tuple(rules_table())[1:], size="phone"),
    "seats": lambda: seats([40, 30, 20, 10], size="phone"),
    "shares": lambda: share_columns({"Vote": SHARES, "Price": SHARES}, highlight=3, size="phone"),
    "spreads": lambda: spreads(
        {"64 voters, by stake": (6.0, 8, 9), "the same 1,000, as voters": (1.0, 2, 3)},
        x="part of all pay that goes astray, %", size="phone",
    ),
    "strip": lambda: strip([40, 30, 20, 10], holders="validators", size="phone"),
    "year": lambda: year_lines(
        studies.stake_year(DAY[120].pool(), 100, DAY.root.tao_in), size="phone"
    ),
}  # fmt: skip


def moving(name: str) -> Picture:
    play = PLAYGROUNDS[name]
    return play.picture(play.session().result, size="phone")


def written(picture: Picture) -> list[tuple[Text, Bbox]]:
    """List the words that are seen, and where they are drawn."""
    renderer = RendererSVG(*(picture.figure.get_size_inches() * 72), io.StringIO(), None, 72)
    picture.figure.draw(renderer)
    beyond = []  # a tick beyond the limits is there, but not drawn
    for ax in picture.figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = axis.get_major_ticks()
            beyond += [tick.label1 for tick in ticks if not low <= tick.get_loc() <= high]
    words = [text for text in picture.figure.findobj(Text) if text not in beyond]
    seen = [text for text in words if text.get_visible() and text.get_text()]
    return [(text, text.get_window_extent(renderer)) for text in seen]


@pytest.mark.parametrize("name", STATIC)
def test_nothing_is_cut_off_and_nothing_covered(name: str) -> None:
    picture = STATIC[name]()
    wide, high = picture.figure.get_size_inches() * 72
    boxes = [(text.get_text(), box) for text, box in written(picture)]
    for words, box in boxes:
        assert -2 <= box.x0 <= box.x1 <= wide + 2, words
        assert -2 <= box.y0 <= box.y1 <= high + 2, words
    for (one, first), (other, second) in combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        up = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across < 3 or up < 5, (one, other)


@pytest.mark.parametrize("name", [*STATIC, *PLAYGROUNDS])
def test_letters_are_eleven_pixels_or_more_at_a_width_of_358(name: str) -> None:
    picture = STATIC[name]() if name in STATIC else moving(name)
    pixels = 358 / (picture.figure.get_size_inches()[0] * 72)
    sizes = {text.get_text(): text.get_fontsize() * pixels for text, _ in written(picture)}
    assert min(sizes.values()) >= 11, sizes


def test_a_page_is_laid_out_as_it_was_written() -> None:
    """Only on a phone do axes give way."""
    page = seats([40, 30, 20, 10])
    assert page.figure.axes[0].get_position().bounds == pytest.approx((0.10, 0.17, 0.87, 0.76))


def test_in_a_dark_theme_the_paper_is_dark_and_two_blues_stay_two() -> None:
    drawn = seats([40, 30, 20, 10]).backdrop()
    assert len(set(re.findall(r"fill: ((?:color-mix|var)\([^;\"]*)", drawn))) >= 2
    assert style.THEME[style.SKY] != style.THEME[style.BLUE]
    words = bars({"price": 0.4}).backdrop()
    assert "#ffffff" not in words.replace(style.THEME["#ffffff"], "")
