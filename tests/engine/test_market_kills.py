"""Programs that die in the middle of a purchase, of an acceptance or of a fusion."""

import random
from functools import partial
from pathlib import Path

import pytest

from inventui.rules.core.clock import FrozenClock
from tests.builders import MARKETS_PACK, NOW, a_player, a_world, audited, lived_in, opened
from tests.engine.killed_programs import DEALS, deal_until
from tests.engine.streets import rows
from tests.engine.test_people_kills import kept, killed
from tests.engine.trading import everything, have

KILLS = 15
WHOLE = {
    "bazaar_buy": "SELECT count(*) FROM listing l JOIN player_item p ON p.id = l.bought_id"
    " WHERE l.state = 'sold' AND p.origin_id = l.player_item_id",
    "trade_accept": "SELECT count(*) FROM trade t WHERE t.state = 'accepted' AND 2 ="
    " (SELECT count(*) FROM trade_thing h JOIN player_item p ON p.origin_id = h.player_item_id"
    " WHERE h.trade_id = t.id)",
    "fuse": "SELECT count(*) FROM fusion f WHERE 5 = (SELECT count(*) FROM fusion_input"
    " WHERE fusion_id = f.id)",
}
"""How many of a kind there are of which nothing is missing."""


def live(path: Path) -> int:
    """Two players with much to deal with."""
    with a_world(path, clock=FrozenClock(NOW), pack=MARKETS_PACK) as world:
        for name in ("ana", "bob"):
            player = a_player(world, name, oranges=80_000)
            for _ in range(2):
                opened(player, "crate", 100)
            have(player, "goblet", "goblet")
    return NOW


@pytest.mark.trust
@pytest.mark.parametrize("kind", DEALS)
def test_after_each_of_15_kills_a_deal_is_whole_or_not_there(kind: str, tmp_path: Path) -> None:
    path, chance = tmp_path / "world.db", random.Random(f"{kind} 20261121")
    lived_in(path, live)
    acknowledged: dict[str, int] = {}
    unheard = 0
    for number in range(KILLS):
        victim = partial(deal_until, kind)
        acknowledged |= killed(victim, path, number, chance.randint(1, 250))
        with a_world(path, clock=FrozenClock(NOW), pack=MARKETS_PACK) as world:
            audited(world)
            deals = kept(world, kind)
            assert acknowledged.items() <= deals.items()
            # Of each program at most the deal under way was kept and not heard of.
            assert len(deals) - len(acknowledged) - unheard in (0, 1)
            unheard = len(deals) - len(acknowledged)
            assert rows(world, WHOLE[kind]) == [(len(deals),)]
            held = everything(world)
            fees = rows(world, "SELECT coalesce(sum(fee), 0) FROM listing WHERE state = 'sold'")[0][
                0
            ]
            if kind != "fuse":
                assert held["oranges",] + fees == 2 * (80_000 - 2 * 100 * 100)
                assert held.total() - held["oranges",] == 2 * (1 + 200 + 2)
    assert len(acknowledged) > KILLS // 2
