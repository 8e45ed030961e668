"""The workshop: what a fusion does, and what can't be fused."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from inventui.engine.bazaar.models import Bought, Delisted, Listed
from inventui.engine.fairness.models import Rotation
from inventui.engine.inventory.models import Discard, InventoryPage, InventoryQuery, ItemDetail
from inventui.engine.players.models import Grant
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer
from inventui.engine.workshop.models import Fused
from inventui.engine.world import PlayerHandle, World
from inventui.rules import workshop
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Acquisition, Rarity, Status
from inventui.rules.core.refusal import Reason
from tests.builders import (
    a_player,
    a_world,
    audited,
    contents,
    done,
    opened,
    refused,
)
from tests.engine.forging import forge
from tests.engine.streets import rows
from tests.engine.workshop import fused, granted, quoted, won
from tests.oracle import Pair, draw


def statuses(world: World, player_items: Sequence[int]) -> set[str]:
    """The statuses of things."""
    found = dict(rows(world, "SELECT id, status FROM player_item"))
    return {found[number] for number in player_items}


def test_a_fusion_ends_five_things_and_begins_one_of_the_next_rarity(
    world: World, ana: PlayerHandle
) -> None:
    player_items = won(ana, "Bent Straw")
    before = ana.card()
    total = ana.inventory.statistics().total_items
    got = fused(ana, player_items)
    assert (got.rarity, got.inputs, got.names) == (
        Rarity.COMMON,
        tuple(player_items),
        ("Bent Straw",) * 5,
    )
    assert (got.value, got.fee, got.roll.rarity) == (200, 50, Rarity.UNCOMMON)
    assert statuses(world, player_items) == {"fused"}
    detail = done(ana.inventory.detail(got.roll.item_id), ItemDetail)
    assert (detail.line.name, detail.line.status) == ("Market Stamp", Status.OWNED)
    assert (detail.acquisition, detail.price_paid) == (Acquisition.WORKSHOP, 50)
    assert detail.source == "Bent Straw ×5"
    assert ana.inventory.statistics().total_items == total - 4
    assert ana.card().oranges == before.oranges - 50 == got.balance.oranges
    assert ana.card().experience == before.experience + 5
    assert got.experience_gained == 5
    audited(world)


@pytest.mark.parametrize(
    ("item", "fee"), [("straw", 50), ("stamp", 175), ("lemon", 600), ("peel", 3_750)]
)
def test_the_house_takes_a_quarter_of_what_comes_out_in_the_mean_and_it_gives_experience(
    item: str, fee: int, world: World, ana: PlayerHandle
) -> None:
    player_items = granted(ana, item)
    before = ana.card()
    got = fused(ana, player_items)
    assert got.roll.rarity.rank == got.rarity.rank + 1
    assert before.oranges - ana.card().oranges == got.fee == fee
    assert ana.card().experience - before.experience == fee // 10
    assert rows(
        world,
        "SELECT sum(amount) FROM transfer t JOIN account a ON a.id = t.to_account_id"
        " WHERE a.house = 'workshop_fee'",
    ) == [(fee,)]
    audited(world)


def test_a_rank_that_the_fee_brings_gives_gems(world: World, ana: PlayerHandle) -> None:
    player_items = granted(ana, "peel")
    opened(ana, "crate", 90)
    got = fused(ana, player_items)
    assert (got.rank_up, got.balance.gems) == ("Associate", 35)
    assert ana.card().gems == 35


def test_it_is_rolled_with_the_players_pair_and_the_next_nonce(ana: PlayerHandle) -> None:
    player_items = won(ana, "Market Stamp", 3) + won(ana, "Market Stamp", 2, "box")
    state = ana.fairness.show().active
    shown = quoted(ana, player_items).odds
    assert shown is not None
    got = fused(ana, player_items)
    assert got.roll.nonce == state.nonce
    assert (got.roll.server_seed_hash, got.roll.client_seed) == (
        state.server_seed_hash,
        state.client_seed,
    )
    assert got.roll.odds_hash == shown.hash
    assert ana.fairness.show().active.nonce == state.nonce + 1
    rotation = done(ana.fairness.rotate(), Rotation)
    assert rotation.retired.server_seed is not None
    pair = Pair(rotation.retired.server_seed, rotation.retired.client_seed, got.roll.nonce)
    ticket = draw(pair) * 1_000_000 >> 32
    assert got.roll.ticket == ticket
    assert got.roll.entry == shown.entries[shown.winner(ticket)].name


def test_a_fusion_fires_once_a_key_whatever_the_order_of_the_things(
    world: World, ana: PlayerHandle
) -> None:
    player_items = won(ana, "Bent Straw")
    first = fused(ana, player_items, "again")
    before = contents(world)
    again = fused(ana, player_items[::-1], "again")
    assert again.repeat
    assert again.roll == first.roll
    others = granted(ana, "straw")
    before = contents(world)
    refused(ana.workshop.fuse(others, "again"), Reason.KEY_REUSED)
    refused(ana.workshop.fuse(player_items, "another"), Reason.ENDED)
    assert contents(world) == before


# What is refused


def test_what_can_t_be_fused_is_refused_and_nothing_changes(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    straws = granted(ana, "straw", 6)
    stamps = granted(ana, "stamp")
    (lemon,) = granted(ana, "lemon", 1)
    gold = granted(ana, "squeezer")
    spoons = granted(ana, "spoon")
    theirs = granted(bob, "straw")
    ana.inventory.lock([straws[5]], True)
    done(ana.inventory.discard(stamps[4]), Discard)
    before = contents(world)
    for player_items, reason in (
        ([], Reason.WRONG_NUMBER),
        (straws[:4], Reason.WRONG_NUMBER),
        ([*straws[:5], stamps[0]], Reason.WRONG_NUMBER),
        ([*straws[:4], straws[0]], Reason.WRONG_NUMBER),
        ([*straws[:5], straws[0]], Reason.WRONG_NUMBER),
        ([*straws[:4], straws[5]], Reason.LOCKED),
        ([*straws[:4], stamps[0]], Reason.WRONG_RARITY),
        (gold, Reason.WRONG_RARITY),
        (spoons, Reason.NOT_USABLE),
        (stamps, Reason.ENDED),
        (theirs, Reason.NOT_YOURS),
        ([*straws[:4], theirs[0]], Reason.NOT_YOURS),
        ([*straws[:4], 10**30], Reason.UNKNOWN_ITEM),
        ([*straws[:4], 0], Reason.UNKNOWN_ITEM),
        ([*straws[:4], -lemon], Reason.UNKNOWN_ITEM),
    ):
        refused(ana.workshop.fuse(player_items), reason)
    refused(ana.workshop.fuse(straws[:5], ""), Reason.INVALID_KEY)
    assert contents(world) == before


def test_what_is_listed_or_offered_can_t_be_fused_until_it_is_taken_back(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    straws = granted(ana, "straw")
    asked = granted(bob, "stamp", 1)
    listed = done(ana.bazaar.list(straws[1], 90), Listed)
    offer = TradeOffer(give=(straws[3],), ask=(asked[0],))
    made = done(ana.trades.propose("bob", offer), TradeMade)
    before = contents(world)
    refused(ana.workshop.fuse(straws), Reason.WRONG_STATUS)
    assert ana.workshop.cheapest(Rarity.COMMON) == (straws[0], straws[2], straws[4])
    assert ana.workshop.counts()[Rarity.COMMON] == 3
    everything = InventoryQuery()
    assert ana.workshop.matching(everything, straws) == {straws[0], straws[2], straws[4]}
    page = done(ana.workshop.player_items(everything), InventoryPage)
    assert [line.id for line in page.items] == [straws[4], straws[2], straws[0]]
    assert contents(world) == before
    done(ana.bazaar.delist(listed.listing), Delisted)
    done(ana.trades.take_back(made.trade), TradeEnded)
    assert ana.workshop.counts()[Rarity.COMMON] == 5
    fused(ana, straws)
    audited(world)


def test_what_was_bought_or_traded_brings_the_pool_of_the_case_that_it_came_from(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    (first, second) = won(ana, "Market Stamp", 2, "box")
    listed = done(ana.bazaar.list(first, 90), Listed)
    bought = done(bob.bazaar.buy(listed.listing), Bought)
    offer = TradeOffer(give=(second,), ask_oranges=5)
    done(bob.trades.accept(done(ana.trades.propose("bob", offer), TradeMade).trade), TradeEnded)
    query = InventoryQuery(rarity=Rarity.UNCOMMON)
    uncommon = done(bob.workshop.player_items(query), InventoryPage)
    (traded,) = [line.id for line in uncommon.items if line.id != bought.item_id]
    assert [one.case for one in quoted(bob, [bought.item_id, traded]).inputs] == ["box", "box"]


def test_too_little_money_is_refused_with_what_is_missing(world: World) -> None:
    poor = a_player(world, "poor")
    player_items = granted(poor, "straw")
    opened(poor, "crate", 49)
    opened(poor, "crate", 1)
    before = contents(world)
    refusal = refused(poor.workshop.fuse(player_items), Reason.INSUFFICIENT_FUNDS)
    assert (refusal.figures["required"], refusal.figures["missing"]) == (50, 50)
    assert contents(world) == before
    assert quoted(poor, player_items).refusal == refusal
    done(world.grant("poor", oranges=50), Grant)
    assert fused(poor, player_items).balance.oranges == 0


def test_things_whose_case_holds_nothing_of_the_next_rarity_are_refused(
    world: World, ana: PlayerHandle
) -> None:
    player_items = won(ana, "Bent Straw", case="rack")
    before = contents(world)
    refused(ana.workshop.fuse(player_items), Reason.NO_POOL)
    assert contents(world) == before
    quote = quoted(ana, player_items)
    assert quote.odds is None
    assert {input_.case for input_ in quote.inputs} == {""}
    # They are no fillers beside others.
    refused(ana.workshop.fuse([*player_items[:1], *granted(ana, "straw", 4)]), Reason.NO_POOL)


def test_the_audit_names_a_filler_since_they_are_ruled_out_and_none_of_before(
    world: World, ana: PlayerHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    player_items = [*won(ana, "Bent Straw", case="rack")[:1], *granted(ana, "straw", 4)]
    with monkeypatch.context() as without_the_rule:
        without_the_rule.setattr(workshop, "MOST_FILLERS", 5)
        number = fused(ana, player_items).fusion
    faults = {check.name: check.faults for check in world.audit().checks if check.faults}
    assert faults == {"fusions": (f"fusion {number} took 1 things that bring nothing",)}
    forge(
        world,
        """UPDATE economy_numbers SET numbers = replace(numbers, 'workshop.most_fillers', 'x')""",
    )
    audited(world)


def test_programs_that_fuse_the_same_things_at_once_do_it_once(
    world: World, ana: PlayerHandle, clock: FrozenClock
) -> None:
    player_items = granted(ana, "straw", 6)
    others = [a_world(world.path, clock=clock) for _ in range(3)]
    players = [ana, *(other.player("ana") for other in others)]

    def fuse(player: Any) -> object:
        mine = player_items[:5] if player is ana else player_items[1:]
        return player.workshop.fuse(mine)

    try:
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(fuse, players))
    finally:
        for other in others:
            other.close()
    assert len([result for result in results if isinstance(result, Fused)]) == 1
    for result in results:
        if not isinstance(result, Fused):
            refused(result, Reason.ENDED)
    assert rows(world, "SELECT count(*) FROM fusion_input") == [(5,)]
    audited(world)
