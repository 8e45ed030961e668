"""What rolls gave, and the openings that they were made for, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, func
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow, OddsTableRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow, TransferRow
from inventui.db.tables.select import maybe, select, value
from inventui.engine.audit.audited_numbers import catalogues_of
from inventui.engine.audit.check import columns_of, odds_tables, records, rows, told, whole
from inventui.rules.cases.odds import OddsTable


class _Award(NamedTuple):
    roll: int = RollRow.id
    operation_id: int = RollRow.operation_id
    seed_pair_id: int = RollRow.seed_pair_id
    draw: int = RollRow.draw
    since: int = RollRow.since
    promised_case: str | None = RollRow.promised_case
    ticket: int = RollRow.ticket
    entry: int = RollRow.entry
    purpose: str = RollRow.purpose
    odds_table_id: int = RollRow.odds_table_id
    player_item_id: int | None = RollRow.player_item_id
    owner: int | None = maybe(PlayerItemRow.player_id)
    acquisition: str | None = maybe(PlayerItemRow.acquisition)
    acquired_at: int | None = maybe(PlayerItemRow.acquired_at)
    slug: str | None = maybe(ItemRow.slug)
    roller: int | None = OperationRow.player_id
    at: int = OperationRow.at


class _Course(NamedTuple):
    """The rolls so far, pair by pair, in the order of their nonces.

    Attributes:
        drawn: how many each operation had.
        since: how many there were since the guarantee's last hit, by seed pair and case.
    """

    drawn: Counter[int]
    since: Counter[tuple[int, str | None]]

    def next(self, roll: _Award, odds: OddsTable) -> tuple[int, tuple[int, int, str | None]]:
        """The entry that a roll wins; and which of its opening it is, since when, of which case."""
        draw = self.drawn[roll.operation_id] % odds.rolls
        self.drawn[roll.operation_id] += 1
        promised = odds.case if odds.guarantee else None
        since = self.since[roll.seed_pair_id, promised]
        won = odds.winner(roll.ticket, since, draw)
        self.since[roll.seed_pair_id, promised] = odds.since_after(won, since)
        return won, (draw, since, promised)


def check_awards(connection: Connection) -> Iterator[str]:
    """Each roll gave what its ticket wins in the odds table of its hash, to its player, once."""
    for table, digest, canonical in rows(
        connection, select(OddsTableRow.id, OddsTableRow.hash, OddsTableRow.canonical)
    ):
        if sha256(canonical.encode()).hexdigest() != digest:
            yield f"odds table {table} does not match its hash"
    tables = odds_tables(connection)
    for table, odds in tables.items():
        if odds is None:
            yield f"odds table {table} is no table of odds"
    course = _Course(Counter(), Counter())
    for award in records(
        connection,
        _Award,
        columns_of(_Award)
        .select_from(RollRow)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .outerjoin(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(col(RollRow.purpose).in_(("case", "workshop")))
        .order_by(col(RollRow.seed_pair_id), col(RollRow.nonce)),
    ):
        odds = tables.get(award.odds_table_id)
        if odds is None:
            continue  # That it can't be read was named.
        won, due = course.next(award, odds)
        if (award.draw, award.since, award.promised_case) != due:
            yield f"roll {award.roll} counts other rolls before it than there were"
        if won != award.entry:
            yield f"roll {award.roll} took entry {award.entry}, ticket {award.ticket} wins {won}"
            continue
        item = odds.entries[won].item
        if not item:
            if award.player_item_id is not None:
                yield f"roll {award.roll} won nothing, and gave thing {award.player_item_id}"
            continue
        if (award.slug, award.roller, award.acquisition) != (item, award.owner, award.purpose):
            yield f"roll {award.roll} won {item}, thing {award.player_item_id} is {award.slug}"
        elif award.acquired_at != award.at:
            yield (f"roll {award.roll} and thing {award.player_item_id} are not of the same moment")


_PURPOSES = {"case": "open", "workshop": "fuse", "robbery": "rob"}
"""What a roll may decide, and the kind of the operation that rolls for it."""


def check_purposes(connection: Connection) -> Iterator[str]:
    """A roll decides an opening, a fusion or a robbery, in an operation of that kind."""
    gave = col(RollRow.player_item_id).is_not(None)
    way: Any = (RollRow.purpose, OperationRow.kind, value(gave))
    for purpose, kind, given, number, first in rows(
        connection,
        select(*way, value(func.count()), value(func.min(col(RollRow.id))))
        .select_from(RollRow)
        .join(OperationRow, col(OperationRow.id) == RollRow.operation_id)
        .group_by(*way),
    ):
        # What a case may give nothing for is `check_awards`'s.
        strange = purpose != "case" and bool(given) != (purpose == "workshop")
        if _PURPOSES.get(purpose) != kind or strange:
            yield f"{number} rolls for {purpose} in {kind}, first roll {first}: no rule rolls so"


class _Opened(NamedTuple):
    operation_id: int = RollRow.operation_id
    odds_table_id: int = RollRow.odds_table_id
    price_paid: int | None = maybe(PlayerItemRow.price_paid)
    source: str | None = maybe(PlayerItemRow.source)
    number: int = value(func.count())


def check_openings(connection: Connection) -> Iterator[str]:
    """Each opening rolled as often as asked, with the odds in force, and paid their price."""
    tables, catalogues = odds_tables(connection), catalogues_of(connection)
    hashes: dict[int, str] = dict(rows(connection, select(OddsTableRow.id, OddsTableRow.hash)))
    opened: dict[int, list[_Opened]] = defaultdict(list)
    for found in records(
        connection,
        _Opened,
        columns_of(_Opened)
        .select_from(RollRow)
        .outerjoin(PlayerItemRow, col(PlayerItemRow.id) == RollRow.player_item_id)
        .where(RollRow.purpose == "case")
        .group_by(
            col(RollRow.operation_id),
            col(RollRow.odds_table_id),
            col(PlayerItemRow.price_paid),
            col(PlayerItemRow.source),
        ),
    ):
        opened[found.operation_id].append(found)
    paid: dict[int, int] = dict(
        rows(
            connection,
            select(TransferRow.operation_id, value(func.sum(col(TransferRow.amount))))
            .where(TransferRow.kind == "case")
            .group_by(col(TransferRow.operation_id)),
        )
    )
    for operation, request in rows(
        connection,
        select(OperationRow.id, OperationRow.request).where(OperationRow.kind == "open"),
    ):
        asked = told(request)
        lines = opened.pop(operation, [])
        amount = paid.pop(operation, 0)
        case, count = asked.get("case"), asked.get("count")
        used = {line.odds_table_id for line in lines}
        gave = {(line.source, line.price_paid) for line in lines if line.source is not None}
        if len(used) != 1 or len(gave) > 1:
            yield f"opening {operation} rolled for {len(lines)} prices or tables"
            continue
        (table,) = used
        odds, prices = tables.get(table), catalogues.at(operation)
        if odds is None:
            continue  # `check_awards` names it.
        rolled = sum(line.number for line in lines)
        if rolled != whole(count) * odds.rolls:
            yield f"opening {operation} rolled {rolled} times, asked for were {count}"
        if odds.case != case or any(source != case for source, _ in gave):
            yield f"opening {operation} of {case} rolled for {odds.case} and gave {gave}"
        due = odds.price * whole(count)
        if amount != due or any(each != odds.price // odds.rolls for _, each in gave):
            yield f"opening {operation} paid {amount}, its price was {due}"
        if prices is not None and prices.cases.get(str(case)) != hashes.get(table):
            yield f"opening {operation} rolled with odds that were not in force"
    for operation in sorted(opened.keys() | paid.keys()):
        yield f"operation {operation} opened cases, and is no opening"
