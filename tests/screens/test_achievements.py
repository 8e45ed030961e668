"""The achievements room: what is done, what is near, what it gives, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from inventui.app.app import InventuiApp
from inventui.engine.achievements.models import AchievementLine
from inventui.engine.world import World
from inventui.rules.achievements import ROOM_OF, Condition, Rewards
from inventui.rules.core.clock import FrozenClock
from inventui.screens.achievements.list import GoalList
from inventui.widgets.items.goal_text import COUNTED, GoalOrder, arranged, bar, goal_content
from inventui.widgets.session import WorldChanged
from tests.builders import SCREEN_PACKS
from tests.screens.conftest import (
    HOSTILE_IDS,
    HOSTILE_NAMES,
    PACK,
    Picture,
    fill,
    go,
    player_of,
    settle,
)
from tests.worlds.shop import text_of

GOALS = SCREEN_PACKS / "achievements.toml"


App = Callable[..., InventuiApp]


def goal_world(path: Path, clock: FrozenClock, goals: str) -> World:
    """A world of the tests' pack with these goals, and the new player ana."""
    from inventui.engine.core.secrets import SeededEntropy

    pack = path.parent / "goals.toml"
    pack.write_text(PACK.read_text() + goals)
    world = World.open(
        path, clock=clock, entropy=SeededEntropy("seed"), pack=pack, daily_backup=False
    )
    world.players.add("ana", key="add-ana")
    return world


@pytest.fixture
def achievement_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has done nothing yet."""
    world = goal_world(tmp_path / "goals.db", clock, GOALS.read_text())
    yield world
    world.close()


@pytest.fixture
def partly_world(achievement_world: World, clock: FrozenClock) -> World:
    """ana has reached some goals."""
    fill(achievement_world, clock)
    player_of(achievement_world).achievements.award("fill-achieve")
    clock.advance(3 * 3_600_000)
    return achievement_world


@pytest.fixture
def all_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has reached every goal there is."""
    goals = GOALS.read_text().split("[[achievements]]")
    world = goal_world(tmp_path / "all.db", clock, "[[achievements]]".join(goals[:3]))
    fill(world, clock)
    player = player_of(world)
    cheapest = min(world.catalogue.cases(), key=lambda case: case.price)
    opening = player.cases.open(cheapest.id, 30, key="fill-many")
    player.reveals.revealed(opening.operation)  # type: ignore[union-attr]
    player.achievements.award("fill-achieve")
    assert all(goal.done for goal in player.achievements.list())
    yield world
    world.close()


def listed(app: InventuiApp) -> list[str]:
    """The goals' slugs from top to bottom."""
    return [goal.slug for goal in app.screen.query_one(GoalList).rows]


def shown(app: InventuiApp) -> str:
    """What stands in the pane of the goal that is pointed at."""
    from textual.widgets import Static

    return str(app.screen.query_one("#about", Static).content)


async def test_what_is_nearest_stands_first_and_what_is_done_last(
    partly_world: World, make_app: App
) -> None:
    app = make_app(partly_world, room="achievements")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        goals = {goal.slug: goal for goal in player_of(partly_world).achievements.list()}
        order = listed(app)
        open_ = [slug for slug in order if not goals[slug].done]
        assert set(order) == set(goals)
        assert 0 < len(open_) < len(order)
        assert order[: len(open_)] == open_
        assert [goals[slug].share for slug in open_] == sorted(
            (goals[slug].share for slug in open_), reverse=True
        )
        await go(pilot, "end", "o")
        assert listed(app)[-len(open_) :] == open_
        assert app.screen.query_one(GoalList).cursor == 0


async def test_enter_leads_to_where_the_goal_is_reached(
    achievement_world: World, make_app: App
) -> None:
    app = make_app(achievement_world, room="achievements")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        goals = app.screen.query_one(GoalList)
        for _ in range(goals.count):
            if goals.row is not None and goals.row.slug == "first-crack":
                break
            await go(pilot, "down")
        assert "enter goes to Cases" in shown(app)
        await go(pilot, "enter")
        assert app.current_mode == "cases"


async def test_a_goal_without_a_room_says_why_it_leads_nowhere(
    achievement_world: World, make_app: App
) -> None:
    app = make_app(achievement_world, room="achievements")
    app.session.rooms = tuple(entry for entry in app.session.rooms if entry.slug != "people")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        goals = app.screen.query_one(GoalList)
        goals.move_to(listed(app).index("friends"))
        await settle(pilot)
        assert "goes to" not in shown(app)
        app.screen.go()  # type: ignore[attr-defined]
        await settle(pilot)
        assert app.current_mode == "achievements"
        assert [toast.message for toast in app._notifications][-1:] == [
            "There is no room for that yet."
        ]


async def test_the_cursor_stays_on_its_goal_when_others_are_reached(
    achievement_world: World, make_app: App
) -> None:
    app = make_app(achievement_world, room="achievements")
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "down", "down", "down")
        goals = app.screen.query_one(GoalList)
        here = goals.row
        assert here is not None
        case = achievement_world.catalogue.cases()[0]
        opening = player_of(achievement_world).cases.open(case.id)
        player_of(achievement_world).reveals.revealed(opening.operation)  # type: ignore[union-attr]
        app.post_message(WorldChanged())
        await settle(pilot)
        assert listed(app)[-1] == "first-crack"
        assert goals.row is not None
        assert goals.row.slug == here.slug


