"""Gear for sale: one line of the black market or of a daily gear shop, for both readers."""

from collections.abc import Sequence

from rich.text import Text

from inventui.cli.core import documents, style
from inventui.cli.core.console import Page, TableColumn
from inventui.engine.shop.models import GearLine
from inventui.rules.core.refusal import Reason

_FIGURES = {
    "rob_bonus": "rob +{} %",
    "defence_bonus": "guard +{} %",
    "insurance": "keeps {} %",
    "upkeep": "−{:,} a day",
    "revenue": "+{:,} a day",
    "operating_cost": "costs {:,}",
}

_SAID = frozenset({Reason.ALREADY_OWNED, Reason.SOLD_OUT})
"""Refusals that another column tells."""


def document(line: GearLine) -> documents.Document:
    """A piece of gear for sale, with why it can't be bought now."""
    return {
        "id": line.slug,
        "name": line.name,
        "category": line.category,
        "rarity": line.rarity,
        "figures": dict(line.figures),
        "durability": line.durability,
        "full_price": line.full_price,
        "price": line.price,
        "discount": line.discount,
        "stock": line.stock,
        "remaining": line.remaining,
        "owned": line.owned,
        "worn": line.worn,
        "refusal": None if line.refusal is None else line.refusal.reason,
    }


def table(page: Page, lines: Sequence[GearLine]) -> None:
    """The lines as a table; the stock only where one is counted.

    What a piece does decides whether to buy it, so its figures are never cut: the name,
    which the first column nearly spells, goes before them.
    """
    counted = any(line.stock is not None for line in lines)
    columns = [
        TableColumn("Item"),
        TableColumn(""),
        TableColumn("Name", least=12, drop=3),
        TableColumn("Kind", drop=4),
        TableColumn("Figures", drop=1),
        TableColumn("Oranges", right=True),
        TableColumn("", drop=2, least=8),
    ]
    rows = [
        [
            line.slug,
            style.mark(line.rarity),
            line.name,
            line.category,
            _figures(line),
            line.price,
            _standing(line),
        ]
        for line in lines
    ]
    if counted:
        columns.insert(6, TableColumn("Left", right=True))
        for row, line in zip(rows, lines, strict=True):
            row.insert(6, _left(line))
    page.table(columns, rows)


def _figures(line: GearLine) -> str:
    return ", ".join(
        _FIGURES.get(name, f"{name.replace('_', ' ')} {{}}").format(amount)
        for name, amount in line.figures.items()
    )


def _left(line: GearLine) -> Text:
    if line.sold_out:
        return Text("SOLD OUT", style=style.BAD)
    return Text(f"{line.remaining}/{line.stock}")


def _standing(line: GearLine) -> Text:
    if line.owned:
        return Text("worn" if line.worn else "owned", style=style.GOOD)
    words = [f"−{line.discount} %"] if line.featured else []
    if line.refusal is not None and line.refusal.reason not in _SAID:
        words.append(_WHY.get(line.refusal.reason, "not now"))
    return Text(" · ".join(words))


_WHY = {
    Reason.NO_ROOM: "no room",
    Reason.INSUFFICIENT_FUNDS: "too dear",
    Reason.NO_LONGER_AVAILABLE: "gone",
    Reason.NOT_FOR_SALE: "not for sale",
}
"""Refusals in as few words as a table has room for."""
