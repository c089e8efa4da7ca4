"""A browser for the tests that need one; without it they are left out, and say why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser import servers


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, one for all tests."""
    if lacking := servers.missing():
        pytest.skip(lacking)
    with servers.browser() as opened:
        yield opened
