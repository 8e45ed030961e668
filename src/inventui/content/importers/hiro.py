"""Rewards of Hiro's economy and inventory files: what is guaranteed, and what is weighted."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

from inventui.content.importers.draft import Entry, PackDraft, PackImportError, exact, rows

MOST_COUNTS = 20
"""Most different counts that a range is laid out to; of a wider one, evenly spaced ones are."""


def read(source: object, draft: PackDraft) -> None:
    """Read every reward of a file, named by the key that it stands under.

    Raises:
        PackImportError: there is none.
    """
    found = False
    for name, reward in _rewards(source, ""):
        found = True
        pools: list[Entry] = []
        guaranteed = reward.get("guaranteed")
        if isinstance(guaranteed, Mapping):
            pools += [{"rolls": 1, "entries": e} for e in _each(guaranteed, draft)]
        weighted = reward.get("weighted")
        if weighted:
            pools.append(_weighted(reward, rows(weighted, "“weighted”"), draft))
        draft.case(name, pools=pools)
    if not found:
        raise PackImportError("It is not of this format: there is no “weighted” or “guaranteed”.")


def _rewards(raw: object, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(raw, Mapping):
        if "weighted" in raw or "guaranteed" in raw:
            yield name or "Reward", raw
            return
        for key, value in raw.items():
            told = raw.get("name") if key in {"reward", "rewards", "consume_reward"} else key
            yield from _rewards(value, str(told or name or key))


def _weighted(reward: Mapping[str, Any], weighted: list[Any], draft: PackDraft) -> Entry:
    entries: list[tuple[str, int, Fraction]] = []
    total = Fraction(0)
    for option in weighted:
        weight = Fraction(exact(option.get("weight")))
        total += weight
        gives = list(_each(option, draft))
        if len(gives) > 1:
            draft.lost["options that give several items at once (one of them comes)"] += 1
        choices = [choice for pool in gives for choice in pool]
        share = sum((Fraction(choice["weight"]) for choice in choices), Fraction(0))
        entries += [
            (choice["item"], choice.get("count", 1), weight * choice["weight"] / share)
            for choice in choices
        ] or [("", 0, weight)]
    rest = Fraction(reward.get("total_weight") or 0) - total
    if rest > 0:
        entries.append(("", 0, rest))
    merged: dict[tuple[str, int], Fraction] = {}
    for item, count, weight in entries:
        merged[item, count] = merged.get((item, count), Fraction(0)) + weight
    whole = lcm(*(weight.denominator for weight in merged.values()))
    laid: list[Entry] = []
    for (item, count), weight in merged.items():
        gives_one: Entry = {"item": item} if item else {"nothing": True}
        more = {"count": count} if count > 1 else {}
        laid.append({**gives_one, **more, "weight": int(weight * whole)})
    rolls = reward.get("max_rolls") or 1
    return {"rolls": max(1, int(rolls)), "entries": laid}


def _each(gives: Mapping[str, Any], draft: PackDraft) -> Iterator[list[Entry]]:
    """For each item of a reward, an entry for each number of it that may come."""
    for key in gives.keys() - {"items", "weight"}:
        draft.lost[f"“{key}” of rewards"] += 1
    for name, amount in (gives.get("items") or {}).items():
        least, most = _range(amount)
        step = max(1, -(-(most - least + 1) // MOST_COUNTS))
        if step > 1:
            draft.lost["counts of a wide range (some of them stand for all)"] += 1
        counts = [count for count in range(least, most + 1, step) if count > 0]
        slug = draft.item(str(name).replace("_", " ").title(), chance=Fraction(1))
        yield [{"item": slug, "count": count, "weight": 1} for count in counts]


def _range(amount: Any) -> tuple[int, int]:
    if isinstance(amount, Mapping):
        least = int(amount.get("min", 1))
        return least, max(least, int(amount.get("max", least)))
    return int(amount), int(amount)
