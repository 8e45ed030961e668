"""Read models of Home."""

from dataclasses import dataclass

from inventui.rules.home import Waiting


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What waits for a player, as of now.

    Attributes:
        lines: in the order in which they are worth minding.
        opens: what the next rank opens; empty at the top.
        at: when it was asked for.
    """

    lines: tuple[Waiting, ...]
    opens: str
    at: int
