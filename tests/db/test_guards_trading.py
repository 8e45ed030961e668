"""Guards of the markets between players, attacked on a bare connection."""

import sqlite3
from collections.abc import Mapping

import pytest

from tests.db.attack import (
    ANA,
    BOB,
    a_player_item,
    an_operation,
    insert,
    move,
    nothing_changes,
    one,
    refused,
)
from tests.db.bare_markets import (
    AT,
    FEE,
    PRICE,
    Step,
    begun,
    end_trade,
    fusion,
    fusion_input,
    fusion_steps,
    give_back,
    latest,
    listed,
    listing_of,
    offer,
    offer_line,
    owned,
    pay,
    player_items_of,
    sale,
    sell,
    swap,
    trade_player_item,
    update,
)

TABLES = (
    "listing",
    "listing_count",
    "listing_block",
    "bazaar_turn",
    "trade",
    "trade_thing",
    "fusion",
    "fusion_input",
    "completion",
    "counted_piece",
)


@pytest.fixture
def busy(db: sqlite3.Connection) -> sqlite3.Connection:
    """A world in which each of these tables has lines: open ones and ended ones."""
    listing_of(db, listed(db))
    sold = listing_of(db, listed(db))
    an_operation(db, BOB)
    run(sale(db, sold))
    sell(db, sold)
    offer(db)
    accepted = offer(db)
    an_operation(db, BOB)
    run(swap(db, accepted))
    end_trade(db, accepted, "accepted")
    fuse(db)
    insert(db, "bazaar_turn", operation_id=an_operation(db, None), number=3)
    number = a_completion(db)
    mine = one(db, "SELECT max(id) FROM player_item WHERE player_id = ? AND status = 'owned'", ANA)
    insert(
        db,
        "counted_piece",
        operation_id=latest(db),
        completion_id=number,
        player_item_id=mine,
    )
    return db


def run(steps: Mapping[str, Step], *, but: str = "") -> None:
    """Take each step in order, but one."""
    for name, step in steps.items():
        if name != but:
            step()


def fuse(db: sqlite3.Connection) -> int:
    player_items, steps = fusion_steps(db)
    an_operation(db)
    run(steps)
    number = fusion(db)
    for player_item in player_items:
        fusion_input(db, number, player_item)
    return number


def a_completion(db: sqlite3.Connection, **changes: object) -> int:
    an_operation(db)
    case = one(db, "SELECT min(id) FROM case_box")
    values: dict[str, object] = {"operation_id": latest(db), "player_id": ANA, "case_id": case}
    return insert(db, "completion", **(values | {"at": AT, "oranges": 5} | changes))


