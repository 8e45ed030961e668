"""Programs that die in the middle of a gift or of a withdrawal, and the next start."""

import json
import random
import signal
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from inventui.engine.people.models import FriendChange
from inventui.engine.withdrawals.signature import verify_certificate
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.people.friends import FriendEvent
from inventui.rules.withdrawals.withdrawals import WithdrawalState
from tests.builders import NOW, PEOPLE_PACK, a_player, a_world, audited, done, opened
from tests.engine.killed_programs import give_until, started, withdraw_until
from tests.engine.streets import rows

KILLS = 20


def open_again(path: Path) -> World:
    return a_world(path, clock=FrozenClock(NOW), pack=PEOPLE_PACK)


def killed(
    victim: Callable[[Path, Path, str, int], None], path: Path, number: int, steps: int
) -> dict[str, int]:
    """What a program acknowledged, by key, before it died at its so many-th step."""
    log = path.with_name(f"log{number}")
    process = started(victim, path, log, f"{number}-", steps)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    lines = log.read_text().split("\n")[:-1]
    return {line.split()[0]: int(line.split()[1]) for line in lines}


def kept(world: World, kind: str) -> dict[str, int]:
    """The operations of a kind, by key."""
    return dict(rows(world, "SELECT key, id FROM operation WHERE kind = ?", kind))


@pytest.mark.trust
def test_after_each_of_20_kills_a_gift_is_whole_or_not_there(tmp_path: Path) -> None:
    path, chance = tmp_path / "world.db", random.Random(20261121)
    with open_again(path) as world:
        ana, bob = (a_player(world, name, oranges=50_000) for name in ("ana", "bob"))
        world.grant("ana", item="crown", gems=5_000)
        world.grant("bob", gems=5_000)
        done(ana.friends.change("bob", FriendEvent.REQUEST), FriendChange)
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    acknowledged: dict[str, int] = {}
    unheard = 0
    for number in range(KILLS):
        acknowledged |= killed(give_until, path, number, chance.randint(1, 250))
        with open_again(path) as world:
            audited(world)
            gifts = kept(world, "gift")
            assert acknowledged.items() <= gifts.items()
            # Of each program at most the gift under way was kept and not heard of.
            assert len(gifts) - len(acknowledged) - unheard in (0, 1)
            unheard = len(gifts) - len(acknowledged)
            told = rows(world, "SELECT operation_id FROM notification WHERE kind = 'gift'")
            lines = rows(world, "SELECT operation_id FROM gift")
            assert sorted(told) == sorted(lines) == sorted((n,) for n in gifts.values())
            alive = "SELECT count(*) FROM player_item p JOIN item i ON i.id = p.item_id"
            assert rows(world, f"{alive} WHERE i.slug = 'crown' AND p.status = 'owned'") == [(1,)]
    player_items = [gift for gift in acknowledged if not gift.endswith("m")]
    assert len(player_items) > KILLS // 2
    assert len(acknowledged) > 2 * KILLS


@pytest.mark.trust
def test_after_each_of_20_kills_no_certificate_is_half_there_and_the_next_start_writes_it(
    tmp_path: Path,
) -> None:
    path, chance = tmp_path / "world.db", random.Random(20261122)
    documents = tmp_path / "documents"
    with open_again(path) as world:
        ana = a_player(world, "ana", oranges=50_000)
        opened(ana, "vault", 100)
        opened(ana, "vault", 100)
    acknowledged: dict[str, int] = {}
    owed = written_but_owed = 0
    for number in range(KILLS):
        acknowledged |= killed(withdraw_until, path, number, chance.randint(1, 70))
        with open_again(path) as world:
            audited(world)
            assert acknowledged.items() <= kept(world, "withdraw").items()
            ana = done(world.player("ana"), PlayerHandle)
            there = whole_files(documents)
            pending = {w.id for w in ana.withdrawals.list() if w.state is WithdrawalState.PENDING}
            # One program owes one certificate at most: it is written before the next thing leaves.
            assert len(pending) <= 1
            owed += len(pending)
            written_but_owed += len(pending & there)
            delivered = ana.withdrawals.deliver(documents)
            assert [(d.withdrawal, d.trouble) for d in delivered] == [(n, "") for n in pending]
            assert whole_files(documents) == {w.id for w in ana.withdrawals.list()}
            assert not ana.withdrawals.pending()
            audited(world)
    assert owed > KILLS // 4
    assert written_but_owed
    visible = [file for file in documents.iterdir() if not file.name.startswith(".")]
    assert len(visible) == 2 * len(whole_files(documents))


def whole_files(documents: Path) -> set[int]:
    """Numbers of the withdrawals whose certificate is there; what is half written is hidden."""
    numbers = set()
    for file in documents.iterdir() if documents.exists() else ():
        if file.suffix == ".json":
            document = json.loads(file.read_text("utf-8"))
            verified = verify_certificate(document)
            assert verified.ok, verified.faults
            assert file.with_suffix(".svg").exists()
            numbers.add(document["withdrawal"])
        elif file.suffix == ".svg":
            assert ElementTree.fromstring(file.read_text("utf-8")).tag.endswith("svg")
        else:
            assert file.name.startswith(".")
            assert file.suffix == ".partial"
    return numbers
