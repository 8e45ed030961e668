"""A million things or listings against a thousand, and a menu against Textual's list."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import process_time
from typing import NamedTuple

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import OptionList

from benchmarks import listings, worlds
from benchmarks.harness import Effort, Row, Side, compare, timed
from benchmarks.terminal import Terminal, environment, game
from inventui.engine.inventory.models import InventoryPage, InventoryQuery
from inventui.engine.inventory.pages import MOST_ON_A_PAGE
from inventui.engine.world import PlayerHandle, World
from inventui.rules.inventory.inventory import Sort
from inventui.widgets.lists.menu import Menu, MenuItem

MANY = 1_000_000
FEW = 1_000
PAGE = 50
PLACES = 40
"""Deep pages are asked for at so many places in turn: none is warm from the last time."""

QUICK_MANY = 100_000

MENU = 500
"""Lines of a menu: more than any room has."""

MENU_KEYS = 50

REST = 0.15
"""Seconds without output after which a key counts as answered: the card follows the
cursor a moment later, and belongs to the answer."""

KEYS = {
    "down": ["j"],
    "page down": ["\x1b[6~"] * 40 + ["\x1b[5~"] * 40,
    "end or home": ["G", "g"],
}
"""What is pressed in turn; a list of a thousand ends after some pages."""


class Room(NamedTuple):
    """A room with a long list.

    Attributes:
        name: what its list is called.
        key: what leads there.
        rows: what its rows are.
        build: gives a world with so many of them.
        shown: what stands there once the list does.
    """

    name: str
    key: str
    rows: str
    build: Callable[[Path, int], Path]
    shown: str


ROOMS = (
    Room("list", "3", "things", worlds.large, "of {:,}"),
    Room("bazaar list", "9", "listings", listings.bazaar, "All {:,}"),
)


def lists(folder: Path, effort: Effort) -> Iterator[Row]:
    """A menu, pages by every sort, then keys in the game itself."""
    yield _menu(effort)
    many = effort(MANY, QUICK_MANY)
    yield from _pages(folder, many, effort)
    for room in ROOMS:
        yield from _keys(room, folder, many, effort)


class OneList(App[None]):
    """Nothing but a list."""

    def __init__(self, listed: Widget) -> None:
        self.listed = listed
        super().__init__()

    def compose(self) -> ComposeResult:
        """The list."""
        yield self.listed


def _menu(effort: Effort) -> Row:
    titles = [f"Glass Lemon {number}" for number in range(MENU)]
    return compare(
        f"processor time of a key in a menu of {MENU} lines · Textual's OptionList",
        _down(lambda: Menu(*(MenuItem(title, title, "a note") for title in titles))),
        _down(lambda: OptionList(*titles)),
        effort(10, 2),
        1.0,
    )


def _down(make: Callable[[], Widget]) -> Side:
    async def pressed() -> float:
        listed = make()
        async with OneList(listed).run_test() as pilot:
            listed.focus()
            await pilot.press(*["down"] * 5)
            start = process_time()
            await pilot.press(*["down"] * MENU_KEYS)
            return (process_time() - start) / MENU_KEYS

    return lambda: asyncio.run(pressed())


def _pages(folder: Path, many: int, effort: Effort) -> Iterator[Row]:
    with (
        World.open(worlds.large(folder, many), daily_backup=False) as large,
        World.open(worlds.large(folder, FEW), daily_backup=False) as small,
    ):
        here, there = worlds.player_of(large), worlds.player_of(small)
        against = f"{many:,} things · {FEW:,}"
        for sort in Sort:
            yield compare(
                f"first page by {sort}, {against}",
                _first(here, sort),
                _first(there, sort),
                effort(300, 30),
                1.5,
            )
            yield compare(
                f"deep page by {sort}, {against}",
                _deep(here, sort, many),
                _deep(there, sort, FEW),
                effort(300, 30),
                1.5,
            )


def _keys(room: Room, folder: Path, many: int, effort: Effort) -> Iterator[Row]:
    large, small = room.build(folder, many), room.build(folder, FEW)
    with (
        Terminal(game(large, worlds.PLAYER), environment(folder / "large")) as here,
        Terminal(game(small, worlds.PLAYER), environment(folder / "small")) as there,
    ):
        for terminal, number in ((here, many), (there, FEW)):
            terminal.wait_for(" worth ")
            # Today's backup is made at the first start: it is no part of an answer.
            terminal.quiet(1 + number / QUICK_MANY)
            place = terminal.press(room.key)
            terminal.wait_for(room.shown.format(number), place)
            terminal.quiet(1)
        for name, keys in KEYS.items():
            yield compare(
                f"the key {name} in the {room.name}, {many:,} {room.rows} · {FEW:,}",
                _press(here, keys),
                _press(there, keys),
                effort(160, 10),
                1.2,
            )


def _press(terminal: Terminal, keys: list[str]) -> Side:
    pressed = cycle(keys)
    return lambda: terminal.key(next(pressed), REST)


def _first(player: PlayerHandle, sort: Sort) -> Side:
    query = InventoryQuery(sort=sort)
    return timed(lambda: _full(player.inventory.page(query, limit=PAGE)))


def _deep(player: PlayerHandle, sort: Sort, number: int) -> Side:
    query = InventoryQuery(sort=sort)
    step = max(1, min(MOST_ON_A_PAGE, number // 4 // PLACES))
    cursors: list[int] = []
    after, left = None, number // 2
    while len(cursors) < PLACES:
        page = player.inventory.page(query, after, min(left, MOST_ON_A_PAGE) or step)
        assert isinstance(page, InventoryPage), page
        assert page.next is not None
        after, left = page.next, max(0, left - len(page.items))
        cursors += [] if left else [after]
    turns = cycle(cursors)
    return timed(lambda: _full(player.inventory.page(query, next(turns), PAGE)))


def _full(page: object) -> None:
    assert isinstance(page, InventoryPage), page
    assert len(page.items) == PAGE
