"""The audit notices what is forged of the black market and daily gear shops."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.engine.market.models import Reroll
from inventui.engine.shop.models import Purchase
from inventui.rules.core.clock import DAY, FrozenClock
from inventui.rules.market.black_market import PERIOD
from tests.builders import MARKET_PACK, NOW, a_player, a_world, audited, done, lived_in
from tests.engine.forging import AuditAfter, forgeries

MARKET_FORGERIES: dict[str, tuple[str, str]] = {
    "an outcome that is no JSON": (
        "rotations",
        "UPDATE operation SET outcome = 'x' WHERE kind = 'rotation'",
    ),
    "an outcome that is not UTF-8": (
        "rotations",
        "UPDATE operation SET outcome = CAST(x'ff' AS TEXT) WHERE kind = 'rotation'",
    ),
    "a stall's item": (
        "rotations",
        "DROP INDEX market_stall_item; UPDATE market_stall SET item_id ="
        " (SELECT min(id) FROM item) WHERE id = 2",
    ),
    "a stall's stock": ("rotations", "UPDATE market_stall SET stock = stock + 1 WHERE id = 2"),
    "a stall's discount": (
        "rotations",
        "UPDATE market_stall SET discount = 50, price = full_price / 2 WHERE id = 1",
    ),
    "a stall's price": ("rotations", "UPDATE market_stall SET price = price - 1 WHERE id = 2"),
    "a missing stall": ("rotations", "DELETE FROM market_stall WHERE id = 2"),
    "a rotation's number": ("rotations", "UPDATE market_rotation SET number = 1 WHERE id = 2"),
    "a rotation's pool": (
        "rotations",
        "UPDATE operation SET outcome = replace(outcome, '\"pool\"', '\"pond\"')"
        " WHERE kind = 'rotation'",
    ),
    "a rotation of no operation": (
        "rotations",
        "UPDATE market_rotation SET operation_id = 1 WHERE id = 1",
    ),
    "a world's seed": (
        "rotations",
        "UPDATE world_setting SET value = replace(value, substr(value, 1, 1), 'g')"
        " WHERE name = 'seed'",
    ),
    "a stall's count": ("stalls", "UPDATE market_stall SET sold = sold + 1 WHERE id = 2"),
    "a missing sale": ("stalls", "DELETE FROM stall_sale WHERE id = 1"),
    "more sold than there were": (
        "stalls",
        "PRAGMA ignore_check_constraints = ON; UPDATE market_stall SET stock = 0 WHERE id = 1",
    ),
    "another thing": (
        "stalls",
        "UPDATE stall_sale SET player_item_id = (SELECT max(id) FROM player_item) WHERE id = 1",
    ),
    "another stall": ("stalls", "UPDATE stall_sale SET stall_id = 2 WHERE id = 1"),
    "what a thing cost": (
        "stalls",
        "UPDATE player_item SET price_paid = 1 WHERE source = 'black market'",
    ),
    "another purchase": (
        "stalls",
        "UPDATE stall_sale SET operation_id = (SELECT max(id) FROM operation) WHERE id = 1",
    ),
    "a sale out of its time": (
        "stalls",
        "UPDATE operation SET at = at + 21600000"
        " WHERE id = (SELECT operation_id FROM stall_sale WHERE id = 1)",
    ),
    "a shop's rank": ("gear_shops", "UPDATE gear_shop SET rank = 'Kingpin' WHERE id = 1"),
    "a shop's items": ("gear_shops", "UPDATE gear_shop SET items = '[5,5]' WHERE id = 1"),
    "a shop too full": (
        "gear_shops",
        "UPDATE gear_shop SET items = '[1,2,3,4,5,6,7,8,9,10,11]' WHERE id = 1",
    ),
    "a shop's day": ("gear_shops", "UPDATE gear_shop SET day = day + 1 WHERE id = 1"),
    "a shop's player": ("gear_shops", "UPDATE gear_shop SET player_id = 2 WHERE id = 5"),
    "a shop left out": ("gear_shops", "DELETE FROM gear_shop WHERE rerolls = 0"),
    "a reroll unpaid": (
        "gear_shops",
        "UPDATE transfer SET amount = amount - 1 WHERE kind = 'reroll' AND amount = 10",
    ),
    "a reroll for nothing": ("gear_shops", "DELETE FROM gear_shop WHERE rerolls = 2"),
}


def trading_until(path: Path) -> int:
    """A world with rotations, sales from stalls, a gear shop rerolled twice; its time."""
    clock = FrozenClock(NOW)
    with a_world(path, clock=clock, pack=MARKET_PACK) as world:
        ana, bob = a_player(world, "ana", oranges=200_000), a_player(world, "bob")
        for stall in ana.black_market.rotation().stalls[:2]:
            done(ana.black_market.buy(stall.slug), Purchase)
        clock.advance(PERIOD)
        done(bob.black_market.buy(bob.black_market.rotation().stalls[-1].slug), Purchase)
        bob.gear_shop.today()
        for _ in range(2):
            done(ana.gear_shop.reroll(), Reroll)
        done(ana.gear_shop.buy(ana.gear_shop.today().offers[-1].slug), Purchase)
        clock.advance(DAY)
        ana.gear_shop.today()
    return clock.at


@pytest.fixture(scope="module")
def audit_after(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuditAfter]:
    """Forgeries of that world."""
    path = tmp_path_factory.mktemp("market") / "world.db"
    lived_in(path, trading_until)
    with forgeries(path) as audit_after:
        yield audit_after


@pytest.mark.parametrize("forgery", MARKET_FORGERIES)
def test_the_audit_names_what_is_forged_of_markets_and_shops(
    forgery: str, audit_after: AuditAfter
) -> None:
    check, sql = MARKET_FORGERIES[forgery]
    assert audit_after(sql)[check].faults


def test_a_hundred_rotations_are_derived_again_from_the_seed(tmp_path: Path) -> None:
    clock = FrozenClock(NOW)
    with a_world(tmp_path / "long.db", clock=clock, pack=MARKET_PACK) as world:
        ana = a_player(world)
        for _ in range(100):
            ana.black_market.rotation()
            clock.advance(PERIOD)
        audited(world)
