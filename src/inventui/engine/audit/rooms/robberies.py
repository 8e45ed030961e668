"""Robberies, checked."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.catalogue import OddsTableRow
from inventui.db.tables.journal import (
    OperationRow,
    PlayerItemRow,
    RollRow,
    TransferRow,
)
from inventui.db.tables.select import maybe, select
from inventui.db.tables.streets import NeighbourRow, RobberyRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import (
    PAYEE,
    columns_of,
    payments,
    records,
    rows,
    told,
)


class _Robbery(NamedTuple):
    id: int = RobberyRow.id
    operation_id: int = RobberyRow.operation_id
    robber_id: int = RobberyRow.robber_id
    victim_id: int = RobberyRow.victim_id
    at: int = RobberyRow.at
    chance: int = RobberyRow.chance
    halved: int | None = RobberyRow.halved
    success: int = RobberyRow.success
    oranges: int = RobberyRow.oranges
    stolen_id: int | None = RobberyRow.stolen_id
    roll_id: int | None = RobberyRow.roll_id
    written: int = OperationRow.at
    actor: int | None = OperationRow.player_id
    neighbour: int | None = maybe(NeighbourRow.id)
    rolled_by: int | None = maybe(RollRow.operation_id)
    ticket: int | None = maybe(RollRow.ticket)
    entry: int | None = maybe(RollRow.entry)
    purpose: str | None = maybe(RollRow.purpose)
    won: int | None = maybe(RollRow.player_item_id)
    canonical: str | None = maybe(OddsTableRow.canonical)


_ROBBERIES = (
    columns_of(_Robbery)
    .select_from(RobberyRow)
    .join(OperationRow, col(OperationRow.id) == RobberyRow.operation_id)
    .outerjoin(RollRow, col(RollRow.id) == RobberyRow.roll_id)
    .outerjoin(OddsTableRow, col(OddsTableRow.id) == RollRow.odds_table_id)
    .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == RobberyRow.robber_id)
    .order_by(col(RobberyRow.id))
)


def check_robberies(connection: Connection) -> Iterator[str]:
    """A robbery is its roll, or its period's draw, and moved what it says, item and oranges."""
    # What its rows say went from whom to whom, None for the house, in each operation.
    due: dict[tuple[int, int | None, int | None], int] = defaultdict(int)
    stolen: dict[int, int] = {}
    economy = economy_of(connection)
    stakes = _Stakes(connection)
    for robbery in records(connection, _Robbery, _ROBBERIES):
        what = f"robbery {robbery.id}"
        now = economy.at(robbery.operation_id)
        if not now["streets.least_chance"] <= robbery.chance <= now["streets.most_chance"]:
            yield f"{what} had a chance of {robbery.chance} %"
        if robbery.success:
            payer, payee = robbery.victim_id, robbery.robber_id
            due[robbery.operation_id, payer, payee] += robbery.oranges
        else:
            due[robbery.operation_id, robbery.robber_id, None] += robbery.oranges
        if robbery.stolen_id is not None:
            stolen[robbery.stolen_id] = robbery.id
            if not robbery.success:
                yield f"{what} failed, but took thing {robbery.stolen_id}"
        if robbery.roll_id is not None:
            yield from _check_roll(what, robbery)
            yield from stakes.check(what, robbery, now)
        elif (
            robbery.neighbour is None
            or robbery.actor != robbery.victim_id
            or robbery.at > robbery.written
        ):
            yield f"{what} has no roll, and is no neighbour's of a time that was settled"
    yield from _check_moved(connection, due)
    yield from _check_stolen(connection, stolen)
    for (roll,) in rows(
        connection,
        select(RollRow.id)
        .outerjoin(RobberyRow, col(RobberyRow.roll_id) == RollRow.id)
        .where(RollRow.purpose == "robbery", col(RobberyRow.id).is_(None)),
    ):
        yield f"roll {roll} decided a robbery that is not there"


