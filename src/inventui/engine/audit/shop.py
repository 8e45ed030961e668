"""Stock, prices paid, conditions and defaults, checked."""

import json
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection

from inventui.engine.audit.check import rows


def check_stock(connection: Connection) -> Iterator[str]:
    """What is left of a limited edition is its first stock less what was bought."""
    for row in rows(
        connection,
        "SELECT s.item_id, s.edition, s.first, s.sold, (SELECT count(*) FROM player_item p"
        " WHERE p.item_id = s.item_id AND p.acquisition IN ('purchase', 'bundle')) AS bought"
        " FROM stock s",
    ):
        if row.sold != row.bought:
            yield f"item {row.item_id} shows {row.sold} sold, {row.bought} were bought"
        if not row.bought <= row.first <= row.edition:
            yield f"item {row.item_id} sold {row.bought} of {row.first} of {row.edition}"


def check_purchases(connection: Connection) -> Iterator[str]:
    """What was paid is the price less its discount, and is spread over the items it bought."""
    paid: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(
        connection,
        "SELECT t.operation_id, t.currency, t.amount FROM transfer t"
        " JOIN account a ON a.id = t.to_account_id"
        " WHERE a.house IN ('shop', 'black_market')",
    ):
        paid[row.operation_id][row.currency] += row.amount
    spread = {
        row.operation_id: (row.oranges, row.gems, row.number)
        for row in rows(
            connection,
            "SELECT m.operation_id, sum(p.price_paid) AS oranges, sum(p.gems_paid) AS gems,"
            " count(*) AS number FROM move m JOIN player_item p ON p.id = m.player_item_id"
            " WHERE m.from_status IS NULL GROUP BY m.operation_id",
        )
    }
    for row in rows(connection, "SELECT id, outcome FROM operation WHERE kind = 'buy'"):
        told = json.loads(row.outcome)
        rest = 100 - told["discount"]
        due = (told["full_oranges"] * rest // 100, told["full_gems"] * rest // 100)
        lines = (paid[row.id]["oranges"], paid[row.id]["gems"])
        if lines != due:
            yield (
                f"purchase {row.id} moved {lines[0]} + {lines[1]}, "
                f"the price was {due[0]} + {due[1]}"
            )
        if spread.get(row.id) != (*due, len(told["item_ids"])):
            yield f"purchase {row.id} does not spread {due[0]} + {due[1]} over what it gave"


def check_conditions(connection: Connection) -> Iterator[str]:
    """Uses and durability are those of the last line, and lines are numbered without gaps."""
    last: dict[int, tuple[int, int | None, int | None]] = {}
    for row in rows(
        connection,
        "SELECT player_item_id, number, uses, durability FROM condition"
        " ORDER BY player_item_id, number",
    ):
        number, uses, _ = last.get(row.player_item_id, (0, row.uses, row.durability))
        if row.number != number + 1 or (uses is not None and (row.uses is None or row.uses > uses)):
            yield f"thing {row.player_item_id}: its condition line {row.number} does not follow"
        last[row.player_item_id] = (row.number, row.uses, row.durability)
    for row in rows(
        connection,
        "SELECT id, status, uses, durability, condition FROM player_item"
        " WHERE condition > 0 OR uses IS NOT NULL",
    ):
        due = last.get(row.id, (0, row.uses, row.durability))
        if (row.condition, row.uses, row.durability) != due:
            yield f"thing {row.id} shows another condition than its last line"
        if (row.uses == 0) != (row.status == "consumed"):
            yield f"thing {row.id} is {row.status} with {row.uses} uses left"


def check_defaults(connection: Connection) -> Iterator[str]:
    """Every player owns each default once, and every slot that has one is full."""
    defaults = "json_extract(i.details, '$.default')"
    for row in rows(
        connection,
        "SELECT n.id AS player, i.slug, i.category, (SELECT count(*) FROM player_item p WHERE"
        " p.player_id = n.id AND p.item_id = i.id AND p.status IN ('owned', 'equipped')) AS number,"
        " EXISTS (SELECT 1 FROM player_item p WHERE p.player_id = n.id AND p.category = i.category"
        f" AND p.status = 'equipped') AS worn FROM player n, item i WHERE i.active AND {defaults}",
    ):
        if row.number != 1:
            yield f"player {row.player} owns the default {row.slug} {row.number} times"
        if not row.worn:
            yield f"player {row.player} wears nothing in the slot {row.category}"
