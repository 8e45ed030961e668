"""Players: another name is the same player's."""

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.inventory.models import Sale
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.refusal import Reason
from tests.builders import audited, contents, done, opened, refused


def test_a_renamed_player_keeps_everything_but_the_name(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    won = opened(ana).rolls[0].item_id
    before = ana.card()
    renamed = done(world.players.rename(ana.id, " Änne  Maria "), PlayerCard)
    assert renamed.name == "Änne Maria"
    assert (renamed.id, renamed.oranges, renamed.gems) == (before.id, before.oranges, before.gems)
    refused(world.player("ana"), Reason.UNKNOWN_PLAYER)
    found = done(world.player("änne maria"), PlayerHandle)
    done(found.inventory.sell([won]), Sale)
    audited(world)


def test_a_name_may_change_its_capitals(world: World, ana: PlayerHandle) -> None:
    assert done(world.players.rename(ana.id, "ANA"), PlayerCard).name == "ANA"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("BOB", Reason.PLAYER_EXISTS),
        ("", Reason.INVALID_NAME),
        ("x" * 33, Reason.INVALID_NAME),
        ("\u202eana", Reason.INVALID_NAME),
    ],
)
def test_a_name_that_can_t_be_had_changes_nothing(
    name: str, reason: Reason, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    before = contents(world)
    refused(world.players.rename(ana.id, name), reason)
    assert contents(world) == before


def test_a_rename_by_the_same_key_happens_once(world: World, ana: PlayerHandle) -> None:
    done(world.players.rename(ana.id, "eve", "once"), PlayerCard)
    after = contents(world)
    assert done(world.players.rename(ana.id, "eve", "once"), PlayerCard).name == "eve"
    refused(world.players.rename(ana.id, "eva", "once"), Reason.KEY_REUSED)
    assert contents(world) == after
