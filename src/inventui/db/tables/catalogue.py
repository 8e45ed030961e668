"""Tables of the catalogue: settings, packs, items, stocks, odds tables and cases."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from inventui.db.tables.types import STRICT, one_of
from inventui.rules.core.enums import PriceTier, Rarity


class WorldSettingRow(SQLModel, table=True):
    """A setting of the world: its seed, when it was made, the digest of its catalogue."""

    __tablename__ = "world_setting"
    __table_args__: ClassVar[Any] = (STRICT,)

    name: str = Field(primary_key=True)
    value: str


class PackLayerRow(SQLModel, table=True):
    """A pack that the world has or had, with a copy of its files. Never deleted."""

    __tablename__ = "pack_layer"
    __table_args__: ClassVar[Any] = (STRICT,)

    id: int = Field(default=None, primary_key=True)
    pack: str = Field(unique=True)
    """Its own id."""
    plain: int
    """1: its ids stand in the catalogue as they are; 0: after its own id and a colon."""
    version: str
    digest: str
    files: str
    """As JSON, name to text; empty where a world of before did not keep them."""
    position: int
    """Those in force are laid upon each other in this order."""
    active: int = 1


class EconomyNumbersRow(SQLModel, table=True):
    """Numbers of the economy, and after which operation they came into force."""

    __tablename__ = "economy_numbers"
    __table_args__: ClassVar[Any] = (STRICT,)

    after_operation: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """The number of the last operation before; 0 from the beginning."""
    numbers: str
    """As JSON; see `rules.audited_numbers`."""


class CategoryRow(SQLModel, table=True):
    """A category that items may have; filled from the enum, and never deleted."""

    __tablename__ = "category"
    __table_args__: ClassVar[Any] = (STRICT,)

    name: str = Field(primary_key=True)


class ItemRow(SQLModel, table=True):
    """An item. Never deleted, for player items point to it."""

    __tablename__ = "item"
    __table_args__: ClassVar[Any] = (
        one_of("rarity", Rarity),
        one_of("tier", PriceTier),
        CheckConstraint("value >= 0", name="value_range"),
        Index("item_by_name_and_value", "name", "value"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    description: str = ""
    flavour: str = ""
    category: str = Field(foreign_key="category.name")
    rarity: str
    rarity_rank: int
    tier: str
    price_oranges: int = Field(default=0, sa_type=BigInteger)
    price_gems: int = Field(default=0, sa_type=BigInteger)
    value: int = Field(default=0, sa_type=BigInteger)
    """What the house pays for it, in oranges."""
    emoji: str = ""
    sprite: str = ""
    style: str = ""
    image_url: str = ""
    details: str = "{}"
    """Fields of its kind, as JSON."""
    active: int = 1


class StockRow(SQLModel, table=True):
    """The stock of a limited edition, of which `sold` were bought."""

    __tablename__ = "stock"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("sold BETWEEN 0 AND first", name="stock_range"),
        STRICT,
    )

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    edition: int
    """How many were ever made."""
    first: int
    """How many there were when the world began to sell it."""
    sold: int = 0


class OddsTableRow(SQLModel, table=True):
    """An odds table in its canonical form, kept for ever under its hash."""

    __tablename__ = "odds_table"
    __table_args__: ClassVar[Any] = (STRICT,)

    id: int = Field(default=None, primary_key=True)
    hash: str = Field(unique=True)
    canonical: str


class CaseRow(SQLModel, table=True):
    """A case that can be opened, with the odds table in force."""

    __tablename__ = "case_box"
    __table_args__: ClassVar[Any] = (
        CheckConstraint("price > 0", name="price_range"),
        STRICT,
    )

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    description: str = ""
    price: int = Field(sa_type=BigInteger)
    sprite: str = ""
    position: int
    odds_table_id: int = Field(foreign_key="odds_table.id")
    active: int = 1
