"""A notebook that was saved shows its picture and its question where no kernel knows them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from dtao_edu.lessons.notebook_form import is_live_alone
from tests.browser import servers

pytestmark = pytest.mark.browser
CODE = "from dtao_edu import stake_unstake\nstake_unstake()"
ASK = "from dtao_edu import predict\npredict('How many?', answer=5, unit='TAO')"


def stop_kernels(page: Any) -> None:
    """End every kernel of the server, as the evening does."""
    page.evaluate(
        """async () => {
          const token = /_xsrf=([^;]+)/.exec(document.cookie)[1];
          const kernels = await (await fetch("/api/kernels")).json();
          for (const kernel of kernels)
            await fetch(`/api/kernels/${kernel.id}`,
              { method: "DELETE", headers: { "X-XSRFToken": token } });
        }"""
    )


def seen(page: Any, selector: str) -> int:
    return sum(one.is_visible() for one in page.locator(selector).all())


def test_live_there_is_one_picture_and_reopened_there_is_one(
    watched: servers.Watched, lab: str, folder: Path
) -> None:
    servers.write_notebook(folder / "saved.ipynb", CODE)
    watched.open_lab(lab, "saved.ipynb")
    watched.run_first_cell()
    page = watched.page
    page.locator(".dtao-layer svg").nth(1).wait_for()
    page.locator(".jp-RenderedImage img").wait_for(state="attached")
    # The twin is hidden beside the live view.
    servers.becomes(page, lambda: seen(page, ".jp-RenderedImage img"), lambda many: many == 0)
    servers.save(page, folder / "saved.ipynb", outputs=1)
    stop_kernels(page)
    page.goto("about:blank")
    watched.open_lab(lab, "saved.ipynb")
    page.locator(".jp-RenderedImage img").wait_for()
    picture = page.locator(".jp-RenderedImage img")
    servers.becomes(page, lambda: picture.bounding_box()["width"], lambda width: width > 500)
    assert seen(page, ".jp-RenderedImage img") == 1
    assert seen(page, ".dtao-playground") == 0


def executed(*cells: str) -> Any:
    book: Any = nbformat.v4.new_notebook()
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    NotebookClient(book, kernel_name="python3", store_widget_state=False).execute()
    return book


def test_an_executed_notebook_that_is_exported_shows_picture_and_question(
    tmp_path: Path, browser: Any
) -> None:
    html, _ = HTMLExporter(embed_images=True).from_notebook_node(executed(CODE, ASK))
    path = tmp_path / "exported.html"
    path.write_text(re.sub(r'<script[^>]*src="https?:[^>]*></script>', "", html), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert seen(page, ".jp-RenderedImage img") == 1
    assert "Predict first. How many?" in page.locator("body").inner_text()
    page.close()


def test_what_is_kept_holds_no_answer() -> None:
    live, twin = executed(CODE).cells[0].outputs
    assert live.data["text/plain"] == ""
    assert is_live_alone(live)
    assert {"image/png", "text/plain"} == set(twin.data)
    assert "How many alpha do you receive?" in twin.data["text/plain"]
    assert "43,358" not in twin.data["text/plain"]
