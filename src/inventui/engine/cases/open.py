"""Cases: open one once or up to 100 times, provably fairly.

An opening is one operation: the price is paid, each roll is written with what drew it (seed pair,
nonce, ticket, odds table, winning entry), and each gives one player item. All of them or none,
so a wallet that pays for 99 of 100 opens nothing. What must hold:

- A roll follows from the player's active seed pair and its nonce alone, so once the pair is
  revealed anybody can draw it again
  (`test_what_is_won_follows_from_the_seeds_that_are_revealed_afterwards`). Nonces are
  consecutive over all of a pair's rolls, fusions and robberies too
  (`test_nonces_are_consecutive_from_zero_over_all_openings`).
- A roll keeps the very odds table that it was drawn from, and the table is never changed: a new
  price or chance is a new table (`test_every_roll_keeps_the_odds_that_were_shown_before_it`).
- The outcome is committed before anything is animated, so a program that dies in the middle of
  a reveal has lost nothing (`test_an_opening_waits_to_be_revealed_until_it_was_shown`).

A repeat with the same key is answered from the journals (`recall`), not from a stored outcome:
an outcome of 100 rolls would be as large as the rolls themselves.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from inventui.db.statements import Connection, Statement
from inventui.engine.cases.misses import misses
from inventui.engine.cases.models import MissCount, Opening, Roll
from inventui.engine.cases.recall import kept_opening
from inventui.engine.core.catalogue import CASE_ODDS, Catalogue
from inventui.engine.core.item_grants import Receipt, receive_items
from inventui.engine.core.ledger import PURSE, purse_of, spend
from inventui.engine.core.models import Balance
from inventui.engine.core.operation import Draft, Intent, perform
from inventui.rules.cases.cases import check_count, check_open, check_shown
from inventui.rules.cases.fairness import tickets
from inventui.rules.cases.odds import OddsTable
from inventui.rules.core.enums import Acquisition, SeedState
from inventui.rules.core.money import HouseAccount
from inventui.rules.core.refusal import Refusal

if TYPE_CHECKING:
    from inventui.engine.core.context import Player


class ActivePair(NamedTuple):
    """A player's active seed pair; `nonce` is that of the next roll."""

    id: int
    server_seed: str
    server_seed_hash: str
    client_seed: str
    nonce: int


_PAIR = Statement(
    "SELECT id, server_seed, server_seed_hash, client_seed, nonce FROM seed_pair"
    " WHERE player_id = :player AND state = '{active}'",
    ActivePair,
    active=SeedState.ACTIVE,
)
_ROLL = Statement(
    "INSERT INTO roll (operation_id, seed_pair_id, nonce, purpose, ticket, odds_table_id, entry,"
    " player_item_id, draw, since, promised_case) VALUES (:operation, :pair, :nonce, 'case',"
    " :ticket, :odds, :entry, :item, :draw, :since, :promised)"
)


_CASE_NAME = Statement("SELECT name FROM case_box WHERE slug = :slug", str)


class _LastRoll(NamedTuple):
    odds_table_id: int
    entry: int
    since: int


_LAST_PROMISED = Statement(
    "SELECT odds_table_id, entry, since FROM roll"
    " WHERE seed_pair_id = :pair AND promised_case = :case ORDER BY nonce DESC LIMIT 1",
    _LastRoll,
)


