"""What comes home from a trade or the bazaar does so at its moment, whenever somebody looks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Listed
from inventui.engine.property.models import Settled
from inventui.engine.wardrobe.models import Outfit
from inventui.engine.world import PlayerHandle
from inventui.rules.bazaar import DURATION as LISTED_FOR
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.trades.trades import DURATION
from tests.builders import NOW, PROPERTY_PACK, TOWN_PACK, a_player, a_world, audited, done
from tests.engine.trading import have, offered

KEPT = {
    "oranges": "SELECT balance FROM account WHERE player_id = 1 AND currency = 'oranges'",
    "upkeep": "SELECT day, due, state FROM upkeep ORDER BY day",
    "income": "SELECT period, revenue, cost, reduced FROM income ORDER BY period",
    "raids": "SELECT period, success, oranges, stolen_id IS NULL FROM robbery"
    " WHERE victim_id = 1 ORDER BY period",
    "things": "SELECT i.slug, p.status, p.durability FROM player_item p JOIN item i"
    " ON i.id = p.item_id WHERE p.player_id = 1 ORDER BY p.id",
}


def lived(path: Path, pack: Path, step: int) -> dict[str, list[tuple[object, ...]]]:
    """What seven days leave of a life with a home, a business, offers and a listing.

    Args:
        path: of a new world.
        pack: its content.
        step: how often ana looks, in milliseconds.
    """
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=pack) as world:
        ana = a_player(world, "ana", oranges=9_000)
        a_player(world, "bob")
        for player_item in have(ana, "stand", "tent"):
            done(ana.wardrobe.equip(player_item), Outfit)
        (spoon, other) = have(ana, "spoon", "spoon")
        # All the money is away, in two offers: what is due meanwhile can't be paid at once.
        offered(ana, "bob", give=(spoon,), give_oranges=2_000, ask_oranges=1)
        clock.at += 17 * HOUR
        offered(ana, "bob", give_oranges=ana.card().oranges, ask_oranges=1)
        done(ana.bazaar.list(other, 90), Listed)
        end = clock.at + 7 * DAY
        while clock.at < end:
            clock.at = min(end, clock.at + step)
            ana.catch_up()
        audited(world)
        with closing(sqlite3.connect(path)) as file:
            return {what: file.execute(sql).fetchall() for what, sql in KEPT.items()}


@pytest.mark.parametrize("pack", [PROPERTY_PACK, TOWN_PACK])
def test_it_makes_no_difference_how_often_one_looks(pack: Path, tmp_path: Path) -> None:
    steps = (10 * DAY, 7 * DAY, 3 * HOUR, 5 * HOUR + 1, 31 * HOUR)
    first, *others = (lived(tmp_path / f"{step}.db", pack, step) for step in steps)
    for other in others:
        assert other == first


def test_money_that_is_back_pays_what_falls_due_after_that(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as world:
        ana = a_player(world, "ana")
        a_player(world, "bob")
        done(ana.wardrobe.equip(*have(ana, "tent")), Outfit)
        offered(ana, "bob", give_oranges=5_000, ask_oranges=1)
        clock.at = NOW + DURATION + 2 * DAY
        settled = [*spans(ana)]
        # Two days' upkeep could not be paid; the third pays for all of them.
        assert [(span.unanswered, span.days_paid, span.days_due) for span in settled] == [
            (("bob",), 0, 2),
            ((), 4, 0),
        ]
        assert settled[0].balance.oranges == 5_000
        assert settled[-1].balance.oranges == ana.card().oranges == 4_600
        audited(world)


def test_what_came_home_is_named_moment_by_moment(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "world.db", clock=clock, pack=PROPERTY_PACK) as world:
        ana = a_player(world, "ana")
        for name in ("bob", "cy"):
            a_player(world, name)
            offered(ana, name, give_oranges=5, ask_oranges=1)
            clock.at += HOUR
        done(ana.bazaar.list(*have(ana, "spoon"), 9), Listed)
        clock.at += LISTED_FOR
        assert [(span.unanswered, span.unsold) for span in spans(ana)] == [
            (("bob",), ()),
            (("cy",), ()),
            ((), ("Sharp Spoon",)),
        ]
        assert not any(span.is_quiet for span in ana.happened(0))


def spans(player: PlayerHandle) -> tuple[Settled, ...]:
    """What is made up for now, in parts."""
    last = max((span.operation for span in player.happened(0)), default=0)
    player.catch_up()
    return player.happened(last)
