"""Screens, a room each; the registry has a line for each, in the order of their keys.

A room's module is imported when it is first entered, so that the list costs nothing.
"""

from __future__ import annotations

from inventui.widgets.entries import RoomEntry


def _entry(slug: str, key: str, title: str, module: str, name: str, help: str) -> RoomEntry:
    return RoomEntry(slug, key, title, f"inventui.screens.{module}", name, help)


ROOMS: tuple[RoomEntry, ...] = (
    _entry("home", "1", "Home", "home", "HomeRoom", "What you have and what to do next"),
    _entry("cases", "2", "Cases", "cases.screen", "CasesRoom", "Look at a case's odds and open it"),
    _entry(
        "inventory",
        "3",
        "Inventory",
        "inventory.screen",
        "InventoryRoom",
        "What you own: sort, sell, lock",
    ),
    _entry(
        "shop",
        "4",
        "Shop",
        "shop.screen",
        "ShopRoom",
        "Things to wear and to use, tried on before you pay",
    ),
    _entry(
        "black_market",
        "5",
        "Market",
        "market.screen",
        "BlackMarketRoom",
        "Few pieces, for six hours at a time",
    ),
    _entry(
        "streets",
        "6",
        "Streets",
        "streets.screen",
        "StreetsRoom",
        "Work a shift, take the bonus, rob",
    ),
    _entry("property", "7", "Property", "property", "PropertyRoom", "Your business and your home"),
    _entry(
        "people", "8", "People", "people.screen", "PeopleRoom", "Friends, gifts, and who lives here"
    ),
    _entry(
        "bazaar",
        "9",
        "Bazaar",
        "bazaar.screen",
        "BazaarRoom",
        "What players sell to each other, and at which price",
    ),
    _entry(
        "trades",
        "",
        "Trades",
        "trades.screen",
        "TradesRoom",
        "Things and oranges against things and oranges",
    ),
    _entry(
        "workshop",
        "",
        "Workshop",
        "workshop.screen",
        "WorkshopRoom",
        "Make one rarer thing out of five",
    ),
    _entry(
        "collections",
        "",
        "Collections",
        "collections.screen",
        "CollectionsRoom",
        "Whole sets, and what they are worth",
    ),
    _entry("drawer", "", "Drawer", "drawer", "DrawerRoom", "Your page as others see it"),
    _entry("wallet", "0", "Wallet", "wallet", "WalletRoom", "Where each orange came and went"),
    _entry("feed", "", "History", "history.screen", "FeedRoom", "What happened to you, and when"),
    _entry(
        "fairness",
        "",
        "Fairness",
        "fairness.screen",
        "FairnessRoom",
        "Seeds and the proof of every roll",
    ),
    _entry(
        "achievements",
        "",
        "Achievements",
        "achievements.screen",
        "AchievementsRoom",
        "How far you are, and what it earned",
    ),
    _entry(
        "notifications",
        "n",
        "Notifications",
        "notifications",
        "NotificationsRoom",
        "What you were told",
    ),
    _entry(
        "withdrawals",
        "",
        "Withdrawals",
        "withdrawals.screen",
        "WithdrawalsRoom",
        "What left the world, and its papers",
    ),
    _entry(
        "settings", "comma", "Settings", "settings.screen", "SettingsRoom", "Theme, motion, players"
    ),
)


def room(slug: str) -> RoomEntry:
    """The entry of a room.

    Raises:
        KeyError: there is no such room.
    """
    for entry in ROOMS:
        if entry.slug == slug:
            return entry
    raise KeyError(slug)
