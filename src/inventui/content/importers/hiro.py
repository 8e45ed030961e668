"""Rewards of Hiro's economy and inventory files: what is guaranteed, and what is weighted."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from inventui.content.importers.draft import (
    Entry,
    PackDraft,
    PackImportError,
    written_weights,
)
from inventui.content.models.fields import MOST_MONEY

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
        draft.place[:] = [f"reward {name}"]
        pools: list[Entry] = []
        guaranteed = reward.get("guaranteed")
        if isinstance(guaranteed, Mapping):
            pools += [{"rolls": 1, "entries": e} for e in _each(guaranteed, draft, Fraction(1))]
        weighted = reward.get("weighted")
        if weighted:
            pools += _weighted(reward, weighted, draft)
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


def _weighted(reward: Mapping[str, Any], weighted: object, draft: PackDraft) -> list[Entry]:
    entries: list[tuple[str, int, Fraction]] = []
    total = Fraction(0)
    for option in draft.each(weighted, "“weighted”"):
        written = draft.weight(option.get("weight"))
        if written is None:
            continue
        weight = Fraction(written)
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
    said = reward.get("total_weight")
    rest = Fraction(draft.weight(said) or 0) - total if said else Fraction(0)
    if rest > 0:
        entries.append(("", 0, rest))
    merged: dict[tuple[str, int], Fraction] = {}
    for item, count, weight in entries:
        merged[item, count] = merged.get((item, count), Fraction(0)) + weight
    whole, chances = sum(merged.values(), Fraction(0)), defaultdict[str, Fraction](Fraction)
    for (item, _), weight in merged.items():
        chances[item] += weight / whole
    for item in filter(None, chances):
        draft.note_chance(item, chances[item])
    laid: list[Entry] = []
    for (item, count), weight_of in written_weights(merged, draft).items():
        gives_one: Entry = {"item": item} if item else {"nothing": True}
        more = {"count": count} if count > 1 else {}
        laid.append({**gives_one, **more, "weight": weight_of})
    rolls = max(1, _whole(reward.get("max_rolls") or 1))
    return [{"rolls": rolls, "entries": laid}] if laid else []


def _each(
    gives: Mapping[str, Any], draft: PackDraft, chance: Fraction | None = None
) -> Iterator[list[Entry]]:
    """For each item of a reward, an entry for each number of it that may come."""
    for key in gives.keys() - {"items", "weight"}:
        draft.lost[f"“{key}” of rewards"] += 1
    items = gives.get("items") or {}
    if not isinstance(items, Mapping):
        raise PackImportError("Its “items” are no object of items and amounts.")
    for name, amount in items.items():
        least, most = _range(amount)
        step = max(1, -(-(most - least + 1) // MOST_COUNTS))
        if step > 1:
            draft.lost["counts of a wide range (some of them stand for all)"] += 1
        laid_out = range(max(0, least), most + 1, step)
        counts = dict.fromkeys(draft.count(count) for count in laid_out if count > 0)
        slug = draft.item(str(name).replace("_", " ").title(), chance=chance)
        yield [{"item": slug, "count": count, "weight": 1} for count in counts]


def _range(amount: object) -> tuple[int, int]:
    if isinstance(amount, Mapping):
        least = _whole(amount.get("min", 1))
        return least, max(least, _whole(amount.get("max") or least))
    return _whole(amount), _whole(amount)


def _whole(number: object) -> int:
    if isinstance(number, int | Decimal):
        whole = Decimal(number)
        if -MOST_MONEY <= whole <= MOST_MONEY:
            return int(whole)
    raise PackImportError(f"“{str(number)[:40]}” stands where a number is expected.")
