"""Players who come by SSH."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest

from inventui.engine.core.models import PlayerCard
from inventui.engine.players.invitations import Invited
from inventui.engine.players.models import Grant
from inventui.engine.players.sign_in import PlayerKey
from inventui.engine.world import World
from tests.builders import audited, done
from tests.cli.real_terminal import LEFT, PATIENCE
from tests.serve.conftest import Client, Served, asyncssh, serving

pytestmark = pytest.mark.trust


class Joins(asyncssh.SSHClient):
    """Answers what one who joins is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: list[tuple[str, bool]]
    ) -> list[str] | None:
        return self.answers if len(prompts) == len(self.answers) else None


async def joined(served: Served, *answers: str) -> asyncssh.SSHClientConnection:
    """A connection of one who became a player by these answers."""
    connection, _ = await asyncssh.create_connection(
        lambda: Joins(*answers), "127.0.0.1", served.port, username="join", known_hosts=None,
        client_keys=None, config=None, preferred_auth="keyboard-interactive",
    )  # fmt: skip
    return connection


async def test_who_signs_in_plays_as_themselves_and_as_nobody_else(served: Served) -> None:
    async with served.connected("ANA") as connection:
        client = await Client.of(connection)
        await client.until_shown("ana")
        client.type(",")
        await client.until_shown("Passphrase")
        await client.until_shown("you are a guest")
        shown = client.output.decode(errors="ignore")
        assert "Add someone" not in shown
        assert "Add player" not in shown
        assert str(served.home) not in shown
        client.type("p")
        client.type("\x11")
        await client.ended()
        assert LEFT in client.output


@pytest.mark.parametrize(
    ("name", "phrase"), [("bob", "wrong one"), ("nobody", "open sesame"), ("nophrase", "")]
)
async def test_who_says_the_wrong_name_or_passphrase_is_told_nothing(
    served: Served, name: str, phrase: str
) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected(name, phrase):
            pass


async def test_a_new_player_joins_where_registration_is_open_and_plays_at_once(
    served: Served,
) -> None:
    async with await joined(served, "cleo", "a long phrase", "a long phrase") as connection:
        client = await Client.of(connection)
        await client.until_shown("cleo")
    async with served.connected("cleo", "a long phrase"):
        pass


async def test_a_new_player_joins_by_invitation_where_one_is_asked_for(tmp_path: Path) -> None:
    with serving(tmp_path, "--register", "invite") as server:
        with World.open(server.database) as world:
            code = done(world.invitations.make(1, 7), Invited).code
        async with await joined(server, code, "cleo", "phrase", "phrase") as connection:
            client = await Client.of(connection)
            await client.until_shown("cleo")
        with pytest.raises(asyncssh.DisconnectError):
            await joined(server, code, "dan", "phrase", "phrase")
        with World.open(server.database) as world:
            assert [player.name for player in world.players.list()][-1] == "cleo"
            audited(world)


async def test_a_connection_on_which_wrong_answers_go_on_is_closed(served: Served) -> None:
    with pytest.raises(asyncssh.DisconnectError):
        await joined(served, "", "a long phrase", "a long phrase")


@pytest.fixture(scope="module")
def keys() -> dict[str, asyncssh.SSHKey]:
    """A key of each kind that may let in."""
    return {
        kind: asyncssh.generate_private_key(kind, **options)
        for kind, options in {
            "ssh-ed25519": {},
            "ecdsa-sha2-nistp256": {},
            "ssh-rsa": {"key_size": 3072},
        }.items()
    }


async def test_a_player_comes_in_by_a_key_of_theirs_without_a_passphrase(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    with World.open(served.database) as world:
        player = done(world.players.find("nophrase"), PlayerCard)
        added = [
            done(world.keys.add(player.id, key.export_public_key().decode()), PlayerKey)
            for key in keys.values()
        ]
    for key in keys.values():
        async with served.connected_by_key("NOPHRASE", key):
            pass
    async with served.connected_by_key("nophrase", keys["ssh-ed25519"]) as connection:
        client = await Client.of(connection)
        await client.until_shown("nophrase")
    for name in ("ana", "nobody", "join"):
        with pytest.raises(asyncssh.PermissionDenied):
            async with served.connected_by_key(name, *keys.values()):
                pass
    with World.open(served.database) as world:
        for key in added:
            world.keys.remove(player.id, key.fingerprint)
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected_by_key("nophrase", *keys.values()):
            pass


async def test_a_key_that_is_named_and_not_had_lets_nobody_in(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    anas = keys["ssh-ed25519"]
    with World.open(served.database) as world:
        ana = done(world.players.find("ana"), PlayerCard)
        done(world.keys.add(ana.id, anas.export_public_key().decode()), PlayerKey)
    async with served.connected_by_key("ana", anas):
        pass
    forged = asyncssh.load_keypairs([asyncssh.generate_private_key("ssh-ed25519")])[0]
    forged.public_data = anas.public_data
    with pytest.raises(asyncssh.PermissionDenied):
        async with served.connected_by_key("ana", forged):
            pass


async def test_who_is_locked_out_is_told_so_and_plays_no_more(
    served: Served, keys: dict[str, asyncssh.SSHKey]
) -> None:
    key = keys["ssh-rsa"]
    with World.open(served.database) as world:
        bob = done(world.players.find("bob"), PlayerCard)
        world.keys.add(bob.id, key.export_public_key().decode())
        async with served.connected_by_key("bob", key) as connection:
            client = await Client.of(connection)
            await client.until_shown("bob")
            world.locks.change(bob.id, True)
            await client.ended()
            assert b"lets you in no more" in client.output
        for way in (served.connected("bob"), served.connected_by_key("bob", key)):
            with pytest.raises(asyncssh.PermissionDenied):
                async with way:
                    pass
        world.locks.change(bob.id, False)
    async with served.connected("bob"):
        pass


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


def _link(link: Path) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""
