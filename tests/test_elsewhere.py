"""Where the system is no POSIX one: everything can be imported, and a world is played."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

from tests.builders import SMALL_PACK

ROOT = Path(__file__).parent.parent / "src"

MODULES = (
    "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty",
    "textual.drivers.linux_driver", "textual.drivers.linux_inline_driver",
)  # fmt: skip
NAMES = {
    "os": (
        "O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "WNOHANG", "chown",
        "chroot", "ctermid", "fchdir", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid",
        "getgid", "getgroups", "getpgid", "getpgrp", "getpriority", "getsid", "getuid", "killpg",
        "lchown", "lockf", "mkfifo", "mknod", "nice", "openpty", "pathconf", "pread", "pwrite",
        "sched_getaffinity", "sendfile", "setsid", "setuid", "statvfs", "sysconf", "tcgetpgrp",
        "tcsetpgrp", "uname", "wait", "waitid", "wait3", "wait4",
    ),
    "signal": (
        "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP",
        "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGUSR1", "SIGUSR2", "SIGWINCH", "alarm", "pause",
        "pthread_sigmask", "setitimer", "siginterrupt", "sigwait",
    ),
}  # fmt: skip
"""What a system that is not POSIX lacks, as Python on Windows does."""

HERE_ALONE = (
    "inventui.system", "inventui.app.terminal", "inventui.serve.guest", "inventui.serve.context",
    "inventui.serve.play_session", "inventui.serve.server", "inventui.serve.sessions",
    "inventui.serve.spawner",
    "inventui.serve.ssh.server", "inventui.serve.web.files", "inventui.serve.web.routes",
    "inventui.serve.web.server", "inventui.serve.web.terminal",
)  # fmt: skip
"""Which modules may name it: others than the first drive terminals, and are imported where there
are some."""

ITS_OWN = "msvcrt"
"""What locks files there; here in its place stands what does the same by `fcntl`."""

HIDE = """
import builtins, errno, fcntl, importlib, json, pkgutil, sys, types
modules, names, alone = json.loads(sys.argv[1])
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_UNLCK, msvcrt.LK_NBLCK = 0, 2

def locking(descriptor, mode, bytes):
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if mode else fcntl.LOCK_UN)
    except BlockingIOError:
        raise PermissionError(errno.EACCES, "Permission denied") from None

msvcrt.locking = locking
real_import, stubs = builtins.__import__, {}

def stub(module):
    found = types.ModuleType(module.__name__)
    found.__dict__.update(
        (name, value) for name, value in vars(module).items() if name not in names[module.__name__]
    )
    if module.__name__ == "os":
        found.name = "nt"
    return found

def import_as_elsewhere(name, globals=None, locals=None, fromlist=(), level=0):
    if globals and str(globals.get("__name__", "")).startswith("inventui") and not level:
        if any(name == each or name.startswith(each + ".") for each in modules):
            raise ImportError(f"no module named {name}, which {globals['__name__']} imports")
        if name == "msvcrt":
            return msvcrt
        if name in names:
            if name not in stubs:
                stubs[name] = stub(real_import(name))
            return stubs[name]
    return real_import(name, globals, locals, fromlist, level)

builtins.__import__ = import_as_elsewhere
"""

IMPORT_ALL = (
    HIDE
    + """
import inventui
for found in pkgutil.walk_packages(inventui.__path__, "inventui."):
    if found.name not in (*alone, "inventui.__main__"):
        importlib.import_module(found.name)
importlib.import_module("inventui.__main__")
imported = [name for name in sys.modules if name.startswith("inventui.")]
print(len(imported), any(name in alone for name in imported))
"""
)

PLAY = (
    HIDE
    + """
import pathlib
import inventui.content.source as source
source.base_pack = lambda: pathlib.Path(sys.argv[2])
from inventui.cli.start import run
sys.exit(max(run(line.split(), None) for line in sys.argv[3:]))
"""
)


def elsewhere(program: str, folder: Path, *arguments: str) -> str:
    """What a program prints where the system is no POSIX one."""
    hidden = json.dumps([MODULES, NAMES, HERE_ALONE[1:]])
    done = subprocess.run(
        [sys.executable, "-c", program, hidden, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "INVENTUI_HOME": str(folder / "home")},
        cwd=folder,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_module_can_be_imported_where_the_system_is_no_posix_one(tmp_path: Path) -> None:
    count, terminal = elsewhere(IMPORT_ALL, tmp_path).split()
    modules = [path for path in ROOT.rglob("*.py") if path.name != "__init__.py"]
    assert int(count) >= len(modules) - 2
    assert terminal == "False"


def test_a_world_is_made_played_kept_and_audited_where_the_system_is_no_posix_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "letter.txt").write_text("Dear diary")
    said = elsewhere(
        PLAY,
        tmp_path,
        str(SMALL_PACK),
        "players add ana",
        "open crate",
        "fairness rotate",
        "fairness export proof.json",
        "verify proof.json",
        "export ana.json",
        "backup kept.db",
        "restore kept.db --yes",
        "audit",
    )
    assert "The books are in order." in said
    assert json.loads((tmp_path / "ana.json").read_text())["player"]["name"] == "ana"


def test_what_only_some_systems_have_is_named_in_one_place() -> None:
    found = []
    for path in ROOT.rglob("*.py"):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if module in HERE_ALONE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found += [f"{module}:{node.lineno} {name}" for name in _named(node)]
    assert found == []


def _named(node: ast.AST) -> list[str]:
    """What of the system a piece of code names that is not everywhere."""
    if isinstance(node, ast.Import):
        return [each.name for each in node.names if each.name in (*MODULES, ITS_OWN)]
    if isinstance(node, ast.ImportFrom):
        lacking = NAMES.get(node.module or "", ())
        named = [each.name for each in node.names if each.name in lacking]
        return [node.module or "", *named] if node.module in MODULES else named
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        name = node.value.id
        wanted = node.attr in NAMES.get(name, ()) or (name, node.attr) in (
            ("os", "name"), ("sys", "platform"), ("platform", "system"),
        )  # fmt: skip
        return [f"{name}.{node.attr}"] if wanted else []
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value] if node.value.startswith(("/proc", "/dev", "/sys")) else []
    return []
