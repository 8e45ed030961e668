"""Dialogs about people as they look without colour and with hostile words in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.segment import Segment
from textual.widgets import Input

from inventui import config
from inventui.app.app import InventuiApp
from inventui.engine.inventory.models import ItemLine
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.people.gifts import MESSAGE_LENGTH
from inventui.screens.history.item_history import ItemHistoryDialog
from inventui.screens.people.gift_dialog import GiftDialog
from inventui.screens.settings.passphrases import NewPassphraseDialog, PassphraseDialog
from inventui.screens.shared.item_choice import ItemChoice
from inventui.screens.withdrawals.dialogs import TakenOut, TakenOutDialog, WithdrawDialog
from tests.screens.conftest import Picture, befriend, go, player_of, settle
from tests.worlds.shop import text_of

if TYPE_CHECKING:
    from textual.screen import ModalScreen

App = Callable[..., InventuiApp]

LINK = "[@click=app.quit]x[/]"
UNOPENED = "x[/nope]"
WIDE = "漢" * 24
FOLDER = Path("/home/ana/Documents/inventui/certificates")


def gift_of_oranges(world: World) -> ModalScreen[Any]:
    """A message as long as can be, for somebody with a long name."""
    return GiftDialog(player_of(world), WIDE, ItemChoice("Oranges"))


def gift_of_a_player_item(world: World) -> ModalScreen[Any]:
    """A thing and a friend called as nobody should be."""
    return GiftDialog(player_of(world), LINK, ItemChoice(UNOPENED, 1, Rarity.EPIC))


def withdrawal(world: World) -> ModalScreen[Any]:
    """A thing with a hostile name."""
    line = ItemLine(
        7, LINK, Category.COLLECTIBLE, Rarity.LEGENDARY, 15_000, Status.OWNED, False, 0, "", "",
    )  # fmt: skip
    return WithdrawDialog(player_of(world), line)


def owed(_: World) -> ModalScreen[Any]:
    """A certificate that no disk had room for."""
    done = Withdrawn(1, 1, 7, UNOPENED, 15_000, True, 0)
    trouble = (
        f"{UNOPENED} is withdrawn, but its certificate can't be written to {FOLDER}: No space "
        "left on device. It is tried again at the next start."
    )
    return TakenOutDialog(TakenOut(done, "", trouble))


def history(world: World) -> ModalScreen[Any]:
    """A thing that a hostile friend gave."""
    world.players.add(LINK, key="add-hostile")
    befriend(world, LINK, "ana")
    given = world.grant(LINK, item="golden-squeezer", key="grant")
    sent = player_of(world, LINK).gifts.send_item("ana", given.item_id, key="gift")  # type: ignore[arg-type, union-attr]
    assert sent.received_id  # type: ignore[union-attr]
    return ItemHistoryDialog(sent.received_id, UNOPENED)  # type: ignore[union-attr, arg-type]


def passphrase(world: World) -> ModalScreen[Any]:
    """Somebody with a hostile name asks for a passphrase."""
    return PassphraseDialog(world, LINK)


def new_passphrase(_: World) -> ModalScreen[Any]:
    """Somebody with a wide name sets another one."""
    return NewPassphraseDialog(WIDE, asked=True)


SHOWN = {
    gift_of_oranges: WIDE[:8],
    gift_of_a_player_item: UNOPENED,
    withdrawal: LINK,
    owed: UNOPENED,
    history: LINK,
    passphrase: LINK,
    new_passphrase: WIDE[:8],
}
"""Dialogs, and hostile words that are seen in them."""

PICTURED = (gift_of_oranges, history)


def parts_of(app: InventuiApp) -> list[Segment]:
    """All that is on screen, with its styles."""
    lines = app.screen._compositor.render_strips(app.size)
    return [segment for line in lines for segment in line]


TYPED = {
    gift_of_oranges: ("5", "漢" * MESSAGE_LENGTH),
    gift_of_a_player_item: (LINK + "\U0001f34a",),
}


async def test_picture_of_dialogs_without_colour_and_their_hostile_words_as_they_are(
    world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(config, "certificates_dir", lambda: FOLDER)
    app = make_app(world)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.screen.query_one("#room").visible = False
        for show, words in SHOWN.items():
            app.push_screen(show(world))
            await settle(pilot)
            for entry, typed in zip(app.screen.query(Input), TYPED.get(show, ()), strict=False):
                entry.value = typed
            await settle(pilot)
            assert words in text_of(app), show.__name__
            links = (part.style and part.style.meta.get("@click") for part in parts_of(app))
            assert not any("quit" in str(link) for link in links)
            if show in PICTURED:
                await picture(pilot, show.__name__)
            await go(pilot, "escape")
            assert app.screen is app.screen_stack[0]
