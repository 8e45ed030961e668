"""The tables, in groups; importing this package fills `metadata` with all of them.

A class that ends in `Row` is a table, `__tablename__` its name in the database. It is where
the layout comes from, and what audit and export select from: no row is ever made an object.
"""

from sqlmodel import SQLModel

from inventui.db.tables import (
    catalogue,
    journal,
    market,
    people,
    players,
    property,
    streets,
    trading,
    workshop,
)

metadata = SQLModel.metadata

__all__ = [
    "catalogue",
    "journal",
    "market",
    "metadata",
    "people",
    "players",
    "property",
    "streets",
    "trading",
    "workshop",
]
