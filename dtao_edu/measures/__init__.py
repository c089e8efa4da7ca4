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

from dtao_edu.measures.concentration import effective_number as effective_number
from dtao_edu.measures.concentration import error_of_mean as error_of_mean
from dtao_edu.measures.concentration import gini as gini
from dtao_edu.measures.concentration import hhi as hhi
from dtao_edu.measures.concentration import nakamoto as nakamoto
from dtao_edu.measures.concentration import shares as shares
from dtao_edu.measures.concentration import top_share as top_share
from dtao_edu.measures.distance import l1 as l1
from dtao_edu.measures.distance import largest_error as largest_error
from dtao_edu.measures.distance import moved as moved
from dtao_edu.measures.distance import rank_correlation as rank_correlation
from dtao_edu.measures.power import banzhaf as banzhaf
from dtao_edu.measures.power import shapley_shubik as shapley_shubik
