"""Guards inside the database, generated from the rules.

The program only adds lines to journals. AFTER INSERT triggers apply them to balances,
statuses, counts and nonces; BEFORE triggers refuse every change that no line justifies.
A bare client has foreign keys and recursive triggers off and may ignore CHECKs, so each
trigger repeats what it relies on, refuses REPLACE before the insert happens, and compares
with IS. A DROP TRIGGER can't be stopped in a file that the player owns: `missing_guards`
tells.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from inventui.db.guards import catalogue, items, money, people, rolls, shop, time, trading


@cache
def guards() -> Mapping[str, str]:
    """Every trigger of a SQLite world: name → CREATE statement, in a stable order."""
    return dict(
        [
            *catalogue.player_guards(),
            *catalogue.item_guards(),
            *catalogue.case_guards(),
            *catalogue.setting_guards(),
            *catalogue.economy_guards(),
            *money.operation_guards(),
            *money.transfer_guards(),
            *money.account_guards(),
            *items.move_guards(),
            *items.player_item_guards(),
            *items.holding_guards(),
            *rolls.roll_guards(),
            *rolls.seed_pair_guards(),
            *rolls.odds_table_guards(),
            *shop.shop_guards(),
            *time.market_guards(),
            *time.street_guards(),
            *time.property_guards(),
            *time.people_guards(),
            *people.friend_guards(),
            *people.withdrawal_guards(),
            *people.passphrase_guards(),
            *trading.bazaar_guards(),
            *trading.trade_guards(),
            *trading.workshop_guards(),
        ]
    )


def missing_guards(found: Mapping[str, str]) -> list[str]:
    """Names of triggers that are gone or differ, given those that a file has."""
    return [name for name, sql in guards().items() if found.get(name) != sql]


def strange_triggers(found: Iterable[str]) -> list[str]:
    """Names of triggers that are none of the game's: one could undo what a guard does."""
    return sorted(set(found) - guards().keys())
