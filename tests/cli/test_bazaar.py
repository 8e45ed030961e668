"""The bazaar from the command line."""

from pathlib import Path

import pytest

from inventui.engine.bazaar.models import Listed
from inventui.engine.world import World
from tests.builders import contents, done
from tests.cli.conftest import Run, handle_of

PRICE = 120
THINGS = range(1, 7)
"""What ana has."""


@pytest.fixture
def listed(world: World) -> list[int]:
    """Numbers of ana's listings, one for each of her things, each dearer than the one before."""
    ana = handle_of(world, "ana")
    return [
        done(ana.bazaar.list(player_item, PRICE + player_item), Listed).listing
        for player_item in THINGS
    ]


def test_a_thing_is_listed_for_a_price(run: Run, world: World) -> None:
    shown = run("list", 1, PRICE, "--json").answered()
    assert shown["listing"] == 1
    assert shown["item_id"] == 1
    assert (shown["price"], shown["fee"]) == (120, 6)
    assert shown["until"].endswith("Z")
    assert not shown["repeat"]
    (line,) = run("bazaar", "--mine", "--json").answered()["listings"]
    assert (line["id"], line["item_id"], line["price"]) == (1, 1, 120)
    assert line["mine"]
    assert line["seller"] == "ana"


def test_a_person_is_told_what_is_left_of_the_price(run: Run, world: World) -> None:
    said = run("list", 1, PRICE).out
    assert "for 120 oranges, as listing number 1" in said
    assert "114 are yours and 6 the house keeps" in said
    assert "home after 7 days" in said


def test_the_same_key_lists_once(run: Run, world: World) -> None:
    first = run("list", 1, PRICE, "--key", "k", "--json").answered()
    before = contents(world)
    again = run("list", 1, PRICE, "--key", "k", "--json").answered()
    assert again == {**first, "repeat": True}
    assert contents(world) == before
    run("list", 1, PRICE + 1, "--key", "k", "--json").refused("key_reused")
    assert contents(world) == before


def test_without_a_price_nothing_is_listed_and_one_is_suggested(run: Run, world: World) -> None:
    before = contents(world)
    error = run("list", 1, "--json").refused("invalid_amount")
    assert error["suggestion"] > 0
    assert f"{error['suggestion']:,} oranges" in run("list", 1).said(1)
    assert contents(world) == before
    shown = run("list", 1, "--suggested", "--json").answered()
    assert shown["price"] == error["suggestion"]


def test_a_suggestion_and_a_price_do_not_go_together(run: Run, world: World) -> None:
    before = contents(world)
    said = run("list", 1, PRICE, "--suggested").said(2)
    assert "--suggested goes without a price" in said
    assert contents(world) == before


def test_what_cannot_be_listed_is_refused(run: Run, world: World) -> None:
    before = contents(world)
    refused: tuple[tuple[tuple[object, ...], str], ...] = (
        ((1, 0), "invalid_amount"),
        ((1, 10**30), "invalid_amount"),
        ((99, PRICE), "unknown_item"),
        ((7, PRICE), "not_yours"),
        ((7, "--suggested"), "not_yours"),
        ((7,), "not_yours"),
    )
    for arguments, reason in refused:
        run("list", *arguments, "--json").refused(reason)
        assert contents(world) == before, arguments


def test_what_is_promised_is_said_before_a_price_is_asked_for(
    run: Run, world: World, listed: list[int]
) -> None:
    run("list", 1, "--json").refused("wrong_status")


def test_a_listing_is_bought_once(run: Run, world: World, listed: list[int]) -> None:
    shown = run("bazaar", "buy", listed[0], "--key", "k", "--json", player="bob").answered()
    assert (shown["price"], shown["fee"], shown["seller"]) == (121, 6, "ana")
    assert shown["item_id"] == 8
    assert shown["balance"]["oranges"] == 4_900 - 121
    again = run("bazaar", "buy", listed[0], "--key", "k", "--json", player="bob").answered()
    assert again == {**shown, "repeat": True}
    error = run("bazaar", "buy", listed[0], "--json", player="bob").refused("sold_out")
    assert error["state"] == "sold"
    said = run("bazaar", "buy", listed[1], player="bob").out
    assert "from ana for 122 oranges" in said
    assert "your thing number 9" in said


@pytest.mark.parametrize(("number", "reason"), [(1, "own_listing"), (99, "unknown_listing")])
def test_what_cannot_be_bought_is_refused(
    run: Run, world: World, listed: list[int], number: int, reason: str
) -> None:
    before = contents(world)
    run("bazaar", "buy", number, "--json").refused(reason)
    assert contents(world) == before


def test_a_listing_is_taken_back(run: Run, world: World, listed: list[int]) -> None:
    run("delist", listed[0], "--json", player="bob").refused("not_yours")
    shown = run("delist", listed[0], "--key", "k", "--json").answered()
    assert (shown["listing"], shown["item_id"]) == (listed[0], 1)
    assert run("delist", listed[0], "--key", "k", "--json").answered() == {
        **shown,
        "repeat": True,
    }
    run("delist", listed[0], "--json").refused("ended")
    assert "home again" in run("delist", listed[1]).out


def test_pages_follow_each_other_by_next(run: Run, world: World, listed: list[int]) -> None:
    first = run("bazaar", "--sort", "cheapest", "--limit", 4, "--json", player="bob").answered()
    assert [line["id"] for line in first["listings"]] == listed[:4]
    assert (first["total"], first["next"]) == (6, listed[3])
    rest = run(
        "bazaar", "--sort", "cheapest", "--after", first["next"], "--json", player="bob"
    ).answered()
    assert [line["id"] for line in rest["listings"]] == listed[4:]
    assert rest["next"] is None
    shown = run("bazaar", "--limit", 4, player="bob").out
    assert f"--after {listed[2]}" in shown
    assert "4 of 6 shown" in shown
    run("bazaar", "--after", 99, "--json").refused("invalid_cursor")


