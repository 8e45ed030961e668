"""What is said of a line of the feed: in a row, in full, and where it leads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from inventui.engine.history.feed_models import FeedLine
from inventui.room import Topic
from inventui.rules.core.clock import DAY
from inventui.rules.core.enums import Event
from inventui.rules.core.lifecycle import ENDS, TRANSITIONS
from inventui.rules.core.money import Currency
from inventui.widgets.items.item_text import HAPPENED
from inventui.widgets.lists.columns import number
from inventui.widgets.theme import COIN, DIM, RARITY, exact, rarity_mark, signed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from inventui.engine.history.feed_models import FeedItem


GAINED = frozenset(event for start, event in TRANSITIONS if start is None or start in ENDS)
"""Events by which a player comes to have a player item."""

LOST = frozenset(event for (_, event), end in TRANSITIONS.items() if end in ENDS)
"""Events by which a player has it no more."""

TITLES: Mapping[Topic | None, str] = {
    None: "All", **{topic: str(topic).capitalize() for topic in Topic},
}  # fmt: skip
"""What the tabs call each topic, in their order."""

PLACES: Mapping[str, str] = {
    "open": "cases",
    "rotate": "fairness",
    "sell": "inventory",
    "lock": "inventory",
    "discard": "inventory",
    "undo": "inventory",
    "buy": "shop",
    "reroll": "black_market",
    "claim": "inventory",
    "equip": "inventory",
    "unequip": "inventory",
    "skip_quest": "home",
    "use": "inventory",
    "shift": "streets",
    "daily": "streets",
    "rob": "streets",
    "settle": "property",
    "upkeep": "property",
    "gift": "people",
    "friend_request": "people",
    "friend_accept": "people",
    "friend_decline": "people",
    "friend_remove": "people",
    "rename": "settings",
    "visit": "people",
    "achieve": "achievements",
    "grant": "inventory",
    "player": "home",
    "withdraw": "withdrawals",
    "list": "bazaar",
    "delist": "bazaar",
    "bazaar_buy": "bazaar",
    "bazaar_turn": "bazaar",
    "trade": "trades",
    "trade_counter": "trades",
    "trade_accept": "trades",
    "trade_decline": "trades",
    "trade_take_back": "trades",
    "fuse": "workshop",
    "complete": "collections",
}
"""The room that a kind of operation is about."""

NOTHING: Mapping[Topic | None, tuple[str, str]] = {
    None: ("Nothing has happened to you yet. A case is a good beginning.", "cases"),
    Topic.MONEY: ("No orange and no gem has moved yet. A shift earns some.", "streets"),
    Topic.THINGS: ("Nothing has come to you or left you yet. A case gives you a thing.", "cases"),
    Topic.CASES: ("You have not opened a case yet. Its odds stand beside it.", "cases"),
    Topic.SHOP: ("You have not bought anything yet. Looking and trying on is free.", "shop"),
    Topic.STREETS: ("You have not been out yet. A shift, the daily bonus or a robbery "
                    "is told here.", "streets"),
    Topic.PEOPLE: ("No friend and no gift so far. Ask somebody to be your friend.", "people"),
    Topic.PROPERTY: ("Nothing of business and home yet. What they bring and what they cost "
                     "is told here.", "property"),
    Topic.BAZAAR: ("You have neither sold nor bought at the bazaar yet. See what there is, "
                   "or list a thing of yours.", "bazaar"),
    Topic.TRADES: ("No trade was offered yet, by you or to you. Offer somebody one.", "trades"),
    Topic.WORKSHOP: ("You have not fused anything yet. Five collectibles of one rarity make "
                     "one of the next.", "workshop"),
}  # fmt: skip
"""Why there is no line of a topic, with the room where one comes from."""


def place_of(line: FeedLine) -> str:
    """The room that a line is about."""
    if line.kind == "use" and not line.mine:
        return "drawer"
    if line.kind == "grant" and not line.player_items:
        return "wallet"
    return "home" if line.quest else PLACES[line.kind]


def player_items_once(line: FeedLine) -> tuple[FeedItem, ...]:
    """Each player item that a line names, with what counts of all that happened to it.

    That is that it was lost, or else that it was gained, or else what came last.
    """
    kept: dict[int, FeedItem] = {}
    for player_item in line.player_items:
        known = kept.get(player_item.item_id)
        if known is None or _weight(player_item.event) >= _weight(known.event):
            kept[player_item.item_id] = player_item
    return tuple(kept.values())


def _weight(event: Event) -> int:
    return 2 if event in LOST else 1 if event in GAINED else 0


@dataclass(frozen=True, slots=True)
class MergedLine(FeedLine):
    """Equal lines that follow one another, as one: that of the newest, with what all come to.

    Attributes:
        times: how many there are.
        since: when the oldest was.
    """

    times: int = 1
    since: int = 0


def merged(lines: Sequence[FeedLine]) -> tuple[FeedLine, ...]:
    """Lines of which those of a day (UTC) that say the same one after another are one."""
    rows: list[FeedLine] = []
    for _, alike in groupby(lines, key=_said):
        equal = list(alike)
        if len(equal) == 1:
            rows += equal
            continue
        sums = {
            coin: sum(getattr(line, coin) for line in equal)
            for coin in ("oranges", "gems", "experience")
        }
        first = {each.name: getattr(equal[0], each.name) for each in fields(FeedLine)}
        first["player_items"] = tuple(item for line in equal for item in line.player_items)
        rows.append(MergedLine(**{**first, **sums}, times=len(equal), since=equal[-1].at))
    return tuple(rows)


def _said(line: FeedLine) -> tuple[object, ...]:
    items = Counter((item.name, item.rarity, item.event) for item in line.player_items)
    return (
        line.at // DAY, line.kind, line.words, line.mine, line.other, line.message, line.more,
        line.oranges > 0, line.oranges < 0, line.gems > 0, line.gems < 0,
        frozenset(items.items()),
    )  # fmt: skip


def words_of(line: FeedLine) -> str:
    """What happened; how often, where no player item tells it."""
    times = line.times if isinstance(line, MergedLine) and not line.player_items else 1
    return line.words + f" ×{times:,}" * (times > 1)


def items_words(line: FeedLine, event: bool = False, *, brief: bool = False) -> list[Content]:
    """Its player items, equal ones once with how many, and what happened to each if `event`.

    What is `brief` has no letter of the rarity beside its shape.
    """
    once = player_items_once(line)
    kinds = Counter((item.name, item.rarity, item.event) for item in once)
    first = {(item.name, item.rarity, item.event): item for item in reversed(once)}
    said = []
    for kind, count in kinds.items():
        words = item_words(first[kind], brief=brief) + (f" ×{count:,}" if count > 1 else "")
        said.append(words + Content.styled(f" · {event_words(kind[2])}" * event, DIM))
    return said


def item_words(player_item: FeedItem, *, brief: bool = False) -> Content:
    """An item with its rarity, after a sign if it was gained or lost: `+ ★ L Golden Squeezer`."""
    look = RARITY[player_item.rarity]
    mark = Content.styled(look.shape, look.style) if brief else rarity_mark(player_item.rarity)
    named = mark + " " + Content(player_item.name)
    if player_item.event in GAINED:
        return Content.styled("+ ", "$text-success") + named
    if player_item.event in LOST:
        return Content.styled("− ", "$text-error") + named
    return named


def event_words(event: Event) -> str:
    """What happened to a player item of the reader's."""
    return "came to you" if event is Event.ACQUIRE else HAPPENED[event]


