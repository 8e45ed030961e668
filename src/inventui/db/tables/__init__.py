"""The tables, in groups; importing this package fills `metadata` with all of them."""

from sqlmodel import SQLModel

from inventui.db.tables import catalogue, journal, players

metadata = SQLModel.metadata

__all__ = ["catalogue", "journal", "metadata", "players"]
