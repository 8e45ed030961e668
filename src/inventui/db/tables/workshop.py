"""Tables of the workshop: fusions with their inputs, and completed collections."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of
from inventui.rules.core.enums import Rarity


class FusionRow(SQLModel, table=True):
    """A fusion of collectibles of one rarity into one of the next, by a roll."""

    __tablename__ = "fusion"
    __table_args__: ClassVar[Any] = (
        one_of("rarity", Rarity),
        CheckConstraint("fee > 0", name="fee_range"),
        CheckConstraint("inputs > 0", name="inputs_range"),
        Index("fusion_roll", "roll_id", unique=True),
        Index("fusion_of_player", "player_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    rarity: str
    """Of what went in."""
    fee: int = Field(sa_type=BigInteger)
    """In oranges."""
    roll_id: int = Field(foreign_key="roll.id")
    inputs: int
    """How many player items go into it."""


class FusionInputRow(SQLModel, table=True):
    """A player item that went into a fusion."""

    __tablename__ = "fusion_input"
    __table_args__: ClassVar[Any] = (
        Index("fusion_input_thing", "player_item_id", unique=True),
        Index("fusion_input_of_fusion", "fusion_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    fusion_id: int = Field(foreign_key="fusion.id")
    player_item_id: int = Field(foreign_key="player_item.id")


class CompletionRow(SQLModel, table=True):
    """A collection that a player has completed, once."""

    __tablename__ = "completion"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("oranges >= 0 AND gems >= 0", name="reward_range"),
        Index("completion_once", "player_id", "case_id", unique=True),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    player_id: int = Field(foreign_key="player.id")
    case_id: int = Field(foreign_key="case_box.id")
    at: int = Field(sa_type=BigInteger)
    oranges: int = Field(default=0, sa_type=BigInteger)
    gems: int = 0


class CountedPieceRow(SQLModel, table=True):
    """A player item that counted for a collection's reward, or whose origin did."""

    __tablename__ = "counted_piece"
    __table_args__: ClassVar[Any] = (
        Index("counted_piece_once", "player_item_id", unique=True),
        Index("counted_piece_of_completion", "completion_id", "id"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    operation_id: int = Field(foreign_key="operation.id")
    """The one that paid the reward, or that handed the piece on."""
    completion_id: int = Field(foreign_key="completion.id")
    player_item_id: int = Field(foreign_key="player_item.id")
