"""Measures: concentration, distance and voting power.

>>> from dtao_edu import measures
>>> measures.nakamoto([40, 30, 20, 10])
2

Standard library only.

- concentration: `shares`, `hhi`, `effective_number`, `error_of_mean`, `gini`, `nakamoto`,
  `top_share`;
- distance: `l1`, `moved`, `largest_error`, `rank_correlation`;
- voting power: `banzhaf`, `shapley_shubik`.
"""

from __future__ import annotations

from dtao_edu.measures.concentration import (
    effective_number,
    error_of_mean,
    gini,
    hhi,
    nakamoto,
    shares,
    top_share,
)
from dtao_edu.measures.distance import l1, largest_error, moved, rank_correlation
from dtao_edu.measures.power import banzhaf, shapley_shubik

__all__ = [
    "banzhaf",
    "effective_number",
    "error_of_mean",
    "gini",
    "hhi",
    "l1",
    "largest_error",
    "moved",
    "nakamoto",
    "rank_correlation",
    "shapley_shubik",
    "shares",
    "top_share",
]
