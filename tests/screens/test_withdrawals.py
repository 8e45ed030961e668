"""Giving and withdrawing from the inventory, certificates, and what is still owed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button, Input, Static

from inventui import config
from inventui.app import InventuiApp
from inventui.engine.models import (
    InventoryPage,
    InventoryQuery,
    ItemLine,
    WithdrawalLine,
    Withdrawn,
)
from inventui.engine.world import World
from inventui.rules.enums import Category, Rarity, Status
from inventui.rules.inventory import Sort, Tab
from inventui.rules.withdrawals import LEAST_VALUE, WithdrawalState
from inventui.screens.gift_dialog import GiftDialog
from inventui.screens.inventory import InventoryRoom
from inventui.screens.withdraw_dialogs import TakenOut, TakenOutDialog, WithdrawDialog
from inventui.screens.withdrawals import WithdrawalList, withdrawal_rows
from inventui.widgets.choice_dialog import ChoiceDialog
from tests.screens.conftest import (
    EVERY_ROOM,
    HOSTILE_IDS,
    HOSTILE_NAMES,
    befriend,
    go,
    player_of,
    settle,
)

SIZES = [(80, 24), (120, 40)]
SIZE_IDS = ["80x24", "120x40"]
App = Callable[..., InventuiApp]
Snap = Callable[..., bool]


def best(world: World) -> ItemLine:
    """The most valuable thing that ana has."""
    page = player_of(world).inventory.page(InventoryQuery(tab=Tab.COLLECTIBLES, sort=Sort.VALUE))
    assert isinstance(page, InventoryPage)
    return page.items[0]


@pytest.fixture
def rich(filled_world: World) -> World:
    """ana has a thing worth withdrawing, and the friend bo."""
    ana = player_of(filled_world)
    cases = sorted(filled_world.catalogue.cases(), key=lambda case: -case.price)
    filled_world.grant("ana", oranges=10_000_000, key="rich")
    for number in range(40):
        opening = ana.cases.open(cases[0].id, 100, key=f"rich-{number}")
        ana.cases.revealed(opening.operation)  # type: ignore[union-attr]
        if best(filled_world).value >= LEAST_VALUE and not best(filled_world).locked:
            break
    assert best(filled_world).value >= LEAST_VALUE
    filled_world.players.add("bo", key="add-bo")
    befriend(filled_world, "ana", "bo")
    return filled_world


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where certificates go, with a name that is the same in every run."""
    folder = tmp_path / "certificates"
    monkeypatch.setattr(config, "certificates_dir", lambda: folder)
    return folder


async def point_at(app: InventuiApp, world: World, pilot: object) -> ItemLine:
    """Put the inventory's cursor on the most valuable thing."""
    room = app.screen
    assert isinstance(room, InventoryRoom)
    line = best(world)
    room.shown = InventoryQuery(tab=Tab.COLLECTIBLES, sort=Sort.VALUE)
    room.list_things(keep=False)
    await settle(pilot)  # type: ignore[arg-type]
    assert room.things.row is not None
    assert room.things.row.id == line.id
    return line


async def test_g_gives_the_thing_under_the_cursor_to_a_friend(rich: World, make_app: App) -> None:
    app = make_app(rich)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await go(pilot, "3")
        line = await point_at(app, rich, pilot)
        await go(pilot, "g")
        assert isinstance(app.screen, ChoiceDialog)
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        await go(pilot, *"hi", "enter")
        page = player_of(rich, "bo").inventory.page(InventoryQuery(tab=Tab.COLLECTIBLES))
        assert [item.name for item in page.items] == [line.name]  # type: ignore[union-attr]
        assert best(rich).id != line.id
        assert [toast.title for toast in app._notifications][-1] == "🎁 Given"


async def test_without_friends_a_gift_leads_to_people(filled_world: World, make_app: App) -> None:
    app = make_app(filled_world)
    async with app.run_test(notifications=True) as pilot:
        await go(pilot, "3")
        await point_at(app, filled_world, pilot)
        room = app.screen
        assert isinstance(room, InventoryRoom)
        before = filled_world.version_token()
        room.things.action_last()
        await settle(pilot)
        await go(pilot, "g")
        assert "you have none yet" in [toast.message for toast in app._notifications][-1]
        assert filled_world.version_token() == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "people"


async def test_a_withdrawn_thing_leaves_a_certificate_with_its_details(
    rich: World, make_app: App, certificates: Path
) -> None:
    app = make_app(rich)
    opened: list[str] = []
    app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign, assignment]
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "3")
        line = await point_at(app, rich, pilot)
        await go(pilot, "w")
        assert isinstance(app.screen, WithdrawDialog)
        await go(pilot, *"shelf", "enter", "right", "enter")
        assert isinstance(app.screen, TakenOutDialog)
        done = player_of(rich).withdrawals.list()[0]
        assert (done.item_id, done.details) == (line.id, "shelf")
        assert done.state is WithdrawalState.DELIVERED
        assert Path(done.path).parent == certificates
        await go(pilot, "o", "escape")
        assert opened == [Path(done.path).with_suffix(".svg").as_uri()]
        assert isinstance(app.screen, InventoryRoom)
        await go(pilot, "@withdrawals", "o")
        assert len(opened) == 2


async def test_closing_the_dialog_withdraws_nothing(
    rich: World, make_app: App, certificates: Path
) -> None:
    app = make_app(rich)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "3")
        await point_at(app, rich, pilot)
        before = rich.version_token()
        await go(pilot, "w", "enter", "enter", "w", "escape")
        assert rich.version_token() == before
        assert not certificates.exists()


