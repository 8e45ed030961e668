"""The audit notices what goes round the engine."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, nullcontext
from hashlib import sha256
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from inventui.db.tables.select import compiling_once
from inventui.engine.audit.audit import audit
from inventui.engine.inventory.models import Use
from inventui.engine.shop.models import Purchase
from inventui.engine.world import World
from inventui.rules.core.clock import DAY, FrozenClock
from tests import builders
from tests.builders import (
    NOW,
    PROPERTY_PACK,
    SHOP_PACK,
    a_player,
    a_world,
    done,
    lived_in,
    opened,
)
from tests.engine.forging import AuditAfter, forge, forgeries

FORGERIES: dict[str, tuple[str, str]] = {
    "a world without its seed": ("settings", "DELETE FROM world_setting WHERE name = 'seed'"),
    "a key that is none": (
        "settings",
        "UPDATE world_setting SET value = 'key' WHERE name = 'signing_key'",
    ),
    "a world made at no time": (
        "settings",
        "UPDATE world_setting SET value = 'today' WHERE name = 'created_at'",
    ),
    "a balance": ("balances", "UPDATE account SET balance = balance + 1 WHERE player_id = 1"),
    "what was spent": ("balances", "UPDATE account SET spent = spent + 1 WHERE player_id = 1"),
    "an amount": ("balances", "UPDATE transfer SET amount = amount + 1 WHERE id = 5"),
    "a balance after": ("balances", "UPDATE transfer SET to_balance = to_balance + 1 WHERE id = 3"),
    "a deleted transfer": ("balances", "DELETE FROM transfer WHERE id = 3"),
    "money from nowhere": (
        "supply",
        "UPDATE account SET balance = balance + 1 WHERE house = 'case' AND currency = 'oranges'",
    ),
    "a faucet that takes in": (
        "supply",
        "UPDATE account SET balance = 5 WHERE house = 'sale' AND currency = 'gems'",
    ),
    "a file of a pack": ("packs", "UPDATE pack_layer SET files = replace(files, 'Straw', 'Hay')"),
    "a pack that is gone": ("packs", "UPDATE pack_layer SET active = 0"),
    "another catalogue's digest": (
        "packs",
        "UPDATE world_setting SET value = 'ab' WHERE name = 'pack'",
    ),
    "a price that no pack says": (
        "catalogue",
        "UPDATE case_box SET price = 1 WHERE slug = 'crate'",
    ),
    "a status": ("histories", "UPDATE player_item SET status = 'gifted' WHERE id = 1"),
    "a step that is not in the table": (
        "histories",
        "UPDATE move SET event = 'claim' WHERE player_item_id = 1 AND version = 1",
    ),
    "a gap in a history": (
        "histories",
        "UPDATE move SET version = 3 WHERE player_item_id = 1 AND version = 1",
    ),
    "a thing without a journal": ("histories", "DELETE FROM move WHERE player_item_id = 2"),
    "a thing handed on while it lives": (
        "provenance",
        "UPDATE player_item SET origin_id = 3 WHERE id = 4",
    ),
    "a thing handed on twice": (
        "provenance",
        "DROP INDEX player_item_heir;"
        "UPDATE player_item SET origin_id = 1, item_id = (SELECT item_id FROM player_item"
        " WHERE id = 1) WHERE id IN (3, 4)",
    ),
    "a case's thing without a roll": ("provenance", "DELETE FROM roll WHERE player_item_id = 3"),
    "two things in a slot": (
        "slots",
        "DROP INDEX player_item_slot;UPDATE player_item SET status = 'equipped' WHERE id IN (3, 4)",
    ),
    "a wrong category": ("slots", "UPDATE player_item SET category = 'title' WHERE id = 3"),
    "too much gear": (
        "room",
        "UPDATE player_item SET category = 'weapon', status = 'owned' WHERE id BETWEEN 1 AND 11",
    ),
    "too much in escrow": (
        "room",
        "UPDATE player_item SET status = 'escrowed' WHERE id BETWEEN 1 AND 4",
    ),
    "a number of lines": ("balances", "UPDATE account SET lines = lines + 1 WHERE player_id = 1"),
    "a count of wins": ("counters", "UPDATE counter SET number = number + 1 WHERE what = 'won'"),
    "a largest batch": ("counters", "UPDATE counter SET number = 99 WHERE what = 'batch'"),
    "a count that is gone": ("counters", "DELETE FROM counter WHERE what = 'won'"),
    "a count of what is sold": (
        "counters",
        "UPDATE counter SET number = number + 1 WHERE what = 'sold'",
    ),
    "a count of another item": ("counters", "UPDATE counter SET entry = 9 WHERE what = 'sold'"),
    "a count of nothing": ("counters", "INSERT INTO counter VALUES (1, 'friends', 0, 7, 1)"),
    "money that was not brought": ("brought", "UPDATE brought SET money = 0 WHERE player_id = 1"),
    "items that were not brought": ("brought", "UPDATE brought SET items = 1 - items"),
    "a note that is gone": ("brought", "DELETE FROM brought WHERE player_id = 1"),
    "a count": ("holdings", "UPDATE holding SET held = held + 1 WHERE player_id = 1"),
    "a missing count": ("holdings", "DELETE FROM holding WHERE player_id = 1"),
    "a server seed": (
        "commitments",
        "UPDATE seed_pair SET server_seed = server_seed || '0' WHERE id = 1",
    ),
    "two active pairs": (
        "commitments",
        "DROP INDEX seed_pair_active; UPDATE seed_pair SET state = 'active' WHERE player_id = 1",
    ),
    "a ticket": ("rolls", "UPDATE roll SET ticket = (ticket + 1) % 1000000 WHERE id = 1"),
    "a client seed": ("rolls", "UPDATE seed_pair SET client_seed = 'mine' WHERE id = 1"),
    "a nonce": ("rolls", "UPDATE seed_pair SET nonce = nonce + 1 WHERE state = 'active'"),
    "a missing roll": ("rolls", "DELETE FROM roll WHERE nonce = 2"),
    "an award": ("awards", "UPDATE roll SET entry = entry + 1 WHERE id = 1"),
    "another item": (
        "awards",
        "UPDATE player_item SET item_id = (SELECT id FROM item WHERE slug = 'cap') WHERE id = 3",
    ),
    "another owner": ("awards", "UPDATE player_item SET player_id = 2 WHERE id = 3"),
    "other odds": (
        "awards",
        "UPDATE odds_table SET canonical = replace(canonical, '15000', '15001')",
    ),
    "a stock": ("stock", "UPDATE stock SET sold = sold - 1 WHERE sold > 0"),
    "a piece too many": ("stock", "UPDATE stock SET first = 0, sold = 0 WHERE sold = 1"),
    "a price": (
        "purchases",
        "UPDATE operation SET outcome = replace(outcome, '\"discount\":15', '\"discount\":16')",
    ),
    "a part of a price": (
        "purchases",
        "UPDATE player_item SET price_paid = price_paid + 1 WHERE acquisition = 'bundle'",
    ),
    "uses": ("conditions", "UPDATE player_item SET uses = 3 WHERE uses = 2"),
    "a gap in conditions": ("conditions", "UPDATE condition SET number = number + 1"),
    "a thing used up that is there": (
        "conditions",
        "UPDATE player_item SET uses = 0 WHERE uses = 2",
    ),
    "a missing default": (
        "defaults",
        "UPDATE player_item SET status = 'destroyed' WHERE acquisition = 'starter'",
    ),
    "an empty slot": (
        "defaults",
        "UPDATE player_item SET status = 'owned' WHERE category = 'tabs_style'",
    ),
    "a key used twice": (
        "keys",
        "DROP INDEX operation_key; UPDATE operation SET key = 'same' WHERE player_id = 1",
    ),
    "an operation without an outcome": (
        "keys",
        "UPDATE operation SET outcome = NULL WHERE kind = 'sell'",
    ),
    "a change without an operation": ("keys", "UPDATE move SET operation_id = 999"),
    "a name": ("names", "UPDATE player SET name = 'Ann' WHERE id = 1"),
    "a visit in a sale": (
        "visits",
        "INSERT INTO visit (operation_id, visitor_id, host_id)"
        " SELECT id, 1, 2 FROM operation WHERE kind = 'sell'",
    ),
    "what a condition of the table forbids": (
        "integrity",
        "PRAGMA ignore_check_constraints = ON; UPDATE player_item SET locked = 2 WHERE id = 1;"
        "PRAGMA ignore_check_constraints = OFF",
    ),
    "a message that is no text": (
        "texts",
        "UPDATE player_item SET source = CAST(x'ff' AS TEXT) WHERE id = 1",
    ),
    "numbers of the economy that are none": (
        "numbers",
        "UPDATE economy_numbers SET numbers = 'x'",
    ),
    "a seed pair exchanged for another": (
        "commitments",
        "UPDATE seed_pair SET server_seed = '"
        + "ab" * 32
        + "', server_seed_hash = '"
        + sha256(("ab" * 32).encode()).hexdigest()
        + "' WHERE player_id = 1 AND state = 'next'",
    ),
    "a pointer to nowhere": ("references", "UPDATE roll SET odds_table_id = 999 WHERE id = 1"),
}

PROPERTY_FORGERIES: dict[str, tuple[str, str]] = {
    "time settled twice": (
        "settlements",
        "UPDATE settlement SET since = since - 1 WHERE id = (SELECT max(id) FROM settlement)",
    ),
    "time that has yet to come": (
        "settlements",
        "UPDATE settlement SET until = until + 86400000 WHERE id = (SELECT max(id)"
        " FROM settlement)",
    ),
    "a full till that paid": (
        "absences",
        "UPDATE income SET period = period + 80 WHERE id = (SELECT max(id) FROM income)",
    ),
    "revenue": ("income", "UPDATE income SET revenue = revenue + 1 WHERE id = 3"),
    "revenue beyond its range": ("income", "UPDATE income SET revenue = 5000 WHERE id = 3"),
    "a cost": ("income", "UPDATE income SET cost = cost - 1 WHERE id = 3"),
    "a missing period": ("income", "DELETE FROM income WHERE id = 16"),
    "a period paid twice": (
        "income",
        "DROP INDEX income_of_period; UPDATE income SET period = period - 1 WHERE id = 2",
    ),
    "a period that was not over": (
        "income",
        "UPDATE income SET period = period + 9 WHERE id = (SELECT max(id) FROM income)",
    ),
    "income of a home": (
        "income",
        "UPDATE income SET player_item_id = (SELECT min(player_item_id) FROM upkeep) WHERE id = 1",
    ),
    "upkeep": ("upkeep", "UPDATE upkeep SET due = due + 1 WHERE id = 1"),
    "upkeep that was not paid": (
        "upkeep",
        "UPDATE upkeep SET state = 'due', ended_by = NULL WHERE id = 1",
    ),
    "an eviction that never was": ("upkeep", "UPDATE upkeep SET state = 'evicted' WHERE id = 1"),
    "a day charged twice": (
        "upkeep",
        "DROP INDEX upkeep_of_day; UPDATE upkeep SET day = day - 1 WHERE id = 2",
    ),
    "upkeep of a business": (
        "upkeep",
        "UPDATE upkeep SET player_item_id = (SELECT min(player_item_id) FROM income) WHERE id = 1",
    ),
}


SHOPPING = {"stock", "purchases", "conditions", "defaults"}
"""Checks of what the shop's pack has and the small pack has not."""


