"""Which states are worked out, and what a flip-book says of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dtao_edu.engine.errors import InputError
from dtao_edu.playground import PLAYGROUNDS, Choice, Number, Playground
from dtao_edu.playground.controls import limits
from dtao_edu.playground.flipbook.states import ALONE, fixed, pages, positions

EVERY = pytest.mark.parametrize("play", PLAYGROUNDS.values(), ids=list(PLAYGROUNDS))


@EVERY
def test_sliders_have_positions_enough_and_close_enough(play: Playground) -> None:
    for preset in play.presets():
        for page in pages(play, preset)[1]:
            least = 60 if len(page.sliders) == 1 else 25
            for slider in page.sliders:
                if slider.plays:
                    assert len(slider.values) >= 60
                    continue
                control = next(c for c in play.controls if c.name == slider.name)
                assert isinstance(control, Number)
                low, high, _ = limits(control, page.values)
                assert slider.values[0] == pytest.approx(low, abs=1e-9)
                assert slider.values[-1] == pytest.approx(high, rel=1e-9)
                if control.whole and high - low < least:  # of 25 validators there are no more
                    assert slider.values == list(range(int(low), int(high) + 1))
                    continue
                assert len(slider.values) >= least
                gaps = [b - a for a, b in zip(slider.values, slider.values[1:], strict=False)]
                assert max(gaps) <= (high - low) / 20 * (1 + 1e-9)


@EVERY
def test_the_state_in_which_it_opens_is_worked_out(play: Playground) -> None:
    for preset in play.presets():
        values = play.session(preset.label).values
        _, found = pages(play, preset)
        assert any(
            all(
                slider.plays or pytest.approx(values[slider.name], rel=1e-9) in slider.values
                for slider in page.sliders
            )
            for page in found
        )


@EVERY
def test_each_control_moves_or_is_chosen_or_is_said_to_be_fixed(play: Playground) -> None:
    preset = play.presets()[0]
    offers, found = pages(play, preset)
    said = " ".join(fixed(play, preset))
    known = {o.name for o in offers} | {s.name for page in found for s in page.sliders}
    for control in play.controls:
        stays = len({str(page.values[control.name]) for page in found}) == 1
        acts = any(control.active(page.values) for page in found)
        if stays and acts and control.name not in known:
            assert control.label in said


def test_without_a_grid_it_is_all_choices_and_two_numbers() -> None:
    play = Playground(
        name="plain", title="Plain", model=lambda **values: values, picture=None,
        receipt=lambda values: (),
        controls=(
            Choice(name="who", label="Who", options={"a": 1, "b": 2, "c": 3}),
            *(Number(name=name, label=name, start=5.0) for name in "xyz"),
        ),
    )  # fmt: skip
    offers, found = pages(play, None)
    assert [offer.name for offer in offers] == ["who"]
    assert [page.shape for page in found] == [(27, 27)] * 3
    assert fixed(play, None) == ["z: 5"]


@pytest.mark.parametrize("offered", [(True,), (False,), (False, True)])
def test_of_a_switch_only_the_values_that_are_offered_are_there(offered: tuple[bool, ...]) -> None:
    pump = PLAYGROUNDS["pump"]
    assert pump.grid is not None
    choices = {**pump.grid.choices, "capped": offered}
    offers, found = pages(replace(pump, grid=replace(pump.grid, choices=choices)), None)
    capped = next(offer for offer in offers if offer.name == "capped")
    assert tuple(capped.values) == offered
    assert {page.values["capped"] for page in found} == set(offered)


def test_too_many_frames_ask_for_a_grid() -> None:
    who = Choice(name="who", label="Who", options={str(n): n for n in range(20)})
    play = Playground(
        name="much", title="Much", model=lambda **values: values, picture=None,
        receipt=lambda values: (),
        controls=(who, *(Number(name=name, label=name, start=5.0) for name in "xy")),
    )  # fmt: skip
    with pytest.raises(InputError, match="grid is '14580 frames'; allowed: at most 6000"):
        pages(play, None)


def test_a_lone_slider_with_few_steps_has_them_all() -> None:
    hours = Number(name="hours", label="Hours", start=6, minimum=1, maximum=48)
    assert positions(hours, {"hours": 6}, ALONE) == list(range(1, 49))
