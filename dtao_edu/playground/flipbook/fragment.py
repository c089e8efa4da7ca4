"""Write a flip-book as one fragment of HTML, with the files that it adds on demand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files as resources
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from dtao_edu.engine.errors import refuse
from dtao_edu.playground import PLAYGROUNDS
from dtao_edu.playground.controls import Values, number_of
from dtao_edu.playground.flipbook import pack
from dtao_edu.playground.flipbook.frames import MARK, WORDS, Chunks, work_out
from dtao_edu.playground.flipbook.states import OPENING, Offer, Page, Slider, fixed, pages
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.receipt import as_text
from dtao_edu.playground.spec import Preset, Result, Spec

RUNTIME_FILES = ("flipbook.js", "flipbook.css")
"""What every flip-book of a site shares; inside the fragment where all is inline."""
SIZES = ("page", "phone", "hall")


class Fragment(NamedTuple):
    """A flip-book as a piece of a page.

    Attributes
    ----------
    html : str
        One ``<section class="dtao-flip">`` with all that it needs at first.
    files : mapping of str to bytes
        What lies in the folder that the fragment names; empty where all is inline.
    text : str
        The question, and after it sentence and receipt, as plain text: for a search.
    fixed : sequence of str
        What the flip-book leaves out, in words.
    """

    html: str
    files: Mapping[str, bytes]
    text: str
    fixed: Sequence[str]


class _Slider(TypedDict):
    name: str
    label: str
    unit: str
    help: str
    values: list[float]
    start: int
    plays: float
    set: bool


def flipbook(
    playground: Playground[Result],
    sizes: Sequence[str] = ("page", "phone"),
    *,
    inline: bool = True,
    presets: Sequence[str] | None = None,
    preset: str | None = None,
    values: Values | None = None,
    folder: str = "flip",
    predict: bool = True,
    cache: Path | None = None,
    jobs: int | None = None,
) -> Fragment:
    """Write a playground, worked out over its grid, as a fragment of HTML.

    Parameters
    ----------
    playground : Playground
    sizes : sequence of {"page", "phone", "hall"}
        Sizes of pictures. The phone's is used where the page gives little room.
    inline : bool
        Whether all frames, the script and the style lie inside: for a slide. Otherwise they are
        files in `folder`, and only what is seen first is inside.
    presets : sequence of str, optional
        Labels of the presets that are offered; all if left out.
    preset : str, optional
        Where it opens; the first of them if left out.
    values : mapping, optional
        Values of controls with which it opens; the nearest of what is worked out is taken.
    folder : str
        Path from the page to the files.
    predict : bool
        Whether the question comes before the answer.
    cache : Path, optional
        Where frames are kept between two builds.
    jobs : int, optional
        Processes at work; one for each processor if left out.

    Returns
    -------
    Fragment

    Raises
    ------
    InputError
        For a size or a preset that is not there, or for too many frames.

    Examples
    --------
    >>> from dtao_edu import pool_depth
    >>> made = flipbook(pool_depth, ["page"], jobs=1)  # doctest: +SKIP
    >>> made.html.startswith('<section class="dtao-flip"')  # doctest: +SKIP
    True
    """
    for size in sizes:
        if size not in SIZES:
            refuse("sizes", size, ", ".join(SIZES))
    if not sizes:
        refuse("sizes", sizes, "at least one size")
    there = playground.presets()
    offered: Sequence[Preset | None] = [
        one for one in there if presets is None or one.label in presets
    ] or (None,)
    chosen = playground.preset_named(preset, there) if preset else offered[0]
    if chosen not in offered:
        refuse("preset", preset, "one of those that are offered")
    first = offered.index(chosen)
    made = work_out(playground, offered, sizes, cache=cache, jobs=jobs)
    told = [_preset(playground, one) for one in offered]
    offers, found = pages(playground, chosen)
    session = playground.session(chosen.label if chosen else None)
    start = _start(offers, found, first, {**session.values, **(values or {})})
    shown = found[_place(offers, start["chosen"])]
    at = made[first][_place(offers, start["chosen"])]
    book = {
        "name": playground.name,
        "title": playground.title,
        "room": playground.room(),
        "call": _known(playground).name,
        "clock": playground.grid.clock if playground.grid else "",
        "sizes": [*sizes],
        "predict": predict and playground.question is not None,
        "choices": [*playground.question.choices] if playground.question else [],
        "presets": told,
        "start": start,
        "files": {},
    }
    opening = {f"{first}.{_place(offers, start['chosen'])}"}
    inside, files = _parts(playground.name, made, sizes, None if inline else opening)
    if not inline:
        book["files"] = {key: f"{folder}/{name}" for key, (name, _) in files.items()}
    frame = _frame(shown, start["place"])
    html = _section(playground, book, inside, at, frame, sizes, folder, inline=inline)
    asked = playground.question.asked(session.result).words if playground.question else ""
    receipt = as_text(playground.receipt(session.result))
    sentence = _words(at)["sentence"][frame]
    outside = dict(files.values())
    if not inline:
        outside |= {name: runtime(name).encode() for name in RUNTIME_FILES}
    return Fragment(
        html, outside, f"{asked}\n\n{sentence}\n\n{receipt}".strip(), fixed(playground, chosen)
    )


def runtime(name: str) -> str:
    """Return the script or the style sheet that all flip-books share.

    Parameters
    ----------
    name : {"flipbook.js", "flipbook.css"}

    Returns
    -------
    str
    """
    return resources("dtao_edu.playground.flipbook").joinpath(name).read_text(encoding="utf-8")


def _preset(play: Playground[Result], preset: Preset | None) -> dict[str, Any]:
    offers, found = pages(play, preset)
    return {
        "label": preset.label if preset else play.title,
        "source": preset.source if preset else "",
        "code": _preset_code(play, preset, offers, found) if preset else "",
        "fixed": fixed(play, preset),
        "offers": [
            {
                "name": offer.name,
                "label": offer.label,
                "help": offer.help,
                "options": [*offer.options],
                "code": _code(play, offer),
            }
            for offer in offers
        ],
        "acts": [[*opening.acts] for opening in play.grid.openings] if play.grid else [],
        "pages": [
            {"sliders": [_slider(page, slider, preset) for slider in page.sliders]}
            for page in found
        ],
    }


def _known(play: Playground[Result]) -> Spec[Any]:
    """Return the playground of the package of which this one may be a copy."""
    return next((one for one in PLAYGROUNDS.values() if one.model is play.model), play)


def _preset_code(
    play: Playground[Result], preset: Preset, offers: Sequence[Offer], found: Sequence[Page]
) -> str:
    """Write what sets a preset in a call: its label, or its values if the package has it not."""
    if preset.label in [one.label for one in _known(play).presets()]:
        return f"preset={preset.label!r}"
    moves = {one.name for one in offers} | {one.name for page in found for one in page.sliders}
    return ", ".join(
        f"{name}={preset.values[name]!r}" for name in preset.values if name not in moves
    )


def _code(play: Playground[Result], offer: Offer) -> list[str]:
    """Write for each option what sets it in a call of the playground."""
    if offer.name == OPENING and play.grid:
        every = [opening.values for opening in play.grid.openings]
        return [", ".join(f"{name}={value!r}" for name, value in one.items()) for one in every]
    pairs = zip(offer.options, offer.values, strict=True)
    return [
        f"{offer.name}={(value if isinstance(value, int | float | str) else label)!r}"
        for label, value in pairs
    ]


def _slider(page: Page, slider: Slider, preset: Preset | None) -> _Slider:
    return {
        "name": slider.name,
        "label": slider.label,
        "unit": slider.unit,
        "help": slider.help,
        "values": [*slider.values],
        "start": _nearest(slider.values, number_of(page.values, slider.name)) if slider.name else 0,
        "plays": slider.plays,
        "set": preset is not None and slider.name in preset.values,
    }


def _nearest(values: Sequence[float], value: float) -> int:
    return min(range(len(values)), key=lambda place: abs(values[place] - value))


def _start(
    offers: Sequence[Offer], found: Sequence[Page], preset: int, values: Values
) -> dict[str, Any]:
    """Return where the flip-book opens: what is set, or the nearest of what is worked out."""
    chosen = []
    for offer in offers:
        wish = values.get(offer.name)  # of an opening nothing is set
        numbers = [value for value in offer.values if isinstance(value, int | float)]
        if wish in offer.values:
            chosen.append([*offer.values].index(wish))
        elif isinstance(wish, int | float) and len(numbers) == len(offer.values):
            chosen.append(_nearest(numbers, wish))
        else:
            chosen.append(0)
    place = [
        _nearest(slider.values, number_of(values, slider.name)) if slider.name else 0
        for slider in found[_place(offers, chosen)].sliders
    ]
    return {"preset": preset, "chosen": chosen, "place": place}


def _place(offers: Sequence[Offer], chosen: Sequence[int]) -> int:
    place = 0
    for offer, option in zip(offers, chosen, strict=True):
        place = place * len(offer.options) + option
    return place


def _frame(page: Page, place: Sequence[int]) -> int:
    frame = 0
    for slider, one in zip(page.sliders, place, strict=True):
        frame = frame * len(slider.values) + one
    return frame


def _parts(
    name: str, made: Sequence[Sequence[Chunks]], sizes: Sequence[str], opening: set[str] | None
) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """Part the chunks into those inside the page and script files; all inside without `opening`.

    Returns
    -------
    tuple of two dicts
        Chunks by name; then ``preset.place.kind`` -> name and content of a file: a reader's
        browser asks for what is seen, and for no other choices.
    """
    inside: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    for preset, chunks in enumerate(made):
        for place, page in enumerate(chunks):
            for kind in (WORDS, *sizes):
                data = page.words if kind == WORDS else page.pictures.get(kind, b"")
                key = f"{name}.{preset}.{place}.{kind}"
                text = pack.as_base64(data)
                seen_first = kind in (WORDS, sizes[0])
                if opening is None or (seen_first and f"{preset}.{place}" in opening):
                    inside[key] = text
                if opening is not None:
                    added = f"dtaoFlip.add({json.dumps({key: text}, separators=(',', ':'))});"
                    files[f"{preset}.{place}.{kind}"] = (
                        f"{name}-{preset}-{place}-{kind}.js",
                        added.encode(),
                    )
    return inside, files


def _section(
    play: Playground[Result],
    book: Mapping[str, Any],
    inside: Mapping[str, str],
    at: Chunks,
    frame: int,
    sizes: Sequence[str],
    folder: str,
    *,
    inline: bool,
) -> str:
    hall = " data-hall" if sizes[0] == "hall" else ""
    data = json.dumps(book, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    chunks = json.dumps(inside, separators=(",", ":"))
    if inline:
        head = f"<style>{runtime('flipbook.css')}</style>"
        foot = f"<script>{runtime('flipbook.js')}</script>"
    else:
        head = f'<link rel="stylesheet" href="{escape(folder)}/flipbook.css">'
        foot = f'<script src="{escape(folder)}/flipbook.js" defer></script>'
    still = _still(play, at, frame, sizes[0], predict=book["predict"])
    return (
        f'<section class="dtao-flip"{hall} aria-label="{escape(play.title)}">{head}'
        f'<div class="dtao-static">{still}</div>'
        f'<script type="application/json" class="dtao-book">{data}</script>'
        f'<script type="application/json" class="dtao-chunks">{chunks}</script>{foot}</section>'
    )


def _words(at: Chunks) -> dict[str, list[str]]:
    stored = pack.inflate(at.words)
    return {name: pack.unpack(packed) for name, packed in stored.items()}


def _still(play: Playground[Result], at: Chunks, frame: int, size: str, *, predict: bool) -> str:
    """Write what is seen without scripts: the question, its picture, and the answer closed.

    Without a question the answer is open, and the picture whole.
    """
    words = _words(at)
    stored = pack.inflate(at.pictures[size])
    fronts, backdrops = pack.unpack(stored["front"]), pack.unpack(stored["backdrops"])
    front = without_answer(fronts[frame]) if predict else fronts[frame]
    layers = backdrops[stored["back"][frame]], front
    mark = f"{play.name}_still_"
    picture = "".join(
        f'<div class="dtao-layer">{layer.replace(MARK, mark)}</div>' for layer in layers
    )
    asked = words["question"][frame].partition("\n")[0]
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>'
        for label, value, *_ in (row.split("\t") for row in words["receipt"][frame].split("\n"))
    )
    answer = f'<p>{escape(words["sentence"][frame])}</p><table class="dtao-receipt">{rows}</table>'
    question = f"<p><b>Predict first.</b> {escape(asked)}</p>" if predict else ""
    closed = f"<details><summary>The answer</summary>{answer}</details>" if predict else answer
    return (
        f"<h3>{escape(play.title)}</h3>{question}"
        f'<div class="dtao-stack" aria-hidden="true">{picture}</div>{closed}'
    )


_ANSWER = '<g class="dtao-answer'


def without_answer(svg: str) -> str:
    """Leave out the groups of the answer, as the script does before the guess."""
    while (start := svg.find(_ANSWER)) >= 0:
        depth = 0
        for tag in re.finditer(r"<g\b[^>]*>|</g>", svg[start:]):
            if not tag.group().endswith("/>"):  # an empty group closes itself
                depth += -1 if tag.group() == "</g>" else 1
            if not depth:
                svg = svg[:start] + svg[start + tag.end() :]
                break
    return svg
