"""Canonical forms of odds tables: read back, and refused unless they are what they say."""

import json

from inventui.rules.cases.guarantee import Guarantee
from inventui.rules.cases.odds import OddsEntry, OddsTable
from inventui.rules.core.enums import Rarity


def from_canonical(text: str) -> OddsTable:
    """The table that a canonical form describes.

    Raises:
        ValueError: `text` is not the canonical form of a sound table.
    """
    try:
        raw = json.loads(text)
        promised = raw.get("guarantee")
        table = OddsTable(
            raw["case"],
            raw["price"],
            tuple(
                OddsEntry(
                    e["name"],
                    e["value"],
                    Rarity(e["rarity"]),
                    e["parts_per_million"],
                    e["item"],
                    e.get("group", ""),
                )
                for e in raw["entries"]
            ),
            _pools_of(raw.get("pools")),
            promised and Guarantee(**{**promised, "rarity": Rarity(promised["rarity"])}),
        )
        sound = _typed(table) and table.canonical() == text and not table.faults()
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not an odds table") from error
    if not sound:
        raise ValueError("not the canonical form of an odds table")
    return table


def _pools_of(raw: object) -> tuple[tuple[int, int], ...]:
    """Pools of a canonical form; one roll in all entries is no pool."""
    if not isinstance(raw, list) or (len(raw) == 1 and raw[0][0] == 1):
        return ()
    return tuple((rolls, size) for rolls, size in raw)


def _typed(table: OddsTable) -> bool:
    """Whether every field is of its kind: JSON's true, 1.0 and NaN are no whole numbers."""
    texts: list[object] = [table.case]
    numbers: list[object] = [table.price]
    for entry in table.entries:
        texts += [entry.name, entry.item, entry.group]
        numbers += [entry.value, entry.parts]
    numbers += [number for pool in table.pools for number in pool]
    if table.guarantee is not None:
        promised = table.guarantee
        numbers += [promised.after, promised.step, promised.rises_from or 0]
    return all(type(t) is str for t in texts) and all(type(n) is int for n in numbers)
