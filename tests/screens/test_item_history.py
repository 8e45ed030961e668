"""A thing's history: every step since it was made, through every earlier owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from inventui.app.app import InventuiApp
from inventui.engine.history.models import HistoryEvent, ItemHistory
from inventui.engine.inventory.models import ItemLine
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import HOUR, FrozenClock
from inventui.rules.core.enums import Acquisition, Event, Rarity, Status
from inventui.rules.core.refusal import Refusal
from inventui.screens.history.item_history import (
    ItemHistoryDialog,
    Told,
    ask_history,
    event_lines,
    history_content,
    origin_lines,
)
from inventui.widgets.items.item_text import GOT, HAPPENED, odds_words, short_hash
from tests.builders import SCREEN_PACKS, lived_in
from tests.screens.conftest import START, Picture, go, player_of, settle

if TYPE_CHECKING:
    from inventui.engine.world import World

THINGS = SCREEN_PACKS / "items.toml"

App = Callable[..., InventuiApp]


def open_world(path: Path, clock: FrozenClock) -> World:
    """A world with all kinds of things."""
    from inventui.engine.core.secrets import SeededEntropy
    from inventui.engine.world import World

    return World.open(
        path, clock=clock, entropy=SeededEntropy("things"), pack=THINGS, daily_backup=False
    )


def live_with_three_rolls_and_a_gift(path: Path) -> int:
    """ana has opened a crate three times and was given a spoon; the newest thing is 4."""
    clock = FrozenClock(START)
    with open_world(path, clock) as world:
        world.players.add("ana", key="add-ana")
        player = player_of(world)
        player.cases.open("crate", 3, key="open")
        player.reveals.revealed(max(opening.operation for opening in player.reveals.pending()))
        clock.advance(HOUR)
        world.grant("ana", item="spoon", key="spoon")
    return clock.at + HOUR


@pytest.fixture
def rolls_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has opened a crate three times and was given a spoon; the newest thing is 4."""
    path = tmp_path / "things.db"
    clock.at = lived_in(path, live_with_three_rolls_and_a_gift).at
    with open_world(path, clock) as world:
        yield world


def an_event(event: Event, to: Status, player: str, item: int, **changes: Any) -> HistoryEvent:
    values: dict[str, Any] = {
        "at": START, "from_status": None, "to_status": to, "event": event, "operation": 7,
        "kind": "open", "player": player, "item_id": item,
    }  # fmt: skip
    return HistoryEvent(**(values | changes))


def a_history(*events: HistoryEvent, **origin: object) -> ItemHistory:
    line = ItemLine(
        9, "Glass Lemon", Category.COLLECTIBLE, Rarity.RARE, 700, Status.OWNED, True, START, "", ""
    )
    return ItemHistory(line, events, origin)


def dialog_text(app: InventuiApp) -> str:
    return str(app.screen.query_one("#told").render())


async def test_the_roll_that_made_a_thing_is_told_and_what_was_given_names_none(
    rolls_world: World, make_app: App, picture: Picture
) -> None:
    player_of(rolls_world).inventory.lock([1], True, key="lock")
    app = make_app(rolls_world, room="inventory")
    roll = player_of(rolls_world).history.of(1)
    assert isinstance(roll, ItemHistory)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "h")
        assert isinstance(app.screen, ItemHistoryDialog)
        assert "given by the world's owner" in dialog_text(app)
        assert "ticket" not in dialog_text(app)
        await go(pilot, "escape", "end", "h")
        assert isinstance(app.screen, ItemHistoryDialog)
        text = dialog_text(app)
        assert "won from Test Crate" in text
        assert f"ticket {roll.origin['roll']['ticket']:,}" in text  # type: ignore[index]
        assert "came to ana" in text
        await picture(pilot, "80x24")
        await go(pilot, "escape")
        assert not isinstance(app.screen, ItemHistoryDialog)


