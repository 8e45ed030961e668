"""Textual calls the handlers of every class of a widget, from the most derived on."""

import ast
import pkgutil
from importlib import import_module
from pathlib import Path

from textual.screen import ModalScreen

import inventui
from inventui import app, screens, widgets
from inventui.widgets.frame.workers import Working

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


def test_every_window_closes_once_however_often_it_is_told_to() -> None:
    for floor in (app, screens, widgets):
        for module in pkgutil.walk_packages(floor.__path__, f"{floor.__name__}."):
            import_module(module.name)

    def below(kind: type) -> set[type]:
        kinds = kind.__subclasses__()
        return {*kinds}.union(*map(below, kinds))

    windows = {kind for kind in below(ModalScreen) if kind.__module__.startswith("inventui.")}
    assert len(windows) > 30
    assert {kind for kind in windows if kind.dismiss is not Working.dismiss} == set()
