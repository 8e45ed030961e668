"""Whoever lives here can be found by name, however many there are."""

from collections.abc import Callable, Iterator

import pytest
from benchmarks.worlds import bulk

from inventui.app.app import InventuiApp
from inventui.engine.people.models import MOST_LISTED
from inventui.engine.world import World
from inventui.screens.shared.person_dialog import PersonDialog
from inventui.screens.streets.targets import TargetList
from inventui.widgets.items.people_list import PeopleList
from tests.builders import a_player
from tests.screens.conftest import go, player_of, settle
from tests.worlds import large

LAST = "p999"
"""The last by name of all that live there, who is no friend of ana's."""


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with more people than a list shows."""
    path = tmp_path_factory.mktemp("crowd") / "world.db"
    with large.open_large(path) as world:
        a_player(world, "ana")
    with bulk(path) as connection:
        connection.executemany(
            "INSERT INTO player (id, name, name_key, look, created_at, revealed_operation_id)"
            " VALUES (?1, ?2, ?2, ?2, 0, 0)",
            [(1_000 + number, f"p{number}") for number in range(MOST_LISTED + 100)],
        )
        connection.execute(
            "INSERT INTO account (player_id, currency, balance, spent, lines, last_transfer_id)"
            " SELECT id, currency, 0, 0, 0, 0 FROM player, (SELECT 'oranges' AS currency UNION"
            " SELECT 'gems' UNION SELECT 'experience') c WHERE id >= 1000"
        )
    with large.open_large(path) as world:
        yield world


@pytest.mark.parametrize(("room", "listed"), [("people", PeopleList), ("streets", TargetList)])
async def test_who_is_beyond_the_list_is_found_by_name_and_stays_in_it(
    room: str,
    listed: type[PeopleList | TargetList],
    crowded: World,
    make_app: Callable[..., InventuiApp],
) -> None:
    app = make_app(crowded, room=room)
    async with app.run_test() as pilot:
        await settle(pilot)
        shown = app.screen.query_one(listed)
        assert LAST not in {row.name for row in shown.rows}
        await go(pilot, "slash", *LAST)
        assert isinstance(app.screen, PersonDialog)
        assert [row.name for row in app.screen.people.rows] == [LAST]
        await go(pilot, "enter")
        for _ in range(2):
            assert shown.row is not None
            assert shown.row.name == LAST
            app.screen.refresh_room()  # type: ignore[attr-defined]
            await settle(pilot)


async def test_a_room_that_is_entered_for_somebody_lists_them(
    crowded: World, make_app: Callable[..., InventuiApp]
) -> None:
    app = make_app(crowded)
    async with app.run_test() as pilot:
        await settle(pilot)
        for room, listed in (("people", PeopleList), ("streets", TargetList)):
            app.session.whom = LAST
            await go(pilot, f"@{room}")
            row = app.screen.query_one(listed).row
            assert row is not None
            assert row.name == LAST


def test_names_that_begin_so_are_found_whatever_their_case(crowded: World) -> None:
    friends = player_of(crowded).friends
    assert [line.name for line in friends.named("P99")] == [
        "p99",
        *(f"p{number}" for number in range(990, 1000)),
    ]
    assert friends.named("ana") == friends.named("nobody") == ()
