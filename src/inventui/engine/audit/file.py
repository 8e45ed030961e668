"""The file itself, checked: SQLite's own check, texts that are none, what the world is made of."""

import re
from collections.abc import Iterator

from sqlalchemy import Connection, Integer

from inventui.db.tables import metadata
from inventui.db.tables.catalogue import WorldSettingRow
from inventui.db.tables.select import select
from inventui.engine.audit.check import rows

_HEX_64 = re.compile("[0-9a-f]{64}")
_WHOLE = re.compile("-?[0-9]{1,19}")


def check_integrity(connection: Connection) -> Iterator[str]:
    """SQLite finds its pages, indexes and conditions in order; a server sees to its own."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield str(said)


def check_texts(connection: Connection) -> Iterator[str]:
    """Every text is UTF-8; a server keeps no others."""
    if connection.dialect.name != "sqlite":
        return
    for table in metadata.sorted_tables:
        texts = [column.name for column in table.columns if not isinstance(column.type, Integer)]
        if not texts:
            continue
        # Only what has something else than ASCII needs a look, and few texts have.
        other = " OR ".join(f"\"{name}\" GLOB '*[^' || char(1) || '-~]*'" for name in texts)
        bytes_of = ", ".join(f'CAST("{name}" AS BLOB)' for name in texts)
        found = connection.exec_driver_sql(
            f'SELECT rowid, {bytes_of} FROM "{table.name}" WHERE {other}'
        )
        for row, *values in found:
            for name, value in zip(texts, values, strict=True):
                try:
                    (value or b"").decode()
                except UnicodeDecodeError:
                    yield f"{name} of row {row} of {table.name} is no text"


_SETTINGS = (("seed", _HEX_64, True), ("signing_key", _HEX_64, False), ("created_at", _WHOLE, True))


def check_settings(connection: Connection) -> Iterator[str]:
    """A world's seed and key are 64 hex digits, and when it was made is a time."""
    kept = dict(rows(connection, select(WorldSettingRow.name, WorldSettingRow.value)))
    for name, form, needed in _SETTINGS:
        value = kept.get(name)
        if needed if value is None else form.fullmatch(str(value)) is None:
            yield f"{name} of the world is not what the game writes there"
