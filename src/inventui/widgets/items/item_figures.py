"""Figures of an item: what gear does, compared with what is worn; uses that are left."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from inventui.rules.core.categories import Category
from inventui.rules.inventory.gear import is_worn_out
from inventui.rules.property import WORKED, paid_back, rest_brings
from inventui.widgets.lists.item_columns import wear_bar
from inventui.widgets.text import counted
from inventui.widgets.theme import DIM

if TYPE_CHECKING:
    from inventui.engine.inventory.models import ItemDetail


class Measure(NamedTuple):
    """How a figure is told: what it is called, what it is counted in, whether more is better."""

    label: str
    unit: str
    more_is_better: bool = True


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "rob_bonus": Measure("rob", " %"),
        "defence_bonus": Measure("guard", " %"),
        "insurance": Measure("insure", " %"),
        "rest": Measure("shifts", " % more"),
        "upkeep": Measure("upkeep", " a day", more_is_better=False),
        "revenue": Measure("pays", " a day"),
        "operating_cost": Measure("costs", " a day", more_is_better=False),
    }
)
"""The figures of gear."""

PROPERTY = frozenset({Category.BUSINESS, Category.HOUSING})
"""Gear that brings oranges, and never wears."""

WEAR = Measure("left", "")
USES = Measure("uses", "")


BRINGS_CELLS = 11
"""Cells of what a piece of gear brings, in a list."""


def brings_words(name: str, amount: int) -> str:
    """A figure of a piece of gear as a list says it: `rob 8 %`, `pays 6,000`."""
    measure = MEASURES.get(name, Measure(name.replace("_", " "), ""))
    return f"{measure.label} {amount:,}{measure.unit.removesuffix(' a day')}"


def figure_rows(detail: ItemDetail, worn: ItemDetail | None) -> list[tuple[str, Content]]:
    """Label and value of each figure of a player item.

    Args:
        detail: the player item.
        worn: what is in its slot now, to be compared with; None for nothing.
    """
    rival = None if worn is None else worn.figures
    if worn is not None and worn.line.id == detail.line.id:
        rival = {}
    rows = compared_rows(detail.figures, rival)
    if detail.durability is not None:
        rows.append((WEAR.label, wear_words(detail.durability, detail.most_durability)))
    if detail.uses is not None:
        rows.append((USES.label, Content(f"{detail.uses:,} left")))
    return rows


def wear_words(durability: int, most: int) -> Content:
    """What a piece of gear has left, and whether that is little."""
    if is_worn_out(durability):
        bar = Content.styled(wear_bar(durability, most), "$text-error")
        return bar + f" {durability}/{most} " + Content.styled("! breaks soon", "bold $text-error")
    return Content.styled(wear_bar(durability, most, 8), "$primary") + f" {durability} of {most}"


def compared_rows(
    figures: Mapping[str, int], rival: Mapping[str, int] | None, *, tight: bool = False
) -> list[tuple[str, Content]]:
    """Label and value of each figure of a piece of gear.

    Args:
        figures: by the names of `rules.inventory.gear`.
        rival: those to compare with, of what is in the slot now; None for an empty slot.
        tight: without saying that what comes each day does so.
    """
    rows = []
    for name, amount in figures.items():
        measure = MEASURES.get(name, Measure(name.replace("_", " "), ""))
        unit = measure.unit.removesuffix(" a day") if tight else measure.unit
        said = Content.styled(f"{amount:,}{unit}", "bold")
        if rival is None:
            said += Content.styled("  nothing worn", DIM)
        elif name in rival:
            said += _change(amount - rival[name], measure)
        rows.append((measure.label, said))
    return rows


def payback_rows(
    category: Category, figures: Mapping[str, int], price: int
) -> list[tuple[str, Content]]:
    """What a home brings a day, and in how many days a business or a home is paid back.

    Args:
        category: of the piece of gear; others have no such rows.
        figures: by the names of `rules.inventory.gear`.
        price: in oranges; 0 where it has none.
    """
    rows = []
    if category is Category.HOUSING:
        rows.append(("brings", Content(f"{rest_brings(figures['rest']):,} in {WORKED} shifts")))
    if category in PROPERTY and price:
        rows.append(("repays", Content(payback_words(figures, price))))
    return rows


def payback_words(figures: Mapping[str, int], price: int) -> str:
    """In how many days a business or a home is paid back: `in 5 days`, `never`."""
    days = paid_back(price, figures)
    return f"in {counted(days, 'day')}" if days else "never"


def _change(change: int, measure: Measure) -> Content:
    """How much better or worse a figure is than what is worn."""
    if not change:
        return Content.styled("  as worn", DIM)
    better = (change > 0) is measure.more_is_better
    arrow, style = ("▲", "$text-success") if better else ("▼", "$text-error")
    sign = "+" if change > 0 else "−"
    return Content("  ") + Content.styled(f"{arrow} {sign}{abs(change):,}", style)
