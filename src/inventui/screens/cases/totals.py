"""What many openings brought together, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.enums import Rarity
from inventui.widgets.items.item_text import short_hash
from inventui.widgets.items.win_card import gave, profit_words, rank_words
from inventui.widgets.text import counted
from inventui.widgets.theme import DIM, RARITY, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.cases.models import Opening, Roll
    from inventui.engine.core.models import CaseDetail
    from inventui.engine.inventory.models import Sale, SaleQuote


def totals(
    opening: Opening, rolls: tuple[Roll, ...], oranges: int, at_once: Sale | None = None
) -> list[Content]:
    """Won against paid, then how many of each rarity, then the best; a line each.

    Args:
        opening: what was opened.
        rolls: its rolls, the best last.
        oranges: what the player has.
        at_once: the sale of its commons that followed by itself.
    """
    money_line = Content.assemble(
        ("won ", DIM), (money(opening.won).plain, "bold"),
        ("   paid ", DIM), money(opening.paid), "   ",
        profit_words(opening.won, opening.paid).stylize("bold"),
        (f"   you have {money(oranges).plain}", DIM),
    )  # fmt: skip
    counts = Counter(roll.rarity for roll in rolls if gave(roll))
    nothing = len(rolls) - counts.total()
    parts = [
        Content.styled(f"{RARITY[rarity].shape} {counts[rarity]:,} {rarity}", RARITY[rarity].style)
        for rarity in reversed(Rarity)
        if counts[rarity]
    ]
    if nothing:
        parts.append(Content.styled(f"{nothing:,} × nothing", DIM))
    if at_once is not None:
        parts.append(Content.styled(sold_at_once(at_once), DIM))
    best = rolls[-1]
    best_line = Content("")
    if counts:
        best_line = Content.assemble(
            ("best ", DIM),
            (f"{RARITY[best.rarity].shape} {best.entry}", RARITY[best.rarity].style),
            " ",
            money(best.value),
        )
    kept = 0 if at_once is None else counts[Rarity.COMMON] - at_once.items_sold
    if kept > 0:
        best_line += Content.styled(f"   {counted(kept, 'common')} kept for the set", DIM)
    rank = rank_words(opening)
    if rank:
        best_line += Content("   ") + rank
    return [money_line, Content("   ").join(parts), best_line]


def sold_words(sale: Sale) -> str:
    """What a sale brought."""
    return f"sold {counted(sale.items_sold, 'thing')} for {money(sale.total_value).plain}"


def sale_and_open_words(
    left: Sequence[Roll], dear: Sequence[Roll], case: CaseDetail, count: int
) -> tuple[str, str]:
    """Title and text of the question before a sale and an opening in one.

    Args:
        left: what is sold.
        dear: what of it is not sold without asking, the best last.
        case: what is opened.
        count: how many of it.
    """
    what = left[0].entry if len(left) == 1 else counted(len(left), "thing")
    value = money(sum(roll.value for roll in left)).plain
    times = f"{count:,} × " if count > 1 else ""
    cost = money(case.price * count).plain
    among = ""
    if dear and len(left) > 1:
        among = (
            f" {dear[-1].entry} is among them."
            if len(dear) == 1
            else (
                f" {dear[-1].entry} and {counted(len(dear) - 1, 'more dear thing')} are among them."
            )
        )
    return (
        "Sell and open again?",
        f"{what} for {value}, then {times}{case.name} for {cost}.{among}",
    )


def sold_at_once(sale: Sale) -> str:
    """What was sold because the player wants commons sold at once."""
    count = "" if sale.items_sold == 1 else f"{sale.items_sold:,} "
    return f"{count}sold at once for {money(sale.total_value).plain}"


def promise(rolls: tuple[Roll, ...]) -> Content:
    """What stood fast before anything moved."""
    nonces = sorted(roll.nonce for roll in rolls)
    which = f"roll {nonces[0]:,}" if len(nonces) == 1 else f"rolls {nonces[0]:,}–{nonces[-1]:,}"
    seed = short_hash(rolls[0].server_seed_hash)
    return Content.styled(f"{which} of seed {seed}, decided before it moves", "$foreground 50%")


def sale_words(quote: SaleQuote, name: str | None) -> tuple[str, str, str]:
    """Title, text and verb of the question before a sale; `name` if it is of one thing."""
    value = money(quote.total_value).plain
    if name is not None:
        return "Sell it?", f"{name} for {value}. For a minute it can be taken back.", "Sell"
    count = len(quote.ids)
    what = counted(count, "common thing")
    stays = ""
    if quote.refused:
        stays = f" {len(quote.refused):,} can't be sold: {quote.refused[0].refusal.message}"
    return (
        "Sell the commons?",
        f"{what} for {value}.{stays} For a minute they can be taken back.",
        f"Sell {count:,}",
    )
