"""Sales, trades and fusions step by step on a bare connection, as the engine writes them."""

import sqlite3
from collections.abc import Callable, Mapping

from tests.db.attack import ANA, BOB, a_player_item, an_operation, insert, move, one

PRICE, FEE = 100, 5
AT, UNTIL = 1_000, 2_000

Step = Callable[[], object]


def account(db: sqlite3.Connection, owner: int | str, currency: str = "oranges") -> int:
    """The number of a player's account or of one of the house."""
    column = "house" if isinstance(owner, str) else "player_id"
    return int(
        one(db, f"SELECT id FROM account WHERE {column} = ? AND currency = ?", owner, currency)
    )


def latest(db: sqlite3.Connection) -> int:
    """The operation under way."""
    return int(one(db, "SELECT max(id) FROM operation"))


def pay(db: sqlite3.Connection, payer: int | str, payee: int | str, amount: int) -> None:
    """Move oranges."""
    if not amount:
        return
    one_, other = account(db, payer), account(db, payee)
    balances = [one(db, "SELECT balance FROM account WHERE id = ?", a) for a in (one_, other)]
    insert(
        db,
        "transfer",
        operation_id=latest(db),
        kind="attack",
        currency="oranges",
        amount=amount,
        from_account_id=one_,
        to_account_id=other,
        from_balance=balances[0] - amount,
        to_balance=balances[1] + amount,
    )


def owned(db: sqlite3.Connection, player: int = ANA, slug: str = "lemon") -> int:
    """A thing that a player owns."""
    an_operation(db)
    player_item = a_player_item(db, slug, player)
    move(db, player_item, "acquire", None, "owned")
    return player_item


def begun(db: sqlite3.Connection, origin: int, player: int) -> int:
    """The next owner's row of a thing that has ended."""
    item, category = db.execute(
        "SELECT item_id, category FROM player_item WHERE id = ?", (origin,)
    ).fetchone()
    player_item = insert(
        db,
        "player_item",
        player_id=player,
        item_id=item,
        category=category,
        acquisition="bazaar",
        origin_id=origin,
    )
    move(db, player_item, "acquire", None, "owned")
    return player_item


def listing_of(db: sqlite3.Connection, player_item: int, **changes: object) -> int:
    """Put a thing up that has just been listed, with these columns changed."""
    item = one(db, "SELECT item_id FROM player_item WHERE id = ?", player_item)
    values: dict[str, object] = {
        "operation_id": latest(db),
        "seller_id": ANA,
        "player_item_id": player_item,
        "item_id": item,
        "price": PRICE,
        "fee": FEE,
        "at": AT,
        "until": UNTIL,
        "state": "open",
    }
    return insert(db, "listing", **(values | changes))


def listed(db: sqlite3.Connection, slug: str = "lemon") -> int:
    """A thing of ana's that has just been listed."""
    player_item = owned(db, ANA, slug)
    an_operation(db)
    move(db, player_item, "list", "owned", "listed")
    return player_item


def sale(db: sqlite3.Connection, listing: int) -> Mapping[str, Step]:
    """The steps of bob's purchase of a listing of ana's, by their names and in order."""
    player_item = one(db, "SELECT player_item_id FROM listing WHERE id = ?", listing)
    return {
        "price": lambda: pay(db, BOB, ANA, PRICE),
        "fee": lambda: pay(db, ANA, "bazaar_fee", FEE),
        "end": lambda: move(db, player_item, "sell", "listed", "sold"),
        "begin": lambda: begun(db, player_item, BOB),
    }


def sell(db: sqlite3.Connection, listing: int, **changes: object) -> None:
    """Write that bob has bought a listing, with these columns changed."""
    player_item = one(db, "SELECT player_item_id FROM listing WHERE id = ?", listing)
    found = db.execute("SELECT id FROM player_item WHERE origin_id = ?", (player_item,)).fetchone()
    values: dict[str, object] = {
        "state": "sold",
        "ended_by": latest(db),
        "buyer_id": BOB,
        "bought_id": None if found is None else found[0],
        **changes,
    }
    update(db, "listing", listing, values)


def update(db: sqlite3.Connection, table: str, number: int, values: Mapping[str, object]) -> None:
    """Change columns of one row."""
    columns = ", ".join(f"{name} = ?" for name in values)
    db.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), number))


def offer(db: sqlite3.Connection, oranges: int = 30, asked: int = 20, **changes: object) -> int:
    """Ana offers bob a lemon and oranges for one of his and oranges; the trade's number."""
    mine, theirs = owned(db), owned(db, BOB)
    an_operation(db)
    move(db, mine, "offer", "owned", "offered")
    pay(db, ANA, "trade_hold", oranges)
    trade = offer_line(db, proposer_oranges=oranges, partner_oranges=asked, **changes)
    trade_player_item(db, trade, "proposer", mine)
    trade_player_item(db, trade, "partner", theirs)
    return trade


