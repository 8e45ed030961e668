"""Trades: offers to other players, and answers to theirs."""

from typing import Annotated

import typer

from inventui.cli.core import documents
from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.context import CommandRun
from inventui.cli.core.filters import MinValue, OfRarity, OfTab, Search, check_least
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import whole, word
from inventui.cli.trades.text import (
    show_ended,
    show_made,
    show_trade,
    show_trades,
    show_wares,
)
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeSide, TradeView
from inventui.rules.core.clock import to_iso
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.rules.trades.trades import TradeEvent

app = typer.Typer()

Number = Annotated[
    int,
    typer.Argument(
        metavar="TRADE", parser=whole("TRADE"), help="A number as inventui trade list shows it."
    ),
]
Open = Annotated[bool, typer.Option("--open", help="Only offers that stand.")]
Give = Annotated[
    list[int] | None,
    typer.Option(
        metavar="ID", parser=whole("--give"), help="A thing of yours; name several one by one."
    ),
]
GiveOranges = Annotated[
    int, typer.Option("--oranges", metavar="N", parser=whole("--oranges"), help="Oranges of yours.")
]
Ask = Annotated[
    list[int] | None,
    typer.Option(
        metavar="ID", parser=whole("--ask"), help="A thing of theirs, as trade wares shows it."
    ),
]
AskOranges = Annotated[
    int,
    typer.Option(
        "--ask-oranges", metavar="N", parser=whole("--ask-oranges"), help="Oranges of theirs."
    ),
]
Message = Annotated[str, typer.Option(metavar="TEXT", help="Up to 200 characters to go with it.")]


@group(
    app,
    "trade",
    examples=(
        "trade offer bob --give 12 --give 15 --ask 31",
        "trade accept 7",
    ),
)
def trade(call: CommandRun) -> Outcome:
    """Offer things and oranges for those of others, and answer offers."""
    return _list(call, False, 50, None)


@command(app, "list", examples=("trade list --open",))
def list_(
    call: CommandRun, open_only: Open = False, limit: Limit = 50, after: After = None
) -> Outcome:
    """List your offers and those to you, the newest first."""
    return _list(call, open_only, limit, after)


def _list(call: CommandRun, open_only: bool, limit: int, after: int | None) -> Outcome:
    player = check_limit(limit) or call.player()
    if isinstance(player, Refusal):
        return player
    found = player.trades.list(open_only=open_only, before=after, limit=limit)
    waiting = player.trades.waiting()
    document = {
        "trades": [_trade(view) for view in found.trades],
        "waiting": waiting,
        "next": found.next,
    }
    now = call.world.clock.now()
    return Answer(document, lambda page: show_trades(page, found, waiting, now))


@command(app, "show", examples=("trade show 7",))
def show(call: CommandRun, number: Number) -> Outcome:
    """Show both sides of one trade."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    view = player.trades.view(number)
    if isinstance(view, Refusal):
        return view
    now = call.world.clock.now()
    return Answer({"trade": _trade(view)}, lambda page: show_trade(page, view, now))


@command(app, "offer", examples=("trade offer bob --give 12 --oranges 500 --ask 31",))
def offer(
    call: CommandRun,
    name: Annotated[str, typer.Argument(metavar="PLAYER", help="A player or neighbour.")],
    give: Give = None,
    oranges: GiveOranges = 0,
    ask: Ask = None,
    ask_oranges: AskOranges = 0,
    message: Message = "",
    key: Key = None,
) -> Outcome:
    """Offer somebody a trade; what you give is held for 48 hours."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    terms = TradeOffer(tuple(give or ()), oranges, tuple(ask or ()), ask_oranges, message)
    return _made(player.trades.propose(name, terms, key=key))


