"""Filters of long lists: by tab, rarity, worth and name."""

from typing import Annotated

import typer

from inventui.cli.core.parse import choice, number
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort


def check_least(value: int) -> Refusal | None:
    """None if it is a value to filter by, else why not."""
    if value >= 0:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Nothing is worth less than 0 oranges, so --min-value can't be −{-value:,}.",
        {"min_value": value, "least": 0},
    )


OfTab = Annotated[InventoryTab, choice("--tab", InventoryTab, metavar="TAB")]
OfRarity = Annotated[Rarity | None, choice("--rarity", Rarity, metavar="RARITY")]
MinValue = Annotated[
    int,
    number("--min-value", "Only things worth that much or more."),
    check_least,
]
Search = Annotated[
    str,
    typer.Option(
        "--search",
        metavar="TEXT",
        help="Only what these words find, e.g. neon cat:frame r:epic <5000.",
    ),
]
InOrder = Annotated[Sort, choice("--sort", Sort, metavar="ORDER")]
