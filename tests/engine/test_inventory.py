"""The inventory: pages, filters, selling, locking, discarding."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventui.engine.inventory import rows
from inventui.engine.inventory.models import (
    Discard,
    InventoryPage,
    InventoryQuery,
    ItemDetail,
    ItemLine,
    LockChange,
    Sale,
)
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import TAB_CATEGORIES, InventoryTab, Sort
from tests.builders import a_player, a_world, audited, contents, done, opened, refused

QUERIES = st.builds(
    InventoryQuery,
    tab=st.sampled_from(InventoryTab),
    sort=st.sampled_from(Sort),
    status=st.sampled_from([None, Status.OWNED, Status.SOLD, Status.ESCROWED]),
    rarity=st.sampled_from([None, Rarity.COMMON, Rarity.RARE]),
    min_value=st.sampled_from([0, 100, 700, 10**12]),
    search=st.sampled_from(["", "LEMON", "straw ", "zzz", "%"]),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> PlayerHandle:
    """A player with 240 things, some sold, some waiting, among another's."""
    world = a_world(tmp_path_factory.mktemp("full") / "world.db")
    ana = a_player(world, oranges=10**6)
    bob = a_player(world, "bob")
    for case, count in (("crate", 90), ("rack", 60), ("box", 40), ("crate", 50)):
        opened(ana, case, count)
        opened(bob, "crate", 2)
    ana.inventory.sell(range(3, 200, 7))
    world.grant("ana", item="cap")
    return ana


@cache
def lines_of(player: PlayerHandle) -> list[ItemLine]:
    """Each thing of a player who does nothing any more, looked at on its own."""
    details = [player.inventory.detail(number) for number in range(1, 400)]
    return [detail.line for detail in details if isinstance(detail, ItemDetail)]


def everything(player: PlayerHandle, query: InventoryQuery) -> list[ItemLine]:
    """What the query should give, by looking at each thing on its own."""
    lines = []
    for line in lines_of(player):
        if query.status is not None:
            shown = line.status is query.status
        elif query.tab is InventoryTab.ESCROW:
            shown = line.status is Status.ESCROWED
        else:
            shown = line.status is Status.OWNED
        if (
            shown
            and line.category in TAB_CATEGORIES[query.tab]
            and query.rarity in (None, line.rarity)
            and line.value >= query.min_value
            and query.search.strip().casefold() in line.name.casefold()
        ):
            lines.append(line)
    order = {
        Sort.NEWEST: lambda line: (-line.id,),
        Sort.VALUE: lambda line: (-line.value,),
        Sort.RARITY: lambda line: (-line.rarity.rank, -line.value),
        Sort.NAME: lambda line: (line.name.casefold(),),
    }[query.sort]
    return sorted(lines, key=order)


def test_pages_by_key_give_everything_that_matches_once_and_in_order(
    full: PlayerHandle, trust: bool
) -> None:
    @settings(max_examples=120 if trust else 60)
    @given(query=QUERIES, limit=st.integers(1, 60), few=st.sampled_from([0, 2_000]))
    def pages_give_everything(query: InventoryQuery, limit: int, few: int) -> None:
        page_through(full, query, limit, few)

    pages_give_everything()


def page_through(full: PlayerHandle, query: InventoryQuery, limit: int, few: int) -> None:
    """Fail where pages give other things than there are, or in another order."""
    due = everything(full, query)
    # Both ways of finding the newest must give the same.
    rows.FEW, kept = few, rows.FEW
    try:
        found: list[ItemLine] = []
        after = None
        while True:
            page = done(full.inventory.page(query, after, limit), InventoryPage)
            assert page.total == len(due) == full.inventory.count(query)
            assert len(page.items) == min(limit, len(due) - len(found))
            found += page.items
            after = page.next
            if after is None:
                break
            assert after == page.items[-1].id
    finally:
        rows.FEW = kept
    assert len(found) == len(due)
    assert {line.id for line in found} == {line.id for line in due}
    key = {
        Sort.NEWEST: lambda line: -line.id,
        Sort.VALUE: lambda line: -line.value,
        Sort.RARITY: lambda line: (-line.rarity.rank, -line.value),
        Sort.NAME: lambda line: line.name.casefold(),
    }[query.sort]
    assert [key(line) for line in found] == [key(line) for line in due]