class _Stakes:
    """What the robbers of rolled robberies could win and lose, robbery by robbery."""

    def __init__(self, connection: Connection) -> None:
        """Read what was moved, and from and to how much."""
        self._moved = {
            operation: (payer + amount, payee - amount)
            for operation, amount, payer, payee in rows(
                connection,
                select(
                    TransferRow.operation_id,
                    TransferRow.amount,
                    TransferRow.from_balance,
                    TransferRow.to_balance,
                ).where(col(TransferRow.kind).in_(("robbery", "fine"))),
            )
        }
        self._successes: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._counted: set[int] = set()

    def check(self, what: str, robbery: _Robbery, now: Mapping[str, Any]) -> Iterator[str]:
        """Halved as often as it must be, by who had a stake, for no more loot or another fine."""
        before = self._successes[robbery.robber_id, robbery.victim_id]
        halved = sum(robbery.at - now["streets.on_guard"] < at <= robbery.at for at in before)
        if robbery.success:
            before.append(robbery.at)
        if robbery.halved is None:
            # Robberies were not halved before they said so, nor was there a stake.
            if robbery.robber_id in self._counted:
                yield f"{what} does not say how often its loot was halved"
            return
        self._counted.add(robbery.robber_id)
        if robbery.halved != halved:
            yield f"{what} was halved {robbery.halved} times, not {halved}"
        payer, payee = self._moved.get(robbery.operation_id, (0, 0))
        if (payee if robbery.success else payer) < now["streets.stake"]:
            yield f"{what} was done by who had no {now['streets.stake']} oranges at stake"
        if robbery.success:
            most = max(1, payer * now["streets.loot_most"] // 100 >> halved)
            if robbery.oranges > most:
                yield f"{what} took {robbery.oranges} oranges, more than {most}"
            return
        due = max(now["streets.least_fine"], payer * now["streets.fine"] // 100)
        if robbery.oranges != min(payer, now["streets.most_fine"], due):
            yield f"{what} was fined {robbery.oranges} oranges of {payer}"


def _check_roll(what: str, robbery: _Robbery) -> Iterator[str]:
    decided = (robbery.purpose, robbery.rolled_by, robbery.won)
    if decided != ("robbery", robbery.operation_id, None) or robbery.ticket is None:
        yield f"{what} was not decided by roll {robbery.roll_id}"
        return
    if (robbery.actor, robbery.at) != (robbery.robber_id, robbery.written):
        yield f"{what} is not of the moment and player of its operation"
    below = robbery.chance * 10_000
    if robbery.success != (robbery.ticket < below):
        yield (
            f"{what}: ticket {robbery.ticket} against {robbery.chance} % is no {robbery.success}"
        )
    entries = told(robbery.canonical).get("entries")
    found = [
        (entry.get("item"), entry.get("parts_per_million"))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    ]
    if found != [("success", below), ("failure", 1_000_000 - below)]:
        yield f"{what} was rolled with other odds than {robbery.chance} %"
    elif robbery.entry != 1 - robbery.success:
        yield f"{what} took entry {robbery.entry} of its odds"


def _check_moved(
    connection: Connection, due: dict[tuple[int, int | None, int | None], int]
) -> Iterator[str]:
    moved: dict[tuple[int, int | None, int | None], int] = defaultdict(int)
    for line in payments(
        connection, or_(col(TransferRow.kind) == "robbery", col(PAYEE.house) == "fine")
    ):
        moved[line.operation_id, line.payer, line.payee] += line.amount
    for key in sorted(due.keys() | moved.keys(), key=str):
        if due.get(key, 0) != moved.get(key, 0):
            operation, payer, payee = key
            yield (
                f"operation {operation} moved {moved.get(key, 0)} oranges from player {payer} to "
                f"{'the house' if payee is None else f'player {payee}'}, its robberies say "
                f"{due.get(key, 0)}"
            )


def _check_stolen(connection: Connection, stolen: dict[int, int]) -> Iterator[str]:
    origin = aliased(PlayerItemRow)
    for player_item, owner, victim, robber_id, victim_id in rows(
        connection,
        select(
            PlayerItemRow.id,
            PlayerItemRow.player_id,
            maybe(origin.player_id),
            maybe(RobberyRow.robber_id),
            maybe(RobberyRow.victim_id),
        )
        .select_from(PlayerItemRow)
        .outerjoin(origin, col(origin.id) == PlayerItemRow.origin_id)
        .outerjoin(RobberyRow, col(RobberyRow.stolen_id) == PlayerItemRow.id)
        .where(PlayerItemRow.acquisition == "theft"),
    ):
        stolen.pop(player_item, None)
        if (owner, victim) != (robber_id, victim_id):
            yield f"thing {player_item} was stolen in no robbery, or from somebody else"
    for player_item, robbery in stolen.items():
        yield f"robbery {robbery} took thing {player_item}, which nobody stole"
