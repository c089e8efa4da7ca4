"""The front page: for a reader with three minutes."""

from __future__ import annotations

import json
from html import escape

from dtao_edu.engine.pool import Pool
from dtao_edu.playground.guess import known_values

from ..lessons.claims import VERDICTS, Claim, claims
from ..lessons.course import Course
from .shell import Page, filled

THREE = ("sixty-four-decide", "wisdom-finds-worth", "market-corrects-the-vote")
"""The claims whose verdicts a short visit should take away; each says what would change it."""


def front_page(course: Course, playground: str) -> Page:
    """Return the front page.

    Parameters
    ----------
    course : Course
        The lessons.
    playground : str
        The flip-book on which the answer can be tried, as HTML; may be empty.
    """
    trade = Pool(tao_in=1000, alpha_in=10_000).stake(1000)
    ideas = [
        ("the spot price", float(trade.ideal),
         "That is what the price before the trade promises. But the trade itself moves the price, "
         "and the pool pays along the way."),
    ]  # fmt: skip
    answer = float(trade.received)
    question = (
        "A pool holds 1,000 TAO and 10,000 alpha, so an alpha costs 0.1 TAO. You pay in 1,000 TAO. "
        "How many alpha do you get?"
    )
    asked = {
        "question": question,
        "unit": "alpha",
        "choices": [],
        "answer": answer,
        "misconceptions": ideas,
        "known": [list(one) for one in known_values(answer, ideas, "alpha")],
        "why": "The product of the two reserves stays: 2,000 TAO and 5,000 alpha are left in the "
        f"pool. You lose {trade.slippage_percent:.0f} % to your own trade: that is slippage.",
    }
    shown = (
        '<details class="answer" data-after="guess-front"><summary>a pool to try it on</summary>'
        "<div><!--drawing 0--></div></details>"
        if playground
        else ""
    )
    body = filled(
        "front.html",
        question=escape(question),
        data=escape(json.dumps(asked), quote=True),
        shown=shown,
        verdicts="".join(map(_verdict, _three())),
        ways="".join(_ways(course)),
    )
    about = "A course on Bittensor's Dynamic TAO: try the vote and the market with real figures."
    title = "Dynamic TAO: who decides?"
    drawings = (playground,) if playground else ()
    return Page("index.html", title, body, about, drawings=drawings, explains=False)


def _three() -> list[Claim]:
    known = {claim.key: claim for claim in claims()}
    return [known[key] for key in THREE]


def _verdict(claim: Claim) -> str:
    found = escape(claim.found) + "." * (claim.found[-1] not in "?!.")
    change = f"<p><small>What would change it: {escape(claim.change)}</small></p>"
    return (
        f"<li><p>“{escape(claim.claim)}”</p><p><b>{VERDICTS[claim.verdict]} "
        f"{escape(claim.verdict)}</b>: {found}</p>{change}</li>"
    )


def _ways(course: Course) -> list[str]:
    by_number = {lesson.number: lesson for lesson in course.lessons}
    talk = by_number.get("talk")
    first = by_number["05"] if "05" in by_number else course.lessons[0]
    start = course.lessons[0]
    ways = [
        ("Ten minutes", f"lessons/{first.name}.html", f"Stake and unstake: {first.title}"),
        ("An evening", f"lessons/{start.name}.html#choose-a-path", "Five lessons, vote to price"),
        ("The course", f"lessons/{start.name}.html", "All lessons, with exercises that say why"),
    ]  # fmt: skip
    if talk:
        ways.insert(2, ("A lecture", "slides/talk.html", "The whole story in thirty minutes"))
    return [f'<li><b><a href="{to}">{name}</a></b><br>{what}</li>' for name, to, what in ways]
