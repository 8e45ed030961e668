"""Docstrings: a module's theory names the tests that would fail, and those are there."""

import re
from pathlib import Path

import inventui

SOURCE, TESTS = Path(inventui.__file__).parent, Path(__file__).parent


def test_every_test_that_the_source_names_is_there() -> None:
    files = list(TESTS.rglob("test_*.py"))
    there = {file.stem for file in files}
    for file in files:
        there.update(re.findall(r"def (test_\w+)\(", file.read_text(encoding="utf-8")))
    named = {
        (str(file.relative_to(SOURCE)), name)
        for file in SOURCE.rglob("*.py")
        for name in re.findall(r"\btest_\w+", file.read_text(encoding="utf-8"))
    }
    assert len(named) > 30
    assert {(file, name) for file, name in named if name not in there} == set()
