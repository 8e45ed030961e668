"""Categories of items: everything that is known of each stands in its row."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self


class Slot(StrEnum):
    """What kind of slot a category is."""

    GEAR = "gear"
    COSMETIC = "cosmetic"
    NONE = "none"


class Preview(StrEnum):
    """Which part of a player's page shows best what a cosmetic does."""

    CARD = "card"
    BIGPULP = "bigpulp"
    COLLECTION = "collection"
    TABS = "tabs"
    ENTRANCE = "entrance"
    CELEBRATION = "celebration"


Words = Mapping[str, tuple[int, int]]
"""Words of a style value, each with the (fewest, most) colours that it takes."""


def _words(words: str, fewest: int = 0, most: int | None = None) -> Words:
    return dict.fromkeys(words.split(), (fewest, fewest if most is None else most))


class Category(StrEnum):
    """What kind of player item an item is: all that is known of a category stands in its row.

    A gear or cosmetic category is one equip slot. A new cosmetic is a row here, and where a
    widget draws what it does; the database, the tabs, the loader and previews read the row.

    Attributes:
        slot: what kind of slot it is.
        tab: the tab of the inventory that shows it.
        look: the style value of a slot with nothing in it.
        starter: whether every player owns a default item and the slot is never empty.
        words: what a style value may say; None for free text.
        preview: where its effect is seen best.
    """

    slot: Slot
    tab: str
    look: str
    starter: bool
    words: Words | None
    preview: Preview

    def __new__(
        cls,
        name: str,
        slot: Slot = Slot.NONE,
        tab: str = "",
        look: str = "",
        words: Words | None = None,
        starter: bool = False,
        preview: Preview = Preview.CARD,
    ) -> Self:
        """A member of this name, with its row."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.slot, member.tab, member.look = slot, tab, look
        member.words, member.starter, member.preview = words, starter, preview
        return member

    WEAPON = "weapon", Slot.GEAR, "gear"
    ARMOR = "armor", Slot.GEAR, "gear"
    BUSINESS = "business", Slot.GEAR, "gear"
    HOUSING = "housing", Slot.GEAR, "gear"
    FRAME = (
        "frame",
        Slot.COSMETIC,
        "frames",
        "none",
        _words("rounded heavy double dashed ascii thick tall wide hkey", 1, 2),
    )
    TITLE = "title", Slot.COSMETIC, "titles", ""
    BACKGROUND = (
        "background",
        Slot.COSMETIC,
        "backgrounds",
        "none",
        _words("plain dots stripes stars waves checks rain citrus bricks", 2),
    )
    NAME_EFFECT = (
        "name_effect",
        Slot.COSMETIC,
        "effects",
        "none",
        {
            **_words("gradient shimmer", 2, 4),
            **_words("rainbow sparkle", 0),
            **_words("glow", 1),
            **_words("brackets", 1),
        },
    )
    CELEBRATION = (
        "celebration",
        Slot.COSMETIC,
        "effects",
        "none",
        _words("confetti fireworks rain fountain coins hearts", 0, 3),
        False,
        Preview.CELEBRATION,
    )
    EMOJI_BADGE = "emoji_badge", Slot.COSMETIC, "effects", ""
    BIGPULP_HAT = (
        "bigpulp_hat",
        Slot.COSMETIC,
        "bigpulp",
        "none",
        _words("cap crown chef top_hat beanie party straw halo", 1, 2),
        False,
        Preview.BIGPULP,
    )
    BIGPULP_MOOD = (
        "bigpulp_mood",
        Slot.COSMETIC,
        "bigpulp",
        "none",
        _words("happy grumpy sleepy cool smug shocked love"),
        False,
        Preview.BIGPULP,
    )
    BIGPULP_ACCESSORY = (
        "bigpulp_accessory",
        Slot.COSMETIC,
        "bigpulp",
        "none",
        _words("glasses monocle scarf bow_tie moustache eyepatch chain", 1),
        False,
        Preview.BIGPULP,
    )
    BIGPULP_POSITION = (
        "bigpulp_position",
        Slot.COSMETIC,
        "bigpulp",
        "right",
        _words("right left top bottom above_stats far_left"),
        True,
        Preview.BIGPULP,
    )
    FONT_COLOR = (
        "font_color",
        Slot.COSMETIC,
        "drawer_style",
        "colour #ff9f1c",
        _words("colour", 1),
        True,
    )
    FONT_STYLE = (
        "font_style",
        Slot.COSMETIC,
        "drawer_style",
        "normal",
        _words("normal bold italic underline bold_italic underline2 overline reverse"),
        True,
    )
    FONT_FAMILY = (
        "font_family",
        Slot.COSMETIC,
        "drawer_style",
        "default",
        _words("default script fraktur double_struck monospace sans small_caps circled"),
        True,
    )
    AVATAR_GLOW = (
        "avatar_glow",
        Slot.COSMETIC,
        "effects",
        "none",
        {**_words("none"), **_words("soft ring neon dots double", 1)},
        True,
    )
    AVATAR_SIZE = (
        "avatar_size",
        Slot.COSMETIC,
        "drawer_style",
        "normal",
        _words("normal tiny small large huge wide"),
        True,
    )
    PAGE_BACKGROUND = (
        "page_background",
        Slot.COSMETIC,
        "backgrounds",
        "colour #14100d",
        _words("colour", 1),
        True,
    )
    DIALOGUE_STYLE = (
        "dialogue_style",
        Slot.COSMETIC,
        "drawer_style",
        "default",
        _words("default shout whisper thought telegram verse pirate"),
        True,
        Preview.BIGPULP,
    )
    COLLECTION_LAYOUT = (
        "collection_layout",
        Slot.COSMETIC,
        "drawer_style",
        "grid",
        _words("grid list compact gallery shelf ticker"),
        True,
        Preview.COLLECTION,
    )
    CARD_STYLE = (
        "card_style",
        Slot.COSMETIC,
        "drawer_style",
        "default",
        _words("default centred banner ticket poster minimal"),
        True,
    )
    ENTRANCE_ANIMATION = (
        "entrance_animation",
        Slot.COSMETIC,
        "effects",
        "none",
        _words("none fade slide drop curtain typewriter"),
        True,
        Preview.ENTRANCE,
    )
    STATS_STYLE = (
        "stats_style",
        Slot.COSMETIC,
        "drawer_style",
        "default",
        {
            **_words("default"),
            **_words("bars dots boxed terse medals", 0, 1),
        },
        True,
    )
    TABS_STYLE = (
        "tabs_style",
        Slot.COSMETIC,
        "drawer_style",
        "default",
        {
            **_words("default"),
            **_words("underline pills brackets arrows blocks", 1),
        },
        True,
        Preview.TABS,
    )
    VISITOR_COUNTER = (
        "visitor_counter",
        Slot.COSMETIC,
        "drawer_style",
        "hidden",
        {
            **_words("hidden"),
            **_words("digits odometer neon dots tally", 0, 1),
        },
        True,
    )
    CONSUMABLE = "consumable", Slot.NONE, "consumables"
    COLLECTIBLE = "collectible", Slot.NONE, "collectibles"
    BUNDLE = "bundle", Slot.NONE, ""


GEAR = frozenset(category for category in Category if category.slot is Slot.GEAR)
COSMETICS = frozenset(category for category in Category if category.slot is Slot.COSMETIC)
SLOTS = GEAR | COSMETICS
