"""A key that is held down does once what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from inventui.rules.core.money import Questions
from inventui.rules.core.refusal import Reason, Refusal
from inventui.widgets.frame.held_keys import FIRST, NEXT, HeldKeys
from inventui.widgets.frame.taking_keys import TakesKeys
from tests.builders import contents, given
from tests.screens.conftest import go, player_of, settle
from tests.worlds.market import market_world, rich

__all__ = ["market_world", "rich"]

if TYPE_CHECKING:
    from textual.events import Key

    from inventui.app.app import InventuiApp
    from inventui.engine.world import World

MakeApp = Callable[..., "InventuiApp"]


def test_a_key_that_comes_again_as_quickly_as_a_keyboard_repeats_is_held() -> None:
    keys = HeldKeys()
    times = [0.0, FIRST * 0.9, FIRST, FIRST + NEXT * 0.9]
    assert [keys.press("x", time) for time in times] == [False, True, True, True]


def test_a_key_that_is_pressed_anew_is_not_held() -> None:
    keys = HeldKeys()
    assert not keys.press("x", 0)
    assert not keys.press("y", 0.01)
    assert not keys.press("x", 0.02)
    assert keys.press("x", 0.3)
    assert not keys.press("x", 0.3 + NEXT + 0.01)
    assert not keys.press("x", 0.3 + NEXT + 0.01 + FIRST + 0.01)


def test_the_first_repeat_is_doubtful_and_no_other_press_is() -> None:
    keys = HeldKeys()
    doubts = []
    for time in (0.0, 0.4, 0.4 + NEXT / 2, 5, 5.4, 5.4 + NEXT * 2):
        keys.press("x", time)
        doubts.append(keys.doubtful)
    assert doubts == [False, True, False, False, True, False]


@pytest.mark.parametrize(("repeats", "sold"), [(1, 2), (5, 1)])
async def test_a_key_that_is_pressed_twice_acts_twice_and_one_held_down_once(
    make_app: MakeApp, filled_world: World, monkeypatch: pytest.MonkeyPatch, repeats: int, sold: int
) -> None:
    judge, times = HeldKeys(), iter([0.0, *(0.5 + each * 0.03 for each in range(9))])

    def held(app: TakesKeys, event: Key) -> bool:
        app._keys = judge
        return event.key == "l" and judge.press(event.key, next(times))

    done: list[int] = []
    monkeypatch.setattr(TakesKeys, "is_held", held)
    app: Any = make_app(filled_world, room="inventory")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(
            "inventui.engine.inventory.inventory.Inventory.lock",
            lambda *_, **__: done.append(1) or Refusal(Reason.NOTHING_TO_DO, "Not now."),
        )
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(*["l"] * repeats)
        await pilot.pause(NEXT * 2)
        await settle(pilot)
    assert len(done) == sold


@pytest.fixture
def holding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key that comes twice in a row is held down."""
    last = [""]

    def held(app: TakesKeys, event: Key) -> bool:
        again = last[0] == event.key
        last[0] = event.key
        return again

    monkeypatch.setattr(TakesKeys, "is_held", held)


def openings(world: World) -> int:
    """How many cases ana has opened."""
    return player_of(world).fairness.show(retired=0).active.nonce


@pytest.mark.usefixtures("holding")
@pytest.mark.parametrize("key", ["enter", "x"])
async def test_a_key_held_down_opens_once_and_leaves_the_win_in_sight(
    make_app: MakeApp, world: World, key: str
) -> None:
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, key, *(["y"] if key == "x" else []), *[key] * 8)
        assert openings(world) == (1 if key == "enter" else 10)
        assert type(app.screen).__name__ == "RevealScreen"
        await go(pilot, "down", "enter")
        if type(app.screen).__name__ == "RevealScreen":
            await go(pilot, "down", "enter")
        assert type(app.screen).__name__ == "CasesRoom"
        # The key is still down: it has done already what it does.
        await go(pilot, "enter", "enter")
        assert openings(world) == (1 if key == "enter" else 10)
        await go(pilot, "down", "up", "enter")
        assert openings(world) == (2 if key == "enter" else 11)


