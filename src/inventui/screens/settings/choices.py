"""Settings that a key goes through: what they are called, and what they can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inventui import config
from inventui.widgets.lists.menu import MenuItem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from inventui.config import Settings

CHOICES: Mapping[str, tuple[str, Mapping[object, str]]] = {
    "rows": ("Rows", {"fitting": "as it fits", "dense": "close", "roomy": "wide apart"}),
    "toast_seconds": (
        "Toasts",
        {0: "until a key", **{n: f"{n} s" for n in config.CHOICES["toast_seconds"] if n}},
    ),
    "questions": (
        "Questions",
        {"always": "always", "rule": "if much", "rare": "only rare"},
    ),
}
"""By name of the setting: its title, and the words for each value."""


def choice_lines(settings: Settings) -> Iterator[MenuItem]:
    """A line for each, with what it is now."""
    for name, (title, words) in CHOICES.items():
        yield MenuItem(name, title, words[getattr(settings, name)])


def go_on(settings: Settings, name: str) -> None:
    """Set a setting to what comes after what it is."""
    values = config.CHOICES[name]
    now = values.index(getattr(settings, name))
    setattr(settings, name, values[(now + 1) % len(values)])
