"""What remains of a playground where no kernel runs: pages and slides made from a notebook."""

from __future__ import annotations

import base64
import re
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter, SlidesExporter

from dtao_edu import predict, stake_unstake


def stored(*shown: Any) -> Any:
    """A notebook with one executed cell for each value, without the state of widgets."""
    book: Any = nbformat.v4.new_notebook()
    for number, value in enumerate(shown, start=1):
        made = value._repr_mimebundle_()
        data, details = made if isinstance(made, tuple) else (made, {})
        data = {
            kind: base64.b64encode(part).decode() if isinstance(part, bytes) else part
            for kind, part in data.items()
        }
        result = nbformat.v4.new_output(
            "execute_result", data=data, metadata=details, execution_count=number
        )
        cell = nbformat.v4.new_code_cell("play()", execution_count=number, outputs=[result])
        cell.metadata["slideshow"] = {"slide_type": "slide"}
        book.cells.append(cell)
    nbformat.validate(book)
    return book


@pytest.mark.parametrize("exporter", [HTMLExporter, SlidesExporter])
def test_pages_and_slides_show_the_picture_and_the_question(exporter: type[Any]) -> None:
    """The sentence is drawn into the picture: the usual template leaves out alternative texts."""
    asked = predict("How many alpha for 5 TAO?", answer=5.0, unit="alpha")
    page, _ = exporter().from_notebook_node(stored(stake_unstake(), asked))
    pictures = re.findall(r'<img[^>]*src="data:image/png;base64,[^"]{5000}', page)
    assert len(pictures) == 1
    assert "How many alpha for 5 TAO?" in page


def test_a_template_that_reads_alternative_texts_finds_the_question() -> None:
    page, _ = HTMLExporter(template_name="classic").from_notebook_node(stored(stake_unstake()))
    assert 'alt="Predict first. The pool holds' in page
