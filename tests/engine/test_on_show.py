"""Nobody pays a price or odds that were not on show: what another program changed is refused."""

from pathlib import Path

import pytest

from inventui.engine.cases.models import Opening
from inventui.engine.core.models import CaseDetail
from inventui.engine.market.models import Reroll
from inventui.engine.shop.models import Purchase
from inventui.engine.workshop.models import Fused, FusionQuote
from inventui.engine.world import PlayerHandle, World
from inventui.rules.core.refusal import Reason, Refusal, foremost
from inventui.rules.shop import Price
from tests.builders import (
    MARKET_PACK,
    SHOP_PACK,
    SMALL_PACK,
    a_player,
    a_world,
    audited,
    contents,
    done,
    refused,
)
from tests.engine.workshop import granted


def changed(world: World, pack: Path, folder: Path, *changes: tuple[str, str]) -> None:
    """Let a second program load a pack anew, with changes of which each finds its place."""
    text = pack.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    other = folder / "changed.toml"
    other.write_text(text, "utf-8")
    a_world(Path(world.path), clock=world.clock, pack=other).close()


@pytest.mark.parametrize(
    "changes",
    [
        [("price = 100\n", "price = 101\n")],
        [('"straw", chance = 60', '"straw", chance = 61'), ("chance = 30", "chance = 29")],
    ],
    ids=["price", "odds"],
)
def test_a_case_is_opened_at_the_price_and_odds_that_were_shown_or_not_at_all(
    changes: list[tuple[str, str]], world: World, ana: PlayerHandle, tmp_path: Path
) -> None:
    shown = done(world.catalogue.case("crate"), CaseDetail)
    done(ana.cases.open("crate", 2, odds_hash=shown.odds.hash), Opening)
    changed(world, SMALL_PACK, tmp_path, *changes)
    before = contents(world)
    refusal = refused(ana.cases.open("crate", odds_hash=shown.odds.hash), Reason.ODDS_CHANGED)
    assert contents(world) == before
    now = done(world.catalogue.case("crate"), CaseDetail)
    assert refusal.figures["odds_hash"] == now.odds.hash != shown.odds.hash
    assert refusal.figures["price"] == now.price
    entries = refusal.figures["entries"]
    assert isinstance(entries, list)
    assert [entry["parts_per_million"] for entry in entries] == [
        entry.parts for entry in now.odds.entries
    ]
    done(ana.cases.open("crate", odds_hash=now.odds.hash), Opening)
    done(ana.cases.open("crate"), Opening)
    audited(world)


def test_a_request_that_was_carried_out_is_answered_the_same_whatever_the_odds_are_now(
    world: World, ana: PlayerHandle, tmp_path: Path
) -> None:
    shown = done(world.catalogue.case("crate"), CaseDetail).odds.hash
    first = done(ana.cases.open("crate", 1, "k", shown), Opening)
    changed(world, SMALL_PACK, tmp_path, ("price = 100\n", "price = 101\n"))
    again = done(ana.cases.open("crate", 1, "k", shown), Opening)
    assert again.repeat
    assert again.rolls == first.rolls


def test_a_fusion_is_rolled_with_the_odds_that_were_shown_or_not_at_all(
    world: World, ana: PlayerHandle, tmp_path: Path
) -> None:
    ids = granted(ana, "straw")
    shown = done(ana.workshop.quote(ids), FusionQuote).odds
    assert shown is not None
    changed(world, SMALL_PACK, tmp_path, ("value = 120", "value = 130"))
    before = contents(world)
    refusal = refused(ana.workshop.fuse(ids, odds_hash=shown.hash), Reason.ODDS_CHANGED)
    assert contents(world) == before
    assert refusal.figures["odds_hash"] != shown.hash
    now = refusal.figures["odds_hash"]
    assert isinstance(now, str)
    done(ana.workshop.fuse(ids, odds_hash=now), Fused)
    audited(world)


def test_what_else_stands_in_the_way_is_told_in_its_order(world: World) -> None:
    poor = a_player(world, "poor")
    refused(poor.cases.open("crate", 0, odds_hash="0" * 64), Reason.INVALID_COUNT)
    refused(poor.cases.open("crate", 100, odds_hash="0" * 64), Reason.ODDS_CHANGED)
    refused(poor.cases.open("nowhere", odds_hash="0" * 64), Reason.UNKNOWN_CASE)
    funds, odds = (
        Refusal(reason, "") for reason in (Reason.INSUFFICIENT_FUNDS, Reason.ODDS_CHANGED)
    )
    assert foremost(None, funds, odds) is odds
    assert foremost(None, None) is None


def test_the_shop_sells_at_the_price_that_was_shown_or_not_at_all(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", pack=SHOP_PACK) as world:
        ana = a_player(world, oranges=1_000_000)
        line = next(line for line in ana.shop.lines() if line.price.oranges and not line.owned)
        for wrong in (
            Price(line.price.oranges + 1, line.price.gems),
            Price(line.price.oranges - 1, line.price.gems),
            Price(line.price.oranges, line.price.gems + 1),
        ):
            before = contents(world)
            refusal = refused(ana.shop.buy(line.slug, shown=wrong), Reason.PRICE_CHANGED)
            assert refusal.figures["price"] in (line.price.oranges, line.price.gems)
            assert contents(world) == before
        done(ana.shop.buy(line.slug, shown=line.price), Purchase)
        audited(world)


def test_gear_shop_market_and_reroll_hold_to_the_price_that_was_shown(tmp_path: Path) -> None:
    with a_world(tmp_path / "world.db", pack=MARKET_PACK) as world:
        ana = a_player(world, oranges=1_000_000)
        view = ana.gear_shop.today()
        line, stall = view.offers[0], ana.black_market.rotation().stalls[-1]
        for buy, offer in ((ana.gear_shop.buy, line), (ana.black_market.buy, stall)):
            before = contents(world)
            refused(buy(offer.slug, shown=Price(offer.price - 1)), Reason.PRICE_CHANGED)
            assert contents(world) == before
            done(buy(offer.slug, shown=Price(offer.price)), Purchase)
        done(ana.gear_shop.reroll(shown=view.reroll_price), Reroll)
        before = contents(world)
        refused(ana.gear_shop.reroll(shown=view.reroll_price), Reason.PRICE_CHANGED)
        assert contents(world) == before
        now = ana.gear_shop.today().reroll_price
        done(ana.gear_shop.reroll(shown=now), Reroll)
        audited(world)
