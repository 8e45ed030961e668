"""Quests: one at a time, paid once, skipped for nothing."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventui.engine.achievements.models import Awards
from inventui.engine.bazaar.models import Listed
from inventui.engine.home.models import QuestSkipped
from inventui.engine.shop.models import Purchase
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.refusal import Reason
from inventui.rules.home import Kind
from tests.builders import SMALL_PACK, a_player, a_world, audited, contents, done, opened, refused
from tests.engine.forging import forgeries

QUESTS = """
[[quests]]
id = "open"
name = "Open [b]two[/nope]"
condition = "openings"
threshold = 2
oranges = 60

[[quests]]
id = "list"
name = "List"
condition = "listings"
threshold = 1
oranges = 40
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    pack = tmp_path / "quests.toml"
    pack.write_text(SMALL_PACK.read_text() + QUESTS)
    return a_world(tmp_path / "quests.db", pack=pack)


@pytest.fixture
def ana(world: World) -> PlayerHandle:
    return a_player(world, "ana")


def on_home(player: PlayerHandle) -> tuple[str, str, int] | None:
    """The quest that Home shows: what, where, for how much."""
    line = next((line for line in player.home.look().lines if line.kind is Kind.QUEST), None)
    return None if line is None else (line.what, line.room, line.worth)


def test_one_quest_at_a_time_stands_on_home_and_is_paid_once(
    world: World, ana: PlayerHandle
) -> None:
    assert on_home(ana) == ("Quest 1/2: Open [b]two[/nope]", "cases", 60)
    opened(ana, count=2)
    awards = done(ana.achievements.award(), Awards)
    assert [(award.achievement, award.given.oranges) for award in awards.awards] == [("open", 60)]
    assert awards.awards[0].message.startswith("Quest done: Open")
    assert ana.notifications.page().notifications[0].place == "home"
    assert ana.achievements.award() is None
    assert on_home(ana) == ("Quest 2/2: List", "bazaar", 40)
    done(ana.bazaar.list(opened(ana).rolls[0].item_id, 5_000), Listed)
    done(ana.achievements.award(), Awards)
    assert on_home(ana) is None
    audited(world)


def test_a_quest_that_is_skipped_gives_nothing_even_if_it_is_done_later(
    world: World, ana: PlayerHandle
) -> None:
    skipped = done(ana.quests.skip("key"), QuestSkipped)
    assert skipped.quest == "open"
    assert done(ana.quests.skip("key"), QuestSkipped).repeat
    assert [(line.slug, line.skipped) for line in ana.quests.list()] == [
        ("open", True),
        ("list", False),
    ]
    opened(ana, count=2)
    assert ana.achievements.award() is None
    assert on_home(ana) == ("Quest 2/2: List", "bazaar", 40)
    audited(world)


def test_where_no_quest_is_left_none_is_skipped(world: World, ana: PlayerHandle) -> None:
    for _ in range(2):
        done(ana.quests.skip(), QuestSkipped)
    before = contents(world)
    refused(ana.quests.skip(), Reason.NOTHING_TO_DO)
    assert contents(world) == before


@pytest.mark.parametrize("slug", ["strongly-worded-peel", "till-receipt"])
def test_whatever_is_put_on_is_something_to_wear(slug: str, tmp_path: Path) -> None:
    with World.open(tmp_path / "base.db", daily_backup=False) as world:
        ana = a_player(world, "ana")
        assert ana.achievements.award() is None
        done(ana.shop.buy(slug), Purchase)
        awards = done(ana.achievements.award(), Awards).awards
        assert [award.achievement for award in awards] == ["quest-wear"]
        audited(world)


def test_the_quest_of_a_business_that_runs_waits_with_its_till_and_asks_for_nothing(
    tmp_path: Path,
) -> None:
    with World.open(tmp_path / "base.db", daily_backup=False) as world:
        ana = a_player(world, "ana", oranges=30_000)
        for _ in range(6):
            done(ana.quests.skip(), QuestSkipped)
        assert on_home(ana) == ("Quest 7/7: Own a business", "property", 150)
        done(ana.shop.buy("lemon-honesty"), Purchase)
        (till,) = (line for line in ana.home.look().lines if line.kind is Kind.TILL)
        assert on_home(ana) is None
        assert (till.what, till.worth, till.is_quest) == (
            "Quest 7/7: Lemon Honesty pays",
            150,
            True,
        )
        done(ana.quests.skip(), QuestSkipped)
        (till,) = (line for line in ana.home.look().lines if line.kind is Kind.TILL)
        assert (till.what, till.worth, till.is_quest) == ("Lemon Honesty pays", 0, False)


