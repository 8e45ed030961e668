"""What is said of fusions: what they cost, what comes out, what came out in the past."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules import workshop
from inventui.rules.cases.fairness import TICKETS
from inventui.rules.core.refusal import Reason
from inventui.rules.workshop import input_words, next_rarity
from inventui.widgets.items.case_text import exact_money, labelled
from inventui.widgets.items.odds_rows import best_first
from inventui.widgets.items.odds_table import percent_decimals
from inventui.widgets.text import padded
from inventui.widgets.theme import (
    DIM,
    KEY,
    MARKER,
    ORANGE,
    ago,
    money,
    one_in,
    percent,
    rarity_mark,
    rarity_word,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from inventui.engine.core.models import CaseDetail
    from inventui.engine.workshop.models import FusionLine, FusionQuote
    from inventui.rules.cases.odds import OddsTable
    from inventui.rules.core.enums import Rarity


NO_PAST = Content.assemble(
    ("Nothing was fused yet.\n", "bold"),
    "What comes out of the workshop stands here, with what went in.\n",
    ("p", KEY), " leads back to the bench.",
)  # fmt: skip

NAMED = 6
"""So many of the player items that can come out are named in a question, the others counted."""


def cost(quote: FusionQuote) -> int:
    """What a fusion takes in all: what the player items are worth, and the fee."""
    return quote.value + quote.fee


def outcome_title(quote: FusionQuote | None) -> Content:
    """What stands above the chances: `Out comes one ▪ uncommon`."""
    if quote is None or quote.result is None:
        return Content("What comes out")
    return Content.assemble("Out comes one ", rarity_word(quote.result))


def needed(quote: FusionQuote, oranges: int) -> Content:
    """What is still missing for a fusion, or what the player keeps."""
    refusal = quote.refusal
    if refusal is None:
        return Content.styled(f"{money(oranges - quote.fee).plain} stay", DIM)
    idle = next((each.player_item.name for each in quote.inputs if not each.case), None)
    if idle is not None and refusal.reason in (Reason.WRONG_NUMBER, Reason.NO_POOL):
        return Content.styled(f"{idle} can't be fused: take it off", "$text-warning bold")
    missing = workshop.INPUTS - len(quote.inputs)
    if refusal.reason is Reason.WRONG_NUMBER and missing > 0:
        return Content.styled(f"{missing} more needed", "$text-warning bold")
    if refusal.reason is Reason.INSUFFICIENT_FUNDS:
        words = f"{money(quote.fee - oranges).plain} more needed"
        return Content.styled(words, "$text-warning bold")
    return Content.styled(refusal.message, "$text-warning bold")


def _inputs(quote: FusionQuote) -> Content:
    dim = Content.styled(" + fee ", DIM)
    return Content.assemble((money(quote.value).plain, "bold"), dim, (money(quote.fee).plain, ""))


def profit(quote: FusionQuote, odds: OddsTable) -> str:
    """How often more comes out than goes in; nothing is said before all of it is known."""
    if len(quote.inputs) < workshop.INPUTS:
        return "—"
    return one_in(odds.chance_above(cost(quote)))


def figures(quote: FusionQuote, odds: OddsTable, oranges: int) -> Content:
    """What goes in and what is to be expected, in five lines."""
    return Content("\n").join(
        [
            labelled("goes in", _inputs(quote)),
            labelled("expected", exact_money(odds.expected_value)),
            labelled("profit", profit(quote, odds)),
            labelled("best", money(odds.best.value)),
            needed(quote, oranges),
        ]
    )


def figures_in_short(quote: FusionQuote, odds: OddsTable, oranges: int) -> Content:
    """The same in three lines."""
    dot = Content.styled(" · ", DIM)
    return Content("\n").join(
        [
            Content("in ") + _inputs(quote),
            Content(f"expected {exact_money(odds.expected_value)}")
            + dot
            + f"profit {profit(quote, odds)}",
            Content(f"best {money(odds.best.value).plain}") + dot + needed(quote, oranges),
        ]
    )


def no_chances(quote: FusionQuote | None, rarity: Rarity, counts: Mapping[Rarity, int]) -> Content:
    """What stands in the place of the chances while there are none.

    Args:
        quote: what lies on the bench; None if nothing does.
        rarity: the one that is listed.
        counts: how many player items of each rarity could be fused; empty until it is known.
    """
    if quote is not None and quote.inputs:
        if quote.refusal is not None and quote.refusal.reason is not Reason.WRONG_NUMBER:
            return Content.styled(quote.refusal.message, "$text-warning")
        return Content.styled(
            "No chances: none of these comes from a case that holds a collectible of the next "
            "rarity, so they can't be fused. Take them off.",
            "$text-warning",
        )
    result = next_rarity(rarity)
    if result is None:
        return Content("")
    if counts.get(rarity, workshop.INPUTS) < workshop.INPUTS:
        lacking = workshop.INPUTS - counts[rarity]
        need = " is needed for a fusion: " if lacking == 1 else " are needed for a fusion: "
        how = Content.assemble(
            f"{lacking} more ", rarity_word(rarity), need, ("2", KEY), " leads to the cases.",
        )  # fmt: skip
    else:
        how = Content.assemble(
            ("space", KEY), " puts the thing under the cursor here, ", ("c", KEY),
            " the five cheapest.",
        )  # fmt: skip
    return Content.assemble(
        f"{workshop.INPUTS} ", rarity_word(rarity), " things make one ", rarity_word(result),
        ", rolled from the cases they came from. The house takes ",
        (f"{workshop.FEE_PERCENT} %", "bold"), " of what comes out in the mean.\n\n", how,
    )  # fmt: skip


def empty_words(rarity: Rarity, filtered: str, fusible: int) -> Content:
    """What an empty list says: why, and what to do next.

    Args:
        rarity: the one that is listed.
        filtered: what it is filtered by, in words.
        fusible: how many player items of any rarity could be fused.
    """
    if filtered and fusible:
        return Content.assemble(
            "Nothing here matches ", (filtered, "bold"), ".\n",
            ("escape", KEY), " clears the filters.",
        )  # fmt: skip
    if fusible:
        return Content.assemble(
            f"No {rarity} collectibles that are free.\n",
            ("←", KEY), " and ", ("→", KEY), " lead to other rarities.",
        )  # fmt: skip
    return Content.assemble(
        ("Nothing to fuse yet.\n", "bold"),
        "The workshop takes collectibles out of cases, five of one rarity. What is locked, "
        "listed or offered stays where it is.\n",
        ("2", KEY), " leads to the cases.",
    )  # fmt: skip


def question(quote: FusionQuote, odds: OddsTable, oranges: int) -> Content:
    """What is asked before a fusion: what is lost, the fee, the chances."""
    names = input_words([line.player_item.name for line in quote.inputs])
    lost = Content.assemble(
        (names, "bold"), f", worth {money(quote.value).plain}, are gone for good. The fee is ",
        (money(quote.fee).plain, "bold"), f"; {money(oranges - quote.fee).plain} stay.",
    )  # fmt: skip
    chances = _best_chances(odds, NAMED)
    return Content("\n").join([lost, Content(""), *chances, Content(""), _mean(quote, odds)])


def ahead_words(quote: FusionQuote, odds: OddsTable, most: int) -> Content:
    """What a fusion would give that is only looked at, naming so many of what can come out."""
    names = input_words([line.player_item.name for line in quote.inputs])
    inputs = Content.assemble("The five cheapest, ", (names, "bold"), ", would make one of")
    goes_in = Content("goes in ").stylize(DIM) + _inputs(quote)
    chances = _best_chances(odds, most)
    return Content("\n").join(
        [inputs, Content(""), *chances, Content(""), goes_in, _mean(quote, odds)]
    )


def _best_chances(odds: OddsTable, most: int) -> list[Content]:
    """The most valuable of what can come out, with their chances, and how many more there are."""
    entries, decimals = odds.entries, percent_decimals(odds)
    chances = [
        Content.assemble(
            f"{percent(entries[index].parts, decimals):>10}  ",
            rarity_mark(entries[index].rarity), f" {entries[index].name}  ",
            (f"{entries[index].value:,}", DIM),
        )
        for index in best_first(odds)[:most]
    ]  # fmt: skip
    if len(entries) > most:
        chances.append(Content.styled(f"{'':>10}  and {len(entries) - most:,} more", DIM))
    return chances


def _mean(quote: FusionQuote, odds: OddsTable) -> Content:
    return Content.styled(
        f"{exact_money(odds.expected_value)} on average; worth more than it takes: "
        f"{one_in(odds.chance_above(cost(quote)))}.",
        DIM,
    )


def entry_figures(case: CaseDetail, index: int) -> Content:
    """One player item that can come out, in three lines; `case.price` is what the fusion takes."""
    entry = case.odds.entries[index]
    net = entry.value - case.price
    change = f"+{net:,} profit" if net > 0 else f"−{-net:,} loss" if net else "±0"
    chance = percent(entry.parts, percent_decimals(case.odds))
    return Content("\n").join(
        [
            Content.assemble(rarity_mark(entry.rarity), " ", (entry.name, "bold")),
            Content.assemble(money(entry.value), (" · ", DIM), change),
            Content.assemble(chance, (" · ", DIM), one_in(Fraction(entry.parts, TICKETS))),
        ]
    )


def past_rows(line: FusionLine, now: int, width: int, *, current: bool) -> tuple[Content, Content]:
    """A fusion of the past in two lines: what came out and when, then what went in."""
    left = Content.styled(f"{MARKER if current else ' '} ", "$primary") + rarity_mark(line.result)
    value = Content.assemble((f" {ORANGE} {line.value:>9,}", "bold"))
    age = Content.styled(f" {ago(line.at, now):>10} ", DIM)
    room = max(4, width - left.cell_length - value.cell_length - age.cell_length - 1)
    first = left + " " + Content.styled(padded(line.entry, room), "bold" if current else "")
    second = Content.styled(
        f"      from {input_words(line.names)} · fee {line.fee:,}", DIM
    ).truncate(width, ellipsis=True)
    return first + value + age, second
