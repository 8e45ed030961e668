"""The inventory: listing, selling, throwing away, locking."""

from collections.abc import Sequence
from typing import Annotated

import typer

from inventui.cli.core import style
from inventui.cli.core.command import Key, Outcome, command
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.context import PlayerHandle
from inventui.cli.core.documents import describe, document
from inventui.cli.core.filters import InOrder, MinValue, OfRarity, OfTab, Search
from inventui.cli.core.output import Answer, answer
from inventui.cli.core.paging import After, Limit
from inventui.cli.core.parse import choice, number_argument
from inventui.engine.inventory.models import (
    Discard,
    InventoryPage,
    InventoryQuery,
    ItemLine,
    LockChange,
    RefusedItem,
    Sale,
    StackLine,
    Statistics,
)
from inventui.rules.core.enums import Status
from inventui.rules.core.money import Currency, money_words
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort

app = typer.Typer()

ItemIds = Annotated[list[int], number_argument("ID", "Ids as inventui inventory shows them.")]

describe(StackLine, "id name category rarity value status locked acquired_at held_until? count")
describe(Discard, "operation repeat item_id name")
describe(Sale, "operation repeat items_sold total_value balance refused unpaid")


@command(
    app, "inventory", examples=("inventory --sort value --rarity epic", "inventory --search lemon")
)
def inventory(
    player: PlayerHandle,
    tab: OfTab = InventoryTab.ALL,
    status: Annotated[
        Status | None,
        choice(
            "--status",
            Status,
            metavar="STATUS",
            help="Only things in this status, e.g. owned or sold.",
        ),
    ] = None,
    rarity: OfRarity = None,
    min_value: MinValue = 0,
    search: Search = "",
    sort: InOrder = Sort.NEWEST,
    limit: Limit = 50,
    after: After = None,
    stacks: Annotated[
        bool, typer.Option("--stacks", help="Equal things as one line, with how many.")
    ] = False,
) -> Outcome:
    """List a player's things, a page at a time, with statistics."""
    query = InventoryQuery(tab, sort, status, rarity, min_value, search)
    found = player.inventory.page(query, after=after, limit=limit)
    if isinstance(found, Refusal):
        return found
    if stacks:
        found = _stacked(player.inventory.stacks(query), found.total, after, limit)
    held = player.inventory.statistics()
    return Answer(
        {**document(found), "statistics": held}, lambda page: _show_inventory(page, found, held)
    )


def _stacked(
    lines: Sequence[StackLine], total: int, after: int | None, limit: int
) -> InventoryPage:
    """A page of stacks; each is named by the newest thing in it."""
    ids = [line.id for line in lines]
    start = ids.index(after) + 1 if after in ids else 0
    shown = tuple(lines[start : start + limit])
    more = start + limit < len(lines)
    return InventoryPage(shown, total, shown[-1].id if shown and more else None)


def _number(line: ItemLine) -> int:
    """How many things a line stands for."""
    return line.count if isinstance(line, StackLine) else 1


def _count(line: ItemLine) -> str:
    """How many things a line stands for, if several."""
    return f"×{_number(line):,}" if _number(line) > 1 else ""


def _show_inventory(page: Page, found: InventoryPage, held: Statistics) -> None:
    waiting = any(line.held_until is not None for line in found.items)
    if found.items:
        page.table(
            found.items,
            TableColumn("Item", lambda line: str(line.id), right=True),
            MARK,
            TableColumn("Name", lambda line: line.name, least=10),
            *([TableColumn("Count", _count, right=True)] if any(map(_count, found.items)) else ()),
            TableColumn("Worth", lambda line: line.value, right=True),
            TableColumn("Status", lambda line: line.status, drop=2),
            TableColumn("Locked", lambda line: "locked" if line.locked else "", drop=1),
            TableColumn("Category", lambda line: line.category, drop=4),
            TableColumn(
                "Waits until (UTC)" if waiting else "Since (UTC)",
                lambda line: style.when(line.held_until or line.acquired_at),
                drop=3,
            ),
        )
        page.blank()
    elif held.total_items:
        page.say("Nothing here matches. Leave an option out to see more.")
    else:
        page.say("Nothing yet. Open a case: inventui cases lists them.")
    shown = sum(map(_number, found.items))
    page.say(
        f"{shown:,} of {found.total:,} shown. Held in all: {held.total_items:,} worth "
        f"{held.total_value:,} oranges; the best is worth {held.highest_value:,}; "
        f"{held.total_spent:,} spent."
    )
    page.onward(found.next)


@command(app, "sell", examples=("sell 12 15 16",))
def sell(player: PlayerHandle, ids: ItemIds, key: Key = None) -> Outcome:
    """Sell things to the house."""
    return answer(player.inventory.sell(ids, key=key), _show_sale)


def _show_sale(page: Page, sale: Sale) -> None:
    page.repeated(sale.repeat)
    page.say(
        f"Sold {style.count(sale.items_sold, 'thing')} for "
        f"{money_words(sale.total_value, Currency.ORANGES)}. "
        f"You have {style.money(sale.balance)}."
    )
    _show_refused(page, sale.refused)


@command(app, "discard", examples=("discard 12",))
def discard(
    player: PlayerHandle,
    item: Annotated[int, number_argument("ID", "An id as inventui inventory shows it.")],
    key: Key = None,
) -> Outcome:
    """Throw a thing away, for nothing; undo it within a minute."""
    return answer(player.inventory.discard(item, key=key), _show_discarded)


def _show_discarded(page: Page, done: Discard) -> None:
    page.repeated(done.repeat)
    page.say(f"{done.name} is thrown away. Within a minute, inventui undo brings it back.")


@command(app, "lock", examples=("lock 12", "lock 12 --off"))
def lock(
    player: PlayerHandle,
    ids: ItemIds,
    off: Annotated[bool, typer.Option("--off", help="Unlock instead.")] = False,
    key: Key = None,
) -> Outcome:
    """Lock things against being sold or given away."""
    return answer(player.inventory.lock(ids, not off, key=key), _show_locked)


def _show_locked(page: Page, change: LockChange) -> None:
    done = "Locked" if change.locked else "Unlocked"
    page.say(f"{done} {style.count(change.changed, 'thing')}.")
    _show_refused(page, change.refused)


def _show_refused(page: Page, refused: tuple[RefusedItem, ...]) -> None:
    for one in refused:
        page.say(f"{one.id}: {one.refusal.message}", style=style.BAD)
