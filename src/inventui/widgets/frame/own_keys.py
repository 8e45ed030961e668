"""Texts that name keys, with those of the player's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from textual.content import Content

from inventui.room import GROUPS
from inventui.widgets.entries import sign
from inventui.widgets.session import session_of
from inventui.widgets.theme import KEY

if TYPE_CHECKING:
    from textual.screen import Screen

NAMED_KEY = re.compile(r"\$(?:([a-z_]+)\.(?=[a-z-]+=))?([a-z]+(?:-[a-z]+)*)(?:=(\w))?")
"""Stands in words for the key of an action: the section of another screen, name, usual key."""


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


def said_with_own_keys(screen: Screen[Any], words: str) -> str:
    """Words of a screen in which each `$name` is the key that the action of that name has now.

    Args:
        screen: whose actions these are.
        words: `$sort` is one of its actions; `$inventory.withdraw=w` one of another section, which
            has the key `w` where the player has chosen none.
    """
    session, actions = session_of(screen), getattr(screen, "ACTIONS", ())

    def key(found: re.Match[str]) -> str:
        section, name, usual = found.groups()
        if section is None:
            action = next(action for action in actions if action.id == name)
            section, usual = screen.SECTION, action.key  # type: ignore[attr-defined]
        return sign(session.own.keymap.get(f"{section}.{name}", usual).split(",")[0])

    return NAMED_KEY.sub(key, words)


def _moved(screen: Screen[Any]) -> dict[str, str]:
    """What the usual keys of moved actions are written as, and what they are now."""
    session = session_of(screen)
    if not session.own.keymap or not hasattr(screen, "moved_keys"):
        return {}
    found = {group.key: session.own.key_text(f"group-{group.slug}", group.key) for group in GROUPS}
    for usual, own in screen.moved_keys():
        found[sign(usual)] = sign(own)
    return found
