"""Print a page as PDF with a browser that is on this computer."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from dtao_edu import files

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
# Where macOS and Windows keep them; they are not on the path there.
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
_PATIENCE = 120  # seconds; a cold browser on a slow computer takes ten


def find_browser() -> str | None:
    """Find Chromium, Chrome or Edge, if one is there; ``DTAO_EDU_CHROMIUM`` names another one."""
    named = os.environ.get("DTAO_EDU_CHROMIUM")
    names = (named,) if named else (*_NAMES, *_PLACES)
    return next(filter(None, map(shutil.which, names)), None)


def print_pdf(html: str, target: Path) -> Path:
    """Print a page that stands alone as PDF.

    Parameters
    ----------
    html : str
        The page; its style sheet says the size of the paper.
    target : Path
        The file to write.

    Raises
    ------
    FileNotFoundError
        If there is no browser on this computer.
    OSError
        If the browser does not print it.
    """
    browser = find_browser()
    if browser is None:
        raise FileNotFoundError(
            "A PDF needs Chromium, Chrome or Edge on this computer, and none was found; write the "
            "HTML file without --pdf and print that in your own browser."
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            f"--user-data-dir={Path(folder) / 'profile'}",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={made}",
        ]
        if sys.platform == "linux" and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium does not start for root with one
        try:
            done = subprocess.run(
                [*command, page.as_uri()],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise OSError(f"{browser} did not print in {_PATIENCE} seconds.") from error
        if not made.is_file():
            raise OSError(f"{browser} did not print: {done.stderr.strip()[-300:]}")
        files.write(target, made.read_bytes())
    return target
