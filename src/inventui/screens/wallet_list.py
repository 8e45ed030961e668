"""The ledger as a list under a cursor: when, what, how much, and what one had after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from inventui.rules.core.money import Currency
from inventui.widgets.lists.paged_rows import PagedRows
from inventui.widgets.text import fitting_words, padded
from inventui.widgets.theme import DIM, GEM, MARKER, ORANGE, ago

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inventui.engine.history.models import LedgerLine

SIGN = {Currency.ORANGES: ORANGE, Currency.GEMS: GEM, Currency.EXPERIENCE: "xp"}


ROOMY = 64
"""Cells from which every column has its full width."""


def kind_words(kind: str) -> str:
    """A transfer's kind or cause as a person says it."""
    return _WORDS.get(kind, kind.replace("_", " ").capitalize())


def what(line: LedgerLine) -> str:
    """What a transfer was: its kind, and what it was about."""
    return " · ".join(filter(None, (kind_words(line.cause), line.subject)))


def what_within(line: LedgerLine, cells: int) -> str:
    """The same in at most so many cells: what it was about says more than its kind."""
    return fitting_words(cells, what(line), line.subject or what(line))


_WORDS = {
    "start": "Starting money",
    "case": "Cases opened",
    "sale": "Sold to the house",
    "rank_up": "New rank",
    "experience": "Experience",
    "admin": "Gift of the world's owner",
    "trade_hold": "Held for an offer",
}


def _cells(width: int) -> tuple[int, int, int]:
    """The cells of when, of what, and of an amount; what is the last to give way."""
    when, amount = (11, 12) if width >= ROOMY else (8, 10)
    return when, max(6, width - when - 2 * amount - 9), amount


class LedgerList(PagedRows["LedgerLine"]):
    """Lines of a ledger, a row each, the newest first."""

    DEFAULT_CSS = """
    LedgerList {
        width: 1fr; background: $background 0%;
        & > .row-list--cursor, & > .row-list--hover { background: transparent; }
        &:focus > .row-list--cursor { background: transparent; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(lambda line: line.id, id=id)

    def heads(self) -> str:
        """The names of the columns, each over its own."""
        when, what, amount = _cells(self.size.width)
        return f"  {'When':<{when}}{'What':<{what}}   {'Amount':>{amount + 2}} {'After':>{amount}}"

    def draw_row(self, row: LedgerLine, width: int, *, current: bool) -> Sequence[Content]:
        """Marker, when, what, the change in its colour, what one had after it."""
        # Where there is a bar it takes the free cell at the end.
        width = self.size.width
        when, room, cells = _cells(width)
        plain = current and self.has_focus
        dim = "" if plain else DIM
        change = "" if plain else "$text-success" if row.amount >= 0 else "$text-error"
        amount = f"{'−' if row.amount < 0 else '+'}{abs(row.amount):,}"
        line = Content.assemble(
            f"{MARKER if current else ' '} ", (f"{ago(row.at, self.now):<{when}}", dim),
            padded(what_within(row, room), room), f"  {SIGN[row.currency]} ",
            (f"{amount:>{cells}}", change), (f" {row.balance:>{cells},} ", dim),
        )  # fmt: skip
        return (line.stylize("bold reverse $primary") if plain else line,)
