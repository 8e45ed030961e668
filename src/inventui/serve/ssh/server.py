"""The way in by SSH: sign-in, and the game on a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import asyncssh

from inventui.engine.core.models import PlayerCard
from inventui.rules.core.text import printable
from inventui.rules.people.players import JOIN
from inventui.rules.people.register import Register
from inventui.serve.play_session import OVER, Guest
from inventui.serve.sessions import FullError
from inventui.serve.ssh.channels import GuestProcess, address_of, keep_few_variables
from inventui.serve.ssh.files import SIGNED_IN, OwnFiles

if TYPE_CHECKING:
    from pathlib import Path

    from inventui.serve.context import ServerContext
    from inventui.serve.play_session import PlaySession

LOGIN_SECONDS = 60
TRIES = 6
"""Wrong answers after which a connection is closed."""

TYPED = 16 * 1024
_TERM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,39}")
_RICH = re.compile(r"kitty|alacritty|ghostty|foot|wezterm|direct")
USUAL = "xterm-256color"
MOST_CHANNELS = 10
"""Games and file transfers on one connection."""

MOST_UNREAD = 4 * 1024 * 1024
"""Bytes that wait for a client that does not read, after which it is let go."""

READ_AT_ONCE = 16 * 1024
"""Bytes of a client that are looked at before others have their turn."""

WATCH_SECONDS = 1.0
MOST_KEYS = 40
"""Keys that a connection may try; each is tried twice, the second time with a signature."""

_found: ContextVar[PlayerCard | None] = ContextVar("_found", default=None)
"""Who was found in an attempt to sign in. Each attempt is a task of its own, so what one has found
is never taken for another's, in whatever order they end."""

ASKED = (("Your name: ", True), ("A passphrase: ", False), ("Once more: ", False))
"""Of who becomes a player, with whether the answer is shown."""

ASKED_FOR_A_CODE = ("Your invitation: ", True)


class Login(asyncssh.SSHServer):
    """One connection until it has signed in."""

    def __init__(self, context: ServerContext) -> None:
        self._context, self._address = context, ""
        self._counted = False
        self._said, self._tries = "", 0
        self._keys = self._channels = 0

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Count it, or let it go where there are too many."""
        self._conn = conn
        self._address = address_of(conn)
        self._counted = self._context.connect(self._address)
        if self._counted:
            conn.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_RCVBUF, READ_AT_ONCE
            )
            self._watch()
        else:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """It counts no more."""
        if self._counted:
            self._context.disconnect(self._address)

    def _watch(self) -> None:
        """Let a client go that has much answered and reads none of it."""
        transport = self._conn._transport
        if transport is None or transport.is_closing():
            return
        if transport.get_write_buffer_size() > MOST_UNREAD:
            self._conn.abort()
        else:
            asyncio.get_running_loop().call_later(WATCH_SECONDS, self._watch)

    def session_requested(self) -> Any:
        """A game, or a transfer of files."""
        if self._channels >= MOST_CHANNELS:
            raise asyncssh.ChannelOpenError(
                asyncssh.OPEN_RESOURCE_SHORTAGE, "As much is open on this connection as may be."
            )
        self._channels += 1
        context = self._context
        channel = self._conn.create_server_channel(encoding=None)
        keep_few_variables(channel)
        return channel, GuestProcess(
            lambda process: _play(context, process),
            lambda channel: OwnFiles(channel, context),
            self._channel_closed,
        )

    def _channel_closed(self) -> None:
        self._channels -= 1

    def begin_auth(self, username: str) -> bool:  # noqa: ARG002
        """Everybody signs in."""
        return True

    def password_auth_supported(self) -> bool:
        """By name and passphrase."""
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Whether it is that player's."""
        return self._take(await self._context.gate.sign_in(username, password, self._address))

    def public_key_auth_supported(self) -> bool:
        """By a public key of the player's."""
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        """Whether it is that player's; that they have it is then shown by a signature."""
        self._keys += 1
        if self._keys > MOST_KEYS:
            self._conn.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, "Too many keys.")
        if username == JOIN or self._keys > MOST_KEYS:
            return False
        found = await self._context.gate.find_by_key(username, key.get_fingerprint())
        _found.set(found)
        return found is not None

    def auth_completed(self) -> None:
        """The one who was found in this attempt is who has signed in."""
        card = _found.get()
        if card is not None:
            self._context.gate.came(card, self._address)
            self._conn.set_extra_info(**{SIGNED_IN: card})
            self._context.log(f"{card.name} signed in by SSH from {self._address}")

    def kbdint_auth_supported(self) -> bool:
        """By name and passphrase, asked one by one."""
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:  # noqa: ARG002
        """What is asked."""
        said, self._said = self._said, ""
        if self._joins(username):
            return "A new player", said, "en", self._asked()
        return "", said, "en", [("Passphrase: ", False)]

    async def validate_kbdint_response(self, username: str, responses: Any) -> bool:
        """Whether the answers let somebody in."""
        gate = self._context.gate
        if self._joins(username):
            if len(responses) != len(self._asked()):
                return False
            name, said, again = responses[-len(ASKED) :]
            code = responses[0] if gate.register is Register.INVITE else ""
            return self._take(await gate.sign_up(name, said, again, self._address, code))
        if len(responses) != 1:
            return False
        return self._take(await gate.sign_in(username, responses[0], self._address))

    def _joins(self, username: str) -> bool:
        return username == JOIN and self._context.gate.register is not Register.CLOSED

    def _asked(self) -> list[tuple[str, bool]]:
        invited = self._context.gate.register is Register.INVITE
        return [*([ASKED_FOR_A_CODE] * invited), *ASKED]

    def _take(self, found: PlayerCard | str) -> bool:
        if isinstance(found, str):
            self._said = found
            self._tries += 1
            if self._tries >= TRIES:
                self._conn.disconnect(asyncssh.DISC_NO_MORE_AUTH_METHODS_AVAILABLE, found)
            return False
        _found.set(found)
        return True


