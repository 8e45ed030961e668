"""The tables, in groups; importing this package fills `metadata` with all of them."""

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
