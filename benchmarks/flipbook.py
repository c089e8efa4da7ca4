"""Flip-books: their grids, bytes and build times, and key press to changed picture.

    python benchmarks/flipbook.py                  grids of all, without building anything
    python benchmarks/flipbook.py --build          bytes and build times of all, one process each
    python benchmarks/flipbook.py --check          every stored page held against the engine: all
                                                   edges, and 200 states of each flip-book by lot
    python benchmarks/flipbook.py --keys stake_unstake
                                                   flip-book, live and interact in one run
    options: --presses 60 --sizes page,phone --presets 1

A build time is that of a first build: frames kept from an earlier one are not read. Times of key
presses run from the keydown event to the frame after the picture has changed.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import playground as live  # noqa: E402  (the path comes first)
from dtao_edu.playground import PLAYGROUNDS  # noqa: E402
from dtao_edu.playground.flipbook import flipbook, runtime  # noqa: E402
from dtao_edu.playground.flipbook.frames import work_out  # noqa: E402
from dtao_edu.playground.flipbook.states import fixed, pages  # noqa: E402
from tests.browser import servers  # noqa: E402
from tests.helpers.flipbooks import LOT, places, unfolded, worked_out  # noqa: E402

WATCH = """(presses) => new Promise(async (done) => {
  const slider = document.querySelector(".dtao-flip input[type=range]");
  const front = dtaoFlip.books[0].front, times = [];
  for (let press = 0; press < presses; press++) {
    const before = front.innerHTML, start = performance.now();
    const step = press % 20 < 10 ? 1 : -1;
    slider.value = Number(slider.value) + step;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    while (front.innerHTML === before) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
    await new Promise((next) => setTimeout(next, 50));
  }
  done(times);
})"""


def grids() -> None:
    """Print which states each flip-book holds, and what it leaves out."""
    for name, play in PLAYGROUNDS.items():
        presets = play.presets()
        found = [pages(play, preset)[1] for preset in presets]
        offers, first = pages(play, presets[0])
        frames = sum(page.frames for book in found for page in book)
        print(f"{name}: {len(presets)} presets, {frames:,} frames")
        for offer in offers:
            print(f"  choice  {offer.label}: {', '.join(offer.options)}")
        for slider in {one.label: one for page in first for one in page.sliders}.values():
            low, high = slider.values[0], slider.values[-1]
            print(f"  slider  {slider.label}: {len(slider.values)} positions, {low:g} to {high:g}")
        for said in fixed(play, presets[0]):
            print(f"  fixed   {said}")


def build(sizes: list[str], presets: int | None) -> None:
    """Build every flip-book from nothing; print seconds and bytes."""
    shared = sum(len(runtime(name)) for name in ("flipbook.js", "flipbook.css"))
    print(f"script and style, once for all: {shared:,} bytes")
    for name, play in PLAYGROUNDS.items():
        labels = [preset.label for preset in play.presets()][:presets]
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            made = flipbook(play, sizes, inline=False, presets=labels, cache=Path(folder), jobs=1)
            took = time.perf_counter() - begin
            begin = time.perf_counter()
            flipbook(play, sizes, inline=False, presets=labels, cache=Path(folder), jobs=1)
            again = time.perf_counter() - begin
        size = sum(len(data) for data in made.files.values()) - shared
        print(
            f"{name:<16} {len(labels)} presets  {took:6.1f} s, again {again:5.2f} s   "
            f"in the page {len(made.html):>8,}   files {size:>10,} bytes",
            flush=True,
        )


def check(sizes: list[str]) -> None:
    """Unfold all flip-books and hold their words and pictures against the engine."""
    for name, play in PLAYGROUNDS.items():
        lot, held, wrong = random.Random(name), 0, 0
        presets = play.presets()
        for preset, chunks in zip(presets, work_out(play, presets, sizes), strict=True):
            found = pages(play, preset)[1]
            for page, stored in zip(found, chunks, strict=True):
                wanted = places(page, lot, LOT // (len(found) * len(presets)) + 1)
                for size in sizes:
                    shown = unfolded(stored, page, wanted, size)
                    right = worked_out(play, page, wanted, size)
                    held += len(wanted)
                    wrong += sum(a != b for a, b in zip(shown, right, strict=True))
        print(f"{name:<16} {held:>7,} frames held against the engine, {wrong} differ", flush=True)


def keys(name: str, presses: int) -> None:
    """Print the time from a key press to the changed picture of the three, in one run."""
    if lacking := servers.missing():
        print(f"not measured: {lacking}")
        return
    play = PLAYGROUNDS[name]
    made = flipbook(play, ["page"], presets=[play.presets()[0].label], predict=False)
    with tempfile.TemporaryDirectory() as folder, servers.browser() as browser:
        path = Path(folder) / "flip.html"
        path.write_text(f"<!doctype html><meta charset=utf-8>{made.html}", encoding="utf-8")
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(path.as_uri())
        page.wait_for_function("window.dtaoFlip && dtaoFlip.books[0].state")
        times = page.evaluate(WATCH, presses)
    print(f"{name}: key press to changed picture, milliseconds")
    rows = {"flip-book": times}
    for row, found in rows.items():
        median, late = live.quantile(found, 0.5), live.quantile(found, 0.95)
        print(f"  {row:<12} median {median:6.1f}   95th percentile {late:6.1f}")
    result = live.measure(name, presses)
    for row in ("playground", "interact"):
        one = result[row]
        print(f"  {row:<12} median {one['median']:6.1f}   95th percentile {one['p95']:6.1f}")


def main() -> int:
    """Read what was asked for, measure and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keys", metavar="NAME")
    parser.add_argument("--presses", type=int, default=60)
    parser.add_argument("--sizes", default="page")
    parser.add_argument("--presets", type=int)
    given = parser.parse_args()
    if given.keys:
        keys(given.keys, given.presses)
    elif given.check:
        check(given.sizes.split(","))
    elif given.build:
        build(given.sizes.split(","), given.presets)
    else:
        grids()
    return 0


if __name__ == "__main__":
    sys.exit(main())
