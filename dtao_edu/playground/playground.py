"""A playground: what is declared, with the call that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dtao_edu.engine.errors import refuse
from dtao_edu.playground.controls import Choice, Value, starts
from dtao_edu.playground.session import Session
from dtao_edu.playground.spec import Result, Spec

if TYPE_CHECKING:
    from dtao_edu.ledger import Pools
    from dtao_edu.playground.view.live import Live


@dataclass(frozen=True, kw_only=True)
class Playground(Spec[Result]):
    """One playground: everything it is made of, none of it drawn yet. Call it to play.

    Parameters
    ----------
    Those of :class:`dtao_edu.playground.spec.Spec`.
    """

    def __call__(
        self,
        *,
        predict: bool = True,
        size: str = "page",
        preset: str | None = None,
        pools: Pools | None = None,
        **values: Value,
    ) -> Live[Result]:
        """Open the playground.

        Parameters
        ----------
        predict : bool
            False for a lecture that asks in words: the answer is shown at once.
        size : {"page", "hall"}
        preset : str, optional
            Label of the preset to open with.
        pools : Pools, optional
            Another day to play with, such as ``ledger.read_pools("today.csv")``.
        **values
            First values of controls, by name; of a choice, what is read beside it does too.

        Returns
        -------
        Live
            Shown as a widget where a kernel runs, as a picture where none does.
        """
        from dtao_edu.playground.view.live import Live  # ipywidgets only when something is played

        return Live(self.session(preset, pools, **values), size=size, predict=predict)

    def session(
        self, preset: str | None = None, pools: Pools | None = None, **values: Value
    ) -> Session[Result]:
        """Open the playground without a view: for tests, scripts and replays.

        Parameters
        ----------
        preset : str, optional
        pools : Pools, optional
        **values

        Returns
        -------
        Session

        Raises
        ------
        ValueError
            For a preset or a value that the playground does not have, or a day that it cannot take.
        """
        presets = self.presets()
        if pools is not None:
            if self.presets_of is None:
                refuse(
                    "pools", pools, f"None: {self.name} plays with the days that it names itself"
                )
            presets = self.presets_of(pools)
            if not presets:
                refuse("pools", pools, "a day with subnets that are open for trading")
        start = self.preset_named(preset, presets)
        first = {**starts(self.controls), **(start.values if start else {})}
        for name in values:
            if name not in first:
                allowed = ", ".join(first)
                raise ValueError(f"{name} is not a value of {self.name}; allowed: {allowed}.")
        if start and any(name in start.values for name in values):
            start = None  # the learner brought a starting point of their own
        for control in self.controls:
            wish = values.get(control.name)
            if isinstance(control, Choice) and isinstance(wish, str):
                values[control.name] = control.option(wish)
        first.update(values)
        return Session(self, {**first, **self.fit(first), **values}, start, presets)
