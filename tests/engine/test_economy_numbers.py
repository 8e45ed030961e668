"""A number of the economy may change: old worlds play on, and what was done in them stays right."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inventui.content.source import base_pack
from inventui.engine.bazaar.models import Listed
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.demo import PLAYER, SEED, STARTS_AT, fill
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.trades.models import TradeOffer
from inventui.engine.world import PlayerHandle, World
from inventui.rules import audited_numbers as economy
from inventui.rules import bazaar as bazaar_rules
from inventui.rules.core.clock import DAY, MINUTE, FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.gear import Span
from inventui.rules.inventory.inventory import Sort
from tests.builders import a_player, a_world, audited, done, lived_in

NUMBERS = tuple((module, name) for _, module, names in economy._NUMBERS for name in names)
IDS = [f"{room}.{name.lower()}" for room, _, names in economy._NUMBERS for name in names]

NEW: Mapping[str, Any] = {
    "bazaar.fee_percent": 7,
    "consumables.donut_pay": 2 * economy.Fraction(1),
    "streets.least_chance": 60,
    "streets.wear_least": 3,
    "streets.most_chance": 40,
    "property.spread": 0,
    "workshop.most_fillers": 5,
    "ranks.ranks": (("Rookie", 0), ("Associate", 10)),
}
"""What a number becomes, where twice as much would say little."""


def changed(value: Any) -> Any:
    """Another value of the same kind: twice as much."""
    if isinstance(value, Span):
        return Span(2 * value.least, 2 * value.most)
    if isinstance(value, Mapping):
        return {key: changed(each) for key, each in value.items()}
    return value * 2


def let_be(patch: pytest.MonkeyPatch, home: Any, name: str, new: Any) -> None:
    """Change a constant in its module and wherever it was imported to; not its namesakes."""
    old = getattr(home, name)
    namesakes = {module for module, other in NUMBERS if other == name and module is not home}
    for module in list(sys.modules.values()):
        ours = module.__name__.startswith("inventui.") and module not in namesakes
        if ours and vars(module).get(name) == old:
            patch.setattr(module, name, new)


def player_of(world: World, name: str) -> PlayerHandle:
    return done(world.player(name), PlayerHandle)


def play(world: World, day: str) -> list[object]:
    """A little of everything that a number decides on."""
    clock = world.clock
    assert isinstance(clock, FrozenClock)
    ana, bob = player_of(world, PLAYER), player_of(world, "bob")

    def owned(player: PlayerHandle, count: int) -> tuple[int, ...]:
        query = InventoryQuery(status=Status.OWNED, sort=Sort.NEWEST)
        return tuple(line.id for line in done(player.inventory.page(query), InventoryPage).items
                     if line.category == "collectible" and not line.locked)[:count]  # fmt: skip

    def sale() -> object:
        listed = ana.bazaar.list(owned(ana, 1)[0], 777, f"list-{day}")
        return listed if isinstance(listed, Refusal) else bob.bazaar.buy(listed.listing)

    def trade() -> object:
        give, ask = owned(ana, 2), owned(bob, 1)
        offered = ana.trades.propose("bob", TradeOffer(give=give, ask=ask), f"offer-{day}")
        return offered if isinstance(offered, Refusal) else bob.trades.accept(offered.trade)

    def piece() -> object:
        stalls = ana.black_market.rotation().stalls
        return ana.black_market.buy(next(s.slug for s in stalls if not s.owned))

    deeds = (
        lambda: bob.cases.open("citrus-crate", 5),
        sale,
        trade,
        piece,
        lambda: ana.workshop.fuse_cheapest(Rarity.COMMON, f"fuse-{day}"),
        lambda: ana.streets.play(60, f"work-{day}"),
        ana.streets.daily,
        lambda: ana.streets.rob(ana.streets.targets()[0].name, f"rob-{day}"),
        ana.gear_shop.today,
        lambda: ana.gear_shop.reroll(f"reroll-{day}"),
        ana.catch_up,
    )
    results = []
    for deed in deeds:
        clock.advance(2 * MINUTE)
        results.append(deed())
    return results


def a_lively_world(path: Path) -> int:
    """The demo's world with another player, a day on, in which everything was done once."""
    clock = FrozenClock(STARTS_AT - 3 * DAY)
    with a_world(path, clock=clock, entropy=SeededEntropy(SEED), pack=base_pack()) as world:
        fill(world, clock)
        a_player(world, "bob", oranges=200_000)
        clock.at = STARTS_AT + DAY
        refusals = [result for result in play(world, "before") if isinstance(result, Refusal)]
        assert not refusals, refusals
        audited(world)
    return clock.at


