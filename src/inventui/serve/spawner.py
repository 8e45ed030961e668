"""The process that sessions are forked from: all that they import is in it already.

It has one thread, no world and an empty environment. Over a socket it is told to begin a session on
a terminal that comes with the message, or to signal one, and tells when one has ended. When the
socket is closed the server is gone: then all sessions end.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import threading
import time
import traceback
from dataclasses import asdict, dataclass, field
from typing import Any

COMMAND = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from inventui.serve.spawner import main; main(*map(int, sys.argv[2:]))"
)
"""What the interpreter is told to run; its arguments are where modules lie, the socket, and
whether the world is on a server: its address may hold a password, which others could read there."""

NOT_PLAYED = (
    "inventui.engine.audit", "inventui.engine.export", "inventui.engine.simulate",
    "inventui.engine.demo", "inventui.screens.lab.form",
)  # fmt: skip
"""What only the owner uses. It and what it needs are half of all that could be imported."""

PLAYED = (
    "inventui.serve.guest", "inventui.lab.report", "argon2", "concurrent.futures.thread",
    "cryptography.hazmat.primitives.asymmetric.ed25519", "msgspec", "resource",
    "textual.layouts.factory", "textual.layouts.horizontal", "textual.layouts.stream",
)  # fmt: skip
"""What else is played with, and imported only when it is first needed."""

LONGEST = 64 * 1024
NICE = 5
"""Sessions stand back behind the server that passes their keys on."""

STACK = 1024 * 1024
OPEN_FILES = 256


@dataclass(frozen=True, slots=True)
class Spec:
    """What a session needs to know.

    Attributes:
        database: path or URL of the world.
        player: the player's name.
        number: and number.
        folder: the player's own folder, which is there.
        environment: all of it.
        memory: bytes that the session may have of its own.
        processor_seconds: that may pass without the game having looked up.
        files: bytes that the player's documents may have together.
    """

    database: str
    player: str
    number: int
    folder: str
    environment: dict[str, str] = field(default_factory=dict)
    memory: int = 0
    processor_seconds: int = 60
    files: int = 0


def main(descriptor: int, on_server: int) -> None:
    """Serve the server at the other end of a socket until it is gone."""
    with socket.socket(fileno=descriptor) as server:
        warm(on_server=bool(on_server))
        Spawner(server).run()


def warm(*, on_server: bool) -> None:
    """Import what a session may come to need, and keep it out of the collector's way."""
    from rich.cells import cell_len

    for package in ("app", "screens", "widgets", "engine"):
        module = importlib.import_module(f"inventui.{package}")
        for found in pkgutil.walk_packages(module.__path__, f"{module.__name__}."):
            if not found.name.startswith(NOT_PLAYED):
                importlib.import_module(found.name)
    for name in PLAYED:
        importlib.import_module(name)
    if on_server:
        importlib.import_module("inventui.db.server.store")
    # Reads how wide characters are.
    cell_len("🍊")
    gc.collect()
    gc.freeze()
    # Old garbage is looked for once a quarter of what was found last has come: of nothing.
    gc.collect()


class Spawner:
    """The loop of the process."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server
        self._sessions: dict[int, int] = {}
        """Process → session."""
        self._rest = b""
        self._terminals: list[int] = []

    def run(self) -> None:
        """Begin and signal sessions, and tell of their ends."""
        for number in (signal.SIGINT, signal.SIGHUP):
            # A key at the server's terminal is for the server.
            signal.signal(number, signal.SIG_IGN)
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        self._tell({"ready": os.getpid()})
        with selectors.DefaultSelector() as selector:
            selector.register(self._server, selectors.EVENT_READ)
            selector.register(reader, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    if key.fd == reader:
                        with contextlib.suppress(BlockingIOError):
                            os.read(reader, 4096)
                    elif not self._listen():
                        return self._end_all()
                self._reap()

    def _listen(self) -> bool:
        """Do what was said; False if the server is gone."""
        try:
            data, terminals, _, _ = socket.recv_fds(self._server, LONGEST, 16)
        except OSError:
            return False
        self._terminals += terminals
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "start" in said:
                self._start(said["start"], Spec(**said["spec"]))
            else:
                self._signal(said["session"], said["signal"])
        return bool(data)

    def _start(self, session: int, spec: Spec) -> None:
        terminal = self._terminals.pop(0)
        try:
            process = os.fork()
        except OSError:
            os.close(terminal)
            self._tell({"ended": session, "status": 1})
            return
        if process == 0:
            _be_session(terminal, spec)
        os.close(terminal)
        self._sessions[process] = session
        self._tell({"started": session, "process": process})

    def _signal(self, session: int, number: int) -> None:
        for process, of in self._sessions.items():
            if of == session:
                os.kill(process, number)

    def _reap(self) -> None:
        while self._sessions:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            session = self._sessions.pop(process, None)
            if session is not None:
                self._tell({"ended": session, "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, said: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._server.sendall(json.dumps(said).encode() + b"\n")

    def _end_all(self) -> None:
        end = time.monotonic() + 5
        for ending in (int(signal.SIGTERM), int(signal.SIGKILL)):
            for process in self._sessions:
                os.kill(process, ending)
            while self._sessions and (ending == signal.SIGKILL or time.monotonic() < end):
                self._reap()
                time.sleep(0.02)


def _be_session(terminal: int, spec: Spec) -> None:
    """Become a session on a terminal; never returns."""
    status = 1
    try:
        _own_terminal(terminal)
        _bound(spec)
        os.chdir(spec.folder)
        os.environ.clear()
        os.environ.update(spec.environment)
        status = _play(spec)
    except BaseException:
        # Nothing of a fault is for the guest to read.
        with contextlib.suppress(Exception):
            from inventui.widgets import errors

            error = sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]
            errors.write_log(error or RuntimeError(traceback.format_exc()))
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status & 0xFF)


def _own_terminal(terminal: int) -> None:
    import fcntl
    import termios

    signal.set_wakeup_fd(-1)
    for heard in (signal.SIGINT, signal.SIGHUP, signal.SIGCHLD, signal.SIGTERM):
        signal.signal(heard, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(terminal, descriptor)
    os.closerange(3, 4096)
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        file = open(number, mode, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)


def _bound(spec: Spec) -> None:
    import resource

    day = 24 * 60 * 60
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (spec.processor_seconds, day))
    if spec.memory:
        resource.setrlimit(resource.RLIMIT_DATA, (spec.memory, spec.memory))
    os.nice(NICE)
    threading.stack_size(STACK)


def _play(spec: Spec) -> int:
    from inventui import config
    from inventui.engine.core.files import bound_files
    from inventui.serve.guest import GuestApp, said_of_world
    from inventui.widgets import errors

    errors.said_of_world = said_of_world
    bound_files(config.documents_dir(), spec.files)
    app = GuestApp(spec.database, spec.player, spec.number, spec.processor_seconds)
    app.run()
    return app.return_code or 0


def message(said: dict[str, Any]) -> bytes:
    """A message to the process."""
    return json.dumps(said).encode() + b"\n"


def start_message(session: int, spec: Spec) -> bytes:
    """The message that begins a session."""
    return message({"start": session, "spec": asdict(spec)})
