"""What every test of a screen would do anew, done once a process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from inventui.engine.world import World
from tests.builders import lay_out

if TYPE_CHECKING:
    import pytest

_parse = Stylesheet._parse_rules
_parsed: dict[frozenset[tuple[str, str]], dict[tuple[Any, ...], list[RuleSet]]] = {}


def _parse_once(sheet: Stylesheet, css: str, read_from: Any, *how: Any, **named: Any) -> Any:
    known = _parsed.setdefault(frozenset(sheet._variables.items()), {})
    key = (css, read_from, how, tuple(sorted(named.items())))
    if key not in known:
        known[key] = _parse(sheet, css, read_from, *how, **named)
    return known[key]


_open = World.open.__func__  # type: ignore[attr-defined]


def _open_copied(kind: type[World], location: str | Path, **options: Any) -> World:
    if isinstance(location, Path):
        lay_out(location, options.get("clock"), options.get("entropy"), options.get("pack"))
    return cast(World, _open(kind, location, **options))


def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each style sheet once for each theme, and copy new worlds that were made before."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", _parse_once)
    monkeypatch.setattr(World, "open", classmethod(_open_copied))
