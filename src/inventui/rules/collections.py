"""Collections: who holds everything that a case gives at once may take a reward, once.

A piece counts for a reward once in its life, through all its owners. A case that loses pieces
completes no set by that: one of those that are left must come to the player since.
"""

from collections.abc import Sequence

from inventui.rules.achievements import Rewards
from inventui.rules.core.refusal import Reason, Refusal

REWARD_PERCENT = 10
"""The reward in oranges, as a share of what the pieces are worth together."""

LEAST_ORANGES = 100
GEMS = 10
ORANGES_PER_EXPERIENCE = 10
"""Oranges of the reward for one point of experience."""

COMPLETED_BEFORE = "completed_before"
"""The world's setting with the last completion whose pieces are not known."""


def shrunk_setting(case: str) -> str:
    """The world's setting with the last player item there was when a case lost pieces."""
    return f"shrunk:{case}"


def reward(values: Sequence[int]) -> Rewards:
    """The rewards of completing a set whose pieces have these values in oranges."""
    oranges = max(LEAST_ORANGES, sum(values) * REWARD_PERCENT // 100)
    return Rewards(oranges, GEMS, oranges // ORANGES_PER_EXPERIENCE)


def check_complete(
    name: str, held: int, counting: int, pieces: int, *, done: bool, shrunk: bool
) -> Refusal | None:
    """None if the reward of a set can be taken: every piece is held now, and never before.

    Args:
        name: the set's.
        held: how many different pieces the player holds.
        counting: of how many of these the player holds one that counted for no reward yet.
        pieces: how many there are.
        done: whether the player has completed it before.
        shrunk: whether its case lost pieces, and none of those that are left came since.
    """
    if done:
        return Refusal(
            Reason.ENDED, f"{name} is complete: its reward was paid, and is paid once.", {}
        )
    figures = {"held": held, "pieces": pieces}
    if held < pieces:
        missing = pieces - held
        return Refusal(
            Reason.NOT_COMPLETE,
            f"{name} is not complete: {held} of {pieces} pieces are yours, {missing} "
            f"{'is' if missing == 1 else 'are'} missing.",
            figures | {"missing": missing},
        )
    if counting < pieces:
        counted = pieces - counting
        return Refusal(
            Reason.NOT_COMPLETE,
            f"{name} is all yours, but {counted} of its {pieces} pieces counted for a reward "
            "before, maybe an earlier owner's. A piece counts once: get "
            f"{'another one' if counted == 1 else 'others'} of the kind.",
            figures | {"missing": 0, "counted": counted},
        )
    if shrunk:
        return Refusal(
            Reason.NOT_COMPLETE,
            f"{name} has fewer pieces than before, and that alone completes no set: get one more "
            "of its pieces first.",
            figures | {"missing": 0},
        )
    return None
