"""While you were away: made up for in time, told once, in a dialog or a toast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from inventui.app.app import InventuiApp
from inventui.app.away import AwayDialog
from inventui.app.away_text import Absence, absence_lines, takings_words
from inventui.app.help import HelpScreen
from inventui.app.time import seen_key
from inventui.config import Settings, load_settings
from inventui.db.errors import Trouble, WorldError
from inventui.engine.core.models import Balance
from inventui.engine.property.models import HomeView, RobberyLine, Settled
from inventui.engine.world import PlayerHandle
from inventui.rules.core.clock import DAY, HOUR, FrozenClock, to_iso
from inventui.rules.property import PERIOD, Arrears
from inventui.widgets.session import WorldChanged
from tests.screens.conftest import (
    HOSTILE_IDS,
    HOSTILE_NAMES,
    START,
    Picture,
    go,
    player_of,
    settle,
)
from tests.worlds.property import property_world, provide
from tests.worlds.shop import said, text_of

if TYPE_CHECKING:
    from inventui.engine.world import World

__all__ = ["property_world"]

App = Callable[..., InventuiApp]

SPAN = Settled(
    operation=7, since=START - 2 * DAY, until=START, periods=16, revenue=8_120, cost=802,
    days_paid=2, upkeep=200, days_due=0, evicted=None, raids=(), broken=(), expired=(),
    balance=Balance(7_000, 25),
)  # fmt: skip

OWING = HomeView(
    item_id=3, slug="palace", name="Marble Palace", rarity="legendary", sprite="", upkeep=2_000,
    insurance=35, rest=0, next_at=START + 6 * HOUR, arrears=Arrears.GRACE, days_due=2, owed=4_000,
    debuff_at=START + DAY + 6 * HOUR, eviction_at=START + 5 * DAY + 6 * HOUR,
)  # fmt: skip


def raid(robber: str = "Zest", oranges: int = 230, stolen: str | None = None) -> RobberyLine:
    return RobberyLine(START - 3 * HOUR, robber, oranges > 0, oranges, stolen)


def everything(robber: str = "Zest") -> Absence:
    """A span in which all happened that can."""
    span = replace(
        SPAN, days_due=2, evicted="Canvas Tent", broken=("Thick Apron",), expired=("Bent Straw",),
        raids=(raid(robber), raid(robber, 0), raid(robber, 90, "Sharp Spoon")),
    )  # fmt: skip
    return Absence((span,), OWING, START)


def words(absence: Absence, width: int = 56) -> str:
    return "\n".join(str(line) for line in absence_lines(absence, width))


# Words


def test_the_lines_tell_all_that_happened_and_sum_it_up() -> None:
    told = words(everything())
    for line in (
        "18 Nov, 18:00 to 20 Nov, 18:00 UTC, 2 d 00 h",
        "Your business paid 16 times",
        "+🍊 8,120",
        "Running it cost",
        "−🍊 802",
        "Upkeep for 2 days",
        "✗ Zest robbed you  3 h ago",
        "−🍊 230",
        "✓ Zest tried to rob you and failed.",
        "and took Sharp Spoon.",
        "✗ Thick Apron broke.",
        "✗ Escrow let go of Bent Straw.",
        "✗ You lost Canvas Tent: 7 days unpaid.",
        "✗ 2 days of upkeep unpaid: 🍊 4,000.",
        "20 % less of everything in 1 d 06 h",
        "Evicted in 5 d 06 h",
    ):
        assert line in told
    assert told.splitlines()[-1].split() == ["In", "all", "+🍊", "6,798"]


def test_spans_are_told_as_one() -> None:
    later = replace(SPAN, since=START, until=START + DAY, periods=8, revenue=1_000, cost=0)
    absence = Absence((SPAN, later), None, START + DAY)
    assert absence.total == 8_120 - 802 - 200 + 1_000 - 200
    told = words(absence)
    assert "18 Nov, 18:00 to 21 Nov, 18:00 UTC, 3 d 00 h" in told
    assert "Your business paid 24 times" in told


def test_what_was_lost_is_named_for_every_span() -> None:
    lost = (("Peel", "Straw", "Spoon", "bob", "Tent"), ("Wick", "Coin", "Stamp", "cy", "Palace"))
    since = START
    spans = []
    for broken, expired, unsold, other, home in lost:
        since += DAY
        spans.append(
            replace(
                SPAN, since=since - DAY, until=since, broken=(broken,), expired=(expired,),
                unsold=(unsold,), unanswered=(other,), evicted=home,
            )
        )  # fmt: skip
    told = words(Absence(tuple(spans), None, since))
    for broken, expired, unsold, other, home in lost:
        for line in (
            f"✗ {broken} broke.",
            f"✗ Escrow let go of {expired}.",
            f"✗ Nobody bought {unsold}.",
            f"✗ {other} did not answer your offer.",
            f"✗ You lost {home}: 7 days unpaid.",
        ):
            assert line in told


@pytest.mark.parametrize("width", [48, 56])
@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_no_name_makes_a_line_too_long(name: str, width: int) -> None:
    span = replace(
        SPAN, raids=(raid(name, 10**12, name),), evicted=name, broken=(name,), expired=(name,)
    )
    assert all(
        line.cell_length <= width for line in absence_lines(Absence((span,), OWING, START), width)
    )


def test_a_toast_tells_what_came_and_went_by_itself() -> None:
    assert takings_words((SPAN,)) == "Your business paid 🍊 7,318. 🍊 200 went into upkeep."
    assert not takings_words((replace(SPAN, periods=0, upkeep=0),))


# When it is told


async def test_who_comes_back_is_told_and_any_key_closes(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand", "tent", left=100)
    clock.advance(2 * DAY)
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, AwayDialog)
        told = text_of(app)
        assert "While you were away" in told
        assert "Your business paid 16 times" in told
        assert "Upkeep for 2 days" in told
        await go(pilot, "x")
        assert app.current_mode == "home"
        assert not isinstance(app.screen, AwayDialog)
        card = player_of(property_world).card()
        assert app.session.card == card
        assert f"{card.oranges:,}" in text_of(app)


async def test_who_missed_nothing_is_not_held_up(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    clock.advance(2 * DAY)
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert not isinstance(app.screen, AwayDialog)


async def test_nothing_is_told_twice_however_often_one_comes_back(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    clock.advance(DAY)
    settings = Settings(reduced_motion=True)
    for told in (True, False):
        app = make_app(property_world, settings=settings)
        async with app.run_test() as pilot:
            await settle(pilot)
            assert isinstance(app.screen, AwayDialog) is told
    key = seen_key(player_of(property_world))
    kept, fault = load_settings()
    assert fault is None
    assert kept.seen == settings.seen
    assert list(kept.seen) == [key]


async def test_what_the_command_line_settled_meanwhile_is_told_too(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    settings = Settings(reduced_motion=True)
    async with make_app(property_world, settings=settings).run_test() as pilot:
        await settle(pilot)
    clock.advance(DAY)
    player_of(property_world).catch_up()
    clock.advance(PERIOD)
    app = make_app(property_world, settings=settings)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, AwayDialog)
        assert "Your business paid 9 times" in text_of(app)


async def test_takings_while_one_plays_are_a_toast(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        before = player_of(property_world).card().oranges
        clock.advance(PERIOD)
        app._minute()
        await settle(pilot)
        earned = player_of(property_world).card().oranges - before
        assert earned > 0
        assert not isinstance(app.screen, AwayDialog)
        assert f"Your business paid 🍊 {earned:,}." in said(pilot)[-1]
        assert app.session.card is not None
        assert app.session.card.oranges == before + earned


async def test_two_periods_at_once_are_an_absence_and_less_is_a_toast(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        for passed, told in ((2 * PERIOD - 1, False), (2 * PERIOD, True)):
            player_of(property_world).catch_up()
            app._minute()
            await settle(pilot)
            clock.advance(passed)
            app._minute()
            await settle(pilot)
            assert isinstance(app.screen, AwayDialog) is told


async def test_a_machine_that_slept_is_an_absence_and_waits_for_a_dialog_to_close(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await go(pilot, "question_mark")
        clock.advance(DAY)
        app.post_message(WorldChanged())
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen)
        await go(pilot, "escape")
        assert isinstance(app.screen, AwayDialog)


async def test_a_clock_that_was_set_back_is_told_once_with_both_times_and_is_no_absence(
    property_world: World, clock: FrozenClock, make_app: App
) -> None:
    provide(property_world, "stand")
    clock.advance(-30 * DAY)
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert not isinstance(app.screen, AwayDialog)
        for _ in range(2):
            app._minute()
            await settle(pilot)
        told = [words for words in said(pilot) if "your clock now says" in words]
        assert len(told) == 1
        assert to_iso(clock.at)[:10] in told[0]
        assert to_iso(clock.at + 30 * DAY)[:10] in told[0]


async def test_a_world_that_cannot_be_written_is_a_sentence_told_once(
    property_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: PlayerHandle) -> None:
        raise WorldError(Trouble.BUSY, "Another program holds the world.")

    monkeypatch.setattr(PlayerHandle, "catch_up", locked)
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app._minute()
        await settle(pilot)
        assert said(pilot).count("Another program holds the world.") == 1
        await go(pilot, "2")
        assert app.current_mode == "cases"


async def test_a_long_list_scrolls_and_closes_by_any_other_key(
    property_world: World, make_app: App
) -> None:
    span = replace(SPAN, raids=tuple(raid(f"Robber {number}") for number in range(60)))
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.push_screen(AwayDialog(Absence((span,), None, START)))
        await go(pilot, "down", "j", "end")
        assert isinstance(app.screen, AwayDialog)
        assert "In all" in text_of(app)
        await go(pilot, "space")
        assert not isinstance(app.screen, AwayDialog)


async def test_a_list_that_needs_no_scrolling_closes_by_the_arrows_too(
    property_world: World, make_app: App
) -> None:
    app = make_app(property_world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.push_screen(AwayDialog(Absence((SPAN,), None, START)))
        await go(pilot, "down")
        assert not isinstance(app.screen, AwayDialog)


# Pictures


async def test_picture_of_an_absence_with_everything(
    property_world: World, make_app: App, picture: Picture
) -> None:
    app = make_app(property_world)
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        app.screen.query_one("#room").visible = False
        app.push_screen(AwayDialog(everything("[@click=app.quit]x[/]")))
        for width, height in ((60, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")
