"""Guards of what turns with the clock, attacked through direct SQL on a bare connection."""

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from inventui.content.source import base_pack
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import RobberyDone, ShiftPaid
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, FrozenClock
from tests.builders import NOW, a_player, a_world, audited, done, put_copy
from tests.db.attack import (
    an_operation,
    bare,
    everything,
    insert,
    move,
    nothing_changes,
    one,
    refused,
)

JOURNALS = (
    "market_rotation",
    "stall_sale",
    "gear_shop",
    "shift",
    "daily_bonus",
    "robbery",
    "settlement",
    "income",
    "achieved",
)
"""Tables that are only added to."""

LINES = (*JOURNALS, "market_stall", "upkeep", "notification")
"""Tables whose lines belong to the operation under way."""

KEPT = (*LINES, "neighbour", "achievement")


@cache
def _template() -> Path:
    """A world in which the clock has turned; made once a process and copied."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "turned.db"
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=base_pack()) as world:
        ana = a_player(world, "ana", oranges=1_000_000)
        a_player(world, "bob")
        for category in (Category.BUSINESS, Category.HOUSING, Category.ARMOR):
            done(ana.shop.buy(ana.shop.lines(category)[0].slug), Purchase)
        ana.streets.targets()
        for _ in range(2):
            clock.advance(DAY)
            stall = next(s for s in ana.black_market.rotation().stalls if not s.owned)
            done(ana.black_market.buy(stall.slug), Purchase)
            ana.gear_shop.today()
            ana.streets.daily()
            done(ana.streets.play(50), ShiftPaid)
        for target in [t for t in ana.streets.targets() if t.refusal is None][:3]:
            done(ana.streets.rob(target.name), RobberyDone)
        for _ in range(20):
            clock.advance(DAY)
            ana.catch_up()
        ana.achievements.award()
        audited(world)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "world.db"
    put_copy(_template(), path)
    with bare(path) as connection:
        yield connection


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("table", KEPT)
def test_there_is_something_to_attack(table: str, db: sqlite3.Connection) -> None:
    assert one(db, f"SELECT count(*) FROM {table}") > 1


@pytest.mark.parametrize("table", JOURNALS)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_a_line_is_changed(table: str, verb: str, db: sqlite3.Connection) -> None:
    for column in [*columns(db, table), "rowid"]:
        for value in ("0", "NULL", f"{column} + 1"):
            refused(db, f"{verb} {table} SET {column} = {value}", by=f"{table}: ")


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(table: str, db: sqlite3.Connection) -> None:
    refused(db, f"DELETE FROM {table}")
    refused(db, f"DELETE FROM {table} WHERE id = (SELECT max(id) FROM {table})")


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT INTO"])
def test_no_row_is_put_again_in_its_place(table: str, verb: str, db: sqlite3.Connection) -> None:
    others = [name for name in columns(db, table) if name != "id"]
    for choice in ("min", "max"):
        row = f"FROM {table} WHERE id = (SELECT {choice}(id) FROM {table})"
        refused(db, f"{verb} {table} SELECT * {row}")
        refused(db, f"{verb} {table} (id, {', '.join(others)}) SELECT 1, {', '.join(others)} {row}")


def again(table: str, db: sqlite3.Connection, verb: str = "INSERT INTO", **changes: object) -> None:
    """Write the last line once more, under the operation that is under way."""
    values = dict(
        zip(
            columns(db, table),
            db.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT 1").fetchone(),
            strict=True,
        )
    )
    values |= {"id": None, "operation_id": one(db, "SELECT max(id) FROM operation")}
    insert(db, table, verb, **(values | changes))


UNIQUE = tuple(table for table in LINES if table != "notification")


@pytest.mark.parametrize("table", UNIQUE)
@pytest.mark.parametrize("verb", ["INSERT INTO", "INSERT OR REPLACE INTO", "INSERT OR IGNORE INTO"])
def test_a_line_is_written_once(table: str, verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    with nothing_changes(db):
        again(table, db, verb)


NEXT: dict[str, dict[str, object]] = {
    "market_rotation": {"number": 10**6},
    "gear_shop": {"day": 10**6, "rerolls": 0},
    "shift": {"day": 10**6, "number": 1},
    "daily_bonus": {"day": 10**6},
    "settlement": {"since": 10**15, "until": 10**15},
    "income": {"period": 10**9},
    "upkeep": {"day": 10**6, "state": "due", "ended_by": None},
    "notification": {"seen": 0},
    "achieved": {"player_id": 2},
}
"""What makes the last line another one that may be written."""

UNSOUND: list[tuple[str, dict[str, object]]] = [
    ("market_rotation", {"number": -1}),
    ("market_rotation", {"number": None}),
    ("gear_shop", {"rerolls": 1}),
    ("gear_shop", {"rerolls": -1}),
    ("gear_shop", {"player_id": 999}),
    ("shift", {"number": 2}),
    ("shift", {"number": 0}),
    ("shift", {"skill": 101}),
    ("shift", {"skill": -1}),
    ("shift", {"rest": -1}),
    ("shift", {"player_id": 999}),
    ("shift", {"player_item_id": 10**6}),
    ("daily_bonus", {"streak": 0}),
    ("daily_bonus", {"player_id": None}),
    ("settlement", {"until": 1}),
    ("settlement", {"since": 1}),
    ("settlement", {"since": None}),
    ("settlement", {"until": None}),
    ("settlement", {"player_id": 999}),
    ("income", {"revenue": -1}),
    ("income", {"cost": -1}),
    ("income", {"player_id": 2}),
    ("income", {"player_item_id": 10**6}),
    ("upkeep", {"due": 0}),
    ("upkeep", {"state": "paid"}),
    ("upkeep", {"state": "gone"}),
    ("upkeep", {"ended_by": 1}),
    ("upkeep", {"state": "paid", "ended_by": 1}),
    ("upkeep", {"player_id": 2}),
    ("notification", {"tone": "loud"}),
    ("notification", {"seen": 1}),
    ("notification", {"player_id": 999}),
    ("achieved", {"achievement_id": 999}),
    ("achieved", {"player_id": 999}),
]


@pytest.mark.parametrize("table", NEXT)
def test_the_next_line_is_written(table: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    before = one(db, f"SELECT count(*) FROM {table}")
    again(table, db, **NEXT[table])
    assert one(db, f"SELECT count(*) FROM {table}") == before + 1


@pytest.mark.parametrize(("table", "change"), UNSOUND)
def test_an_unsound_line_is_refused(
    table: str, change: dict[str, object], db: sqlite3.Connection
) -> None:
    an_operation(db)
    with nothing_changes(db):
        again(table, db, **(NEXT[table] | change))


@pytest.mark.parametrize("table", NEXT)
@pytest.mark.parametrize(
    "change", [{"operation_id": 1}, {"operation_id": None}, {"id": 10**6}, {"id": -1}]
)
def test_a_line_is_of_the_operation_under_way_and_takes_the_next_number(
    table: str, change: dict[str, object], db: sqlite3.Connection
) -> None:
    an_operation(db)
    with nothing_changes(db):
        again(table, db, **(NEXT[table] | change))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE market_stall SET sold = sold + 1",
        "UPDATE market_stall SET sold = 0 WHERE sold > 0",
        "UPDATE market_stall SET stock = stock + 1",
        "UPDATE market_stall SET price = 1",
        "UPDATE market_stall SET discount = 90",
        "UPDATE market_stall SET item_id = 1",
        "UPDATE upkeep SET due = 1",
        "UPDATE upkeep SET state = 'due', ended_by = NULL",
        "UPDATE upkeep SET day = day + 100",
        "UPDATE upkeep SET player_item_id = 1",
        "UPDATE achievement SET quest = 2",
        "UPDATE notification SET message = 'x'",
        "UPDATE notification SET seen = 0",
        "UPDATE notification SET player_id = 2",
        "UPDATE neighbour SET player_id = NULL",
        "UPDATE neighbour SET player_id = 1",
        "UPDATE neighbour SET slug = slug || 'x'",
        "UPDATE OR REPLACE neighbour SET id = 1",
        "UPDATE achievement SET slug = slug || 'x'",
        "UPDATE OR REPLACE achievement SET id = 1",
    ],
)
def test_what_follows_from_lines_is_not_set(attack: str, db: sqlite3.Connection) -> None:
    refused(db, attack)


def test_what_was_told_is_seen(db: sqlite3.Connection) -> None:
    db.execute("UPDATE notification SET seen = 1")
    assert one(db, "SELECT min(seen) FROM notification") == 1


def test_a_stall_sells_what_it_has_of_its_own_item(db: sqlite3.Connection) -> None:
    stall, player_item = db.execute("SELECT stall_id, player_item_id FROM stall_sale").fetchone()
    operation = an_operation(db)
    with nothing_changes(db):
        insert(
            db,
            "stall_sale",
            operation_id=operation,
            stall_id=one(db, "SELECT id FROM market_stall WHERE id <> ?", stall),
            player_item_id=player_item + 1,
        )
    left = one(db, "SELECT stock - sold FROM market_stall WHERE id = ?", stall)
    item = one(db, "SELECT item_id FROM market_stall WHERE id = ?", stall)
    category = one(db, "SELECT category FROM item WHERE id = ?", item)
    for _ in range(left):
        sell(db, stall, item, category, "purchase")
    for acquisition in ("purchase", "admin"):
        before = everything(db)["stall_sale"]
        with pytest.raises(sqlite3.IntegrityError):
            sell(db, stall, item, category, acquisition)
        assert everything(db)["stall_sale"] == before


def sell(db: sqlite3.Connection, stall: int, item: int, category: str, acquisition: str) -> None:
    """A sale as the engine writes it, but for the move."""
    operation = an_operation(db, 2)
    player_item = insert(
        db, "player_item", player_id=2, item_id=item, category=category, acquisition=acquisition
    )
    insert(db, "stall_sale", operation_id=operation, stall_id=stall, player_item_id=player_item)


def test_a_stall_belongs_to_the_rotation_that_is_being_drawn(db: sqlite3.Connection) -> None:
    operation = an_operation(db, None)
    item = one(db, "SELECT max(id) FROM item WHERE category = 'weapon'")
    values: dict[str, object] = {
        "operation_id": operation,
        "rotation_id": 1,
        "item_id": item,
        "full_price": 10,
        "price": 10,
        "discount": 0,
        "stock": 1,
    }
    with nothing_changes(db):
        insert(db, "market_stall", **(values | {"item_id": item - 1}))
    rotation = insert(db, "market_rotation", operation_id=operation, number=10**6)
    values["rotation_id"] = rotation
    for change in (
        {"stock": 0}, {"sold": 1}, {"price": 0}, {"price": 11}, {"discount": 100},
        {"discount": -1}, {"item_id": 10**6},
    ):  # fmt: skip
        with nothing_changes(db):
            insert(db, "market_stall", **(values | change))
    insert(db, "market_stall", **values)


ROBBERIES: list[dict[str, object]] = [
    {"robber_id": 2},
    {"victim_id": 1},
    {"victim_id": 999},
    {"chance": -1},
    {"chance": 101},
    {"success": 2},
    {"oranges": -1},
    {"stolen_id": 1},
    {"roll_id": None},
    {"roll_id": 10**6},
    {"roll_id": None, "period": 10**6},
    {"period": 10**6},
    {"halved": None},
    {"halved": -1},
]


@pytest.mark.parametrize("change", ROBBERIES)
def test_a_robbery_has_one_roll_of_its_robber(
    change: dict[str, object], db: sqlite3.Connection
) -> None:
    values = a_robbery(db)
    with nothing_changes(db):
        insert(db, "robbery", **(values | change))
    insert(db, "robbery", **values)


def test_what_is_stolen_was_the_victims_and_is_the_robbers(db: sqlite3.Connection) -> None:
    values = a_robbery(db)
    other = one(db, "SELECT min(player_id) FROM neighbour")
    for owner, robber in ((other, 1), (2, other)):
        player_item = stolen(db, owner, robber)
        with nothing_changes(db):
            insert(db, "robbery", **values, stolen_id=player_item)
    insert(db, "robbery", **values, stolen_id=stolen(db, 2, 1))


def stolen(db: sqlite3.Connection, owner: int, robber: int) -> int:
    """A thing of one player that another has got by stealing it."""
    item, category = db.execute(
        "SELECT id, category FROM item WHERE category = 'weapon' ORDER BY id"
    ).fetchone()
    values = {"item_id": item, "category": category, "acquisition": "admin"}
    player_item = insert(db, "player_item", player_id=owner, **values)
    move(db, player_item, "acquire", None, "owned")
    move(db, player_item, "steal", "owned", "stolen")
    return insert(db, "player_item", player_id=robber, origin_id=player_item, **values)


def a_robbery(db: sqlite3.Connection) -> dict[str, object]:
    """A line of the robbery under way, of ana by her roll."""
    operation = an_operation(db)
    pair, nonce = db.execute(
        "SELECT id, nonce FROM seed_pair WHERE player_id = 1 AND state = 'active'"
    ).fetchone()
    roll = insert(
        db,
        "roll",
        operation_id=operation,
        seed_pair_id=pair,
        nonce=nonce,
        purpose="robbery",
        odds_table_id=1,
    )
    return {
        "operation_id": operation,
        "robber_id": 1,
        "victim_id": 2,
        "chance": 50,
        "roll_id": roll,
        "halved": 0,
    }


def test_a_neighbour_robs_a_player_once_a_period(db: sqlite3.Connection) -> None:
    operation = an_operation(db)
    robber = one(db, "SELECT min(player_id) FROM neighbour")
    values: dict[str, object] = {
        "operation_id": operation,
        "robber_id": robber,
        "victim_id": 2,
        "chance": 50,
        "period": 10**6,
    }
    insert(db, "robbery", **values)
    with nothing_changes(db):
        insert(db, "robbery", **(values | {"robber_id": robber + 1}))
    with nothing_changes(db):
        insert(db, "robbery", **(values | {"period": 10**6 + 1, "halved": 0}))


def test_upkeep_is_ended_by_the_operation_under_way(db: sqlite3.Connection) -> None:
    an_operation(db)
    again("upkeep", db, **NEXT["upkeep"])
    later = an_operation(db)
    for state, by in (("paid", 1), ("paid", None), ("due", later), ("gone", later)):
        with nothing_changes(db):
            db.execute("UPDATE upkeep SET state = ?, ended_by = ? WHERE state = 'due'", (state, by))
    db.execute("UPDATE upkeep SET state = 'paid', ended_by = ? WHERE state = 'due'", (later,))
    refused(db, "UPDATE upkeep SET state = 'evicted' WHERE id = (SELECT max(id) FROM upkeep)")
