"""What is written to the terminal bit by bit comes to what a whole drawing would show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.strip import Strip

from inventui.app.repaint import Repaint, Shown, cells_of, transition
from inventui.db.statements import statement
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.world import World
from inventui.room import GROUPS
from inventui.rooms import ROOMS
from inventui.rules.core.categories import GEAR
from inventui.rules.core.clock import FrozenClock
from inventui.screens.cases.list import CaseList
from inventui.widgets.lists.item_list import ItemList
from tests import builders
from tests.screens.conftest import go, settle

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

    from inventui.app.app import InventuiApp
    from inventui.engine.inventory.models import StackLine

WIDTH, HEIGHT = 12, 3

_TOKEN = re.compile(
    r"\x1b\[(?P<y>\d+);(?P<x>\d+)H|\x1b\[(?P<column>\d+)G|\x1b\[(?P<codes>[\d;]*)m"
    r"|\x1b\]8;(?P<link>[^\x1b]*)\x1b\\|(?P<character>[^\x1b])",
    re.DOTALL,
)
_OFF = {22: "12", 23: "3", 24: "4", 25: "56", 27: "7", 28: "8", 29: "9"}

Shows = dict[tuple[int, int], tuple[str, Any]]


class Emulator:
    """A terminal: what stands in each cell, in which style."""

    def __init__(self) -> None:
        self.cells: Shows = {}
        self.x = self.y = 0
        self.style: dict[str, str] = {}

    def write(self, text: str) -> None:
        """Take what is written."""
        end = 0
        for token in _TOKEN.finditer(text):
            assert token.start() == end, text[end:]
            end = token.end()
            if token["y"]:
                self.y, self.x = int(token["y"]) - 1, int(token["x"]) - 1
            elif token["column"]:
                self.x = int(token["column"]) - 1
            elif token["codes"] is not None:
                self._style(token["codes"] or "0")
            elif token["link"] is not None:
                self.style.pop("link", None)
                # Its number only says which stretches are one link.
                if address := token["link"].partition(";")[2]:
                    self.style["link"] = address
            else:
                self._put(token["character"])
        assert end == len(text), text[end:]

    def _put(self, character: str) -> None:
        width = cell_len(character)
        if not width:
            # It belongs to the character before, behind which a cell may be passed over.
            x = next(x for x in range(self.x - 1, -1, -1) if self.cells[self.y, x][0])
            was, style = self.cells[self.y, x]
            self.cells[self.y, x] = was + character, style
            return
        for x in range(self.x, self.x + width):
            self._split(x)
        style = tuple(sorted(self.style.items()))
        for x in range(self.x, self.x + width):
            self.cells[self.y, x] = (character if x == self.x else "", style)
        self.x += width

    def _split(self, x: int) -> None:
        """Half of a wide character is none."""
        text, style = self.cells.get((self.y, x), (" ", ()))
        if text == "" and (self.y, x - 1) in self.cells:
            self.cells[self.y, x - 1] = " ", style
        if cell_len(text) == 2:
            self.cells[self.y, x + 1] = " ", style

    def _style(self, codes: str) -> None:
        words = iter(codes.split(";"))
        for word in words:
            if word == "0":
                self.style = {key: link for key, link in self.style.items() if key == "link"}
            elif word in ("38", "48"):
                kind = next(words)
                rest = [next(words) for _ in range(3 if kind == "2" else 1)]
                self.style[word] = ";".join([kind, *rest])
            elif word in ("39", "49"):
                self.style.pop(f"{word[0]}8", None)
            elif int(word) in _OFF:
                for off in _OFF[int(word)]:
                    self.style.pop(off, None)
            elif len(word) == 1:
                self.style[word] = "on"
            else:
                self.style["38" if word[:-1] in ("3", "9") else "48"] = word


characters = st.sampled_from(["a", "b", " ", "─", "█", "界", "🍊", "é", "e\u0301"])
texts = st.lists(characters, max_size=8).map("".join)
styles = st.builds(
    Style, color=st.sampled_from([None, "red", "#102030", "default", "color(99)"]),
    bgcolor=st.sampled_from([None, "blue", "#405060", "bright_red"]),
    bold=st.sampled_from([None, True]), dim=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]), strike=st.sampled_from([None, True]),
    reverse=st.sampled_from([None, True]), link=st.sampled_from([None, "https://example.org"]),
)  # fmt: skip
segments = st.tuples(texts, st.none() | styles).map(lambda parts: Segment(*parts))


@st.composite
def pieces(draw: st.DrawFn) -> tuple[int, int, Strip]:
    """A strip somewhere on the screen."""
    strip = Strip(draw(st.lists(segments, max_size=4))).crop(0, WIDTH)
    x = draw(st.integers(0, WIDTH - strip.cell_length))
    return draw(st.integers(0, HEIGHT - 1)), x, strip


def as_textual_writes(shown: list[tuple[int, int, Strip]]) -> str:
    """The same pieces, all cells, each segment by itself."""
    render = Strip.render_style
    return "".join(
        f"\x1b[{y + 1};{x + 1}H"
        + "".join(
            text if style is None else render(style, text, ColorSystem.TRUECOLOR)
            for text, style, _ in strip
        )
        for y, x, strip in shown
    )


def assert_same(ours: Emulator, whole: Emulator) -> None:
    """Two terminals show the same; a space that was never written is one."""
    for place in ours.cells | whole.cells:
        assert seen(ours, place) == seen(whole, place), place


def seen(terminal: Emulator, place: tuple[int, int]) -> tuple[str, Any]:
    """What a cell shows: on a blank neither a colour of ink nor how thick or slanted it is."""
    text, style = terminal.cells.get(place, (" ", ()))
    if text == " " and not {"4", "7", "9", "link"} & {code for code, _ in style}:
        style = tuple(part for part in style if part[0] == "48")
    return text, style


@given(st.lists(st.lists(pieces(), max_size=4), max_size=8))
def test_only_what_differs_is_written_and_it_comes_to_the_same(
    updates: list[list[tuple[int, int, Strip]]],
) -> None:
    shown, ours, whole = Shown(), Emulator(), Emulator()
    for update in updates:
        ours.write(shown.changes(update, ColorSystem.TRUECOLOR))
        whole.write(as_textual_writes(update))
        assert_same(ours, whole)


@given(styles, styles)
def test_a_style_follows_another_by_what_differs(before: Style, after: Style) -> None:
    old, new = (
        cells_of(Strip([Segment("x", style)]), ColorSystem.TRUECOLOR)[0][1]
        for style in (before, after)
    )
    stepwise, directly = Emulator(), Emulator()
    stepwise.write(transition("", old) + transition(old, new))
    directly.write(transition("", new))
    assert stepwise.style == directly.style
    stepwise.write(transition(new, ""))
    assert stepwise.style == {}


def test_what_stands_there_is_not_written_again() -> None:
    shown, system = Shown(), ColorSystem.TRUECOLOR
    red = Style(color="#ff0000")
    shown.changes([(0, 0, Strip([Segment("one two", red)]))], system)
    assert shown.changes([(0, 0, Strip([Segment("one two", red)]))], system) == ""
    changed = Strip([Segment("one", red), Segment(" too", red)])
    assert shown.changes([(0, 0, changed)], system) == "\x1b[1;6H\x1b[38;2;255;0;0mo\x1b[m"
    shown.forget()
    assert "one too" in shown.changes([(0, 0, changed)], system)


@pytest.mark.parametrize("size", ["80x24", "140x45"])
async def test_rooms_that_follow_one_another_leave_nothing_behind(
    make_app: Callable[..., InventuiApp],
    filled_world: object,
    size: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown, terminal, written = Shown(), Emulator(), [0, 0]

    def display(app: App[None], screen: object, update: object) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            text = Repaint(shown, update).render_segments(app.console)
            terminal.write(text)
            written[0] += len(text)
            written[1] += len(update.render_segments(app.console))

    monkeypatch.setattr(App, "_display", display)
    width, height = map(int, size.split("x"))
    app = make_app(filled_world)
    async with app.run_test(size=(width, height), notifications=True) as pilot:
        await settle(pilot)
        for keys in ("3", "down", "down", "4", "down", "9", "question_mark", "escape", "2", "1"):
            await go(pilot, keys)
            whole = Emulator()
            whole.write(
                app.screen._compositor.render_full_update()
                .render_segments(app.console)
                .replace("\n", "")
            )
            assert_same(terminal, whole)
    assert written[0] < written[1] / 2


async def test_what_comes_to_be_shown_is_drawn_though_somebody_asked_where_it_is_before(
    make_app: Callable[..., InventuiApp], filled_world: object
) -> None:
    async with make_app(filled_world, room="cases").run_test() as pilot:
        await settle(pilot)
        room = pilot.app.screen
        shelf, compositor = room.query_one(CaseList), room._compositor
        shelf.display = False
        await settle(pilot)
        shelf.display = True
        compositor._full_map_invalidated = True
        assert shelf in compositor.full_map
        assert shelf in compositor.reflow(room, room.size).shown
        assert compositor._dirty_regions


async def test_who_comes_back_from_the_shell_finds_all_drawn_anew(
    make_app: Callable[..., InventuiApp], filled_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Emulator()

    def display(app: InventuiApp, screen: object, update: object) -> None:
        if isinstance(update, LayoutUpdate | ChopsUpdate):
            terminal.write(Repaint(app._shown, update).render_segments(app.console))

    monkeypatch.setattr(App, "_display", display)
    app = make_app(filled_world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        whole, terminal.cells = Emulator(), {}
        whole.write(
            app.screen._compositor.render_full_update()
            .render_segments(app.console)
            .replace("\n", "")
        )
        size = Size(80, 24)
        app.post_message(Resize(size, size))
        app.post_message(Driver.SignalResume())
        await settle(pilot)
        assert_same(terminal, whole)


ARROW, SWITCH = 8_000, 40_000
"""The most bytes that an arrow in the inventory and a switch of rooms may write."""


class Written:
    """Counts what an app would write to a terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._shown, self._bytes = Shown(), 0
        monkeypatch.setattr(App, "_display", self._display)

    def _display(self, screen: Screen[object], update: object) -> None:
        app = screen.app
        if isinstance(update, LayoutUpdate | ChopsUpdate) and not app._batch_count:
            text = Repaint(self._shown, update).render_segments(app.console)
            self._bytes += len(text.encode())

    async def by(self, pilot: Pilot[Any], key: str) -> int:
        """How many bytes a key writes until all rests."""
        self._bytes = 0
        await go(pilot, key)
        return self._bytes


