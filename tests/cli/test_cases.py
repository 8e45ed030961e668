"""Cases: the list, the odds, opening."""

from pathlib import Path

import pytest

from inventui.engine.world import World
from inventui.rules.cases.canonical import from_canonical
from tests.builders import PACKS, SMALL_PACK, a_player, a_world, contents
from tests.cli.conftest import Run, handle_of

ROLL_FIELDS = {
    "nonce",
    "ticket",
    "entry",
    "value",
    "rarity",
    "item_id",
    "server_seed_hash",
    "client_seed",
    "odds_hash",
}


def test_cases_lists_id_name_and_price(run: Run, database: Path) -> None:
    listed = run("cases", "--json").answered()["cases"]
    assert {"id": "crate", "name": "Test Crate", "price": 100}.items() <= listed[0].items()
    shown = run("cases").out
    assert "crate" in shown
    assert "Golden Squeezer" in shown


def test_odds_are_exact_and_add_up(run: Run, database: Path) -> None:
    odds = run("odds", "crate", "--json").answered()
    assert odds["case"] == "crate"
    assert odds["price"] == 100
    assert len(odds["odds_hash"]) == 64
    assert (
        odds["entries"][0].items()
        >= {
            "name": "Bent Straw",
            "value": 40,
            "rarity": "common",
            "parts_per_million": 600_000,
        }.items()
    )
    assert sum(entry["parts_per_million"] for entry in odds["entries"]) == 1_000_000
    expected = sum(e["value"] * e["parts_per_million"] for e in odds["entries"]) / 1_000_000
    assert odds["expected_value"] == expected == 227.0
    assert odds["return_to_player"] == 2.27
    assert odds["chance_of_profit"] == 0.4
    assert odds["exact"]["return_to_player"] == "227/100"


def test_the_odds_hash_is_that_of_the_entries_shown(run: Run, database: Path, world: World) -> None:
    odds = run("odds", "crate", "--json").answered()
    case = world.catalogue.case("crate")
    table = from_canonical(case.odds.canonical())  # type: ignore[union-attr]
    assert table.hash == odds["odds_hash"]
    assert [e.item for e in table.entries] == [e["item"] for e in odds["entries"]]


def test_odds_are_drawn_with_letter_and_shape(run: Run, database: Path) -> None:
    shown = run("odds", "crate").out
    for mark in ("· C", "▪ U", "◆ R", "✦ E", "★ L"):
        assert mark in shown
    assert "60.00 %" in shown
    assert "0.50 %" in shown
    assert "995000–999999" in shown


EVEN_CASE = """
[[cases]]
id = "even"
name = "Even Case"
price = 100
entries = [
  { item = "straw", chance = 25, name = "Cheap", value = 10 },
  { item = "stamp", chance = 25, name = "Dear", value = 90 },
  { item = "lemon", chance = 25, name = "Middling", value = 50 },
  { item = "peel", chance = 20, name = "Rare" , value = 1 },
  { item = "squeezer", chance = 5, name = "Rarest", value = 1 },
]
"""


def test_odds_are_drawn_rarest_first_and_of_equal_ones_the_dearest(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = home / "even.toml"
    pack.write_text(SMALL_PACK.read_text("utf-8") + EVEN_CASE, "utf-8")
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: pack)
    names = ("Rarest", "Rare", "Dear", "Middling", "Cheap")
    lines = [line.split() for line in run("odds", "even").out.splitlines()]
    assert [line[2] for line in lines if len(line) > 3 and line[2] in names] == list(names)
    # A program gets them as they are hashed.
    entries = run("odds", "even", "--json").answered()["entries"]
    assert [entry["name"] for entry in entries] == ["Cheap", "Dear", "Middling", "Rare", "Rarest"]


