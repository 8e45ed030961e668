"""Read models and outcomes: what the engine hands up, as frozen dataclasses.

This module imports no database, so that screens may use it before one is open. Times
are milliseconds since 1970-01-01 UTC; sums and values are whole oranges unless named
otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from inventui.rules.enums import Acquisition, Category, Currency, Event, Rarity, Status
from inventui.rules.inventory import Sort, Tab
from inventui.rules.odds import OddsTable
from inventui.rules.proof import Verification as Verification
from inventui.rules.ranks import Standing, standing
from inventui.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Balance:
    """What a player has."""

    oranges: int
    gems: int


@dataclass(frozen=True, slots=True)
class PlayerCard:
    """A player at a glance."""

    id: int
    name: str
    experience: int
    oranges: int
    gems: int

    @property
    def standing(self) -> Standing:
        """Rank and progress."""
        return standing(self.experience)


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A line of the list of cases."""

    id: str
    name: str
    price: int
    return_to_player: Fraction
    best_name: str
    best_value: int
    best_rarity: Rarity


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case with everything that is known before opening it.

    `sprites` and `emoji` follow the order of `odds.entries`.
    """

    id: str
    name: str
    description: str
    price: int
    sprite: str
    odds: OddsTable
    sprites: tuple[str, ...]
    emoji: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll and what it won.

    Attributes:
        entry: the winning entry's name.
        entry_index: its place in the odds table.
        item_id: the player item that it gave.
        server_seed_hash: the commitment that stood before the roll.
    """

    nonce: int
    ticket: int
    entry: str
    entry_index: int
    value: int
    rarity: Rarity
    item_id: int
    server_seed_hash: str
    client_seed: str
    odds_hash: str


@dataclass(frozen=True, slots=True)
class Opening:
    """The outcome of opening a case once or up to 100 times."""

    operation: int
    case: str
    case_name: str
    paid: int
    rolls: tuple[Roll, ...]
    balance: Balance
    experience_gained: int
    rank_up: str | None
    at: int
    repeat: bool = False

    @property
    def won(self) -> int:
        """Total value of what was won."""
        return sum(roll.value for roll in self.rolls)


@dataclass(frozen=True, slots=True)
class SeedPair:
    """A seed pair as its player may see it: the server seed only once retired."""

    number: int
    server_seed_hash: str
    client_seed: str
    nonce: int
    server_seed: str | None = None
    retired_at: int | None = None


@dataclass(frozen=True, slots=True)
class FairnessState:
    """The active pair, the commitment of the next one, and the latest retired, newest first."""

    active: SeedPair
    next_server_seed_hash: str
    retired: tuple[SeedPair, ...]


@dataclass(frozen=True, slots=True)
class Rotation:
    """The outcome of a rotation or of a new client seed."""

    operation: int
    retired: SeedPair
    active: SeedPair
    next_server_seed_hash: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class ProofExport:
    """Where a proof file was written and what it proves."""

    path: str
    pairs: int
    rolls: int


@dataclass(frozen=True, slots=True)
class InventoryQuery:
    """Which of a player's things, in which order. Without a status: what the tab holds."""

    tab: Tab = Tab.ALL
    sort: Sort = Sort.NEWEST
    status: Status | None = None
    rarity: Rarity | None = None
    min_value: int = 0
    search: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line of the inventory."""

    id: int
    name: str
    category: Category
    rarity: Rarity
    value: int
    status: Status
    locked: bool
    acquired_at: int
    sprite: str
    emoji: str


@dataclass(frozen=True, slots=True)
class InventoryPage:
    """A stretch of the inventory.

    Attributes:
        items: the lines, in the order asked for.
        total: how many match the query in all.
        next: the `after` of the next page, or None at the end.
    """

    items: tuple[ItemLine, ...]
    total: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of everything held (owned, worn, listed, offered)."""

    total_items: int
    total_value: int
    by_rarity: Mapping[Rarity, int]
    highest_value: int
    total_spent: int


@dataclass(frozen=True, slots=True)
class ItemDetail:
    """One thing with all that its player may know.

    `odds_parts` is the winning entry's probability in parts of 1,000,000, with `ticket`,
    `nonce` and `case_name`, if a case gave it.
    """

    line: ItemLine
    slug: str
    description: str
    flavour: str
    image_url: str
    acquisition: Acquisition
    price_paid: int
    source: str
    case_name: str | None = None
    nonce: int | None = None
    ticket: int | None = None
    odds_parts: int | None = None
    seed_hash: str | None = None
    same_held: int = 1


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """One thing of several that could not be done."""

    id: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class SaleQuote:
    """What a sale would bring, asked before it: the sellable ids and the rest with reasons."""

    ids: tuple[int, ...]
    total_value: int
    refused: tuple[RefusedItem, ...]


@dataclass(frozen=True, slots=True)
class Sale:
    """The outcome of selling to the house."""

    operation: int
    items_sold: int
    total_value: int
    balance: Balance
    refused: tuple[RefusedItem, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class LockChange:
    """The outcome of locking or unlocking."""

    operation: int
    locked: bool
    changed: int
    refused: tuple[RefusedItem, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Discard:
    """The outcome of throwing a thing away."""

    operation: int
    item_id: int
    name: str
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """The outcome of a gift from the world's owner."""

    operation: int
    player: str
    oranges: int
    gems: int
    item_id: int | None
    item_name: str | None
    balance: Balance
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One transfer as a player sees it: `amount` is negative when it left them."""

    id: int
    at: int
    operation: int
    kind: str
    currency: Currency
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """A stretch of the ledger, newest first."""

    lines: tuple[LedgerLine, ...]
    total: int
    next: int | None


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One line of a thing's journal."""

    at: int
    from_status: Status | None
    to_status: Status
    event: Event
    operation: int
    kind: str
    player: str
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemHistory:
    """A thing's way from its roll or purchase to now, oldest first.

    `origin` names what made it: the acquisition of its first row, with the roll or price.
    """

    item: ItemLine
    events: tuple[HistoryEvent, ...]
    origin: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """One thing that an audit looked at."""

    name: str
    ok: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What an audit found."""

    checks: tuple[AuditCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)


@dataclass(frozen=True, slots=True)
class SimulationEntry:
    """One entry of a simulation: what the odds say and what was seen."""

    name: str
    rarity: Rarity
    value: int
    expected: float
    seen: int


@dataclass(frozen=True, slots=True)
class Simulation:
    """Many rolls of one case against its odds.

    `chi_square` has `degrees` degrees of freedom; `p_value` is the chance of a value as
    large or larger if the odds hold.
    """

    case: str
    seed: str
    rolls: int
    entries: tuple[SimulationEntry, ...]
    chi_square: float
    degrees: int
    p_value: float
    paid: int
    won: int
    expected_return: Fraction = field(default_factory=Fraction)
