"""Every command, whatever it does."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.core import TyperGroup

from inventui.cli.core.documents import FORMS
from inventui.cli.root import commands
from inventui.rules import bazaar
from inventui.rules.cases.cases import MOST_AT_ONCE
from inventui.rules.core.clock import DAY, SECOND
from inventui.rules.streets.daily_bonus import DAILY_STEP, STREAK
from inventui.rules.streets.shifts import SHIFT_PAUSE, SHIFTS_A_DAY, ShiftStyle, pay_by_choice
from inventui.rules.withdrawals.withdrawals import LEAST_VALUE
from tests.cli.conftest import Run

PACK_COMMANDS = [
    "list",
    "show",
    "new",
    "check",
    "diff",
    "add",
    "remove",
    "update",
    "schema",
    "import",
    "sprite",
]
EXPECTED = {
    "next",
    "quests",
    "players",
    "cases",
    "odds",
    "open",
    "inventory",
    "sell",
    "discard",
    "lock",
    "ledger",
    "history",
    "fairness",
    "verify",
    "simulate",
    "economy",
    "audit",
    "backup",
    "restore",
    "grant",
    "packs",
    "paths",
    "shop",
    "buy",
    "equip",
    "unequip",
    "use",
    "drawer",
    "play",
    "daily",
    "rob",
    "property",
    "gear-shop",
    "reroll",
    "market",
    "claim",
    "achievements",
    "friends",
    "gift",
    "notifications",
    "withdraw",
    "withdrawals",
    "export",
    "bazaar",
    "list",
    "delist",
    "undo",
    "trade",
    "fuse",
    "collections",
    "world",
    "serve",
    "invite",
}


def walk(command: object, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], object]:
    """Every command below `command`, by its words."""
    found = {path: command} if path else {}
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            found |= walk(below, (*path, name))
    return found


COMMANDS = walk(typer.main.get_command(commands()))


def test_the_commands_are_those_of_the_specification() -> None:
    assert {path[0] for path in COMMANDS} == EXPECTED
    assert {path for path in COMMANDS if len(path) > 1} == {
        ("players", "list"),
        ("quests", "skip"),
        ("players", "add"),
        ("players", "rename"),
        ("players", "passphrase"),
        ("players", "neighbours"),
        ("players", "key"),
        *(("players", "key", name) for name in ("add", "list", "remove")),
        ("players", "lock"),
        ("players", "unlock"),
        ("fairness", "rotate"),
        ("fairness", "export"),
        ("friends", "request"),
        ("friends", "accept"),
        ("friends", "decline"),
        ("friends", "remove"),
        ("bazaar", "show"),
        ("bazaar", "prices"),
        ("bazaar", "buy"),
        ("bazaar", "sales"),
        ("trade", "list"),
        ("trade", "show"),
        ("trade", "offer"),
        ("trade", "counter"),
        ("trade", "accept"),
        ("trade", "decline"),
        ("trade", "take-back"),
        ("trade", "wares"),
        ("world", "copy"),
        ("world", "roles"),
        *(("packs", name) for name in PACK_COMMANDS),
        ("economy", "report"),
        ("economy", "run"),
        ("economy", "loops"),
        ("economy", "properties"),
    }


def test_every_command_takes_json_database_and_player() -> None:
    for path, command in COMMANDS.items():
        options = {option for param in command.params for option in param.opts}
        assert {"--json", "--database", "--player"} <= options, path


def test_every_command_and_option_is_explained_in_a_line() -> None:
    for path, command in COMMANDS.items():
        assert command.help, path
        assert "\n" not in command.help, path
        assert len(command.help) <= 66, path
        assert command.help.endswith("."), path
        for param in command.params:
            assert param.help, (path, param.name)


def test_numbers_in_the_help_of_a_command_are_those_of_the_rules() -> None:
    bold = pay_by_choice(ShiftStyle.BOLD, fed=False, rest=0)
    numbers = {
        "open": (MOST_AT_ONCE,),
        "list": (bazaar.DURATION // DAY,),
        "play": (*bold, SHIFT_PAUSE // SECOND, SHIFTS_A_DAY),
        "daily": (DAILY_STEP, DAILY_STEP * STREAK, STREAK),
        "withdraw": (LEAST_VALUE,),
    }
    for command, told in numbers.items():
        said = str(getattr(COMMANDS[command,], "help", ""))
        assert [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", said)] == [*told], said


def test_every_change_takes_a_key() -> None:
    changing = {
        ("players", "add"),
        ("players", "rename"),
        ("friends", "request"),
        ("friends", "accept"),
        ("friends", "decline"),
        ("friends", "remove"),
        ("gift",),
        ("withdraw",),
        ("open",),
        ("sell",),
        ("discard",),
        ("lock",),
        ("grant",),
        ("fairness", "rotate"),
        ("buy",),
        ("equip",),
        ("unequip",),
        ("use",),
        ("play",),
        ("daily",),
        ("rob",),
        ("property",),
        ("reroll",),
        ("claim",),
        ("list",),
        ("delist",),
        ("fuse",),
        ("collections",),
        ("bazaar", "buy"),
        ("trade", "offer"),
        ("trade", "counter"),
        ("trade", "accept"),
        ("trade", "decline"),
        ("trade", "take-back"),
        ("quests", "skip"),
        ("undo",),
    }
    keyed = {
        path
        for path, command in COMMANDS.items()
        if any("--key" in param.opts for param in command.params)
    }
    assert keyed == changing


def test_examples_name_commands_that_exist() -> None:
    for path, command in COMMANDS.items():
        for line in (command.epilog or "").splitlines():
            assert line.startswith("  $ "), path
            words = line.split("inventui ", 1)[1].split()
            assert tuple(words[:1]) == path[:1], line


def test_documents_name_fields_that_their_dataclasses_have() -> None:
    for kind, (form, sources) in FORMS.items():
        names = form.replace("?", "").split() if isinstance(form, str) else []
        assert sources.keys() <= set(names), kind
        known = {field.name for field in fields(kind)} | set(dir(kind))
        for name in names:
            source = sources.get(name, name)
            assert callable(source) or source.split(".")[0] in known, (kind, name)


@pytest.mark.parametrize("command", ["inventory", "bazaar", "ledger", "history", "notifications"])
def test_a_senseless_limit_is_refused_before_it_is_asked_who_plays(run: Run, command: str) -> None:
    run(command, "--limit", 0, "--json", player=None).refused("invalid_count")
    run(command, "--json", player=None).refused("no_players")


def test_options_that_do_not_go_together_are_refused_before_it_is_asked_who_plays(run: Run) -> None:
    for words in (
        ("gift", "bob"),
        ("list", 1, 5, "--suggested"),
        ("play", "--skill", 5),
        ("fuse", 1, "--cheapest", "rare"),
        ("history", 1, "--after", 5),
        ("collections", "complete"),
    ):
        run(*words, "--json", player=None).refused("usage", status=2)


def test_a_missing_value_leads_to_the_help_of_the_command_that_it_is_for(run: Run) -> None:
    for words in (("open", "--key"), ("trade", "offer", "--give"), ("players", "list", "--after")):
        command = " ".join(word for word in words if not word.startswith("-"))
        assert f"See inventui {command} --help." in run(*words).said(2)


TAKES_LONG = {("serve",), ("simulate",), ("economy", "run"), ("economy", "properties")}
NONSENSE = (str(10**20), "x" * 5_000, "")


def nonsense_for(command: Any) -> Iterator[tuple[str, ...]]:
    """Words that give each option and argument of a command what no row and no file can be."""
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    needed = tuple("1" for param in arguments if param.required)
    for param in command.params:
        for value in NONSENSE:
            if param in arguments:
                yield tuple(value if other is param else "1" for other in arguments)
            elif param.metavar and param.name not in ("database", "player_name"):
                yield (*needed, param.opts[0], value)


@pytest.mark.parametrize("path", sorted(COMMANDS.keys() - TAKES_LONG), ids=" ".join)
def test_what_no_row_and_no_file_can_be_is_refused_or_finds_nothing(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch, path: tuple[str, ...]
) -> None:
    monkeypatch.chdir(database.parent)
    for words in nonsense_for(COMMANDS[path]):
        told = run(*path, *words, "--json")
        assert told.status in (0, 1, 2, 3), (words, told)
        assert told.json


def test_the_plays_of_a_lab_go_into_no_file(run: Run, home: Path) -> None:
    (home / "there").write_text("kept")
    refused = run("economy", "run", "-o", home / "there", "--json").refused("file_exists")
    assert "there already" in refused["message"]
    assert (home / "there").read_text() == "kept"


def test_where_the_folder_is_gone_nothing_is_written(
    run: Run, database: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "gone").mkdir()
    monkeypatch.chdir(home / "gone")
    (home / "gone").rmdir()
    assert "is gone" in run("backup", "here.db").said(1)
