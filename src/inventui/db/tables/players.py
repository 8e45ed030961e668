"""Tables of players: their accounts and seed pairs."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of, partial_index
from inventui.rules.core.enums import SeedState
from inventui.rules.core.money import Currency


class PlayerRow(SQLModel, table=True):
    """A player: a person or a neighbour."""

    __tablename__ = "player"
    __table_args__: ClassVar[Any] = (Index("player_by_look", "look"), STRICT)

    id: int = Field(default=None, primary_key=True)
    name: str
    name_key: str = Field(unique=True)
    """The name with case and compatibility forms folded: what must be unique."""
    look: str
    """What it has in common with all names that look the same; see `db/confusables.py`."""
    created_at: int = Field(sa_type=BigInteger)
    revealed_operation_id: int = 0
    """Openings with a later number have not been shown to the player yet."""


class AccountRow(SQLModel, table=True):
    """An account of a player, or of a faucet or sink of the house; transfers alone change it."""

    __tablename__ = "account"
    __table_args__: ClassVar[Any] = (
        one_of("currency", Currency),
        CheckConstraint("(player_id IS NULL) <> (house IS NULL)", name="one_owner"),
        CheckConstraint("player_id IS NULL OR balance >= 0", name="never_below_zero"),
        Index("account_of_player", "player_id", "currency", unique=True),
        Index("account_of_house", "house", "currency", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    player_id: int | None = Field(default=None, foreign_key="player.id")
    house: str | None = None
    currency: str
    balance: int = Field(default=0, sa_type=BigInteger)
    spent: int = Field(default=0, sa_type=BigInteger)
    """How much was ever paid to the house from it."""
    last_transfer_id: int = 0
    lines: int = 0
    """How many transfers there were from and to it."""


class SeedPairRow(SQLModel, table=True):
    """A seed pair: a server seed, committed to before use, and the player's client seed."""

    __tablename__ = "seed_pair"
    __table_args__: ClassVar[Any] = (
        one_of("state", SeedState),
        CheckConstraint("nonce >= 0", name="nonce_range"),
        Index("seed_pair_number", "player_id", "number", unique=True),
        partial_index("seed_pair_active", "player_id", where="state = 'active'", unique=True),
        partial_index("seed_pair_next", "player_id", where="state = 'next'", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    player_id: int = Field(foreign_key="player.id")
    number: int
    state: str
    server_seed: str
    server_seed_hash: str
    client_seed: str
    nonce: int = 0
    retired_at: int | None = Field(default=None, sa_type=BigInteger)
