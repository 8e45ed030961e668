"""Filters of long lists: by tab, rarity, worth and name."""

from typing import Annotated

import typer

from inventui.cli.core.parse import whole, word
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.inventory.inventory import InventoryTab, Sort


def check_least(value: int) -> Refusal | None:
    """None if something may be worth so little."""
    if value >= 0:
        return None
    return Refusal(
        Reason.INVALID_AMOUNT,
        f"Nothing is worth less than 0 oranges, so --min-value can't be −{-value:,}.",
        {"min_value": value, "least": 0},
    )


OfTab = Annotated[
    InventoryTab,
    typer.Option(
        "--tab",
        metavar="TAB",
        parser=word("--tab", InventoryTab),
        help=f"One of {', '.join(InventoryTab)}.",
    ),
]
OfRarity = Annotated[
    Rarity | None,
    typer.Option(
        "--rarity",
        metavar="RARITY",
        parser=word("--rarity", Rarity),
        help=f"One of {', '.join(Rarity)}.",
    ),
]
MinValue = Annotated[
    int,
    typer.Option(
        "--min-value",
        metavar="N",
        parser=whole("--min-value"),
        help="Only things worth that much or more.",
    ),
    check_least,
]
Search = Annotated[
    str,
    typer.Option("--search", metavar="TEXT", help="Only things with this in their name."),
]
InOrder = Annotated[
    Sort,
    typer.Option(
        "--sort", metavar="ORDER", parser=word("--sort", Sort), help=f"One of {', '.join(Sort)}."
    ),
]
