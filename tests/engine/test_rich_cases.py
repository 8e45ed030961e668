"""Cases with several pools, entries that give nothing, counts, and a guarantee."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from inventui.engine.cases.models import MissCount
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.withdrawals.signature import verify_certificate
from inventui.engine.world import PlayerHandle, World
from inventui.rules.cases.proof import verify_proof
from inventui.rules.withdrawals.certificate import CertificateAnswer
from tests.builders import PACKS, a_player, a_world, audited, done, opened


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with closing(a_world(tmp_path / "world.db", pack=PACKS / "rich.toml")) as world:
        yield world


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana", oranges=1_000_000)


def rolls_of(player: PlayerHandle) -> list[tuple[int, int, str | None]]:
    """Draw, since and promised case of each roll, in their order."""
    with player.world.store.select() as connection:
        found = connection.exec_driver_sql(
            "SELECT draw, since, promised_case FROM roll ORDER BY id"
        )
        return [(row[0], row[1], row[2]) for row in found]


def proof_of(player: PlayerHandle, folder: Path) -> dict[str, object]:
    """The proof of everything so far, its pair retired."""
    player.fairness.rotate()
    file = folder / f"proof-{len(list(folder.iterdir()))}.json"
    player.fairness.export(file)
    read: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
    return read


def test_an_opening_rolls_in_each_pool_as_often_as_it_says(world: World, ana: PlayerHandle) -> None:
    opening = opened(ana, "chest", 40)
    assert opening.paid == 4_000
    assert [roll.nonce for roll in opening.rolls] == list(range(120))
    names = [roll.entry for roll in opening.rolls]
    assert {names[n] for n in range(120) if n % 3 < 2} == {"Pip", "Pip ×3", "Nothing"}
    assert {names[n] for n in range(2, 120, 3)} == {"Pip", "Crown"}
    assert rolls_of(ana)[:4] == [(0, 0, None), (1, 0, None), (2, 0, None), (0, 0, None)]
    audited(world)


def test_what_gives_nothing_gives_no_thing_and_is_worth_nothing(
    world: World, ana: PlayerHandle
) -> None:
    (roll,) = opened(ana, "void").rolls
    assert (roll.entry, roll.value, roll.item_id) == ("Nothing", 0, None)
    assert ana.inventory.statistics().total_items == 0
    assert ana.card().oranges == 1_000_000 - 5
    audited(world)


def test_several_at_once_are_one_thing_of_as_many_times_the_value(ana: PlayerHandle) -> None:
    three = [roll for roll in opened(ana, "chest", 40).rolls if roll.entry == "Pip ×3"]
    assert {roll.value for roll in three} == {30}
    assert len({roll.item_id for roll in three}) == len(three)


def test_misses_in_a_row_are_never_more_than_is_promised_over_openings_of_any_size(
    world: World, ana: PlayerHandle
) -> None:
    entries = []
    for count in (1, 3, 20, 1, 15, 40):
        entries += [roll.entry for roll in opened(ana, "banner", count).rolls]
        opened(ana, "chest")
    assert entries.count("Crown") >= 80 // 10
    assert max(map(len, "".join("x" if e == "Pip" else " " for e in entries).split())) <= 9
    since = [line[1] for line in rolls_of(ana) if line[2] == "banner"]
    due = 0
    for entry, said in zip(entries, since, strict=True):
        assert said == due
        due = 0 if entry == "Crown" else due + 1
    audited(world)


def test_a_new_seed_pair_begins_to_count_anew(ana: PlayerHandle) -> None:
    opened(ana, "banner", 4)
    ana.fairness.rotate()
    opened(ana, "banner", 2)
    assert [line[1] for line in rolls_of(ana)][-2:] in ([0, 1], [0, 0])


def test_misses_are_counted_by_case_for_the_active_pair_and_lost_with_it(
    ana: PlayerHandle,
) -> None:
    assert ana.cases.misses() == ()
    opened(ana, "chest", 3)
    since = 0
    while not since:
        entries = [roll.entry for roll in opened(ana, "banner", 3).rolls]
        since = entries[::-1].index("Crown") if "Crown" in entries else 3
    assert ana.cases.misses() == (MissCount("banner", "Banner", since),)
    bob = a_player(ana.world, "bob", oranges=1_000)
    assert bob.cases.misses() == ()
    ana.fairness.rotate()
    assert ana.cases.misses() == ()


def test_a_repeat_tells_the_same_rolls(ana: PlayerHandle) -> None:
    first = ana.cases.open("chest", 5, "again")
    second = ana.cases.open("chest", 5, "again")
    assert first.rolls == second.rolls  # type: ignore[union-attr]


def test_a_proof_of_rich_cases_verifies_and_no_count_in_it_can_be_altered(
    ana: PlayerHandle, tmp_path: Path
) -> None:
    folder = tmp_path / "proofs"
    folder.mkdir()
    opened(ana, "chest", 2)
    opened(ana, "banner", 12)
    opened(ana, "void")
    assert ana.fairness.verify().ok
    proof = proof_of(ana, folder)
    found = verify_proof(proof)
    assert found.ok, found.faults
    assert found.rolls == 19
    rolls = proof["pairs"][0]["rolls"]  # type: ignore[index]
    for roll in rolls:
        for name in ("draw", "since"):
            kept = roll.get(name)
            for other in (0, 1, 2, 5, 9, 10, -1, None, True, "1"):
                if other == kept and type(other) is type(kept):
                    continue
                roll[name] = other
                assert not verify_proof(proof).ok, (roll, name, other)
            if kept is None:
                del roll[name]
            else:
                del roll[name]
                assert not verify_proof(proof).ok
                roll[name] = kept
    assert verify_proof(proof).ok


def test_a_proof_that_leaves_rolls_out_can_not_choose_counts_from_what_it_holds(
    ana: PlayerHandle, tmp_path: Path
) -> None:
    folder = tmp_path / "proofs"
    folder.mkdir()
    opened(ana, "banner", 12)
    proof = proof_of(ana, folder)
    rolls = proof["pairs"][0]["rolls"]  # type: ignore[index]
    del rolls[3]
    assert verify_proof(proof).ok
    rolls[4]["since"] = rolls[4]["since"] + 1 if rolls[4]["since"] < 9 else 0
    assert not verify_proof(proof).ok


def test_a_withdrawn_win_of_a_guarantee_has_a_certificate_that_proves_it(
    ana: PlayerHandle, tmp_path: Path
) -> None:
    rolls = opened(ana, "banner", 30).rolls
    crown = next(roll.item_id for roll in rolls if roll.entry == "Crown")
    assert crown is not None
    done(ana.withdrawals.withdraw(crown, "By hand"), Withdrawn)
    (delivery,) = ana.withdrawals.deliver(tmp_path / "documents")
    document = json.loads(Path(delivery.path).read_text(encoding="utf-8"))
    assert "since" in document["proof"]["pairs"][0]["rolls"][0]
    assert verify_certificate(document).answer is CertificateAnswer.PROVED
