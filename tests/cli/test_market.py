"""The black market, the daily gear shop and escrow from the command line."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from inventui.cli.core.console import Page
from inventui.cli.market.gear_table import table
from inventui.engine.shop.models import GearLine
from inventui.engine.world import World
from inventui.rules.core.categories import Category
from inventui.rules.core.clock import FrozenClock
from inventui.rules.core.enums import Rarity
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.market.black_market import PERIOD, begins, rotation_at
from inventui.rules.shop import Seller
from tests.builders import MARKET_PACK, a_player, a_world, contents, lived_in
from tests.cli.conftest import Run

NOW = begins(82_000)


def world_with_gear(path: Path) -> int:
    """A world with gear: ana is rich and has seen market and gear shop, bob is new."""
    with a_world(path, clock=FrozenClock(NOW), pack=MARKET_PACK) as world:
        ana = a_player(world, "ana", oranges=100_000)
        bob = a_player(world, "bob")
        for player in (ana, bob):
            player.black_market.rotation()
            player.gear_shop.today()
    return NOW


@pytest.fixture
def database(home: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: MARKET_PACK)
    path = home / "data" / "world.db"
    path.parent.mkdir(0o700)
    clock.at = lived_in(path, world_with_gear).at
    return path


@pytest.fixture
def world(database: Path, clock: FrozenClock) -> Iterator[World]:
    with a_world(database, clock=clock, pack=MARKET_PACK) as world:
        yield world


def test_the_market_shows_stalls_stock_and_its_turn(
    run: Run, database: Path, clock: FrozenClock
) -> None:
    shown = run("market", "--json").answered()
    assert shown["rotation"] == rotation_at(NOW) == 82_000
    assert shown["begins"] < shown["ends"]
    assert shown["past"] == []
    for stall in shown["stalls"]:
        assert stall["remaining"] == stall["stock"] > 0
        assert stall["price"] == stall["full_price"] * (100 - stall["discount"]) // 100
        assert stall["figures"]
    assert {stall["refusal"] for stall in shown["stalls"]} == {None}
    clock.advance(PERIOD)
    later = run("market", "--past", 5, "--json").answered()
    assert later["rotation"] == 82_001
    (old,) = later["past"]
    assert (old["rotation"], len(old["stalls"])) == (82_000, len(shown["stalls"]))
    assert {stall["refusal"] for stall in old["stalls"]} == {"no_longer_available"}


def test_a_persons_market_fits_the_width_and_says_when_it_turns(run: Run, database: Path) -> None:
    shown = run("market", "--past", 1)
    assert shown.status == 0
    assert "6 h 00 min" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 100
    assert run("gear-shop").out.count("\n") >= 8
    assert "Rookie" in run("gear-shop").out
    assert max(map(len, run("gear-shop").out.splitlines())) <= 100


def test_gear_for_sale_shows_its_figures_whole_in_80_columns(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    told = {"insurance": "keeps {} %", "upkeep": "−{:,} a day", "operating_cost": "costs {:,} "}
    for command, lines_of in (("market", "stalls"), ("gear-shop", "items")):
        lines = run(command).out.splitlines()
        assert max(map(len, lines)) <= 80
        for sold in run(command, "--json").answered()[lines_of]:
            (line,) = (line for line in lines if line.startswith(f"{sold['id']} "))
            for name, amount in sold["figures"].items():
                assert told.get(name, "+{:,} ").format(amount) in line


def test_the_longest_gear_fits_80_columns_with_its_figures_and_what_hinders(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    home = GearLine(
        seller=Seller.MARKET,
        slug="house-on-the-first-hill",
        name="House on the First Hill",
        category=Category.HOUSING,
        description="",
        flavour="",
        rarity=Rarity.LEGENDARY,
        figures={"insurance": 40, "upkeep": 2_000},
        durability=100,
        full_price=180_000,
        discount=0,
        price=180_000,
        stock=20,
        remaining=20,
        held=0,
        worn=False,
        refusal=Refusal(Reason.INSUFFICIENT_FUNDS, "", {}),
        sprite="",
        emoji="",
        image_url="",
    )
    table(Page(), [home])
    (_, line) = capsys.readouterr().out.splitlines()
    assert line.startswith("house-on-the-first-hill  ★ L  keeps 40 %, −2,000 a day")
    assert line.endswith("180,000  20/20  too dear")
    assert len(line) <= 80


def test_buying_on_the_market_pays_counts_down_and_says_where(run: Run, database: Path) -> None:
    stall = run("market", "--json").answered()["stalls"][0]
    bought = run("buy", stall["id"], "--from", "market", "--key", "k", "--json").answered()
    assert (bought["from"], bought["paid"]) == ("market", {"oranges": stall["price"], "gems": 0})
    assert bought["worn"] == [stall["name"]]
    again = run("buy", stall["id"], "--from", "market", "--key", "k", "--json").answered()
    assert again == {**bought, "repeat": True}
    after = run("market", "--json").answered()["stalls"][0]
    assert (after["remaining"], after["owned"], after["refusal"]) == (
        stall["stock"] - 1,
        True,
        "already_owned",
    )
    other = run("market", "--json").answered()["stalls"][-1]
    assert "on the black market" in run("buy", other["id"], "--from", "MARKET").out


def test_the_gear_shop_is_the_same_for_every_look_and_sells(run: Run, database: Path) -> None:
    shown = run("gear-shop", "--json").answered()
    assert run("gear-shop", "--json").answered() == shown
    assert (shown["rank"], shown["rerolls"], shown["reroll_price"]) == ("Rookie", 0, 5)
    assert len(shown["items"]) == 6
    wanted = shown["items"][0]["id"]
    bought = run("buy", wanted, "--from", "gear-shop", "--json").answered()
    assert bought["from"] == "gear_shop"
    assert run("gear-shop", "--json").answered()["items"][0]["worn"]


def test_a_reroll_is_paid_with_gems_and_refused_without(run: Run, world: World) -> None:
    first = run("reroll", "--key", "k", "--json").answered()
    assert (first["rerolls"], first["paid"], first["balance"]["gems"]) == (1, {"gems": 5}, 20)
    assert run("reroll", "--key", "k", "--json").answered() == {**first, "repeat": True}
    shown = run("gear-shop", "--json").answered()
    assert [item["id"] for item in shown["items"]] == first["items"]
    assert "10 gems" in run("reroll").out
    before = contents(world)
    error = run("reroll", "--json").refused("insufficient_funds")
    assert (error["required"], error["current"], error["currency"]) == (20, 10, "gems")
    assert "10 gems more" in run("reroll").said(1)
    assert contents(world) == before


REFUSED = (
    (["buy", "rind", "--from", "market"], "not_for_sale", 1),
    (["buy", "rare-spoon-1", "--from", "gear-shop"], "not_for_sale", 1),
    (["buy", "nope", "--from", "market"], "unknown_item", 1),
    (["buy", "nope"], "unknown_item", 1),
    (["buy", "rind", "--from", "moon"], "usage", 2),
    (["market", "--past", "-1"], "invalid_count", 1),
    (["market", "--past", "x"], "usage", 2),
    (["claim", "99"], "unknown_item", 1),
    (["claim", "x"], "usage", 2),
)


def test_what_can_t_be_done_is_refused_and_nothing_changes(run: Run, world: World) -> None:
    before = contents(world)
    for words, reason, status in REFUSED:
        run(*words, "--json").refused(reason, status)
        assert run(*words).said(status)
        assert contents(world) == before, words


def test_the_cheapest_seller_sells_when_none_is_named(
    run: Run, database: Path, clock: FrozenClock
) -> None:
    while not (stall := run("market", "--json").answered()["stalls"][0])["discount"]:
        clock.advance(PERIOD)
    bought = run("buy", stall["id"], "--json").answered()
    assert (bought["from"], bought["paid"]["oranges"]) == ("market", stall["price"])
    assert run("buy", "rind", "--json").answered()["from"] == "shop"
    fresh = run("market", "--json").answered()["stalls"][0]
    assert fresh["worn"]


def test_what_waits_is_listed_with_its_time_and_claimed_by_its_id(
    run: Run, world: World, clock: FrozenClock
) -> None:
    assert "Nothing waits" in run("claim").out
    for _ in range(11):
        world.grant("ana", item="last-spoon")
    (item,) = run("claim", "--json").answered()["items"]
    assert (item["status"], item["refusal"]) == ("escrowed", "no_room")
    assert item["held_until"] > item["acquired_at"]
    (line,) = run("inventory", "--tab", "escrow", "--json").answered()["items"]
    assert line["held_until"] == item["held_until"]
    waiting = run("inventory", "--tab", "escrow").out
    assert "Waits until" in waiting
    assert item["held_until"][:16].replace("T", " ") in waiting
    shown = run("claim").out
    assert "1 d 00 h" in shown
    assert "10 of 10" in shown
    before = contents(world)
    run("claim", item["id"], "--json").refused("no_room")
    assert "Sell or discard" in run("claim", item["id"]).said(1)
    assert contents(world) == before
    run("sell", 1, "--json").answered()
    done = run("claim", item["id"], "--json").answered()
    assert done["item"]["id"] == item["id"]
    assert run("claim", "--json").answered()["items"] == []
    run("claim", item["id"], "--json").refused("wrong_status")


def test_a_simulated_rotation_is_held_against_the_rules(run: Run, world: World) -> None:
    before = contents(world)
    found = run("simulate", "rotation", "--rolls", 3_000, "--seed", "abc", "--json").answered()
    assert (found["simulated"], found["seed"], found["rolls"]) == ("rotation", "abc", 3_000)
    assert found["expected_with_legendary"] == 900
    # Four standard deviations of 3,000 throws at 30 %.
    assert abs(found["with_legendary"] - 900) < 4 * (3_000 * 0.3 * 0.7) ** 0.5
    rarities = {one["rarity"]: one for one in found["rarities"]}
    assert list(rarities) == ["legendary", "rare", "uncommon", "common"]
    for rarity, stalls, stock in (("rare", 2.5, 5.5), ("uncommon", 4, 7.5), ("common", 4, 15)):
        one = rarities[rarity]
        assert (one["expected_stalls"], one["expected_stock"]) == (stalls, stock)
        assert one["mean_stalls"] == pytest.approx(stalls, abs=0.08)
        assert one["mean_stock"] == pytest.approx(stock, abs=0.2)
    assert found["mean_value"] == sum(one["value"] for one in found["rarities"]) / 3_000
    assert contents(world) == before


def test_the_same_seed_draws_the_same_rotations(run: Run, database: Path) -> None:
    words = ("simulate", "rotation", "-n", 50, "--json", "--seed")
    assert run(*words, "abc").answered() == run(*words, "abc").answered()
    assert run(*words, "abd").answered() != run(*words, "abc").answered()
    shown = run("simulate", "rotation", "-n", 50, player=None)
    assert "the rules say 30.00 %" in shown.out
    run("simulate", "rotation", "-n", 0, "--json").refused("invalid_count")
    run("simulate", "rotation", "--seed", "", "--json").refused("invalid_client_seed")
    run("simulate", "rotation", "--chance", 60, "--json").refused("usage", 2)
