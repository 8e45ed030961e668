"""Friends, gifts and notifications from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_world, befriended, contents, lived_in
from tests.cli.conftest import Run, handle_of, usual_world

HOSTILE = "[@click=app.quit]x[/] [/nope] %s {0}"


@pytest.fixture
def friends(database: Path) -> Path:
    """The usual world, in which ana and bob are friends."""
    lived_in(database, world_of_friends)
    return database


def world_of_friends(path: Path) -> int:
    at = usual_world(path)
    with a_world(path) as world:
        befriended(handle_of(world, "ana"), handle_of(world, "bob"))
    return at


def bond(run: Run, name: str, player: str = "ana") -> str:
    lines = run("friends", "--json", player=player).answered()["friends"]
    return next(line["bond"] for line in lines if line["name"] == name)


def player_items(run: Run, player: str) -> list[dict[str, object]]:
    items = run("inventory", "--json", player=player).answered()["items"]
    assert isinstance(items, list)
    return items


def test_a_friend_is_asked_and_accepts(run: Run, database: Path) -> None:
    assert bond(run, "bob") == "none"
    asked = run("friends", "request", "BOB", "--json").answered()
    assert (asked["name"], asked["event"], asked["bond"]) == ("bob", "request", "asked")
    assert (bond(run, "bob"), bond(run, "ana", "bob")) == ("asked", "waiting")
    page = run("friends", player="bob")
    assert "waits for your answer" in page.out
    assert "inventui friends accept NAME" in page.out
    assert run("friends", "accept", "ana", player="bob").out == "ana is your friend now.\n"
    assert (bond(run, "bob"), bond(run, "ana", "bob")) == ("friends", "friends")
    assert "friend" in run("friends").out


@pytest.mark.parametrize(
    ("by", "name", "words", "said"),
    [
        ("bob", "ana", "decline", "You have declined; ana is not your friend."),
        ("ana", "bob", "remove", "You have taken your request to bob back."),
    ],
)
def test_a_request_may_be_declined_and_taken_back(
    run: Run, database: Path, by: str, name: str, words: str, said: str
) -> None:
    run("friends", "request", "bob")
    assert run("friends", words, name, player=by).out == f"{said}\n"
    assert bond(run, "bob") == "none"


def test_a_friendship_is_ended(run: Run, friends: Path) -> None:
    assert run("friends", "remove", "bob").out == "bob is not your friend any more.\n"
    run("gift", "bob", "--oranges", "1", "--json").refused("not_friends")


def test_what_can_t_be_between_two_is_refused(run: Run, database: Path) -> None:
    run("friends")
    before = contents(database)
    for words, name, reason in (
        ("accept", "bob", "wrong_bond"),
        ("decline", "bob", "wrong_bond"),
        ("remove", "bob", "wrong_bond"),
        ("request", "ana", "no_target"),
        ("request", "nobody", "unknown_player"),
        ("request", "\x1b[2J", "unknown_player"),
    ):
        run("friends", words, name, "--json").refused(reason)
        run("friends", words, name).said(1)
        assert contents(database) == before, (words, name)


def test_a_thing_is_given_with_a_message(run: Run, friends: Path) -> None:
    player_item = player_items(run, "ana")[0]
    given = run(
        "gift", "bob", "--item", player_item["id"], "--message", HOSTILE, "--json"
    ).answered()
    assert (given["receiver"], given["item_id"], given["name"]) == (
        "bob",
        player_item["id"],
        player_item["name"],
    )
    assert player_item["id"] not in [item["id"] for item in player_items(run, "ana")]
    got = next(item for item in player_items(run, "bob") if item["id"] == given["received_id"])
    assert got["name"] == player_item["name"]
    page = run("gift", player="bob")
    assert "from" in page.out
    assert HOSTILE in page.out
    assert "In all you got 1 thing, 0 oranges and 0 gems." in page.out
    history = run("history", given["received_id"], "--json", player="bob").answered()
    assert [event["player"] for event in history["events"]] == ["ana", "ana", "bob"]


def test_money_is_given_once_by_a_key(run: Run, friends: Path) -> None:
    before = run("ledger", "--json", player="bob").answered()["balance"]
    said = run("gift", "bob", "--gems", "2", "--key", "k").out
    assert said.startswith("You gave bob 2 gems.")
    again = run("gift", "bob", "--gems", "2", "--key", "k", "--json").answered()
    assert again["repeat"]
    after = run("ledger", "--json", player="bob").answered()["balance"]
    assert after == {"oranges": before["oranges"], "gems": before["gems"] + 2}


def test_gifts_of_both_sides_are_listed_in_pages_newest_first(run: Run, friends: Path) -> None:
    for giver, friend, amount in (
        ("ana", "bob", 1),
        ("bob", "ana", 2),
        ("ana", "bob", 3),
        ("bob", "ana", 4),
        ("bob", "ana", 5),
    ):
        run("gift", friend, "--oranges", amount, "--json", player=giver).answered()
    listed, after = [], None
    for _ in range(3):
        more = () if after is None else ("--after", after)
        page = run("gift", "--limit", "2", *more, "--json").answered()
        listed += [(line["oranges"], line["sent"], line["player"]) for line in page["gifts"]]
        after = page["next"]
    assert listed == [(n, n in (1, 3), "bob") for n in (5, 4, 3, 2, 1)]
    assert after is None
    assert page["statistics"]["oranges_given"] == 4
    assert page["statistics"]["oranges_received"] == 11
    assert "--after" in run("gift", "--limit", "2").out


def test_a_gift_names_one_friend_and_one_thing(run: Run, friends: Path) -> None:
    for arguments in (
        ("bob",),
        ("bob", "--item", "1", "--oranges", "1"),
        ("bob", "--item", "one"),
        ("--oranges", "1"),
        ("--message", "hello"),
    ):
        run("gift", *arguments, "--json").refused("usage", 2)
        run("gift", *arguments).said(2)


def test_what_can_t_be_given_is_refused(run: Run, friends: Path) -> None:
    before = contents(friends)
    for arguments, reason in (
        (("bob", "--item", "999999"), "unknown_item"),
        (("bob", "--oranges", "0"), "invalid_amount"),
        (("bob", "--oranges", "1000000000"), "insufficient_funds"),
        (("bob", "--oranges", "1", "--message", "x" * 201), "invalid_message"),
        (("bob", "--oranges", "1", "--message", "a\x1b[2Jb"), "invalid_message"),
        (("ana", "--oranges", "1"), "no_target"),
        (("zed", "--oranges", "1"), "unknown_player"),
    ):
        run("gift", *arguments, "--json").refused(reason)
        run("gift", *arguments).said(1)
        assert contents(friends) == before, arguments


def test_an_empty_list_of_gifts_says_how_to_give(run: Run, database: Path) -> None:
    assert "inventui gift NAME" in run("gift").out


def test_what_one_was_told_is_listed_and_read_when_asked(run: Run, friends: Path) -> None:
    run("gift", "bob", "--oranges", "7", "--message", HOSTILE)
    document = run("notifications", "--json", player="bob").answered()
    assert document["unread"] == 2
    assert [line["kind"] for line in document["notifications"]] == ["gift", "friend_request"]
    assert [line["seen"] for line in document["notifications"]] == [False, False]
    assert HOSTILE in document["notifications"][0]["message"]
    assert HOSTILE in run("notifications", player="bob").out
    run("notifications", "--limit", "1", "--seen", "--json", player="bob").answered()
    rest = run("notifications", "--unread", "--json", player="bob").answered()
    assert rest["unread"] == 1
    assert [line["kind"] for line in rest["notifications"]] == ["friend_request"]
    run("notifications", "--seen", player="bob")
    assert "nothing new" in run("notifications", "--unread", player="bob").out


def test_what_is_unread_is_counted_beyond_the_page(run: Run, friends: Path) -> None:
    run("gift", "bob", "--oranges", "7")
    document = run("notifications", "--limit", "1", "--json", player="bob").answered()
    assert (len(document["notifications"]), document["unread"]) == (1, 2)


def test_what_was_not_read_has_a_mark(run: Run, friends: Path) -> None:
    run("notifications", "--seen", player="bob")
    assert "●" not in run("notifications", player="bob").out
    run("gift", "bob", "--oranges", "7")
    lines = run("notifications", player="bob").out.splitlines()
    (marked,) = (line for line in lines if "●" in line)
    assert "7 oranges" in marked
    run("notifications", "--seen", player="bob")
    assert "●" not in run("notifications", player="bob").out


def test_reading_alone_marks_nothing(run: Run, friends: Path) -> None:
    before = contents(friends)
    run("notifications", "--unread", player="bob")
    run("gift", player="bob")
    assert contents(friends) == before


def test_nobody_reads_what_another_was_told(run: Run, friends: Path) -> None:
    run("notifications", "--seen", "--json").answered()
    assert run("notifications", "--json", player="bob").answered()["unread"] == 1
