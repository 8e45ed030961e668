"""Texts of a case and its entries: price, return, odds."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.cases.cases import MOST_AT_ONCE, affordable, check_open
from inventui.rules.cases.fairness import TICKETS
from inventui.widgets.items.item_text import short_hash
from inventui.widgets.items.odds_table import percent_decimals, ticket_words
from inventui.widgets.items.win_card import profit_words
from inventui.widgets.theme import (
    DIM,
    ORANGE,
    money,
    one_in,
    percent,
    percent_of,
    rarity_mark,
    rarity_word,
)

if TYPE_CHECKING:
    from inventui.engine.core.models import CaseDetail
    from inventui.engine.fairness.models import FairnessState

LABEL_CELLS = 10


def exact_money(amount: Fraction) -> str:
    """A mean sum with two digits, whole ones without: `🍊 136.95`."""
    number = f"{amount.numerator:,}" if amount.denominator == 1 else f"{float(amount):,.2f}"
    return f"{ORANGE} {number}"


def labelled(label: str, value: str | Content) -> Content:
    """A dim label and a bright value beside it."""
    return Content.styled(f"{label:<{LABEL_CELLS}}", DIM) + value


def enough(case: CaseDetail, oranges: int) -> Content:
    """How many the player can pay, or what is missing for one."""
    refusal = check_open(case.price, 1, oranges)
    if refusal is not None:
        missing = refusal.figures["missing"]
        assert isinstance(missing, int)
        return Content.styled(f"{money(missing).plain} more needed", "$text-warning bold")
    count = affordable(case.price, oranges)
    words = f"you can pay for {count:,}"
    return Content.styled(words + (" and more" if count == MOST_AT_ONCE else ""), DIM)


def figures(case: CaseDetail, oranges: int) -> Content:
    """A case in six lines."""
    odds = case.odds
    price = Content.styled(money(case.price).plain, "bold")
    return Content("\n").join(
        [
            price + Content.styled(" a case", DIM),
            labelled("returns", percent_of(odds.return_to_player)),
            labelled("expected", exact_money(odds.expected_value)),
            labelled("profit", one_in(odds.chance_of_profit)),
            labelled("best", money(odds.best.value)),
            enough(case, oranges),
        ]
    )


def figures_in_short(case: CaseDetail, oranges: int) -> Content:
    """A case in two lines."""
    odds = case.odds
    dot = Content.styled(" · ", DIM)
    return Content("\n").join(
        [
            dot.join(
                [
                    Content(money(case.price).plain),
                    Content(f"returns {percent_of(odds.return_to_player)}"),
                    Content(f"profit {one_in(odds.chance_of_profit)}"),
                ]
            ),
            dot.join(
                [
                    Content(f"expected {exact_money(odds.expected_value)}"),
                    enough(case, oranges),
                ]
            ),
        ]
    )


def entry_figures(case: CaseDetail, index: int) -> Content:
    """One entry in six lines."""
    entry = case.odds.entries[index]
    chance = Fraction(entry.parts, TICKETS)
    return Content("\n").join(
        [
            Content.styled(entry.name, "bold"),
            rarity_word(entry.rarity),
            labelled("value", money(entry.value)),
            labelled("net", profit_words(entry.value, case.price)),
            labelled("chance", percent(entry.parts, percent_decimals(case.odds))),
            labelled("", one_in(chance)),
        ]
    )


def entry_in_short(case: CaseDetail, index: int) -> Content:
    """One entry in two lines."""
    entry = case.odds.entries[index]
    return Content("\n").join(
        [
            Content.assemble(rarity_mark(entry.rarity), " ", (entry.name, "bold")),
            Content.assemble(
                money(entry.value), " · ", one_in(Fraction(entry.parts, TICKETS)), " · ",
                profit_words(entry.value, case.price),
            ),
        ]
    )  # fmt: skip


def promise(case: CaseDetail, fairness: FairnessState | None, entry: int | None) -> Content:
    """What is fixed before opening, in two lines; of an entry, the tickets that win it."""
    if fairness is None:
        return Content("")
    seed = short_hash(fairness.active.server_seed_hash)
    first = Content.assemble(
        ("fair: seed ", DIM), seed, (" · odds ", DIM), short_hash(case.odds.hash, 4, 4)
    )
    if entry is not None:
        return Content("\n").join([first, Content.styled(ticket_words(case.odds, entry), DIM)])
    nonce = fairness.active.nonce
    second = Content.assemble((f"next roll {nonce:,} · ", DIM), ("v", "$primary bold"))
    return Content("\n").join([first, second + Content.styled(" shows them in full", DIM)])
