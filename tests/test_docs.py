"""What maintainers read names what is there, and its picture is the one that the code gives."""

import re
import runpy
from functools import cache
from pathlib import Path

import pytest

from inventui.rules.numbers import changeable

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "inventui"
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]

OUTSIDE = {"html", "json_each", "perf_counter", "query_only", "snapshot_report", "uv"}
OUTSIDE |= {"INVENTUI_DATABASE", "INVENTUI_HOME", "INVENTUI_PLAYER", "IS", "WAL", "FULL", "NORMAL"}
"""Names that are of other programs, or of examples."""


@cache
def names() -> set[str]:
    """Whatever is defined in the tree: modules, classes, functions, attributes, tables."""
    found = {"src", "inventui", "tests", "benchmarks"}
    for path in (
        *SOURCE.rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *ROOT.glob("docs/*.py"),
        *ROOT.glob("benchmarks/*.py"),
    ):
        text = path.read_text(encoding="utf-8")
        found |= {path.stem, path.parent.name}
        found |= set(re.findall(r"(?:def|class) (\w+)", text))
        found |= set(re.findall(r"(\w+)(?:: [\w\[\]., |]+)? = ", text))
        found |= set(re.findall(r"^\s+(\w+): ", text, re.MULTILINE))
        found |= {word for number in changeable() for word in number.split(".")}
        found |= set(re.findall(r'(?:__tablename__ = |(?:trigger|index)\(\s*)"(\w+)"', text))
    return found


def exists(path: str, folder: Path) -> bool:
    """Whether a path leads somewhere, from the house, the package or where it is written."""
    pattern = re.sub(r"<\w+>|layout_N", lambda at: "*" if at[0][0] == "<" else "layout_*", path)
    return any(
        next(iter(place.glob(pattern.rstrip("/"))), None) for place in (ROOT, SOURCE, folder)
    )


@pytest.mark.parametrize("document", WRITTEN, ids=lambda path: path.name)
def test_every_path_and_name_in_what_is_written_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    wrong = {
        link
        for link in re.findall(r"\]\(([^)#]+)\)", text)
        if "://" not in link and not (document.parent / link).exists()
    }
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for said in re.findall(r"`([^`]+)`", prose):
        for path in re.findall(r"(?<![\w/.:])[\w.<>*-]+(?:/[\w.<>*-]*)+|[\w-]+\.(?:py|md)\b", said):
            if not exists(path, document.parent):
                wrong.add(path)
        if re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", said) and not exists(said, ROOT):
            wrong |= {name for name in said.split(".") if name not in names() | OUTSIDE}
    for name, path in re.findall(r"`(\w[\w.]*)`\s+(?:in\s+|of\s+|\()`([\w/.]+\.py)`", prose):
        found = [place / path for place in (ROOT, SOURCE) if (place / path).exists()]
        if not any(name.split(".")[-1] in file.read_text(encoding="utf-8") for file in found):
            wrong.add(f"{name} in {path}")
    assert wrong == set()


@pytest.mark.parametrize("document", WRITTEN, ids=lambda path: path.name)
def test_every_command_in_what_is_written_is_one(document: Path) -> None:
    import typer

    from inventui.cli.root import commands

    known = set(getattr(typer.main.get_command(commands()), "commands"))  # noqa: B009
    text = document.read_text(encoding="utf-8")
    said = re.findall(r"(?:^|`|\| |run )inventui ([a-z]+)\b", text, re.MULTILINE)
    assert set(said) - known == set()


def test_the_picture_of_the_floors_is_the_one_that_the_code_gives() -> None:
    script = runpy.run_path(str(ROOT / "docs" / "floors.py"))
    kept = script["PICTURE"].read_text(encoding="utf-8")
    assert kept == script["draw"](), "run: uv run python docs/floors.py"


def test_every_room_is_held_apart_from_the_others_by_a_contract() -> None:
    from inventui.screens.registry import ROOMS

    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    modules = {".".join(room.module.split(".")[:3]) for room in ROOMS}
    assert {module for module in modules if f'"{module}"' not in contracts} == set()
