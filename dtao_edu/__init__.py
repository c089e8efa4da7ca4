"""Dynamic TAO to learn from and to teach: the names a learner types.

Nothing is loaded before it is used. ``import dtao_edu`` takes a few milliseconds, and a name
brings in its room when it is first asked for.

Examples
--------
>>> import dtao_edu
>>> "define" in dir(dtao_edu)
True
"""

from __future__ import annotations

import sys

from dtao_edu import lazy

if sys.platform == "emscripten":
    from dtao_edu.browser import prepare

    prepare()

# Where each name lives; in the order of the alphabet.
_HOMES = {
    "answers": "practice.hand_in",
    "any_rule": "playground.any_rule",
    "believers": "playground.believers",
    "capture": "playground.capture",
    "check": "practice.desk",
    "coalition_vote": "playground.coalition_vote",
    "compare_rules": "simulation.comparison",
    "course": "lessons.contents",
    "define": "glossary",
    "doctor": "lessons.doctor",
    "ensemble": "simulation.ensembles",
    "exercise": "practice.desk",
    "Fee": "engine.fees",
    "given": "practice.desk",
    "hand_in": "practice.hand_in",
    "hint": "practice.desk",
    "History": "simulation.history",
    "LAUNCH_FEE": "engine.fees",
    "Network": "simulation.network",
    "NO_FEE": "engine.fees",
    "Pool": "engine.pool",
    "pool_depth": "playground.pool_depth",
    "predict": "playground.view.single_question",
    "price_race": "playground.price_race",
    "progress": "practice.progress_page",
    "pump": "playground.pump",
    "receipt": "practice.hand_in",
    "reveal": "playground.reveal",
    "RootNetwork": "engine.root",
    "round_trip": "playground.round_trip",
    "rules": "simulation.rules",
    "rules_on": "simulation.rules",
    "rules_table": "simulation.rules",
    "RuleSet": "simulation.rules",
    "simulate": "simulation.run",
    "sit": "practice.desk",
    "slides": "lecture.slides",
    "solution": "practice.desk",
    "StablePool": "engine.stable",
    "stake_unstake": "playground.stake_unstake",
    "SWAP_FEE": "engine.fees",
    "teacher_page": "lecture.teacher",
    "three_places": "playground.three_places",
    "three_prices": "playground.three_prices",
    "Trade": "engine.pool",
    "verify": "practice.hand_in",
    "vote_or_market": "playground.vote_or_market",
    "Wallet": "engine.wallet",
    "WeightedPool": "engine.weighted",
    "who_is_paid": "playground.who_is_paid",
    "your_stake": "playground.your_stake",
}
# Rooms and modules that are reached as `dtao_edu.ledger` without an import of their own.
_ROOMS = (
    "bibliography",
    "classes",
    "derivation",
    "engine",
    "figures",
    "glossary",
    "lecture",
    "ledger",
    "lessons",
    "measures",
    "playground",
    "practice",
    "simulation",
    "site",
    "studies",
)

_load, __dir__, _public = lazy.attach(__name__, _HOMES, _ROOMS)
__all__ = ["__version__", *_public]


def __getattr__(name: str) -> object:
    """Load a name of the face when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        return version("dtao-edu")
    return _load(name)
