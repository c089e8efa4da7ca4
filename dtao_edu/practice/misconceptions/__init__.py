"""Wrong ideas that more than one exercise meets: each is written once, with its own message.

- :mod:`~dtao_edu.practice.misconceptions.trades`: staking, unstaking, slippage, limits;
- :mod:`~dtao_edu.practice.misconceptions.votes`: the Root Network's vote;
- :mod:`~dtao_edu.practice.misconceptions.shares`: from prices to shares;
- :mod:`~dtao_edu.practice.misconceptions.blocks`: blocks and days.

An idea computes what someone who holds it would answer. These are the only places outside the
engine where a formula stands, and each of them is wrong on purpose. An idea that one exercise
alone meets stands in that exercise.
"""
