"""The workshop: what stays of a fusion: lists, stories, what waits to be shown, and proof."""

import copy
import json
from pathlib import Path
from typing import Any

from inventui.engine.core.models import CaseDetail
from inventui.engine.fairness.models import ProofExport
from inventui.engine.history.models import ItemHistory
from inventui.engine.withdrawals.models import Withdrawn
from inventui.engine.withdrawals.signature import verify_certificate
from inventui.engine.workshop.models import Completed
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.achievements import Condition
from inventui.rules.cases.proof import verify_proof
from inventui.rules.core.enums import Event, Rarity
from tests.builders import SMALL_PACK, a_player, audited, done, opened
from tests.engine.achievement_worlds import Goals, a_goal_world, awarded, line
from tests.engine.workshop import fused, granted, quoted, won


def test_past_fusions_are_listed_the_newest_first_page_by_page(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    made = [fused(ana, granted(ana, "straw")) for _ in range(3)]
    fused(bob, granted(bob, "straw"))
    lines = ana.workshop.past(limit=2)
    assert [past.item_id for past in lines] == [f.roll.item_id for f in made[:0:-1]]
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
    assert ana.reveals.pending() == (first.opening, opening, second.opening)
    ana.reveals.revealed(first.operation)
    assert ana.workshop.pending() == (second,)
    assert ana.reveals.pending() == (opening, second.opening)
    ana.reveals.revealed(opening.operation)
    ana.reveals.revealed(second.operation)
    assert ana.workshop.pending() == () == ana.reveals.pending()


def test_the_odds_of_a_fusion_are_shown_as_a_case_s_for_ever(
    world: World, ana: PlayerHandle
) -> None:
    player_items = won(ana, "Market Stamp", 3) + won(ana, "Market Stamp", 2, "box")
    shown = quoted(ana, player_items).odds
    got = fused(ana, player_items)
    case = done(world.catalogue.case_as_opened(got.roll.odds_hash), CaseDetail)
    assert (case.id, case.name, case.odds) == ("workshop:uncommon", "Workshop", shown)
    assert len(case.sprites) == len(case.emoji) == 2
    assert got.opening.rolls == (got.roll,)
    assert got.opening.paid == got.value + got.fee == 770


def test_the_history_of_what_was_made_says_of_what_and_with_which_roll(
    ana: PlayerHandle,
) -> None:
    player_items = granted(ana, "straw")
    got = fused(ana, player_items)
    history = done(ana.history.of(got.roll.item_id), ItemHistory)
    assert [(event.event, event.kind) for event in history.events] == [(Event.ACQUIRE, "fuse")]
    origin = history.origin
    assert (origin["acquisition"], origin["source"]) == ("workshop", "Bent Straw ×5")
    assert origin["roll"]["ticket"] == got.roll.ticket  # type: ignore[index]
    went = done(ana.history.of(player_items[0]), ItemHistory)
    assert [event.event for event in went.events] == [Event.ACQUIRE, Event.FUSE]


def test_the_feed_names_what_went_in_and_shows_what_came_out_alone(ana: PlayerHandle) -> None:
    got = fused(ana, granted(ana, "straw"))
    for topic in (Topic.WORKSHOP, Topic.MONEY, Topic.THINGS):
        told = ana.feed.page(topic).lines[0]
        assert told.words == "You fused Bent Straw ×5 into"
        assert [player_item.item_id for player_item in told.player_items] == [got.roll.item_id]
        assert (told.oranges, told.experience, told.more) == (-50, 5, False)


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


def test_what_was_made_leaves_against_a_certificate_that_proves_the_roll_of_the_workshop(
    tmp_path: Path, ana: PlayerHandle
) -> None:
    got = fused(ana, granted(ana, "peel"))
    assert done(ana.withdrawals.withdraw(got.roll.item_id), Withdrawn).rotated
    (delivery,) = ana.withdrawals.deliver(tmp_path)
    document = json.loads(Path(delivery.path).read_text("utf-8"))
    assert verify_certificate(document).ok
    assert (document["origin"]["acquisition"], document["origin"]["source"]) == (
        "workshop",
        "Neon Peel ×5",
    )
    assert document["roll"]["odds_hash"] == got.roll.odds_hash
    (roll,) = document["proof"]["pairs"][0]["rolls"]
    assert (roll["item"], roll["rarity"]) == ("squeezer", "legendary")
    for name, old in document["roll"].items():
        forged = copy.deepcopy(document)
        forged["roll"][name] = old + 1 if isinstance(old, int) else f"{old}0"
        assert not verify_certificate(forged).ok, name
    for name, old in roll.items():
        forged = copy.deepcopy(document)
        (altered,) = forged["proof"]["pairs"][0]["rolls"]
        altered[name] = old + 1 if isinstance(old, int) else f"{old}0"
        assert not verify_certificate(forged).ok, name
    audited(ana.world)


def test_fusions_and_sets_are_counted_and_a_fusion_is_no_opening(tmp_path: Path) -> None:
    goals: Goals = {
        "opener": (Condition.OPENINGS, 99, {}),
        "smith": (Condition.FUSIONS, 2, {"oranges": 5}),
        "keeper": (Condition.COLLECTIONS, 1, {"oranges": 5}),
        "winner": (Condition.LEGENDARIES_WON, 1, {"oranges": 5}),
    }
    with a_goal_world(tmp_path / "w.db", goals, pack=SMALL_PACK) as world:
        ana = a_player(world, oranges=50_000)
        rack = opened(ana, "rack", 3)
        fused(ana, granted(ana, "peel"))
        assert [line(ana, slug).progress for slug in goals] == [3, 1, 0, 0]
        assert ana.achievements.award() is None
        fused(ana, granted(ana, "peel"))
        for slug in ("straw", "spoon"):
            granted(ana, slug, 1)
        done(ana.collections.complete("rack"), Completed)
        assert [line(ana, slug).progress for slug in goals] == [len(rack.rolls), 2, 1, 0]
        assert [award.achievement for award in awarded(ana).awards] == ["smith", "keeper"]
        audited(world)
