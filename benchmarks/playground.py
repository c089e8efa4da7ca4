"""Measure every playground in a real browser: key press to changed picture.

    python benchmarks/playground.py                all playgrounds
    python benchmarks/playground.py stake_unstake  one of them
    options: --presses 100 --out FILE.json

For each playground one notebook is opened in JupyterLab and headless Chromium, with three cells:
the playground, the same figure under `interact` with pyplot, and the floor: an SVG of one circle
in an HTML widget, through the same round trip. Presses on the three sliders are interleaved. A
time runs from the keydown event in the page to the frame after the picture has changed.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dtao_edu.playground import PLAYGROUNDS  # noqa: E402  (the path comes first)
from dtao_edu.playground.controls import Number, settle  # noqa: E402
from tests.browser import servers  # noqa: E402

TARGETS = {
    "times faster than interact, median": (">=", 3.0),
    "times faster than interact, 95th percentile": (">=", 2.2),
    "times the floor, median": ("<=", 1.7),
    "preset: times faster than interact, median": (">=", 1.5),
    "changes of the output's height, pixels": ("<=", 0.0),
    "first picture after the cell's run, milliseconds": ("<=", 333.0),
    "presses lost of sixty": ("<=", 0.0),
    "pictures a second while playing": (">=", 15.0),
}

PLAY = "from dtao_edu.playground import {name}\nplay = {name}(predict=False)\nplay"
INTERACT = """
import matplotlib.pyplot as plt
from ipywidgets import Dropdown, FloatSlider, interact
from dtao_edu.figures.base import style
from dtao_edu.playground import {name}
first, plain = {name}.session(), style.blank

def blank(size="page", *, tall=1.0, phone=None):
    dress = style.size_of(size)
    return plt.figure(figsize=(dress.width, dress.height * tall), dpi=72), dress

def draw(value, preset):
    chosen = next((p.values for p in first.presets if p.label == preset), {{}})
    values = {{**first.values, **chosen}}
    if value is not None:
        values["{control}"] = read(value) if preset == labels[0] else values["{control}"]
    style.blank = blank
    try:
        {name}.picture({name}.model(**values))
    finally:
        style.blank = plain
    plt.show()

labels = [p.label for p in first.presets] or ["-"]
read = next(c for c in {name}.controls if c.name == "{control}").read
_ = interact(draw, value=FloatSlider(value={start}, min={low}, max={high}, step={step}),
             preset=Dropdown(options=labels))
"""
FLOOR = """
from ipywidgets import HTML, FloatSlider, VBox
slider, tiny = FloatSlider(value={start}, min={low}, max={high}, step={step}), HTML()
def show(event):
    tiny.value = f'<svg viewBox="0 0 9 9" width="99"><circle cx="{{event["new"]:g}}" r="2"/></svg>'
