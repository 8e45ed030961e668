"""What exists in random lives among friends and in the markets, told a second time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """An item: name, category, what it is worth, its bonus in percent, its durability."""

    name: str
    category: str
    value: int = 0
    bonus: int = 0
    durability: int | None = None
    rarity: str = "common"


KINDS = {
    "default-font-color": Kind("Orange", "font_color"),
    "lime": Kind("Lime Letters", "font_color"),
    "donut": Kind("Donut", "consumable"),
    "straw": Kind("Bent Straw", "collectible", 40),
    "stamp": Kind("Market Stamp", "collectible", 120, rarity="uncommon"),
    "badge": Kind("Tin Badge", "collectible", 120, rarity="uncommon"),
    "token": Kind("Brass Token", "collectible", 90, rarity="uncommon"),
    "goblet": Kind("Glass Goblet", "collectible", 9_999, rarity="rare"),
    "seal": Kind("Wax Seal", "collectible", 10_000, rarity="epic"),
    "squeezer": Kind("Golden Squeezer", "collectible", 15_000, rarity="legendary"),
    "fork": Kind("Bent Fork", "weapon", 125, 4, 7),
    "bib": Kind("Paper Bib", "armor", 100, 2, 4),
    "crown": Kind("Thorn Crown", "weapon", 12_000, 15, 5),
}
DEFAULT = "default-font-color"
CASES = {
    "vault": {
        "straw": 25,
        "goblet": 10,
        "seal": 20,
        "squeezer": 20,
        "fork": 10,
        "bib": 10,
        "crown": 5,
    },
    "crate": {"straw": 40, "stamp": 25, "token": 20, "goblet": 10, "seal": 5},
    "tin": {"straw": 50, "token": 15, "badge": 35},
}
"""How many percent of the tickets win what."""
