"""What is said of listings: badges, prices, what a buyer and a seller should know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.bazaar import ListingState, fee
from inventui.rules.core.refusal import Reason
from inventui.screens.shared.copy_line import item_line, worth
from inventui.widgets.items.refusal_badges import BADGES, NO_BADGE, NOT_NOW, Badge
from inventui.widgets.text import padded
from inventui.widgets.theme import DIM, MARKER, ORANGE, ago, money, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.bazaar.models import (
        Bought,
        ListingEnd,
        ListingEnds,
        ListingLine,
        PriceHistory,
    )
    from inventui.engine.core.models import PlayerCard
    from inventui.rules.core.refusal import Refusal


def badge_of(line: ListingLine) -> Badge:
    """The badge of a listing; an empty one where it can simply be bought."""
    if line.mine:
        return BADGES[Reason.OWN_LISTING]
    return NO_BADGE if line.refusal is None else BADGES.get(line.refusal.reason, NOT_NOW)


def seller_words(line: ListingLine) -> str:
    """Who sells: `you`, or a name with the sign of a neighbour."""
    if line.mine:
        return "you"
    return f"🏠 {line.seller}" if line.neighbour else line.seller


def against_words(price: int, value: int) -> Content:
    """A price against what the house pays, in percent of it; empty where it pays nothing."""
    if not value:
        return Content("")
    percent = price * 100 // value
    style = "$text-success" if percent <= 100 else DIM
    said = f"{percent:,} %" if percent < 100_000 else "far more"
    return Content.styled(f"{said} of its value", style)


def price_rows(prices: PriceHistory, cells: int) -> list[tuple[str, Content]]:
    """What an item went for and what is asked for it now, as labels and values of some cells."""
    rows = []
    if prices.lowest is not None and prices.median is not None and prices.highest is not None:
        three = (prices.lowest, prices.median, prices.highest)
        words = ("low ", "mid ", "high ")
        if len("  ".join(words)) + sum(len(f"{price:,}") for price in three) > cells:
            words = ("", "", "")
        parts = zip(words, three, ("", "bold", ""), strict=True)
        went = [
            Content.assemble((word, DIM), (f"{price:,}", style)) for word, price, style in parts
        ]
        rows.append(("went", Content("  " if words[0] else " · ").join(went)))
    times = {0: "never yet", 1: "once"}.get(prices.sold, f"{prices.sold:,} times")
    rows.append(("sold", Content(times)))
    if prices.cheapest is not None:
        listed = f"  of {prices.listed:,} listed" if prices.listed > 1 else "  only one"
        rows.append(("least", money(prices.cheapest) + Content.styled(listed, DIM)))
    return rows


# A buyer


def question(line: ListingLine, card: PlayerCard) -> Content:
    """What is bought from whom for how much, and what is left then."""
    left = card.oranges - line.price
    words = [
        Content.assemble(
            "It costs ", (f"{ORANGE} {line.price:,}", "bold"), ", paid to ", (line.seller, "bold"),
            ".",
        ),
        Content.assemble("You would have ", (f"{ORANGE} {left:,}", "bold"), " left."),
    ]  # fmt: skip
    if line.held:
        times = "one" if line.held == 1 else f"{line.held:,}"
        words.append(Content.styled(f"You have {times} of it already.", DIM))
    return Content("\n").join(words)


def bought_words(bought: Bought) -> str:
    """What was bought, from whom, and what is left."""
    return (
        f"{bought.name} is yours, from {bought.seller} for {ORANGE} {bought.price:,}. "
        f"You have {ORANGE} {bought.balance.oranges:,} now."
    )


# A seller


def proceeds(price: int) -> Content:
    """What a seller would get of a price, and what the house keeps."""
    kept = fee(price)
    return Content.assemble(
        "You would get ", (f"{ORANGE} {price - kept:,}", "bold"),
        (f" · the house keeps {kept:,}", DIM),
    )  # fmt: skip


def advice(price: int, prices: PriceHistory, sellable: Refusal | None) -> Content:
    """What speaks against a price, or for another; empty where nothing does.

    Args:
        price: what is to be asked.
        prices: how the item went.
        sellable: why the house does not buy the player item, or None if it does.
    """
    left = price - fee(price)
    if sellable is None and left < prices.value:
        return Content.styled(
            f"The house would pay {ORANGE} {prices.value:,} for it at once.", "$text-warning"
        )
    if prices.cheapest is not None and price > prices.cheapest:
        return Content.styled(f"Somebody asks {ORANGE} {prices.cheapest:,} for one.", DIM)
    return Content("")


# What was


STATES: Mapping[ListingState, str] = {
    ListingState.TAKEN_BACK: "taken back",
    ListingState.EXPIRED: "nobody bought it",
}


def end_row(line: ListingEnd, now: int, width: int, *, current: bool) -> Content:
    """Marker, rarity, name, what became of it, what it brought or cost, when."""
    when = Content.styled(f" {ago(line.at, now):>10} ", DIM)
    if line.state is not ListingState.SOLD:
        sum_, said = Content.styled(f"{'—':>13}", DIM), Content.styled(STATES[line.state], DIM)
    elif line.bought:
        sum_ = Content.styled(f"{f'−{line.price:,}':>13}", "$text-error")
        said = Content.assemble(("from ", DIM), line.other)
    else:
        sum_ = Content.styled(f"{f'+{line.price - line.fee:,}':>13}", "$text-success")
        said = Content.assemble(("to ", DIM), line.other)
    left = Content.styled(f"{MARKER if current else ' '} ", "$primary") + rarity_mark(line.rarity)
    room = width - left.cell_length - sum_.cell_length - when.cell_length - 2
    whom = min(max(10, room * 2 // 5), 34)
    name = padded(line.name, room - whom)
    said = said.truncate(whom, ellipsis=True)
    return left + " " + name + " " + said + " " * (whom - said.cell_length) + sum_ + when


def ends_words(ends: ListingEnds) -> str:
    """What all sales came to: `12 sold · 8,550 earned · 450 in fees`; empty without any."""
    if not ends.sold:
        return ""
    return f"{ends.sold:,} sold · {ORANGE} {ends.earned:,} earned · {ends.fees:,} in fees"


def listing_line(line: ListingLine) -> str:
    """A listing in one line of plain text."""
    item = line.player_item
    asked = f"{worth(line.price)} from {seller_words(line)}"
    return item_line(item.name, item.rarity, item.category, f"worth {worth(item.value)}", asked)
