"""Read models as JSON objects: the field names of the specification, in one place."""

from collections.abc import Iterable

from inventui.engine.cases.models import Roll
from inventui.engine.core.models import Balance, PlayerCard
from inventui.engine.fairness.models import FairnessState, SeedPair
from inventui.engine.inventory.models import ItemLine, RefusedItem, Statistics
from inventui.rules.cases.odds import OddsTable
from inventui.rules.cases.proof import Verification
from inventui.rules.core.clock import to_iso

Document = dict[str, object]


def player(card: PlayerCard) -> Document:
    """A player at a glance."""
    return {
        "id": card.id,
        "name": card.name,
        "rank": card.standing.rank,
        "experience": card.experience,
        "oranges": card.oranges,
        "gems": card.gems,
    }


def balance(held: Balance) -> Document:
    """What a player has."""
    return {"oranges": held.oranges, "gems": held.gems}


def roll(made: Roll) -> Document:
    """One roll and what it won."""
    return {
        "nonce": made.nonce,
        "ticket": made.ticket,
        "entry": made.entry,
        "value": made.value,
        "rarity": made.rarity,
        "item_id": made.item_id,
        "server_seed_hash": made.server_seed_hash,
        "client_seed": made.client_seed,
        "odds_hash": made.odds_hash,
    }


def entries(table: OddsTable) -> list[Document]:
    """An odds table's entries, in its order."""
    return [
        {
            "name": entry.name,
            "value": entry.value,
            "rarity": entry.rarity,
            "parts_per_million": entry.parts,
            "item": entry.item,
        }
        for entry in table.entries
    ]


def item(line: ItemLine) -> Document:
    """A player item; until when, if it waits in escrow."""
    waits = {} if line.held_until is None else {"held_until": to_iso(line.held_until)}
    return {
        "id": line.id,
        "name": line.name,
        "category": line.category,
        "rarity": line.rarity,
        "value": line.value,
        "status": line.status,
        "locked": line.locked,
        "acquired_at": to_iso(line.acquired_at),
        **waits,
    }


def statistics(held: Statistics) -> Document:
    """Sums over everything held."""
    return {
        "total_items": held.total_items,
        "total_value": held.total_value,
        "by_rarity": {str(rarity): count for rarity, count in held.by_rarity.items()},
        "highest_value": held.highest_value,
        "total_spent": held.total_spent,
    }


def refused(items: Iterable[RefusedItem]) -> list[Document]:
    """The player items of several that could not be done, each with its reason."""
    return [{"id": one.id, **one.refusal.as_json()} for one in items]


def seed_pair(pair: SeedPair) -> Document:
    """A seed pair; the server seed only once it is retired, with its number of rolls."""
    if pair.server_seed is None:
        return {
            "server_seed_hash": pair.server_seed_hash,
            "client_seed": pair.client_seed,
            "nonce": pair.nonce,
        }
    return {
        "server_seed": pair.server_seed,
        "server_seed_hash": pair.server_seed_hash,
        "client_seed": pair.client_seed,
        "rolls": pair.nonce,
        "retired_at": None if pair.retired_at is None else to_iso(pair.retired_at),
    }


def fairness(state: FairnessState) -> Document:
    """The active pair, the next commitment and the latest retired pairs."""
    return {
        "active": seed_pair(state.active),
        "next": {"server_seed_hash": state.next_server_seed_hash},
        "retired": [seed_pair(pair) for pair in state.retired],
    }


def verification(found: Verification) -> Document:
    """What a verification found."""
    return {
        "ok": found.ok,
        "rolls": found.rolls,
        "checks": dict(found.checks),
        "faults": list(found.faults),
    }
