"""The workshop: what stays of a fusion: lists, stories, what waits to be shown, and proof."""

import copy
import json
from pathlib import Path
from typing import Any

from inventui.engine.models import (
    ItemHistory,
    ProofExport,
)
from inventui.engine.world import PlayerHandle
from inventui.rules.enums import Event, Rarity
from inventui.rules.feed import Topic
from inventui.rules.proof import verify_proof
from tests.builders import (
    done,
    opened,
)
from tests.engine.workshop import fused, granted, won


def test_past_fusions_are_listed_the_newest_first_page_by_page(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    made = [fused(ana, granted(ana, "straw")) for _ in range(3)]
    fused(bob, granted(bob, "straw"))
    lines = ana.workshop.past(limit=2)
    assert [line.item_id for line in lines] == [f.roll.item_id for f in made[:0:-1]]
    (last,) = ana.workshop.past(before=lines[-1].id)
    assert (last.item_id, last.names, last.fee) == (made[0].roll.item_id, made[0].names, 50)
    assert (last.rarity, last.result, last.entry) == (
        Rarity.COMMON,
        Rarity.UNCOMMON,
        "Market Stamp",
    )
    assert ana.workshop.past(before=0) == ()


def test_a_fusion_waits_to_be_revealed_until_it_was_shown(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    first = fused(ana, granted(ana, "straw"))
    opening = opened(ana)
    second = fused(ana, granted(ana, "straw"))
    fused(bob, granted(bob, "straw"))
    assert ana.workshop.pending() == (first, second)
    assert [o.operation for o in ana.cases.pending()] == [opening.operation]
    ana.workshop.revealed(first.operation)
    assert ana.workshop.pending() == (second,)
    ana.cases.revealed(opening.operation)
    ana.workshop.revealed(second.operation)
    assert ana.workshop.pending() == () == ana.cases.pending()


def test_the_history_of_what_was_made_says_of_what_and_with_which_roll(
    ana: PlayerHandle,
) -> None:
    things = granted(ana, "straw")
    got = fused(ana, things)
    history = done(ana.history.of(got.roll.item_id), ItemHistory)
    assert [(event.event, event.kind) for event in history.events] == [(Event.ACQUIRE, "fuse")]
    origin = history.origin
    assert (origin["acquisition"], origin["source"]) == ("workshop", "Bent Straw ×5")
    assert origin["roll"]["ticket"] == got.roll.ticket  # type: ignore[index]
    went = done(ana.history.of(things[0]), ItemHistory)
    assert [event.event for event in went.events] == [Event.ACQUIRE, Event.FUSE]


def test_the_feed_names_what_went_in_and_shows_what_came_out_alone(ana: PlayerHandle) -> None:
    got = fused(ana, granted(ana, "straw"))
    for topic in (Topic.WORKSHOP, Topic.MONEY, Topic.THINGS):
        line = ana.feed.page(topic).lines[0]
        assert line.words == "You fused Bent Straw ×5 into"
        assert [thing.item_id for thing in line.things] == [got.roll.item_id]
        assert (line.oranges, line.experience, line.more) == (-50, 5, False)


# Proof


def a_proof(ana: PlayerHandle, path: Path) -> Any:
    """A proof with an opening and fusions of one and of several cases."""
    mixed = won(ana, "Market Stamp", 3) + won(ana, "Market Stamp", 2, "box")
    fused(ana, mixed)
    fused(ana, granted(ana, "straw"))
    ana.fairness.rotate()
    done(ana.fairness.export(path), ProofExport)
    return json.loads(path.read_text("utf-8"))


def test_rolls_of_the_workshop_verify_and_a_proof_of_them_stands_alone(
    tmp_path: Path, ana: PlayerHandle
) -> None:
    proof = a_proof(ana, tmp_path / "proof.json")
    assert ana.fairness.verify().ok
    found = verify_proof(proof)
    assert (found.ok, found.rolls) == (True, ana.fairness.verify().rolls)
    tables = {table["case"] for table in proof["odds_tables"].values()}
    assert tables == {"crate", "box", "workshop:uncommon", "workshop:common"}


def test_every_field_of_a_fusions_proof_that_is_altered_is_noticed(
    tmp_path: Path, ana: PlayerHandle
) -> None:
    proof = a_proof(ana, tmp_path / "proof.json")
    tables = proof["odds_tables"]
    rolls = proof["pairs"][0]["rolls"]
    made = [
        index
        for index, roll in enumerate(rolls)
        if tables[roll["odds_hash"]]["case"].startswith("workshop:")
    ]
    assert len(made) == 2
    others: dict[str, object] = {
        "nonce": 9_999,
        "ticket": 1,
        "odds_hash": rolls[0]["odds_hash"],
        "entry": "Elsewhere",
        "value": 7,
        "rarity": "legendary",
        "item": "squeezer",
    }
    for index in made:
        assert set(rolls[index]) == set(others)
        for name, other in others.items():
            forged = copy.deepcopy(proof)
            forged["pairs"][0]["rolls"][index][name] = other
            assert not verify_proof(forged).ok, name
            del forged["pairs"][0]["rolls"][index][name]
            assert not verify_proof(forged).ok, name
        hash_ = rolls[index]["odds_hash"]
        for field, other in (("price", 51), ("case", "workshop:rare"), ("version", 2)):
            forged = copy.deepcopy(proof)
            assert forged["odds_tables"][hash_][field] != other
            forged["odds_tables"][hash_][field] = other
            assert not verify_proof(forged).ok, field
        for number, entry in enumerate(tables[hash_]["entries"]):
            for field, old in entry.items():
                forged = copy.deepcopy(proof)
                changed = old + 1 if isinstance(old, int) else f"{old}x"
                forged["odds_tables"][hash_]["entries"][number][field] = changed
                assert not verify_proof(forged).ok, field
        for field in ("server_seed", "server_seed_hash", "client_seed"):
            forged = copy.deepcopy(proof)
            forged["pairs"][0][field] = f"{forged['pairs'][0][field][:-1]}~"
            assert not verify_proof(forged).ok, field
