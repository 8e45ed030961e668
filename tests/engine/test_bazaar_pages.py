"""Pages of the bazaar: every order and filter against a list that is sorted whole."""

import sqlite3
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import pytest

from inventui.engine.bazaar import counts, ranges, reads
from inventui.engine.bazaar.models import BazaarQuery, Bought, Delisted, ListingPage
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import BazaarSort
from inventui.rules.core.clock import SECOND, FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason
from inventui.rules.inventory.inventory import InventoryTab
from tests.builders import (
    BAZAAR_PACK,
    NOW,
    a_player,
    a_world,
    audited,
    contents,
    done,
    given,
    put_copy,
    refused,
)
from tests.engine.bazaar import put_up

LISTINGS = 90
MANY_TIMES = ("donut", "kit", "straw", "pip", "lemon", "peel", "squeezer")
SLUGS = (*MANY_TIMES, "lime", "rind", "spoon", "vest")
RANKS = {rarity: rank for rank, rarity in enumerate(Rarity)}
SORTS = list(BazaarSort)
FILTERS = (
    BazaarQuery(),
    BazaarQuery(tab=InventoryTab.GEAR),
    BazaarQuery(tab=InventoryTab.COLLECTIBLES),
    BazaarQuery(tab=InventoryTab.CONSUMABLES),
    BazaarQuery(rarity=Rarity.COMMON),
    BazaarQuery(rarity=Rarity.LEGENDARY),
    BazaarQuery(min_value=300),
    BazaarQuery(min_value=10**9),
    BazaarQuery(search="  LEMON "),
    BazaarQuery(tab=InventoryTab.COLLECTIBLES, rarity=Rarity.COMMON, min_value=40, search="e"),
    BazaarQuery(tab=InventoryTab.BACKGROUNDS),
    BazaarQuery(tab=InventoryTab.ESCROW),
    BazaarQuery(mine=True),
    BazaarQuery(mine=True, rarity=Rarity.COMMON),
)
QUERIES = [
    BazaarQuery(found.tab, sort, found.rarity, found.min_value, found.search, found.mine)
    for sort, found in product(SORTS, FILTERS)
]


def query_name(query: BazaarQuery) -> str:
    parts = (query.sort, query.tab, query.rarity, query.min_value, query.search, query.mine)
    return "-".join(str(part).strip() for part in parts)


@cache
def _lively() -> Path:
    """A world whose listings were put up while the clock went back and forth; some have ended."""
    path = Path(mkdtemp(prefix="inventui-tests-")) / "bazaar.db"
    clock, draw = FrozenClock(NOW), Random(7)
    with a_world(path, clock=clock, pack=BAZAAR_PACK) as world:
        ana, bob = (a_player(world, name, oranges=900_000) for name in ("ana", "bob"))
        for number in range(1, LISTINGS + 1):
            owner, other = (ana, bob) if draw.random() < 0.4 else (bob, ana)
            slug = draw.choice(SLUGS)
            put_up(owner, given(world, owner, slug), draw.choice((5, 40, 40, 40, 700)))
            clock.at = NOW + draw.randrange(-20, 20) * SECOND
            if number % 9 == 0:
                done(owner.bazaar.delist(number), Delisted)
            elif number % 10 == 0 and slug in ("straw", "pip", "lemon"):
                done(other.bazaar.buy(number), Bought)
        audited(world)
    return path


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "bazaar.db"
    put_copy(_lively(), path)
    with a_world(path, clock=FrozenClock(NOW), pack=BAZAAR_PACK) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return player(world)


@pytest.fixture(scope="module")
def reader() -> Iterator[PlayerHandle]:
    """Ana in a world that nothing changes."""
    with a_world(_lively(), clock=FrozenClock(NOW), pack=BAZAAR_PACK) as world:
        yield player(world)


def player(world: World) -> PlayerHandle:
    handle = world.player("ana")
    assert isinstance(handle, PlayerHandle)
    return handle


