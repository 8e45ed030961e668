"""The field words of the world, one enum each, spelled as they are stored."""

from enum import StrEnum


class Rarity(StrEnum):
    """How rare a thing is, from the commonest up; `rank` orders them."""

    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    EPIC = "epic"
    LEGENDARY = "legendary"

    @property
    def rank(self) -> int:
        """0 for common up to 4 for legendary."""
        return _RARITY_RANKS[self]


_RARITY_RANKS = {rarity: rank for rank, rarity in enumerate(Rarity)}


class PriceTier(StrEnum):
    """The shop's badge."""

    FREE = "free"
    BASIC = "basic"
    PREMIUM = "premium"


class Currency(StrEnum):
    """What an account holds, always in whole numbers.

    Experience is no money, but it is earned by operations and must never be lost
    or counted twice, so the same journal keeps it.
    """

    ORANGES = "oranges"
    GEMS = "gems"
    EXPERIENCE = "experience"


class Category(StrEnum):
    """What kind of thing an item is; each gear and cosmetic category is one equip slot."""

    WEAPON = "weapon"
    ARMOR = "armor"
    BUSINESS = "business"
    HOUSING = "housing"
    FRAME = "frame"
    TITLE = "title"
    BACKGROUND = "background"
    NAME_EFFECT = "name_effect"
    CELEBRATION = "celebration"
    EMOJI_BADGE = "emoji_badge"
    BIGPULP_HAT = "bigpulp_hat"
    BIGPULP_MOOD = "bigpulp_mood"
    BIGPULP_ACCESSORY = "bigpulp_accessory"
    BIGPULP_POSITION = "bigpulp_position"
    FONT_COLOR = "font_color"
    FONT_STYLE = "font_style"
    FONT_FAMILY = "font_family"
    AVATAR_GLOW = "avatar_glow"
    AVATAR_SIZE = "avatar_size"
    PAGE_BACKGROUND = "page_background"
    DIALOGUE_STYLE = "dialogue_style"
    COLLECTION_LAYOUT = "collection_layout"
    CARD_STYLE = "card_style"
    ENTRANCE_ANIMATION = "entrance_animation"
    STATS_STYLE = "stats_style"
    TABS_STYLE = "tabs_style"
    VISITOR_COUNTER = "visitor_counter"
    CONSUMABLE = "consumable"
    COLLECTIBLE = "collectible"
    BUNDLE = "bundle"


GEAR = frozenset({Category.WEAPON, Category.ARMOR, Category.BUSINESS, Category.HOUSING})
COSMETICS = (
    frozenset(Category)
    - GEAR
    - {
        Category.CONSUMABLE,
        Category.COLLECTIBLE,
        Category.BUNDLE,
    }
)
SLOTS = GEAR | COSMETICS


class ConsumableKind(StrEnum):
    """What using a consumable does."""

    DONUT = "donut"
    POOP = "poop"
    REPAIR_KIT = "repair_kit"


class Status(StrEnum):
    """Where a player item stands in its life."""

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


class Event(StrEnum):
    """What moves a player item from one status to the next."""

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


class Acquisition(StrEnum):
    """How a thing was got."""

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
    """What can last on a player."""

    FED = "fed"
    SPLAT = "splat"


class SeedState(StrEnum):
    """The life of a seed pair: its commitment is on show before it is used."""

    NEXT = "next"
    ACTIVE = "active"
    RETIRED = "retired"
