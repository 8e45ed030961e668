"""The statements that guards are made of."""

from collections.abc import Iterable

from inventui.rules.lifecycle import HELD

Trigger = tuple[str, str]
"""A name and its CREATE statement."""


def words(listed: Iterable[str]) -> str:
    """A list of words for IN."""
    return "(" + ", ".join(sorted(f"'{word}'" for word in listed)) + ")"


HELD_SQL = f"status IN {words(HELD)}"
"""The condition of a thing that stands in the inventory, spelled as the index spells it."""


def refuse(message: str, unless: str) -> str:
    """A statement that refuses unless a condition holds."""
    return f"  SELECT RAISE(ABORT, '{message}') WHERE NOT ({unless});"


def changed(columns: str) -> str:
    """The condition that one of these columns changes."""
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns.split())


def trigger(name: str, when: str, *body: str) -> Trigger:
    """A trigger by its name, its moment and its statements."""
    return name, f"CREATE TRIGGER {name} {when}\nBEGIN\n" + "\n".join(body) + "\nEND"


def no_replace(table: str) -> str:
    """Refuse an insert that would replace a row."""
    return refuse(
        f"{table}: a line is never replaced",
        f"NOT EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    )


def append_only(table: str) -> list[Trigger]:
    """Refuse every change of a journal line."""
    never = f"  SELECT RAISE(ABORT, '{table}: a journal is only added to');"
    return [
        trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", never),
        trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", never),
    ]


def no_delete(table: str) -> Trigger:
    """Refuse every deletion."""
    return trigger(
        f"{table}_no_delete",
        f"BEFORE DELETE ON {table}",
        f"  SELECT RAISE(ABORT, '{table}: nothing is ever deleted');",
    )