def test_an_opening_says_what_was_rolled_and_what_is_left(run: Run, database: Path) -> None:
    opening = run("open", "crate", "--count", 3, "--json").answered()
    assert opening["repeat"] is False
    assert opening["balance"] == {"oranges": 4_100, "gems": 25}
    assert [roll["nonce"] for roll in opening["rolls"]] == [6, 7, 8]
    assert all(set(roll) == ROLL_FIELDS for roll in opening["rolls"])
    fairness = run("fairness", "--json").answered()["active"]
    odds = run("odds", "crate", "--json").answered()
    for roll in opening["rolls"]:
        assert roll["server_seed_hash"] == fairness["server_seed_hash"]
        assert roll["client_seed"] == fairness["client_seed"]
        assert roll["odds_hash"] == odds["odds_hash"]
    ledger = run("ledger", "--json").answered()["lines"]
    assert any(line["operation"] == opening["operation"] for line in ledger)
    items = run("inventory", "--limit", 3, "--json").answered()["items"]
    assert {item["id"] for item in items} == {roll["item_id"] for roll in opening["rolls"]}


def test_one_case_is_opened_unless_told_otherwise(run: Run, database: Path) -> None:
    assert len(run("open", "crate", "--json").answered()["rolls"]) == 1


def test_an_opening_is_drawn_with_value_and_balance(run: Run, database: Path) -> None:
    shown = run("open", "crate", "--count", 2).out
    assert "for 200 oranges" in shown
    assert "You have 4,200 oranges and 25 gems." in shown


def test_an_opening_says_what_waits_in_escrow_and_what_was_let_go_of(
    run: Run, database: Path
) -> None:
    run("grant", "ana", "--oranges", 100_000)
    page = run("open", "rack", "--count", 60).out
    assert page.count("There is no room for Sharp Spoon, Sharp Spoon, Sharp Spoon:") == 1
    assert "they wait in escrow for 24 h" in " ".join(page.split())
    assert "Escrow let go of Sharp Spoon: it holds 3 things at most." in page


def test_the_same_key_opens_once(run: Run, database: Path) -> None:
    first = run("open", "crate", "--count", 2, "--key", "k", "--json").answered()
    before = contents(database)
    again = run("open", "crate", "--count", 2, "--key", "k", "--json").answered()
    assert again == {**first, "repeat": True}
    assert "done before" in run("open", "crate", "--count", 2, "--key", "k").out
    assert contents(database) == before


def test_the_same_key_with_another_request_is_refused(run: Run, database: Path) -> None:
    run("open", "crate", "--key", "k", "--json").answered()
    before = contents(database)
    run("open", "crate", "--count", 2, "--key", "k", "--json").refused("key_reused")
    run("open", "box", "--key", "k", "--json").refused("key_reused")
    assert contents(database) == before


def test_a_key_that_can_not_be_kept_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for key in ("", "x" * 101, "a\x1bb"):
        run("open", "crate", "--key", key, "--json").refused("invalid_key")
    assert contents(database) == before


def test_what_was_shown_here_is_not_replayed_by_the_game(run: Run, database: Path) -> None:
    run("open", "crate", "--json").answered()
    run("open", "crate")
    with a_world(database) as world:
        assert handle_of(world, "ana").reveals.pending() == ()


def test_a_count_out_of_range_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for count in ("0", "-1", "101", "1" + "0" * 30, "-" + "9" * 99):
        for option in ([f"--count={count}"], ["--count", count]):
            error = run("open", "crate", *option, "--json").refused("invalid_count")
            assert error["count"] == int(count)
            assert (error["least"], error["most"]) == (1, 100)
        run("open", "crate", *option).said(1)
    assert contents(database) == before


def test_a_count_that_is_no_number_is_wrong_usage(run: Run, database: Path) -> None:
    before = contents(database)
    for count in ("x", "", "1.5", "1e3", "٣", "0x10", "1_0", "9" * 5_000, "\x1b[31m"):
        run("open", "crate", "--count", count, "--json").refused("usage", 2)
        assert "--count takes a whole number" in run("open", "crate", "--count", count).said(2)
    assert contents(database) == before


