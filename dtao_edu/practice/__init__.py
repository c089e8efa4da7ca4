"""Practice: exercises, and a checker that knows why an answer is wrong."""

from __future__ import annotations

from dtao_edu.practice.judge import judge_value
from dtao_edu.practice.outcomes import Outcome, Verdict
from dtao_edu.practice.predictions import Prediction, compare, record_prediction

__all__ = [
    "Outcome",
    "Prediction",
    "Verdict",
    "compare",
    "judge_value",
    "record_prediction",
]
