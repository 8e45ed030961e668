"""The registry of rooms: a line each, in the order of their keys.

A room's module is imported when it is first entered, so that the list costs nothing.
"""

from __future__ import annotations

from importlib.util import find_spec

from inventui.widgets.entries import RoomEntry

_ALL = (
    ("home", "1", "Home", "HomeRoom", "What you have and what to do next"),
    ("cases", "2", "Cases", "CasesRoom", "Look at a case's odds and open it"),
    ("inventory", "3", "Inventory", "InventoryRoom", "What you own: sort, sell, lock"),
    ("shop", "4", "Shop", "ShopRoom", "Things to wear and to use, tried on before you pay"),
    ("black_market", "5", "Market", "BlackMarketRoom", "Few pieces, for six hours at a time"),
    ("streets", "6", "Streets", "StreetsRoom", "Work a shift, take the bonus, rob"),
    ("property", "7", "Property", "PropertyRoom", "Your business and your home"),
    ("people", "8", "People", "PeopleRoom", "Friends, gifts, and who lives here"),
    ("bazaar", "9", "Bazaar", "BazaarRoom", "What players sell to each other, and at which price"),
    ("trades", "", "Trades", "TradesRoom", "Things and oranges against things and oranges"),
    ("workshop", "", "Workshop", "WorkshopRoom", "Make one rarer thing out of five"),
    ("collections", "", "Collections", "CollectionsRoom", "Whole sets, and what they are worth"),
    ("drawer", "", "Drawer", "DrawerRoom", "Your page as others see it"),
    ("wallet", "0", "Wallet", "WalletRoom", "Where each orange came and went"),
    ("feed", "", "History", "FeedRoom", "What happened to you, and when"),
    ("fairness", "", "Fairness", "FairnessRoom", "Seeds and the proof of every roll"),
    ("achievements", "", "Achievements", "AchievementsRoom", "How far you are, and what it earned"),
    ("notifications", "n", "Notifications", "NotificationsRoom", "What you were told"),
    ("withdrawals", "", "Withdrawals", "WithdrawalsRoom", "What left the world, and its papers"),
    ("settings", "comma", "Settings", "SettingsRoom", "Theme, motion, players"),
)


def _entry(slug: str, key: str, title: str, name: str, help: str) -> RoomEntry:
    return RoomEntry(slug, key, title, f"inventui.screens.{slug}", name, help)


ROOMS: tuple[RoomEntry, ...] = tuple(
    entry for entry in (_entry(*line) for line in _ALL) if find_spec(entry.module)
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
