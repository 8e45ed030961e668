"""What random lives among friends stand on: a world, its oracle, and what must be alike in both."""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

from hypothesis.stateful import RuleBasedStateMachine, invariant

from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.history.models import ItemHistory
from inventui.engine.withdrawals.signature import verify_certificate
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.refusal import Refusal
from inventui.rules.withdrawals.certificate import CertificateAnswer
from tests.builders import (
    NOW,
    PEOPLE_PACK,
    a_player,
    a_world,
    audited,
    connect,
    contents,
    done,
    put_copy,
)
from tests.oracle import Pair
from tests.oracle_items import Person, Thing
from tests.oracle_kinds import DEFAULT
from tests.oracle_people import Gift, PeopleOracle, Withdrawal

NAMES = ("ana", "bob", "cy")


@cache
def template(pack: Path) -> Path:
    """An empty world of a pack, made once a process."""
    path = Path(mkdtemp(prefix="inventui-people-")) / "people.db"
    a_world(path, clock=FrozenClock(NOW), pack=pack).close()
    return path


@contextmanager
def no_room_for_json() -> Iterator[None]:
    """The disk is full once the card is written."""
    replace = os.replace

    def full(source: Path, target: Path) -> None:
        if target.suffix == ".json":
            raise OSError(28, "No space left on device")
        replace(source, target)

    with patch("inventui.engine.core.files.os.replace", full):
        yield


def told_by(document: dict[str, Any]) -> dict[str, Any]:
    """What a certificate says, as the oracle says it."""
    item, roll, proof = document["item"], document["roll"], document["proof"]
    return {
        **{name: document[name] for name in ("withdrawal", "player", "details", "withdrawn_at")},
        "item": tuple(item[name] for name in ("id", "slug", "name", "value")),
        "origin": tuple(document["origin"].values()),
        "provenance": [tuple(step.values()) for step in document["provenance"]],
        "roll": None if roll is None else (roll["client_seed"], roll["nonce"]),
        "proof": None if proof is None else proof["pairs"][0]["server_seed"],
    }


