"""A game on a server shows what another did as soon as the server tells of it."""

import pytest

from inventui.app.app import InventuiApp
from inventui.config import Settings
from inventui.engine.players.models import Grant
from tests.builders import a_player, done
from tests.db.test_server_store import a_world
from tests.postgresql import address, cluster, run


@pytest.mark.trust
async def test_what_another_program_writes_is_shown_without_looking_for_it() -> None:
    with cluster() as server:
        run(server, ["CREATE DATABASE club"])
        url = address(server, "club")
        with a_world(url) as world, a_world(url) as other:
            a_player(world)
            app = InventuiApp(settings=Settings(), world=world, player="ana", watch_seconds=0)
            async with app.run_test(size=(100, 30)) as pilot:
                await app.workers.wait_for_complete()
                await app._mind_others()
                assert app._listener is not None
                for oranges in (1, 2):
                    before = app.session.card.oranges
                    done(other.grant("ana", oranges=oranges), Grant)
                    while app.session.card.oranges == before:
                        await pilot.pause(0.01)
                    assert app.session.card.oranges == before + oranges
            assert app._listener is None
