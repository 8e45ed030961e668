"""The feed: everything that concerned one player, once, the newest first."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.content.source import base_pack
from inventui.engine.achievements.models import Awards
from inventui.engine.history.feed_models import FeedLine
from inventui.engine.inventory.models import Sale, Use
from inventui.engine.people.models import FriendChange, GiftSent
from inventui.engine.players.models import Grant
from inventui.engine.shop.models import Purchase
from inventui.engine.streets.models import RobberyDone
from inventui.engine.world import PlayerHandle, World
from inventui.room import Topic
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.core.money import Currency
from inventui.rules.history import TOPICS
from inventui.rules.people.friends import FriendEvent
from inventui.rules.time.neighbour_calls import VISIT_PERIOD
from tests.builders import (
    NOW,
    SHOP_PACK,
    TOWN_PACK,
    a_player,
    a_world,
    befriended,
    contents,
    done,
    opened,
)
from tests.engine.streets import loses, roll_on, wins


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(NOW)


@pytest.fixture
def town(tmp_path: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(tmp_path / "town.db", clock=clock, pack=TOWN_PACK) as world:
        yield world


@pytest.fixture
def ana(town: World) -> PlayerHandle:
    return a_player(town, "ana", oranges=50_000)


@pytest.fixture
def bob(town: World, ana: PlayerHandle) -> PlayerHandle:
    """A friend of ana's, who may be robbed."""
    bob = a_player(town, "bob", oranges=50_000)
    befriended(ana, bob)
    return bob


def everything(player: PlayerHandle, topic: Topic | None = None, limit: int = 3) -> list[FeedLine]:
    """Every page of a feed, one after the other."""
    lines: list[FeedLine] = []
    after = None
    while True:
        page = player.feed.page(topic, after, limit)
        lines += page.lines
        if page.next is None:
            return lines
        assert len(page.lines) == limit
        after = page.next


def said(player: PlayerHandle, topic: Topic | None = None) -> list[str]:
    return [line.words for line in everything(player, topic)]


