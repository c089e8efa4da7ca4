"""The experiment of the believers: subnets of a hidden worth, judged by a vote and by a price.

Everybody has one opinion of each subnet, right on average: the worth times noise of mean 1,

    opinion = worth exp(noise z - noise^2 / 2),    z by chance, of mean 0 and spread 1.

A voter gives weights in proportion to its opinions; the engine's :class:`RootNetwork` makes
shares of them. A believer buys below its opinion and sells above it while its TAO and its alpha
last (:func:`traders.crowd`), and the chain's rules of 17 April 2025 make shares of the moving
prices. Which shares are nearer to the worth?

The worth of a subnet is what one alpha of it would cost, in TAO, if everybody knew all. Only the
proportions count for emission, so all worths together are 1 TAO, and distances are between
shares: half of L1 (the total variation distance), the part of all emission that goes astray.

- `opinions`, `worth_of_gini`, `noise_of_people`, `purses_by_knowledge`: the people;
- `by_vote`, `by_price`: one rule, many runs; the same people with the same opinions in both;
- `Outcome`, `Comparison`, `table`: what came out, with intervals;
- `by_inequality`: the comparison over how unlike the subnets are; `trials`: with one
  thing changed;
- `side_by_side`: one worth judged by both, for the playground.
"""

from __future__ import annotations

from dtao_edu.studies.believers.inequality import Inequality as Inequality
from dtao_edu.studies.believers.inequality import by_inequality as by_inequality
from dtao_edu.studies.believers.opinions import NOISE as NOISE
from dtao_edu.studies.believers.opinions import WORTH as WORTH
from dtao_edu.studies.believers.opinions import noise_of_people as noise_of_people
from dtao_edu.studies.believers.opinions import opinions as opinions
from dtao_edu.studies.believers.opinions import purses_by_knowledge as purses_by_knowledge
from dtao_edu.studies.believers.opinions import worth_of_gini as worth_of_gini
from dtao_edu.studies.believers.outcome import Comparison as Comparison
from dtao_edu.studies.believers.outcome import Outcome as Outcome
from dtao_edu.studies.believers.outcome import comparison_table as comparison_table
from dtao_edu.studies.believers.outcome import table as table
from dtao_edu.studies.believers.price import DATE as DATE
from dtao_edu.studies.believers.price import STEP as STEP
from dtao_edu.studies.believers.price import by_price as by_price
from dtao_edu.studies.believers.price import crowd_of as crowd_of
from dtao_edu.studies.believers.price import market as market
from dtao_edu.studies.believers.side_by_side import Purses as Purses
from dtao_edu.studies.believers.side_by_side import SideBySide as SideBySide
from dtao_edu.studies.believers.side_by_side import side_by_side as side_by_side
from dtao_edu.studies.believers.trials import trials as trials
from dtao_edu.studies.believers.vote import by_vote as by_vote
