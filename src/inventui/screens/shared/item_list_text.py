"""What the inventory says in its lines: tabs, settings, marks, nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.inventory.models import InventoryQuery, RefusedItem
from inventui.rules.core import lifecycle
from inventui.rules.core.money import MOST
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab
from inventui.widgets.frame.filter_bar import Setting
from inventui.widgets.frame.tab_strip import TabLabel
from inventui.widgets.text import counted
from inventui.widgets.theme import DIM, money, rarity_word

REASONS_NAMED = 4
"""So many of the reasons why player items can't be sold are named, the others counted."""

NOTHING_MARKED = Refusal(
    Reason.NOTHING_TO_DO, "Nothing is marked: space marks the thing under the cursor."
)

ALWAYS = (InventoryTab.ALL, InventoryTab.COLLECTIBLES)
"""Tabs that are shown even when they hold nothing."""

TITLES = {InventoryTab.BIGPULP: "BigPulp", InventoryTab.DRAWER_STYLE: "Drawer style"}


def room_of(tab: InventoryTab) -> int | None:
    """How many a tab holds, if it holds only so many."""
    room = {InventoryTab.GEAR: lifecycle.GEAR_ROOM, InventoryTab.ESCROW: lifecycle.ESCROW_ROOM}
    return room.get(tab)


def tab_title(tab: InventoryTab) -> str:
    """What a tab is called."""
    return TITLES.get(tab, str(tab).capitalize())


def tab_labels(counts: Mapping[InventoryTab, int], active: InventoryTab) -> list[TabLabel]:
    """The tabs worth showing, with what they hold."""
    labels = []
    for tab in InventoryTab:
        count = counts.get(tab, 0)
        if count or tab in ALWAYS or tab is active:
            text = f"{count:,}" if counts else ""
            room = room_of(tab)
            if room is not None:
                text = f"{count}/{room}"
            labels.append(TabLabel(tab, tab_title(tab), text))
    return labels


def settings(query: InventoryQuery | BazaarQuery, *, searching: bool) -> list[Setting]:
    """The parts of the bar."""
    rarity = Content("any") if query.rarity is None else rarity_word(query.rarity)
    least = Content(f"≥ {query.min_value:,}" if query.min_value else "any")
    parts = [
        Setting("sort", "o", Content(f"{query.sort} ▾"), "sort"),
        Setting("rarity", "r", rarity, "rarity", chosen=query.rarity is not None),
        Setting("value", "v", least, "least", chosen=bool(query.min_value)),
    ]
    if not searching:
        parts.append(Setting("/ search", "/", Content(""), "search"))
    return parts


def filter_words(query: InventoryQuery | BazaarQuery) -> str:
    """What a query filters by, as a sentence goes on: `“neon”, legendary, from 1,000`."""
    words = []
    if query.search:
        words.append(f"“{query.search}”")
    if query.rarity is not None:
        words.append(str(query.rarity))
    if query.min_value:
        words.append(f"worth {query.min_value:,} or more")
    return ", ".join(words)


def empty_words(query: InventoryQuery, held: int, *, any_owned: bool = True) -> Content:
    """What an empty list says: why, and what to do next.

    Args:
        query: what is listed.
        held: how many things there are in the tab of all.
        any_owned: whether a tab has anything, as far as that is known.
    """
    key = "bold $primary"
    filtered = filter_words(query)
    if filtered and any_owned:
        where = "" if query.tab is InventoryTab.ALL else f" among {tab_title(query.tab).lower()}"
        return Content.assemble(
            f"Nothing{where} matches ", (filtered, "bold"), ".\n",
            ("escape", key), " clears the filters.",
        )  # fmt: skip
    if query.tab is not InventoryTab.ALL and held:
        escrow = query.tab is InventoryTab.ESCROW
        said = "Nothing waits in escrow." if escrow else f"No {tab_title(query.tab).lower()} yet."
        return Content.assemble(f"{said}\n", ("←", key), " leads back to what you own.")
    return Content.assemble(
        ("Nothing here yet.\n", "bold"),
        "What you win from a case is yours and stands here.\n",
        ("2", key), " leads to the cases.",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SaleTotals:
    """What the marked player items come to.

    Attributes:
        worth: what the house would pay for those in sight.
        refused: how many of those in sight it would not take.
        hidden: how many the filters hide.
    """

    worth: int = 0
    refused: int = 0
    hidden: int = 0


def marks_words(
    weighed: SaleTotals, marked: int, cursor: int, count: int, width: int, *,
    default: bool = False,
) -> Content:  # fmt: skip
    """The last line: what is marked, and where the cursor is; `default` if on a default item."""
    place = Content.styled(f"{cursor + 1:,} of {count:,} " if count else "", DIM)
    if marked:
        left = Content.assemble(" ", (f"◉ {marked:,} marked", "bold $primary"))
        left += Content(" · ") + money(weighed.worth)
        if weighed.refused:
            left += Content.styled(f" · {weighed.refused:,} can't be sold", "$warning")
        if weighed.hidden:
            left += Content.styled(f" · {weighed.hidden:,} hidden: not sold", "$warning")
    elif default:
        left = Content.styled(" yours from the start, so not counted", DIM)
    else:
        left = Content.styled(" space marks · enter looks closer" if count else "", DIM)
    gap = width - left.cell_length - place.cell_length
    return (left + " " * gap + place if gap > 0 else left).truncate(width, ellipsis=True)


def least_value(text: str) -> int | None:
    """A least value as typed, or None if it is none."""
    plain = text.replace(",", "").replace("_", "").replace(" ", "")
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 20:
        return None
    value = int(plain)
    return value if value <= MOST else None


def check_least(text: str) -> Refusal | None:
    """None if `text` is a least value."""
    if least_value(text) is not None:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT, f"Write a whole number of oranges from 0 to {MOST:,}.", {}
    )


def refused_words(refused: Sequence[RefusedItem]) -> Content:
    """What can't be sold and why, the first ones by name."""
    reasons = list(dict.fromkeys(item.refusal.message for item in refused))
    said = "\n".join(f"· {reason}" for reason in reasons[:REASONS_NAMED])
    if len(reasons) > REASONS_NAMED:
        said += f"\n· and {len(reasons) - REASONS_NAMED:,} more"
    return Content.assemble(
        (f"{counted(len(refused), 'thing')} can't be sold:\n", "$warning"), said
    )
