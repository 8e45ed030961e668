"""Texts that name keys, with those of the player's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from inventui.room import GROUPS
from inventui.widgets.entries import sign
from inventui.widgets.frame.actions import HasActions
from inventui.widgets.session import session_of
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from textual.screen import Screen


def with_own_keys(screen: Screen[Any], text: Content) -> Content:
    """A text of a screen in which what looks like a key is the key of the player's own.

    Args:
        screen: whose actions the keys take.
        text: names the usual keys, in the style of keys.
    """
    moved = _moved(screen)
    parts, last = [Content("")], 0
    for span in sorted(text.spans, key=lambda span: span.start):
        own = moved.get(text.plain[span.start : span.end])
        if own is not None and str(span.style) == KEY and span.start >= last:
            parts += [text[last : span.start], Content.styled(own, KEY)]
            last = span.end
    return Content("").join([*parts, text[last:]]) if last else text


def _moved(screen: Screen[Any]) -> dict[str, str]:
    """What the usual keys of moved actions are written as, and what they are now."""
    session = session_of(screen)
    if not session.own.keymap or not isinstance(screen, HasActions):
        return {}
    found = {}
    for group in GROUPS:
        found[group.key] = session.own.key_text(f"group-{group.slug}", group.key)
    for action in screen.given:
        keys = screen.keys_of(action)
        found |= {sign(key): sign(keys[0]) for key in action.keys if key not in keys}
    return found
