"""People: friends, and what goes from one to another."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import whole
from inventui.engine.people.models import FriendLine, GiftLine, GiftSent, GiftStatistics
from inventui.rules.core.clock import to_iso
from inventui.rules.core.enums import Currency
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.people import FriendEvent, FriendshipState

if TYPE_CHECKING:
    from inventui.engine.world import PlayerHandle

app = typer.Typer()
giving = typer.Typer()

Name = Annotated[str, typer.Argument(metavar="NAME", help="A player or neighbour.")]

_BONDS = {
    FriendshipState.FRIENDS: Text("friend", style=style.GOOD),
    FriendshipState.WAITING: Text("waits for your answer"),
    FriendshipState.ASKED: Text("asked", style=style.LABEL),
    FriendshipState.NONE: Text(""),
}

_DONE = {
    FriendEvent.REQUEST: "You have asked {name} to be your friend.",
    FriendEvent.ACCEPT: "{name} is your friend now.",
    FriendEvent.DECLINE: "You have declined; {name} is not your friend.",
    FriendEvent.REMOVE: "{name} is not your friend any more.",
}
_TAKEN_BACK = "You have taken your request to {name} back."


@group(app, "friends", examples=("friends", "friends request bob", "friends accept bob"))
def friends(call: CommandRun) -> Outcome:
    """List everybody and how you stand with them."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    lines = player.friends.list()
    document = {"friends": [_friend(line) for line in lines], "total": len(lines)}

    def show(page: Page) -> None:
        if not lines:
            page.say("You are alone here. Add a player: inventui players add NAME")
            return
        page.table(
            (
                TableColumn("Name", least=8),
                TableColumn("", drop=3),
                TableColumn("Rank", drop=2),
                TableColumn("Bond"),
                TableColumn("Since (UTC)", drop=1),
                TableColumn("", drop=4, least=16),
            ),
            [
                (
                    line.name,
                    "neighbour" if line.neighbour else "player",
                    line.rank,
                    _BONDS[line.bond],
                    "" if line.since is None else style.when(line.since),
                    line.line,
                )
                for line in lines
            ],
        )
        if any(line.bond is FriendshipState.WAITING for line in lines):
            page.blank()
            page.say("To answer: inventui friends accept NAME, or decline NAME", style=style.LABEL)

    return Answer(document, show)


def _friend(line: FriendLine) -> documents.Document:
    return {
        "name": line.name,
        "neighbour": line.neighbour,
        "rank": line.rank,
        "bond": line.bond,
        "since": None if line.since is None else to_iso(line.since),
    }


@command(app, "request", examples=("friends request bob",))
def request(call: CommandRun, name: Name, key: Key = None) -> Outcome:
    """Ask somebody to be your friend."""
    return _change(call, name, FriendEvent.REQUEST, key)


@command(app, "accept", examples=("friends accept bob",))
def accept(call: CommandRun, name: Name, key: Key = None) -> Outcome:
    """Say yes to somebody who has asked you."""
    return _change(call, name, FriendEvent.ACCEPT, key)


@command(app, "decline", examples=("friends decline bob",))
def decline(call: CommandRun, name: Name, key: Key = None) -> Outcome:
    """Say no to somebody who has asked you."""
    return _change(call, name, FriendEvent.DECLINE, key)


@command(app, "remove", examples=("friends remove bob",))
def remove(call: CommandRun, name: Name, key: Key = None) -> Outcome:
    """End a friendship, or take your own request back."""
    return _change(call, name, FriendEvent.REMOVE, key)


def _change(call: CommandRun, name: str, event: FriendEvent, key: str | None) -> Outcome:
    player = call.player()
    if isinstance(player, Refusal):
        return player
    before = {line.name: line.bond for line in player.friends.list()}
    changed = player.friends.change(name, event, key=key)
    if isinstance(changed, Refusal):
        return changed
    asked = before.get(changed.name) is FriendshipState.ASKED and event is FriendEvent.REMOVE
    words = _TAKEN_BACK if asked else _DONE[event]
    document = {
        "operation": changed.operation,
        "repeat": changed.repeat,
        "name": changed.name,
        "event": changed.event,
        "bond": changed.bond,
    }

    def show(page: Page) -> None:
        if changed.repeat:
            page.say("This was done before; nothing has changed.")
        page.say(words.format(name=changed.name))

    return Answer(document, show)


