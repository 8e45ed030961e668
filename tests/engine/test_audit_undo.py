"""The audit notices what is forged of undos."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Listed
from inventui.engine.inventory.models import Discard, LockChange, Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.undo.models import Undone
from inventui.rules.core.clock import FrozenClock
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    done,
    given,
)
from tests.engine.forging import AuditAfter, forgeries

_UNDO = "(SELECT u.{} FROM undo u JOIN operation o ON o.id = u.undone_id WHERE o.kind = '{}')"


def undo(kind: str) -> str:
    """The undo of this kind."""
    return _UNDO.format("operation_id", kind)


def undone(kind: str) -> str:
    """The operation of this kind that was taken back."""
    return _UNDO.format("undone_id", kind)


UNDO_FORGERIES: dict[str, tuple[str, str]] = {
    f"a {kind} taken back that nobody took back": (
        "undos",
        f"DELETE FROM undo WHERE operation_id = {undo(kind)}",
    )
    for kind in ("sell", "list", "discard", "gift")
} | {
    "an undo by another": (
        "undos",
        f"UPDATE operation SET player_id = 2, scope = 2 WHERE id = {undo('sell')}",
    ),
    "an undo after more than a minute": (
        "undos",
        f"UPDATE operation SET at = at + 60001 WHERE id = {undo('sell')}",
    ),
    "an undo of what can't be undone": (
        "undos",
        f"UPDATE operation SET kind = 'lock' WHERE id = {undone('sell')}",
    ),
    "an undo of another deed": (
        "undos",
        f"UPDATE undo SET undone_id = 1 WHERE operation_id = {undo('sell')}",
    ),
    "an undo of what comes later": (
        "undos",
        "UPDATE undo SET undone_id = (SELECT max(id) FROM operation)"
        f" WHERE operation_id = {undo('sell')}",
    ),
    "an undo that another was asked for": (
        "undos",
        f"UPDATE operation SET request = '{{\"operation\":1}}' WHERE id = {undo('sell')}",
    ),
    "money that was kept": ("undos", "DELETE FROM transfer WHERE kind = 'undo'"),
    "money that was kept in part": (
        "undos",
        "UPDATE transfer SET amount = amount - 1 WHERE kind = 'undo'",
    ),
    "a thing that was left out": (
        "undos",
        f"DELETE FROM move WHERE operation_id = {undo('sell')} AND player_item_id ="
        " (SELECT max(player_item_id) FROM move WHERE event = 'undo' AND operation_id ="
        f" {undo('sell')})",
    ),
    "a thing that a friend kept": ("undos", "DELETE FROM move WHERE event = 'return'"),
    "an undo that tells of less": (
        "undos",
        "UPDATE operation SET outcome = json_set(outcome, '$.number', 1)"
        f" WHERE id = {undo('sell')}",
    ),
    "an undo that tells of more money": (
        "undos",
        "UPDATE operation SET outcome = json_set(outcome, '$.oranges', 9999)"
        f" WHERE id = {undo('sell')}",
    ),
    "a reward for what was taken back": (
        "undos",
        f"UPDATE operation SET kind = 'achieve' WHERE id = {undone('sell')} + 1;"
        "INSERT INTO achievement (id, slug, position, name, description, emoji, condition,"
        " threshold, oranges, gems, experience, active)"
        " VALUES (99, 'forged', 9, 'Forged', '', '', 'items_sold', 1, 0, 0, 0, 1);"
        "INSERT INTO achieved (operation_id, player_id, achievement_id, at)"
        f" VALUES ({undone('sell')} + 1, 1, 99, {NOW})",
    ),
    "a friend who did something meanwhile": (
        "undos",
        f"UPDATE operation SET player_id = 2, scope = 2 WHERE id = {undone('gift')} + 1",
    ),
    "a gift that pushed another thing out": (
        "undos",
        "INSERT INTO move (player_item_id, version, event, from_status, to_status, operation_id)"
        f" VALUES (1, 9, 'expire', 'escrowed', 'expired', {undone('gift')})",
    ),
    "an undo in a sale": (
        "events",
        f"UPDATE operation SET kind = 'sell' WHERE id = {undo('discard')}",
    ),
    "a return in a gift": (
        "events",
        f"UPDATE operation SET kind = 'gift' WHERE id = {undo('gift')}",
    ),
    "money back to the house without an undo": (
        "causes",
        f"UPDATE operation SET kind = 'shift' WHERE id = {undo('sell')}",
    ),
    "a gift taken back that a friend still has": (
        "gifts",
        "UPDATE player_item SET status = 'owned' WHERE status = 'returned'",
    ),
    "a thing that lives on twice": (
        "provenance",
        "UPDATE player_item SET status = 'owned' WHERE status = 'returned'",
    ),
    "a count of sales that were taken back": (
        "counters",
        "UPDATE counter SET number = 2 WHERE what = 'items_sold'",
    ),
    "a count of gifts that were taken back": (
        "counters",
        "UPDATE counter SET number = 1 WHERE what = 'items_given'",
    ),
}


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    path = tmp_path_factory.mktemp("undone") / "world.db"
    undo_world(path)
    with forgeries(path) as after:
        yield after


def undo_world(path: Path) -> None:
    """Everything that can be taken back was, each with another deed in between."""
    with a_world(path, clock=FrozenClock(NOW), pack=PEOPLE_PACK) as world:
        ana, bob = a_player(world, "ana"), a_player(world, "bob")
        befriended(ana, bob)
        forks = [given(world, ana, "fork") for _ in range(3)]
        straw = given(world, ana, "straw")
        for deed in (
            lambda: done(ana.inventory.sell(forks[:2]), Sale).operation,
            lambda: done(ana.bazaar.list(straw, 70), Listed).operation,
            lambda: done(ana.inventory.discard(straw), Discard).operation,
            lambda: done(ana.gifts.send_item("bob", forks[0]), GiftSent).operation,
        ):
            operation = deed()
            done(ana.inventory.lock(forks[2:], True), LockChange)
            done(ana.undos.take_back(operation), Undone)
        done(ana.inventory.lock(forks[2:], False), LockChange)
        audited(world)


@pytest.mark.parametrize("what", UNDO_FORGERIES)
def test_the_audit_names_the_check_that_a_forged_undo_breaks(
    what: str, audit_after: AuditAfter
) -> None:
    check, sql = UNDO_FORGERIES[what]
    found = audit_after(sql)[check]
    assert not found.ok
    assert found.faults
