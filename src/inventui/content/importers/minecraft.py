"""Loot tables of Minecraft's data packs: a file a table, or a folder of them.

What a table says and a case can't: conditions, functions other than `set_count`, luck (`quality`,
`bonus_rolls`), tags. A number of rolls that varies becomes certain rolls and further ones that
come with a chance of their own, which keeps the mean of what is given.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from pathlib import PurePosixPath
from typing import Any

from inventui.content.importers.draft import Entry, PackDraft, PackImportError, rows, texts

DEEPEST = 8
"""How deep tables may be nested."""

MOST_COUNT = 64


def read(source: Mapping[str, object], draft: PackDraft) -> None:
    """Read tables by the paths of their files.

    Raises:
        PackImportError: one is no loot table.
    """
    for path, table in source.items():
        if not isinstance(table, Mapping) or "pools" not in table:
            if isinstance(table, Mapping) and "type" in table:
                draft.lost["loot tables without pools"] += 1
                continue
            raise PackImportError(f"{path} is no loot table: it has no “pools”.")
        pools: list[Entry] = []
        for pool in rows(table["pools"], "pools"):
            pools += _Reader(source, draft).pool(pool)
        draft.lost.update(f"“{key}” of tables" for key in ("functions",) if table.get(key))
        name = PurePosixPath(path).stem.replace("_", " ").title()
        draft.case(name, pools=pools)


class _Reader:
    def __init__(self, source: Mapping[str, object], draft: PackDraft) -> None:
        self._source, self._draft = source, draft

    def pool(self, pool: Any) -> list[Entry]:
        """The pools that one pool becomes: certain rolls, and one for each that may come."""
        for key in ("conditions", "functions"):
            if pool.get(key):
                self._draft.lost[f"“{key}” of pools"] += 1
        if _range(pool.get("bonus_rolls", 0), self._draft) != (0, 0):
            self._draft.lost["“bonus_rolls” of pools"] += 1
        least, most = _range(pool.get("rolls", 1), self._draft)
        weights = self._weights(rows(pool.get("entries"), "entries"), 0)
        if not weights:
            self._draft.lost["pools without anything in them"] += 1
            return []
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
        whole = lcm(*(weight.denominator for weight in weights.values()))
        total = sum(weights.values(), Fraction(0))
        entries: list[Entry] = []
        for (name, count), weight in weights.items():
            gives: Entry = {"nothing": True}
            if name:
                gives = {"item": self._draft.item(name, chance=weight / total)}
                gives |= {"count": count} if count > 1 else {}
            entries.append({**gives, "weight": int(weight * whole)})
        return entries

    def _weights(self, entries: list[Any], depth: int) -> dict[tuple[str, int], Fraction]:
        """Weights by what is given and how much of it; a nested table's are laid out."""
        found: dict[tuple[str, int], Fraction] = {}
        for entry in entries:
            kind = texts(entry, "type")[0].removeprefix("minecraft:")
            weight = Fraction(_whole(entry.get("weight", 1), "weight"))
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
        for function in entry.get("functions") or []:
            kind = texts(function, "function")[0].removeprefix("minecraft:")
            if kind == "set_count":
                least, most = _range(function.get("count", 1), self._draft)
            else:
                self._draft.lost[f"function “{kind}”"] += 1
        return {
            (name, min(count, MOST_COUNT)) if count else _NOTHING: Fraction(1)
            for count in range(least, most + 1)
        }

    def _nested(self, entry: Any, depth: int) -> dict[tuple[str, int], Fraction]:
        name = entry.get("name", entry.get("value"))
        wanted = str(name).split(":")[-1] + ".json"
        table = next((t for path, t in self._source.items() if path.endswith(wanted)), None)
        pools = table.get("pools") if isinstance(table, Mapping) else None
        if not isinstance(pools, list) or len(pools) != 1 or depth >= DEEPEST:
            self._draft.lost["nested tables that are not there or have several pools"] += 1
            return {_NOTHING: Fraction(1)}
        if _range(pools[0].get("rolls", 1), self._draft) != (1, 1):
            self._draft.lost["nested tables that roll more than once (they roll once)"] += 1
        return self._weights(rows(pools[0].get("entries"), "entries"), depth + 1)


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
    whole = _whole(number, "number", least=0)
    return whole, whole


def _whole(number: object, what: str, least: int = 1) -> int:
    try:
        whole = int(number)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError) as error:
        raise PackImportError(f"“{str(number)[:40]}” stands where a {what} is expected.") from error
    if not least <= whole <= 1_000_000:
        raise PackImportError(f"A {what} is {whole:,}; that can't be.")
    return int(whole)
