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
    from inventui.rules.cases.odds import OddsTable
    from inventui.rules.cases.waiting import Wait
    from inventui.widgets.items.odds_rows import GroupRow

LABEL_CELLS = 10
GIVES_NOTHING = "gives no item"


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


def _rolls(case: CaseDetail) -> str:
    """How many rolls an opening has, if several."""
    return f" · {case.odds.rolls} rolls" if case.odds.rolls > 1 else ""


def figures(case: CaseDetail, oranges: int) -> Content:
    """A case in six lines."""
    odds = case.odds
    price = Content.styled(money(case.price).plain, "bold")
    return Content("\n").join(
        [
            price + Content.styled(f" a case{_rolls(case)}", DIM),
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
                    Content(money(case.price).plain + _rolls(case)),
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


def entry_figures(case: CaseDetail, index: int, since: int = 0) -> Content:
    """One entry in six lines; a chance that a guarantee moved, with what it is without.

    Args:
        case: which case.
        index: which entry.
        since: rolls since the guarantee's last hit.
    """
    entry, parts = case.odds.entries[index], case.odds.parts_at(since)[index]
    decimals = percent_decimals(case.odds)
    moved = parts != entry.parts
    return Content("\n").join(
        [
            Content.styled(entry.name, "bold"),
            rarity_word(entry.rarity) if entry.item else Content.styled(GIVES_NOTHING, DIM),
            labelled("value", money(entry.value)),
            labelled("net", profit_words(entry.value, case.price)),
            labelled("chance", percent(parts, decimals) + (" now" if moved else "")),
            labelled("", one_in(Fraction(parts, TICKETS)))
            if not moved
            else labelled("usually", percent(entry.parts, decimals)),
        ]
    )


def entry_in_short(case: CaseDetail, index: int, since: int = 0) -> Content:
    """One entry in two lines."""
    entry, parts = case.odds.entries[index], case.odds.parts_at(since)[index]
    mark = Content.assemble(rarity_mark(entry.rarity), " ") if entry.item else Content("")
    return Content("\n").join(
        [
            Content.assemble(mark, (entry.name, "bold")),
            Content.assemble(
                money(entry.value), " · ", one_in(Fraction(parts, TICKETS)), " · ",
                profit_words(entry.value, case.price),
            ),
        ]
    )  # fmt: skip


def group_figures(case: CaseDetail, group: GroupRow, since: int = 0) -> Content:
    """The entries of a group together, in at most six lines."""
    entries = [case.odds.entries[number] for number in group.entries]
    parts = case.odds.parts_at(since)
    chance = sum(parts[number] for number in group.entries)
    rarities = sorted({entry.rarity for entry in entries}, key=lambda rarity: -rarity.rank)
    least, most = min(e.value for e in entries), max(e.value for e in entries)
    values = money(most).plain if least == most else f"{ORANGE} {least:,}–{most:,}"
    return Content("\n").join(
        [
            Content.styled(group.name, "bold"),
            Content(" ").join(
                [rarity_word(r) if len(rarities) == 1 else rarity_mark(r) for r in rarities]
            ),
            labelled("entries", f"{len(entries):,}"),
            labelled("value", values),
            labelled("chance", percent(chance, percent_decimals(case.odds))),
            labelled("", one_in(Fraction(chance, TICKETS))),
        ]
    )


def group_in_short(case: CaseDetail, group: GroupRow, since: int = 0) -> Content:
    """The entries of a group together, in two lines."""
    chance = sum(case.odds.parts_at(since)[number] for number in group.entries)
    words = f"{len(group.entries):,} entries · {one_in(Fraction(chance, TICKETS))}"
    return Content("\n").join([Content.styled(group.name, "bold"), Content(words)])


def guarantee_words(odds: OddsTable, since: int) -> str:
    """What a case promises, and how far it is: `legendary for sure within 90, 12 to go`."""
    if odds.guarantee is None:
        return ""
    left = odds.guarantee.after + 1 - since
    if left <= 1:
        return f"the next is {odds.guarantee.promised} for sure"
    promised = odds.guarantee.promised
    # All of the longer words would not fit beside the list at 80 columns.
    sure = "" if " " in promised else " for sure"
    return f"{promised}{sure} within {odds.guarantee.after + 1:,}, {left:,} to go"


def wait_words(wait: Wait | None, since: int) -> str:
    """By how many openings one has it: `half have it by 231, 99 % by 1,512`.

    Args:
        wait: the figures; None says nothing.
        since: rolls since the guarantee's last hit, which the figures don't count.
    """
    if wait is None or wait.all_but_one <= 1:
        return ""
    if since:
        return f"from a new pair: half by {wait.half:,}, 99 % by {wait.all_but_one:,}"
    return f"half have it by {wait.half:,}, 99 % by {wait.all_but_one:,}"


def promise(
    case: CaseDetail, fairness: FairnessState | None, entry: int | None, since: int = 0,
    cells: int = 80,
) -> Content:  # fmt: skip
    """What is fixed before opening, in two lines; of an entry, the tickets that win it."""
    if fairness is None:
        return Content("")
    seed = short_hash(fairness.active.server_seed_hash)
    table = short_hash(case.odds.hash, 4, 4)
    fair = "fair: seed " if len("fair: seed  · odds ") + len(seed + table) <= cells else "seed "
    first = Content.assemble((fair, DIM), seed, (" · odds ", DIM), table)
    if entry is not None:
        return Content("\n").join(
            [first, Content.styled(ticket_words(case.odds, entry, since), DIM)]
        )
    nonce = fairness.active.nonce
    second = Content.assemble((f"next roll {nonce:,} · ", DIM), ("v", "$primary bold"))
    return Content("\n").join([first, second + Content.styled(" shows them in full", DIM)])
