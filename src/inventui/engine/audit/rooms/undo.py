"""What was taken back, checked: whole, once, in time, and before anything depended on it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from inventui.db.tables.achievements import AchievedRow, AchievementRow
from inventui.db.tables.journal import MoveRow, OperationRow, TransferRow
from inventui.db.tables.people import GiftRow
from inventui.db.tables.select import maybe, select, value
from inventui.db.tables.streets import NeighbourRow
from inventui.db.tables.undo import UndoRow
from inventui.engine.audit.audited_numbers import economy_of
from inventui.engine.audit.check import begun_at, columns_of, records, rows, set_backs, told
from inventui.rules.undo import COUNTS, Undoable

_UNDONE = aliased(OperationRow)

_EVENTS = {"sell": "sell", "list": "list", "discard": "discard", "gift": "gift"}
"""What each kind of operation that can be taken back does to its player items."""

_BACK = {"sell": "undo", "list": "delist", "discard": "undo", "gift": "undo"}
"""What taking it back does to them."""

_Moves = dict[int, list[tuple[int, int, str]]]
"""Of an operation the player items that it moved, with the number of the move and the event."""


class _Line(NamedTuple):
    id: int = UndoRow.id
    operation_id: int = UndoRow.operation_id
    undone_id: int = UndoRow.undone_id
    kind: str | None = maybe(OperationRow.kind)
    player: int | None = OperationRow.player_id
    at: int | None = maybe(OperationRow.at)
    request: str | None = maybe(OperationRow.request)
    outcome: str | None = OperationRow.outcome
    what: str | None = maybe(_UNDONE.kind)
    whose: int | None = _UNDONE.player_id
    done: int | None = maybe(_UNDONE.at)


_LINES = (
    columns_of(_Line)
    .select_from(UndoRow)
    .outerjoin(OperationRow, col(OperationRow.id) == UndoRow.operation_id)
    .outerjoin(_UNDONE, col(_UNDONE.id) == UndoRow.undone_id)
    .order_by(col(UndoRow.id))
)


def check_undos(connection: Connection) -> Iterator[str]:
    """What was done is taken back whole, once, in time, by who did it, while nothing needs it."""
    economy, backs = economy_of(connection), set_backs(connection)
    moves, sums = _moves(connection), _sums(connection)
    undone: Counter[int] = Counter()
    undoing: set[int] = set()
    for line in records(connection, _Line, _LINES):
        what = f"undo {line.id} of operation {line.undone_id}"
        undone[line.undone_id] += 1
        undoing.add(line.operation_id)
        named = (line.kind, line.player) == ("undo", line.whose) and line.what in set(Undoable)
        if not named or line.player is None or line.undone_id >= line.operation_id:
            yield f"{what} is by no operation of who did that, or of nothing that can be undone"
            continue
        asked = told(line.request).get("operation", line.undone_id)
        if asked != line.undone_id:
            yield f"{what} was asked to take back {asked}"
        done = begun_at(backs, line.undone_id, line.done, line.operation_id)
        window = economy.at(line.operation_id)["undo.window"]
        if (line.at or 0) - (done or 0) > window:
            yield f"{what} came too late"
        yield from _check_whole(what, line, moves, sums)
    for number, times in undone.items():
        if times > 1:
            yield f"operation {number} was taken back {times} times"
    for (operation,) in rows(
        connection, select(OperationRow.id).where(OperationRow.kind == "undo")
    ):
        if operation not in undoing:
            yield f"operation {operation} took nothing back"
    for operation in sorted(moves.keys() - undoing):
        if any(event in ("undo", "return") for _, _, event in moves[operation]):
            yield f"operation {operation} took things back, and is no undo"
    yield from _check_goals(connection)
    yield from _check_friends(connection)


def _check_whole(
    what: str, line: _Line, moves: _Moves, sums: dict[tuple[int, str], int]
) -> Iterator[str]:
    """All that was done was taken back, and nothing else; and the outcome tells of it."""
    kind = line.what or ""
    begun = [move for move in moves[line.undone_id] if move[2] == _EVENTS[kind]]
    due = {(item, version + 1, _BACK[kind]) for item, version, _ in begun}
    if kind == "gift":
        # What the friend got begins in the same operation, and nothing happened to it since.
        due |= {
            (item, 2, "return")
            for item, version, event in moves[line.undone_id]
            if version == 1 and event in ("acquire", "drop")
        }
    if set(moves[line.operation_id]) != due or not begun:
        yield f"{what} took other things back than that moved"
    paid, back = sums.get((line.undone_id, "sale"), 0), sums.get((line.operation_id, "undo"), 0)
    if paid != back:
        yield f"{what} gave {back} back, {paid} were paid"
    answer = told(line.outcome)
    shown = [answer.get(name) for name in ("undone", "kind", "number", "oranges")]
    if shown != [line.undone_id, kind, len(begun), back]:
        yield f"{what} tells of something else"


def _moves(connection: Connection) -> _Moves:
    """What the operations moved that were taken back, or took something back."""
    found: _Moves = defaultdict(list)
    concerned = select(UndoRow.undone_id).union(
        select(UndoRow.operation_id),
        select(MoveRow.operation_id).where(col(MoveRow.event).in_(("undo", "return"))),
    )
    for operation, item, version, event in rows(
        connection,
        select(MoveRow.operation_id, MoveRow.player_item_id, MoveRow.version, MoveRow.event).where(
            col(MoveRow.operation_id).in_(concerned)
        ),
    ):
        found[operation].append((item, version, event))
    return found


def _sums(connection: Connection) -> dict[tuple[int, str], int]:
    """What was paid for sales, and back for undos, by operation."""
    return {
        (operation, kind): amount
        for operation, kind, amount in rows(
            connection,
            select(TransferRow.operation_id, TransferRow.kind, value(func.sum(TransferRow.amount)))
            .where(col(TransferRow.kind).in_(("sale", "undo")))
            .group_by(col(TransferRow.operation_id), col(TransferRow.kind)),
        )
    }


def _check_goals(connection: Connection) -> Iterator[str]:
    """Nothing was rewarded between an operation and its undo that counts such ones."""
    counted = {str(kind): conditions for kind, conditions in COUNTS.items()}
    for undo, undone, kind, condition in rows(
        connection,
        select(UndoRow.id, UndoRow.undone_id, _UNDONE.kind, AchievementRow.condition)
        .select_from(UndoRow)
        .join(_UNDONE, col(_UNDONE.id) == UndoRow.undone_id)
        .join(AchievedRow, col(AchievedRow.player_id) == _UNDONE.player_id)
        .join(AchievementRow, col(AchievementRow.id) == AchievedRow.achievement_id)
        .join(OperationRow, col(OperationRow.id) == AchievedRow.operation_id)
        .where(
            OperationRow.kind == "achieve",
            col(AchievedRow.operation_id) > UndoRow.undone_id,
            col(AchievedRow.operation_id) < UndoRow.operation_id,
        ),
    ):
        if condition in counted.get(kind, ()):
            yield f"undo {undo} of operation {undone} took back what {condition} was rewarded for"


def _check_friends(connection: Connection) -> Iterator[str]:
    """Who was given what was taken back did nothing in between, nor lost another thing by it."""
    gifts = (
        select(UndoRow.id, UndoRow.undone_id, GiftRow.receiver_id)
        .select_from(UndoRow)
        .join(GiftRow, col(GiftRow.operation_id) == UndoRow.undone_id)
    )
    acted = (
        gifts.join(OperationRow, col(OperationRow.player_id) == GiftRow.receiver_id)
        .outerjoin(NeighbourRow, col(NeighbourRow.player_id) == GiftRow.receiver_id)
        .where(
            col(NeighbourRow.id).is_(None),
            OperationRow.kind != "settle",
            col(OperationRow.id) > UndoRow.undone_id,
            col(OperationRow.id) < UndoRow.operation_id,
        )
    )
    for undo, undone, friend in rows(connection, acted.distinct()):
        yield f"undo {undo} of operation {undone} took back what player {friend} had by then"
    crowded = gifts.join(MoveRow, col(MoveRow.operation_id) == UndoRow.undone_id).where(
        MoveRow.event == "expire"
    )
    for undo, undone, friend in rows(connection, crowded.distinct()):
        yield f"undo {undo} of operation {undone} took back what pushed out a thing of {friend}"