async def test_another_goal_is_read_from_its_beginning(
    tmp_path: Path, clock: FrozenClock, make_app: App
) -> None:
    words = GOALS.read_text().replace('description = "', f'description = "{"Peel! " * 30}')
    with goal_world(tmp_path / "long.db", clock, words) as world:
        app = make_app(world, room="achievements")
        async with app.run_test(size=(60, 20)) as pilot:
            await settle(pilot)
            pane = app.screen.query_one("#goal")
            pane.scroll_end(animate=False)
            await settle(pilot)
            assert pane.scroll_y > 0
            await go(pilot, "down")
            assert pane.scroll_y == 0


async def test_a_world_without_goals_says_so(world: World, make_app: App) -> None:
    app = make_app(world, room="achievements")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, "enter", "o", "down")
        assert app.screen.query_one("#none").display
        assert not app.screen.query_one(GoalList).display


def a_goal(name: str = "Goal", **changed: object) -> AchievementLine:
    fields: dict[str, object] = {
        "slug": "goal", "name": name, "description": name, "emoji": "", "threshold": 10,
        "condition": Condition.OPENINGS, "progress": 3, "achieved_at": None,
        "rewards": Rewards(1, 2, 3, "thing", name),
    }  # fmt: skip
    return AchievementLine(**(fields | changed))  # type: ignore[arg-type]


@pytest.mark.parametrize("tight", [False, True])
@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_a_packs_words_are_text_and_never_markup(name: str, tight: bool) -> None:
    content = goal_content(a_goal(name), 40, name, tight=tight)
    assert content.plain.count(name) == 4
    assert not any("click" in str(span.style) for span in content.spans)


async def test_a_row_fits_whatever_the_pack_says(world: World, make_app: App) -> None:
    goals = []
    for name in HOSTILE_NAMES:
        big = Rewards(10**12, 10**9, 10**9, "thing", name)
        goals.append(a_goal(name))
        goals.append(a_goal(name, threshold=10**15, rewards=big, achieved_at=1, emoji="🏅"))
    app = make_app(world, room="achievements")
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        rows = app.screen.query_one(GoalList)
        for width in (30, 31, 45, 56, 60, 76, 89):
            for goal in goals:
                first, second = rows.draw_row(goal, width, current=True)
                assert first.cell_length == width
                assert second.truncate(width).cell_length <= width


@pytest.mark.parametrize(("share", "full"), [(0.0, 0), (0.099, 0), (0.5, 5), (0.999, 9), (1.0, 10)])
def test_a_bar_is_full_only_when_the_goal_is_reached(share: float, full: int) -> None:
    drawn = bar(share, 10).plain
    assert drawn == "▰" * full + "▱" * (10 - full)
    assert cell_len(drawn) == 10


def test_every_condition_has_words_and_a_room() -> None:
    assert set(COUNTED) == set(ROOM_OF) == set(Condition)


def test_what_was_done_last_stands_on_top_of_what_is_done() -> None:
    goals = [
        a_goal(slug="old", achieved_at=1),
        a_goal(slug="open"),
        a_goal(slug="new", achieved_at=9),
    ]
    assert [goal.slug for goal in arranged(goals, GoalOrder.DONE)] == ["new", "old", "open"]
    assert [goal.slug for goal in arranged(goals, GoalOrder.NEAREST)] == ["open", "new", "old"]


async def test_the_footer_says_what_enter_would_do(achievement_world: World, make_app: App) -> None:
    app = make_app(achievement_world, room="achievements")
    async with app.run_test() as pilot:
        await settle(pilot)
        assert text_of(app).splitlines()[-1].startswith(" ⏎ Go there  o Order  ? Help ")


async def test_a_goal_that_is_reached_is_told_in_a_toast(
    achievement_world: World, make_app: App
) -> None:
    player = player_of(achievement_world)
    opening = player.cases.open(achievement_world.catalogue.cases()[0].id, key="open")
    player.reveals.revealed(opening.operation)  # type: ignore[union-attr]
    app = make_app(achievement_world)
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        (told,) = app._notifications
        assert (told.title, told.markup) == ("🏆 Well done", False)
        assert told.message.startswith("Achieved: First Crack.")
        assert "^g  Go to Achievements" in told.message


# Pictures


async def test_picture_of_some_done(partly_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(partly_world, room="achievements").run_test() as pilot:
        for width, height in ((80, 24), (120, 40)):
            await pilot.resize_terminal(width, height)
            await picture(pilot, f"{width}x{height}")


async def test_picture_of_all_done(all_world: World, make_app: App, picture: Picture) -> None:
    async with make_app(all_world, room="achievements").run_test() as pilot:
        await picture(pilot)


async def test_picture_without_colour_in_the_smallest_terminal(
    partly_world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app(partly_world, room="achievements").run_test(size=(60, 20)) as pilot:
        await picture(pilot)
