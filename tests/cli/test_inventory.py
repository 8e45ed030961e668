"""The inventory: looking, selling, locking."""

from pathlib import Path
from typing import Any

import pytest

from tests.builders import contents
from tests.cli.conftest import Run

ITEM_FIELDS = {"id", "name", "category", "rarity", "value", "status", "locked", "acquired_at"}


def player_items(run: Run, *options: object) -> list[dict[str, Any]]:
    return list(run("inventory", *options, "--json").answered()["items"])


def ids(run: Run, player: str = "ana") -> list[int]:
    return [item["id"] for item in player_items(run, "--player", player)]


def test_the_inventory_has_items_total_next_and_statistics(run: Run, database: Path) -> None:
    shown = run("inventory", "--json").answered()
    assert len(shown["items"]) == shown["total"] == 6
    assert shown["next"] is None
    assert all(set(item) == ITEM_FIELDS for item in shown["items"])
    assert shown["items"][0]["acquired_at"] == "2026-11-20T18:00:00Z"
    held = shown["statistics"]
    assert set(held) == {
        "total_items",
        "total_value",
        "by_rarity",
        "highest_value",
        "total_spent",
    }
    assert held["total_items"] == sum(held["by_rarity"].values()) == 6
    assert held["total_value"] == sum(item["value"] for item in shown["items"])
    assert held["highest_value"] == max(item["value"] for item in shown["items"])
    assert held["total_spent"] == 600
    assert set(held["by_rarity"]) == {"common", "uncommon", "rare", "epic", "legendary"}


def test_stacks_are_lines_of_equal_things_with_how_many(run: Run, database: Path) -> None:
    each = player_items(run)
    stacks = player_items(run, "--stacks")
    assert all(set(stack) == ITEM_FIELDS | {"count"} for stack in stacks)
    names = [item["name"] for item in each]
    assert {stack["name"]: stack["count"] for stack in stacks} == {
        name: names.count(name) for name in names
    }
    assert any(stack["count"] > 1 for stack in stacks)
    first = run("inventory", "--stacks", "--limit", 1, "--json").answered()
    assert first["items"] == stacks[:1]
    assert first["total"] == len(each)
    rest = player_items(run, "--stacks", "--after", first["next"])
    assert rest == stacks[1:]
    most = max(stack["count"] for stack in stacks)
    assert f"×{most}" in run("inventory", "--stacks").out


@pytest.mark.parametrize("order", ["newest", "value", "rarity", "name"])
def test_pages_follow_each_other_without_gaps(run: Run, database: Path, order: str) -> None:
    whole = [item["id"] for item in player_items(run, "--sort", order)]
    paged: list[int] = []
    after: list[object] = []
    while True:
        page = run("inventory", "--sort", order, "--limit", 4, *after, "--json").answered()
        paged += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = ["--after", page["next"]]
    assert paged == whole


def test_filters_leave_what_they_say(run: Run, database: Path) -> None:
    everything = player_items(run)
    some = everything[0]
    for options, matches in (
        (("--rarity", some["rarity"]), lambda item: item["rarity"] == some["rarity"]),
        (("--min-value", "100"), lambda item: item["value"] >= 100),
        (("--search", "STRAW"), lambda item: "Straw" in item["name"]),
        (("--tab", "collectibles"), lambda item: item["category"] == "collectible"),
        (("--tab", "gear"), lambda item: False),
        (("--status", "sold"), lambda item: False),
    ):
        assert player_items(run, *options) == [item for item in everything if matches(item)]


def test_what_was_sold_can_still_be_looked_up(run: Run, database: Path) -> None:
    first = ids(run)[0]
    run("sell", first, "--json").answered()
    assert [item["id"] for item in player_items(run, "--status", "sold")] == [first]
    assert first not in ids(run)


def test_words_may_be_written_with_hyphens_and_capitals(run: Run, database: Path) -> None:
    assert player_items(run, "--tab", "Drawer-Style") == []


def test_an_unknown_word_is_wrong_usage_that_names_the_known(run: Run, database: Path) -> None:
    for option in ("--tab", "--status", "--rarity", "--sort"):
        run("inventory", option, "nope", "--json").refused("usage", 2)
        said = run("inventory", option, "nope").said(2)
        assert option in said
        assert "one of" in said


def test_a_page_of_no_sensible_length_is_refused(run: Run, database: Path) -> None:
    for limit in ("0", "-1", "1001", "1" + "0" * 30):
        for command in ("inventory", "ledger", "history", "bazaar", "gift"):
            run(command, "--limit", limit, "--json").refused("invalid_count")
        run("inventory", "--limit", limit).said(1)
    for limit in ("1", "1000"):
        assert run("inventory", "--limit", limit).status == 0


LISTS_BY_WORTH = (["inventory"], ["bazaar"], ["trade", "wares", "bob"])


def test_a_least_value_below_nothing_is_refused(run: Run, database: Path) -> None:
    for command in LISTS_BY_WORTH:
        for least in ("-1", "-" + "1" + "0" * 30):
            error = run(*command, "--min-value", least, "--json").refused("invalid_amount")
            assert (error["min_value"], error["least"]) == (int(least), 0)
            assert "--min-value" in run(*command, "--min-value", least).said(1)
        run(*command, "--min-value", "x", "--json").refused("usage", 2)
        assert "whole number" in run(*command, "--min-value", "1.5").said(2)
        assert run(*command, "--min-value", "0").status == 0
        found = run(*command, "--min-value", "1" + "0" * 30, "--json").answered()
        assert found["total"] == 0


