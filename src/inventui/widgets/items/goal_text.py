"""Texts of goals: what is counted, progress, rewards, and the room that leads there."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.achievements import Condition
from inventui.widgets.theme import DIM, GEM, ORANGE, ago, exact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from inventui.engine.achievements.models import AchievementLine
    from inventui.rules.achievements import Rewards

DONE, OPEN = "✓", "◇"
EXPERIENCE, THING = "✦", "🎁"
FULL, EMPTY = "▰", "▱"

COUNTED = {
    Condition.OPENINGS: "cases opened",
    Condition.COMMONS_WON: "common things won",
    Condition.RARES_WON: "rare things won",
    Condition.EPICS_WON: "epic things won",
    Condition.LEGENDARIES_WON: "legendary things won",
    Condition.BEST_WIN: "oranges, your best win",
    Condition.BIGGEST_BATCH: "cases opened at once",
    Condition.ITEMS_HELD: "things held",
    Condition.ITEMS_SOLD: "things sold to the house",
    Condition.BIGGEST_SALE: "oranges, your biggest sale",
    Condition.NET_WORTH: "oranges, things included",
    Condition.ORANGES_SPENT: "oranges spent",
    Condition.RANK: "ranks gained",
    Condition.DAILY_STREAK: "daily bonuses in a row",
    Condition.SHIFTS: "shifts worked",
    Condition.COSMETICS_OWNED: "cosmetics owned",
    Condition.SLOTS_FILLED: "slots filled",
    Condition.WORN: "things worn",
    Condition.GEAR_OWNED: "pieces of gear held",
    Condition.GEAR_BROKEN: "pieces of gear worn out",
    Condition.ROBBERIES: "robberies that succeeded",
    Condition.ROBBERIES_TRIED: "robberies tried",
    Condition.LISTINGS: "things listed",
    Condition.ROBBERIES_FOILED: "robberies foiled",
    Condition.BUSINESS_REVENUE: "oranges from businesses",
    Condition.FRIENDS: "friends",
    Condition.GIFTS_GIVEN: "gifts given",
    Condition.BAZAAR_SALES: "sales at the bazaar",
    Condition.TRADES: "trades",
    Condition.FUSIONS: "fusions",
    Condition.COLLECTIONS: "collections completed",
    Condition.WITHDRAWALS: "withdrawals",
    Condition.ROTATIONS: "seed pairs retired",
}
"""What stands after a figure."""


class GoalOrder(StrEnum):
    """How goals are sorted."""

    NEAREST = "nearest first"
    DONE = "done first"


def arranged(goals: Iterable[AchievementLine], order: GoalOrder) -> list[AchievementLine]:
    """Goals in an order: open ones by nearness, those that are done by when, the latest first."""
    listed = list(goals)
    done = sorted(
        (goal for goal in listed if goal.done), key=lambda goal: goal.achieved_at or 0, reverse=True
    )
    near = sorted((goal for goal in listed if not goal.done), key=lambda goal: -goal.share)
    return near + done if order is GoalOrder.NEAREST else done + near


def bar(share: float, cells: int) -> Content:
    """How far something is, in so many cells; only what is whole is full."""
    full = cells if share >= 1 else min(cells - 1, int(share * cells))
    return Content.assemble((FULL * full, "$primary"), (EMPTY * (cells - full), "$foreground 35%"))


def standing(goal: AchievementLine, now: int) -> Content:
    """At the right of a goal's name: `✓ 2 d`, `100/250`."""
    if goal.achieved_at is not None:
        return Content.styled(f"{DONE} {ago(goal.achieved_at, now)}", "$text-success")
    return Content(f"{goal.progress:,}/{goal.threshold:,}")


def reward_signs(rewards: Rewards) -> Content:
    """Rewards as short as they get: `🍊 2,500  💎 5  ✦ 500  🎁`."""
    parts = [
        f"{sign} {amount:,}"
        for sign, amount in (
            (ORANGE, rewards.oranges), (GEM, rewards.gems), (EXPERIENCE, rewards.experience)
        )
        if amount
    ]  # fmt: skip
    return Content("  ".join([*parts, THING] if rewards.item else parts))


def reward_lines(rewards: Rewards, *, stacked: bool = True) -> list[Content]:
    """Rewards, each with its sign; `stacked` where one stands below the other."""
    lines = [
        Content.assemble(f"{sign} ", (f"{amount:,}", "bold"), f" {word}")
        for sign, amount, word in (
            (ORANGE, rewards.oranges, "oranges"),
            (GEM, rewards.gems, "gems"),
            # The shape is one cell wide, the signs of money are two.
            (EXPERIENCE + " " * stacked, rewards.experience, "experience"),
        )
        if amount
    ]
    if rewards.item:
        lines.append(Content.assemble(f"{THING} ", (rewards.item_name, "bold")))
    return lines or [Content.styled("Nothing but the honour.", DIM)]


def goal_content(
    goal: AchievementLine, cells: int, leads_to: str, *, tight: bool = False
) -> Content:
    """All that is to be said of a goal.

    Args:
        goal: which.
        cells: how wide the bar is.
        leads_to: title of the room where one gets on with it, or an empty text.
        tight: whether to leave out the bar, and what only gives air.
    """
    figure = Content.assemble(
        (f"{goal.progress:,}", "bold"), (f" of {goal.threshold:,} {COUNTED[goal.condition]}", DIM)
    )
    blank = [] if tight else [Content("")]
    lines = [
        Content.assemble(f"{goal.emoji} " if goal.emoji else "", (goal.name, "bold")),
        *([Content(goal.description)] if goal.description else []),
        *blank,
        *([] if tight else [bar(goal.share, cells)]),
        figure,
        *blank,
    ]
    if tight:
        lines.append(Content("  ").join(reward_lines(goal.rewards, stacked=False)))
    else:
        heading = "You got" if goal.done else "It gives"
        lines += [Content.styled(heading, DIM), *reward_lines(goal.rewards), *blank]
    if goal.achieved_at is not None:
        said = f"{DONE} Achieved {exact(goal.achieved_at)[:16]} UTC"
        lines.append(Content.styled(said, "$text-success"))
    elif leads_to:
        lines.append(Content.assemble(("enter", "bold $primary"), f" goes to {leads_to}"))
    return Content("\n").join(lines)
