"""Numbers of the economy that may be changed are read where they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import inventui
from inventui.content.numbers import apply_numbers, changed
from inventui.rules import numbers
from inventui.rules.numbers import bounded, changeable, check_order
from inventui.rules.streets import shifts

HOUSE = Path(inventui.__file__).parent
OWNERS = {
    constant: {module.__name__ for module, other in numbers.USUAL if other == constant}
    for _, constant in numbers.USUAL
}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(HOUSE.rglob("*.py")):
        path = file.relative_to(HOUSE.parent).with_suffix("")
        yield ".".join(path.parts), ast.parse(file.read_text())


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Whatever is computed when the module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for default in (*child.args.defaults, *child.args.kw_defaults):
                if default is not None:
                    yield default
                    yield from at_import(default)
            continue
        yield child
        yield from at_import(child)


def test_no_module_takes_a_number_by_an_import_of_its_own() -> None:
    taken = [
        f"{module}: {alias.name}"
        for module, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.module in OWNERS.get(alias.name, ())
    ]
    assert taken == []


def test_nothing_is_computed_of_a_number_when_its_module_is_imported() -> None:
    computed = []
    for module, tree in trees():
        modules = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in at_import(tree):
            match node:
                case ast.Attribute(ast.Name(owner), constant):
                    read = modules.get(owner) in OWNERS.get(constant, ())
                case ast.Name(constant, ast.Load()):
                    read = module in OWNERS.get(constant, ())
                case _:
                    read = False
            if read:
                computed.append(f"{module}:{node.lineno}")  # type: ignore[attr-defined]
    assert computed == []


def test_numbers_hold_until_others_are_in_force_and_then_are_the_usual_ones_again() -> None:
    usual = changeable()
    with changed({"shifts.shift_most": 90, "money.starting.oranges": 7}):
        assert shifts.SHIFT_MOST == 90
        assert changeable() == usual | {"shifts.shift_most": 90, "money.starting.oranges": 7}
        with changed({"shifts.shift_least": 3}):
            assert changeable() == usual | {"shifts.shift_least": 3}
        assert shifts.SHIFT_MOST == 90
        apply_numbers({})
        assert changeable() == usual
    assert changeable() == usual


def test_each_number_lies_within_its_bounds_and_pairs_are_in_order() -> None:
    for name, (usual, least, most) in bounded().items():
        assert least <= usual <= most, name
    assert check_order({}) is None
    refused = check_order({"robbery.loot_most": 3})
    assert refused is not None
    assert "robbery.loot_least" in refused.message
