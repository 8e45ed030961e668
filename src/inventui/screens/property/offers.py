"""What could be run or lived in: what the shop has of it, and what the player owns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.style import Style

from inventui.engine.inventory.models import InventoryPage, InventoryQuery, ItemDetail
from inventui.engine.property.models import BusinessView
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import Status
from inventui.rules.inventory.inventory import InventoryTab
from inventui.rules.property import WORKED, leaves_a_day, rest_brings
from inventui.rules.shop import Availability
from inventui.widgets.items.item_figures import payback_words
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.text import cut
from inventui.widgets.theme import DIM, ORANGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.property.models import HomeView, PropertyView
    from inventui.engine.shop.models import ShopLine
    from inventui.engine.world import PlayerHandle

MOST_NAME = 26
"""Cells of the longest name that is told whole."""

MOST_OFFERS = 3
"""Offers of the shop that a pane names, where there is not room for more than twice as many."""


def look_at(player: PlayerHandle, roomy: bool) -> tuple[PropertyView, PropertyOffers | None]:
    """What is owned, and what the shop has where one of the two is missing, or room for it. Blocks.

    Args:
        player: whose property it is.
        roomy: whether the room has place for offers below what is owned.
    """
    view = player.property.view()
    missing = view.business is None or view.home is None
    return view, for_sale(player) if missing or roomy else None


class PropertyOffers(NamedTuple):
    """What of a kind is for sale in the shop for oranges alone, the cheapest first."""

    business: tuple[ShopLine, ...]
    housing: tuple[ShopLine, ...]


def for_sale(player: PlayerHandle) -> PropertyOffers:
    """Ask for it. Blocks: for a thread."""
    now = player.world.clock.now()

    def lines(category: Category) -> tuple[ShopLine, ...]:
        return tuple(
            line
            for line in player.shop.lines(category)
            if not line.owned
            and not line.price.gems
            and line.limit.availability(now) is Availability.OPEN
        )

    return PropertyOffers(lines(Category.BUSINESS), lines(Category.HOUSING))


def offer_words(lines: Sequence[ShopLine], width: int) -> list[list[Content]]:
    """Of each: name, price, what it leaves a day, and in how many days it is paid back.

    Returns:
        One line each, or two where one is too short for all of it.
    """
    names = min(MOST_NAME, max((cell_len(line.name) for line in lines), default=0))
    prices = max((len(f"{line.price.oranges:,}") for line in lines), default=0)
    found = []
    for line in lines:
        back = f"back {payback_words(line.figures, line.price.oranges)}"
        if line.category is Category.BUSINESS:
            left = f"leaves {leaves_a_day(line.figures):,} a day"
        else:
            brings = rest_brings(line.figures["rest"])
            left = f"brings {brings:,}, costs {line.figures['upkeep']:,} a day"
        name = Content.styled(set_cell_size(cut(line.name, names), names), "bold")
        words = name + f"  {ORANGE} {line.price.oranges:>{prices},}"
        if words.cell_length + len(left) + len(back) + 4 <= width:
            rows = [words + Content.styled(f"  {left}", DIM) + f"  {back}"]
        else:
            rows = [words + f"  {back}", Content.styled(f"  {left}", DIM)]
        found.append([row.truncate(max(1, width), ellipsis=True) for row in rows])
    return found


def better_words(
    slot: Category, held: BusinessView | HomeView, offers: Sequence[ShopLine], width: int
) -> Content:
    """What the shop has that leaves more a day than what is held, and where it is found."""
    if isinstance(held, BusinessView):
        now, link = held.revenue - held.cost, ("s", "shop", "leads to the shop")
    else:
        now, link = rest_brings(held.rest) - held.upkeep, ("h", "shop-home", "leads to the shop")
    better = [line for line in offers if leaves_a_day(line.figures) > now]
    if not better:
        kind = "business" if slot is Category.BUSINESS else "home"
        return Content.styled(f"No {kind} of the shop would leave more a day than yours.", DIM)
    lines = [Content.styled("the shop has what leaves more a day", DIM)]
    lines += [row for rows in offer_words(better[:MOST_OFFERS], width) for row in rows]
    return Content("\n").join([*lines, _link(*link)])


def empty_words(slot: Category, offers: Sequence[ShopLine], width: int, height: int) -> Content:
    """What stands where there is no business or no home: what one brings, and where to get it.

    Args:
        slot: which of the two.
        offers: what the shop has.
        width: cells of a line.
        height: lines there are.
    """
    if slot is Category.BUSINESS:
        said = "You run no business.", "One pays every 3 hours, also while you are away."
        shop, own = ("s", "shop"), "b"
    else:
        more = f"Rest makes shifts pay more: so much for {WORKED} a day."
        said = "You have no home.", more
        shop, own = ("h", "shop-home"), "m"
    ways = Content.assemble(
        _link(*shop, "shop"), "   ",
        _link("k", "market", "market"), "   ",
        _link(own, "business" if slot is Category.BUSINESS else "move", "one that you own"),
    )  # fmt: skip
    lines = [Content.styled(said[0], "bold"), *Content(said[1]).wrap(max(8, width)), Content("")]
    last = ways.wrap(max(8, width))
    airy = len(lines) + len(last) + 3 <= height
    room = height - len(lines) - len(last) - 1
    listed = offers if room > 4 * MOST_OFFERS else offers[:MOST_OFFERS]
    for number, rows in enumerate(offer_words(listed, width)):
        if number and len(rows) > room:
            break
        room -= len(rows)
        lines += rows
    if offers and airy:
        lines.append(Content(""))
    return Content("\n").join([*lines, *last])


def _link(key: str, action: str, words: str) -> Content:
    """A key and what it does, that can be clicked."""
    style = Style.from_meta({"@click": f"screen.do({action!r})"})
    return Content.assemble((key, "bold $primary"), f" {words}").stylize(style)


def others(player: PlayerHandle, slot: Category) -> tuple[ItemDetail, ...]:
    """What a player owns for a slot and has not put there. Blocks: for a thread."""
    page = player.inventory.page(InventoryQuery(tab=InventoryTab.GEAR), limit=100)
    assert isinstance(page, InventoryPage)
    details = (
        player.inventory.detail(line.id)
        for line in page.items
        if line.category is slot and line.status is Status.OWNED
    )
    return tuple(detail for detail in details if isinstance(detail, ItemDetail))


def choice_of(detail: ItemDetail) -> MenuItem:
    """A business or home to choose, with what matters about it."""
    figures = detail.figures
    if "revenue" in figures:
        note = f"{ORANGE} {max(0, leaves_a_day(figures)):,} a day"
    else:
        note = f"shifts +{figures['rest']} % · {ORANGE} {figures['upkeep']:,} a day"
    return MenuItem(str(detail.line.id), detail.line.name, note)
