"""Errors of a world's file: what a machine, not a rule, prevents."""

from enum import StrEnum


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


class WorldError(Exception):
    """A world can't be opened or written; `str()` is one plain sentence that says what helps.

    Attributes:
        kind: the machine's word.
    """

    def __init__(self, kind: Trouble, message: str) -> None:
        super().__init__(message)
        self.kind = kind
