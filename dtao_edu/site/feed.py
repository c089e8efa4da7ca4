"""The feed of changes, and the picture that stands beside a link that people share."""

from __future__ import annotations

import io
import re
from html import escape
from importlib.resources import files as resources

from ..lessons.course import course_folder

_ENTRY = re.compile(r"^## (\S+) *(?:[(-]+ *(\d{4}-\d\d-\d\d)\)?)? *$", re.MULTILINE)


def changes() -> list[tuple[str, str, str]]:
    """Return each version with its day and what changed, the newest first."""
    text = _changelog()
    heads = list(_ENTRY.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)][: len(heads)]
    return [
        (head[1], head[2] or "", text[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def _changelog() -> str:
    inside = resources("dtao_edu") / "CHANGELOG.md"
    beside = course_folder() / "CHANGELOG.md"
    found = inside if inside.is_file() else beside
    return found.read_text(encoding="utf-8") if found.is_file() else ""


def feed(host: str = "") -> str:
    """Return the changes as an Atom feed.

    Parameters
    ----------
    host : str
        Where the site stands; without it links lead from the feed's own place.
    """
    base = f"{host.rstrip('/')}/" if host else ""
    entries = "".join(
        f"<entry><id>tag:dtao_edu,2026:{version}</id><title>Version {version}</title>"
        f'<updated>{day or "2026-01-01"}T00:00:00Z</updated><link href="{base}index.html"/>'
        f'<content type="text">{escape(text)}</content></entry>\n'
        for version, day, text in changes()
    )
    newest = next((day for _, day, _ in changes() if day), "2026-01-01")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        "<id>tag:dtao_edu,2026:feed</id><title>Dynamic TAO: changes of the course</title>"
        f"<updated>{newest}T00:00:00Z</updated><author><name>The dtao_edu authors</name></author>\n"
        f"{entries}</feed>\n"
    )


def card() -> bytes:
    """Draw the picture for links that people share: 1,200 by 630 pixels."""
    from matplotlib.figure import Figure

    from dtao_edu.engine.pool import Pool
    from dtao_edu.figures.base.style import BLUE, INK, SOFT, VERMILION

    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor="white")
    figure.text(0.06, 0.80, "Dynamic TAO", fontsize=54, weight="bold", color=INK)
    figure.text(0.06, 0.70, "Who decides what a subnet is paid?", fontsize=28, color=SOFT)
    ax = figure.add_axes((0.06, 0.08, 0.88, 0.54))
    pool = Pool(tao_in=1000, alpha_in=10_000)
    paid = [25 * n for n in range(121)]
    ax.plot(
        paid, [float(pool.stake(tao).received) if tao else 0.0 for tao in paid], color=BLUE, lw=5
    )
    ax.plot(paid, [tao / pool.price for tao in paid], color=VERMILION, lw=3, ls="--")
    ax.set(xlim=(0, 3000), ylim=(0, 10_000), xticks=[], yticks=[])
    ax.set_xlabel("TAO you pay", fontsize=20, color=SOFT)
    ax.set_ylabel("alpha you get", fontsize=20, color=SOFT)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    target = io.BytesIO()
    figure.savefig(target, format="png")
    return target.getvalue()
