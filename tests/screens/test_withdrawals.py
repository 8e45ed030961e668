"""Giving and withdrawing from the inventory, certificates, and what is still owed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Button, Input, Static

from inventui import config
from inventui.app.app import InventuiApp
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemLine
from inventui.engine.withdrawals import withdrawals as writing
from inventui.engine.withdrawals.models import WithdrawalLine, Withdrawn
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Rarity, Status
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE, WithdrawalState
from inventui.screens.inventory.screen import InventoryRoom
from inventui.screens.people.gift_dialog import GiftDialog
from inventui.screens.withdrawals.dialogs import TakenOut, TakenOutDialog, WithdrawDialog
from inventui.screens.withdrawals.screen import WithdrawalList, withdrawal_rows
from inventui.widgets.frame.choice_dialog import ChoiceDialog
from inventui.widgets.frame.empty_pane import EmptyPane
from inventui.widgets.frame.key_bar import KeyBar
from inventui.widgets.session_kind import SessionKind
from tests.builders import lived_in
from tests.screens.conftest import (
    HOSTILE_NAMES,
    PACK,
    START,
    Picture,
    befriend,
    fill,
    go,
    player_of,
    settle,
)
from tests.screens.pictures import draw, words
from tests.worlds.shop import text_of

App = Callable[..., InventuiApp]


def best(world: World) -> ItemLine:
    """The most valuable thing that ana has."""
    page = player_of(world).inventory.page(
        InventoryQuery(tab=InventoryTab.COLLECTIBLES, sort=Sort.VALUE)
    )
    assert isinstance(page, InventoryPage)
    return page.items[0]


def open_world(path: Path, clock: FrozenClock) -> World:
    """A world of the screens' pack."""
    return World.open(
        path, clock=clock, entropy=SeededEntropy("seed"), pack=PACK, daily_backup=False
    )


def live_until_something_is_dear(path: Path) -> int:
    """ana has a thing worth withdrawing and cheap ones, and the friend bo."""
    clock = FrozenClock(START)
    with open_world(path, clock) as world:
        world.players.add("ana", key="add-ana")
        fill(world, clock)
        ana = player_of(world)
        dearest = max(world.catalogue.cases(), key=lambda case: case.price)
        world.grant("ana", oranges=10_000_000, key="rich")
        for number in range(40):
            opening = ana.cases.open(dearest.id, 100, key=f"rich-{number}")
            ana.reveals.revealed(opening.operation)  # type: ignore[union-attr]
            if best(world).value >= LEAST_VALUE and not best(world).locked:
                break
        assert best(world).value >= LEAST_VALUE
        world.players.add("bo", key="add-bo")
        befriend(world, "ana", "bo")
    return clock.at


