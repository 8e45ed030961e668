"""Neighbours move in, and their time is caught up with: earnings, lost gear, escrow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from inventui.db.confusables import look
from inventui.db.statements import Connection, Statement
from inventui.engine.core.item_grants import Receipt, expire, receive_items
from inventui.engine.core.ledger import make_accounts, purse_of, receive
from inventui.engine.core.operation import Draft, Intent, Operation, perform
from inventui.engine.core.outcome_json import dump
from inventui.engine.core.outcomes import MovedIn, NeighbourSettled
from inventui.engine.core.set_back import reckoned_until
from inventui.engine.wardrobe.defaults import give_defaults
from inventui.engine.wardrobe.wardrobe import put_on, worn_by
from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.enums import Acquisition, Event, Status
from inventui.rules.core.money import Currency, HouseAccount
from inventui.rules.core.text import NAME_LENGTH
from inventui.rules.npc.neighbours import PERIOD, earnings
from inventui.rules.people.players import name_key, normal_name

if TYPE_CHECKING:
    from inventui.engine.core.context import Context


class _Awaited(NamedTuple):
    slug: str
    details: str


_AWAITED = Statement(
    "SELECT slug, details FROM neighbour WHERE active = 1 AND player_id IS NULL ORDER BY position",
    _Awaited,
)
_NAMED = Statement("SELECT 1 FROM player WHERE name_key = :name_key OR look = :look", int)
_NEW = Statement(
    "INSERT INTO player (name, name_key, look, created_at, revealed_operation_id)"
    " VALUES (:name, :name_key, :look, :at, 0) RETURNING id",
    int,
)
_MOVE_IN = Statement("UPDATE neighbour SET player_id = :player WHERE slug = :slug")


class _HeldItem(NamedTuple):
    slug: str
    held: int
    escrowed: int
    category: str


_HELD = Statement(
    "SELECT i.slug, h.held, h.escrowed, i.category FROM holding h JOIN item i ON i.id = h.item_id"
    " WHERE h.player_id = :player AND (h.held > 0 OR h.escrowed > 0)",
    _HeldItem,
)
_SETTLED = (
    "coalesce((SELECT s.operation_id FROM settlement s WHERE s.player_id = p.id"
    " ORDER BY s.id DESC LIMIT 1), 0)"
)


class _Neighbour(NamedTuple):
    slug: str
    details: str
    created_at: int
    operation_id: int
    at: int | None


class _Settled(NamedTuple):
    id: int
    created_at: int
    operation_id: int
    at: int | None


_ACTIVE = Statement(
    "SELECT p.id, p.created_at, {settled} AS operation_id, (SELECT o.at FROM operation o"
    " WHERE o.id = {settled}) AS at FROM neighbour n CROSS JOIN player p ON p.id = n.player_id"
    " WHERE n.active = 1 ORDER BY p.id",
    _Settled,
    settled=_SETTLED,
)
_NEIGHBOUR = Statement(
    "SELECT n.slug, n.details, p.created_at, {settled} AS operation_id, (SELECT o.at"
    " FROM operation o WHERE o.id = {settled}) AS at FROM neighbour n"
    " JOIN player p ON p.id = n.player_id WHERE p.id = :player AND n.active = 1",
    _Neighbour,
    settled=_SETTLED,
)


class _Span(NamedTuple):
    since: int
    until: int


_PAID = Statement(
    "SELECT since, until FROM settlement WHERE player_id = :player AND until > :since", _Span
)


_ESCROWED = Statement(
    "SELECT id FROM player_item WHERE player_id = :player AND status = 'escrowed' ORDER BY id",
    int,
)
_SETTLEMENT = Statement(
    "INSERT INTO settlement (operation_id, player_id, since, until)"
    " VALUES (:operation, :player, :since, :until)"
)
_OUTCOME = Statement("UPDATE operation SET outcome = :outcome WHERE id = :id")


@dataclass(frozen=True, slots=True)
class StartingGoods:
    """What a neighbour starts with: oranges, and the slugs of what it wears and of its gear."""

    oranges: int
    wardrobe: tuple[str, ...]
    gear: tuple[str, ...]


def move_in(world: Context) -> None:
    """Make each neighbour of the packs a player, once, whoever asks first."""
    with world.store.read() as connection:
        awaited = connection.execute(_AWAITED).all()
    for slug, details in awaited:
        intent = Intent("move_in", {"neighbour": slug}, None, f"neighbour:{slug}")
        perform(world, intent, partial(_move_in, world, slug, json.loads(details)), MovedIn)


def _move_in(world: Context, slug: str, details: Mapping[str, Any], draft: Draft) -> MovedIn:
    connection = draft.connection
    name = _free_name(connection, str(details["name"]))
    start = _starting_goods(details)
    operation = draft.begin()
    player = connection.execute(
        _NEW, {"name": name, "name_key": name_key(name), "look": look(name), "at": draft.at}
    ).one()
    connection.execute(_MOVE_IN, {"player": player, "slug": slug})
    make_accounts(connection, player=player)
    purse = purse_of(connection, player)
    receive(operation, world.house, purse, HouseAccount.START, Currency.ORANGES, start.oranges)
    give_defaults(world.catalogue, connection, operation, player)
    held = {row.slug for row in connection.execute(_HELD, {"player": player})}
    wardrobe = [worn for worn in start.wardrobe if worn not in held]
    for number in _give(world, operation, player, wardrobe):
        put_on(world.catalogue, connection, operation, player, number)
    _arm(world, operation, player, start.gear)
    return MovedIn(operation.id, player)


def _starting_goods(details: Mapping[str, Any]) -> StartingGoods:
    return StartingGoods(
        int(details["oranges"]), tuple(details["wardrobe"]), tuple(details["gear"])
    )


def _free_name(connection: Connection, wanted: str) -> str:
    """The neighbour's name, numbered from 2 on if somebody has it."""
    wanted = normal_name(wanted)
    name = wanted
    for number in count(2):
        asked = {"name_key": name_key(name), "look": look(name)}
        if connection.execute(_NAMED, asked).first() is None:
            break
        mark = f" ·{number}"
        name = wanted[: NAME_LENGTH - len(mark)].rstrip() + mark
    return name