slider.observe(show, names="value")
VBox([slider, tiny])
"""

# Watches one cell: when a key went down, and when the picture had changed and was painted.
WATCH = """
(cell) => {
  const area = document.querySelectorAll('.jp-CodeCell')[cell].querySelector('.jp-OutputArea');
  const state = {down: 0, seen: null, heights: []};
  window.watched = window.watched || {};
  window.watched[cell] = state;
  area.addEventListener('keydown', () => {
    state.down = performance.now(); state.seen = null;
  }, true);
  const painted = () => requestAnimationFrame(() => {
    if (state.seen === null) state.seen = performance.now();
  });
  const picture = (node) => node.nodeType === 1 &&
    (node.matches('svg, img') || node.querySelector('svg, img'));
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (!picture(node)) continue;
      const image = node.matches('img') ? node : node.querySelector('img');
      if (image && !image.complete) image.addEventListener('load', painted); else painted();
      return;
    }
  }).observe(area, {childList: true, subtree: true});
  const size = new ResizeObserver(() => state.heights.push(area.getBoundingClientRect().height));
  size.observe(area);
}
"""

# Watches the second cell while it is run for the first time: when it ended, when it was drawn.
FIRST = """
() => {
  const cell = document.querySelectorAll('.jp-CodeCell')[1];
  const state = window.first = {begun: 0, ended: 0, picture: 0};
  document.addEventListener('keydown', () => { state.begun ||= performance.now(); }, true);
  new MutationObserver(() => {
    const drawn = cell.querySelectorAll('.dtao-layer svg').length === 2;
    if (drawn && !state.picture) {
      state.picture = -1;
      requestAnimationFrame(() => { state.picture = performance.now(); });
    }
    if (/[0-9]/.test(cell.querySelector('.jp-InputPrompt').textContent) && !state.ended)
      state.ended = performance.now();
  }).observe(cell, {childList: true, subtree: true, characterData: true});
}
"""


def quantile(times: list[float], part: float) -> float:
    """Give the time below which a part of all times lies."""
    return sorted(times)[min(int(len(times) * part), len(times) - 1)]


class Cell:
    """One cell of the notebook, and what was measured in it."""

    def __init__(self, page: Any, number: int) -> None:
        self.page, self.number = page, number
        self.box = page.locator(".jp-CodeCell").nth(number)
        self.times: list[float] = []
        page.evaluate(WATCH, number)

    def press(self, key: str, target: str = ".noUi-handle") -> float:
        """Press one key and wait until the picture has changed; return milliseconds."""
        self.box.locator(f"{target}:visible").first.focus()
        self.page.wait_for_timeout(100)  # the page scrolls from cell to cell: not what is measured
        self.page.keyboard.press(key)
        state = f"window.watched[{self.number}]"
        self.page.wait_for_function(f"{state}.seen !== null", timeout=20_000)
        time: float = self.page.evaluate(f"{state}.seen - {state}.down")
        self.page.wait_for_timeout(120)  # what follows the picture must not count for the next
        return time

    def heights(self) -> set[float]:
        """All heights that the output had since it was last asked."""
        state = f"window.watched[{self.number}]"
        found: list[float] = self.page.evaluate(f"{state}.heights.splice(0)")
        return set(found)


def measure(name: str, presses: int) -> dict[str, Any]:
    """Measure one playground."""
    session = PLAYGROUNDS[name].session()
    control = next(c for c in PLAYGROUNDS[name].controls if isinstance(c, Number)
                   and c.active(session.values))  # fmt: skip
    low, high, step = (
        settle(part, session.values) for part in (control.minimum, control.maximum, control.step)
    )
    details = {
        "name": name, "control": control.name, "start": session.values[control.name],
        "low": low, "high": high, "step": step,
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        cells = [text.format(**details) for text in (PLAY, INTERACT, FLOOR)]
        servers.write_notebook(home / "measure.ipynb", "import dtao_edu.playground", *cells)
        with servers.jupyterlab(home, whole=True) as address, servers.browser() as chromium:
            view = {"width": 1400, "height": 1000}
            watched = servers.Watched(chromium.new_context(viewport=view))
            page = watched.page
            watched.open_lab(address, "measure.ipynb")
            watched.run_first_cell()
            page.wait_for_selector("text=/Python 3.*Idle/")
            page.wait_for_timeout(500)
            page.evaluate(FIRST)
            page.keyboard.press("Shift+Enter")
            page.wait_for_function("window.first.picture && window.first.ended")
            first = page.evaluate("window.first")
            for number in (2, 3):
                page.keyboard.press("Shift+Enter")
                page.locator(".jp-CodeCell").nth(number).locator(".noUi-handle").wait_for()
            page.wait_for_timeout(1500)
            play, interact, floor = (Cell(page, number) for number in (1, 2, 3))
            there, back = "ArrowRight", "ArrowLeft"
            if session.values[control.name] + step > high:  # it starts at the slider's end
                there, back = back, there
            for cell in (play, interact, floor):
                for key in (there, back):  # the first presses warm up
                    cell.press(key)
                cell.heights()
            for turn in range(presses):
                for cell in (play, interact, floor):
                    cell.times.append(cell.press(back if turn % 2 else there))
            jumps = {cell.number: cell.heights() for cell in (play, interact)}
            rapid = _sixty(play, session, control, step)
            presets = _presets(play, interact, len(session.presets))
            clock = next((a.label for a in PLAYGROUNDS[name].actions if a.plays), None)
            playing = {"pictures a second while playing": _playing(play, clock)} if clock else {}
            result = {
                "playground": _sum(play.times), "interact": _sum(interact.times),
                "floor": _sum(floor.times), **presets,
                "heights of the playground's output": sorted(jumps[1]),
                "heights of interact's output": sorted(jumps[2]),
                "from the key that runs the cell to the first picture":
                    first["picture"] - first["begun"],
                "errors in the console": watched.errors, "requests that left": watched.strangers,
            }  # fmt: skip
    ours, theirs, least = result["playground"], result["interact"], result["floor"]
    result["ratios"] = {
        "times faster than interact, median": theirs["median"] / ours["median"],
        "times faster than interact, 95th percentile": theirs["p95"] / ours["p95"],
        "times the floor, median": ours["median"] / least["median"],
        **({"preset: times faster than interact, median":
            presets["interact, preset"]["median"] / presets["playground, preset"]["median"]}
           if presets else {}),
        "changes of the output's height, pixels": max(jumps[1] or {0}) - min(jumps[1] or {0}),
        "first picture after the cell's run, milliseconds": first["picture"] - first["ended"],
        "presses lost of sixty": rapid,
        **playing,
    }  # fmt: skip
    return result


def _sum(times: list[float]) -> dict[str, float]:
    return {"presses": len(times), "median": statistics.median(times),
            "p95": quantile(times, 0.95)}  # fmt: skip


def _sixty(play: Cell, session: Any, control: Number, step: float) -> float:
    """Press sixty times without waiting; say how many steps the last state lacks."""
    if session.values[control.name] <= settle(control.minimum, session.values):
        play.press("ArrowRight")  # else Home would change nothing
    play.press("Home")
    page = play.page
    handle = play.box.locator(".noUi-handle:visible").first
    start = float(handle.get_attribute("aria-valuenow"))
    handle.focus()
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(4000)
    shown = float(handle.get_attribute("aria-valuenow"))  # where the learner sees the slider
    reached = float(play.box.locator("input[type=number]:visible").first.input_value())
    session.set(control.name, control.read(reached))
    said = play.box.locator(".dtao-sentence").inner_text()
    picture = PLAYGROUNDS[session.playground.name].picture(session.result)
    if said != str(picture):
        raise SystemExit(f"the sentence is not that of the last state:\n{said}\n{picture}")
    wanted = min(start + 60 * step, shown if shown > _top(control, session) else math.inf)
    return round((wanted - reached) / step, 6)


def _top(control: Number, session: Any) -> float:
    """Near the slider's end further presses do nothing."""
    return 0.999 * float(settle(control.maximum, session.values))