def test_ledger_and_feed_call_a_quest_a_quest_and_name_it(ana: PlayerHandle) -> None:
    opened(ana, count=2)
    done(ana.achievements.award(), Awards)
    paid = next(line for line in ana.wallet.ledger().lines if line.kind == "achievement")
    assert (paid.cause, paid.subject) == ("quest", "Open [b]two[/nope]")
    (told,) = (line for line in ana.feed.page().lines if line.kind == "achieve")
    assert (told.words, told.quest) == ("You did the quest Open [b]two[/nope]", True)


def test_quests_are_none_of_the_achievements(ana: PlayerHandle) -> None:
    assert not {"open", "list"} & {line.slug for line in ana.achievements.list()}


def test_a_world_whose_pack_has_none_shows_none_and_gets_them_with_the_packs_next_version(
    tmp_path: Path,
) -> None:
    path, pack = tmp_path / "w.db", tmp_path / "pack.toml"
    pack.write_text(SMALL_PACK.read_text())
    with a_world(path, pack=pack) as world:
        ana = a_player(world, "ana")
        assert on_home(ana) is None
        assert ana.quests.list() == ()
    pack.write_text(SMALL_PACK.read_text() + QUESTS)
    with a_world(path, pack=pack) as world:
        ana = done(world.player("ana"), PlayerHandle)
        assert on_home(ana) == ("Quest 1/2: Open [b]two[/nope]", "cases", 60)
        audited(world)


def test_a_quest_that_the_purse_cant_pay_for_stands_below_what_it_can(
    world: World, ana: PlayerHandle
) -> None:
    cheapest = min(case.price for case in world.catalogue.cases())
    ana.quests.list()
    opened(ana)
    while ana.card().oranges >= cheapest:
        opened(ana)
    kinds = [line.kind for line in ana.home.look().lines]
    assert kinds.index(Kind.QUEST) > kinds.index(Kind.SHIFT)


def test_the_audit_names_a_skip_of_what_is_no_quest_or_of_somebody_elses(
    world: World, ana: PlayerHandle, tmp_path: Path
) -> None:
    a_player(world, "bob")
    done(ana.quests.skip(), QuestSkipped)
    world.close()
    with forgeries(tmp_path / "quests.db") as audit_after:
        for forgery in (
            "UPDATE achievement SET quest = 0",
            "UPDATE achieved SET player_id = 2",
            "UPDATE operation SET kind = 'lock' WHERE kind = 'skip_quest'",
        ):
            assert audit_after(forgery)["achievements"].faults, forgery


MODEL = {"open": 60, "list": 40}


@settings(max_examples=12)
@given(deeds=st.lists(st.sampled_from(["open", "list", "skip", "award"]), max_size=9))
def test_whatever_is_done_in_which_order_each_quest_is_paid_or_skipped_once(
    deeds: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("quests")
    pack = folder / "quests.toml"
    pack.write_text(SMALL_PACK.read_text() + QUESTS)
    with a_world(folder / "w.db", pack=pack) as world:
        ana = a_player(world, "ana")
        opens, lists, paid, skipped, won = 0, 0, set[str](), list[str](), list[int]()
        for deed in [*deeds, "award"]:
            left = [quest for quest in MODEL if quest not in paid and quest not in skipped]
            if deed == "open":
                won.append(opened(ana).rolls[0].item_id or 0)
                opens += 1
            elif deed == "list" and won:
                done(ana.bazaar.list(won.pop(), 5_000), Listed)
                lists += 1
            elif deed == "skip" and left:
                assert done(ana.quests.skip(), QuestSkipped).quest == left[0]
                skipped.append(left[0])
            elif deed == "award":
                reached = {"open": opens >= 2, "list": lists >= 1}
                due = {quest for quest in left if reached[quest]}
                before = ana.card().oranges
                ana.achievements.award()
                assert ana.card().oranges - before == sum(MODEL[quest] for quest in due)
                paid |= due
        ended = {line.slug: line.skipped for line in ana.quests.list() if line.ended_at}
        assert ended == dict.fromkeys(paid, False) | dict.fromkeys(skipped, True)
        audited(world)
