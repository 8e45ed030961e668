"""What a browser gets: sign-in by a page and a cookie, the game, and a player's own files."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from inventui.db.errors import WorldError
from inventui.rules.people.register import Register
from inventui.serve.gate import NOT_NOW
from inventui.serve.play_session import Guest
from inventui.serve.sessions import FullError
from inventui.serve.web import pages
from inventui.serve.web.files import list_files, open_file
from inventui.serve.web.sign_ins import SignIn, SignIns
from inventui.serve.web.static_files import static_files
from inventui.serve.web.terminal import Terminal, new_socket

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from inventui.engine.core.models import PlayerCard
    from inventui.serve.context import ServerContext

NOT_SIGNED_IN, SIGN_IN = "Not signed in", "Sign in first: what you look for is for players alone."
LONGEST_FORM = 16 * 1024
FORM_SECONDS = 10.0
CHUNK = 64 * 1024

_STYLE = "'self' 'unsafe-inline'"
"""The terminal's widths are styles that it makes."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; font-src 'self'; img-src data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Server": "inventui",
}


class Web:
    """The pages of a server.

    Args:
        context: whose they are.
        url: where players find them, where a proxy with TLS stands before this server; it is
            believed then where somebody comes from.
    """

    def __init__(self, context: ServerContext, url: str) -> None:
        self._context, self._url = context, url
        self._sign_ins, self._static = SignIns(), static_files()
        self._cookie = "__Host-inventui" if url.startswith("https:") else "inventui"

    def app(self) -> web.Application:
        """The application that answers."""
        app = web.Application(client_max_size=LONGEST_FORM, middlewares=[self._guard])
        app.on_response_prepare.append(self._harden)
        app.add_routes(
            [
                web.get("/", self._first),
                web.post("/sign-in", self._sign_in),
                web.get("/join", self._join_form),
                web.post("/join", self._join),
                web.post("/sign-out", self._sign_out),
                web.get("/play", self._play),
                web.get("/files", self._files),
                web.get("/files/{path:.+}", self._file),
                web.get("/static/{name}", self._static_file),
            ]
        )
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse what another site makes a browser send; tell nothing of a fault."""
        reads = request.method in ("GET", "HEAD") and request.path != "/play"
        if not reads and request.headers.get("Origin") != (self._url or f"http://{request.host}"):
            return _page(pages.message_page("Not from here", "Come by the first page."), 403)
        try:
            return await handler(request)
        except web.HTTPException as answer:
            if answer.status < 400:
                raise
            there_is = SIGN_IN if answer.reason == NOT_SIGNED_IN else "There is nothing here."
            return _page(pages.message_page(answer.reason, there_is), answer.status)
        except (ConnectionError, asyncio.CancelledError):
            raise
        except WorldError as error:
            self._context.log(f"{request.path} could not be answered: {error}")
            return _page(pages.message_page("Not now", NOT_NOW), 503)
        except Exception as error:
            self._context.log(
                f"a fault in answering {request.path}: {type(error).__name__}: {error}"
            )
            return _page(pages.message_page("A fault", "The server's log says more."), 500)

    async def _harden(self, request: web.Request, response: web.StreamResponse) -> None:
        style = _STYLE if request.path == "/" else "'self'"
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = POLICY.format(style=style)
        response.headers.setdefault("Cache-Control", "no-store")

    async def _first(self, request: web.Request) -> web.StreamResponse:
        if request.query_string:
            # textual.js would take orders from there.
            raise web.HTTPSeeOther("/")
        sign_in = await self._sign_in_of(request)
        if sign_in is None:
            return _page(pages.sign_in_page(joins=self._joins))
        return _page(pages.game_page(sign_in.player.name))

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        form = await _form(request)
        name = form.get("name", "")
        found = await self._context.gate.sign_in(
            name, form.get("passphrase", ""), self._address(request)
        )
        if isinstance(found, str):
            return _page(pages.sign_in_page(found, name, joins=self._joins), 403)
        return await self._let_in(request, found)

    async def _join_form(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        if not self._joins:
            raise web.HTTPNotFound
        return _page(pages.join_page(invited=self._invited))

    async def _join(self, request: web.Request) -> web.StreamResponse:
        form = await _form(request)
        name, code = form.get("name", ""), form.get("code", "")
        made = await self._context.gate.sign_up(
            name,
            form.get("passphrase", ""),
            form.get("again", ""),
            self._address(request),
            code,
        )
        if isinstance(made, str):
            return _page(pages.join_page(made, name, code, invited=self._invited), 403)
        return await self._let_in(request, made)

    async def _sign_out(self, request: web.Request) -> web.StreamResponse:
        self._sign_ins.end(request.cookies.get(self._cookie, ""), "You have signed out.")
        answer = _to_first_page()
        answer.del_cookie(self._cookie, path="/")
        return answer

    async def _let_in(self, request: web.Request, player: PlayerCard) -> web.StreamResponse:
        proof = await asyncio.to_thread(self._context.gate.proof, player.id)
        self._sign_ins.end(request.cookies.get(self._cookie, ""), "You have signed in anew.")
        token = self._sign_ins.begin(player, proof, asyncio.get_running_loop().time())
        self._context.log(f"{player.name} signed in by the web from {self._address(request)}")
        answer = _to_first_page()
        answer.set_cookie(
            self._cookie, token, path="/", httponly=True, samesite="Strict",
            secure=self._url.startswith("https:"),
        )  # fmt: skip
        return answer

    async def _sign_in_of(self, request: web.Request) -> SignIn | None:
        """Who has signed in, if they might still, with the passphrase of then."""
        token = request.cookies.get(self._cookie, "")
        sign_in = self._sign_ins.find(token, asyncio.get_running_loop().time())
        if sign_in is None:
            return None
        proof = await asyncio.to_thread(self._context.gate.proof, sign_in.player.id)
        if not proof or proof != sign_in.proof:
            self._sign_ins.end(token, "You have to sign in anew.")
            return None
        return sign_in

    async def _signed_in(self, request: web.Request) -> SignIn:
        sign_in = await self._sign_in_of(request)
        if sign_in is None:
            raise web.HTTPForbidden(reason=NOT_SIGNED_IN)
        return sign_in

    async def _play(self, request: web.Request) -> web.StreamResponse:
        context, sign_in = self._context, await self._signed_in(request)
        socket = new_socket(context.limits)
        await socket.prepare(request)
        guest = Guest(sign_in.player.id, sign_in.player.name, self._address(request), "web")
        size = _number(request, "width", 80), _number(request, "height", 24)
        try:
            session = await context.open(guest, "xterm-256color", True, size)
        except FullError as full:
            with contextlib.suppress(ConnectionError):
                await socket.send_bytes(f"{full}\r\n".encode())
                await socket.close()
            return socket
        sign_in.sessions.add(session)
        if sign_in.over:
            session.end("You have signed out.")
        try:
            await Terminal(socket, session, context.limits).run()
        finally:
            sign_in.sessions.discard(session)
            sign_in.used = asyncio.get_running_loop().time()
        return socket

    async def _files(self, request: web.Request) -> web.StreamResponse:
        player = (await self._signed_in(request)).player
        folder = self._context.sessions.documents(player.id)
        return _page(pages.files_page(player.name, await asyncio.to_thread(list_files, folder)))

    async def _file(self, request: web.Request) -> web.StreamResponse:
        player = (await self._signed_in(request)).player
        path = request.match_info["path"]
        folder = self._context.sessions.documents(player.id)
        descriptor = await asyncio.to_thread(open_file, folder, path)
        if descriptor is None:
            raise web.HTTPNotFound
        name = quote(path.rpartition("/")[2], safe="")
        answer = web.StreamResponse(
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            }
        )
        with open(descriptor, "rb") as file:
            answer.content_length = os.fstat(descriptor).st_size
            await answer.prepare(request)
            left = answer.content_length
            while left and (data := await asyncio.to_thread(file.read, min(CHUNK, left))):
                await answer.write(data)
                left -= len(data)
        await answer.write_eof()
        return answer

    async def _static_file(self, request: web.Request) -> web.StreamResponse:
        file = self._static.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"Cache-Control": "no-cache", "ETag": file.tag, "Vary": "Accept-Encoding"}
        if request.headers.get("If-None-Match") == file.tag:
            return web.Response(status=304, headers=headers)
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return web.Response(body=file.packed, headers=headers, content_type=file.kind)
        return web.Response(body=file.plain, headers=headers, content_type=file.kind)

    @property
    def _joins(self) -> bool:
        return self._context.gate.register is not Register.CLOSED

    @property
    def _invited(self) -> bool:
        return self._context.gate.register is Register.INVITE

    def _address(self, request: web.Request) -> str:
        """Where somebody comes from; a proxy says so in the last word of a header."""
        if self._url:
            said = request.headers.getall("X-Forwarded-For", [""])[-1].rpartition(",")[2].strip()
            with contextlib.suppress(ValueError):
                return str(ipaddress.ip_address(said))
        return request.remote or ""


def _page(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, content_type="text/html", status=status)


def _to_first_page() -> web.Response:
    return web.Response(status=303, headers={"Location": "/"})


async def _form(request: web.Request) -> dict[str, str]:
    if request.content_type != "application/x-www-form-urlencoded":
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(FORM_SECONDS):
            said = await request.post()
    except (TimeoutError, ValueError, LookupError):
        raise web.HTTPBadRequest from None
    return {name: value for name, value in said.items() if isinstance(value, str)}


def _number(request: web.Request, name: str, usual: int) -> int:
    try:
        return int(request.query.get(name, "")[:9])
    except ValueError:
        return usual
