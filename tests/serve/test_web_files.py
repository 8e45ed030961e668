"""Files that a player takes home in a browser."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from aiohttp import ClientSession

from inventui.engine.world import World
from tests.serve.site import Site, browser, opened


async def test_a_player_gets_the_files_of_their_own_folder_and_no_others(
    players: World, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text("the owner's")
    async with opened(players) as site, browser() as client:
        for player in (1, 2):
            folder = site.context.sessions.documents(player)
            (folder / "certificates").mkdir(parents=True)
            (folder / "certificates" / "ö & <b>.txt").write_text(f"of {player}")
        folder = site.context.sessions.documents(1)
        (folder / "link").symlink_to(tmp_path / "secret")
        (folder / "links").symlink_to(tmp_path)
        (folder / "other").symlink_to(site.context.sessions.documents(2))
        os.mkfifo(folder / "pipe")
        async with client.get(site.base + "/files") as answer:
            assert answer.status == 403
        await site.sign_in(client, "ana")
        page = await site.get(client, "/files")
        assert "certificates/%C3%B6%20%26%20%3Cb%3E.txt" in page
        assert "link" not in page.replace("<link", "")
        async with client.get(
            site.base + "/files/certificates/%C3%B6%20%26%20%3Cb%3E.txt"
        ) as found:
            assert await found.text() == "of 1"
            assert found.headers["Content-Disposition"].startswith("attachment")
            assert found.headers["Content-Type"] == "application/octet-stream"
        for path in (
            "link", "links/secret", "other/certificates", "pipe", "certificates", "nothing", "%00",
            "..%2F..%2F2%2Fdocuments%2Fcertificates", "%2e%2e/%2e%2e/2", "%2Fetc%2Fpasswd",
            "./link", "certificates/../link", "%2e%2e%2f%2e%2e%2f%2e%2e%2fserve.log",
        ):  # fmt: skip
            status = await raw_status(site, client, f"/files/{path}")
            assert status == 404, path


async def raw_status(site: Site, client: ClientSession, path: str) -> int:
    """What is answered to a path as it is, which a client would have made tidy."""
    (morsel,) = [item for item in client.cookie_jar if item.key == "inventui"]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(site.base.rpartition(":")[2]))
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        f"Cookie: inventui={morsel.value}\r\n\r\n".encode()
    )
    line = await reader.readline()
    writer.close()
    return int(line.split()[1])
