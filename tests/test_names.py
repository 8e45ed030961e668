"""A public class has its name for itself, so that a reader who finds one has found it."""

import ast
from collections import defaultdict
from pathlib import Path

import inventui

SOURCE = Path(inventui.__file__).parent


def test_no_two_public_classes_share_a_name() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(str(path.relative_to(SOURCE)))
    assert len(homes) > 300
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
