"""Invitations into a world that is served."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from inventui.cli.core.command import Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import World
from inventui.cli.core.output import Answer
from inventui.cli.core.parse import number
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.invitations import DAYS, USES

if TYPE_CHECKING:
    from inventui.engine.players.invitations import Invitation

app = typer.Typer()


def _one_thing(*, uses: int, days: int, listed: bool, revoke: str | None) -> None:
    made = (uses, days) != (USES, DAYS)
    if listed + (revoke is not None) + made > 1:
        raise typer.BadParameter("--list, --revoke, and --uses with --days don't go together.")


@command(
    app,
    "invite",
    examples=("invite --uses 5 --days 2", "invite --list", "invite --revoke 3"),
    usage=_one_thing,
)
def invite(
    world: World,
    uses: Annotated[int, number("--uses", "How many players may come by it.")] = USES,
    days: Annotated[int, number("--days", "How long it lets them in.")] = DAYS,
    listed: Annotated[bool, typer.Option("--list", help="Show what was made.")] = False,
    revoke: Annotated[
        str | None,
        typer.Option("--revoke", metavar="CODE", help="Take one back, by code or number."),
    ] = None,
) -> Outcome:
    """Make a code by which new players come in from elsewhere."""
    if listed:
        return _listed(world)
    if revoke is not None:
        return _revoked(world, revoke)
    made = world.invitations.make(uses, days)
    if isinstance(made, Refusal):
        return made
    which = made.invitation
    who = "one new player" if uses == 1 else f"{uses:,} new players"

    def show(page: Page) -> None:
        page.say(made.code)
        page.say(f"It lets in {who} until {to_iso(which.until)}. Nobody can show it again.")
        page.say("They come by: ssh -p 2222 join@HOST, served with --register invite.")

    return Answer({"code": made.code, **_described(which, world.clock.now())}, show)


def _listed(world: World) -> Outcome:
    found, now = world.invitations.list(), world.clock.now()

    def show(page: Page) -> None:
        if not found:
            page.say("No invitation was made yet: inventui invite")
            return
        page.table(
            found,
            TableColumn("Number", lambda each: each.number, right=True),
            TableColumn("Came", lambda each: f"{each.used} of {each.uses}", right=True),
            TableColumn("Made", lambda each: to_iso(each.made_at), drop=1),
            TableColumn("Until", lambda each: to_iso(each.until)),
            TableColumn("State", lambda each: _state(each, now)),
        )

    return Answer({"invitations": [_described(each, now) for each in found]}, show)


def _revoked(world: World, which: str) -> Outcome:
    found = world.invitations.revoke(which)
    if isinstance(found, Refusal):
        return found
    said = f"Nobody comes by invitation {found.number} any more; {found.used} did."
    return Answer(_described(found, world.clock.now()), lambda page: page.say(said))


def _state(invitation: "Invitation", now: int) -> str:
    if invitation.revoked_at is not None:
        return "taken back"
    if invitation.used >= invitation.uses:
        return "used"
    return "open" if now < invitation.until else "too old"


def _described(invitation: "Invitation", now: int) -> dict[str, Any]:
    return {
        "number": invitation.number,
        "uses": invitation.uses,
        "used": invitation.used,
        "made_at": to_iso(invitation.made_at),
        "until": to_iso(invitation.until),
        "state": _state(invitation, now),
    }
