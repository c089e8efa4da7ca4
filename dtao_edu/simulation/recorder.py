"""Records of a run as it goes on, and the histories made of them."""

from __future__ import annotations

from typing import cast

import numpy as np

from dtao_edu.simulation.history import SERIES, TABLES, About, History
from dtao_edu.simulation.run_state import RunState
from dtao_edu.simulation.state import Column


class Recorder:
    """Takes records of a run, or of many abreast, and makes a history of each."""

    def __init__(self, run: RunState, count: int) -> None:
        self.run, self.taken = run, 0
        columns, kind = run.subnets.pools.tao_in, run.subnets.pools.tao_in.dtype
        self.abreast = columns.shape[:-1]
        shape = (count, *columns.shape)
        self.rows = {name: np.empty(shape, dtype=kind) for name in TABLES}
        self.series = {name: np.empty(shape[:-1], dtype=kind) for name in SERIES}
        self.block = np.empty(count, dtype=np.int64)
        self.wallets = {
            name: (np.empty(shape[:-1], dtype=kind), np.empty(shape, dtype=kind))
            for name in run.team.rows_of
        }

    def take(self, check: bool) -> None:
        """Record the state as it stands; with `check`, hold its books together first."""
        state, at = self.run.state(), self.taken
        if check and not (books := state.books()).balance():
            raise ArithmeticError(
                f"The books do not balance in block {state.block}: {books}."
            )  # a fault of the engine, not of its user
        for name, rows in self.rows.items():
            rows[at] = self.run.shares() if name == "share" else getattr(state, name)
        for name, numbers in self.series.items():
            numbers[at] = np.reshape(getattr(state, name), self.abreast)
        self.block[at] = state.block
        for name, (tao, alpha) in self.run.team.wallets().items():
            self.wallets[name][0][at], self.wallets[name][1][at] = tao, alpha
        self.taken += 1

    def history(
        self, stopped: bool, error: float | None, about: About, row: int | None = None
    ) -> History:
        """Return what was recorded; of many runs abreast, of one row.

        Parameters
        ----------
        stopped, error, about : as in :class:`History`; `error` is its `step_error`.
        row : of many runs abreast, which; None where there is one.
        """
        n, one = self.taken, () if row is None else (row,)
        cut = (slice(n), *one)
        return History(
            netuid=self.run.facts.netuid,
            block=cast("Column", self.block[:n]),
            **{name: column[cut] for name, column in (self.rows | self.series).items()},
            wallets={name: (tao[cut], alpha[cut]) for name, (tao, alpha) in self.wallets.items()},
            network=self.run.network() if row is None else self.run.network_of(row),
            registrations=tuple(self.run.registrations),
            stopped=stopped,
            step_error=error,
            about=about,
        )
