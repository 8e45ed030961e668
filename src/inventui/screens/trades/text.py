"""What is said of trades: who, what for what, what became of it, what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.clock import HOUR
from inventui.rules.trades.trades import DURATION, TradeState, item_list_words
from inventui.widgets.lists.columns import number, rest
from inventui.widgets.text import cut, padded
from inventui.widgets.theme import DIM, MARKER, ORANGE, RARITY, ago, money, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inventui.engine.inventory.models import ItemLine
    from inventui.engine.trades.models import TradeEnded, TradeMade, TradeSide, TradeView


ENDED: Mapping[TradeState, str] = {
    TradeState.ACCEPTED: "✓ accepted",
    TradeState.DECLINED: "✗ declined",
    TradeState.TAKEN_BACK: "↩ taken back",
    TradeState.COUNTERED: "⇄ countered",
    TradeState.EXPIRED: "· ran out",
}
"""What became of an offer, in a word and a sign of one cell."""

VALUE_CELLS = 9

BY_MINE: Mapping[TradeState, str] = {
    TradeState.ACCEPTED: "{other} accepted your offer.",
    TradeState.DECLINED: "{other} declined your offer.",
    TradeState.TAKEN_BACK: "You took your offer back.",
    TradeState.COUNTERED: "{other} answered it with another offer.",
    TradeState.EXPIRED: "{other} did not answer: it ran out.",
}
BY_THEIRS: Mapping[TradeState, str] = {
    TradeState.ACCEPTED: "You accepted the offer.",
    TradeState.DECLINED: "You declined the offer.",
    TradeState.TAKEN_BACK: "{other} took the offer back.",
    TradeState.COUNTERED: "You answered it with another offer.",
    TradeState.EXPIRED: "Nobody answered: it ran out.",
}


def side_words(side: TradeSide) -> str:
    """What a side gives, for a sentence: `Bent Straw, Peel Vest and 100 oranges`."""
    names = [line.name for line in side.player_items]
    return item_list_words(names, side.oranges)


def merged(player_items: Sequence[ItemLine]) -> list[tuple[ItemLine, int]]:
    """Equal player items once, each with how many there are, in the order of the first of them."""
    kinds: dict[tuple[object, ...], list[ItemLine]] = {}
    for line in player_items:
        kind = (line.name, line.category, line.rarity, line.value, line.durability)
        kinds.setdefault(kind, []).append(line)
    return [(lines[0], len(lines)) for lines in kinds.values()]


def _times(count: int) -> str:
    return f" ×{count}" if count > 1 else ""


def state_words(trade: TradeView, now: int) -> Content:
    """Whose turn it is and how long it lasts, or what became of it; at most 13 cells."""
    if trade.state is not TradeState.OPEN:
        return Content.styled(ENDED[trade.state], DIM)
    left = rest(trade.until, now)
    if trade.waits_for_me:
        return Content.styled(f"answer {left}", "bold $warning")
    return Content.styled(f"waits {left}", "$foreground 80%")


def side_row(side: TradeSide, cells: int, *, bright: bool) -> Content:
    """A side in one line: its dearest player items, how many more, its oranges, its value."""
    value = Content.styled(f" {number(side.value, VALUE_CELLS)}", "" if bright else DIM)
    parts = []
    if side.oranges:
        parts.append(Content(f"{ORANGE} {number(side.oranges, VALUE_CELLS)}"))
    stacks = merged(side.player_items)
    best, count = max(stacks, key=lambda stack: stack[0].value, default=(None, 0))
    more = len(side.player_items) - count
    if more > 0:
        parts.insert(0, Content.styled(f"+{more}", DIM))
    rest_ = Content(" ").join(parts)
    left = Content("")
    if best is not None:
        look, times = RARITY[best.rarity], _times(count)
        room = cells - rest_.cell_length - 2 - bool(parts) - len(times)
        if Content(best.name).cell_length > room - value.cell_length:
            # The name is the last to give way; the pane says the value too.
            value = Content("")
        room -= value.cell_length
        name = Content(best.name).truncate(max(3, room), ellipsis=True) + times
        left = Content.styled(f"{look.shape} ", look.style) + name + " " * bool(parts)
    left = (left + rest_).truncate(cells - value.cell_length, ellipsis=True)
    gap = cells - value.cell_length - left.cell_length
    return left + " " * gap + value


def trade_rows(
    trade: TradeView, now: int, width: int, *, current: bool
) -> tuple[Content, Content, Content]:
    """A trade in three lines: who and what became of it; what one gives; what one gets."""
    state = state_words(trade, now) + " "
    is_open = trade.state is TradeState.OPEN
    room = width - 2 - state.cell_length - 1
    name = Content.styled(padded(trade.other, room), "bold" if is_open else "")
    first = Content.styled(f"{MARKER if current else ' '} ", "$primary") + name + " " + state
    give = Content.styled("  give ", DIM) + side_row(trade.give, width - 8, bright=is_open) + " "
    get = Content.styled("  get  ", DIM) + side_row(trade.get, width - 8, bright=is_open) + " "
    return first, give, get


def difference_words(give: int, get: int) -> Content:
    """What the two sides come to, against each other: the player's side first."""
    if give == get:
        return Content("Both sides are worth the same.")
    more = Content.styled(f"{ORANGE} {abs(get - give):,}", "bold")
    if get > give:
        return Content("You get ") + more + Content(" more than you give.")
    return Content("You give ") + more + Content(" more than you get.")


