"""The workshop: which chances a fusion has, and what is known of it before."""

from pathlib import Path

from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.people.models import GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.workshop.models import Fused
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab, Sort
from tests.builders import (
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    refused,
)
from tests.engine.streets import rows
from tests.engine.workshop import fused, granted, parts, quoted, repacked, won


def test_each_thing_brings_the_pool_of_the_case_it_was_won_from(ana: PlayerHandle) -> None:
    player_items = won(ana, "Market Stamp", 3) + won(ana, "Market Stamp", 2, "box")
    quote = quoted(ana, player_items)
    assert [input_.case for input_ in quote.inputs] == ["crate"] * 3 + ["box"] * 2
    assert quote.inputs[0].case_name == "Test Crate"
    assert parts(quote.odds) == {"Glass Lemon": 600_000, "Cracked Lemon": 400_000}
    assert quote.odds is not None
    assert quote.odds.case == "workshop:uncommon"
    assert len(quote.sprites) == len(quote.emoji) == 2
    assert (quote.rarity, quote.result, quote.fee, quote.value) == (
        Rarity.UNCOMMON,
        Rarity.RARE,
        170,
        600,
    )
    assert quote.refusal is None


def test_the_order_of_things_makes_no_difference_to_the_hash(ana: PlayerHandle) -> None:
    player_items = won(ana, "Market Stamp", 3) + won(ana, "Market Stamp", 2, "box")
    first, turned = quoted(ana, player_items).odds, quoted(ana, player_items[::-1]).odds
    assert first is not None
    assert turned is not None
    assert first.hash == turned.hash


