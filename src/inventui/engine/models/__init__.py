"""Read models and outcomes: what the engine hands up, as frozen dataclasses.

This package imports no database, so that screens may use it before one is open. Times
are milliseconds since 1970-01-01 UTC; sums and values are whole oranges unless named
otherwise.

A module is imported when one of its names is first asked for: a start needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inventui.engine.models.achievements import AchievementLine, Award, Awards, Tally
    from inventui.engine.models.bazaar import (
        BazaarQuery,
        Bought,
        Delisted,
        Listed,
        ListingDetail,
        ListingEnd,
        ListingEnds,
        ListingLine,
        ListingPage,
        PriceHistory,
        PricePoint,
    )
    from inventui.engine.models.cases import (
        CaseDetail,
        CaseSummary,
        Opening,
        Roll,
        Simulation,
        SimulationEntry,
    )
    from inventui.engine.models.fairness import (
        FairnessState,
        ProofExport,
        Rotation,
        SeedPair,
    )
    from inventui.engine.models.feed import FeedLine, FeedPage, FeedThing
    from inventui.engine.models.history import (
        AuditCheck,
        AuditReport,
        HistoryEvent,
        ItemHistory,
    )
    from inventui.engine.models.inventory import (
        Discard,
        InventoryPage,
        InventoryQuery,
        ItemDetail,
        ItemLine,
        LockChange,
        RefusedItem,
        Sale,
        SaleQuote,
        Statistics,
    )
    from inventui.engine.models.market import (
        Claim,
        EscrowItem,
        EscrowView,
        GearLine,
        GearShopView,
        MarketSimulation,
        MarketView,
        RaritySimulation,
        Reroll,
    )
    from inventui.engine.models.notifications import Notification, NotificationPage
    from inventui.engine.models.people import (
        Delivery,
        Exported,
        FriendChange,
        FriendLine,
        GiftLine,
        GiftPage,
        GiftSent,
        GiftStatistics,
        WithdrawalLine,
        Withdrawn,
    )
    from inventui.engine.models.players import (
        Balance,
        Grant,
        LedgerLine,
        LedgerPage,
        PlayerCard,
    )
    from inventui.engine.models.property import (
        BusinessView,
        CallLine,
        HomeView,
        PropertyView,
        RaidLine,
        Settled,
        UpkeepPaid,
    )
    from inventui.engine.models.shop import (
        DrawerView,
        Outfit,
        Purchase,
        ShopLine,
        Splat,
        Use,
        WornItem,
    )
    from inventui.engine.models.streets import (
        Crate,
        DailyPaid,
        RobberyDone,
        RobberySimulation,
        ShiftPaid,
        Stolen,
        StreetsView,
        TargetView,
        Wear,
    )
    from inventui.engine.models.trades import (
        TradeEnded,
        TradeMade,
        TradeOffer,
        TradePage,
        TradeQuote,
        TradeSide,
        TradeView,
    )
    from inventui.engine.models.workshop import (
        CollectionPiece,
        CollectionView,
        Completed,
        Fused,
        FusionInput,
        FusionLine,
        FusionQuote,
    )

__all__ = [
    "AchievementLine",
    "AuditCheck",
    "AuditReport",
    "Award",
    "Awards",
    "Balance",
    "BazaarQuery",
    "Bought",
    "BusinessView",
    "CallLine",
    "CaseDetail",
    "CaseSummary",
    "Claim",
    "CollectionPiece",
    "CollectionView",
    "Completed",
    "Crate",
    "DailyPaid",
    "Delisted",
    "Delivery",
    "Discard",
    "DrawerView",
    "EscrowItem",
    "EscrowView",
    "Exported",
    "FairnessState",
    "FeedLine",
    "FeedPage",
    "FeedThing",
    "FriendChange",
    "FriendLine",
    "Fused",
    "FusionInput",
    "FusionLine",
    "FusionQuote",
    "GearLine",
    "GearShopView",
    "GiftLine",
    "GiftPage",
    "GiftSent",
    "GiftStatistics",
    "Grant",
    "HistoryEvent",
    "HomeView",
    "InventoryPage",
    "InventoryQuery",
    "ItemDetail",
    "ItemHistory",
    "ItemLine",
    "LedgerLine",
    "LedgerPage",
    "Listed",
    "ListingDetail",
    "ListingEnd",
    "ListingEnds",
    "ListingLine",
    "ListingPage",
    "LockChange",
    "MarketSimulation",
    "MarketView",
    "Notification",
    "NotificationPage",
    "Opening",
    "Outfit",
    "PlayerCard",
    "PriceHistory",
    "PricePoint",
    "ProofExport",
    "PropertyView",
    "Purchase",
    "RaidLine",
    "RaritySimulation",
    "RefusedItem",
    "Reroll",
    "RobberyDone",
    "RobberySimulation",
    "Roll",
    "Rotation",
    "Sale",
    "SaleQuote",
    "SeedPair",
    "Settled",
    "ShiftPaid",
    "ShopLine",
    "Simulation",
    "SimulationEntry",
    "Splat",
    "Statistics",
    "Stolen",
    "StreetsView",
    "Tally",
    "TargetView",
    "TradeEnded",
    "TradeMade",
    "TradeOffer",
    "TradePage",
    "TradeQuote",
    "TradeSide",
    "TradeView",
    "UpkeepPaid",
    "Use",
    "Wear",
    "WithdrawalLine",
    "Withdrawn",
    "WornItem",
]

_NAMES = {
    "achievements": "AchievementLine Award Awards Tally",
    "bazaar": (
        "BazaarQuery Bought Delisted Listed ListingDetail ListingEnd ListingEnds ListingLine "
        "ListingPage PriceHistory PricePoint"
    ),
    "cases": "CaseDetail CaseSummary Opening Roll Simulation SimulationEntry",
    "fairness": "FairnessState ProofExport Rotation SeedPair",
    "feed": "FeedLine FeedPage FeedThing",
    "history": "AuditCheck AuditReport HistoryEvent ItemHistory",
    "inventory": (
        "Discard InventoryPage InventoryQuery ItemDetail ItemLine LockChange RefusedItem Sale "
        "SaleQuote Statistics"
    ),
    "market": (
        "Claim EscrowItem EscrowView GearLine GearShopView MarketSimulation MarketView "
        "RaritySimulation Reroll"
    ),
    "notifications": "Notification NotificationPage",
    "people": (
        "Delivery Exported FriendChange FriendLine GiftLine GiftPage GiftSent GiftStatistics "
        "WithdrawalLine Withdrawn"
    ),
    "players": "Balance Grant LedgerLine LedgerPage PlayerCard",
    "property": "BusinessView CallLine HomeView PropertyView RaidLine Settled UpkeepPaid",
    "shop": "DrawerView Outfit Purchase ShopLine Splat Use WornItem",
    "streets": (
        "Crate DailyPaid RobberyDone RobberySimulation ShiftPaid Stolen StreetsView TargetView Wear"
    ),
    "trades": "TradeEnded TradeMade TradeOffer TradePage TradeQuote TradeSide TradeView",
    "workshop": "CollectionPiece CollectionView Completed Fused FusionInput FusionLine FusionQuote",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The model of this name."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
