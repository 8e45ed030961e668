"""Openings of cases in a town."""

from __future__ import annotations

from collections.abc import Sequence

from inventui.lab.town.people import Townsman
from inventui.lab.town.town import Town
from inventui.rules.achievements import WON, Condition
from inventui.rules.cases.cases import check_open
from inventui.rules.cases.fairness import tickets
from inventui.rules.cases.odds import OddsEntry
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal


def open_case(town: Town, me: Townsman, case: str, count: int) -> Refusal | None:
    """Open a case so often."""
    odds, pair = town.catalogue.cases[case], me.pair
    assert pair is not None
    refusal = check_open(odds.price, count, me.oranges)
    if refusal is not None:
        return refusal
    drawn = tickets(pair.server_seed, pair.client_seed, pair.nonce, count * odds.rolls)
    won = odds.outcomes(drawn, me.since_hit.get(case, 0))
    pair.nonce += len(drawn)
    me.since_hit[case] = odds.since_after(won[-1].entry, won[-1].since)
    _count_won(me, [odds.entries[outcome.entry] for outcome in won])
    town.begin("open", me)
    town.spend(me, HouseAccount.CASE, odds.price * count)
    slugs = [odds.entries[outcome.entry].item for outcome in won]
    town.give(me, [town.catalogue.items[slug] for slug in slugs if slug], case)
    return None


def _count_won(me: Townsman, won: Sequence[OddsEntry]) -> None:
    me.tally[Condition.OPENINGS] += len(won)
    me.note_most(Condition.BIGGEST_BATCH, len(won))
    for entry in won:
        me.note_most(Condition.BEST_WIN, entry.value)
        if entry.rarity in WON:
            me.tally[WON[entry.rarity]] += 1
