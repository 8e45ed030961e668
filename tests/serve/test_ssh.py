"""Players who come by SSH."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest

from inventui.engine.players.models import Grant
from inventui.engine.world import World
from tests.builders import audited, done
from tests.cli.real_terminal import LEFT, PATIENCE
from tests.serve.conftest import Client, Served, asyncssh, serving

pytestmark = pytest.mark.trust


async def test_who_signs_in_plays_as_themselves_and_as_nobody_else(served: Served) -> None:
    async with served.connected("ANA") as connection:
        client = await Client.of(connection)
        await client.until_shown("ana")
        client.type(",")
        await client.until_shown("Passphrase")
        await client.until_shown("on another machine")
        shown = client.output.decode(errors="ignore")
        assert "Add someone" not in shown
        assert "Add player" not in shown
        assert str(served.home) not in shown
        client.type("p")
        client.type("\x11")
        await client.ended()
        assert LEFT in client.output


async def test_nothing_but_the_game_and_ones_own_files_is_given(served: Served) -> None:
    async with served.connected("bob") as connection:
        done = await connection.run("inventui grant bob --oranges 9", check=False)
        assert done.exit_status == 1
        async with connection.start_sftp_client() as files:
            assert set(await files.listdir("/")) == {".", ".."}
            for path in ("/../../../serve.log", "/etc/passwd"):
                with pytest.raises(asyncssh.SFTPError):
                    await files.get(path, localpath=str(served.home / "stolen"))
            with pytest.raises(asyncssh.SFTPError):
                await files.put(str(served.database), "/x")
            with pytest.raises(asyncssh.SFTPError):
                await files.symlink("/etc", "/x")
        with pytest.raises(asyncssh.ChannelOpenError):
            await connection.open_connection("127.0.0.1", served.port)


async def test_a_session_is_handed_nothing_of_the_owners_environment(served: Served) -> None:
    async with served.connected("bob") as connection:
        client = await Client.of(connection)
        await client.until_shown("bob")
        found = [
            (link.parent / "environ").read_bytes()
            for link in Path("/proc").glob("[0-9]*/cwd")
            if _link(link).startswith(str(served.folder / "players"))
        ]
        assert found
        assert all(b"SECRET_OF_OWNER" not in environment for environment in found)


async def test_a_terminal_of_any_size_is_drawn_for_within_bounds(served: Served) -> None:
    async with served.connected("bob") as connection:
        client = await Client.of(connection, (3000, 2000))
        await client.until(b"Home")
        for size in ((1, 1), (500, 200), (80, 24)):
            client.process.change_terminal_size(*size)
        client.output = b""
        client.type("\x0c")
        await client.until_shown("bob")
        # A terminal may also tell its size itself, in cells and in pixels.
        for told in ("30000;30000;1;1", "1;1;30000;30000", "0;0;0;0", "24;80;0;0"):
            client.type(f"\x1b[48;{told}t\x1b[<0;3;3M\x1b[<0;3;3m")
        client.output = b""
        client.type("\x0c")
        await client.until_shown("bob")


async def test_more_sessions_than_there_is_room_for_are_refused_in_words(served: Served) -> None:
    async with AsyncExitStack() as stack:
        connection = await stack.enter_async_context(served.connected("bob"))
        clients = [await Client.of(connection) for _ in range(3)]
        for client in clients:
            await client.until(b"Home")
        refused = await Client.of(connection)
        await refused.ended()
        assert b"You play here already" in refused.output


async def test_what_one_does_shows_on_the_others_screen(served: Served) -> None:
    async with served.connected("ana") as connection:
        client = await Client.of(connection)
        await client.until_shown("5,000")
        with World.open(served.database) as world:
            world.grant("ana", oranges=1_234)
        await client.until_shown("6,234")


async def test_two_who_trade_see_each_others_doings_as_they_happen(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        with World.open(server.database) as world:
            done(world.grant("bob", item="squeezer"), Grant)
        async with server.connected("ana") as anas, server.connected("bob") as bobs:
            ana, bob = await Client.of(anas), await Client.of(bobs)
            for keys, shown in (
                ("", "Home"),
                ("gt", "New offer"),
                ("o", "Trade with whom"),
                ("bob\r", "Offer bob"),
                ("o", "^s Send  esc Back"),
                ("7", "  7 "),
                ("\r", "You give · 🍊 7"),
                ("\x1b[C", "space Choose"),
                (" ", "You get · 🍊 15,000"),
            ):
                ana.type(keys)
                await ana.until_shown(shown)
                await ana.until_quiet()
            await bob.until_shown("Home")
            ana.type("\x13")
            await bob.until_shown("✉ 1")
            for keys, shown in (
                ("gt", "a Accept"),
                ("a", "Accept the offer of ana"),
                ("y", "5,007"),
            ):
                bob.type(keys)
                await bob.until_shown(shown)
            await ana.until_shown("✓ accepted")
        with World.open(server.database) as world:
            audited(world)


async def test_connections_at_once_beyond_the_bound_are_let_go_and_the_rest_play(
    served: Served,
) -> None:
    lines = [await asyncio.open_connection("127.0.0.1", served.port) for _ in range(200)]
    open_ones = 0
    for reader, _ in lines:
        with suppress(ConnectionError):
            open_ones += bool(await asyncio.wait_for(reader.read(8), PATIENCE))
    assert 0 < open_ones <= 100
    for _, writer in lines:
        writer.close()
    async with served.connected("bob") as connection:
        client = await Client.of(connection)
        await client.until_shown("bob")


async def test_an_opening_whose_connection_is_lost_is_kept_and_shown_the_next_time(
    served: Served,
) -> None:
    with World.open(served.database) as world:
        before = world.version_token()
    async with served.connected("bob") as connection:
        client = await Client.of(connection)
        await client.until_shown("bob")
        client.type("2")
        await client.until_shown("Open 10")
        client.type("\r")
        with World.open(served.database) as world:
            async with asyncio.timeout(PATIENCE):
                while world.version_token() == before:
                    await asyncio.sleep(0.05)
        connection.abort()
    with World.open(served.database) as world:
        audited(world)


async def test_a_server_that_is_closed_tells_who_plays_and_ends(tmp_path: Path) -> None:
    server = Served(tmp_path)
    async with server.connected("ana") as connection:
        client = await Client.of(connection)
        await client.until_shown("ana")
        server.program.send_signal(signal.SIGINT)
        await client.ended()
        assert b"The server closes" in client.output
    assert await asyncio.to_thread(server.program.wait, PATIENCE) == 0


async def test_a_session_that_is_killed_harms_no_other(served: Served) -> None:
    async with served.connected("ana") as connection:
        one, other = await Client.of(connection), await Client.of(connection)
        await one.until(b"Home")
        await other.until(b"Home")
        first, *_ = sorted(
            int(link.parent.name)
            for link in Path("/proc").glob("[0-9]*/cwd")
            if _link(link) == str(served.folder / "players" / "1")
        )
        os.kill(first, signal.SIGKILL)
        await one.ended()
        assert b"ended unexpectedly" in one.output
        other.output = b""
        other.type("\x0c")
        await other.until_shown("ana")


async def test_after_the_end_of_the_process_that_games_come_from_there_is_another(
    served: Served,
) -> None:
    server = served.program.pid
    (begins,) = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    async with served.connected("ana") as connection:
        client = await Client.of(connection)
        await client.until(b"Home")
        os.kill(int(begins), signal.SIGKILL)
        await client.ended()
        assert b"ended unexpectedly" in client.output
        client.output = b""
        async with asyncio.timeout(PATIENCE):
            while b"Home" not in client.output:
                client = await Client.of(connection)
                with suppress(AssertionError):
                    await client.until(b"Home")
    assert "is started anew" in (served.folder / "serve.log").read_text()


def _link(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""