@pytest.fixture
def wardrobe(tmp_path: Path, clock: FrozenClock, trust: bool) -> Iterator[World]:
    """Ana's world of the game's own pack; she has one of everything to wear or to collect."""
    with World.open(
        tmp_path / "own.db", clock=clock, entropy=SeededEntropy("own"), daily_backup=False
    ) as world:
        ana = builders.a_player(world, oranges=100_000)
        with world.store.read() as connection:
            numbers = connection.execute(statement("SELECT id FROM item ORDER BY id", int)).all()
            items = [world.catalogue.item(connection, number) for number in numbers]
        cosmetics = [item for item in items if item.category not in GEAR and not item.is_default]
        for item in cosmetics[:: 1 if trust else 5]:
            builders.given(world, ana, item.slug)
        yield world


async def test_an_arrow_in_the_inventory_writes_at_most_8_kb(
    make_app: Callable[..., InventuiApp], wardrobe: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(monkeypatch)
    app = make_app(wardrobe)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, "@inventory")
        listed: ItemList[StackLine] = app.screen.query_one(ItemList)
        arrows = {}
        while listed.cursor < listed.count - 1:
            arrow = await written.by(pilot, "down")
            assert listed.row is not None
            arrows[listed.row.name] = arrow
        assert len(arrows) > 40
        assert {name: arrow for name, arrow in arrows.items() if not 0 < arrow <= ARROW} == {}


async def test_a_switch_of_rooms_writes_at_most_40_kb(
    make_app: Callable[..., InventuiApp], wardrobe: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(monkeypatch)
    app = make_app(wardrobe)
    slugs = [room.slug for room in ROOMS if room.group is not None and room.screen]
    assert {room.group for room in ROOMS} - {None} == set(GROUPS)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        switches = {}
        for way, order in enumerate((slugs, slugs[::-1], [*slugs[::3], *slugs[::5]])):
            for slug in order:
                switches[way, slug] = await written.by(pilot, f"@{slug}")
        assert len(slugs) > 20
        assert {room: switch for room, switch in switches.items() if switch > SWITCH} == {}
        # Where one is already nothing changes.
        assert switches[0, slugs[0]] == switches[1, slugs[-1]] == 0
