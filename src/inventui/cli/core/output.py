"""Printing answers and refusals: as JSON for programs, as a page for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from inventui.cli.core.documents import plain
from inventui.cli.core.errors import OutputError
from inventui.cli.core.exit_codes import ExitStatus
from inventui.rules.core.refusal import Reason, Refusal
from inventui.rules.core.text import printable

if TYPE_CHECKING:
    from inventui.cli.core.console import Page

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did.

    Attributes:
        document: what `--json` prints, read models and outcomes as `documents` says.
        show: draws the same for a person.
        status: the exit status.
        afterwards: done once the answer has reached its reader.
        pieces: the object itself, written as it comes instead of the two: for what
            may not fit into memory.
    """

    document: object
    show: Callable[[Page], None]
    status: ExitStatus = ExitStatus.DONE
    afterwards: Callable[[], None] | None = None
    pieces: Iterable[str] | None = None


def answer(
    found: T | Refusal,
    show: Callable[[Page, T], None],
    afterwards: Callable[[T], None] | None = None,
) -> Answer | Refusal:
    """An answer that prints the outcome; the refusal itself if it is one."""
    if isinstance(found, Refusal):
        return found
    return Answer(
        found,
        lambda page: show(page, found),
        afterwards=None if afterwards is None else lambda: afterwards(found),
    )


def deliver(outcome: Answer | Refusal, *, as_json: bool) -> int:
    """Print an answer or a refusal and give the exit status.

    Raises:
        OutputError: it could not be printed.
    """
    if not isinstance(outcome, Answer):
        refuse(outcome.as_json(), as_json=as_json)
        if not as_json and outcome.reason is Reason.ODDS_CHANGED:
            _show_odds(outcome.figures)
        return ExitStatus.REFUSED
    try:
        if outcome.pieces is not None:
            for piece in outcome.pieces:
                sys.stdout.write(piece)
        elif as_json:
            print_json(outcome.document)
        else:
            from inventui.cli.core.console import Page

            outcome.show(Page())
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(error) from error
    if outcome.afterwards is not None:
        outcome.afterwards()
    return outcome.status


def _show_odds(figures: Mapping[str, Any]) -> None:
    """Print the odds in force, with their hash, for who was refused because they changed."""
    from inventui.cli.core import style
    from inventui.cli.core.console import Page, TableColumn

    if "entries" not in figures:
        return
    try:
        page = Page()
        page.table(
            sorted(figures["entries"], key=lambda entry: entry["parts_per_million"]),
            TableColumn("Prize", lambda entry: entry["name"], least=10),
            TableColumn("Worth", lambda entry: entry["value"], right=True),
            TableColumn(
                "Chance", lambda entry: style.parts(entry["parts_per_million"]), right=True
            ),
        )
        page.say(f"Odds hash: {figures['odds_hash']}")
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(error) from error


def announce(messages: Sequence[str]) -> None:
    """Print messages after the answer, one to a line.

    Raises:
        OutputError: it could not be printed.
    """
    from inventui.cli.core.console import Page
    from inventui.cli.core.style import GOOD

    try:
        page = Page()
        for message in messages:
            page.say(message, style=GOOD)
        sys.stdout.flush()
    except OSError as error:
        raise OutputError(error) from error


def refuse(error: Mapping[str, object], *, as_json: bool) -> None:
    """Print what went wrong: an object on standard output, or a sentence on standard error."""
    if as_json:
        try:
            print_json({"error": error})
            sys.stdout.flush()
        except BrokenPipeError:
            discard(sys.stdout)
        except OSError as broken:
            raise OutputError(broken) from broken
    else:
        note(str(error["message"]))


def note(sentence: str) -> None:
    """Print a sentence on standard error, if anybody reads it."""
    if sys.stderr is None:
        return
    try:
        for line in sentence.splitlines():
            sys.stderr.write(f"{printable(line)}\n")
        sys.stderr.flush()
    except OSError:
        # What became of the command is told by its exit status too.
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Let what is still to come on a stream go nowhere, the interpreter's last flush too."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def print_json(document: object) -> None:
    """Print an object as ASCII: on one line, or indented on a terminal."""
    indent = 2 if sys.stdout.isatty() else None
    text = json.dumps(document, default=plain, allow_nan=False, indent=indent)
    sys.stdout.write(f"{text}\n")