@pytest.mark.usefixtures("holding")
async def test_a_key_held_down_answers_no_question(
    make_app: MakeApp, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inventui.rules.core.money.ASK_FROM", 100)
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, *["enter"] * 8)
        assert type(app.screen).__name__ == "ConfirmDialog"
        assert openings(world) == 0
        await go(pilot, "y")
        assert openings(world) == 1


async def test_what_costs_a_quarter_of_the_purse_is_asked_about_and_no_is_no(
    make_app: MakeApp, world: World
) -> None:
    app = make_app(world, room="cases")
    before = contents(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, "x")
        assert type(app.screen).__name__ == "ConfirmDialog"
        await go(pilot, "n")
        assert contents(world) == before


@pytest.mark.usefixtures("holding")
async def test_keys_that_move_or_type_may_be_held_down(make_app: MakeApp, world: World) -> None:
    app: Any = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await go(pilot, "down", "down", "down")
        assert app.screen.query_one("#list").cursor == 3
        await go(pilot, "n", "backspace", "backspace", "1", "1", "1")
        assert app.screen.query_one("#count").value == "111"


SPENDING = {
    "shop": ("@shop", "enter", "buy"),
    "black market": ("@black_market", "enter", "buy"),
    "gear shop": ("tab", "enter", "buy"),
    "reroll": ("tab", "r", "reroll"),
}
"""Keys that lead there, the key that is held, the kind of what it does."""


def times_done(world: World, kind: str) -> int:
    """How often ana has done something of a kind."""
    page = player_of(world).feed.page(limit=100)
    assert not isinstance(page, Refusal)
    return [line.kind for line in page.lines].count(kind)


@pytest.mark.usefixtures("holding")
@pytest.mark.parametrize("what", ["shop", "black market", "gear shop", "reroll"])
async def test_a_key_held_down_buys_once_from_every_seller(
    make_app: MakeApp, rich: World, what: str
) -> None:
    lead, key, kind = SPENDING[what]
    app = make_app(rich, room=lead[1:] if lead.startswith("@") else "black_market")
    app.session.settings.questions = Questions.RARE
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, *([] if lead.startswith("@") else [lead]))
        before = times_done(rich, kind)
        for _ in range(4):
            await pilot.press(key)
        await go(pilot, *[key] * 4)
        if type(app.screen).__name__ == "ConfirmDialog":
            assert times_done(rich, kind) == before
            await go(pilot, "y", *["enter"] * 4)
        assert times_done(rich, kind) == before + 1


@pytest.mark.usefixtures("holding")
async def test_a_key_held_down_fuses_once(make_app: MakeApp, world: World) -> None:
    for _ in range(12):
        given(world, player_of(world), "bent-straw")
    app = make_app(world, room="workshop")
    app.session.settings.questions = Questions.RARE
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "c")
        for _ in range(4):
            await pilot.press("enter")
        await go(pilot, *["enter"] * 4)
        assert times_done(world, "fuse") == 1


@pytest.mark.usefixtures("holding")
async def test_a_key_held_down_buys_once_at_the_bazaar(make_app: MakeApp, world: World) -> None:
    world.players.add("bob", key="add-bob")
    world.grant("ana", oranges=10_000, key="purse")
    for at in range(5):
        piece = given(world, player_of(world, "bob"), "bent-straw")
        player_of(world, "bob").bazaar.list(piece, 40, key=f"list-{at}")
    app = make_app(world, room="bazaar")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(4):
            await pilot.press("enter")
        await go(pilot, *["enter"] * 4)
        if type(app.screen).__name__ == "ConfirmDialog":
            assert times_done(world, "bazaar_buy") == 0
            await go(pilot, "y", *["enter"] * 4)
        assert times_done(world, "bazaar_buy") == 1


@pytest.mark.usefixtures("holding")
async def test_what_a_held_key_asks_for_changes_nothing_again_when_the_answer_comes(
    make_app: MakeApp, world: World
) -> None:
    done: list[int] = []
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        room: Any = app.screen
        for once in (False, True, False):
            room.once = once
            room.ask(lambda: None, lambda _: room.act(lambda: done.append(1)))
            room.once = False
            await settle(pilot)
    assert len(done) == 2
