"""How the picture of a playground in a hall is drawn, live and in a flip-book."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWN = {"hall": "board"}
"""In a hall a picture has two thirds of the width: its letters are larger than a slide's."""
_VIEW = re.compile('viewBox="[^"]*"')


def view_of(figure: Figure) -> str:
    """Return the part of the plane that holds a figure and the letters beyond its edges."""
    from dtao_edu.figures.base.layers import overhang  # Matplotlib only when something is drawn

    return " ".join(f"{value:.0f}" for value in overhang(figure))


def with_view(svg: str, view: str) -> str:
    """Return an SVG element that shows this part of the plane; as it is for an empty one."""
    return _VIEW.sub(f'viewBox="{view}"', svg, count=1) if view else svg