@command(app, "counter", examples=("trade counter 7 --give 31 --ask 12 --ask-oranges 900",))
def counter(
    call: CommandRun,
    number: Number,
    give: Give = None,
    oranges: GiveOranges = 0,
    ask: Ask = None,
    ask_oranges: AskOranges = 0,
    message: Message = "",
    key: Key = None,
) -> Outcome:
    """Answer an offer with another one, which takes its place."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    terms = TradeOffer(tuple(give or ()), oranges, tuple(ask or ()), ask_oranges, message)
    return _made(player.trades.counter(number, terms, key=key))


@command(app, "accept", examples=("trade accept 7",))
def accept(call: CommandRun, number: Number, key: Key = None) -> Outcome:
    """Accept an offer: all of it goes over at once, or none does."""
    return _end(call, number, TradeEvent.ACCEPT, key)


@command(app, "decline", examples=("trade decline 7",))
def decline(call: CommandRun, number: Number, key: Key = None) -> Outcome:
    """Decline an offer."""
    return _end(call, number, TradeEvent.DECLINE, key)


@command(app, "take-back", examples=("trade take-back 7",))
def take_back(call: CommandRun, number: Number, key: Key = None) -> Outcome:
    """Take your own offer back, with all that was held for it."""
    return _end(call, number, TradeEvent.TAKE_BACK, key)


@command(app, "wares", examples=("trade wares bob --sort value",))
def wares(
    call: CommandRun,
    name: Annotated[
        str, typer.Argument(metavar="PLAYER", help="A player or neighbour, or yourself.")
    ],
    tab: OfTab = InventoryTab.ALL,
    rarity: OfRarity = None,
    min_value: MinValue = 0,
    search: Search = "",
    sort: Annotated[
        Sort,
        typer.Option(
            metavar="ORDER", parser=word("--sort", Sort), help=f"One of {', '.join(Sort)}."
        ),
    ] = Sort.NEWEST,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List what of somebody's things may go into a trade."""
    player = check_limit(limit) or check_least(min_value) or call.player()
    if isinstance(player, Refusal):
        return player
    query = InventoryQuery(tab=tab, sort=sort, rarity=rarity, min_value=min_value, search=search)
    found = player.trades.wares(name, query, after=after, limit=limit)
    if isinstance(found, Refusal):
        return found
    document = {
        "items": [documents.item(line) for line in found.items],
        "total": found.total,
        "next": found.next,
    }
    return Answer(document, lambda page: show_wares(page, found))


def _made(made: TradeMade | Refusal) -> Outcome:
    if isinstance(made, Refusal):
        return made
    document = {
        "operation": made.operation,
        "repeat": made.repeat,
        "trade": made.trade,
        "other": made.other,
        "until": to_iso(made.until),
        "counter_of": made.counter_of,
        "balance": documents.balance(made.balance),
        "answer": None if made.answer is None else _ended(made.answer),
    }
    return Answer(document, lambda page: show_made(page, made))


def _end(call: CommandRun, number: int, event: TradeEvent, key: str | None) -> Outcome:
    player = call.player()
    if isinstance(player, Refusal):
        return player
    ended = player.trades.end(number, event, key=key)
    if isinstance(ended, Refusal):
        return ended
    return Answer(_ended(ended), lambda page: show_ended(page, ended))


def _ended(ended: TradeEnded) -> documents.Document:
    return {
        "operation": ended.operation,
        "repeat": ended.repeat,
        "trade": ended.trade,
        "state": ended.state,
        "other": ended.other,
        "received": list(ended.received),
        "got": list(ended.got),
        "gave": list(ended.gave),
        "got_oranges": ended.got_oranges,
        "gave_oranges": ended.gave_oranges,
        "answer": ended.answer,
        "balance": documents.balance(ended.balance),
        "at": to_iso(ended.at),
    }


def _trade(view: TradeView) -> documents.Document:
    return {
        "id": view.id,
        "state": view.state,
        "mine": view.mine,
        "other": view.other,
        "neighbour": view.get.neighbour,
        "give": _side(view.give),
        "get": _side(view.get),
        "message": view.message,
        "answer": view.answer,
        "at": to_iso(view.at),
        "until": to_iso(view.until),
        "ended_at": None if view.ended_at is None else to_iso(view.ended_at),
        "counter_of": view.counter_of,
        "refused": None if view.refusal is None else view.refusal.as_json(),
    }


def _side(side: TradeSide) -> documents.Document:
    return {
        "items": [documents.item(line) for line in side.player_items],
        "oranges": side.oranges,
        "value": side.value,
    }
