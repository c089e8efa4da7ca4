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

from dtao_edu import lazy

_HOMES = {
    "conditional_bribe": "bribes",
    "Capture": "captures",
    "capture": "captures",
    "Attempt": "four_ways",
    "by_bribe": "four_ways",
    "two_by_two": "four_ways",
    "two_by_two_table": "four_ways",
    "CaptureInTime": "in_time",
    "capture_in_time": "in_time",
    "washed": "in_time",
    "captured": "prices",
    "deeper": "prices",
    "pumped": "prices",
    "sandwich": "prices",
    "wash": "prices",
    "split_price": "splits",
    "split_vote": "splits",
    "attack_table": "tables",
    "defence_table": "tables",
    "Attack": "value",
    "after_exit": "votes",
    "bought_votes": "votes",
    "bribe": "votes",
    "neglect": "votes",
    "on_one": "votes",
    "token_weights": "votes",
    "voice": "votes",
    "with_newcomer": "votes",
    "without_curve": "votes",
    "Table": "..wording",
}
# Loaded when first used: what needs a network in time brings NumPy with it.
__getattr__, __dir__, __all__ = lazy.attach(__name__, _HOMES)
