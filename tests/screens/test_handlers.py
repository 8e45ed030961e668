"""Textual calls the handlers of every class of a widget, from the most derived on."""

import ast
from pathlib import Path

import inventui

SOURCE = Path(inventui.__file__).parent
CALLED_BY_THE_PUMP = {"on_event"}
"""Called by name, so an override calls its base's."""


def test_no_handler_calls_the_one_of_its_base_which_textual_calls_anyway() -> None:
    calls = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith(("on_", "_on_"))
        and node.func.attr not in CALLED_BY_THE_PUMP
        and ast.unparse(node.func.value) == "super()"
    ]
    assert calls == []
