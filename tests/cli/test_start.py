"""Starting: what is imported, exit statuses, streams, and never a traceback."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inventui import __version__, config
from inventui.__main__ import _play
from inventui.cli.play import Start, fault, read
from inventui.engine.world import World
from inventui.rooms import ROOMS
from tests.cli.conftest import WITH_SMALL_PACK, Ran, Run
from tests.cli.test_commands import COMMANDS

HEAVY = ("textual", "sqlmodel", "sqlalchemy", "pydantic")


def imported(tmp_path: Path, *arguments: object) -> tuple[Ran, set[str]]:
    """Run the program and list the modules that it had imported at its end."""
    listing = tmp_path / "modules.txt"
    code = (
        "import sys, atexit, pathlib;"
        f"file = pathlib.Path({str(listing)!r});"
        "atexit.register(lambda: file.write_text(' '.join(sys.modules)));"
        "from inventui.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr), set(listing.read_text().split())


def test_the_version_is_told_without_importing_anything(tmp_path: Path) -> None:
    ran, modules = imported(tmp_path, "--version")
    assert ran == Ran(0, f"inventui {__version__}\n", "")
    ours = {name for name in modules if name.startswith("inventui")}
    assert ours == {"inventui", "inventui.__main__"}
    assert not modules & {"typer", "rich", "importlib.metadata", *HEAVY}


HELP_OF_EACH = """
import contextlib, io, json, sys
from inventui.__main__ import main
told = []
for path in json.loads(sys.argv[1]):
    before = set(sys.modules)
    sys.argv = ["inventui", *path, "--help"]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main()
    told.append((status, out.getvalue(), err.getvalue(), sorted(set(sys.modules) - before)))
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def helped() -> dict[tuple[str, ...], tuple[Ran, set[str]]]:
    """The help of each command, all from one program, and what each was the first to import."""
    paths: list[tuple[str, ...]] = [(), *COMMANDS]
    done = subprocess.run(
        [sys.executable, "-c", HELP_OF_EACH, json.dumps(paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    told = json.loads(done.stdout)
    return {
        path: (Ran(status, out, err), set(modules))
        for path, (status, out, err, modules) in zip(paths, told, strict=True)
    }


@pytest.mark.parametrize("path", [(), *COMMANDS], ids=lambda path: " ".join(path) or "inventui")
def test_help_imports_no_heavy_module(
    path: tuple[str, ...], helped: dict[tuple[str, ...], tuple[Ran, set[str]]]
) -> None:
    ran, modules = helped[path]
    assert ran.status == 0
    assert ran.err == ""
    assert "--json" in ran.out
    assert not modules & set(HEAVY)


def test_verifying_a_file_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    file.write_text("{}")
    ran, modules = imported(tmp_path, "verify", file, "--json")
    assert ran.status == 1
    assert not modules & {"textual", "sqlmodel", "sqlalchemy", "sqlite3"}


def test_of_the_commands_on_a_world_audit_and_export_alone_import_the_tables(
    tmp_path: Path, database: Path
) -> None:
    def tables(*arguments: object) -> bool:
        ran, modules = imported(tmp_path, "--database", database, *arguments)
        assert ran.status == 0, ran
        return bool(modules & {"inventui.db.tables", "sqlmodel"})

    assert not tables("inventory", "--player", "ana")
    assert not tables("open", "crate", "--player", "ana")
    assert tables("audit")
    assert tables("export", "--player", "ana")


@pytest.mark.parametrize(
    "command", [["cases"], ["open", "crate"], ["inventory"]], ids=lambda words: words[0]
)
def test_a_short_command_imports_no_heavy_module(
    tmp_path: Path, database: Path, command: list[str]
) -> None:
    ran, modules = imported(tmp_path, "--database", database, "--player", "ana", *command)
    assert ran.status == 0, ran
    assert not modules & {"textual", "sqlmodel", "sqlalchemy", "urllib.request"}


@pytest.mark.parametrize("word", ["cases", "odds", "inventory", "next", "ledger"])
def test_a_command_imports_no_other_rooms_commands(
    tmp_path: Path, database: Path, word: str
) -> None:
    argument = ["crate"] if word == "odds" else []
    _, modules = imported(tmp_path, "--database", database, "--player", "ana", word, *argument)
    words = {module: said.split() for room in ROOMS for module, said in room.commands.items()}
    files = {module: f"inventui.cli.{module.partition(':')[0]}" for module in words}
    own = {files[module] for module in words if word in words[module]}
    assert modules & set(files.values()) == own


def test_a_world_with_all_its_guards_is_opened_without_making_them_here(
    tmp_path: Path, database: Path
) -> None:
    ran, modules = imported(tmp_path, "--database", database, "cases")
    assert ran.status == 0, ran
    made = {name for name in modules if name.startswith("inventui.db.guards.")}
    assert made <= {"inventui.db.guards.sql"}


def test_the_version_is_told_among_other_options(run: Run) -> None:
    assert run("--player", "ana", "--version").out == f"inventui {__version__}\n"


def test_without_a_terminal_the_game_is_refused_in_one_sentence(run: Run, spawn: Run) -> None:
    assert "terminal" in spawn().said(2)
    for arguments in (["--demo"], ["--database", "x.db"], ["--player=ana"]):
        assert "terminal" in run(*arguments).said(2)


def test_a_terminal_that_can_draw_nothing_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "dumb")
    assert "terminal" in str(fault(Start()))
    monkeypatch.setenv("TERM", "xterm-256color")
    assert fault(Start()) is None


def test_no_command_means_the_game() -> None:
    assert read([]) == Start()
    assert read(["--demo"]) == Start(demo=True)
    assert read(["--database", "x", "--player=ana"]) == Start("x", "ana")
    assert read(["--database="]) == Start("")
    for command in (["cases"], ["--json"], ["--player"], ["--demo=x"], ["--player", "a", "cases"]):
        assert read(command) is None


def test_the_environment_says_who_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVENTUI_PLAYER", "bob")
    assert read([]) == Start(player="bob")
    assert read(["--player", "ana"]) == Start(player="ana")


def test_the_demo_has_a_world_of_its_own() -> None:
    assert "--database" in str(fault(Start("x.db", demo=True)))


@pytest.mark.parametrize(("code", "status"), [(None, 0), (0, 0), (1, 70), (3, 3)])
def test_the_game_gets_what_was_asked_for_and_gives_the_status(
    monkeypatch: pytest.MonkeyPatch, code: int | None, status: int
) -> None:
    asked: list[dict[str, object]] = []

    class Game:
        return_code = code

        def __init__(self, **options: object) -> None:
            asked.append(options)

        def run(self) -> None:
            asked.append({})

    monkeypatch.setattr("inventui.app.app.InventuiApp", Game)
    assert _play(Start("x.db", "ana", demo=False)) == status
    told = {"database": "x.db", "player": "ana", "demo": False, "layers": (None, ())}
    assert asked == [told, {}]


def test_the_demo_goes_with_no_command(run: Run) -> None:
    run("--demo", "cases", "--json").refused("usage", 2)
    assert "--demo" in run("--demo", "cases").said(2)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["opne", "crate"],
        ["open"],
        ["open", "crate", "more"],
        ["open", "crate", "--nope"],
        ["open", "crate", "--count"],
        ["fairness", "nope"],
        ["fairness", "export"],
        ["players", "add"],
        ["restore"],
        ["--nope", "cases"],
        ["cases", "--demo"],
        ["\x1b[31m"],
        ["cases", "--\x1b[31m"],
        [""],
        ["sell"],
    ],
)
def test_wrong_usage_is_one_sentence_or_one_object(run: Run, arguments: list[str]) -> None:
    assert "--help" in run(*arguments).said(2)
    run(*arguments, "--json").refused("usage", 2)


