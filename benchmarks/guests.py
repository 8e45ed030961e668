"""Guests of a server as benchmarks play them: by SSH, and as a browser does without drawing."""

import asyncio
from time import perf_counter

import asyncssh
from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar

from benchmarks import worlds
from benchmarks.terminal import _ESCAPES, PATIENCE
from inventui.screens.registry import ROOMS
from inventui.widgets.entries import by_letter

PHRASE = "open sesame"
PAINTED = "What next"
LETTERS = {"comma": ","}
"""Keys that Textual names otherwise than they are typed."""

EVENING = "cidwosmSPb"
"""The letters of ten rooms that one who plays is in, Home aside."""

PAUSE = 0.3
"""Seconds between two keys of one who plays."""


class Guest:
    """One who plays on a terminal elsewhere."""

    def __init__(self) -> None:
        self._output = b""
        self._reading: asyncio.Future[bytes] | None = None

    async def receive(self) -> bytes:
        """What is drawn next; nothing at the end."""
        raise NotImplementedError

    async def type(self, keys: str) -> None:
        """Send keys."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Play no more."""
        if self._reading is not None:
            self._reading.cancel()

    async def wait_for(self, text: str) -> None:
        """Wait until a text was drawn."""
        while text.encode() not in _ESCAPES.sub(b"", self._output):
            await self._read(PATIENCE)

    async def rest(self) -> None:
        """Wait until nothing is drawn for a second."""
        try:
            while True:
                await self._read(1.0)
        except TimeoutError:
            return

    async def play(self) -> None:
        """Open a case, and look into ten rooms."""
        await self._press("gc", "\r", " ", "\x1b", *(f"g{letter}" for letter in EVENING))

    async def walk(self) -> None:
        """Look into every room and every part of one that the map names, and into dialogs there."""
        await self._press(*(f"g{LETTERS.get(letter, letter)}" for letter in by_letter(ROOMS)))
        await self._press("?", "\x1b", "\x10", "\x1b", "gc", "\r")

    async def _press(self, *keys: str) -> None:
        for each in keys:
            await self.type(each)
            await self.rest()

    async def keys(self, times: int) -> list[float]:
        """Walk down and up in the list of Home; seconds until each key is answered."""
        taken = []
        for number in range(times):
            await asyncio.sleep(PAUSE)
            start = perf_counter()
            await self.type("k" if number % 2 else "j")
            await self._read(PATIENCE)
            taken.append(perf_counter() - start)
            try:
                while True:
                    await self._read(0.05)
            except TimeoutError:
                pass
        return taken

    async def _read(self, seconds: float) -> None:
        # A read that is waited for no longer goes on: what it brings is not lost.
        reading = self._reading = self._reading or asyncio.ensure_future(self.receive())
        await asyncio.wait([reading], timeout=seconds)
        if not reading.done():
            raise TimeoutError
        self._reading = None
        data = reading.result()
        if not data:
            raise RuntimeError(f"it ended:\n{self._output[-2000:]!r}")
        self._output += data


class SshGuest(Guest):
    """One who plays by SSH."""

    def __init__(self, process: asyncssh.SSHClientProcess[bytes]) -> None:
        super().__init__()
        self._process = process

    @classmethod
    async def of(cls, connection: asyncssh.SSHClientConnection) -> "SshGuest":
        """Begin to play on a connection that has signed in."""
        return cls(
            await connection.create_process(
                term_type="xterm-256color", term_size=(80, 24), encoding=None
            )
        )

    async def receive(self) -> bytes:
        """What is drawn next; nothing at the end."""
        return await self._process.stdout.read(65536)

    async def type(self, keys: str) -> None:
        """Send keys."""
        self._process.stdin.write(keys.encode())

    async def leave(self) -> None:
        """Play no more, on this terminal."""
        await super().leave()
        self._process.close()
        await self._process.wait_closed()


class WebGuest(Guest):
    """One who plays in a browser, without drawing."""

    def __init__(self, tab: "Tab", socket: ClientWebSocketResponse) -> None:
        super().__init__()
        self._tab, self._socket = tab, socket

    async def receive(self) -> bytes:
        """What is drawn next; nothing at the end."""
        return await self._socket.receive_bytes()

    async def type(self, keys: str) -> None:
        """Send keys."""
        await self._socket.send_json(["stdin", keys])

    async def leave(self) -> None:
        """Play no more, and be signed in no more."""
        await self.close_socket()
        await self._tab.close()

    async def close_socket(self) -> None:
        """Close the tab; who has signed in stays so."""
        await super().leave()
        await self._socket.close()


class Tab:
    """What a browser does, without drawing."""

    def __init__(self, page: str, player: str = worlds.PLAYER) -> None:
        self._page, self._player = page, player
        self._client: ClientSession | None = None

    async def play(self) -> WebGuest:
        """Begin to play, signing in first who has not."""
        if self._client is None:
            headers = {"Origin": self._page}
            self._client = ClientSession(cookie_jar=CookieJar(unsafe=True), headers=headers)
            said = {"name": self._player, "passphrase": PHRASE}
            await (await self._client.post(f"{self._page}/sign-in", data=said)).read()
        return WebGuest(
            self, await self._client.ws_connect(f"{self._page}/play?width=80&height=24")
        )

    async def first_screen(self) -> float:
        """Seconds from opening the terminal, once signed in, to the first screen."""
        if self._client is None:
            await (await self.play()).close_socket()
        start = perf_counter()
        guest = await self.play()
        await guest.wait_for(PAINTED)
        took = perf_counter() - start
        await guest.close_socket()
        return took

    async def close(self) -> None:
        """Be gone."""
        if self._client is not None:
            await self._client.close()
