"""Guards of money, attacked through direct SQL on a bare connection."""

import sqlite3

import pytest

from inventui.rules.core.money import FAUCETS, HOLDS, MOST, SINKS
from tests.db.attack import (
    ANA,
    BOB,
    an_operation,
    everything,
    insert,
    nothing_changes,
    one,
    refused,
)
from tests.db.invariants import holds

VERBS = [
    "INSERT INTO",
    "INSERT OR REPLACE INTO",
    "INSERT OR IGNORE INTO",
    "INSERT OR FAIL INTO",
    "INSERT OR ROLLBACK INTO",
    "REPLACE INTO",
]
LARGEST = 2**63 - 1


def account(db: sqlite3.Connection, owner: int | str, currency: str = "oranges") -> int:
    """The number of a player's account or of one of the house."""
    column = "house" if isinstance(owner, str) else "player_id"
    number = one(db, f"SELECT id FROM account WHERE {column} = ? AND currency = ?", owner, currency)
    assert isinstance(number, int)
    return number


def balance(db: sqlite3.Connection, number: int) -> int:
    found = one(db, "SELECT balance FROM account WHERE id = ?", number)
    assert isinstance(found, int)
    return found


def a_transfer(
    db: sqlite3.Connection,
    payer: int,
    payee: int,
    moved: int,
    verb: str = "INSERT INTO",
    **changes: object,
) -> int:
    """A transfer as the engine writes one, with these columns changed."""
    values: dict[str, object] = {
        "operation_id": one(db, "SELECT max(id) FROM operation"),
        "kind": "attack",
        "currency": one(db, "SELECT currency FROM account WHERE id = ?", payer),
        "amount": moved,
        "from_account_id": payer,
        "to_account_id": payee,
        "from_balance": balance(db, payer) - moved,
        "to_balance": balance(db, payee) + moved,
    }
    return insert(db, "transfer", verb, **(values | changes))


def test_a_sound_transfer_moves_both_balances_and_what_was_spent(db: sqlite3.Connection) -> None:
    before = everything(db)
    an_operation(db)
    ana, bob, case = account(db, ANA), account(db, BOB), account(db, "case")
    had = balance(db, ana), balance(db, bob), balance(db, case)
    spent = one(db, "SELECT spent FROM account WHERE id = ?", ana)
    a_transfer(db, ana, bob, 7)
    a_transfer(db, ana, case, 5)
    assert (balance(db, ana), balance(db, bob), balance(db, case)) == (
        had[0] - 12,
        had[1] + 7,
        had[2] + 5,
    )
    # What goes to another player is given, not spent.
    assert one(db, "SELECT spent FROM account WHERE id = ?", ana) == spent + 5
    assert one(db, "SELECT spent FROM account WHERE id = ?", bob) == 0
    holds(db, before)


