"""The look of a playground: one small style sheet, kept to the playground's own classes."""

from __future__ import annotations

import traceback
from html import escape
from typing import TypeVar

import ipywidgets as widgets

from dtao_edu.playground.view.twin import HIDES_ITS_TWIN

_SHEET = """
/* A folded result shows its first line, which is often the answer: not before it is unfolded. */
.jp-OutputPlaceholder .jp-PlaceholderText { display: none; }
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
.dtao-title h3 { margin: 2px 0; font-size: 1.25em; font-weight: 600; color: var(--dtao-ink); }
.dtao-playground .jupyter-button {
  flex: 0 0 auto; width: auto; padding: 0 12px; box-shadow: none; border-radius: 4px;
  border: 1px solid var(--dtao-line); background: transparent; color: var(--dtao-ink);
}
.dtao-playground .jupyter-button:hover:enabled { border-color: var(--dtao-soft); box-shadow: none; }
.dtao-playground .jupyter-button:focus-visible,
.dtao-playground input:focus-visible, .dtao-playground select:focus-visible,
.dtao-playground .noUi-handle:focus-visible {
  outline: 2px solid var(--dtao-blue); outline-offset: 1px;
}
.dtao-playground .jupyter-button.mod-active,
.dtao-playground .jupyter-button.mod-primary {
  background: var(--jp-brand-color1, #0072b2); border-color: transparent; color: #fff;
}
.dtao-playground .jupyter-button:disabled { opacity: 0.45; }
.dtao-playground .widget-label { color: var(--dtao-ink); }
.dtao-head { align-items: center; justify-content: space-between; flex-wrap: wrap; }
.dtao-head .widget-dropdown > label { width: auto; }
.dtao-head .widget-dropdown {
  width: auto; min-width: min(300px, 100%); max-width: 100%; margin: 0;
}
.dtao-head .widget-dropdown > select { min-width: 0; }
.dtao-panel {
  border-left: 4px solid var(--dtao-purple); padding: 0 0 0 14px; margin: 2px 0 8px;
  overflow: visible;
}
.dtao-panel p { margin: 0; color: var(--dtao-ink); }
.dtao-panel .widget-html-content { line-height: 1.4; }
.dtao-panel .dtao-label { display: inline-block; min-width: 8.6em; }
.dtao-panel .widget-text { width: auto; }
.dtao-panel .widget-text > label { width: auto; margin-right: 8px; }
.dtao-panel .widget-text > input { flex: 0 0 9em; }
/* The reply takes the place of the entry: as high, so that nothing moves when it comes. */
.dtao-panel .dtao-buttons {
  margin-top: 4px; align-items: center; column-gap: 12px;
  min-height: calc(2.8 * var(--dtao-text) + 2px);
}
.dtao-said { flex: 1 1 300px; width: auto; height: auto !important; }
.dtao-grid {
  display: grid !important; overflow: visible; gap: 6px 28px;
  grid-template-columns: minmax(250px, 33%) minmax(0, 1fr);
  grid-template-rows: auto 1fr;
  grid-template-areas: "controls picture" "receipt picture";
}
.dtao-controls { grid-area: controls; overflow: visible; }
.dtao-picture { grid-area: picture; overflow: visible; }
.dtao-receipts { grid-area: receipt; overflow: visible; }
.dtao-table, .dtao-history { height: auto !important; }
.dtao-stack { display: grid !important; overflow: visible; margin: 0; }
.dtao-stack > .dtao-layer {
  grid-area: 1 / 1; width: 100%; height: auto; margin: 0; contain: layout paint;
}
.dtao-layer .widget-html-content { line-height: 0; }
/* Of both forms the one that fits its place is seen; a mark of no height tells how wide that is. */
.dtao-place, .dtao-mark { overflow: visible; }
.dtao-place > .dtao-mark { height: 0; min-height: 0; }
.dtao-mark .widget-html-content { width: 100%; line-height: 0; }
.dtao-mark img { display: block; width: 100%; height: 0; }
.dtao-form, .dtao-stack:not(.dtao-as-wide) > .dtao-wide,
.dtao-stack:not(.dtao-as-phone) > .dtao-phone, .dtao-stack:not(.dtao-as-small) > .dtao-small {
  display: none !important;
}
.dtao-as-phone { width: 100%; max-width: 460px; align-self: center; }
/* On a low screen a high picture leaves room for question and sentence. */
.dtao-layer svg { max-height: max(35.4cqw, 100vh - 334px); }
.dtao-words { height: auto !important; }
/* Unseen words behind the sentence, as long as the longest one, keep its room at any width. */
.dtao-room { display: grid; margin: 2px 0 0; }
.dtao-room::before { content: var(--dtao-room); visibility: hidden; }
.dtao-room::before, .dtao-sentence { grid-area: 1 / 1; margin: 0; color: var(--dtao-ink); }
@container (max-width: 760px) {
  .dtao-grid {
    grid-template-columns: minmax(0, 1fr); grid-template-rows: auto;
    grid-template-areas: "controls" "picture" "receipt";
  }
  .dtao-layer svg { max-height: none; }
  .dtao-number .widget-text { flex-wrap: wrap; max-width: 100%; height: auto; }
  .dtao-number .widget-text > label { white-space: normal; height: auto; }
  .dtao-number .widget-slider { margin: 0 8px; }
}
/* In a hall with a low screen the picture takes three quarters, the speaker's controls a strip. */
@container (max-width: 1500px) {
  .dtao-hall > * {
    --dtao-text: 14px; --jp-widgets-font-size: 13px; --jp-widgets-inline-height: 26px;
  }
  .dtao-hall > .dtao-grid {
    gap: 2px 20px; grid-template-columns: 25% minmax(0, 1fr); grid-template-rows: auto;
    grid-template-areas: "controls controls" "receipt picture" "words words" "more more";
  }
  .dtao-hall .dtao-picture, .dtao-hall .dtao-receipts { display: contents; }
  .dtao-hall .dtao-table { grid-area: receipt; }
  .dtao-hall .dtao-place { grid-area: picture; }
  .dtao-hall .dtao-words { grid-area: words; }
  .dtao-hall .dtao-receipts > .dtao-buttons { grid-area: more; }
  .dtao-hall .dtao-sentence, .dtao-hall .dtao-room { font-size: 16.5px; line-height: 1.4; }
  .dtao-hall .dtao-controls { flex-flow: row wrap; align-items: center; gap: 0 12px; }
  .dtao-hall .dtao-controls > * { flex: 0 1 auto; width: auto; margin: 0; }
  .dtao-hall .dtao-number { gap: 0 6px; }
  .dtao-hall .dtao-number .widget-text > input { flex: 0 0 5em; width: 5em; min-width: 0; }
  .dtao-hall .dtao-number .widget-slider { flex: 0 0 80px; width: 80px; }
  .dtao-hall .dtao-panel, .dtao-hall .dtao-title h3 { margin: 0 0 2px; }
  .dtao-hall .dtao-answered .dtao-question { display: none; }
  .dtao-hall .dtao-layer svg { max-height: max(100vh - 332px, 32cqw); }
}
.dtao-playground { --dtao-lit: color-mix(in srgb, var(--dtao-purple) 30%, transparent); }
.dtao-playground [data-part] { border-bottom: 1px dotted var(--dtao-soft); cursor: default; }
.dtao-playground [data-part]:hover { background: var(--dtao-lit); }
.dtao-playground [class*="dtao-part-"] { pointer-events: all; }
.dtao-problem { min-height: 1.5em; color: var(--dtao-vermilion); font-weight: 600; }
.dtao-problem.dtao-kept { color: var(--dtao-soft); font-weight: 400; }
.dtao-receipt { border-collapse: collapse; width: 100%; font-size: var(--dtao-text); }
.dtao-receipt th, .dtao-receipt td {
  padding: 2px 4px; border-bottom: 1px solid var(--dtao-line); vertical-align: top;
  line-height: 1.35;
  background: none; color: var(--dtao-ink);
}
.dtao-receipt th { text-align: left; font-weight: 400; color: var(--dtao-soft); }
.dtao-receipt td { text-align: right; font-variant-numeric: tabular-nums; }
.dtao-receipt .dtao-strong th, .dtao-receipt .dtao-strong td {
  font-weight: 600; color: var(--dtao-ink);
}
.dtao-meaning { font-weight: 400; font-size: 0.9em; color: var(--dtao-soft); }
.dtao-number { overflow: visible; margin: 0 0 2px; flex-wrap: wrap; gap: 0 10px; }
.dtao-number .widget-text { flex: 0 1 auto; width: auto; margin: 0; }
.dtao-number .widget-text > label {
  width: auto; flex: 0 1 auto; text-align: left; margin: 0 8px 0 0;
}
.dtao-number .widget-text > input { flex: 0 0 6.2em; font-variant-numeric: tabular-nums; }
.dtao-number .widget-slider { flex: 1 1 76px; min-width: 76px; margin: 0; }
.dtao-number .widget-slider > label { display: none; }
.dtao-choice {
  display: flex; flex-flow: row wrap; align-items: center; width: 100%; margin: 0 0 2px;
}
.dtao-choice > label { width: auto !important; margin: 0 8px 0 0; text-align: left; }
.dtao-choice > div { flex: 0 1 auto; width: auto; }
.dtao-choice.widget-dropdown { height: auto; }
.dtao-choice .widget-toggle-button { margin: 2px 4px 2px 0; }
.dtao-choice.widget-dropdown > select { flex: 0 1 auto; width: auto; }
.dtao-several { max-height: 220px; overflow: auto; border: 1px solid var(--dtao-line); }
.dtao-several > * { flex: 0 0 auto; margin: 0 6px; }
.dtao-buttons { flex-wrap: wrap; overflow: visible; gap: 6px; margin-top: 6px; }
.dtao-buttons > * { margin: 0; }
.dtao-controls .dtao-buttons .widget-toggle-button { margin: 0; }
.dtao-controls .dtao-buttons .widget-text { width: auto; margin: 0 0 0 6px; }
.dtao-controls .dtao-buttons .widget-text > label { width: auto; margin-right: 8px; }
.dtao-controls .dtao-buttons .widget-text > input { flex: 0 0 4.5em; }
.dtao-past { overflow: visible; gap: 10px 28px; flex-wrap: wrap; margin-top: 6px; }
.dtao-history { flex: 0 0 31%; min-width: 240px; color: var(--dtao-ink); }
.dtao-past .widget-textarea {
  flex: 1 1 0; min-width: 300px; width: auto; height: auto; flex-direction: column;
  align-items: stretch;
}
.dtao-past .widget-textarea > label { width: auto; text-align: left; }
.dtao-past textarea {
  font-family: var(--jp-code-font-family, monospace); height: 11em !important; width: 100%;
  white-space: pre; overflow-x: auto;
}
"""


