"""Ranks, which a player reaches by experience."""

from dataclasses import dataclass

RANKS = (
    ("Rookie", 0),
    ("Associate", 1_000),
    ("Soldier", 5_000),
    ("Captain", 20_000),
    ("Underboss", 75_000),
    ("Kingpin", 250_000),
)
"""(name, experience at which it begins), ascending."""

RANK_UP_GEMS = 10
"""Gems given for each rank gained."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A rank, with the progress towards the next.

    Attributes:
        rank: the rank's name.
        level: 0 for the lowest rank.
        experience: points held.
        floor: points at which this rank began.
        ceiling: points of the next rank, or None at the top.
    """

    rank: str
    level: int
    experience: int
    floor: int
    ceiling: int | None

    @property
    def progress(self) -> float:
        """How far towards the next rank, 0.0 to 1.0."""
        if self.ceiling is None:
            return 1.0
        return (self.experience - self.floor) / (self.ceiling - self.floor)


def standing(experience: int) -> Standing:
    """The rank that `experience` points give."""
    level = max(i for i, (_, least) in enumerate(RANKS) if experience >= least)
    name, floor = RANKS[level]
    ceiling = RANKS[level + 1][1] if level + 1 < len(RANKS) else None
    return Standing(name, level, experience, floor, ceiling)


WORTH_OF_A_POINT = 2
"""Oranges' worth of player items that count as a point of experience of a neighbour."""


def neighbour_standing(worth: int) -> Standing:
    """The rank that is shown of a neighbour who owns so much; its experience says nothing of it."""
    return standing(worth // WORTH_OF_A_POINT)


def gems_for_rank_up(before: int, after: int) -> int:
    """Gems due when experience goes from `before` to `after` points."""
    return RANK_UP_GEMS * (standing(after).level - standing(before).level)
