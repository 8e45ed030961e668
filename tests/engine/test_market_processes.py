"""Several programs that want the same thing in the markets at the same moment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import BazaarQuery
from inventui.engine.world import PlayerHandle, World
from inventui.rules.bazaar import BAZAAR_PERIOD
from inventui.rules.core.clock import DAY, FrozenClock
from tests.builders import MARKETS_PACK, NOW, TOWN_PACK, a_player, a_world, audited, lived_in
from tests.engine.bazaar import put_up
from tests.engine.programs import Programs
from tests.engine.streets import rows
from tests.engine.trading import everything, have, offered

NAMES = ("ana", "bob", "cy", "dee", "eve")


def live(path: Path) -> int:
    """Five players with oranges."""
    with a_world(path, clock=FrozenClock(NOW), pack=MARKETS_PACK) as world:
        for name in NAMES:
            a_player(world, name, oranges=20_000)
    return NOW


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "world.db"
    with a_world(path, clock=lived_in(path, live), pack=MARKETS_PACK) as world:
        yield world


def player(world: World, name: str) -> PlayerHandle:
    handle = world.player(name)
    assert isinstance(handle, PlayerHandle)
    return handle


def test_of_four_programs_that_buy_one_listing_one_gets_it_and_the_others_hear_that_it_is_sold(
    world: World, programs: Programs
) -> None:
    ana = player(world, "ana")
    programs.open(world.path, NOW, *NAMES[1:], pack=MARKETS_PACK)
    for sold in range(1, 7):
        listing = put_up(ana, have(ana, "straw")[0], 100)
        answers = programs.ask(f"shop {listing}")
        assert answers.count("sold_out") == 3, answers
        assert rows(world, "SELECT count(*) FROM player_item WHERE acquisition = 'bazaar'") == [
            (sold,)
        ]
        assert ana.card().oranges == 20_000 + sold * 95
    assert sum(player(world, name).card().oranges for name in NAMES[1:]) == 80_000 - 600
    audited(world)


def test_programs_that_buy_with_one_key_buy_once(world: World, programs: Programs) -> None:
    ana = player(world, "ana")
    listing = put_up(ana, have(ana, "straw")[0], 100)
    programs.open(world.path, NOW, *3 * ["bob"], pack=MARKETS_PACK)
    answers = programs.ask(f"shop {listing} k")
    assert len({operation for operation, _ in answers}) == 1
    assert sorted(repeat for _, repeat in answers) == [False, True, True]
    assert player(world, "bob").card().oranges == 19_900
    audited(world)


@pytest.mark.parametrize("ends", [("take_back", "accept"), ("take_back", "decline")])
def test_an_offer_that_both_sides_end_at_once_ends_one_way_never_half(
    ends: tuple[str, str], world: World, programs: Programs
) -> None:
    ana, bob = (player(world, name) for name in ("ana", "bob"))
    events = dict(zip(("ana", "bob"), ends, strict=True))
    for number in range(20 if "accept" in ends else 6):
        # Each side is asked first half of the times.
        first, second = ("ana", "bob") if number % 2 else ("bob", "ana")
        programs.open(world.path, NOW, first, second, pack=MARKETS_PACK)
        mine, theirs = have(ana, "straw", "stamp"), have(bob, "seal")
        before = everything(world)
        trade = offered(ana, "bob", give=mine, give_oranges=7, ask=theirs, ask_oranges=3)
        answers = programs.ask_each(*(f"{events[name]} {trade}" for name in (first, second)))
        assert answers.count("ended") == 1, answers
        won = events[second if answers[0] == "ended" else first]
        ((state,),) = rows(world, "SELECT state FROM trade WHERE id = ?", trade)
        assert state == {"take_back": "taken_back", "accept": "accepted"}.get(won, "declined")
        went_over = state == "accepted"
        for player_item in (*mine, *theirs):
            assert rows(world, "SELECT status FROM player_item WHERE id = ?", player_item) == [
                ("traded" if went_over else "owned",)
            ]
        assert everything(world) == before
    audited(world)


def test_of_two_programs_that_promise_one_thing_elsewhere_one_does(
    world: World, programs: Programs
) -> None:
    ana = player(world, "ana")
    programs.open(world.path, NOW, "ana", "ana", pack=MARKETS_PACK)
    for promised in range(1, 7):
        (player_item,) = have(ana, "straw")
        answers = programs.ask_each(f"list {player_item} 40", f"offer bob {player_item}")
        assert answers.count("wrong_status") == 1, answers
        open_ones = "SELECT (SELECT count(*) FROM listing) + (SELECT count(*) FROM trade)"
        assert rows(world, open_ones) == [(promised,)]
    audited(world)


def test_of_two_programs_that_fuse_the_same_five_one_does(world: World, programs: Programs) -> None:
    ana = player(world, "ana")
    programs.open(world.path, NOW, "ana", "ana", pack=MARKETS_PACK)
    for fused in range(1, 6):
        five = have(ana, *5 * ["stamp"])
        answers = programs.ask("fuse " + " ".join(map(str, five)))
        assert answers.count("ended") == 1, answers
        ((number, paid),) = rows(world, "SELECT count(*), sum(fee) FROM fusion")
        assert (number, ana.card().oranges) == (fused, 20_000 - paid)
    assert ana.fairness.show().active.nonce == 5
    audited(world)


def test_of_two_programs_that_complete_a_set_one_is_paid(world: World, programs: Programs) -> None:
    have(player(world, "ana"), "straw", "token", "badge")
    programs.open(world.path, NOW, "ana", "ana", pack=MARKETS_PACK)
    assert programs.ask("complete tin").count("ended") == 1
    assert player(world, "ana").card().gems == 35
    audited(world)


def test_programs_that_look_first_at_the_bazaar_make_one_turn_of_each_period(
    tmp_path: Path, programs: Programs
) -> None:
    with a_world(tmp_path / "town.db", clock=FrozenClock(NOW), pack=TOWN_PACK) as world:
        ana = a_player(world, "ana")
        for at, turns in ((NOW, 1), (NOW + DAY, 1 + DAY // BAZAAR_PERIOD)):
            programs.open(world.path, at, *4 * ["ana"])
            seen = programs.ask("bazaar")
            assert seen[0]
            assert all(page == seen[0] for page in seen)
            made = "SELECT count(*), count(DISTINCT number) FROM bazaar_turn"
            assert rows(world, made) == [(turns, turns)]
            assert rows(world, "SELECT count(*) FROM operation WHERE kind = 'bazaar_turn'") == [
                (turns,)
            ]
        assert ana.bazaar.count(BazaarQuery()) == len(seen[0])
        audited(world)
