"""What the house pays and takes for what was done, derived from the rules and compared."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, func
from sqlmodel import col

from inventui.db.tables.catalogue import ItemRow
from inventui.db.tables.journal import MoveRow, OperationRow, PlayerItemRow, TransferRow
from inventui.db.tables.players import PlayerRow
from inventui.db.tables.select import select, value
from inventui.db.tables.streets import RobberyRow
from inventui.db.tables.workshop import CompletionRow
from inventui.engine.audit.audited_numbers import Economy, catalogues_of, economy_of
from inventui.engine.audit.check import PAYEE, is_due, payments, rows, told, whole
from inventui.rules.core.categories import GEAR


def check_starts(connection: Connection) -> Iterator[str]:
    """Every player was made by one operation, which gave them what a player starts with."""
    given: dict[int, dict[tuple[int | None, str], int]] = defaultdict(lambda: defaultdict(int))
    for line in payments(connection, TransferRow.kind == "start"):
        given[line.operation_id][line.payee, line.currency] += line.amount
    economy, catalogues = economy_of(connection), catalogues_of(connection)
    made: Counter[int] = Counter()
    started: dict[int, Mapping[tuple[int | None, str], int] | None] = {}
    born: dict[int, int] = dict(rows(connection, select(PlayerRow.id, PlayerRow.created_at)))
    for operation, kind, request, outcome, at in rows(
        connection,
        select(
            OperationRow.id,
            OperationRow.kind,
            OperationRow.request,
            OperationRow.outcome,
            OperationRow.at,
        ).where(col(OperationRow.kind).in_(("player", "move_in"))),
    ):
        player = whole(told(outcome).get("player"))
        made[player] += 1
        if born.get(player) != at:
            yield f"operation {operation} made no player"
        if kind == "player":
            sums = economy.at(operation)["money.starting"]
            started[operation] = {(player, name): amount for name, amount in sums.items() if amount}
        else:
            prices = catalogues.at(operation)
            slug = told(request).get("neighbour")
            known = None if prices is None else prices.neighbours.get(str(slug))
            started[operation] = None if known is None else {(player, "oranges"): known}
    for operation in sorted(given.keys() | started.keys()):
        due = started.get(operation, {})
        if due is not None and given.get(operation, {}) != due:
            yield f"operation {operation} gave {_words(given.get(operation, {}))} for a start"
    for (player,) in rows(connection, select(PlayerRow.id).order_by(col(PlayerRow.id))):
        if made[player] != 1:
            yield f"player {player} was made by {made[player]} operations"


def _words(sums: Mapping[tuple[int | None, str], int]) -> str:
    return ", ".join(f"{amount} {name} to {who}" for (who, name), amount in sums.items()) or "0"


def check_grants(connection: Connection) -> Iterator[str]:
    """What the world's owner gave is what was asked for, and what the outcome tells."""
    paid: dict[int, dict[tuple[int | None, str], int]] = defaultdict(lambda: defaultdict(int))
    for line in payments(connection, TransferRow.kind == "admin"):
        paid[line.operation_id][line.payee, line.currency] += line.amount
    got: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for operation, player_item, player, slug in rows(
        connection,
        select(MoveRow.operation_id, PlayerItemRow.id, PlayerItemRow.player_id, ItemRow.slug)
        .select_from(PlayerItemRow)
        .join(MoveRow, col(MoveRow.player_item_id) == PlayerItemRow.id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(PlayerItemRow.acquisition == "admin", MoveRow.version == 1),
    ):
        got[operation].append((player_item, player, slug))
    for operation, request, outcome in rows(
        connection,
        select(OperationRow.id, OperationRow.request, OperationRow.outcome).where(
            OperationRow.kind == "grant"
        ),
    ):
        asked, answer = told(request), told(outcome)
        whom = whole(asked.get("player"))
        due: Any = {
            (whom, name): asked.get(name)
            for name in ("oranges", "gems")
            if asked.get(name) not in (0, None)
        }
        if paid.pop(operation, {}) != due or any(
            asked.get(name) != answer.get(name) for name in ("oranges", "gems")
        ):
            yield f"grant {operation} gave other sums than were asked for"
        things: Any = [(answer.get("item_id"), whom, asked["item"])] if asked.get("item") else []
        if got.pop(operation, []) != things:
            yield f"grant {operation} gave other things than were asked for"
    for operation in sorted(paid.keys() | got.keys()):
        yield f"operation {operation} gave as the world's owner, and is no grant"


class _Sold(NamedTuple):
    number: int
    worth: int


def check_sales(connection: Connection) -> Iterator[str]:
    """The house paid what the things are worth that were sold to it, all that were named."""
    collectible = col(ItemRow.category) == "collectible"
    sold: dict[int, _Sold] = {}
    for operation, number, worth, others in rows(
        connection,
        select(
            MoveRow.operation_id,
            value(func.count()),
            value(func.sum(case((collectible, ItemRow.value), else_=0))),
            value(func.sum(case((col(ItemRow.category).in_({"collectible", *GEAR}), 0), else_=1))),
        )
        .select_from(MoveRow)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .join(ItemRow, col(ItemRow.id) == PlayerItemRow.item_id)
        .where(MoveRow.event == "sell", MoveRow.from_status == "owned")
        .group_by(col(MoveRow.operation_id)),
    ):
        sold[operation] = _Sold(number, worth or 0)
        if others:
            yield f"sale {operation} sold {others} things that the house does not buy"
    gear = _gear_sold(connection)
    paid: Counter[int] = Counter()
    for operation, amount in rows(
        connection,
        select(TransferRow.operation_id, value(func.sum(col(TransferRow.amount))))
        .where(TransferRow.kind == "sale")
        .group_by(col(TransferRow.operation_id)),
    ):
        paid[operation] = amount
    for operation, outcome in rows(
        connection,
        select(OperationRow.id, OperationRow.outcome).where(OperationRow.kind == "sell"),
    ):
        number, worth = sold.pop(operation, _Sold(0, 0))
        amount, answer = paid.pop(operation, 0), told(outcome)
        pieces = gear.get(operation, 0)
        # What a piece of gear was worth before a catalogue was kept is not known any more.
        if (
            amount < worth
            if pieces is None
            else not is_due(connection, operation, "oranges", amount, worth + pieces)
        ):
            yield f"sale {operation} brought {amount}, what it sold was worth {worth}"
        if (answer.get("items_sold"), answer.get("total_value")) != (number, amount) or not number:
            yield f"sale {operation} sold {number} things for {amount}, and tells of others"
    for operation in sorted(sold.keys() | paid.keys()):
        yield f"operation {operation} sold to the house, and is no sale"


def _gear_sold(connection: Connection) -> dict[int, int | None]:
    """What the gear that was sold in an operation was worth then; None if that is not known."""
    catalogues = catalogues_of(connection)
    found: dict[int, int | None] = {}
    for operation, item in rows(
        connection,
        select(MoveRow.operation_id, PlayerItemRow.item_id)
        .select_from(MoveRow)
        .join(PlayerItemRow, col(PlayerItemRow.id) == MoveRow.player_item_id)
        .where(
            MoveRow.event == "sell",
            MoveRow.from_status == "owned",
            col(PlayerItemRow.category).in_(GEAR),
        ),
    ):
        prices, before = catalogues.at(operation), found.get(operation, 0)
        known = None if prices is None else prices.items.get(item)
        found[operation] = None if known is None or before is None else before + known[2]
    return found


_GAIN = ("shift", "rob", "achieve", "complete")


def check_experience(connection: Connection) -> Iterator[str]:
    """Experience is for what was spent or done, and gems for the ranks that it reached."""
    economy = economy_of(connection)
    earned = _earned(connection, economy)
    spent: dict[int, int] = dict(
        rows(
            connection,
            select(TransferRow.operation_id, value(func.sum(col(TransferRow.amount))))
            .where(
                col(TransferRow.kind).in_(("case", "shop", "black_market", "workshop_fee")),
                TransferRow.currency == "oranges",
            )
            .group_by(col(TransferRow.operation_id)),
        )
    )
    ranks: dict[int, int] = dict(
        rows(
            connection,
            select(TransferRow.operation_id, value(func.sum(col(TransferRow.amount))))
            .where(TransferRow.kind == "rank_up")
            .group_by(col(TransferRow.operation_id)),
        )
    )
    gained: dict[int, tuple[int, int, int]] = {
        operation: (amount, before, after)
        for operation, amount, before, after in rows(
            connection,
            select(
                TransferRow.operation_id,
                value(func.sum(col(TransferRow.amount))),
                value(func.min(col(TransferRow.to_balance) - col(TransferRow.amount))),
                value(func.max(col(TransferRow.to_balance))),
            )
            .join(PAYEE, col(PAYEE.id) == TransferRow.to_account_id)
            .where(TransferRow.currency == "experience")
            .group_by(col(TransferRow.operation_id)),
        )
    }
    for operation in sorted(gained.keys() | spent.keys() | ranks.keys() | earned.keys()):
        amount, before, after = gained.get(operation, (0, 0, 0))
        now = economy.at(operation)
        extra = earned.get(operation, 0)
        due = spent.get(operation, 0) // now["money.oranges_per_experience"] + (extra or 0)
        known = extra is not None
        if known and not is_due(connection, operation, "experience", amount, due):
            yield f"operation {operation} brought {amount} experience, not {due}"
        levels = [
            sum(at_least <= points for _, at_least in now["ranks.ranks"])
            for points in (before, after)
        ]
        gems = (levels[1] - levels[0]) * now["ranks.rank_up_gems"]
        if not is_due(connection, operation, "gems", ranks.get(operation, 0), gems):
            yield f"operation {operation} gave {ranks.get(operation, 0)} gems for ranks, not {gems}"


def _earned(connection: Connection, economy: Economy) -> dict[int, int | None]:
    """Experience of each operation that is for something else than oranges spent."""
    found: dict[int, int | None] = {}
    for operation, kind, outcome in rows(
        connection,
        select(OperationRow.id, OperationRow.kind, OperationRow.outcome).where(
            col(OperationRow.kind).in_(("shift", "achieve"))
        ),
    ):
        if kind == "shift":
            found[operation] = economy.at(operation)["streets.shift_experience"]
        else:
            awards: Any = told(outcome).get("awards")
            found[operation] = sum(given for given in _experience_of(awards))
    for operation, oranges in rows(
        connection, select(CompletionRow.operation_id, CompletionRow.oranges)
    ):
        # Whose purse was full was paid less than what the experience is for.
        full = is_due(connection, operation, "oranges", oranges, oranges + 1)
        share = economy.at(operation)["collections.oranges_per_experience"]
        found[operation] = None if full else oranges // share
    for (operation,) in rows(
        connection,
        select(RobberyRow.operation_id).where(
            col(RobberyRow.roll_id).is_not(None), RobberyRow.success == 1
        ),
    ):
        found[operation] = economy.at(operation)["streets.robbery_experience"]
    return found


def _experience_of(awards: object) -> Iterator[int]:
    for award in awards if isinstance(awards, list) else ():
        given = award.get("given") if isinstance(award, dict) else None
        experience = given.get("experience") if isinstance(given, dict) else None
        if isinstance(experience, int):
            yield experience
