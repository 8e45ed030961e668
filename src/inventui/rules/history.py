"""The feed: which operations it shows, under which topics, and with which words."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from inventui.room import FeedKind, Topic
from inventui.rooms import ROOMS

KINDS: Mapping[str, FeedKind] = MappingProxyType(
    {kind: told for room in ROOMS for kind, told in room.feed.items()}
)
"""Kind of an operation → how the feed tells it."""

TOPICS: Mapping[str, frozenset[Topic]] = MappingProxyType(
    {kind: told.topics for kind, told in KINDS.items() if told.topics}
)
"""Kind of an operation → its topics. A kind that is missing is not shown."""


BROUGHT: frozenset[str] = frozenset(
    {"player"} | {kind for kind, told in KINDS.items() if told.either}
)
"""Kinds of operations of which it is kept whether they brought money, player items or neither."""


def kinds_of(topic: Topic | None) -> tuple[str, ...]:
    """The kinds of operations of a topic, or all that the feed shows."""
    return tuple(kind for kind, topics in TOPICS.items() if topic is None or topic in topics)


def time_words(robbed: Sequence[str], foiled: Sequence[str], called: Sequence[str]) -> str:
    """What a span of time brought, by the names of who came by; some are named."""
    said = [
        f"{names[0]}{f' and {len(names) - 1} more' * (len(names) > 1)} {what}"
        for names, what in (
            (robbed, "robbed you"),
            (foiled, "failed to rob you"),
            (called, "called"),
        )
        if names
    ]
    return "Time went by" + ": " * bool(said) + ", ".join(said)


def achieved_words(achieved: Sequence[str], quests: Sequence[str]) -> str:
    """What was reached in one operation, by name: achievements, then quests."""
    said = [f"achieved {', '.join(achieved)}"] if achieved else []
    if quests:
        said.append(f"did the quest{'s' * (len(quests) > 1)} {', '.join(quests)}")
    return f"You {' and '.join(said)}"


def feed_words(kind: str, other: str, *, mine: bool, success: bool) -> str:
    """One line of the feed, without sums and player items.

    Args:
        kind: the operation's.
        other: who else it concerned, or an empty text.
        mine: whether the reader did it.
        success: whether it went well for whoever did it: robberies fail, and locks are unlocked.
    """
    told = KINDS.get(kind, FeedKind())
    said = told.mine if mine else told.theirs
    if not success:
        said = (told.mine_failed if mine else told.theirs_failed) or said
    return said.format(other=other) if said else kind.replace("_", " ").capitalize()