def test_json_alone_is_wrong_usage(run: Run) -> None:
    run("--json").refused("usage", 2)


def test_a_mistyped_command_is_answered_with_the_likely_one(run: Run) -> None:
    assert run("opne").said(2) == (
        "No such command 'opne'. Did you mean 'open'? See inventui --help."
    )


def test_an_argument_that_is_no_utf_8_is_wrong_usage(run: Run, spawn: Run) -> None:
    assert "UTF-8" in spawn("players", "add", b"\xff\xfe").said(2)
    run("players", "add", "\udcff\udcfe", "--json").refused("usage", 2)


def test_an_unforeseen_fault_is_a_sentence_and_a_log(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(world: World) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(World, "audit", broken)
    said = run("audit").said(70)
    assert str(config.log_file()) in said
    assert "nobody foresaw this" in config.log_file().read_text()
    run("audit", "--json").refused("fault", 70)


def test_ctrl_c_is_quiet(run: Run, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(world: World) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(World, "audit", stopped)
    assert run("audit") == Ran(130, "", "")


def test_ctrl_c_while_it_waits_for_input_is_quiet() -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", WITH_SMALL_PACK, "verify", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdin is not None
    # More than a pipe holds: once it is written, somebody is reading.
    program.stdin.write(b" " * 1_000_000)
    program.stdin.flush()
    program.send_signal(signal.SIGINT)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (130, b"", b"")


@pytest.mark.parametrize(
    "command",
    [
        ["cases", "--json"],
        ["--help"],
        pytest.param(["cases"], marks=pytest.mark.trust),
        pytest.param(["nope"], marks=pytest.mark.trust),
    ],
)
def test_a_reader_that_leaves_is_no_fault(database: Path, spawn: Run, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = subprocess.run(
        [sys.executable, "-c", WITH_SMALL_PACK, *command],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writing)
    if command == ["nope"]:
        assert program.returncode == 2
    else:
        assert (program.returncode, program.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (["odds", "nope"], 1),
        pytest.param(["odds", "nope", "--json"], 1, marks=pytest.mark.trust),
        pytest.param(["nope"], 2, marks=pytest.mark.trust),
        pytest.param(["cases", "--database", "/"], 3, marks=pytest.mark.trust),
    ],
)
def test_a_refusal_that_nobody_reads_has_its_exit_status(
    database: Path, command: list[str], status: int
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    program = subprocess.run(
        [sys.executable, "-c", WITH_SMALL_PACK, *command],
        stdout=writing,
        stderr=writing,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert program.returncode == status


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        ["cases"],
        pytest.param(["cases", "--json"], marks=pytest.mark.trust),
        pytest.param(["odds", "x", "--json"], marks=pytest.mark.trust),
    ],
)
def test_an_answer_that_can_not_be_written_is_said(database: Path, command: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        program = subprocess.run(
            [sys.executable, "-c", WITH_SMALL_PACK, *command],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert program.returncode == 74
    assert program.stderr.count(b"\n") == 1
    assert b"can't be written" in program.stderr


@pytest.mark.parametrize(
    "closed",
    [
        "1>&-",
        pytest.param("2>&-", marks=pytest.mark.trust),
        pytest.param("0<&-", marks=pytest.mark.trust),
    ],
)
def test_closed_streams_are_no_fault(database: Path, closed: str) -> None:
    program = subprocess.run(
        ["sh", "-c", f'"$0" -c "$1" cases {closed}', sys.executable, WITH_SMALL_PACK],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (program.returncode, program.stderr) == (0, b"")
    assert (program.stdout == b"") == (closed == "1>&-")


def test_letters_that_the_terminal_does_not_have_are_no_fault(spawn: Run, database: Path) -> None:
    ran = spawn("odds", "crate", env={"PYTHONIOENCODING": "ascii"})
    assert ran.status == 0
    assert "Golden Squeezer" in ran.out


def test_python_dash_m_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "inventui", "--help"], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0
    assert b"Usage: inventui" in done.stdout


def test_packs_are_named_in_their_order_and_the_base_pack_can_be_left_out() -> None:
    assert read(["--pack", "a", "--pack=b"]) == Start(packs=("a", "b"))
    assert read(["--pack", "a", "--no-base"]) == Start(packs=("a",), base=False)
    assert read(["--pack"]) is None
    assert Start(packs=("a", "b")).layers == (None, (Path("a"), Path("b")))
    assert Start(packs=("a", "b"), base=False).layers == (Path("a"), (Path("b"),))
    assert "--pack" in str(fault(Start(base=False)))


def test_a_world_that_is_there_is_given_a_pack_by_a_command(tmp_path: Path) -> None:
    world = tmp_path / "world.db"
    world.touch()
    said = str(fault(Start(str(world), packs=("mine",))))
    assert "inventui packs add mine" in said


def test_a_pack_goes_with_no_command(run: Run) -> None:
    run("--pack", "x", "cases", "--json").refused("usage", 2)
    run("--no-base", "cases", "--json").refused("usage", 2)
