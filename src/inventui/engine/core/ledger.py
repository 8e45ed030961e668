"""Accounts, and the payments between a player and the house that every room makes.

The house pays from faucets and is paid into sinks, an account for each cause, so that what
came into the world and what left it can be summed by cause.
"""

from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.models import Balance
from inventui.engine.core.notify import notify
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Tone
from inventui.rules.core.money import (
    LEDGER_MOST,
    MOST,
    Currency,
    HouseAccount,
    experience_for,
    unpaid_words,
)
from inventui.rules.core.ranks import gems_for_rank_up, standing


class _HouseAccount(NamedTuple):
    house: str
    currency: str
    id: int


_HOUSE = Statement("SELECT house, currency, id FROM account WHERE house IS NOT NULL", _HouseAccount)


class _Account(NamedTuple):
    currency: str
    id: int
    balance: int
    spent: int


PURSE = Statement(
    "SELECT currency, id, balance, spent FROM account WHERE player_id = :player", _Account
)
_NEW_ACCOUNT = Statement(
    "INSERT INTO account (player_id, house, currency, balance, spent, last_transfer_id, lines)"
    " VALUES (:player, :house, :currency, 0, 0, 0, 0)"
)


class _Room(NamedTuple):
    room: int
    house: int | None


_ROOM = Statement(
    "SELECT :most - a.balance - CASE a.currency WHEN 'oranges' THEN (SELECT"
    " coalesce(sum(t.proposer_oranges), 0) FROM trade t INDEXED BY trade_due"
    " WHERE t.proposer_id = a.player_id"
    " AND t.state = 'open') ELSE 0 END AS room, f.balance AS house"
    " FROM account a LEFT JOIN account f ON f.id = :faucet WHERE a.id = :account",
    _Room,
)

House = dict[tuple[HouseAccount, Currency], int]
"""The number of each of the house's accounts."""


@dataclass(frozen=True, slots=True)
class Purse:
    """A player's balances in a transaction, `spent` in oranges, and the accounts' numbers."""

    player: int
    oranges: int
    gems: int
    experience: int
    spent: int
    accounts: dict[Currency, int]

    @property
    def balance(self) -> Balance:
        """The money among them, without experience."""
        return Balance(self.oranges, self.gems)


def make_accounts(
    connection: Connection, player: int | None = None, house: HouseAccount | None = None
) -> None:
    """Make an empty account in each currency, of a player or of the house."""
    connection.execute_many(
        _NEW_ACCOUNT,
        [
            {"player": player, "house": house and str(house), "currency": str(currency)}
            for currency in Currency
        ],
    )


def house_accounts(connection: Connection) -> House:
    """The number of every account of the house."""
    return {
        (HouseAccount(row.house), Currency(row.currency)): row.id
        for row in connection.execute(_HOUSE)
    }


def purse_of(connection: Connection, player_id: int) -> Purse:
    """What a player has in this transaction."""
    rows = {Currency(row.currency): row for row in connection.execute(PURSE, {"player": player_id})}
    return Purse(
        player=player_id,
        oranges=rows[Currency.ORANGES].balance,
        gems=rows[Currency.GEMS].balance,
        experience=rows[Currency.EXPERIENCE].balance,
        spent=rows[Currency.ORANGES].spent,
        accounts={currency: row.id for currency, row in rows.items()},
    )


def room_in(connection: Connection, account: int, faucet: int | None = None) -> int:
    """How much more a player's account can take, from a faucet if one is given.

    What open trades hold of the player's counts as theirs: it may come back at any time.
    """
    found = connection.execute(_ROOM, {"most": MOST, "account": account, "faucet": faucet}).one()
    room = found.room
    if found.house is not None:
        room = min(room, LEDGER_MOST + found.house)
    return max(0, room)


@dataclass(frozen=True, slots=True)
class Spending:
    """What a payment gave back: experience, and gems with a new rank, or None."""

    experience: int
    gems: int
    rank_up: str | None


def spend(
    operation: Operation, house: House, purse: Purse, sink: HouseAccount, oranges: int
) -> Spending:
    """Pay oranges to the house, and receive experience for them, and gems for a new rank."""
    pay(operation, house, purse, sink, Currency.ORANGES, oranges)
    return gain_experience(operation, house, purse, experience_for(oranges))


def gain_experience(operation: Operation, house: House, purse: Purse, experience: int) -> Spending:
    """Receive experience, and gems for a new rank; `purse` is that of before."""
    gained = receive(
        operation, house, purse, HouseAccount.EXPERIENCE, Currency.EXPERIENCE, experience
    )
    after = purse.experience + gained
    due = gems_for_rank_up(purse.experience, after)
    gems = receive(operation, house, purse, HouseAccount.RANK_UP, Currency.GEMS, due)
    return Spending(gained, gems, standing(after).rank if due else None)


def pay(
    operation: Operation,
    house: House,
    purse: Purse,
    sink: HouseAccount,
    currency: Currency,
    amount: int,
) -> None:
    """Move money from a player to a sink."""
    operation.transfer(sink, currency, amount, purse.accounts[currency], house[sink, currency])


def receive(
    operation: Operation,
    house: House,
    purse: Purse,
    faucet: HouseAccount,
    currency: Currency,
    amount: int,
) -> int:
    """Move money from a faucet to a player, as far as they can have it; what was moved.

    What they can't have is kept in `operation.unpaid`, and the player is notified of it.
    """
    if not amount:
        return 0
    account = purse.accounts[currency]
    payer = house[faucet, currency]
    paid = min(amount, room_in(operation.connection, account, payer))
    operation.transfer(faucet, currency, paid, payer, account)
    if paid < amount:
        unpaid = amount - paid
        operation.unpaid[currency] = operation.unpaid.get(currency, 0) + unpaid
        said = unpaid_words(unpaid, currency)
        notify(operation, purse.player, "purse_full", Tone.INFO, said, "wallet")
    return paid
