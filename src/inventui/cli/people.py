"""People: friends and gifts."""

from typing import Annotated

import typer
from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import number
from inventui.engine.people.models import (
    FriendChange,
    FriendLine,
    GiftLine,
    GiftSent,
    GiftStatistics,
)
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.people.friends import FriendEvent, FriendshipState

app = typer.Typer()
giving = typer.Typer()

describe(FriendLine, "name neighbour rank bond since")
describe(GiftLine, "id at sent player item_id name rarity oranges gems message", player="other")

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
def friends(player: PlayerHandle) -> Outcome:
    """List everybody and how you stand with them."""
    lines = player.friends.list()

    def show(page: Page) -> None:
        if not lines:
            page.say("You are alone here. Add a player: inventui players add NAME")
            return
        page.table(
            lines,
            TableColumn("Name", lambda line: line.name, least=8),
            TableColumn("", lambda line: "neighbour" if line.neighbour else "player", drop=3),
            TableColumn("Rank", lambda line: line.rank, drop=2),
            TableColumn("Bond", lambda line: _BONDS[line.bond]),
            TableColumn("Since (UTC)", lambda line: style.time_or_blank(line.since), drop=1),
            TableColumn("", lambda line: line.line, drop=4, least=16),
        )
        if any(line.bond is FriendshipState.WAITING for line in lines):
            page.blank()
            page.say("To answer: inventui friends accept NAME, or decline NAME", style=style.LABEL)

    return Answer({"friends": lines, "total": len(lines)}, show)


@command(app, "request", examples=("friends request bob",))
def request(player: PlayerHandle, name: Name, key: Key = None) -> Outcome:
    """Ask somebody to be your friend."""
    return _change(player, name, FriendEvent.REQUEST, key)


@command(app, "accept", examples=("friends accept bob",))
def accept(player: PlayerHandle, name: Name, key: Key = None) -> Outcome:
    """Say yes to somebody who has asked you."""
    return _change(player, name, FriendEvent.ACCEPT, key)


@command(app, "decline", examples=("friends decline bob",))
def decline(player: PlayerHandle, name: Name, key: Key = None) -> Outcome:
    """Say no to somebody who has asked you."""
    return _change(player, name, FriendEvent.DECLINE, key)


@command(app, "remove", examples=("friends remove bob",))
def remove(player: PlayerHandle, name: Name, key: Key = None) -> Outcome:
    """End a friendship, or take your own request back."""
    return _change(player, name, FriendEvent.REMOVE, key)


def _change(player: PlayerHandle, name: str, event: FriendEvent, key: str | None) -> Outcome:
    before = player.friends.find(name)

    def show(page: Page, changed: FriendChange) -> None:
        page.repeated(changed.repeat)
        asked = not isinstance(before, Refusal) and before.bond is FriendshipState.ASKED
        taken_back = asked and event is FriendEvent.REMOVE
        page.say((_TAKEN_BACK if taken_back else _DONE[event]).format(name=changed.name))

    return answer(player.friends.change(name, event, key=key), show)


def _one_gift(
    name: str | None,
    item: int | None,
    oranges: int | None,
    gems: int | None,
    message: str,
    **_: object,
) -> None:
    named = [value for value in (item, oranges, gems) if value is not None]
    if name is not None and len(named) != 1:
        raise typer.BadParameter("A gift takes one of --item, --oranges and --gems.")
    if name is None and (named or message):
        raise typer.BadParameter("A gift goes to somebody: name a friend.")


@command(
    giving,
    "gift",
    examples=("gift", "gift bob --item 12 --message 'For you'", "gift bob --oranges 100"),
    usage=_one_gift,
)
def gift(
    player: PlayerHandle,
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="A friend; without one your gifts are listed."),
    ] = None,
    item: Annotated[
        int | None, number("--item", "An id as inventui inventory shows it.", metavar="ID")
    ] = None,
    oranges: Annotated[int | None, number("--oranges", "How many oranges.")] = None,
    gems: Annotated[int | None, number("--gems", "How many gems.")] = None,
    message: Annotated[
        str, typer.Option(metavar="TEXT", help="Up to 200 characters to go with it.")
    ] = "",
    limit: Limit = 50,
    after: After = None,
    key: Key = None,
) -> Outcome:
    """Give a friend a thing, oranges or gems; or list your gifts."""
    if name is None:
        return _list(player, after, limit)
    if item is not None:
        sent = player.gifts.send_item(name, item, message, key=key)
    elif oranges is not None:
        sent = player.gifts.send_money(name, oranges, Currency.ORANGES, message, key=key)
    else:
        sent = player.gifts.send_money(name, gems or 0, Currency.GEMS, message, key=key)
    return answer(sent, _show_sent)


def _show_sent(page: Page, sent: GiftSent) -> None:
    page.repeated(sent.repeat)
    page.say(f"You gave {sent.receiver} {_what(sent)}. You have {style.money(sent.balance)}.")


def _what(given: GiftSent | GiftLine) -> str:
    if given.name is not None:
        return given.name
    if given.oranges:
        return money_words(given.oranges, Currency.ORANGES)
    return money_words(given.gems, Currency.GEMS)


def _list(player: PlayerHandle, after: int | None, limit: int) -> Answer:
    pages = [player.gifts.page(sent=sent, before=after, limit=limit) for sent in (True, False)]
    # Both sides are numbered together, so the later of the two comes first.
    lines = sorted((line for page in pages for line in page.gifts), key=lambda g: -g.id)
    more = len(lines) > limit or any(page.next is not None for page in pages)
    lines = lines[:limit]
    onward = lines[-1].id if lines and more else None
    sums = player.gifts.statistics()
    return Answer(
        {"gifts": lines, "next": onward, "statistics": sums},
        lambda page: _show_gifts(page, lines, onward, sums),
    )


def _show_gifts(
    page: Page, lines: list[GiftLine], onward: int | None, sums: GiftStatistics
) -> None:
    if not lines:
        page.say("No gift yet. To give one: inventui gift NAME --oranges N")
        return
    page.table(
        lines,
        TableColumn("At (UTC)", lambda line: style.when(line.at), drop=2),
        TableColumn("", lambda line: "to" if line.sent else "from"),
        TableColumn("Friend", lambda line: line.other, least=8),
        TableColumn("Gift", _what, least=12),
        TableColumn("Message", lambda line: line.message, drop=1, least=16),
    )
    page.blank()
    for verb, items, oranges, gems in (
        ("gave", sums.items_given, sums.oranges_given, sums.gems_given),
        ("got", sums.items_received, sums.oranges_received, sums.gems_received),
    ):
        page.say(
            f"In all you {verb} {style.count(items, 'thing')}, "
            f"{money_words(oranges, Currency.ORANGES)} and {money_words(gems, Currency.GEMS)}."
        )
    page.onward(onward)
