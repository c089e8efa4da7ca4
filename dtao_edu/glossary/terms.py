"""The list of the field's words. Each stands here once, with the lesson that introduces it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from dtao_edu.wording import markdown


@dataclass(frozen=True)
class Term:
    """A word of the field.

    Parameters
    ----------
    name : str
        The word, as the lessons write it.
    lesson : str
        The number of the lesson that introduces it.
    meaning : str
        What it means, in plain words and whole sentences.
    symbol : str
        Its letter in formulas.
    unit : str
        Its unit; empty for a thing that is not measured.
    chain : str
        The name under which the chain stores it, or the call that uses it.
    also : tuple of str
        Other spellings that mean the same.
    everyday : bool
        Whether the word is also an ordinary English word, so that finding it in a text does not
        show that the term is meant.
    """

    name: str
    lesson: str
    meaning: str
    symbol: str = ""
    unit: str = ""
    chain: str = ""
    also: tuple[str, ...] = ()
    everyday: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """All words under which the term is found."""
        return (self.name, *self.also)

    def __str__(self) -> str:
        unit = f" ({self.unit})" if self.unit else ""
        return f"{self.name}{unit}: {self.meaning} Lesson {self.lesson}."

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        facts = {
            "symbol": f"${self.symbol}$" if self.symbol else "",
            "unit": self.unit,
            "on the chain": f"`{self.chain}`" if self.chain else "",
            "also called": ", ".join(self.also),
            "lesson": self.lesson,
        }
        tail = "; ".join(f"{name}: {fact}" for name, fact in facts.items() if fact)
        return f"**{self.name}**: {self.meaning}\n\n{tail}"


class Glossary(tuple[Term, ...]):
    """All terms, in the order of the lessons; shown as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "\n".join(map(str, self))

    def _repr_markdown_(self) -> str:
        rows = [
            (one.name, f"${one.symbol}$" if one.symbol else "", escape(one.unit), one.meaning,
             one.lesson)
            for one in self
        ]  # fmt: skip
        return markdown(("word", "symbol", "unit", "meaning", "lesson"), rows)


