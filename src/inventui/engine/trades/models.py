"""Trades, as read models and outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from inventui.engine.core.models import Balance
from inventui.engine.inventory.models import ItemLine
from inventui.rules.core.refusal import Refusal
from inventui.rules.trades.trades import TradeState


@dataclass(frozen=True, slots=True)
class TradeOffer:
    """What one player would give for what.

    Attributes:
        give: numbers of the player's own player items.
        give_oranges: oranges of theirs.
        ask: numbers of the other's player items.
        ask_oranges: oranges of the other.
    """

    give: tuple[int, ...] = ()
    give_oranges: int = 0
    ask: tuple[int, ...] = ()
    ask_oranges: int = 0
    message: str = ""


@dataclass(frozen=True, slots=True)
class TradeSide:
    """What one side of a trade gives.

    Attributes:
        name: whose side.
        neighbour: whether a computer plays them.
        value: of the player items and the oranges together, in oranges.
    """

    name: str
    neighbour: bool
    player_items: tuple[ItemLine, ...]
    oranges: int
    value: int


@dataclass(frozen=True, slots=True)
class TradeView:
    """A trade as one of its two players sees it.

    Attributes:
        mine: whether the player proposed it.
        give: what the player gives.
        get: what the player gets.
        answer: what was said when it ended, if anything.
        until: when it ends by itself.
        ended_at: None while it is open.
        counter_of: the number of the trade that it answers, or None.
        refusal: why the player can't accept it now; None if they can, if it has ended, or if
            they proposed it.
    """

    id: int
    state: TradeState
    mine: bool
    give: TradeSide
    get: TradeSide
    message: str
    answer: str
    at: int
    until: int
    ended_at: int | None
    counter_of: int | None
    refusal: Refusal | None

    @property
    def other(self) -> str:
        """The other player's name."""
        return self.get.name

    @property
    def waits_for_me(self) -> bool:
        """Whether it is the player's turn to answer."""
        return self.state is TradeState.OPEN and not self.mine


@dataclass(frozen=True, slots=True)
class TradePage:
    """Trades of one player, the newest first.

    Attributes:
        next: the `before` of the next page, or None at the end.
    """

    trades: tuple[TradeView, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class TradeEnded:
    """A trade ended.

    Attributes:
        other: the other player's name.
        received: the player's own numbers of what they got.
        got: names of what they got.
        gave: names of what they gave.
        answer: what was said.
    """

    operation: int
    trade: int
    state: TradeState
    other: str
    received: tuple[int, ...]
    got: tuple[str, ...]
    gave: tuple[str, ...]
    got_oranges: int
    gave_oranges: int
    answer: str
    balance: Balance
    at: int
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class TradeMade:
    """A trade was proposed; what is offered is held.

    Attributes:
        trade: its number.
        counter_of: the number of the trade that it answers, which ended with it, or None.
        answer: how a neighbour answered it at once; None if it is still open.
    """

    operation: int
    trade: int
    other: str
    until: int
    balance: Balance
    counter_of: int | None = None
    answer: TradeEnded | None = None
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class TradeQuote:
    """What a trade would come to, before it is proposed.

    Attributes:
        give: the player's side.
        get: the other's side.
        refusal: why it can't be proposed, or None.
        mood: what a neighbour would say to it; empty for a person.
    """

    give: TradeSide
    get: TradeSide
    refusal: Refusal | None
    mood: str = ""
