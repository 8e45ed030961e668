"""The inventory: looking, selling, locking."""

from typing import Annotated

import typer

from inventui.cli.core import documents, style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import Page, TableColumn
from inventui.cli.core.context import CommandRun
from inventui.cli.core.filters import MinValue, OfRarity, OfTab, Search, check_least
from inventui.cli.core.output import Answer
from inventui.cli.core.paging import After, Limit, check_limit
from inventui.cli.core.parse import whole, word
from inventui.engine.inventory.models import InventoryPage, InventoryQuery, RefusedItem, Statistics
from inventui.rules.core.enums import Currency, Status
from inventui.rules.core.money import money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort

app = typer.Typer()

ItemIds = Annotated[
    list[int],
    typer.Argument(metavar="ID", parser=whole("ID"), help="Ids as inventui inventory shows them."),
]


@command(
    app, "inventory", examples=("inventory --sort value --rarity epic", "inventory --search lemon")
)
def inventory(
    call: CommandRun,
    tab: OfTab = InventoryTab.ALL,
    status: Annotated[
        Status | None,
        typer.Option(
            metavar="STATUS",
            parser=word("--status", Status),
            help="Only things in this status, e.g. owned or sold.",
        ),
    ] = None,
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
    """List a player's things, a page at a time, with statistics."""
    player = check_limit(limit) or check_least(min_value) or call.player()
    if isinstance(player, Refusal):
        return player
    query = InventoryQuery(tab, sort, status, rarity, min_value, search)
    found = player.inventory.page(query, after=after, limit=limit)
    if isinstance(found, Refusal):
        return found
    held = player.inventory.statistics()
    document = {
        "items": [documents.item(line) for line in found.items],
        "total": found.total,
        "next": found.next,
        "statistics": documents.statistics(held),
    }
    return Answer(document, lambda page: _show_inventory(page, found, held))


def _show_inventory(page: Page, found: InventoryPage, held: Statistics) -> None:
    waiting = any(line.held_until is not None for line in found.items)
    if found.items:
        page.table(
            (
                TableColumn("Item", right=True),
                TableColumn(""),
                TableColumn("Name", least=10),
                TableColumn("Worth", right=True),
                TableColumn("Status", drop=2),
                TableColumn("Locked", drop=1),
                TableColumn("Category", drop=4),
                TableColumn("Waits until (UTC)" if waiting else "Since (UTC)", drop=3),
            ),
            [
                (
                    str(line.id),
                    style.mark(line.rarity),
                    line.name,
                    line.value,
                    line.status,
                    "locked" if line.locked else "",
                    line.category,
                    style.when(line.held_until or line.acquired_at),
                )
                for line in found.items
            ],
        )
        page.blank()
    elif held.total_items:
        page.say("Nothing here matches. Leave an option out to see more.")
    else:
        page.say("Nothing yet. Open a case: inventui cases lists them.")
    page.say(
        f"{len(found.items):,} of {found.total:,} shown. Held in all: {held.total_items:,} worth "
        f"{held.total_value:,} oranges; the best is worth {held.highest_value:,}; "
        f"{held.total_spent:,} spent."
    )
    if found.next is not None:
        page.say(f"For the next page add --after {found.next}.", style=style.LABEL)


@command(app, "sell", examples=("sell 12 15 16",))
def sell(call: CommandRun, ids: ItemIds, key: Key = None) -> Outcome:
    """Sell things to the house."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    sale = player.inventory.sell(ids, key=key)
    if isinstance(sale, Refusal):
        return sale
    document = {
        "operation": sale.operation,
        "repeat": sale.repeat,
        "items_sold": sale.items_sold,
        "total_value": sale.total_value,
        "balance": documents.balance(sale.balance),
        "refused": documents.refused(sale.refused),
    }

    def show(page: Page) -> None:
        if sale.repeat:
            page.say("This was done before; nothing has changed.")
        page.say(
            f"Sold {style.count(sale.items_sold, 'thing')} for "
            f"{money_words(sale.total_value, Currency.ORANGES)}. "
            f"You have {style.money(sale.balance)}."
        )
        _show_refused(page, sale.refused)

    return Answer(document, show)


@command(app, "lock", examples=("lock 12", "lock 12 --off"))
def lock(
    call: CommandRun,
    ids: ItemIds,
    off: Annotated[bool, typer.Option("--off", help="Unlock instead.")] = False,
    key: Key = None,
) -> Outcome:
    """Lock things against being sold or given away."""
    player = call.player()
    if isinstance(player, Refusal):
        return player
    change = player.inventory.lock(ids, not off, key=key)
    if isinstance(change, Refusal):
        return change
    document = {
        "operation": change.operation,
        "repeat": change.repeat,
        "locked": change.locked,
        "changed": change.changed,
        "refused": documents.refused(change.refused),
    }

    def show(page: Page) -> None:
        done = "Locked" if change.locked else "Unlocked"
        page.say(f"{done} {style.count(change.changed, 'thing')}.")
        _show_refused(page, change.refused)

    return Answer(document, show)


def _show_refused(page: Page, refused: tuple[RefusedItem, ...]) -> None:
    for one in refused:
        page.say(f"{one.id}: {one.refusal.message}", style=style.BAD)
