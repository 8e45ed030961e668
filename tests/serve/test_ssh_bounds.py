"""What players who have signed in by SSH may make the server keep and hold open."""

from __future__ import annotations

import asyncio
import fcntl
import struct
import termios
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from inventui.engine.world import World
from inventui.serve.context import ServerContext, ServerOptions
from inventui.serve.limits import COLUMNS, LINES
from inventui.serve.ssh import server as ssh
from inventui.serve.ssh.files import MOST_OPEN, OwnFiles
from tests.serve.conftest import PHRASE, asyncssh
from tests.serve.site import Games

pytestmark = pytest.mark.trust

TURNS = 200
"""Turns of the loop, in which whoever waits for nothing has got through a lot."""


class Way:
    """A way in by SSH whose games are terminals alone, and ana's connection to it."""

    def __init__(self, context: ServerContext, games: Games, port: int) -> None:
        self.context, self.games, self.port = context, games, port
        self.documents = context.sessions.documents(1)
        self.documents.mkdir(parents=True)

    @asynccontextmanager
    async def connected(self, **options: Any) -> AsyncIterator[asyncssh.SSHClientConnection]:
        async with asyncssh.connect(
            "127.0.0.1", self.port, username="ana", password=PHRASE, known_hosts=None,
            client_keys=None, config=None, preferred_auth="password", **options,
        ) as connection:  # fmt: skip
            yield connection


@pytest.fixture
async def way(players: World) -> AsyncIterator[Way]:
    context = ServerContext(players, ServerOptions(""))
    games = Games(context)
    context.sessions = games  # type: ignore[assignment]
    acceptor = await ssh.listen(context, "127.0.0.1", 0)
    yield Way(context, games, acceptor.get_port())
    acceptor.close()


async def until(holds: Any) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.01)


def size_of(terminal: int) -> tuple[int, ...]:
    lines, columns, *_ = struct.unpack("HHHH", fcntl.ioctl(terminal, termios.TIOCGWINSZ, bytes(8)))
    return columns, lines


async def test_of_a_clients_environment_nothing_is_kept_but_whether_colours_are_true(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, str]] = []

    async def play(_: ServerContext, process: asyncssh.SSHServerProcess[bytes]) -> None:
        told.append(dict(process.env))
        process.exit(0)

    monkeypatch.setattr(ssh, "_play", play)
    async with way.connected() as connection:
        told_by_client = {f"V{n}": "x" * 1000 for n in range(9)} | {"COLORTERM": "y" * 1000}
        await connection.run(term_type="xterm", env=told_by_client)
    ((name, value),) = told[0].items()
    assert name == "COLORTERM"
    assert len(value) < 1000


async def test_on_one_connection_no_more_is_open_than_may(way: Way) -> None:
    async with way.connected() as connection:
        opened = [
            await connection.create_process(term_type="xterm", encoding=None)
            for _ in range(ssh.MOST_CHANNELS)
        ]
        with pytest.raises(asyncssh.ChannelOpenError, match="As much is open"):
            await connection.create_process(term_type="xterm", encoding=None)
        opened[0].close()
        await opened[0].wait_closed()
        async with connection.start_sftp_client() as files:
            assert set(await files.listdir("/")) == {".", ".."}


async def test_a_player_has_no_more_files_open_than_may_by_all_connections(way: Way) -> None:
    (way.documents / "proof").write_text("proof")
    async with way.connected() as one, way.connected() as other:
        files, others = await one.start_sftp_client(), await other.start_sftp_client()
        opened = [await files.open("proof", "rb") for _ in range(MOST_OPEN - 1)]
        await others.open("proof", "rb")
        for client in (files, others):
            with pytest.raises(asyncssh.SFTPFailure, match="as many files are open"):
                await client.open("proof", "rb")
        await opened.pop().close()
        with pytest.raises(asyncssh.SFTPNoSuchFile):
            await files.open("another", "rb")
        opened.append(await others.open("proof", "rb"))
        assert await opened[-1].read() == b"proof"
        one.abort()
        await until(lambda: way.context.opened_files[1] == 2)


