"""Home's texts: the card, what came lately, and what BigPulp says of what waits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from inventui.rules.core.clock import HOUR, MINUTE
from inventui.rules.home import SOON, SPENDING, Kind, shown, tip
from inventui.rules.shop import countdown
from inventui.widgets.bigpulp.picture import speech
from inventui.widgets.entries import title_of
from inventui.widgets.lists.menu import MenuItem
from inventui.widgets.text import cut, name_lines, progress_bar
from inventui.widgets.theme import ago, money, rarity_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.core.models import CaseSummary, PlayerCard
    from inventui.engine.home.models import NextSteps
    from inventui.engine.inventory.models import ItemLine, Statistics
    from inventui.rules.home import Waiting
    from inventui.widgets.entries import RoomEntry

NARROW = 32
"""Cells of a pane below which it leaves out what is not needed."""

SAID = {
    Kind.TRADE: "{what}! An offer does not lie on the counter for ever.",
    Kind.ESCROW: "{what} before escrow lets go of it.",
    Kind.UPKEEP: "{what}. A landlord forgets nothing, and I have seen doors closed.",
    Kind.BONUS: "{what}: {worth} oranges for showing your face.",
    Kind.SET: "{what}! Every piece is yours: fetch the {worth} oranges.",
    Kind.SHIFT: "A shift at Play pays {worth} oranges or so. My hands are full, yours are not.",
    Kind.QUEST: "{what}. {worth} oranges from me when it is done.",
    Kind.FRIEND: "{what}. One should not let people stand in the rain.",
    Kind.GIFTS: "{what}. Somebody thought of you!",
    Kind.WEAR: "{what}! It does nothing for you where it lies.",
    Kind.SELL: "The purse is thin. {what}, and the stalls open again.",
    Kind.ROB: "{what}. In the mean it is worth {worth} oranges. I looked the other way.",
    Kind.FUSE: "{what}, the cheapest by c: in the mean it is worth {worth} oranges.",
    Kind.GOAL: "{what}: {why} is worth {worth} oranges to you, and nothing is in its way.",
    Kind.BUSINESS: "A business earns while you sleep. They begin at {cost} oranges.",
    Kind.HOME: "{what}, if you work. They begin at {cost} oranges, and shifts pay more.",
    Kind.GEMS: "{what}? Oranges come and go. Gems want to be worn.",
    Kind.CASE: "{what}? The odds stand beside it. I would read them.",
}
"""What BigPulp says of a line that asks for something."""


def words(view: NextSteps, passed: int, card: PlayerCard, cheapest: CaseSummary | None) -> str:
    """What BigPulp says: of the top line first, then of the others in turn."""
    line = tip(view.lines, passed)
    if line is None or (line.kind is Kind.CASE and card.experience == 0):
        return speech(card, 0, cheapest, view.at)
    # Words of players are no part of a template.
    said = SAID[line.kind].replace("{worth}", f"{line.worth:,}").replace("{cost}", f"{line.cost:,}")
    return said.replace("{why}", line.why).replace("{what}", line.what)


def notes_of(line: Waiting, now: int) -> tuple[str, str]:
    """A line's figure and end; and the one of them that matters more, where room is short."""
    sums = f"+{money(line.worth).plain}" if line.worth else ""
    if line.cost and line.kind in {*SPENDING, Kind.UPKEEP}:
        sums = money(line.cost).plain
    if line.gems:
        sums = f"💎 {line.gems:,}"
    until = left_words(line.until - now) if line.until is not None else ""
    both = " · ".join(part for part in (sums, until) if part)
    soon = line.until is not None and line.until - now <= SOON
    return both, (until if soon else sums) or both


def waiting_rows(lines: Sequence[Waiting], rooms: Sequence[RoomEntry], now: int) -> list[MenuItem]:
    """What waits, each with its figure and end, and the goal it is for or the room it leads to."""
    rows = []
    for line in shown(lines):
        note, short = notes_of(line, now)
        title = line.why or title_of(rooms, line.room, line.part)
        rows.append(MenuItem(line.id, line.what, note, short=short, room=title))
    return rows


def left_words(left: int) -> str:
    """The time left, in whole minutes at least: Home is drawn anew each minute."""
    return countdown(left) if left >= HOUR else f"{max(1, left // MINUTE)} min"


def card_text(card: PlayerCard, statistics: Statistics | None, cells: int) -> Content:
    """The player in five lines."""
    standing = card.standing
    wide = cells >= NARROW
    full, empty = progress_bar(standing.progress, 12 if wide else 8)
    points = f"{standing.experience:,} xp"
    if standing.ceiling is not None:
        points = f"{standing.experience:,}/{standing.ceiling:,} xp"
    lines = [
        Content.assemble((cut(card.name, max(1, cells - 14)), "bold"), f" · {standing.rank}"),
        Content.assemble(
            (full, "$primary"), (empty, "$foreground 40%"), (f"  {points}", "$foreground 70%")
        ),
        Content(""),
        Content.assemble(
            "🍊 ", (f"{card.oranges:,}", "bold"), (f"{' oranges' * wide}    ", "$foreground 70%"),
            "💎 ", (f"{card.gems:,}", "bold"), (" gems" * wide, "$foreground 70%"),
        ),
    ]  # fmt: skip
    if statistics is None:
        lines.append(Content.styled("…", "$foreground 50%"))
    elif statistics.total_items == 0:
        lines.append(Content.styled("Nothing owned yet", "$foreground 70%"))
    else:
        player_items = "thing" if statistics.total_items == 1 else "things"
        lines.append(
            Content.assemble(
                "📦 ", (f"{statistics.total_items:,}", "bold"),
                (f" {player_items} worth " if wide else " worth ", "$foreground 70%"),
                (money(statistics.total_value).plain, "bold"),
            )
        )  # fmt: skip
    return Content("\n").join(lines)


def lately_text(lately: tuple[ItemLine, ...], now: int, cells: int, lines: int) -> Content:
    """The latest player items, equal ones once, with value and age at the right.

    A name that is longer than a line goes on in the next one.
    """
    if not lately:
        return Content.styled(
            "Nothing here. What you win and keep stands here, the newest first.", "$foreground 70%"
        )
    drawn: list[Content] = []
    kinds = [(item.name, item.rarity, item.value) for item in lately]
    equal = Counter(kinds)
    merged = [item for at, item in enumerate(lately) if kinds[at] not in kinds[:at]]
    for item in merged[: max(1, lines)]:
        count = equal[item.name, item.rarity, item.value]
        times = f" ×{count:,}" if count > 1 else ""
        age = f"  {ago(item.acquired_at, now):>6}" if cells >= NARROW else ""
        mark = rarity_mark(item.rarity) + " "
        named = mark.cell_length + cell_len(item.name + times) + 1
        sums = f"{item.value:,}"
        # The name is the last to give way.
        right = next((text for text in (sums + age, sums) if named + len(text) <= cells), "")
        room = max(4, cells - mark.cell_length - (len(right) + 1 if right else 0))
        first, *rest = name_lines(item.name + times, room)
        gap = " " * max(1, cells - mark.cell_length - cell_len(first) - len(right))
        drawn.append(mark + first + gap + Content.styled(right, "$foreground 80%"))
        drawn += [Content(" " * mark.cell_length + line) for line in rest]
    return Content("\n").join(drawn[: max(1, lines)])
