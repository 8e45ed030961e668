"""What players were told and what they have achieved, checked."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.sql.expression import Select

from inventui.db.tables.achievements import AchievedRow, AchievementRow
from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import OperationRow, PlayerItemRow, RollRow, TransferRow
from inventui.db.tables.notifications import NotificationRow
from inventui.db.tables.players import SeedPairRow
from inventui.db.tables.select import select
from inventui.db.tables.undo import UndoRow
from inventui.db.tables.workshop import CompletionRow
from inventui.engine.audit.audited_numbers import Catalogues, catalogues_of
from inventui.engine.audit.check import (
    PAYEE,
    PAYER,
    begun_by,
    columns_of,
    is_due,
    odds_tables,
    payments,
    records,
    rows,
)
from inventui.engine.audit.check import told as read

_SUMS = (("oranges", "achievement"), ("gems", "achievement"), ("experience", "experience"))
"""What an award gives, each with the house's account that it comes from."""


_Told = Mapping[int, tuple[int | None, list[dict[str, Any]]]]
"""Of each operation that awards: its player, and the awards that its outcome tells of."""


class _Reached(NamedTuple):
    operation_id: int = AchievedRow.operation_id
    player_id: int = AchievedRow.player_id
    at: int = AchievedRow.at
    slug: str = AchievementRow.slug
    quest: int = AchievementRow.quest
    kind: str = OperationRow.kind
    whose: int | None = OperationRow.player_id
    written: int = OperationRow.at


_ACHIEVING = (
    select(OperationRow.id, OperationRow.player_id, OperationRow.outcome)
    .where(OperationRow.kind == "achieve")
    .order_by(col(OperationRow.id))
)


_AWARD = {"achievement": "", "message": "", "given": {}}
"""What an award tells at least, and of what type."""

_GIVEN = {"oranges": 0, "gems": 0, "experience": 0, "item": ""}


def _awards(connection: Connection) -> _Told:
    """The awards that each outcome tells of; one that can't be read is none."""
    return {
        operation: (player, [award for award in _list(read(outcome)) if _is_award(award)])
        for operation, player, outcome in rows(connection, _ACHIEVING)
    }


def _list(answer: Mapping[str, Any]) -> list[Any]:
    awards = answer.get("awards")
    return awards if isinstance(awards, list) else []


def _is_award(award: Any) -> bool:
    return (
        isinstance(award, dict)
        and all(type(award.get(name)) is type(like) for name, like in _AWARD.items())
        and all(type(award["given"].get(name)) is type(like) for name, like in _GIVEN.items())
        and isinstance(award.get("item_id"), int | None)
    )


def check_achievements(connection: Connection) -> Iterator[str]:
    """A goal is reached once a player, and its rewards are given in the same operation, once.

    A quest may be skipped instead, which gives nothing.
    """
    told = _awards(connection)
    reached: dict[int, Counter[str]] = defaultdict(Counter)
    seen: Counter[tuple[int, str]] = Counter()
    for goal in records(
        connection,
        _Reached,
        columns_of(_Reached)
        .select_from(AchievedRow)
        .join(AchievementRow, col(AchievementRow.id) == AchievedRow.achievement_id)
        .join(OperationRow, col(OperationRow.id) == AchievedRow.operation_id)
        .order_by(col(AchievedRow.id)),
    ):
        what = f"achievement {goal.slug} of player {goal.player_id}"
        seen[goal.player_id, goal.slug] += 1
        skipped = goal.kind == "skip_quest" and goal.quest == 1
        if not skipped:
            reached[goal.operation_id][goal.slug] += 1
        kind = goal.kind if skipped else "achieve"
        if (goal.kind, goal.whose, goal.written) != (kind, goal.player_id, goal.at):
            yield f"{what} is not of the moment and player of an operation that awards"
    for (player, slug), number in seen.items():
        if number > 1:
            yield f"player {player} has reached {slug} {number} times"
    for operation in sorted(told.keys() | reached.keys()):
        _, awards = told.get(operation, (None, []))
        given = Counter(award["achievement"] for award in awards)
        if reached[operation] != given:
            yield (
                f"operation {operation} awarded {sorted(given.elements())}, "
                f"reached were {sorted(reached[operation].elements())}"
            )
    yield from _check_sums(connection, told)
    yield from _check_player_items(connection, told)


def _check_sums(connection: Connection, told: _Told) -> Iterator[str]:
    """What moved from the house is what the awards say; `check_completions` checks the rest."""
    completed = set(rows(connection, select(CompletionRow.operation_id, CompletionRow.player_id)))
    catalogues = catalogues_of(connection)
    slugs = dict(rows(connection, select(ItemRow.id, ItemRow.slug)))
    moved: dict[tuple[int, str, str | None], int] = defaultdict(int)
    achieving = select(OperationRow.id).where(OperationRow.kind == "achieve")
    for line in payments(
        connection,
        or_(col(PAYER.house) == "achievement", col(TransferRow.operation_id).in_(achieving)),
    ):
        if (line.operation_id, line.payee) in completed:
            continue
        moved[line.operation_id, line.currency, line.payer_house] += line.amount
        if line.operation_id not in told or line.payee != told[line.operation_id][0]:
            yield (
                f"operation {line.operation_id} paid player {line.payee} {line.amount} "
                f"{line.currency} for no achievement of theirs"
            )
    for operation, (_, awards) in told.items():
        yield from _check_rewards(connection, operation, awards, catalogues, slugs)
        for currency, house in _SUMS:
            due = sum(award["given"][currency] for award in awards)
            if moved[operation, currency, house] != due:
                yield (
                    f"operation {operation} gave {moved[operation, currency, house]} {currency}, "
                    f"its awards are worth {due}"
                )