@command(
    giving,
    "gift",
    examples=("gift", "gift bob --item 12 --message 'For you'", "gift bob --oranges 100"),
)
def gift(
    call: CommandRun,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A friend; without one your gifts are listed."),
    ] = None,
    item: Annotated[
        int | None,
        typer.Option(
            metavar="ID", parser=whole("--item"), help="An id as inventui inventory shows it."
        ),
    ] = None,
    oranges: Annotated[
        int | None, typer.Option(metavar="N", parser=whole("--oranges"), help="How many oranges.")
    ] = None,
    gems: Annotated[
        int | None, typer.Option(metavar="N", parser=whole("--gems"), help="How many gems.")
    ] = None,
    message: Annotated[
        str, typer.Option(metavar="TEXT", help="Up to 200 characters to go with it.")
    ] = "",
    limit: Limit = 50,
    after: After = None,
    key: Key = None,
) -> Outcome:
    """Give a friend a thing, oranges or gems; or list your gifts."""
    named = [value for value in (item, oranges, gems) if value is not None]
    if name is not None and len(named) != 1:
        raise typer.BadParameter("A gift takes one of --item, --oranges and --gems.")
    if name is None and (named or message):
        raise typer.BadParameter("A gift goes to somebody: name a friend.")
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    if name is None:
        return _list(player, after, limit)
    if item is not None:
        sent = player.gifts.send_item(name, item, message, key=key)
    else:
        currency = Currency.GEMS if oranges is None else Currency.ORANGES
        sent = player.gifts.send_money(name, named[0], currency, message, key=key)
    if isinstance(sent, Refusal):
        return sent
    document = {
        "operation": sent.operation,
        "repeat": sent.repeat,
        "receiver": sent.receiver,
        "item_id": sent.item_id,
        "received_id": sent.received_id,
        "name": sent.name,
        "oranges": sent.oranges,
        "gems": sent.gems,
        "message": sent.message,
        "balance": documents.balance(sent.balance),
        "at": to_iso(sent.at),
    }

    def show(page: Page) -> None:
        if sent.repeat:
            page.say("This was done before; nothing has changed.")
        page.say(f"You gave {sent.receiver} {_what(sent)}. You have {style.money(sent.balance)}.")

    return Answer(document, show)


def _what(given: GiftSent | GiftLine) -> str:
    if given.name is not None:
        return given.name
    if given.oranges:
        return money_words(given.oranges, Currency.ORANGES)
    return money_words(given.gems, Currency.GEMS)


def _list(player: "PlayerHandle", after: int | None, limit: int) -> Answer:
    pages = [player.gifts.page(sent=sent, before=after, limit=limit) for sent in (True, False)]
    # Both sides are numbered together, so the later of the two comes first.
    lines = sorted((line for page in pages for line in page.gifts), key=lambda g: -g.id)
    more = len(lines) > limit or any(page.next is not None for page in pages)
    lines = lines[:limit]
    onward = lines[-1].id if lines and more else None
    sums = player.gifts.statistics()
    document = {
        "gifts": [
            {
                "id": line.id,
                "at": to_iso(line.at),
                "sent": line.sent,
                "player": line.other,
                "item_id": line.item_id,
                "name": line.name,
                "rarity": line.rarity,
                "oranges": line.oranges,
                "gems": line.gems,
                "message": line.message,
            }
            for line in lines
        ],
        "next": onward,
        "statistics": {
            "items_given": sums.items_given,
            "oranges_given": sums.oranges_given,
            "gems_given": sums.gems_given,
            "items_received": sums.items_received,
            "oranges_received": sums.oranges_received,
            "gems_received": sums.gems_received,
        },
    }
    return Answer(document, lambda page: _show_gifts(page, lines, onward, sums))


def _show_gifts(
    page: Page, lines: list[GiftLine], onward: int | None, sums: GiftStatistics
) -> None:
    if not lines:
        page.say("No gift yet. To give one: inventui gift NAME --oranges N")
        return
    page.table(
        (
            TableColumn("At (UTC)", drop=2),
            TableColumn(""),
            TableColumn("Friend", least=8),
            TableColumn("Gift", least=12),
            TableColumn("Message", drop=1, least=16),
        ),
        [
            (
                style.when(line.at),
                "to" if line.sent else "from",
                line.other,
                _what(line),
                line.message,
            )
            for line in lines
        ],
    )
    page.blank()
    for verb, player_items, oranges, gems in (
        ("gave", sums.items_given, sums.oranges_given, sums.gems_given),
        ("got", sums.items_received, sums.oranges_received, sums.gems_received),
    ):
        page.say(
            f"In all you {verb} {style.count(player_items, 'thing')}, "
            f"{money_words(oranges, Currency.ORANGES)} and {money_words(gems, Currency.GEMS)}."
        )
    if onward is not None:
        page.say(f"For the next page add --after {onward}.", style=style.LABEL)
