"""Several programs that give the same thing, and answer the same request."""

from inventui.engine.people.models import FriendChange
from inventui.engine.world import PlayerHandle, World
from inventui.rules.people.friends import FriendEvent, FriendshipState
from tests.builders import NOW, SMALL_PACK, a_player, audited, done, opened
from tests.engine.programs import Programs


def friends_of_ana(world: World) -> tuple[PlayerHandle, PlayerHandle, PlayerHandle]:
    """Ana, and bob and cy, who are friends of hers."""
    ana = a_player(world, "ana", oranges=100_000)
    others = a_player(world, "bob"), a_player(world, "cy")
    for other in others:
        done(ana.friends.change(other.name, FriendEvent.REQUEST), FriendChange)
        done(other.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    return (ana, *others)


def test_of_two_programs_that_give_one_thing_to_two_friends_one_arrives_each_time(
    world: World, programs: Programs, trust: bool
) -> None:
    ana, bob, cy = friends_of_ana(world)
    programs.open(world.path, NOW, "ana", "ana", pack=SMALL_PACK)
    for roll in opened(ana, "crate", 60 if trust else 30).rolls:
        said = programs.ask_each(f"give bob {roll.item_id}", f"give cy {roll.item_id}")
        # A friend who has one like it already takes none, so neither may.
        refusals = [answer for answer in said if isinstance(answer, str)]
        assert len(refusals) >= 1
        assert set(refusals) <= {"ended", "already_owned"}
    given = ana.gifts.statistics().items_given
    assert given > 4
    got = [player.gifts.statistics().items_received for player in (bob, cy)]
    assert sum(got) == given
    audited(world)


def test_two_programs_that_give_the_last_oranges_never_give_more_than_there_are(
    world: World, programs: Programs, trust: bool
) -> None:
    ana, bob, cy = friends_of_ana(world)
    had = ana.card().oranges
    rounds, affordable = (20, 25) if trust else (10, 15)
    each = had // affordable
    programs.open(world.path, NOW, "ana", "ana", pack=SMALL_PACK)
    said = [
        answer
        for _ in range(rounds)
        for answer in programs.ask_each(f"pay bob {each}", f"pay cy {each}")
    ]
    assert said.count("insufficient_funds") == 2 * rounds - affordable
    assert len([answer for answer in said if isinstance(answer, list)]) == affordable
    assert ana.card().oranges == had - affordable * each
    assert bob.card().oranges + cy.card().oranges == 10_000 + affordable * each
    audited(world)


def test_of_two_programs_that_end_one_friendship_one_ends_it_each_time(
    world: World, programs: Programs, trust: bool
) -> None:
    ana, bob, _ = friends_of_ana(world)
    programs.open(world.path, NOW, "ana", "ana", pack=SMALL_PACK)
    for _ in range(20 if trust else 10):
        for event in ("remove", "request"):
            assert programs.ask(f"befriend bob {event}").count("wrong_bond") == 1
        done(bob.friends.change("ana", FriendEvent.ACCEPT), FriendChange)
    bonds = {line.name: line.bond for line in ana.friends.list()}
    assert bonds["bob"] is FriendshipState.FRIENDS
    audited(world)
