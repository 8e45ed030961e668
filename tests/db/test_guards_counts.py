"""Guards of counts and conditions, attacked through direct SQL on a bare connection."""

import sqlite3

import pytest

from inventui.rules.core.enums import Status
from tests.db.attack import (
    a_player_item_that_is,
    an_operation,
    everything,
    insert,
    nothing_changes,
    one,
    refused,
    rows,
)
from tests.db.invariants import holds


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE holding SET held = held + 1",
        "UPDATE holding SET escrowed = 0, held = 0",
        "UPDATE holding SET last_move_id = last_move_id + 1",
        "UPDATE holding SET held = held + 1, last_move_id = (SELECT max(id) FROM move)",
        "UPDATE holding SET player_id = 2",
        "UPDATE holding SET item_id = 1",
        "UPDATE OR REPLACE holding SET item_id = (SELECT max(item_id) FROM holding)",
        "UPDATE OR REPLACE holding SET rowid = 1",
        "UPDATE holding SET rowid = 99",
        "DELETE FROM holding",
        "INSERT INTO holding SELECT * FROM holding",
        "INSERT OR REPLACE INTO holding SELECT player_id, item_id, 0, 0, 0 FROM holding",
        "INSERT OR REPLACE INTO holding (rowid, player_id, item_id, held, escrowed, last_move_id)"
        " VALUES (1, 2, 1, 0, 0, 0)",
        "INSERT INTO holding (rowid, player_id, item_id, held, escrowed, last_move_id)"
        " VALUES (-1, 2, 1, 0, 0, 0)",
        "INSERT INTO holding VALUES (2, 1, 5, 0, 0)",
        "INSERT INTO holding VALUES (2, 1, 0, 5, 0)",
        "INSERT INTO holding (rowid, player_id, item_id, held, escrowed, last_move_id)"
        " VALUES (0, 2, 1, 0, 0, 0)",
        "INSERT INTO holding VALUES (99, 1, 0, 0, 0)",
        "INSERT INTO holding VALUES (2, 999, 0, 0, 0)",
        "INSERT INTO holding VALUES (2, 1, 0, 0, 99999)",
    ],
)
def test_a_count_is_moved_by_moves_alone(attack: str, db: sqlite3.Connection) -> None:
    refused(db, attack)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE counter SET number = number + 1",
        "UPDATE counter SET number = number + 1, last_id = last_id + 1",
        "UPDATE counter SET number = number + 1, last_id = (SELECT max(id) FROM roll)",
        "UPDATE counter SET last_id = last_id + 1",
        "UPDATE counter SET number = number + 1, last_id = (SELECT max(id) FROM move)"
        " WHERE what = 'sold'",
        "UPDATE counter SET number = number - 1, last_id = (SELECT max(id) FROM move)"
        " WHERE what = 'destroyed'",
        "UPDATE counter SET player_id = 2",
        "UPDATE counter SET what = 'friends'",
        "UPDATE counter SET entry = entry + 1",
        "UPDATE OR REPLACE counter SET rowid = 1",
        "UPDATE counter SET rowid = 99",
        "DELETE FROM counter",
        "INSERT INTO counter SELECT * FROM counter",
        "INSERT OR REPLACE INTO counter SELECT player_id, what, entry, 0, 0 FROM counter",
        "INSERT INTO counter VALUES (1, 'friends', 0, 5, 0)",
        "INSERT INTO counter VALUES (1, 'friends', 0, 0, 5)",
        "INSERT INTO counter VALUES (1, 'fame', 0, 0, 0)",
        "INSERT INTO counter VALUES (99, 'friends', 0, 0, 0)",
        "INSERT INTO counter (rowid, player_id, what, entry, number, last_id)"
        " VALUES (0, 1, 'friends', 0, 0, 0)",
        "UPDATE brought SET money = 1 - money",
        "UPDATE brought SET items = 1 - items WHERE items = 1",
        "UPDATE brought SET kind = 'gift'",
        "UPDATE brought SET operation_id = operation_id + 1",
        "UPDATE OR REPLACE brought SET rowid = 1",
        "UPDATE brought SET rowid = 99",
        "DELETE FROM brought",
        "INSERT OR REPLACE INTO brought SELECT player_id, operation_id, kind, 0, 0 FROM brought",
        "INSERT INTO brought SELECT 2, id, kind, 1, 0 FROM operation WHERE kind = 'player'",
        "INSERT INTO brought SELECT 1, id, 'gift', 0, 0 FROM operation WHERE kind = 'open'",
        "INSERT INTO brought SELECT 1, id, kind, 0, 0 FROM operation WHERE kind = 'open'",
        "INSERT INTO brought (rowid, player_id, operation_id, kind, money, items)"
        " SELECT 0, 2, id, kind, 0, 0 FROM operation WHERE kind = 'player' LIMIT 1",
        "UPDATE account SET lines = lines + 1",
        "UPDATE account SET lines = lines - 1",
    ],
)
def test_a_count_of_a_life_is_moved_by_its_journal_alone(
    attack: str, db: sqlite3.Connection
) -> None:
    refused(db, attack)