def test_what_a_filter_shows_of_marked_things_is_told(full: PlayerHandle) -> None:
    query = InventoryQuery(search="lemon")
    shown = {line.id for line in done(full.inventory.page(query, None, 1_000), InventoryPage).items}
    among = frozenset(range(1, 300))
    assert full.inventory.matching(query, among) == shown


def test_a_page_can_t_follow_somebody_elses_thing(full: PlayerHandle) -> None:
    for after in (-1, 0, 10**30, 999_999, 91):
        refused(full.inventory.page(InventoryQuery(), after), Reason.INVALID_CURSOR)


def test_a_page_follows_a_thing_that_was_sold_meanwhile(ana: PlayerHandle) -> None:
    opened(ana, "crate", 30)
    for sort in Sort:
        first = done(ana.inventory.page(InventoryQuery(sort=sort), None, 5), InventoryPage)
        assert first.next is not None
        rest = done(ana.inventory.page(InventoryQuery(sort=sort), first.next, 5), InventoryPage)
        ana.inventory.sell([first.next])
        again = done(ana.inventory.page(InventoryQuery(sort=sort), first.next, 5), InventoryPage)
        assert again.items == rest.items


def test_tabs_and_totals_count_what_is_shown_but_for_what_everybody_has(
    full: PlayerHandle,
) -> None:
    counts = full.inventory.tab_counts()
    for tab, count in counts.items():
        shown = full.inventory.stacks(InventoryQuery(tab=tab))
        assert count == sum(line.count for line in shown if not line.is_default)
    of_tabs = sum(
        counts[t] for t in InventoryTab if t not in (InventoryTab.ALL, InventoryTab.ESCROW)
    )
    assert full.inventory.statistics().total_items == counts[InventoryTab.ALL] == of_tabs


def test_selling_pays_the_full_value_and_the_thing_is_gone(world: World, ana: PlayerHandle) -> None:
    opening = opened(ana, "crate", 5)
    ids = [roll.item_id for roll in opening.rolls]
    quote = ana.inventory.quote(ids)
    sale = done(ana.inventory.sell(ids), Sale)
    assert (sale.items_sold, sale.total_value) == (5, opening.won)
    assert (quote.total_value, quote.ids) == (opening.won, tuple(ids))
    assert sale.balance.oranges == ana.card().oranges == opening.balance.oranges + opening.won
    assert ana.inventory.statistics().total_items == 0
    audited(world)


def test_gear_is_sold_at_its_sell_price(ana: PlayerHandle) -> None:
    opening = opened(ana, "rack", 10)
    spoon = next(roll.item_id for roll in opening.rolls if roll.entry == "Sharp Spoon")
    assert done(ana.inventory.sell([spoon]), Sale).total_value == 300


