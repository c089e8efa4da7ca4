"""Weight and first sight of the site's pages: what a slow phone waits for.

    python benchmarks/site.py FOLDER     a site that `dtao-edu site FOLDER` wrote

Serves the folder compressed, as static hosts do, and opens pages in Chromium with a phone's
screen, a quarter of this computer's speed, and 1.6 Mbit/s with 150 ms of delay. Prints for each
the bytes that came before anything was touched, and the moment at which text was first seen.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.browser import servers

RUNS = 3
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SEEN = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


class Host(http.server.SimpleHTTPRequestHandler):
    """A static host that compresses text, and says nothing."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".js", ".css", ".xml"):
            content = gzip.compress(content)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        pass


def look(browser: Any, url: str) -> tuple[float, float]:
    """Return kilobytes and milliseconds of one opening with nothing kept from before."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    came: list[float] = []
    session.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1500)
    seen = float(page.evaluate(SEEN))
    context.close()
    return sum(came) / 1000, seen


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    files = [path for path in folder.rglob("*") if path.is_file() and ".kept" not in path.parts]
    total = sum(path.stat().st_size for path in files)
    print(f"{len(files)} files, {total / 1e6:.1f} MB")
    handler = functools.partial(Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        pages = [folder / "index.html", *sorted((folder / "lessons").glob("*.html"))]
        with servers.browser() as browser:
            for path in pages:
                name = path.relative_to(folder).as_posix()
                runs = [look(browser, f"{address}/{name}") for _ in range(RUNS)]
                weight = statistics.median(run[0] for run in runs)
                seen = statistics.median(run[1] for run in runs)
                print(f"{name:50} {weight:7.0f} kB  text after {seen:6.0f} ms")
        server.shutdown()


if __name__ == "__main__":
    main()
