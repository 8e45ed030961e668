"""Guards of things, attacked through direct SQL on a bare connection."""

import sqlite3
from itertools import product

import pytest

from inventui.rules.core.enums import Event, Status
from tests.db.attack import (
    ANA,
    BOB,
    a_player_item,
    a_player_item_that_is,
    everything,
    insert,
    move,
    nothing_changes,
    one,
    refused,
)
from tests.rules.test_lifecycle import LINES, LOCKED, UNDONE

STARTS = [None, *Status]
ENDED = [s for s in Status if s not in ("owned", "equipped", "escrowed", "listed", "offered")]


def tried(
    db: sqlite3.Connection, player_item: int, event: str, start: str | None, end: str
) -> bool:
    """Whether a move passes; it is undone either way."""
    db.execute("SAVEPOINT attempt")
    try:
        move(db, player_item, event, start, end)
        status = one(db, "SELECT status FROM player_item WHERE id = ?", player_item)
        assert status == end
        return True
    except sqlite3.IntegrityError:
        return False
    finally:
        db.execute("ROLLBACK TO attempt")
        db.execute("RELEASE attempt")


@pytest.mark.parametrize("actual", STARTS)
def test_only_lines_of_the_table_pass_whatever_is_claimed(
    actual: Status | None, db: sqlite3.Connection
) -> None:
    player_item = a_player_item_that_is(db, actual)
    passed = {
        (start, str(event), str(end))
        for start, event, end in product(STARTS, Event, Status)
        if tried(db, player_item, event, start, end)
    }
    assert passed == {
        (s, e, end) for (s, e), end in LINES.items() if s == actual and e not in UNDONE
    }


PROMISED = {"listed", "offered"}


@pytest.mark.parametrize("actual", sorted(PROMISED))
def test_a_thing_that_is_promised_is_not_locked(actual: str, db: sqlite3.Connection) -> None:
    player_item = a_player_item_that_is(db, Status(actual))
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE player_item SET locked = 1 WHERE id = ?", (player_item,))


@pytest.mark.parametrize("actual", [s for s in Status if s not in {*ENDED, *PROMISED}])
def test_a_locked_thing_undergoes_only_what_a_lock_lets(
    actual: Status, db: sqlite3.Connection
) -> None:
    player_item = a_player_item_that_is(db, actual)
    db.execute("UPDATE player_item SET locked = 1 WHERE id = ?", (player_item,))
    passed = {
        str(event)
        for event, end in product(Event, Status)
        if tried(db, player_item, event, actual, end)
    }
    assert passed == {e for (s, e) in LINES if s == actual} - LOCKED - UNDONE


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        ("explode", "owned", "sold"),
        ("sell", "owned", "gone"),
        ("sell", "mine", "sold"),
        ("SELL", "owned", "sold"),
        ("sell", "owned", "SOLD"),
        ("sell ", "owned", "sold"),
        ("", "owned", ""),
    ],
)
def test_unknown_words_are_refused(
    event: str, start: str, end: str, db: sqlite3.Connection
) -> None:
    player_item = a_player_item_that_is(db, Status.OWNED)
    with pytest.raises(sqlite3.IntegrityError):
        move(db, player_item, event, start, end)


@pytest.mark.parametrize("version", [-1, 0, 1, 3, 2**62, None])
def test_a_move_is_the_next_number_of_its_thing(
    version: int | None, db: sqlite3.Connection
) -> None:
    player_item = a_player_item_that_is(db, Status.OWNED)
    before = everything(db)
    for verb in ("INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"):
        with pytest.raises(sqlite3.IntegrityError):
            insert(
                db,
                "move",
                verb,
                player_item_id=player_item,
                version=version,
                event="sell",
                from_status="owned",
                to_status="sold",
                operation_id=one(db, "SELECT max(id) FROM operation"),
            )
    assert everything(db) == before


