"""What the market says: its goods as lines of a list, its lit window, a rank's shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.enums import PriceTier
from inventui.rules.core.money import Currency
from inventui.rules.core.ranks import RANKS, standing
from inventui.rules.market import black_market
from inventui.rules.market.gear_shop import RARITIES, SIZES
from inventui.rules.shop import Limit, Offer, Price
from inventui.screens.shop.text import badge, price_words
from inventui.widgets.text import counted, fitting_words, name_lines, progress_bar
from inventui.widgets.theme import DIM, money, rarity_mark

if TYPE_CHECKING:
    from inventui.engine.core.models import PlayerCard
    from inventui.engine.market.models import GearShopView, Reroll
    from inventui.engine.shop.models import GearLine, ShopLine


NARROW = 40
"""Cells below which each player item that is said has a line of its own."""


def line_of(gear: GearLine) -> ShopLine:
    """A piece on a stall or in a gear shop, as every seller's list shows its goods."""
    from inventui.engine.shop.models import ShopLine

    price = Price(gear.price)
    limit = Limit(gear.stock, gear.remaining)
    return ShopLine(
        slug=gear.slug,
        name=gear.name,
        description=gear.description,
        flavour=gear.flavour,
        category=gear.category,
        rarity=gear.rarity,
        tier=PriceTier.BASIC,
        price=price,
        full_price=Price(gear.full_price),
        limit=limit,
        offer=Offer(
            gear.slug, gear.name, gear.category, price, limit=limit, discount=gear.discount
        ),
        sprite=gear.sprite,
        emoji=gear.emoji,
        style="",
        image_url=gear.image_url,
        held=gear.held,
        worn=gear.worn,
        seller=gear.seller,
        figures=gear.figures,
        durability=gear.durability,
    )


def apart(left: Content, right: Content, width: int) -> Content:
    """Two pieces at the ends of a line; the left one gives way."""
    left = left.truncate(max(1, width - right.cell_length - 1), ellipsis=True)
    return left + " " * max(1, width - left.cell_length - right.cell_length) + right


def window_lines(line: ShopLine | None, now: int, width: int) -> list[Content]:
    """The one thing that stands in the light: name, both prices, what is left of it.

    Args:
        line: the featured player item, or None when there is none.
        now: the time.
        width: cells of a line.
    """
    if line is None:
        return [
            Content.styled("The window is dark.", DIM),
            Content.styled(f"{black_market.LEGENDARY_CHANCE} % of markets have", DIM),
            Content.styled("a legendary in it.", DIM),
        ]
    said = badge(line, now)
    left = Content.styled(said.text, said.style)
    mark = rarity_mark(line.rarity) + " "
    name = mark + Content.styled(line.name, "bold $primary")
    prices = Content.assemble(
        (f"{line.full_price.oranges:,}", f"strike {DIM}"), " ", (price_words(line.price), "bold")
    )
    off = Content.styled(f"−{line.offer.discount} %", "bold $text-success")
    if width < NARROW:
        if name.cell_length <= width:
            return [name, prices, off + " · " + left]
        first, second = name_lines(line.name, width - mark.cell_length)
        return [
            mark + Content.styled(first, "bold $primary"),
            Content.styled(" " * mark.cell_length + second, "bold $primary"),
            prices + " " + off,
        ]
    room = max(0, width - name.cell_length - 1)
    if left.cell_length > room:
        left = Content.styled(said.within(room), said.style)
    return [apart(name, left, width), apart(prices, off, width)]


def next_shop(rank: str) -> tuple[str, ...]:
    """What the next rank's gear shop has that this one's has not, also in fewer words.

    Nothing at the top.
    """
    names = [name for name, _ in RANKS]
    place = names.index(rank) + 1
    if place == len(names):
        return ()
    higher = names[place]
    opened = [rarity for rarity in RARITIES[higher] if rarity not in RARITIES[rank]]
    closed = [rarity for rarity in RARITIES[rank] if rarity not in RARITIES[higher]]
    if opened:
        return f"{higher} opens {opened[0]}", f"{higher}: {opened[0]}"
    if closed:
        return f"{higher} leaves out {closed[0]}", f"{higher}: no {closed[0]}"
    if SIZES[higher] != SIZES[rank]:
        return f"{higher}: {SIZES[higher]} pieces a day", f"{higher}: {SIZES[higher]} a day"
    return f"{higher}: the same shelves", f"{higher}: the same"


def rank_lines(view: GearShopView, card: PlayerCard, width: int) -> list[Content]:
    """How far the player is, and what the next rank opens in the gear shop."""
    held = standing(card.experience)
    full, empty = progress_bar(held.progress)
    bar = Content.assemble((held.rank, "bold"), " ", (full, "$primary"), (empty, DIM))
    points = f"{held.experience:,} xp"
    if held.ceiling is not None:
        points = f"{held.experience:,}/{held.ceiling:,} xp"
    reroll = Content.assemble(("r", "bold $primary"), (f" {reroll_words(view)}", DIM))
    room = width if width < NARROW else width - reroll.cell_length - 1
    opens = next_shop(held.rank) or ("the best shop there is", "the best there is")
    more = Content(fitting_words(room, *opens))
    if view.rank != held.rank:
        more = Content.styled("a reroll heeds your rank", "$warning")
    known = Content.styled(points, DIM)
    if width < NARROW:
        return [bar.truncate(width), known, more.truncate(width, ellipsis=True)]
    return [apart(bar, known, width), apart(more, reroll, width)]


def reroll_words(view: GearShopView) -> str:
    """What the key that rerolls does and costs: `Reroll 💎 5`."""
    return f"Reroll {money(view.reroll_price, Currency.GEMS).plain}"


def reroll_question(view: GearShopView, card: PlayerCard) -> Content:
    """What a reroll costs and does."""
    price = money(view.reroll_price, Currency.GEMS).stylize("bold")
    left = money(card.gems - view.reroll_price, Currency.GEMS).stylize("bold")
    count = SIZES[standing(card.experience).rank]
    return Content("\n").join([
        Content("It costs ") + price + f" for up to {count} pieces drawn anew; "
        "what is there now is gone for today.",
        Content("You would have ") + left + " left. The next reroll today costs twice as much.",
    ])  # fmt: skip


def rerolled_words(reroll: Reroll) -> str:
    """What came of it."""
    return f"{counted(len(reroll.items), 'piece')} on the shelves, drawn anew."
