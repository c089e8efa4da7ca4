"""What all tests share. Hypothesis finds the same examples on every machine, by no clock."""

from __future__ import annotations

import gc
import os
import random
import tempfile
from itertools import groupby

import pytest
from hypothesis import HealthCheck, settings

# Ten thousand tests are collected, and stay: nothing of them needs to be looked through for
# garbage again and again.
gc.disable()

# What the tests and their kernels answer must not enter the progress of whoever runs them.
os.environ.setdefault("DTAO_EDU_DATA", tempfile.mkdtemp(prefix="dtao-edu-tests-"))

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--order", type=int, help="run the tests in an order drawn by this seed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle the files, and the tests of each: none may rest on what ran before it."""
    seed = config.getoption("--order")
    if seed is None:
        return
    chance = random.Random(seed)
    files = [list(group) for _, group in groupby(items, key=lambda item: item.path)]
    for tests in files:
        chance.shuffle(tests)
    chance.shuffle(files)
    items[:] = [item for tests in files for item in tests]


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
