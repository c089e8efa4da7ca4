"""HTML pages of a class: one file each, no network, readable on paper, a phone and by ear."""

from __future__ import annotations

from html import escape

STYLE = """\
:root { color-scheme: light dark; --ink: light-dark(#1d1d1f, #ececf1);
  --back: light-dark(#fff, #17171a);
  --soft: light-dark(#55575c, #b4b6bd); --line: light-dark(#d6d8dd, #3b3d44);
  --bar: light-dark(#0072b2, #56a9dc); --wrong: light-dark(#b34700, #f0915a); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 62rem; color: var(--ink);
  background: var(--back); font: 1.0625rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.3rem; margin-top: 2rem; }
h3 { font-size: 1.1rem; margin: 1.6rem 0 .3rem; } p, li { max-width: 46rem; }
.soft { color: var(--soft); } .wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; font-weight: 600; }
th, td { text-align: left; padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
th button { all: unset; cursor: pointer; font-weight: 600; text-decoration: underline dotted; }
th button:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
.bars { list-style: none; padding: 0; margin: .4rem 0 0; }
.bars li { max-width: none; margin: .6rem 0; }
.bar { display: block; height: .9rem; background: var(--wrong); border-radius: 2px; }
.bar.right { background: var(--bar); }
.rail { display: block; border: 1px solid var(--line); border-radius: 3px; margin-top: .15rem; }
figure { margin: 1rem 0; overflow-x: auto; }
figure svg { width: 100%; min-width: 34rem; max-width: 44rem; height: auto; background: #fff; }
code, pre { font-family: ui-monospace, monospace; font-size: .95em; } pre { overflow-x: auto; }
.mark { font-family: ui-monospace, monospace; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } .sheet { break-after: page; }
  h2, h3 { break-after: avoid; } li { break-inside: avoid; } }
"""

# Sorts a table by a column; without a script the table stands as it is.
SORT = """\
document.querySelectorAll("table.sorts").forEach(table => {
  table.querySelectorAll("thead button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.closest("th"), body = table.tBodies[0];
      const up = head.getAttribute("aria-sort") !== "ascending";
      const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const rows = [...body.rows].sort((a, b) =>
        key(a).localeCompare(key(b), undefined, {numeric: true}) * (up ? 1 : -1));
      table.querySelectorAll("th").forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      body.append(...rows);
    });
  });
});
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def page(title: str, body: str, *, script: str = "", style: str = "") -> str:
    """Write a whole page around its body; it asks nothing of any network.

    Parameters
    ----------
    title : str
        As text.
    body : str
        As HTML.
    script, style : str
        More of each, written into the page.
    """
    code = f"<script>\n{script}</script>\n" if script else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n{code}</body>\n</html>\n"
    )


def sorted_table(
    caption: str, columns: list[tuple[str, bool]], rows: list[list[str | tuple[str, str]]]
) -> str:
    """Write a table whose columns sort at a press of their heads.

    Parameters
    ----------
    caption : str
    columns : list of (str, bool)
        Title, and whether it holds numbers.
    rows : list of list
        Each cell a text, or a text and what it is sorted by. Texts are escaped here.
    """
    kinds = [' class="n"' if number else "" for _, number in columns]
    head = "".join(
        f'<th scope="col"{kind}><button type="button">{escape(title)}</button></th>'
        for (title, _), kind in zip(columns, kinds, strict=True)
    )
    lines = []
    for row in rows:
        cells = []
        for cell, kind in zip(row, kinds, strict=True):
            text, key = cell if isinstance(cell, tuple) else (cell, "")
            by = f' data-key="{escape(key)}"' if key else ""
            cells.append(f"<td{kind}{by}>{escape(text)}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="wide"><table class="sorts"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )
