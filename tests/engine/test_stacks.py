"""Stacks: equal things of the inventory as one line, which opens into its pieces."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventui.engine.inventory import stacks
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine, StackLine
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.inventory.inventory import InventoryTab, Sort
from tests.builders import a_player, a_world, done, opened

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

QUERIES = st.builds(
    InventoryQuery,
    tab=st.sampled_from(InventoryTab),
    sort=st.sampled_from(Sort),
    status=st.sampled_from([None, Status.OWNED, Status.EQUIPPED, Status.LISTED]),
    rarity=st.sampled_from([None, Rarity.COMMON, Rarity.RARE]),
    min_value=st.sampled_from([0, 100, 700]),
    search=st.sampled_from(["", "LEMON", "straw ", "zzz", "cat:gear", "<500"]),
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> PlayerHandle:
    """A player with many equal things, some worn, worn out, locked or listed."""
    world = a_world(tmp_path_factory.mktemp("stacks") / "world.db")
    ana = a_player(world, oranges=10**6)
    for case, count in (("crate", 90), ("rack", 60), ("box", 40)):
        opened(ana, case, count)
    bent = [line.id for line in whole(ana, InventoryQuery(search="straw"))]
    ana.inventory.lock(bent[3:9], locked=True)
    for number in bent[12:16]:
        ana.bazaar.list(number, 100)
    gear = whole(ana, InventoryQuery(tab=InventoryTab.GEAR))
    done(ana.wardrobe.equip(gear[0].id), object)
    done(ana.inventory.lock([gear[0].id], locked=True), object)
    return ana


def whole(player: PlayerHandle, query: InventoryQuery) -> tuple[ItemLine, ...]:
    """Every player item that a query shows."""
    return done(player.inventory.page(query, limit=1_000), InventoryPage).items


def alike(line: ItemLine) -> tuple[object, ...]:
    """What equal player items have in common."""
    return line.name, line.value, line.status, line.locked, line.durability


def test_each_line_stands_for_all_that_is_equal_and_shows_the_newest(full: PlayerHandle) -> None:
    @settings(max_examples=80)
    @given(query=QUERIES)
    def lines_stand_for_all(query: InventoryQuery) -> None:
        shown = full.inventory.stacks(query)
        due = [
            line
            for line in whole(full, query)
            if not (query.tab is InventoryTab.ALL and line.is_default)
        ]
        if query.tab is InventoryTab.ESCROW:
            if query.status is None:
                assert [line.id for line in shown] == [line.id for line in due]
            return
        assert {alike(line): line.count for line in shown} == Counter(map(alike, due))
        newest: dict[tuple[object, ...], list[int]] = {}
        for line in sorted(due, key=lambda line: -line.id):
            newest.setdefault(alike(line), []).append(line.id)
        for line in shown:
            assert line.pieces == tuple(newest[alike(line)][: stacks.MOST_AT_ONCE])
            assert line.id == line.pieces[0]

    lines_stand_for_all()


@pytest.mark.parametrize("sort", Sort)
def test_stacks_stand_in_the_order_asked_for(full: PlayerHandle, sort: Sort) -> None:
    lines = full.inventory.stacks(InventoryQuery(sort=sort))
    keys = {
        Sort.NEWEST: lambda line: -line.id,
        Sort.VALUE: lambda line: -line.value,
        Sort.RARITY: lambda line: -line.rarity.rank,
        Sort.NAME: lambda line: line.name.casefold(),
    }
    order = [keys[sort](line) for line in lines]
    assert order == sorted(order)


def test_no_two_lines_have_the_same_key_and_none_loses_it_to_what_is_beside_it(
    full: PlayerHandle,
) -> None:
    lines = full.inventory.stacks(InventoryQuery())
    assert len({line.key for line in lines}) == len(lines)
    assert all((line.key < 0) == (line.count > 1) for line in lines)
    assert all(replace(line, id=line.id + 9, count=line.count + 1).key < 0 for line in lines)


def test_what_everybody_owns_from_the_start_stands_on_its_own_tab_only(full: PlayerHandle) -> None:
    assert not any(line.is_default for line in full.inventory.stacks(InventoryQuery()))
    style = full.inventory.stacks(InventoryQuery(tab=InventoryTab.DRAWER_STYLE))
    defaults = [
        line
        for line in whole(full, InventoryQuery(tab=InventoryTab.DRAWER_STYLE))
        if line.is_default
    ]
    assert {line.name for line in defaults} <= {line.name for line in style}


def test_an_open_stack_shows_its_newest_pieces_below_it(
    full: PlayerHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = full.inventory.stacks(InventoryQuery())
    stack = max(closed, key=lambda line: line.count)
    lines = full.inventory.stacks(InventoryQuery(), [stack.key])
    at = [line.key for line in lines].index(stack.key)
    inside = [line for line in lines if line.inside]
    assert lines[at].opened
    assert list(lines[at + 1 : at + 1 + stack.count]) == inside
    assert len(inside) == stack.count
    assert {alike(line) for line in inside} == {alike(stack)}
    assert [line.id for line in inside] == list(full.inventory.pieces([stack], 1_000))
    assert [line for line in lines if not line.inside] == [
        replace(line, opened=line.key == stack.key) for line in closed
    ]
    monkeypatch.setattr(stacks, "MOST_PIECES", 2)
    assert sum(line.inside for line in full.inventory.stacks(InventoryQuery(), [stack.key])) == 2


def test_a_line_can_name_its_oldest_pieces_the_oldest_first(full: PlayerHandle) -> None:
    query = InventoryQuery()
    kinds: dict[tuple[object, ...], list[int]] = {}
    for line in whole(full, query):
        kinds.setdefault(alike(line), []).append(line.id)
    newest, lines = full.inventory.stacks(query), full.inventory.stacks(query, oldest=True)
    assert any(line.count > stacks.MOST_AT_ONCE for line in lines)
    assert [(line.key, line.id) for line in lines] == [(line.key, line.id) for line in newest]
    for line in lines:
        assert list(line.pieces) == sorted(kinds[alike(line)])[: stacks.MOST_AT_ONCE]


def test_the_pieces_of_lines_are_asked_for_as_of_now(full: PlayerHandle) -> None:
    lines = full.inventory.stacks(InventoryQuery())
    stack = max(lines, key=lambda line: line.count)
    single = next(line for line in lines if line.count == 1)
    assert full.inventory.pieces([single, stack], 3) == (single.id, *stack.pieces[:2])
    gone = replace(stack, item=single.item, status=Status.LISTED)
    assert isinstance(gone, StackLine)
    assert full.inventory.pieces([gone], 3) == ()
