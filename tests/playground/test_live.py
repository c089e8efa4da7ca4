"""The view: widgets follow the session, mistakes are said, a prediction comes first."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipywidgets as widgets
import pytest

from dtao_edu.engine.pool import Pool
from dtao_edu.playground import Action, Number, Playground, Row, Several, stake_unstake
from dtao_edu.playground.view.live import Live
from dtao_edu.practice.progress_file import data_folder
from tests.helpers.shown import dressed, every, one, page, press

HAND = Pool(100, 1000, 1000)


@pytest.fixture(autouse=True)
def own_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DTAO_EDU_DATA", str(tmp_path))


def live(**details: Any) -> Live:
    return stake_unstake(**{"pool": HAND, "tao": 25.0, "predict": False, **details})


def slider(live_: Live, entry: Any) -> Any:
    row = next(w for w in every(live_.box) if entry in getattr(w, "children", ()))
    return next(w for w in row.children if isinstance(w, widgets.FloatSlider))


def test_slider_and_entry_say_the_same_and_the_picture_follows() -> None:
    shown = live()
    entry = one(shown, widgets.FloatText, "Stake")
    slide = slider(shown, entry)
    slide.value = 40
    assert entry.value == 40
    assert "40 TAO in" in page(shown)
    assert "You stake 40 TAO" in page(shown)
    entry.value = 12.34
    assert slide.value == 12.5, "a slider stands on its steps, or the page would round the number"
    assert "12.34 TAO in" in page(shown)
    assert entry.value == 12.34
    entry.value = 50
    assert slide.value == slide.max == 50


def test_what_the_page_makes_of_a_sliders_place_is_not_taken_for_a_wish() -> None:
    shown = live(tao=12.34)
    entry = one(shown, widgets.FloatText, "Stake")
    slide = slider(shown, entry)
    slide.value = 12.500000000000002
    assert entry.value == 12.34
    assert shown.session.history == []
    slide.value = 13
    assert entry.value == 13
    slide.value = 12.5
    assert entry.value == 12.5


def test_the_slider_is_not_set_back_by_the_dust_of_binary_fractions() -> None:
    """The page sends 6.000000000000001; to answer 6.0 would undo presses still on their way."""
    shown = live()
    slide = slider(shown, one(shown, widgets.FloatText, "Stake"))
    slide.value = 6.000000000000001
    assert slide.value == 6.000000000000001
    assert shown.session.values["tao"] == 6.0


def test_the_entry_takes_more_than_the_slider_and_the_engine_has_the_word() -> None:
    shown = live(side="unstake", alpha=250.0)
    entry = one(shown, widgets.FloatText, "Unstake")
    slide = slider(shown, entry)
    entry.value = 900
    assert slide.value == slide.max == 500
    assert "You unstake 900 alpha" in page(shown)
    entry.value = 2000
    assert "Unstake is 2000.0; allowed: at most the 1000 alpha outside the pool." in page(shown)
    assert "You unstake 900 alpha" in page(shown), "the last good state is kept"
    assert entry.value == 900
    entry.value = 800
    assert "allowed" not in page(shown)


def test_labels_carry_units_and_idle_controls_are_hidden() -> None:
    shown = live()
    stake, unstake = (one(shown, widgets.FloatText, name) for name in ("Stake", "Unstake"))
    assert stake.description == "Stake, TAO"
    assert unstake.description == "Unstake, alpha"
    row = {w: next(r for r in every(shown.box) if w in getattr(r, "children", ()))
           for w in (stake, unstake)}  # fmt: skip
    assert (row[stake].layout.display, row[unstake].layout.display) == (None, "none")
    one(shown, widgets.ToggleButtons, "You").value = "unstake"
    assert (row[stake].layout.display, row[unstake].layout.display) == ("none", None)


def test_undo_redo_reset_by_buttons_that_say_when_they_can() -> None:
    shown = live()
    undo, redo, reset = (one(shown, widgets.Button, n) for n in ("Undo", "Redo", "Reset"))
    assert undo.disabled
    assert redo.disabled
    assert reset.disabled
    one(shown, widgets.FloatText, "Stake").value = 40
    assert not undo.disabled
    assert not reset.disabled
    undo.click()
    assert "You stake 25 TAO" in page(shown)
    assert not redo.disabled
    redo.click()
    assert "You stake 40 TAO" in page(shown)
    reset.click()
    assert "You stake 25 TAO" in page(shown)
    assert one(shown, widgets.FloatText, "Stake").value == 25


def test_a_preset_draws_another_backdrop_and_names_its_source() -> None:
    shown = stake_unstake(predict=False)
    layers = [w for w in every(shown.box) if isinstance(w, widgets.HTML) and "<svg" in w.value]
    before = layers[0].value
    one(shown, widgets.FloatText, "Stake").value = 100
    assert layers[0].value == before, "the backdrop stands while an amount moves"
    one(shown, widgets.Dropdown, "Start with").value = "subnet 4, 17 April 2025"
    assert layers[0].value != before
    assert shown.picture.source.endswith("subnet 4, block 5,373,800, 17 April 2025")
    press(shown, "Undo")
    assert one(shown, widgets.Dropdown, "Start with").value == "subnet 64, 17 April 2025"


def test_nothing_gives_the_answer_away_before_the_guess() -> None:
    shown = live(predict=True)
    assert "How many alpha do you receive?" in page(shown)
    for told in ("200 alpha", "20.0 %", "0.125", "56.2"):
        assert told not in page(shown)
    assert page(shown).count("<td>?</td>") == 8


def test_a_guess_is_answered_marked_and_kept() -> None:
    shown = live(predict=True)
    one(shown, widgets.Text, "Your guess").value = "180 alpha"
    press(shown, "Show the answer")
    assert "You predicted 180 alpha; it is 200 alpha. You were 10 % below." in page(shown)
    assert "your guess" in page(shown)
    assert "200 alpha out" in page(shown)
    kept = json.loads((data_folder() / "progress.json").read_text())
    assert kept["predictions"]["stake_unstake"]["guess"] == 180
    one(shown, widgets.FloatText, "Stake").value = 40
    assert "your guess" not in page(shown), "it was a guess about another trade"


@pytest.mark.parametrize(
    ("guess", "said"),
    [("250", "That is the ideal amount"), ("160", "Only the last part of it pays"),
     ("2.5", "divide TAO by it, multiply alpha by it")],
)  # fmt: skip
def test_a_known_wrong_idea_is_named(guess: str, said: str) -> None:
    shown = live(predict=True)
    one(shown, widgets.Text, "Your guess").value = guess
    press(shown, "Show the answer")
    assert said in page(shown)


@pytest.mark.parametrize(
    ("guess", "side", "said"),
    [("25", "unstake", "That is the ideal amount"), ("16", "unstake", "Only the last part"),
     ("2500", "unstake", "divide TAO by it, multiply alpha by it")],
)  # fmt: skip
def test_a_known_wrong_idea_is_named_on_the_way_out(guess: str, side: str, said: str) -> None:
    shown = live(predict=True, side=side, alpha=250.0)
    one(shown, widgets.Text, "Your guess").value = guess
    press(shown, "Show the answer")
    assert "it is 20 TAO" in page(shown)
    assert said in page(shown)


def test_the_enter_key_gives_the_guess_and_nonsense_is_refused() -> None:
    shown = live(predict=True)
    entry = one(shown, widgets.Text, "Your guess")
    press(shown, "Show the answer")
    assert "Write a number first." in page(shown)
    entry.value = "much"
    press(shown, "Show the answer")
    assert "You predicted" not in page(shown)
    assert "How many alpha" in page(shown)
    entry.value = "200"
    entry._handle_custom_msg({"event": "submit"}, [])
    assert "You predicted 200 alpha" in page(shown)
    assert entry.disabled


def test_skip_shows_the_answer_and_predict_again_hides_it() -> None:
    shown = live(predict=True)
    press(shown, "Skip")
    assert "200 alpha out" in page(shown)
    press(shown, "Predict again")
    assert "200 alpha out" not in page(shown)
    assert not one(shown, widgets.Text, "Your guess").disabled


def test_the_question_follows_what_is_set() -> None:
    shown = live(predict=True)
    one(shown, widgets.FloatText, "Stake").value = 40
    assert "You stake 40 TAO" in page(shown)
    assert "285.71" not in page(shown)


def test_definitions_and_history_on_demand() -> None:
    shown = live()
    meaning = "Ideal minus received; the percentage is of the ideal amount."
    assert meaning not in page(shown)
    one(shown, widgets.ToggleButton, "Definitions").value = True
    assert meaning in page(shown)
    code = one(shown, widgets.Textarea, "The same as Python code")
    assert code.layout.display == "none"
    one(shown, widgets.FloatText, "Stake").value = 40
    one(shown, widgets.ToggleButton, "History and code").value = True
    assert "<li>Stake: 40 TAO</li>" in page(shown)
    assert code.value.endswith("trade = pool.stake(40.0)") == (shown.code() == code.value)
    assert code.value == shown.code()
    press(shown, "Carry it out")
    assert code.value.endswith("pool = trade.after\ntrade = pool.stake(40.0)")


def test_an_unforeseen_error_is_shown_with_the_way_to_it() -> None:
    def model(x: float) -> Any:
        if x > 5:
            raise RuntimeError("a <fault>")
        return HAND.stake(x)

    from dtao_edu.figures import pool_curve

    play = Playground(
        name="faulty",
        title="Faulty",
        model=model,
        controls=(Number(name="x", label="X", start=1.0, maximum=10),),
        picture=pool_curve,
        receipt=lambda trade: [Row("paid", str(trade.paid))],
    )
    shown = play()
    one(shown, widgets.FloatText, "X").value = 6
    assert "RuntimeError: a &lt;fault&gt;" in page(shown)
    assert "in model" in page(shown)
    assert one(shown, widgets.FloatText, "X").value == 1


def test_a_clock_and_boxes_to_tick() -> None:
    from dtao_edu.figures import pool_curve

    play = Playground(
        name="playing",
        title="Playing",
        model=lambda pool, who: pool.stake(1 + len(who)),
        controls=(Several(name="who", label="Who", options={"a": 1, "b": 2}),),
        picture=pool_curve,
        receipt=lambda trade: [Row("paid", str(trade.paid))],
        presets=list,
        actions=(Action(label="Play", change=lambda t: {"pool": t.after}, plays=20),),
    )
    shown = Live(_with(play, pool=HAND))
    clock = next(w for w in every(shown.box) if isinstance(w, widgets.Play))
    assert clock.interval == 50
    one(shown, widgets.ToggleButton, "Play").value = True
    assert clock.playing
    for tick in range(1, 4):
        clock.value = tick
    assert shown.session.result.before.tao_in == 103
    assert [str(step) for step in shown.session.history] == ["Play, 3 times"]
    one(shown, widgets.BoundedFloatText, "Steps a second").value = 10
    assert clock.interval == 100
    boxes = [w for w in every(shown.box) if isinstance(w, widgets.Checkbox)]
    boxes[1].value = True
    assert shown.session.values["who"] == (2,)
    press(shown, "Undo")
    assert not boxes[1].value


def test_words_of_a_running_clock_can_be_read_and_the_last_ones_are_true(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from dtao_edu.figures import pool_curve
    from dtao_edu.playground.view import live as module

    now = [100.0]
    fake = SimpleNamespace(monotonic=lambda: now[0], sleep=lambda seconds: None)
    monkeypatch.setattr(module, "time", fake)
    play = Playground(
        name="playing", title="Playing", model=lambda pool: pool.stake(1), controls=(),
        picture=pool_curve, receipt=lambda trade: [Row("before", f"{trade.before.tao_in} TAO")],
        actions=(Action(label="Play", change=lambda t: {"pool": t.after}, plays=20),),
    )  # fmt: skip
    shown = Live(_with(play, pool=HAND))
    clock = next(w for w in every(shown.box) if isinstance(w, widgets.Play))
    button = one(shown, widgets.ToggleButton, "Play")
    button.value = True
    written, fronts = set(), set()
    for tick in range(1, 21):
        now[0] += 0.05
        clock.value = tick
        written.add(dressed(shown, "dtao-table").value)
        fronts.add(dressed(shown, "dtao-wide", 1).value)
    assert len(fronts) == 20, "every tick is drawn"
    assert 3 <= len(written) <= 6, "words and numbers change four times a second"
    button.value = False
    assert "120.0 TAO" in page(shown)
    assert str(shown.picture) in page(shown)
    clock.value = 21  # a tick that was still on its way
    assert "121.0 TAO" in page(shown)


def _with(play: Playground, **values: Any) -> Any:
    from dtao_edu.playground.controls import starts
    from dtao_edu.playground.session import Session

    return Session(play, {**starts(play.controls), **values})


def test_a_history_is_replayed_on_another_page() -> None:
    one_, other = live(), live()
    one(one_, widgets.FloatText, "Stake").value = 40
    press(one_, "Carry it out")
    other.replay(one_.history)
    assert str(other) == str(one_) != str(live())
    assert str(one_.picture) in page(other)
    assert other.history == one_.history


def test_without_a_preset_the_picture_keeps_its_own_source() -> None:
    from dataclasses import replace
    from functools import partial

    from dtao_edu.figures import pool_curve

    play = replace(stake_unstake, picture=partial(pool_curve, source="made up"))
    assert play(pool=HAND).picture.source == "made up"
    assert play().picture.source.startswith("public ledger")


def test_save_writes_the_present_picture(tmp_path: Path) -> None:
    shown = live()
    one(shown, widgets.FloatText, "Stake").value = 40
    text = shown.save(tmp_path / "a.svg").read_text()
    assert "40 TAO in" in text
    assert "a pool" not in text
    hall = live(size="hall").save(tmp_path / "b.svg").read_text()
    assert len(hall) > 1000


@pytest.mark.parametrize("size", ["page", "hall"])
def test_a_narrow_place_is_drawn_for_and_nothing_else_changes(size: str) -> None:
    """What the page tells is what its script writes into the hidden entry."""
    shown = live(size=size, predict=True)
    told = dressed(shown, "dtao-form")
    stack = dressed(shown, "dtao-stack")
    one(shown, widgets.Text, "Your guess").value = "180"
    press(shown, "Show the answer")
    one(shown, widgets.FloatText, "Stake").value = 40
    last, said = shown.history[-1], str(shown.picture)
    usual = dressed(shown, "dtao-wide", 1).value
    assert dressed(shown, "dtao-phone", 1).value == "", "nothing is drawn that nobody sees"

    told.value = "phone"
    assert stack._dom_classes == ("dtao-stack", "dtao-as-phone")
    phone = dressed(shown, "dtao-phone", 1).value
    assert "40 TAO in" in phone
    assert dressed(shown, "dtao-wide", 1).value == usual
    one(shown, widgets.FloatText, "Stake").value = 30
    assert "30 TAO in" in dressed(shown, "dtao-phone", 1).value
    one(shown, widgets.FloatText, "Stake").value = 40
    # Whether two moves are one step is the clock's to say.
    assert (shown.history[-1], str(shown.picture)) == (last, said)
    assert dressed(shown, "dtao-phone", 1).value == phone

    told.value = "wide"
    assert stack._dom_classes == ("dtao-stack", "dtao-as-wide")
    assert dressed(shown, "dtao-wide", 1).value == usual


def test_a_guess_is_marked_in_a_form_that_is_drawn_after_it() -> None:
    shown = live(predict=True)
    one(shown, widgets.Text, "Your guess").value = "180"
    press(shown, "Show the answer")
    dressed(shown, "dtao-form").value = "phone"
    assert "your guess" in dressed(shown, "dtao-phone", 1).value
    one(shown, widgets.FloatText, "Stake").value = 40
    assert "your guess" not in dressed(shown, "dtao-phone", 1).value


def test_a_start_of_the_page_s_own_has_a_name_and_can_be_taken_again() -> None:
    shown = stake_unstake(pool=Pool(10, 100, 100), tao=2.0, predict=False)
    start = one(shown, widgets.Dropdown, "Start with")
    assert start.value == "what this page sets"
    start.value = "subnet 64, 17 April 2025"
    assert "Stake was 2 TAO; here it is 200 TAO." in page(shown)
    start.value = "what this page sets"
    assert shown.session.values["tao"] == 2
    assert shown.session.result.before == Pool(10, 100, 100)
