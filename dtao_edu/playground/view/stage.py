"""The picture of a live view, in the form for which its place has room.

The page's form made small has letters that nobody can read; so where the place is narrow a phone's
form is drawn. Only the page knows how wide the place is: a script tells the name of the form, when
that changes and at no other time. The session knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic

import ipywidgets as widgets

from dtao_edu.playground.hall import DRAWN, view_of, with_view
from dtao_edu.playground.spec import Result
from dtao_edu.playground.view import style
from dtao_edu.playground.view.touch import script

if TYPE_CHECKING:
    from dtao_edu.figures.base.picture import Picture

NEEDS = {"wide": 640, "phone": 330, "small": 0}
"""The forms, and the pixels that each needs for its letters: 10 on a page, 11 on a phone."""
_DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


class _Form(Generic[Result]):
    """One form of the picture, with its two layers on the page."""

    def __init__(self, name: str) -> None:
        self.picture: Picture[Result] | None = None
        self.backdrop = style.html("", f"dtao-layer dtao-{name}")
        self.front = style.html("", f"dtao-layer dtao-{name}")
        self.key: object = None
        self.view = ""


class Stage(Generic[Result]):
    """A picture of two layers in each form: both are kept, and the one that fits is seen.

    Parameters
    ----------
    make : callable
        ``make(size)`` makes the picture of the present result.
    size : {"page", "hall"}
        Of the usual form.
    describe : str
        What the picture shows, for a screen reader.
    front : callable
        ``front(picture)`` draws the layer that moves.
    changed : callable
        Called when another form fits: the view draws once more.

    Attributes
    ----------
    picture : Picture
        What is stored and saved, whichever form is seen: with its sentence below it.
    box : ipywidgets.VBox
    """

    def __init__(
        self,
        make: Callable[[str], Picture[Result]],
        size: str,
        describe: str,
        front: Callable[[Picture[Result]], str],
        changed: Callable[[], None],
    ) -> None:
        self._make, self._describe, self._front = make, describe, front
        self._guess: float | None = None
        self._sizes = {**{name: name for name in NEEDS}, "wide": DRAWN.get(size, size)}
        self._forms = {name: _Form[Result](name) for name in NEEDS}
        self.picture = make(size)
        if size not in DRAWN:
            self._forms["wide"].picture = self.picture
        self._fits = widgets.Text(value="wide")
        self._fits.add_class("dtao-form")
        self._fits.observe(lambda _event: changed(), names="value")
        needs = " ".join(f"{name}:{pixels}" for name, pixels in NEEDS.items())
        mark = f'<img src="{_DOT}" alt="" data-forms="{needs}" onload="{script("place.js")}">'
        layers = [part for form in self._forms.values() for part in (form.backdrop, form.front)]
        self._stack = style.grid("dtao-stack", *layers)
        self._seen = ""
        self.box = style.column(
            "dtao-place", style.html(mark, "dtao-mark"), self._fits, self._stack
        )

    def _drawn_as(self, name: str) -> Picture[Result]:
        """Return the picture in a form; it is made when the form is first seen."""
        form = self._forms[name]
        if form.picture is None:
            size = self._sizes[name]
            form.picture = self._make(size)
            form.picture.place_guess(self._guess)
            if size in DRAWN.values():
                form.view = view_of(form.picture.figure)
        return form.picture

    def place_guess(self, guess: float | None) -> None:
        """Mark the learner's guess in every form, or take the mark away with None."""
        self._guess = guess
        self.picture.place_guess(guess)
        for form in self._forms.values():
            if form.picture is not None:
                form.picture.place_guess(guess)

    def draw(self, result: Result) -> None:
        """Draw a result in the form that fits; a form is seen once both its layers are there."""
        name = self._fits.value
        form, picture = self._forms[name], self._drawn_as(name)
        for one in {id(one): one for one in (self.picture, picture)}.values():
            one.show(result)
        if picture.key() != form.key:
            form.key = picture.key()
            form.backdrop.value = with_view(picture.backdrop(self._describe), form.view)
        form.front.value = with_view(self._front(picture), form.view)
        if name != self._seen:
            with self._stack.hold_sync():  # in one message: at no moment both are seen, or none
                self._stack.remove_class(f"dtao-as-{self._seen}").add_class(f"dtao-as-{name}")
            self._seen = name
