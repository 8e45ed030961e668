"""What the player was told reaches them: a number in the bar, toasts, and a way to the place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any
from unittest.mock import AsyncMock

import pytest

from inventui.app.app import InventuiApp
from inventui.app.news import PACKS_CHANGED
from inventui.content.loader import load_pack
from inventui.engine.packs.models import PacksChanged
from inventui.engine.people.models import GiftSent
from inventui.engine.undo.models import Undone
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.screens.cases.screen import CasesRoom
from inventui.widgets.frame.room import Room
from inventui.widgets.frame.status_bar import StatusBar, status_line
from inventui.widgets.frame.toasts import ToastKind, toast
from inventui.widgets.session import WorldChanged
from tests.builders import a_player, befriended, done, opened, refused
from tests.screens.conftest import PACK, go, player_of, settle
from tests.screens.test_status_bar import card

if TYPE_CHECKING:
    from textual.pilot import Pilot

GOALS = """
[[achievements]]
id = "first"
name = "[b]First[/nope] Crack"
emoji = "🥇"
condition = "openings"
threshold = 1
oranges = 200
"""


@pytest.fixture
def goal_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """A world with a goal that the first opening reaches, and the new player ana."""
    from inventui.engine.core.secrets import SeededEntropy

    pack = tmp_path / "goals.toml"
    pack.write_text(PACK.read_text() + GOALS)
    world = World.open(
        tmp_path / "goals.db",
        clock=clock,
        entropy=SeededEntropy("seed"),
        pack=pack,
        daily_backup=False,
    )
    world.players.add("ana", key="add-ana")
    yield world
    world.close()


def tell(world: World, *messages: str, tone: str = "info", place: str = "") -> None:
    """Write notifications for ana as another program would."""
    with world.store.write() as connection:
        operation = connection.driver.execute(
            "INSERT INTO operation (scope, key, player_id, kind, request, at, outcome)"
            " SELECT 0, 'told-' || count(*), NULL, 'test', '{}', 1, '{}' FROM operation"
            " RETURNING id"
        ).fetchone()[0]
        for message in messages:
            connection.driver.execute(
                "INSERT INTO notification (operation_id, player_id, at, kind, tone, message,"
                " place, seen) SELECT :operation, id, 1, 'test', :tone, :message, :place, 0"
                " FROM player WHERE name = 'ana'",
                {"operation": operation, "tone": tone, "message": message, "place": place},
            )


def open_one(player: PlayerHandle) -> None:
    """Open a case and see it."""
    case = min(player.world.catalogue.cases(), key=lambda case: case.price)
    opening = player.cases.open(case.id)
    player.reveals.revealed(opening.operation)  # type: ignore[union-attr]


def toasts(app: InventuiApp) -> list[str]:
    """What every toast says, oldest first."""
    return [toast.message for toast in app._notifications]


def bar(app: InventuiApp) -> str:
    """The status bar's text."""
    return app.screen.query_one(StatusBar).render().plain


def painted_bar(app: InventuiApp) -> str:
    """The line of the status bar as it was painted last."""
    return app.screen._compositor.render_strips()[0].text


async def changed(pilot: Pilot[Any]) -> None:
    """Another program has changed the world, and the app has seen it."""
    pilot.app.post_message(WorldChanged())
    await settle(pilot)


App = Callable[..., InventuiApp]


async def test_what_waits_unread_is_counted_in_the_bar_and_not_told_again(
    world: World, make_app: App
) -> None:
    tell(world, "You were robbed.", "You were robbed again.")
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        assert bar(app).endswith("✉ 2 ")
        assert toasts(app) == []


async def test_up_to_99_the_bar_counts_what_waits_and_then_says_that_it_is_more(
    world: World, make_app: App
) -> None:
    tell(world, *map(str, range(98)))
    app = make_app(world)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for shown in ("✉ 98 ", "✉ 99 ", "✉ 99+ ", "✉ 99+ "):
            assert bar(app).endswith(shown)
            tell(world, "one more")
            await changed(pilot)


def test_what_is_heard_while_there_is_no_screen_waits_for_the_next(
    world: World, make_app: App
) -> None:
    app = make_app(world)
    assert app.screen_stack == []
    app.show_state()


