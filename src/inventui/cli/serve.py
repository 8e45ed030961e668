"""Opening a world to players elsewhere."""

import asyncio
import re
from importlib.util import find_spec
from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import choice, number
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.register import Register

app = typer.Typer()

MOST_PORT, MOST_SESSIONS = 65_535, 1_000
USUAL_PORT, HERE = 2222, "127.0.0.1"
_URL = re.compile(r"https?://[a-z0-9.-]+(:[0-9]+)?|https?://\[[0-9a-f:]+\](:[0-9]+)?")
"""An address as browsers write it where they come from."""


@command(app, "serve", examples=("serve --ssh 2222 --web 8080 --host 0.0.0.0 --register open",))
def serve(
    run: CommandRun,
    ssh: Annotated[
        int | None, number("--ssh", "The port for SSH; 2222 if there is no --web.", "PORT")
    ] = None,
    web: Annotated[int | None, number("--web", "The port for browsers.", "PORT")] = None,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen: only on this machine if left out."
        ),
    ] = HERE,
    url: Annotated[
        str,
        typer.Option(
            "--url",
            metavar="URL",
            help="Where players find the page behind a proxy with TLS, say https://play.example.",
        ),
    ] = "",
    web_host: Annotated[
        str,
        typer.Option(
            "--web-host",
            metavar="ADDRESS",
            help="Where to listen for browsers: as for SSH, or on this machine with --url.",
        ),
    ] = "",
    register: Annotated[
        Register,
        choice(
            "--register",
            Register,
            "open|invite|closed",
            "Who may become a player: anybody, who has an invitation, or nobody.",
        ),
    ] = Register.CLOSED,
    sessions: Annotated[int, number("--sessions", "How many may play at once.")] = 40,
) -> Outcome:
    """Open this world to others, by SSH and browser (inventui[serve])."""
    if ssh is None and web is None:
        ssh = USUAL_PORT
    if not all(0 <= port <= MOST_PORT for port in (ssh or 0, web or 0)):
        raise typer.BadParameter(f"--ssh and --web take a port up to {MOST_PORT}.")
    if not 1 <= sessions <= MOST_SESSIONS:
        raise typer.BadParameter(f"--sessions takes 1 to {MOST_SESSIONS}.")
    url = url.rstrip("/")
    if url and not _URL.fullmatch(url):
        raise typer.BadParameter("--url takes an address without a path: https://play.example.")
    refusal = _missing(ssh, web)
    if refusal is not None:
        return refusal
    from inventui.serve.context import ServerOptions
    from inventui.serve.limits import limits_for
    from inventui.serve.server import Listeners, ways
    from inventui.serve.server import serve as serving

    asked = ServerOptions(
        run.database, ssh, host, web, web_host or (HERE if url else host), url, register,
        limits_for(sessions),
    )  # fmt: skip

    def ready(listeners: Listeners) -> None:
        for line in ways(asked, listeners):
            note(line)

    try:
        asyncio.run(serving(asked, ready))
    except OSError as error:
        return Refusal(Reason.NOTHING_TO_DO, f"Nobody can listen there: {error.strerror or error}.")
    return Answer({"served": run.database}, lambda page: page.say("Closed."))


def _missing(ssh: int | None, web: int | None) -> Refusal | None:
    """What serving needs and isn't here."""
    if find_spec("termios") is None:
        return Refusal(Reason.NOTHING_TO_DO, "Serving needs Linux, macOS or another POSIX system.")
    needed = {
        "asyncssh": ssh is not None,
        "aiohttp": web is not None,
        "textual_serve": web is not None,
    }
    missing = [name for name, asked in needed.items() if asked and find_spec(name) is None]
    if not missing:
        return None
    words = " and ".join(missing).replace("_", "-")
    return Refusal(Reason.NOTHING_TO_DO, f"Serving needs {words}: pip install 'inventui[serve]'.")
