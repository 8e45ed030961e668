"""Cases and souvenir packages as cs-case-sim lists them: items by grade, the rare ones apart.

The file has no chances: those of the grades are the ones that the game's operator has published.
A grade is known by its id, which is the same in files of every language, or by its English name.
"""

from collections import Counter, defaultdict
from decimal import Decimal

from inventui.content.importers.draft import Entry, PackDraft, texts
from inventui.rules.core.enums import Rarity

RARE = "Rare Special Item"

CASE: dict[str, tuple[Decimal, Rarity]] = {
    "Mil-Spec Grade": (Decimal("79.923"), Rarity.COMMON),
    "Restricted": (Decimal("15.985"), Rarity.UNCOMMON),
    "Classified": (Decimal("3.197"), Rarity.RARE),
    "Covert": (Decimal("0.639"), Rarity.EPIC),
    RARE: (Decimal("0.256"), Rarity.LEGENDARY),
}
SOUVENIR: dict[str, tuple[Decimal, Rarity]] = {
    "Consumer Grade": (Decimal("79.872"), Rarity.COMMON),
    "Industrial Grade": (Decimal("15.974"), Rarity.COMMON),
    "Mil-Spec Grade": (Decimal("3.328"), Rarity.UNCOMMON),
    "Restricted": (Decimal("0.666"), Rarity.RARE),
    "Classified": (Decimal("0.133"), Rarity.EPIC),
    "Covert": (Decimal("0.027"), Rarity.LEGENDARY),
}
"""A grade's chance in percent, and the rarity that stands for it."""

GRADES = {
    "rarity_common_weapon": "Consumer Grade",
    "rarity_uncommon_weapon": "Industrial Grade",
    "rarity_rare_weapon": "Mil-Spec Grade",
    "rarity_mythical_weapon": "Restricted",
    "rarity_legendary_weapon": "Classified",
    "rarity_ancient_weapon": "Covert",
}
"""The English name of a grade by its id."""

_HELD = {"id", "name", "description", "type", "contains", "contains_rare", "image"}
_ITEM_HELD = {"id", "name", "rarity", "image"}


def read(source: object, draft: PackDraft) -> None:
    """Read a list of cases.

    Raises:
        PackImportError: it is none.
    """
    for case in draft.each(source, "cases"):
        (name,) = texts(case, "name")
        grades = SOUVENIR if case.get("type") == "Souvenir" else CASE
        draft.lost.update(f"field “{key}” of cases" for key in _more(case, _HELD))
        by_grade: dict[str, list[str]] = defaultdict(list)
        names: dict[str, str] = {}
        lost = Counter[str]()
        for item in draft.each(case.get("contains"), "“contains”"):
            (written,) = texts(item.get("rarity"), "name")
            grade = GRADES.get(str(item["rarity"].get("id")), written)
            if grade in grades:
                names[grade] = written
                by_grade[grade].append(_item(item, grades[grade][1], draft, lost))
            else:
                lost[f"items of grade “{written}”, which has no chance here"] += 1
        for item in draft.each(case.get("contains_rare") or [], "“contains_rare”"):
            if RARE in grades:
                by_grade[RARE].append(_item(item, grades[RARE][1], draft, lost))
        draft.lost += lost
        missing = [grade for grade in grades if grade not in by_grade]
        if missing:
            draft.lost["grades without items (the others share their chance)"] += len(missing)
        entries: list[Entry] = [
            {"group": names.get(grade, grade), "weight": weight, "items": by_grade[grade]}
            for grade, (weight, _) in grades.items()
            if grade in by_grade
        ]
        draft.case(name, entries, description=case.get("description"))


def _item(item: Entry, rarity: Rarity, draft: PackDraft, lost: Counter[str]) -> str:
    (name,) = texts(item, "name")
    lost.update(f"field “{key}” of items" for key in _more(item, _ITEM_HELD))
    return draft.item(name, rarity, image=str(item.get("image") or ""))


def _more(row: Entry, held: set[str]) -> list[str]:
    return [key for key, value in row.items() if key not in held and value not in (None, [], "")]
