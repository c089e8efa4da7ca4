"""Attacks on both rules, each priced in the same units; and what a defence changes.

An attack is a call that returns an :class:`Attack`: TAO committed, TAO lost, blocks held, the part
of emission that changes hands, and what of it arrives at the target. A defence is a changed world:
another vote, another pool, another fee or limit. The same call, made there, prices it.

- the vote: `with_newcomer`, `token_weights`, `after_exit`, `without_curve` change a vote; `bribe`,
  `on_one`, `neglect`, `bought_votes` attack it; `voice` is what TAO on root still buys;
- the market: `deeper` changes a pool; `sandwich`, `wash`, `pumped`, `captured` attack it;
- side by side: `attack_table`, `defence_table`; insider and stranger against vote and market, with
  what each earns: `two_by_two`, `two_by_two_table`, and one person's half of it: `capture`;
- paid only if it fails: `conditional_bribe`; one subnet cut in pieces: `split_vote`, `split_price`;
- in time, with the chain going on: `capture_in_time`, `washed`.

What is left out, everywhere: that others see an attack coming, that they answer it with more than
what is said at each function, and what a name is worth that is lost.

>>> from dtao_edu.engine.pool import Pool
>>> from dtao_edu.studies import attacks
>>> attacks.sandwich(Pool(100.0, 1000.0), 10, 50)
<sandwich, market: 50 TAO committed, -5.65 to 0 lost, 0 blocks held, 0.0 % moved>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dtao_edu.studies.attacks.bribes import conditional_bribe
from dtao_edu.studies.attacks.prices import captured, deeper, pumped, sandwich, wash
from dtao_edu.studies.attacks.splits import split_price, split_vote
from dtao_edu.studies.attacks.tables import attack_table, defence_table
from dtao_edu.studies.attacks.value import Attack
from dtao_edu.studies.attacks.votes import (
    after_exit,
    bought_votes,
    bribe,
    neglect,
    on_one,
    token_weights,
    voice,
    with_newcomer,
    without_curve,
)
from dtao_edu.wording import Table

__all__ = [
    "Attack",
    "Attempt",
    "Capture",
    "CaptureInTime",
    "Table",
    "after_exit",
    "attack_table",
    "bought_votes",
    "bribe",
    "by_bribe",
    "capture",
    "capture_in_time",
    "captured",
    "conditional_bribe",
    "deeper",
    "defence_table",
    "neglect",
    "on_one",
    "pumped",
    "sandwich",
    "split_price",
    "split_vote",
    "token_weights",
    "two_by_two",
    "two_by_two_table",
    "voice",
    "wash",
    "washed",
    "with_newcomer",
    "without_curve",
]


_IN_TIME = {
    "Attempt": "four_ways",
    "Capture": "captures",
    "capture": "captures",
    "CaptureInTime": "in_time",
    "capture_in_time": "in_time",
    "by_bribe": "four_ways",
    "two_by_two": "four_ways",
    "two_by_two_table": "four_ways",
    "washed": "in_time",
}
if TYPE_CHECKING:
    from dtao_edu.studies.attacks.captures import Capture, capture
    from dtao_edu.studies.attacks.four_ways import (
        Attempt,
        by_bribe,
        two_by_two,
        two_by_two_table,
    )
    from dtao_edu.studies.attacks.in_time import CaptureInTime, capture_in_time, washed


def __getattr__(name: str) -> object:
    """Load what needs a network in time, and with it NumPy, when it is first used."""
    if name not in _IN_TIME:
        raise AttributeError(f"dtao_edu.studies.attacks has no name {name!r}")
    value = getattr(import_module(f"{__name__}.{_IN_TIME[name]}"), name)
    globals()[name] = value
    return value
