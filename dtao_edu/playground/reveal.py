"""An answer that stays closed until the reader opens it: after the guess, and again tomorrow."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from html import escape
from types import TracebackType

Bundle = Mapping[str, str | bytes | Sequence[str]]
"""What a cell showed, by MIME type."""
CLASS = "dtao-reveal"
"""The class of the HTML element; slides and pages find the answer by it."""

_STYLE = "padding:2px 0 2px 14px;border-left:4px solid #cc79a7"


class Answer:
    """What a cell printed and showed, closed under a title.

    Made by :class:`reveal`.

    Parameters
    ----------
    title : str
        What the answer is, without the answer itself.
    parts : sequence of dict
        What was shown, one bundle of MIME types each.
    """

    def __init__(self, title: str, parts: Sequence[Bundle]) -> None:
        self.title, self.parts = title, parts

    def __str__(self) -> str:
        shown = (_text(part, "text/plain").rstrip("\n") for part in self.parts)
        return "\n".join([self.title, *shown])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        inside = "\n".join(_as_html(part) for part in self.parts)
        closed = (
            f'<details class="{CLASS}" style="{_STYLE}">'
            f"<summary>Guess first, then open: {escape(self.title)}</summary>\n{inside}\n</details>"
        )
        return {"text/html": closed, "text/plain": str(self)}


def _text(part: Bundle, kind: str) -> str:
    found = part.get(kind, "")
    return base64.b64encode(found).decode() if isinstance(found, bytes) else "".join(found)


def _as_html(part: Bundle) -> str:
    plain = _text(part, "text/plain")
    if "image/png" in part:
        data = _text(part, "image/png").strip()
        return (
            f'<img src="data:image/png;base64,{data}" alt="{escape(plain)}" style="max-width:100%">'
        )
    if "text/html" in part:
        return _text(part, "text/html")
    return f"<pre>{escape(plain.rstrip())}</pre>"


class reveal:  # noqa: N801  (used as a word: `with reveal(...)`)
    """Close what the lines below print and show, until the reader opens it.

    A stored, reopened or run-through lesson shows the title alone; a click or a key opens the
    answer. No kernel is needed for it, so it works on a web page and on a code host too.

    Parameters
    ----------
    title : str
        What the answer is, as "the receipt of 100 TAO"; the answer itself must not stand in it.

    Examples
    --------
    >>> with reveal("two and two"):
    ...     print(2 + 2)
    two and two
    4
    """

    def __init__(self, title: str) -> None:
        self.title = title

    def __enter__(self) -> None:
        from IPython.utils.capture import capture_output

        self._capturing = capture_output(stderr=False)
        self._captured = self._capturing.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._capturing.__exit__(kind, error, trace)
        if error is not None:  # nothing that was printed before an error is lost
            self._captured.show()
            return
        printed = self._captured.stdout
        parts: list[Bundle] = [{"text/plain": printed}] if printed else []
        parts += [output.data for output in self._captured.outputs]
        from IPython.display import display

        display(Answer(self.title, parts))
