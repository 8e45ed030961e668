"""The words of the world, an enum each, spelled as they are stored."""

from enum import StrEnum


class Rarity(StrEnum):
    """How rare an item is, from the commonest up.

    Attributes:
        rank: 0 for common up to 4 for legendary.
    """

    rank: int

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    EPIC = "epic"
    LEGENDARY = "legendary"

    def __init__(self, _: str) -> None:
        self.rank = len(type(self).__members__)


class PriceTier(StrEnum):
    """The price tier that the shop shows as a badge."""

    FREE = "free"
    BASIC = "basic"
    PREMIUM = "premium"


class ConsumableKind(StrEnum):
    """What using a consumable does."""

    DONUT = "donut"
    POOP = "poop"
    REPAIR_KIT = "repair_kit"


class Status(StrEnum):
    """The status of a player item; see `rules.core.lifecycle`."""

    OWNED = "owned"
    EQUIPPED = "equipped"
    ESCROWED = "escrowed"
    LISTED = "listed"
    OFFERED = "offered"
    SOLD = "sold"
    WITHDRAWN = "withdrawn"
    GIFTED = "gifted"
    CONSUMED = "consumed"
    TRADED = "traded"
    FUSED = "fused"
    STOLEN = "stolen"
    DESTROYED = "destroyed"
    EXPIRED = "expired"
    RETURNED = "returned"


class Event(StrEnum):
    """What happens to a player item, which leads from one status to the next."""

    ACQUIRE = "acquire"
    DROP = "drop"
    CLAIM = "claim"
    EXPIRE = "expire"
    EQUIP = "equip"
    UNEQUIP = "unequip"
    SELL = "sell"
    WITHDRAW = "withdraw"
    GIFT = "gift"
    USE_UP = "use_up"
    LIST = "list"
    DELIST = "delist"
    OFFER = "offer"
    TAKE_BACK = "take_back"
    TRADE = "trade"
    FUSE = "fuse"
    STEAL = "steal"
    BREAK = "break"
    EVICT = "evict"
    DISCARD = "discard"
    UNDO = "undo"
    RETURN = "return"


class Acquisition(StrEnum):
    """How a player got a player item."""

    CASE = "case"
    PURCHASE = "purchase"
    BUNDLE = "bundle"
    GIFT = "gift"
    ACHIEVEMENT = "achievement"
    STARTER = "starter"
    DROP = "drop"
    THEFT = "theft"
    BAZAAR = "bazaar"
    TRADE = "trade"
    WORKSHOP = "workshop"
    ADMIN = "admin"


class EffectKind(StrEnum):
    """What lasts on a player for a time."""

    FED = "fed"
    SPLAT = "splat"


class SeedState(StrEnum):
    """The states of a seed pair: its commitment is shown before it is used."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"


class Tone(StrEnum):
    """How a notification is shown."""

    SUCCESS = "success"
    ERROR = "error"
    INFO = "info"
    GIFT = "gift"
