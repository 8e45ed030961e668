"""Every check of the audit, in the order of the report, and how they are run."""

from inventui.db.store import Store
from inventui.engine.audit import (
    bazaar,
    friendships,
    items,
    market,
    money,
    people,
    property,
    rolls,
    shop,
    streets,
    trades,
    workshop,
)
from inventui.engine.audit.check import Check
from inventui.engine.audit.models import AuditCheck, AuditReport

CHECKS: dict[str, Check] = {
    "balances": money.check_balances,
    "supply": money.check_supply,
    "histories": items.check_histories,
    "provenance": items.check_provenance,
    "slots": items.check_slots,
    "room": items.check_room,
    "holdings": items.check_holdings,
    "commitments": rolls.check_commitments,
    "rolls": rolls.check_rolls,
    "awards": rolls.check_awards,
    "stock": shop.check_stock,
    "purchases": shop.check_purchases,
    "conditions": shop.check_conditions,
    "defaults": shop.check_defaults,
    "settlements": property.check_settlements,
    "income": property.check_income,
    "upkeep": property.check_upkeep,
    "shifts": streets.check_shifts,
    "bonuses": streets.check_bonuses,
    "robberies": streets.check_robberies,
    "rotations": market.check_rotations,
    "stalls": market.check_stalls,
    "gear_shops": market.check_gear_shops,
    "achievements": people.check_achievements,
    "tallies": people.check_tallies,
    "notifications": people.check_notifications,
    "friendships": friendships.check_friendships,
    "gifts": friendships.check_gifts,
    "withdrawals": friendships.check_withdrawals,
    "listings": bazaar.check_listings,
    "listing_counts": bazaar.check_listing_counts,
    "bazaar_turns": bazaar.check_bazaar_turns,
    "trades": trades.check_trades,
    "holds": trades.check_holds,
    "trade_money": trades.check_trade_money,
    "fusions": workshop.check_fusions,
    "completions": workshop.check_completions,
    "keys": money.check_keys,
    "references": money.check_references,
    "guards": money.check_guards,
}
"""Every check by its name, in the order of the report."""

MOST_FAULTS = 20
"""Faults named one by one in each check; the rest are counted."""


def audit(store: Store) -> AuditReport:
    """Run every check on one consistent view of the world."""
    checks = []
    with store.select() as connection:
        for name, check in CHECKS.items():
            faults: list[str] = []
            more = 0
            for fault in check(connection):
                if len(faults) < MOST_FAULTS:
                    faults.append(fault)
                else:
                    more += 1
            if more:
                faults.append(f"and {more:,} more")
            checks.append(AuditCheck(name, not faults, tuple(faults)))
    return AuditReport(tuple(checks))
