"""Whether the course's verdicts hold under other choices: one table.

    python -m benchmarks.verdicts [RUNS]

Each row asks one sentence again with one choice changed: how subnets are counted, who is counted,
whose age, which target, how unlike the worth, how noisy, which criterion, which seeds. The choices
below were fixed before the table was first run, but for those that begin with "asked later": three
readers, of the market's side, of the vote's and a statistician, asked them. A row that turns
stays. `tests/test_verdicts.py` holds the words of the claims to the rows that turn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from statistics import quantiles
from typing import Any, NamedTuple

from dtao_edu import ledger, measures, studies
from dtao_edu.engine.units import BLOCKS_PER_DAY
from dtao_edu.studies import attacks, believers
from dtao_edu.studies.averages import averages
from dtao_edu.studies.ballots import ballots
from dtao_edu.studies.concentration import concentration_days
from dtao_edu.studies.intervals import rank_interval
from dtao_edu.studies.ledger_network import network_on
from dtao_edu.studies.paid_days.noise import nearer_days
from dtao_edu.studies.rank_agreement import agreement_by_lag, agreement_days
from dtao_edu.wording import Table

RUNS = 40
VOTE = ledger.root_vote("2024-11-24")
DATE = "2025-04-17"
POOLS = ledger.pools(DATE)


class Row(NamedTuple):
    """One sentence under one choice.

    Attributes
    ----------
    claim : str
        Key of a claim of `lessons/claims.toml`.
    sentence : str
        What is asked, so that it can be true or false.
    choice : str
        What is changed; "as told" is the sentence as the course tells it.
    figure : str
        What came out.
    holds : bool
    """

    claim: str
    sentence: str
    choice: str
    figure: str
    holds: bool


def spread() -> Iterator[Row]:
    """Yield whether the pay was spread wider by price, by measure and day."""
    claim, sentence = "pay-is-spread-wider", "by price the pay was spread wider than by vote"
    shares = VOTE.network().shares_by_netuid(issued_only=True)
    found = concentration_days(shares)
    names = {"hhi": "as told: all subnets", "equal_number": "equally many", "gini": "Gini"}
    for measure, name in names.items():
        days = found.above(measure)  # type: ignore[arg-type]
        most = f"{len(days)} of {len(found.days)} days above the vote"
        yield Row(claim, sentence, f"{name}, most days", most, len(days) < len(found.days) / 2)
        last = tuple(found.days)[-1]
        side = "above" if last in days else "below"
        yield Row(claim, sentence, f"{name}, last day", f"{side} the vote", last not in days)


def agreement() -> Iterator[Row]:
    """Yield whether vote and price agree half-way, by day, and beside what a price keeps."""
    claim = "market-corrects-the-vote"
    sentence = "ranks of vote and price agree less than the price's with themselves as far apart"
    voted = VOTE.network().shares_by_netuid(issued_only=True)
    agreed, pairs = agreement_days(voted), sum(share > 0 for share in voted.values())
    kept = agreement_by_lag([150]).days[150]
    for choice, value in (
        ("as told: 17 April 2025", agreed.days["2025-04-17"]),
        ("median day", agreed.median),
        ("greatest day", max(agreed.days.values())),
        ("last day", tuple(agreed.days.values())[-1]),
    ):
        high = rank_interval(value, pairs).high
        figure = f"{value:.2f}, at most {high:.2f}, beside {kept[1]:.2f}"
        yield Row(claim, sentence, choice, figure, high < kept[1])


def heads_and_stake() -> Iterator[Row]:
    """Yield whether ballots named few subnets, by heads and by stake."""
    claim, sentence = "sixty-four-decide", "half of the vote named three netuids or fewer"
    cast = ballots(VOTE)
    yield Row(claim, sentence, "by heads", f"median {cast.median_by_heads}", True)
    yield Row(claim, sentence, "by stake", f"median {cast.median_by_stake}; "
              f"three or fewer {100 * cast.stake_naming(0, 3):.1f} %", False)  # fmt: skip


def few() -> Iterator[Row]:
    """Yield whether three validators could move half of all emission, by target."""
    claim, sentence = "few-can-misuse", "three validators could move half of all emission"
    moves = studies.coalition_moves(VOTE.network(), 3)
    alone = studies.coalition_moves(VOTE.network(), 2)
    for choice, part in (
        ("as told: subnet 1", moves.by_target[1]),
        ("median target", moves.median),
        ("least target", moves.least),
        ("target without support", moves.unsupported),
        ("two validators, median", alone.median),
    ):
        yield Row(claim, sentence, choice, f"{100 * part:.1f} %", part >= 0.5)


def market() -> Iterator[Row]:
    """Yield what a twentieth costs and earns, by age, target, time and average."""
    claim = "bad-bets-cost"
    trading, ages = POOLS.trading(), studies.ages_of(POOLS)
    priced = sum(row.tao_in for row in trading.values())
    sentence = "a twentieth of emission takes less than 3 % of the TAO in pools, for a day"
    for choice, target, age in (
        ("as told: subnet 62, its age", 62, ages[62]),
        ("28 days old", 62, 201_600),
        ("thin, with votes: 31", 31, ages[31]),
        ("subnet 1", 1, ages[1]),
        ("deep, with votes: 4", 4, ages[4]),
        ("deep: 64", 64, ages[64]),
    ):
        move = studies.market_cost_to_move(trading, target, 0.05, rule="moving", age=age)
        figure = f"{move.tao:,.0f} TAO, {100 * move.tao / priced:.1f} %"
        yield Row(claim, sentence, choice, figure, move.tao < 0.03 * priced)
    for one in averages(studies.calm_market(POOLS, 62), 0.05, BLOCKS_PER_DAY):
        yield Row(claim, sentence, f"average: {one.average}", f"{one.tao:,.0f} TAO",
                  one.tao < 0.03 * priced)  # fmt: skip
    sentence = "on the market the attacker earns something if nobody answers"
    for target in (62, 31, 4, 64):
        for days in (1, 7):
            stranger = attacks.two_by_two(VOTE.network(), POOLS, target, 0.05, days)[3]
            choice = f"subnet {target}, {days} day{'s' if days > 1 else ''}"
            yield Row(claim, sentence, choice, f"{stranger.earned:,.0f} TAO", stranger.earned > 0)


def everywhere() -> Iterator[Row]:
    """Yield what a stranger's twentieth earns over all pools, and what it takes at other times."""
    claim, trading = "anybody-can-misuse-the-market", POOLS.trading()
    month = 30 * BLOCKS_PER_DAY
    sentence = "a stranger's twentieth loses TAO in most pools, thirty days, if nobody answers"
    earned = sorted(
        attacks.capture_in_time(network_on(DATE, free_tao=1.01 * tao), target, tao, days=30).earned
        for target, tao in (
            (n, studies.market_cost_to_move(trading, n, 0.05, rule="moving", blocks=month).tao)
            for n in trading if n in network_on(DATE).facts.netuid
        )
    )  # fmt: skip
    low, middle, high = quantiles(earned)
    gains = sum(one > 0 for one in earned)
    figure = f"gains in {gains} of {len(earned)}; {low:,.0f}, {middle:,.0f}, {high:,.0f} TAO"
    yield Row(claim, sentence, "asked later: all pools", figure, gains < len(earned) / 2)
    sentence = "a twentieth for subnet 62 takes less than 6,000 TAO for a day"
    for date in (DATE, "2026-04-11", "2026-08-07"):
        then = ledger.pools(date).trading()
        tao = studies.market_cost_to_move(then, 62, 0.05, rule="moving").tao
        part = 100 * tao / sum(row.tao_in for row in then.values())
        figure = f"{tao:,.0f} TAO, {part:.1f} % of the pools"
        yield Row(claim, sentence, f"asked later: {date}", figure, tao < 6_000)


