"""Gear for sale in the black market and the daily gear shop: its document and its table."""

from collections.abc import Sequence

from rich.text import Text

from inventui.cli.core import style
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.documents import describe
from inventui.engine.shop.models import GearLine
from inventui.rules.core.refusal import Reason

describe(
    GearLine,
    "id name category rarity figures durability full_price price discount stock remaining owned "
    "worn refusal",
    id="slug",
    refusal="refusal.reason",
)

_FIGURES = {
    "rob_bonus": "rob +{} %",
    "defence_bonus": "guard +{} %",
    "insurance": "keeps {} %",
    "rest": "shifts +{} %",
    "upkeep": "−{:,} a day",
    "revenue": "+{:,} a day",
    "operating_cost": "costs {:,}",
}

_SAID = frozenset({Reason.ALREADY_OWNED, Reason.SOLD_OUT})
"""Refusals that another column shows already."""


_WHY = {
    Reason.NO_ROOM: "no room",
    Reason.INSUFFICIENT_FUNDS: "too dear",
    Reason.NO_LONGER_AVAILABLE: "gone",
    Reason.NOT_FOR_SALE: "not for sale",
}
"""Refusals as short as a table needs them."""


def table(page: Page, lines: Sequence[GearLine]) -> None:
    """Show the lines as a table; the stock only where it is counted.

    What a piece does decides whether to buy it, so its figures are never cut: the name,
    which the first column nearly spells, goes before them.
    """
    left = TableColumn("Left", _left, right=True)
    page.table(
        lines,
        TableColumn("Item", lambda line: line.slug),
        MARK,
        TableColumn("Name", lambda line: line.name, least=12, drop=3),
        TableColumn("Kind", lambda line: line.category, drop=4),
        TableColumn("Figures", _figures, drop=1),
        TableColumn("Oranges", lambda line: line.price, right=True),
        *([left] if any(line.stock is not None for line in lines) else ()),
        TableColumn("", _standing, drop=2, least=8),
    )


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
