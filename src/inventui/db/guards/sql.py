"""The SQL that guards are made of.

A guard calls no SQL function but RAISE where it can do without: a client may put
another in its place.
"""

from collections.abc import Iterable

from inventui.db.dialects.trigger import Refuse, Trigger
from inventui.rules.core.categories import GEAR
from inventui.rules.core.enums import Acquisition, EffectKind, Event, Status
from inventui.rules.core.lifecycle import HELD
from inventui.rules.core.money import Currency, HouseAccount


def words(listed: Iterable[str]) -> str:
    """A list of words for IN."""
    return "(" + ", ".join(sorted(f"'{word}'" for word in listed)) + ")"


HELD_SQL = f"status IN {words(HELD)}"
"""The condition of a player item that stands in the inventory, spelled as the index spells it."""

LOCKED_SQL = f"status = '{Status.OWNED}' AND locked = 1"
"""The condition of a player item that is held and locked, spelled as the index spells it."""

FED_SQL = f"kind = '{EffectKind.FED}' AND ended_by IS NULL"
"""The condition of a donut that has yet to count, spelled as the index spells it."""

GEAR_SQL = f"category IN {words(GEAR)} AND status IN {words((Status.EQUIPPED, Status.OWNED))}"
"""The condition of a piece of gear that is worn or lies ready, spelled as the index spells it."""

HERE_SQL = "kind = 'settle' AND substr(request, 3, 4) = 'here'"
"""The condition of an operation that caught up with the time of who came, whose request begins
with `here`, spelled as the index spells it."""

SALE_SQL = f"kind = '{HouseAccount.SALE}'"
"""The condition of a transfer for what the house bought, spelled as the index spells it."""

BOUGHT_SQL = f"acquisition IN {words((Acquisition.PURCHASE, Acquisition.BUNDLE))}"
"""The condition of a player item that was taken from the shop's stock."""


def refuse(message: str, unless: str = "", *, hidden: bool = False) -> Refuse:
    """A part of a trigger that refuses unless a condition holds."""
    return Refuse(message, unless, hidden)


def changed(columns: str) -> str:
    """The condition that one of these columns changes."""
    return " OR ".join(f"NEW.{column} != OLD.{column}" for column in columns.split())


def trigger(name: str, when: str, *body: Refuse | str) -> Trigger:
    """A trigger by its name, when it acts, and what it does then.

    `when` is like `BEFORE INSERT ON move`, with a condition after `WHEN` where it has one.
    """
    moment, _, table = when.partition(" ON ")
    table, _, condition = table.partition(" WHEN ")
    return Trigger(name, moment, table, condition, body)


def no_replace(table: str, key: str = "id") -> Refuse:
    """Refuse an insert that would replace a row."""
    return refuse(
        f"{table}: a line is never replaced",
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} == NEW.{key})",
        hidden=key == "rowid",
    )


def numbered(table: str) -> Refuse:
    """Refuse, after an insert, a number with a gap before it.

    Before an insert SQLite says −1 for a number that it has yet to give, so a line of
    that number would stop every later one; and a line of the largest number would be the
    last of its table.
    """
    return refuse(
        f"{table}: lines are numbered from 1 without gaps",
        f"NEW.id == 1 OR EXISTS (SELECT 1 FROM {table} WHERE id == NEW.id - 1)",
    )


def under_way(table: str) -> Refuse:
    """Refuse a line of any operation but the latest: one that was answered is complete."""
    return refuse(
        f"{table}: it belongs to no operation under way",
        "NEW.operation_id IS NOT NULL"
        " AND NEW.operation_id == (SELECT id FROM operation ORDER BY id DESC LIMIT 1)",
    )


def once(table: str, *columns: str) -> Refuse:
    """Refuse an insert whose values of these columns stand in the table already."""
    same = " AND ".join(f"{column} == NEW.{column}" for column in columns)
    return refuse(
        f"{table}: it is there already",
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE {same})",
    )


def journal_triggers(
    table: str, unique: tuple[str, ...], sound: str, then: str = ""
) -> list[Trigger]:
    """Guards of the inserts of a journal: of the operation under way, each line once.

    Args:
        table: the journal.
        unique: columns whose values together stand in it once.
        sound: the condition of a line that may be written.
        then: a statement that applies a line.
    """
    return [
        trigger(
            f"{table}_guard",
            f"BEFORE INSERT ON {table}",
            no_replace(table),
            under_way(table),
            once(table, *unique),
            refuse(f"{table}: the line is not sound", sound),
        ),
        trigger(
            f"{table}_apply", f"AFTER INSERT ON {table}", numbered(table), *([then] * bool(then))
        ),
    ]


def append_only(table: str) -> list[Trigger]:
    """Refuse every change of a journal line."""
    never = refuse(f"{table}: a journal is only added to")
    return [
        trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", never),
        trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", never),
    ]


def no_delete(table: str) -> Trigger:
    """Refuse every deletion."""
    return trigger(
        f"{table}_no_delete",
        f"BEFORE DELETE ON {table}",
        refuse(f"{table}: nothing is ever deleted"),
    )


LATEST = "(SELECT id FROM operation ORDER BY id DESC LIMIT 1)"
"""The operation under way."""

BEGINS_NOW = (
    f"EXISTS (SELECT 1 FROM operation o WHERE o.id = {LATEST} AND o.kind = 'clock'"
    " AND OLD.at > o.at AND NEW.at == o.at AND NEW.until == o.at + OLD.until - OLD.at)"
)
"""What was begun later than now begins now, as the clock was set back."""


def paid(amount: str, payer: str, payee: str, operation: str) -> str:
    """The condition that oranges moved from one owner to another in an operation."""
    return (
        f"({amount} == 0 OR EXISTS (SELECT 1 FROM transfer t"
        " JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        f" WHERE t.operation_id = {operation} AND t.currency = '{Currency.ORANGES}'"
        f" AND t.amount = {amount} AND f.{payer} AND r.{payee}))"
    )


def paid_each(amount: str, column: str, like: str, payer: str, payee: str, operation: str) -> str:
    """The same for an operation that pays for several lines with one sum."""
    return (
        f"({amount} == 0 OR {amount} + (SELECT coalesce(sum(o.{column}), 0) FROM {like})"
        " = (SELECT coalesce(sum(t.amount), 0) FROM transfer t"
        " JOIN account f ON f.id = t.from_account_id JOIN account r ON r.id = t.to_account_id"
        f" WHERE t.operation_id = {operation} AND t.currency = '{Currency.ORANGES}'"
        f" AND f.{payer} AND r.{payee}))"
    )


def moved(player_item: str, owner: str, event: Event, status: Status, operation: str) -> str:
    """The condition that somebody's player item came to a status in an operation."""
    return (
        "EXISTS (SELECT 1 FROM player_item p JOIN move m ON m.player_item_id = p.id"
        f" AND m.version = p.version WHERE p.id = {player_item} AND p.player_id = {owner}"
        f" AND p.status = '{status}' AND m.event = '{event}' AND m.operation_id = {operation})"
    )


def house(account: str) -> str:
    """The condition of an account of the house."""
    return f"house = '{HouseAccount(account)}'"
