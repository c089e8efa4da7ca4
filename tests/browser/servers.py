"""Start JupyterLab, Voilà and Chromium for a test or a measurement, and stop them again."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat

PATIENCE = 90_000
"""Milliseconds that a test waits for what has to come: a machine may do other work as well."""
CHROMIUM_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """Find a Chromium; DTAO_EDU_CHROMIUM names another one."""
    named = os.environ.get("DTAO_EDU_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


def missing() -> str:
    """Say what a browser test lacks here, or nothing."""
    if chromium() is None:
        return "no Chromium found (Debian's package is called chromium)"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed (pip install playwright)"
    return ""


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


@contextlib.contextmanager
def serve(command: list[str], folder: Path, path: str, log: Path) -> Iterator[str]:
    """Run a server in a folder until the block ends; yield its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    home = folder / ".home"  # settings of this machine's user must not change the result
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        "DTAO_EDU_DATA": str(home / "progress"),
        "PYTHONWARNINGS": "ignore",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [part.replace("PORT", str(port)) for part in command],
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + PATIENCE / 1000
            while time.monotonic() < end:
                if process.poll() is not None:
                    raise RuntimeError(f"the server ended at once:\n{log.read_text()[-2000:]}")
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(address + path, timeout=5).close()
                    break
                time.sleep(0.1)
            else:
                raise RuntimeError(f"the server did not answer:\n{log.read_text()[-2000:]}")
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _settings(folder: Path, *, dark: bool, whole: bool) -> None:
    """Write JupyterLab's settings: no news, the theme, and whether all cells stay on the page."""
    theme = "JupyterLab Dark" if dark else "JupyterLab Light"
    extensions: dict[str, dict[str, dict[str, Any]]] = {
        "apputils-extension": {
            "notification": {"fetchNews": "false", "checkForUpdates": False},
            "themes": {"theme": theme},
        },
        "notebook-extension": {"tracker": {"windowingMode": "none"} if whole else {}},
    }
    for extension, files in extensions.items():
        settings = folder / ".home" / "settings" / "@jupyterlab" / extension
        settings.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(content))


def jupyterlab(
    folder: Path, *, dark: bool = False, whole: bool = False
) -> contextlib.AbstractContextManager[str]:
    """Serve a folder in JupyterLab, on this machine only and without a token.

    With `whole` all cells stay on the page, also those that are scrolled out of sight.
    """
    _settings(folder, dark=dark, whole=whole)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ServerApp.ip=127.0.0.1", "--port=PORT", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=", "--ServerApp.password=",
        f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    return serve(command, folder, "/api", folder / "lab.log")


def voila(folder: Path, notebook: str) -> contextlib.AbstractContextManager[str]:
    """Serve one notebook in Voilà, on this machine only."""
    command = [
        sys.executable, "-m", "voila", notebook, "--no-browser", "--port=PORT",
        "--Voila.ip=127.0.0.1",
    ]  # fmt: skip
    return serve(command, folder, "/", folder / "voila.log")


def write_notebook(path: Path, *cells: str) -> Path:
    """Write a notebook of code cells."""
    book: Any = nbformat.v4.new_notebook()
    book.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(book, path)
    return path


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Open Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium(), args=CHROMIUM_OPTIONS)
        try:
            yield Patient(opened)
        finally:
            opened.close()


class Patient:
    """A browser whose pages wait for what has to come as long as a busy machine needs."""

    def __init__(self, opened: Any) -> None:
        self._opened = opened

    def new_context(self, **how: Any) -> Any:
        context = self._opened.new_context(**how)
        context.set_default_timeout(PATIENCE)
        return context

    def new_page(self, **how: Any) -> Any:
        page = self._opened.new_page(**how)
        page.set_default_timeout(PATIENCE)
        return page


def becomes(page: Any, read: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """Read something again and again until it is as wanted; return it.

    What a page shows follows a key or a click a moment later, or much later on a slow machine.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not wanted(found := read()):
        assert time.monotonic() < end, f"still {found!r}"
        page.wait_for_timeout(50)
    return found


def save(page: Any, path: Path, outputs: int) -> None:
    """Save the open notebook, and wait until so many cells are in the file with their outputs."""

    def stored() -> int:
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except ValueError:  # it is being written
            return 0
        return sum(bool(cell.get("outputs")) for cell in cells)

    page.keyboard.press("Control+s")
    becomes(page, stored, lambda found: found >= outputs)


class Watched:
    """A page that remembers its errors and every request that leaves the machine."""

    def __init__(self, context: Any) -> None:
        self.page = context.new_page()
        self.errors: list[str] = []
        self.strangers: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", self._request)

    def _console(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def _request(self, request: Any) -> None:
        inside = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        if not request.url.startswith(inside):
            self.strangers.append(request.url)

    def open_lab(self, address: str, notebook: str) -> None:
        """Open a notebook alone in JupyterLab and wait until its kernel is idle."""
        self.page.goto(f"{address}/doc/tree/{notebook}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.page.wait_for_selector("text=/Python 3.*Idle/")

    def run_first_cell(self) -> None:
        """Click into the first cell and run it with the keyboard.

        JupyterLab may call a kernel idle a moment before it takes a cell, so this asks again.
        """
        taken = "() => /[*\\d]/.test(document.querySelector('.jp-InputPrompt').textContent)"
        for _ in range(20):
            self.page.locator(".jp-CodeCell .cm-content").first.click()
            self.page.keyboard.press("Shift+Enter")
            try:
                self.page.wait_for_function(taken, timeout=5_000)
            except Exception:
                continue
            return
        raise RuntimeError("the kernel did not take the first cell")

    def play(self, code: str) -> None:
        """Write code into the first cell, run it, and wait until its playground is drawn."""
        page = self.page
        page.evaluate("document.querySelector('.dtao-playground')?.setAttribute('data-old', '')")
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)
        page.keyboard.press("Control+Enter")
        page.locator(".dtao-playground:not([data-old]) .dtao-layer svg:visible").nth(1).wait_for()
        page.locator(".dtao-playground[data-old]").wait_for(state="detached")
        page.locator(".dtao-sentence").wait_for()
