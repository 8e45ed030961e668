"""Copying what the cursor stands on as one line of plain text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from inventui.rules.core.refusal import Reason, Refusal
from inventui.widgets.frame.actions import Action
from inventui.widgets.frame.toasts import copy
from inventui.widgets.items.item_text import category_words
from inventui.widgets.theme import ORANGE

if TYPE_CHECKING:
    from inventui.rules.core.categories import Category
    from inventui.rules.core.enums import Rarity

NOTHING_HERE = Refusal(Reason.NOTHING_TO_DO, "There is nothing under the cursor.")


def copy_line(words: Callable[[Any], str], group: str = "") -> Action[Any]:
    """The action that copies a line of a room.

    Args:
        words: what is copied, asked of the room; an empty text where there is nothing.
        group: the heading in the help.
    """
    return Action(
        "copy-line", "y", "Copy line", "Copy what the cursor stands on as a line of text",
        lambda room: copy(room, words(room), "the line"),
        legal=lambda room: None if words(room) else NOTHING_HERE, footer=False, group=group,
    )  # fmt: skip


def item_line(name: str, rarity: Rarity, category: Category, *more: str) -> str:
    """An item in one line: `Neon Peel · epic collectible · 🍊 2,400`."""
    return " · ".join((name, f"{rarity} {category_words(category)}", *filter(None, more)))


def worth(oranges: int) -> str:
    """What it is worth, or sold for."""
    return f"{ORANGE} {oranges:,}"