TERMS = Glossary(
    (
        # 00 Start here
        Term("block", "00", "One entry of the public ledger. A new one comes about every twelve "
             "seconds, 7,200 a day.", also=("block number",), everyday=True),
        Term("chain", "00", "The common list of blocks, each written after the one before, that "
             "many computers hold alike. What stands in it is not changed afterwards.",
             also=("blockchain",), everyday=True),
        Term("ledger", "00", "A book in which every payment and every holding stands. That of a "
             "chain can be read by everybody.", everyday=True),
        Term("token", "00", "A unit that a chain counts and that can be held and given to "
             "somebody else: TAO, or the alpha of a subnet.", everyday=True),
        # 01 Who is paid, and who decides
        Term("Bittensor", "01", "A network that pays people for work done by their computers, and "
             "the public ledger on which it keeps its books."),
        Term("TAO", "01", "The network's main token. It is issued at every block.", r"\tau", "TAO",
             "TotalIssuance"),
        Term("subnet", "01", "A small market for one kind of work inside the network, with its own "
             "task and its own miners and validators."),
        Term("netuid", "01", "The number of a subnet. When a subnet is removed, its number is "
             "given to another one.", chain="netuid"),
        Term("miner", "01", "Someone whose computer does a subnet's work."),
        Term("validator", "01", "Someone who measures the work of a subnet's miners and says who "
             "did it well."),
        Term("delegator", "01", "Someone who lends stake to a validator and shares in what it "
             "earns.", also=("nominator",)),
        Term("owner", "01", "The person who registered a subnet and sets its task.",
             chain="SubnetOwner", also=("subnet owner",), everyday=True),
        Term("stake", "01", "Tokens set aside behind a validator. They give it weight and earn a "
             "part of its income.", chain="Stake", everyday=True),
        Term("emission", "01", "What the chain newly issues and hands out at each block.",
             unit="TAO or alpha per block", chain="EmissionValues"),
        Term("digital commodity", "01", "The product of a subnet: work that can be bought from "
             "anyone who does it well enough, such as stored data or answers of a model."),
        Term("seat", "01", "One of the places for validators in a subnet. The Root Network had 64; "
             "whoever has more stake than the last one can take that one's place.", everyday=True),
        # 02 The Root Network
        Term("Root Network", "02", "Subnet 0. Until February 2025 its 64 validators voted on what "
             "each other subnet was paid; since then TAO is staked there one to one.",
             chain="netuid 0", also=("root",)),
        Term("weight", "02", "How much of its vote a validator gives to one target. The weights of "
             "one validator are scaled to sum to one.", "w", "1", "Weights", everyday=True),
        Term("rank", "02", "The sum of the votes for a subnet, each counted by the voter's part of "
             "all stake.", "R", "1", "Rank", everyday=True),
        Term("trust", "02", "The part of all stake that gives a subnet any weight at all.",
             "T", "1", "Trust", everyday=True),
        Term("consensus", "02", "A number between 0 and 1 that rises steeply when a subnet's trust "
             "passes one half. The rank is multiplied by it.", "C", "1", "Consensus"),
        Term("kappa", "02", "The trust at which consensus is one half: 32767/65535.",
             r"\kappa", "1", "Kappa"),
        Term("rho", "02", "How steeply consensus rises around kappa. The main chain used 10.",
             r"\rho", "1", "Rho"),
        Term("emission share", "02", "The part of all that is issued to subnets that one subnet "
             "gets.", "s", "1"),
        Term("concentration", "02", "How much of a whole lies with a few.", unit="1",
             everyday=True),
        Term("HHI", "02", "The sum of the squares of all shares: 1 if one has everything, 1/n if n "
             "have equal shares.", unit="1", also=("Herfindahl-Hirschman index",)),
        Term("Gini coefficient", "02", "How unequal a distribution is: 0 if all have the same, "
             "near 1 if one has everything.", unit="1", also=("Gini",)),
        Term("Nakamoto coefficient", "02", "The smallest number of members who together hold more "
             "than half.", unit="members"),
        Term("Banzhaf power", "02", "How often a voter turns a losing group into a winning one, "
             "over all groups.", unit="1", also=("Banzhaf index",)),
        Term("Shapley-Shubik power", "02", "How often a voter turns a losing group into a winning "
             "one, over all orders in which voters may join.", unit="1",
             also=("Shapley-Shubik index",)),
        Term("coalition", "02", "A group of validators who vote as one."),
        Term("bribe", "02", "A payment to a voter for a vote.", everyday=True),
        Term("cartel", "02", "A coalition that shares what it wins."),
        # 03 Two tokens, three balances
        Term("coldkey", "03", "The account that owns. It holds free TAO and is used rarely.",
             chain="System.Account"),
        Term("hotkey", "03", "The account that works. Stake lies on the hotkey of a validator and "
             "belongs to a coldkey.", chain="Alpha"),
        Term("alpha", "03", "A subnet's own token. It is got by staking TAO, and it is what stake "
             "in that subnet is counted in.", r"\alpha", "alpha"),
        Term("rao", "03", "The smallest unit: one TAO, and one alpha, is 10^9 rao.",
             unit="10^-9 TAO or alpha", chain="u64"),
        Term("pool", "03", "The two reserves of a subnet, TAO and alpha, against which everyone "
             "trades. They belong to the protocol.", also=("liquidity pool",), everyday=True),
        Term("reserve", "03", "What a pool holds of one token.", unit="TAO or alpha",
             everyday=True),
        Term("tao_in", "03", "The TAO reserve of a pool.", "T", "TAO", "SubnetTAO",
             ("TAO reserve",)),
        Term("alpha_in", "03", "The alpha reserve of a pool.", "A", "alpha", "SubnetAlphaIn",
             ("alpha reserve",)),
        Term("alpha_out", "03", "The alpha that people hold as stake. It is not in the pool, and "
             "the price does not look at it.", "O", "alpha", "SubnetAlphaOut",
             ("outstanding alpha",)),
        Term("alpha issuance", "03", "All alpha of a subnet: in the pool and outside.", "A + O",
             "alpha", "SubnetAlphaIn + SubnetAlphaOut"),
        Term("price", "03", "TAO per alpha for a very small trade: the TAO reserve divided by the "
             "alpha reserve.", "p", "TAO per alpha", "SubnetTAO / SubnetAlphaIn", ("spot price",),
             everyday=True),
        Term("market value", "03", "The alpha outside the pool times the price. Nobody could sell "
             "all of it at that price.", unit="TAO"),
        Term("staking", "03", "Giving TAO to a pool and getting alpha as stake.",
             chain="add_stake"),
        Term("unstaking", "03", "Giving alpha back to a pool and getting TAO.",
             chain="remove_stake"),
        # 04 Deriving the price
        Term("invariant", "04", "The product of the two reserves. A trade without a fee leaves it "
             "as it is.", "k", "TAO times alpha"),
        Term("constant product", "04", "The rule that a trade leaves the product of the reserves "
             "as it is.", also=("constant product rule",)),
        Term("marginal price", "04", "The price of the next, very small amount: the slope of the "
             "curve.", unit="TAO per alpha"),
        Term("liquidity", "04", "The square root of the product of the reserves: how strongly a "
             "pool resists a move of its price.", "L", "square root of TAO times alpha",
             "CurrentLiquidity", ("depth",)),
        Term("ideal amount", "04", "What the whole input would bring at the spot price, before any "
             "fee.", unit="token that comes out", also=("ideal",), everyday=True),
        Term("slippage", "04", "What a trade loses because it moves the price itself: the ideal "
             "amount minus the amount received. A fee, if there is one, is part of it.",
             unit="token that comes out, or % of the ideal amount"),
        Term("average price", "04", "TAO per alpha over a whole trade.", unit="TAO per alpha"),
        Term("price impact", "04", "The spot price after a trade divided by the one before, minus "
             "one.", unit="%"),
        # 05 Staking and unstaking
        Term("fee", "05", "What a trade pays besides: at launch 0.00005 TAO, since July 2025 "
             "33/65535 of the input.", unit="token that goes in", everyday=True),
        Term("limit price", "05", "The worst price that a trader accepts. At launch it bounded the "
             "average price, since mid-2025 the last one.", unit="TAO per alpha",
             chain="add_stake_limit"),
        Term("partial fill", "05", "Doing as much of an order as the limit price allows.",
             chain="allow_partial"),
        Term("round trip", "05", "Staking and then unstaking all that was received."),
        # 06 From prices to emission
        Term("block emission", "06", "The TAO that one block issues: 1 until December 2025, then "
             "one half.", "E", "TAO per block", "TotalIssuance"),
        Term("injection", "06", "What the chain itself adds to a pool at each block, of TAO and of "
             "alpha.", unit="TAO or alpha per block", chain="SubnetTaoInEmission"),
        Term("price share", "06", "A subnet's price divided by the sum of all prices.", unit="1"),
        # 07 The moving price
        Term("moving price", "07", "A smoothed price: each block it goes a small part of the way "
             "towards the spot price, or towards 1 if that is less.", "m", "TAO per alpha",
             "SubnetMovingPrice", ("moving average of the price", "EMA price")),
        Term("pump", "07", "Lifting a price by buying, in order to let it go again later.",
             everyday=True),
        Term("smoothing constant", "07", "The part of the way that the moving price goes in one "
             "block.", "a", "1 per block", "SubnetMovingAlpha"),
        Term("warm-up", "07", "The weeks after a subnet's start in which its moving price follows "
             "more slowly.", "H", "blocks", "EMAPriceHalvingPeriod"),
        Term("half-life", "07", "The time in which half of a difference is gone.",
             unit="blocks or days"),
        # 08 Voting against pricing
        Term("moved", "08", "Half the sum of the absolute changes of all shares: the part of all "
             "emission that goes elsewhere.", unit="1", also=("share moved",), everyday=True),
        Term("L1 distance", "08", "The sum of the absolute differences of two lists of shares, "
             "from 0 to 2.", unit="1", also=("L1",)),
        Term("cost of capture", "08", "What somebody must commit, and what they lose, to move a "
             "given part of emission.", unit="TAO"),
        # 09 Who is paid inside a subnet
        Term("tempo", "09", "Blocks from one payment inside a subnet to the next: 360.",
             unit="blocks", chain="Tempo"),
        Term("epoch", "09", "The moment at which a subnet pays out what has been waiting since the "
             "last one."),
        Term("pending emission", "09", "Alpha that waits for the next epoch.", unit="alpha",
             chain="PendingEmission"),
        Term("incentive", "09", "The miners' half of what is paid after the owner's part.",
             unit="1", chain="Incentive"),
        Term("dividend", "09", "The validators' half of what is paid after the owner's part.",
             unit="1", chain="Dividends"),
        Term("owner cut", "09", "The part of a subnet's alpha that its owner gets: 11796/65535, "
             "which is 18 %.", unit="1", chain="SubnetOwnerCut"),
        Term("take", "09", "The part of the dividends that a validator keeps before its delegators "
             "are paid; 18 % if it says nothing.", unit="1", chain="Delegates", everyday=True),
        Term("TAO weight", "09", "How much one TAO on root counts against one alpha: 0.18.", "w",
             "1", "TaoWeight"),
        Term("stake weight", "09", "A validator's alpha plus the TAO weight times its root TAO.",
             unit="alpha"),
        Term("root proportion", "09", "Root's part of the validators' alpha. It falls as alpha is "
             "issued.", "r", "1", "RootProp"),
        Term("dilution", "09", "The fall of one's part of all alpha because new alpha is issued.",
             unit="1"),
        Term("halving", "09", "The moment at which an issue per block falls to half; at 10.5 "
             "million for TAO and for each alpha.", chain="TotalIssuance"),
        # 10 A living network
        Term("ensemble", "10", "Many runs that differ by chance alone."),
        Term("band", "10", "The range in which most runs of an ensemble lie.", everyday=True),
        Term("bias", "10", "The part of an error that stays when chance is averaged away.",
             everyday=True),
        Term("herding", "10", "Doing what others do because they do it."),
        # 11 Attacks and defences
        Term("wash staking", "11", "Staking and unstaking with oneself, to look busy."),
        Term("sandwich", "11", "Buying just before somebody's known order and selling just after.",
             everyday=True),
        Term("token weight", "11", "A very small weight, given so that a subnet's trust counts the "
             "voter's whole stake."),
        # 12 When the rules change
        Term("rule set", "12", "All rules that were in force at one time."),
        Term("TAO flow", "12", "The smoothed difference between TAO staked into and unstaked from "
             "a subnet by its users.", "S", "TAO per block", "SubnetEmaTaoFlow"),
        Term("chain buy", "12", "A purchase of alpha by the chain itself, with TAO that the cap "
             "did not let into the pool.", unit="TAO per block", also=("excess TAO",)),
        Term("miner burned", "12", "The part of the miners' income that goes to the owner's own "
             "keys.", unit="1", chain="MinerBurned"),
        Term("recycle", "12", "To take tokens away and to lower the count of what was issued, so "
             "that they are issued again later.", everyday=True),
        Term("burn", "12", "To take tokens away for ever. The count of what was issued stays.",
             everyday=True),
        Term("lock cost", "12", "What the registration of a subnet costs. It doubles at each one "
             "and falls with time.", unit="TAO", chain="NetworkLastLockCost"),
        Term("immunity period", "12", "The time after its start in which a subnet cannot be "
             "removed.", unit="blocks", chain="NetworkImmunityPeriod"),
        Term("weighted pool", "12", "A pool in which the two reserves count with different "
             "weights.", also=("balancer",)),
        Term("emission gate", "12", "A curve that takes from small shares and gives to large ones, "
             "around a bar.", unit="1", also=("gate",), everyday=True),
        Term("root claim", "12", "The call with which a staker on root gets the alpha that it "
             "earned.", chain="claim_root"),
        Term("listed yield", "14", "The yield a year that pages show: a day's dividends after the "
             "take, times 365, over the alpha staked. It is in alpha, and holds for that day.",
             unit="1 a year", also=("APY",)),
        Term("removal", "14", "The end of a subnet: the TAO of its pool is shared among all who "
             "hold its alpha, by amount. It goes to the subnet with the lowest moving price when "
             "all places are taken.", also=("deregistration",), everyday=True),
        Term("basket", "14", "What a validator's root dividends go into since 3 August 2026: alpha "
             "of many subnets, kept in kind. A claim sells a slice of all of it and restakes.",
             everyday=True),
        Term("conviction", "14", "Alpha that its holder has locked for a claimant. Since July 2026 "
             "a subnet of a year and more can change its owner when a tenth of its alpha_out is "
             "locked behind another.", unit="alpha", also=("lock",), everyday=True),
        Term("child hotkey", "14", "A hotkey to which another one, its parent, lends the weight of "
             "its stake in one subnet. It keeps a part of what that stake earns, the childkey "
             "take, at most 18 percent.", chain="ChildKeys", also=("childkey take", "childkey")),
        Term("MEV shield", "14", "A way to send a trade encrypted, so that nobody can read it and "
             "trade around it before it is in order. Since December 2025.", chain="MevShield",
             everyday=True),
    )
)  # fmt: skip
