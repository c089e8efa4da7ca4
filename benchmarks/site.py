"""Weight and first sight of the site's pages: what a slow phone waits for.

    python benchmarks/site.py FOLDER [PAGE ...]     a site that `dtao-edu site FOLDER` wrote

Serves the folder compressed, as static hosts do, and opens pages in Chromium with a phone's
screen, a quarter of this computer's speed, and the two slow networks that Chromium's developers
name. Prints for each page, front page and lessons if none is named, the bytes that came before
anything was touched, and the moment at which text was first seen; median of three openings.
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
SLOWER = 4
"""How much slower than this computer the phone is."""
NETWORKS = {"slow 4G": (150, 1_600_000, 750_000), "slow 3G": (400, 400_000, 400_000)}
"""Milliseconds of delay, bits a second down and up."""
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


def look(browser: Any, url: str, network: str) -> tuple[float, float]:
    """Return kilobytes and milliseconds of one opening with nothing kept from before."""
    latency, down, up = NETWORKS[network]
    speed = {"downloadThroughput": down / 8, "uploadThroughput": up / 8}
    context = browser.new_context(viewport={"width": 390, "height": 800}, is_mobile=True)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speed}
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
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
    for name, (latency, down, up) in NETWORKS.items():
        print(
            f"{name}: {latency} ms, {down / 1000:.0f} and {up / 1000:.0f} kbit/s; "
            f"a processor {SLOWER} times slower than this one"
        )
    handler = functools.partial(Host, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        named = [folder / name for name in sys.argv[2:]]
        pages = named or [folder / "index.html", *sorted((folder / "lessons").glob("*.html"))]
        with servers.browser() as browser:
            for path in pages:
                name = path.relative_to(folder).as_posix()
                told = f"{name:46}"
                for network in NETWORKS:
                    runs = [look(browser, f"{address}/{name}", network) for _ in range(RUNS)]
                    weight = statistics.median(run[0] for run in runs)
                    seen = statistics.median(run[1] for run in runs)
                    told += f" {weight:5.0f} kB, {network}: text after {seen:5.0f} ms"
                print(told)
        server.shutdown()


if __name__ == "__main__":
    main()
