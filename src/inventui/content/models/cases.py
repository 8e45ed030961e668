"""Models of cases: their entries, pools, nested tables and guarantees."""

from fractions import Fraction
from typing import Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from inventui.content.models.fields import (
    Flag,
    Name,
    NamedTable,
    Percent,
    Positive,
    Slug,
    Table,
    Text,
    Tint,
    Weight,
    Whole,
)
from inventui.rules.cases.guarantee import MOST_AFTER
from inventui.rules.cases.odds import MOST_ROLLS
from inventui.rules.core.enums import Rarity

MOST_ENTRIES = 1_000
"""Most entries of a case once groups and tables are laid out."""


MOST_COUNT = 1_000

_OF_AN_ITEM = ("name", "value", "count", "sprite", "tint")
"""Fields that say nothing of a group or a table; of nothing only its name can be said."""


class EntryModel(Table):
    """An entry of a case or a nested table.

    It gives one item, or nothing, or is a group (`items`, or `entries` of its own), or stands for
    a `table`. It has a chance in percent or a weight: weights share what the chances of their list
    leave. Name, value, rarity and sprite are the item's unless given.

    Attributes:
        count: so many of the item at once, won as one thing of so many times its value.
        group: what the odds show it together with; a group's is its rarity unless given.
    """

    item: Slug | None = None
    nothing: Flag = False
    table: Slug | None = None
    items: tuple[Slug, ...] = Field(default=(), max_length=MOST_ENTRIES)
    entries: tuple["EntryModel", ...] = Field(default=(), max_length=MOST_ENTRIES)
    weight: Weight | None = None
    chance: Percent | None = Field(default=None, validate_default=True)
    count: int = Field(default=1, strict=True, ge=1, le=MOST_COUNT)
    group: Name | None = None
    name: Name | None = None
    value: Whole | None = None
    rarity: Rarity | None = None
    sprite: str = ""
    tint: Tint

    def label(self, number: int) -> str:
        """How faults call it: by what it gives, else by its place from 1."""
        return self.item or self.table or f"#{number}"

    @field_validator("chance")
    @classmethod
    def _one_or_the_other(cls, chance: Fraction | None, info: ValidationInfo) -> Fraction | None:
        if chance is None and info.data.get("weight", 0) is None:
            raise ValueError("it is missing, and so is a weight")
        if chance is not None and info.data.get("weight") is not None:
            raise ValueError("there is a weight already; take one of the two")
        return chance

    @model_validator(mode="after")
    def _gives_one_thing(self) -> Self:
        gives = (self.item, self.nothing, self.table, self.items, self.entries)
        if sum(map(bool, gives)) != 1:
            raise ValueError("it needs one of item, nothing, table, items and entries")
        said = [field for field in _OF_AN_ITEM if field in self.model_fields_set]
        if said and not (self.item or (self.nothing and said == ["name"])):
            raise ValueError(f"only an entry with an item has {' and '.join(said)}")
        return self


class TableModel(NamedTable):
    """A nested table, which entries of cases and of other tables can stand for."""

    name: Name | None = None
    entries: tuple[EntryModel, ...] = Field(min_length=1, max_length=MOST_ENTRIES)


class GuaranteeModel(Table):
    """After so many rolls without a rarity the next one gives it; see `rules.cases.guarantee`.

    Attributes:
        step: by how many percent the chance rises with each roll after `from` misses.
    """

    rarity: Rarity
    after: int = Field(strict=True, ge=1, le=MOST_AFTER)
    rises_from: int | None = Field(default=None, alias="from", strict=True, ge=0)
    step: Percent | None = None


class PoolModel(Table):
    """One of several lists of entries that an opening rolls in, and how often."""

    rolls: int = Field(default=1, strict=True, ge=1, le=MOST_ROLLS)
    entries: tuple[EntryModel, ...] = Field(min_length=1, max_length=MOST_ENTRIES)


class CaseModel(NamedTable):
    """A case with its entries; or with several pools, each with entries of its own."""

    name: Name
    description: Text = ""
    price: Positive
    sprite: str = ""
    tint: Tint
    rolls: int = Field(default=1, strict=True, ge=1, le=MOST_ROLLS)
    guarantee: GuaranteeModel | None = None
    pools: tuple[PoolModel, ...] = Field(default=(), max_length=MOST_ROLLS)
    entries: tuple[EntryModel, ...] = Field(
        default=(), max_length=MOST_ENTRIES, validate_default=True
    )

    @field_validator("entries")
    @classmethod
    def _entries_or_pools(
        cls, entries: tuple[EntryModel, ...], info: ValidationInfo
    ) -> tuple[EntryModel, ...]:
        if bool(entries) == bool(info.data.get("pools", not entries)):
            raise ValueError("it needs entries, or pools with entries of their own")
        return entries
