"""Walk through every page of a site in Chromium, and tell what is amiss.

    python -m tests.browser.crawl FOLDER     a site that `dtao-edu site FOLDER` wrote

Two walks, on a screen of a phone's width: from the disk, and from a server on 127.0.0.1. A fault is
a link or an anchor that leads nowhere, an error of a script, a request to another host, a page
wider than the screen, a page that no link leads to, and what axe calls serious or critical, in
light and in dark.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from tests.browser import servers

WIDTH = 390
LEFT = {".kept", "lab"}
"""What is no page of the course: results that are kept, and JupyterLab in its own folder."""
LOOK = """() => ({
  width: document.documentElement.scrollWidth,
  ids: [...document.querySelectorAll('[id]')].map(one => one.id),
  links: [...document.querySelectorAll('a[href]')].map(one => one.href),
})"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder as any static host would; yield its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


class Walk:
    """One walk through a site.

    Parameters
    ----------
    browser : playwright's Browser
    folder : Path
        Of the site.
    base : str
        Where it stands: the folder's ``file:`` address or a server's.
    axe : Axe, optional
        The accessibility checker, to be run on each page.
    """

    def __init__(self, browser: Any, folder: Path, base: str, axe: Any = None) -> None:
        self.folder, self.base, self.axe = folder, base.rstrip("/"), axe
        self.context = browser.new_context(viewport={"width": WIDTH, "height": 800})
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self._amiss(f"error: {error}"))
        self.page.on("console", self._console)
        self.page.on("request", self._request)
        self.here = ""
        self.faults: list[str] = []
        self.ids: dict[str, set[str]] = {}
        self.wanted: dict[str, set[str]] = {}

    def _amiss(self, what: str) -> None:
        self.faults.append(f"{self.here}: {what}")

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self._amiss(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.base, "data:", "blob:", "about:")):
            self._amiss(f"asks {request.url}")

    def all(self) -> int:
        """Open every page that a link leads to, from the front page on; return their number."""
        todo = ["index.html"]
        while todo:
            name = todo.pop()
            if name not in self.ids:
                todo += self._open(name)
        self._compare()
        self.context.close()
        return len(self.ids)

    def _open(self, name: str) -> list[str]:
        self.here, self.ids[name] = name, set()
        path = self.folder / name
        if not path.is_file():
            self._amiss("is linked and not there")
            return []
        self.page.goto(f"{self.base}/{name}", wait_until="load")
        deck = name.startswith("slides/") and path.stem != "index"
        if not deck:
            self.page.wait_for_selector("html[data-ready]", state="attached")
        seen = self.page.evaluate(LOOK)
        self.ids[name] = set(seen["ids"])
        if deck:
            return []
        if seen["width"] > WIDTH:
            self._amiss(f"is {seen['width']} pixels wide")
        if self.axe:
            self._check()
        return self._inside(seen["links"])

    def _inside(self, links: list[str]) -> list[str]:
        found = []
        for link in links:
            if not link.startswith(f"{self.base}/"):
                continue
            name = unquote(urlparse(link).path.removeprefix(urlparse(self.base).path)).lstrip("/")
            if name.split("/")[0] in LEFT:
                continue
            mark = unquote(urlparse(link).fragment)
            self.wanted.setdefault(f"{name}#{mark}" if mark else name, set()).add(self.here)
            if name.endswith(".html"):
                found.append(name)
            elif not (self.folder / name).is_file():
                self._amiss(f"links to {name}, which is not there")
        return found

    def _check(self) -> None:
        # In the dark only colours differ.
        for theme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast"]})):
            self.page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            options = {"resultTypes": ["violations"], **rules}
            for one in self.axe.run(self.page, options=options).response["violations"]:
                if one["impact"] in ("serious", "critical"):
                    places = [node["target"] for node in one["nodes"][:3]]
                    self._amiss(f"axe, {theme}: {one['id']} at {places}")

    def _compare(self) -> None:
        for link, pages in self.wanted.items():
            name, _, mark = link.partition("#")
            if mark and mark not in self.ids.get(name, {mark}):
                self.faults.append(f"{sorted(pages)[0]}: no place {mark} on {name}")
        there = {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*.html")
            if not LEFT & set(path.relative_to(self.folder).parts)
        }
        self.faults += [f"{name}: no link leads to it" for name in sorted(there - set(self.ids))]


def walked(browser: Any, folder: Path) -> tuple[int, list[str]]:
    """Walk from the disk and from a server; return the number of pages and all faults."""
    from axe_playwright_python.sync_playwright import Axe

    disk = Walk(browser, folder, folder.resolve().as_uri())
    pages = disk.all()
    with served(folder) as address:
        server = Walk(browser, folder, address, Axe())
        assert server.all() == pages
    return pages, sorted({*disk.faults, *server.faults})


def main() -> int:
    """Walk through the site of the command line; the exit status is 1 if anything is amiss."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with servers.browser() as browser:
        pages, faults = walked(browser, folder)
    print("\n".join(faults))
    print(f"{pages} pages from a disk and from a server, {len(faults)} faults")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
