"""Guards of operations and money: a balance changes by a transfer alone, which never changes."""

from inventui.db.dialects.trigger import Trigger
from inventui.db.guards.sql import (
    SALE_SQL,
    append_only,
    changed,
    no_delete,
    no_replace,
    numbered,
    refuse,
    trigger,
    under_way,
    words,
)
from inventui.rules.core.money import FAUCETS, HOLDS, MOST, SINKS, Currency, HouseAccount

# What is held is not spent: it is paid back or on; nor is what a sale brought and is taken back.
_TO_HOUSE = (
    "{0}.amount * (SELECT player_id IS NULL AND house IN "
    + words(SINKS)
    + " FROM account WHERE id = {0}.to_account_id)"
)


def operation_guards() -> list[Trigger]:
    """An operation has a key of its own and an outcome that is filled in once."""
    return [
        trigger(
            "operation_guard",
            "BEFORE INSERT ON operation",
            no_replace("operation"),
            refuse(
                "operation: this key was used",
                "NOT EXISTS (SELECT 1 FROM operation WHERE scope = NEW.scope AND key = NEW.key)",
            ),
            refuse(
                "operation: its key is its player''s or the world''s",
                "(NEW.player_id IS NULL AND NEW.scope == 0) OR (NEW.scope == NEW.player_id"
                " AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id))",
            ),
        ),
        trigger("operation_numbered", "AFTER INSERT ON operation", numbered("operation")),
        trigger(
            "operation_no_update",
            "BEFORE UPDATE ON operation",
            refuse(
                "operation: only its outcome is filled in, once",
                "OLD.outcome IS NULL AND NEW.outcome IS NOT NULL AND NOT ("
                + changed("id scope key player_id kind request at")
                + ")",
            ),
        ),
        no_delete("operation"),
    ]


def transfer_guards() -> list[Trigger]:
    """A transfer's balances follow from those of its accounts, which it then sets."""
    # A faucet takes back what it paid, whole and once, from who takes back what it was paid for.
    back = (
        "NEW.kind == 'undo' AND EXISTS (SELECT 1 FROM undo u JOIN operation o"
        " ON o.id = u.operation_id JOIN transfer s ON s.operation_id = u.undone_id"
        f" AND s.{SALE_SQL} AND s.amount = NEW.amount WHERE u.operation_id = NEW.operation_id"
        " AND o.player_id = f.player_id) AND NOT EXISTS (SELECT 1 FROM transfer b"
        " WHERE b.operation_id = NEW.operation_id AND b.kind = 'undo')"
    )
    follows = (
        "EXISTS (SELECT 1 FROM account f, account t WHERE f.id = NEW.from_account_id"
        " AND t.id = NEW.to_account_id AND f.id <> t.id"
        " AND f.currency == NEW.currency AND t.currency == NEW.currency"
        " AND NEW.from_balance == f.balance - NEW.amount"
        " AND NEW.to_balance == t.balance + NEW.amount"
        f" AND (f.house IN {words(FAUCETS)} OR NEW.from_balance >= 0)"
        f" AND (f.house IS NULL OR f.house IN {words(FAUCETS | HOLDS)})"
        f" AND (t.house IS NULL OR t.house IN {words(SINKS | HOLDS)}"
        f" OR CASE WHEN t.house == '{HouseAccount.SALE}' THEN {back} ELSE FALSE END))"
    )
    # What was held comes back whole: it was the player's all along.
    fits = (
        f"NEW.to_balance <= {MOST} OR EXISTS (SELECT 1 FROM account t"
        " WHERE t.id = NEW.to_account_id AND t.house IS NOT NULL) OR (NEW.kind IN"
        f" {words(HOLDS)} AND EXISTS (SELECT 1 FROM account f"
        f" WHERE f.id = NEW.from_account_id AND f.house IN {words(HOLDS)}))"
    )
    return [
        trigger(
            "transfer_guard",
            "BEFORE INSERT ON transfer",
            no_replace("transfer"),
            refuse("transfer: the amount is above zero", "NEW.amount > 0"),
            refuse("transfer: balances do not follow from the accounts", follows),
            refuse("transfer: nobody has more than there can be", fits),
            under_way("transfer"),
        ),
        trigger(
            "transfer_apply",
            "AFTER INSERT ON transfer",
            numbered("transfer"),
            "UPDATE account SET balance = NEW.from_balance, last_transfer_id = NEW.id,"
            " lines = lines + 1,"
            f" spent = spent + {_TO_HOUSE.format('NEW')} WHERE id = NEW.from_account_id",
            "UPDATE account SET balance = NEW.to_balance, last_transfer_id = NEW.id,"
            " lines = lines + 1"
            " WHERE id = NEW.to_account_id",
        ),
        *append_only("transfer"),
    ]


def account_guards() -> list[Trigger]:
    """An account begins empty, belongs to one owner, and follows its transfers."""
    line = (
        "EXISTS (SELECT 1 FROM transfer t WHERE t.id = NEW.last_transfer_id"
        " AND ((t.from_account_id = NEW.id AND t.from_balance = NEW.balance"
        f" AND NEW.spent == OLD.spent + {_TO_HOUSE.format('t')})"
        " OR (t.to_account_id = NEW.id AND t.to_balance = NEW.balance"
        " AND NEW.spent == OLD.spent)))"
    )
    return [
        trigger(
            "account_guard",
            "BEFORE INSERT ON account",
            no_replace("account"),
            refuse(
                "account: it begins empty",
                "NEW.balance == 0 AND NEW.spent == 0 AND NEW.lines == 0"
                " AND NEW.last_transfer_id == 0",
            ),
            refuse(
                "account: it is of a player or of the house, in a currency",
                f"NEW.currency IN {words(Currency)} AND ("
                f"(NEW.player_id IS NULL AND NEW.house IN {words(HouseAccount)}) OR (NEW.house"
                " IS NULL AND EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id)))",
            ),
            refuse(
                "account: its owner has it already",
                "NOT EXISTS (SELECT 1 FROM account WHERE player_id = NEW.player_id"
                " AND currency = NEW.currency) AND NOT EXISTS (SELECT 1 FROM account"
                " WHERE house = NEW.house AND currency = NEW.currency)",
            ),
        ),
        trigger("account_numbered", "AFTER INSERT ON account", numbered("account")),
        trigger(
            "account_no_update",
            "BEFORE UPDATE ON account",
            refuse(
                "account: its owner and currency never change",
                f"NOT ({changed('id player_id house currency')})",
            ),
            refuse(
                "account: only a transfer moves a balance",
                f"NEW.last_transfer_id > OLD.last_transfer_id AND NEW.lines == OLD.lines + 1"
                f" AND {line}",
            ),
        ),
        no_delete("account"),
    ]
