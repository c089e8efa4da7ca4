"""What holds for every playground in the registry."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest

from dtao_edu.playground import PLAYGROUNDS, Playground
from dtao_edu.playground.controls import Choice, Number, settle
from dtao_edu.playground.receipt import as_text
from dtao_edu.playground.view.live import Live

EVERY = pytest.mark.parametrize("play", PLAYGROUNDS.values(), ids=list(PLAYGROUNDS))


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,]*\.?\d*", text))


@EVERY
def test_it_is_named_as_it_is_found(play: Playground) -> None:
    import dtao_edu

    assert getattr(dtao_edu, play.name) is play
    titles = [each.title for each in PLAYGROUNDS.values()]
    assert titles.count(play.title) == 1
    assert play.title[0].isupper()


@EVERY
def test_every_preset_opens_and_every_slider_starts_within_its_range(play: Playground) -> None:
    session = play.session()
    for preset in session.presets or [None]:
        if preset:
            session.choose(preset.label)
            assert preset.source
        for control in play.controls:
            if isinstance(control, Number) and control.active(session.values):
                low = settle(control.minimum, session.values)
                high = settle(control.maximum, session.values)
                step = settle(control.step, session.values)
                assert low <= session.values[control.name] <= high
                assert 0 < step <= (high - low) / 10
            if isinstance(control, Choice):
                assert session.values[control.name] in control.options.values()
        assert play.receipt(session.result)


@EVERY
def test_a_state_is_a_value_that_cannot_change(play: Playground) -> None:
    for preset in play.presets():
        assert hash(tuple(play.session(preset.label).values.values()))


@EVERY
def test_every_control_says_what_it_is_for(play: Playground) -> None:
    assert len({control.label for control in play.controls}) == len(play.controls)
    for control in play.controls:
        assert control.label[0].isupper()
        assert control.help.endswith(".")


@EVERY
def test_every_row_of_the_receipt_has_its_meaning(play: Playground) -> None:
    rows = play.receipt(play.session().result)
    assert 2 <= len(rows) <= 9
    for row in rows:
        assert row.meaning.endswith(".")
        assert "nan" not in row.value


@EVERY
def test_sentence_receipt_and_question_follow_the_state(play: Playground) -> None:
    session = play.session()
    control = next(c for c in play.controls if isinstance(c, Number) and c.active(session.values))
    first = str(Live(session))
    low, high = (settle(x, session.values) for x in (control.minimum, control.maximum))
    session.set(control.name, control.read(low + (high - low) * 0.77))
    assert str(Live(session)) != first


@EVERY
def test_the_question_has_an_answer_of_its_own_kind(play: Playground) -> None:
    question, result = play.question, play.session().result
    assert question is not None, "the learner predicts before the picture answers"
    assert question.ask(result).endswith("?")
    answer = question.answer(result)
    if question.choices:
        assert answer in question.choices
    else:
        assert math.isfinite(answer)
        unit = settle(question.unit, result)
        assert unit == "" or unit.strip() == unit  # it follows the number after one space
    why = question.asked(result).why
    assert why.endswith("."), "a guess is answered with a reason"
    if question.axis:
        low, high = question.axis(result)
        assert low < answer < high
    for name, number, sentence in question.asked(result).misconceptions:
        assert name
        assert sentence.endswith(".")
        if math.isfinite(number):
            assert number != pytest.approx(answer, rel=0.02), "a wrong idea must be told apart"


@EVERY
def test_the_copied_code_does_the_same_with_the_engine(play: Playground) -> None:
    session = play.session()
    for action in play.actions:
        session.act(action.label)
    found: dict[str, Any] = {}
    exec(session.code(), found)
    assert str(play.picture(found[play.result_name])) == str(play.picture(session.result))
    assert play.receipt(found[play.result_name]) == play.receipt(session.result)


def test_what_only_rounding_leaves_of_a_round_trip_is_not_shown() -> None:
    play = PLAYGROUNDS["round_trip"]
    for parts in range(1, 21):
        rows = play.receipt(play.session(parts=parts, other=0.0).result)
        assert {row.label: row.value for row in rows}["all in all"] == "0.0 %"


def test_a_price_that_rose_beyond_measure_is_said_in_times() -> None:
    play = PLAYGROUNDS["pool_depth"]
    result = play.session(shallow=84, deep=64, tao=8611.0).result
    rows = {row.label: row.value for row in play.receipt(result)}
    assert rows["subnet 84: price impact"] == "240,000 times"
    assert rows["subnet 64: price impact"] == "21.0 %"
    said = str(play.picture(result))
    assert "the first price to 240,000 times what it was and the second by 21.0 %" in said


@EVERY
def test_actions_are_undone_exactly(play: Playground) -> None:
    session = play.session()
    before = session.values
    for action in play.actions:
        session.act(action.label)
        session.undo()
        assert session.values == before


@EVERY
@pytest.mark.parametrize("size", ["page", "hall"])
def test_it_opens_in_both_sizes_and_leaves_a_picture_without_a_kernel(
    play: Playground, size: str
) -> None:
    live = play(size=size)
    data, _ = live._repr_mimebundle_()
    assert live.picture.for_slide() is not None, "a lecture shows it with larger letters"
    assert {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"} <= set(data)
    assert data["text/plain"] == str(live)
    assert data["text/plain"].startswith("Predict first. ")
    assert str(live.picture) not in data["text/plain"]
    assert as_text(play.receipt(live.session.result), hidden=True) in data["text/plain"]
    told, _ = play(size=size, predict=False)._repr_mimebundle_()
    assert str(live.picture) in told["text/plain"]
    assert as_text(play.receipt(live.session.result)) in told["text/plain"]
    assert told["image/png"] != data["image/png"]


@EVERY
def test_what_stands_still_depends_on_the_limits_alone(play: Playground) -> None:
    """A backdrop kept while an amount moves must be the one that would be drawn anew."""
    session = play.session()
    picture = play.picture(session.result)
    key, kept = picture.key(), picture.backdrop()
    for control in play.controls:
        if not isinstance(control, Number) or not control.active(session.values):
            continue
        low, high = (settle(x, session.values) for x in (control.minimum, control.maximum))
        for part in (0.1, 0.35, 0.6, 0.95):
            session.set(control.name, control.read(low + part * (high - low)))
            picture.show(session.result)
            if picture.key() == key:
                assert picture.backdrop() == kept
        session.reset()


@pytest.mark.parametrize("name", ["stake_unstake", "round_trip"])
def test_words_that_light_up_stand_in_the_sentence_in_their_order(name: str) -> None:
    play = PLAYGROUNDS[name]
    picture = play.picture(play.session(fee="since July 2025").result)
    places = [str(picture).find(words) for words in picture.words_of_parts()]
    assert len(places) == 4
    assert places == sorted(places)
    assert min(places) >= 0
