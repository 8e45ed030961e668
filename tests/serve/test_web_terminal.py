"""The terminal in a browser: what it draws, types, and may not send."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import struct
import termios
import tty
from contextlib import suppress

import pytest
from aiohttp import WSMsgType

from inventui.engine.world import World
from inventui.serve.web.terminal import TOO_FAST
from tests.serve.site import LIMITS, Site, browser, ended, opened


async def test_a_terminal_shows_what_is_drawn_and_hands_on_what_is_typed(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        ((session, terminal),) = site.games.began
        assert session.guest.name == "ana"
        os.write(terminal, "🍊".encode())
        assert (await socket.receive()).data == "🍊".encode()
        await socket.send_json(["stdin", "ö\r"])
        assert await asyncio.to_thread(os.read, terminal, 9) == "ö\n".encode()
        await socket.send_json(["ping", "12"])
        while (message := await socket.receive()).type is not WSMsgType.TEXT:
            pass
        assert json.loads(message.data) == ["pong", "12"]
        await socket.close()


async def test_a_browser_that_says_nonsense_plays_on(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client, "?width=many&height=-9")
        ((_, terminal),) = site.games.began
        assert window(terminal) == (80, 1)
        for said in (
            "", "{", "[]", "[1, 2]", '["stdin"]', '["stdin", 5]', '["resize", 5]', "[" * 2000,
            '["resize", {"width": "80", "height": true}]', '["quit", "x"]', '["stdin", "\\ud800"]',
        ):  # fmt: skip
            await socket.send_str(said)
        await socket.send_bytes(b"\xff")
        await socket.send_json(["resize", {"width": 90, "height": 30}])
        while window(terminal) != (90, 30):
            await asyncio.sleep(0.01)
        assert not socket.closed


async def test_a_terminal_of_any_size_is_drawn_for_within_bounds(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client, "?width=3000&height=2000")
        ((_, terminal),) = site.games.began
        assert window(terminal) == (500, 200)
        for said, drawn in (((0, 0), (1, 1)), ((10**30, 24), (500, 24)), ((-5, 3), (1, 3))):
            await socket.send_json(["resize", {"width": said[0], "height": said[1]}])
            while window(terminal) != drawn:
                await asyncio.sleep(0.01)


def window(terminal: int) -> tuple[int, int]:
    lines, columns, _, _ = struct.unpack(
        "HHHH", fcntl.ioctl(terminal, termios.TIOCGWINSZ, b" " * 8)
    )
    return columns, lines


async def test_too_long_a_message_ends_the_game_of_its_browser(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        await socket.send_json(["stdin", "x" * LIMITS.message])
        assert await ended(socket) == 1009
        await hung_up(site)


async def test_what_is_typed_faster_than_the_game_reads_is_dropped_with_a_word(
    players: World,
) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        _, terminal = site.games.began[-1]
        tty.setraw(terminal)
        os.set_blocking(terminal, False)
        for _ in range(5):
            await socket.send_json(["stdin", "x" * (LIMITS.message - 100)])
        while (message := await socket.receive(30)).type is not WSMsgType.TEXT:
            pass
        assert json.loads(message.data) == ["told", TOO_FAST]
        # It plays on: what the game has read makes room.
        with suppress(BlockingIOError):
            while os.read(terminal, 65536):
                await asyncio.sleep(0.05)
        await socket.send_json(["ping", "9"])
        async with asyncio.timeout(30):
            while json.loads((await socket.receive()).data) != ["pong", "9"]:
                pass


@pytest.mark.parametrize("kind", ["text", "ping", "binary", "typed"])
async def test_a_flood_of_messages_ends_the_game_of_its_browser(players: World, kind: str) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        with suppress(ConnectionError):
            for _ in range(2000):
                if kind == "text":
                    await socket.send_str("")
                elif kind == "ping":
                    await socket.ping()
                elif kind == "binary":
                    await socket.send_bytes(b"")
                else:
                    await socket.send_json(["stdin", "x" * 500])
        assert await ended(socket) in (1008, 1006)
        await hung_up(site)


async def test_a_browser_that_is_gone_ends_its_game(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        await socket.close()
        await hung_up(site)
        await site.get(client, "/")


async def hung_up(site: Site) -> None:
    """Read until the terminal has no other end."""
    _, terminal = site.games.began[-1]

    def read_all() -> None:
        with suppress(OSError):
            while os.read(terminal, 65536):
                pass

    await asyncio.wait_for(asyncio.to_thread(read_all), 30)


async def test_who_finds_no_room_is_told_so_in_the_terminal(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        site.games.full = True
        socket = await site.play(client)
        assert b"No room." in (await socket.receive()).data
        assert await ended(socket) == 1000


async def test_what_the_server_says_at_the_end_of_a_game_is_shown(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        socket = await site.play(client)
        ((session, terminal),) = site.games.began
        session.end("The server closes.")
        os.close(terminal)
        shown = b""
        while (message := await socket.receive()).type is WSMsgType.BINARY:
            shown += message.data
        assert b"The server closes." in shown