def player_item_row(line: ItemLine, count: int, width: int) -> Content:
    """Rarity, name, how many, what they come to."""
    value, times = f" {number(line.value * count, VALUE_CELLS)}", _times(count)
    room = width - 4 - len(value)
    name = padded(cut(line.name, room - len(times)) + times, room)
    return rarity_mark(line.rarity) + " " + name + value


def side_lines(title: str, side: TradeSide, width: int, most: int) -> list[Content]:
    """A side with a line for each stack of equal player items, at most so many lines in all."""
    value = money(side.value)
    head = Content.styled(padded(title, width - value.cell_length), f"bold {DIM}") + value
    stacks = merged(side.player_items)
    rows = [player_item_row(line, count, width) for line, count in stacks]
    if side.oranges:
        sum_ = f" {number(side.oranges, VALUE_CELLS)}"
        rows.append(Content(f"{ORANGE}  {padded('oranges', width - 4 - len(sum_))}{sum_}"))
    room = max(1, most - 1)
    if len(rows) > room:
        hidden = sum(count for _, count in stacks[room - 1 :]) + bool(side.oranges)
        rows[room - 1 :] = [Content.styled(f"    and {hidden} more", DIM)]
    return [head, *rows]


def when_words(trade: TradeView, now: int) -> Content:
    """Whose offer it is, since when, and what became of it or how long it stands."""
    since = _ago(trade.at, now)
    if trade.state is TradeState.OPEN:
        left = rest(trade.until, now)
        if trade.mine:
            words = f"You offered this {since}. It stands for {left}."
            return Content.styled(words, DIM)
        return Content.assemble(
            (f"{trade.other} offered this {since}. ", DIM),
            ("You can answer", "bold $warning"), (f" for {left}.", DIM),
        )  # fmt: skip
    said = (BY_MINE if trade.mine else BY_THEIRS)[trade.state].format(other=trade.other)
    at = trade.ended_at if trade.ended_at is not None else trade.until
    return Content.styled(f"{said[:-1]}, {_ago(at, now)}.", DIM)


def before_words(trade: TradeView, now: int) -> Content:
    """An offer that the one on show answers, in a sentence."""
    who = "you offered" if trade.mine else f"{trade.other} offered"
    mine, theirs = side_words(trade.give), side_words(trade.get)
    given, asked = (mine, theirs) if trade.mine else (theirs, mine)
    return Content.styled(f"Before, {_ago(trade.at, now)}, {who} {given} for {asked}.", DIM)


def _ago(at: int, now: int) -> str:
    when = ago(at, now)
    if when == "now":
        return "just now"
    return f"on {when}" if "-" in when else f"{when} ago"


def offered_words(made: TradeMade) -> str:
    """What a person is asked, and that what is offered is held."""
    hours = DURATION // HOUR
    return (
        f"{made.other} is asked. What you offer is held until they answer, at most {hours} hours."
    )


def accepted_words(ended: TradeEnded) -> str:
    """What went over, as the player sees it."""
    got = item_list_words(ended.got, ended.got_oranges)
    gave = item_list_words(ended.gave, ended.gave_oranges)
    return f"You have {got} now; {ended.other} has {gave}."


def basket_lines(player_items: Sequence[ItemLine], width: int, high: int) -> list[Content]:
    """What is chosen on a side in so many lines: one a stack, or else their names in a row."""
    stacks = merged(player_items)
    if not stacks:
        return []
    if len(stacks) <= high:
        return [player_item_row(line, count, width) for line, count in stacks]
    names = Content(", ").join(
        Content.styled(f"{RARITY[line.rarity].shape} ", RARITY[line.rarity].style)
        + f"{line.name}{_times(count)}"
        for line, count in stacks
    )
    lines = names.wrap(width)
    if len(lines) > high:
        lines = [*lines[: high - 1], lines[high - 1].truncate(width - 1) + "…"]
    return lines