def sums_short(line: FeedLine) -> Content:
    """What a row tells of money: sign and change of each currency, rounded where long."""
    parts = []
    for currency, amount in ((Currency.ORANGES, line.oranges), (Currency.GEMS, line.gems)):
        if amount:
            style = "$text-error" if amount < 0 else "$text-success"
            text = f"{'−' if amount < 0 else '+'}{COIN[currency]} {number(abs(amount))}"
            parts.append(Content.styled(text, style))
    return Content("  ").join(parts)


def feed_line(line: FeedLine) -> str:
    """A line of the history in plain text, with its time and operation."""
    items = ", ".join(words.plain for words in items_words(line))
    parts = (
        f"{exact(line.at)} #{line.operation}",
        " ".join(filter(None, (words_of(line), line.other))), items, sums_short(line).plain,
    )  # fmt: skip
    return " · ".join(part for part in parts if part)


def sums_words(line: FeedLine) -> Content:
    """Everything that one has more or less by it, exactly; empty if nothing."""
    parts = [
        signed(amount, currency)
        for currency, amount in (
            (Currency.ORANGES, line.oranges),
            (Currency.GEMS, line.gems),
        )
        if amount
    ]
    if line.experience:
        parts.append(signed(line.experience) + " xp")
    return Content("   ").join(parts)


def _side_by_side(parts: Sequence[Content], width: int) -> list[Content]:
    """As many in a line as fit, none of them broken unless it is alone too long."""
    lines: list[Content] = []
    for part in parts:
        if lines and lines[-1].cell_length + 3 + part.cell_length <= width:
            lines[-1] += "   " + part
        else:
            lines.append(part)
    return lines


def feed_facts(line: FeedLine, width: int, *, tall: bool) -> Content:
    """All that is known of a line.

    Args:
        line: the line.
        width: cells of each line of the text.
        tall: whether each player item may have a line to itself, with what happened to it.
    """
    parts = [Content.styled(words_of(line), "bold")]
    if isinstance(line, MergedLine):
        parts[0] += Content.styled(f"   {line.times:,} times since {exact(line.since)}", DIM)
    sums = sums_words(line)
    if sums:
        parts.append(sums)
    player_items = items_words(line, tall)
    player_items += [Content.styled("and more", DIM)] * line.more
    said = [Content.styled(f"“{line.message}”", "italic")] * bool(line.message)
    if tall:
        for more in (player_items, said):
            parts += [Content(""), *more] if more else []
    else:
        parts += [*_side_by_side(player_items, width), *said]
    return Content("\n").join(parts)