AMOUNTS: list[object] = [0, -1, -LARGEST, None, 0.5, "", "many", b"5", LARGEST + 1, float("inf")]
BALANCES = {
    "too much left": {"from_balance": 10**6},
    "one more left": {"from_balance": 0},
    "none got": {"to_balance": 0},
    "more got": {"to_balance": 10**9},
    "nothing said of the payer": {"from_balance": None},
    "nothing said of the payee": {"to_balance": None},
    "another currency": {"currency": "gems"},
    "an unknown currency": {"currency": "doubloons"},
    "no currency": {"currency": None},
    "no operation": {"operation_id": None},
    "an operation that is not there": {"operation_id": 10**6},
    "an operation of the past": {"operation_id": 1},
    "a number that is taken": {"id": 1},
    "a number below nothing": {"id": -1},
    "the number 0": {"id": 0},
    "the largest number": {"id": LARGEST},
    "a number with a gap before it": {"id": 10**6},
    "no payer": {"from_account_id": None},
    "no payee": {"to_account_id": None},
    "a payer that is not there": {"from_account_id": 10**6},
    "a payee that is not there": {"to_account_id": -1},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("amount", AMOUNTS, ids=repr)
def test_an_amount_is_a_whole_number_above_zero(
    amount: object, verb: str, db: sqlite3.Connection
) -> None:
    an_operation(db)
    before = everything(db)
    moved = amount if isinstance(amount, int) and abs(amount) < LARGEST else 0
    with pytest.raises((sqlite3.IntegrityError, OverflowError)):
        a_transfer(db, account(db, ANA), account(db, BOB), moved, verb, amount=amount)
    assert everything(db) == before


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", BALANCES)
def test_a_transfer_that_does_not_follow_is_refused(
    what: str, verb: str, db: sqlite3.Connection
) -> None:
    an_operation(db)
    with nothing_changes(db):
        a_transfer(db, account(db, ANA), account(db, BOB), 5, verb, **BALANCES[what])


@pytest.mark.parametrize("verb", VERBS)
def test_a_player_never_goes_below_zero(verb: str, db: sqlite3.Connection) -> None:
    an_operation(db)
    ana, bob = account(db, ANA), account(db, BOB)
    before = everything(db)
    for amount in (balance(db, ana) + 1, 10**12, 2**62):
        with pytest.raises(sqlite3.IntegrityError, match="do not follow"):
            a_transfer(db, ana, bob, amount, verb)
    assert everything(db) == before
    a_transfer(db, ana, bob, balance(db, ana), verb)
    assert balance(db, ana) == 0


@pytest.mark.parametrize("verb", VERBS)
def test_money_is_not_moved_to_itself_or_into_another_currency(
    verb: str, db: sqlite3.Connection
) -> None:
    an_operation(db)
    ana, gems = account(db, ANA), account(db, ANA, "gems")
    for payer, payee in ((ana, ana), (ana, gems), (gems, ana), (ana, account(db, BOB, "gems"))):
        for currency in ("oranges", "gems"):
            with nothing_changes(db):
                a_transfer(db, payer, payee, 5, verb, currency=currency)


def test_a_faucet_only_pays_out_and_a_sink_only_takes_in(db: sqlite3.Connection) -> None:
    an_operation(db)
    ana = account(db, ANA)
    for faucet in FAUCETS:
        with pytest.raises(sqlite3.IntegrityError):
            a_transfer(db, ana, account(db, faucet), 5)
        a_transfer(db, account(db, faucet), ana, 5)
    for sink in SINKS:
        with pytest.raises(sqlite3.IntegrityError):
            a_transfer(db, account(db, sink), ana, 1)
        a_transfer(db, ana, account(db, sink), 5)
    with pytest.raises(sqlite3.IntegrityError):
        a_transfer(db, account(db, "case"), account(db, "shop"), 1)


def test_a_hold_takes_in_and_pays_out_what_it_has_and_is_not_spent(
    db: sqlite3.Connection,
) -> None:
    an_operation(db)
    ana, bob = account(db, ANA), account(db, BOB)
    spent = one(db, "SELECT spent FROM account WHERE id = ?", ana)
    for hold in HOLDS:
        a_transfer(db, ana, account(db, hold), 5)
        a_transfer(db, account(db, hold), bob, 3)
        with pytest.raises(sqlite3.IntegrityError):
            a_transfer(db, account(db, hold), ana, 3)
        a_transfer(db, account(db, hold), ana, 2)
    assert one(db, "SELECT spent FROM account WHERE id = ?", ana) == spent


@pytest.mark.parametrize("verb", VERBS)
def test_sums_too_large_to_hold_are_refused_and_nothing_is_half_done(
    verb: str, db: sqlite3.Connection
) -> None:
    before = everything(db)
    operation = an_operation(db)
    ana, bob, admin = account(db, ANA), account(db, BOB), account(db, "admin")

    def pay(payee: int, amount: int) -> None:
        # Reckoned by SQLite, whose whole numbers turn into fractions when they overflow.
        db.execute(
            f"{verb} transfer (operation_id, kind, currency, amount, from_account_id,"
            " to_account_id, from_balance, to_balance) SELECT ?1, '', 'oranges', ?2, f.id, t.id,"
            " f.balance - ?2, t.balance + ?2 FROM account f, account t"
            " WHERE f.id = ?3 AND t.id = ?4",
            (operation, amount, admin, payee),
        )

    pay(ana, MOST - balance(db, ana))
    for amount in (1, MOST, 2**62, LARGEST - 2**62, LARGEST):
        with nothing_changes(db):
            pay(ana, amount)
    for amount in (MOST, LARGEST):
        with nothing_changes(db):
            pay(bob, amount)
    pay(bob, 2**51)
    assert (balance(db, ana), balance(db, bob)) == (MOST, 2**51 + 5_000)
    holds(db, before)


@pytest.mark.parametrize(
    "change",
    [
        "balance = balance + 1",
        "balance = 0",
        "balance = NULL",
        "balance = 1e9",
        "balance = '7'",
        "spent = 0",
        "spent = spent + 1",
        "last_transfer_id = last_transfer_id + 1",
        "last_transfer_id = 0",
        "balance = balance + 1, last_transfer_id = last_transfer_id + 1",
        "balance = 5000, last_transfer_id = (SELECT max(id) FROM transfer)",
        "balance = (SELECT to_balance FROM transfer WHERE to_account_id = account.id"
        " ORDER BY id LIMIT 1), last_transfer_id = (SELECT id FROM transfer"
        " WHERE to_account_id = account.id ORDER BY id LIMIT 1)",
        "player_id = 2",
        "player_id = NULL, house = 'admin'",
        "house = 'printer'",
        "currency = 'gems'",
        "id = 9999",
        "rowid = -9999",
    ],
)
def test_a_balance_is_never_set(change: str, db: sqlite3.Connection) -> None:
    before = everything(db)
    for verb in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE", "UPDATE OR FAIL"):
        for owner in (ANA, BOB):
            where = f"{verb} account SET {change} WHERE id = {account(db, owner)}"
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(where)
            assert everything(db) == before


def test_an_upsert_is_an_update_too(db: sqlite3.Connection) -> None:
    refused(
        db,
        "INSERT INTO account (player_id, currency, balance, spent, last_transfer_id)"
        " VALUES (1, 'oranges', 0, 0, 0)"
        " ON CONFLICT (player_id, currency) DO UPDATE SET balance = 1000000",
    )
    refused(
        db,
        "INSERT INTO transfer (id, operation_id, kind, currency, amount, from_account_id,"
        " to_account_id, from_balance, to_balance) SELECT 1, operation_id, kind, currency, amount,"
        " from_account_id, to_account_id, from_balance, to_balance FROM transfer WHERE id = 1"
        " ON CONFLICT (id) DO UPDATE SET amount = 1000000",
    )


ACCOUNTS = {
    "that holds something": {"balance": 10**6},
    "that has spent": {"spent": 10**6},
    "with a last transfer": {"last_transfer_id": 1},
    "that its owner has": {"player_id": ANA},
    "that the house has": {"player_id": None, "house": "admin"},
    "of nobody": {"player_id": None},
    "of a player who is not there": {"player_id": 99},
    "of a player and the house": {"house": "admin"},
    "of a house that is not there": {"player_id": None, "house": "printer"},
    "in an unknown currency": {"currency": "doubloons"},
    "in no currency": {"currency": None},
    "under a number that is taken": {"id": 1, "currency": "gems"},
    "under a number below nothing": {"id": -1},
    "under the largest number": {"id": LARGEST},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", ACCOUNTS)
def test_an_account_is_not_opened(what: str, verb: str, db: sqlite3.Connection) -> None:
    # A third player, who has no accounts yet, so that only `what` stands in the way.
    insert(db, "player", name="cy", name_key="cy")
    values = {"player_id": 3, "currency": "oranges", **ACCOUNTS[what]}
    with nothing_changes(db):
        insert(db, "account", verb, **values)
