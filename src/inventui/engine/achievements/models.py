"""Read models and outcomes of achievements."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.engine.core.models import Balance
from inventui.rules.achievements import Condition, Rewards
from inventui.rules.core.enums import Rarity
from inventui.rules.core.money import Currency


@dataclass(frozen=True, slots=True)
class AchievementLine:
    """A goal as one player sees it.

    Attributes:
        slug: its name in the pack.
        condition: what is counted.
        threshold: how far it has to go.
        progress: how far the player is, at most the threshold.
        achieved_at: when it was reached, or None.
        rewards: what it gives.
    """

    slug: str
    name: str
    description: str
    emoji: str
    condition: Condition
    threshold: int
    progress: int
    achieved_at: int | None
    rewards: Rewards

    @property
    def done(self) -> bool:
        """Whether it was reached and its rewards were given."""
        return self.achieved_at is not None

    @property
    def share(self) -> float:
        """How near it is, 0.0 to 1.0."""
        return 1.0 if self.done else self.progress / self.threshold


@dataclass(frozen=True, slots=True)
class Counters:
    """Counters of a player's openings and sales, and how far they reach.

    Attributes:
        pair: number of the last seed pair whose rolls are counted.
        nonce: the first nonce of that pair that is not counted.
        transfer: number of the last transfer that is counted.
        won: how many player items cases gave, by rarity.
        best: highest value won in one roll, in oranges.
        batch: most cases opened at once.
        sale: most oranges for one sale to the house.
    """

    pair: int = 0
    nonce: int = 0
    transfer: int = 0
    won: Mapping[Rarity, int] = field(default_factory=dict)
    best: int = 0
    batch: int = 0
    sale: int = 0


@dataclass(frozen=True, slots=True)
class Award:
    """The rewards of one goal.

    Attributes:
        achievement: the goal's slug.
        given: what the player got.
        item_id: number of the player item that was given, or None.
        message: what the player is told.
    """

    achievement: str
    name: str
    emoji: str
    given: Rewards
    item_id: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Awards:
    """The outcome of giving all rewards that were due.

    Attributes:
        awards: what was reached, in the order in which it was given.
        tally: the counters that it was based on, where the next count begins.
        rank_gems: gems for new ranks, beside those of the awards.
        rank_up: the rank that the experience led to, or None.
    """

    operation: int
    awards: tuple[Award, ...]
    balance: Balance
    rank_gems: int
    rank_up: str | None
    tally: Counters
    at: int
    repeat: bool = False
    unpaid: Mapping[Currency, int] = field(default_factory=dict)
