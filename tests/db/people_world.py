"""A world to attack in which people have befriended, given, withdrawn and set passphrases."""

import sqlite3
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from inventui.engine.core.models import PlayerCard
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.invitations import Invited
from inventui.engine.players.models import Grant
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.world import World
from inventui.rules.core.money import Currency
from inventui.rules.people.friends import FriendEvent
from tests.builders import a_player, a_world, audited, done
from tests.rules.test_public_keys import ED25519

ANA, BOB, CY = 1, 2, 3


@cache
def peopled() -> Path:
    """Ana and bob are friends and have given; cy has asked ana; two things are withdrawn."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "people.db"
    with a_world(path) as world:
        ana = a_player(world, "ana", oranges=100_000)
        bob, cy = a_player(world, "bob"), a_player(world, "cy")
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
        done(cy.friends.change("ana", FriendEvent.REQUEST), FriendChange)
        done(ana.gifts.send_item("bob", given(world)), GiftSent)
        done(ana.gifts.send_money("bob", 70), GiftSent)
        done(bob.gifts.send_money("ana", 3, Currency.GEMS), GiftSent)
        for _ in range(2):
            done(ana.withdrawals.withdraw(given(world)), Withdrawn)
        ana.withdrawals.deliver(path.parent / "documents")
        done(ana.withdrawals.withdraw(given(world)), Withdrawn)
        for player in (ana, bob):
            assert world.passphrases.change(player.id, "lemon tree") is None
            world.keys.add(player.id, ED25519)
            world.locks.change(player.id, True)
        for name in ("dan", "eve"):
            invited = done(world.invitations.make(1, 7), Invited)
            done(world.invitations.join(name, "lemon tree", invited.code), PlayerCard)
        audited(world)
    return path


def given(world: World) -> int:
    """A thing of ana's that is worth 15,000."""
    done(world.grant("ana", item="squeezer"), Grant)
    with world.store.read() as connection:
        return int(connection.driver.execute("SELECT max(id) FROM player_item").fetchone()[0])


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