@pytest.mark.parametrize("number", ["1" + "0" * 30, "-" + "1" + "0" * 30])
def test_huge_numbers_overflow_nothing(run: Run, database: Path, number: str) -> None:
    before = contents(database)
    assert run("inventory", "--min-value", number.lstrip("-")).status == 0
    assert run("inventory", "--after", number, "--json").refused("invalid_cursor")
    assert run("ledger", "--after", number).status == 0
    run("sell", "--json", "--", number).refused("unknown_item")
    run("lock", "--json", "--", number).refused("unknown_item")
    run("history", "--json", "--", number).refused("unknown_item")
    run("grant", "ana", f"--oranges={number}", "--json").refused("invalid_amount")
    run("grant", "ana", f"--gems={number}", "--json").refused("invalid_amount")
    run("simulate", "crate", "-n", number, "--json").refused("invalid_count")
    assert contents(database) == before


def test_a_sale_says_how_many_how_much_and_the_new_balance(run: Run, database: Path) -> None:
    one, two, *_ = player_items(run)
    sale = run("sell", one["id"], two["id"], 999, "--json").answered()
    worth = one["value"] + two["value"]
    assert sale["items_sold"] == 2
    assert sale["total_value"] == worth
    assert sale["balance"] == {"oranges": 4_400 + worth, "gems": 25}
    (refused,) = sale["refused"]
    assert (refused["id"], refused["reason"]) == (999, "unknown_item")
    assert refused["message"]


def test_a_sale_is_told_with_what_could_not_be_sold(run: Run, database: Path) -> None:
    first = ids(run)[0]
    shown = run("sell", first, 999).out
    assert "Sold 1 thing for" in shown
    assert "999: There is no thing number 999" in shown


def test_the_same_key_sells_once(run: Run, database: Path) -> None:
    first = ids(run)[0]
    sale = run("sell", first, "--key", "k", "--json").answered()
    before = contents(database)
    assert run("sell", first, "--key", "k", "--json").answered() == {**sale, "repeat": True}
    assert contents(database) == before


def test_a_thing_named_twice_is_sold_once(run: Run, database: Path) -> None:
    first = ids(run)[0]
    assert run("sell", first, first, "--json").answered()["items_sold"] == 1


def test_what_can_not_be_sold_is_refused_and_nothing_changes(run: Run, database: Path) -> None:
    sold, locked, *_ = ids(run)
    (bobs,) = ids(run, "bob")
    run("sell", sold, "--json").answered()
    run("lock", locked, "--json").answered()
    before = contents(database)
    for player_item, reason in (
        (sold, "ended"),
        (locked, "locked"),
        (bobs, "not_yours"),
        (999, "unknown_item"),
        (0, "unknown_item"),
        (10**20, "unknown_item"),
    ):
        run("sell", player_item, "--json").refused(reason)
        run("sell", player_item).said(1)
    error = run("sell", sold, locked, "--json").refused("ended")
    assert [(item["id"], item["reason"]) for item in error["refused"]] == [
        (sold, "ended"),
        (locked, "locked"),
    ]
    assert contents(database) == before


def test_a_locked_thing_is_sold_once_unlocked(run: Run, database: Path) -> None:
    first = ids(run)[0]
    change = run("lock", first, "--json").answered()
    assert (change["locked"], change["changed"], change["refused"]) == (True, 1, [])
    assert player_items(run)[0]["locked"] is True
    assert "locked" in run("inventory").out
    run("sell", first, "--json").refused("locked")
    assert run("lock", first, "--off", "--json").answered()["locked"] is False
    assert run("sell", first, "--json").answered()["items_sold"] == 1


def test_a_thing_is_thrown_away_once_and_comes_back(run: Run, database: Path) -> None:
    first = ids(run)[0]
    run("lock", first)
    before = contents(database)
    run("discard", first, "--json").refused("locked")
    assert contents(database) == before
    run("lock", first, "--off")
    done = run("discard", first, "--key", "k", "--json").answered()
    assert (done["item_id"], done["repeat"]) == (first, False)
    assert run("discard", first, "--key", "k", "--json").answered() == {**done, "repeat": True}
    assert first not in ids(run)
    run("discard", first, "--json").refused("ended")
    assert run("undo", "--json").answered()["item_id"] == first
    assert "is thrown away. Within a minute, inventui undo" in run("discard", first).out


def test_locking_says_how_many(run: Run, database: Path) -> None:
    one, two, *_ = ids(run)
    assert run("lock", one, two).out == "Locked 2 things.\n"
    assert run("lock", one, "--off").out == "Unlocked 1 thing.\n"


def test_another_players_thing_stays_theirs(run: Run, database: Path) -> None:
    (bobs,) = ids(run, "bob")
    before = contents(database)
    for command in ("sell", "discard", "lock", "history"):
        run(command, bobs, "--json").refused("not_yours")
        run(command, bobs).said(1)
    assert contents(database) == before


def test_an_id_that_is_no_number_is_wrong_usage(run: Run, database: Path) -> None:
    before = contents(database)
    for command in ("sell", "lock", "history", "withdraw"):
        for word in ("x", "-1", "1.0", "\x1b[31m"):
            run(command, word, "--json").refused("usage", 2)
            run(command, word).said(2)
    assert contents(database) == before


def test_an_empty_inventory_says_what_to_do_next(run: Run, database: Path) -> None:
    run("players", "add", "cy")
    assert "inventui cases" in run("inventory", player="cy").out
    assert "Nothing here matches" in run("inventory", "--search", "zzz").out


@pytest.mark.parametrize("command", ["sell", "lock", "withdraw"])
def test_a_thing_has_to_be_named(run: Run, database: Path, command: str) -> None:
    run(command, "--json").refused("usage", 2)
