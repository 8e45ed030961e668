"""Accounts: whose money lies where, and the two payments that every room makes."""

from dataclasses import dataclass
from typing import NamedTuple

from inventui.db.statements import Connection, Statement
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Operation
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import HouseAccount, experience_for
from inventui.rules.core.ranks import gems_for_rank_up, standing


class _HouseRow(NamedTuple):
    house: str
    currency: str
    id: int


_HOUSE = Statement("SELECT house, currency, id FROM account WHERE house IS NOT NULL", _HouseRow)


class _PurseRow(NamedTuple):
    currency: str
    id: int
    balance: int
    spent: int


_PURSE = Statement(
    "SELECT currency, id, balance, spent FROM account WHERE player_id = :player", _PurseRow
)
_NEW_ACCOUNT = Statement(
    "INSERT INTO account (player_id, house, currency, balance, spent, last_transfer_id)"
    " VALUES (:player, :house, :currency, 0, 0, 0)"
)

House = dict[tuple[HouseAccount, Currency], int]
"""The number of each of the house's accounts."""


@dataclass(frozen=True, slots=True)
class Purse:
    """A player's accounts as they stand inside a transaction."""

    oranges: int
    gems: int
    experience: int
    spent: int
    accounts: dict[Currency, int]

    @property
    def balance(self) -> Balance:
        """What the player has."""
        return Balance(self.oranges, self.gems)


def make_accounts(
    connection: Connection, player: int | None = None, house: HouseAccount | None = None
) -> None:
    """Give an owner an empty account in each currency."""
    connection.execute_many(
        _NEW_ACCOUNT,
        [
            {"player": player, "house": house and str(house), "currency": str(currency)}
            for currency in Currency
        ],
    )


def house_accounts(connection: Connection) -> House:
    """Every account of the house."""
    return {
        (HouseAccount(row.house), Currency(row.currency)): row.id
        for row in connection.execute(_HOUSE)
    }


def purse_of(connection: Connection, player_id: int) -> Purse:
    """What a player has right now."""
    rows = {
        Currency(row.currency): row for row in connection.execute(_PURSE, {"player": player_id})
    }
    return Purse(
        oranges=rows[Currency.ORANGES].balance,
        gems=rows[Currency.GEMS].balance,
        experience=rows[Currency.EXPERIENCE].balance,
        spent=rows[Currency.ORANGES].spent,
        accounts={currency: row.id for currency, row in rows.items()},
    )


@dataclass(frozen=True, slots=True)
class Spending:
    """What paying did beside paying."""

    experience: int
    gems: int
    rank_up: str | None


def spend(
    operation: Operation, house: House, purse: Purse, sink: HouseAccount, oranges: int
) -> Spending:
    """Pay oranges to the house and collect the experience, and gems for a new rank."""
    pay(operation, house, purse, sink, Currency.ORANGES, oranges)
    return learn(operation, house, purse, experience_for(oranges))


def learn(operation: Operation, house: House, purse: Purse, experience: int) -> Spending:
    """Collect experience, and gems for a new rank; `purse` is as it was before."""
    receive(operation, house, purse, HouseAccount.EXPERIENCE, Currency.EXPERIENCE, experience)
    after = purse.experience + experience
    gems = gems_for_rank_up(purse.experience, after)
    receive(operation, house, purse, HouseAccount.RANK_UP, Currency.GEMS, gems)
    return Spending(experience, gems, standing(after).rank if gems else None)


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
) -> None:
    """Move money from a faucet to a player."""
    operation.transfer(faucet, currency, amount, house[faucet, currency], purse.accounts[currency])