@pytest.fixture(params=["glanced", "merged", "far", "far and few"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Small lists go the ways of large ones too."""
    way = str(request.param)
    if way != "glanced":
        monkeypatch.setattr(reads, "GLANCED", 0)
        monkeypatch.setattr(reads, "FOREMOST", 1)
    if way.startswith("far"):
        monkeypatch.setattr(reads, "MERGED", 0)
    if way == "far and few":
        monkeypatch.setattr(reads, "SORTED", 0)
    return way


@cache
def _items() -> Mapping[str, Mapping[str, Any]]:
    """The pack, read without the engine."""
    return {item["id"]: item for item in tomllib.loads(BAZAAR_PACK.read_text("utf-8"))["items"]}


@cache
def _open() -> tuple[Mapping[str, Any], ...]:
    """Every open listing, read without the engine."""
    with closing(sqlite3.connect(_lively())) as connection:
        connection.row_factory = sqlite3.Row
        return tuple(
            dict(row)
            for row in connection.execute(
                "SELECT l.id, l.price, l.until, l.at, i.id AS item, i.slug, p.name AS seller"
                " FROM listing l JOIN item i ON i.id = l.item_id JOIN player p"
                " ON p.id = l.seller_id WHERE l.ended_by IS NULL ORDER BY random()"
            )
        )


def worth(slug: str) -> int:
    return int(_items()[slug].get("value", _items()[slug].get("sell_price", 0)))


KEYS: Mapping[BazaarSort, Callable[[Mapping[str, Any]], tuple[Any, ...]]] = {
    BazaarSort.NEWEST: lambda line: (-line["id"],),
    BazaarSort.ENDING: lambda line: (line["until"], line["id"]),
    BazaarSort.CHEAPEST: lambda line: (line["price"], line["id"]),
    BazaarSort.DEAREST: lambda line: (-line["price"], -line["id"]),
    BazaarSort.VALUE: lambda line: (-worth(line["slug"]), line["item"], line["price"], line["id"]),
    BazaarSort.RARITY: lambda line: (
        -RANKS[Rarity(_items()[line["slug"]]["rarity"])],
        -worth(line["slug"]),
        line["item"],
        line["price"],
        line["id"],
    ),
    BazaarSort.NAME: lambda line: (
        _items()[line["slug"]]["name"].lower(),
        line["item"],
        line["price"],
        line["id"],
    ),
}
TABS: Mapping[InventoryTab, Callable[[str], bool]] = {
    InventoryTab.ALL: lambda _: True,
    InventoryTab.GEAR: lambda category: category in ("weapon", "armor"),
    InventoryTab.COLLECTIBLES: lambda category: category == "collectible",
    InventoryTab.CONSUMABLES: lambda category: category == "consumable",
    InventoryTab.BACKGROUNDS: lambda _: False,
    InventoryTab.ESCROW: lambda _: False,
}


def expected(query: BazaarQuery) -> list[int]:
    """The listings that match, sorted whole."""

    def matches(line: Mapping[str, Any]) -> bool:
        item = _items()[line["slug"]]
        return (
            TABS[query.tab](item["category"])
            and query.rarity in (None, item["rarity"])
            and worth(line["slug"]) >= query.min_value
            and query.search.strip().lower() in item["name"].lower()
            and (not query.mine or line["seller"] == "ana")
        )

    return [line["id"] for line in sorted(filter(matches, _open()), key=KEYS[query.sort])]


def paged(player: PlayerHandle, query: BazaarQuery, limit: int) -> list[int]:
    """Every page, one after the other."""
    seen: list[int] = []
    after = None
    while True:
        page = done(player.bazaar.page(query, after, limit), ListingPage)
        seen += [line.id for line in page.lines]
        assert page.lines or not seen, "a page that others lead to is not empty"
        assert page.next in (None, seen[-1] if seen else None)
        if page.next is None:
            return seen
        assert len(page.lines) == limit
        after = page.next


def test_the_lively_world_has_ties_and_ends_in_another_order_than_it_began() -> None:
    newest, ending = (expected(BazaarQuery(sort=sort)) for sort in ("newest", "ending"))
    assert ending not in (newest, newest[::-1])
    assert len({line["price"] for line in _open()}) * 5 < len(_open()) < LISTINGS


@pytest.mark.parametrize("way", ["glanced", "merged"], indirect=True)
@pytest.mark.parametrize("query", QUERIES, ids=query_name)
def test_pages_follow_each_other_in_order_without_gaps(
    reader: PlayerHandle, way: str, query: BazaarQuery, trust: bool
) -> None:
    wanted = expected(query)
    assert reader.bazaar.count(query) == len(wanted)
    limits = {7, 1_000, len(wanted) or 1} | ({1} if trust or len(wanted) < 8 else set())
    for limit in limits:
        assert paged(reader, query, limit) == wanted, limit
    first = done(reader.bazaar.page(query, limit=3), ListingPage)
    assert first.total == len(wanted)


@pytest.mark.parametrize("sort", SORTS)
def test_any_stretch_is_found_from_any_place_that_is_known(
    reader: PlayerHandle, way: str, sort: BazaarSort, trust: bool
) -> None:
    draw = Random(f"{way} {sort}")
    for found in FILTERS:
        query = BazaarQuery(
            found.tab, sort, found.rarity, found.min_value, found.search, found.mine
        )
        wanted = expected(query)
        for _ in range(6 if trust else 3):
            start, limit = draw.randrange(len(wanted) + 3), draw.randrange(1, 30)
            anchor = None
            if wanted and draw.random() < 0.7:
                place = draw.randrange(len(wanted))
                anchor = (place, wanted[place])
            lines = reader.bazaar.window(query, start, limit, anchor).lines
            assert [line.id for line in lines] == wanted[start : start + limit], (
                query,
                start,
                limit,
                anchor,
            )


@pytest.mark.parametrize("query", QUERIES, ids=query_name)
def test_from_a_jump_about_there_everything_is_found_by_following_it_to_both_ends(
    reader: PlayerHandle, query: BazaarQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "FAR", 0)
    monkeypatch.setattr(counts, "MORE", 3)
    wanted, draw = expected(query), Random(query_name(query))
    # However wrong it is about the place.
    monkeypatch.setattr(counts, "about", lambda *_: draw.choice(wanted))
    for start, limit, up in product(range(1, len(wanted) - 1, 9), (1, 4), (True, False)):
        jump = reader.bazaar.window(query, start, limit)
        rows, first = [line.id for line in jump.lines], start + jump.shift
        about = jump.about
        for way in (up, not up):
            while first > 0 if way else first + len(rows) < len(wanted):
                end = first + len(rows)
                place = max(0, first - limit) if way else end
                anchor = (first, rows[0]) if way else (end - 1, rows[-1])
                most = min(limit, first - place if way else len(wanted) - end)
                found = reader.bazaar.window(query, place, most, anchor)
                assert found.linked
                ids = [line.id for line in found.lines]
                rows = [*ids, *rows] if way else [*rows, *ids]
                first = max(0, place + found.shift) if way else first + found.shift
                about = found.about and about
        assert not about
        assert (first, rows) == (0, wanted)


def test_a_jump_lands_where_the_counted_place_is_or_close_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "FAR", 0)
    draw = Random(5)
    with a_world(tmp_path / "few.db", pack=BAZAAR_PACK) as world:
        bob, ana = (a_player(world, name, oranges=900_000) for name in ("bob", "ana"))
        for number in range(40):
            owner = (ana, bob)[number % 2]
            put_up(owner, given(world, owner, draw.choice(MANY_TIMES)), draw.randrange(5, 99))
        for sort, found in product(SORTS, ({}, {"rarity": Rarity.COMMON}, {"mine": True})):
            query = BazaarQuery(sort=sort, **found)
            wanted = [line.id for line in done(ana.bazaar.page(query), ListingPage).lines]
            for start in range(len(wanted)):
                jump = ana.bazaar.window(query, start, 5)
                ids = [line.id for line in jump.lines]
                place = wanted.index(ids[0])
                assert ids == wanted[place : place + 5]
                assert abs(place - start) <= (2 if jump.about else 0), (query, start)


@pytest.mark.parametrize("sort", SORTS)
def test_a_page_goes_on_after_a_listing_that_has_ended_meanwhile(
    world: World, ana: PlayerHandle, sort: BazaarSort
) -> None:
    query = BazaarQuery(sort=sort, rarity=Rarity.COMMON)
    wanted = expected(query)
    mine = [line["id"] for line in _open() if line["seller"] == "ana"]
    place = next(i for i, number in enumerate(wanted) if i > 3 and number in mine)
    done(ana.bazaar.delist(wanted[place]), Delisted)
    page = done(ana.bazaar.page(query, after=wanted[place]), ListingPage)
    assert [line.id for line in page.lines] == wanted[place + 1 :]
    assert page.total == len(wanted) - 1


def test_a_page_follows_no_number_that_no_listing_has(world: World, ana: PlayerHandle) -> None:
    ana.bazaar.count(BazaarQuery())
    before = contents(world)
    for after in (0, -1, 10**6, 2**63, 2**70):
        refused(ana.bazaar.page(BazaarQuery(), after), Reason.INVALID_CURSOR)
    assert contents(world) == before
    assert ana.bazaar.window(BazaarQuery(), 0, 2, (3, 10**6)).lines


def test_a_page_has_at_most_a_thousand_lines_and_at_least_one(reader: PlayerHandle) -> None:
    assert len(done(reader.bazaar.page(BazaarQuery(), limit=0), ListingPage).lines) == 1
    assert len(done(reader.bazaar.page(BazaarQuery(), limit=10**9), ListingPage).lines) == len(
        _open()
    )


def test_a_line_says_what_keeps_this_player_from_buying(reader: PlayerHandle) -> None:
    page = done(reader.bazaar.page(BazaarQuery(), limit=LISTINGS), ListingPage)
    lines = {line.id: line for line in page.lines}
    for line in _open():
        shown = lines[line["id"]]
        assert (shown.price, shown.at, shown.until) == (line["price"], line["at"], line["until"])
        assert shown.seller == line["seller"]
        assert shown.mine is (line["seller"] == "ana")
        reason = shown.refusal.reason if shown.refusal else None
        if shown.mine:
            assert reason is Reason.OWN_LISTING
        elif line["slug"] in MANY_TIMES:
            assert reason is None
        elif shown.held:
            assert reason is Reason.ALREADY_OWNED


def test_reading_changes_nothing(world: World, ana: PlayerHandle) -> None:
    ana.bazaar.count(BazaarQuery())
    before = contents(world)
    for query in QUERIES[::5]:
        ana.bazaar.count(query)
        ana.bazaar.page(query)
        ana.bazaar.window(query, 5, 5)
    assert contents(world) == before


def test_rows_are_found_from_the_bounds_of_blocks_as_by_counting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranges, "BLOCK", 4)
    ids = sorted(Random("blocks").sample(range(1, 60), 25), reverse=True)
    blocks = sorted(Counter(number // 4 for number in ids).items(), reverse=True)
    bounds = ranges.block_bounds(blocks)
    for start in range(len(ids)):
        limit = min(3, len(ids) - start)
        run = ranges.RowRange(start, limit, len(ids), None, bounds)
        direction, skip, after = run.shortest_way()
        rows = ids if direction == "on" else ids[::-1]
        if after is not None:
            rows = [n for n in rows if (n < after if direction == "on" else n > after)]
        assert skip < 4
        assert sorted(rows[skip : skip + limit], reverse=True) == ids[start : start + limit]
