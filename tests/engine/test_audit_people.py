"""The audit notices what is forged of achievements, and of what players were told."""

from collections.abc import Iterator

import pytest

from inventui.engine.inventory.models import Sale
from inventui.rules.achievements import Condition
from inventui.rules.core.clock import HOUR, FrozenClock
from tests.builders import NOW, a_player, done, opened
from tests.engine.achievement_worlds import Goals, a_goal_world, awarded
from tests.engine.forging import AuditAfter, forgeries

ACHIEVE = "(SELECT min(id) FROM operation WHERE kind = 'achieve')"

GOAL_FORGERIES: dict[str, tuple[str, str]] = {
    "a goal reached twice": (
        "achievements",
        "DROP INDEX achieved_once;"
        "INSERT INTO achieved (operation_id, player_id, achievement_id, at)"
        " SELECT operation_id, player_id, achievement_id, at FROM achieved WHERE id = 1",
    ),
    "a goal that was never awarded": (
        "achievements",
        "INSERT INTO achieved (operation_id, player_id, achievement_id, at)"
        f" SELECT {ACHIEVE}, 1, id, {NOW} FROM achievement WHERE slug = 'far'",
    ),
    "an award of nothing reached": ("achievements", "DELETE FROM achieved WHERE id = 1"),
    "another goal": (
        "achievements",
        "UPDATE achieved SET achievement_id = (SELECT id FROM achievement WHERE slug = 'far')"
        " WHERE id = 1",
    ),
    "another achiever": ("achievements", "UPDATE achieved SET player_id = 2 WHERE id = 1"),
    "another time": ("achievements", "UPDATE achieved SET at = at - 1 WHERE id = 1"),
    "another operation": ("achievements", "UPDATE achieved SET operation_id = 1 WHERE id = 1"),
    "a reward": (
        "achievements",
        "UPDATE transfer SET amount = amount + 1 WHERE kind = 'achievement'"
        " AND currency = 'oranges'",
    ),
    "gems": (
        "achievements",
        "UPDATE transfer SET amount = amount + 1 WHERE kind = 'achievement' AND currency = 'gems'",
    ),
    "experience": (
        "achievements",
        "UPDATE transfer SET amount = amount + 1 WHERE kind = 'experience'"
        f" AND operation_id = {ACHIEVE}",
    ),
    "a missing reward": ("achievements", "DELETE FROM transfer WHERE kind = 'achievement'"),
    "a reward for something else": (
        "achievements",
        "UPDATE transfer SET operation_id = 1 WHERE kind = 'achievement'",
    ),
    "somebody else's reward": (
        "achievements",
        "UPDATE transfer SET to_account_id = (SELECT id FROM account WHERE player_id = 2"
        " AND currency = 'oranges') WHERE kind = 'achievement' AND currency = 'oranges'",
    ),
    "a reward that was said to be larger": (
        "achievements",
        "UPDATE operation SET outcome = replace(outcome, '\"oranges\":200', '\"oranges\":201')"
        " WHERE kind = 'achieve'",
    ),
    "a thing from elsewhere": (
        "achievements",
        "UPDATE player_item SET acquisition = 'gift' WHERE acquisition = 'achievement'",
    ),
    "a thing for nothing": (
        "achievements",
        "UPDATE player_item SET acquisition = 'achievement' WHERE acquisition = 'starter'",
    ),
    "somebody else's thing": (
        "achievements",
        "UPDATE player_item SET player_id = 2 WHERE acquisition = 'achievement'",
    ),
    "another goal's thing": (
        "achievements",
        "UPDATE player_item SET source = 'far' WHERE acquisition = 'achievement'",
    ),
    "a goal skipped that is no quest": (
        "achievements",
        "UPDATE operation SET kind = 'skip_quest' WHERE kind = 'achieve'",
    ),
    "wins that never were": (
        "tallies",
        "UPDATE operation SET outcome = json_set(outcome, '$.tally.won.rare', 99)"
        " WHERE kind = 'achieve'",
    ),
    "a better win": (
        "tallies",
        "UPDATE operation SET outcome = json_set(outcome, '$.tally.best', 999999)"
        " WHERE kind = 'achieve'",
    ),
    "a larger batch": (
        "tallies",
        "UPDATE operation SET outcome = json_set(outcome, '$.tally.batch', 100)"
        " WHERE kind = 'achieve'",
    ),
    "a larger sale": (
        "tallies",
        "UPDATE operation SET outcome = json_set(outcome, '$.tally.sale', 999999)"
        " WHERE kind = 'achieve'",
    ),
    "rolls passed over": (
        "tallies",
        "UPDATE operation SET outcome = json_set(outcome, '$.tally.nonce', 999)"
        " WHERE kind = 'achieve'",
    ),
    "something told before it was": ("notifications", "UPDATE notification SET at = at - 1"),
    "an award that nobody was told of": ("notifications", "DELETE FROM notification WHERE id = 1"),
    "an award told to another": ("notifications", "UPDATE notification SET player_id = 2"),
    "an award told otherwise": ("notifications", "UPDATE notification SET message = 'Nothing.'"),
    "an award told twice": (
        "notifications",
        "INSERT INTO notification (operation_id, player_id, at, kind, tone, message, place, seen)"
        " SELECT operation_id, player_id, at, kind, tone, message, place, 0 FROM notification"
        " WHERE id = 1",
    ),
    "an award told that was none": (
        "notifications",
        "UPDATE notification SET operation_id = 1,"
        " at = (SELECT at FROM operation WHERE id = 1) WHERE id = 1",
    ),
}

GOALS: Goals = {
    "first": (
        Condition.OPENINGS,
        1,
        {"oranges": 200, "gems": 3, "experience": 50, "item": "lime"},
    ),
    "batch": (Condition.BIGGEST_BATCH, 10_000, {}),
    "far": (Condition.OPENINGS, 10_000, {}),
}


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    """Forgeries of a world in which ana has reached a goal, and has opened more since."""
    clock = FrozenClock(NOW)
    path = tmp_path_factory.mktemp("goals") / "world.db"
    with a_goal_world(path, GOALS, clock=clock) as world:
        ana = a_player(world)
        a_player(world, "bob")
        opening = opened(ana, count=7)
        done(ana.inventory.sell([opening.rolls[0].item_id]), Sale)
        awarded(ana)
        clock.advance(HOUR)
        opened(ana, count=5)
    with forgeries(path) as audit_after:
        yield audit_after


@pytest.mark.parametrize("forgery", GOAL_FORGERIES)
def test_the_audit_names_what_is_forged_of_achievements(
    forgery: str, audit_after: AuditAfter
) -> None:
    check, sql = GOAL_FORGERIES[forgery]
    assert audit_after(sql)[check].faults
