"""Errors of a world's file: what a machine, not a rule, prevents."""

from enum import StrEnum
from json import JSONDecodeError


class Trouble(StrEnum):
    """Kinds of errors of a world."""

    NEWER = "newer"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    EMPTY = "empty"
    MISSING = "missing"
    ALTERED = "altered"
    READ_ONLY = "read_only"
    FULL = "full"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    CONTENT = "content"
    PACKS = "packs"


class WorldError(Exception):
    """A world can't be opened or written; `str()` is one plain sentence that says what helps.

    Attributes:
        kind: the machine's word.
    """

    def __init__(self, kind: Trouble, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def is_damage(error: Exception) -> bool:
    """Whether an error of the driver means that the file itself is damaged."""
    # Here, so that who only tells of errors needs no driver.
    import sqlite3

    # What the game stored as JSON is JSON.
    if isinstance(error, (UnicodeDecodeError, JSONDecodeError)) or "malformed JSON" in str(error):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
    # The driver's own: a result of a pragma that was raised, or text that is no UTF-8.
    return type(error) is sqlite3.DatabaseError or (
        isinstance(error, sqlite3.OperationalError) and "decode to UTF-8" in str(error)
    )