@pytest.fixture
def rich_world(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    """ana has a thing worth withdrawing, and the friend bo."""
    path = tmp_path / "world.db"
    clock.at = lived_in(path, live_until_something_is_dear).at
    with open_world(path, clock) as world:
        yield world


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
    room.shown = InventoryQuery(tab=InventoryTab.COLLECTIBLES, sort=Sort.VALUE)
    room.list_player_items(keep=False)
    await settle(pilot)  # type: ignore[arg-type]
    assert room.player_items.row is not None
    assert room.player_items.row.id == line.id
    return line


async def test_g_gives_the_thing_under_the_cursor_to_a_friend(
    rich_world: World, make_app: App
) -> None:
    app = make_app(rich_world, room="inventory")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        line = await point_at(app, rich_world, pilot)
        await go(pilot, "p")
        assert isinstance(app.screen, ChoiceDialog)
        await go(pilot, "enter")
        assert isinstance(app.screen, GiftDialog)
        await go(pilot, *"hi", "enter")
        page = player_of(rich_world, "bo").inventory.page(
            InventoryQuery(tab=InventoryTab.COLLECTIBLES)
        )
        assert [item.name for item in page.items] == [line.name]  # type: ignore[union-attr]
        assert best(rich_world).id != line.id
        assert [toast.title for toast in app._notifications][-1] == "🎁 Given"


async def test_without_friends_a_gift_leads_to_people(filled_world: World, make_app: App) -> None:
    app = make_app(filled_world, room="inventory")
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        await point_at(app, filled_world, pilot)
        room = app.screen
        assert isinstance(room, InventoryRoom)
        before = filled_world.version_token()
        room.player_items.action_last()
        await settle(pilot)
        await go(pilot, "p")
        assert "you have none yet" in [toast.message for toast in app._notifications][-1]
        assert filled_world.version_token() == before
        await go(pilot, "ctrl+g")
        assert app.current_mode == "people"


async def test_a_withdrawn_thing_leaves_a_certificate_with_its_details(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    app = make_app(rich_world, room="inventory")
    opened: list[str] = []
    app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign, assignment]
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        line = await point_at(app, rich_world, pilot)
        await go(pilot, "w")
        assert isinstance(app.screen, WithdrawDialog)
        await go(pilot, *"shelf", "enter", "right", "enter")
        assert isinstance(app.screen, TakenOutDialog)
        done = player_of(rich_world).withdrawals.list()[0]
        assert (done.item_id, done.details) == (line.id, "shelf")
        assert done.state is WithdrawalState.DELIVERED
        assert Path(done.path).parent == certificates
        await go(pilot, "o", "escape")
        assert opened == [Path(done.path).with_suffix(".svg").as_uri()]
        assert isinstance(app.screen, InventoryRoom)
        await go(pilot, "@withdrawals", "enter")
        assert len(opened) == 2
        await go(pilot, "o")
        assert opened[2:] == [certificates.absolute().as_uri()]
        app.session.kind = SessionKind.GUEST
        await go(pilot, "o")
        assert len(opened) == 3, "a guest's certificates lie on the machine of another"
        assert app.clipboard == "certificates"


async def test_a_guest_is_told_how_they_reach_their_files_and_no_path_of_the_server(
    rich_world: World, make_app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("INVENTUI_HOME", ".")
    app = make_app(rich_world, room="inventory")
    app.session.kind = SessionKind.GUEST
    shown: list[str] = []

    async def see(*keys: str) -> str:
        await go(pilot, *keys)
        said = " ".join(str(each.content) for each in app.screen.query(Static))
        shown.extend((" ".join(said.split()), text_of(app)))
        return shown[-2]

    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await point_at(app, rich_world, pilot)
        assert "goes to certificates, among your files (the page Files, or sftp)" in await see("w")
        assert "among your files (the page Files, or sftp): certificates/" in await see(
            "enter", "right", "enter"
        )
        path = player_of(rich_world).withdrawals.list()[0].path
        assert path.startswith("documents/certificates/")
        assert path.removeprefix("documents/") in await see("escape", "@withdrawals", "y")
        assert app.clipboard == path.removeprefix("documents/")
        await see("w", "o")
        assert "your files there: the page Files, or sftp" in await see("@settings")
        await see("@fairness", "r", "enter")
        await see("x", "enter")
        monkeypatch.setattr(writing, "write_whole", refuse_to_write)
        await see("@withdrawals", "w")
        shown += [each.message for each in app._notifications]
        assert any("can't be written to certificates: no room" in words for words in shown)
        assert any("Written to inventui-proof" in words for words in shown)
    assert not [words for words in shown if "documents" in words or str(tmp_path) in words]


def refuse_to_write(*_: object) -> None:
    raise OSError(28, "no room")


async def test_closing_the_dialog_withdraws_nothing_and_too_long_details_are_refused(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    app = make_app(rich_world, room="inventory")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await point_at(app, rich_world, pilot)
        before = rich_world.version_token()
        await go(pilot, "w", "enter", "enter", "w")
        for length, disabled in ((500, False), (501, True)):
            app.screen.query_one(Input).value = "x" * length
            await settle(pilot)
            assert f"{length}/500" in str(app.screen.query_one("#count", Static).content)
            assert app.screen.query_one("#yes", Button).disabled is disabled
        await go(pilot, "escape")
        assert isinstance(app.screen, InventoryRoom)
        assert rich_world.version_token() == before
        assert not certificates.exists()


async def test_what_is_worth_too_little_offers_no_withdrawal(
    filled_world: World, make_app: App
) -> None:
    app = make_app(filled_world, room="inventory")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        room = app.screen
        assert isinstance(room, InventoryRoom)
        room.player_items.action_last()
        await settle(pilot)
        assert room.player_items.row is not None
        assert room.player_items.row.value < LEAST_VALUE
        assert room.offers("withdraw") is False
        await go(pilot, "w")
        assert app.screen is room


async def test_what_could_not_be_written_is_told_and_tried_again_at_the_next_start(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    app = make_app(rich_world, room="inventory")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await point_at(app, rich_world, pilot)
        await go(pilot, "w", "enter", "right", "enter")
        assert isinstance(app.screen, TakenOutDialog)
        assert "tried again at the next start" in app.screen.taken.trouble
        assert player_of(rich_world).withdrawals.pending()
    certificates.unlink()
    again = make_app(rich_world, room="inventory")
    async with again.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        assert not player_of(rich_world).withdrawals.pending()
        told = [toast.message for toast in again._notifications]
        assert any(words.startswith("The certificate of") for words in told)
    assert len(list(certificates.glob("*.json"))) == 1


async def test_t_tries_again_what_is_pending(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    app = make_app(rich_world, room="withdrawals")
    player_of(rich_world).withdrawals.withdraw(best(rich_world).id, "", "owed")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        listed = app.screen.query_one(WithdrawalList)
        assert listed.row is not None
        assert listed.row.state is WithdrawalState.PENDING
        certificates.unlink()
        await go(pilot, "t")
        assert listed.row.state is WithdrawalState.DELIVERED


async def test_w_writes_a_certificate_again_whose_file_is_gone(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    ana = player_of(rich_world)
    ana.withdrawals.withdraw(best(rich_world).id, "", "gone")
    (delivery,) = ana.withdrawals.deliver(certificates)
    Path(delivery.path).unlink()
    async with make_app(rich_world, room="withdrawals").run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await go(pilot, "w")
        assert Path(delivery.path).is_file()


async def test_y_copies_where_a_certificate_lies_and_nothing_while_it_is_owed(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    ana = player_of(rich_world)
    ana.withdrawals.withdraw(best(rich_world).id, "", "copied")
    app = make_app(rich_world, room="withdrawals")
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await go(pilot, "y")
        assert app.clipboard == ""
        certificates.unlink()
        await go(pilot, "t", "y")
        assert app.clipboard == ana.withdrawals.list()[0].path != ""


async def test_what_fails_again_says_why_and_stays_pending(
    rich_world: World, make_app: App, certificates: Path
) -> None:
    certificates.write_text("a file where the folder should be")
    app = make_app(rich_world, room="withdrawals")
    player_of(rich_world).withdrawals.withdraw(best(rich_world).id, "", "owed")
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        before = len(app._notifications)
        await go(pilot, "t")
        told = [toast.message for toast in app._notifications][before:]
        assert len(told) == 1
        assert "can't be written" in told[0]
        line = app.screen.query_one(WithdrawalList).row
        assert line is not None
        assert line.state is WithdrawalState.PENDING


def test_a_row_fits_and_its_words_are_text() -> None:
    for name in HOSTILE_NAMES:
        line = WithdrawalLine(
            1, 2, name, Category.COLLECTIBLE, Rarity.EPIC, 10**9, 0, name,
            WithdrawalState.DELIVERED, f"/{name}.json",
        )  # fmt: skip
        for width in (*range(48, 56), 78, 80, 109, 110):
            first, second = withdrawal_rows(line, 10**14, width, current=True)
            assert first.cell_length == width
            assert second.cell_length <= width
            assert not any("click" in str(span.style) for span in first.spans + second.spans)


async def test_one_certificate_lies_somewhere_and_another_is_owed(
    rich_world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = player_of(rich_world)
    ana.withdrawals.withdraw(best(rich_world).id, "[@click=app.quit]x[/]", "first")
    lines = list(ana.withdrawals.list())
    delivered = WithdrawalLine(
        9, 9, "Golden Squeezer", Category.COLLECTIBLE, Rarity.LEGENDARY, 15_000,
        lines[0].at, "To my shelf", WithdrawalState.DELIVERED,
        "/home/ana/Documents/inventui/certificates/golden-squeezer-9.json",
    )  # fmt: skip
    listed = (*lines, delivered)
    monkeypatch.setattr(
        "inventui.engine.withdrawals.withdrawals.Withdrawals.list", lambda _: listed
    )
    monkeypatch.setattr(
        "inventui.engine.withdrawals.withdrawals.Withdrawals.pending", lambda _: False
    )
    async with make_app(rich_world, room="withdrawals").run_test(size=(80, 24)) as pilot:
        await picture(pilot, "80x24")
        await go(pilot, "down")
        said = str(pilot.app.screen.query_one("#about", Static).content)
        assert delivered.path in said
        assert "“To my shelf”" in said
        await pilot.resize_terminal(120, 40)
        await picture(pilot, "120x40")
        keys = str(pilot.app.screen.query_one(KeyBar).render()).split()
        assert " ".join(keys) == "⏎ Show o Folder t Try again w Write again ? Help ^p Palette"


async def test_who_has_withdrawn_nothing_is_told_what_can_be(world: World, make_app: App) -> None:
    async with make_app(world, room="withdrawals").run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        drawn = " ".join(" ".join(words(draw(pilot.app))).replace("│", " ").split())
        assert "it proves where the thing came from, and how it was rolled" in drawn
        assert "3 leads to the inventory: with w a thing worth 10,000 oranges or more is" in drawn


def test_a_path_loses_whole_folders_from_its_beginning() -> None:
    path = "/home/ana/Documents/inventui/certificates/golden-squeezer-9.json"
    line = WithdrawalLine(
        1,
        1,
        "Squeezer",
        Category.COLLECTIBLE,
        Rarity.RARE,
        1,
        0,
        "",
        WithdrawalState.DELIVERED,
        path,
    )
    for width, told in (
        (76, path),
        (56, "…/certificates/golden-squeezer-9.json"),
        (40, "…/golden-squeezer-9.json"),
        (28, "golden-squeezer-9.json"),
    ):
        assert withdrawal_rows(line, 0, width, current=False)[1].plain.strip() == told


@pytest.mark.parametrize("room", ["withdrawals", "fairness", "notifications", "trades"])
async def test_in_a_roomy_terminal_bigpulp_says_in_whole_words_what_will_stand_there(
    room: str, world: World, make_app: App
) -> None:
    app = make_app(world, room=room)
    async with app.run_test(size=(140, 45)) as pilot:
        await settle(pilot)
        pane = app.screen.query_one(EmptyPane)
        wide = pane.render().plain
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        narrow = pane.render().plain
        assert "▀" in wide
        assert "▀" not in narrow
        assert " ".join(re.sub("[▀▄█]", " ", wide).split()) == " ".join(narrow.split())
        # He stands in the middle, and nothing of him or of what he says is cut.
        assert max(map(cell_len, wide.split("\n"))) < 120


async def test_picture_of_a_withdrawal_and_of_where_its_certificate_lies(
    world: World, make_app: App, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path("/home/ana/Documents/inventui/certificates")
    monkeypatch.setattr(config, "certificates_dir", lambda: folder)
    line = ItemLine(
        7, "[b]Golden[/] Squeezer", Category.COLLECTIBLE, Rarity.LEGENDARY, 15_000, Status.OWNED,
        False, 0, "", "",
    )  # fmt: skip
    done = Withdrawn(1, 1, 7, "[b]Golden[/] Squeezer", 15_000, True, 0)
    path = f"{folder}/golden-squeezer-9.json"
    trouble = "It can't be written: [@click=app.quit]x[/]."
    app = make_app(world, room="inventory")
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        app.push_screen(WithdrawDialog(player_of(world), line))
        await picture(pilot, "60x20")
        await go(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        app.push_screen(TakenOutDialog(TakenOut(done, path, "")))
        await settle(pilot)
        drawn = re.sub(r"[│\s]", "", "".join(words(draw(app))))
        assert path in drawn
        await go(pilot, "escape")
        app.push_screen(TakenOutDialog(TakenOut(done, "", trouble)))
        await picture(pilot, "owed 80x24")
