"""Money: the house's accounts, starting sums, and whether a player can pay."""

from enum import StrEnum

from inventui.rules.core.refusal import Reason, Refusal


class Currency(StrEnum):
    """What an account holds, always in whole numbers.

    Experience is no money, but it is earned by operations and must never be lost
    or counted twice, so the same journal keeps it.
    """

    ORANGES = "oranges"
    GEMS = "gems"
    EXPERIENCE = "experience"


STARTING = {Currency.ORANGES: 5_000, Currency.GEMS: 25}
"""What a new player starts with."""

ORANGES_PER_EXPERIENCE = 10
"""Oranges spent for one point of experience."""

MOST = 2**53 - 1
"""The most of a currency that anybody can have; JSON readers keep it exact."""

ASK_FROM = 4
"""A person is asked before they spend this part of their purse or more: a quarter."""

LEDGER_MOST = 2**63 - 1
"""The most that an account of the house can have paid or taken in: what a database counts to."""


class Questions(StrEnum):
    """Which questions a player wants to be asked before something is paid or sold."""

    ALWAYS = "always"
    RULE = "rule"
    RARE = "rare"


class HouseAccount(StrEnum):
    """The house's accounts: one for each faucet and sink, in each currency."""

    START = "start"
    PLAY = "play"
    DAILY_BONUS = "daily_bonus"
    ACHIEVEMENT = "achievement"
    BUSINESS = "business"
    SALE = "sale"
    RANK_UP = "rank_up"
    ADMIN = "admin"
    EXPERIENCE = "experience"
    CASE = "case"
    SHOP = "shop"
    BLACK_MARKET = "black_market"
    UPKEEP = "upkeep"
    OPERATING_COST = "operating_cost"
    BAZAAR_FEE = "bazaar_fee"
    FINE = "fine"
    WORKSHOP_FEE = "workshop_fee"
    REROLL = "reroll"
    TRADE_HOLD = "trade_hold"


FAUCETS = frozenset(
    {
        HouseAccount.START,
        HouseAccount.PLAY,
        HouseAccount.DAILY_BONUS,
        HouseAccount.ACHIEVEMENT,
        HouseAccount.BUSINESS,
        HouseAccount.SALE,
        HouseAccount.RANK_UP,
        HouseAccount.ADMIN,
        HouseAccount.EXPERIENCE,
    }
)
"""Accounts that only pay out: what came into the world."""

HOLDS = frozenset({HouseAccount.TRADE_HOLD})
"""Accounts that hold what is still a player's, and pay all of it back or on."""

SINKS = frozenset(HouseAccount) - FAUCETS - HOLDS
"""Accounts that only take in: what left the world."""


def experience_for(oranges_spent: int) -> int:
    """Points of experience for a sum spent in one operation."""
    return oranges_spent // ORANGES_PER_EXPERIENCE


def money_words(amount: int, currency: Currency) -> str:
    """`1,234 oranges`, `1 gem`: a sum as a sentence says it."""
    word = str(currency)
    if amount == 1 and word.endswith("s"):
        word = word[:-1]
    return f"{amount:,} {word}"


_HELP = {
    Currency.ORANGES: "Shifts, the daily bonus and sales bring oranges.",
    Currency.GEMS: "A new rank, an achievement or the seventh day of a streak would help.",
    Currency.EXPERIENCE: "Whatever you do in the game would help.",
}


def asks_first(
    price: int, purse: int, questions: Questions = Questions.RULE, *, rare: bool = False
) -> bool:
    """Whether to ask before a price is paid: it is much of a purse that holds as much.

    Args:
        price: what is to be paid.
        purse: what is there for it.
        questions: which ones the player wants: every one, or only those about what is rare.
        rare: whether something rare, or better, is paid for.
    """
    if questions is Questions.ALWAYS:
        return 0 < price <= purse
    return 0 < price <= purse <= price * ASK_FROM and (questions is Questions.RULE or rare)


def asks_before_parting(
    worth: int, purse: int, questions: Questions = Questions.RULE, *, rare: bool = False
) -> bool:
    """Whether to ask before something goes that can be taken back: only if it is dear.

    Args:
        worth: of what is sold or thrown away.
        purse: what the player has.
        questions: which ones the player wants.
        rare: whether something rare, or better, is among it.
    """
    dear = questions is Questions.RULE and worth * ASK_FROM >= purse
    return rare or questions is Questions.ALWAYS or (dear and worth > 0)


def asks_whatever_the_price(questions: Questions, *, rare: bool = False) -> bool:
    """Whether to ask before what is asked about whatever it costs, e.g. before a fusion.

    Args:
        questions: which ones the player wants.
        rare: whether something rare, or better, is concerned.
    """
    return rare or questions is not Questions.RARE


def can_pay(required: int, current: int, currency: Currency) -> Refusal | None:
    """None if `current` covers `required`; else a refusal with both and what is missing.

    It names what brings the currency, not a single sale: nobody has counted here whether all
    that could be sold would do.
    """
    if current >= required:
        return None
    missing = required - current
    return Refusal(
        Reason.INSUFFICIENT_FUNDS,
        f"You need {money_words(missing, currency)} more: it costs "
        f"{money_words(required, currency)} and you have {current:,}. {_HELP[currency]}",
        {"required": required, "current": current, "missing": missing, "currency": str(currency)},
    )


def check_purse(name: str, amount: int, room: int, currency: Currency) -> Refusal | None:
    """None if a player can be paid a sum by another; nobody can have more than `MOST`.

    Args:
        name: whose purse is paid into; empty for that of whoever asks.
        amount: what would be paid.
        room: how much more the player can have.
        currency: of both.
    """
    if amount <= room:
        return None
    return Refusal(
        Reason.PURSE_FULL,
        f"Nobody can have more than {money_words(MOST, currency)}: "
        f"{name or 'you'} can take {room:,} more, not {amount:,}.",
        {"amount": amount, "room": room, "most": MOST, "currency": str(currency)},
    )


def unpaid_words(amount: int, currency: Currency) -> str:
    """The notification of what the house did not pay, for want of room."""
    return (
        f"Your purse is full: nobody can have more than {money_words(MOST, currency)}, "
        f"so {amount:,} of what you earned {'was' if amount == 1 else 'were'} not paid."
    )


def check_price(price: int, shown: int | None, currency: Currency) -> Refusal | None:
    """None if something costs what the player saw; `shown` is None if nobody says."""
    if shown in (None, price):
        return None
    return Refusal(
        Reason.PRICE_CHANGED,
        f"It costs {money_words(price, currency)} now, not {shown:,}, as you saw it. Nothing was "
        "paid; look again first.",
        {"price": price, "shown": shown, "currency": str(currency)},
    )
