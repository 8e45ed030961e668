"""Opening a world to players elsewhere."""

import asyncio
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from inventui.cli.core.command import Outcome, command
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer, note
from inventui.cli.core.parse import choice, number
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.register import Register

if TYPE_CHECKING:
    from inventui.serve.house import House

app = typer.Typer()

MOST_PORT, MOST_SESSIONS = 65_535, 1_000


@command(app, "serve", examples=("serve --ssh 2222 --host 0.0.0.0 --register open",))
def serve(
    run: CommandRun,
    ssh: Annotated[int, number("--ssh", "The port for SSH; 2222 if left out.", "PORT")] = 2222,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="ADDRESS", help="Where to listen: only on this machine if left out."
        ),
    ] = "127.0.0.1",
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
    """Open this world to players elsewhere, by SSH (inventui[serve])."""
    if not 0 <= ssh <= MOST_PORT or not 1 <= sessions <= MOST_SESSIONS:
        raise typer.BadParameter(
            f"--ssh takes a port up to {MOST_PORT}, --sessions 1 to {MOST_SESSIONS}."
        )
    if find_spec("termios") is None:
        return Refusal(Reason.NOTHING_TO_DO, "Serving needs Linux, macOS or another POSIX system.")
    if find_spec("asyncssh") is None:
        return Refusal(
            Reason.NOTHING_TO_DO, "Serving needs asyncssh: pip install 'inventui[serve]'."
        )
    from inventui.serve.house import Serving
    from inventui.serve.limits import Limits
    from inventui.serve.server import serve as serving

    asked = Serving(run.database, ssh, host, register, replace(Limits(), sessions=sessions))

    def ready(_: "House", port: int) -> None:
        note(f"Open by SSH at {host}, port {port}.")

    try:
        asyncio.run(serving(asked, ready))
    except OSError as error:
        return Refusal(
            Reason.NOTHING_TO_DO,
            f"Nobody can listen at {host}, port {ssh}: {error.strerror or error}.",
        )
    return Answer({"served": run.database}, lambda page: page.say("Closed."))
