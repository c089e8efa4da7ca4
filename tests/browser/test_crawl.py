"""The whole site, every page of it, walked through from a disk and from a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dtao_edu.site import site
from tests.browser.crawl import walked

pytestmark = pytest.mark.browser


def test_no_page_of_the_whole_site_has_a_fault(browser: Any, tmp_path: Path) -> None:
    """Flip-books have tests of their own; here their pictures stand in for them."""
    pytest.importorskip("axe_playwright_python")
    built = site(tmp_path / "course", flipbooks=False)
    pages, faults = walked(browser, built.folder)
    assert faults == []
    assert pages > 60
