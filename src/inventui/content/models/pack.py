"""Models of the pack's own table, its achievements, quests and neighbours."""

from pydantic import Field, field_validator

from inventui.content.models.fields import (
    Emoji,
    Name,
    NamedTable,
    Positive,
    ShortSlug,
    Slug,
    Table,
    Text,
    Tint,
    Whole,
)
from inventui.rules.achievements import Condition
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity
from inventui.rules.core.text import NAME_LENGTH, faults_of_text


class PackModel(Table):
    """The `[pack]` table; `id` is what other packs write before the ids of this one."""

    id: ShortSlug
    name: Name
    version: Name
    author: Text = ""
    description: Text = ""


class AchievementModel(NamedTable):
    """An achievement and its rewards."""

    name: Name
    description: Text = ""
    emoji: Emoji = ""
    condition: Condition
    threshold: Positive
    oranges: Whole = 0
    gems: Whole = 0
    experience: Whole = 0
    item: Slug | None = None


class QuestModel(AchievementModel):
    """A quest of the first evening: one of them stands on Home at a time, in their order."""


class NeighbourModel(NamedTable):
    """A computer neighbour: who it is, what it likes, wears and holds.

    `friendliness`, `generosity` and `mischief` are percentages: how readily it befriends,
    gives and robs.
    """

    name: Name
    character: Text
    emoji: Emoji = ""
    sprite: str = ""
    tint: Tint
    taste: tuple[Category, ...] = ()
    favourite_rarity: Rarity = Rarity.COMMON
    friendliness: int = Field(default=50, strict=True, ge=0, le=100)
    generosity: int = Field(default=50, strict=True, ge=0, le=100)
    mischief: int = Field(default=50, strict=True, ge=0, le=100)
    oranges: Whole = 0
    wardrobe: tuple[Slug, ...] = ()
    gear: tuple[Slug, ...] = Field(default=(), max_length=10)
    lines: tuple[Text, ...] = ()

    @field_validator("name")
    @classmethod
    def _fits_a_player(cls, name: str) -> str:
        faults = faults_of_text(name, NAME_LENGTH)
        if faults:
            raise ValueError("; ".join(faults))
        return name
