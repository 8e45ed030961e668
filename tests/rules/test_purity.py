"""The rules know no clock, no chance, no file and no database: read from their own source."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import inventui.rules

FOLDER = Path(inventui.rules.__file__).parent
MODULES = sorted([*FOLDER.rglob("*.py"), FOLDER.with_name("room.py"), FOLDER.with_name("rooms.py")])
"""Also rooms and their list, which the rules read."""

PURE_FLOORS = ("inventui.rules", "inventui.room", "inventui.rooms")

PURE_IMPORTS = {
    "__future__",
    "base64",
    "binascii",
    "bisect",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "hmac",
    "itertools",
    "json",
    "math",
    "re",
    "types",
    "typing",
    "unicodedata",
}
IMPURE_CALLS = {
    "__import__",
    "breakpoint",
    "compile",
    "eval",
    "exec",
    "exit",
    "globals",
    "id",
    "input",
    "open",
    "print",
}
# Methods that read the machine's clock, chance or disk, whatever they are called on.
IMPURE_METHODS = {
    "now",
    "utcnow",
    "today",
    "fromtimestamp",
    "utcfromtimestamp",
    "astimezone",
    "localtime",
    "time",
    "time_ns",
    "monotonic",
    "perf_counter",
    "token_hex",
    "token_bytes",
    "urandom",
    "choice",
    "randint",
    "random",
    "shuffle",
    "uuid4",
    "read_text",
    "write_text",
    "getenv",
}


def faults(source: str) -> list[str]:
    """What in a module's source is not pure."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        else:
            names = []
        line = getattr(node, "lineno", 0)
        for name in names:
            if name.split(".")[0] not in PURE_IMPORTS and not name.startswith(PURE_FLOORS):
                found.append(f"line {line} imports {name}")
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in IMPURE_CALLS:
                found.append(f"line {line} calls {called.id}")
            if isinstance(called, ast.Attribute) and called.attr in IMPURE_METHODS:
                found.append(f"line {line} calls .{called.attr}")
        if isinstance(node, ast.Global | ast.Nonlocal):
            found.append(f"line {line} keeps state")
    return found


def test_there_are_rules_to_look_at() -> None:
    assert len(MODULES) >= 15


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_a_module_of_the_rules_is_pure(module: Path) -> None:
    assert faults(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import os.path",
        "from random import random",
        "from inventui.db import store",
        "from inventui import config",
        "from datetime import datetime; x = datetime.now()",
        "import datetime; x = datetime.date.today()",
        "x = datetime.fromtimestamp(0)",
        "open('x')",
        "print('x')",
        "eval('1')",
        "__import__('time')",
        "def f():\n    global x\n    x = 1",
        "def f():\n    import secrets",
    ],
)
def test_this_test_notices_what_is_not_pure(source: str) -> None:
    assert faults(source)


def test_the_frozen_clock_alone_has_a_time_of_its_own() -> None:
    found = [module.stem for module in MODULES if "def now" in module.read_text(encoding="utf-8")]
    assert found == ["clock"]


def test_every_module_of_the_rules_imports_by_itself() -> None:
    for module in pkgutil.walk_packages(inventui.rules.__path__, "inventui.rules."):
        importlib.import_module(module.name)