def test_both_sides_of_a_friendship_and_a_gift_are_told(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    sent = done(ana.gifts.send_money("bob", 70, message="[b]For you[/nope]"), GiftSent)
    assert said(ana, Topic.PEOPLE) == [
        "You gave bob",
        "bob said yes to you",
        "You asked bob to be your friend",
    ]
    assert said(bob, Topic.PEOPLE) == [
        "ana gave you",
        "You said yes to ana",
        "ana asked to be your friend",
    ]
    for player, amount in ((ana, -70), (bob, 70)):
        line = player.feed.page().lines[0]
        assert (line.operation, line.oranges) == (sent.operation, amount)
        assert line.message == "[b]For you[/nope]"


def test_a_thing_is_told_as_each_has_or_had_it(ana: PlayerHandle, bob: PlayerHandle) -> None:
    won = opened(ana).rolls[0]
    sent = done(ana.gifts.send_item("bob", won.item_id), GiftSent)
    (mine,), (theirs,) = (
        ana.feed.page().lines[0].player_items,
        bob.feed.page().lines[0].player_items,
    )
    assert (mine.item_id, str(mine.event)) == (won.item_id, "gift")
    assert (theirs.item_id, str(theirs.event)) == (sent.received_id, "acquire")
    assert mine.name == theirs.name == won.entry


def test_a_robbery_is_told_to_both_whether_it_succeeds_or_not(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    clock.advance(2 * DAY)
    for fate in (wins, loses):
        roll_on(ana, fate)
        done(ana.streets.rob("bob"), RobberyDone)
        clock.advance(DAY)
    assert said(ana, Topic.STREETS)[:2] == ["bob caught you", "You robbed bob"]
    assert said(bob, Topic.STREETS)[:2] == ["ana tried to rob you and failed", "ana robbed you"]
    lost = bob.feed.page(Topic.STREETS).lines[1]
    gained = next(line for line in everything(ana) if line.operation == lost.operation)
    assert lost.oranges == -gained.oranges < 0


def test_what_the_owner_gives_concerns_whom_it_is_given(
    town: World, ana: PlayerHandle, bob: PlayerHandle
) -> None:
    town.grant("bob", gems=3)
    assert [line.gems for line in everything(bob) if line.kind == "grant"] == [3, 0]
    assert [line.gems for line in everything(ana) if line.kind == "grant"] == [0]
    assert said(bob)[-1] == "You came into this world"
    assert said(ana)[-1] == "You came into this world"


def test_nothing_of_what_concerns_others_is_told(ana: PlayerHandle, bob: PlayerHandle) -> None:
    before = everything(ana)
    won = opened(bob, count=3)
    done(bob.inventory.sell([won.rolls[0].item_id]), Sale)
    assert everything(ana) == before


def test_pages_of_any_length_tell_the_same(
    ana: PlayerHandle, bob: PlayerHandle, clock: FrozenClock
) -> None:
    for number in range(1, 9):
        giver, friend = (ana, "bob") if number % 2 else (bob, "ana")
        done(giver.gifts.send_money(friend, number), GiftSent)
        opened(ana)
    for topic in (None, *Topic):
        whole = everything(ana, topic, 1_000)
        operations = [line.operation for line in whole]
        assert operations == sorted(set(operations), reverse=True)
        assert all(topic is None or topic in TOPICS[line.kind] for line in whole)
        for limit in (1, 2, 7):
            assert everything(ana, topic, limit) == whole
    assert ana.feed.page(after=0).lines == ()


def test_topics_leave_nothing_out(ana: PlayerHandle, bob: PlayerHandle) -> None:
    opened(ana, count=2)
    ana.fairness.rotate()
    ana.streets.daily()
    done(ana.gifts.send_money("bob", 5), GiftSent)
    by_topic = {line.operation for topic in Topic for line in everything(ana, topic)}
    assert by_topic == {line.operation for line in everything(ana)}


def test_a_gift_is_told_under_money_or_under_things_by_what_was_given(
    ana: PlayerHandle, bob: PlayerHandle
) -> None:
    player_item = opened(ana).rolls[0].item_id
    oranges = done(ana.gifts.send_money("bob", 70), GiftSent).operation
    gems = done(ana.gifts.send_money("bob", 2, Currency.GEMS), GiftSent).operation
    given = done(ana.gifts.send_item("bob", player_item), GiftSent).operation
    for player in (ana, bob):
        gifts = {
            topic: [line.operation for line in everything(player, topic) if line.kind == "gift"]
            for topic in (None, *Topic)
        }
        assert gifts.pop(None) == gifts.pop(Topic.PEOPLE) == [given, gems, oranges]
        assert gifts.pop(Topic.MONEY) == [gems, oranges]
        assert gifts.pop(Topic.THINGS) == [given]
        assert not any(gifts.values())


def test_what_the_owner_gives_is_told_under_what_it_is(town: World, ana: PlayerHandle) -> None:
    both = done(town.grant("ana", item="straw", gems=1), Grant).operation
    money = done(town.grant("ana", oranges=5), Grant).operation
    player_item = done(town.grant("ana", item="straw"), Grant).operation

    def grants(topic: Topic) -> list[int]:
        return [line.operation for line in everything(ana, topic) if line.kind == "grant"]

    assert grants(Topic.MONEY)[:2] == [money, both]
    assert player_item not in grants(Topic.MONEY)
    assert grants(Topic.THINGS) == [player_item, both]


def test_a_neighbours_presents_are_told_under_what_they_are(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "street.db", clock=clock, pack=base_pack()) as world:
        ana = a_player(world, "ana")
        for line in ana.friends.list():
            done(ana.friends.change(line.name, FriendEvent.REQUEST), FriendChange)
        for _ in range(400):
            clock.advance(VISIT_PERIOD)
            ana.catch_up()
        with world.store.read() as connection:
            player_items, money = (
                {
                    number
                    for (number,) in connection.driver.execute(
                        f"SELECT operation_id FROM gift WHERE given_id IS {found}"
                    )
                }
                for found in ("NOT NULL", "NULL")
            )
        assert player_items
        assert money
        told = {
            topic: {line.operation for line in everything(ana, topic, 100)}
            for topic in (None, Topic.MONEY, Topic.THINGS, Topic.PEOPLE)
        }
        assert player_items | money <= told[None] & told[Topic.PEOPLE]
        assert player_items <= told[Topic.THINGS]
        assert money <= told[Topic.MONEY]
        assert not money & told[Topic.THINGS]
        paid = {line.operation for line in everything(ana, None, 100) if line.oranges}
        assert not (player_items - paid) & told[Topic.MONEY]
        assert player_items - paid


def test_many_things_at_once_are_named_by_the_first_few(ana: PlayerHandle) -> None:
    opened(ana, count=50)
    (line,) = ana.feed.page(Topic.CASES).lines
    assert len(line.player_items) == 5
    assert line.more


def test_what_was_locked_and_unlocked_is_named(ana: PlayerHandle) -> None:
    rolls = opened(ana, count=7).rolls
    held, name = [roll.item_id for roll in rolls], rolls[0].entry
    ana.inventory.lock(held[:1], True)
    ana.inventory.lock(held, True)
    ana.inventory.lock(held[:1], False)
    unlocked, seven, one = (line.words for line in ana.feed.page(Topic.THINGS, limit=3).lines)
    assert (one, unlocked) == (f"You locked {name}", f"You unlocked {name}")
    assert seven.endswith(" and 2 more")


def test_what_was_achieved_is_named_and_the_ledger_says_what_each_line_was_about(
    tmp_path: Path,
) -> None:
    with a_world(tmp_path / "world.db", pack=base_pack(), template=False) as world:
        ana = a_player(world, "ana", oranges=50_000)
        opened(ana, "citrus-crate", 10)
        awards = done(ana.achievements.award(), Awards).awards
        paid = [award.name for award in awards if award.given.oranges]
        assert len(paid) > 1
        ledger = ana.wallet.ledger(currency=Currency.ORANGES).lines
        told = [line for line in ledger if line.kind == "achievement"]
        assert [line.subject for line in told] == paid[::-1]
        quests = {quest.name for quest in ana.quests.list()}
        assert quests & {*paid}
        assert {line.subject for line in told if line.cause == "quest"} == quests & {*paid}
        assert {line.cause for line in told} == {"quest", "achievement"}
        assert ana.wallet.ledger(after=ledger[0].id, limit=1).lines[0].subject in paid
        (line,) = (line for line in ana.feed.page().lines if line.kind == "achieve")
        names = [award.name for award in awards]
        achieved = ", ".join(name for name in names if name not in quests)
        assert line.words == f"You achieved {achieved} and did the quest Open a case"
        assert line.other == ", ".join(names)
        assert not line.quest


def test_quiet_time_is_no_line_and_callers_are_named(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "street.db", clock=clock, pack=base_pack()) as world:
        ana = a_player(world, "ana", oranges=100_000)
        ana.friends.list()
        for _ in range(30):
            clock.advance(DAY)
            ana.catch_up()
        told = [line for line in everything(ana) if line.kind == "settle"]
        spans = [line.operation for line in told]
        with world.store.read() as connection:
            robbed = connection.driver.execute(
                "SELECT DISTINCT operation_id FROM robbery WHERE victim_id = 1"
            ).fetchall()
            assert {number for (number,) in robbed} <= set(spans)
        assert 0 < len(spans) < 30
        assert all(": " in line.words for line in told)
        before = contents(world)
        everything(ana)
        assert contents(world) == before


def test_what_was_thrown_at_a_drawer_is_told_there(tmp_path: Path) -> None:
    with a_world(tmp_path / "shop.db", pack=SHOP_PACK) as world:
        ana = a_player(world, "ana", oranges=50_000)
        bob = a_player(world, "bob")
        befriended(ana, bob)
        player_item = done(ana.shop.buy("poop"), Purchase).item_ids[0]
        done(ana.wardrobe.use(player_item, "bob"), Use)
        assert said(ana)[0] == "You used a consumable"
        assert said(bob, Topic.PEOPLE)[0] == "ana threw something at your drawer"
        assert everything(bob)[0].player_items == ()


def test_every_kind_of_operation_is_told_or_left_out_on_purpose() -> None:
    quiet = {"starter", "gear_shop", "deliver", "rotation", "move_in"}
    quiet |= {"neighbour_settle", "clock", "begin_shift"}
    source = Path(__file__).parents[2] / "src" / "inventui" / "engine"
    code = "\n".join(path.read_text(encoding="utf-8") for path in source.rglob("*.py"))
    for kind in TOPICS.keys() | quiet:
        name = "friend_{event}" if kind.startswith("friend_") else kind
        assert f'"{name}"' in code, kind
    begun = set(re.findall(r'(?:[Ii]ntent\(|KIND =)\s*"(\w+)"', code))
    assert len(begun) > 30
    # A period of the bazaar is told to each seller by the listing that was bought.
    assert begun - TOPICS.keys() - quiet == {"bazaar_turn"}


def test_the_last_page_leads_nowhere_even_if_it_is_full(world: World, ana: PlayerHandle) -> None:
    for _ in range(3):
        opened(ana, "crate")
    whole = ana.feed.page().lines
    assert ana.feed.page(limit=len(whole)).next is None
    first = ana.feed.page(limit=len(whole) - 1)
    assert first.lines == whole[:-1]
    rest = ana.feed.page(after=first.next, limit=1)
    assert (rest.lines, rest.next) == (whole[-1:], None)
