"""Tables of the journals: operations, transfers, moves, rolls; and what follows from them.

Operations, transfers, moves and rolls are journals: they are only ever added to.
`player_item.status`, `account.balance`, `seed_pair.nonce` and `holding` are projections
that the triggers of `guards` derive from them.
"""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from inventui.db.guards.sql import (
    BOUGHT_SQL,
    FED_SQL,
    GEAR_SQL,
    HELD_SQL,
    HERE_SQL,
    LOCKED_SQL,
    SALE_SQL,
)
from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.core.enums import Acquisition, EffectKind, Event, Status
from inventui.rules.core.money import Currency


class OperationRow(SQLModel, table=True):
    """One change of the world, and the first answer it gave."""

    __tablename__ = "operation"
    __table_args__: ClassVar[Any] = (
        Index("operation_key", "scope", "key", unique=True),
        Index("operation_of_player", "player_id", "id"),
        Index("operation_of_kind", "player_id", "kind", "id"),
        partial_index("operation_told", "player_id", "id", where="kind <> 'settle'"),
        partial_index("operation_here", "player_id", "id", where=HERE_SQL),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    scope: int
    """The player that the key belongs to, or 0 for the world's own operations."""
    key: str
    player_id: int | None = Field(default=None, foreign_key="player.id")
    kind: str
    request: str
    """What was asked for, as canonical JSON: the same key may only ask for the same."""
    at: int = Field(sa_type=BigInteger)
    outcome: str | None = None


class TransferRow(SQLModel, table=True):
    """One movement of money from account to account, with both balances after it."""

    __tablename__ = "transfer"
    __table_args__: ClassVar[Any] = (
        one_of("currency", Currency),
        CheckConstraint("amount > 0", name="amount_range"),
        CheckConstraint("from_account_id <> to_account_id", name="two_accounts"),
        Index("transfer_out", "from_account_id", "id"),
        Index("transfer_in", "to_account_id", "id"),
        Index("transfer_of_operation", "operation_id"),
        partial_index("transfer_sale", "to_account_id", "amount", where=SALE_SQL),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    kind: str
    currency: str
    amount: int = Field(sa_type=BigInteger)
    from_account_id: int = Field(foreign_key="account.id")
    to_account_id: int = Field(foreign_key="account.id")
    from_balance: int = Field(sa_type=BigInteger)
    to_balance: int = Field(sa_type=BigInteger)


class PlayerItemRow(SQLModel, table=True):
    """A player item, which keeps its player for ever; its status follows from its moves."""

    __tablename__ = "player_item"
    __table_args__: ClassVar[Any] = (
        one_of("status", Status),
        one_of("acquisition", Acquisition),
        CheckConstraint("locked IN (0, 1)", name="locked_flag"),
        CheckConstraint("durability >= 0", name="durability_range"),
        CheckConstraint("uses >= 0", name="uses_range"),
        CheckConstraint("(status IS NULL) = (version = 0)", name="status_has_a_move"),
        partial_index("player_item_held", "player_id", "id", where=HELD_SQL),
        partial_index("player_item_gear", "player_id", "id", where=GEAR_SQL),
        partial_index("player_item_held_of_item", "player_id", "item_id", "id", where=HELD_SQL),
        Index("player_item_status", "player_id", "status", "id"),
        partial_index("player_item_locked", "player_id", "item_id", where=LOCKED_SQL),
        partial_index(
            "player_item_slot", "player_id", "category", where="status = 'equipped'", unique=True
        ),
        partial_index("player_item_bought", "item_id", where=BOUGHT_SQL),
        partial_index(
            "player_item_heir",
            "origin_id",
            where="origin_id IS NOT NULL AND status <> 'returned'",
            unique=True,
        ),
        partial_index("player_item_origin", "origin_id", where="origin_id IS NOT NULL"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    player_id: int = Field(foreign_key="player.id")
    item_id: int = Field(foreign_key="item.id")
    category: str
    status: str | None = None
    version: int = 0
    """Number of its last move."""
    locked: int = 0
    acquired_at: int = Field(sa_type=BigInteger)
    acquisition: str
    price_paid: int = Field(default=0, sa_type=BigInteger)
    source: str = ""
    """From whom or what: a case's slug, a giver's name."""
    origin_id: int | None = Field(default=None, foreign_key="player_item.id")
    """The row that ended where this one begins."""
    gems_paid: int = Field(default=0, sa_type=BigInteger)
    uses: int | None = None
    """Uses left of a consumable."""
    durability: int | None = None
    condition: int = 0
    """Number of its last condition line."""
    held_until: int | None = Field(default=None, sa_type=BigInteger)
    """When escrow lets it go."""


class MoveRow(SQLModel, table=True):
    """A line of a player item's journal."""

    __tablename__ = "move"
    __table_args__: ClassVar[Any] = (
        one_of("event", Event),
        one_of("from_status", Status),
        one_of("to_status", Status),
        CheckConstraint("version > 0", name="version_range"),
        Index("move_number", "player_item_id", "version", unique=True),
        Index("move_of_operation", "operation_id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    player_item_id: int = Field(foreign_key="player_item.id")
    version: int
    event: str
    from_status: str | None = None
    to_status: str
    operation_id: int = Field(foreign_key="operation.id")


class ConditionRow(SQLModel, table=True):
    """What is left of a player item's uses or durability after an operation."""

    __tablename__ = "condition"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("number > 0", name="number_range"),
        CheckConstraint("uses >= 0", name="uses_range"),
        CheckConstraint("durability >= 0", name="durability_range"),
        Index("condition_number", "player_item_id", "number", unique=True),
        Index("condition_of_operation", "operation_id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_item_id: int = Field(foreign_key="player_item.id")
    number: int
    uses: int | None = None
    durability: int | None = None


class EffectRow(SQLModel, table=True):
    """An effect on a player: BigPulp is fed, or their drawer shows what was thrown."""

    __tablename__ = "effect"
    __table_args__: ClassVar[Any] = (
        one_of("kind", EffectKind),
        Index("effect_of_player", "player_id", "kind", "id"),
        Index("effect_until", "player_id", "kind", "until"),
        partial_index("effect_fed", "player_id", where=FED_SQL),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    by_player_id: int = Field(foreign_key="player.id")
    kind: str
    until: int | None = Field(default=None, sa_type=BigInteger)
    """When it ends by itself."""
    ended_by: int | None = Field(default=None, foreign_key="operation.id")
    """The operation that used it up."""


class VisitRow(SQLModel, table=True):
    """A visit to a player's drawer, at most one a day by each visitor."""

    __tablename__ = "visit"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("visitor_id <> host_id", name="two_players"),
        Index("visit_of_host", "host_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id", unique=True)
    visitor_id: int = Field(foreign_key="player.id")
    host_id: int = Field(foreign_key="player.id")


class RollRow(SQLModel, table=True):
    """One roll, by a seed pair and a nonce of it; it gave at most one player item."""

    __tablename__ = "roll"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("ticket BETWEEN 0 AND 999999", name="ticket_range"),
        CheckConstraint("nonce >= 0", name="nonce_range"),
        Index("roll_nonce", "seed_pair_id", "nonce", unique=True),
        Index(
            "roll_promised",
            "seed_pair_id",
            "promised_case",
            "nonce",
            sqlite_where=text("promised_case IS NOT NULL"),
            postgresql_where=text("promised_case IS NOT NULL"),
        ),
        Index("roll_of_operation", "operation_id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    seed_pair_id: int = Field(foreign_key="seed_pair.id")
    nonce: int
    purpose: str
    """What it decided: `case`."""
    ticket: int
    odds_table_id: int = Field(foreign_key="odds_table.id")
    entry: int
    """Index of the winning entry in the odds table."""
    player_item_id: int | None = Field(default=None, foreign_key="player_item.id", unique=True)
    draw: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Which roll of its opening it is, from 0."""
    since: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """Rolls of the case and seed pair since the guarantee's last hit."""
    promised_case: str | None = None
    """Slug of the case, where its odds have a guarantee: it finds the last roll that counts."""


class HoldingRow(SQLModel, table=True):
    """How many of an item a player holds, so that totals and deep pages are quick."""

    __tablename__ = "holding"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("held >= 0 AND escrowed >= 0", name="count_range"),
        STRICT,
    )

    player_id: int = Field(primary_key=True, foreign_key="player.id")
    item_id: int = Field(primary_key=True, foreign_key="item.id")
    held: int = 0
    escrowed: int = 0
    last_move_id: int = 0
    """The last move that was counted."""
