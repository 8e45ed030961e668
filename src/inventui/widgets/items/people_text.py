"""Texts of people and gifts: rows of lists, friendship, statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.money import Currency, money_words
from inventui.rules.people.friends import FriendshipState
from inventui.widgets.text import counted, cut_words, padded
from inventui.widgets.theme import DIM, MARKER, ago, money, rarity_mark, signed

if TYPE_CHECKING:
    from inventui.engine.history.feed_models import FeedLine
    from inventui.engine.people.models import FriendLine, GiftLine, GiftStatistics


BONDS = {
    FriendshipState.FRIENDS: "♥ friend",
    FriendshipState.WAITING: "? asks you",
    FriendshipState.ASKED: "… asked",
    FriendshipState.NONE: "",
}
"""How one stands with somebody, in a word and a sign of one cell."""

STYLES = {
    FriendshipState.FRIENDS: "$text-success",
    FriendshipState.WAITING: "bold $warning",
    FriendshipState.ASKED: DIM,
}

BOND_CELLS = max(len(words) for words in BONDS.values())

RANKED = 44
"""Cells from which a row tells the rank too."""

RANK_CELLS = 10

AGE = 10
"""Cells of an age before what happened then."""


def face(line: FriendLine) -> str:
    """A sign of two cells for somebody: their own, or one for people."""
    return line.emoji or ("🏠" if line.neighbour else "🙂")


def person_row(line: FriendLine, width: int, *, current: bool) -> Content:
    """Marker, face, name, rank where it fits, how one stands with them."""
    right = Content.styled(f"{BONDS[line.bond]:<{BOND_CELLS}} ", STYLES.get(line.bond, DIM))
    if width >= RANKED:
        right = Content.styled(padded(line.rank, RANK_CELLS), DIM) + " " + right
    left = Content.assemble((f"{MARKER if current else ' '} ", "$primary"), padded(face(line), 2))
    room = width - left.cell_length - right.cell_length - 2
    bright = (
        "" if line.bond in (FriendshipState.FRIENDS, FriendshipState.WAITING) else "$foreground 80%"
    )
    return left + " " + Content.styled(padded(line.name, room), bright) + " " + right


def bond_sentence(line: FriendLine, now: int) -> Content:
    """How one stands with somebody, and since when."""
    when = "" if line.since is None else ago(line.since, now)
    if when == "now":
        when = "just now"
    elif "-" in when:
        when = f"on {when}"
    else:
        when = f"{when} ago"
    words = {
        FriendshipState.FRIENDS: f"Your friend; that began {when}.",
        FriendshipState.WAITING: f"Asked {when} to be your friend.",
        FriendshipState.ASKED: f"You asked {when}; the answer is still to come.",
        FriendshipState.NONE: "No friend of yours yet.",
    }[line.bond]
    return Content.styled(words, STYLES.get(line.bond, DIM))


def person_words(line: FriendLine, now: int) -> Content:
    """Who somebody is, in a few lines."""
    kind = "neighbour" if line.neighbour else "player"
    parts = [
        Content.assemble((line.name, "bold"), (f" · {kind} · {line.rank}", DIM)),
        bond_sentence(line, now),
    ]
    if line.line:
        parts.append(Content.styled(f"“{line.line}”", "italic"))
    return Content("\n").join(parts)


def gift_what(gift: GiftLine) -> Content:
    """What was given: a player item with its rarity, or a sum."""
    if gift.name is not None:
        mark = Content("") if gift.rarity is None else rarity_mark(gift.rarity) + " "
        return mark + gift.name
    if gift.gems:
        return money(gift.gems, Currency.GEMS)
    return money(gift.oranges)


def gift_rows(gift: GiftLine, now: int, width: int, *, current: bool) -> tuple[Content, Content]:
    """A gift in two lines: what, who and when; then its message."""
    left = Content.styled(f"{MARKER if current else ' '} ", "$primary") + gift_what(gift)
    age = Content.styled(f" {ago(gift.at, now):>10} ", DIM)
    room = max(8, width - age.cell_length)
    whom = Content.assemble((" to " if gift.sent else " from ", DIM), gift.other)
    left = left.truncate(max(6, room - min(whom.cell_length, room // 2)), ellipsis=True)
    first = (left + whom).truncate(room, ellipsis=True)
    first += " " * (room - first.cell_length)
    words = f"“{gift.message}”" if gift.message else "without a message"
    style = "italic" if gift.message else f"italic {DIM}"
    second = Content.assemble("  ", (words, style)).truncate(width, ellipsis=True)
    return first + age, second


def statistics_words(sums: GiftStatistics, *, sent: bool) -> str:
    """What was given or got in all: `3 things · 1,200 oranges · 5 gems`."""
    player_items, oranges, gems = (
        (sums.items_given, sums.oranges_given, sums.gems_given)
        if sent
        else (sums.items_received, sums.oranges_received, sums.gems_received)
    )
    parts = [counted(player_items, "thing")] if player_items else []
    parts += [money_words(oranges, Currency.ORANGES)] if oranges else []
    parts += [money_words(gems, Currency.GEMS)] if gems else []
    return " · ".join(parts)


def dealing_row(line: FeedLine, now: int, width: int) -> Content:
    """What passed between the player and somebody, in one line: when, what, what it brought."""
    paid = ((line.oranges, Currency.ORANGES), (line.gems, Currency.GEMS))
    sums = Content("  ").join(signed(amount, currency) for amount, currency in paid if amount)
    room = width - sums.cell_length - AGE - 1
    what = ": ".join(filter(None, (line.words, ", ".join(each.name for each in line.player_items))))
    words = Content.styled(cut_words(what, room), "$foreground 80%")
    gap = " " * max(1, room - words.cell_length + 1)
    return Content.assemble((f"{ago(line.at, now):<{AGE}}", DIM), words, gap, sums)