def test_an_unknown_case_is_refused(run: Run, database: Path) -> None:
    before = contents(database)
    for command in (["open", "nope"], ["odds", "nope"], ["simulate", "nope"]):
        run(*command, "--json").refused("unknown_case")
        assert "nope" in run(*command).said(1)
    run("odds", "\x1b[31m", "--json").refused("unknown_case")
    run("odds", "\x1b[31m").said(1)
    assert contents(database) == before


def test_too_little_money_names_required_current_and_missing(run: Run, database: Path) -> None:
    before = contents(database)
    error = run("open", "crate", "--count", 45, "--json").refused("insufficient_funds")
    assert (error["required"], error["current"], error["missing"]) == (4_500, 4_400, 100)
    assert "100 oranges more" in run("open", "crate", "--count", 45).said(1)
    assert contents(database) == before


def test_other_odds_than_those_that_one_names_are_refused_and_shown(
    run: Run, database: Path
) -> None:
    shown = run("odds", "crate", "--json").answered()
    before = contents(database)
    error = run("open", "crate", "--odds-hash", "0" * 64, "--json").refused("odds_changed")
    assert error["odds_hash"] == shown["odds_hash"]
    assert (error["price"], len(error["entries"])) == (shown["price"], len(shown["entries"]))
    for_a_person = run("open", "crate", "--odds-hash", "0" * 64)
    assert (for_a_person.status, for_a_person.err.count("\n")) == (1, 1)
    assert shown["odds_hash"] in for_a_person.out
    assert all(entry["name"] in for_a_person.out for entry in shown["entries"])
    assert contents(database) == before
    run("open", "crate", "--odds-hash", shown["odds_hash"], "--json").answered()


@pytest.fixture
def rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worlds have cases with pools, groups, a guarantee and entries that give nothing."""
    monkeypatch.setattr("inventui.engine.packs.begin.base_pack", lambda: PACKS / "rich.toml")


@pytest.mark.usefixtures("rich")
def test_odds_tell_rolls_pools_groups_and_what_gives_nothing(run: Run) -> None:
    chest = run("odds", "chest", "--json").answered()
    assert chest["rolls"] == 3
    assert chest["pools"] == [{"rolls": 2, "entries": 3}, {"rolls": 1, "entries": 2}]
    assert [e["item"] for e in chest["entries"] if e["name"] == "Nothing"] == [None]
    shown = run("odds", "chest").out
    assert "3 an opening" in shown
    assert shown.count("1000000") == 0
    blades = [e for e in run("odds", "arms", "--json").answered()["entries"] if e["group"]]
    assert [e["group"] for e in blades] == ["Blades"] * 4 + ["Pips"]
    assert "Blades" in run("odds", "arms").out


@pytest.mark.usefixtures("rich")
def test_odds_tell_the_guarantee_and_exactly_how_long_one_waits_for_each_rarity(run: Run) -> None:
    banner = run("odds", "banner", "--json").answered()
    assert banner["guarantee"] == {
        "rarity": "legendary", "after": 9, "rises_from": 5, "step": 100_000,
    }  # fmt: skip
    assert banner["waits"]["legendary"]["all_but_one"] == 10
    assert banner["waits"]["common"]["half"] == 1
    shown = run("odds", "banner").out
    assert "legendary for sure within 10 openings" in shown
    assert "from a new seed pair, half have one by opening 8, 99 % by opening 10" in shown
    plain = run("odds", "arms", "--json").answered()
    assert plain["guarantee"] is None
    assert plain["pools"] == [{"rolls": 1, "entries": len(plain["entries"])}]
    chance = sum(e["parts_per_million"] for e in plain["entries"] if e["rarity"] == "legendary")
    assert plain["waits"]["legendary"]["mean"] == pytest.approx(1_000_000 / chance)


@pytest.mark.usefixtures("rich")
def test_an_opening_that_gave_nothing_is_drawn_with_a_dash(run: Run, home: Path) -> None:
    with a_world(home / "data" / "world.db", pack=PACKS / "rich.toml") as world:
        a_player(world, "ana")
    line = next(line for line in run("open", "void").out.splitlines() if "Nothing" in line)
    assert "–" in line
    assert "· C" not in line
    assert "None" not in line
