"""Guards inside the database, generated from the rules.

The program only adds lines to journals. AFTER INSERT triggers apply them to balances,
statuses and nonces; BEFORE triggers refuse every change that no line justifies. A bare
client has foreign keys and recursive triggers off and may ignore CHECKs, so each
trigger repeats what it relies on, refuses REPLACE before the insert happens, and
compares with IS NOT. A DROP TRIGGER can't be stopped in a file that the player owns:
`missing_guards` tells.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from inventui.rules.enums import SeedState, Status
from inventui.rules.lifecycle import ENDS, HELD, LOCK_FORBIDS, TRANSITIONS


def _words(words: Iterable[str]) -> str:
    return "(" + ", ".join(sorted(f"'{word}'" for word in words)) + ")"


HELD_SQL = f"status IN {_words(HELD)}"
"""The condition of a thing that stands in the inventory, spelled as the index spells it."""


def _is(column: str, word: str | None) -> str:
    return f"{column} IS NULL" if word is None else f"{column} IS '{word}'"


def _lifecycle(line: str) -> str:
    """The condition that a move is a line of the lifecycle table."""
    return "\n    OR ".join(
        f"({_is(f'{line}.from_status', start)} AND {line}.event IS '{event}'"
        f" AND {line}.to_status IS '{end}')"
        for (start, event), end in TRANSITIONS.items()
    )


def _refuse(message: str, unless: str) -> str:
    return f"  SELECT RAISE(ABORT, '{message}') WHERE NOT ({unless});"


def _changed(columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns.split())


def _trigger(name: str, when: str, *body: str) -> tuple[str, str]:
    return name, f"CREATE TRIGGER {name} {when}\nBEGIN\n" + "\n".join(body) + "\nEND"


def _no_replace(table: str) -> str:
    return _refuse(
        f"{table}: a line is never replaced",
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    )


def _append_only(table: str) -> list[tuple[str, str]]:
    never = f"  SELECT RAISE(ABORT, '{table}: a journal is only added to');"
    return [
        _trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", never),
        _trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", never),
    ]


def _no_delete(table: str) -> tuple[str, str]:
    return _trigger(
        f"{table}_no_delete",
        f"BEFORE DELETE ON {table}",
        f"  SELECT RAISE(ABORT, '{table}: nothing is ever deleted');",
    )


def _operation() -> list[tuple[str, str]]:
    return [
        _trigger(
            "operation_guard",
            "BEFORE INSERT ON operation",
            _no_replace("operation"),
            _refuse(
                "operation: this key was used",
                "NOT EXISTS (SELECT 1 FROM operation WHERE scope = NEW.scope AND key = NEW.key)",
            ),
        ),
        _trigger(
            "operation_no_update",
            "BEFORE UPDATE ON operation",
            _refuse(
                "operation: only its outcome is filled in, once",
                "OLD.outcome IS NULL AND NEW.outcome IS NOT NULL AND NOT ("
                + _changed("id scope key player_id kind request at")
                + ")",
            ),
        ),
        _no_delete("operation"),
    ]


def _money() -> list[tuple[str, str]]:
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
        _trigger(
            "transfer_guard",
            "BEFORE INSERT ON transfer",
            _no_replace("transfer"),
            _refuse("transfer: the amount is above zero", "NEW.amount > 0"),
            _refuse("transfer: balances do not follow from the accounts", both),
            _refuse(
                "transfer: it belongs to no operation",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id)",
            ),
        ),
        _trigger(
            "transfer_apply",
            "AFTER INSERT ON transfer",
            "  UPDATE account SET balance = NEW.from_balance, last_transfer_id = NEW.id,"
            f" spent = spent + {to_house.format('NEW')} WHERE id = NEW.from_account_id;",
            "  UPDATE account SET balance = NEW.to_balance, last_transfer_id = NEW.id"
            " WHERE id = NEW.to_account_id;",
        ),
        *_append_only("transfer"),
        _trigger(
            "account_guard",
            "BEFORE INSERT ON account",
            _no_replace("account"),
            _refuse(
                "account: it begins empty",
                "NEW.balance IS 0 AND NEW.spent IS 0 AND NEW.last_transfer_id IS 0",
            ),
            _refuse(
                "account: its owner has it already",
                "NOT EXISTS (SELECT 1 FROM account WHERE currency = NEW.currency"
                " AND player_id IS NEW.player_id AND house IS NEW.house)",
            ),
        ),
        _trigger(
            "account_no_update",
            "BEFORE UPDATE ON account",
            _refuse(
                "account: its owner and currency never change",
                f"NOT ({_changed('id player_id house currency')})",
            ),
            _refuse(
                "account: only a transfer moves a balance",
                f"NEW.last_transfer_id > OLD.last_transfer_id AND {line}",
            ),
        ),
        _no_delete("account"),
    ]


def _things() -> list[tuple[str, str]]:
    held, locks = _words(HELD), _words(LOCK_FORBIDS)
    follows = (
        "EXISTS (SELECT 1 FROM player_item p WHERE p.id = NEW.player_item_id"
        " AND NEW.version IS p.version + 1 AND p.status IS NEW.from_status"
        f" AND NOT (p.locked AND NEW.event IN {locks}))"
    )
    justified = (
        "(NEW.version IS OLD.version AND NEW.status IS OLD.status)"
        " OR (NEW.version IS OLD.version + 1 AND EXISTS (SELECT 1 FROM move m"
        " WHERE m.player_item_id = NEW.id AND m.version = NEW.version"
        " AND m.from_status IS OLD.status AND m.to_status IS NEW.status))"
    )
    count = (
        f"held = held + (NEW.to_status IN {held}) - (coalesce(NEW.from_status, '') IN {held}),"
        f" escrowed = escrowed + (NEW.to_status IS '{Status.ESCROWED}')"
        f" - (NEW.from_status IS '{Status.ESCROWED}')"
    )
    row = "FROM player_item WHERE id = NEW.player_item_id"
    return [
        _trigger(
            "move_guard",
            "BEFORE INSERT ON move",
            _no_replace("move"),
            _refuse("move: not in the lifecycle table", _lifecycle("NEW")),
            _refuse("move: it does not follow the last one, or the thing is locked", follows),
            _refuse(
                "move: it belongs to no operation",
                "EXISTS (SELECT 1 FROM operation WHERE id = NEW.operation_id)",
            ),
        ),
        _trigger(
            "move_apply",
            "AFTER INSERT ON move",
            "  UPDATE player_item SET status = NEW.to_status, version = NEW.version"
            " WHERE id = NEW.player_item_id;",
            f"  INSERT INTO holding (player_id, item_id, held, escrowed) SELECT player_id,"
            f" item_id, 0, 0 {row} AND NEW.from_status IS NULL AND NOT EXISTS (SELECT 1 FROM"
            " holding h WHERE h.player_id = player_item.player_id"
            " AND h.item_id = player_item.item_id);",
            f"  UPDATE holding SET {count} WHERE (player_id, item_id) ="
            f" (SELECT player_id, item_id {row});",
        ),
        *_append_only("move"),
        _trigger(
            "player_item_guard",
            "BEFORE INSERT ON player_item",
            _no_replace("player_item"),
            _refuse(
                "player_item: a thing begins without a status",
                "NEW.status IS NULL AND NEW.version IS 0 AND NEW.locked IS 0",
            ),
            _refuse(
                "player_item: no such player, item or category",
                "EXISTS (SELECT 1 FROM player WHERE id = NEW.player_id) AND EXISTS"
                " (SELECT 1 FROM item WHERE id = NEW.item_id AND category IS NEW.category)",
            ),
            _refuse(
                "player_item: its origin lives on or was handed on already",
                "NEW.origin_id IS NULL OR (EXISTS (SELECT 1 FROM player_item o WHERE"
                f" o.id = NEW.origin_id AND o.status IN {_words(ENDS)}) AND NOT EXISTS"
                " (SELECT 1 FROM player_item o WHERE o.origin_id = NEW.origin_id))",
            ),
        ),
        _trigger(
            "player_item_no_update",
            "BEFORE UPDATE ON player_item",
            _refuse(
                "player_item: whose, what and whence never change",
                "NOT ("
                + _changed(
                    "id player_id item_id category acquired_at acquisition price_paid source"
                    " origin_id"
                )
                + ")",
            ),
            _refuse("player_item: only a move changes a status", justified),
            _refuse("player_item: locked is 0 or 1", "NEW.locked IS 0 OR NEW.locked IS 1"),
            _refuse(
                "player_item: what has ended is not locked",
                f"NEW.locked IS OLD.locked OR OLD.status NOT IN {_words(ENDS)}",
            ),
            _refuse(
                "player_item: one thing a slot",
                f"NEW.status IS NOT '{Status.EQUIPPED}' OR NOT EXISTS (SELECT 1 FROM player_item o"
                " WHERE o.player_id = NEW.player_id AND o.category = NEW.category"
                f" AND o.status = '{Status.EQUIPPED}' AND o.id <> NEW.id)",
            ),
        ),
        _no_delete("player_item"),
    ]


def _rolls() -> list[tuple[str, str]]:
    active, upcoming, retired = SeedState.ACTIVE, SeedState.NEXT, SeedState.RETIRED
    return [
        _trigger(
            "roll_guard",
            "BEFORE INSERT ON roll",
            _no_replace("roll"),
            _refuse("roll: a ticket is 0 to 999999", "NEW.ticket BETWEEN 0 AND 999999"),
            _refuse(
                "roll: not the next nonce of an active pair of the operation''s player",
                "EXISTS (SELECT 1 FROM seed_pair s JOIN operation o"
                " ON o.id = NEW.operation_id AND o.player_id = s.player_id"
                f" WHERE s.id = NEW.seed_pair_id AND s.state = '{active}'"
                " AND s.nonce IS NEW.nonce)",
            ),
            _refuse(
                "roll: its odds table is kept",
                "EXISTS (SELECT 1 FROM odds_table WHERE id = NEW.odds_table_id)",
            ),
            _refuse(
                "roll: one thing comes from one roll",
                "NEW.player_item_id IS NULL OR NOT EXISTS (SELECT 1 FROM roll"
                " WHERE player_item_id = NEW.player_item_id)",
            ),
        ),
        _trigger(
            "roll_apply",
            "AFTER INSERT ON roll",
            "  UPDATE seed_pair SET nonce = NEW.nonce + 1 WHERE id = NEW.seed_pair_id;",
        ),
        *_append_only("roll"),
        _trigger(
            "seed_pair_guard",
            "BEFORE INSERT ON seed_pair",
            _no_replace("seed_pair"),
            _refuse(
                "seed_pair: a pair begins unused, one active and one next a player",
                f"NEW.nonce IS 0 AND NEW.state IN ('{active}', '{upcoming}') AND NOT EXISTS"
                " (SELECT 1 FROM seed_pair WHERE player_id = NEW.player_id"
                " AND (state = NEW.state OR number = NEW.number))",
            ),
        ),
        _trigger(
            "seed_pair_no_update",
            "BEFORE UPDATE ON seed_pair",
            _refuse(
                "seed_pair: a commitment never changes",
                f"NOT ({_changed('id player_id number server_seed server_seed_hash')})",
            ),
            _refuse(
                "seed_pair: it goes from next to active to retired",
                f"NEW.state IS OLD.state OR (OLD.state = '{upcoming}' AND NEW.state IS '{active}')"
                f" OR (OLD.state = '{active}' AND NEW.state IS '{retired}')",
            ),
            _refuse(
                "seed_pair: a client seed is set when the pair becomes active",
                "NEW.client_seed IS OLD.client_seed"
                f" OR (OLD.state = '{upcoming}' AND NEW.state IS '{active}')",
            ),
            _refuse(
                "seed_pair: only a roll moves the nonce",
                "NEW.nonce IS OLD.nonce OR (NEW.nonce IS OLD.nonce + 1 AND EXISTS (SELECT 1"
                " FROM roll WHERE seed_pair_id = NEW.id AND nonce = OLD.nonce))",
            ),
        ),
        _no_delete("seed_pair"),
        _trigger(
            "odds_table_guard",
            "BEFORE INSERT ON odds_table",
            _no_replace("odds_table"),
            _refuse(
                "odds_table: it is kept already",
                "NOT EXISTS (SELECT 1 FROM odds_table WHERE hash = NEW.hash)",
            ),
        ),
        *_append_only("odds_table"),
    ]


@cache
def guards() -> Mapping[str, str]:
    """Every trigger of a SQLite world: name → CREATE statement, in a stable order."""
    return dict([*_operation(), *_money(), *_things(), *_rolls()])


def missing_guards(found: Mapping[str, str]) -> list[str]:
    """Names of triggers that are gone or differ, given those that a file has."""
    return [name for name, sql in guards().items() if found.get(name) != sql]
