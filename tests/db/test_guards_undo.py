"""Guards of undo, attacked through direct SQL on a bare connection."""

import sqlite3

import pytest

from inventui.rules.core.enums import Status
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
    undoing,
)


def sold(db: sqlite3.Connection, paid: int = 300, event: str = "sell") -> tuple[int, int]:
    """A lemon that ana sold for so many oranges, and the operation."""
    an_operation(db)
    lemon = a_player_item(db)
    move(db, lemon, "acquire", None, "owned")
    operation = an_operation(db, kind=event)
    move(db, lemon, event, "owned", "sold" if event == "sell" else "destroyed")
    if paid:
        transfer(db, operation, "sale", paid, from_house=True)
    return lemon, operation


def transfer(
    db: sqlite3.Connection,
    operation: int,
    kind: str,
    amount: int,
    *,
    player: int = ANA,
    from_house: bool = False,
) -> None:
    """Oranges move between the house's sales and a player."""
    house = one(db, "SELECT id FROM account WHERE house = 'sale' AND currency = 'oranges'")
    theirs = one(db, "SELECT id FROM account WHERE player_id = ? AND currency = 'oranges'", player)
    payer, payee = (house, theirs) if from_house else (theirs, house)
    balances = {
        account: one(db, "SELECT balance FROM account WHERE id = ?", account)
        for account in (payer, payee)
    }
    insert(
        db,
        "transfer",
        operation_id=operation,
        kind=kind,
        currency="oranges",
        amount=amount,
        from_account_id=payer,
        to_account_id=payee,
        from_balance=balances[payer] - amount,
        to_balance=balances[payee] + amount,
    )


def test_a_sale_is_taken_back_for_what_it_brought(db: sqlite3.Connection) -> None:
    lemon, sale = sold(db)
    undo = undoing(db, sale)
    for amount in (299, 301, 1):
        with nothing_changes(db):
            transfer(db, undo, "undo", amount)
    with nothing_changes(db):
        transfer(db, undo, "undo", 300, player=BOB)
    with nothing_changes(db):
        transfer(db, undo, "sale", 300)
    # Money first: what it brought must not stay.
    with pytest.raises(sqlite3.IntegrityError):
        move(db, lemon, "undo", "sold", "owned")
    transfer(db, undo, "undo", 300)
    with nothing_changes(db):
        transfer(db, undo, "undo", 300)
    move(db, lemon, "undo", "sold", "owned")
    assert one(db, "SELECT status FROM player_item WHERE id = ?", lemon) == Status.OWNED


def test_the_house_s_sales_take_nothing_back_without_an_undo(db: sqlite3.Connection) -> None:
    sold(db)
    for kind in ("sell", "undo"):
        operation = an_operation(db, kind=kind)
        with nothing_changes(db):
            transfer(db, operation, "undo", 300)


def test_what_nobody_takes_back_stays_gone(db: sqlite3.Connection) -> None:
    for paid, event, status in ((0, "sell", "sold"), (0, "discard", "destroyed")):
        lemon, _ = sold(db, paid, event)
        other, done = sold(db, paid, event)
        an_operation(db, kind="undo")
        with pytest.raises(sqlite3.IntegrityError):
            move(db, lemon, "undo", status, "owned")
        undoing(db, done)
        with pytest.raises(sqlite3.IntegrityError):
            move(db, lemon, "undo", status, "owned")
        move(db, other, "undo", status, "owned")
        with pytest.raises(sqlite3.IntegrityError):
            move(db, other, "undo", status, "owned")


@pytest.mark.parametrize(
    "how", ["of another's", "of another kind", "by another kind", "of itself", "of nothing"]
)
def test_only_one_s_own_deed_that_can_be_undone_is_taken_back(
    how: str, db: sqlite3.Connection
) -> None:
    _, sale = sold(db, 0)
    shift = an_operation(db, kind="shift")
    undo = an_operation(
        db, BOB if how == "of another's" else ANA, "sell" if how == "by another kind" else "undo"
    )
    undone = {"of another kind": shift, "of itself": undo, "of nothing": 9_999}.get(how, sale)
    with nothing_changes(db):
        insert(db, "undo", id=None, operation_id=undo, undone_id=undone)


def test_a_deed_is_taken_back_once_and_one_deed_at_a_time(db: sqlite3.Connection) -> None:
    _, first = sold(db, 0)
    _, second = sold(db, 0)
    undo = undoing(db, first)
    for operation, undone in ((undo, first), (undo, second), (first, second)):
        with nothing_changes(db):
            insert(db, "undo", id=None, operation_id=operation, undone_id=undone)
    later = an_operation(db, kind="undo")
    with nothing_changes(db):
        insert(db, "undo", id=None, operation_id=later, undone_id=first)
    insert(db, "undo", id=None, operation_id=later, undone_id=second)
    refused(db, "UPDATE undo SET undone_id = 1 WHERE id = 1")
    refused(db, "DELETE FROM undo")


def test_what_lives_on_at_another_s_does_not_come_back(db: sqlite3.Connection) -> None:
    an_operation(db)
    lemon = a_player_item(db)
    move(db, lemon, "acquire", None, "owned")
    gift = an_operation(db, kind="gift")
    move(db, lemon, "gift", "owned", "gifted")
    item = one(db, "SELECT item_id FROM player_item WHERE id = ?", lemon)

    def hand_on() -> int:
        return insert(
            db,
            "player_item",
            player_id=BOB,
            item_id=item,
            category="collectible",
            acquisition="gift",
            origin_id=lemon,
        )

    theirs = hand_on()
    move(db, theirs, "acquire", None, "owned")
    undoing(db, gift)
    with pytest.raises(sqlite3.IntegrityError):
        move(db, lemon, "undo", "gifted", "owned")
    move(db, theirs, "return", "owned", "returned")
    move(db, lemon, "undo", "gifted", "owned")
    # It may be given anew, but not to two at once.
    an_operation(db, kind="gift")
    move(db, lemon, "gift", "owned", "gifted")
    hand_on()
    with pytest.raises(sqlite3.IntegrityError):
        hand_on()


@pytest.mark.parametrize(("seen", "shown"), [(1, 0), (0, 1), (1, 1)])
def test_a_notification_is_shown_and_seen_and_never_again_not(
    seen: int, shown: int, db: sqlite3.Connection
) -> None:
    operation = an_operation(db)
    number = insert(db, "notification", operation_id=operation, player_id=ANA, tone="info")
    refused(db, f"UPDATE notification SET message = 'no', shown = 1 WHERE id = {number}")
    refused(db, f"UPDATE notification SET shown = 2 WHERE id = {number}")
    db.execute(f"UPDATE notification SET seen = {seen}, shown = {shown} WHERE id = {number}")
    refused(db, f"UPDATE notification SET seen = 0, shown = 0 WHERE id = {number}")
