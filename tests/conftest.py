"""What all tests share. Hypothesis finds the same examples on every machine, by no clock."""

from __future__ import annotations

import os
import tempfile

from hypothesis import HealthCheck, settings

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