async def test_details_that_are_too_long_are_refused_as_one_types(
    rich: World, make_app: App, certificates: Path
) -> None:
    app = make_app(rich)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "3")
        await point_at(app, rich, pilot)
        await go(pilot, "w")
        app.screen.query_one(Input).value = "x" * 501
        await settle(pilot)
        assert "501/500" in str(app.screen.query_one("#count", Static).content)
        assert app.screen.query_one("#yes", Button).disabled


async def test_what_is_worth_too_little_offers_no_withdrawal(
    filled_world: World, make_app: App
) -> None:
    app = make_app(filled_world)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "3")
        room = app.screen
        assert isinstance(room, InventoryRoom)
        room.things.action_last()
        await settle(pilot)
        assert room.things.row is not None
        assert room.things.row.value < LEAST_VALUE
        assert room.check_action("withdraw", ()) is False
        await go(pilot, "w")
        assert app.screen is room


async def test_what_could_not_be_written_is_told_and_tried_again_at_the_next_start(
    rich: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    app = make_app(rich)
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "3")
        await point_at(app, rich, pilot)
        await go(pilot, "w", "enter", "right", "enter")
        assert isinstance(app.screen, TakenOutDialog)
        assert "tried again at the next start" in app.screen.taken.trouble
        assert player_of(rich).withdrawals.pending()
    certificates.unlink()
    again = make_app(rich)
    async with again.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        assert not player_of(rich).withdrawals.pending()
        told = [toast.message for toast in again._notifications]
        assert any(words.startswith("The certificate of") for words in told)
    assert len(list(certificates.glob("*.json"))) == 1


async def test_t_tries_again_what_is_pending(
    rich: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    app = make_app(rich)
    player_of(rich).withdrawals.withdraw(best(rich).id, "", "owed")
    async with app.run_test(size=(100, 30)) as pilot:
        await go(pilot, "@withdrawals")
        listed = app.screen.query_one(WithdrawalList)
        assert listed.line is not None
        assert listed.line.state is WithdrawalState.PENDING
        certificates.unlink()
        await go(pilot, "t")
        assert listed.line.state is WithdrawalState.DELIVERED


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=HOSTILE_IDS)
def test_a_row_fits_and_its_words_are_text(name: str) -> None:
    line = WithdrawalLine(
        1, 2, name, Category.COLLECTIBLE, Rarity.EPIC, 10**9, 0, name,
        WithdrawalState.DELIVERED, f"/{name}.json",
    )  # fmt: skip
    for width in range(48, 110):
        first, second = withdrawal_rows(line, 10**14, width, current=True)
        assert first.cell_length == width
        assert second.cell_length <= width
        assert not any("click" in str(span.style) for span in first.spans + second.spans)


@pytest.fixture
def owed(rich: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """One certificate lies somewhere, another is owed."""
    ana = player_of(rich)
    ana.withdrawals.withdraw(best(rich).id, "[@click=app.quit]x[/]", "first")
    lines = list(ana.withdrawals.list())
    done = WithdrawalLine(
        9, 9, "Golden Squeezer", Category.COLLECTIBLE, Rarity.LEGENDARY, 15_000,
        lines[0].at, "To my shelf", WithdrawalState.DELIVERED,
        "/home/ana/Documents/inventui/certificates/golden-squeezer-9.json",
    )  # fmt: skip
    monkeypatch.setattr("inventui.engine.withdrawals.Withdrawals.list", lambda _: (*lines, done))
    monkeypatch.setattr("inventui.engine.withdrawals.Withdrawals.pending", lambda _: False)
    return rich


@pytest.mark.parametrize("size", SIZES, ids=SIZE_IDS)
def test_picture_of_withdrawals(
    size: tuple[int, int], snap: Snap, owed: World, make_app: App
) -> None:
    assert snap(make_app(owed), size, ("@withdrawals",), rooms=EVERY_ROOM)


def test_picture_of_no_withdrawals(snap: Snap, world: World, make_app: App) -> None:
    assert snap(make_app(world), (80, 24), ("@withdrawals",), rooms=EVERY_ROOM)


@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids=[*SIZE_IDS, "60x20"])
def test_picture_of_a_withdrawal(
    size: tuple[int, int], snap: Snap, world: World, make_app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path("/home/ana/Documents/inventui/certificates")
    monkeypatch.setattr(config, "certificates_dir", lambda: folder)
    line = ItemLine(
        7, "[b]Golden[/] Squeezer", Category.COLLECTIBLE, Rarity.LEGENDARY, 15_000, Status.OWNED,
        False, 0, "", "",
    )  # fmt: skip
    app = make_app(world)

    async def ask(_: object) -> None:
        app.push_screen(WithdrawDialog(player_of(world), line))

    assert snap(app, size, (), run_before=ask)


@pytest.mark.parametrize(
    "trouble", ["", "It can't be written: [@click=app.quit]x[/]."], ids=["written", "owed"]
)
def test_picture_of_where_the_certificate_lies(
    trouble: str, snap: Snap, world: World, make_app: App
) -> None:
    path = "" if trouble else "/home/ana/Documents/inventui/certificates/golden-squeezer-9.json"
    done = Withdrawn(1, 1, 7, "[b]Golden[/] Squeezer", 15_000, True, 0)
    app = make_app(world)

    async def tell(_: object) -> None:
        app.push_screen(TakenOutDialog(TakenOut(done, path, trouble)))

    assert snap(app, (80, 24), (), run_before=tell)
