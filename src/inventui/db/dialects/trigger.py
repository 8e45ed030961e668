"""A trigger as the rules give it, of which each dialect makes a statement.

Conditions are SQL that both databases take but for two operators: `==` holds for values that are
the same, two NULLs too, and `!=` for such that are not. SQLite has `IS` for that, PostgreSQL
`IS NOT DISTINCT FROM`. A condition that is added or multiplied counts as 1 or 0.
"""

from typing import NamedTuple


class Refuse(NamedTuple):
    """What a trigger refuses.

    Attributes:
        message: why, with quotes doubled as in a text of SQL.
        unless: the condition without which it does; never, for an empty one.
        hidden: whether it is about the hidden number of a row, which SQLite alone has.
    """

    message: str
    unless: str = ""
    hidden: bool = False


class Trigger(NamedTuple):
    """A trigger.

    Attributes:
        name: of it.
        moment: `BEFORE` or `AFTER`, and `INSERT`, `UPDATE` or `DELETE`.
        table: whose rows it guards.
        when: the condition of a row for which it acts, or empty.
        body: what it refuses and what it then does, in order; an act is a statement of SQL.
    """

    name: str
    moment: str
    table: str
    when: str
    body: tuple[Refuse | str, ...]


HIDDEN_CHANGED = "NEW.rowid != OLD.rowid OR "
"""The beginning of a condition, of SQLite alone."""
