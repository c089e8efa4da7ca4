"""Cells as HTML that stands alone."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from dtao_edu.lecture.html import highlighted, inline, markdown, outputs
from dtao_edu.lessons.lesson import Cell
from tests.helpers.lecture import write_lecture

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x30\0\0\0\x10").decode()


def shown(*stored: dict[str, Any]) -> str:
    return "\n".join(one.html for one in outputs(Cell(3, "code", "", outputs=stored), Path()))


def result(metadata: dict[str, Any] | None = None, **data: str) -> dict[str, Any]:
    forms = {
        kind.replace("__", "/").replace("_svg", "/svg+xml"): text for kind, text in data.items()
    }
    return {"output_type": "display_data", "data": forms, "metadata": metadata or {}}


@pytest.mark.parametrize(
    "text", ["$$a\nb$$", "\\begin{equation}a b\\end{equation}", "before\n\n$$ab$$\n\nafter"]
)
def test_formulas_on_their_own_lines(text: str) -> None:
    made = markdown(text, Path())
    assert made.count('<math display="block"') == 1
    assert "$" not in made


def test_markdown_inside_formulas_is_left_alone() -> None:
    assert "<em>" not in markdown("$a_1 b_2$ and $c_3$", Path())


def test_headings_are_lowered_but_never_raised() -> None:
    text = "# One\n\n#### Four"
    assert markdown(text, Path(), top=3) == "<h3>One</h3>\n<h4>Four</h4>"
    assert markdown(text, Path()).startswith("<h1>One</h1>")


def test_links_beside_the_notebook_become_words() -> None:
    text = "[lesson](04.ipynb#part), [mail](mailto:a@example.org), [source](https://example.org/a)"
    assert inline(text, Path()) == (
        '<span>lesson</span>, <span>mail</span>, <a href="https://example.org/a">source</a>'
    )


def test_pictures_beside_the_notebook_come_along(tmp_path: Path) -> None:
    write_lecture(tmp_path)
    made = markdown("![A blue square.](square.png)", tmp_path)
    data = base64.b64encode((tmp_path / "square.png").read_bytes()).decode()
    assert made == f'<p><img alt="A blue square." src="data:image/png;base64,{data}"/></p>'


@pytest.mark.parametrize("source", ["https://example.org/a.png", "missing.png"])
def test_a_picture_that_is_elsewhere_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match=source):
        markdown(f"![A picture.]({source})", Path())


def test_nothing_that_runs_comes_along() -> None:
    text = (
        '<p onclick="a()">x</p><script>a()</script><iframe src="b"></iframe>'
        '<form><input></form><link href="c"><details><summary>More</summary>Here.</details>'
    )
    assert markdown(text, Path()) == ("<p>x</p><details><summary>More</summary>Here.</details>")


def test_code_is_marked_and_escaped() -> None:
    made = highlighted("for a in b:  # <c>")
    assert '<span class="k">for</span>' in made
    assert "&lt;c&gt;" in made
    assert highlighted("a < b", "no-such-language") == (
        '<pre class="code"><code>a &lt; b</code></pre>'
    )
    assert '<span class="k">def</span>' in markdown("```python\ndef f(): ...\n```", Path())
    assert markdown("```\ndef\n```", Path()) == '<pre class="code"><code>def</code></pre>'


def test_what_was_printed_is_shown_without_colours_and_warnings() -> None:
    out = {"output_type": "stream", "name": "stdout", "text": ["\x1b[1mone\x1b[0m <\n", "two\n"]}
    warning = {"output_type": "stream", "name": "stderr", "text": "Warning"}
    assert shown(warning, out) == '<pre class="printed">one &lt;\ntwo</pre>'
    assert shown({**out, "text": "\n"}) == ""


def test_an_error_is_shown_as_its_sentence() -> None:
    error = {"output_type": "error", "ename": "InputError", "evalue": "tao is -1", "traceback": []}
    assert shown(error) == '<pre class="printed">InputError: tao is -1</pre>'


def test_of_several_forms_the_richest_is_shown() -> None:
    assert shown(result(text__plain="a", text__html="<b>a</b>")) == (
        '<div class="shown"><b>a</b></div>'
    )
    assert shown(result(text__plain="a", text__markdown="# *a*")) == (
        '<div class="shown"><h3><em>a</em></h3></div>'
    )
    assert shown(result(text__plain="a")) == '<pre class="printed">a</pre>'
    assert shown(result(application__json="{}")) == ""


@pytest.mark.parametrize("text", ["$\\displaystyle x\n= y$", "$$x = y$$"])
def test_a_formula_among_the_outputs_stands_on_its_own_line(text: str) -> None:
    assert shown(result(text__latex=text, text__plain="x")).startswith('<p><math display="block"')


def test_a_playground_is_shown_as_its_picture_with_its_sentence() -> None:
    twin = result(image__png=PNG, text__plain='You "stake" 5 TAO.\n')
    twin["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "0"}
    assert shown(twin) == (
        f'<figure style="--ratio:3"><img src="data:image/png;base64,{PNG}" '
        'alt="You &quot;stake&quot; 5 TAO."></figure>'
    )


def test_the_picture_knows_its_own_words() -> None:
    about = {"image/png": {"alt": "The curve."}}
    assert 'alt="The curve."' in shown(result(about, image__png=PNG, text__plain="<Figure>"))
    assert 'alt=""' in shown(result(image__png=PNG, text__plain="<Figure size 640x480>"))


def test_drawings_keep_their_shape() -> None:
    svg = '<svg viewBox="0 0 20 5" xmlns="http://www.w3.org/2000/svg"></svg>'
    made = shown(result(image_svg=svg, text__plain="A line."))
    assert "--ratio:4" in made
    assert base64.b64encode(svg.encode()).decode() in made
    assert "--ratio:1.6" in shown(result(image__jpeg="AAAA", text__plain="A photo."))
