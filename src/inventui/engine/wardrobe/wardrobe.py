"""Wardrobe: what a player wears in each slot, and using consumables.

Every cosmetic and gear category is a slot, and a slot holds one player item at most: that whose
status is `equipped`. Nothing else is stored, so an outfit is a query, and the database's
index on (player, category) of what is equipped makes a second one impossible.

Putting on takes off what was there, in one operation. Some slots are never empty: for these
every player owns a default from the start (`wardrobe.defaults`), which goes back on when
something else is taken off. Two rules tie the wardrobe to other rooms: a home with arrears of
upkeep can't be taken off, and what is bought is put on at once where its slot allows it.

`tests/engine/test_wardrobe.py` fails if a slot holds two, or if taking off leaves a slot with a
default empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from uuid import uuid4

from inventui.db.guards.sql import HELD_SQL
from inventui.db.statements import Connection, Statement
from inventui.engine.core.catalogue import Catalogue
from inventui.engine.core.catalogue_item import CatalogueItem
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.core.situation import unpaid
from inventui.engine.inventory.consumables import Consumables
from inventui.engine.inventory.models import Use
from inventui.engine.inventory.player_items import player_item_of
from inventui.engine.wardrobe.models import Outfit, WornItem
from inventui.rules.core.categories import SLOTS, Category
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Event, Status
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.wardrobe import check_equip, check_unequip
from inventui.rules.property import check_leave

if TYPE_CHECKING:
    from inventui.engine.core.context import Player

T = TypeVar("T")


class _Worn(NamedTuple):
    id: int
    item_id: int
    category: str


_WORN = Statement(
    "SELECT id, item_id, category FROM player_item"
    " WHERE player_id = :player AND status = 'equipped'",
    _Worn,
)


_WORN_IN = Statement(
    "SELECT id, item_id, category FROM player_item"
    " WHERE player_id = :player AND category = :slot AND status = 'equipped'",
    _Worn,
)


class _Default(NamedTuple):
    id: int
    item_id: int


_RESTED = Statement(
    "SELECT 1 FROM shift WHERE player_id = :player AND day = :day AND rest > 0 LIMIT 1", int
)

_DEFAULTS = Statement(
    "SELECT p.id, p.item_id FROM item i CROSS JOIN player_item p"
    " INDEXED BY player_item_held_of_item ON p.player_id = :player AND p.item_id = i.id AND {held}"
    " WHERE i.category = :category AND p.status = 'owned' AND p.acquisition = 'starter'"
    " ORDER BY p.id",
    _Default,
    held=HELD_SQL,
)


class Wardrobe:
    """One player's slots and consumables."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world
        self._consumables = Consumables(self._world, handle.id)

    def worn(self) -> Mapping[Category, WornItem]:
        """What is in each slot that is not empty."""
        with self._world.store.read() as connection:
            return worn_by(self._world.catalogue, connection, self._handle.id)

    def equip(self, item_id: int, key: str | None = None) -> Outfit | Refusal:
        """Put on a player item; what was in its slot comes off in the same operation."""
        return self._perform(
            "equip", {"item": item_id}, key, lambda draft: self._equip(draft, item_id), Outfit
        )

    def _equip(self, draft: Draft, item_id: int) -> Outfit | Refusal:
        connection = draft.connection
        row = player_item_of(connection, self._handle.id, item_id)
        if isinstance(row, Refusal):
            return row
        item = self._world.catalogue.item(connection, row.item_id)
        refusal = check_equip(item.name, item.category, Status(row.status)) or check_swap(
            self._world.catalogue, connection, self._handle.id, item.category, draft.at, item
        )
        if refusal is not None:
            return refusal
        operation = draft.begin()
        off = put_on(self._world.catalogue, connection, operation, self._handle.id, item_id)
        return Outfit(
            operation=operation.id,
            slot=item.category,
            on_id=item_id,
            on_name=item.name,
            off_id=None if off is None else off.item_id,
            off_name=None if off is None else off.name,
        )

    def unequip(self, what: int | Category, key: str | None = None) -> Outfit | Refusal:
        """Take an item off, by its number or slot; a default goes back on where there is one."""
        return self._perform(
            "unequip",
            {"what": what},
            key,
            lambda draft: self._unequip(draft, what),
            Outfit,
        )

    def _unequip(self, draft: Draft, what: int | Category) -> Outfit | Refusal:
        connection, catalogue, player = draft.connection, self._world.catalogue, self._handle.id
        if isinstance(what, Category):
            in_slot = worn_by(catalogue, connection, player).get(what)
            if in_slot is None:
                return empty_slot(what)
            what = in_slot.item_id
        row = player_item_of(connection, player, what)
        if isinstance(row, Refusal):
            return row
        item = catalogue.item(connection, row.item_id)
        refusal = check_unequip(
            item.name, item.category, Status(row.status), is_default=item.is_default
        ) or check_swap(catalogue, connection, player, item.category, draft.at)
        if refusal is not None:
            return refusal
        back = next(
            (
                found
                for found in connection.execute(
                    _DEFAULTS, {"player": player, "category": str(item.category)}
                )
                if catalogue.item(connection, found.item_id).is_default
            ),
            None,
        )
        operation = draft.begin()
        operation.move([what], Status.EQUIPPED, Event.UNEQUIP)
        if back is not None:
            operation.move([back.id], Status.OWNED, Event.EQUIP)
        return Outfit(
            operation=operation.id,
            slot=item.category,
            on_id=None if back is None else back.id,
            on_name=None if back is None else catalogue.item(connection, back.item_id).name,
            off_id=what,
            off_name=item.name,
        )

    def use(
        self, item_id: int, target: int | str | None = None, key: str | None = None
    ) -> Use | Refusal:
        """Use a consumable once: on a piece of gear by number, or on a player by name."""
        return self._perform(
            "use",
            {"item": item_id, "target": target},
            key,
            lambda draft: self._consumables.use(draft, item_id, target),
            Use,
        )

    def _perform(
        self,
        kind: str,
        request: Mapping[str, object],
        key: str | None,
        decide: Callable[[Draft], T | Refusal],
        outcome: type[T],
    ) -> T | Refusal:
        intent = Intent(kind, request, self._handle.id, uuid4().hex if key is None else key)
        return perform(self._world, intent, decide, outcome)


