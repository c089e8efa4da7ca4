"""Practice: exercises, and a checker that knows why an answer is wrong."""

from __future__ import annotations

from dtao_edu.practice.coded import Expression, Function
from dtao_edu.practice.desk import check, exercise, given, hint, progress, sit, solution
from dtao_edu.practice.given import Draw, Given
from dtao_edu.practice.judge import judge_value
from dtao_edu.practice.kinds import Choice, Number, Option, Order, Prediction, Table
from dtao_edu.practice.model import Exercise, Idea, Task, task
from dtao_edu.practice.outcomes import Outcome, Verdict
from dtao_edu.practice.predictions import compare, record_prediction

__all__ = [
    "Choice",
    "Draw",
    "Exercise",
    "Expression",
    "Function",
    "Given",
    "Idea",
    "Number",
    "Option",
    "Order",
    "Outcome",
    "Prediction",
    "Table",
    "Task",
    "Verdict",
    "check",
    "compare",
    "exercise",
    "given",
    "hint",
    "judge_value",
    "progress",
    "record_prediction",
    "sit",
    "solution",
    "task",
]