@pytest.mark.parametrize("table", TABLES)
def test_there_is_something_to_attack(table: str, busy: sqlite3.Connection) -> None:
    assert one(busy, f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"])
def test_no_column_of_a_line_is_changed_by_itself(
    table: str, verb: str, busy: sqlite3.Connection
) -> None:
    an_operation(busy)
    columns = [row[1] for row in busy.execute(f"PRAGMA table_info({table})")]
    for column in [*columns, "rowid"]:
        for value in ("0", "NULL", f"{column} + 1", "'sold'", "'accepted'", "'expired'"):
            with nothing_changes(busy):
                busy.execute(f"{verb} {table} SET {column} = {value}")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted_or_put_again_in_its_place(table: str, busy: sqlite3.Connection) -> None:
    refused(busy, f"DELETE FROM {table}")
    an_operation(busy)
    for verb in ("INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT INTO"):
        for choice in ("min", "max"):
            row = f"FROM {table} WHERE rowid = (SELECT {choice}(rowid) FROM {table})"
            refused(busy, f"{verb} {table} SELECT * {row}")


# Bazaar


@pytest.mark.parametrize(
    "change",
    [
        {"seller_id": BOB},
        {"seller_id": 99},
        {"player_item_id": 1},
        {"player_item_id": None},
        {"item_id": 1},
        {"price": 0},
        {"price": -5},
        {"price": None},
        {"until": AT},
        {"state": "sold"},
        {"state": "taken_back"},
        {"state": "begun"},
        {"ended_by": 1},
        {"buyer_id": BOB},
        {"bought_id": 1},
        {"fee": -1},
        {"fee": PRICE + 1},
        {"fee": None},
        {"operation_id": 1},
        {"id": 10**6},
        {"id": -1},
    ],
)
def test_an_unsound_listing_is_refused(change: dict[str, object], db: sqlite3.Connection) -> None:
    player_item = listed(db)
    assert one(db, "SELECT item_id FROM player_item WHERE id = ?", player_item) != 1
    with nothing_changes(db):
        listing_of(db, player_item, **change)
    listing_of(db, player_item)


def test_a_thing_that_was_not_listed_just_now_is_not_put_up(db: sqlite3.Connection) -> None:
    player_item = owned(db)
    with nothing_changes(db):
        listing_of(db, player_item)
    player_item = listed(db)
    an_operation(db)
    with nothing_changes(db):
        listing_of(db, player_item)


def test_a_thing_has_one_open_listing(db: sqlite3.Connection) -> None:
    player_item = listed(db)
    listing_of(db, player_item)
    with nothing_changes(db):
        listing_of(db, player_item)


def test_a_sale_is_written_once_it_has_happened(db: sqlite3.Connection) -> None:
    listing = listing_of(db, listed(db))
    an_operation(db, BOB)
    run(sale(db, listing))
    sell(db, listing)
    assert one(db, "SELECT state FROM listing WHERE id = ?", listing) == "sold"


@pytest.mark.parametrize("missing", ["price", "fee", "end", "begin"])
def test_a_sale_of_which_something_is_missing_is_refused(
    missing: str, db: sqlite3.Connection
) -> None:
    listing = listing_of(db, listed(db))
    an_operation(db, BOB)
    steps = sale(db, listing)
    if missing == "end":
        # Without the seller's end nothing can begin.
        run({name: step for name, step in steps.items() if name in ("price", "fee")})
    else:
        run(steps, but=missing)
    with nothing_changes(db):
        sell(db, listing)


@pytest.mark.parametrize(
    "change",
    [
        {"buyer_id": ANA},
        {"buyer_id": None},
        {"buyer_id": 99},
        {"bought_id": 1},
        {"bought_id": None},
        {"fee": 0},
        {"fee": FEE + 1},
        {"state": "taken_back"},
        {"state": "expired"},
        {"state": "given"},
        {"ended_by": 1},
        {"ended_by": None},
        {"price": PRICE - 1},
        {"seller_id": BOB},
        {"until": 10**9},
    ],
)
def test_a_sale_that_is_told_otherwise_is_refused(
    change: dict[str, object], db: sqlite3.Connection
) -> None:
    listing = listing_of(db, listed(db))
    an_operation(db, BOB)
    run(sale(db, listing))
    with nothing_changes(db):
        sell(db, listing, **change)


@pytest.mark.parametrize("state", ["taken_back", "expired"])
def test_what_comes_home_was_not_bought(state: str, db: sqlite3.Connection) -> None:
    player_item = listed(db)
    listing = listing_of(db, player_item)
    an_operation(db)
    with nothing_changes(db):
        update(db, "listing", listing, {"state": state, "ended_by": latest(db)})
    move(db, player_item, "delist", "listed", "owned")
    for change in ({"buyer_id": BOB}, {"bought_id": 1}, {"fee": 0}, {"ended_by": 1}):
        with nothing_changes(db):
            update(db, "listing", listing, {"state": state, "ended_by": latest(db), **change})
    update(db, "listing", listing, {"state": state, "ended_by": latest(db)})
    an_operation(db)
    with nothing_changes(db):
        update(db, "listing", listing, {"state": "expired", "ended_by": latest(db)})


def test_listed_things_are_counted_by_their_moves_alone(db: sqlite3.Connection) -> None:
    player_items = [listed(db) for _ in range(3)]
    item = one(db, "SELECT item_id FROM player_item WHERE id = ?", player_items[0])

    def count() -> int:
        return int(one(db, "SELECT listed FROM listing_count WHERE item_id = ?", item))

    assert count() == 3
    an_operation(db)
    move(db, player_items[0], "delist", "listed", "owned")
    assert count() == 2
    last = one(db, "SELECT max(id) FROM move")
    for change in (
        {"listed": 9},
        {"listed": 3, "last_move_id": last},
        {"listed": 1, "last_move_id": last + 1},
        {"item_id": item + 1},
    ):
        columns = ", ".join(f"{name} = {value}" for name, value in change.items())
        refused(db, f"UPDATE listing_count SET {columns} WHERE item_id = {item}")
    for line in ((item, 0, 0), (item + 1, 1, 0), (10**6, 0, 0), (item + 1, 0, 7)):
        refused(
            db, "INSERT INTO listing_count (item_id, listed, last_move_id) VALUES (?, ?, ?)", *line
        )


def test_open_listings_of_a_block_are_counted_as_they_begin_and_end(db: sqlite3.Connection) -> None:
    player_items = [listed(db) for _ in range(3)]
    listings = [listing_of(db, player_item) for player_item in player_items[-1:]]

    def count() -> int:
        return int(one(db, "SELECT listed FROM listing_block WHERE block = 0"))

    assert count() == 1
    listing = listings[0]
    an_operation(db)
    move(db, player_items[-1], "delist", "listed", "owned")
    update(db, "listing", listing, {"state": "taken_back", "ended_by": latest(db)})
    assert count() == 0
    an_operation(db)
    move(db, player_items[-1], "list", "owned", "listed")
    listing_of(db, player_items[-1])
    assert count() == 1
    last = one(db, "SELECT max(id) FROM move")
    ended = one(db, "SELECT max(id) FROM move WHERE from_status = 'listed'")
    for change in (
        {"listed": 9},
        {"listed": 2, "last_listing_id": listing + 1},
        {"listed": 2, "last_listing_id": listing + 2},
        {"listed": 0, "last_move_id": last},
        {"listed": 0, "last_move_id": ended},
        {"listed": 0, "last_move_id": last + 1},
        {"block": 1},
    ):
        columns = ", ".join(f"{name} = {value}" for name, value in change.items())
        refused(db, f"UPDATE listing_block SET {columns}")
    for line in ((0, 0, 0), (1, 0, 0), (-1, 0, 0), (1, 1, 0), (1, 0, 7)):
        refused(
            db,
            "INSERT INTO listing_block (block, listed, last_listing_id, last_move_id)"
            " VALUES (?, ?, ?, 0)",
            *line,
        )


def test_a_turn_of_the_bazaar_is_had_once(db: sqlite3.Connection) -> None:
    insert(db, "bazaar_turn", operation_id=an_operation(db, None), number=3)
    an_operation(db, None)
    for number in (3, -1, None):
        with nothing_changes(db):
            insert(db, "bazaar_turn", operation_id=latest(db), number=number)
    insert(db, "bazaar_turn", operation_id=latest(db), number=4)


# Trades


@pytest.mark.parametrize(
    "change",
    [
        {"proposer_id": BOB},
        {"partner_id": ANA},
        {"partner_id": 99},
        {"proposer_oranges": 31},
        {"proposer_oranges": -1},
        {"partner_oranges": -1},
        {"until": AT},
        {"state": "accepted"},
        {"state": "declined"},
        {"ended_by": 1},
        {"answer": "said"},
        {"counter_of": 1},
        {"operation_id": 1},
        {"id": 10**6},
    ],
)
def test_an_unsound_offer_is_refused(change: dict[str, object], db: sqlite3.Connection) -> None:
    offer(db)
    an_operation(db)
    pay(db, ANA, "trade_hold", 30)
    with nothing_changes(db):
        offer_line(db, **{"proposer_oranges": 30, **change})
    offer_line(db, proposer_oranges=30)


def test_what_is_offered_was_held_just_now_and_what_is_asked_for_is_the_others(
    db: sqlite3.Connection,
) -> None:
    free, held, theirs, worn = owned(db), owned(db), owned(db, BOB), owned(db, BOB, "cap")
    move(db, worn, "equip", "owned", "equipped")
    an_operation(db)
    move(db, held, "offer", "owned", "offered")
    trade = offer_line(db)
    for side, player_item in (
        ("proposer", free),
        ("proposer", theirs),
        ("partner", held),
        ("partner", free),
        ("partner", worn),
        ("nobody", held),
        ("proposer", 10**6),
    ):
        with nothing_changes(db):
            trade_player_item(db, trade, side, player_item)
    trade_player_item(db, trade, "proposer", held)
    trade_player_item(db, trade, "partner", theirs)
    with nothing_changes(db):
        trade_player_item(db, trade, "partner", theirs)
    later = owned(db, BOB)
    an_operation(db)
    with nothing_changes(db):
        trade_player_item(db, trade, "partner", later)


def test_a_trade_is_accepted_once_everything_went_over(db: sqlite3.Connection) -> None:
    trade = offer(db)
    an_operation(db, BOB)
    run(swap(db, trade))
    end_trade(db, trade, "accepted")
    assert one(db, "SELECT balance FROM account WHERE house = 'trade_hold'") == 0
    for state in ("declined", "accepted", "open"):
        with nothing_changes(db):
            end_trade(db, trade, state)


@pytest.mark.parametrize("missing", ["to bob", "to ana", "held", "asked"])
def test_a_trade_of_which_something_is_missing_is_not_accepted(
    missing: str, db: sqlite3.Connection
) -> None:
    trade = offer(db)
    an_operation(db, BOB)
    run(swap(db, trade), but=missing)
    with nothing_changes(db):
        end_trade(db, trade, "accepted")


@pytest.mark.parametrize("kept", ["theirs", "mine"])
def test_a_trade_of_which_one_side_gave_nothing_is_not_accepted(
    kept: str, db: sqlite3.Connection
) -> None:
    trade = offer(db)
    an_operation(db, BOB)
    received = "to ana" if kept == "theirs" else "to bob"
    run({name: step for name, step in swap(db, trade).items() if name not in (kept, received)})
    with nothing_changes(db):
        end_trade(db, trade, "accepted")


def test_a_trade_whose_things_went_to_somebody_else_is_not_accepted(
    db: sqlite3.Connection,
) -> None:
    trade = offer(db)
    mine, _ = player_items_of(db, trade)
    an_operation(db, BOB)
    steps = dict(swap(db, trade))
    steps["to bob"] = lambda: begun(db, mine, ANA)
    run(steps)
    with nothing_changes(db):
        end_trade(db, trade, "accepted")


@pytest.mark.parametrize("state", ["declined", "taken_back", "countered", "expired"])
def test_an_offer_ends_once_everything_was_given_back(state: str, db: sqlite3.Connection) -> None:
    trade = offer(db)
    an_operation(db)
    with nothing_changes(db):
        end_trade(db, trade, state)
    steps = give_back(db, trade)
    steps["thing"]()
    with nothing_changes(db):
        end_trade(db, trade, state)
    steps["oranges"]()
    for change in ({"ended_by": 1}, {"proposer_oranges": 0}, {"until": 10**9}, {"message": "x"}):
        with nothing_changes(db):
            end_trade(db, trade, state, **change)
    with nothing_changes(db):
        end_trade(db, trade, "accepted")
    end_trade(db, trade, state, answer="No.")


def test_a_counter_offer_answers_the_offer_that_it_ends(db: sqlite3.Connection) -> None:
    first, other = offer(db), offer(db)
    an_operation(db, BOB)
    with nothing_changes(db):
        offer_line(db, proposer_id=BOB, partner_id=ANA, counter_of=first)
    run(give_back(db, first))
    end_trade(db, first, "countered")
    cy = insert(db, "player", name="cy", name_key="cy")
    for change in (
        {"counter_of": other}, {"proposer_id": ANA, "partner_id": BOB}, {"proposer_id": cy},
    ):  # fmt: skip
        values = {"proposer_id": BOB, "partner_id": ANA, "counter_of": first, **change}
        with nothing_changes(db):
            offer_line(db, **values)
    offer_line(db, proposer_id=BOB, partner_id=ANA, counter_of=first)
    an_operation(db, BOB)
    with nothing_changes(db):
        offer_line(db, proposer_id=BOB, partner_id=ANA, counter_of=first)


# Workshop


@pytest.mark.parametrize(
    "change",
    [
        {"player_id": BOB},
        {"rarity": "legendary"},
        {"rarity": "shiny"},
        {"fee": PRICE + 1},
        {"fee": 0},
        {"inputs": 0},
        {"inputs": None},
        {"roll_id": 1},
        {"roll_id": None},
        {"operation_id": 1},
        {"id": 10**6},
    ],
)
def test_an_unsound_fusion_is_refused(change: dict[str, object], db: sqlite3.Connection) -> None:
    _, steps = fusion_steps(db)
    an_operation(db)
    run(steps)
    with nothing_changes(db):
        fusion(db, **change)
    fusion(db)
    with nothing_changes(db):
        fusion(db)


def test_a_fusion_whose_roll_gave_nothing_is_refused(db: sqlite3.Connection) -> None:
    _, steps = fusion_steps(db, won=False)
    an_operation(db)
    run(steps)
    with nothing_changes(db):
        fusion(db)


@pytest.mark.parametrize("missing", ["fee", "roll"])
def test_a_fusion_of_which_something_is_missing_is_refused(
    missing: str, db: sqlite3.Connection
) -> None:
    _, steps = fusion_steps(db)
    an_operation(db)
    run(steps, but=missing)
    with nothing_changes(db):
        fusion(db)


def test_what_went_into_a_fusion_ended_in_it_and_there_are_five(db: sqlite3.Connection) -> None:
    player_items, steps = fusion_steps(db)
    spare = owned(db)
    an_operation(db)
    run(steps)
    move(db, spare, "fuse", "owned", "fused")
    free = a_player_item(db)
    move(db, free, "acquire", None, "owned")
    number = fusion(db)
    for player_item in (free, 10**6, None):
        with nothing_changes(db):
            fusion_input(db, number, player_item)  # type: ignore[arg-type]
    with nothing_changes(db):
        fusion_input(db, number + 1, player_items[0])
    for player_item in player_items:
        fusion_input(db, number, player_item)
        with nothing_changes(db):
            fusion_input(db, number, player_item)
    with nothing_changes(db):
        fusion_input(db, number, spare)


def test_a_collection_is_completed_once(db: sqlite3.Connection) -> None:
    for change in ({"player_id": 99}, {"case_id": 99}, {"oranges": -1}, {"gems": -1}, {"id": 50}):
        db.execute("SAVEPOINT attempt")
        an_operation(db)
        with nothing_changes(db):
            insert(
                db,
                "completion",
                **{"operation_id": latest(db), "player_id": ANA, "case_id": 1, "at": AT, **change},
            )
        db.execute("ROLLBACK TO attempt")
    a_completion(db)
    an_operation(db)
    with nothing_changes(db):
        insert(
            db, "completion", operation_id=latest(db), player_id=ANA, case_id=1, at=AT, oranges=5
        )


def test_a_piece_counts_once_and_only_while_who_completes_holds_it(db: sqlite3.Connection) -> None:
    number = a_completion(db)

    def count(player_item: int, completion: int = number) -> int:
        values = {"operation_id": latest(db), "completion_id": completion}
        return insert(db, "counted_piece", **values, player_item_id=player_item)

    mine = one(db, "SELECT max(id) FROM player_item WHERE player_id = ? AND status = 'owned'", ANA)
    kind = one(db, "SELECT item_id FROM player_item WHERE id = ?", mine)
    his = one(db, "SELECT max(id) FROM player_item WHERE player_id = ?", BOB)
    gone = one(
        db,
        "SELECT max(id) FROM player_item WHERE player_id = ? AND status IN ('sold', 'fused')",
        ANA,
    )
    for player_item, completion in ((his, number), (gone, number), (mine, 99), (9_999, number)):
        with nothing_changes(db):
            count(player_item, completion)
    count(mine)
    same = (
        "SELECT min(id) FROM player_item WHERE player_id = ? AND status = 'owned' AND item_id = ?"
    )
    for player_item in (mine, one(db, same, ANA, kind)):
        with nothing_changes(db):
            count(player_item)
    an_operation(db)
    with nothing_changes(db):
        count(one(db, "SELECT min(id) FROM player_item WHERE player_id = ?", ANA))
