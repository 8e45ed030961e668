"""Counts of a pair's rolls: which roll of its opening each is, and since when none was a hit.

Both counts follow from the rolls before, so that a proof which holds them all leaves no choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from inventui.rules.cases.odds import OddsTable, RollOutcome

COUNTS = ("draw", "since")
"""Fields of a roll whose table needs them."""


@dataclass(frozen=True, slots=True)
class CountFault:
    """Why a roll's count can't be right; `check` is the check of a verification that fails."""

    check: str
    field: str
    message: str


@dataclass
class RollCounts:
    """What the rolls so far say of the next one's counts, as far as none is missing between.

    Attributes:
        nonce: of the last roll.
        whole: whether no nonce of the pair is missing so far.
        draw: (hash of its table, which roll of its opening) of the last roll.
        since: rolls since the last hit, by case.
    """

    nonce: int = -1
    whole: bool = True
    draw: tuple[str, int] = ("", 0)
    since: dict[str, int] = field(default_factory=dict)

    def _due(self, nonce: int, table: OddsTable) -> tuple[int | None, int | None]:
        """What each count has to be; None where that can't be known."""
        if nonce != self.nonce + 1:
            # Whatever was rolled in between is not known.
            self.whole, self.draw, self.since = False, ("", -1), {}
        hash_, last = self.draw
        draw: int | None = 0
        if last < 0:
            draw = None
        elif hash_ == table.hash and last + 1 < table.rolls:
            draw = last + 1
        return draw, self.since.get(table.case, 0 if self.whole else None)

    def take(self, nonce: int, table: OddsTable, draw: int, since: int) -> None:
        """Go on by one roll."""
        self.nonce, self.draw = nonce, (table.hash, draw)
        self.since[table.case] = since

    def counts(
        self, roll: Mapping[str, object], nonce: int, table: OddsTable
    ) -> tuple[int, int] | CountFault:
        """A roll's `draw` and `since`, if it has those that its table needs, as they have to be."""
        most = (table.rolls - 1, table.guarantee.after if table.guarantee is not None else 0)
        due = self._due(nonce, table)
        found = []
        for name, limit, must in zip(COUNTS, most, due, strict=True):
            value = roll.get(name, 0)
            if (name in roll) != (limit > 0):
                said = "the odds table needs it" if limit else "the odds table needs none"
                return CountFault("odds_table", name, said)
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
                return CountFault("roll", name, f"0 to {limit:,} is possible")
            if must is not None and value != must:
                return CountFault("roll", name, f"the rolls before it give {must}, not {value}")
            found.append(value)
        draw, since = found
        return draw, since


def proved_roll(
    table: OddsTable, nonce: int, ticket: int, outcome: RollOutcome, item: str | None = None
) -> dict[str, object]:
    """A roll as a proof holds it.

    Args:
        table: its odds.
        nonce: of its seed pair.
        ticket: 0 to 999,999.
        outcome: what it won; an entry that the table has not is told as its last one.
        item: slug of what was really handed out; what should have been if None.
    """
    entry = table.entries[min(outcome.entry, len(table.entries) - 1)]
    return {
        "nonce": nonce,
        "ticket": ticket,
        "odds_hash": table.hash,
        "entry": entry.name,
        "value": entry.value,
        "rarity": str(entry.rarity),
        "item": entry.item if item is None else item,
        **({"draw": outcome.draw} if table.rolls > 1 else {}),
        **({"since": outcome.since} if table.guarantee is not None else {}),
    }
