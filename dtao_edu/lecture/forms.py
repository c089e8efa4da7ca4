"""What an output is shown as elsewhere: on a slide, on a web page.

A stored notebook keeps one picture of each kind. Slides need the same with larger letters, and a
web page one that follows the reader's theme. So the notebook is run again with this extension of
IPython in its kernel (:mod:`dtao_edu.lecture.running`): it adds to each output one part of the
type :data:`FORMS`, which a stored notebook never holds.
"""

from __future__ import annotations

import base64
import pickle
from typing import Any

FORMS = "application/vnd.dtao-edu.forms+json"
"""The MIME type of the part that holds an output's other forms."""

Bundle = dict[str, Any]


def load_ipython_extension(shell: Any) -> None:
    """Let the kernel add the other forms of pictures, playgrounds, questions and answers."""
    of_bundles = shell.display_formatter.mimebundle_formatter
    for module, name, forms in (
        ("dtao_edu.figures.base.picture", "Picture", of_picture),
        ("dtao_edu.playground.view.live", "Live", of_playground),
        ("dtao_edu.playground.view.single_question", "SingleQuestion", of_question),
        ("dtao_edu.playground.reveal", "Answer", of_answer),
    ):
        of_bundles.for_type_by_name(module, name, _adding(forms))


def _adding(forms: Any) -> Any:
    def bundle(shown: Any, include: object = None, exclude: object = None) -> Any:
        made = shown._repr_mimebundle_()
        data, about = made if isinstance(made, tuple) else (made, {})
        return {**data, FORMS: forms(shown)}, about

    return bundle


def of_picture(picture: Any, *, hidden: bool = False) -> Bundle:
    """Return a picture at the size of a slide, and as SVG in the colours of the page.

    Parameters
    ----------
    picture : Picture
    hidden : bool
        Whether the answer is left out.

    Returns
    -------
    dict
        ``slide``: a PNG in base 64, missing if the picture cannot be drawn again; ``svg``: the
        two layers of the picture at the size of a page; ``phone``: the same for a narrow page;
        ``sentence`` and ``source``.
    """
    from dtao_edu.figures.base.style import SIZES

    def layers(size: str) -> list[str]:
        drawn = picture
        if picture.again is not None and picture.size != SIZES[size]:
            drawn = picture.again(size)
            drawn.show(picture.value)
        return [drawn.backdrop(), drawn.front(hidden=hidden)]

    # The large letters of a slide would hang over the edges of a page.
    forms: Bundle = {"svg": layers("page"), "sentence": str(picture), "source": picture.source}
    if picture.again is not None:
        forms["phone"] = layers("phone")
    larger = picture if not picture.size.caption else picture.for_slide()
    if larger is not None:
        forms["slide"] = base64.b64encode(larger.png(hidden=hidden)).decode()
    return forms


def of_playground(live: Any) -> Bundle:
    """Return a playground's picture in its other forms, and how to open the same again.

    Parameters
    ----------
    live : Live

    Returns
    -------
    dict
        As :func:`of_picture`, and ``playground``, ``values`` and ``preset``; ``start`` where a
        lesson opens it with a pool or a network of its own: its values, pickled, in base 64.
    """
    session = live.session
    preset = session.preset
    is_own = preset is None and bool(session.playground.presets())
    question = session.playground.question
    hidden = live.hidden and question is not None
    asked = {"sentence": f"Predict first. {question.asked(session.result).words}"} if hidden else {}
    return {
        **of_picture(live.picture, hidden=live.hidden),
        **asked,
        "start": base64.b64encode(pickle.dumps(dict(session.values))).decode() if is_own else "",
        "playground": session.playground.name,
        "values": {name: _plain(value) for name, value in session.values.items()},
        "preset": preset.label if preset else None,
    }


def of_question(asked: Any) -> Bundle:
    """Return a question with its answer and its known wrong answers, for a page to ask it.

    Parameters
    ----------
    asked : SingleQuestion

    Returns
    -------
    dict
        ``question``, ``unit``, ``choices``, ``answer``, ``misconceptions`` and ``why``;
        of a number also ``known``, the values that usual slips lead to.
    """
    from dtao_edu.playground.guess import known_values

    one = asked.asked
    is_number = not isinstance(one.answer, str)
    slips = known_values(one.answer, one.misconceptions, one.unit) if is_number else ()
    return {
        "known": [[slip.value, slip.sentence] for slip in slips],
        "question": one.words,
        "unit": one.unit,
        "choices": list(one.choices),
        "answer": _plain(one.answer),
        "misconceptions": [[_plain(part) for part in idea] for idea in one.misconceptions],
        "why": one.why,
    }


def of_answer(answer: Any) -> Bundle:
    """Return what a closed answer holds, part by part, each with its other forms.

    Parameters
    ----------
    answer : Answer

    Returns
    -------
    dict
        ``title`` and ``parts``, each part one bundle of MIME types.
    """
    return {"title": answer.title, "parts": [_text_only(part) for part in answer.parts]}


def _text_only(part: Any) -> Bundle:
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in part.items()
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; what it does not know, as text."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    try:
        return float(value)
    except (TypeError, ValueError):
        return str(value)
