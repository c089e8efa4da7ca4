"""Pictures: one function each, and each with a sentence that says what it shows."""

from __future__ import annotations

from dtao_edu.figures.percentages import trade_percentages
from dtao_edu.figures.picture import Picture
from dtao_edu.figures.pool import pool_curve

__all__ = ["Picture", "pool_curve", "trade_percentages"]
