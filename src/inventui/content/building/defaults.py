"""Checks of default cosmetics: one free default for each slot that has one."""

from collections.abc import Iterable

from inventui.content.faults import Faults
from inventui.content.models.items import ItemModel, WornModel
from inventui.content.reading.tables import Written
from inventui.rules.core.categories import Category
from inventui.rules.core.enums import PriceTier
from inventui.rules.inventory.wardrobe import DEFAULTED


def check_defaults(items: Iterable[Written[ItemModel]], faults: Faults) -> None:
    """Add a fault for every wrong default: of another slot, a second one, not free, or limited."""
    first: dict[Category, str] = {}
    for written in items:
        model = written.model
        if not isinstance(model, WornModel) or not model.default:
            continue
        for field, message in _faults_of_default(written, model, first):
            faults.add(written.file, written.table, field, message)
        if "category" not in written.stand_ins:
            first.setdefault(model.category, written.file)


def _faults_of_default(
    written: Written[ItemModel], model: WornModel, first: dict[Category, str]
) -> list[tuple[str, str]]:
    """Each fault as a field and a clause; a field that is wrong already gives no second one."""
    found = []
    category = model.category
    if "category" not in written.stand_ins:
        if category not in DEFAULTED:
            found.append(("default", f"the slot {category} may be empty and has no default"))
        elif category in first:
            found.append(("default", f"{category} has a default already, in {first[category]}"))
    for field in ("price_oranges", "price_gems"):
        if getattr(model, field):
            found.append((field, "a default is free"))
    if model.tier is not PriceTier.FREE and "tier" not in written.stand_ins:
        found.append(("tier", f"a default is free, and this says {model.tier}"))
    if model.limited:
        found.append(("default", "a default can't be a limited edition"))
    return found