async def test_a_thing_that_is_gone_has_its_history_and_what_never_was_is_said(
    rolls_world: World, make_app: App, picture: Picture
) -> None:
    player_of(rolls_world).inventory.sell([2])
    names = ["ana", "界" * 32, "[b]ben[/nope]"]
    events = [
        event
        for number in range(12)
        for event in (
            an_event(Event.ACQUIRE, Status.OWNED, names[number % 3], number, operation=number * 9),
            an_event(
                Event.GIFT, Status.GIFTED, names[number % 3], number, operation=number * 9 + 5
            ),
        )
    ]
    long_way = Told(a_history(*events, acquisition="purchase", price_paid=1_200), None)
    app = make_app(rolls_world, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(ItemHistoryDialog(2, "what was sold"))
        await settle(pilot)
        assert "2 steps" in dialog_text(app)
        assert dialog_text(app).splitlines()[-1].split("  ")[1] == "sold"
        await go(pilot, "escape")
        app.push_screen(ItemHistoryDialog(999, "nothing"))
        await settle(pilot)
        assert "There is no thing number 999" in dialog_text(app)
        await go(pilot, "escape")
        dialog = ItemHistoryDialog(1, "Glass Lemon")
        app.push_screen(dialog)
        await settle(pilot)
        dialog._show(long_way)
        await picture(pilot, "a long way 80x24")


def test_another_players_thing_is_not_told(rolls_world: World) -> None:
    rolls_world.players.add("ben", key="ben")
    assert isinstance(ask_history(rolls_world, player_of(rolls_world, "ben"), 1), Refusal)


def test_a_case_that_is_no_longer_sold_is_told_by_its_slug(rolls_world: World) -> None:
    player = player_of(rolls_world)
    told = ask_history(rolls_world, player, 1)
    assert isinstance(told, Told)
    assert told.case_name == "Test Crate"
    lines = origin_lines({"acquisition": "case", "source": "gone"}, "gone")
    assert lines[0].plain.endswith("won from gone")


def test_every_owner_is_named_where_the_thing_changes_hands() -> None:
    lines = event_lines(
        [
            an_event(Event.ACQUIRE, Status.OWNED, "ana", 1),
            an_event(Event.LIST, Status.LISTED, "ana", 1),
            an_event(Event.SELL, Status.SOLD, "ana", 1),
            an_event(Event.ACQUIRE, Status.OWNED, "ben", 2),
            an_event(Event.EQUIP, Status.EQUIPPED, "ben", 2),
        ]
    )
    assert [line.plain.split("  ")[1] for line in lines] == [
        "came to ana",
        "listed on the bazaar",
        "sold",
        "came to ben",
        "put on",
    ]


def test_hostile_texts_stay_plain() -> None:
    hostile = "[@click=app.quit]x[/nope] $primary"
    history = a_history(
        an_event(Event.ACQUIRE, Status.OWNED, hostile, 1),
        acquisition=hostile,
        source=hostile,
        roll={
            "nonce": 1, "ticket": 2, "entry": hostile, "parts_per_million": 3,
            "server_seed_hash": "f" * 64, "client_seed": hostile, "odds_hash": "a" * 64,
        },
    )  # fmt: skip
    content = history_content(Told(history, hostile))
    assert content.plain.count(hostile) == 4
    assert not any("@click" in str(span.style) for span in content.spans)


def test_every_way_to_get_a_thing_and_every_event_has_words() -> None:
    assert all(GOT[acquisition] for acquisition in Acquisition)
    assert all(HAPPENED[event] for event in Event)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (2_600, "0.26 % · 1 in 385"),
        (150_000, "15.00 % · 1 in 6.7"),
        (1, "0.0001 % · 1 in 1,000,000"),
        (1_000_000, "100.00 % · always"),
    ],
)
def test_odds_are_said_as_percent_and_as_one_in(parts: int, words: str) -> None:
    assert odds_words(parts) == words


def test_a_long_hash_is_said_by_its_ends() -> None:
    assert short_hash("72cd6e84" + "0" * 52 + "3793") == "72cd6e84…3793"
    assert short_hash("72cd6e84") == "72cd6e84"
