"""Running a command line, and the exit status of every outcome.

A person gets one plain sentence and never a traceback; a program gets an object and an
exit status (`inventui.cli.core.exit_codes`).
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import TYPE_CHECKING

from inventui.cli.core.errors import OutputError
from inventui.cli.core.exit_codes import ExitStatus
from inventui.cli.play import fault, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import typer
    from typer.core import TyperGroup
    from typer.exceptions import TyperException

    from inventui.cli.play import Start

PROGRAM = "inventui"

MADE = 200_000
"""Objects that are made before a command looks for garbage: more than all but long ones make."""


def run(arguments: list[str], play: Callable[[Start], int]) -> int:
    """Do what the arguments say and give the exit status.

    Args:
        arguments: what follows the program's name.
        play: begins the game, which stands beside the command line, not below it.
    """
    _prepare_output()
    as_json = "--json" in arguments
    try:
        try:
            status = _run(arguments, play, as_json=as_json)
        except OutputError:
            raise
        except Exception as error:
            status = _failed(error, as_json=as_json)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return ExitStatus.INTERRUPTED
    except (OutputError, OSError, SystemExit) as error:
        # SystemExit: Rich leaves like this when nobody reads the help any more.
        return _unheard(error)
    return status


def _run(arguments: list[str], play: Callable[[Start], int], *, as_json: bool) -> int:
    if any("\ud800" <= character <= "\udfff" for text in arguments for character in text):
        return _misused("An argument is no UTF-8 text.", as_json=as_json)
    start = read(arguments)
    if start is not None:
        problem = fault(start)
        return play(start) if problem is None else _misused(problem, as_json=as_json)
    # What a command imports stays: looking for garbage among it was a sixth of its time.
    gc.set_threshold(MADE)
    import typer
    from typer.core import TyperGroup
    from typer.exceptions import TyperException

    from inventui.cli.root import commands

    tree = typer.main.get_command(commands(next(_words(arguments), "")))
    assert isinstance(tree, TyperGroup)
    if _helped(tree, arguments):
        return ExitStatus.DONE
    try:
        return tree.main(arguments, prog_name=PROGRAM, standalone_mode=False) or ExitStatus.DONE
    except TyperException as error:
        return _misused(_sentence(error, _named(tree, arguments)), as_json=as_json)


def _before_the_end(arguments: list[str]) -> list[str]:
    """The arguments that can be options: those before `--`."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _words(arguments: list[str]) -> Iterator[str]:
    """The arguments that are no options, nor values of those that every command has."""
    before = iter(_before_the_end(arguments))
    for word in before:
        if word in ("--database", "--player", "--pack"):
            next(before, None)
        elif not word.startswith("-"):
            yield word


def _helped(tree: TyperGroup, arguments: list[str]) -> bool:
    """Show a command's help if that is asked for.

    Typer would first read the options before the command, and import Pydantic for it.
    """
    from inventui.cli.root import HELP_NAMES

    if not any(name in _before_the_end(arguments) for name in HELP_NAMES):
        return False
    sys.stdout.write(_named(tree, arguments).get_help())
    return True


def _named(tree: TyperGroup, arguments: list[str]) -> typer.Context:
    """The context of the command that the arguments name, as far as there is one."""
    import typer
    from typer.core import TyperGroup

    context = typer.Context(tree, info_name=PROGRAM)
    command = context.command
    for word in _words(arguments):
        found = command.get_command(context, word) if isinstance(command, TyperGroup) else None
        if found is None:
            break
        command = found
        context = typer.Context(found, info_name=word, parent=context)
    return context


def _sentence(error: TyperException, named: typer.Context) -> str:
    """A usage error as one sentence, with the help to read: that of the command it is about."""
    import typer

    # What our own readers of arguments say is a sentence already; the rest is Typer's.
    own = isinstance(error, typer.BadParameter) and error.message
    message = " ".join((own or error.format_message()).split())
    context = getattr(error, "ctx", None) or named
    stop = "" if message.endswith((".", "?")) else "."
    return f"{message}{stop} See {context.command_path} --help."


def _refuse(error: Mapping[str, object], *, as_json: bool) -> None:
    """Print what went wrong."""
    # Who starts the game is told nothing here, and should not wait for it.
    from inventui.cli.core.output import refuse

    refuse(error, as_json=as_json)


def _misused(message: str, *, as_json: bool) -> int:
    _refuse({"reason": "usage", "message": message}, as_json=as_json)
    return ExitStatus.USAGE


def _failed(error: Exception, *, as_json: bool) -> int:
    """Report an exception: trouble with the world, or a bug that is logged."""
    from inventui.db.errors import WorldError

    if isinstance(error, WorldError):
        _refuse({"reason": str(error.kind), "message": str(error)}, as_json=as_json)
        return ExitStatus.WORLD
    problem = _no_place(error)
    if problem is not None:
        _refuse({"reason": "invalid_file", "message": problem}, as_json=as_json)
        return ExitStatus.REFUSED
    from inventui.widgets import errors

    message = errors.sentence(error, errors.write_log(error))
    _refuse({"reason": "fault", "message": message}, as_json=as_json)
    return ExitStatus.FAULT


def _no_place(error: Exception) -> str | None:
    """Why a name of a file that was given is none, where that ended a command; else None."""
    if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
        return "That name of a file is too long. Take a shorter one."
    if isinstance(error, FileNotFoundError) and error.filename is None:
        return "The folder that this was started in is gone. Go to another one first."
    return None


def _unheard(error: BaseException) -> int:
    """The exit status when the answer could not be written; said unless its reader has left."""
    from inventui.cli.core.output import discard

    discard(sys.stdout)
    if isinstance(error, OutputError) and not error.gone:
        _refuse({"message": f"The answer can't be written: {error.why}."}, as_json=False)
        return ExitStatus.OUTPUT
    return ExitStatus.DONE


def _prepare_output() -> None:
    """Make standard output writable for every character, or discard it if it is closed."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
