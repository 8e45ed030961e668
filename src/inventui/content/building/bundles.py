"""Checks of bundles: each item in one must be one that can be bought at any time."""

from collections.abc import Sequence, Set

from inventui.content.faults import Faults
from inventui.content.models.items import LIMITS, BundleModel, ItemModel, WornModel
from inventui.content.reading.tables import Written
from inventui.rules.core.categories import Category


def check_bundles(items: Sequence[Written[ItemModel]], broken: Set[str], faults: Faults) -> None:
    """Note every bundle with an item that there is not, or that no bundle may hold.

    An item of which little could be read is in `broken`: to hold it is no second fault.
    """
    by_id = {item.model.id: item for item in items if "id" not in item.stand_ins}
    for bundle in items:
        if not isinstance(bundle.model, BundleModel):
            continue
        for slug in bundle.model.items:
            item = by_id.get(slug)
            if item is None and slug not in broken:
                faults.add(bundle.file, bundle.table, "items", f"there is no item {slug!r}")
            for reason in () if item is None else _reasons_against(item):
                faults.add(bundle.file, bundle.table, "items", f"{slug!r} {reason}")


def _reasons_against(item: Written[ItemModel]) -> list[str]:
    """Why a bundle can't hold an item; what was read wrongly of it is no reason."""
    model = item.model
    reasons = []
    if "category" not in item.stand_ins:
        if model.category is Category.BUNDLE:
            reasons.append("is a bundle itself")
        elif model.category is Category.COLLECTIBLE:
            reasons.append("is a collectible, which only cases drop")
    if isinstance(model, WornModel) and model.default:
        reasons.append("is a default, which everybody owns")
    # A limit that was written wrongly was meant to be one.
    if model.limited or not item.stand_ins.isdisjoint(LIMITS):
        reasons.append("is a limited edition, sold on its own")
    return reasons
