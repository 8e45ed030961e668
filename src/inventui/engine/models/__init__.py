"""Read models and outcomes: what the engine hands up, as frozen dataclasses.

This package imports no database, so that screens may use it before one is open. Times
are milliseconds since 1970-01-01 UTC; sums and values are whole oranges unless named
otherwise.
"""

from inventui.engine.models.achievements import AchievementLine, Award, Awards, Tally
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
    MarketView,
    Reroll,
)
from inventui.engine.models.notifications import Notification
from inventui.engine.models.players import (
    Balance,
    Grant,
    LedgerLine,
    LedgerPage,
    PlayerCard,
)
from inventui.engine.models.property import (
    BusinessView,
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

__all__ = [
    "AchievementLine",
    "AuditCheck",
    "AuditReport",
    "Award",
    "Awards",
    "Balance",
    "BusinessView",
    "CaseDetail",
    "CaseSummary",
    "Claim",
    "Crate",
    "DailyPaid",
    "Discard",
    "DrawerView",
    "EscrowItem",
    "EscrowView",
    "FairnessState",
    "GearLine",
    "GearShopView",
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
    "LockChange",
    "MarketView",
    "Notification",
    "Opening",
    "Outfit",
    "PlayerCard",
    "ProofExport",
    "PropertyView",
    "Purchase",
    "RaidLine",
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
    "UpkeepPaid",
    "Use",
    "Wear",
    "WornItem",
]
