"""Playgrounds: predict, move, see, undo."""

from __future__ import annotations

from dtao_edu.playground.stake_unstake import stake_unstake

PLAYGROUNDS = {play.name: play for play in (stake_unstake,)}
"""Every playground by its name."""

__all__ = ["PLAYGROUNDS", "stake_unstake"]
