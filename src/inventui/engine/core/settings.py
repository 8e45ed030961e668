"""Settings of a world: values by name in the table `world_setting`."""

from __future__ import annotations

from inventui.db.statements import Connection, Statement

_SETTING = Statement("SELECT value FROM world_setting WHERE name = :name", str)
_SET = Statement(
    "INSERT INTO world_setting (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)

CATALOGUE = "pack"
"""The setting that tells one catalogue from another: the digest of the packs in force."""

_NEIGHBOURS, _OFF, _ON = "neighbours", "off", "on"


def setting(connection: Connection, name: str) -> str | None:
    """A setting's value, or None if it was never set."""
    return connection.execute(_SETTING, {"name": name}).first()


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    connection.execute(_SET, {"name": name, "value": value})


def neighbours_away(connection: Connection) -> bool:
    """Whether the world's owner sent the neighbours away."""
    return setting(connection, _NEIGHBOURS) == _OFF


def send_neighbours_away(connection: Connection, away: bool) -> None:
    """Send the neighbours away, or let them come again."""
    set_setting(connection, _NEIGHBOURS, _OFF if away else _ON)
