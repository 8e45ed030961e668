"""Guards of operations and money."""

from inventui.db.guards.words import (
    Trigger,
    append_only,
    changed,
    no_delete,
    no_replace,
    refuse,
    trigger,
)


def money_guards() -> list[Trigger]:
    """Triggers of accounts and transfers."""
    both = (
        "EXISTS (SELECT 1 FROM account f, account t WHERE f.id = NEW.from_account_id"
        " AND t.id = NEW.to_account_id AND f.id <> t.id"
        " AND f.currency IS NEW.currency AND t.currency IS NEW.currency"
        " AND NEW.from_balance IS f.balance - NEW.amount"
        " AND NEW.to_balance IS t.balance + NEW.amount"
        " AND (f.player_id IS NULL OR NEW.from_balance >= 0))"
    )
    to_house = "{0}.amount * (SELECT player_id IS NULL FROM account WHERE id = {0}.to_account_id)"
    line = (
        "EXISTS (SELECT 1 FROM transfer t WHERE t.id = NEW.last_transfer_id"
        " AND ((t.from_account_id = NEW.id AND t.from_balance = NEW.balance"
        f" AND NEW.spent IS OLD.spent + {to_house.format('t')})"
        " OR (t.to_account_id = NEW.id AND t.to_balance = NEW.balance"
        " AND NEW.spent IS OLD.spent)))"
    )
    return [
        trigger(
            "transfer_guard",
            "BEFORE INSERT ON transfer",
            no_replace("transfer"),
            refuse("transfer: the amount is above zero", "NEW.amount > 0"),
            refuse("transfer: balances do not follow from the accounts", both),
            refuse(
                "transfer: it belongs to no operation",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id)",
            ),
        ),
        trigger(
            "transfer_apply",
            "AFTER INSERT ON transfer",
            "  UPDATE account SET balance = NEW.from_balance, last_transfer_id = NEW.id,"
            f" spent = spent + {to_house.format('NEW')} WHERE id = NEW.from_account_id;",
            "  UPDATE account SET balance = NEW.to_balance, last_transfer_id = NEW.id"
            " WHERE id = NEW.to_account_id;",
        ),
        *append_only("transfer"),
        trigger(
            "account_guard",
            "BEFORE INSERT ON account",
            no_replace("account"),
            refuse(
                "account: it begins empty",
                "NEW.balance IS 0 AND NEW.spent IS 0 AND NEW.last_transfer_id IS 0",
            ),
            refuse(
                "account: its owner has it already",
                "NOT EXISTS (SELECT 1 FROM account WHERE currency = NEW.currency"
                " AND player_id IS NEW.player_id AND house IS NEW.house)",
            ),
        ),
        trigger(
            "account_no_update",
            "BEFORE UPDATE ON account",
            refuse(
                "account: its owner and currency never change",
                f"NOT ({changed('id player_id house currency')})",
            ),
            refuse(
                "account: only a transfer moves a balance",
                f"NEW.last_transfer_id > OLD.last_transfer_id AND {line}",
            ),
        ),
        no_delete("account"),
    ]


def operation_guards() -> list[Trigger]:
    """Triggers of operations."""
    return [
        trigger(
            "operation_guard",
            "BEFORE INSERT ON operation",
            no_replace("operation"),
            refuse(
                "operation: this key was used",
                "NOT EXISTS (SELECT 1 FROM operation WHERE scope = NEW.scope AND key = NEW.key)",
            ),
        ),
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
