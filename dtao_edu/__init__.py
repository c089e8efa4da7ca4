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

from importlib import import_module

# Type checkers take this name for true. Importing it would cost more than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:  # the same names once more, so that editors and type checkers see them
    from typing import Any

    from .engine.fees import LAUNCH_FEE as LAUNCH_FEE
    from .engine.fees import NO_FEE as NO_FEE
    from .engine.fees import SWAP_FEE as SWAP_FEE
    from .engine.fees import Fee as Fee
    from .engine.pool import Pool as Pool
    from .engine.pool import Trade as Trade
    from .engine.root import RootNetwork as RootNetwork
    from .engine.stable import StablePool as StablePool
    from .engine.wallet import Wallet as Wallet
    from .engine.weighted import WeightedPool as WeightedPool
    from .glossary import define as define
    from .lecture.slides import slides as slides
    from .lecture.teacher import teacher_page as teacher_page
    from .lessons.contents import course as course
    from .lessons.doctor import doctor as doctor
    from .playground.any_rule import any_rule as any_rule
    from .playground.coalition_vote import coalition_vote as coalition_vote
    from .playground.pool_depth import pool_depth as pool_depth
    from .playground.price_race import price_race as price_race
    from .playground.pump import pump as pump
    from .playground.reveal import reveal as reveal
    from .playground.round_trip import round_trip as round_trip
    from .playground.stake_unstake import stake_unstake as stake_unstake
    from .playground.three_places import three_places as three_places
    from .playground.three_prices import three_prices as three_prices
    from .playground.view.single_question import predict as predict
    from .playground.vote_or_market import vote_or_market as vote_or_market
    from .playground.who_is_paid import who_is_paid as who_is_paid
    from .playground.your_stake import your_stake as your_stake
    from .practice.desk import check as check
    from .practice.desk import exercise as exercise
    from .practice.desk import given as given
    from .practice.desk import hint as hint
    from .practice.desk import sit as sit
    from .practice.desk import solution as solution
    from .practice.hand_in import answers as answers
    from .practice.hand_in import hand_in as hand_in
    from .practice.hand_in import receipt as receipt
    from .practice.hand_in import verify as verify
    from .practice.progress_page import progress as progress
    from .simulation.comparison import compare_rules as compare_rules
    from .simulation.ensembles import ensemble as ensemble
    from .simulation.history import History as History
    from .simulation.network import Network as Network
    from .simulation.rules import RuleSet as RuleSet
    from .simulation.rules import rules as rules
    from .simulation.rules import rules_on as rules_on
    from .simulation.rules import rules_table as rules_table
    from .simulation.run import simulate as simulate

# Where each name lives.
_HOME = {
    "answers": "practice.hand_in",
    "check": "practice.desk",
    "any_rule": "playground.any_rule",
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
    "reveal": "playground.reveal",
    "price_race": "playground.price_race",
    "progress": "practice.progress_page",
    "pump": "playground.pump",
    "receipt": "practice.hand_in",
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
    "three_places": "playground.three_places",
    "three_prices": "playground.three_prices",
    "SWAP_FEE": "engine.fees",
    "teacher_page": "lecture.teacher",
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
    "studies",
)

__all__ = ["__version__", *_HOME, *_ROOMS]


def __getattr__(name: str) -> Any:
    """Load a name of the face when it is first used."""
    if name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    elif name in _ROOMS:
        value = import_module(f"{__name__}.{name}")
    elif name == "__version__":
        value = import_module("importlib.metadata").version("dtao-edu")
    else:
        raise AttributeError(f"dtao_edu has no name {name!r}; dir(dtao_edu) lists what it has.")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the face's names, those not loaded yet included."""
    return sorted({*globals(), *__all__})
