"""The kernel in the browser: somebody does a whole notebook of exercises; no request leaves."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.browser import LEFT_OUT
from dtao_edu.lessons.course import course_folder, exercises_file
from dtao_edu.site import site
from dtao_edu.site.kernel import FOLDER

pytestmark = pytest.mark.browser
NUMBER = "02"
LAST = "the end of the notebook"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small site with the kernel beside it."""
    why = "the extra `browser` is not installed (.ci/run installs it)"
    pytest.importorskip("jupyterlite_pyodide_kernel", reason=why)
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, from which Pyodide comes")
    target = tmp_path_factory.mktemp("site") / "course"
    built = site(target, only=(NUMBER,), flipbooks=False, with_kernel=True)
    assert built.kernel
    return built.folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Serve the site as any static host would."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def sources(*, solved: bool) -> list[tuple[str, str]]:
    """The cells of the notebook, each with its kind."""
    path = course_folder() / exercises_file(NUMBER, solved=solved)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]


def asked(source: str) -> str:
    """The number of the exercise that a cell answers, or nothing."""
    found = re.search(r'check\("([\d.]+)"', source)
    return found[1] if found else ""


def test_the_folder_is_small_and_whole(folder: Path) -> None:
    lab = folder / FOLDER
    files = [path for path in lab.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 55_000_000
    assert not [path for path in files if path.suffix == ".map"]
    (wheel,) = lab.glob("static/pyodide/dtao_edu-*.whl")
    with zipfile.ZipFile(wheel) as packed:
        rooms = {name.split("/")[1].removesuffix(".py") for name in packed.namelist()}
        assert packed.testzip() is None
    assert not rooms & set(LEFT_OUT)
    assert {"engine", "practice", "ledger", "derivation"} <= rooms
    lock = json.loads((lab / "static" / "pyodide" / "pyodide-lock.json").read_text())["packages"]
    for name in ("dtao-edu", "ipython", "sympy", "mpmath", "ipywidgets"):
        assert (wheel.parent / lock[name]["file_name"]).is_file(), name


def test_a_page_of_exercises_has_one_button_and_loads_nothing_of_the_kernel(
    browser: Any, address: str, folder: Path
) -> None:
    context = browser.new_context()
    page = context.new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    (path,) = folder.glob("exercises/02*.html")
    page.goto(f"{address}/exercises/{path.name}", wait_until="networkidle")
    assert page.locator(".own-kernel a").count() == 1
    assert not [url for url in seen if f"/{FOLDER}/" in url]
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator(".own-kernel a").count() == 0, "a disk can start no kernel"
    assert "web server" in page.locator(".own-kernel").inner_text()
    context.close()


def test_a_whole_notebook_of_exercises_is_done_and_no_request_leaves(
    browser: Any, address: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(240_000)  # a kernel that starts in the browser
    strangers: list[str] = []
    inside = (f"{address}/", "data:", "blob:")
    context.on(
        "request",
        lambda one: None if one.url.startswith(inside) else strangers.append(one.url),
    )
    page = context.new_page()
    page.goto(f"{address}/exercises/02_the_root_network.html")
    page.locator(".own-kernel a").click()
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    page.wait_for_selector("text=Python (Pyodide)")
    answers = {asked(text): text for kind, text in sources(solved=True) if asked(text)}
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Escape")
    for kind, text in sources(solved=False):
        if kind == "code":
            page.keyboard.press("Enter")
            if number := asked(text):
                page.keyboard.press("Control+A")
                page.keyboard.insert_text(answers[number])
        page.keyboard.press("Shift+Enter")
    # What is not loaded tells it in a sentence; the last cell is a new one, ready to be typed into.
    run(page, f'print("{LAST}")', LAST)
    shown = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    for number in answers:
        assert f"{number} right" in shown
    assert f"{len(answers)} of {len(answers)}" in shown
    assert "Traceback" not in shown
    run(page, "from dtao_edu import derivation", "sympy is not loaded here yet")
    run(page, "import sympy\nfrom dtao_edu import derivation\nderivation.price()", "quotient rule")
    run(page, 'import dtao_edu\ndtao_edu.slides("02")', "not in the browser's copy")
    run(page, "dtao_edu.stake_unstake()", "ipywidgets is not loaded here yet")
    run(page, "import ipywidgets\ndtao_edu.stake_unstake()", "numpy is not loaded here yet")
    run(page, "from dtao_edu.practice.progress_file import data_folder\ndata_folder()", "/drive/")
    said = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    assert "Traceback" not in said
    assert strangers == []
    context.close()


def run(page: Any, code: str, said: str) -> None:
    """Type code into the new cell at the end, run it, and wait for what it says."""
    page.keyboard.insert_text(code)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        "said => [...document.querySelectorAll('.jp-OutputArea-output')]"
        ".some(one => one.innerText.includes(said))",
        arg=said,
    )
