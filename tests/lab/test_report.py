"""The economy of a world, by its ledger."""

from pathlib import Path

import pytest

from inventui.content.source import base_pack
from inventui.engine.core.secrets import SeededEntropy
from inventui.engine.inventory.models import InventoryQuery
from inventui.engine.world import World
from inventui.lab.report import report
from inventui.rules.core.clock import DAY, HOUR, FrozenClock
from inventui.rules.core.refusal import Refusal
from inventui.rules.inventory.inventory import InventoryTab
from tests.lab.side_by_side import FIRST


def test_a_report_counts_items_on_each_day_and_tells_how_long_a_business_took(
    tmp_path: Path,
) -> None:
    clock = FrozenClock(FIRST)
    path = tmp_path / "world.db"
    with World.open(path, pack=base_pack(), clock=clock, entropy=SeededEntropy("a")) as world:
        handles = []
        for name in ("ana", "bob"):
            card = world.players.add(name)
            assert not isinstance(card, Refusal)
            handles.append(world.handle(card))
        ana, bob = handles
        before = report(world.store)
        assert before.wealth == before.purses == (0.0,)
        clock.at += DAY + 5 * HOUR
        ana.cases.open("citrus-crate", 20)
        won = ana.inventory.page(InventoryQuery(tab=InventoryTab.COLLECTIBLES)).items
        ana.inventory.sell([line.id for line in won[:9]])
        bob.streets.daily()
        world.grant("ana", oranges=20_000, key="a")
        assert not isinstance(ana.shop.buy("lemon-honesty"), Refusal)
        clock.at += DAY
        bob.streets.daily()
        found = report(world.store)
    assert [day.day for day in found.days] == ["2026-02-16", "2026-02-17", "2026-02-18"]
    assert len(found.wealth) == len(found.purses) == 3
    assert found.wealth[-1] == pytest.approx(found.gini)
    assert found.wealth[1] != pytest.approx(found.purses[1])
    assert [(t.tier, t.players, t.hours) for t in found.tiers if "business" in t.tier] == [
        ("common business", 1, 29.0)
    ]
