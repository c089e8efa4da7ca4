"""The experiment of the believers: what it must give whatever the chance, and what lesson 10 says.

What depends on chance is held to wide bands, with other seeds than the lesson's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from dtao_edu import ledger, measures, simulate
from dtao_edu.engine.errors import InputError
from dtao_edu.simulation import traders
from dtao_edu.studies import believers
from dtao_edu.studies.believers import WORTH, Outcome, by_price, by_vote, market, opinions
from tests.helpers.walks import sample

REAL = ledger.root_vote("2024-11-24").stakes
pytestmark = pytest.mark.whole
SEEDS = sample((11, 12), 1)
STEEP = (50, 20, 12, 8, 4, 3, 2, 1)
ALIKE = (15, 14, 13, 13, 12, 12, 11, 10)


@pytest.fixture(scope="module", params=SEEDS)
def seed(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(scope="module")
def vote(seed: int) -> Outcome:
    return by_vote(stakes=REAL, runs=20, seed=seed)


@pytest.fixture(scope="module")
def price(seed: int) -> Outcome:
    return by_price(seed=seed)


def median(one: Outcome) -> float:
    return 100 * one.band()[1]


def test_opinions_are_right_on_average_and_spread_as_said() -> None:
    many = opinions(20_000, seed=5)
    assert many.mean(axis=0) == pytest.approx(WORTH, rel=0.02)
    assert np.log(many).std(axis=0) == pytest.approx(0.6, rel=0.02)
    assert opinions(7, noise=0) == pytest.approx(np.tile(WORTH, (7, 1)))


def test_only_the_proportions_of_the_worth_count() -> None:
    percents = [100 * one for one in WORTH]
    assert opinions(3, worth=percents) == pytest.approx(opinions(3))
    terms: dict[str, Any] = {"days": 1, "runs": 1}
    assert by_price(worth=percents, **terms).shares == pytest.approx(by_price(**terms).shares)


def test_whoever_listens_to_others_alone_says_what_the_first_one_said() -> None:
    said = opinions(50, hearsay=1)
    assert said == pytest.approx(np.tile(said[0], (50, 1)))
    assert (opinions(50, hearsay=0.5)[0] == opinions(50)[0]).all()
    alone, second = opinions(2), opinions(2, hearsay=0.9)[1]
    assert second == pytest.approx(0.1 * alone[1] + 0.9 * alone[0])


def test_hearsay_makes_a_thousand_opinions_count_like_a_handful() -> None:
    means = {
        part: np.std([opinions(1000, hearsay=part, seed=s).mean(axis=0) for s in range(60)], axis=0)
        for part in (0.0, 0.9)
    }
    alone = np.std([opinions(1, seed=s)[0] for s in range(60)], axis=0)
    counted = {part: np.mean((alone / means[part]) ** 2) for part in means}
    assert 600 < counted[0.0] < 1600
    assert 2 < counted[0.9] < 8


def test_voters_who_know_the_worth_pay_it() -> None:
    assert by_vote(noise=0, runs=1, stakes=REAL).distances == pytest.approx([0])


def test_more_than_64_vote_through_64_validators_and_each_counts_by_stake() -> None:
    stakes = np.resize(np.array(REAL), 300)
    beliefs = opinions(300, seed=[3, 0])
    rows = beliefs / beliefs.sum(axis=1, keepdims=True)
    mean = stakes @ rows / stakes.sum()
    assert by_vote(300, stakes=REAL, runs=1, seed=3).shares[0] == pytest.approx(mean)


def test_the_chance_of_a_vote_is_that_of_its_effective_number() -> None:
    one, many = by_vote(1, runs=200, seed=4), by_vote(stakes=REAL, runs=200, seed=4)
    counted = measures.effective_number(REAL)
    assert (one.chance / many.chance) ** 2 == pytest.approx(counted, rel=0.35)


def test_the_market_has_the_size_of_the_real_pools_and_nobody_is_ahead() -> None:
    network = market()
    assert network.price == pytest.approx(np.full(8, 1 / 8))
    assert len(set(network.tao_in.tolist())) == len(set(network.alpha_out.tolist())) == 1
    rows = ledger.pools("2025-04-17").trading().values()
    value = sum(row.alpha_out * row.pool().price for row in rows)
    assert network.tao_in.sum() == pytest.approx(sum(row.tao_in for row in rows))
    assert (network.alpha_out * network.price).sum() == pytest.approx(value)
    even = market(even_value=True)
    assert even.alpha_out * np.array(WORTH) == pytest.approx(np.full(8, value / 8))


def test_believers_own_what_is_said_and_not_more_alpha_than_there_is() -> None:
    network, stakes = market(), np.resize(REAL, 1000)
    crowd = believers.crowd_of(network, opinions(1000), stakes / stakes.sum(), tao=0.5)
    assert sum(crowd.tao) == pytest.approx(0.5 * network.alpha_out[0])  # all prices sum to 1
    for netuid, alpha in crowd.alpha.items():
        assert np.sum(alpha) == pytest.approx(network.alpha_out[network.place(netuid)])
    assert crowd.tao / np.sum(crowd.tao) == pytest.approx(stakes / stakes.sum())


def test_steps_of_half_an_hour_err_little() -> None:
    network = market()
    crowd = traders.crowd(1000, opinions(1000), every=believers.STEP)
    crowd = crowd.but(alpha=dict.fromkeys(range(1, 9), 1000))
    done = simulate(network, days=10, step=believers.STEP, traders=[crowd])
    assert 0 < done.step_error < 0.01


def test_compiled_and_not_give_the_same() -> None:
    pytest.importorskip("numba")
    terms: dict[str, Any] = {"days": 4, "runs": 2, "price_weight": 0.5}
    fast, slow = by_price(compiled=True, **terms), by_price(compiled=False, **terms)
    assert fast.shares == pytest.approx(slow.shares, abs=1e-9)


def test_of_outcomes_bias_and_chance_are_told_apart() -> None:
    worth = np.array([0.6, 0.4])
    off = Outcome(np.tile([0.5, 0.5], (9, 1)), worth)
    assert (off.bias, off.chance) == (pytest.approx(0.1), 0)
    left, right = np.tile([0.5, 0.5], (8, 1)), np.tile([0.7, 0.3], (8, 1))
    tossed = Outcome(np.concatenate([left, right]), worth)
    assert (tossed.bias, tossed.chance) == (pytest.approx(0), pytest.approx(0.1))
    assert off.nearer(Outcome(np.tile([0.9, 0.1], (9, 1)), worth)) == 9
    with pytest.raises(InputError, match="vote"):
        _ = off.spot


# What lesson 10 says.


def test_of_64_by_stake_and_1000_equal_believers_neither_wins(
    vote: Outcome, price: Outcome
) -> None:
    assert 2 < price.nearer(vote) < 18
    assert 4 < median(vote) < 9
    assert 4.5 < median(price) < 8


def test_the_error_of_the_vote_is_chance_and_that_of_the_price_is_bias(
    vote: Outcome, price: Outcome
) -> None:
    assert vote.chance > 2 * vote.bias
    assert price.bias > 2 * price.chance
    assert (price.shares[:, 0] < WORTH[0]).all()
    assert (price.shares[:, -1] > WORTH[-1]).all()


def test_the_bias_goes_when_the_alpha_outside_has_the_same_value(seed: int, price: Outcome) -> None:
    even = by_price(even_value=True, seed=seed)
    assert even.bias < price.bias / 3
    assert even.nearer(price) == 20
    all_vote = by_vote(1000, runs=20, seed=seed)
    assert abs(median(even) - median(all_vote)) < 1
    assert 2 < even.nearer(all_vote) < 18


def test_which_rule_wins_depends_on_the_worth(seed: int) -> None:
    nearer = {}
    for worth in (ALIKE, STEEP):
        by_rule = (
            by_price(worth=worth, seed=seed),
            by_vote(stakes=REAL, worth=worth, runs=20, seed=seed),
        )
        nearer[worth] = by_rule[0].nearer(by_rule[1])
    assert nearer[ALIKE] >= 18
    assert nearer[STEEP] <= 6


def test_the_same_people_are_nearer_by_vote(seed: int, vote: Outcome, price: Outcome) -> None:
    all_vote = by_vote(1000, runs=20, seed=seed)
    assert all_vote.nearer(price) == 20
    assert median(all_vote) < 2.5
    same = by_price(64, stakes=REAL, seed=seed)
    assert same.nearer(vote) <= 8


def test_what_makes_the_price_worse(seed: int, vote: Outcome, price: Outcome) -> None:
    assert median(by_price(20, seed=seed)) > median(price) + 1
    assert median(by_price(alpha=0, seed=seed)) > median(price) + 2
    assert median(by_price(tao=0.01, alpha=0.01, seed=seed)) > 20
    unequal = by_price(stakes=REAL, seed=seed)
    assert unequal.chance > 1.5 * price.chance


def test_of_huge_purses_the_last_make_the_price_and_smoothing_averages_few(
    seed: int, price: Outcome
) -> None:
    huge = by_price(tao=1000, seed=seed)
    assert huge.spot.chance > huge.chance > 2.5 * price.chance


def test_looking_at_the_price_does_little_and_listening_does_much(
    seed: int, vote: Outcome, price: Outcome
) -> None:
    assert abs(median(by_price(price_weight=0.9, seed=seed)) - median(price)) < 1
    assert by_price(hearsay=0.9, seed=seed).chance > 2.5 * price.chance
    assert median(by_vote(stakes=REAL, hearsay=0.9, runs=20, seed=seed)) > 1.5 * median(vote)


def test_voters_who_name_a_part_let_the_consensus_curve_work(seed: int, vote: Outcome) -> None:
    half = by_vote(stakes=REAL, best=4, runs=20, seed=seed)
    assert half.bias > 4 * vote.bias
    assert half.nearer(vote) == 0
    assert (half.shares[:, -1] < WORTH[-1]).all()
    assert half.shares[:, 0].mean() > WORTH[0]


@pytest.mark.parametrize(
    ("call", "named"),
    [
        (lambda: opinions(0), "people"),
        (lambda: opinions(1, hearsay=2), "hearsay"),
        (lambda: opinions(1, worth=[0, 1]), "worth"),
        (lambda: opinions(1, noise=-1), "noise"),
        (lambda: by_vote(best=9), "best"),
        (lambda: by_vote(stakes=[0, 0]), "stakes"),
        (lambda: by_vote(runs=0), "runs"),
        (lambda: by_price(price_weight=2, runs=1, days=1), "price_weight"),
    ],
)
def test_what_cannot_be_is_refused(call: Any, named: str) -> None:
    with pytest.raises(InputError) as refused:
        call()
    assert refused.value.argument == named


# What is asked beside the lesson: each effect has the sign that its mechanism says.


@pytest.fixture(scope="module")
def spread() -> list[float]:
    return believers.noise_of_people(0.2, 1.0)


def test_purses_that_follow_knowledge_help_the_price_and_the_reverse_harms(
    seed: int, spread: list[float]
) -> None:
    purses = believers.purses_by_knowledge(spread)
    equal, knowing, reverse = (
        by_price(noise=spread, stakes=stakes, seed=seed)
        for stakes in (None, purses, [1 / one for one in purses])
    )
    assert knowing.against(equal).nearer >= 18
    assert equal.against(reverse).nearer >= 18


def test_bets_sized_by_belief_keep_the_bias_and_even_value_takes_it(
    seed: int, price: Outcome
) -> None:
    kelly = by_price(bets="kelly", seed=seed)
    assert kelly.bias > 0.8 * price.bias
    assert by_price(bets="kelly", even_value=True, seed=seed).bias < kelly.bias / 3


def test_voters_who_vote_for_themselves_spoil_the_vote_and_delegators_who_leave_mend_it(
    seed: int, vote: Outcome
) -> None:
    selfish, left = (
        by_vote(stakes=REAL, runs=20, seed=seed, **how)
        for how in ({"self_interest": 0.3}, {"leaving": 0.5})
    )
    assert vote.against(selfish).nearer >= 18
    assert left.against(vote).nearer >= 18


def test_a_second_round_and_one_who_asks_everybody_change_little(seed: int, price: Outcome) -> None:
    for other in (by_price(days=60, seed=seed), by_price(arbitrage=0.1, seed=seed)):
        assert abs(median(other) - median(price)) < 1.5


def test_more_unequal_worth_helps_the_vote(seed: int) -> None:
    flat, steep = believers.by_inequality([0.2, 0.7], runs=10, seed=seed, vote={"stakes": REAL})
    assert flat.price_nearer.nearer > 8
    assert steep.price_nearer.nearer < 4


def test_of_every_vote_with_interest_the_rest_is_the_opinion() -> None:
    """All for themselves: eight subnets share by who drew what, whatever the opinions."""
    alone = by_vote(1, self_interest=1, runs=5).shares
    assert sorted(alone.max(axis=1).tolist()) == [1] * 5


def test_bias_near_its_floor_is_chance() -> None:
    worth = np.full(4, 0.25)
    shares = np.random.default_rng(3).dirichlet([50] * 4, size=40)
    only_chance = Outcome(shares, worth)
    assert 0.3 < only_chance.bias / only_chance.bias_floor < 3
    moved = Outcome(shares + np.array([0.1, -0.1, 0, 0]), worth)
    assert moved.bias > 10 * moved.bias_floor
    assert Outcome(shares[:1], worth).bias_floor == 0


def test_a_count_and_a_difference_are_told_apart() -> None:
    worth = np.array([0.5, 0.5])
    near = Outcome(np.tile([0.51, 0.49], (40, 1)), worth)
    far = Outcome(np.tile([0.52, 0.48], (40, 1)), worth)
    found = near.against(far)
    assert (found.nearer, found.runs, found.known) == (40, 40, True)
    assert found.by.value == pytest.approx(0.01)
    same = near.against(near)
    assert (same.nearer, same.p, same.by.value) == (0, 1.0, 0)


@pytest.mark.parametrize("gini", [0.0, 0.2, 0.49, 0.73])
def test_a_worth_has_the_inequality_that_was_asked(gini: float) -> None:
    assert measures.gini(believers.worth_of_gini(gini)) == pytest.approx(gini, abs=1e-9)


def test_errors_that_all_share_are_the_same_for_few_and_for_many() -> None:
    """A mean of many cannot mend what all err in; with nothing shared nothing changes."""
    whole = opinions(500, shared=1.0, seed=3)
    assert np.allclose(whole, whole[0])
    assert (opinions(64, shared=1.0, seed=3) == whole[:64]).all()
    assert (opinions(5, shared=0.0, seed=3) == opinions(5, seed=3)).all()
    spread = np.log(opinions(4000, shared=0.5, seed=3)).std(axis=0)
    assert np.allclose(spread, 0.6 * np.sqrt(0.5), rtol=0.05)


def test_shared_errors_take_the_vote_of_many_its_lead() -> None:
    apart, together = (by_vote(1000, shared=part, runs=20) for part in (0.0, 0.5))
    assert together.band()[1] > 4 * apart.band()[1]


def test_three_who_collude_send_half_of_the_pay_to_the_last_subnet() -> None:
    stakes = ledger.root_vote("2024-11-24").stakes
    honest, three = (by_vote(stakes=stakes, colluding=k, runs=3) for k in (0, 3))
    assert three.shares[:, -1].min() > 0.5 > 0.1 > honest.shares[:, -1].max()


def test_owners_who_buy_their_own_alpha_lift_its_share() -> None:
    honest, bought = (by_price(200, owners=part, runs=2) for part in (0.0, 0.3))
    assert bought.shares[:, -1].min() > 2 * honest.shares[:, -1].max()
    with pytest.raises(InputError, match="owners"):
        by_price(20, owners=0.1, arbitrage=0.1, runs=1)


def test_alpha_laid_by_an_earlier_markets_prices_takes_most_of_the_bias() -> None:
    """No hidden worth is needed for it: another crowd's prices do."""
    earlier = by_price(runs=1, seed=1).shares[0].tolist()
    plain, laid = by_price(runs=5), by_price(even_value=earlier, runs=5)
    assert laid.bias < plain.bias / 2
    with pytest.raises(InputError, match="even_value"):
        market(even_value=[0.5, 0.5])
