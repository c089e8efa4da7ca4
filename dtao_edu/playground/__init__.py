"""Playgrounds: predict, move, see, undo.

``stake_unstake()`` as the last line of a cell opens one. Every playground takes ``predict=False``
(a lecturer asks in words), ``size="hall"``, ``preset="..."`` and first values of its controls by
name. Those that trade take ``pools=ledger.read_pools("today.csv")``, a day of your own. What comes
back knows ``.save("picture.svg")``, ``.code()``, ``.history``, ``.replay(...)`` and ``.session``.
:func:`predict` asks one question alone, for a lesson.

How to write a new one
----------------------
One module, one value of :class:`~dtao_edu.playground.playground.Playground`. It holds:

``model(**values)``
    A pure function, the engine's word: it takes one argument for each control and for each value
    that only presets and actions set (a pool, a network), and returns what is to be shown, any
    value. It raises the engine's own errors; they are shown as a sentence.
``controls``
    :class:`Number` (slider and entry), :class:`Choice`, :class:`Switch`, :class:`Several`. Limits,
    step and unit may be functions of the values; ``active(values)`` hides what has no effect.
``picture(result, size=...)``
    A figure function of :mod:`dtao_edu.figures`; it also carries the sentence.
``receipt(result)``
    A few :class:`Row`: label, value in words, definition, whether it matters most.
``presets()``
    :class:`Preset`: a label, the values it sets, Python that gives them, the source. The first is
    where the playground opens; it must set every value that has no control.
``fit(values)``
    What suits a new starting point, such as amounts of about a fifth of a pool.
``longest``
    Characters of the longest sentence, so that the page does not jump; 200 unless said.
``actions``
    :class:`Action`: a button; ``change(result)`` gives the values that change. With ``plays=20``
    it becomes a clock that does it twenty times a second.
``question``
    :class:`Question`: ``ask``, ``answer``, ``unit``, ``choices`` or ``axis``, ``why``, the usual
    ``misconceptions``; all of them functions of the result.
``code(values)``
    The engine's call as a Python expression, for the copied code.
``grid``
    :class:`Grid`: what a flip-book works out beforehand, where all would be too much.

All the rest comes for free: linked entries, units, undo, redo, reset, history, replay, code, the
prediction, the picture for stored notebooks, all sizes and themes. CONTRIBUTING.md lists the places
where its name is written; the tests of all playgrounds find it in `PLAYGROUNDS`.

The docstring of :mod:`dtao_edu.figures` says how to write its figure.

Examples
--------
>>> session = stake_unstake.session()
>>> session.set("side", "unstake")
>>> session.act("Carry it out")
>>> [str(step) for step in session.history]
["side = 'unstake'", 'Carry it out']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dtao_edu.playground.any_rule import any_rule
from dtao_edu.playground.believers import believers
from dtao_edu.playground.capture import capture
from dtao_edu.playground.coalition_vote import coalition_vote
from dtao_edu.playground.controls import Choice, Number, Several, Switch
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.pool_depth import pool_depth
from dtao_edu.playground.price_race import price_race
from dtao_edu.playground.pump import pump
from dtao_edu.playground.round_trip import round_trip
from dtao_edu.playground.spec import Action, Grid, Opening, Preset, Question, Row
from dtao_edu.playground.stake_unstake import stake_unstake
from dtao_edu.playground.three_places import three_places
from dtao_edu.playground.three_prices import three_prices
from dtao_edu.playground.vote_or_market import vote_or_market
from dtao_edu.playground.who_is_paid import who_is_paid
from dtao_edu.playground.your_stake import your_stake

if TYPE_CHECKING:
    from dtao_edu.playground.view.single_question import predict

PLAYGROUNDS: dict[str, Playground[Any]] = {
    play.name: play
    for play in (
        stake_unstake,
        coalition_vote,
        pump,
        round_trip,
        pool_depth,
        price_race,
        vote_or_market,
        who_is_paid,
        three_places,
        three_prices,
        any_rule,
        your_stake,
        believers,
        capture,
    )
}
"""Every playground by its name."""

__all__ = [
    "PLAYGROUNDS",
    "Action",
    "Choice",
    "Grid",
    "Number",
    "Opening",
    "Playground",
    "Preset",
    "Question",
    "Row",
    "Several",
    "Switch",
    "any_rule",
    "believers",
    "capture",
    "coalition_vote",
    "pool_depth",
    "predict",
    "price_race",
    "pump",
    "round_trip",
    "stake_unstake",
    "three_places",
    "three_prices",
    "vote_or_market",
    "who_is_paid",
    "your_stake",
]


def __getattr__(name: str) -> Any:
    """Load what needs widgets when it is first used: models and receipts do without."""
    if name == "predict":
        from dtao_edu.playground.view.single_question import predict

        return predict
    raise AttributeError(f"dtao_edu.playground has no name {name!r}; dir() lists what it has.")
