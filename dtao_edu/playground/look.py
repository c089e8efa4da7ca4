"""The look of a playground: one small style sheet, kept to the playground's own classes."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

_SHEET = """
.dtao-playground {
  container-type: inline-size; width: 100%; max-width: 1180px; overflow: visible;
  --dtao-ink: var(--jp-content-font-color1, #1b2631);
  --dtao-soft: var(--jp-content-font-color2, #5d6b79);
  --dtao-line: var(--jp-border-color2, #d3d9df);
  --dtao-blue: #0072b2; --dtao-vermilion: #d55e00;
  --dtao-green: #009e73; --dtao-purple: #cc79a7;
  --dtao-text: 14px; color: var(--dtao-ink);
}
body[data-jp-theme-light="false"] .dtao-playground {
  --dtao-blue: #56b4e9; --dtao-vermilion: #f28c38;
  --dtao-green: #2fc79a; --dtao-purple: #e3a0c4;
}
.dtao-hall {
  --dtao-text: 22px; max-width: none;
  --jp-widgets-font-size: 20px; --jp-widgets-inline-height: 42px;
}
.dtao-playground > *, .dtao-playground .widget-html { margin: 0; }
.dtao-playground .widget-html-content { line-height: 1.45; font-size: var(--dtao-text); }
.dtao-title h3 { margin: 2px 0 6px; font-size: 1.25em; font-weight: 600; color: var(--dtao-ink); }
.dtao-grid {
  display: grid !important; overflow: visible; gap: 10px 28px;
  grid-template-columns: minmax(250px, 31%) minmax(0, 1fr);
  grid-template-rows: auto 1fr;
  grid-template-areas: "controls picture" "receipt picture";
}
@container (max-width: 760px) {
  .dtao-grid {
    grid-template-columns: minmax(0, 1fr); grid-template-rows: auto;
    grid-template-areas: "controls" "picture" "receipt";
  }
}
.dtao-controls { grid-area: controls; overflow: visible; }
.dtao-picture { grid-area: picture; overflow: visible; }
.dtao-table { grid-area: receipt; height: auto !important; }
.dtao-stack { display: grid !important; overflow: visible; margin: 0; }
.dtao-stack > .dtao-layer { grid-area: 1 / 1; width: 100%; height: auto; margin: 0; }
.dtao-layer .widget-html-content { line-height: 0; }
.dtao-words { height: auto !important; }
.dtao-sentence { min-height: 4.4em; margin: 4px 0 0; font-size: 1.07em; color: var(--dtao-ink); }
.dtao-problem { min-height: 1.5em; color: var(--dtao-vermilion); font-weight: 600; }
.dtao-receipt { border-collapse: collapse; width: 100%; font-size: var(--dtao-text); }
.dtao-receipt th, .dtao-receipt td {
  padding: 3px 4px; border-bottom: 1px solid var(--dtao-line); vertical-align: top;
  background: none; color: var(--dtao-ink);
}
.dtao-receipt th { text-align: left; font-weight: 400; color: var(--dtao-soft); }
.dtao-receipt td { text-align: right; font-variant-numeric: tabular-nums; }
.dtao-receipt .dtao-strong th, .dtao-receipt .dtao-strong td {
  font-weight: 600; color: var(--dtao-ink);
}
.dtao-meaning { font-weight: 400; font-size: 0.9em; color: var(--dtao-soft); }
.dtao-number { overflow: visible; flex-wrap: wrap; }
.dtao-buttons { flex-wrap: wrap; overflow: visible; gap: 6px; margin-top: 6px; }
.dtao-buttons button { width: auto; margin: 0; }
"""


def html(value: str, *classes: str) -> Any:
    """Make an HTML widget with classes of its own."""
    widget = widgets.HTML(value)
    for name in classes:
        widget.add_class(name)
    return widget


def sheet() -> Any:
    """Make the widget that carries the style sheet."""
    return html(f"<style>{_SHEET}</style>", "dtao-sheet")