def busy_until(path: Path) -> int:
    """A world in which cases were opened, a pair was changed and something sold; its time."""
    with a_world(path, clock=FrozenClock(NOW)) as world:
        ana = a_player(world, "ana", oranges=100_000)
        a_player(world, "bob")
        opened(ana, "crate", 12)
        ana.fairness.rotate()
        opened(ana, "box", 3)
        ana.inventory.sell([1])
    return NOW


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[World]:
    """A copy of that world."""
    path = tmp_path / "world.db"
    with a_world(path, clock=lived_in(path, busy_until)) as world:
        yield world


def shopped_until(path: Path) -> int:
    """A world in which something was bought and used; its time."""
    with a_world(path, pack=SHOP_PACK) as world:
        ana = a_player(world, oranges=20_000)
        for slug in ("few", "both", "starter-kit", "box"):
            done(ana.shop.buy(slug), Purchase)
        box = done(ana.shop.buy("box"), Purchase).item_ids[0]
        done(ana.wardrobe.use(box), Use)
    return NOW


def owning_until(path: Path) -> int:
    """A world in which a business paid and a home was paid for, in two settlements; its time."""
    clock = FrozenClock(NOW)
    with a_world(path, pack=PROPERTY_PACK, clock=clock) as world:
        ana = a_player(world, oranges=20_000)
        for slug in ("stand", "tent"):
            done(ana.shop.buy(slug), Purchase)
        for _ in range(2):
            clock.advance(DAY)
            ana.catch_up()
    return clock.at


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, AuditAfter]]:
    """Forgeries of these worlds, by what has happened in them."""
    lives = {"opening": busy_until, "shopping": shopped_until, "owning": owning_until}
    with ExitStack() as stack:
        forged = {}
        for what, live in lives.items():
            path = tmp_path_factory.mktemp(what) / "world.db"
            lived_in(path, live)
            forged[what] = stack.enter_context(forgeries(path))
        yield forged


