"""Export: all that is kept about a player, and nothing that is secret."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from inventui.engine.export.export import sections
from inventui.engine.world import World
from tests.builders import contents, given
from tests.cli.conftest import Run, handle_of

PASSPHRASE = "lemon tree"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the world of `lively` lies once a test has made it."""
    return tmp_path_factory.mktemp("lively") / "world.db"


@pytest.fixture
def lively(run: Run, database: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ana has friends, gifts, a withdrawal, a retired pair and a passphrase."""
    if not kept.exists():
        live(run, monkeypatch)
        shutil.copyfile(database, kept)
    shutil.copyfile(kept, database)
    monkeypatch.setenv("INVENTUI_PASSPHRASE", PASSPHRASE)
    return database


def live(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("friends", "request", "bob", "--json").answered()
    run("friends", "accept", "ana", "--json", player="bob").answered()
    run("gift", "bob", "--oranges", "7", "--message", "für dich [/nope]", "--json").answered()
    run("gift", "ana", "--gems", "1", "--json", player="bob").answered()
    run("grant", "ana", "--item", "squeezer", "--json").answered()
    player_item = run("inventory", "--sort", "newest", "--json").answered()["items"][0]["id"]
    run("withdraw", player_item, "--details", "By hand", "--json").answered()
    run("fairness", "rotate", "--json").answered()
    run("open", "crate", "--json").answered()
    run("daily", "--json").answered()
    run("open", "rack", "--json", player="bob").answered()
    with monkeypatch.context() as patch:
        patch.setenv("INVENTUI_NEW_PASSPHRASE", PASSPHRASE)
        run("players", "passphrase", "--json").answered()


def test_everything_of_a_player_is_in_it(run: Run, lively: Path) -> None:
    document = run("export", "--json").answered()
    assert document["player"]["name"] == "ana"
    assert list(document)[4:] == list(dict(sections()))
    assert [gift["message"] for gift in document["gifts"]] == ["für dich [/nope]", ""]
    assert [gift["sent"] for gift in document["gifts"]] == [1, 0]
    assert {line["other"] for line in document["friends"]} == {"bob"}
    assert document["withdrawals"][0]["details"] == "By hand"
    total: dict[str, int] = {}
    for line in document["transfers"]:
        total[line["currency"]] = total.get(line["currency"], 0) + line["amount"]
    for account in document["balances"]:
        assert total.get(account["currency"], 0) == account["balance"]
    moved = {move["player_item_id"] for move in document["moves"]}
    assert moved == {player_item["id"] for player_item in document["things"]}
    assert len(document["rolls"]) == 7
    rolled = {roll["odds_hash"] for roll in document["rolls"]}
    assert {table["hash"] for table in document["odds_tables"]} == rolled
    assert document["things"][0]["acquired_at"].endswith("Z")


def test_what_was_listed_traded_fused_and_collected_is_in_it(run: Run, world: World) -> None:
    ana = handle_of(world, "ana")
    stamps = [given(world, ana, "stamp") for _ in range(7)]
    for item in ("straw", "spoon"):
        given(world, ana, item)
    listing = run("list", stamps[5], 90, "--json").answered()["listing"]
    run("bazaar", "buy", listing, "--json", player="bob").answered()
    offered = ("trade", "offer", "bob", "--give", stamps[6], "--ask-oranges", 5, "--json")
    run(*offered).answered()
    run("trade", "accept", 1, "--json", player="bob").answered()
    made = run("fuse", *stamps[:5], "--json").answered()
    run("collections", "complete", "rack", "--json").answered()
    document = run("export", "--json").answered()
    (listed,) = document["listings"]
    assert (listed["mine"], listed["item_id"], listed["price"]) == (1, stamps[5], 90)
    assert listed["state"] == "sold"
    (trade,) = document["trades"]
    assert (trade["mine"], trade["other"], trade["state"]) == (1, "bob", "accepted")
    assert (trade["proposer_oranges"], trade["partner_oranges"]) == (0, 5)
    assert [line["player_item_id"] for line in document["trade_things"]] == [stamps[6]]
    (fusion,) = document["fusions"]
    assert (fusion["rarity"], fusion["player_item_id"]) == ("uncommon", made["roll"]["item_id"])
    assert [line["player_item_id"] for line in document["fusion_inputs"]] == stamps[:5]
    (collected,) = document["collections"]
    assert (collected["collection"], collected["gems"]) == ("rack", 10)
    theirs = run("export", "--json", player="bob").answered()
    (bought,) = theirs["listings"]
    assert bought["mine"] == theirs["trades"][0]["mine"] == 0
    assert bought["item_id"] in {player_item["id"] for player_item in theirs["things"]}
    assert theirs["fusions"] == theirs["fusion_inputs"] == theirs["collections"] == []


def test_nothing_of_another_player_or_secret_is_in_it(run: Run, lively: Path) -> None:
    text = run("export", "--json").out
    kept = contents(lively)
    for row in kept["passphrase"]:
        assert "argon2" not in text
        assert str(row[1]) not in text
    with closing(sqlite3.connect(lively)) as connection:
        pairs = connection.execute("SELECT player_id, state, server_seed FROM seed_pair").fetchall()
    for player, state, seed in pairs:
        assert (seed in text) == (player == 1 and state == "retired")
    theirs = {player_item["id"] for player_item in json.loads(text)["things"]}
    bobs = run("inventory", "--json", player="bob").answered()["items"]
    assert not theirs & {item["id"] for item in bobs}


def test_every_table_that_names_a_player_is_exported_or_left_out_on_purpose(
    database: Path,
) -> None:
    left_out = {
        "player",  # the head of the document
        "passphrase",  # a secret
        "holding",  # counts of the things
        "counter",  # counts that follow from other lines
        "brought",  # what of each operation the feed shows
        "neighbour",  # what the pack says
    }
    queries = " ".join(" ".join(str(query) for query in dict(sections()).values()).split())
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%player%'"
            )
        ]
    missing = [name for name in tables if name not in left_out and f" {name} " not in f"{queries} "]
    assert missing == []


def test_it_is_written_to_a_file_that_was_not_there(run: Run, lively: Path, home: Path) -> None:
    target = home / "out" / "ana.json"
    done = run("export", target, "--json").answered()
    assert done["path"] == str(target)
    written = target.read_text(encoding="utf-8")
    assert len(written) == done["size"]
    printed: dict[str, Any] = run("export").json
    document = json.loads(written)
    assert document | {"exported_at": ""} == printed | {"exported_at": ""}
    run("export", target, "--json").refused("file_exists")
    assert target.read_text(encoding="utf-8") == written
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_can_t_be_written_is_told(run: Run, lively: Path, home: Path) -> None:
    (home / "in-the-way").write_text("")
    before = contents(lively)
    run("export", home / "in-the-way" / "ana.json", "--json").refused("file_unwritable")
    run("export", home / "in-the-way" / "ana.json").said(1)
    assert contents(lively) == before


def test_another_program_reads_it_whole(spawn: Run, database: Path) -> None:
    done = spawn("export", "--player", "ana")
    assert done.status == 0
    assert done.json["player"]["name"] == "ana"
