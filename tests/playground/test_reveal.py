"""An answer stays closed until it is opened, and nothing of it is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from IPython.utils.capture import CapturedIO, capture_output

from dtao_edu import reveal
from dtao_edu.engine.pool import Pool
from dtao_edu.figures import pool_curve


@pytest.fixture
def shell() -> Iterator[None]:
    InteractiveShell.instance()
    yield
    InteractiveShell.clear_instance()


def shown(captured: CapturedIO) -> dict[str, str]:
    assert len(captured.outputs) == 1
    assert not captured.stdout
    return dict(captured.outputs[0].data)


@pytest.mark.usefixtures("shell")
def test_the_answer_is_closed_and_its_title_is_open() -> None:
    with capture_output() as captured, reveal("what comes <out>"):
        print("16.667 alpha & more")
    data = shown(captured)
    title, answer = data["text/html"].split("</summary>")
    assert title.startswith("<details")
    assert " open" not in title.partition(">")[0]
    assert "16.667" not in title
    assert "what comes &lt;out&gt;" in title
    assert "16.667 alpha &amp; more" in answer
    assert data["text/plain"] == "what comes <out>\n16.667 alpha & more"


@pytest.mark.usefixtures("shell")
def test_pictures_and_tables_keep_their_place_and_their_words() -> None:
    picture = pool_curve(Pool(100, 1000).stake(25))
    with capture_output() as captured, reveal("the curve"):
        print("before it")
        display(picture)
    html = shown(captured)["text/html"]
    assert html.index("before it") < html.index("<img")
    (alternative,) = re.findall(r'<img [^>]*alt="([^"]+)"', html)
    assert alternative == str(picture)


def divide_under_cover() -> None:
    with reveal("a mistake"):
        print("so far")
        _ = 1 / 0


@pytest.mark.usefixtures("shell")
def test_an_error_is_raised_and_what_was_printed_before_it_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(ZeroDivisionError):
        divide_under_cover()
    assert "so far" in capsys.readouterr().out
