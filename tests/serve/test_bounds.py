"""What a session may take, tried from outside: time, memory, room; the others play on."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from inventui.engine.world import World
from tests.builders import audited
from tests.serve.conftest import Client, serving

pytestmark = pytest.mark.trust


async def test_who_types_nothing_for_long_is_told_so_and_who_types_plays_on(tmp_path: Path) -> None:
    with serving(tmp_path, bounds={"idle_seconds": 6}) as server:
        async with server.connected("ana") as anas, server.connected("bob") as bobs:
            idle, busy = await Client.of(anas), await Client.of(bobs)
            over = asyncio.create_task(idle.ended())
            while not over.done():
                busy.type("\x0c")
                await asyncio.sleep(0.5)
            await over
            assert b"Nothing was typed for long" in idle.output
            await still_plays(busy, "bob")


@pytest.mark.parametrize("key", ["\x1b[20~", "\x1b[21~"], ids=["computes", "allocates"])
async def test_a_session_that_takes_all_it_can_is_ended_and_the_others_play_on(
    key: str, tmp_path: Path
) -> None:
    bounds = {"processor_seconds": 3, "memory": 256 << 20}
    with serving(tmp_path, bounds=bounds) as server:
        async with server.connected("ana") as anas, server.connected("bob") as bobs:
            greedy, other = await Client.of(anas), await Client.of(bobs)
            await greedy.until_shown("ana")
            await other.until_shown("bob")
            greedy.type(key)
            await greedy.ended()
            assert b"ended unexpectedly" in greedy.output
            await still_plays(other, "bob")
            again = await Client.of(anas)
            await again.until_shown("ana")
        with World.open(server.database) as world:
            audited(world)


async def test_of_one_address_no_more_play_than_may(tmp_path: Path) -> None:
    with serving(tmp_path, bounds={"per_address": 2}) as server:
        async with AsyncExitStack() as stack:
            clients = []
            for name in ("ana", "bob", "ana"):
                connection = await stack.enter_async_context(server.connected(name))
                clients.append(await Client.of(connection))
            await clients[2].ended()
            assert b"As many play from your address as may" in clients[2].output
            for client, name in zip(clients[:2], ("ana", "bob"), strict=True):
                await client.until_shown(name)


async def still_plays(client: Client, name: str) -> None:
    client.output = b""
    client.type("\x0c")
    await client.until_shown(name)
