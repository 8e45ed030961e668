"""What a browser gets, and what it can't get: pages, cookies and files."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, WSServerHandshakeError

from inventui.db.errors import Trouble, WorldError
from inventui.engine.players.invitations import Invited
from inventui.engine.world import World
from inventui.rules.people.register import Register
from inventui.serve.attempts import FREE
from inventui.serve.gate import WRONG
from inventui.serve.web.routes import SIGN_IN
from inventui.serve.web.sign_ins import REMEMBERED_OF_PLAYER, UNUSED_SECONDS, SignIns
from tests.builders import a_player, done
from tests.serve.conftest import PHRASE
from tests.serve.site import LIMITS, PROXIED, browser, opened

FOREIGN = "http://evil.example"


def cookie(answer: ClientResponse) -> str:
    return answer.history[0].headers["Set-Cookie"]


async def test_who_signs_in_gets_the_game_by_a_cookie_that_no_script_and_no_other_site_has(
    players: World,
) -> None:
    async with opened(players) as site, browser() as client:
        before = await site.get(client, "/")
        assert "ana" not in before
        assert "bob" not in before
        answer = await site.post(client, "/sign-in", name="ANA", passphrase=PHRASE)
        words = cookie(answer)
        assert "HttpOnly" in words
        assert "SameSite=Strict" in words
        assert "Path=/" in words
        assert 'id="terminal"' in await answer.text()
        assert 'id="terminal"' in await site.get(client, "/")


@pytest.mark.parametrize(
    ("name", "phrase"), [("ana", "wrong one"), ("nobody", PHRASE), ("nophrase", "")]
)
async def test_a_wrong_passphrase_and_a_stranger_are_told_the_same_and_get_no_cookie(
    players: World, name: str, phrase: str
) -> None:
    a_player(players, "nophrase")
    async with opened(players) as site, browser() as client:
        answer = await site.post(client, "/sign-in", name=name, passphrase=phrase)
        assert answer.status == 403
        assert WRONG.replace("'", "&#x27;") in await answer.text()
        assert "Set-Cookie" not in answer.headers


@pytest.mark.usefixtures("stopped_clock")
async def test_who_guesses_in_a_browser_waits_as_by_ssh(players: World) -> None:
    async with opened(players) as site, browser() as client:
        for _ in range(FREE):
            await site.sign_in(client, "ana", "wrong one")
        assert "Too many wrong ones" in await site.sign_in(client, "ana")


async def test_a_cookie_that_was_made_up_or_signed_out_opens_nothing(players: World) -> None:
    async with opened(players) as site, browser() as client:
        answer = await site.post(client, "/sign-in", name="ana", passphrase=PHRASE)
        once = cookie(answer).partition(";")[0].partition("=")[2]
        await site.post(client, "/sign-out")
        for token in (once, "A" * len(once), "", "x\x7f"):
            async with ClientSession(cookies={"inventui": token}) as other:
                assert 'id="terminal"' not in await site.get(other, "/")
                async with other.get(site.base + "/files") as refused:
                    assert refused.status == 403
                    assert SIGN_IN in await refused.text()
                with pytest.raises(WSServerHandshakeError):
                    await site.play(other)
        assert site.games.began == []


@pytest.mark.parametrize("origin", [FOREIGN, "null", None, "https://127.0.0.1"])
async def test_what_another_site_makes_a_browser_send_does_nothing(
    players: World, origin: str | None
) -> None:
    async with opened(players, register=Register.OPEN) as site, browser() as client:
        await site.sign_in(client, "ana")
        for path in ("/sign-out", "/sign-in", "/join"):
            answer = await site.post(
                client, path, origin, name="bob", passphrase=PHRASE, again=PHRASE
            )
            assert answer.status == 403
            assert "Set-Cookie" not in answer.headers
        headers = {} if origin is None else {"Origin": origin}
        with pytest.raises(WSServerHandshakeError):
            await client.ws_connect(site.base + "/play", headers=headers)
        assert "<b>ana</b>" in await site.get(client, "/")
        assert site.games.began == []


async def test_behind_tls_the_cookie_is_secure_and_only_the_public_address_is_an_origin(
    players: World,
) -> None:
    async with opened(players, url=PROXIED) as site, browser() as client:
        answer = await site.post(client, "/sign-in", name="ana", passphrase=PHRASE)
        words = cookie(answer)
        assert words.startswith("__Host-inventui=")
        assert "Secure" in words
        refused = await site.post(client, "/sign-in", site.base, name="ana", passphrase=PHRASE)
        assert refused.status == 403


@pytest.mark.parametrize(("url", "seen"), [("", "127.0.0.1"), (PROXIED, "198.51.100.7")])
async def test_only_a_proxy_that_was_named_is_believed_where_somebody_comes_from(
    players: World, url: str, seen: str
) -> None:
    async with opened(players, url=url) as site, browser() as client:
        client.headers["X-Forwarded-For"] = "203.0.113.9, 198.51.100.7"
        await site.sign_in(client, "ana")
        assert f"from {seen}" in site.context.lines[-1]
        client.headers["X-Forwarded-For"] = "<script>"
        await site.sign_in(client, "ana")
        assert "from 127.0.0.1" in site.context.lines[-1]


async def test_a_new_player_joins_by_the_page_only_where_registration_is_open(
    players: World,
) -> None:
    async with opened(players) as site, browser() as client:
        assert "/join" not in await site.get(client, "/")
        async with client.get(site.base + "/join") as answer:
            assert answer.status == 404
        await site.post(client, "/join", name="cleo", passphrase=PHRASE, again=PHRASE)
        assert len(players.players.list()) == 2
    async with opened(players, register=Register.OPEN) as site, browser() as client:
        refused = await site.post(client, "/join", name="cleo", passphrase=PHRASE, again="other")
        assert "not the same" in await refused.text()
        await site.post(client, "/join", name="cleo", passphrase=PHRASE, again=PHRASE)
        assert "<b>cleo</b>" in await site.get(client, "/")


async def test_by_invitation_the_page_asks_for_the_code_and_lets_in_who_has_one(
    players: World,
) -> None:
    code = done(players.invitations.make(1, 7), Invited).code
    async with opened(players, register=Register.INVITE) as site, browser() as client:
        assert 'name="code"' in await site.get(client, "/join")
        fields = {"name": "cleo", "passphrase": PHRASE, "again": PHRASE}
        refused = await site.post(client, "/join", **fields, code='WRONG"<')
        assert refused.status == 403
        # Who mistypes something else need not type it again.
        assert 'value="WRONG&quot;&lt;"' in await refused.text()
        await site.post(client, "/join", **fields, code=code)
        assert "<b>cleo</b>" in await site.get(client, "/")


async def test_what_a_player_is_called_is_never_read_as_html(players: World) -> None:
    name = "<img src=x>"
    async with opened(players, register=Register.OPEN) as site, browser() as client:
        for path in ("/sign-in", "/join"):
            fields = {"name": f'"{name}', "passphrase": PHRASE, "again": "other"}
            assert "<img" not in await (await site.post(client, path, **fields)).text()
        await site.post(client, "/join", name=name, passphrase=PHRASE, again=PHRASE)
        for path in ("/", "/files"):
            assert "<img" not in await site.get(client, path)


async def test_who_is_locked_out_is_signed_out_of_every_browser(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        players.locks.change(1, True)
        assert 'id="terminal"' not in await site.get(client, "/")
        with pytest.raises(WSServerHandshakeError):
            await site.play(client)


async def test_who_changes_their_passphrase_is_signed_out_of_every_browser(players: World) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        players.passphrases.change(1, "another one")
        assert 'id="terminal"' not in await site.get(client, "/")
        await site.sign_in(client, "ana", "another one")
        players.passphrases.change(1, "")
        with pytest.raises(WSServerHandshakeError):
            await site.play(client)


def test_a_browser_is_signed_out_when_it_was_not_used_for_long_or_too_many_are_signed_in(
    players: World,
) -> None:
    ana, bob = players.players.list()
    sign_ins = SignIns()
    token = sign_ins.begin(ana, "", 0.0)
    assert sign_ins.find(token, UNUSED_SECONDS) is not None
    assert sign_ins.find(token, 2 * UNUSED_SECONDS + 1) is None
    assert sign_ins.find(token, 0.0) is None
    of_bob = sign_ins.begin(bob, "", 0.0)
    tokens = [sign_ins.begin(ana, "", float(at)) for at in range(REMEMBERED_OF_PLAYER + 1)]
    assert [sign_ins.find(token, 20.0) is None for token in tokens[:2]] == [True, False]
    assert sign_ins.find(of_bob, 20.0) is not None


async def test_a_game_that_begins_while_its_browser_is_signed_out_ends_at_once(
    players: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        begin = site.games.open

        async def after_signing_out(*said: Any) -> Any:
            await site.post(client, "/sign-out")
            return await begin(*said)

        monkeypatch.setattr(site.games, "open", after_signing_out)
        socket = await site.play(client)
        ((session, _),) = site.games.began
        assert session.farewell == "You have signed out."
        await socket.close()


async def test_who_signs_out_ends_the_games_of_that_browser_alone(players: World) -> None:
    async with opened(players) as site, browser() as client, browser() as other:
        await site.sign_in(client, "ana")
        await site.sign_in(other, "ana")
        sockets = [await site.play(client), await site.play(other)]
        await site.post(client, "/sign-out")
        (one, _), (two, _) = site.games.began
        assert one.farewell == "You have signed out."
        assert two.farewell == ""
        assert not sockets[1].closed


async def test_every_answer_forbids_frames_guesses_of_types_and_foreign_scripts(
    players: World,
) -> None:
    async with opened(players) as site, browser() as client:
        for path in (
            "/",
            "/join",
            "/nothing",
            "/files",
            "/static/textual.js",
            "/static/../server.py",
        ):
            async with client.get(site.base + path) as answer:
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "script-src 'self';" in policy
                assert "frame-ancestors 'none'" in policy
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                kept = "no-cache" if path.endswith(".js") else "no-store"
                assert answer.headers["Cache-Control"] == kept


async def test_what_pages_load_is_here_and_is_sent_once(players: World) -> None:
    async with opened(players) as site, browser() as client:
        for name in ("textual.js", "xterm.css", "page.css", "play.js", "RobotoMono.ttf"):
            async with client.get(f"{site.base}/static/{name}") as answer:
                assert answer.status == 200
                tag = answer.headers["ETag"]
            headers = {"If-None-Match": tag}
            async with client.get(f"{site.base}/static/{name}", headers=headers) as answer:
                assert answer.status == 304


async def test_orders_to_the_terminal_in_an_address_are_dropped(players: World) -> None:
    orders = "/?ping=http://evil.example&delay=1"
    async with opened(players) as site, browser() as client:
        answer = await client.get(site.base + orders)
        assert answer.url.query_string == ""


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain"])
async def test_only_a_plain_short_form_is_read(players: World, kind: str) -> None:
    async with opened(players) as site, browser() as client:
        headers = {"Origin": site.origin, "Content-Type": kind}
        async with client.post(site.base + "/sign-in", data=b"x", headers=headers) as answer:
            assert answer.status == 415
        answer = await site.post(client, "/sign-in", name="ana", passphrase="x" * 100_000)
        assert answer.status == 413


async def test_connections_beyond_the_bound_are_let_go_and_the_rest_are_answered(
    players: World,
) -> None:
    async with opened(players) as site, browser() as client:
        port = int(site.base.rpartition(":")[2])
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(200)]
        answered = 0
        for reader, writer in lines:
            with suppress(ConnectionError):
                writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                answered += bool(await asyncio.wait_for(reader.read(8), 30))
        assert answered == LIMITS.connections_per_address
        for _, writer in lines:
            writer.close()
        for _ in range(1000):
            with suppress(Exception):
                assert "Sign in" in await site.get(client, "/")
                return
            await asyncio.sleep(0.01)
        pytest.fail("nobody is let in any more")


async def test_behind_a_proxy_only_all_connections_are_counted(players: World) -> None:
    limits = replace(LIMITS, connections_per_address=1)
    async with opened(players, url=PROXIED, limits=limits) as site:
        port = int(site.base.rpartition(":")[2])
        lines: list[Any] = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        for reader, writer in lines:
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert await asyncio.wait_for(reader.read(8), 30)
            writer.close()


async def test_who_asks_while_the_world_cannot_be_reached_is_told_so_and_stays_signed_in(
    players: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise WorldError(Trouble.UNREACHABLE, "club on 10.0.0.1 can't be reached")

    async with opened(players) as site, browser() as client:
        await site.sign_in(client, "ana")
        with monkeypatch.context() as patch:
            patch.setattr(players.passphrases, "proof", away)
            async with client.get(site.base + "/files") as answer:
                assert answer.status == 503
                assert "10.0.0.1" not in await answer.text()
        assert "Files of ana" in await site.get(client, "/files")
    (log,) = (site.context.folder / "serve.log").read_text().splitlines()[1:]
    assert "10.0.0.1" in log
