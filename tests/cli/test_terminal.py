"""The game in a real terminal: one that goes away, signals, the shell and back."""

from __future__ import annotations

import os
import shlex
import signal
import termios
from pathlib import Path

import pytest

from tests.cli.real_terminal import ENTERED, LEFT, MODES, RealTerminal, game

READY = " worth "
"""What the status bar shows once the world is open."""


def closed(database: Path) -> bool:
    """Whether a world was closed in good order."""
    return database.exists() and not database.with_name(f"{database.name}-wal").exists()


def assert_left(terminal: RealTerminal, since: int = 0) -> None:
    """The terminal is as it was before the game."""
    written = terminal.output[since:]
    assert written.rfind(LEFT) > written.rfind(ENTERED)
    for mode in MODES:
        assert written.rfind(b"\x1b[?%sl" % mode) > written.rfind(b"\x1b[?%sh" % mode), mode
    assert written.rfind(b"\x1b[?25h") > written.rfind(b"\x1b[?25l")
    assert termios.tcgetattr(terminal.fd) == terminal.modes


def test_a_terminal_that_goes_away_while_hangups_are_ignored_ends_the_game(database: Path) -> None:
    with RealTerminal(game(database), ignore_hangups=True) as terminal:
        terminal.until_shown(READY)
        assert not closed(database)
        terminal.hang_up()
        assert terminal.program.wait(60) == 129
        assert closed(database)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_to_end_restores_the_terminal_and_closes_the_world(
    database: Path, number: signal.Signals
) -> None:
    with RealTerminal(game(database)) as terminal:
        terminal.until_shown(READY)
        terminal.program.send_signal(number)
        assert terminal.ended() == 128 + number
        assert_left(terminal)
        assert closed(database)
        assert b"Traceback" not in terminal.output


def test_a_hangup_that_is_ignored_from_the_start_stays_ignored(database: Path) -> None:
    with RealTerminal(game(database), ignore_hangups=True) as terminal:
        terminal.until_shown(READY)
        terminal.program.send_signal(signal.SIGHUP)
        terminal.type(b"3")
        terminal.until_shown("space marks")
        terminal.program.send_signal(signal.SIGTERM)
        assert terminal.ended() == 143


def test_ctrl_z_leads_to_the_shell_and_comes_back_with_all_drawn_anew(database: Path) -> None:
    script = f"{shlex.join(game(database))}; echo stopped; read line; fg; exit $?"
    with RealTerminal(["sh", "-mc", script]) as terminal:
        terminal.until_shown(READY)
        place = terminal.type(b"\x1a")
        stopped = terminal.until(b"stopped", place)
        assert_left(terminal)
        terminal.type(b"\n")
        back = terminal.until(ENTERED, stopped)
        for words in ("inventui", READY, "What next"):
            terminal.until_shown(words)
        now = termios.tcgetattr(terminal.fd)
        assert not now[3] & (termios.ECHO | termios.ICANON)
        for mode in MODES:
            terminal.until(b"\x1b[?%sh" % mode, back)
        terminal.type(b"3")
        terminal.until_shown("space marks")
        os.kill(game_of(terminal.program.pid), signal.SIGTERM)
        assert terminal.ended() == 143
        assert_left(terminal)


def game_of(shell: int) -> int:
    """The number of the program that a shell has started."""
    return int(Path(f"/proc/{shell}/task/{shell}/children").read_text().split()[0])


def test_ctrl_z_without_a_shell_to_go_back_to_says_so_and_plays_on(database: Path) -> None:
    with RealTerminal(game(database)) as terminal:
        terminal.until_shown(READY)
        terminal.type(b"\x1a")
        terminal.until_shown("no shell")
        terminal.program.send_signal(signal.SIGTERM)
        assert terminal.ended() == 143


def test_a_paste_into_a_room_presses_nothing(database: Path) -> None:
    with RealTerminal(game(database)) as terminal:
        terminal.until_shown(READY)
        terminal.type(b"\x1b[200~\x1b[31m3\x1b[201~3\r3\x1b[201~")
        terminal.type(b"?")
        terminal.until_shown("─ Home")