class PeopleWorld(RuleBasedStateMachine):
    """After every step the world's file is what the oracle says."""

    pack = PEOPLE_PACK
    oracle: PeopleOracle

    def new_oracle(self) -> PeopleOracle:
        """The oracle of an empty world."""
        return PeopleOracle()

    def prepare(self) -> None:
        """A new world with three strangers, and two programs on it."""
        self.folder = TemporaryDirectory()
        self.documents = Path(self.folder.name) / "documents"
        self.clock = FrozenClock(NOW)
        self.path = Path(self.folder.name) / "world.db"
        put_copy(template(self.pack), self.path)
        self.keys = self.starts = 0
        self.oracle = self.new_oracle()
        self.oracle.now = self.clock.at
        self.worlds = [self.open_world(), self.open_world()]
        self.file = connect(self.path)
        for name in NAMES:
            a_player(self.worlds[0], name)
            self.oracle.people[name] = Person(self.clock.at, self.pair(name))
            starter = Thing(name, DEFAULT, "starter", "the start")
            number = self.oracle.arrive(starter)
            starter.step("equip", self.clock.at)
            assert self.rows("SELECT max(id) FROM player_item") == [(number,)]
        self.certificates: dict[str, dict[str, Any]] = {}
        self.read = dict.fromkeys(NAMES, 0)

    def teardown(self) -> None:
        if hasattr(self, "worlds"):
            for name in NAMES:
                self.look(name)
                if self.handle(name).fairness.show().active.nonce:
                    assert self.handle(name).fairness.verify().ok
            self.whole_files()
            audited(self.worlds[0])
            self.file.close()
            for world in self.worlds:
                world.close()
            self.folder.cleanup()

    def open_world(self) -> World:
        self.starts += 1
        secrets = SeededEntropy(f"people {self.starts}")
        return a_world(self.path, clock=self.clock, pack=self.pack, entropy=secrets)

    def handle(self, name: str) -> PlayerHandle:
        """A player in the program whose turn it is."""
        return done(self.worlds[0].player(name), PlayerHandle)

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self.file.execute(sql, values).fetchall()

    def pair(self, name: str) -> Pair:
        """The oracle is told the secret, as only the world knows it."""
        ((server, client, nonce),) = self.rows(
            "SELECT server_seed, client_seed, nonce FROM seed_pair WHERE state = 'active'"
            " AND player_id = (SELECT id FROM player WHERE name = ?)",
            name,
        )
        return Pair(server, client, nonce)

    def step(
        self, name: str, act: Callable[[PlayerHandle, str], Any], due: Callable[[], str | None]
    ) -> Any:
        """Do it, let the oracle do it; asked again of the other program, nothing changes."""
        self.keys += 1
        key = f"k{self.keys}"
        result = act(self.handle(name), key)
        reason = due()
        assert (result.reason if isinstance(result, Refusal) else None) == reason, result
        if reason is None:
            self.oracle.acts.append(name)
        balance, person = getattr(result, "balance", None), self.oracle.people[name]
        if balance is not None:
            assert (balance.oranges, balance.gems) == (person.oranges, person.gems)
        self.worlds.reverse()
        if self.keys % 3 == 0:
            before = contents(self.path)
            second = act(self.handle(name), key)
            assert contents(self.path) == before
            if reason is not None:
                assert second.reason == reason
            else:
                assert (second.repeat, second.operation) == (True, result.operation)
        return result

    def delivered(self, path: Path, withdrawal: Withdrawal) -> None:
        """A certificate says what the oracle says, and proves it."""
        document = json.loads(path.read_text("utf-8"))
        assert told_by(document) == self.oracle.certificate(withdrawal)
        verified = verify_certificate(document)
        # A roll whose seed is still an earlier owner's secret is not proved.
        secret = document["roll"] is not None and document["proof"] is None
        answer = CertificateAnswer.PROVED if document["proof"] else CertificateAnswer.SIGNED
        assert verified.answer is (CertificateAnswer.FALSE if secret else answer), verified.faults
        withdrawal.delivered = True
        self.certificates[str(path)] = document

    def whole_files(self) -> None:
        """What was delivered lies there as it was written, and no file is half there."""
        files = set(self.documents.iterdir()) if self.documents.exists() else set()
        for name, document in self.certificates.items():
            path = Path(name)
            assert json.loads(path.read_text("utf-8")) == document
            files -= {path}
        # A card may be there without its document, where only that could not be written.
        assert {path.suffix for path in files} <= {".svg"}
        assert len(files) >= len(self.certificates)
        for path in files:
            assert ElementTree.fromstring(path.read_text("utf-8")).tag.endswith("svg")

    def look(self, name: str) -> None:
        """What a player can see is what the oracle says."""
        handle, oracle = self.handle(name), self.oracle
        sums = handle.gifts.statistics()
        assert tuple(getattr(sums, field) for field in sums.__slots__) == oracle.sums(name)
        assert {line.name: str(line.bond) for line in handle.friends.list()} == {
            other: oracle.bond(name, other) for other in NAMES if other != name
        }
        for sent in (True, False):
            assert [
                (g.other, g.item_id, g.oranges, g.gems, g.message, g.at)
                for g in handle.gifts.page(sent=sent, limit=1_000).gifts
            ] == [
                (
                    *((g.receiver, g.given) if sent else (g.giver, g.received)),
                    *(g.oranges, g.gems, g.message, g.at),
                )
                for g in reversed(oracle.gifts)
                if name == (g.giver if sent else g.receiver)
            ]
        told = handle.notifications.page(limit=1_000).notifications
        assert [(n.kind, str(n.tone), n.message, n.place, n.item_id, n.at) for n in told] == list(
            reversed(oracle.people[name].told)
        )
        unread = {*range(self.read[name], len(told))} - oracle.marked.get(name, set())
        assert handle.notifications.unread() == len(unread)
        assert handle.notifications.seen(n.id for n in told) == len(unread)
        self.read[name] = oracle.seen[name] = len(told)
        assert [
            (w.id, w.item_id, w.details, str(w.state), w.path in self.certificates)
            for w in reversed(handle.withdrawals.list())
        ] == [
            (n, w.player_item, w.details, "delivered" if w.delivered else "pending", w.delivered)
            for n, w in enumerate(oracle.withdrawals, 1)
            if w.who == name
        ]
        for number, known in oracle.player_items.items():
            if known.owner == name and known.origin is not None:
                history = done(handle.history.of(number), ItemHistory)
                assert [(e.item_id, e.player, str(e.event), e.at) for e in history.events] == [
                    (row, oracle.player_items[row].owner, event, at)
                    for row in oracle.chain(number)
                    for event, _, _, at in oracle.player_items[row].steps
                ]

    @invariant()
    def the_file_is_what_the_oracle_says(self) -> None:
        if not hasattr(self, "worlds"):
            return
        oracle = self.oracle
        assert self.rows(
            "SELECT n.name, a.currency, a.balance FROM account a JOIN player n"
            " ON n.id = a.player_id ORDER BY n.name, a.currency"
        ) == [
            (name, currency, getattr(person, currency))
            for name, person in oracle.people.items()
            for currency in ("experience", "gems", "oranges")
        ]
        assert self.rows(
            "SELECT p.id, n.name, i.slug, p.acquisition, p.source, p.price_paid, p.origin_id,"
            " p.status, p.locked, p.durability, CASE p.status WHEN 'escrowed' THEN p.held_until END"
            " FROM player_item p JOIN player n ON n.id = p.player_id JOIN item i"
            " ON i.id = p.item_id ORDER BY p.id"
        ) == [
            (
                *(n, t.owner, t.item, t.how, t.source, t.paid, t.origin, t.status),
                *(t.locked, t.durability, t.until if t.status == "escrowed" else None),
            )
            for n, t in oracle.player_items.items()
        ]
        assert self.rows(
            "SELECT m.player_item_id, m.event, m.from_status, m.to_status, o.at FROM move m"
            " JOIN operation o ON o.id = m.operation_id ORDER BY m.player_item_id, m.version"
        ) == [(n, *step) for n, t in oracle.player_items.items() for step in t.steps]
        assert [
            Gift(*line)
            for line in self.rows(
                "SELECT a.name, b.name, g.at, g.given_id, g.received_id, g.oranges, g.gems,"
                " g.message FROM gift g JOIN player a ON a.id = g.giver_id"
                " JOIN player b ON b.id = g.receiver_id ORDER BY g.id"
            )
        ] == oracle.gifts
        assert self.rows(
            "SELECT t.name, n.kind, n.tone, n.message, n.place, n.player_item_id, n.at"
            " FROM notification n JOIN player t ON t.id = n.player_id ORDER BY t.name, n.id"
        ) == [(name, *told) for name, person in oracle.people.items() for told in person.told]
