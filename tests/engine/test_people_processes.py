"""Several programs that give the same thing, and answer the same request."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inventui.engine.models import FriendChange
from inventui.engine.world import PlayerHandle, World
from inventui.rules.people import Bond, FriendEvent
from tests.builders import a_player, a_world, audited, done, opened
from tests.engine.test_processes import _ask, _start

GIVER = """
friend = sys.argv[2]
for line in sys.stdin:
    result = ana.gifts.send_item(friend, int(line))
    print(json.dumps("given" if not isinstance(result, Refusal) else result.reason), flush=True)
world.close()
"""

PAYER = """
from inventui.rules.enums import Currency
friend = sys.argv[2]
for line in sys.stdin:
    result = ana.gifts.send_money(friend, int(line))
    print(json.dumps("given" if not isinstance(result, Refusal) else result.reason), flush=True)
world.close()
"""

ENDER = """
from inventui.rules.people import FriendEvent
for line in sys.stdin:
    result = ana.friends.change(sys.argv[2], FriendEvent(line.strip()))
    print(json.dumps("done" if not isinstance(result, Refusal) else result.reason), flush=True)
world.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "world.db"


def friends_of_ana(world: World) -> tuple[PlayerHandle, PlayerHandle, PlayerHandle]:
    """Ana, and bob and cy, who are friends of hers."""
    ana = a_player(world, "ana", oranges=100_000)
    others = a_player(world, "bob"), a_player(world, "cy")
    for other in others:
        done(ana.friends.change(other.name, FriendEvent.REQUEST), FriendChange)
        done(other.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    return (ana, *others)


def test_of_two_processes_that_give_one_thing_to_two_friends_one_arrives_each_time(
    path: Path,
) -> None:
    with a_world(path) as world:
        ana, bob, cy = friends_of_ana(world)
        things = [roll.item_id for roll in opened(ana, "crate", 60).rolls]
        givers = [_start(path, GIVER, name) for name in ("bob", "cy")]
        with ThreadPoolExecutor(2) as pool:
            for thing in things:
                said = list(pool.map(lambda giver, n=thing: _ask(giver, str(n)), givers))
                # A friend who has one like it already takes none, so neither may.
                assert said.count("given") <= 1
                assert set(said) <= {"given", "ended", "already_owned"}
        for giver in givers:
            giver.communicate(timeout=30)
            assert giver.returncode == 0
        given = ana.gifts.statistics().items_given
        assert given > 4
        got = [player.gifts.statistics().items_received for player in (bob, cy)]
        assert sum(got) == given
        audited(world)


def test_two_processes_that_give_the_last_oranges_never_give_more_than_there_are(
    path: Path,
) -> None:
    with a_world(path) as world:
        ana, bob, cy = friends_of_ana(world)
        had = ana.card().oranges
        payers = [_start(path, PAYER, name) for name in ("bob", "cy")]
        each = had // 25
        with ThreadPoolExecutor(2) as pool:
            said = [
                word
                for _ in range(20)
                for word in pool.map(lambda payer: _ask(payer, str(each)), payers)
            ]
        for payer in payers:
            payer.communicate(timeout=30)
            assert payer.returncode == 0
        assert said.count("given") == 25
        assert said.count("insufficient_funds") == 15
        assert ana.card().oranges == had - 25 * each
        assert bob.card().oranges + cy.card().oranges == 10_000 + 25 * each
        audited(world)


def test_of_two_processes_that_end_one_friendship_one_ends_it_each_time(path: Path) -> None:
    with a_world(path) as world:
        ana, bob, _ = friends_of_ana(world)
        enders = [_start(path, ENDER, "bob") for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            for _ in range(20):
                for word in ("remove", "request"):
                    said = list(pool.map(lambda ender, w=word: _ask(ender, w), enders))
                    assert sorted(said) == ["done", "wrong_bond"]
                done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
        for ender in enders:
            ender.communicate(timeout=30)
            assert ender.returncode == 0
        bonds = {line.name: line.bond for line in ana.friends.list()}
        assert bonds["bob"] is Bond.FRIENDS
        audited(world)
