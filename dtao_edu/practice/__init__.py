"""Practice: exercises, and a checker that knows why an answer is wrong.

For learners: :func:`check`, :func:`hint`, :func:`solution`, :func:`exercise`, :func:`given`,
:func:`progress`, :func:`sit`; for teachers :func:`answers`, :func:`receipt`, :func:`verify`. All
are names of the face. For playgrounds and lessons: :func:`record_prediction`.

**An exercise is data.** A lesson's exercises stand in `practice/bank/lesson_NN.py`, in a tuple
`EXERCISES`, which takes in those of further modules (`lesson_05_why.py`). One looks like this:

>>> from dtao_edu.practice import Exercise, Misconception, NumberQuestion, task
>>> from dtao_edu.practice.misconceptions import trades
>>> example = Exercise(
...     id="05.9",
...     title="What a stake returns",
...     question=NumberQuestion("alpha", digits=5),
...     objective="predict what a stake returns",
...     needs=("staking", "reserve"),
...     draw=lambda draw: {
...         "tao_in": draw.number(500, 9000),
...         "alpha_in": draw.number(20000, 90000),
...         "tao": draw.whole(50, 400, 10),
...     },
...     text="A pool holds {tao_in} TAO and {alpha_in} alpha. You stake {tao} TAO, no fee. How "
...     "much alpha do you get?",
...     right=lambda g: trades.trade(g).received,
...     misconceptions=(trades.SPOT_PRICE, trades.WHAT_STAYS),
...     hints=("What stays the same in a trade?", "Which alpha reserve keeps the product?"),
...     solution="The product stays, so `alpha_in * tao / (tao_in + tao)` comes out: {answer}.",
...     code="answer = Pool(g.tao_in, g.alpha_in).stake(g.tao).received",
...     further="At the spot price it would have been more.",
... )
>>> print(task(example, "student-17").text())
A pool holds 818 TAO and 23,000 alpha. You stake 230 TAO, no fee. How much alpha do you get?
<BLANKLINE>
Give a number in alpha, to 5 significant digits.

**What is asked** (`question`):

- `NumberQuestion(unit, digits=4)` or `NumberQuestion(unit, decimals=2)`;
- `TableQuestion(rows, unit="TAO", digits=4)`: rows are names, or a function of the given numbers
  that lists them; `units_by_row=...` where they differ; `right` and misconceptions give a dict by
  row or a sequence;
- `FunctionQuestion(name, arguments, unit="TAO", digits=6, count=24)`: every case is drawn anew by
  `draw`, and the arguments are names of given numbers. `right` and misconceptions get each case as
  `g`, with all its names; misconceptions may use the arguments only. They give a number, or a list
  of numbers;
- `ExpressionQuestion({"tao_in": "T"}, unit="alpha")`: symbols are given numbers with their letter;
  every point is drawn by `draw`; `right` and misconceptions are functions of a point, as for a
  number;
- `choice(key=Option(text, holds, misconception, message), ...)`: `holds(g)` asks the engine;
  exactly one must hold for any numbers. There is no `right`; every other option names the
  misconception that leads to it, and what is said then;
- `OrderQuestion(items, first)`: `right` and misconceptions give the items in order;
- `PredictionQuestion(unit, digits=3)`: a number that is guessed once, then shown.

Units that know their slips: `"TAO"`, `"alpha"`, `"TAO per alpha"`, `"%"`, `"share"` (0 to 1), `"TAO
per block"`, `"alpha per block"`, `"TAO per day"`. Any other text is a unit without slips.

**Numbers** come from `draw`, a function of a :class:`Draw` (`whole`, `number`, `pick`, `once`,
`sample`, `shuffle`, `unit`) to a dict; `practice.bank.real_data` draws real pools and votes. They
are drawn again until any two values, right or wrong, with or without a slip of unit, stand twenty
steps of the last digit apart. If that never happens the error names the two. `labels` lists given
numbers that only say which one is meant, so that no slip reckons with them. A change of numbers or
meaning is `OLD.renewed(...)`, the next version.

**A misconception** is `Misconception(name, value, message)`: the name completes "a known wrong
idea: ..."; `value(g)` is what someone with it answers; `message(g, answer)` is one paragraph with
a consequence in the learner's numbers that can be checked in the pool, the vote or the books, and
without the right answer. Those that more than one exercise meets stand in
`practice.misconceptions`; `.but(value, message)` gives the same one where something else is asked.
One that comes after numbers were given out is `.added()`: no numbers are drawn anew for it.

**Texts** (`text`, `hints`, `solution`, `further`) are strings with places in braces for the given
numbers, or functions of them. `{answer}` in the solution is the right answer, written. Marks: an
empty line between paragraphs, `- ` for lists, four spaces before code, `|` for tables, backticks.

**Code** is the worked solution. It sees `g` and the names of the face, and ends with `answer = ...`
(or defines the function; for an expression the symbols exist under their full names).
`consequence(g, answer)` may add a sentence to a wrong answer that is no known misconception;
`why=True` marks a question about why or what would change, `real=True` figures of the ledger.

`needs` are words of the glossary, none taught later than the exercise's lesson. The tests in
`tests/practice/test_contract.py` hold every exercise to all of this for two hundred names, and
`python -m authoring exercises write NN` makes its notebooks.
"""

from __future__ import annotations

from dtao_edu.practice.checking.verdict import Outcome as Outcome
from dtao_edu.practice.checking.verdict import Verdict as Verdict
from dtao_edu.practice.desk import check as check
from dtao_edu.practice.desk import given as given
from dtao_edu.practice.desk import hint as hint
from dtao_edu.practice.desk import sit as sit
from dtao_edu.practice.desk import solution as solution
from dtao_edu.practice.exercise.code_types import ExpressionQuestion as ExpressionQuestion
from dtao_edu.practice.exercise.code_types import FunctionQuestion as FunctionQuestion
from dtao_edu.practice.exercise.draw import Draw as Draw
from dtao_edu.practice.exercise.draw import Given as Given
from dtao_edu.practice.exercise.exercise import Exercise as Exercise
from dtao_edu.practice.exercise.exercise import Misconception as Misconception
from dtao_edu.practice.exercise.exercise import Task as Task
from dtao_edu.practice.exercise.exercise import task as task
from dtao_edu.practice.exercise.question_types import ChoiceQuestion as ChoiceQuestion
from dtao_edu.practice.exercise.question_types import NumberQuestion as NumberQuestion
from dtao_edu.practice.exercise.question_types import Option as Option
from dtao_edu.practice.exercise.question_types import OrderQuestion as OrderQuestion
from dtao_edu.practice.exercise.question_types import PredictionQuestion as PredictionQuestion
from dtao_edu.practice.exercise.question_types import TableQuestion as TableQuestion
from dtao_edu.practice.exercise.question_types import choice as choice
from dtao_edu.practice.hand_in import answers as answers
from dtao_edu.practice.hand_in import receipt as receipt
from dtao_edu.practice.hand_in import verify as verify
from dtao_edu.practice.predictions import compare as compare
from dtao_edu.practice.predictions import record_prediction as record_prediction
from dtao_edu.practice.progress_page import progress as progress
