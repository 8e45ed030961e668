"""What players were told and what they have achieved, checked."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from inventui.engine.audit.check import rows
from inventui.rules.cases.odds import OddsEntry, from_canonical

_SUMS = (("oranges", "achievement"), ("gems", "achievement"), ("experience", "experience"))
"""What an award gives, each with the house's account that it comes from."""


def check_achievements(connection: Connection) -> Iterator[str]:
    """A goal is reached once a player, and its rewards are given in the same operation, once."""
    told: dict[int, Any] = {
        row.id: (row.player_id, json.loads(row.outcome or '{"awards": []}')["awards"])
        for row in rows(connection, "SELECT * FROM operation WHERE kind = 'achieve'")
    }
    reached: dict[int, Counter[str]] = defaultdict(Counter)
    seen: Counter[tuple[int, str]] = Counter()
    for row in rows(
        connection,
        "SELECT d.*, a.slug, o.kind, o.player_id AS whose, o.at AS written FROM achieved d"
        " JOIN achievement a ON a.id = d.achievement_id JOIN operation o ON o.id = d.operation_id"
        " ORDER BY d.id",
    ):
        what = f"achievement {row.slug} of player {row.player_id}"
        seen[row.player_id, row.slug] += 1
        reached[row.operation_id][row.slug] += 1
        if (row.kind, row.whose, row.written) != ("achieve", row.player_id, row.at):
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


def _check_sums(connection: Connection, told: dict[int, Any]) -> Iterator[str]:
    """What moved from the house is what the awards say; `check_completions` checks the rest."""
    moved: dict[tuple[int, str, str], int] = defaultdict(int)
    for row in rows(
        connection,
        "SELECT t.operation_id, t.currency, t.amount, f.house, p.player_id, o.kind FROM transfer t"
        " JOIN operation o ON o.id = t.operation_id JOIN account f ON f.id = t.from_account_id"
        " JOIN account p ON p.id = t.to_account_id"
        " WHERE (f.house = 'achievement' OR o.kind = 'achieve') AND NOT EXISTS (SELECT 1"
        " FROM completion c WHERE c.operation_id = o.id AND c.player_id = p.player_id)",
    ):
        whose, _ = told.get(row.operation_id, (None, []))
        moved[row.operation_id, row.currency, row.house] += row.amount
        if row.kind != "achieve" or row.player_id != whose:
            yield (
                f"operation {row.operation_id} paid player {row.player_id} {row.amount} "
                f"{row.currency} for no achievement of theirs"
            )
    for operation, (_, awards) in told.items():
        for currency, house in _SUMS:
            due = sum(award["given"][currency] for award in awards)
            if moved[operation, currency, house] != due:
                yield (
                    f"operation {operation} gave {moved[operation, currency, house]} {currency}, "
                    f"its awards are worth {due}"
                )


def _check_player_items(connection: Connection, told: dict[int, Any]) -> Iterator[str]:
    """Every player item that an award names was given for it, and no other was."""
    given = {
        row.id: (row.player_id, row.slug, row.source, row.given_by)
        for row in rows(
            connection,
            "SELECT p.id, p.player_id, p.source, i.slug, (SELECT m.operation_id FROM move m"
            " WHERE m.player_item_id = p.id AND m.version = 1) AS given_by FROM player_item p"
            " JOIN item i ON i.id = p.item_id WHERE p.acquisition = 'achievement'",
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
    for player_item, (player, slug, _, _) in given.items():
        yield f"thing {player_item}, {slug} of player {player}, was given for no achievement"


def check_notifications(connection: Connection) -> Iterator[str]:
    """A player is told at the moment of an operation, and of each award once."""
    told: dict[int, Counter[tuple[int, str]]] = defaultdict(Counter)
    for row in rows(
        connection,
        "SELECT n.id, n.operation_id, n.player_id, n.at, n.kind, n.message, o.at AS written"
        " FROM notification n JOIN operation o ON o.id = n.operation_id",
    ):
        if row.at != row.written:
            yield f"notification {row.id} is not of the moment of its operation"
        if row.kind == "achieved":
            told[row.operation_id][row.player_id, row.message] += 1
    for row in rows(connection, "SELECT * FROM operation WHERE kind = 'achieve'"):
        awards = json.loads(row.outcome or '{"awards": []}')["awards"]
        due = Counter((row.player_id, award["message"]) for award in awards)
        if told.pop(row.id, Counter()) != due:
            yield f"operation {row.id} did not tell of each of its {len(awards)} awards once"
    for operation in told:
        yield f"operation {operation} told of achievements, but awarded none"


def check_tallies(connection: Connection) -> Iterator[str]:
    """What the last award of a player has counted is what their rolls and sales come to."""
    odds: dict[int, tuple[OddsEntry, ...]] = {}
    for row in rows(connection, "SELECT id, canonical FROM odds_table"):
        # A table that can't be read is a fault of its own, which `check_rolls` names.
        with suppress(ValueError):
            odds[row.id] = from_canonical(row.canonical).entries
    last = {
        row.player_id: (row.id, json.loads(row.outcome)["tally"])
        for row in rows(
            connection,
            "SELECT * FROM operation WHERE kind = 'achieve' AND outcome IS NOT NULL ORDER BY id",
        )
    }
    for player, (operation, tally) in last.items():
        won: Counter[str] = Counter()
        batches: Counter[int] = Counter()
        best = 0
        for row in rows(
            connection,
            "SELECT r.operation_id, r.odds_table_id, r.entry FROM seed_pair s"
            " JOIN roll r ON r.seed_pair_id = s.id"
            f" WHERE s.player_id = {player} AND r.purpose = 'case' AND (s.number < {tally['pair']}"
            f" OR (s.number = {tally['pair']} AND r.nonce < {tally['nonce']}))",
        ):
            if row.entry >= len(odds.get(row.odds_table_id, ())):
                continue
            entry = odds[row.odds_table_id][row.entry]
            won[str(entry.rarity)] += 1
            batches[row.operation_id] += 1
            best = max(best, entry.value)
        sale = max(
            (
                row.amount
                for row in rows(
                    connection,
                    "SELECT t.amount FROM transfer t JOIN account a ON a.id = t.to_account_id"
                    f" WHERE a.player_id = {player} AND t.currency = 'oranges'"
                    f" AND t.kind = 'sale' AND t.id <= {tally['transfer']}",
                )
            ),
            default=0,
        )
        counted = (dict(won), best, max(batches.values(), default=0), sale)
        kept = tuple(tally[name] for name in ("won", "best", "batch", "sale"))
        if counted != kept:
            yield f"operation {operation} has counted {kept}, the journals say {counted}"
