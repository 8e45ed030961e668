"""Loadout: the gear that each side of a robbery wears."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.situation import arrears_of
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.property import Arrears, reduced

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Worn(NamedTuple):
    id: int
    item_id: int


_WORN = Statement(
    "SELECT id, item_id FROM player_item WHERE player_id = :player"
    " AND status = 'equipped' AND category IN ('weapon', 'armor', 'housing')",
    _Worn,
)
_FIGURES = {
    Category.WEAPON: "rob_bonus",
    Category.ARMOR: "defence_bonus",
    Category.HOUSING: "insurance",
}


@dataclass(frozen=True, slots=True)
class GearPiece:
    """A piece of gear that is worn; `figure` is its bonus, defence or insurance in percent."""

    id: int
    name: str
    figure: int


@dataclass(frozen=True, slots=True)
class Loadout:
    """What one side of a robbery wears; arrears of upkeep have lowered the figures."""

    weapon: GearPiece | None = None
    armour: GearPiece | None = None
    home: GearPiece | None = None

    @property
    def bonus(self) -> int:
        """The weapon's bonus, in percent."""
        return 0 if self.weapon is None else self.weapon.figure

    @property
    def defence(self) -> int:
        """The armour's defence, in percent."""
        return 0 if self.armour is None else self.armour.figure

    @property
    def insurance(self) -> int:
        """The percent of the loot that the home keeps."""
        return 0 if self.home is None else self.home.figure


def loadout_of(world: Context, connection: Connection, player: int, at: int) -> Loadout:
    """What a player wears that counts in a robbery."""
    state = arrears_of(connection, player, at // DAY)
    lowered = state in (Arrears.DEBUFF, Arrears.EVICTION)
    pieces = {}
    for row in connection.execute(_WORN, {"player": player}).all():
        item = world.catalogue.item(connection, row.item_id)
        figure = item.figures.get(_FIGURES[item.category], 0)
        pieces[item.category] = GearPiece(row.id, item.name, reduced(figure) if lowered else figure)
    return Loadout(
        pieces.get(Category.WEAPON), pieces.get(Category.ARMOR), pieces.get(Category.HOUSING)
    )
