"""The audit notices what is forged of friends, gifts and withdrawals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.content.source import base_pack
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.world import World
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.money import Currency
from inventui.rules.people.friends import FriendEvent
from inventui.rules.time.neighbour_calls import PRESENT_LEAST, PRESENT_MOST, VISIT_PERIOD
from tests.builders import NOW, a_player, a_world, audited, done, lived_in
from tests.engine.forging import AuditAfter, forge, forgeries

PENDING = "WHERE state = 'pending'"
DELIVERED = "WHERE state = 'delivered'"

FORGERIES: dict[str, tuple[str, str]] = {
    "an answer before the question": (
        "friendships",
        "UPDATE friendship SET event = 'accept' WHERE number = 1",
    ),
    "an answer by who asked": ("friendships", "UPDATE friendship SET by_id = 1 WHERE number = 2"),
    "an answer by a third": (
        "friendships",
        "PRAGMA ignore_check_constraints = ON;UPDATE friendship SET by_id = 3 WHERE number = 2",
    ),
    "a question asked twice": (
        "friendships",
        "UPDATE friendship SET event = 'request' WHERE number = 2",
    ),
    "a gap between two": ("friendships", "UPDATE friendship SET number = 5 WHERE number = 2"),
    "a line that is gone": ("friendships", "DELETE FROM friendship WHERE number = 1"),
    "a word that is none": (
        "friendships",
        "PRAGMA ignore_check_constraints = ON;UPDATE friendship SET event = 'marry'",
    ),
    "a bond of another time": ("friendships", "UPDATE friendship SET at = at - 1"),
    "a gift before they were friends": (
        "gifts",
        "UPDATE friendship SET event = 'decline' WHERE number = 2",
    ),
    "a gift after they were friends": (
        "gifts",
        "UPDATE gift SET operation_id = 1, at = (SELECT at FROM operation WHERE id = 1)"
        " WHERE oranges > 0",
    ),
    "a gift of another time": ("gifts", "UPDATE gift SET at = at - 1"),
    "more oranges than moved": ("gifts", "UPDATE gift SET oranges = 71 WHERE oranges = 70"),
    "gems for oranges": (
        "gifts",
        "UPDATE gift SET gems = oranges, oranges = 0 WHERE oranges = 70",
    ),
    "somebody else's gift": (
        "gifts",
        "UPDATE gift SET giver_id = 2, receiver_id = 1 WHERE oranges = 70",
    ),
    "a gift of money that is not told": ("gifts", "DELETE FROM gift WHERE oranges = 70"),
    "a gift of nothing": (
        "gifts",
        "PRAGMA ignore_check_constraints = ON;UPDATE gift SET oranges = 0 WHERE oranges = 70",
    ),
    "money on top of a thing": (
        "gifts",
        "PRAGMA ignore_check_constraints = ON;UPDATE gift SET gems = 1 WHERE given_id IS NOT NULL",
    ),
    "money that moved as a gift": (
        "gifts",
        "UPDATE transfer SET kind = 'gift' WHERE id = 1",
    ),
    "a thing that did not end": (
        "gifts",
        "UPDATE player_item SET status = 'owned' WHERE status = 'gifted'",
    ),
    "a thing that was not handed on": (
        "gifts",
        "UPDATE player_item SET origin_id = NULL WHERE acquisition = 'gift'",
    ),
    "another thing that began": (
        "gifts",
        "UPDATE gift SET received_id = 1 WHERE given_id IS NOT NULL",
    ),
    "a thing that began for another": (
        "gifts",
        "UPDATE player_item SET player_id = 3 WHERE acquisition = 'gift'",
    ),
    "a thing that was got otherwise": (
        "gifts",
        "UPDATE player_item SET acquisition = 'admin' WHERE acquisition = 'gift'",
    ),
    "a thing that is said to be a gift": (
        "gifts",
        "UPDATE player_item SET acquisition = 'gift' WHERE id = 1",
    ),
    "a gift of a thing that is not told": ("gifts", "DELETE FROM gift WHERE given_id IS NOT NULL"),
    "a thing given twice": (
        "gifts",
        "DROP INDEX gift_given;DROP INDEX gift_received;"
        "INSERT INTO gift (operation_id, giver_id, receiver_id, at, given_id,"
        " received_id, oranges, gems, message) SELECT operation_id, giver_id, receiver_id, at,"
        " given_id, received_id, oranges, gems, message FROM gift WHERE given_id IS NOT NULL",
    ),
    "a move of another operation": (
        "gifts",
        "UPDATE move SET operation_id = 1 WHERE event = 'gift'",
    ),
    "a withdrawal of another time": ("withdrawals", "UPDATE withdrawal SET at = at - 1"),
    "somebody else's withdrawal": ("withdrawals", "UPDATE withdrawal SET player_id = 2"),
    "a withdrawal of another thing": (
        "withdrawals",
        f"UPDATE withdrawal SET player_item_id = 1 {PENDING}",
    ),
    "a withdrawn thing that lives": (
        "withdrawals",
        "UPDATE player_item SET status = 'owned' WHERE status = 'withdrawn'",
    ),
    "a withdrawal that is not told": ("withdrawals", f"DELETE FROM withdrawal {PENDING}"),
    "a thing withdrawn twice": (
        "withdrawals",
        "DROP INDEX withdrawal_thing;INSERT INTO withdrawal (operation_id, player_id,"
        " player_item_id, at, details, state, path) SELECT operation_id, player_id, player_item_id,"
        f" at, details, state, path FROM withdrawal {PENDING}",
    ),
    "a thing worth too little": (
        "withdrawals",
        "UPDATE operation SET outcome = json_set(outcome, '$.value', 9999) WHERE kind = 'withdraw'",
    ),
    "a delivery by no operation of its own": (
        "withdrawals",
        f"UPDATE withdrawal SET delivered_by = 1 {DELIVERED}",
    ),
    "a delivery of another withdrawal": (
        "withdrawals",
        "UPDATE operation SET request = json_set(request, '$.withdrawal', 2)"
        " WHERE kind = 'deliver'",
    ),
    "a delivery to nowhere": ("withdrawals", f"UPDATE withdrawal SET path = '' {DELIVERED}"),
    "a delivery that is undone": (
        "withdrawals",
        f"UPDATE withdrawal SET state = 'pending', delivered_by = NULL {DELIVERED}",
    ),
}


def lively_until(path: Path) -> int:
    """Ana and bob are friends and have given; ana has withdrawn two things, one is pending."""
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock) as world:
        ana = a_player(world, "ana", oranges=10_000)
        bob = a_player(world, "bob")
        a_player(world, "cy")
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        clock.advance(HOUR)
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
        done(ana.gifts.send_item("bob", squeezer(world)), GiftSent)
        done(ana.gifts.send_money("bob", 70), GiftSent)
        done(bob.gifts.send_money("ana", 3, Currency.GEMS), GiftSent)
        done(ana.withdrawals.withdraw(squeezer(world)), Withdrawn)
        ana.withdrawals.deliver(path.parent / "documents")
        done(ana.withdrawals.withdraw(squeezer(world)), Withdrawn)
    return clock.at


@pytest.fixture
def lively(tmp_path: Path) -> Iterator[World]:
    """A copy of that world."""
    path = tmp_path / "world.db"
    with a_world(path, clock=lived_in(path, lively_until)) as world:
        yield world


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    """Forgeries of that world."""
    path = tmp_path_factory.mktemp("bonds") / "world.db"
    lived_in(path, lively_until)
    with forgeries(path) as audit_after:
        yield audit_after


def squeezer(world: World) -> int:
    """A thing of ana's that is worth 15,000."""
    done(world.grant("ana", item="squeezer"), Grant)
    with world.store.read() as connection:
        return int(connection.driver.execute("SELECT max(id) FROM player_item").fetchone()[0])


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_audit_names_what_is_forged_between_people(
    forgery: str, audit_after: AuditAfter
) -> None:
    check, sql = FORGERIES[forgery]
    assert audit_after(sql)[check].faults