def test_what_can_t_be_sold_is_named_with_its_reason_and_the_rest_is_sold(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    mine = [roll.item_id for roll in opened(ana, "crate", 4).rolls]
    theirs = opened(bob).rolls[0].item_id
    cap = world.grant("ana", item="cap").item_id  # type: ignore[union-attr]
    assert cap is not None
    ana.inventory.lock([mine[0]], True)
    ana.inventory.sell([mine[1]])
    sale = done(ana.inventory.sell([*mine, theirs, cap, 10**30, -4, 777_777, mine[2]]), Sale)
    assert sale.items_sold == 2
    assert {item.id: item.refusal.reason for item in sale.refused} == {
        mine[0]: Reason.LOCKED,
        mine[1]: Reason.ENDED,
        theirs: Reason.NOT_YOURS,
        cap: Reason.NOT_SELLABLE,
        10**30: Reason.UNKNOWN_ITEM,
        -4: Reason.UNKNOWN_ITEM,
        777_777: Reason.UNKNOWN_ITEM,
    }
    audited(world)


def test_a_sale_of_nothing_is_refused_and_nothing_changes(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    mine = opened(ana, "crate", 2).rolls
    theirs = opened(bob).rolls[0].item_id
    ana.inventory.lock([roll.item_id for roll in mine], True)
    before = contents(world)
    refused(ana.inventory.sell([]), Reason.NOTHING_TO_DO)
    refused(ana.inventory.sell([theirs]), Reason.NOT_YOURS)
    refused(ana.inventory.sell([mine[0].item_id]), Reason.LOCKED)
    several = refused(ana.inventory.sell([mine[0].item_id, mine[1].item_id]), Reason.LOCKED)
    assert len(several.figures["refused"]) == 2  # type: ignore[arg-type]
    refused(ana.inventory.sell([404]), Reason.UNKNOWN_ITEM)
    assert contents(world) == before


def test_a_quote_changes_nothing(world: World, ana: PlayerHandle) -> None:
    ids = [roll.item_id for roll in opened(ana, "crate", 3).rolls]
    before = contents(world)
    ana.inventory.quote([*ids, 404])
    assert contents(world) == before


def test_a_locked_thing_can_be_neither_sold_nor_discarded_until_it_is_unlocked(
    world: World, ana: PlayerHandle
) -> None:
    number = opened(ana).rolls[0].item_id
    assert done(ana.inventory.lock([number], True), LockChange).changed == 1
    assert done(ana.inventory.lock([number], True), LockChange).changed == 0
    before = contents(world)
    refused(ana.inventory.sell([number]), Reason.LOCKED)
    refused(ana.inventory.discard(number), Reason.LOCKED)
    assert contents(world) == before
    ana.inventory.lock([number], False)
    assert done(ana.inventory.discard(number), Discard).item_id == number


def test_what_is_gone_can_t_be_locked_or_discarded_again(
    world: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    first, second = (roll.item_id for roll in opened(ana, "crate", 2).rolls)
    ana.inventory.sell([first])
    ana.inventory.discard(second)
    before = contents(world)
    for number in (first, second):
        refused(ana.inventory.lock([number], True), Reason.ENDED)
        refused(ana.inventory.discard(number), Reason.ENDED)
    refused(bob.inventory.lock([first], True), Reason.NOT_YOURS)
    refused(bob.inventory.discard(first), Reason.NOT_YOURS)
    refused(bob.inventory.detail(first), Reason.NOT_YOURS)
    refused(ana.inventory.detail(10**30), Reason.UNKNOWN_ITEM)
    assert contents(world) == before


def test_a_detail_tells_the_roll_and_the_odds_it_came_from(ana: PlayerHandle) -> None:
    roll = opened(ana, "crate", 3).rolls[2]
    detail = ana.inventory.detail(roll.item_id)
    assert detail.case_name == "Test Crate"  # type: ignore[union-attr]
    assert (detail.nonce, detail.ticket) == (roll.nonce, roll.ticket)  # type: ignore[union-attr]
    assert detail.seed_hash == roll.server_seed_hash  # type: ignore[union-attr]
    parts = {"straw": 600_000, "stamp": 300_000, "lemon": 80_000, "peel": 15_000}
    assert detail.odds_parts == parts.get(detail.slug, 5_000)  # type: ignore[union-attr]


def test_statistics_are_of_what_is_held(ana: PlayerHandle) -> None:
    opening = opened(ana, "crate", 60)
    values = [roll.value for roll in opening.rolls]
    before = ana.inventory.statistics()
    assert before.total_items == 60
    assert before.total_value == sum(values)
    assert before.highest_value == max(values)
    assert before.total_spent == 6_000
    for rarity in Rarity:
        assert before.by_rarity[rarity] == sum(r.rarity is rarity for r in opening.rolls)
    best = max(opening.rolls, key=lambda roll: roll.value)
    ana.inventory.sell([best.item_id])
    after = ana.inventory.statistics()
    assert after.total_value == sum(values) - best.value
    assert after.total_spent == 6_000


def test_thousands_of_things_are_sold_in_one_operation(tmp_path: Path, trust: bool) -> None:
    hundreds = 100 if trust else 20
    world = a_world(tmp_path / "many.db")
    player = a_player(world, oranges=2_000_000)
    ids = [r.item_id for _ in range(hundreds) for r in opened(player, "crate", 100).rolls]
    sale = done(player.inventory.sell(ids), Sale)
    assert sale.items_sold == 100 * hundreds
    assert sale.balance.oranges == player.card().oranges
    audited(world)
    world.close()