def test_filters_narrow_the_bazaar_down(run: Run, world: World, listed: list[int]) -> None:
    everything = run("bazaar", "--json").answered()["listings"]
    for option, kept in (
        (("--rarity", "common"), lambda line: line["rarity"] == "common"),
        (("--min-value", 100), lambda line: line["value"] >= 100),
        (("--search", "straw"), lambda line: "straw" in line["name"].lower()),
        (("--tab", "collectibles"), lambda line: True),
        (("--tab", "gear"), lambda line: False),
    ):
        shown = run("bazaar", *option, "--json").answered()
        assert shown["listings"] == [line for line in everything if kept(line)], option
        assert shown["total"] == len(shown["listings"])
    assert run("bazaar", "--mine", "--json", player="bob").answered()["total"] == 0


def test_an_empty_bazaar_says_what_to_do(run: Run, world: World) -> None:
    assert "To list a thing: inventui list ID PRICE" in run("bazaar").out
    assert "You list nothing" in run("bazaar", "--mine").out
    assert "Leave an option out" in run("bazaar", "--search", "zzz").out
    assert "Nothing yet" in run("bazaar", "sales").out


def test_one_listing_is_shown_with_its_prices(run: Run, world: World, listed: list[int]) -> None:
    run("bazaar", "buy", listed[0], player="bob")
    shown = run("bazaar", "show", listed[1], "--json", player="bob").answered()
    assert shown["listing"]["id"] == listed[1]
    assert shown["source"] == "crate"
    assert shown["prices"]["item"] == shown["item"]
    assert shown["prices"]["listed"] >= 1
    assert shown["listing"]["refused"] is None
    own = run("bazaar", "show", listed[1], "--json").answered()
    assert own["listing"]["refused"]["reason"] == "own_listing"
    said = run("bazaar", "show", listed[1], player="bob").out
    assert "122 oranges" in said
    assert f"inventui bazaar buy {listed[1]}" in said
    assert "Take it back instead" in run("bazaar", "show", listed[1]).out
    run("bazaar", "show", 99, "--json").refused("unknown_listing")
    run("bazaar", "show", listed[0], "--json").refused("sold_out")


def test_prices_tell_what_an_item_went_for(run: Run, world: World, listed: list[int]) -> None:
    item = run("bazaar", "show", listed[0], "--json").answered()["item"]
    none = run("bazaar", "prices", item, "--json").answered()
    assert (none["sales"], none["sold"], none["median"]) == ([], 0, None)
    assert "none yet" in run("bazaar", "prices", item).out
    run("bazaar", "buy", listed[0], player="bob")
    shown = run("bazaar", "prices", item, "--json").answered()
    assert [sale["price"] for sale in shown["sales"]] == [121]
    assert (shown["sold"], shown["median"], shown["suggestion"]) == (1, 121, 736)
    # The house would pay 700, of which no fee is kept.
    assert shown["value"] == 700
    assert shown["listed"] == none["listed"] - 1
    assert "Went for" in run("bazaar", "prices", item).out
    error = run("bazaar", "prices", "strow", "--json").refused("unknown_item")
    assert "straw" in error["message"]


def test_sales_tell_both_sides_what_became_of_listings(
    run: Run, world: World, listed: list[int]
) -> None:
    run("bazaar", "buy", listed[0], player="bob")
    run("delist", listed[1])
    shown = run("bazaar", "sales", "--json").answered()
    assert [(line["id"], line["state"], line["other"]) for line in shown["ends"]] == [
        (listed[1], "taken_back", None),
        (listed[0], "sold", "bob"),
    ]
    assert (shown["sold"], shown["earned"], shown["fees"]) == (1, 115, 6)
    (bought,) = run("bazaar", "sales", "--json", player="bob").answered()["ends"]
    assert (bought["bought"], bought["other"]) == (True, "ana")
    page = run("bazaar", "sales", "--limit", 1, "--json").answered()
    assert page["next"] == listed[1]
    rest = run("bazaar", "sales", "--after", page["next"], "--json").answered()
    assert [line["id"] for line in rest["ends"]] == [listed[0]]
    said = run("bazaar", "sales").out
    assert "sold to bob" in said
    assert "taken back" in said
    assert "115 were yours, 6 the house kept" in said
    theirs = run("bazaar", "sales", player="bob").out
    assert "bought from ana" in theirs
    assert "sold in all" not in theirs


def test_a_sale_is_told_in_the_notifications_and_the_feed(
    run: Run, world: World, listed: list[int]
) -> None:
    run("bazaar", "buy", listed[0], player="bob")
    (told,) = [
        note
        for note in run("notifications", "--json").answered()["notifications"]
        if note["kind"] == "sold"
    ]
    assert "115 are yours, 6 the house kept" in told["message"]
    assert "bob bought from you" in run("history", "--kind", "bazaar").out
    assert "You bought from ana" in run("history", "--kind", "bazaar", player="bob").out


def test_a_hostile_seller_is_a_word(run: Run, database: Path, world: World) -> None:
    name = "[red]x[/]"
    assert run("players", "rename", "ana", name).status == 0
    run("list", 1, PRICE, player=name)
    assert name in run("bazaar", player="bob").out
    assert name in run("bazaar", "show", 1, player="bob").out
    assert name in run("bazaar", "buy", 1, player="bob").out