def the_world(path: Path) -> World:
    """A copy of the lively world, an hour and a day later."""
    clock = lived_in(path, a_lively_world)
    clock.advance(DAY)
    return a_world(path, clock=clock, pack=base_pack())


def kept(path: Path) -> list[dict[str, Any]]:
    """Every set of numbers that a world was played under."""
    with closing(sqlite3.connect(path)) as db:
        found = db.execute("SELECT numbers FROM economy_numbers ORDER BY after_operation")
        return [json.loads(numbers) for (numbers,) in found]


@pytest.mark.parametrize(
    ("module", "name", "key"),
    [
        pytest.param(
            module, name, each, id=each,
            marks=() if each in NEW else (pytest.mark.trust,),
        )
        for (module, name), each in zip(NUMBERS, IDS, strict=True)
    ],
)  # fmt: skip
def test_a_number_that_changes_leaves_an_old_world_in_order_and_playable(
    module: Any, name: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "world.db"
    lived_in(path, a_lively_world)
    let_be(monkeypatch, module, name, NEW.get(key, changed(getattr(module, name))))
    with the_world(path) as world:
        audited(world)
        assert any(not isinstance(result, Refusal) for result in play(world, "after"))
        audited(world)
    before, after = kept(path)
    assert before[key] != after[key]
    assert {each: before[each] for each in before if each != key} == {
        each: after[each] for each in after if each != key
    }


def test_a_listing_is_sold_for_the_fee_of_the_day_it_was_put_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with the_world(tmp_path / "world.db") as world:
        ana = player_of(world, PLAYER)
        page = done(ana.inventory.page(InventoryQuery(status=Status.OWNED)), InventoryPage)
        player_item = next(line.id for line in page.items if line.category == "collectible")
        listing = done(ana.bazaar.list(player_item, 1_000), Listed)
        assert listing.fee == 50
    let_be(monkeypatch, bazaar_rules, "FEE_PERCENT", 7)
    with a_world(tmp_path / "world.db", clock=world.clock, pack=base_pack()) as world:
        bought = player_of(world, "bob").bazaar.buy(listing.listing)
        assert bought.fee == 50  # type: ignore[union-attr]
        audited(world)


def test_numbers_that_nothing_was_done_under_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "world.db"
    with the_world(path):
        assert len(kept(path)) == 1
    for percent in (7, 8, 9):
        let_be(monkeypatch, bazaar_rules, "FEE_PERCENT", percent)
        with a_world(path, pack=base_pack()):
            pass
    assert [each["bazaar.fee_percent"] for each in kept(path)] == [5, 9]


def test_kept_numbers_are_neither_changed_nor_deleted_once_something_was_done_under_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "world.db"
    with the_world(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        for attack in (
            "UPDATE economy_numbers SET numbers = '{}'",
            "DELETE FROM economy_numbers",
            "INSERT INTO economy_numbers VALUES (1, '{}')",
            "REPLACE INTO economy_numbers VALUES (0, '{}')",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="economy_numbers"):
                db.execute(attack)


def test_a_number_that_was_not_kept_yet_is_taken_as_it_was_first_known(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    with the_world(path) as world:
        (known,) = kept(path)
        del known["bazaar.duration"]
        with world.store.write() as connection:
            connection.driver.execute("DROP TRIGGER economy_numbers_no_update")
            connection.driver.execute(
                "UPDATE economy_numbers SET numbers = ?", (json.dumps(known),)
            )
        assert {c.name for c in world.audit().checks if not c.ok} == {"guards"}