def _check_rewards(
    connection: Connection,
    operation: int,
    awards: list[dict[str, Any]],
    catalogues: Catalogues,
    slugs: Mapping[int, str],
) -> Iterator[str]:
    """What an award gives is what its goal promised then."""
    prices = catalogues.at(operation)
    if prices is None:
        return  # What goals promised before a catalogue was kept is not known any more.
    for award in awards:
        given, slug = award["given"], award["achievement"]
        *sums, item = prices.goals.get(slug, (0, 0, 0, None))
        promised = None if item is None else slugs.get(item)
        names = ("oranges", "gems", "experience")
        found = [given[name] for name in names]
        paid = all(
            is_due(connection, operation, name, given[name], due)
            for name, due in zip(names, sums, strict=True)
        )
        # Of a thing that one can't have twice nothing is given to who has it.
        if slug not in prices.goals or not paid or given["item"] not in ("", promised):
            yield f"operation {operation} gave {found} for {slug}, which promised {sums}"


def _check_player_items(connection: Connection, told: _Told) -> Iterator[str]:
    """Every player item that an award names was given for it, and no other was."""
    given = {
        player_item: (player, slug, source, operation)
        for player_item, player, slug, source, operation in rows(
            connection,
            select(
                PlayerItemRow.id,
                PlayerItemRow.player_id,
                ItemRow.slug,
                PlayerItemRow.source,
                begun_by(PlayerItemRow.id),
            )
            .select_from(PlayerItemRow)
            .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
            .where(PlayerItemRow.acquisition == "achievement"),
        )
    }
    for operation, (player, awards) in told.items():
        for award in awards:
            if award["item_id"] is None:
                continue
            due = (player, award["given"]["item"], award["achievement"], operation)
            if given.pop(award["item_id"], None) != due:
                yield (
                    f"operation {operation} names thing {award['item_id']} as the reward of "
                    f"{award['achievement']}, which it is not"
                )
    for player_item, (owner, slug, _, _) in given.items():
        yield f"thing {player_item}, {slug} of player {owner}, was given for no achievement"


def check_notifications(connection: Connection) -> Iterator[str]:
    """A player is told at the moment of an operation, and of each award once."""
    told: dict[int, Counter[tuple[int | None, str]]] = defaultdict(Counter)
    for notification, operation, player, at, kind, message, written in rows(
        connection,
        select(
            NotificationRow.id,
            NotificationRow.operation_id,
            NotificationRow.player_id,
            NotificationRow.at,
            NotificationRow.kind,
            NotificationRow.message,
            OperationRow.at,
        )
        .select_from(NotificationRow)
        .join(OperationRow, col(OperationRow.id) == NotificationRow.operation_id),
    ):
        if at != written:
            yield f"notification {notification} is not of the moment of its operation"
        if kind == "achieved":
            told[operation][player, message] += 1
    for operation, (whose, awards) in _awards(connection).items():
        due = Counter((whose, award["message"]) for award in awards)
        if told.pop(operation, Counter()) != due:
            yield f"operation {operation} did not tell of each of its {len(awards)} awards once"
    for operation in told:
        yield f"operation {operation} told of achievements, but awarded none"


def _undone(transfer: int) -> Select[int]:
    """The sales that were taken back up to a transfer."""
    return (
        select(UndoRow.undone_id)
        .join(_BACK, col(_BACK.operation_id) == UndoRow.operation_id)
        .where(_BACK.kind == "undo", col(_BACK.id) <= transfer)
    )


_BACK = aliased(TransferRow)
_TALLY = ("pair", "nonce", "transfer", "best", "batch", "sale")


def check_tallies(connection: Connection) -> Iterator[str]:
    """What the last award of a player has counted is what their rolls and sales come to."""
    odds = {
        table: found.entries
        for table, found in odds_tables(connection).items()
        if found is not None
    }
    last: dict[int | None, tuple[int, Any]] = {}
    for operation, player, outcome in rows(connection, _ACHIEVING):
        tally = read(outcome).get("tally")
        if isinstance(tally, dict) and all(type(tally.get(name)) is int for name in _TALLY):
            last[player] = (operation, tally)
        else:
            yield f"operation {operation} tells no tally"
    for player, (operation, tally) in last.items():
        won: Counter[str] = Counter()
        batches: Counter[int] = Counter()
        best = 0
        for opening, table, index in rows(
            connection,
            select(RollRow.operation_id, RollRow.odds_table_id, RollRow.entry)
            .join(SeedPairRow, col(SeedPairRow.id) == RollRow.seed_pair_id)
            .where(
                SeedPairRow.player_id == player,
                RollRow.purpose == "case",
                or_(
                    col(SeedPairRow.number) < tally["pair"],
                    and_(
                        col(SeedPairRow.number) == tally["pair"],
                        col(RollRow.nonce) < tally["nonce"],
                    ),
                ),
            ),
        ):
            if index >= len(odds.get(table, ())):
                continue
            entry = odds[table][index]
            won[str(entry.rarity)] += 1
            batches[opening] += 1
            best = max(best, entry.value)
        sales = payments(
            connection,
            PAYEE.player_id == player,
            TransferRow.currency == "oranges",
            TransferRow.kind == "sale",
            col(TransferRow.id) <= tally["transfer"],
            col(TransferRow.operation_id).not_in(_undone(tally["transfer"])),
        )
        sale = max((line.amount for line in sales), default=0)
        counted = (dict(won), best, max(batches.values(), default=0), sale)
        kept = tuple(tally.get(name) for name in ("won", "best", "batch", "sale"))
        if counted != kept:
            yield f"operation {operation} has counted {kept}, the journals say {counted}"
