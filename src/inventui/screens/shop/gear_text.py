"""What is said of gear for sale: figures against what is worn, and what buying it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core import lifecycle
from inventui.rules.core.categories import GEAR, Category
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.shop import Buyer, check_buy
from inventui.widgets.items.item_figures import PROPERTY, compared_rows, payback_rows
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemDetail
    from inventui.engine.shop.models import ShopLine
    from inventui.engine.world import PlayerHandle


LABEL = 7
"""Cells of the labels."""

ENTER_WORDS = {Category.BUSINESS: "opens it", Category.HOUSING: "moves in"}
"""What buying does with what is not worn on the body."""


@dataclass(frozen=True, slots=True)
class Rack:
    """A player's gear, as far as whoever buys more of it wants to know.

    Attributes:
        worn: what is in each slot.
        held: how many pieces there are.
        stuck: why the home can't be left for another one, or None.
    """

    worn: Mapping[Category, ItemDetail] = field(default_factory=dict)
    held: int = 0
    stuck: Refusal | None = None


def rack_of(player: PlayerHandle) -> Rack:
    """Ask for it. Blocks: for a thread."""
    from inventui.rules.inventory.inventory import InventoryTab
    from inventui.rules.property import check_leave

    worn = {}
    for slot, item in player.wardrobe.worn().items():
        if slot in GEAR:
            detail = player.inventory.detail(item.item_id)
            if not isinstance(detail, Refusal):
                worn[slot] = detail
    stuck = None
    if Category.HOUSING in worn:
        home = player.property.view().home
        if home is not None:
            stuck = check_leave(home.name, home.days_due, home.owed)
    return Rack(worn, player.inventory.tab_counts()[InventoryTab.GEAR], stuck)


def gear_words(line: ShopLine, rack: Rack, now: int, width: int) -> list[Content]:
    """Its figures against what is worn, how long it lasts or repays, what buying it does."""
    rival = rack.worn.get(line.category)
    figures = None if rival is None else {} if line.worn else rival.figures
    words = []
    shorter = compared_rows(line.figures, figures or {}, tight=rival is not None)
    for (label, said), (_, short) in zip(
        compared_rows(line.figures, figures), shorter, strict=True
    ):
        fits = LABEL + said.cell_length <= width
        words.append(_labelled(label, said if fits else short, width))
    if line.category not in PROPERTY:
        words.append(_labelled("lasts", Content(f"{line.durability} points"), width))
    elif not line.owned:
        price = 0 if line.price.gems else line.price.oranges
        rows = payback_rows(line.category, line.figures, price)
        words += [_labelled(label, said, width) for label, said in rows]
    if line.owned:
        return words
    room = Content.styled(f"room {rack.held}/{lifecycle.GEAR_ROOM}", DIM)
    gap = width - words[-1].cell_length - room.cell_length
    if gap > 0:
        words[-1] += " " * gap + room
    return [*words, *_then(line, rack, now, width)]


def _labelled(label: str, said: Content, width: int) -> Content:
    return Content.assemble((label.ljust(LABEL), DIM), said).truncate(width, ellipsis=True)


def refusal_of(line: ShopLine, rack: Rack, now: int) -> Refusal | None:
    """Why a player item that one has not can't be bought, with money for it."""
    buyer = Buyer(frozenset(line.parts_held), rack.held, line.price.oranges, line.price.gems)
    return check_buy(line.offer, buyer, now)


def _then(line: ShopLine, rack: Rack, now: int, width: int) -> list[Content]:
    """What enter does; what is missing of the price is said beside it."""
    refusal = refusal_of(line, rack, now)
    if refusal is not None:
        if refusal.reason is Reason.NO_ROOM:
            return Content.styled(refusal.message, "$text-error").wrap(width)
        return []
    rival = rack.worn.get(line.category)
    key, done = (
        Content.styled("enter ", "bold $primary"),
        ENTER_WORDS.get(line.category, "wears it"),
    )
    said = key + done
    if line.category is Category.HOUSING and rack.stuck is not None:
        said = key + "buys it; upkeep first"
    elif rival is not None:
        name = rival.line.name
        ways = (f"{done}, {name} comes off", f"replaces {name}", f"{done} instead", done)
        said = next((key + way for way in ways if (key + way).cell_length <= width), key + done)
    return [said.truncate(width, ellipsis=True)]
