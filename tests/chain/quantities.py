"""The table of quantities: a new module of adapters is entered here, one line each."""

from __future__ import annotations

import chain.issuance
import chain.pools
import chain.quantities_rules
import chain.votes
import chain.weighted  # noqa: F401
from chain.reading import QUANTITIES as QUANTITIES