_LIT = "\n".join(
    f""".dtao-playground:has([data-part="{n}"]:hover, .dtao-part-{n}:hover) .dtao-part-{n} {{
  filter: drop-shadow(0 0 2px var(--dtao-purple)) drop-shadow(0 0 5px var(--dtao-purple));
}}
.dtao-playground:has(.dtao-part-{n}:hover) [data-part="{n}"] {{ background: var(--dtao-lit); }}"""
    for n in range(1, 6)
)
"""Words and parts of the picture of the same number light each other up."""


Widget = TypeVar("Widget", bound=widgets.DOMWidget)


def html(value: str, *classes: str) -> widgets.HTML:
    """Make an HTML widget with classes of its own."""
    return _dress(widgets.HTML(value), " ".join(classes))


def row(classes: str, *parts: widgets.Widget) -> widgets.HBox:
    """Lay widgets side by side."""
    return _dress(widgets.HBox(parts), classes)


def column(classes: str, *parts: widgets.Widget) -> widgets.VBox:
    """Lay widgets below each other."""
    return _dress(widgets.VBox(parts), classes)


def grid(classes: str, *parts: widgets.Widget) -> widgets.GridBox:
    """Lay widgets on a grid; the style sheet says where."""
    return _dress(widgets.GridBox(parts), classes)


def _dress(widget: Widget, classes: str) -> Widget:
    for name in classes.split():
        widget.add_class(name)
    return widget


def sheet(rule: str = "") -> widgets.HTML:
    """Make the widget that carries the style sheet, and a rule of one playground's own."""
    return html(f"<style>{_SHEET}{_LIT}{rule}{HIDES_ITS_TWIN}</style>", "dtao-sheet")


def spoken(*sentences: str, kind: str = "dtao-said-text") -> str:
    """Write sentences as a paragraph that a screen reader reads when it changes."""
    words = " ".join(escape(sentence) for sentence in sentences if sentence)
    return f'<p class="{kind}" role="status" aria-live="polite">{words}</p>'


def fault(error: BaseException) -> str:
    """Write an unforeseen error with the way to it, folded."""
    way = escape("".join(traceback.format_exception(error)))
    return (
        f"{escape(type(error).__name__)}: {escape(str(error))}"
        f"<details><summary>where</summary><pre>{way}</pre></details>"
    )
