"""Read a drawn picture back: where the points of an SVG lie on the axes."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"


def markers(svg: str) -> list[tuple[str, float, float]]:
    """List every marker: its shape, and where it stands in the page's units."""
    root = ElementTree.fromstring(svg)
    found = []
    for use in root.iter(f"{SVG}use"):
        if use.get("x") is not None:
            style = use.get("style") or ""
            found.append((style, float(use.get("x", 0)), float(use.get("y", 0))))
    return found


def paths(svg: str) -> list[list[tuple[float, float]]]:
    """List every open path as its points."""
    root = ElementTree.fromstring(svg)
    found = []
    for path in root.iter(f"{SVG}path"):
        points = re.findall(r"[ML] (-?[\d.e+-]+) (-?[\d.e+-]+)", path.get("d", ""))
        if points and path.get("transform") is None:
            found.append([(float(x), float(y)) for x, y in points])
    return found


def on_axes(ax: Any, x: float, y: float) -> tuple[float, float]:
    """Turn a place of the page (y down from the top) into the axes' own numbers."""
    height = ax.figure.get_size_inches()[1] * 72
    left, bottom, wide, tall = ax.get_position().bounds
    width = ax.figure.get_size_inches()[0] * 72
    across = (x / width - left) / wide
    up = ((height - y) / height - bottom) / tall
    (x0, x1), (y0, y1) = ax.get_xlim(), ax.get_ylim()
    return x0 + across * (x1 - x0), y0 + up * (y1 - y0)
