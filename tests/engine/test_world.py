"""Worlds, players, grants, history, the ledger, the catalogue, simulation and the demo."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from threading import Event
from time import sleep

import pytest

from inventui.db.errors import Trouble, WorldError
from inventui.engine.cases.models import Simulation
from inventui.engine.core.models import PlayerCard
from inventui.engine.core.secrets import SeededEntropy, SystemEntropy
from inventui.engine.demo import FRIEND, GEAR, OUTFIT, STARTS_AT, open_demo
from inventui.engine.history.models import ItemHistory
from inventui.engine.players.models import Grant
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Status
from inventui.rules.core.enums import Event as ItemEvent
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.friends import FriendshipState
from tests.builders import (
    NOW,
    SMALL_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    lay_out_bare,
    opened,
    refused,
)


def test_a_new_player_begins_with_5000_oranges_25_gems_and_no_experience(world: World) -> None:
    card = done(world.players.add("ana"), PlayerCard)
    assert (card.oranges, card.gems, card.experience) == (5_000, 25, 0)
    assert card.standing.rank == "Rookie"
    assert world.players.list() == (card,)


@pytest.mark.parametrize("name", ["ana", "ANA", " Ana ", "ａｎａ"])
def test_two_players_can_t_have_one_name_however_it_is_written(name: str, world: World) -> None:
    world.players.add("Ana")
    before = contents(world)
    refused(world.players.add(name), Reason.PLAYER_EXISTS)
    assert contents(world) == before


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 33, "a\x1b[31m", "a\x00", "\u202egnp", "a\u200bb", "a\x9bb"]
)
def test_a_name_that_is_empty_too_long_or_hides_something_is_refused(
    name: str, world: World
) -> None:
    before = contents(world)
    refusal = refused(world.players.add(name), Reason.INVALID_NAME)
    assert refusal.message.isprintable()
    assert contents(world) == before


@pytest.mark.parametrize("name", ["[@click=app.quit]x[/]", "x[/nope]", "界" * 32, "'; DROP"])
def test_a_name_may_look_like_anything_that_can_be_seen(name: str, world: World) -> None:
    assert done(world.players.add(name), PlayerCard).name == name
    assert isinstance(world.player(name), PlayerHandle)


def test_an_unknown_player_is_refused_and_those_there_are_are_named(world: World) -> None:
    refused(world.player("ana"), Reason.NO_PLAYERS)
    world.players.add("ana")
    refusal = refused(world.player("b\x1bob"), Reason.UNKNOWN_PLAYER)
    assert "ana" in refusal.message
    assert "\x1b" not in refusal.message


def test_players_are_added_once_for_a_key(world: World) -> None:
    first = done(world.players.add("ana", key="k"), PlayerCard)
    assert world.players.add("ana", key="k") == first
    refused(world.players.add("bob", key="k"), Reason.KEY_REUSED)
    assert len(world.players.list()) == 1


def test_a_grant_is_of_the_worlds_owner(world: World, ana: PlayerHandle) -> None:
    before = ana.card()
    grant = done(world.grant("ana", item="lemon", oranges=7, gems=3), Grant)
    assert (grant.balance.oranges, grant.balance.gems) == (before.oranges + 7, before.gems + 3)
    assert grant.item_id is not None
    detail = ana.inventory.detail(grant.item_id)
    assert detail.acquisition is Acquisition.ADMIN  # type: ignore[union-attr]
    audited(world)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({}, Reason.NOTHING_TO_DO),
        ({"oranges": -1}, Reason.INVALID_AMOUNT),
        ({"gems": 2**53}, Reason.INVALID_AMOUNT),
        ({"oranges": 2**53 - 1}, Reason.INVALID_AMOUNT),
        ({"oranges": 10**40}, Reason.INVALID_AMOUNT),
        ({"item": "lemmon"}, Reason.UNKNOWN_ITEM),
        ({"item": "nope", "oranges": 5}, Reason.UNKNOWN_ITEM),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused_and_nothing_changes(
    asked: dict[str, object], reason: Reason, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(world.grant("ana", **asked), reason)  # type: ignore[arg-type]
    refused(world.grant("zoe", oranges=1), Reason.UNKNOWN_PLAYER)
    assert contents(world) == before


def test_granted_gear_without_room_waits_in_escrow(world: World, ana: PlayerHandle) -> None:
    for _ in range(11):
        grant = done(world.grant("ana", item="spoon"), Grant)
    detail = ana.inventory.detail(grant.item_id)  # type: ignore[arg-type]
    assert detail.line.status is Status.ESCROWED  # type: ignore[union-attr]


def test_history_tells_every_step_and_what_made_the_thing(
    clock: FrozenClock, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    roll = opened(ana, "crate", 3).rolls[1]
    clock.advance(5_000)
    ana.inventory.sell([roll.item_id])
    history = done(ana.history.of(roll.item_id), ItemHistory)
    assert [(e.event, e.from_status, e.to_status, e.at) for e in history.events] == [
        (ItemEvent.ACQUIRE, None, Status.OWNED, NOW),
        (ItemEvent.SELL, Status.OWNED, Status.SOLD, NOW + 5_000),
    ]
    assert history.origin["acquisition"] == "case"
    assert history.origin["roll"]["nonce"] == 1  # type: ignore[index]
    refused(bob.history.of(roll.item_id), Reason.NOT_YOURS)
    for number in (0, -1, 10**30, 999):
        refused(ana.history.of(number), Reason.UNKNOWN_ITEM)


def test_a_page_of_the_ledger_is_the_newest_lines_and_no_more_than_were_asked_for(
    ana: PlayerHandle,
) -> None:
    for _ in range(3):
        opened(ana, "crate", 2)
    whole = tuple(sorted(ana.wallet.ledger().lines, key=lambda line: -line.id))
    for limit in range(1, len(whole) + 1):
        page = ana.wallet.ledger(limit=limit)
        assert page.lines == whole[:limit]
        assert page.next == (page.lines[-1].id if limit < len(whole) else None)


def test_the_ledger_is_every_transfer_newest_first_page_by_page(ana: PlayerHandle) -> None:
    for _ in range(7):
        opened(ana, "crate", 2)
    ana.inventory.sell([1, 2])
    lines = []
    after = None
    while True:
        page = ana.wallet.ledger(after, 3)
        lines += page.lines
        after = page.next
        if after is None:
            break
    assert len(lines) == page.total == 11
    assert [line.id for line in lines] == sorted((line.id for line in lines), reverse=True)
    assert lines[0].kind == "sale"
    assert lines[0].amount > 0
    assert lines[0].balance == ana.card().oranges
    oranges = [line for line in lines if line.currency is Currency.ORANGES]
    assert sum(line.amount for line in oranges) == ana.card().oranges
    assert ana.wallet.ledger(currency=Currency.GEMS).lines[0].amount == 25
    series = ana.wallet.series()
    assert series[0][1] == 5_000
    assert series[-1][1] == ana.card().oranges


def test_the_catalogue_tells_a_cases_exact_figures(world: World) -> None:
    case = world.catalogue.case("crate")
    odds = case.odds  # type: ignore[union-attr]
    assert odds.expected_value == Fraction(227)
    assert odds.return_to_player == Fraction(227, 100)
    assert odds.chance_of_profit == Fraction(40, 100)
    refused(world.catalogue.case("nope"), Reason.UNKNOWN_CASE)


def test_a_changed_pack_changes_odds_but_never_what_was_won(tmp_path: Path) -> None:
    pack = tmp_path / "pack.toml"
    shutil.copyfile(SMALL_PACK, pack)
    path = tmp_path / "world.db"
    entropy = SeededEntropy("pack")
    world = World.open(path, clock=FrozenClock(NOW), entropy=entropy, pack=pack, daily_backup=False)
    ana = a_player(world, oranges=100_000)
    opening = opened(ana, "crate", 60)
    old = world.catalogue.case("crate").odds  # type: ignore[union-attr]
    value = ana.inventory.statistics().total_value
    world.close()
    text = (
        pack.read_text().replace("value = 40\n", "value = 45\n").replace('id = "box"', 'id = "b2"')
    )
    pack.write_text(text)
    world = a_world(path, clock=FrozenClock(NOW), entropy=entropy, pack=pack)
    ana = world.player("ana")  # type: ignore[assignment]
    new = world.catalogue.case("crate").odds  # type: ignore[union-attr]
    assert new.hash != old.hash
    assert [case.id for case in world.catalogue.cases()] == ["crate", "b2", "rack"]
    assert ana.inventory.statistics().total_value == value
    straws = [roll for roll in opened(ana, "crate", 30).rolls if roll.entry == "Bent Straw"]
    assert {roll.value for roll in straws} == {45}
    assert {r.value for r in opening.rolls if r.entry == "Bent Straw"} == {40}
    then = world.catalogue.case_as_opened(opening.rolls[0].odds_hash)
    assert then.odds == old  # type: ignore[union-attr]
    refused(world.catalogue.case_as_opened("0" * 64), Reason.UNKNOWN_CASE)
    assert ana.fairness.verify().ok
    audited(world)
    world.close()


def test_a_faulty_pack_is_refused_with_every_fault_and_makes_no_world(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    lay_out_bare(path)
    before = contents(path)
    pack = tmp_path / "pack.toml"
    pack.write_text(SMALL_PACK.read_text().replace("chance = 60", "chance = 50"))
    with pytest.raises(WorldError) as caught:
        World.open(path, pack=pack, daily_backup=False)
    assert caught.value.kind is Trouble.CONTENT
    assert "crate" in str(caught.value)
    assert str(pack) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert contents(path) == before


def test_a_simulation_is_the_same_for_a_seed_and_agrees_with_the_odds(world: World) -> None:
    first = done(world.simulate("crate", 30_000, "s"), Simulation)
    assert world.simulate("crate", 30_000, "s") == first
    assert sum(entry.seen for entry in first.entries) == 30_000
    assert first.won == sum(entry.value * entry.seen for entry in first.entries)
    assert first.p_value > 0.001
    assert world.simulate("crate", 30_000, "t") != first


def test_a_simulation_draws_as_the_game_does(world: World, ana: PlayerHandle) -> None:
    opening = opened(ana, "crate", 50)
    from inventui.rules.cases.fairness import tickets

    seed = ana.fairness.rotate().retired.server_seed  # type: ignore[union-attr]
    drawn = tickets(seed, opening.rolls[0].client_seed, 0, 50)  # type: ignore[arg-type]
    assert drawn == [roll.ticket for roll in opening.rolls]


@pytest.mark.parametrize("count", [0, -1, 10**30])
def test_a_simulation_of_no_rolls_or_too_many_is_refused(count: int, world: World) -> None:
    refused(world.simulate("crate", count, "s"), Reason.INVALID_COUNT)
    refused(world.simulate("nope", 5, "s"), Reason.UNKNOWN_CASE)
    refused(world.simulate("crate", 5, "\x00"), Reason.INVALID_CLIENT_SEED)


def test_a_simulation_reports_progress_and_can_be_cancelled(world: World) -> None:
    seen: list[int] = []
    world.simulate("crate", 45_000, "s", seen.append)
    assert seen == [20_000, 40_000, 45_000]

    class Cancelled(Exception):
        pass

    def cancel(_: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        world.simulate("crate", 45_000, "s", cancel)


def test_the_demo_is_the_same_at_every_start_holds_hundreds_of_things_and_leaves_nothing() -> None:
    worlds = [open_demo(), open_demo()]
    players = [world.player("ana") for world in worlds]
    assert all(isinstance(player, PlayerHandle) for player in players)
    statistics = [player.inventory.statistics() for player in players]  # type: ignore[union-attr]
    assert statistics[0] == statistics[1]
    assert statistics[0].total_items >= 200
    assert players[0].card() == players[1].card()  # type: ignore[union-attr]
    assert players[0].card().oranges > 500  # type: ignore[union-attr]
    assert players[0].reveals.pending() == ()  # type: ignore[union-attr]
    worn = players[0].wardrobe.worn().values()  # type: ignore[union-attr]
    assert {item.slug for item in worn if not item.is_default} == {*OUTFIT, *GEAR}
    bonds = {line.name: line.bond for line in players[0].friends.list()}  # type: ignore[union-attr]
    assert bonds[FRIEND] is FriendshipState.FRIENDS
    audited(worlds[0])
    for world in worlds:
        folder = world.path.parent
        world.close()
        assert not folder.exists()


def test_time_passes_in_a_demo_that_is_played() -> None:
    still, running = open_demo(), open_demo(running=True)
    try:
        assert still.clock.now() == STARTS_AT == still.clock.now()
        first = running.clock.now()
        assert first >= STARTS_AT
        while running.clock.now() == first:
            pass
    finally:
        still.close()
        running.close()


def test_secrets_come_from_the_system_unless_a_seed_is_given() -> None:
    assert SystemEntropy().seed() != SystemEntropy().seed()
    assert len(SystemEntropy().seed()) == 64
    one, two = SeededEntropy("x"), SeededEntropy("x")
    assert [one.seed(), one.seed()] == [two.seed(), two.seed()]
    assert one.seed() != one.seed()


def test_a_handle_can_t_be_had_for_a_player_that_is_not_there(world: World) -> None:
    assert isinstance(world.player("x"), Refusal)


def test_the_last_page_of_the_ledger_leads_nowhere_even_if_it_is_full(ana: PlayerHandle) -> None:
    opened(ana, "crate")
    whole = ana.wallet.ledger()
    assert whole.total == len(whole.lines) > 1
    assert ana.wallet.ledger(limit=whole.total).next is None
    first = ana.wallet.ledger(limit=whole.total - 1)
    rest = ana.wallet.ledger(after=first.next, limit=1)
    assert (rest.lines, rest.next) == (whole.lines[-1:], None)


def test_a_world_that_is_closed_while_a_backup_is_made_leaves_no_log_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, reading = tmp_path / "world.db", Event()
    a_world(path).close()

    def backup_until_given_up(world: Path, _: int, given_up: Callable[[], bool]) -> None:
        with closing(sqlite3.connect(world)) as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM player").fetchone()
            reading.set()
            while not given_up():
                sleep(0.001)
            # What it still has to do when it hears of it.
            sleep(0.1)

    monkeypatch.setattr("inventui.db.backup.daily_backup", backup_until_given_up)
    world = World.open(path, clock=FrozenClock(NOW), daily_backup=True)
    assert reading.wait(60)
    world.close()
    assert not path.with_name("world.db-wal").exists()
