"""A hall with slides: a page on a computer without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.browser.servers import Watched


class Hall(Watched):
    """A page with slides in it, on a computer without a network."""

    def __init__(self, browser: Any, **screen: Any) -> None:
        screen = {"viewport": {"width": 1280, "height": 720}, **screen}
        self.context = browser.new_context(offline=True, **screen)
        super().__init__(self.context)

    def open(self, path: Path, mark: str = "") -> Any:
        self.page.goto(path.as_uri() + mark)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        if mark:
            from playwright.sync_api import expect

            leaf = self.page.locator(".leaf").nth(int(mark.strip("#")) - 1)
            expect(leaf).to_have_class(re.compile(r"\bcurrent\b"))
        return self.page

    @property
    def mark(self) -> str:
        """Of the slide, as the page itself knows it: the browser's own record follows later."""
        return str(self.page.evaluate("location.hash"))

    @property
    def title(self) -> str:
        return str(self.page.locator(".current :is(h1, h2)").inner_text())

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def close(self) -> None:
        self.page.close()
        self.context.close()
        assert self.errors == []
        assert [url for url in self.strangers if not url.startswith("file:")] == []
