"""What all tests share."""

from __future__ import annotations

import os
import tempfile

# What the tests and their kernels answer must not enter the progress of whoever runs them.
os.environ.setdefault("DTAO_EDU_DATA", tempfile.mkdtemp(prefix="dtao-edu-tests-"))
