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


ALIKE = ["\u0430na", "\u0410NA", "an\u0251", "\u0430n𝐚"]


@pytest.mark.parametrize("name", ALIKE)
def test_nobody_is_called_what_looks_like_somebody(
    name: str, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    before = contents(world)
    for result in (world.players.add(name), world.players.rename(bob.id, name)):
        refusal = refused(result, Reason.PLAYER_EXISTS)
        assert refusal.message.startswith("There is a player ana already, which looks the same.")
        assert refusal.figures["player"] == "ana"
    assert contents(world) == before


def test_one_may_be_called_what_looks_like_oneself(world: World, ana: PlayerHandle) -> None:
    assert done(world.players.rename(ana.id, "\u0430na"), PlayerCard).name == "\u0430na"
    assert done(world.players.rename(ana.id, "eve"), PlayerCard).name == "eve"
    assert done(world.players.add("ana"), PlayerCard).name == "ana"


def test_players_of_before_who_look_the_same_play_on(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    with world.store.write() as connection:
        connection.driver.execute(
            "UPDATE player SET name = '\u0430na', name_key = '\u0430na', look = 'ana' WHERE id = ?",
            (bob.id,),
        )
    for name in ("ana", "\u0430na"):
        player = done(world.player(name), PlayerHandle)
        opened(player)
    refused(world.players.rename(bob.id, "\u0430NA"), Reason.PLAYER_EXISTS)
    assert done(world.players.rename(bob.id, "bob"), PlayerCard).name == "bob"
    audited(world)
