"""Loot tables of Minecraft's data packs: a file a table, or a folder of them.

What a table says and a case can't: conditions, functions other than `set_count`, luck (`quality`,
`bonus_rolls`), tags. A number of rolls that varies becomes certain rolls and further ones that
come with a chance of their own, which keeps the mean of what is given.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any

from inventui.content.importers.draft import (
    Entry,
    PackDraft,
    PackImportError,
    rows,
    texts,
    written_weights,
)
from inventui.rules.cases.odds import MOST_ROLLS

DEEPEST = 8
"""How deep tables may be nested."""

MOST_COUNT = 64

MOST_NUMBER = 1_000_000
"""Most of a weight, of rolls or of what comes at once; the game has none so large."""


def read(source: Mapping[str, object], draft: PackDraft) -> None:
    """Read tables by the paths of their files.

    Raises:
        PackImportError: one is no loot table.
    """
    reader = _Reader(source, draft)
    for path, table in source.items():
        draft.place[:] = [path] if len(source) > 1 else []
        if not isinstance(table, Mapping) or "pools" not in table:
            if isinstance(table, Mapping) and "type" in table:
                draft.lost["loot tables without pools"] += 1
                continue
            raise PackImportError("It is no loot table: it has no “pools”.")
        pools: list[Entry] = []
        for pool in draft.each(table["pools"], "“pools”"):
            pools += reader.pool(pool)
        draft.lost.update(f"“{key}” of tables" for key in ("functions",) if table.get(key))
        name = PurePosixPath(path).stem.replace("_", " ").title()
        draft.case(name, pools=pools)


class _Reader:
    def __init__(self, source: Mapping[str, object], draft: PackDraft) -> None:
        self._draft = draft
        self._tables: dict[str, object] = {}
        for path, table in source.items():
            parts = PurePosixPath(path).with_suffix("").parts
            for first in range(len(parts)):
                self._tables.setdefault("/".join(parts[first:]), table)
        self._laid_out: dict[str, dict[tuple[str, int], Fraction]] = {}
        self._open: set[str] = set()

    def pool(self, pool: Any) -> list[Entry]:
        """The pools that one pool becomes: certain rolls, and one for each that may come."""
        for key in ("conditions", "functions"):
            if pool.get(key):
                self._draft.lost[f"“{key}” of pools"] += 1
        if _range(pool.get("bonus_rolls", 0), self._draft) != (0, 0):
            self._draft.lost["“bonus_rolls” of pools"] += 1
        least, most = _range(pool.get("rolls", 1), self._draft)
        weights = self._weights(pool.get("entries"), 0)
        if not weights:
            self._draft.lost["pools without anything in them"] += 1
            return []
        if most > MOST_ROLLS:
            # Whoever adds the case leaves it out.
            return [{"rolls": most, "entries": self._entries(weights)}]
        found: list[Entry] = [{"rolls": least, "entries": self._entries(weights)}] if least else []
        if most > least:
            self._draft.lost["rolls that vary (further ones come with a chance each)"] += 1
        for further in range(1, most - least + 1):
            chance = Fraction(most - least + 1 - further, most - least + 1)
            total = sum(weights.values(), Fraction(0))
            nothing = weights.get(_NOTHING, Fraction(0)) + total * (1 - chance) / chance
            found.append({"rolls": 1, "entries": self._entries({**weights, _NOTHING: nothing})})
        return found

    def _entries(self, weights: Mapping[tuple[str, int], Fraction]) -> list[Entry]:
        total = sum(weights.values(), Fraction(0))
        # However many of it come, it is the same item.
        chances: defaultdict[str, Fraction] = defaultdict(Fraction)
        for (name, _), share in weights.items():
            chances[name] += share / total
        entries: list[Entry] = []
        for (name, count), weight in written_weights(weights, self._draft).items():
            gives: Entry = {"nothing": True}
            if name:
                gives = {"item": self._draft.item(name, chance=chances[name])}
                gives |= {"count": count} if count > 1 else {}
            entries.append({**gives, "weight": weight})
        return entries

    def _weights(self, entries: object, depth: int) -> dict[tuple[str, int], Fraction]:
        """Weights by what is given and how much of it; a nested table's are laid out."""
        found: dict[tuple[str, int], Fraction] = {}
        for entry in self._draft.each(entries, "“entries”"):
            kind = texts(entry, "type")[0].removeprefix("minecraft:")
            weight = Fraction(_whole(entry.get("weight", 1), "weight"))
            if not weight:
                self._draft.lost["entries of weight 0 (left out)"] += 1
                continue
            for key in ("conditions", "quality"):
                if entry.get(key):
                    self._draft.lost[f"“{key}” of entries"] += 1
            match kind:
                case "item":
                    gives = self._counts(entry)
                case "empty":
                    gives = {_NOTHING: Fraction(1)}
                case "loot_table":
                    gives = self._nested(entry, depth)
                case _:
                    self._draft.lost[f"entries of type “{kind}” (they give nothing)"] += 1
                    gives = {_NOTHING: Fraction(1)}
            total = sum(gives.values(), Fraction(0))
            for what, share in gives.items():
                found[what] = found.get(what, Fraction(0)) + weight * share / total
        return found

    def _counts(self, entry: Any) -> dict[tuple[str, int], Fraction]:
        name = texts(entry, "name")[0].split(":")[-1].replace("_", " ").title()
        least = most = 1
        for function in self._draft.each(entry.get("functions") or [], "“functions”"):
            kind = texts(function, "function")[0].removeprefix("minecraft:")
            if kind == "set_count":
                least, most = _range(function.get("count", 1), self._draft)
            else:
                self._draft.lost[f"function “{kind}”"] += 1
        found = {
            (name, count) if count else _NOTHING: Fraction(1)
            for count in range(least, min(most, MOST_COUNT) + 1)
        }
        if most > MOST_COUNT:
            self._draft.lost[f"counts above {MOST_COUNT} (taken as that)"] += 1
            more = found.get((name, MOST_COUNT), Fraction(0)) + most - max(least - 1, MOST_COUNT)
            found[name, MOST_COUNT] = more
        return found

    def _nested(self, entry: Any, depth: int) -> dict[tuple[str, int], Fraction]:
        """What a table gives that an entry names, or that stands in it."""
        named = entry.get("name", entry.get("value"))
        if isinstance(named, Mapping):
            return self._only_pool(named, depth)
        name = str(named).split(":")[-1]
        if name in self._open:
            self._draft.lost["nested tables that hold themselves (they give nothing)"] += 1
            return {_NOTHING: Fraction(1)}
        if name not in self._laid_out:
            self._open.add(name)
            self._laid_out[name] = self._only_pool(self._tables.get(name), depth)
            self._open.remove(name)
        return self._laid_out[name]

    def _only_pool(self, table: object, depth: int) -> dict[tuple[str, int], Fraction]:
        pools = table.get("pools") if isinstance(table, Mapping) else None
        if not isinstance(pools, list) or len(pools) != 1 or depth >= DEEPEST:
            self._draft.lost["nested tables that are not there or have several pools"] += 1
            return {_NOTHING: Fraction(1)}
        (pool,) = rows(pools, "“pools”")
        if _range(pool.get("rolls", 1), self._draft) != (1, 1):
            self._draft.lost["nested tables that roll more than once (they roll once)"] += 1
        return self._weights(pool.get("entries"), depth + 1) or {_NOTHING: Fraction(1)}


_NOTHING = ("", 0)


def _range(number: Any, draft: PackDraft) -> tuple[int, int]:
    """Least and most of a number provider."""
    if isinstance(number, Mapping):
        kind = str(number.get("type", "uniform")).removeprefix("minecraft:")
        if kind == "constant":
            return _range(number.get("value"), draft)
        if kind == "binomial":
            draft.lost["binomial numbers (taken as even)"] += 1
            return 0, _range(number.get("n"), draft)[1]
        if "min" in number and "max" in number:
            least, most = _range(number["min"], draft)[0], _range(number["max"], draft)[1]
            return least, max(least, most)
        draft.lost[f"numbers of type “{kind}” (taken as 1)"] += 1
        return 1, 1
    whole = _whole(number, "number")
    return whole, whole


def _whole(number: object, what: str) -> int:
    if isinstance(number, bool) or not isinstance(number, int | Decimal):
        raise PackImportError(f"“{str(number)[:40]}” stands where a {what} is expected.")
    if not 0 <= number <= MOST_NUMBER:
        raise PackImportError(f"A {what} is 0 to {MOST_NUMBER:,}, not {str(number)[:40]}.")
    return int(number)
