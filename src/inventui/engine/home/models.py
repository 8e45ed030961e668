"""Read models and outcomes of Home."""

from dataclasses import dataclass

from inventui.rules.achievements import Condition
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


@dataclass(frozen=True, slots=True)
class QuestLine:
    """A quest as one player sees it.

    Attributes:
        slug: its name in the pack.
        condition: what is counted.
        room: slug of the room where it is done.
        oranges: the reward.
        number: its place, from 1 on, of `total`.
        ended_at: when it was done or skipped, or None.
        skipped: whether it was skipped.
    """

    slug: str
    name: str
    description: str
    condition: Condition
    room: str
    oranges: int
    number: int
    total: int
    ended_at: int | None
    skipped: bool


@dataclass(frozen=True, slots=True)
class QuestSkipped:
    """The outcome of skipping a quest."""

    operation: int
    quest: str
    name: str
    at: int
    repeat: bool = False
