"""Texts of property: revenue, upkeep, countdowns, the last takings as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules import property as property_rules
from inventui.rules.core.enums import Rarity
from inventui.rules.property import PERIODS_A_DAY, Arrears, reduced
from inventui.rules.shop import countdown
from inventui.widgets.text import counted, cut
from inventui.widgets.theme import DIM, ORANGE, rarity_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.property.models import BusinessView, HomeView

LABEL = 8
"""Cells of the labels."""

LEVELS = " ▁▂▃▄▅▆▇█"

BAR, BAR_GAP = 2, 1
"""Cells of a bar of the chart, and between two."""

CHART = PERIODS_A_DAY * (BAR + BAR_GAP) - BAR_GAP
"""Cells of the whole chart."""


def head(name: str, rarity: str, width: int) -> Content:
    """A name with its rarity."""
    mark = rarity_word(Rarity(rarity))
    room = max(4, width - mark.cell_length - 2)
    return Content.styled(cut(name, room), "bold") + "  " + mark


def row(label: str, value: str | Content, note: str = "", style: str = DIM) -> Content:
    """A label, what it says, and what is said of that."""
    said = Content.styled(value, "bold") if isinstance(value, str) else value
    return Content.assemble((label.ljust(LABEL), DIM), said, (f"  {note}" if note else "", style))


def warning(words: str) -> Content:
    """A line that stands out without colour too."""
    return Content.assemble(("! ", "bold $warning"), (words, "$warning"))


def lines_of(rows: Sequence[Content], width: int) -> Content:
    """Rows under each other, each cut to the width."""
    return Content("\n").join(line.truncate(max(1, width), ellipsis=True) for line in rows)


def business_facts(business: BusinessView, width: int) -> Content:
    """What the business brings and costs, and what it brought."""
    brings, note = business.revenue, "a day"
    if business.reduced:
        brings, note = reduced(brings), f"a day, −{property_rules.DEBUFF} %"
    style = "$warning" if business.reduced else DIM
    return lines_of(
        [
            head(business.name, business.rarity, width),
            row("brings", f"{ORANGE} {brings:,}", note, style),
            row("costs", f"{ORANGE} {business.cost:,}", "a day"),
            row("leaves", f"{ORANGE} {max(0, brings - business.cost):,}", "a day"),
            row("earned", f"{ORANGE} {business.earned:,}", "in all"),
        ],
        width,
    )


def business_clock(business: BusinessView, now: int, width: int) -> Content:
    """When it pays next."""
    left = business.next_at - now
    rows = [row("pays", f"in {countdown(left)}" if left > 0 else "now")]
    if business.reduced:
        rows.append(warning(f"{property_rules.DEBUFF} % less: upkeep is unpaid"))
    return lines_of(rows, width)


def home_facts(home: HomeView, width: int) -> Content:
    """What the home keeps and costs."""
    lowered = home.arrears in (Arrears.DEBUFF, Arrears.EVICTION)
    note = (
        f"of loot: unpaid upkeep takes {property_rules.DEBUFF} %"
        if lowered
        else "of a robber's loot"
    )
    return lines_of(
        [
            head(home.name, home.rarity, width),
            row("keeps", f"{home.insurance} %", note, "$warning" if lowered else DIM),
            row(
                "shifts",
                f"+{home.rest} %",
                "none while upkeep is unpaid" if home.days_due else "pay: you are rested",
                "$warning" if home.days_due else DIM,
            ),
            row("costs", f"{ORANGE} {home.upkeep:,}", "a day"),
        ],
        width,
    )


def home_clock(home: HomeView, now: int, width: int) -> Content:
    """When upkeep is due, what is owed, and what follows when."""
    left = home.next_at - now
    rows = [row("due", f"in {countdown(left)}" if left > 0 else "now")]
    if not home.days_due:
        rows.append(row("owed", "nothing", "it is paid by itself"))
        return lines_of(rows, width)
    owed = Content.styled(f"{ORANGE} {home.owed:,}", "bold $text-error")
    rows.append(row("owed", owed, f"for {counted(home.days_due, 'day')}"))
    rows += [warning(words) for words in consequences(home, now)]
    return lines_of(rows, width)


def consequences(home: HomeView, now: int) -> list[str]:
    """What unpaid upkeep does, a sentence each."""
    said = []
    if home.debuff_at is not None:
        if home.arrears is Arrears.GRACE and home.debuff_at > now:
            said.append(
                f"{property_rules.DEBUFF} % less of everything in {countdown(home.debuff_at - now)}"
            )
        else:
            said.append(f"Bonuses and revenue are {property_rules.DEBUFF} % lower.")
    if home.eviction_at is not None:
        left = home.eviction_at - now
        said.append(f"Evicted in {countdown(left)}" if left > 0 else "You are about to lose it.")
    return said


def takings_chart(last: Sequence[tuple[int, int, int]], width: int, height: int) -> Content:
    """The net of the last takings as bars, the newest at the right; nothing where it is small.

    Args:
        last: (end of the period, revenue, cost), the newest first.
        width: cells there are.
        height: lines there are.
    """
    if width < CHART or height < 3:
        return Content("")
    title = Content.styled("the last takings", DIM)
    if not last:
        return title + Content.styled("\nnone yet", DIM)
    nets = [revenue - cost for _, revenue, cost in reversed(last)]
    rows, most = height - 2, max(nets)
    if most <= 0:
        return title + Content.styled("\ncosts took all of it", DIM)
    # What came in is seen, however little it was.
    heights = [max(1, net * rows * 8 // most) if net > 0 else 0 for net in nets]
    missing = (PERIODS_A_DAY - len(nets)) * (BAR + BAR_GAP)
    lines = [title]
    for level in reversed(range(rows)):
        cells = [LEVELS[max(0, min(8, high - 8 * level))] * BAR for high in heights]
        lines.append(Content.styled(" " * missing + (" " * BAR_GAP).join(cells), "$primary"))
    best, latest = f"best {most:,}", f"+{nets[-1]:,}"
    gap = " " * max(1, CHART - len(best) - len(latest))
    lines.append(Content.assemble((best, DIM), gap, (latest, "bold")))
    return Content("\n").join(lines)
