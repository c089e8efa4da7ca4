"""A browser for the tests that need one; without it they are left out, and say why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import servers
from tests.browser.hall import Hall


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window, one for all tests."""
    if lacking := servers.missing():
        pytest.skip(lacking)
    from playwright.sync_api import expect

    expect.set_options(timeout=servers.PATIENCE)
    with servers.browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that JupyterLab serves; tests write their notebooks into it."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="session")
def lab(browser: Any, folder: Path) -> Iterator[str]:
    """The address of a JupyterLab on this machine; none is started without a browser."""
    with servers.jupyterlab(folder) as address:
        yield address


@pytest.fixture
def watched(browser: Any) -> Iterator[servers.Watched]:
    """A page that remembers its errors and the requests that leave the machine."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield servers.Watched(context)
    context.close()


@pytest.fixture
def hall(browser: Any) -> Iterator[Hall]:
    """A page of a computer without a network, on which slides are shown."""
    opened = Hall(browser)
    yield opened
    opened.close()
