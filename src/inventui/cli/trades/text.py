"""Pages of trades for people: lists, one trade, its outcome."""

from operator import itemgetter

from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.engine.inventory.models import InventoryPage
from inventui.engine.trades.models import TradeEnded, TradeMade, TradePage, TradeSide, TradeView
from inventui.rules.shop import countdown
from inventui.rules.trades.trades import TradeState, item_list_words

STATES = {
    TradeState.ACCEPTED: "accepted",
    TradeState.DECLINED: "declined",
    TradeState.TAKEN_BACK: "taken back",
    TradeState.COUNTERED: "answered with another",
    TradeState.EXPIRED: "ran out",
}


def show_trades(page: Page, found: TradePage, waiting: int, now: int) -> None:
    """Show a page of a player's trades."""
    if not found.trades:
        page.say("No trade yet. To offer one: inventui trade offer PLAYER --give ID --ask ID")
        return
    page.table(
        found.trades,
        TableColumn("Trade", lambda view: str(view.id), right=True),
        TableColumn("With", lambda view: view.other, least=6),
        TableColumn("You give", lambda view: said(view.give), least=10),
        TableColumn("You get", lambda view: said(view.get), least=10),
        TableColumn("", lambda view: _stands(view, now), least=8),
        TableColumn("At (UTC)", lambda view: style.when(view.at), drop=1),
    )
    page.blank()
    if waiting:
        offers = style.count(waiting, "offer")
        page.say(
            f"{offers} {'waits' if waiting == 1 else 'wait'} for your answer: inventui trade "
            "accept TRADE, or decline, or counter.",
            style=style.LABEL,
        )
    page.onward(found.next)


def show_trade(page: Page, view: TradeView, now: int) -> None:
    """Show both sides of one trade."""
    page.heading(f"Trade {view.id} with {view.other}")
    state = "stands" if view.state is TradeState.OPEN else STATES[view.state]
    if view.state is TradeState.OPEN:
        state += f", {countdown(view.until - now)} left"
    facts: list[tuple[str, object]] = [
        ("Offered by", "you" if view.mine else view.other),
        ("At (UTC)", style.when(view.at)),
        ("State", state),
    ]
    if view.counter_of is not None:
        facts.append(("Answers", f"trade {view.counter_of}"))
    if view.message:
        facts.append(("Message", f"“{view.message}”"))
    if view.answer:
        facts.append(("Answer", f"“{view.answer}”"))
    page.facts(facts)
    for title, side in (("You give", view.give), ("You get", view.get)):
        page.blank()
        _side(page, title, side)
    if view.waits_for_me:
        page.blank()
        if view.refusal is not None:
            page.say(view.refusal.message, style=style.BAD)
        page.say(
            f"To answer: inventui trade accept {view.id}, or decline, or counter.",
            style=style.LABEL,
        )


def show_made(page: Page, made: TradeMade) -> None:
    """Show an offer that was made, and its answer if there is one already."""
    page.repeated(made.repeat)
    if made.answer is None:
        page.say(
            f"Trade {made.trade} is offered to {made.other}. What you give is held until "
            f"{style.when(made.until)} UTC."
        )
    else:
        page.say(f"Trade {made.trade} was offered to {made.other}, who answered at once.")
        show_ended(page, made.answer, by=made.other)


def show_ended(page: Page, ended: TradeEnded, by: str = "") -> None:
    """Show how an offer ended; `by` names who ended it, if it was not the player."""
    page.repeated(ended.repeat)
    if ended.answer:
        page.say(f"{by or ended.other}: “{ended.answer}”" if by else f"You: “{ended.answer}”")
    if ended.state is TradeState.ACCEPTED:
        got = item_list_words(ended.got, ended.got_oranges)
        gave = item_list_words(ended.gave, ended.gave_oranges)
        numbers = ", ".join(map(str, ended.received))
        where = f" Your new things are number {numbers}." if numbers else ""
        page.say(f"Traded with {ended.other}: you got {got} for {gave}.{where}", style=style.GOOD)
    elif by:
        page.say(f"{by} declined; everything is yours again.")
    elif ended.state is TradeState.TAKEN_BACK:
        page.say(f"You took your offer to {ended.other} back; everything is yours again.")
    else:
        page.say(f"You declined the offer of {ended.other}.")
    page.say(f"You have {style.money(ended.balance)}.")


def show_wares(page: Page, found: InventoryPage) -> None:
    """Show a page of the player items that may be traded."""
    if found.items:
        page.table(
            found.items,
            TableColumn("Id", lambda line: str(line.id), right=True),
            MARK,
            TableColumn("Name", lambda line: line.name, least=10),
            TableColumn("Value", lambda line: line.value, right=True),
            TableColumn("Category", lambda line: line.category, drop=1),
            TableColumn(
                "Durability",
                lambda line: (
                    "" if line.durability is None else f"{line.durability}/{line.most_durability}"
                ),
                right=True,
                drop=2,
            ),
        )
        page.blank()
    page.say(f"{len(found.items):,} of {found.total:,} shown: owned, not worn, not locked.")
    page.onward(found.next)


def said(side: TradeSide) -> str:
    """What a side gives, in few words."""
    return item_list_words([line.name for line in side.player_items], side.oranges)


def _stands(view: TradeView, now: int) -> Text:
    if view.state is not TradeState.OPEN:
        shown = style.GOOD if view.state is TradeState.ACCEPTED else style.LABEL
        return Text(STATES[view.state], style=shown)
    left = countdown(view.until - now)
    return Text(f"{'stands' if view.mine else 'your turn'}, {left} left")


def _side(page: Page, title: str, side: TradeSide) -> None:
    rows: list[tuple[object, ...]] = [
        (str(line.id), style.mark(line.rarity), line.name, line.value) for line in side.player_items
    ]
    if side.oranges:
        rows.append(("", "", "oranges", side.oranges))
    rows.append(("", "", "In all", side.value))
    page.table(
        rows,
        TableColumn("Id", itemgetter(0), right=True),
        TableColumn("", itemgetter(1)),
        TableColumn(title, itemgetter(2), least=10),
        TableColumn("Value", itemgetter(3), right=True),
    )
