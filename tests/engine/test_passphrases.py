"""Passphrases: hashed by the library, wrong ones counted, never told."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from argon2 import DEFAULT_MEMORY_COST, DEFAULT_TIME_COST, PasswordHasher, extract_parameters

from inventui.db.migrations import layout_7
from inventui.engine.players import passphrases
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import HOUR, MINUTE, FrozenClock
from inventui.rules.core.refusal import Reason
from inventui.rules.people.passphrases import NONE_ASKED, PATIENCE, wait_after
from tests.builders import NOW, a_player, a_world, audited, contents, in_a_file, refused

SECRET = "lemon tree, very pretty"


@pytest.fixture
def cheap_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes cost as little as they can: what they cost is tested by itself."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passphrases, "_hasher", lambda: hasher)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def world(tmp_path: Path, clock: FrozenClock, cheap_hashing: None) -> Iterator[World]:
    with a_world(tmp_path / "world.db", clock=clock) as world:
        ana = a_player(world, "ana")
        a_player(world, "bob")
        assert world.passphrases.change(ana.id, SECRET) is None
        yield world


def test_a_player_with_a_passphrase_is_played_by_who_says_it(world: World) -> None:
    refused(world.player("ana"), Reason.PASSPHRASE_NEEDED)
    refused(world.player("ana", "lemon"), Reason.PASSPHRASE_WRONG)
    assert isinstance(world.player("ana", SECRET), PlayerHandle)
    assert isinstance(world.player("bob"), PlayerHandle)


def test_it_is_kept_as_an_argon2_hash_alone(world: World) -> None:
    (row,) = contents(world)["passphrase"]
    assert str(row[1]).startswith("$argon2id$")
    in_a_file()
    everything = Path(world.path).read_bytes()
    everything += Path(f"{world.path}-wal").read_bytes()
    assert SECRET.encode() not in everything
    audited(world)


def test_after_five_wrong_ones_even_the_right_one_waits(world: World, clock: FrozenClock) -> None:
    for _ in range(PATIENCE):
        refused(world.player("ana", "wrong"), Reason.PASSPHRASE_WRONG)
    before = contents(world)
    refusal = refused(world.player("ana", SECRET), Reason.TOO_SOON)
    assert refusal.figures["wait_seconds"] == 60
    assert contents(world) == before
    clock.advance(-HOUR)
    refused(world.player("ana", SECRET), Reason.TOO_SOON)
    # That the clock was set back is noticed by whoever writes first, and that is all.
    after = contents(world)
    noticed = after["operation"].pop()
    assert after == before
    assert "clock" in noticed
    clock.advance(HOUR + MINUTE)
    assert isinstance(world.player("ana", SECRET), PlayerHandle)
    refused(world.player("ana", "wrong"), Reason.PASSPHRASE_WRONG)


def test_a_clock_that_is_set_ahead_ends_no_wait(world: World, clock: FrozenClock) -> None:
    for _ in range(PATIENCE):
        refused(world.player("ana", "wrong"), Reason.PASSPHRASE_WRONG)
    for ahead in (MINUTE, 8 * HOUR, 3650 * 24 * HOUR):
        clock.at = NOW + ahead
        refusal = refused(world.player("ana", SECRET), Reason.TOO_SOON)
        assert refusal.figures["wait_seconds"] == 60
    clock.at = NOW
    clock.advance(MINUTE - 1)
    refused(world.player("ana", SECRET), Reason.TOO_SOON)
    clock.advance(1)
    assert isinstance(world.player("ana", SECRET), PlayerHandle)


def test_after_a_new_start_of_the_machine_one_waits_from_the_start_at_most(
    world: World, clock: FrozenClock
) -> None:
    clock.advance(10 * HOUR)
    for _ in range(PATIENCE):
        refused(world.player("ana", "wrong"), Reason.PASSPHRASE_WRONG)
    clock.up = MINUTE - 1
    refused(world.player("ana", SECRET), Reason.TOO_SOON)
    clock.up = MINUTE
    assert isinstance(world.player("ana", SECRET), PlayerHandle)


def test_each_further_wrong_one_doubles_the_wait_up_to_an_hour() -> None:
    assert [wait_after(n) // MINUTE for n in (0, 4, 5, 6, 7, 10, 11, 10**6)] == [
        0, 0, 1, 2, 4, 32, 60, 60,
    ]  # fmt: skip


def test_it_is_changed_and_taken_away(world: World) -> None:
    ana = world.player("ana", SECRET)
    assert isinstance(ana, PlayerHandle)
    assert world.passphrases.change(ana.id, "another one") is None
    refused(world.player("ana", SECRET), Reason.PASSPHRASE_WRONG)
    assert world.passphrases.change(ana.id, "") is None
    assert isinstance(world.player("ana"), PlayerHandle)
    assert not world.passphrases.asked(ana.id)


def test_a_passphrase_that_was_taken_away_is_kept_as_a_hash_that_the_library_knows() -> None:
    assert PasswordHasher().verify(NONE_ASKED, "")
    assert NONE_ASKED == layout_7.NONE_ASKED


@pytest.mark.parametrize(
    "kept", ["", " ", "lemon tree", "$argon2id$", "$argon2id$v=19$m=8,t=1,p=1$bm8$", SECRET]
)
@pytest.mark.parametrize("said", [None, "", SECRET, "lemon tree"])
def test_what_is_no_hash_lets_nobody_in(kept: str, said: str | None, world: World) -> None:
    with closing(sqlite3.connect(world.path)) as other:
        for guard in ("passphrase_guard", "passphrase_no_update"):
            other.execute(f"DROP TRIGGER {guard}")
        other.execute("UPDATE passphrase SET hash = ?", (kept,))
        other.commit()
    before = contents(world)
    reason = Reason.PASSPHRASE_NEEDED if said is None else Reason.PASSPHRASE_WRONG
    refused(world.player("ana", said), reason)
    assert contents(world) == before
    assert world.passphrases.asked(1)


@pytest.mark.parametrize("bad", ["abc", "x" * 201, "tab\tbed", "\x1b[31mred"])
def test_what_can_t_be_a_passphrase_is_refused(bad: str, world: World) -> None:
    before = contents(world)
    refused(world.passphrases.change(2, bad), Reason.INVALID_PASSPHRASE)
    assert contents(world) == before


def test_a_hash_costs_what_the_library_recommends(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db") as world:
        ana = a_player(world, "ana")
        assert world.passphrases.change(ana.id, SECRET) is None
        (row,) = contents(world)["passphrase"]
        assert isinstance(world.player("ana", SECRET), PlayerHandle)
    costs = extract_parameters(str(row[1]))
    assert (costs.time_cost, costs.memory_cost) == (DEFAULT_TIME_COST, DEFAULT_MEMORY_COST)