async def listen(context: ServerContext, host: str, port: int) -> asyncssh.SSHAcceptor:
    """Let players in by SSH."""
    for module in (asyncssh.connection, asyncssh.auth):
        # It refuses what Unicode 3.2 did not know: emoji in names and passphrases.
        setattr(module, "saslprep", str)  # noqa: B010
    return await asyncssh.create_server(
        lambda: Login(context),
        host,
        port,
        server_host_keys=[str(host_key(context.folder))],
        # Those left out take so long that whoever connects again and again holds up the rest.
        kex_algs="-diffie-hellman-*,rsa*",
        # Little that was sent could unpack to much.
        compression_algs=["none"],
        agent_forwarding=False,
        x11_forwarding=False,
        line_editor=False,
        encoding=None,
        login_timeout=LOGIN_SECONDS,
        keepalive_interval=30,
        server_version="inventui",
        reuse_address=True,
    )


def host_key(folder: Path) -> Path:
    """The file of the server's key, made where there is none."""
    path = folder / "ssh_host_ed25519_key"
    if not path.exists():
        from inventui.system import private_folder, private_open

        private_folder(folder)
        with private_open(path, "x") as file:
            file.write(asyncssh.generate_private_key("ssh-ed25519").export_private_key().decode())
    return path


async def _play(context: ServerContext, process: GuestProcess) -> None:
    card: PlayerCard = process.get_extra_info(SIGNED_IN)
    if process.command is not None or process.term_type is None:
        process.stderr.write(b"Only the game is here, and it needs a terminal.\r\n")
        process.exit(1)
        return
    conn = process.get_extra_info("connection")
    guest = Guest(card.id, card.name, address_of(conn), "ssh")
    term = process.term_type if _TERM.fullmatch(process.term_type) else USUAL
    rich = "COLORTERM" in process.env or _RICH.search(term) is not None
    size = process.term_size
    try:
        session = await context.open(
            guest, USUAL if term == "dumb" else term, rich, (size[0], size[1])
        )
    except FullError as full:
        process.stdout.write(f"{full}\r\n".encode())
        process.exit(1)
        return
    process.on_size(session.resize)
    typing = asyncio.ensure_future(_typed(session, process))
    try:
        while data := await session.read():
            process.stdout.write(data)
            await process.stdout.drain()
        await asyncio.wait_for(session.gone.wait(), context.limits.closing_seconds + 1)
        if session.farewell:
            process.stdout.write(f"{OVER}\r\n{printable(session.farewell)}\r\n".encode())
    except (OSError, asyncssh.Error, TimeoutError):
        pass
    finally:
        typing.cancel()
        session.hang_up()
        with contextlib.suppress(OSError, asyncssh.Error):
            process.exit(0)


async def _typed(session: PlaySession, process: GuestProcess) -> None:
    """Hand on what is typed until the terminal is gone."""
    with contextlib.suppress(OSError, asyncssh.Error):
        while data := await process.stdin.read(TYPED):
            await session.write(data)
    session.hang_up()
