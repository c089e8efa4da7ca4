"""The flip-books of the site's playgrounds: made once each, and shared by all pages."""

from __future__ import annotations

import base64
import hashlib
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import files
from ..engine.errors import InputError
from .cells import Forms
from .kept import code_sum, kept

if TYPE_CHECKING:
    from ..playground.flipbook import Fragment

_FOLDER = "flip"


class Flip:
    """Makes flip-books, keeps what was worked out, and writes their files once.

    Parameters
    ----------
    target : Path
        The folder of the site.
    room : Path
        Where what was worked out is kept for the next time.
    say : callable
        Is told what is being made.
    is_on : bool
        Whether flip-books are made at all.
    """

    def __init__(
        self, target: Path, room: Path, say: Callable[[str], None], is_on: bool = True
    ) -> None:
        self.target, self.room, self.say, self.is_on = target, room, say, is_on
        self.notes: list[str] = []

    def live(self, forms: Forms) -> tuple[str, str]:
        """Return the flip-book of a playground's output, as HTML and as text for the search.

        Both are empty if there is none: then the page shows the picture.
        """
        name = forms.get("playground")
        if not self.is_on or not name:
            return "", ""
        asked = {"preset": forms.get("preset"), "values": forms.get("values") or {}}
        return self._written(name, f"../{_FOLDER}", forms.get("start", ""), **asked)

    def front(self) -> str:
        """Return the flip-book of the front page, on which the answer can be tried."""
        return self._written("stake_unstake", _FOLDER, predict=False)[0] if self.is_on else ""

    def _written(self, name: str, folder: str, pickled: str = "", **asked: Any) -> tuple[str, str]:
        """Take a flip-book that was kept, or work it out; write its files."""
        mark = hashlib.sha256(f"{folder}{pickled}{asked}".encode()).hexdigest()[:6]

        def made() -> list[Any]:
            self.say(f"Working out {name}, from {asked.get('preset') or 'its start'}.")
            one = self._worked_out(name, folder, pickled, asked)
            texts = {file: content.decode() for file, content in one.files.items()}
            return [one.html, texts, one.text, [f"{name}: {note}" for note in one.fixed]]

        try:
            html, texts, text, fixed = kept(
                self.room / _FOLDER, f"{name}-{mark}", [code_sum()], made
            )
        except (InputError, AttributeError) as error:
            self.notes.append(f"{name} shows its picture alone: {error}")
            return "", ""
        (self.target / _FOLDER).mkdir(exist_ok=True)
        for file, content in texts.items():
            files.write(self.target / _FOLDER / file, content)
        self.notes += [note for note in fixed if note not in self.notes]
        return str(html), str(text)

    def _worked_out(self, name: str, folder: str, pickled: str, asked: dict[str, Any]) -> Fragment:
        from .. import playground
        from ..playground.flipbook import flipbook
        from ..playground.spec import Preset

        play = getattr(playground, name)
        if pickled:  # from the site's own run of the lesson: a pool that no preset has
            values = pickle.loads(base64.b64decode(pickled))
            first = play.presets()[0]
            own = Preset(
                label="as in this lesson", values={key: values[key] for key in first.values}
            )
            mark = hashlib.sha256(pickled.encode()).hexdigest()[:6]
            play = replace(play, name=f"{name}_{mark}", presets=lambda: (own,))
            asked = {**asked, "preset": own.label, "values": values}
        return flipbook(play, inline=False, folder=folder, **asked)