def test_a_friendship_that_ended_and_began_again_is_in_order(lively: World) -> None:
    ana, bob = (lively.player(name) for name in ("ana", "bob"))
    for player, other, event in (
        (ana, "bob", FriendEvent.REMOVE),
        (bob, "ana", FriendEvent.REQUEST),
        (bob, "ana", FriendEvent.REMOVE),
        (bob, "ana", FriendEvent.REQUEST),
        (ana, "bob", FriendEvent.DECLINE),
    ):
        done(player.friends.change(other, event), FriendChange)  # type: ignore[union-attr]
    assert lively.audit().ok


def test_a_present_beyond_its_bounds_is_named(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "street.db", clock=clock, pack=base_pack()) as world:
        ana = a_player(world, "ana")
        for line in ana.friends.list():
            done(ana.friends.change(line.name, FriendEvent.REQUEST), FriendChange)
        while ana.gifts.page(sent=False).gifts[:1] == ():
            clock.advance(VISIT_PERIOD)
            ana.catch_up()
        audited(world)
        for oranges in (PRESENT_LEAST - 1, PRESENT_MOST + 1):
            forge(world, f"UPDATE gift SET oranges = {oranges}, given_id = NULL")
            (check,) = (check for check in world.audit().checks if check.name == "gifts")
            assert any("as presents of neighbours are" in fault for fault in check.faults)
