"""The table of quantities: a new module of adapters is entered here, one line each."""

from __future__ import annotations

import tests.chain.issuance
import tests.chain.pools
import tests.chain.quantities_rules
import tests.chain.votes
import tests.chain.weighted  # noqa: F401
from tests.chain.reading import QUANTITIES as QUANTITIES