def _give(world: Context, operation: Operation, player: int, slugs: Sequence[str]) -> list[int]:
    """Give a neighbour these items; the numbers of its player items."""
    if not slugs:
        return []
    connection = operation.connection
    items = [world.catalogue.by_slug(connection, slug) for slug in slugs]
    receipt = Receipt(player, Acquisition.STARTER, 0, "the start")
    return receive_items(connection, operation, receipt, items)


def _arm(world: Context, operation: Operation, player: int, slugs: Sequence[str]) -> None:
    """Give a neighbour gear, and put on what finds its slot empty."""
    connection, catalogue = operation.connection, world.catalogue
    full = set(worn_by(catalogue, connection, player))
    for slug, number in zip(slugs, _give(world, operation, player, slugs), strict=True):
        category = catalogue.by_slug(connection, slug).category
        if category not in full:
            operation.move([number], Status.OWNED, Event.EQUIP)
            full.add(category)


def settle_neighbours(world: Context, at: int) -> None:
    """Catch up with the time of every neighbour for whom a period has ended."""
    until = at // PERIOD * PERIOD
    with world.store.read() as connection:
        due = [
            row.id
            for row in connection.execute(_ACTIVE).all()
            if _settled_at(connection, row, at) < until
        ]
    if due:
        with world.store.write() as connection:
            for player in due:
                world.settle(connection, player, at, False)


def _settled_at(connection: Connection, row: _Settled | _Neighbour, now: int) -> int:
    """Until when a neighbour's time was caught up with, by the present clock."""
    at = row.created_at if row.at is None else row.at
    return reckoned_until(connection, row.operation_id, at, now)


def settle_neighbour(world: Context, connection: Connection, player: int, at: int) -> None:
    """Catch up with a neighbour's time until `at`: an operation of its own if a period has ended.

    It earns oranges, gets weapons and armour of its pack again that broke or were stolen, and
    claims what it stole from escrow while there is room.
    """
    row = connection.execute(_NEIGHBOUR, {"player": player}).first()
    until = at // PERIOD * PERIOD
    if row is None:
        return
    since = _settled_at(connection, row, at)
    if since >= until:
        return
    start = _starting_goods(json.loads(row.details))
    purse = purse_of(connection, player)
    had = connection.execute(_PAID, {"player": player, "since": since}).all()
    earned, paid = earnings(world.seed, row.slug, since, until, purse.oranges, start.oranges, had)
    intent = Intent("neighbour_settle", {"until": until}, player, uuid4().hex)
    operation = Draft(connection, intent, at, world).begin()
    values = {"operation": operation.id, "player": player, "since": since, "until": paid}
    connection.execute(_SETTLEMENT, values)
    receive(operation, world.house, purse, HouseAccount.PLAY, Currency.ORANGES, earned)
    lost = _lost(world, connection, player, start)
    _arm(world, operation, player, lost)
    _empty_escrow(operation, player)
    settled = NeighbourSettled(operation.id, until, earned, tuple(lost))
    connection.execute(_OUTCOME, {"id": operation.id, "outcome": dump(settled)})


def _lost(world: Context, connection: Connection, player: int, start: StartingGoods) -> list[str]:
    """Slugs of the pack's weapons and armour that a neighbour no longer has, and has room for."""
    held = connection.execute(_HELD, {"player": player}).all()
    there = {row.slug for row in held}
    room = lifecycle.GEAR_ROOM - sum(row.held for row in held if row.category in GEAR)
    lost: list[str] = []
    for slug in start.gear:
        category = world.catalogue.by_slug(connection, slug).category
        if category in (Category.WEAPON, Category.ARMOR) and slug not in {*there, *lost}:
            lost.append(slug)
    return lost[: max(0, room)]


def _empty_escrow(operation: Operation, player: int) -> None:
    connection = operation.connection
    held = connection.execute(_HELD, {"player": player}).all()
    room = lifecycle.GEAR_ROOM - sum(row.held for row in held if row.category in GEAR)
    waiting = connection.execute(_ESCROWED, {"player": player}).all()
    claimed = waiting[: max(0, room)]
    operation.move(claimed, Status.ESCROWED, Event.CLAIM)
    expire(connection, operation, player, waiting[len(claimed) :], "no room")
