"""The game of a guest, as its process plays it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from inventui import config
from inventui.db.errors import Trouble, WorldError
from inventui.db.store import Store
from inventui.engine.world import World
from inventui.serve.guest import AWAY, BUSY, GuestApp, said_of_world
from inventui.widgets import errors
from inventui.widgets.session import PlayAs


async def playing(app: GuestApp, pilot: Any) -> None:
    while app.session.player is None:
        await pilot.pause(0.02)
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_session_opens_the_world_once(
    players: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    begin = Store.__init__

    def counted(self: Store, path: Path, **options: Any) -> None:
        opened.append(path)
        begin(self, path, **options)

    monkeypatch.setattr(Store, "__init__", counted)
    app = GuestApp(str(tmp_path / "world.db"), "ana", 1, 60)
    async with app.run_test(size=(80, 24)) as pilot:
        await playing(app, pilot)
    assert len(opened) == 1


@pytest.mark.parametrize("name", ["bob", ""])
async def test_a_guest_stays_who_signed_in_whatever_a_screen_asks_for(
    players: World, tmp_path: Path, name: str
) -> None:
    app = GuestApp(str(tmp_path / "world.db"), "ana", 1, 60)
    async with app.run_test(size=(80, 24)) as pilot:
        await playing(app, pilot)
        shown = app.screen
        app.post_message(PlayAs(name))
        await playing(app, pilot)
        assert app.session.card is not None
        assert app.session.card.name == "ana"
        assert app.screen is shown


@pytest.mark.parametrize(("trouble", "said"), [(Trouble.BUSY, BUSY), (Trouble.UNREACHABLE, AWAY)])
def test_a_guest_is_told_of_a_fault_of_the_world_without_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Trouble, said: str
) -> None:
    monkeypatch.setenv("INVENTUI_HOME", str(tmp_path))
    monkeypatch.setattr(errors, "said_of_world", said_of_world)
    assert errors.plain_sentence(WorldError(trouble, "club on 10.0.0.1")) == said
    assert "10.0.0.1" not in said
    assert "10.0.0.1" in config.log_file().read_text()
