"""One bibliography for all lessons.

A lesson cites a key, as ``[kyle1985]`` in its sources; :data:`REFERENCES` holds the entries.

>>> print(REFERENCES["kyle1985"])
Kyle, A. S. (1985): Continuous Auctions and Insider Trading. Econometrica 53(6), 1315-1335.
"""

from __future__ import annotations

from typing import NamedTuple


class Reference(NamedTuple):
    """A source: who, when, what, where."""

    authors: str
    year: int
    title: str
    where: str

    def __str__(self) -> str:
        return f"{self.authors} ({self.year}): {self.title}. {self.where}."


REFERENCES: dict[str, Reference] = {
    "angeris2020": Reference(
        "Angeris, G. and Chitra, T.",
        2020,
        "Improved Price Oracles: Constant Function Market Makers",
        "Proceedings of the 2nd ACM Conference on Advances in Financial Technologies, 80-91",
    ),
    "adams2020": Reference(
        "Adams, H., Zinsmeister, N. and Robinson, D.", 2020, "Uniswap v2 Core", "White paper"
    ),
    "banerjee1992": Reference(
        "Banerjee, A. V.",
        1992,
        "A Simple Model of Herd Behavior",
        "Quarterly Journal of Economics 107(3), 797-817",
    ),
    "banzhaf1965": Reference(
        "Banzhaf, J. F.",
        1965,
        "Weighted Voting Doesn't Work: A Mathematical Analysis",
        "Rutgers Law Review 19(2), 317-343",
    ),
    "bikhchandani1992": Reference(
        "Bikhchandani, S., Hirshleifer, D. and Welch, I.",
        1992,
        "A Theory of Fads, Fashion, Custom, and Cultural Change as Informational Cascades",
        "Journal of Political Economy 100(5), 992-1026",
    ),
    "bit2024": Reference(
        "Const", 2024, "BIT001: Dynamic TAO", "Proposal, on Medium, 9 January 2024"
    ),
    "buterin2015": Reference(
        "Buterin, V.", 2015, "The P + epsilon Attack", "Essay, 28 January 2015"
    ),
    "condorcet1785": Reference(
        "Condorcet, M. J. A. N. de",
        1785,
        "Essai sur l'application de l'analyse à la probabilité des décisions",
        "Imprimerie Royale, Paris",
    ),
    "daian2020": Reference(
        "Daian, P. and others",
        2020,
        "Flash Boys 2.0: Frontrunning in Decentralized Exchanges, Miner Extractable Value, "
        "and Consensus Instability",
        "IEEE Symposium on Security and Privacy, 910-927",
    ),
    "dtao2024": Reference(
        "Const", 2024, "DTAO: Commodity Analysis", "Letter, on Medium, 25 March 2024"
    ),
    "deploy2026": Reference(
        "Rao Foundation and contributors",
        2026,
        "Runtime upgrade deploy scripts",
        "Repository RaoFoundation/subtensor, .github/scripts/deploy, README.md and "
        "prod-approval.js",
    ),
    "galton1907": Reference("Galton, F.", 1907, "Vox Populi", "Nature 75, 450-451"),
    "governance2025": Reference(
        "Opentensor Foundation",
        2025,
        "Governance Overview",
        "Documentation of Bittensor, docs.learnbittensor.org/governance, edited 8 December 2025",
    ),
    "grossman1980": Reference(
        "Grossman, S. J. and Stiglitz, J. E.",
        1980,
        "On the Impossibility of Informationally Efficient Markets",
        "American Economic Review 70(3), 393-408",
    ),
    "guide2025": Reference(
        "Opentensor Foundation",
        2025,
        "Core Dynamic TAO Concepts",
        "Bittensor documentation, docs.bittensor.com/dynamic-tao, as of the launch",
    ),
    "hanson2003": Reference(
        "Hanson, R.",
        2003,
        "Combinatorial Information Market Design",
        "Information Systems Frontiers 5(1), 107-119",
    ),
    "hanson2013": Reference(
        "Hanson, R.",
        2013,
        "Shall We Vote on Values, But Bet on Beliefs?",
        "Journal of Political Philosophy 21(2), 151-178",
    ),
    "hayek1945": Reference(
        "Hayek, F. A.",
        1945,
        "The Use of Knowledge in Society",
        "American Economic Review 35(4), 519-530",
    ),
    "hirschman1964": Reference(
        "Hirschman, A. O.",
        1964,
        "The Paternity of an Index",
        "American Economic Review 54(5), 761-762",
    ),
    "kyle1985": Reference(
        "Kyle, A. S.",
        1985,
        "Continuous Auctions and Insider Trading",
        "Econometrica 53(6), 1315-1335",
    ),
    "lalley2018": Reference(
        "Lalley, S. P. and Weyl, E. G.",
        2018,
        "Quadratic Voting: How Mechanism Design Can Radicalize Democracy",
        "AEA Papers and Proceedings 108, 33-37",
    ),
    "mackinga2022": Reference(
        "Mackinga, T., Nadahalli, T. and Wattenhofer, R.",
        2022,
        "TWAP Oracle Attacks: Easier Done than Said?",
        "IEEE International Conference on Blockchain and Cryptocurrency",
    ),
    "manski2006": Reference(
        "Manski, C. F.",
        2006,
        "Interpreting the Predictions of Prediction Markets",
        "Economics Letters 91(3), 425-429",
    ),
    "martinelli2019": Reference(
        "Martinelli, F. and Mushegian, N.",
        2019,
        "Balancer: A Non-Custodial Portfolio Manager, Liquidity Provider, and Price Sensor",
        "White paper",
    ),
    "milionis2022": Reference(
        "Milionis, J., Moallemi, C. C., Roughgarden, T. and Zhang, A. L.",
        2022,
        "Automated Market Making and Loss-Versus-Rebalancing",
        "Working paper, arXiv 2208.06046",
    ),
    "nitzan1982": Reference(
        "Nitzan, S. and Paroush, J.",
        1982,
        "Optimal Decision Rules in Uncertain Dichotomous Choice Situations",
        "International Economic Review 23(2), 289-297",
    ),
    "posner2018": Reference(
        "Posner, E. A. and Weyl, E. G.", 2018, "Radical Markets", "Princeton University Press"
    ),
    "shapley1954": Reference(
        "Shapley, L. S. and Shubik, M.",
        1954,
        "A Method for Evaluating the Distribution of Power in a Committee System",
        "American Political Science Review 48(3), 787-792",
    ),
    "srinivasan2017": Reference(
        "Srinivasan, B. S. and Lee, L.", 2017, "Quantifying Decentralization", "Essay, 27 July 2017"
    ),
    "subtensor": Reference(
        "Opentensor Foundation and contributors",
        2025,
        "Subtensor, the chain's own source code, from v1.2.5 (7 February 2025) on",
        "Repository opentensor/subtensor, since 2026 RaoFoundation/subtensor",
    ),
    "wolfers2006": Reference(
        "Wolfers, J. and Zitzewitz, E.",
        2006,
        "Interpreting Prediction Market Prices as Probabilities",
        "NBER Working Paper 12200",
    ),
}
"""Every work that a lesson cites, by key."""
