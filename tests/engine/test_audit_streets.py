"""The audit notices what is forged of shifts, bonuses, robberies and neighbours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.inventory.models import Use
from inventui.engine.streets.models import DailyPaid, ShiftPaid
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.streets.robbery import takes_gear
from tests.builders import NOW, STREETS_PACK, a_player, a_world, done, lived_in
from tests.engine.forging import AuditAfter, forgeries
from tests.engine.streets import bought, loses, robbed, roll_on, wins

STREET_FORGERIES: dict[str, tuple[str, str]] = {
    "a shift's pay": ("shifts", "UPDATE shift SET pay = pay + 1 WHERE id = 1"),
    "a shift's skill": ("shifts", "UPDATE shift SET skill = skill + 1 WHERE id = 1"),
    "rest without a home": (
        "shifts",
        "UPDATE shift SET rest = 10, pay = pay * 110 / 100 WHERE id = 2",
    ),
    "rest of a better home": ("shifts", "UPDATE shift SET rest = 60 WHERE rest > 0"),
    "rest in an unpaid home": (
        "shifts",
        "INSERT INTO upkeep (id, operation_id, player_id, day, player_item_id, due, state)"
        " SELECT 999, operation_id - 1, player_id, 0, 1, 1, 'due' FROM shift WHERE rest > 0",
    ),
    "loot halved too little": ("robberies", "UPDATE robbery SET halved = 0 WHERE halved = 1"),
    "loot said to be of before": (
        "robberies",
        "UPDATE robbery SET halved = NULL WHERE id = (SELECT max(id) FROM robbery"
        " WHERE roll_id IS NOT NULL)",
    ),
    "more loot than there was": (
        "robberies",
        "UPDATE transfer SET from_balance = 100 WHERE kind = 'robbery'",
    ),
    "a robber with nothing at stake": (
        "robberies",
        "UPDATE transfer SET to_balance = amount + 199 WHERE kind = 'robbery'",
    ),
    "a fine of less": (
        "robberies",
        "UPDATE transfer SET from_balance = 0 WHERE kind = 'fine'",
    ),
    "a meal": ("shifts", "UPDATE shift SET fed = 1 - fed WHERE id = 1"),
    "a meal that is there still": ("shifts", "UPDATE effect SET ended_by = NULL"),
    "a shift's number": ("shifts", "UPDATE shift SET number = 41 WHERE id = 2"),
    "a shift's day": ("shifts", "UPDATE shift SET day = day - 9 WHERE id = 1"),
    "a shift's worker": ("shifts", "UPDATE shift SET player_id = 1 WHERE id = 2"),
    "a shift's time": ("shifts", "UPDATE shift SET at = at - 1 WHERE id = 2"),
    "a shift too soon": (
        "shifts",
        "UPDATE shift SET at = (SELECT at FROM shift WHERE id = 4) + 29999 WHERE id = 5;"
        "UPDATE operation SET at = (SELECT at FROM shift WHERE id = 5)"
        " WHERE id = (SELECT operation_id FROM shift WHERE id = 5)",
    ),
    "a missing shift": ("shifts", "DELETE FROM shift WHERE id = 3"),
    "a crate": ("shifts", "UPDATE shift SET player_item_id = 3 WHERE id = 1"),
    "pay for no shift": (
        "shifts",
        "DELETE FROM settlement WHERE player_id IN (SELECT player_id FROM neighbour)",
    ),
    "a bonus's streak": ("bonuses", "UPDATE daily_bonus SET streak = 2 WHERE id = 1"),
    "a bonus's day": ("bonuses", "UPDATE daily_bonus SET day = day + 1 WHERE id = 3"),
    "a bonus's taker": ("bonuses", "UPDATE daily_bonus SET player_id = 1 WHERE id = 1"),
    "a missing bonus": ("bonuses", "DELETE FROM daily_bonus WHERE id = 2"),
    "a chance": ("robberies", "UPDATE robbery SET chance = chance + 1 WHERE id = 1"),
    "an outcome": ("robberies", "UPDATE robbery SET success = 1 - success WHERE id = 1"),
    "the loot": ("robberies", "UPDATE robbery SET oranges = oranges + 1 WHERE success = 1"),
    "a fine": ("robberies", "UPDATE robbery SET oranges = oranges + 1 WHERE success = 0"),
    "a robber": ("robberies", "UPDATE robbery SET robber_id = 1, victim_id = 2 WHERE id = 1"),
    "a robbery's time": ("robberies", "UPDATE robbery SET at = at + 1 WHERE id = 1"),
    "a robbery without a roll": (
        "robberies",
        "UPDATE robbery SET roll_id = NULL, period = 1 WHERE id = 1",
    ),
    "a roll without a robbery": ("robberies", "DELETE FROM robbery WHERE id = 1"),
    "another roll": (
        "robberies",
        "UPDATE robbery SET roll_id = (SELECT min(id) FROM roll WHERE purpose = 'case')"
        " WHERE id = 1",
    ),
    "another purpose": ("robberies", "UPDATE roll SET purpose = 'case' WHERE purpose = 'robbery'"),
    "a roll that gave a thing": (
        "robberies",
        "UPDATE roll SET player_item_id = (SELECT min(id) FROM player_item"
        " WHERE acquisition = 'purchase') WHERE id = (SELECT roll_id FROM robbery WHERE id = 1)",
    ),
    "an entry": (
        "robberies",
        "UPDATE roll SET entry = 1 - entry WHERE id = (SELECT roll_id FROM robbery WHERE id = 1)",
    ),
    "other odds": (
        "robberies",
        "UPDATE roll SET odds_table_id = 1 WHERE id = (SELECT roll_id FROM robbery WHERE id = 1)",
    ),
    "a ticket": (
        "robberies",
        "UPDATE roll SET ticket = 999999 - ticket"
        " WHERE id = (SELECT min(roll_id) FROM robbery WHERE success = 1)",
    ),
    "a thing that nobody stole": (
        "robberies",
        "UPDATE player_item SET acquisition = 'gift' WHERE acquisition = 'theft'",
    ),
    "a theft without a robbery": (
        "robberies",
        "UPDATE robbery SET stolen_id = NULL WHERE stolen_id IS NOT NULL",
    ),
    "a failure that took a thing": (
        "robberies",
        "UPDATE robbery SET stolen_id = (SELECT max(stolen_id) FROM robbery WHERE success = 1)"
        " WHERE success = 0",
    ),
    "a person without seeds": ("commitments", "DELETE FROM seed_pair WHERE player_id = 1"),
}


def lively_until(path: Path) -> int:
    """A world with shifts, a meal, bonuses, neighbours, a robbery won and one lost; its time."""
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=STREETS_PACK) as world:
        bob = a_player(world, "bob", oranges=10_000)
        clock.advance(DAY)
        ana = a_player(world, "ana", oranges=20_000)
        bob.wardrobe.unequip(bought(bob, "spoon"))
        ana.streets.targets()
        done(ana.wardrobe.use(bought(ana, "donut")), Use)
        for skill in (50, 60, 70):
            done(ana.streets.play(skill), ShiftPaid)
            done(ana.streets.daily(), DailyPaid)
            clock.advance(DAY)
        done(ana.streets.play(80), ShiftPaid)
        clock.advance(HOUR)
        bought(ana, "crate-home")
        assert done(ana.streets.play(90), ShiftPaid).rest
        roll_on(ana, lambda draw: wins(draw) and takes_gear(draw.gear))
        assert robbed(ana, "bob").stolen is not None
        clock.advance(HOUR)
        roll_on(ana, wins)
        assert robbed(ana, "bob").halved == 1
        roll_on(ana, loses)
        robbed(ana, "Zest")
    return clock.at


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    """Forgeries of that world."""
    path = tmp_path_factory.mktemp("streets") / "world.db"
    lived_in(path, lively_until)
    with forgeries(path) as audit_after:
        yield audit_after


@pytest.mark.parametrize("forgery", STREET_FORGERIES)
def test_the_audit_names_what_is_forged_in_the_streets(
    forgery: str, audit_after: AuditAfter
) -> None:
    check, sql = STREET_FORGERIES[forgery]
    assert audit_after(sql)[check].faults
