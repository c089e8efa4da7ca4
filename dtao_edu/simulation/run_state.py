"""The state of a run: columns, traders' purses, and how far it has come.

Below both ways of going on: by columns (`run.py`) and by compiled loops (`compiled.py`). One
state may hold many runs abreast, a row each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import replace
from typing import cast

import numpy as np

from dtao_edu.engine.units import whole_rao
from dtao_edu.simulation.block import Program, open_block, program_of
from dtao_edu.simulation.life import Registration
from dtao_edu.simulation.network import Network
from dtao_edu.simulation.network_state import NetworkState
from dtao_edu.simulation.rules import RuleSet
from dtao_edu.simulation.state import Chain, Column, copied, joined, row_of, total
from dtao_edu.simulation.team import Seed, Team, TeamAbreast, are_alike
from dtao_edu.simulation.trader import Trader


class RunState:
    """Where a run stands.

    Attributes
    ----------
    team : its traders with their purses.
    at, step : blocks since it began, and in one step.
    rules, program : in force, and what they run.
    subnets, facts, chain : what stands; after compiled blocks changed in place.
    author, wages : fees that authors of blocks got, and TAO paid to participants.
    registrations : subnets that took the place of others.
    ahead : the next block, if it was opened to see its shares; else None.
    """

    def __init__(self, network: Network, traders: Sequence[Trader], seed: Seed, step: int) -> None:
        self.team = Team(traders, network.netuid.tolist(), network.exact, seed)
        self.at, self.step = 0, step
        nothing = cast("Column", 0)
        self.author, self.wages = nothing, nothing
        self.outside = network.free_tao - self.team.tables.tao.sum()
        self.base_tao = network.base_tao
        self.facts = network.facts
        self.subnets = copied(network.subnets)
        self.chain = network.chain
        self.rules = network.rules
        self.registrations: list[Registration] = []
        self.program: Program = program_of(network.rules)
        self.ahead: tuple[Chain, Column] | None = None

    @property
    def exact(self) -> bool:
        """Whether the columns are Fractions."""
        return self.subnets.pools.tao_in.dtype == np.dtype(object)

    def open(self) -> tuple[Chain, Column]:
        """Open the next block, or return it as it was opened before."""
        if self.ahead is None:
            self.ahead = open_block(self.program, self.subnets, self.facts, self.chain, self.step)
        return self.ahead

    def state(self) -> NetworkState:
        """Return what stands; what traders hold free is part of the free TAO."""
        free = self.outside + total(self.team.tables.tao) + self.author + self.wages
        return NetworkState(
            self.subnets, self.facts, self.chain, self.rules, free, self.base_tao + self.wages
        )

    def network(self) -> Network:
        """Return the network that stands, with columns of its own."""
        return Network.of_state(replace(self.state(), subnets=copied(self.subnets)))

    def change(self, rules: RuleSet) -> None:
        """Go on under other rules."""
        network = self.network().under(rules)
        self.subnets, self.chain = copied(network.subnets), network.chain
        self.rules, self.program, self.ahead = rules, program_of(rules), None

    def shares(self) -> Column:
        """Return the shares of the next block's TAO."""
        if self.step == 1:
            return self.open()[1]
        return open_block(self.program, self.subnets, self.facts, self.chain)[1]

    @classmethod
    def abreast(cls, runs: Sequence[RunState]) -> RunState | None:
        """Return one state of many runs, a row each; None if they are not alike enough."""
        first = runs[0]
        same = all(
            each.rules == first.rules
            and each.step == first.step
            and not each.exact
            and each.chain.block == first.chain.block
            and each.chain.constants == first.chain.constants
            and all(map(np.array_equal, each.facts, first.facts))
            and np.array_equal(each.subnets.epochs.last_epoch, first.subnets.epochs.last_epoch)
            for each in runs
        )
        if not (same and are_alike([each.team for each in runs])):
            return None
        all_of = copy(first)
        all_of.team = TeamAbreast([each.team for each in runs])
        all_of.ahead, all_of.registrations = None, []
        all_of.outside = _column_of(each.outside for each in runs)
        all_of.base_tao = _column_of(each.base_tao for each in runs)
        all_of.chain = first.chain._replace(
            issuance=_column_of(each.chain.issuance for each in runs),
            root_tao=_column_of(each.chain.root_tao for each in runs),
            bar=_column_of(each.chain.bar for each in runs),
        )
        stacked = joined([each.subnets for each in runs])
        # Epochs fall on the same blocks in all of them.
        epochs = stacked.epochs._replace(last_epoch=first.subnets.epochs.last_epoch)
        all_of.subnets = stacked._replace(epochs=epochs)
        return all_of

    def network_of(self, row: int) -> Network:
        """Return the network of one of many runs abreast."""
        state = self.state()
        chain = state.chain._replace(
            issuance=_one(state.chain.issuance, row), root_tao=_one(state.chain.root_tao, row),
            bar=_one(state.chain.bar, row), emission=_one(state.chain.emission, row),
            root_receives=_one(cast("Column", state.chain.root_receives), row),
        )  # fmt: skip
        free, base = _one(state.free_tao, row), _one(state.base_tao, row)
        subnets = row_of(state.subnets, row)
        return Network.of_state(NetworkState(subnets, self.facts, chain, self.rules, free, base))

    def earn(self, miners: Column) -> None:
        """Give earners their part of the miners' alpha."""
        for k, each in enumerate(self.team.placed):
            if each.trader.earns:
                earned = whole_rao(self.team.tables.earns[k] * miners)
                self.team.tables.alpha[..., each.purse_row, :] += earned

    def pay_wages(self, tao: Column) -> None:
        """Count TAO that participants were paid."""
        self.wages = self.wages + total(tao)


def _column_of(numbers: Iterable[Column]) -> Column:
    return np.array(list(numbers), dtype=float)[:, None]


def _one(column: Column, row: int) -> Column:
    """Return the number of one run, where every run has its own."""
    return cast("Column", column[row, 0].item()) if np.ndim(column) > 1 else column