def only_of_files(check: str) -> None:
    """Skip what a server sees to by itself."""
    if builders.on_server and check in ("integrity", "texts"):
        pytest.skip("a server keeps no such world")


@pytest.mark.parametrize("forgery", FORGERIES)
def test_the_audit_names_the_check_that_a_forgery_breaks(
    forgery: str, audit_after: Mapping[str, AuditAfter]
) -> None:
    check, sql = FORGERIES[forgery]
    only_of_files(check)
    found = audit_after["shopping" if check in SHOPPING else "opening"](sql)
    assert not found[check].ok
    assert found[check].faults


@pytest.mark.parametrize("forgery", PROPERTY_FORGERIES)
def test_the_audit_names_what_is_forged_of_time(
    forgery: str, audit_after: Mapping[str, AuditAfter]
) -> None:
    check, sql = PROPERTY_FORGERIES[forgery]
    assert audit_after["owning"](sql)[check].faults


def test_a_world_that_was_forged_fails_its_audit(busy: World) -> None:
    forge(busy, "UPDATE account SET balance = balance + 1 WHERE player_id = 1")
    assert not busy.audit().ok


def test_a_dropped_or_changed_guard_is_named(busy: World) -> None:
    with closing(sqlite3.connect(busy.path)) as connection:
        connection.execute("DROP TRIGGER move_guard")
    (check,) = [check for check in busy.audit().checks if not check.ok]
    assert check.name == "guards"
    assert "move_guard" in check.faults[0]