def offer_line(db: sqlite3.Connection, **changes: object) -> int:
    """A trade's own row, with these columns changed."""
    values: dict[str, object] = {
        "operation_id": latest(db),
        "proposer_id": ANA,
        "partner_id": BOB,
        "at": AT,
        "until": UNTIL,
        "state": "open",
    }
    return insert(db, "trade", **(values | changes))


def trade_player_item(
    db: sqlite3.Connection, trade: int, side: str, player_item: int, **changes: object
) -> int:
    """A thing's line of a trade."""
    values: dict[str, object] = {
        "operation_id": latest(db),
        "trade_id": trade,
        "side": side,
        "player_item_id": player_item,
    }
    return insert(db, "trade_thing", **(values | changes))


def player_items_of(db: sqlite3.Connection, trade: int) -> tuple[int, int]:
    """Numbers of the proposer's and the partner's thing."""
    found = dict(
        db.execute("SELECT side, player_item_id FROM trade_thing WHERE trade_id = ?", (trade,))
    )
    return found["proposer"], found["partner"]


def swap(db: sqlite3.Connection, trade: int) -> Mapping[str, Step]:
    """The steps of bob's acceptance, by their names and in order."""
    mine, theirs = player_items_of(db, trade)
    held, asked = db.execute(
        "SELECT proposer_oranges, partner_oranges FROM trade WHERE id = ?", (trade,)
    ).fetchone()

    def give_theirs() -> None:
        move(db, theirs, "offer", "owned", "offered")
        move(db, theirs, "trade", "offered", "traded")

    return {
        "theirs": give_theirs,
        "mine": lambda: move(db, mine, "trade", "offered", "traded"),
        "to bob": lambda: begun(db, mine, BOB),
        "to ana": lambda: begun(db, theirs, ANA),
        "held": lambda: pay(db, "trade_hold", BOB, held),
        "asked": lambda: pay(db, BOB, ANA, asked),
    }


def give_back(db: sqlite3.Connection, trade: int) -> Mapping[str, Step]:
    """The steps of an end without a swap."""
    mine, _ = player_items_of(db, trade)
    held = one(db, "SELECT proposer_oranges FROM trade WHERE id = ?", trade)
    return {
        "thing": lambda: move(db, mine, "take_back", "offered", "owned"),
        "oranges": lambda: pay(db, "trade_hold", ANA, held),
    }


def end_trade(db: sqlite3.Connection, trade: int, state: str, **changes: object) -> None:
    """Write what became of a trade."""
    update(db, "trade", trade, {"state": state, "ended_by": latest(db), **changes})


def fusion_steps(
    db: sqlite3.Connection, *, won: bool = True
) -> tuple[list[int], Mapping[str, Step]]:
    """Five things of ana's, and the steps of a fusion of them but for its own rows.

    Args:
        db: the bare connection.
        won: whether the roll gives a thing.
    """
    player_items = [owned(db) for _ in range(5)]
    pair, nonce = db.execute(
        "SELECT id, nonce FROM seed_pair WHERE player_id = ? AND state = 'active'", (ANA,)
    ).fetchone()

    def roll() -> None:
        player_item = a_player_item(db)
        move(db, player_item, "acquire", None, "owned")
        insert(
            db,
            "roll",
            operation_id=latest(db),
            seed_pair_id=pair,
            nonce=nonce,
            purpose="workshop",
            ticket=1,
            odds_table_id=1,
            entry=0,
            player_item_id=player_item if won else None,
        )

    def fuse() -> None:
        for player_item in player_items:
            move(db, player_item, "fuse", "owned", "fused")

    return player_items, {
        "fee": lambda: pay(db, ANA, "workshop_fee", PRICE),
        "roll": roll,
        "fuse": fuse,
    }


def fusion(db: sqlite3.Connection, **changes: object) -> int:
    """A fusion's own row, with these columns changed."""
    values: dict[str, object] = {
        "operation_id": latest(db),
        "player_id": ANA,
        "rarity": "common",
        "fee": PRICE,
        "inputs": 5,
        "roll_id": one(db, "SELECT max(id) FROM roll"),
    }
    return insert(db, "fusion", **(values | changes))


def fusion_input(db: sqlite3.Connection, of: int, player_item: int, **changes: object) -> int:
    """What went into a fusion."""
    values: dict[str, object] = {
        "operation_id": latest(db),
        "fusion_id": of,
        "player_item_id": player_item,
    }
    return insert(db, "fusion_input", **(values | changes))
