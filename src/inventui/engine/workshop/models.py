"""Read models and outcomes of the workshop and of collections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.cases.models import Opening, Roll
from inventui.engine.core.models import Balance
from inventui.engine.inventory.models import ItemLine
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Refusal
from inventui.rules.workshop import NAME, table_name


@dataclass(frozen=True, slots=True)
class FusionInput:
    """A player item that is to go into a fusion.

    Attributes:
        case: the slug of the case whose pool it brings; empty if there is none.
        case_name: that case's name.
    """

    player_item: ItemLine
    case: str
    case_name: str


@dataclass(frozen=True, slots=True)
class FusionQuote:
    """What a fusion would be, before it is done.

    Attributes:
        inputs: what would go in, as far as it was named.
        rarity: of the inputs, or None while there are none.
        result: the rarity that would come out.
        fee: in oranges.
        value: of the inputs together, in oranges.
        odds: the chances, once they are known; committed to by their hash.
        sprites: of the odds' entries, in their order.
        emoji: of the odds' entries, in their order.
        refusal: why it can't be done, or None.
    """

    inputs: tuple[FusionInput, ...]
    rarity: Rarity | None
    result: Rarity | None
    fee: int
    value: int
    odds: OddsTable | None
    sprites: tuple[str, ...]
    emoji: tuple[str, ...]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Fused:
    """A fusion was done.

    Attributes:
        fusion: its number.
        rarity: of what went in.
        inputs: the numbers of what went in, which are gone.
        names: their names.
        value: what went in was worth, in oranges.
        roll: what came out.
    """

    operation: int
    fusion: int
    rarity: Rarity
    inputs: tuple[int, ...]
    names: tuple[str, ...]
    value: int
    fee: int
    roll: Roll
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False

    @property
    def opening(self) -> Opening:
        """The fusion as a reveal shows it: the inputs' value and the fee are what was paid."""
        return Opening(
            operation=self.operation,
            case=table_name(self.rarity),
            case_name=NAME,
            paid=self.value + self.fee,
            rolls=(self.roll,),
            balance=self.balance,
            experience_gained=self.experience_gained,
            rank_up=self.rank_up,
            at=self.at,
            repeat=self.repeat,
            fused=True,
        )


@dataclass(frozen=True, slots=True)
class FusionLine:
    """A fusion of the past.

    Attributes:
        names: of what went in.
        entry: what came out.
        item_id: the player's number of it.
    """

    id: int
    at: int
    rarity: Rarity
    names: tuple[str, ...]
    fee: int
    entry: str
    value: int
    result: Rarity
    item_id: int


@dataclass(frozen=True, slots=True)
class CollectionPiece:
    """An item of a collection.

    Attributes:
        value: in oranges.
        held: how many the player has now.
        known: whether the player ever had one.
        parts: its chance in the case, in parts of 1,000,000.
        counts: whether the player has one that counted for no reward yet.
    """

    slug: str
    name: str
    category: Category
    rarity: Rarity
    value: int
    sprite: str
    emoji: str
    held: int
    known: bool
    parts: int
    counts: bool


@dataclass(frozen=True, slots=True)
class CollectionView:
    """A collection: every piece that a case can give, and what of it one player has.

    Attributes:
        slug: the case's.
        pieces: in the case's order.
        oranges: the reward on completion.
        gems: the reward on completion.
        done_at: when it was completed, or None.
        refusal: why the reward can't be taken now, or None.
    """

    slug: str
    name: str
    sprite: str
    pieces: tuple[CollectionPiece, ...]
    oranges: int
    gems: int
    done_at: int | None
    refusal: Refusal | None

    @property
    def held(self) -> int:
        """How many different pieces the player has now."""
        return sum(piece.held > 0 for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Completed:
    """A collection was completed and its reward paid."""

    operation: int
    collection: str
    name: str
    oranges: int
    gems: int
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False
    unpaid: Mapping[Currency, int] = field(default_factory=dict)