def test_a_gift_brings_the_pool_of_the_case_that_its_first_owner_won_it_from(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    eve = a_player(world, "eve")
    befriended(bob, eve)
    befriended(eve, ana)
    done(world.grant("bob", oranges=20_000), Grant)
    (stamp,) = won(bob, "Market Stamp", 1, "box")
    theirs = done(bob.gifts.send_item("eve", stamp), GiftSent).received_id
    assert theirs is not None
    mine = done(eve.gifts.send_item("ana", theirs), GiftSent).received_id
    assert mine is not None
    (input_,) = quoted(ana, [mine]).inputs
    assert (input_.case, input_.player_item.id) == ("box", mine)


def test_what_no_case_gave_brings_the_pool_of_the_first_case_that_holds_it(
    ana: PlayerHandle,
) -> None:
    made = fused(ana, granted(ana, "straw")).roll.item_id
    quote = quoted(ana, [made, *granted(ana, "stamp", 1)])
    assert [input_.case for input_ in quote.inputs] == ["crate", "crate"]
    assert parts(quote.odds) == {"Glass Lemon": 1_000_000}


def test_gear_of_the_next_rarity_never_comes_of_a_fusion(tmp_path: Path, ana: PlayerHandle) -> None:
    pack = repacked(
        tmp_path,
        ('category = "weapon"\nrarity = "common"', 'category = "weapon"\nrarity = "uncommon"'),
        ("rob_bonus = 3", "rob_bonus = 6"),
    )
    with a_world(tmp_path / "geared.db", pack=pack) as world:
        player = a_player(world, oranges=50_000)
        refused(player.workshop.fuse(won(player, "Bent Straw", case="rack")), Reason.NO_POOL)


def test_odds_in_force_are_taken_and_a_case_that_is_gone_gives_way_to_another(
    tmp_path: Path,
) -> None:
    pack = repacked(tmp_path)
    with a_world(tmp_path / "w.db", pack=pack) as world:
        ana = a_player(world, oranges=100_000)
        stamps = won(ana, "Market Stamp", 5, "box")
        first = quoted(ana, stamps).odds
    half = '{ item = "lemon", chance = 50, name'
    repacked(tmp_path, (half, '{ item = "lemon", chance = 25 },\n  ' + half.replace("50", "25")))
    with a_world(tmp_path / "w.db", pack=pack) as world:
        handle = world.player("ana")
        assert isinstance(handle, PlayerHandle)
        changed = quoted(handle, stamps).odds
        assert parts(first) == {"Cracked Lemon": 1_000_000}
        assert parts(changed) == {"Cracked Lemon": 500_000, "Glass Lemon": 500_000}
    repacked(tmp_path, ('id = "box"', 'id = "new-box"'))
    with a_world(tmp_path / "w.db", pack=pack) as world:
        handle = world.player("ana")
        assert isinstance(handle, PlayerHandle)
        assert [input_.case for input_ in quoted(handle, stamps).inputs] == ["crate"] * 5
        assert parts(quoted(handle, stamps).odds) == {"Glass Lemon": 1_000_000}
        fused(handle, stamps)
        assert handle.fairness.verify().ok
        audited(world)


# What is known before


def test_a_quote_answers_with_what_is_known_so_far(world: World, ana: PlayerHandle) -> None:
    player_items = granted(ana, "straw")
    before = contents(world)
    empty = quoted(ana, [])
    assert (empty.inputs, empty.rarity, empty.result, empty.fee) == ((), None, None, 0)
    assert empty.odds is None
    assert empty.refusal is not None
    assert empty.refusal.reason is Reason.WRONG_NUMBER
    for count in range(1, 5):
        quote = quoted(ana, player_items[:count])
        assert (len(quote.inputs), quote.value, quote.fee) == (count, 40 * count, 50)
        assert parts(quote.odds) == {"Market Stamp": 1_000_000}
        assert quote.refusal is not None
        assert quote.refusal.figures == {"count": count, "required": 5}
    assert quoted(ana, player_items).refusal is None
    mixed = quoted(ana, [player_items[0], *granted(ana, "stamp", 1)])
    assert (mixed.rarity, mixed.odds, mixed.fee) == (None, None, 0)
    assert before != contents(world)


def test_a_quote_changes_nothing_and_says_of_what_is_not_mine_only_that(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    theirs = granted(bob, "straw")
    many = granted(ana, "straw", 7)
    before = contents(world)
    refused(ana.workshop.quote(theirs), Reason.NOT_YOURS)
    refused(ana.workshop.quote([10**30]), Reason.UNKNOWN_ITEM)
    assert quoted(ana, many).odds is None
    assert quoted(ana, many).refusal is not None
    assert contents(world) == before


def test_what_may_be_fused_is_owned_not_locked_and_not_legendary(
    world: World, ana: PlayerHandle
) -> None:
    straws = granted(ana, "straw", 4)
    lemons = granted(ana, "lemon", 2)
    granted(ana, "squeezer", 2)
    granted(ana, "spoon", 1)
    ana.inventory.lock([straws[1], lemons[0]], True)
    wanted = [lemons[1], straws[3], straws[2], straws[0]]
    everything = InventoryQuery(sort=Sort.NEWEST)
    page = done(ana.workshop.player_items(everything), InventoryPage)
    assert [line.id for line in page.items] == wanted
    assert page.total == ana.workshop.count(everything) == 4
    for query in (InventoryQuery(tab=InventoryTab.GEAR), InventoryQuery(status=Status.ESCROWED)):
        assert ana.workshop.count(query) == 4
    assert ana.workshop.counts() == {
        Rarity.COMMON: 3,
        Rarity.UNCOMMON: 0,
        Rarity.RARE: 1,
        Rarity.EPIC: 0,
    }
    for sort in Sort:
        query = InventoryQuery(sort=sort)
        listed = [
            line.id
            for line in done(ana.workshop.player_items(query, limit=10), InventoryPage).items
        ]
        assert sorted(listed) == sorted(wanted)
        one_by_one: list[int] = []
        after = None
        for _ in wanted:
            step = done(ana.workshop.player_items(query, after, 1), InventoryPage)
            one_by_one += [line.id for line in step.items]
            after = step.next
        assert after is None
        assert one_by_one == listed
    assert ana.workshop.matching(everything, [*straws, *lemons]) == frozenset(wanted)
    ana.inventory.lock([straws[1]], False)
    assert ana.workshop.counts()[Rarity.COMMON] == 4


def test_the_five_cheapest_can_be_fused_and_of_one_price_the_oldest_go_first(
    world: World, ana: PlayerHandle, tmp_path: Path
) -> None:
    ((slug,),) = rows(world, "SELECT slug FROM item WHERE name = 'Cracked Lemon'")
    lemons = granted(ana, "lemon", 6)
    cracked = granted(ana, slug, 4)
    granted(ana, "straw")
    ana.inventory.lock([cracked[0], lemons[1]], True)
    # A Cracked Lemon's case has nothing epic.
    assert ana.workshop.cheapest(Rarity.RARE) == (lemons[0], *lemons[2:])
    ana.inventory.lock([cracked[0], lemons[1]], False)
    assert ana.workshop.cheapest(Rarity.RARE) == tuple(lemons[:5])
    more = '{ item = "peel", chance = 5 },\n  { item = "lemon", chance = 45, name = "Cracked Lemon"'
    pack = repacked(tmp_path, ('{ item = "lemon", chance = 50, name = "Cracked Lemon"', more))
    with a_world(tmp_path / "another.db", pack=pack) as other:
        bob = a_player(other, "bob", oranges=100_000)
        ((slug,),) = rows(other, "SELECT slug FROM item WHERE name = 'Cracked Lemon'")
        lemons, cracked = granted(bob, "lemon", 6), granted(bob, slug, 4)
        bob.inventory.lock([cracked[0], lemons[1]], True)
        assert bob.workshop.cheapest(Rarity.RARE) == (*cracked[1:], lemons[0], lemons[2])
        fused(bob, bob.workshop.cheapest(Rarity.RARE))
        assert bob.workshop.cheapest(Rarity.RARE) == tuple(lemons[3:])


def test_with_fewer_than_five_the_cheapest_are_those_there_are(ana: PlayerHandle) -> None:
    assert ana.workshop.cheapest(Rarity.COMMON) == ()
    straws = granted(ana, "straw", 3)
    assert ana.workshop.cheapest(Rarity.COMMON) == tuple(straws)
    granted(ana, "squeezer", 5)
    assert ana.workshop.cheapest(Rarity.LEGENDARY) == ()


def test_the_cheapest_are_fused_as_they_are_at_that_moment_and_once_a_key(
    world: World, ana: PlayerHandle
) -> None:
    straws = granted(ana, "straw", 8)
    first = done(ana.workshop.fuse_cheapest(Rarity.COMMON, "again"), Fused)
    assert first.inputs == tuple(straws[:5])
    before = contents(world)
    assert done(ana.workshop.fuse_cheapest(Rarity.COMMON, "again"), Fused).inputs == first.inputs
    refused(ana.workshop.fuse_cheapest(Rarity.RARE, "again"), Reason.KEY_REUSED)
    refusal = refused(ana.workshop.fuse_cheapest(Rarity.COMMON), Reason.WRONG_NUMBER)
    assert refusal.figures["count"] == 3
    refused(ana.workshop.fuse_cheapest(Rarity.EPIC), Reason.WRONG_NUMBER)
    refused(ana.workshop.fuse_cheapest(Rarity.LEGENDARY), Reason.WRONG_NUMBER)
    assert contents(world) == before
