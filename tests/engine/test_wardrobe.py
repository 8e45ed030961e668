"""Wearing, taking off, using, and the drawer."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.drawer.models import DrawerView
from inventui.engine.inventory.models import Discard, InventoryQuery, Use
from inventui.engine.people.models import FriendChange
from inventui.engine.shop.models import Purchase
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab, Status
from inventui.rules.people.friends import FriendEvent
from tests.builders import (
    SHOP_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    refused,
)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    world = a_world(tmp_path / "shop.db", clock=clock, pack=SHOP_PACK)
    yield world
    world.close()


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=20_000)


def bought(player: PlayerHandle, slug: str) -> int:
    return done(player.shop.buy(slug), Purchase).item_ids[0]


def slots(player: PlayerHandle) -> dict[Category, str]:
    return {category: item.slug for category, item in player.wardrobe.worn().items()}


DEFAULTS = {
    Category.FONT_COLOR: "default-font-color",
    Category.TABS_STYLE: "default-tabs-style",
}


def test_a_new_player_owns_and_wears_the_defaults(world: World, ana: PlayerHandle) -> None:
    assert slots(ana) == DEFAULTS
    assert all(item.is_default for item in ana.wardrobe.worn().values())
    owned = [line for tab in InventoryTab for line in ana.inventory.stacks(InventoryQuery(tab=tab))]
    assert len(owned) == 2
    assert ana.inventory.statistics().total_items == 0
    audited(world)


def test_players_of_an_older_world_get_the_defaults_that_a_newer_pack_brings(
    tmp_path: Path,
) -> None:
    path = tmp_path / "old.db"
    with a_world(path) as old:
        player = a_player(old)
        assert slots(player) == {}
    with a_world(path, pack=SHOP_PACK) as new:
        assert slots(new.player("ana")) == DEFAULTS  # type: ignore[arg-type]
        audited(new)
        before = contents(new)
    with a_world(path, pack=SHOP_PACK) as again:
        assert contents(again) == before


def test_a_thing_put_on_takes_the_place_of_what_was_in_its_slot(
    world: World, ana: PlayerHandle
) -> None:
    lime, plum = bought(ana, "lime"), bought(ana, "plum")
    outfit = done(ana.wardrobe.equip(lime), Outfit)
    assert (outfit.on_name, outfit.off_id, outfit.off_name) == (
        "Lime Letters",
        plum,
        "Plum Letters",
    )
    assert slots(ana)[Category.FONT_COLOR] == "lime"
    audited(world)


def test_taking_off_puts_the_default_back_where_there_is_one(
    world: World, ana: PlayerHandle
) -> None:
    lime, rind = bought(ana, "lime"), bought(ana, "rind")
    outfit = done(ana.wardrobe.unequip(lime), Outfit)
    assert (outfit.off_id, outfit.on_name) == (lime, "Orange")
    outfit = done(ana.wardrobe.unequip(Category.FRAME), Outfit)
    assert (outfit.off_id, outfit.on_id) == (rind, None)
    assert slots(ana) == DEFAULTS
    audited(world)


def test_a_default_is_neither_thrown_away_nor_had_twice(world: World, ana: PlayerHandle) -> None:
    default = ana.wardrobe.worn()[Category.FONT_COLOR].item_id
    bought(ana, "lime")
    before = contents(world)
    refused(ana.inventory.discard(default), Reason.IS_DEFAULT)
    refused(world.grant("ana", item=DEFAULTS[Category.FONT_COLOR]), Reason.ALREADY_OWNED)
    assert contents(world) == before
    audited(world)


def test_what_can_t_be_put_on_or_taken_off_is_refused_and_nothing_changes(
    world: World, ana: PlayerHandle
) -> None:
    bob = a_player(world, "bob")
    donut, rind, theirs = bought(ana, "donut"), bought(ana, "rind"), bought(bob, "rind")
    default = ana.wardrobe.worn()[Category.TABS_STYLE].item_id
    ana.wardrobe.unequip(rind)
    ana.inventory.discard(rind)
    before = contents(world)
    refused(ana.wardrobe.equip(donut), Reason.NOT_WEARABLE)
    refused(ana.wardrobe.equip(rind), Reason.ENDED)
    refused(ana.wardrobe.equip(theirs), Reason.NOT_YOURS)
    refused(ana.wardrobe.equip(default), Reason.WRONG_STATUS)
    refused(ana.wardrobe.equip(10**30), Reason.UNKNOWN_ITEM)
    refused(ana.wardrobe.unequip(default), Reason.IS_DEFAULT)
    refused(ana.wardrobe.unequip(Category.TABS_STYLE), Reason.IS_DEFAULT)
    refused(ana.wardrobe.unequip(Category.FRAME), Reason.WRONG_STATUS)
    refused(ana.wardrobe.unequip(Category.BUNDLE), Reason.UNKNOWN_SLOT)
    refused(ana.wardrobe.unequip(donut), Reason.WRONG_STATUS)
    refused(ana.wardrobe.unequip(rind), Reason.ENDED)
    refused(ana.wardrobe.unequip(theirs), Reason.NOT_YOURS)
    assert contents(world) == before


def test_a_locked_thing_may_be_worn(ana: PlayerHandle) -> None:
    rind = bought(ana, "rind")
    ana.wardrobe.unequip(rind)
    ana.inventory.lock([rind], True)
    done(ana.wardrobe.equip(rind), Outfit)
    done(ana.wardrobe.unequip(rind), Outfit)


def test_a_donut_feeds_bigpulp_once_until_the_next_shift(world: World, ana: PlayerHandle) -> None:
    box = bought(ana, "box")
    use = done(ana.wardrobe.use(box), Use)
    assert (use.uses_left, use.target) == (2, None)
    assert done(ana.drawer.show(), DrawerView).fed
    before = contents(world)
    refused(ana.wardrobe.use(box), Reason.NOTHING_TO_DO)
    refused(ana.wardrobe.use(box, "bob"), Reason.NO_TARGET)
    assert contents(world) == before


def test_a_thing_is_gone_after_its_last_use(world: World, ana: PlayerHandle) -> None:
    donut = bought(ana, "donut")
    assert done(ana.wardrobe.use(donut), Use).uses_left == 0
    assert ana.inventory.detail(donut).line.status is Status.CONSUMED  # type: ignore[union-attr]
    before = contents(world)
    refused(ana.wardrobe.use(donut), Reason.ENDED)
    assert contents(world) == before
    audited(world)


def test_what_is_thrown_is_told_and_seen_on_the_drawer_for_24_hours(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "Bob")
    befriended(ana, bob)
    use = done(ana.wardrobe.use(bought(ana, "poop"), "bOB"), Use)
    assert use.target == "Bob"
    clock.advance(24 * HOUR - 1)
    (splat,) = done(bob.drawer.show(), DrawerView).splats
    assert splat.thrower == "ana"
    told = bob.notifications.page().notifications[0]
    assert (told.kind, told.place) == ("splat", "drawer")
    assert told.message.startswith("ana threw ")
    clock.advance(1)
    assert done(bob.drawer.show(), DrawerView).splats == ()


def test_throwing_needs_somebody_else(world: World, ana: PlayerHandle) -> None:
    poop = bought(ana, "poop")
    before = contents(world)
    refused(ana.wardrobe.use(poop), Reason.NO_TARGET)
    refused(ana.wardrobe.use(poop, "ana"), Reason.NO_TARGET)
    refused(ana.wardrobe.use(poop, "zoe\x1b"), Reason.UNKNOWN_PLAYER)
    assert contents(world) == before


def test_nothing_is_thrown_at_who_is_no_friend_yet_or_no_more(
    world: World, ana: PlayerHandle
) -> None:
    bob, poop = a_player(world, "bob"), bought(ana, "poop")
    steps = (
        (bob, FriendEvent.REQUEST),
        (bob, FriendEvent.REMOVE),
        (ana, FriendEvent.REQUEST),
        (bob, FriendEvent.ACCEPT),
    )
    for player, event in steps:
        before = contents(world)
        refused(ana.wardrobe.use(poop, "bob"), Reason.NOT_FRIENDS)
        assert contents(world) == before
        done(player.friends.change("ana" if player is bob else "bob", event), FriendChange)
    done(bob.friends.change("ana", FriendEvent.REMOVE), FriendChange)
    before = contents(world)
    refused(ana.wardrobe.use(poop, "bob"), Reason.NOT_FRIENDS)
    assert contents(world) == before
    assert done(bob.drawer.show(), DrawerView).splats == ()
    befriended(ana, bob)
    done(ana.wardrobe.use(poop, "bob"), Use)
    audited(world)


def test_a_thing_that_can_t_be_used_is_refused_before_anybody_is_looked_for(
    world: World, ana: PlayerHandle
) -> None:
    bob = a_player(world, "bob")
    befriended(ana, bob)
    poop = bought(ana, "poop")
    done(ana.wardrobe.use(poop, "bob"), Use)
    done(ana.friends.change("bob", FriendEvent.REMOVE), FriendChange)
    before = contents(world)
    refused(ana.wardrobe.use(poop, "bob"), Reason.ENDED)
    refused(ana.wardrobe.use(poop, "nobody"), Reason.ENDED)
    assert contents(world) == before


def test_a_repair_kit_mends_gear_that_is_worn_down_and_nothing_else(
    world: World, ana: PlayerHandle
) -> None:
    kit, spoon, rind = bought(ana, "kit"), bought(ana, "spoon"), bought(ana, "rind")
    before = contents(world)
    refused(ana.wardrobe.use(kit), Reason.NO_TARGET)
    refused(ana.wardrobe.use(kit, rind), Reason.NO_TARGET)
    refused(ana.wardrobe.use(kit, "nonsense"), Reason.NO_TARGET)
    refused(ana.wardrobe.use(kit, spoon), Reason.NOTHING_TO_DO)
    refused(ana.wardrobe.use(kit, 999), Reason.UNKNOWN_ITEM)
    assert contents(world) == before
    _wear_down(world, spoon, 60)
    assert done(ana.wardrobe.use(kit, spoon), Use).uses_left == 1
    assert _durability(world, spoon) == 85
    assert done(ana.wardrobe.use(kit, str(spoon)), Use).uses_left == 0
    assert _durability(world, spoon) == 100
    # No robbery wore it down, and the audit knows.
    assert [check.name for check in world.audit().checks if not check.ok] == ["wear"]


def test_a_repair_kit_is_not_spent_on_gear_that_is_gone(world: World, ana: PlayerHandle) -> None:
    kit, spoon = bought(ana, "kit"), bought(ana, "spoon")
    _wear_down(world, spoon, 60)
    done(ana.wardrobe.unequip(spoon), Outfit)
    done(ana.inventory.discard(spoon), Discard)
    before = contents(world)
    refused(ana.wardrobe.use(kit, spoon), Reason.ENDED)
    assert contents(world) == before


def _wear_down(world: World, player_item: int, durability: int) -> None:
    with world.store.write() as connection:
        connection.driver.execute(
            "INSERT INTO condition (operation_id, player_item_id, number, uses, durability)"
            " SELECT (SELECT max(id) FROM operation), id, condition + 1, uses, ?"
            " FROM player_item WHERE id = ?",
            (durability, player_item),
        )


def _durability(world: World, player_item: int) -> int:
    with world.store.read() as connection:
        return int(
            connection.driver.execute(
                "SELECT durability FROM player_item WHERE id = ?", (player_item,)
            ).fetchone()[0]
        )


def test_only_consumables_can_be_used(world: World, ana: PlayerHandle) -> None:
    rind = bought(ana, "rind")
    before = contents(world)
    refused(ana.wardrobe.use(rind), Reason.NOT_USABLE)
    assert contents(world) == before


def test_a_drawer_shows_what_is_worn_and_the_best_of_the_collection(
    world: World, ana: PlayerHandle
) -> None:
    bought(ana, "neon")
    ana.cases.open("crate", 12)
    view = done(ana.drawer.show(), DrawerView)
    assert view.worn[Category.FRAME].name == "Neon Frame"
    assert len(view.best) == 8
    assert view.statistics == ana.inventory.statistics()
    assert view.player == ana.card()
    assert view.visitors == 0
    assert not view.fed


def test_a_visit_counts_once_a_day_and_ones_own_look_never(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    bob = a_player(world, "bob")
    ana.drawer.show()
    for _ in range(3):
        done(bob.drawer.show("ana"), DrawerView)
    assert done(ana.drawer.show("ANA"), DrawerView).visitors == 1
    clock.advance(DAY)
    bob.drawer.show("ana")
    assert done(ana.drawer.show(), DrawerView).visitors == 2
    refused(bob.drawer.show("nobody"), Reason.UNKNOWN_PLAYER)
    audited(world)


def test_two_players_of_a_slot_do_not_touch(world: World, ana: PlayerHandle) -> None:
    bob = a_player(world, "bob")
    bought(ana, "lime")
    assert slots(bob) == DEFAULTS
