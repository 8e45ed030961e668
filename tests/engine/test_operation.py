"""The one door: idempotency, and faults at every statement."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inventui.db.statements import Connection
from inventui.engine.cases.models import Opening
from inventui.engine.core.models import PlayerCard
from inventui.engine.fairness.models import Rotation
from inventui.engine.inventory.models import (
    Discard,
    InventoryPage,
    InventoryQuery,
    LockChange,
    Sale,
    Use,
)
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import Purchase
from inventui.engine.time.catch_up import settle
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.core.refusal import Reason, Refusal
from tests.builders import (
    SHOP_PACK,
    SMALL_PACK,
    a_player,
    a_world,
    audited,
    befriended,
    contents,
    done,
    opened,
    refused,
)
from tests.engine.faults import ThroughFaults


def _id(player: PlayerHandle, name: str) -> int:
    page = done(player.inventory.page(InventoryQuery(search=name)), InventoryPage)
    if not page.items:
        # Used up by the first try: the repeat must ask for the same thing.
        page = done(
            player.inventory.page(InventoryQuery(search=name, status=Status.CONSUMED)),
            InventoryPage,
        )
    return page.items[0].id


OPERATIONS: dict[str, tuple[type, Callable[[World, PlayerHandle, str], object]]] = {
    "open": (Opening, lambda w, p, k: p.cases.open("crate", 3, k)),
    "open gear": (Opening, lambda w, p, k: p.cases.open("rack", 30, k)),
    "sell": (Sale, lambda w, p, k: p.inventory.sell([1, 2, 3], k)),
    "lock": (LockChange, lambda w, p, k: p.inventory.lock([1, 2], True, k)),
    "discard": (Discard, lambda w, p, k: p.inventory.discard(1, k)),
    "rotate": (Rotation, lambda w, p, k: p.fairness.rotate("lucky", k)),
    "grant": (Grant, lambda w, p, k: w.grant("ana", "lemon", 10, 10, k)),
    "buy": (Purchase, lambda w, p, k: p.shop.buy("few", k)),
    "buy a bundle": (Purchase, lambda w, p, k: p.shop.buy("starter-kit", k)),
    "equip": (Outfit, lambda w, p, k: p.wardrobe.equip(_id(p, "Plum Letters"), k)),
    "unequip": (Outfit, lambda w, p, k: p.wardrobe.unequip(Category.FONT_COLOR, k)),
    "use": (Use, lambda w, p, k: p.wardrobe.use(_id(p, "Donut"), None, k)),
    "throw": (Use, lambda w, p, k: p.wardrobe.use(_id(p, "Poop"), "bob", k)),
    "player": (PlayerCard, lambda w, p, k: w.players.add("new", k)),
}


SHOPPING = {"buy", "buy a bundle", "equip", "unequip", "use", "throw"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_fault_at_any_statement_or_at_commit_changes_nothing_and_a_retry_succeeds_once(
    name: str, tmp_path: Path, through_faults: ThroughFaults
) -> None:
    kind, call = OPERATIONS[name]
    shopping = name in SHOPPING
    world = a_world(tmp_path / "world.db", pack=SHOP_PACK if shopping else SMALL_PACK)
    player = a_player(world, oranges=100_000)
    befriended(player, a_player(world, "bob"))
    if shopping:
        for slug in ("plum", "lime", "donut", "poop"):
            done(player.shop.buy(slug), Purchase)
    else:
        opened(player, "crate", 5)
    before = contents(world)
    outcome = done(through_faults(world, lambda: call(world, player, "key")), kind)
    after = contents(world)
    assert after != before
    again = call(world, player, "key")
    assert contents(world) == after
    assert getattr(again, "repeat", True)
    if not isinstance(outcome, PlayerCard):
        assert again.operation == outcome.operation  # type: ignore[attr-defined]
    audited(world)
    world.close()


def test_a_program_that_is_told_of_a_failed_commit_may_ask_again_with_its_key(
    world: World, ana: PlayerHandle
) -> None:
    class Lost(Exception):
        pass

    opening: Opening | Refusal | None = None
    original = world.store.write

    from contextlib import contextmanager

    @contextmanager
    def losing():  # type: ignore[no-untyped-def]
        with original() as connection:
            yield connection
        raise Lost

    world.store.write = losing  # type: ignore[method-assign]
    with pytest.raises(Lost):
        ana.cases.open("crate", 2, "k")
    world.store.write = original  # type: ignore[method-assign]
    before = contents(world)
    opening = ana.cases.open("crate", 2, "k")
    assert done(opening, Opening).repeat
    assert contents(world) == before


def test_the_same_key_with_another_request_is_refused_and_nothing_changes(
    world: World, ana: PlayerHandle
) -> None:
    opening = done(ana.cases.open("crate", 1, "k"), Opening)
    before = contents(world)
    for result in (
        ana.cases.open("crate", 2, "k"),
        ana.cases.open("box", 1, "k"),
        ana.inventory.sell([opening.rolls[0].item_id], "k"),
        ana.fairness.rotate(key="k"),
    ):
        refused(result, Reason.KEY_REUSED)
    assert contents(world) == before


def test_what_an_operation_imports_is_there_before_its_write_begins(
    ana: PlayerHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    world, begun = ana.world, ana.world.store.begun

    def time(_: object) -> object:
        order.append("time")
        return settle

    def write(connection: Connection) -> None:
        order.append("write")
        begun(connection)

    monkeypatch.setattr(world.store, "begun", write)
    monkeypatch.setattr(type(world.hooks), "settle", property(time))
    world.__dict__.pop("settle", None)
    done(ana.fairness.rotate("lucky"), Rotation)
    assert order[:2] == ["time", "write"]


def test_a_key_belongs_to_its_player(ana: PlayerHandle, bob: PlayerHandle) -> None:
    mine = done(ana.cases.open("crate", 1, "k"), Opening)
    theirs = done(bob.cases.open("crate", 1, "k"), Opening)
    assert not theirs.repeat
    assert mine.operation != theirs.operation


def test_a_refused_request_leaves_its_key_free(world: World, ana: PlayerHandle) -> None:
    refused(ana.cases.open("crate", 101, "k"), Reason.INVALID_COUNT)
    refused(ana.cases.open("nope", 1, "k"), Reason.UNKNOWN_CASE)
    assert not done(ana.cases.open("crate", 1, "k"), Opening).repeat


@pytest.mark.parametrize("key", ["", "x" * 101, "a\x00b", "a\x1b[2J", "\u202e"])
def test_a_key_that_hides_something_or_is_too_long_is_refused(
    key: str, world: World, ana: PlayerHandle
) -> None:
    before = contents(world)
    refused(ana.cases.open("crate", 1, key), Reason.INVALID_KEY)
    assert contents(world) == before


def test_an_opening_recalled_from_the_journals_is_the_one_first_answered(
    world: World, ana: PlayerHandle
) -> None:
    # 100 crates bring 1,000 points: a rank-up with gems is part of what must come back.
    first = done(ana.cases.open("crate", 100, "k"), Opening)
    assert first.rank_up == "Associate"
    assert first.balance.gems == 35
    ana.fairness.rotate("another")
    done(ana.cases.open("box", 7), Opening)
    again = done(ana.cases.open("crate", 100, "k"), Opening)
    assert again.repeat
    assert (again.rolls, again.paid, again.balance, again.rank_up, again.experience_gained) == (
        first.rolls,
        first.paid,
        first.balance,
        first.rank_up,
        first.experience_gained,
    )
