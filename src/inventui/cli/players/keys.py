"""Public keys by which a player signs in from elsewhere."""

import sys
from typing import Annotated

import typer

from inventui.cli.core.command import Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle, World
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import quoted
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.public_keys import LONGEST_LINE
from inventui.system import read_regular

app = typer.Typer(name="key")

STDIN = "-"


@group(app, "key", examples=("players key --player ana",))
def key(world: World, player: PlayerHandle) -> Outcome:
    """List the public keys by which you sign in by SSH."""
    return listed(world, player)


@command(app, "list")
def listed(world: World, player: PlayerHandle) -> Outcome:
    """List the public keys by which you sign in by SSH."""
    found = world.keys.list(player.id)

    def show(page: Page) -> None:
        if not found:
            page.say(f"{player.name} has no public key: inventui players key add FILE")
            return
        page.table(
            found,
            TableColumn("Fingerprint", lambda each: each.fingerprint),
            TableColumn("Kind", lambda each: each.key.split(" ")[0], drop=2),
            TableColumn("Note", lambda each: each.note, drop=1),
            TableColumn("Added", lambda each: to_iso(each.added_at), drop=3),
        )

    return Answer(
        {
            "player": player.name,
            "keys": [
                {
                    "fingerprint": each.fingerprint,
                    "key": each.key,
                    "note": each.note,
                    "added_at": to_iso(each.added_at),
                }
                for each in found
            ],
        },
        show,
    )


@command(app, "add", examples=("players key add --player ana ~/.ssh/id_ed25519.pub",))
def add(
    world: World,
    player: PlayerHandle,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A public key, .pub; - reads standard input.")
    ],
) -> Outcome:
    """Sign in by SSH with a public key from now on."""
    said = _read(file)
    if isinstance(said, Refusal):
        return said
    added = world.keys.add(player.id, said)
    if isinstance(added, Refusal):
        return added
    words = f"{player.name} signs in with {added.fingerprint} from now on."
    return Answer(
        {"player": player.name, "fingerprint": added.fingerprint, "note": added.note},
        lambda page: page.say(words),
    )


@command(app, "remove", examples=("players key remove --player ana SHA256:q3Yf",))
def remove(
    world: World,
    player: PlayerHandle,
    fingerprint: Annotated[
        str, typer.Argument(metavar="FINGERPRINT", help="Which, by as much of it as it takes.")
    ],
) -> Outcome:
    """Sign in with one of your public keys no more."""
    removed = world.keys.remove(player.id, fingerprint)
    if isinstance(removed, Refusal):
        return removed
    words = f"{player.name} signs in with {removed.fingerprint} no more."
    return Answer(
        {"player": player.name, "fingerprint": removed.fingerprint}, lambda page: page.say(words)
    )


def _read(file: str) -> str | Refusal:
    """What stands in a file or comes by standard input, as far as a key could be as long."""
    try:
        if file == STDIN:
            content = b"" if sys.stdin is None else sys.stdin.buffer.read(LONGEST_LINE + 1)
        else:
            content = read_regular(file, LONGEST_LINE)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is no file name"
        return Refusal(
            Reason.INVALID_FILE, f"{quoted(file)} can't be read: {why.lower()}.", {"file": file}
        )
    return content.decode(errors="replace")