def test_many_faults_are_counted_not_listed(busy: World) -> None:
    forge(busy, "UPDATE player_item SET acquired_at = acquired_at + 1")
    opened(busy.player("ana"), "crate", 40)  # type: ignore[arg-type]
    forge(busy, "UPDATE player_item SET acquired_at = acquired_at + 1")
    (check,) = [check for check in busy.audit().checks if check.name == "awards"]
    assert len(check.faults) == 21
    assert check.faults[-1] == "and 35 more"


UNREADABLE = {
    "odds that are no table": ("opening", "awards", "UPDATE odds_table SET canonical = '[]'"),
    "odds that are no JSON": ("opening", "awards", "UPDATE odds_table SET canonical = '{'"),
    "an item's broken details": (
        "owning", "catalogue", "UPDATE item SET details = '{' WHERE slug = 'stand'",
    ),
    "an outcome that is no JSON": (
        "opening", "operations", "UPDATE operation SET outcome = '{' WHERE kind = 'sell'",
    ),
    "an outcome that is a list": (
        "shopping", "operations", "UPDATE operation SET outcome = '[]' WHERE kind = 'buy'",
    ),
    "an outcome that tells nothing": (
        "shopping", "operations", "UPDATE operation SET outcome = '{}' WHERE kind = 'buy'",
    ),
    "a request that is no JSON": (
        "shopping", "operations", "UPDATE operation SET request = 'x' WHERE kind = 'buy'",
    ),
    "files of a pack that are none": ("opening", "packs", "UPDATE pack_layer SET files = '{'"),
    "a file of a pack that is a number": (
        "opening", "packs", """UPDATE pack_layer SET files = '{"a.toml": 7}'""",
    ),
    "numbers that are none": ("opening", "numbers", "UPDATE economy_numbers SET numbers = '[1]'"),
    "a number of another kind": (
        "opening", "numbers",
        "UPDATE economy_numbers"
        """ SET numbers = replace(numbers, '"workshop.inputs": 5', '"workshop.inputs": "x"')""",
    ),
    "a catalogue that is none": (
        "opening", "numbers",
        "UPDATE economy_numbers SET numbers = json_set(numbers, '$.catalogue', 7)",
    ),
    "an outcome that is no text": (
        "opening", "texts",
        "UPDATE operation SET outcome = CAST(x'7bff7d' AS TEXT) WHERE kind = 'sell'",
    ),
    "a name that is no text": (
        "opening", "texts", "UPDATE player SET name = CAST(x'61ff' AS TEXT) WHERE id = 1",
    ),
    "a seed that is no text": (
        "opening", "texts", "UPDATE seed_pair SET server_seed = CAST(x'ff' AS TEXT) WHERE id = 1",
    ),
    "an amount that no sum can hold": (
        "opening", "balances",
        f"UPDATE transfer SET amount = {2**63 - 1}, to_balance = {2**63 - 1} WHERE id IN (3, 4)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_named_and_all_else_is_still_compared(
    audit_after: Mapping[str, AuditAfter], what: str
) -> None:
    world, check, sql = UNREADABLE[what]
    only_of_files(check)
    found = audit_after[world](
        f"{sql};UPDATE account SET balance = balance + 1 WHERE player_id = 1;"
        "UPDATE player_item SET status = 'gifted' WHERE id = 1"
    )
    assert found[check].faults
    for other in ("balances", "histories"):
        assert found[other].faults, other
    assert "nor what follows it" not in str(found)


def test_a_flipped_bit_is_damage_or_named_or_says_nothing_that_follows(
    tmp_path: Path, trust: bool
) -> None:
    path = tmp_path / "world.db"
    lived_in(path, busy_until)
    sound, content = path.read_bytes(), _content(path)
    bits = Random("flips")
    for _ in range(100 if trust else 20):
        bit = bits.randrange(len(sound) * 8)
        flipped = bytearray(sound)
        flipped[bit // 8] ^= 1 << bit % 8
        path.write_bytes(flipped)
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as raw:
                engine = create_engine(
                    "sqlite://", creator=lambda raw=raw: raw, poolclass=StaticPool
                )
                with engine.connect() as connection:
                    seen = nullcontext(compiling_once(connection))
                    store: Any = SimpleNamespace(select=lambda seen=seen: seen)
                    named = not audit(store).ok
        except (sqlite3.DatabaseError, DBAPIError):
            continue
        try:
            changed = _content(path) ^ content
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            # The driver can't even read the error about a schema whose text is no UTF-8.
            assert named, bit
            continue
        assert named or not {where for where, *_ in changed} - WORDS, (bit, changed)


WORDS = {
    ("item", "description"),
    ("notification", "message"),
    ("operation", "key"),
    ("operation", "outcome"),
    ("operation", "request"),
    ("player_item", "source"),
}
"""Texts that say more than what follows from anything else; see `engine.audit`."""


def _content(path: Path) -> set[tuple[tuple[str, str], int, str]]:
    """Every value of a file, by its table and column and by its row."""
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = lambda text: text.decode(errors="replace")
        return {
            ((table, column), row, repr(value))
            for (table,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            ).fetchall()
            for _, column, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall()
            for row, value in connection.execute(f"SELECT rowid, {column} FROM {table} NOT INDEXED")
        }