def pumps() -> Iterator[Row]:
    """Yield how much a smoothed price weakens a pump, by age and target."""
    claim, sentence = "smoothing-stops-pumps", "smoothed and capped, a pump moves less than a third"
    for choice, target, age in (
        ("as told: subnet 62, its age", 62, None),
        ("28 days old", 62, 201_600),
        ("subnet 1", 1, None),
        ("deep: 64", 64, None),
    ):
        calm = studies.calm_market(POOLS, target)
        spot = attacks.pumped(calm, 2.0, 1_800, smoothed=False, age=age).moved
        both = attacks.pumped(calm, 2.0, 1_800, age=age).moved
        figure = f"{100 * both:.1f} of {100 * spot:.1f} %"
        yield Row(claim, sentence, choice, figure, both < spot / 3)


def rules() -> Iterator[Row]:
    """Yield whether the moving price is nearer to what was paid, beside rivals, day by day."""
    claim, sentence = "price-sets-the-share", "the moving price is nearer to what was paid"
    days = tuple(ledger.emission_days())
    rivals: dict[str, Any] = {
        "as told: than the spot price": {"rule": "spot"},
        "than the code's default": {"alpha": 3e-6},
        "than the second pair": {"alpha": 0.00027, "halving": 129_600},
        "than the price that moved late": {"between": "late"},
    }
    for name, terms in rivals.items():
        found = nearer_days(studies.predict_day, partial(studies.predict_day, **terms), days)
        holds = found.nearer > len(days) / 2 and found.p < 0.01
        yield Row(claim, sentence, name, f"on {found.nearer} of {len(days)} days", holds)