def _playing(play: Cell, label: str, seconds: float = 5.0) -> float:
    """Let the playground's clock run; count the pictures that are painted in a second."""
    button = play.box.get_by_role("button", name=label)
    button.click()
    play.page.wait_for_timeout(1000)
    count: float = play.page.evaluate(
        """([cell, seconds]) => new Promise((done) => {
          const front = document.querySelectorAll('.jp-CodeCell')[cell]
            .querySelectorAll('.dtao-layer')[1];
          let changed = false, painted = 0;
          new MutationObserver(() => { changed = true; })
            .observe(front, {childList: true, subtree: true});
          const end = performance.now() + 1000 * seconds;
          const frame = () => {
            if (changed) { painted += 1; changed = false; }
            if (performance.now() < end) requestAnimationFrame(frame);
            else done(painted / seconds);
          };
          requestAnimationFrame(frame);
        })""",
        [play.number, seconds],
    )
    button.click()
    return count


def _presets(play: Cell, interact: Cell, count: int) -> dict[str, dict[str, float]]:
    """Change the preset by keyboard: the last one, the first one."""
    if count < 2:
        return {}
    times: dict[str, list[float]] = {"playground, preset": [], "interact, preset": []}
    for turn in range(22):
        key = "Home" if turn % 2 else "End"  # JupyterLab takes the arrow keys of a list
        for cell, found in zip((play, interact), times.values(), strict=True):
            time = cell.press(key, "select")
            if turn > 1:
                found.append(time)
    return {name: _sum(found) for name, found in times.items()}


def main() -> int:
    """Measure, print, and say which targets were met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if lacking := servers.missing():
        print(f"not measured: {lacking}")
        return 1
    results, missed = {}, 0
    for name in given.names or PLAYGROUNDS:
        result = results[name] = measure(name, given.presses)
        print(f"\n{name}: key press to changed picture, milliseconds")
        for row in ("playground", "interact", "floor", "playground, preset", "interact, preset"):
            if row in result:
                one = result[row]
                print(f"  {row:<20} median {one['median']:6.1f}   95th percentile {one['p95']:6.1f}"
                      f"   ({one['presses']} presses)")  # fmt: skip
        for what, value in result["ratios"].items():
            sign, target = TARGETS[what]
            met = value >= target if sign == ">=" else value <= target
            missed += not met
            print(f"  {what:<46} {value:7.2f}   target {sign} {target:g}   "
                  f"{'met' if met else 'MISSED'}")  # fmt: skip
        what = "from the key that runs the cell to the first picture"
        print(f"  {what}: {result[what]:.0f} ms")
        print("  heights of interact's output:", result["heights of interact's output"])
        for what in ("errors in the console", "requests that left"):
            print(f"  {what}: {len(result[what])}")
            missed += len(result[what])
    if given.out:
        given.out.write_text(json.dumps(results, indent=1))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
