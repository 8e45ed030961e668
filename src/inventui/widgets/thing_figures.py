"""What a thing does, in figures: gear against what is worn now, uses that are left."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

if TYPE_CHECKING:
    from inventui.engine.models import ItemDetail


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
        "upkeep": Measure("upkeep", " a day", more_is_better=False),
        "revenue": Measure("pays", " a day"),
        "operating_cost": Measure("costs", " a day", more_is_better=False),
    }
)
"""The figures of gear."""

WEAR = Measure("left", "")
USES = Measure("uses", "")


def figure_rows(detail: ItemDetail, worn: ItemDetail | None) -> list[tuple[str, Content]]:
    """Label and value of each figure of a thing.

    Args:
        detail: the thing.
        worn: what is in its slot now, to be compared with; None for nothing.
    """
    rows = []
    for name, amount in detail.figures.items():
        measure = MEASURES.get(name, Measure(name.replace("_", " "), ""))
        before = None if worn is None else worn.figures.get(name)
        rows.append((measure.label, _compared(amount, before, measure, detail, worn)))
    if detail.durability is not None:
        words = f"{detail.durability} of {detail.most_durability}"
        rows.append((WEAR.label, Content(words)))
    if detail.uses is not None:
        rows.append((USES.label, Content(f"{detail.uses:,} left")))
    return rows


def _compared(
    amount: int, before: int | None, measure: Measure, detail: ItemDetail, worn: ItemDetail | None
) -> Content:
    """A figure, and how much better or worse than what is worn it is."""
    said = Content.styled(f"{amount:,}{measure.unit}", "bold")
    if worn is None:
        return said + Content.styled("  nothing worn", "$foreground 60%")
    if worn.line.id == detail.line.id or before is None:
        return said
    change = amount - before
    if not change:
        return said + Content.styled("  as what is worn", "$foreground 60%")
    better = (change > 0) is measure.more_is_better
    arrow, style = ("▲", "$text-success") if better else ("▼", "$text-error")
    sign = "+" if change > 0 else "−"
    return said + "  " + Content.styled(f"{arrow} {sign}{abs(change):,}", style)
