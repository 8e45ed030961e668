"""Consumables: what using each of them does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inventui.db.statements import Connection, Statement
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Draft, Operation
from inventui.engine.core.people import Person, find_person, friendship_with
from inventui.engine.inventory.models import Use
from inventui.engine.inventory.player_items import player_item_of
from inventui.rules.consumables import (
    POOP_LASTS,
    check_donut,
    check_poop,
    check_repair,
    check_use,
    repaired,
)
from inventui.rules.core.clock import HOUR
from inventui.rules.core.enums import ConsumableKind, EffectKind, Event, Status, Tone
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.gear import FULL_DURABILITY
from inventui.rules.people.friends import FriendshipState

if TYPE_CHECKING:
    from inventui.engine.core.context import Context

_FED = Statement(
    "SELECT 1 FROM effect WHERE player_id = :player AND kind = 'fed' AND ended_by IS NULL",
    int,
)
_EFFECT = Statement(
    "INSERT INTO effect (operation_id, player_id, by_player_id, kind, until, ended_by)"
    " VALUES (:operation, :player, :by, :kind, :until, NULL)"
)


_CONDITION = Statement(
    "INSERT INTO condition (operation_id, player_item_id, number, uses, durability)"
    " SELECT :operation, id, condition + 1, uses - :used, coalesce(:durability, durability)"
    " FROM player_item WHERE id = :item RETURNING uses",
    int,
)
_NAME = Statement("SELECT name FROM player WHERE id = :player", str)

Apply = Callable[[Operation], str]
"""Writes what a consumable does, and returns the sentence that the player is told."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What using will do, decided before anything is written; `target` is a name, or None."""

    target: str | None
    apply: Apply


class Consumables:
    """One player's consumables."""

    def __init__(self, world: Context, player: int) -> None:
        """Act for a player."""
        self._world = world
        self._player = player

    def use(self, draft: Draft, item_id: int, target: int | str | None) -> Use | Refusal:
        """Use a player item once; at its last use it is gone."""
        connection = draft.connection
        row = player_item_of(connection, self._player, item_id)
        if isinstance(row, Refusal):
            return row
        item = self._world.catalogue.item(connection, row.item_id)
        refusal = check_use(item.name, item.category, Status(row.status))
        if refusal is not None:
            return refusal
        kind = ConsumableKind(item.details["kind"])
        plan = {
            ConsumableKind.DONUT: self._donut,
            ConsumableKind.POOP: self._poop,
            ConsumableKind.REPAIR_KIT: self._repair,
        }[kind](connection, item.name, target)
        if isinstance(plan, Refusal):
            return plan
        operation = draft.begin()
        left = operation.connection.execute(
            _CONDITION,
            {"operation": operation.id, "item": item_id, "used": 1, "durability": None},
        ).one()
        message = plan.apply(operation)
        if left == 0:
            operation.move([item_id], Status.OWNED, Event.USE_UP)
        return Use(operation.id, item_id, item.name, kind, left, plan.target, message)

    def _donut(self, connection: Connection, name: str, target: int | str | None) -> Plan | Refusal:
        if target is not None:
            return Refusal(Reason.NO_TARGET, f"{name} is for BigPulp alone: leave the target out.")
        fed = connection.execute(_FED, {"player": self._player}).first() is not None
        refusal = check_donut(name, already_fed=fed)
        if refusal is not None:
            return refusal

        def apply(operation: Operation) -> str:
            self._effect(operation, self._player, EffectKind.FED, None)
            return f"BigPulp ate {name}. Your next shift pays half as much again."

        return Plan(None, apply)

    def _poop(self, connection: Connection, name: str, target: int | str | None) -> Plan | Refusal:
        found: Person | None = None
        if target is not None:
            person = find_person(connection, self._player, str(target))
            if isinstance(person, Refusal):
                return person
            found = person
        refusal = check_poop(
            name,
            None if found is None else found.name,
            FriendshipState.NONE if found is None else friendship_with(found, self._player),
            myself=found is not None and found.id == self._player,
        )
        if refusal is not None:
            return refusal
        assert found is not None

        def apply(operation: Operation) -> str:
            self._effect(operation, found.id, EffectKind.SPLAT, operation.at + POOP_LASTS)
            who = connection.execute(_NAME, {"player": self._player}).one()
            said = f"{who} threw {name} at your drawer. It shows for {POOP_LASTS // HOUR} hours."
            notify(operation, found.id, "splat", Tone.INFO, said, "drawer")
            return f"{name} flew. {found.name}'s drawer shows it for {POOP_LASTS // HOUR} hours."

        return Plan(found.name, apply)

    def _repair(
        self, connection: Connection, _name: str, target: int | str | None
    ) -> Plan | Refusal:
        if isinstance(target, str):
            target = int(target) if target.isascii() and target.isdigit() else None
        category = status = durability = None
        gear, most = "It", FULL_DURABILITY
        if target is not None:
            row = player_item_of(connection, self._player, target)
            if isinstance(row, Refusal):
                return row
            item = self._world.catalogue.item(connection, row.item_id)
            gear, category, durability = item.name, item.category, row.durability
            status = Status(row.status)
            most = int(item.details.get("durability", FULL_DURABILITY))
        refusal = check_repair(gear, category, status, durability, most)
        if refusal is not None:
            return refusal
        assert durability is not None
        after = repaired(durability, most)

        def apply(operation: Operation) -> str:
            operation.connection.execute(
                _CONDITION,
                {"operation": operation.id, "item": target, "used": 0, "durability": after},
            )
            return f"{gear} is mended: {durability} → {after} of {most}."

        return Plan(gear, apply)

    def _effect(
        self, operation: Operation, player: int, kind: EffectKind, until: int | None
    ) -> None:
        operation.connection.execute(
            _EFFECT,
            {
                "operation": operation.id,
                "player": player,
                "by": self._player,
                "kind": str(kind),
                "until": until,
            },
        )
