"""Commands of trades: offering, listing, answering."""

from typing import Annotated

import typer

from inventui.cli.core.command import Key, Outcome, command, group
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe
from inventui.cli.core.filters import InOrder, MinValue, OfRarity, OfTab, Search
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import number, number_argument
from inventui.cli.trades.text import (
    show_ended,
    show_made,
    show_trade,
    show_trades,
    show_wares,
)
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.trades.models import TradeEnded, TradeMade, TradeOffer, TradeSide, TradeView
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort
from inventui.rules.trades.trades import TradeEvent

app = typer.Typer()

Number = Annotated[int, number_argument("TRADE", "A number as inventui trade list shows it.")]
Open = Annotated[bool, typer.Option("--open", help="Only offers that stand.")]
Give = Annotated[
    list[int] | None, number("--give", "A thing of yours; name several one by one.", metavar="ID")
]
GiveOranges = Annotated[int, number("--oranges", "Oranges of yours.")]
Ask = Annotated[
    list[int] | None, number("--ask", "A thing of theirs, as trade wares shows it.", metavar="ID")
]
AskOranges = Annotated[int, number("--ask-oranges", "Oranges of theirs.")]
Message = Annotated[str, typer.Option(metavar="TEXT", help="Up to 200 characters to go with it.")]

describe(
    TradeView,
    "id state mine other neighbour give get message answer at until ended_at counter_of refused",
    neighbour="get.neighbour",
    refused="refusal",
)
describe(TradeSide, "items oranges value", items="player_items")
describe(TradeMade, "operation repeat trade other until counter_of balance answer")
describe(
    TradeEnded,
    "operation repeat trade state other received got gave got_oranges gave_oranges answer "
    "balance at",
)


@group(
    app,
    "trade",
    examples=(
        "trade offer bob --give 12 --give 15 --ask 31",
        "trade accept 7",
    ),
)
def trade(player: PlayerHandle) -> Outcome:
    """Offer things and oranges for those of others, and answer offers."""
    return list_(player)


@command(app, "list", examples=("trade list --open",))
def list_(
    player: PlayerHandle, open_only: Open = False, limit: Limit = 50, after: After = None
) -> Outcome:
    """List your offers and those to you, the newest first."""
    found = player.trades.list(open_only=open_only, before=after, limit=limit)
    waiting = player.trades.waiting()
    now = player.world.clock.now()
    return Answer(
        {"trades": found.trades, "waiting": waiting, "next": found.next},
        lambda page: show_trades(page, found, waiting, now),
    )


@command(app, "show", examples=("trade show 7",))
def show(player: PlayerHandle, number: Number) -> Outcome:
    """Show both sides of one trade."""
    view = player.trades.view(number)
    if isinstance(view, Refusal):
        return view
    now = player.world.clock.now()
    return Answer({"trade": view}, lambda page: show_trade(page, view, now))


@command(app, "offer", examples=("trade offer bob --give 12 --oranges 500 --ask 31",))
def offer(
    player: PlayerHandle,
    name: Annotated[str, typer.Argument(metavar="PLAYER", help="A player or neighbour.")],
    give: Give = None,
    oranges: GiveOranges = 0,
    ask: Ask = None,
    ask_oranges: AskOranges = 0,
    message: Message = "",
    key: Key = None,
) -> Outcome:
    """Offer somebody a trade; what you give is held for 48 hours."""
    terms = TradeOffer(tuple(give or ()), oranges, tuple(ask or ()), ask_oranges, message)
    return answer(player.trades.propose(name, terms, key=key), show_made)


@command(app, "counter", examples=("trade counter 7 --give 31 --ask 12 --ask-oranges 900",))
def counter(
    player: PlayerHandle,
    number: Number,
    give: Give = None,
    oranges: GiveOranges = 0,
    ask: Ask = None,
    ask_oranges: AskOranges = 0,
    message: Message = "",
    key: Key = None,
) -> Outcome:
    """Answer an offer with another one, which takes its place."""
    terms = TradeOffer(tuple(give or ()), oranges, tuple(ask or ()), ask_oranges, message)
    return answer(player.trades.counter(number, terms, key=key), show_made)


@command(app, "accept", examples=("trade accept 7",))
def accept(player: PlayerHandle, number: Number, key: Key = None) -> Outcome:
    """Accept an offer: all of it goes over at once, or none does."""
    return answer(player.trades.end(number, TradeEvent.ACCEPT, key=key), show_ended)


@command(app, "decline", examples=("trade decline 7",))
def decline(player: PlayerHandle, number: Number, key: Key = None) -> Outcome:
    """Decline an offer."""
    return answer(player.trades.end(number, TradeEvent.DECLINE, key=key), show_ended)


@command(app, "take-back", examples=("trade take-back 7",))
def take_back(player: PlayerHandle, number: Number, key: Key = None) -> Outcome:
    """Take your own offer back, with all that was held for it."""
    return answer(player.trades.end(number, TradeEvent.TAKE_BACK, key=key), show_ended)


@command(app, "wares", examples=("trade wares bob --sort value",))
def wares(
    player: PlayerHandle,
    name: Annotated[
        str, typer.Argument(metavar="PLAYER", help="A player or neighbour, or yourself.")
    ],
    tab: OfTab = InventoryTab.ALL,
    rarity: OfRarity = None,
    min_value: MinValue = 0,
    search: Search = "",
    sort: InOrder = Sort.NEWEST,
    limit: Limit = 50,
    after: After = None,
) -> Outcome:
    """List what of somebody's things may go into a trade."""
    query = InventoryQuery(tab=tab, sort=sort, rarity=rarity, min_value=min_value, search=search)
    return answer(player.trades.wares(name, query, after=after, limit=limit), show_wares)
