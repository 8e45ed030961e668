"""Players of the world: listing, adding, renaming, passphrases, neighbours."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from inventui import config
from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun, World, no_players
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import word
from inventui.cli.core.secret import ask
from inventui.cli.players import keys
from inventui.engine.core.models import PlayerCard
from inventui.engine.players.models import MOST_ON_A_PAGE
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.people.players import name_key, normal_name

app = typer.Typer()
app.add_typer(keys.app)


class Wanted(StrEnum):
    """Whether neighbours are part of a world."""

    ON = "on"
    OFF = "off"


@group(app, "players", examples=("players add ana", "players list --json"))
def players(world: World) -> Outcome:
    """List the players, or add one."""
    return everyone(world)


@command(app, "list")
def everyone(world: World, limit: Limit = MOST_ON_A_PAGE, after: After = None) -> Outcome:
    """List the players of this world."""
    cards = world.players.list(after or 0, limit)
    following = cards[-1].id if cards and world.players.list(cards[-1].id, 1) else None

    def show(page: Page) -> None:
        if not cards:
            page.say(no_players().message)
            return
        page.table(
            cards,
            TableColumn("Name", lambda card: card.name, least=8),
            TableColumn("Rank", lambda card: card.standing.rank, drop=2),
            TableColumn("Experience", lambda card: card.experience, drop=1, right=True),
            TableColumn("Oranges", lambda card: card.oranges, right=True),
            TableColumn("Gems", lambda card: card.gems, drop=3, right=True),
        )
        page.onward(following)

    return Answer({"players": cards, "next": following}, show)


@command(app, "add", examples=("players add ana",))
def add(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="1 to 32 visible characters.")],
    key: Key = None,
) -> Outcome:
    """Add a player to this world."""
    card = world.players.add(name, key=key)
    if isinstance(card, Refusal):
        return card

    def show(page: Page) -> None:
        page.say(f"Welcome, {card.name}: {card.standing.rank}, with {style.money(card)}.")

    return Answer({"player": card}, show)


@command(app, "rename", examples=("players rename ana anna",))
def rename(
    run: CommandRun,
    old: Annotated[str, typer.Argument(metavar="OLD", help="Who.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="1 to 32 visible characters.")],
    key: Key = None,
) -> Outcome:
    """Give a player another name."""
    player = run.play_as(old)
    if isinstance(player, Refusal):
        return player
    card = run.world.players.rename(player.id, new, key=key)
    if isinstance(card, Refusal):
        return card
    settings, _ = config.load_settings()
    if name_key(normal_name(settings.player)) == name_key(player.name):
        settings.player = card.name
        config.save_settings(settings)
    return Answer(
        {"player": card},
        lambda page: page.say(f"{player.name} is {card.name} from now on."),
    )


@command(app, "passphrase", examples=("players passphrase --player ana",))
def passphrase(
    run: CommandRun,
    clear: Annotated[bool, typer.Option("--clear", help="Ask for none from now on.")] = False,
    reset: Annotated[
        bool,
        typer.Option("--reset", help="As the world's owner: for --player, who forgot it."),
    ] = False,
) -> Outcome:
    """Set what must be said to play as you; it is typed unseen."""
    player = _forgetful(run) if reset else run.player()
    if isinstance(player, Refusal):
        return player
    new = "" if clear else _new_passphrase(as_json=run.options.json)
    if isinstance(new, Refusal):
        return new
    refusal = run.world.passphrases.change(player.id, new)
    if refusal is not None:
        return refusal
    said = (
        f"{player.name} asks for a passphrase from now on."
        if new
        else f"{player.name} asks for no passphrase."
    )
    return Answer({"player": player.name, "passphrase": bool(new)}, lambda page: page.say(said))


def _forgetful(run: CommandRun) -> PlayerCard | Refusal:
    """Who is named, without what they would have to say."""
    if run.options.player is None:
        raise typer.BadParameter("--reset needs --player NAME.")
    return run.world.players.find(run.options.player)


def _new_passphrase(*, as_json: bool) -> str | Refusal:
    """The new passphrase: from the environment, or typed twice."""
    given = os.environ.get("INVENTUI_NEW_PASSPHRASE")
    if given:
        return given
    first = None if as_json else ask("New passphrase: ")
    if not first:
        return Refusal(
            Reason.NOTHING_TO_DO,
            "No new passphrase was said: set INVENTUI_NEW_PASSPHRASE, or type one in a terminal. "
            "To ask for none any more, add --clear.",
        )
    if ask("Once more: ") != first:
        return Refusal(
            Reason.NOT_CONFIRMED, "The two passphrases differ, so nothing was changed. Try again."
        )
    return first


@command(app, "neighbours", examples=("players neighbours off",))
def neighbours(
    world: World,
    wanted: Annotated[
        Wanted | None,
        typer.Argument(
            metavar="on|off", parser=word("on|off", Wanted), help="Leave it out to be told."
        ),
    ] = None,
) -> Outcome:
    """Let neighbours befriend, give and rob in this world, or not."""
    if wanted is not None:
        world.invite_neighbours(wanted is Wanted.ON)
    there = world.neighbours
    said = "Neighbours are part of this world." if there else "Neighbours stay away."
    return Answer({"neighbours": there}, lambda page: page.say(said))


@command(app, "lock", examples=("players lock ana",))
def lock(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whom.")],
) -> Outcome:
    """Let a player sign in from elsewhere no more, and end their play."""
    return _changed(world, name, locked=True)


@command(app, "unlock", examples=("players unlock ana",))
def unlock(
    world: World,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whom.")],
) -> Outcome:
    """Let a player who was locked out sign in from elsewhere again."""
    return _changed(world, name, locked=False)


def _changed(world: World, name: str, *, locked: bool) -> Outcome:
    found = world.players.find(name)
    if isinstance(found, Refusal):
        return found
    world.locks.change(found.id, locked)
    words = "can't sign in from elsewhere any more" if locked else "may sign in from elsewhere"
    return Answer(
        {"player": found.name, "locked": locked}, lambda page: page.say(f"{found.name} {words}.")
    )
