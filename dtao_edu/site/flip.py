"""The flip-books of the site's playgrounds: made once each, and shared by all pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from dtao_edu import files

from ..engine.errors import InputError

_FOLDER = "flip"


class Flip:
    """Makes flip-books, keeps what was worked out, and writes their files once.

    Parameters
    ----------
    target : Path
        The folder of the site.
    kept : Path
        Where what was worked out is kept for the next time.
    say : callable
        Is told what is being made.
    wanted : bool
        Whether flip-books are made at all.
    """

    def __init__(
        self, target: Path, kept: Path, say: Callable[[str], None], wanted: bool = True
    ) -> None:
        self.target, self.kept, self.say, self.is_on = target, kept, say, wanted
        self.notes: list[str] = []

    def live(self, forms: dict[str, Any]) -> tuple[str, str]:
        """Return the flip-book of a playground's output, as HTML and as text for the search.

        Both are empty if there is none: then the page shows the picture.
        """
        name = forms.get("playground")
        if not self.is_on or not name:
            return "", ""
        return self._made(name, forms.get("preset"), forms.get("values") or {}, "../")

    def front(self) -> str:
        """Return what answers the question of the front page."""
        return self._made("stake_unstake", None, {}, "", predict=False)[0] if self.is_on else ""

    def _made(
        self,
        name: str,
        preset: str | None,
        values: dict[str, Any],
        up: str,
        *,
        predict: bool = True,
    ) -> tuple[str, str]:
        from dtao_edu import playground
        from dtao_edu.figures.base.style import SIZES
        from dtao_edu.playground.flipbook import flipbook

        self.say(f"Working out {name}, from {preset or 'its start'}.")
        try:
            one = flipbook(
                getattr(playground, name),
                [size for size in ("page", "phone") if size in SIZES],
                inline=False,
                preset=preset,
                values=values,
                folder=f"{up}{_FOLDER}",
                predict=predict,
                cache=self.kept / _FOLDER,
            )
        except (InputError, AttributeError) as error:
            self.notes.append(f"{name} shows its picture alone: {error}")
            return "", ""
        for file, content in one.files.items():
            path = self.target / _FOLDER / file
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write(path, content)
        fixed = (f"{name}: {note}" for note in one.fixed)
        self.notes += [note for note in fixed if note not in self.notes]
        return str(one.html), str(one.text)