async def test_files_are_read_no_faster_than_their_reader_takes_them(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    (way.documents / "proof").write_bytes(bytes(100_000))
    reads = 0
    read = OwnFiles.read

    def counted(self: OwnFiles, *arguments: Any) -> Any:
        nonlocal reads
        reads += 1
        return read(self, *arguments)

    monkeypatch.setattr(OwnFiles, "read", counted)
    async with way.connected() as connection:
        said: list[bytes] = []

        class Raw(asyncssh.SSHClientSession[bytes]):
            def data_received(self, data: bytes, datatype: Any) -> None:
                said.append(data)

        channel, _ = await connection.create_session(
            Raw, subsystem="sftp", encoding=None, window=65_536
        )

        def send(kind: int, body: bytes) -> None:
            channel.write(struct.pack("!IB", len(body) + 1, kind) + body)

        send(1, struct.pack("!I", 3))
        await until(lambda: len(said) == 1)
        send(3, struct.pack("!II5sII", 1, 5, b"proof", 1, 0))
        await until(lambda: len(said) == 2)
        handle = said[1][13:]
        channel.pause_reading()
        for number in range(1000):
            send(5, struct.pack("!II4sQI", number, len(handle), handle, 0, 100_000))
        async with connection.start_sftp_client() as files:
            for _ in range(TURNS):
                await files.stat("proof")
        assert 0 < reads < 10
        channel.resume_reading()
        await until(lambda: sum(map(len, said)) > 90 * 100_000)


async def test_what_owners_of_a_machine_are_called_and_how_full_it_is_is_told_to_nobody(
    way: Way,
) -> None:
    (way.documents / "proof").write_text("proof")
    async with way.connected() as connection, connection.start_sftp_client() as files:
        (found,) = [name for name in await files.readdir("/") if name.filename == "proof"]
        _, _, user, group, *_ = str(found.longname).split()
        assert (user, group) == ("-", "-")
        with pytest.raises(asyncssh.SFTPPermissionDenied):
            await files.statvfs("/")


async def test_only_keys_that_are_quick_to_agree_on_are_agreed_on(way: Way) -> None:
    for quick in ("curve25519-sha256", "ecdh-sha2-nistp256"):
        async with way.connected(kex_algs=[quick]):
            pass
    for slow in ("diffie-hellman-group18-sha512", "rsa2048-sha256"):
        with pytest.raises(asyncssh.KeyExchangeFailed):
            async with way.connected(kex_algs=[slow]):
                pass


async def test_nothing_that_is_packed_is_unpacked(way: Way) -> None:
    async with way.connected(compression_algs=["zlib@openssh.com", "none"]) as connection:
        assert connection.get_extra_info("send_compression") == "none"
    with pytest.raises(asyncssh.KeyExchangeFailed):
        async with way.connected(compression_algs=["zlib@openssh.com"]):
            pass


async def test_a_terminal_has_the_last_of_many_sizes_and_hears_no_breaks_or_signals(
    way: Way,
) -> None:
    async with way.connected() as connection:
        process = await connection.create_process(term_type="xterm", encoding=None)
        await until(lambda: way.games.began)
        ((_, terminal),) = way.games.began
        for columns in range(1, 1000):
            process.change_terminal_size(columns, 2 * columns)
        await until(lambda: size_of(terminal) == (COLUMNS, LINES))
        process.change_terminal_size(80, 24)
        process.send_break(1)
        process.send_signal("INT")
        process.stdin.write(b"\n")
        await until(lambda: size_of(terminal) == (80, 24))
        assert way.games.began[0][0].gone.is_set() is False


@pytest.mark.parametrize(("waiting", "let_go"), [(0, False), (ssh.MOST_UNREAD + 1, True)])
async def test_who_does_not_read_what_they_asked_for_is_let_go(
    players: World, waiting: int, let_go: bool
) -> None:
    aborted: list[bool] = []
    transport = SimpleNamespace(is_closing=lambda: False, get_write_buffer_size=lambda: waiting)
    extra = {"socket": SimpleNamespace(setsockopt=lambda *_: None), "peername": ("192.0.2.1", 1)}
    connection: Any = SimpleNamespace(
        _transport=transport, get_extra_info=extra.get, abort=lambda: aborted.append(True)
    )
    ssh.Login(ServerContext(players, ServerOptions(""))).connection_made(connection)
    assert bool(aborted) is let_go
