"""The simulation of the black market: how often it has a legendary, and what its stalls have."""

from inventui.cli.core import style
from inventui.cli.core.console import MARK, Page, TableColumn
from inventui.cli.core.output import Answer
from inventui.engine.market.models import MarketSimulation

ROTATION = "rotation"
"""The word that simulates rotations, unless a case has that id."""


def answer(found: MarketSimulation) -> Answer:
    """The simulation as an answer; sums are of all rotations, means of one."""
    document = {
        "simulated": ROTATION,
        "seed": found.seed,
        "rolls": found.rolls,
        "with_legendary": found.legendary,
        "expected_with_legendary": found.expected_legendary,
        "share_with_legendary": found.legendary / found.rolls,
        "rarities": [
            {
                "rarity": one.rarity,
                "stalls": one.stalls,
                "mean_stalls": one.stalls / found.rolls,
                "expected_stalls": one.expected_stalls / found.rolls,
                "pieces": one.pieces,
                "mean_stock": one.pieces / one.stalls if one.stalls else None,
                "expected_stock": one.expected_pieces,
                "value": one.value,
            }
            for one in found.rarities
        ],
        "mean_value": found.value / found.rolls,
    }
    return Answer(document, lambda page: _show(page, found))


def _show(page: Page, found: MarketSimulation) -> None:
    page.table(
        found.rarities,
        MARK,
        TableColumn("Rarity", lambda one: one.rarity),
        TableColumn("Stalls", lambda one: f"{one.stalls / found.rolls:,.3f}", right=True),
        TableColumn(
            "Expected", lambda one: f"{one.expected_stalls / found.rolls:,.3f}", right=True
        ),
        TableColumn(
            "Stock",
            lambda one: f"{one.pieces / one.stalls:,.2f}" if one.stalls else "–",
            right=True,
        ),
        TableColumn("Expected", lambda one: f"{one.expected_pieces:,.1f}", right=True),
        TableColumn("Worth", lambda one: round(one.value / found.rolls), right=True, drop=1),
    )
    page.blank()
    page.facts(
        [
            ("rotations", f"{found.rolls:,} with seed {found.seed}"),
            (
                "with a legendary",
                f"{style.percent(found.legendary / found.rolls, 2)} "
                f"(the rules say {style.percent(found.expected_legendary / found.rolls, 2)})",
            ),
            ("worth", f"{found.value / found.rolls:,.0f} oranges a rotation"),
        ]
    )
