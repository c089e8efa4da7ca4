"""A live view and its twin, which stays where no kernel runs.

A notebook that is saved keeps both as two outputs: the live view, and right after it the picture
or the question as data. Where the view lives, its style sheet hides the twin; where no kernel
runs, or none knows the view any more, the twin is seen.
"""

from __future__ import annotations

import sys

import ipywidgets as widgets

VIEW = "application/vnd.jupyter.widget-view+json"
"""The MIME type of a live view."""

HIDES_ITS_TWIN = """
.jp-OutputArea-child:has(.dtao-playground)
  + .jp-OutputArea-child:has(> .jp-RenderedImage, > .jp-RenderedMarkdown) { display: none; }
"""


def live_part(box: widgets.Widget) -> dict[str, dict[str, str | int]]:
    """Show a live view as an output of its own; return it as data where none can be shown.

    Parameters
    ----------
    box : ipywidgets.Widget

    Returns
    -------
    dict
        Empty in a notebook's kernel; elsewhere the view under its MIME type.
    """
    shown = {VIEW: (box._repr_mimebundle_() or {})[VIEW]}
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or getattr(shell, "kernel", None) is None:
        return shown
    # Who cannot show a view shows its text: none, for the twin follows.
    shell.display_pub.publish(data={**shown, "text/plain": ""})
    return {}
