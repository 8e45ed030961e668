"""Collections: progress, and a reward that is taken once."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Bought
from inventui.engine.inventory.models import Discard, Sale
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded
from inventui.engine.workshop import collections
from inventui.engine.workshop.models import CollectionPiece, CollectionView, Completed
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.money import Currency
from inventui.rules.core.refusal import Reason
from tests.builders import (
    NOW,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    in_a_file,
    opened,
    refused,
)
from tests.db.frozen_layouts import thaw
from tests.engine.bazaar import put_up
from tests.engine.trading import offered
from tests.engine.workshop import granted, repacked

CRATE = ("straw", "stamp", "lemon", "peel", "squeezer")
REWARD = (40 + 120 + 700 + 2_400 + 15_000) // 10


def collected(player: PlayerHandle, *slugs: str) -> dict[str, int]:
    """One of each of these items; their numbers."""
    return {slug: granted(player, slug, 1)[0] for slug in slugs}


def the_set(player: PlayerHandle, slug: str = "crate") -> CollectionView:
    return done(player.collections.view(slug), CollectionView)


def piece(view: CollectionView, slug: str) -> CollectionPiece:
    return next(piece for piece in view.pieces if piece.slug == slug)


def completed(player: PlayerHandle, slug: str = "crate", key: str | None = None) -> Completed:
    return done(player.collections.complete(slug, key), Completed)


def test_every_case_is_a_set_of_what_it_can_give_in_its_order(ana: PlayerHandle) -> None:
    sets = ana.collections.list()
    assert [view.slug for view in sets] == ["crate", "box", "rack"]
    assert [piece.slug for piece in sets[0].pieces] == list(CRATE)
    assert [piece.parts for piece in sets[0].pieces] == [600_000, 300_000, 80_000, 15_000, 5_000]
    assert [(piece.held, piece.known) for piece in sets[0].pieces] == [(0, False)] * 5
    assert (sets[0].oranges, sets[0].gems, sets[0].done_at) == (REWARD, 10, None)
    assert sets[0] == the_set(ana)


def test_progress_is_what_is_held_now_and_what_was_ever_had_is_known(
    world: World, ana: PlayerHandle
) -> None:
    player_items = collected(ana, "straw", "stamp")
    granted(ana, "straw", 2)
    done(ana.inventory.discard(player_items["stamp"]), Discard)
    view = the_set(ana)
    assert view.held == 1
    assert (piece(view, "straw").held, piece(view, "straw").known) == (3, True)
    assert (piece(view, "stamp").held, piece(view, "stamp").known) == (0, True)
    assert (piece(view, "lemon").held, piece(view, "lemon").known) == (0, False)
    before = contents(world)
    refusal = refused(ana.collections.complete("crate"), Reason.NOT_COMPLETE)
    assert refusal.figures == {"held": 1, "pieces": 5, "missing": 4}
    assert view.refusal == refusal
    assert contents(world) == before


def test_a_complete_set_is_rewarded_once(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    collected(ana, *CRATE)
    assert the_set(ana).refusal is None
    had = ana.card()
    clock.advance(1_000)
    got = completed(ana)
    assert (got.collection, got.name, got.oranges, got.gems) == ("crate", "Test Crate", REWARD, 10)
    card = ana.card()
    assert (card.oranges - had.oranges, card.gems - had.gems) == (REWARD, 10)
    paid = ana.wallet.ledger().lines[:2]
    assert {(line.cause, line.subject) for line in paid} == {("collection", "Test Crate")}
    assert card.experience - had.experience == got.experience_gained == REWARD // 10
    assert (got.balance.oranges, got.balance.gems) == (card.oranges, card.gems)
    view = the_set(ana)
    assert (view.done_at, view.held) == (NOW + 1_000, 5)
    before = contents(world)
    assert refused(ana.collections.complete("crate"), Reason.ENDED) == view.refusal
    assert contents(world) == before
    audited(world)


def test_a_rank_that_the_reward_brings_gives_gems(ana: PlayerHandle) -> None:
    collected(ana, *CRATE)
    opened(ana, "crate", 90)
    got = completed(ana)
    assert got.rank_up == "Associate"
    assert got.balance.gems == 25 + 10 + 10 == ana.card().gems
    assert ana.wallet.ledger(currency=Currency.GEMS).total == 3


def test_a_piece_that_is_sold_afterwards_changes_nothing_of_it(
    world: World, ana: PlayerHandle
) -> None:
    player_items = collected(ana, *CRATE)
    completed(ana)
    done(ana.inventory.sell([player_items["squeezer"]]), Sale)
    view = the_set(ana)
    assert (view.held, view.done_at, view.oranges) == (4, NOW, REWARD)
    collected(ana, "squeezer")
    before = contents(world)
    refused(ana.collections.complete("crate"), Reason.ENDED)
    assert contents(world) == before


def test_each_player_and_each_set_has_its_own_reward(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    for player in (ana, bob):
        collected(player, *CRATE)
        assert completed(player).oranges == REWARD
    refused(ana.collections.complete("rack"), Reason.NOT_COMPLETE)
    collected(ana, "spoon")
    again = refused(ana.collections.complete("rack"), Reason.NOT_COMPLETE)
    assert again.figures == {"held": 2, "pieces": 2, "missing": 0, "counted": 1}
    collected(ana, "straw")
    assert completed(ana, "rack").oranges == 100
    assert [view.done_at for view in ana.collections.list()] == [NOW, None, NOW]
    assert [view.done_at for view in bob.collections.list()] == [NOW, None, None]
    audited(world)


def test_a_reward_fires_once_a_key(world: World, ana: PlayerHandle) -> None:
    collected(ana, *CRATE, "spoon")
    first = completed(ana, key="again")
    before = contents(world)
    again = completed(ana, key="again")
    assert again.repeat
    assert again.oranges == first.oranges
    refused(ana.collections.complete("rack", "again"), Reason.KEY_REUSED)
    assert contents(world) == before


@pytest.mark.parametrize("slug", ["", "nope", "\x1b[2J", "x" * 10_000, "Crate"])
def test_an_unknown_set_is_refused_and_those_there_are_are_named(
    slug: str, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(ana.collections.view(slug), Reason.UNKNOWN_CASE)
    refusal = refused(ana.collections.complete(slug), Reason.UNKNOWN_CASE)
    assert "crate, box, rack" in refusal.message
    assert "\x1b" not in refusal.message
    assert contents(world) == before


def test_the_feed_and_the_figures_tell_of_it(ana: PlayerHandle) -> None:
    collected(ana, *CRATE)
    completed(ana)
    (line,) = ana.feed.page(Topic.WORKSHOP).lines
    assert line.words == "You completed Test Crate"
    assert (line.oranges, line.gems, line.player_items) == (REWARD, 10, ())


def test_what_another_pack_makes_of_a_case_is_what_counts_and_what_was_paid_stays(
    tmp_path: Path,
) -> None:
    pack = repacked(tmp_path)
    with a_world(tmp_path / "w.db", pack=pack) as world:
        ana, bob = a_player(world, "ana"), a_player(world, "bob")
        for player in (ana, bob):
            collected(player, *CRATE)
        completed(ana)
    repacked(
        tmp_path,
        ('{ item = "squeezer", chance = 0.5 }', '{ item = "spoon", chance = 0.5 }'),
    )
    with a_world(tmp_path / "w.db", pack=pack) as world:
        ana, bob = (world.player(name) for name in ("ana", "bob"))  # type: ignore[assignment]
        view = the_set(ana)
        assert [piece.slug for piece in view.pieces] == [*CRATE[:4], "spoon"]
        assert (view.held, view.done_at, view.oranges) == (4, NOW, REWARD)
        refused(ana.collections.complete("crate"), Reason.ENDED)
        assert the_set(bob).oranges == 356
        refused(bob.collections.complete("crate"), Reason.NOT_COMPLETE)
        done(world.grant("bob", item="spoon"), Grant)
        assert completed(bob).oranges == 356
    repacked(tmp_path, ('id = "crate"', 'id = "barrel"'))
    with a_world(tmp_path / "w.db", pack=pack) as world:
        ana = world.player("ana")  # type: ignore[assignment]
        eve = a_player(world, "eve")
        assert [view.slug for view in ana.collections.list()] == ["barrel", "box", "rack", "crate"]
        assert [view.slug for view in eve.collections.list()] == ["barrel", "box", "rack"]
        refused(ana.collections.complete("crate"), Reason.ENDED)
        refused(eve.collections.complete("crate"), Reason.UNKNOWN_CASE)
        audited(world)


def test_a_case_that_shrinks_completes_nothing_by_itself(tmp_path: Path) -> None:
    pack, one = repacked(tmp_path), '{ item = "stamp", chance = 100 }'
    with a_world(tmp_path / "w.db", pack=pack) as world:
        collected(a_player(world, "ana"), "stamp")
    both = '{ item = "stamp", chance = 50 },\n'
    lemon = '  { item = "lemon", chance = 50, name = "Cracked Lemon", value = 650 }'
    repacked(tmp_path, (both + lemon, one))
    with a_world(tmp_path / "w.db", pack=pack) as world:
        ana = world.player("ana")
        assert isinstance(ana, PlayerHandle)
        before = contents(world)
        assert the_set(ana, "box").held == len(the_set(ana, "box").pieces) == 1
        refused(ana.collections.complete("box"), Reason.NOT_COMPLETE)
        assert contents(world) == before
        # Who comes later, and whoever gets a piece since, completes it as it is now.
        bob = a_player(world, "bob")
        collected(bob, "stamp")
        done(bob.collections.complete("box"), Completed)
        collected(ana, "stamp")
        done(ana.collections.complete("box"), Completed)
        audited(world)


def gives(world: World, ana: PlayerHandle, bob: PlayerHandle, number: int) -> int:
    done(ana.gifts.send_item(bob.name, number), GiftSent)
    return newest(world)


def trades(world: World, ana: PlayerHandle, bob: PlayerHandle, number: int) -> int:
    trade = offered(ana, bob.name, give=(number,), ask_oranges=1)
    done(bob.trades.accept(trade), TradeEnded)
    return newest(world)


def sells(world: World, ana: PlayerHandle, bob: PlayerHandle, number: int) -> int:
    done(bob.bazaar.buy(put_up(ana, number)), Bought)
    return newest(world)


def newest(world: World) -> int:
    with world.store.read() as connection:
        found: int = connection.driver.execute("SELECT max(id) FROM player_item").fetchone()[0]
    return found


WAYS: dict[str, Callable[[World, PlayerHandle, PlayerHandle, int], int]] = {
    "gifts": gives,
    "trades": trades,
    "the bazaar": sells,
}


@pytest.mark.parametrize("way", WAYS)
def test_a_piece_counts_once_in_its_life_down_a_chain_of_owners(
    way: str, world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    cleo = a_player(world, "cleo")
    befriended(ana, bob)
    befriended(bob, cleo)
    pieces = list(collected(ana, *CRATE).values())
    completed(ana)
    for giver, receiver in ((ana, bob), (bob, cleo)):
        pieces = [WAYS[way](world, giver, receiver, piece) for piece in pieces]
        view = the_set(receiver)
        assert (view.held, [piece.counts for piece in view.pieces]) == (5, [False] * 5)
        before = contents(world)
        refusal = refused(receiver.collections.complete("crate"), Reason.NOT_COMPLETE)
        assert refusal.figures["counted"] == 5
        assert contents(world) == before
    for number, slug in enumerate(CRATE, 1):
        collected(cleo, slug)
        assert [piece.counts for piece in the_set(cleo).pieces].count(True) == number
    assert completed(cleo).oranges == REWARD
    audited(world)


def test_what_never_counted_counts_for_the_next_owner(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    befriended(ana, bob)
    for piece in collected(ana, *CRATE).values():
        gives(world, ana, bob, piece)
    assert completed(bob).oranges == REWARD
    audited(world)


def test_looking_for_a_piece_that_counts_costs_the_same_however_long_its_chain(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    in_a_file()
    befriended(ana, bob)
    pieces = collected(ana, *CRATE)
    completed(ana)
    number = pieces["squeezer"]

    def steps() -> int:
        counted = 0

        def count() -> None:
            nonlocal counted
            counted += 1

        with world.store.read() as connection:
            connection.driver.set_progress_handler(count, 1)
            try:
                connection.execute(collections._HELD, {"player": ana.id}).all()
            finally:
                connection.driver.set_progress_handler(None, 1)
        return counted

    number = gives(world, bob, ana, gives(world, ana, bob, number))
    before = steps()
    for _ in range(20):
        number = gives(world, bob, ana, gives(world, ana, bob, number))
    assert steps() <= before + 20


def test_sets_that_were_completed_before_pieces_were_known_are_no_fault(tmp_path: Path) -> None:
    in_a_file()
    path = thaw(5, tmp_path / "world.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guard = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'completion'"
        for (name,) in connection.execute(guard).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(
            "INSERT INTO completion (operation_id, player_id, case_id, at, oranges, gems)"
            " SELECT max(id), 1, 1, 0, 0, 0 FROM operation"
        )
    with a_world(path) as world:
        checks = {check.name: check for check in world.audit().checks}
        assert checks["pieces"].ok
        before = contents(world)
    with closing(sqlite3.connect(path)) as connection:
        for change in (
            "UPDATE world_setting SET value = '9' WHERE name = 'completed_before'",
            "INSERT OR REPLACE INTO world_setting (name, value) VALUES ('completed_before', '9')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(change)
    assert contents(path) == before


def test_spare_is_only_what_no_collection_lacks_whose_reward_is_to_come(ana: PlayerHandle) -> None:
    first, second = granted(ana, "straw", 2)
    assert ana.collections.spare([first, second]) == (second,), "the first of its kind is kept"
    assert ana.collections.spare([second]) == (second,)
    loose = granted(ana, "cap", 1)[0]
    lemon = granted(ana, "lemon", 1)[0]
    done(ana.inventory.sell([first]), Sale)
    assert ana.collections.spare([second, lemon]) == ()
    assert loose in ana.collections.spare([second, lemon, loose])


def test_of_a_set_that_was_rewarded_everything_is_spare(ana: PlayerHandle) -> None:
    had = collected(ana, *CRATE)
    assert ana.collections.spare(had.values()) == ()
    completed(ana)
    shared = {"straw", "stamp"}
    only_here = tuple(had[slug] for slug in CRATE if slug not in shared)
    assert ana.collections.spare(had.values()) == only_here, "others lack what is shared"


def test_what_another_player_owns_is_never_spare(ana: PlayerHandle, bob: PlayerHandle) -> None:
    assert ana.collections.spare(granted(bob, "straw", 2)) == ()
