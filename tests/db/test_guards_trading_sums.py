"""What pays for a sale or an offer, or ends one, is its own operation's, and its own alone."""

import sqlite3

import pytest

from tests.db.attack import ANA, BOB, an_operation, nothing_changes
from tests.db.bare_markets import (
    end_trade,
    give_back,
    listed,
    listing_of,
    offer,
    offer_line,
    pay,
    sale,
    sell,
    swap,
)
from tests.db.test_guards_trading import run


@pytest.mark.parametrize("missing", ["price", "fee"])
def test_two_sales_of_one_operation_are_paid_for_each(missing: str, db: sqlite3.Connection) -> None:
    first, second = (listing_of(db, listed(db)) for _ in range(2))
    an_operation(db, BOB)
    run(sale(db, first))
    sell(db, first)
    run(sale(db, second), but=missing)
    with nothing_changes(db):
        sell(db, second)
    sale(db, second)[missing]()
    sell(db, second)


def test_two_offers_of_one_operation_are_held_for_each(db: sqlite3.Connection) -> None:
    an_operation(db)
    pay(db, ANA, "trade_hold", 30)
    offer_line(db, proposer_oranges=30)
    with nothing_changes(db):
        offer_line(db, proposer_oranges=30)
    pay(db, ANA, "trade_hold", 30)
    offer_line(db, proposer_oranges=30)


def test_two_offers_of_one_operation_are_given_back_each(db: sqlite3.Connection) -> None:
    first, second = offer(db), offer(db)
    an_operation(db)
    run(give_back(db, first))
    end_trade(db, first, "taken_back")
    give_back(db, second)["thing"]()
    with nothing_changes(db):
        end_trade(db, second, "taken_back")
    give_back(db, second)["oranges"]()
    end_trade(db, second, "taken_back")


def test_an_operation_accepts_one_trade(db: sqlite3.Connection) -> None:
    first, second = offer(db), offer(db)
    an_operation(db, BOB)
    run(swap(db, first))
    end_trade(db, first, "accepted")
    run(swap(db, second))
    with nothing_changes(db):
        end_trade(db, second, "accepted")


def test_an_offer_is_not_ended_by_the_operation_that_made_it(db: sqlite3.Connection) -> None:
    trade = offer(db)
    run(give_back(db, trade))
    with nothing_changes(db):
        end_trade(db, trade, "taken_back")


def test_a_trade_is_accepted_by_the_operation_in_which_its_things_went_over(
    db: sqlite3.Connection,
) -> None:
    trade = offer(db)
    steps = swap(db, trade)
    an_operation(db, BOB)
    for name in ("theirs", "mine", "to bob", "to ana"):
        steps[name]()
    an_operation(db, BOB)
    for name in ("held", "asked"):
        steps[name]()
    with nothing_changes(db):
        end_trade(db, trade, "accepted")
