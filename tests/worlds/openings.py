"""Openings made up for pictures: any entry of any case, without waiting for luck."""

from __future__ import annotations

from collections.abc import Sequence

from inventui.engine.cases.models import Opening, Roll
from inventui.engine.core.models import Balance, CaseDetail
from inventui.engine.world import World

SEED_HASH = "72cd6e8422c407fb6d098690f1130b7ded7ec2f7f5e1d30bd9d521f015363793"
OPERATION = 0
"""No real one: noting it as shown changes nothing."""


def case_of(world: World, case_id: str = "citrus-crate") -> CaseDetail:
    """A case that exists."""
    case = world.catalogue.case(case_id)
    assert isinstance(case, CaseDetail), case
    return case


def index_of(case: CaseDetail, name: str) -> int:
    """The number of an entry."""
    return [entry.name for entry in case.odds.entries].index(name)


def roll_of(case: CaseDetail, index: int, nonce: int = 204, into: int = 7) -> Roll:
    """A roll that won an entry: with the ticket `into` its range, as far as that goes."""
    entry = case.odds.entries[index]
    first, past = case.odds.ticket_range(index)
    return Roll(
        nonce=nonce,
        ticket=min(first + into, past - 1),
        entry=entry.name,
        entry_index=index,
        value=entry.value,
        rarity=entry.rarity,
        item_id=1_000_000 + nonce,
        server_seed_hash=SEED_HASH,
        client_seed="pulp",
        odds_hash=case.odds.hash,
    )


def opening_of(case: CaseDetail, indexes: Sequence[int], rank_up: str | None = None) -> Opening:
    """An opening that won these entries, in this order."""
    return Opening(
        operation=OPERATION,
        case=case.id,
        case_name=case.name,
        paid=case.price * len(indexes),
        rolls=tuple(roll_of(case, index, 204 + n) for n, index in enumerate(indexes)),
        balance=Balance(4_850, 25),
        experience_gained=15,
        rank_up=rank_up,
        at=0,
    )