def wisdom(runs: int = RUNS, choices: Collection[str] = ()) -> Iterator[Row]:
    """Yield whether it is known who is nearer: 1,000 equal buyers or 64 voters by stake.

    Of all choices, or of those named.
    """
    claim = "wisdom-finds-worth"
    sentence = "of 1,000 equal buyers and 64 voters by stake neither is known to be nearer"
    stakes = VOTE.stakes
    even = [(stake + sum(stakes) / len(stakes)) / 2 for stake in stakes]
    earlier = believers.by_price(runs=1, seed=1).shares[0].tolist()
    uneven = believers.noise_of_people(0.2, 1.0)
    knowing = believers.purses_by_knowledge(uneven)
    prices = ledger.prices("2025-04-17").shares()
    voted = VOTE.network().shares_by_netuid(issued_only=True)
    gini_vote = float(measures.gini([share for share in voted.values() if share > 0]))
    gini_price = float(measures.gini(prices))
    cases: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "as told": ({}, {}),
        "other seeds": ({"seed": 1}, {"seed": 1}),
        "worth alike: Gini 0.1": _worth(0.1),
        f"worth as unlike as the vote: {gini_vote:.2f}": _worth(gini_vote),
        f"worth as unlike as the prices: {gini_price:.2f}": _worth(gini_price),
        "noise 0.3": ({"noise": 0.3}, {"noise": 0.3}),
        "noise 1.0": ({"noise": 1.0}, {"noise": 1.0}),
        "a fifth of the purses": ({}, {"tao": 0.2, "alpha": 0.2}),
        "purses of five": ({}, {"tao": 5}),
        "knowledge differs": ({"noise": uneven}, {"noise": uneven}),
        "purses follow knowledge": ({"noise": uneven}, {"noise": uneven, "stakes": knowing}),
        "Kelly bets": ({}, {"bets": "kelly"}),
        "one who asks everybody": ({}, {"arbitrage": 0.1}),
        "a second round": ({}, {"days": 60}),
        "alpha of equal value": ({}, {"even_value": True}),
        "a tenth of each vote for oneself": ({"self_interest": 0.1}, {}),
        "half of the delegators choose again": ({"leaving": 0.5}, {}),
        "1,000 vote": ({"people": 1000, "stakes": None}, {}),
        "64 by stake trade": ({}, {"people": 64, "stakes": stakes}),
        "asked later: stakes follow knowledge too": (
            {"noise": uneven, "stakes": knowing[:64]},
            {"noise": uneven, "stakes": knowing},
        ),
        "asked later: owners buy their own": ({}, {"owners": 0.3}),
        "asked later: the three largest together": ({"colluding": 3}, {}),
        "asked later: half leave, not looking": ({"stakes": even}, {}),
        "asked later: voters err by 0.7": ({"noise": 0.7}, {}),
        "asked later: half of each error shared": ({"shared": 0.5}, {"shared": 0.5}),
        "asked later: alpha laid by earlier prices": ({}, {"even_value": earlier}),
    }
    for choice, (vote, price) in cases.items():
        if choices and choice not in choices:
            continue
        terms = {"stakes": stakes, **vote}
        found = _price(runs, **price).against(_vote(runs, **terms))
        low, high = 100 * found.often.low, 100 * found.often.high
        figure = (
            f"{found.nearer} of {found.runs} ({low:.0f} to {high:.0f} %), p {found.p:.1g}, "
            f"by {100 * found.by.value:+.1f}"
        )
        side = f"for the {'price' if found.nearer > runs / 2 else 'vote'}"
        yield Row(claim, sentence, choice, f"{side if found.known else 'not known'}: {figure}",
                  not found.known)  # fmt: skip


def _worth(gini: float) -> tuple[dict[str, Any], dict[str, Any]]:
    worth = tuple(believers.worth_of_gini(gini))
    return {"worth": worth}, {"worth": worth}


def _price(runs: int, **terms: Any) -> believers.Outcome:
    return _known_price(runs, tuple(terms.items())) if _plain(terms) else (
        believers.by_price(runs=runs, **terms)
    )  # fmt: skip


def _vote(runs: int, **terms: Any) -> believers.Outcome:
    return believers.by_vote(runs=runs, **terms)


@cache
def _known_price(runs: int, terms: tuple[tuple[str, Any], ...]) -> believers.Outcome:
    return believers.by_price(runs=runs, **dict(terms))


def _plain(terms: dict[str, Any]) -> bool:
    return not any(isinstance(value, list) for value in terms.values())


QUICK: tuple[Callable[[], Iterator[Row]], ...] = (
    spread, agreement, heads_and_stake, few, market, pumps, rules,
)  # fmt: skip
"""What takes seconds; :func:`everywhere` and :func:`wisdom` take a minute or two each."""


def table(rows: list[Row]) -> Table:
    """Return the rows as a table that prints itself; a sentence is told once."""
    told, lines = "", []
    for row in rows:
        sentence = "" if row.sentence == told else row.sentence
        told = row.sentence
        if sentence:
            lines.append((f"{sentence}?", "", ""))
        lines.append((f"  {row.choice}", row.figure, "holds" if row.holds else "turns"))
    return Table(("verdict and choice", "figure", ""), tuple(lines), 3)


def main() -> None:
    """Print every sentence under every choice."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rows = [row for ask in QUICK for row in ask()] + list(everywhere()) + list(wisdom(runs))
    print(table(rows))
    kept = sum(row.holds for row in rows)
    print(f"{kept} of {len(rows)} rows hold, {len(rows) - kept} turn")


if __name__ == "__main__":
    main()