def test_a_move_of_nothing_is_refused(db: sqlite3.Connection) -> None:
    for player_item in (0, -1, 10**6, None):
        with pytest.raises(sqlite3.IntegrityError):
            move(db, player_item, "acquire", None, "owned", version=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("verb", ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"])
@pytest.mark.parametrize("number", [1, 0, -1, 10**4, 2**63 - 1, -(2**63)])
def test_a_move_takes_the_next_number_of_all(
    number: int, verb: str, db: sqlite3.Connection
) -> None:
    player_item = a_player_item_that_is(db, Status.OWNED)
    with nothing_changes(db):
        move(db, player_item, "sell", "owned", "sold", verb=verb, id=number)
    due = one(db, "SELECT max(id) + 1 FROM move")
    move(db, player_item, "sell", "owned", "sold", verb=verb, id=due)


def test_a_move_belongs_to_the_operation_under_way(db: sqlite3.Connection) -> None:
    player_item = a_player_item_that_is(db, Status.OWNED)
    latest = one(db, "SELECT max(id) FROM operation")
    for operation in (0, -1, 1, latest - 1, latest + 1, None):
        with pytest.raises(sqlite3.IntegrityError):
            move(db, player_item, "sell", "owned", "sold", operation_id=operation)
    move(db, player_item, "sell", "owned", "sold", operation_id=latest)


@pytest.mark.parametrize(("old", "new"), list(product(STARTS, STARTS)))
def test_a_status_is_never_set(
    old: Status | None, new: Status | None, db: sqlite3.Connection
) -> None:
    if old is new:
        return
    player_item = a_player_item_that_is(db, old)
    for extra in ("", ", version = version + 1", ", version = version - 1", ", version = NULL"):
        refused(db, f"UPDATE player_item SET status = ?{extra} WHERE id = ?", new, player_item)
    refused(db, "UPDATE OR REPLACE player_item SET status = ? WHERE id = ?", new, player_item)
    refused(db, "UPDATE OR IGNORE player_item SET status = ? WHERE id = ?", new, player_item)


@pytest.mark.parametrize("new", [1, 0, 99, -1, None, 2**63 - 1])
def test_a_version_is_never_set(new: int | None, db: sqlite3.Connection) -> None:
    player_item = a_player_item_that_is(db, Status.EQUIPPED, "cap")
    refused(db, "UPDATE player_item SET version = ? WHERE id = ?", new, player_item)


@pytest.mark.parametrize(
    "change",
    [
        "player_id = 2",
        "item_id = item_id + 1",
        "category = 'housing'",
        "acquired_at = 5",
        "acquisition = 'gift'",
        "price_paid = price_paid + 1",
        "source = 'me'",
        "origin_id = 1",
        "held_until = 9999999999999",
        "id = 9999",
        "rowid = 9999",
        "locked = 2",
        "locked = -1",
        "locked = NULL",
        "gems_paid = gems_paid + 1",
        "uses = 5",
        "condition = condition + 1",
        "durability = 1000",
        "durability = 5, condition = condition + 1",
        "durability = -1",
    ],
)
def test_what_a_thing_is_and_whose_never_changes(change: str, db: sqlite3.Connection) -> None:
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
        for slug in ("spoon", "lemon"):
            player_item = a_player_item_that_is(db, Status.OWNED, slug)
            refused(db, f"{verb} player_item SET {change} WHERE id = ?", player_item)


def test_what_has_ended_can_t_be_locked(db: sqlite3.Connection) -> None:
    for status in ENDED:
        player_item = a_player_item_that_is(db, status)
        refused(db, "UPDATE player_item SET locked = 1 WHERE id = ?", player_item)


def test_a_lock_changes_by_itself_alone(db: sqlite3.Connection) -> None:
    player_item = a_player_item_that_is(db, Status.OWNED)
    before = everything(db)
    db.execute("UPDATE player_item SET locked = 1 WHERE id = ?", (player_item,))
    db.execute("UPDATE player_item SET locked = 0 WHERE id = ?", (player_item,))
    assert everything(db) == before


BORN = {
    "with a status": {"status": "owned"},
    "with a version": {"version": 1},
    "with both": {"status": "owned", "version": 1},
    "locked": {"locked": 1},
    "of nobody": {"player_id": 99},
    "of no player at all": {"player_id": None},
    "of no item": {"item_id": 9999},
    "of another category": {"category": "weapon"},
    "of an unknown category": {"category": "gold"},
    "got in an unknown way": {"acquisition": "found"},
    "for less than nothing": {"price_paid": -1},
    "for less than no gems": {"gems_paid": -1},
    "worn below nothing": {"durability": -1},
    "used below nothing": {"uses": -1},
    "worn already": {"condition": 1},
    "under a number that is taken": {"id": 1},
    "under a number below nothing": {"id": -1},
    "under the number 0": {"id": 0},
    "under a number far ahead": {"id": 2**63 - 1},
    "under the number after next": {"id": 10**4},
    "from itself": {"id": 1000, "origin_id": 1000},
    "from a thing that is not there": {"origin_id": 9999},
}


@pytest.mark.parametrize("how", BORN)
@pytest.mark.parametrize("verb", ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"])
def test_a_thing_is_not_born(how: str, verb: str, db: sqlite3.Connection) -> None:
    item = one(db, "SELECT id FROM item WHERE slug = 'lemon'")
    values = {
        "player_id": ANA,
        "item_id": item,
        "category": "collectible",
        "acquisition": "admin",
        **BORN[how],
    }
    with nothing_changes(db):
        insert(db, "player_item", verb, **values)


@pytest.mark.parametrize("status", STARTS)
def test_a_thing_comes_only_from_one_that_was_handed_on_and_once(
    status: Status | None, db: sqlite3.Connection
) -> None:
    lemon = one(db, "SELECT id FROM item WHERE slug = 'lemon'")
    straw = one(db, "SELECT id FROM item WHERE slug = 'straw'")
    origin = a_player_item_that_is(db, status)

    def hand_on(item: int, verb: str = "INSERT INTO") -> None:
        insert(
            db,
            "player_item",
            verb,
            player_id=BOB,
            item_id=item,
            category="collectible",
            acquisition="gift",
            origin_id=origin,
        )

    with pytest.raises(sqlite3.IntegrityError):
        hand_on(straw)
    if status in ("sold", "gifted", "traded", "stolen"):
        hand_on(lemon)
        a_player_item(db)
    for verb in ("INSERT INTO", "INSERT OR REPLACE INTO"):
        with pytest.raises(sqlite3.IntegrityError):
            hand_on(lemon, verb)


def test_one_thing_is_worn_in_a_slot(db: sqlite3.Connection) -> None:
    worn = a_player_item_that_is(db, Status.EQUIPPED, "cap")
    other = a_player_item_that_is(db, Status.OWNED, "cap")
    before = everything(db)
    for verb in ("INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"):
        with pytest.raises(sqlite3.IntegrityError, match="one thing a slot"):
            move(db, other, "equip", "owned", "equipped", verb=verb)
    assert everything(db) == before
    move(db, worn, "unequip", "equipped", "owned")
    move(db, other, "equip", "owned", "equipped")
    move(db, other, "unequip", "equipped", "owned")
    move(db, worn, "equip", "owned", "equipped")
    # Another slot, and another player's slot.
    assert worn < other < a_player_item_that_is(db, Status.EQUIPPED, "spoon")
    player_item = a_player_item(db, "cap", BOB)
    move(db, player_item, "acquire", None, "owned")
    move(db, player_item, "equip", "owned", "equipped")