def test_counts_follow_every_step_of_every_way(db: sqlite3.Connection) -> None:
    before = everything(db)
    for status in Status:
        a_player_item_that_is(db, status)
        holds(db, before)
    assert len(rows(db, "SELECT 1 FROM move")) > len(before["move"]) + 20


def worn_to(db: sqlite3.Connection, player_item: int, left: object, **changes: object) -> int:
    """A line of a thing's condition as the engine writes one."""
    number, uses = rows(
        db, "SELECT condition + 1, uses FROM player_item WHERE id = ?", player_item
    )[0]
    values = {
        "operation_id": one(db, "SELECT max(id) FROM operation"),
        "player_item_id": player_item,
        "number": number,
        "uses": uses,
        "durability": left,
    }
    return insert(db, "condition", **(values | changes))


def a_tool(db: sqlite3.Connection, **changes: object) -> int:
    """A thing that wears down and has uses."""
    operation = an_operation(db)
    item = one(db, "SELECT id FROM item WHERE slug = 'spoon'")
    values: dict[str, object] = {
        "player_id": 1,
        "item_id": item,
        "category": "weapon",
        "acquisition": "admin",
        "durability": 100,
        "uses": 3,
    }
    player_item = insert(db, "player_item", **(values | changes))
    insert(
        db,
        "move",
        player_item_id=player_item,
        version=1,
        event="acquire",
        from_status=None,
        to_status="owned",
        operation_id=operation,
    )
    return player_item


def test_a_condition_follows_its_lines(db: sqlite3.Connection) -> None:
    player_item = a_tool(db)
    worn_to(db, player_item, 98)
    worn_to(db, player_item, 0)
    worn_to(db, player_item, 0, uses=2)
    state = "SELECT durability, uses, condition FROM player_item WHERE id = ?"
    assert rows(db, state, player_item) == [(0, 2, 3)]


CONDITIONS = {
    "below nothing": {"durability": -1},
    "of no durability": {"durability": None},
    "of half a point": {"durability": 0.5},
    "of more uses": {"uses": 4},
    "of two uses less": {"uses": 1},
    "of no uses": {"uses": None},
    "of both at once": {"uses": 2, "durability": 50},
    "with a gap before it": {"number": 3},
    "written before": {"number": 1},
    "of no number": {"number": None},
    "of nothing": {"player_item_id": 10**6},
    "of no operation": {"operation_id": None},
    "of an operation of the past": {"operation_id": 1},
    "under a number that is taken": {"id": 1},
    "under a number far ahead": {"id": 10**6},
    "under a number below nothing": {"id": -1},
}


@pytest.mark.parametrize("what", CONDITIONS)
def test_a_condition_line_is_refused(what: str, db: sqlite3.Connection) -> None:
    player_item = a_tool(db)
    worn_to(db, player_item, 99)
    with nothing_changes(db):
        worn_to(db, player_item, 90, **CONDITIONS[what])
    worn_to(db, player_item, 90)


def test_what_does_not_wear_down_or_has_no_uses_left_gets_no_line(db: sqlite3.Connection) -> None:
    whole = a_tool(db, durability=None, uses=0)
    for durability, uses in ((None, 0), (5, 0), (None, -1), (None, None), (5, -1)):
        with nothing_changes(db):
            worn_to(db, whole, durability, uses=uses)


@pytest.mark.parametrize(
    "change",
    [
        "durability = 5",
        "uses = 5",
        "condition = condition + 1",
        "condition = condition - 1",
        "durability = 99, condition = 1",
        "durability = 100, condition = condition + 1",
        "uses = NULL",
        "durability = NULL",
    ],
)
def test_a_condition_is_never_set(change: str, db: sqlite3.Connection) -> None:
    player_item = a_tool(db)
    worn_to(db, player_item, 99)
    worn_to(db, player_item, 98)
    refused(db, f"UPDATE player_item SET {change} WHERE id = ?", player_item)


@pytest.mark.parametrize(
    "change",
    ["durability = 5", "uses = 5", "condition = NEW.condition + 1", "uses = uses - 1"],
)
def test_a_condition_line_that_is_being_applied_justifies_itself_alone(
    change: str, db: sqlite3.Connection
) -> None:
    player_item = a_tool(db)
    same = {"durability": "NEW.durability", "uses": "NEW.uses", "condition": "NEW.condition"}
    column = change.split(maxsplit=1)[0]
    sets = ", ".join([change, *(f"{c} = {v}" for c, v in same.items() if c != column)])
    db.execute(
        "CREATE TEMP TRIGGER evil BEFORE UPDATE ON main.player_item BEGIN"
        f" UPDATE player_item SET {sets} WHERE id = OLD.id; END"
    )
    with nothing_changes(db):
        worn_to(db, player_item, 99)
    db.execute("DROP TRIGGER evil")
    worn_to(db, player_item, 99)
