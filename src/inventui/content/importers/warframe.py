"""Relics as the Warframe drop data lists them: tier, name, state, and rewards with chances."""

from decimal import Decimal

from inventui.content.importers.draft import PackDraft, PackImportError, texts
from inventui.rules.core.enums import Rarity


def read(source: object, draft: PackDraft) -> None:
    """Read an object with a list `relics`, or that list.

    Raises:
        PackImportError: it is none.
    """
    relics = source.get("relics") if isinstance(source, dict) else source
    for relic in draft.each(relics, "relics"):
        tier, state = texts(relic, "tier", "state")
        # One family of relics has no name of its own.
        name = " ".join(f"{tier} {relic.get('relicName') or ''} {state}".split())
        chances: dict[str, Decimal] = {}
        for reward in draft.each(relic.get("rewards"), "“rewards”"):
            item, rarity = texts(reward, "itemName", "rarity")
            chance = draft.weight(reward.get("chance"))
            if chance is None:
                continue
            try:
                slug = draft.item(item, Rarity(rarity.lower()))
            except ValueError as error:
                raise PackImportError(f"“{rarity}” is no rarity of relics.") from error
            if slug in chances:
                draft.lost["rewards that stood twice in one relic (merged)"] += 1
            chances[slug] = chances.get(slug, Decimal(0)) + chance
        # The chances are rounded to 0.01 %: as weights they may sum to what they like.
        entries = [{"item": slug, "weight": chance} for slug, chance in chances.items()]
        draft.case(name, entries)