async def test_what_is_told_meanwhile_becomes_a_toast_once(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        assert "✉" not in bar(app)
        tell(world, "You were robbed.", tone="error")
        await changed(pilot)
        assert toasts(app) == ["You were robbed."]
        assert bar(app).endswith("✉ 1 ")
        await changed(pilot)
        assert toasts(app) == ["You were robbed."]
        player_of(world).notifications.seen([1])
        await changed(pilot)
        assert "✉" not in bar(app)


async def test_another_programs_word_is_heard_by_watching(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        await app._watch()
        tell(world, "A gift!", tone="gift")
        await app._watch()
        await settle(pilot)
        assert toasts(app) == ["A gift!"]


async def test_a_gift_that_was_shown_stays_and_one_that_was_taken_back_is_told_of_once(
    world: World, make_app: App
) -> None:
    bob, ana = a_player(world, "bob"), player_of(world)
    befriended(bob, ana)
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        numbers = [roll.item_id for roll in opened(bob, "citrus-crate", 2).rolls]
        assert numbers[0] is not None
        assert numbers[1] is not None
        done(bob.gifts.send_item(ana.name, numbers[0]), GiftSent)
        done(bob.undos.take_back(), Undone)
        await changed(pilot)
        assert [said.split(" took ")[0] for said in toasts(app)] == ["bob"]
        done(bob.gifts.send_item(ana.name, numbers[1]), GiftSent)
        await changed(pilot)
        refused(bob.undos.take_back(), Reason.DEPENDED_ON)


async def test_who_begins_to_play_sees_what_they_were_given_meanwhile(
    world: World, make_app: App
) -> None:
    bob, ana = a_player(world, "bob"), player_of(world)
    befriended(bob, ana)
    number = opened(bob, "citrus-crate").rolls[0].item_id
    assert number is not None
    done(bob.gifts.send_item(ana.name, number), GiftSent)
    app = make_app(world)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        refused(bob.undos.take_back(), Reason.DEPENDED_ON)


async def test_of_many_one_is_shown_and_the_rest_are_counted(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        tell(world, "a", "b")
        await changed(pilot)
        assert toasts(app) == ["a", "b"]
        tell(world, *"efghij")
        await changed(pilot)
        assert toasts(app) == ["e", "And 5 more notifications.\n^g  Read them all"]


async def test_a_toast_leads_to_its_place(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        tell(world, "Look there.", place="wallet")
        await changed(pilot)
        assert toasts(app) == ["Look there.\n^g  Go to Wallet"]
        await go(pilot, "ctrl+g")
        assert app.current_mode == "wallet"
        tell(world, "Look here.", place="wallet")
        tell(world, "Look nowhere.", place="moon")
        await changed(pilot)
        assert toasts(app) == ["Look here.", "Look nowhere."]


async def test_one_key_leads_to_one_place(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        tell(world, "a", place="cases")
        tell(world, "b", place="shop")
        await changed(pilot)
        assert toasts(app) == ["a", "b\n^g  Go to Shop"]
        await go(pilot, "ctrl+g")
        assert app.current_mode == "shop"


async def test_the_key_of_a_newer_toast_outlives_the_time_of_an_older_one(
    world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        forgets: list[Callable[[], None]] = []
        monkeypatch.setattr(app, "set_timer", lambda _, forget: forgets.append(forget))
        for number, place in enumerate(("cases", "shop")):
            tell(world, str(number), place=place)
            await changed(pilot)
        older, newer = forgets
        older()
        assert app.session.place is not None
        assert app.session.place.room == "shop"
        newer()
        assert app.session.place is None


async def test_what_is_told_is_text_and_never_markup(world: World, make_app: App) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        tell(world, "[@click=app.quit]x[/] [/nope]")
        await changed(pilot)
        assert [toast.markup for toast in app._notifications] == [False]


async def test_what_is_due_at_the_start_is_awarded_and_told(
    goal_world: World, make_app: App
) -> None:
    open_one(player_of(goal_world))
    app = make_app(goal_world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        (said,) = toasts(app)
        assert said == (
            "Achieved: [b]First[/nope] Crack. You get 200 oranges.\n^g  Go to Achievements"
        )
        assert bar(app).endswith("✉ 1 ")
        card = player_of(goal_world).card()
        assert f"{card.oranges:,}" in bar(app)
    assert len(player_of(goal_world).notifications.fresh(0)) == 1


async def test_an_achievement_waits_until_the_reel_has_told_the_win(
    goal_world: World, make_app: App
) -> None:
    app = make_app(goal_world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await go(pilot, "2", "enter")
        from inventui.screens.cases.reveal import RevealScreen

        assert isinstance(app.screen, RevealScreen)
        assert toasts(app) == []
        await go(pilot, "escape")
        assert app.current_mode == "cases"
        assert [toast for toast in toasts(app) if toast.startswith("Achieved")]


async def test_money_and_experience_are_true_before_the_world_is_asked_again(
    world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(world, room="cases")
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "enter", "escape")
        before = player_of(world).card()
        assert f"{before.oranges:,}" in painted_bar(app)
        with monkeypatch.context() as deaf:
            deaf.setattr(InventuiApp, "_look", AsyncMock())
            deaf.setattr(Room, "show_state", lambda *_: None)
            await go(pilot, "enter", "escape")
            after = player_of(world).card()
            assert after.oranges < before.oranges
            assert after.experience > before.experience
            assert app.session.card == after
            assert f"{after.oranges:,}" in painted_bar(app)


async def test_another_player_hears_only_their_own(world: World, make_app: App) -> None:
    from inventui.widgets.session import PlayAs

    world.players.add("bob", key="add-bob")
    app = make_app(world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        app.post_message(PlayAs("bob"))
        await settle(pilot)
        tell(world, "For ana.")
        await changed(pilot)
        assert toasts(app) == []
        app.post_message(PlayAs("ana"))
        await settle(pilot)
        assert toasts(app) == ["For ana."]


async def test_a_world_that_cannot_be_written_is_shown_all_the_same(
    goal_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    from inventui.db.errors import Trouble, WorldError

    open_one(player_of(goal_world))

    def refuse(*_: object) -> object:
        raise WorldError(Trouble.READ_ONLY, "It can't be written.")

    monkeypatch.setattr("inventui.engine.achievements.achievements.perform", refuse)
    app = make_app(goal_world)
    async with app.run_test(notifications=True, size=(100, 30)) as pilot:
        await settle(pilot)
        tell(goal_world, "You were robbed.")
        await changed(pilot)
        assert toasts(app) == ["You were robbed."]
        assert app.errors == []


@pytest.mark.parametrize(("unread", "shown"), [(1, "✉ 1"), (99, "✉ 99"), (100, "✉ 99+")])
def test_the_bar_fits_any_number_of_letters(unread: int, shown: str) -> None:
    for width in (50, 51, *range(60, 90), 159):
        line = status_line(card(oranges=999_999_999), width, unread=unread)
        assert line.cell_length == width
        assert line.plain.endswith(f"💎 25  {shown} ")


def test_no_letters_are_not_spoken_of() -> None:
    assert status_line(card(), 80) == status_line(card(), 80, unread=0)
    assert "✉" not in status_line(card(), 80).plain


async def test_a_running_game_says_that_packs_were_changed_and_shows_the_odds_in_force(
    world: World, make_app: Callable[..., InventuiApp], tmp_path: Path
) -> None:
    pack = tmp_path / "dearer.toml"
    pack.write_text(
        '[pack]\nid = "dearer"\nname = "Dearer"\nversion = "1"\n\n[[cases]]\n'
        f'extends = "{load_pack(PACK).id}:citrus-crate"\nprice = 151\n'
    )
    app = make_app(world, room="cases")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app._watch()
        room = app.screen
        assert isinstance(room, CasesRoom)
        assert room.case is not None
        assert (room.case.id, room.case.price) == ("citrus-crate", 150)
        with World.open(world.path, clock=world.clock, daily_backup=False) as second:
            done(second.packs.add(pack), PacksChanged)
        await app._watch()
        await settle(pilot)
        assert room.case.price == 151
        assert [said for said in toasts(app) if said == PACKS_CHANGED] == [PACKS_CHANGED]
        await app._watch()
        await settle(pilot)
        assert [said for said in toasts(app) if said == PACKS_CHANGED] == [PACKS_CHANGED]


async def test_equal_toasts_are_counted_and_two_at_most_stand_there(
    world: World, make_app: App
) -> None:
    app = make_app(world)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot)
        for words in ("sold", "bought", "sold", "sold", "worn"):
            toast(app.screen, words, ToastKind.SUCCESS)
        await go(pilot)
        shown = [(each.message, each.title) for each in app._notifications]
        assert shown == [("sold", "✓ Done ×3"), ("worn", "✓ Done")]
        toast(app.screen, "sold")
        toast(app.screen, "sold")
        await go(pilot)
        assert [each.message for each in app._notifications] == ["worn", "sold ×2"]


async def test_what_another_program_writes_right_after_the_first_look_is_seen_at_the_next(
    make_app: Callable[..., InventuiApp], world: World
) -> None:
    app = make_app(world)
    app.watch_seconds = 3_600
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "5,000" in bar(app)
        world.grant("ana", oranges=1_234)
        await app._mind_others()
        await settle(pilot)
        assert "6,234" in bar(app)


async def test_news_that_come_while_a_room_still_waits_for_its_answer_do_not_end_its_question(
    world: World, make_app: App
) -> None:
    may_answer, answered = Event(), list[bool]()
    app = make_app(world, room="cases")
    async with app.run_test() as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, CasesRoom)
        room.ask(may_answer.wait, answered.append)
        # Time is made up for once the rooms have their answers.
        looks = [asyncio.create_task(app._room_answered()) for _ in range(2)]
        await asyncio.sleep(0)
        looks[0].cancel()
        await asyncio.sleep(0)
        may_answer.set()
        await looks[1]
        await settle(pilot)
        assert answered == [True]
