"""Loadout: the gear that each side of a robbery wears, and the rest that a home gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.situation import arrears_of
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY
from inventui.rules.property import Arrears, arrears, reduced, rest

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Worn(NamedTuple):
    player_id: int
    id: int
    item_id: int


_WORN = Statement(
    "SELECT p.player_id, p.id, p.item_id FROM json_each(:players) j CROSS JOIN player_item p"
    " INDEXED BY player_item_slot ON p.player_id = j.value AND p.status = 'equipped'"
    " AND p.category IN ('weapon', 'armor', 'housing')",
    _Worn,
)
_HOME = Statement(
    "SELECT item_id FROM player_item WHERE player_id = :player"
    " AND status = 'equipped' AND category = '{housing}'",
    int,
    housing=Category.HOUSING,
)


class _Unpaid(NamedTuple):
    player_id: int
    day: int


_UNPAID = Statement(
    "SELECT u.player_id, min(u.day) AS day FROM json_each(:players) j CROSS JOIN upkeep u"
    " INDEXED BY upkeep_state ON u.player_id = j.value AND u.state = 'due' GROUP BY u.player_id",
    _Unpaid,
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
    return loadouts_of(world, connection, [player], at)[player]


def loadouts_of(
    world: Context, connection: Connection, players: Sequence[int], at: int
) -> Mapping[int, Loadout]:
    """What each of these players wears that counts in a robbery."""
    asked = {"players": json.dumps(players)}
    oldest = {row.player_id: row.day for row in connection.execute(_UNPAID, asked)}
    pieces: dict[int, dict[str, GearPiece]] = {player: {} for player in players}
    for row in connection.execute(_WORN, asked):
        item = world.catalogue.item(connection, row.item_id)
        figure = item.figures.get(_FIGURES[item.category], 0)
        if arrears(oldest.get(row.player_id), at // DAY) in (Arrears.DEBUFF, Arrears.EVICTION):
            figure = reduced(figure)
        pieces[row.player_id][item.category] = GearPiece(row.id, item.name, figure)
    return {
        player: Loadout(
            worn.get(Category.WEAPON), worn.get(Category.ARMOR), worn.get(Category.HOUSING)
        )
        for player, worn in pieces.items()
    }


def rest_of(world: Context, connection: Connection, player: int, at: int) -> int:
    """Percent more that a shift pays a player for the home that they live in and pay."""
    home = connection.execute(_HOME, {"player": player}).first()
    if home is None:
        return 0
    state = arrears_of(connection, player, at // DAY)
    return rest(world.catalogue.item(connection, home).rarity, state)
