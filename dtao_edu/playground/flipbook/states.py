"""Which states a flip-book works out: pages of choices, and on each a grid of positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import floor, prod

from dtao_edu.engine.errors import InputError
from dtao_edu.playground.controls import (
    Choice,
    Control,
    Number,
    Switch,
    Value,
    Values,
    limits,
    number_of,
    settle,
)
from dtao_edu.playground.playground import Playground
from dtao_edu.playground.session import Session
from dtao_edu.playground.spec import Grid, Opening, Preset, Result, Spec

ALONE, PAIRED = 61, 26
"""Positions of a slider that moves alone, and of each of two."""
GAPS = 20
"""Neighbours are no further apart than one in so many parts of the slider."""
MOST = 6_000
"""Frames of one preset, at most."""
SWITCH = {"no": False, "yes": True}
"""How the two values of a switch are read."""
OPENING = "opening"
"""The name of the choice between openings; no control may be called so."""


@dataclass(frozen=True)
class Slider:
    """A number that moves on a page: its values, and how they are read.

    Parameters
    ----------
    name, label, unit, help : str
    values : sequence of numbers
    plays : float
        Steps a second of a clock; 0 for a slider that is moved by hand.
    """

    name: str
    label: str
    unit: str
    help: str
    values: Sequence[float]
    plays: float = 0.0


@dataclass(frozen=True)
class Offer:
    """A choice that turns to another page: what is read, and the values behind it."""

    name: str
    label: str
    help: str
    options: Sequence[str]
    values: Sequence[Value]


@dataclass(frozen=True)
class Page:
    """One combination of the choices.

    Parameters
    ----------
    chosen : tuple of int
        The place of each choice's option.
    values : mapping
        What is set on it before a slider moves.
    sliders : sequence of Slider
        Two at most; the last one runs fastest through the frames.
    opening : Opening, optional
    """

    chosen: tuple[int, ...]
    values: Values
    sliders: Sequence[Slider]
    opening: Opening | None = None

    @property
    def shape(self) -> tuple[int, ...]:
        """How many positions each slider has."""
        return tuple(len(slider.values) for slider in self.sliders)

    @property
    def frames(self) -> int:
        """How many frames the page has."""
        return prod(self.shape)


def default_grid(play: Spec[Result]) -> Grid:
    """Return the grid of a playground that declares none: all choices, its first two numbers."""
    numbers = [control.name for control in play.controls if isinstance(control, Number)]
    return Grid(sliders=numbers)


def offers(play: Spec[Result], grid: Grid, session: Session[Result]) -> list[Offer]:
    """Return the choices of a flip-book, in the order of the controls.

    Parameters
    ----------
    play : Spec
    grid : Grid
        The playground's own, or :func:`default_grid`.
    session : Session
        Opened with the preset: controls that are not active then offer nothing.
    """
    found = []
    if grid.openings:
        labels = [opening.label for opening in grid.openings]
        found.append(Offer(OPENING, "What happens", "", labels, labels))
    for control in play.controls:
        values = grid.choices.get(control.name)
        if values is None and (grid is play.grid or not isinstance(control, Choice | Switch)):
            continue
        if not control.active(session.values):
            continue
        options = _options(control, values, session.values)
        found.append(
            Offer(control.name, control.label, control.help, [*options], [*options.values()])
        )
    return found


def _options(control: Control, values: Sequence[Value] | None, now: Values) -> Mapping[str, Value]:
    """Return what is read for each value that is offered."""
    if isinstance(control, Choice | Switch):
        options = control.options if isinstance(control, Choice) else SWITCH
        return {
            label: value for label, value in options.items() if values is None or value in values
        }
    told = {control.in_words({**now, control.name: value}): value for value in values or ()}
    return {label.removeprefix(f"{control.label}: "): value for label, value in told.items()}


def positions(control: Number, values: Values, count: int) -> list[float]:
    """Return the values of a slider that are worked out: all its steps, or about so many of them.

    Parameters
    ----------
    control : Number
    values : mapping
        The value that is set is among them where the slider reaches it.
    count : int

    Returns
    -------
    list of numbers
        From the least to the greatest.

    Examples
    --------
    >>> stake = Number(name="tao", label="Stake", start=3.0, maximum=10)
    >>> positions(stake, {"tao": 3.0}, 5)
    [0.0, 2.0, 3.0, 5.0, 8.0, 10.0]
    """
    low, high, step = limits(control, values)
    steps = floor((high - low) / step + 1e-9)
    places: list[int] = [*range(steps + 1)]
    while steps + 1 > 3 * count / 2:
        places = sorted({round(i * steps / (count - 1)) for i in range(count)})
        gaps = [after - before for before, after in pairwise(places)]
        if count < GAPS or max(gaps) * GAPS <= steps:
            break
        count += 1
    found = {control.read(low + place * step) for place in places} | {control.read(high)}
    if low <= (now := number_of(values, control.name)) <= high:
        found.add(control.read(now))
    return sorted(value for value in found if value <= high * (1 + 1e-9))


def pages(play: Playground[Result], preset: Preset | None) -> tuple[list[Offer], list[Page]]:
    """Return the choices of a preset and all its pages.

    Parameters
    ----------
    play : Playground
    preset : Preset or None

    Returns
    -------
    tuple of list of Offer and list of Page

    Raises
    ------
    InputError
        If there were too many frames: the author then declares a grid.
    """
    session = play.session(preset.label if preset else None)
    grid = play.grid or default_grid(play)
    chosen_from = offers(play, grid, session)
    openings: Mapping[Value, Opening] = {opening.label: opening for opening in grid.openings}
    found = []
    for chosen in product(*(range(len(offer.values)) for offer in chosen_from)):
        picked = {
            offer.name: offer.values[place]
            for offer, place in zip(chosen_from, chosen, strict=True)
        }
        opening = openings.get(picked.pop(OPENING, None))
        values = {**session.values, **(opening.values if opening else {}), **picked}
        found.append(Page(chosen, values, _sliders(play, grid, values, opening), opening))
    frames = sum(page.frames for page in found)
    if frames > MOST:
        raise InputError("grid", f"{frames} frames", f"at most {MOST} for one preset")
    return chosen_from, found


def _sliders(
    play: Spec[Result], grid: Grid, values: Values, opening: Opening | None
) -> list[Slider]:
    if grid.clock:
        action = next(action for action in play.actions if action.label == grid.clock)
        count = grid.ticks + (len(opening.acts) if opening else 0)
        return [Slider("", "Steps", "", action.help, list(range(count + 1)), action.plays or 10.0)]
    moving = [
        control
        for control in play.controls
        if isinstance(control, Number) and control.name in grid.sliders and control.active(values)
    ][: grid.at_a_time]
    count = ALONE if len(moving) < 2 else PAIRED
    return [
        Slider(
            name=control.name,
            label=control.label,
            unit=settle(control.unit, values),
            help=control.help,
            values=positions(control, values, count),
        )
        for control in moving
    ]


def states(play: Playground[Result], page: Page) -> Iterator[Result | str]:
    """Work out every frame of a page: the model's result, or the sentence in which it refuses.

    Parameters
    ----------
    play : Playground
    page : Page

    Yields
    ------
    Result or str
    """
    if any(slider.plays for slider in page.sliders):
        yield from _ticks(play, page)
        return
    for place in product(*(range(len(slider.values)) for slider in page.sliders)):
        found = state(play, page, place)  # on a line of its own: its type is not that of a yield
        yield found


def state(play: Playground[Result], page: Page, place: Sequence[int]) -> Result | str:
    """Work out one frame of a page on which no clock runs.

    Parameters
    ----------
    play : Playground
    page : Page
    place : sequence of int
        The position of each slider.

    Returns
    -------
    Result or str
        The model's result, or the sentence in which it refuses.
    """
    moved = {
        slider.name: slider.values[one] for slider, one in zip(page.sliders, place, strict=True)
    }
    try:
        return play.model(**{**page.values, **moved})
    except ValueError as mistake:
        return play.in_their_words(mistake)


def _ticks(play: Playground[Result], page: Page) -> Iterator[Result | str]:
    session = Session(play, page.values)
    acts = list(page.opening.acts) if page.opening else []
    yield session.result
    for tick in range(page.frames - 1):
        session.act(acts[tick] if tick < len(acts) else (play.grid or Grid()).clock)
        yield session.result


def fixed(play: Playground[Result], preset: Preset | None) -> list[str]:
    """Return in words what a flip-book leaves out: controls that stay, values not offered."""
    chosen_from, found = pages(play, preset)
    moving = {slider.name for page in found for slider in page.sliders}
    offered = {offer.name: offer for offer in chosen_from}
    said = []
    for control in play.controls:
        if control.name in moving or not _matters(control, found):
            continue
        if control.name not in offered:
            if all(page.values[control.name] == found[0].values[control.name] for page in found):
                said.append(control.in_words(found[0].values))
        elif _fewer(control, offered[control.name]):
            said.append(f"{control.label}: only {', '.join(offered[control.name].options)}")
    return said


def _matters(control: Control, found: Sequence[Page]) -> bool:
    return any(control.active(page.values) for page in found)


def _fewer(control: Control, offer: Offer) -> bool:
    if isinstance(control, Choice | Switch):
        options = control.options if isinstance(control, Choice) else SWITCH
        return len(offer.values) < len(options)
    return isinstance(control, Number)