def worn_by(
    catalogue: Catalogue, connection: Connection, player: int, slot: Category | None = None
) -> dict[Category, WornItem]:
    """What a player wears, by slot; of one slot alone if `slot` names it."""
    statement = _WORN if slot is None else _WORN_IN
    values = {"player": player} if slot is None else {"player": player, "slot": str(slot)}
    worn = {}
    for row in connection.execute(statement, values).all():
        item = catalogue.item(connection, row.item_id)
        worn[item.category] = WornItem(
            item_id=row.id,
            slug=item.slug,
            name=item.name,
            category=item.category,
            rarity=item.rarity,
            style=item.style,
            is_default=item.is_default,
        )
    return worn


def put_on(
    catalogue: Catalogue, connection: Connection, operation: Operation, player: int, number: int
) -> WornItem | None:
    """Put on an owned player item; what came off, if anything did."""
    row = player_item_of(connection, player, number)
    assert not isinstance(row, Refusal)
    category = catalogue.item(connection, row.item_id).category
    off = worn_by(catalogue, connection, player, category).get(category)
    if off is not None:
        operation.move([off.item_id], Status.EQUIPPED, Event.UNEQUIP)
    operation.move([number], Status.OWNED, Event.EQUIP)
    return off


def check_swap(
    catalogue: Catalogue,
    connection: Connection,
    player: int,
    slot: Category,
    at: int,
    instead: CatalogueItem | None = None,
) -> Refusal | None:
    """None if what is in a slot may come off at a time, with another item `instead` of it or none.

    A home with arrears may not, nor one whose rest was had today, but for one of as much upkeep.
    """
    worn = worn_by(catalogue, connection, player, slot) if slot is Category.HOUSING else {}
    if slot not in worn:
        return None
    home = catalogue.by_slug(connection, worn[slot].slug)
    upkeep = -1 if instead is None else instead.figures["upkeep"]
    rested = upkeep < home.figures["upkeep"] and bool(
        connection.execute(_RESTED, {"player": player, "day": at // DAY}).first()
    )
    owed = unpaid(connection, player)
    return check_leave(home.name, len(owed), sum(row.due for row in owed), rested=rested)


def wear_bought(
    catalogue: Catalogue, connection: Connection, operation: Operation, player: int, number: int
) -> bool:
    """Put on what was just bought, which has a slot, if that may be changed; whether it was."""
    row = player_item_of(connection, player, number)
    assert not isinstance(row, Refusal)
    item = catalogue.item(connection, row.item_id)
    if row.status != Status.OWNED:
        return False
    if check_swap(catalogue, connection, player, item.category, operation.at, item) is not None:
        return False
    put_on(catalogue, connection, operation, player, number)
    return True


def empty_slot(slot: Category) -> Refusal:
    """The refusal for a slot with nothing in it."""
    words = str(slot).replace("_", " ")
    if slot not in SLOTS:
        return Refusal(
            Reason.UNKNOWN_SLOT,
            f"{words} is no slot. Slots are: {', '.join(sorted(SLOTS))}.",
            {"slot": str(slot)},
        )
    return Refusal(
        Reason.WRONG_STATUS,
        f"You wear no {words}, so nothing can be taken off.",
        {"slot": str(slot)},
    )
