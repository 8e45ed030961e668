"""Badges: what is to be known of something for sale at a glance, refusals among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from inventui.rules.core.refusal import Reason
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Badge(NamedTuple):
    """One word or two in a colour.

    Attributes:
        text: in plain words, at most 20 cells.
        short: the same where there is less room.
        style: as in markup.
        sign: the same as short as can be: of a refusal in one cell, of gear its figure.
    """

    text: str
    short: str
    style: str
    sign: str = ""

    def within(self, cells: int) -> str:
        """The most of it that fits: `37 LEFT`, `37`; at last its sign, or `PREM.`."""
        words = self.short.split(" ")
        shorter = [" ".join(words[:number]) for number in range(len(words), 0, -1)]
        if self.sign or len(words) == 1:
            shorter = [self.short, self.sign or f"{self.short[: len(self.short) // 2 + 1]}."]
        return next((text for text in shorter if cell_len(text) <= cells), "")


NO_BADGE = Badge("", "", "")
NOT_NOW = Badge("NOT NOW", "NOT NOW", "$text-error", "✗")
BADGES: Mapping[Reason, Badge] = {
    Reason.OWN_LISTING: Badge("YOURS", "YOURS", KEY, "↗"),
    Reason.ALREADY_OWNED: Badge("OWNED", "OWNED", "$text-success", "✓"),
    Reason.NO_ROOM: Badge("NO ROOM", "NO ROOM", "$text-error", "✗"),
    Reason.INSUFFICIENT_FUNDS: Badge("TOO DEAR", "TOO DEAR", "$text-error", "✗"),
    Reason.SOLD_OUT: Badge("SOLD OUT", "SOLD OUT", "$text-error", "✗"),
    Reason.NOT_FOR_SALE: Badge("NOT FOR SALE", "GONE", "$text-error", "✗"),
    Reason.NO_LONGER_AVAILABLE: Badge("NO LONGER AVAILABLE", "GONE", "$text-error", "✗"),
}
"""Why something can't be bought; any other reason is `NOT_NOW`."""

BADGE_CELLS = max(len(badge.short) for badge in BADGES.values())
"""Cells of the longest of them where it is short."""
