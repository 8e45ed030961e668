"""What came of an export."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """The outcome of exporting a player's data to a file.

    Attributes:
        size: how many characters it has.
    """

    path: str
    size: int
