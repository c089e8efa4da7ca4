"""What a learner sees of a playground or a question: its widgets, its buttons, its words."""

from __future__ import annotations

import re
from typing import Any, Protocol, TypeVar

import ipywidgets as widgets

Kind = TypeVar("Kind", bound=widgets.Widget)


class Shown(Protocol):
    """Anything with a box of widgets."""

    box: widgets.Widget


def every(widget: widgets.Widget) -> list[widgets.Widget]:
    """Return a widget and all that it holds, from the outside in."""
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += every(child)
    return found


def one(shown: Shown, kind: type[Kind], description: str = "") -> Kind:
    """Return the first widget of a kind whose description begins so."""
    return next(
        widget
        for widget in every(shown.box)
        if isinstance(widget, kind) and getattr(widget, "description", "").startswith(description)
    )


def dressed(shown: Shown, name: str, place: int = 0) -> Any:
    """Return the first widget, or a later one, of a class of the style sheet."""
    return [w for w in every(shown.box) if name in getattr(w, "_dom_classes", ())][place]


def press(shown: Shown, description: str) -> None:
    """Press a button."""
    one(shown, widgets.Button, description).click()


def page(shown: Shown) -> str:
    """Return all words and pictures as they stand on the page; that some light up is not seen."""
    found = "\n".join(w.value for w in every(shown.box) if isinstance(w, widgets.HTML))
    return re.sub(r'<span data-part="\d">([^<]*)</span>', r"\1", found)