class Cases:
    """The cases, opened by one player."""

    def __init__(self, handle: Player) -> None:
        """Act for the player of `handle`."""
        self._handle = handle
        self._world = handle.world

    def open(
        self, case_id: str, count: int = 1, key: str | None = None, odds_hash: str | None = None
    ) -> Opening | Refusal:
        """Open a case `count` times (1–100), all or nothing.

        The outcome is committed before this returns; a reveal only shows it.

        Args:
            case_id: the case's slug.
            count: how many.
            key: idempotency key.
            odds_hash: of the table that the player saw; another one in force is refused.
        """
        refusal = check_count(count)
        if refusal is not None:
            return refusal
        intent = Intent(
            "open",
            {"case": case_id, "count": count},
            self._handle.id,
            uuid4().hex if key is None else key,
        )
        return perform(
            self._world,
            intent,
            lambda draft: self._open(draft, case_id, count, odds_hash),
            Opening,
            recall=partial(recall, self._world.catalogue),
            ahead=(
                (CASE_ODDS, {"slug": case_id}),
                (PURSE, {"player": self._handle.id}),
                (_PAIR, {"player": self._handle.id}),
                (_CASE_NAME, {"slug": case_id}),
            ),
        )

    def _open(
        self, draft: Draft, case_id: str, count: int, odds_hash: str | None
    ) -> Opening | Refusal:
        connection, catalogue, player = draft.connection, self._world.catalogue, self._handle.id
        found = catalogue.odds_in_force(connection, case_id)
        if isinstance(found, Refusal):
            return found
        odds_id, odds = found
        purse = purse_of(connection, player)
        refusal = check_shown(odds, odds_hash) or check_open(odds.price, count, purse.oranges)
        if refusal is not None:
            return refusal
        pair = active_pair(connection, player)
        drawn = tickets(pair.server_seed, pair.client_seed, pair.nonce, count * odds.rolls)
        since = self.since_hit(connection, pair.id, odds)
        won = odds.outcomes(drawn, since)
        gives = [odds.entries[outcome.entry].item for outcome in won]
        items = [catalogue.by_slug(connection, slug) for slug in gives if slug]
        name = connection.execute(_CASE_NAME, {"slug": case_id}).one()

        operation = draft.begin()
        paid = odds.price * count
        spending = spend(operation, self._world.house, purse, HouseAccount.CASE, paid)
        receipt = Receipt(player, Acquisition.CASE, odds.price // odds.rolls, case_id)
        numbers = iter(receive_items(connection, operation, receipt, items))
        rolls = tuple(
            roll_of(
                odds,
                nonce,
                ticket,
                outcome.entry,
                next(numbers) if slug else None,
                pair.server_seed_hash,
                pair.client_seed,
                outcome.since,
            )
            for nonce, (ticket, outcome, slug) in enumerate(
                zip(drawn, won, gives, strict=True), pair.nonce
            )
        )
        connection.execute_many(
            _ROLL,
            [
                {
                    "operation": operation.id,
                    "pair": pair.id,
                    "nonce": roll.nonce,
                    "ticket": roll.ticket,
                    "odds": odds_id,
                    "entry": roll.entry_index,
                    "item": roll.item_id,
                    "draw": outcome.draw,
                    "since": outcome.since,
                    "promised": case_id if odds.guarantee else None,
                }
                for roll, outcome in zip(rolls, won, strict=True)
            ],
        )
        return Opening(
            operation=operation.id,
            case=case_id,
            case_name=name,
            paid=paid,
            rolls=rolls,
            balance=Balance(purse.oranges - paid, purse.gems + spending.gems),
            experience_gained=spending.experience,
            rank_up=spending.rank_up,
            at=operation.at,
        )

    def misses(self) -> tuple[MissCount, ...]:
        """Every case whose guarantee counts misses now; a case without any is left out."""
        with self._world.store.read() as connection:
            return misses(self._world, connection, self._handle.id)

    def since_hit(self, connection: Connection, pair: int, odds: OddsTable) -> int:
        """Rolls of a case and seed pair since its guarantee's last hit; 0 without a guarantee."""
        if odds.guarantee is None:
            return 0
        last = connection.execute(_LAST_PROMISED, {"pair": pair, "case": odds.case}).first()
        if last is None:
            return 0
        # What counted as a hit is what the table of then says.
        table = self._world.catalogue.odds(connection, last.odds_table_id)
        return table.since_after(last.entry, last.since)


def active_pair(connection: Connection, player: int) -> ActivePair:
    """A player's active seed pair; every player has one."""
    return connection.execute(_PAIR, {"player": player}).one()


def recall(catalogue: Catalogue, connection: Connection, operation_id: int) -> Opening:
    """The outcome of an opening, read from its journals."""
    kept = kept_opening(connection, operation_id)
    return Opening(
        operation=operation_id,
        case=kept.case,
        case_name=connection.execute(_CASE_NAME, {"slug": kept.case}).one(),
        paid=kept.paid,
        rolls=tuple(
            roll_of(
                catalogue.odds(connection, roll.odds_table_id),
                roll.nonce,
                roll.ticket,
                roll.entry,
                roll.player_item_id,
                roll.server_seed_hash,
                roll.client_seed,
                roll.since,
            )
            for roll in kept.rolls
        ),
        balance=kept.balance,
        experience_gained=kept.experience_gained,
        rank_up=kept.rank_up,
        at=kept.at,
    )


def roll_of(
    odds: OddsTable,
    nonce: int,
    ticket: int,
    entry: int,
    item: int | None,
    server_seed_hash: str,
    client_seed: str,
    since: int = 0,
) -> Roll:
    """A roll as a read model; `entry` is the index of the winning entry, `item` what it gave."""
    won = odds.entries[entry]
    return Roll(
        nonce=nonce,
        ticket=ticket,
        entry=won.name,
        entry_index=entry,
        value=won.value,
        rarity=won.rarity,
        item_id=item,
        server_seed_hash=server_seed_hash,
        client_seed=client_seed,
        odds_hash=odds.hash,
        since=since,
    )
